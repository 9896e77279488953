/* SPDX-License-Identifier: Apache-2.0 */
/* What the hub's addresses take and give, besides what the subject's own shapes say. */
#pragma once

#include "certificate/certificate.h"
#include "hub/coordinators.h"
#include "hub/publish.h"
#include "hub/report.h"

struct hub_hello {
	bool ready; /* somebody has begun; else `kenes hub setup` */
	str version;
	const struct coordinator *me; /* NULL: nobody is signed in */
};
extern const struct shape hub_hello_shape;

struct hub_start {
	str login, code;
};
extern const struct shape hub_start_shape;
struct hub_started {
	str name;
	str key; /* for typing into the app */
	str qr;  /* SVG of the otpauth: address */
};
extern const struct shape hub_started_shape;
struct hub_start_confirm {
	str login, code, password, key, digits;
};
extern const struct shape hub_start_confirm_shape;
struct hub_begun {
	const struct coordinator *me;
	struct json_list recovery; /* shown once */
};
extern const struct shape hub_begun_shape;

struct hub_sign_in {
	str login, password;
	str digits; /* of the app, or a recovery code */
};
extern const struct shape hub_sign_in_shape;

struct hub_code {
	str code, qr; /* shown once; qr: SVG */
	int64_t expires_at;
};
extern const struct shape hub_code_shape;

struct hub_invite_new {
	str scope, label;
	int64_t days;
};
extern const struct shape hub_invite_new_shape;
struct hub_why {
	str why;
};
extern const struct shape hub_why_shape;
struct hub_settle {
	bool apply;
	str why;
};
extern const struct shape hub_settle_shape;
struct hub_into {
	str into; /* per_… */
};
extern const struct shape hub_into_shape;

/* ---- what goes down ---- */
struct import_reply;
struct hub_course {
	const struct hub_publication *publication; /* NULL: refused */
	const struct import_reply *report;
	str error, reason; /* when it was refused */
};
extern const struct shape hub_course_shape;
struct hub_news_new {
	str scope, kk, ru, en, not_before, not_after;
};
extern const struct shape hub_news_new_shape;
struct hub_roster {
	const struct roster_read *read;
	const struct hub_publication *publication; /* NULL: only checked */
};
extern const struct shape hub_roster_shape;
struct hub_template_new {
	str scope;
	bool mandatory;
	const struct template *look;
};
extern const struct shape hub_template_new_shape;
struct hub_template {
	const struct hub_publication *publication;
	bool mandatory;
	const struct template *look;
};
extern const struct shape hub_template_shape;

/* ---- certificates ---- */
struct hub_certificate { /* what the hub reports, and its own verdict */
	const struct report_certificate *certificate;
	const struct verdict *verdict; /* NULL: its holder was erased */
	str supersedes;
	int64_t changed_at;
	const struct hub_site *site;
	struct json_list orders, audit;
};
extern const struct shape hub_certificate_shape;
struct hub_verified {
	const struct verdict *verdict; /* NULL: known, but its holder was erased */
	const struct report_certificate *certificate; /* NULL: not of the caller's area */
	bool registered;                              /* the site has told this hub of it */
	str site_name;
	int64_t site_cut_at; /* JSON_ABSENT: the site is not cut off */
};
extern const struct shape hub_verified_shape;
struct hub_name {
	str surname, given, patronymic;
};
extern const struct shape hub_name_shape;
struct hub_revocation {
	str reason; /* "mistake", "not-earned", "request", "other" */
	str why;    /* in words, for the audit; STR_NONE */
};
extern const struct shape hub_revocation_shape;

struct hub_iin {
	str iin;
};
extern const struct shape hub_iin_shape;
struct hub_may {
	bool may;
};
extern const struct shape hub_may_shape;
