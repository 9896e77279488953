/* SPDX-License-Identifier: Apache-2.0 */
/* How things stand, without any contact. */
#include "base/text.h"
#include "sync/inside.h"

static const struct json_field report_fields[] = {
	JSON_INT(struct sync_report, sent, true, 0, INT64_MAX),
	JSON_INT(struct sync_report, known, true, 0, INT64_MAX),
	JSON_INT(struct sync_report, quarantined, true, 0, INT64_MAX),
	JSON_INT(struct sync_report, unsent, true, 0, INT64_MAX),
	JSON_INT(struct sync_report, records, true, 0, INT64_MAX),
	JSON_TEXT(struct sync_report, total, true, 0, 64),
	JSON_BOOL(struct sync_report, agreed, true),
	JSON_BOOL(struct sync_report, forked, true),
	JSON_INT(struct sync_report, items, true, 0, INT64_MAX),
};
const struct shape sync_report_shape =
	SHAPE("SyncReport", struct sync_report, report_fields);

enum err sync_look(struct db *db, struct arena *a, struct sync_report *out)
{
	struct json_list epochs;
	struct record_sum sum = { 0 };
	struct sync_report r = { 0 };
	char *hex = arena_alloc(a, 2 * RECORD_ID + 1);
	TRY(journal_epochs(db, a, &epochs));
	TRY(journal_unsent(db, &r.unsent));
	const struct journal_epoch *e = epochs.items;
	for (size_t i = 0; i < epochs.n; i++) {
		if (!str_is(e[i].site, e[0].site)) continue;
		r.records += e[i].seq;
		record_sum_add(&sum, e[i].total.bytes);
	}
	text_hex(sum.bytes, RECORD_ID, hex);
	r.total = str_of(hex);
	r.agreed = r.unsent == 0;
	*out = r;
	return ERR_OK;
}
