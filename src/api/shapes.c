/* SPDX-License-Identifier: Apache-2.0 */
/* The tables behind shapes.h. Bounds here are what a request may carry; replies are ours
 * and get room enough. */
#include "api/shapes.h"

#include "sync/staged.h"

#define LONG 100000 /* texts and lists of our own replies */
#define JSON_MOST ((int64_t)1 << 53)

/* ---- the site ---- */
static const struct json_field health_fields[] = {
	JSON_BOOL(struct health, ok, true),
};
const struct shape health_shape = SHAPE("Health", struct health, health_fields);

static const struct json_field hello_event_fields[] = {
	JSON_TEXT(struct hello_event, id, true, 1, 40),
	JSON_TEXT(struct hello_event, title, true, 0, LONG),
	JSON_BOOL(struct hello_event, open, true),
};
static const struct shape hello_event_shape =
	SHAPE("HelloEvent", struct hello_event, hello_event_fields);

static const struct json_field hello_fields[] = {
	JSON_TEXT(struct hello, site, true, 0, LONG),
	JSON_BOOL(struct hello, ready, true),
	JSON_BOOL(struct hello, local, true),
	JSON_TEXT(struct hello, version, true, 1, 40),
	JSON_INT(struct hello, content_port, true, 0, 65535),
	JSON_TEXTS(struct hello, languages, true, 10),
	JSON_TEXT(struct hello, word, false, 1, 40),
	JSON_OBJECT(struct hello, me, false, person_shape),
	JSON_OBJECT(struct hello, event, false, hello_event_shape),
};
const struct shape hello_shape = SHAPE("Hello", struct hello, hello_fields);

static const struct json_field setup_new_fields[] = {
	JSON_TEXT(struct setup_new, site, true, 1, 200),
	JSON_TEXT(struct setup_new, name, true, 1, 200),
	JSON_TEXT(struct setup_new, password, true, 8, 200),
	JSON_TEXT(struct setup_new, language, true, 2, 2),
};
const struct shape setup_new_shape = SHAPE("SetupNew", struct setup_new, setup_new_fields);

static const struct json_field sign_in_new_fields[] = {
	JSON_TEXT(struct sign_in_new, login, true, 1, 200),
	JSON_TEXT(struct sign_in_new, password, true, 1, 200),
};
const struct shape sign_in_new_shape =
	SHAPE("SignInNew", struct sign_in_new, sign_in_new_fields);

static const struct json_field welcome_fields[] = {
	JSON_TEXT(struct welcome, word, true, 1, 40),
	JSON_OBJECT(struct welcome, me, true, person_shape),
};
const struct shape welcome_shape = SHAPE("Welcome", struct welcome, welcome_fields);

static const struct json_field room_address_fields[] = {
	JSON_TEXT(struct room_address, address, true, 1, 300),
	JSON_TEXT(struct room_address, interface, true, 0, 100),
	JSON_TEXT(struct room_address, kind, true, 1, 20),
	JSON_BOOL(struct room_address, likely, true),
	JSON_TEXT(struct room_address, qr, true, 1, LONG),
};
static const struct shape room_address_shape =
	SHAPE("RoomAddress", struct room_address, room_address_fields);

static const struct json_field room_fields[] = {
	JSON_LIST(struct room, addresses, true, 100, room_address_shape),
	JSON_INT(struct room, disk_free_bytes, true, 0, JSON_MOST),
	JSON_INT(struct room, phones, true, 0, JSON_MOST),
	JSON_INT(struct room, busy_threads, true, 0, JSON_MOST),
	JSON_INT(struct room, requests, true, 0, JSON_MOST),
	JSON_TEXT(struct room, version, true, 1, 40),
};
const struct shape room_shape = SHAPE("Room", struct room, room_fields);

/* ---- joining ---- */
static const struct json_field join_info_fields[] = {
	JSON_TEXT(struct join_info, event, true, 1, 40),
	JSON_TEXT(struct join_info, title, true, 0, LONG),
	JSON_TEXT(struct join_info, place, true, 0, LONG),
	JSON_LIST(struct join_info, councils, true, LONG, council_shape),
};
const struct shape join_info_shape = SHAPE("JoinInfo", struct join_info, join_info_fields);

static const struct json_field join_new_fields[] = {
	JSON_TEXT(struct join_new, council, false, 1, 40),
	JSON_TEXT(struct join_new, council_name, false, 1, 200),
	JSON_TEXT(struct join_new, surname, true, 1, 100),
	JSON_TEXT(struct join_new, given, true, 1, 100),
	JSON_TEXT(struct join_new, patronymic, false, 0, 100),
	JSON_TEXT(struct join_new, language, true, 2, 2),
};
const struct shape join_new_shape = SHAPE("JoinNew", struct join_new, join_new_fields);

static const struct json_field joined_fields[] = {
	JSON_TEXT(struct joined, word, false, 1, 40),
	JSON_OBJECT(struct joined, me, false, person_shape),
	JSON_TEXT(struct joined, event, false, 1, 40),
	JSON_TEXT(struct joined, claim, false, 1, 40),
	JSON_TEXT(struct joined, claim_code, false, 1, 10),
};
const struct shape joined_shape = SHAPE("Joined", struct joined, joined_fields);

static const struct json_field claim_state_fields[] = {
	JSON_TEXT(struct claim_state, state, true, 1, 20),
	JSON_TEXT(struct claim_state, word, false, 1, 40),
	JSON_OBJECT(struct claim_state, me, false, person_shape),
};
const struct shape claim_state_shape =
	SHAPE("ClaimState", struct claim_state, claim_state_fields);

/* ---- a learner's own ---- */
static const struct json_field language_new_fields[] = {
	JSON_TEXT(struct language_new, language, true, 2, 2),
};
const struct shape language_new_shape =
	SHAPE("LanguageNew", struct language_new, language_new_fields);

static const struct json_field my_course_fields[] = {
	JSON_TEXT(struct my_course, id, true, 1, 40),
	JSON_TEXT(struct my_course, title, true, 0, LONG),
	JSON_OBJECT(struct my_course, titles, false, titles_shape),
	JSON_TEXT(struct my_course, standard, true, 0, 100),
	JSON_INT(struct my_course, activities, true, 0, JSON_MOST),
	JSON_INT(struct my_course, bytes, true, 0, JSON_MOST),
	JSON_TEXT(struct my_course, attempt, false, 1, 40),
	JSON_TEXT(struct my_course, state, true, 1, 20),
	JSON_REAL(struct my_course, progress, false),
	JSON_REAL(struct my_course, score, false),
	JSON_INT(struct my_course, total_time_ms, false, 0, JSON_MOST),
	JSON_INT(struct my_course, changed_at, false, 0, JSON_MOST),
};
const struct shape my_course_shape = SHAPE("MyCourse", struct my_course, my_course_fields);

static const struct json_field launched_fields[] = {
	JSON_TEXT(struct launched, address, true, 1, 1000),
	JSON_TEXT(struct launched, cap, true, 1, 100),
	JSON_TEXT(struct launched, attempt, true, 1, 40),
};
const struct shape launched_shape = SHAPE("Launched", struct launched, launched_fields);

/* ---- courses ---- */
static const struct json_field import_reply_fields[] = {
	JSON_TEXT(struct import_reply, error, false, 1, 40),
	JSON_TEXT(struct import_reply, reason, false, 1, 100),
	JSON_TEXT(struct import_reply, package, false, 1, 64),
	JSON_TEXT(struct import_reply, course, false, 1, 40),
	JSON_TEXT(struct import_reply, title, false, 0, LONG),
	JSON_TEXT(struct import_reply, standard, false, 0, 100),
	JSON_INT(struct import_reply, activities, true, 0, JSON_MOST),
	JSON_INT(struct import_reply, scos, true, 0, JSON_MOST),
	JSON_INT(struct import_reply, files, true, 0, JSON_MOST),
	JSON_INT(struct import_reply, bytes, true, 0, JSON_MOST),
	JSON_BOOL(struct import_reply, already, true),
	JSON_BOOL(struct import_reply, new_revision, true),
	JSON_LIST(struct import_reply, findings, true, LONG, finding_shape),
};
const struct shape import_reply_shape =
	SHAPE("ImportReport", struct import_reply, import_reply_fields);

struct import_reply import_reply_of(const struct import_report *r)
{
	return (struct import_reply){
		.package = r->package,
		.course = r->course,
		.title = r->title,
		.standard = r->standard,
		.activities = r->activities,
		.scos = r->scos,
		.files = r->files,
		.bytes = r->bytes,
		.already = r->already,
		.new_revision = r->new_revision,
		.findings = r->findings,
	};
}

/* ---- events ---- */
static const struct json_field event_detail_fields[] = {
	JSON_OBJECT(struct event_detail, event, true, event_shape),
	JSON_LIST(struct event_detail, courses, true, LONG, course_shape),
};
const struct shape event_detail_shape =
	SHAPE("EventDetail", struct event_detail, event_detail_fields);

static const struct json_field event_courses_new_fields[] = {
	JSON_BOOL(struct event_courses_new, all_courses, true),
	JSON_TEXTS(struct event_courses_new, courses, false, 500),
};
const struct shape event_courses_new_shape =
	SHAPE("EventCoursesNew", struct event_courses_new, event_courses_new_fields);

static const struct json_field poster_fields[] = {
	JSON_TEXT(struct poster, code, true, 1, 10),
	JSON_TEXT(struct poster, title, true, 0, LONG),
	JSON_LIST(struct poster, addresses, true, 100, room_address_shape),
};
const struct shape poster_shape = SHAPE("Poster", struct poster, poster_fields);

/* ---- one learner, for the trainer ---- */
static const struct json_field person_activity_fields[] = {
	JSON_TEXT(struct person_activity, id, true, 0, LONG),
	JSON_TEXT(struct person_activity, title, true, 0, LONG),
	JSON_OBJECT(struct person_activity, titles, false, titles_shape),
	JSON_TEXT(struct person_activity, kind, true, 1, 20),
	JSON_TEXT(struct person_activity, completion, true, 0, 40),
	JSON_TEXT(struct person_activity, success, true, 0, 40),
	JSON_REAL(struct person_activity, score, false),
	JSON_TEXT(struct person_activity, location, false, 0, LONG),
	JSON_INT(struct person_activity, total_time_ms, true, 0, JSON_MOST),
	JSON_INT(struct person_activity, visits, true, 0, JSON_MOST),
	JSON_TEXT(struct person_activity, why, false, 1, 20),
	JSON_REAL(struct person_activity, have, false),
	JSON_REAL(struct person_activity, need, false),
};
static const struct shape person_activity_shape =
	SHAPE("PersonActivity", struct person_activity, person_activity_fields);

static const struct json_field person_attempt_fields[] = {
	JSON_OBJECT(struct person_attempt, attempt, true, attempt_shape),
	JSON_TEXT(struct person_attempt, course_title, true, 0, LONG),
	JSON_OBJECT(struct person_attempt, course_titles, false, titles_shape),
	JSON_LIST(struct person_attempt, activities, true, LONG, person_activity_shape),
	JSON_LIST(struct person_attempt, commits, true, LONG, commit_row_shape),
	JSON_LIST(struct person_attempt, disputes, true, LONG, dispute_shape),
};
static const struct shape person_attempt_shape =
	SHAPE("PersonAttempt", struct person_attempt, person_attempt_fields);

static const struct json_field person_detail_fields[] = {
	JSON_OBJECT(struct person_detail, person, true, person_shape),
	JSON_BOOL(struct person_detail, present, true),
	JSON_INT(struct person_detail, joined_at, true, 0, JSON_MOST),
	JSON_INT(struct person_detail, seen_at, true, 0, JSON_MOST),
	JSON_LIST(struct person_detail, attempts, true, LONG, person_attempt_shape),
	JSON_BOOL(struct person_detail, enrolled, true),
	JSON_INT(struct person_detail, iin_at, false, 0, JSON_MOST),
};
const struct shape person_detail_shape =
	SHAPE("PersonDetail", struct person_detail, person_detail_fields);

static const struct json_field iin_new_fields[] = {
	JSON_TEXT(struct iin_new, iin, true, 1, 40),
	JSON_BOOL(struct iin_new, agreed, true),
};
const struct shape iin_new_shape = SHAPE("IinNew", struct iin_new, iin_new_fields);

static const struct json_field presence_new_fields[] = {
	JSON_BOOL(struct presence_new, present, true),
};
const struct shape presence_new_shape =
	SHAPE("PresenceNew", struct presence_new, presence_new_fields);

/* ---- certificates ---- */
static const struct json_field certificate_card_fields[] = {
	JSON_TEXT(struct certificate_card, serial, true, 1, 40),
	JSON_TEXT(struct certificate_card, person, true, 1, 40),
	JSON_TEXT(struct certificate_card, event, true, 1, 40),
	JSON_TEXT(struct certificate_card, state, true, 1, 20),
	JSON_TEXT(struct certificate_card, surname, true, 0, LONG),
	JSON_TEXT(struct certificate_card, given, true, 0, LONG),
	JSON_TEXT(struct certificate_card, patronymic, false, 0, LONG),
	JSON_TEXT(struct certificate_card, council_name, false, 0, LONG),
	JSON_TEXT(struct certificate_card, course_title, true, 0, LONG),
	JSON_TEXT(struct certificate_card, held_on, true, 10, 10),
	JSON_TEXT(struct certificate_card, valid_until, false, 10, 10),
	JSON_TEXT(struct certificate_card, supersedes, false, 1, 40),
	JSON_INT(struct certificate_card, registered_at, false, 0, JSON_MOST),
};
const struct shape certificate_card_shape =
	SHAPE("CertificateCard", struct certificate_card, certificate_card_fields);

static const struct json_field certificate_room_fields[] = {
	JSON_OBJECT(struct certificate_room, candidates, true, candidates_shape),
	JSON_LIST(struct certificate_room, certificates, true, LONG,
	          certificate_card_shape),
};
const struct shape certificate_room_shape =
	SHAPE("CertificateRoom", struct certificate_room, certificate_room_fields);

static const struct json_field certificates_new_fields[] = {
	JSON_TEXT(struct certificates_new, held_on, true, 10, 10),
	JSON_TEXT(struct certificates_new, person, false, 36, 36),
	JSON_TEXT(struct certificates_new, course, false, 36, 36),
	JSON_INT(struct certificates_new, hours, false, 0, 1000),
};
const struct shape certificates_new_shape =
	SHAPE("CertificatesNew", struct certificates_new, certificates_new_fields);

static const struct json_field certificates_made_fields[] = {
	JSON_LIST(struct certificates_made, made, true, LONG, certificate_card_shape),
	JSON_INT(struct certificates_made, issued, true, 0, JSON_MOST),
	JSON_INT(struct certificates_made, refused, true, 0, JSON_MOST),
};
const struct shape certificates_made_shape =
	SHAPE("CertificatesMade", struct certificates_made, certificates_made_fields);

static const struct json_field name_new_fields[] = {
	JSON_TEXT(struct name_new, surname, true, 1, 100),
	JSON_TEXT(struct name_new, given, true, 1, 100),
	JSON_TEXT(struct name_new, patronymic, false, 0, 100),
};
const struct shape name_new_shape = SHAPE("NameNew", struct name_new, name_new_fields);

static const struct json_field revoke_new_fields[] = {
	JSON_TEXT(struct revoke_new, reason, true, 1, 20),
};
const struct shape revoke_new_shape =
	SHAPE("RevokeNew", struct revoke_new, revoke_new_fields);

static const struct json_field verify_new_fields[] = {
	JSON_TEXT(struct verify_new, text, true, 1, 2000),
};
const struct shape verify_new_shape =
	SHAPE("VerifyNew", struct verify_new, verify_new_fields);

static const struct json_field verify_known_fields[] = {
	JSON_TEXT(struct verify_known, site, true, 0, LONG),
	JSON_TEXT(struct verify_known, trust, true, 0, 10 * LONG),
	JSON_TEXTS(struct verify_known, revocations, true, 20),
};
const struct shape verify_known_shape =
	SHAPE("VerifyKnown", struct verify_known, verify_known_fields);

/* ---- the player ---- */
static const struct json_field launch_learner_fields[] = {
	JSON_TEXT(struct launch_learner, id, true, 1, 40),
	JSON_TEXT(struct launch_learner, name, true, 0, LONG),
	JSON_TEXT(struct launch_learner, language, true, 2, 2),
};
static const struct shape launch_learner_shape =
	SHAPE("LaunchLearner", struct launch_learner, launch_learner_fields);

static const struct json_field launch_activity_fields[] = {
	JSON_TEXT(struct launch_activity, id, true, 0, LONG),
	JSON_TEXT(struct launch_activity, title, true, 0, LONG),
	JSON_OBJECT(struct launch_activity, titles, false, titles_shape),
	JSON_INT(struct launch_activity, parent, true, -1, JSON_MOST),
	JSON_TEXT(struct launch_activity, kind, true, 1, 20),
	JSON_TEXT(struct launch_activity, href, false, 0, LONG),
};
static const struct shape launch_activity_shape =
	SHAPE("LaunchActivity", struct launch_activity, launch_activity_fields);

static const struct json_field opened_fields[] = {
	JSON_INT(struct opened, seq, true, 0, JSON_MOST),
	JSON_INT(struct opened, now, true, 0, JSON_MOST),
	JSON_TEXT(struct opened, snapshot, false, 1, JSON_MOST),
};
const struct shape opened_shape = SHAPE("Opened", struct opened, opened_fields);

static const struct json_field launch_fields[] = {
	JSON_OBJECT(struct launch, attempt, true, attempt_shape),
	JSON_OBJECT(struct launch, learner, true, launch_learner_shape),
	JSON_TEXT(struct launch, course_title, true, 0, LONG),
	JSON_OBJECT(struct launch, course_titles, false, titles_shape),
	JSON_TEXT(struct launch, main, true, 1, 1000),
	JSON_TEXT(struct launch, base, true, 1, 100),
	JSON_TEXT(struct launch, tree, true, 1, 100),
	JSON_TEXT(struct launch, tree_bytes, false, 1, LONG),
	JSON_TEXT(struct launch, standard, true, 1, 100),
	JSON_INT(struct launch, seed, true, 0, JSON_MOST),
	JSON_INT(struct launch, seq, true, 0, JSON_MOST),
	JSON_LIST(struct launch, activities, true, LONG, launch_activity_shape),
	JSON_OBJECT(struct launch, opened, false, opened_shape),
};
const struct shape launch_shape = SHAPE("Launch", struct launch, launch_fields);

static const struct json_field launch_new_fields[] = {
	JSON_TEXT(struct launch_new, launch, true, 1, 40),
};
const struct shape launch_new_shape =
	SHAPE("LaunchNew", struct launch_new, launch_new_fields);

/* ---- the API about itself ---- */
static const struct json_field route_info_fields[] = {
	JSON_TEXT(struct route_info, method, true, 1, 10),
	JSON_TEXT(struct route_info, path, true, 1, 200),
	JSON_TEXT(struct route_info, origin, true, 1, 10),
	JSON_TEXT(struct route_info, who, true, 1, 10),
	JSON_TEXT(struct route_info, pace, true, 1, 10),
	JSON_TEXT(struct route_info, takes, false, 1, 40),
	JSON_TEXT(struct route_info, gives, false, 1, 40),
	JSON_BOOL(struct route_info, gives_list, true),
	JSON_TEXT(struct route_info, doc, true, 1, 1000),
};
static const struct shape route_info_shape =
	SHAPE("RouteInfo", struct route_info, route_info_fields);

static const struct json_field field_info_fields[] = {
	JSON_TEXT(struct field_info, name, true, 1, 40),
	JSON_TEXT(struct field_info, kind, true, 1, 10),
	JSON_BOOL(struct field_info, required, true),
	JSON_INT(struct field_info, least, true, -JSON_MOST, JSON_MOST),
	JSON_INT(struct field_info, most, true, -JSON_MOST, JSON_MOST),
	JSON_TEXT(struct field_info, of, false, 1, 40),
};
static const struct shape field_info_shape =
	SHAPE("FieldInfo", struct field_info, field_info_fields);

static const struct json_field shape_info_fields[] = {
	JSON_TEXT(struct shape_info, name, true, 1, 40),
	JSON_LIST(struct shape_info, fields, true, 200, field_info_shape),
};
static const struct shape shape_info_shape =
	SHAPE("ShapeInfo", struct shape_info, shape_info_fields);

static const struct json_field api_info_fields[] = {
	JSON_TEXT(struct api_info, version, true, 1, 40),
	JSON_LIST(struct api_info, routes, true, 1000, route_info_shape),
	JSON_LIST(struct api_info, shapes, true, 1000, shape_info_shape),
};
const struct shape api_info_shape = SHAPE("ApiInfo", struct api_info, api_info_fields);

/* ---- the centre ---- */
static const struct json_field sync_state_fields[] = {
	JSON_BOOL(struct sync_state, enrolled, true),
	JSON_TEXT(struct sync_state, hub, false, 0, 600),
	JSON_TEXT(struct sync_state, scope, false, 0, 64),
	JSON_INT(struct sync_state, records, true, 0, INT64_MAX),
	JSON_INT(struct sync_state, unsent, true, 0, INT64_MAX),
	JSON_INT(struct sync_state, refused, true, 0, INT64_MAX),
	JSON_INT(struct sync_state, told_at, false, 0, INT64_MAX),
	JSON_INT(struct sync_state, tried_at, false, 0, INT64_MAX),
	JSON_INT(struct sync_state, reached_at, false, 0, INT64_MAX),
	JSON_TEXT(struct sync_state, trouble, false, 0, 40),
	JSON_BOOL(struct sync_state, running, true),
	JSON_LIST(struct sync_state, staged, true, 20, staged_shape),
};
const struct shape sync_state_shape =
	SHAPE("SyncState", struct sync_state, sync_state_fields);

static const struct json_field carry_state_fields[] = {
	JSON_TEXT(struct carry_state, site, true, 0, LONG),
	JSON_TEXT(struct carry_state, hub, true, 0, 600),
	JSON_INT(struct carry_state, records, true, 0, INT64_MAX),
	JSON_INT(struct carry_state, unsent, true, 0, INT64_MAX),
	JSON_INT(struct carry_state, told_at, false, 0, INT64_MAX),
};
const struct shape carry_state_shape =
	SHAPE("CarryState", struct carry_state, carry_state_fields);

static const struct json_field carry_pass_fields[] = {
	JSON_LIST(struct carry_pass, addresses, true, 100, room_address_shape),
	JSON_INT(struct carry_pass, until, true, 0, INT64_MAX),
};
const struct shape carry_pass_shape =
	SHAPE("CarryPass", struct carry_pass, carry_pass_fields);

static const struct json_field enrol_new_fields[] = {
	JSON_TEXT(struct enrol_new, hub, true, 1, 600),
	JSON_TEXT(struct enrol_new, code, false, 0, 60),
	JSON_TEXT(struct enrol_new, contact, false, 0, 200),
};
const struct shape enrol_new_shape = SHAPE("EnrolNew", struct enrol_new, enrol_new_fields);
