/* SPDX-License-Identifier: Apache-2.0 */
/* Details of attempts that are over. Each record of a result keeps only that somebody
 * completed a course, or that they did not: the body is written anew so, and the derived
 * row with it, so that making the derived tables anew gives the same. The record's id needs
 * only the hash of the body, which is kept.
 *
 * A site's records are gone through once, by number; how far is in hub_wiped. Numbers come
 * in nearly in the order of time: what fills a gap late is waited for. */
#include <math.h>

#include "hub/inside.h"

#define AT_A_TIME 200

struct going {
	int64_t site, epoch, through; /* where; the last number that is done */
	int64_t limit;
	int64_t done;  /* out: details wiped */
	bool finished; /* out: no further record is over */
};

struct old_record {
	int64_t seq, branch, received_at;
	str kind, body;
};

SQL(wiping_epochs, "SELECT e.site, e.epoch, COALESCE(w.through, 0) FROM hub_epoch e"
                   " LEFT JOIN hub_wiped w ON w.site = e.site AND w.epoch = e.epoch"
                   " WHERE e.site > :site OR (e.site = :site AND e.epoch > :epoch)"
                   " ORDER BY e.site, e.epoch LIMIT 1");
SQL(wiping_records, "SELECT seq, branch, received_at, kind, body FROM hub_record"
                    " WHERE site = :site AND epoch = :epoch AND seq > :after"
                    " ORDER BY seq, branch LIMIT 200");
SQL(wiping_through, "INSERT INTO hub_wiped (site, epoch, through)"
                    " VALUES (:site, :epoch, :through) ON CONFLICT (site, epoch)"
                    " DO UPDATE SET through = excluded.through");
SQL(wiping_body, "UPDATE hub_record SET body = :body,"
                 " body_hash = COALESCE(body_hash, :hash) WHERE site = :site"
                 " AND epoch = :epoch AND seq = :seq AND branch = :branch");
SQL(wiping_result, "UPDATE hub_result SET score = NULL, completion = :completion,"
                   " success = :success WHERE attempt = :attempt"
                   " AND told_epoch = :epoch AND told_seq = :seq");

static bool is_done(const struct fact_result *f)
{
	return !str_is(f->success, S("failed")) &&
	       (str_is(f->completion, S("completed")) || str_is(f->success, S("passed")));
}

static str as_text(struct arena *a, const struct fact_result *f)
{
	struct buf text;
	buf_init(&text, 16 << 10);
	json_write(&text, &fact_result_shape, f);
	str body = arena_copy(a, buf_as_str(&text));
	buf_free(&text);
	return body;
}

static fallible write_reduced(struct tx *tx, const struct going *g,
                              const struct old_record *r, str body)
{
	uint8_t hash[SEAL_HASH];
	seal_sha256(r->body.p, r->body.n, hash);
	QUERY(q, tx_db(tx), wiping_body);
	bind_text(&q, ":body", body);
	bind_blob(&q, ":hash", hash, sizeof hash);
	bind_int(&q, ":site", g->site);
	bind_int(&q, ":epoch", g->epoch);
	bind_int(&q, ":seq", r->seq);
	bind_int(&q, ":branch", r->branch);
	return query_run(&q, NULL);
}

static fallible reduce(struct tx *tx, struct arena *a, struct going *g,
                       const struct old_record *r)
{
	struct fact_result f;
	bool result =
		str_is(r->kind, S("completion")) || str_is(r->kind, S("attempt.result"));
	if (!result || !r->body.p ||
	    json_read(r->body, &fact_result_shape, JSON_LENIENT, a, &f))
		return ERR_OK;
	if (!is_done(&f)) f.completion = f.success = S("unknown");
	f.score = NAN;
	f.total_time_ms = JSON_ABSENT;
	str body = as_text(a, &f);
	if (str_is(body, r->body)) return ERR_OK; /* it was reduced before */
	TRY(write_reduced(tx, g, r, body));
	QUERY(q, tx_db(tx), wiping_result);
	bind_text(&q, ":attempt", f.attempt);
	bind_text(&q, ":completion", f.completion);
	bind_text(&q, ":success", f.success);
	bind_int(&q, ":epoch", g->epoch);
	bind_int(&q, ":seq", r->seq);
	g->done++;
	return query_run(&q, NULL);
}

static fallible read_records(struct tx *tx, struct arena *a, const struct going *g,
                             struct old_record *out, size_t *n_out)
{
	size_t n = 0;
	QUERY(q, tx_db(tx), wiping_records);
	bind_int(&q, ":site", g->site);
	bind_int(&q, ":epoch", g->epoch);
	bind_int(&q, ":after", g->through);
	while (n < AT_A_TIME && query_next(&q))
		out[n++] = (struct old_record){ column_int(&q, 0, 0), column_int(&q, 1, 0),
			                        column_int(&q, 2, 0), column_text(&q, a, 3),
			                        column_text(&q, a, 4) };
	*n_out = n;
	return query_end(&q);
}

static enum err reduce_some(struct tx *tx, void *arg)
{
	struct going *g = arg;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)8 << 20);
	struct old_record *r = arena_alloc(a, AT_A_TIME * sizeof *r);
	int64_t through = g->through;
	size_t n, i = 0;
	g->done = 0;
	TRY(read_records(tx, a, g, r, &n));
	for (; i < n && r[i].received_at < g->limit; i++) {
		TRY(reduce(tx, a, g, &r[i]));
		through = r[i].seq;
	}
	/* Of a number that is there twice (two copies of a laptop) the other one may lie
	 * behind the edge: it comes with the next ones. */
	bool cut = i < n ? r[i].seq == through : n == AT_A_TIME;
	if (i && cut) through--;
	g->finished = i < n || n < AT_A_TIME;
	QUERY(q, tx_db(tx), wiping_through);
	bind_int(&q, ":site", g->site);
	bind_int(&q, ":epoch", g->epoch);
	bind_int(&q, ":through", through);
	TRY(query_run(&q, NULL));
	g->through = through;
	return ERR_OK;
}

static fallible next_epoch(struct hub *hub, struct going *g, bool *found_out)
{
	struct db *db;
	TRY(store_reader(hub->store, &db));
	enum err e;
	{
		QUERY(q, db, wiping_epochs);
		bind_int(&q, ":site", g->site);
		bind_int(&q, ":epoch", g->epoch);
		*found_out = query_next(&q);
		if (*found_out) {
			g->site = column_int(&q, 0, 0);
			g->epoch = column_int(&q, 1, 0);
			g->through = column_int(&q, 2, 0);
		}
		e = query_end(&q);
	}
	store_reader_done(hub->store, db);
	return e;
}

enum err retention_details(struct hub *hub, int64_t limit, const atomic_bool *stop,
                           int64_t *done_out)
{
	struct going g = { .site = 0, .limit = limit };
	bool found;
	TRY(next_epoch(hub, &g, &found));
	while (found && retention_goes_on(stop)) {
		do {
			struct going before = g;
			TRY(store_write(hub->store, reduce_some, &g));
			*done_out += g.done;
			if (g.through == before.through) g.finished = true;
		} while (!g.finished && retention_goes_on(stop));
		TRY(next_epoch(hub, &g, &found));
	}
	return ERR_OK;
}
