/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/facts.h"

#include "base/id.h"
#include "sync/record.h"

#define ID(T, f, required) JSON_TEXT(T, f, required, ID_TEXT - 1, ID_TEXT - 1)
#define NAME 200
#define COUNT ((int64_t)1 << 53)

static const struct json_field fact_person_fields[] = {
	ID(struct fact_person, person, true),
	JSON_TEXT(struct fact_person, surname, true, 1, NAME),
	JSON_TEXT(struct fact_person, given, false, 0, NAME),
	JSON_TEXT(struct fact_person, patronymic, false, 0, NAME),
	ID(struct fact_person, council, false),
	JSON_TEXT(struct fact_person, council_name, false, 0, 2 * NAME),
	JSON_TEXT(struct fact_person, language, false, 2, 2),
	JSON_TEXT(struct fact_person, region, false, 0, 64),
	JSON_TEXT(struct fact_person, sealed_iin, false, 0, 100),
};
const struct shape fact_person_shape =
	SHAPE("FactPerson", struct fact_person, fact_person_fields);

static const struct json_field fact_merge_fields[] = {
	ID(struct fact_merge, person, true),
	ID(struct fact_merge, into, true),
};
const struct shape fact_merge_shape =
	SHAPE("FactMerge", struct fact_merge, fact_merge_fields);

static const struct json_field fact_erased_fields[] = {
	ID(struct fact_erased, person, true),
};
const struct shape fact_erased_shape =
	SHAPE("FactErased", struct fact_erased, fact_erased_fields);

static const struct json_field fact_event_fields[] = {
	ID(struct fact_event, event, true),
	JSON_TEXT(struct fact_event, title, true, 0, 2 * NAME),
	JSON_TEXT(struct fact_event, place, false, 0, 2 * NAME),
	JSON_TEXT(struct fact_event, held_on, false, 0, 10),
	JSON_INT(struct fact_event, joined, false, 0, COUNT),
	JSON_INT(struct fact_event, present, false, 0, COUNT),
};
const struct shape fact_event_shape =
	SHAPE("FactEvent", struct fact_event, fact_event_fields);

static const struct json_field fact_clock_fields[] = {
	JSON_INT(struct fact_clock, off_ms, true, -RECORD_EPOCH, RECORD_EPOCH),
};
const struct shape fact_clock_shape =
	SHAPE("FactClock", struct fact_clock, fact_clock_fields);

static const struct json_field fact_presence_fields[] = {
	ID(struct fact_presence, event, true),
	ID(struct fact_presence, person, true),
	JSON_BOOL(struct fact_presence, present, true),
};
const struct shape fact_presence_shape =
	SHAPE("FactPresence", struct fact_presence, fact_presence_fields);

static const struct json_field fact_result_fields[] = {
	ID(struct fact_result, attempt, true),
	ID(struct fact_result, person, true),
	ID(struct fact_result, course, true),
	JSON_TEXT(struct fact_result, title, false, 0, 1000),
	JSON_TEXT(struct fact_result, package, false, 64, 64),
	ID(struct fact_result, event, false),
	JSON_INT(struct fact_result, number, false, 1, COUNT),
	JSON_TEXT(struct fact_result, completion, true, 1, 20),
	JSON_TEXT(struct fact_result, success, true, 1, 20),
	JSON_REAL(struct fact_result, score, false),
	JSON_INT(struct fact_result, total_time_ms, false, 0, COUNT),
};
const struct shape fact_result_shape =
	SHAPE("FactResult", struct fact_result, fact_result_fields);

static const struct json_field fact_dispute_fields[] = {
	ID(struct fact_dispute, dispute, true),
	ID(struct fact_dispute, person, false),
	JSON_TEXT(struct fact_dispute, about, true, 1, 100),
	JSON_TEXT(struct fact_dispute, says, true, 1, 2000),
};
const struct shape fact_dispute_shape =
	SHAPE("FactDispute", struct fact_dispute, fact_dispute_fields);

static const struct json_field fact_certificate_fields[] = {
	JSON_TEXT(struct fact_certificate, serial, true, 1, 40),
	JSON_TEXT(struct fact_certificate, person, false, 0, ID_TEXT - 1),
	JSON_TEXT(struct fact_certificate, attempt, false, 0, ID_TEXT - 1),
	JSON_TEXT(struct fact_certificate, holder, false, 0, 3 * NAME),
	JSON_TEXT(struct fact_certificate, council_name, false, 0, 2 * NAME),
	JSON_TEXT(struct fact_certificate, title, false, 0, 1000),
	JSON_TEXT(struct fact_certificate, held_on, false, 0, 10),
	JSON_TEXT(struct fact_certificate, valid_until, false, 0, 10),
	JSON_TEXT(struct fact_certificate, token, false, 0, 4000),
	JSON_TEXT(struct fact_certificate, by, false, 0, 40),
	JSON_TEXT(struct fact_certificate, why, false, 0, 400),
};
const struct shape fact_certificate_shape =
	SHAPE("FactCertificate", struct fact_certificate, fact_certificate_fields);

static const struct json_field order_name_fields[] = {
	JSON_TEXT(struct order_name, surname, true, 1, NAME),
	JSON_TEXT(struct order_name, given, false, 0, NAME),
	JSON_TEXT(struct order_name, patronymic, false, 0, NAME),
};
const struct shape order_name_shape =
	SHAPE("OrderName", struct order_name, order_name_fields);

static const struct json_field order_revoke_fields[] = {
	JSON_TEXT(struct order_revoke, serial, true, 1, 40),
	JSON_TEXT(struct order_revoke, reason, true, 1, 40),
};
const struct shape order_revoke_shape =
	SHAPE("OrderRevoke", struct order_revoke, order_revoke_fields);
