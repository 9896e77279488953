/* SPDX-License-Identifier: Apache-2.0 */
/* Sites, invitations, what needs attention, and what was done. */
#include "base/text.h"
#include "base/time.h"
#include "hub/inside.h"
#include "hub/report.h"

/* ---- sites ---- */

SQL(report_site_list,
    "SELECT id FROM hub_site s WHERE " IN_SCOPE(
	    "s.scope") " AND (:find = '' OR s.name LIKE '%' || :find || '%' OR s.contact "
                       "LIKE '%' || :find || '%'"
                       " OR s.scope LIKE '%' || :find || '%')"
                       " AND (:silent = 0 OR (s.revoked_at IS NULL"
                       " AND s.heard_at < :silent))"
                       " ORDER BY s.heard_at, s.number LIMIT "
                       ":most");

enum err report_sites(struct db *db, struct arena *a, str scope, str find, bool silent,
                      size_t most, struct json_list *out)
{
	struct hub_site *list = arena_alloc(a, most * sizeof *list);
	size_t n = 0;
	QUERY(q, db, report_site_list);
	bind_text(&q, ":scope", scope);
	bind_text(&q, ":find", find);
	bind_int(&q, ":silent", silent ? time_now() - REPORT_SILENT_MS : 0);
	bind_int(&q, ":most", (int64_t)most);
	while (n < most && query_next(&q))
		TRY(hub_site_get(db, a, column_text(&q, a, 0), &list[n++]));
	*out = (struct json_list){ list, n };
	return query_end(&q);
}

static const struct json_field site_fields[] = {
	JSON_OBJECT(struct report_site, site, true, hub_site_shape),
	JSON_LIST(struct report_site, epochs, true, 100, hub_epoch_shape),
};
const struct shape report_site_shape = SHAPE("ReportSite", struct report_site, site_fields);

SQL(report_site_epochs, "SELECT epoch FROM hub_epoch WHERE site = :site"
                        " ORDER BY epoch LIMIT 100");

enum err report_site(struct db *db, struct arena *a, str scope, str id,
                     struct report_site *out)
{
	struct hub_site *site = arena_new(a, struct hub_site);
	TRY(hub_site_get(db, a, id, site));
	if (!scope_covers(scope, site->scope))
		return FAIL_WHY(ERR_NOT_FOUND, "unknown-site", "a site of another scope");
	struct hub_epoch *list = arena_alloc(a, 100 * sizeof *list);
	size_t n = 0;
	QUERY(q, db, report_site_epochs);
	bind_int(&q, ":site", site->number);
	while (n < 100 && query_next(&q)) {
		uint8_t total[RECORD_ID];
		char *hex = arena_alloc(a, 2 * RECORD_ID + 1);
		TRY(epoch_find(db, a, site->number, column_int(&q, 0, 0), &list[n], total));
		text_hex(total, RECORD_ID, hex);
		list[n].site = site->id;
		list[n++].total = str_of(hex);
	}
	out->site = site;
	out->epochs = (struct json_list){ list, n };
	return query_end(&q);
}

/* ---- invitations ---- */

SQL(report_invite_list,
    "SELECT id, scope, label, made_by, made_at, expires_at, used_at, revoked_at, used_by"
    " FROM hub_invite i WHERE " IN_SCOPE(
	    "i.scope") " ORDER BY made_at DESC, id DESC LIMIT 200");

enum err report_invites(struct db *db, struct arena *a, str scope, struct json_list *out)
{
	struct hub_invite *list = arena_alloc(a, 200 * sizeof *list);
	size_t n = 0;
	QUERY(q, db, report_invite_list);
	bind_text(&q, ":scope", scope);
	while (n < 200 && query_next(&q))
		list[n++] = (struct hub_invite){
			.id = column_text(&q, a, 0),
			.scope = column_text(&q, a, 1),
			.label = column_text(&q, a, 2),
			.made_by = column_text(&q, a, 3),
			.made_at = column_int(&q, 4, 0),
			.expires_at = column_int(&q, 5, 0),
			.used_at = column_int(&q, 6, JSON_ABSENT),
			.revoked_at = column_int(&q, 7, JSON_ABSENT),
			.used_by = column_text(&q, a, 8),
		};
	*out = (struct json_list){ list, n };
	return query_end(&q);
}

SQL(report_invite_one, "SELECT scope FROM hub_invite WHERE id = :id");

enum err report_invite_scope(struct db *db, struct arena *a, str id, str *out)
{
	QUERY(q, db, report_invite_one);
	bind_text(&q, ":id", id);
	if (query_next(&q))
		*out = column_text(&q, a, 0);
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "no such invitation");
	return query_end(&q);
}

/* ---- needs attention ---- */

static const struct json_field attention_fields[] = {
	COUNT(struct report_attention, number, true),
	JSON_TEXT(struct report_attention, kind, true, 1, 40),
	JSON_TEXT(struct report_attention, site, true, 36, 36),
	JSON_TEXT(struct report_attention, site_name, true, 0, LONG),
	JSON_TEXT(struct report_attention, contact, false, 0, LONG),
	JSON_TEXT(struct report_attention, scope, true, 2, 64),
	JSON_TEXT(struct report_attention, about, true, 0, LONG),
	JSON_TEXT(struct report_attention, detail, true, 0, LONG),
	COUNT(struct report_attention, at, true),
};
const struct shape report_attention_shape =
	SHAPE("ReportAttention", struct report_attention, attention_fields);

#define SELECT_ATTENTION                                                                 \
	"SELECT a.id, a.kind, s.id, s.name, s.contact, a.scope, a.about, a.detail, a.at" \
	" FROM hub_attention a JOIN hub_site s ON s.number = a.site"                     \
	" WHERE a.settled_at IS NULL AND " IN_SCOPE("a.scope")

static struct report_attention attention_row(struct query *q, struct arena *a)
{
	return (struct report_attention){
		.number = column_int(q, 0, 0),
		.kind = column_text(q, a, 1),
		.site = column_text(q, a, 2),
		.site_name = column_text(q, a, 3),
		.contact = column_text(q, a, 4),
		.scope = column_text(q, a, 5),
		.about = column_text(q, a, 6),
		.detail = column_text(q, a, 7),
		.at = column_int(q, 8, 0),
	};
}

SQL(report_attention_list, SELECT_ATTENTION " ORDER BY a.at DESC, a.id LIMIT :most");
SQL(report_attention_one, SELECT_ATTENTION " AND a.id = :id");

enum err report_attention(struct db *db, struct arena *a, str scope, size_t most,
                          struct json_list *out)
{
	struct report_attention *list = arena_alloc(a, most * sizeof *list);
	size_t n = 0;
	QUERY(q, db, report_attention_list);
	bind_text(&q, ":scope", scope);
	bind_int(&q, ":most", (int64_t)most);
	while (n < most && query_next(&q)) list[n++] = attention_row(&q, a);
	*out = (struct json_list){ list, n };
	return query_end(&q);
}

SQL(report_attention_done, "UPDATE hub_attention SET settled_at = :now, settled_by = :who"
                           " WHERE id = :id AND settled_at IS NULL");

static fallible mark_done(struct tx *tx, int64_t number, str who)
{
	QUERY(q, tx_db(tx), report_attention_done);
	bind_int(&q, ":id", number);
	bind_int(&q, ":now", time_now());
	bind_text(&q, ":who", who);
	return query_run(&q, NULL);
}

/* "EPOCH/SEQ/BRANCH" */
static fallible settle_record(struct tx *tx, const struct report_attention *it, bool apply,
                              str who)
{
	str rest = it->about, piece;
	int64_t n[3] = { 0 };
	for (size_t i = 0; i < countof(n); i++)
		if (!str_cut(&rest, '/', &piece) || !str_to_int(piece, 0, INT64_MAX, &n[i]))
			return FAIL(ERR_CORRUPT, "attention about %.*s",
			            STR_ARG(it->about));
	return hub_quarantine_settle(tx, it->site, n[0], n[1], n[2], apply, who);
}

enum err report_attention_settle(struct tx *tx, struct arena *a, str scope, int64_t number,
                                 bool apply, str why, str who)
{
	struct report_attention it = { 0 };
	{
		QUERY(q, tx_db(tx), report_attention_one);
		bind_text(&q, ":scope", scope);
		bind_int(&q, ":id", number);
		if (query_next(&q)) it = attention_row(&q, a);
		TRY(query_end(&q));
	}
	if (!it.kind.p)
		return FAIL_WHY(ERR_NOT_FOUND, "settled-already",
		                "nothing open of that number here");
	if (str_is(it.kind, S("quarantine"))) TRY(settle_record(tx, &it, apply, who));
	TRY(mark_done(tx, number, who));
	str about = arena_printf(a, "%.*s %.*s", STR_ARG(it.kind), STR_ARG(it.about));
	return hub_audit(tx, who, S("attention.settled"), it.site,
	                 arena_printf(a, "%.*s: %.*s", STR_ARG(about), STR_ARG(why)));
}

/* ---- audit ---- */

static const struct json_field audit_fields[] = {
	COUNT(struct report_audit, number, true),
	COUNT(struct report_audit, at, true),
	JSON_TEXT(struct report_audit, who, true, 0, 64),
	JSON_TEXT(struct report_audit, who_name, false, 0, LONG),
	JSON_TEXT(struct report_audit, what, true, 0, 64),
	JSON_TEXT(struct report_audit, about, true, 0, LONG),
	JSON_TEXT(struct report_audit, detail, true, 0, LONG),
};
const struct shape report_audit_shape =
	SHAPE("ReportAudit", struct report_audit, audit_fields);

SQL(report_audit_list,
    "SELECT a.id, a.at, a.who, c.name, a.what, a.about, a.detail FROM hub_audit a"
    " LEFT JOIN coordinator c ON c.id = a.who WHERE a.id < :before"
    " ORDER BY a.id DESC LIMIT :most");

enum err report_audit_rows(struct query *q, struct arena *a, size_t most,
                           struct json_list *out)
{
	struct report_audit *list = arena_alloc(a, most * sizeof *list);
	size_t n = 0;
	while (n < most && query_next(q))
		list[n++] = (struct report_audit){
			.number = column_int(q, 0, 0),
			.at = column_int(q, 1, 0),
			.who = column_text(q, a, 2),
			.who_name = column_text(q, a, 3),
			.what = column_text(q, a, 4),
			.about = column_text(q, a, 5),
			.detail = column_text(q, a, 6),
		};
	*out = (struct json_list){ list, n };
	return query_end(q);
}

enum err report_audit(struct db *db, struct arena *a, int64_t before, size_t most,
                      struct json_list *out)
{
	QUERY(q, db, report_audit_list);
	bind_int(&q, ":before", before);
	bind_int(&q, ":most", (int64_t)most);
	return report_audit_rows(&q, a, most, out);
}
