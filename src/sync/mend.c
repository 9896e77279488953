/* SPDX-License-Identifier: Apache-2.0 */
/* When both sides count differently, the piece that differs is looked for by sums of ids,
 * sixty-four pieces at a time, then by the ids themselves. It happens when a hub's disk was
 * put back to yesterday, or never. */
#include "base/text.h"
#include "sync/inside.h"

#define PIECE 300 /* records whose ids are compared one by one */

static fallible sum_of(struct contact *c, int64_t epoch, int64_t from, int64_t to, str *out)
{
	struct db *db;
	struct record_sum sum;
	char *hex = arena_alloc(c->a, 2 * RECORD_ID + 1);
	TRY(store_reader(c->sync->store, &db));
	enum err e = journal_sum(db, epoch, from, to, &sum);
	store_reader_done(c->sync->store, db);
	if (e) return e;
	text_hex(sum.bytes, RECORD_ID, hex);
	*out = str_of(hex);
	return ERR_OK;
}

/* ---- ids ---- */

static fallible ask_ids(struct contact *c, int64_t epoch, int64_t from, int64_t to,
                        struct missing *out)
{
	struct db *db;
	struct buf ids, body;
	struct exchange_reply reply;
	buf_init(&ids, IDS_MOST * 2 * RECORD_ID);
	buf_init(&body, 64 << 10);
	TRY(store_reader(c->sync->store, &db));
	enum err e = ERR_OK;
	for (int64_t seq = from; !e && seq <= to; seq++) {
		uint8_t id[RECORD_ID];
		char hex[2 * RECORD_ID + 1];
		e = journal_id(db, epoch, seq, id);
		text_hex(id, RECORD_ID, hex);
		buf_add(&ids, hex, 2 * RECORD_ID);
	}
	store_reader_done(c->sync->store, db);
	json_write(&body, &ids_shape, &(struct ids){ epoch, from, buf_as_str(&ids) });
	if (!e) e = say(c, EXCHANGE_IDS, buf_as_str(&body), &reply);
	buf_free(&ids);
	buf_free(&body);
	if (e) return e;
	str kept = arena_copy(c->a, reply.body);
	if (json_read(kept, &missing_shape, JSON_LENIENT, c->a, out))
		return FAIL_WHY(ERR_INVALID, "not-the-hub",
		                "an answer about something else");
	return ERR_OK;
}

enum err hub_has(struct contact *c, int64_t epoch, int64_t seq, bool *out)
{
	struct missing missing;
	TRY(ask_ids(c, epoch, seq, seq, &missing));
	*out = missing.seqs.n == 0;
	return ERR_OK;
}

static fallible mend_piece(struct contact *c, int64_t epoch, int64_t from, int64_t to)
{
	struct missing missing;
	TRY(ask_ids(c, epoch, from, to, &missing));
	const struct range *r = missing.seqs.items;
	for (size_t i = 0; i < missing.seqs.n; i++) {
		if (r[i].from < from || r[i].to > to || r[i].from > r[i].to)
			return FAIL_WHY(ERR_INVALID, "not-the-hub",
			                "an answer about something else");
		TRY(push_run(c, epoch, r[i].from, r[i].to));
	}
	return ERR_OK;
}

/* ---- pieces ---- */

/* Cuts from … to into up to RANGES_MOST pieces of at least PIECE; gives how many. */
static fallible ask_ranges(struct contact *c, int64_t epoch, int64_t from, int64_t to,
                           struct ranges *out)
{
	struct range cut[RANGES_MOST];
	struct exchange_reply reply;
	struct buf body;
	size_t n = 0;
	int64_t step = (to - from + RANGES_MOST) / RANGES_MOST;
	if (step < PIECE) step = PIECE;
	for (int64_t at = from; at <= to && n < RANGES_MOST; at += step, n++) {
		cut[n].from = at;
		cut[n].to = at + step - 1 < to ? at + step - 1 : to;
		TRY(sum_of(c, epoch, cut[n].from, cut[n].to, &cut[n].total));
	}
	buf_init(&body, 64 << 10);
	json_write(&body, &ranges_shape, &(struct ranges){ epoch, { cut, n } });
	enum err e = say(c, EXCHANGE_RANGES, buf_as_str(&body), &reply);
	buf_free(&body);
	if (e) return e;
	str kept = arena_copy(c->a, reply.body);
	if (json_read(kept, &ranges_shape, JSON_LENIENT, c->a, out))
		return FAIL_WHY(ERR_INVALID, "not-the-hub",
		                "an answer about something else");
	return ERR_OK;
}

/* Depth is bounded: each step cuts by 64, and numbers are below 2^53. */
static fallible mend_range(struct contact *c, int64_t epoch, int64_t from, int64_t to,
                           int depth)
{
	struct ranges differ;
	if (to - from < PIECE) return mend_piece(c, epoch, from, to);
	if (depth == 0) return ERR_OK;
	TRY(ask_ranges(c, epoch, from, to, &differ));
	const struct range *r = differ.ranges.items;
	for (size_t i = 0; i < differ.ranges.n; i++)
		if (r[i].from >= from && r[i].to <= to && r[i].from <= r[i].to)
			TRY(mend_range(c, epoch, r[i].from, r[i].to, depth - 1));
	return ERR_OK;
}

enum err mend(struct contact *c, const struct journal_epoch *e)
{
	return mend_range(c, e->epoch, 1, e->seq, 9);
}
