/* SPDX-License-Identifier: Apache-2.0 */
/* The shapes of what requests and replies hold. */
#include "sync/exchange.h"
#include "sync/trust.h"

#define COUNT(T, f, required) JSON_INT(T, f, required, 0, ((int64_t)1 << 53))
#define HASH_TEXT(T, f, required) JSON_TEXT(T, f, required, 0, 2 * SEAL_HASH)

static const struct json_field hello_reply_fields[] = {
	JSON_TEXT(struct hello_reply, challenge, true, 2 * CHALLENGE, 2 * CHALLENGE),
	JSON_TEXT(struct hello_reply, hub, true, 36, 36),
	JSON_TEXT(struct hello_reply, name, true, 0, 200),
	JSON_BOOL(struct hello_reply, known, true),
};
const struct shape hello_reply_shape =
	SHAPE("HelloReply", struct hello_reply, hello_reply_fields);

static const struct json_field enrol_ask_fields[] = {
	JSON_TEXT(struct enrol_ask, code, true, 16, 16),
	JSON_TEXT(struct enrol_ask, public_key, true, 64, 64),
	JSON_TEXT(struct enrol_ask, name, true, 0, 200),
	JSON_TEXT(struct enrol_ask, contact, false, 0, 200),
	JSON_TEXT(struct enrol_ask, proof, true, 32, 32),
};
const struct shape enrol_ask_shape = SHAPE("EnrolAsk", struct enrol_ask, enrol_ask_fields);

static const struct json_field enrol_reply_fields[] = {
	JSON_TEXT(struct enrol_reply, certificate, true, 1, 400),
	JSON_TEXT(struct enrol_reply, hub_key, true, 64, 64),
	JSON_TEXT(struct enrol_reply, proof, true, 32, 32),
};
const struct shape enrol_reply_shape =
	SHAPE("EnrolReply", struct enrol_reply, enrol_reply_fields);

static const struct json_field status_epoch_fields[] = {
	COUNT(struct status_epoch, epoch, true),
	COUNT(struct status_epoch, at, false),
	HASH_TEXT(struct status_epoch, id, false),
	JSON_BOOL(struct status_epoch, agrees, false),
	COUNT(struct status_epoch, through, false),
	COUNT(struct status_epoch, records, false),
	HASH_TEXT(struct status_epoch, total, false),
	JSON_BOOL(struct status_epoch, forked, false),
};
static const struct shape status_epoch_shape =
	SHAPE("StatusEpoch", struct status_epoch, status_epoch_fields);
static const struct json_field status_fields[] = {
	JSON_LIST(struct status, epochs, true, 200, status_epoch_shape),
	JSON_TEXT(struct status, certificate, false, 0, 400),
	COUNT(struct status, down_version, false),
};
const struct shape status_shape = SHAPE("Status", struct status, status_fields);

static const struct json_field verdict_fields[] = {
	COUNT(struct verdict_quarantined, seq, true),
	JSON_TEXT(struct verdict_quarantined, reason, true, 1, 40),
};
static const struct shape verdict_shape =
	SHAPE("Quarantined", struct verdict_quarantined, verdict_fields);
static const struct json_field receipt_fields[] = {
	JSON_TEXT(struct receipt, site, true, 36, 36),
	COUNT(struct receipt, epoch, true),
	COUNT(struct receipt, first, true),
	COUNT(struct receipt, last, true),
	HASH_TEXT(struct receipt, id, true),
	COUNT(struct receipt, accepted, true),
	COUNT(struct receipt, known, true),
	JSON_LIST(struct receipt, quarantined, true, BATCH_RECORDS, verdict_shape),
	COUNT(struct receipt, through, true),
	COUNT(struct receipt, records, true),
	HASH_TEXT(struct receipt, total, true),
	JSON_BOOL(struct receipt, forked, false),
	COUNT(struct receipt, down_version, false),
};
const struct shape receipt_shape = SHAPE("Receipt", struct receipt, receipt_fields);

static const struct json_field range_fields[] = {
	COUNT(struct range, from, true),
	COUNT(struct range, to, true),
	HASH_TEXT(struct range, total, false),
};
static const struct shape range_shape = SHAPE("Range", struct range, range_fields);
static const struct json_field ranges_fields[] = {
	COUNT(struct ranges, epoch, true),
	JSON_LIST(struct ranges, ranges, true, RANGES_MOST, range_shape),
};
const struct shape ranges_shape = SHAPE("Ranges", struct ranges, ranges_fields);

static const struct json_field ids_fields[] = {
	COUNT(struct ids, epoch, true),
	COUNT(struct ids, from, true),
	JSON_TEXT(struct ids, ids, true, 0, IDS_MOST * 2 * RECORD_ID),
};
const struct shape ids_shape = SHAPE("Ids", struct ids, ids_fields);
static const struct json_field missing_fields[] = {
	JSON_LIST(struct missing, seqs, true, IDS_MOST, range_shape),
};
const struct shape missing_shape = SHAPE("Missing", struct missing, missing_fields);

static const struct json_field down_ask_fields[] = {
	COUNT(struct down_ask, after, true),
};
const struct shape down_ask_shape = SHAPE("DownAsk", struct down_ask, down_ask_fields);
static const struct json_field down_entry_fields[] = {
	JSON_TEXT(struct down_entry, name, true, 1, 100),
	JSON_TEXT(struct down_entry, scope, true, 2, SCOPE_TEXT),
	COUNT(struct down_entry, version, true),
	COUNT(struct down_entry, bytes, true),
	HASH_TEXT(struct down_entry, sha256, true),
	JSON_TEXT(struct down_entry, not_before, false, 0, 10),
	JSON_TEXT(struct down_entry, not_after, false, 0, 10),
};
static const struct shape down_entry_shape =
	SHAPE("DownEntry", struct down_entry, down_entry_fields);
static const struct json_field down_list_fields[] = {
	COUNT(struct down_list, version, true),
	JSON_BOOL(struct down_list, more, false),
	JSON_LIST(struct down_list, items, true, 500, down_entry_shape),
};
const struct shape down_list_shape = SHAPE("DownList", struct down_list, down_list_fields);
static const struct json_field item_ask_fields[] = {
	JSON_TEXT(struct item_ask, name, true, 1, 100),
	JSON_TEXT(struct item_ask, sha256, true, 64, 64),
	COUNT(struct item_ask, from, true),
	JSON_INT(struct item_ask, most, true, 1, BATCH_MOST),
};
const struct shape item_ask_shape = SHAPE("ItemAsk", struct item_ask, item_ask_fields);

static const struct json_field refusal_fields[] = {
	JSON_TEXT(struct refusal, reason, true, 1, 40),
};
const struct shape refusal_shape = SHAPE("Refusal", struct refusal, refusal_fields);
