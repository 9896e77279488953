/* SPDX-License-Identifier: Apache-2.0 */
/* When a site's count and ours differ: which pieces, then which records. The site asks, we
 * compare; nothing is remembered. */
#include "base/text.h"
#include "hub/inside.h"

#define PIECE_MOST 200000 /* records whose ids are added up for one request */

SQL(hub_ids, "SELECT seq, id FROM hub_record WHERE site = :site AND epoch = :epoch"
             " AND seq >= :from AND seq <= :to ORDER BY seq, branch LIMIT :most");

static fallible range_sum(struct db *db, struct arena *a, int64_t site, int64_t epoch,
                          const struct range *r, struct record_sum *out)
{
	*out = (struct record_sum){ 0 };
	QUERY(q, db, hub_ids);
	bind_int(&q, ":site", site);
	bind_int(&q, ":epoch", epoch);
	bind_int(&q, ":from", r->from);
	bind_int(&q, ":to", r->to);
	bind_int(&q, ":most", PIECE_MOST);
	while (query_next(&q)) {
		str id = column_blob(&q, a, 1);
		if (id.n == RECORD_ID) record_sum_add(out, (const uint8_t *)id.p);
	}
	return query_end(&q);
}

enum err ranges_answer(struct db *db, struct arena *a, const struct hub_site *site,
                       str body, struct buf *out)
{
	struct ranges ask;
	if (json_read(body, &ranges_shape, JSON_LENIENT, a, &ask))
		return FAIL(ERR_INVALID, "not a request about ranges");
	const struct range *r = ask.ranges.items;
	struct range *differ = arena_alloc(a, (ask.ranges.n + 1) * sizeof *differ);
	size_t n = 0;
	for (size_t i = 0; i < ask.ranges.n; i++) {
		on_exit_of_scope(arena_close_at) struct arena *one = arena_open(1 << 20);
		struct record_sum here, there = { 0 };
		TRY(range_sum(db, one, site->number, ask.epoch, &r[i], &here));
		bool read = text_unhex(r[i].total, there.bytes, RECORD_ID);
		if (!read || memcmp(here.bytes, there.bytes, RECORD_ID) != 0)
			differ[n++] = (struct range){ r[i].from, r[i].to, STR_NONE };
	}
	json_write(out, &ranges_shape, &(struct ranges){ ask.epoch, { differ, n } });
	return ERR_OK;
}

SQL(hub_has, "SELECT 1 FROM hub_record WHERE site = :site AND epoch = :epoch AND seq = :seq"
             " AND id = :id LIMIT 1");

static fallible has(struct db *db, int64_t site, int64_t epoch, int64_t seq,
                    const uint8_t *id, bool *out)
{
	QUERY(q, db, hub_has);
	bind_int(&q, ":site", site);
	bind_int(&q, ":epoch", epoch);
	bind_int(&q, ":seq", seq);
	bind_blob(&q, ":id", id, RECORD_ID);
	*out = query_next(&q);
	return query_end(&q);
}

enum err record_is_here(struct db *db, int64_t site, int64_t epoch, int64_t seq, str hex,
                        bool *out)
{
	uint8_t id[RECORD_ID];
	*out = false;
	if (!text_unhex(hex, id, RECORD_ID)) return ERR_OK;
	return has(db, site, epoch, seq, id, out);
}

enum err ids_answer(struct db *db, struct arena *a, const struct hub_site *site, str body,
                    struct buf *out)
{
	struct ids ask;
	if (json_read(body, &ids_shape, JSON_LENIENT, a, &ask))
		return FAIL(ERR_INVALID, "not a request about ids");
	size_t asked = ask.ids.n / (2 * RECORD_ID), n = 0;
	struct range *lack = arena_alloc(a, (asked + 1) * sizeof *lack);
	for (size_t i = 0; i < asked; i++) {
		uint8_t id[RECORD_ID];
		bool there = false;
		int64_t seq = ask.from + (int64_t)i;
		str hex = str_part(ask.ids, 2 * RECORD_ID * i, 2 * RECORD_ID * (i + 1));
		if (!text_unhex(hex, id, RECORD_ID)) return FAIL(ERR_INVALID, "not ids");
		TRY(has(db, site->number, ask.epoch, seq, id, &there));
		if (there) continue;
		if (n && lack[n - 1].to == seq - 1)
			lack[n - 1].to = seq;
		else
			lack[n++] = (struct range){ seq, seq, STR_NONE };
	}
	json_write(out, &missing_shape, &(struct missing){ { lack, n } });
	return ERR_OK;
}
