/* SPDX-License-Identifier: Apache-2.0 */
/* What goes over the wire that no subject already has a struct for. Each shape is a table
 * over the struct above it; the browser's types (`kenes routes --ts`) come from the same
 * tables. Ids are text with a kind prefix, `_at` is ms since 1970 UTC, `_ms` a duration. */
#pragma once

#include "base/json.h"
#include "certificate/certificate.h"
#include "people/people.h"
#include "runtime/runtime.h"
#include "training/training.h"

/* ---- the site ---- */
struct health {
	bool ok;
};
extern const struct shape health_shape;

struct hello_event {
	str id, title;
	bool open;
};
struct hello {
	str site;   /* "" before the first start is finished */
	bool ready; /* a trainer exists */
	bool local; /* the request comes from the laptop itself */
	str version;
	int64_t content_port;
	struct json_list languages;
	str word; /* the session's word, for X-Kenes-Session */
	const struct person *me;
	const struct hello_event *event;
};
extern const struct shape hello_shape;

struct setup_new {
	str site, name, password, language;
};
extern const struct shape setup_new_shape;

struct sign_in_new {
	str login, password;
};
extern const struct shape sign_in_new_shape;

struct welcome {
	str word;
	const struct person *me;
};
extern const struct shape welcome_shape;

struct room_address {
	str address;   /* "http://192.168.1.10:8080", a poster's with "/j/CODE" behind */
	str interface; /* "wlan0" */
	str kind;      /* "lan", "loopback" */
	bool likely;   /* the one that phones in this room most probably reach */
	str qr;        /* SVG */
};
struct room {
	struct json_list addresses;
	int64_t disk_free_bytes, phones, busy_threads, requests;
	str version;
};
extern const struct shape room_shape;

/* ---- joining ---- */
struct join_info {
	str event, title, place;
	struct json_list councils; /* of struct council */
};
extern const struct shape join_info_shape;

struct join_new {
	str council, council_name; /* one of them */
	str surname, given, patronymic, language;
};
extern const struct shape join_new_shape;

struct joined {
	str word;                /* of this phone's cookie */
	const struct person *me; /* 201: in */
	str event;
	str claim; /* 202: the trainer is asked whether it is the same person */
	str claim_code;
};
extern const struct shape joined_shape;

struct claim_state {
	str state; /* "waiting", "confirmed", "refused" */
	str word;
	const struct person *me;
};
extern const struct shape claim_state_shape;

/* ---- a learner's own ---- */
struct language_new {
	str language;
};
extern const struct shape language_new_shape;

struct my_course {
	str id, title, standard;
	const struct titles *titles;
	int64_t activities, bytes;
	str attempt;
	str state; /* "new", "started", "completed", "passed", "failed" */
	double progress, score;
	int64_t total_time_ms, changed_at;
};
extern const struct shape my_course_shape;

struct launched {
	str address; /* of the player page, on the content port */
	str cap, attempt;
};
extern const struct shape launched_shape;

/* ---- courses ---- */
/* package.h's report and, when the package was refused, why. */
struct import_reply {
	str error, reason; /* "refused" and the code of the finding that decides */
	str package, course, title, standard;
	int64_t activities, scos, files, bytes;
	bool already, new_revision;
	struct json_list findings;
};
extern const struct shape import_reply_shape;
struct import_reply import_reply_of(const struct import_report *);

/* ---- events ---- */
struct event_detail {
	const struct event *event;
	struct json_list courses;
};
extern const struct shape event_detail_shape;

struct event_courses_new {
	bool all_courses;
	struct json_list courses; /* of str: crs_… */
};
extern const struct shape event_courses_new_shape;

struct poster {
	str code, title;
	struct json_list addresses; /* of struct room_address */
};
extern const struct shape poster_shape;

/* ---- one learner, for the trainer ---- */
struct person_activity {
	const struct titles *titles;
	str id, title, kind; /* kind: "cluster", "sco", "asset" */
	str completion, success, location;
	double score;
	int64_t total_time_ms, visits;
	str why;           /* scorm_why: why it is not complete; absent: not known */
	double have, need; /* its figures */
};
struct person_attempt {
	const struct attempt *attempt;
	str course_title;
	const struct titles *course_titles;
	struct json_list activities; /* of struct person_activity */
	struct json_list commits;    /* of struct commit_row */
	struct json_list disputes;   /* of struct dispute */
};
struct person_detail {
	const struct person *person;
	bool present;
	int64_t joined_at, seen_at;
	struct json_list attempts; /* of struct person_attempt */
	bool enrolled;             /* there is a hub to seal an IIN to */
	int64_t iin_at;            /* when one was sealed; JSON_ABSENT: none */
};
extern const struct shape person_detail_shape;

struct iin_new {
	str iin;     /* twelve digits, spaces between them or not */
	bool agreed; /* the person has agreed to its being kept */
};
extern const struct shape iin_new_shape;

struct presence_new {
	bool present;
};
extern const struct shape presence_new_shape;

/* ---- certificates ---- */
struct certificate_card {
	str serial, person, event;
	str state; /* "valid", "superseded", "revoked" */
	str surname, given, patronymic, council_name, course_title, held_on, valid_until;
	str supersedes;
	int64_t registered_at; /* when the centre signed for it; absent: not yet */
};
extern const struct shape certificate_card_shape;

struct certificate_room {
	const struct candidates *candidates;
	struct json_list certificates; /* of struct certificate_card: those that count */
};
extern const struct shape certificate_room_shape;

struct certificates_new {
	str held_on; /* the day that the trainer confirms */
	str person;  /* only this one */
	str course;  /* only this one */
	int64_t hours;
};
extern const struct shape certificates_new_shape;

struct certificates_made {
	struct json_list made;
	int64_t issued, refused; /* of the event, now */
};
extern const struct shape certificates_made_shape;

struct name_new {
	str surname, given, patronymic;
};
extern const struct shape name_new_shape;

struct revoke_new {
	str reason; /* "mistake", "not-earned", "request", "other" */
};
extern const struct shape revoke_new_shape;

struct verify_new {
	str text; /* a link, a token, a number */
};
extern const struct shape verify_new_shape;

/* What a verification page has to know, as the texts of docs/certificate-token.md. */
struct verify_known {
	str site;                     /* the site's name */
	str trust;                    /* a list of hubs and sites */
	struct json_list revocations; /* of str: signed lists */
};
extern const struct shape verify_known_shape;

/* ---- the player ---- */
struct launch_learner {
	str id, name, language; /* name: "Surname, Given" */
};
struct launch_activity {
	str id, title;
	const struct titles *titles;
	int64_t parent; /* index in the list; -1: the root */
	str kind;       /* "cluster", "sco", "asset" */
	str href;       /* below `base`, or an address outside */
};
struct opened {
	int64_t seq;
	int64_t now;  /* ms: where the engine's clock begins */
	str snapshot; /* base64url: where the engine begins; absent: at the start */
};
extern const struct shape opened_shape;

struct launch {
	const struct attempt *attempt;
	const struct launch_learner *learner;
	str course_title;
	const struct titles *course_titles;
	str main;       /* "http://HOST:PORT": where the keeper lives */
	str base;       /* "/c/TOKEN/" */
	str tree;       /* "/t/TOKEN/HASH" */
	str tree_bytes; /* base64url: the same, where it is small */
	str standard;
	int64_t seed; /* of what the engine draws by chance */
	int64_t seq;
	struct json_list activities; /* preorder, of struct launch_activity */
	const struct opened *opened; /* in the player's page: what POST open would answer */
};
extern const struct shape launch_shape;

struct launch_new {
	str launch; /* lau_… made by the player */
};
extern const struct shape launch_new_shape;

/* ---- the API about itself ---- */
struct route_info {
	str method, path;
	str origin; /* "main", "content", "both" */
	str who;    /* "anyone", "learner", "trainer", "laptop", "attempt" */
	str pace;   /* "free", "normal", "costly", "guess" */
	str takes;  /* a shape's name; "bytes"; absent: no body */
	str gives;  /* a shape's name; absent: nothing, or a file */
	bool gives_list;
	str doc;
};
struct field_info {
	str name;
	str kind; /* "text", "int", "real", "bool", "raw", "object", "list", "texts" */
	bool required;
	int64_t least, most;
	str of; /* a shape's name */
};
struct shape_info {
	str name;
	struct json_list fields;
};
struct api_info {
	str version;
	struct json_list routes, shapes;
};
extern const struct shape api_info_shape;

/* ---- the centre ---- */
struct sync_state {
	bool enrolled;
	str hub, scope;          /* its address, our part of the country */
	int64_t records, unsent; /* unsent: the centre has not signed for */
	int64_t refused;         /* put aside there, for the coordinator */
	int64_t told_at;         /* when it last signed, by its clock */
	int64_t tried_at, reached_at;
	str trouble; /* a word: why the last contact failed */
	bool running;
	struct json_list staged; /* of struct staged: files that wait for a word */
};
extern const struct shape sync_state_shape;

/* What a courier may know. */
struct carry_state {
	str site, hub;
	int64_t records, unsent, told_at;
};
extern const struct shape carry_state_shape;

struct carry_pass {
	struct json_list addresses; /* struct room_address: the courier's page */
	int64_t until;
};
extern const struct shape carry_pass_shape;

struct enrol_new {
	str hub, code; /* or hub alone, with "#CODE" behind it */
	str contact;   /* how the trainer is reached */
};
extern const struct shape enrol_new_shape;
