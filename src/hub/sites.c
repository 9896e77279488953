/* SPDX-License-Identifier: Apache-2.0 */
/* Sites: who may send, who was cut off, who was heard of when; and what is worth a look. */
#include "base/text.h"
#include "base/time.h"
#include "hub/inside.h"

#define COUNT(T, f, required) JSON_INT(T, f, required, 0, INT64_MAX)

static const struct json_field hub_site_fields[] = {
	JSON_TEXT(struct hub_site, id, true, 36, 36),
	JSON_TEXT(struct hub_site, scope, true, 2, 64),
	JSON_TEXT(struct hub_site, name, true, 0, 200),
	JSON_TEXT(struct hub_site, contact, false, 0, 200),
	COUNT(struct hub_site, enrolled_at, true),
	COUNT(struct hub_site, expires_at, true),
	COUNT(struct hub_site, revoked_at, false),
	COUNT(struct hub_site, heard_at, false),
	COUNT(struct hub_site, forked_at, false),
	JSON_INT(struct hub_site, clock_off_ms, false, INT64_MIN + 1, INT64_MAX),
	COUNT(struct hub_site, records, true),
	COUNT(struct hub_site, quarantined, true),
};
const struct shape hub_site_shape = SHAPE("HubSite", struct hub_site, hub_site_fields);

#define SITE_SELECT                                                                     \
	"SELECT number, id, scope, name, contact, enrolled_at, expires_at, revoked_at," \
	" heard_at, forked_at, clock_off_ms, records, quarantined, public_key,"         \
	" down_version FROM hub_site"

static struct hub_site site_row(struct query *q, struct arena *a)
{
	return (struct hub_site){
		.number = column_int(q, 0, 0),
		.id = column_text(q, a, 1),
		.scope = column_text(q, a, 2),
		.name = column_text(q, a, 3),
		.contact = column_text(q, a, 4),
		.enrolled_at = column_int(q, 5, 0),
		.expires_at = column_int(q, 6, 0),
		.revoked_at = column_int(q, 7, JSON_ABSENT),
		.heard_at = column_int(q, 8, JSON_ABSENT),
		.forked_at = column_int(q, 9, JSON_ABSENT),
		.clock_off_ms = column_int(q, 10, JSON_ABSENT),
		.records = column_int(q, 11, 0),
		.quarantined = column_int(q, 12, 0),
		.public_key = column_blob(q, a, 13),
		.down_version = column_int(q, 14, 0),
	};
}

static fallible only_site(struct query *q, struct arena *a, struct hub_site *out)
{
	if (query_next(q))
		*out = site_row(q, a);
	else if (!q->err)
		return FAIL_WHY(ERR_NOT_FOUND, "unknown-site", "no such site");
	return query_end(q);
}

SQL(hub_site_by_id, SITE_SELECT " WHERE id = :id");
SQL(hub_site_of_key, SITE_SELECT " WHERE key_id = :key");

enum err hub_site_get(struct db *db, struct arena *a, str id, struct hub_site *out)
{
	QUERY(q, db, hub_site_by_id);
	bind_text(&q, ":id", id);
	return only_site(&q, a, out);
}

enum err hub_site_by_key(struct db *db, struct arena *a, const uint8_t key_id[KEY_ID],
                         struct hub_site *out)
{
	QUERY(q, db, hub_site_of_key);
	bind_blob(&q, ":key", key_id, KEY_ID);
	return only_site(&q, a, out);
}

/* The rows of a scope lie between it and what sorts behind everything in it. */
SQL(hub_site_list, SITE_SELECT " WHERE (:scope = 'KZ' OR scope = :scope"
                               " OR (scope > :scope || '/' AND scope < :scope || '0'))"
                               " ORDER BY heard_at, number LIMIT :most");

enum err hub_site_all(struct db *db, struct arena *a, str scope, size_t most,
                      struct json_list *out)
{
	struct hub_site *list = arena_alloc(a, (most + 1) * sizeof *list);
	size_t n = 0;
	QUERY(q, db, hub_site_list);
	bind_text(&q, ":scope", scope);
	bind_int(&q, ":most", (int64_t)most);
	while (n < most && query_next(&q)) list[n++] = site_row(&q, a);
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

SQL(hub_site_end, "UPDATE hub_site SET revoked_at = :now, revoked_why = :why"
                  " WHERE id = :id AND revoked_at IS NULL");

enum err hub_site_revoke(struct tx *tx, str id, str why, str who)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(4096);
	struct hub_site site;
	int64_t changed;
	TRY(hub_site_get(tx_db(tx), a, id, &site));
	QUERY(q, tx_db(tx), hub_site_end);
	bind_text(&q, ":id", id);
	bind_text(&q, ":why", why);
	bind_int(&q, ":now", time_now());
	TRY(query_run(&q, &changed));
	if (!changed) return ERR_OK;
	TRY(items_revoked(tx, a));
	return hub_audit(tx, who, S("site.revoked"), id, why);
}

SQL(hub_site_heard, "UPDATE hub_site SET heard_at = :now WHERE number = :number");

enum err site_heard(struct tx *tx, int64_t number)
{
	QUERY(q, tx_db(tx), hub_site_heard);
	bind_int(&q, ":number", number);
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

/* ---- what is worth a look; what was done ---- */

/* What was settled and comes again is open again. */
SQL(hub_attention_put,
    "INSERT INTO hub_attention (kind, site, scope, about, detail, at)"
    " VALUES (:kind, :site, :scope, :about, :detail, :now)"
    " ON CONFLICT (kind, site, about) DO UPDATE SET settled_at = NULL, settled_by = NULL");

enum err attention_add(struct tx *tx, str kind, int64_t site, str scope, str about,
                       str detail)
{
	QUERY(q, tx_db(tx), hub_attention_put);
	bind_text(&q, ":kind", kind);
	bind_int(&q, ":site", site);
	bind_text(&q, ":scope", scope);
	bind_text(&q, ":about", about);
	bind_text(&q, ":detail", detail);
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

SQL(hub_audit_put, "INSERT INTO hub_audit (at, who, what, about, detail)"
                   " VALUES (:now, :who, :what, :about, :detail)");

enum err hub_audit(struct tx *tx, str who, str what, str about, str detail)
{
	QUERY(q, tx_db(tx), hub_audit_put);
	bind_int(&q, ":now", time_now());
	bind_text(&q, ":who", who);
	bind_text(&q, ":what", what);
	bind_text(&q, ":about", about);
	bind_text(&q, ":detail", detail.p ? detail : S(""));
	return query_run(&q, NULL);
}

/* ---- sets ---- */

static const struct json_field hub_epoch_fields[] = {
	JSON_TEXT(struct hub_epoch, site, true, 36, 36),
	COUNT(struct hub_epoch, epoch, true),
	COUNT(struct hub_epoch, records, true),
	COUNT(struct hub_epoch, through, true),
	COUNT(struct hub_epoch, last, true),
	COUNT(struct hub_epoch, branches, true),
	JSON_TEXT(struct hub_epoch, total, true, 64, 64),
};
const struct shape hub_epoch_shape = SHAPE("HubEpoch", struct hub_epoch, hub_epoch_fields);

SQL(hub_epoch_list,
    "SELECT e.site, e.epoch, e.records, e.total, e.through, e.last, e.branches, s.id"
    " FROM hub_epoch e JOIN hub_site s ON s.number = e.site"
    " WHERE e.site > :site OR (e.site = :site AND e.epoch > :epoch)"
    " ORDER BY e.site, e.epoch LIMIT 500");

enum err hub_epoch_all(struct db *db, struct arena *a, int64_t *site, int64_t *epoch,
                       struct json_list *out)
{
	struct hub_epoch *list = arena_alloc(a, 500 * sizeof *list);
	size_t n = 0;
	QUERY(q, db, hub_epoch_list);
	bind_int(&q, ":site", *site);
	bind_int(&q, ":epoch", *epoch);
	while (n < 500 && query_next(&q)) {
		char *hex = arena_alloc(a, 2 * RECORD_ID + 1);
		str total = column_blob(&q, a, 3);
		text_hex((const uint8_t *)total.p, total.n == RECORD_ID ? RECORD_ID : 0,
		         hex);
		*site = column_int(&q, 0, 0);
		*epoch = column_int(&q, 1, 0);
		list[n++] = (struct hub_epoch){
			.site = column_text(&q, a, 7),
			.epoch = *epoch,
			.records = column_int(&q, 2, 0),
			.through = column_int(&q, 4, 0),
			.last = column_int(&q, 5, 0),
			.branches = column_int(&q, 6, 1),
			.total = str_of(hex),
		};
	}
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}
