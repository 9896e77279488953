/* SPDX-License-Identifier: Apache-2.0 */
/* Reading facts, and what the hub said of them. */
#include <stdio.h>

#include "base/time.h"
#include "sync/inside.h"

static bool hash_column(struct query *q, struct arena *a, int column,
                        uint8_t out[RECORD_ID])
{
	str blob = column_blob(q, a, column);
	if (blob.n == RECORD_ID) memcpy(out, blob.p, RECORD_ID);
	return blob.n == RECORD_ID;
}

SQL(epoch_list, "SELECT epoch, site, seq, head, total, through, told_at"
                " FROM journal_epoch ORDER BY epoch DESC LIMIT 200");

static fallible epoch_row(struct query *q, struct arena *a, struct journal_epoch *out)
{
	struct journal_epoch e = {
		.epoch = column_int(q, 0, 0),
		.site = column_text(q, a, 1),
		.seq = column_int(q, 2, 0),
		.through = column_int(q, 5, 0),
		.told_at = column_int(q, 6, JSON_ABSENT),
	};
	if (!hash_column(q, a, 3, e.head) || !hash_column(q, a, 4, e.total.bytes))
		return FAIL(ERR_CORRUPT, "journal_epoch: a hash is not 32 bytes");
	*out = e;
	return ERR_OK;
}

enum err journal_epochs(struct db *db, struct arena *a, struct json_list *out)
{
	struct journal_epoch *list = arena_alloc(a, JOURNAL_EPOCHS * sizeof *list);
	size_t n = 0;
	QUERY(q, db, epoch_list);
	while (n < JOURNAL_EPOCHS && query_next(&q)) TRY(epoch_row(&q, a, &list[n++]));
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

enum err journal_told_at(struct db *db, struct arena *a, int64_t *out)
{
	struct json_list epochs;
	TRY(journal_epochs(db, a, &epochs));
	const struct journal_epoch *e = epochs.items;
	*out = JSON_ABSENT;
	for (size_t i = 0; i < epochs.n; i++)
		if (e[i].told_at != JSON_ABSENT && e[i].told_at > *out) *out = e[i].told_at;
	return ERR_OK;
}

enum err journal_now(struct db *db, struct arena *a, struct journal_epoch *out)
{
	QUERY(q, db, epoch_list);
	if (query_next(&q)) {
		TRY(epoch_row(&q, a, out));
		return ERR_OK;
	}
	TRY(query_end(&q));
	return FAIL(ERR_NOT_FOUND, "this folder keeps no journal");
}

SQL(journal_id_of, "SELECT id FROM journal WHERE epoch = :epoch AND seq = :seq");

enum err journal_id(struct db *db, int64_t epoch, int64_t seq, uint8_t out[RECORD_ID])
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(1024);
	QUERY(q, db, journal_id_of);
	bind_int(&q, ":epoch", epoch);
	bind_int(&q, ":seq", seq);
	bool found = query_next(&q), whole = found && hash_column(&q, a, 0, out);
	TRY(query_end(&q));
	if (!found)
		return FAIL(ERR_NOT_FOUND, "no record %lld of epoch %lld", (long long)seq,
		            (long long)epoch);
	if (!whole) return FAIL(ERR_CORRUPT, "journal: an id is not 32 bytes");
	return ERR_OK;
}

SQL(journal_ids, "SELECT id FROM journal WHERE epoch = :epoch AND seq >= :from"
                 " AND seq <= :to LIMIT :most");

enum err journal_sum(struct db *db, int64_t epoch, int64_t from, int64_t to,
                     struct record_sum *out)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(1024);
	*out = (struct record_sum){ 0 };
	QUERY(q, db, journal_ids);
	bind_int(&q, ":epoch", epoch);
	bind_int(&q, ":from", from);
	bind_int(&q, ":to", to);
	bind_int(&q, ":most", to - from + 1);
	while (query_next(&q)) {
		uint8_t id[RECORD_ID];
		if (hash_column(&q, a, 0, id)) record_sum_add(out, id);
		arena_reset(a);
	}
	return query_end(&q);
}

/* ---- a piece of the chain ---- */

SQL(journal_first_prev,
    "SELECT COALESCE((SELECT id FROM journal WHERE epoch = :epoch AND seq = :seq - 1),"
    " (SELECT head FROM journal_epoch WHERE epoch < :epoch ORDER BY epoch DESC LIMIT 1),"
    " :zeros), (SELECT site FROM journal_epoch WHERE epoch = :epoch)");
SQL(journal_slice, "SELECT seq, id, kind, at_wall, clock, body, body_hash FROM journal"
                   " WHERE epoch = :epoch AND seq >= :first ORDER BY seq LIMIT :most");

static fallible before(struct db *db, struct arena *a, int64_t epoch, int64_t first,
                       struct record *out)
{
	QUERY(q, db, journal_first_prev);
	bind_int(&q, ":epoch", epoch);
	bind_int(&q, ":seq", first);
	bind_blob(&q, ":zeros", (const uint8_t[RECORD_ID]){ 0 }, RECORD_ID);
	bool whole = query_next(&q) && hash_column(&q, a, 0, out->prev);
	str site = whole ? column_text(&q, a, 1) : STR_NONE;
	TRY(query_end(&q));
	if (!whole || !site.p)
		return FAIL(ERR_NOT_FOUND, "no epoch %lld", (long long)epoch);
	snprintf(out->site.text, sizeof out->site.text, "%.*s", STR_ARG(site));
	return ERR_OK;
}

/* `next` has site, epoch and prev already; afterwards its prev is this row's id. */
static fallible slice_row(struct query *q, struct arena *a, struct record *next,
                          struct record *out)
{
	struct record r = *next;
	r.seq = column_int(q, 0, 0);
	r.kind = column_text(q, a, 2);
	r.at_wall = column_int(q, 3, 0);
	r.clock = (enum clock_trust)column_int(q, 4, 0);
	r.body = column_text(q, a, 5);
	bool whole = hash_column(q, a, 1, next->prev);
	if (r.body.p)
		seal_sha256(r.body.p, r.body.n, r.body_hash);
	else
		whole = whole && hash_column(q, a, 6, r.body_hash);
	if (!whole) return FAIL(ERR_CORRUPT, "journal: a hash is not 32 bytes");
	*out = r;
	return ERR_OK;
}

enum err journal_read(struct db *db, struct arena *a, int64_t epoch, int64_t first,
                      size_t most, size_t bytes, struct json_list *out)
{
	struct record *list = arena_alloc(a, (most + 1) * sizeof *list);
	struct record next = { .epoch = epoch };
	size_t n = 0, total = 0;
	TRY(before(db, a, epoch, first, &next));
	QUERY(q, db, journal_slice);
	bind_int(&q, ":epoch", epoch);
	bind_int(&q, ":first", first);
	bind_int(&q, ":most", (int64_t)most);
	while (n < most && query_next(&q)) {
		TRY(slice_row(&q, a, &next, &list[n]));
		total += list[n].body.n + list[n].kind.n + 20;
		if (n && total > bytes) break;
		n++;
	}
	if (q.err) return query_end(&q);
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

/* ---- what the hub said ---- */

SQL(journal_count_unsent,
    "SELECT COALESCE(SUM(seq - through), 0) FROM journal_epoch WHERE site ="
    " (SELECT site FROM journal_epoch ORDER BY epoch DESC LIMIT 1)");

enum err journal_unsent(struct db *db, int64_t *out)
{
	QUERY(q, db, journal_count_unsent);
	int64_t n = query_next(&q) ? column_int(&q, 0, 0) : 0;
	TRY(query_end(&q));
	*out = n;
	return ERR_OK;
}

SQL(epoch_told, "UPDATE journal_epoch SET through = :through, told_at = :at"
                " WHERE epoch = :epoch AND through <= :through AND seq >= :through");

enum err journal_told(struct tx *tx, int64_t epoch, int64_t through, int64_t hub_at)
{
	QUERY(q, tx_db(tx), epoch_told);
	bind_int(&q, ":epoch", epoch);
	bind_int(&q, ":through", through);
	bind_int(&q, ":at", hub_at);
	return query_run(&q, NULL);
}

SQL(epoch_corrected, "UPDATE journal_epoch SET through = :through, told_at = :at"
                     " WHERE epoch = :epoch AND seq >= :through");

enum err journal_corrected(struct tx *tx, int64_t epoch, int64_t through, int64_t hub_at)
{
	QUERY(q, tx_db(tx), epoch_corrected);
	bind_int(&q, ":epoch", epoch);
	bind_int(&q, ":through", through);
	bind_int(&q, ":at", hub_at);
	return query_run(&q, NULL);
}

SQL(journal_refused_put,
    "INSERT INTO journal_refused (epoch, seq, reason, at)"
    " VALUES (:epoch, :seq, :reason, :now)"
    " ON CONFLICT (epoch, seq) DO UPDATE SET reason = excluded.reason");

enum err journal_refuse(struct tx *tx, int64_t epoch, int64_t seq, str reason)
{
	QUERY(q, tx_db(tx), journal_refused_put);
	bind_int(&q, ":epoch", epoch);
	bind_int(&q, ":seq", seq);
	bind_text(&q, ":reason", reason);
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

SQL(journal_count_refused, "SELECT COUNT(*) FROM journal_refused");

enum err journal_refused(struct db *db, int64_t *out)
{
	QUERY(q, db, journal_count_refused);
	*out = query_next(&q) ? column_int(&q, 0, 0) : 0;
	return query_end(&q);
}
