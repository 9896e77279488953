/* SPDX-License-Identifier: Apache-2.0 */
#include "api/hub_shapes.h"

#include "api/shapes.h"

#define LONG 100000

static const struct json_field hello_fields[] = {
	JSON_BOOL(struct hub_hello, ready, true),
	JSON_TEXT(struct hub_hello, version, true, 1, 40),
	JSON_OBJECT(struct hub_hello, me, false, coordinator_shape),
};
const struct shape hub_hello_shape = SHAPE("HubHello", struct hub_hello, hello_fields);

static const struct json_field start_fields[] = {
	JSON_TEXT(struct hub_start, login, true, 1, 100),
	JSON_TEXT(struct hub_start, code, true, 1, 40),
};
const struct shape hub_start_shape = SHAPE("HubStart", struct hub_start, start_fields);

static const struct json_field started_fields[] = {
	JSON_TEXT(struct hub_started, name, true, 1, 200),
	JSON_TEXT(struct hub_started, key, true, 32, 32),
	JSON_TEXT(struct hub_started, qr, true, 1, LONG),
};
const struct shape hub_started_shape =
	SHAPE("HubStarted", struct hub_started, started_fields);

static const struct json_field confirm_fields[] = {
	JSON_TEXT(struct hub_start_confirm, login, true, 1, 100),
	JSON_TEXT(struct hub_start_confirm, code, true, 1, 40),
	JSON_TEXT(struct hub_start_confirm, password, true, 12, 200),
	JSON_TEXT(struct hub_start_confirm, key, true, 32, 32),
	JSON_TEXT(struct hub_start_confirm, digits, true, 6, 10),
};
const struct shape hub_start_confirm_shape =
	SHAPE("HubStartConfirm", struct hub_start_confirm, confirm_fields);

static const struct json_field begun_fields[] = {
	JSON_OBJECT(struct hub_begun, me, true, coordinator_shape),
	JSON_TEXTS(struct hub_begun, recovery, true, RECOVERY_CODES),
};
const struct shape hub_begun_shape = SHAPE("HubBegun", struct hub_begun, begun_fields);

static const struct json_field sign_in_fields[] = {
	JSON_TEXT(struct hub_sign_in, login, true, 1, 100),
	JSON_TEXT(struct hub_sign_in, password, true, 1, 200),
	JSON_TEXT(struct hub_sign_in, digits, true, 1, 40),
};
const struct shape hub_sign_in_shape =
	SHAPE("HubSignIn", struct hub_sign_in, sign_in_fields);

static const struct json_field code_fields[] = {
	JSON_TEXT(struct hub_code, code, true, 1, 40),
	JSON_TEXT(struct hub_code, qr, true, 1, LONG),
	JSON_INT(struct hub_code, expires_at, true, 0, INT64_MAX),
};
const struct shape hub_code_shape = SHAPE("HubCode", struct hub_code, code_fields);

static const struct json_field invite_new_fields[] = {
	JSON_TEXT(struct hub_invite_new, scope, true, 2, 64),
	JSON_TEXT(struct hub_invite_new, label, true, 0, 200),
	JSON_INT(struct hub_invite_new, days, true, 1, 366),
};
const struct shape hub_invite_new_shape =
	SHAPE("HubInviteNew", struct hub_invite_new, invite_new_fields);

static const struct json_field why_fields[] = {
	JSON_TEXT(struct hub_why, why, true, 3, 300),
};
const struct shape hub_why_shape = SHAPE("HubWhy", struct hub_why, why_fields);

static const struct json_field settle_fields[] = {
	JSON_BOOL(struct hub_settle, apply, true),
	JSON_TEXT(struct hub_settle, why, true, 3, 300),
};
const struct shape hub_settle_shape = SHAPE("HubSettle", struct hub_settle, settle_fields);

static const struct json_field into_fields[] = {
	JSON_TEXT(struct hub_into, into, true, 36, 36),
};
const struct shape hub_into_shape = SHAPE("HubInto", struct hub_into, into_fields);

/* ---- what goes down ---- */

static const struct json_field course_fields[] = {
	JSON_TEXT(struct hub_course, error, false, 1, 40),
	JSON_TEXT(struct hub_course, reason, false, 1, 100),
	JSON_OBJECT(struct hub_course, publication, false, hub_publication_shape),
	JSON_OBJECT(struct hub_course, report, true, import_reply_shape),
};
const struct shape hub_course_shape = SHAPE("HubCourse", struct hub_course, course_fields);

static const struct json_field news_new_fields[] = {
	JSON_TEXT(struct hub_news_new, scope, true, 2, 64),
	JSON_TEXT(struct hub_news_new, kk, true, 0, LONG),
	JSON_TEXT(struct hub_news_new, ru, true, 0, LONG),
	JSON_TEXT(struct hub_news_new, en, false, 0, LONG),
	JSON_TEXT(struct hub_news_new, not_before, false, 0, 10),
	JSON_TEXT(struct hub_news_new, not_after, false, 0, 10),
};
const struct shape hub_news_new_shape =
	SHAPE("HubNewsNew", struct hub_news_new, news_new_fields);

static const struct json_field roster_fields[] = {
	JSON_OBJECT(struct hub_roster, read, true, roster_read_shape),
	JSON_OBJECT(struct hub_roster, publication, false, hub_publication_shape),
};
const struct shape hub_roster_shape = SHAPE("HubRoster", struct hub_roster, roster_fields);

static const struct json_field template_new_fields[] = {
	JSON_TEXT(struct hub_template_new, scope, true, 2, 64),
	JSON_BOOL(struct hub_template_new, mandatory, true),
	JSON_OBJECT(struct hub_template_new, look, true, template_shape),
};
const struct shape hub_template_new_shape =
	SHAPE("HubTemplateNew", struct hub_template_new, template_new_fields);

static const struct json_field template_fields[] = {
	JSON_OBJECT(struct hub_template, publication, true, hub_publication_shape),
	JSON_BOOL(struct hub_template, mandatory, true),
	JSON_OBJECT(struct hub_template, look, true, template_shape),
};
const struct shape hub_template_shape =
	SHAPE("HubTemplate", struct hub_template, template_fields);

/* ---- certificates ---- */

static const struct json_field certificate_fields[] = {
	JSON_OBJECT(struct hub_certificate, certificate, true, report_certificate_shape),
	JSON_OBJECT(struct hub_certificate, verdict, false, verdict_shape),
	JSON_TEXT(struct hub_certificate, supersedes, false, 1, 100),
	JSON_INT(struct hub_certificate, changed_at, true, 0, INT64_MAX),
	JSON_OBJECT(struct hub_certificate, site, true, hub_site_shape),
	JSON_LIST(struct hub_certificate, orders, true, 2, report_order_shape),
	JSON_LIST(struct hub_certificate, audit, true, 200, report_audit_shape),
};
const struct shape hub_certificate_shape =
	SHAPE("HubCertificate", struct hub_certificate, certificate_fields);

static const struct json_field verified_fields[] = {
	JSON_OBJECT(struct hub_verified, verdict, false, verdict_shape),
	JSON_OBJECT(struct hub_verified, certificate, false, report_certificate_shape),
	JSON_BOOL(struct hub_verified, registered, true),
	JSON_TEXT(struct hub_verified, site_name, false, 0, 4000),
	JSON_INT(struct hub_verified, site_cut_at, false, 0, INT64_MAX),
};
const struct shape hub_verified_shape =
	SHAPE("HubVerified", struct hub_verified, verified_fields);

static const struct json_field name_fields[] = {
	JSON_TEXT(struct hub_name, surname, true, 1, 100),
	JSON_TEXT(struct hub_name, given, true, 1, 100),
	JSON_TEXT(struct hub_name, patronymic, false, 0, 100),
};
const struct shape hub_name_shape = SHAPE("HubName", struct hub_name, name_fields);

static const struct json_field revocation_fields[] = {
	JSON_TEXT(struct hub_revocation, reason, true, 1, 20),
	JSON_TEXT(struct hub_revocation, why, false, 0, 300),
};
const struct shape hub_revocation_shape =
	SHAPE("HubRevocation", struct hub_revocation, revocation_fields);

static const struct json_field iin_fields[] = {
	JSON_TEXT(struct hub_iin, iin, true, 12, 12),
};
const struct shape hub_iin_shape = SHAPE("HubIin", struct hub_iin, iin_fields);

static const struct json_field may_fields[] = {
	JSON_BOOL(struct hub_may, may, true),
};
const struct shape hub_may_shape = SHAPE("HubMay", struct hub_may, may_fields);
