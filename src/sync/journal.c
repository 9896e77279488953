/* SPDX-License-Identifier: Apache-2.0 */
/* Writing facts. What an epoch has come to (number, head, sum of ids) is kept in its row,
 * so that adding one never looks at the others. */
#include "sync/journal.h"

#include <stdio.h>

#include "base/time.h"
#include "sync/facts.h"
#include "sync/inside.h"

#define CLOCK_SLACK_MS (60 * 1000LL)   /* so much backwards is no news */
#define CLOCK_OFF_MS (5 * 60 * 1000LL) /* so far from the hub's is off */
#define EPOCH_STRIDE ((uint32_t)1 << 20)

/* ---- the present epoch ---- */

struct present {
	struct journal_epoch e;
	int64_t latest_at;
	enum clock_trust clock;
};

SQL(epoch_present, "SELECT epoch, site, seq, head, total, latest_at, clock, through"
                   " FROM journal_epoch ORDER BY epoch DESC LIMIT 1");

static bool copy_hash(struct query *q, struct arena *a, int column, uint8_t out[RECORD_ID])
{
	str blob = column_blob(q, a, column);
	if (blob.n != RECORD_ID) return false;
	memcpy(out, blob.p, RECORD_ID);
	return true;
}

/* ERR_NOT_FOUND when there is none. */
static fallible find_present(struct db *db, struct arena *a, struct present *out)
{
	QUERY(q, db, epoch_present);
	if (!query_next(&q)) {
		TRY(query_end(&q));
		return FAIL(ERR_NOT_FOUND, "this folder keeps no journal");
	}
	struct present p = { 0 };
	p.e.epoch = column_int(&q, 0, 0);
	p.e.site = column_text(&q, a, 1);
	p.e.seq = column_int(&q, 2, 0);
	bool whole = copy_hash(&q, a, 3, p.e.head) && copy_hash(&q, a, 4, p.e.total.bytes);
	p.latest_at = column_int(&q, 5, 0);
	p.clock = (enum clock_trust)column_int(&q, 6, 0);
	p.e.through = column_int(&q, 7, 0);
	TRY(query_end(&q));
	if (!whole) return FAIL(ERR_CORRUPT, "journal_epoch: a hash is not 32 bytes");
	*out = p;
	return ERR_OK;
}

/* ---- adding ---- */

SQL(journal_insert,
    "INSERT INTO journal (epoch, seq, id, kind, at_wall, clock, body, subject)"
    " VALUES (:epoch, :seq, :id, :kind, :at, :clock, :body, :subject)");
SQL(epoch_advance, "UPDATE journal_epoch SET seq = :seq, head = :head, total = :total,"
                   " latest_at = :latest WHERE epoch = :epoch");

static fallible advance(struct tx *tx, const struct present *p)
{
	QUERY(q, tx_db(tx), epoch_advance);
	bind_int(&q, ":epoch", p->e.epoch);
	bind_int(&q, ":seq", p->e.seq);
	bind_blob(&q, ":head", p->e.head, RECORD_ID);
	bind_blob(&q, ":total", p->e.total.bytes, RECORD_ID);
	bind_int(&q, ":latest", p->latest_at);
	return query_run(&q, NULL);
}

static fallible append(struct tx *tx, struct present *p, str kind, str subject, str body)
{
	struct record r = { .kind = kind, .epoch = p->e.epoch, .seq = p->e.seq + 1 };
	uint8_t id[RECORD_ID];
	snprintf(r.site.text, sizeof r.site.text, "%.*s", STR_ARG(p->e.site));
	memcpy(r.prev, p->e.head, RECORD_ID);
	r.at_wall = time_now();
	r.clock = r.at_wall < p->latest_at - CLOCK_SLACK_MS ? CLOCK_BACK : p->clock;
	seal_sha256(body.p, body.n, r.body_hash);
	record_id(&r, id);

	QUERY(q, tx_db(tx), journal_insert);
	bind_int(&q, ":epoch", r.epoch);
	bind_int(&q, ":seq", r.seq);
	bind_blob(&q, ":id", id, RECORD_ID);
	bind_text(&q, ":kind", kind);
	bind_int(&q, ":at", r.at_wall);
	bind_int(&q, ":clock", r.clock);
	bind_text(&q, ":body", body);
	bind_text(&q, ":subject", subject);
	TRY(query_run(&q, NULL));

	p->e.seq = r.seq;
	memcpy(p->e.head, id, RECORD_ID);
	record_sum_add(&p->e.total, id);
	if (r.at_wall > p->latest_at) p->latest_at = r.at_wall;
	return advance(tx, p);
}

enum err journal_add_json(struct tx *tx, str kind, str subject, str body)
{
	assert(record_kind_is(kind));
	if (body.n > RECORD_BODY)
		return FAIL(ERR_TOO_LARGE, "a record %.*s of %zu bytes", STR_ARG(kind),
		            body.n);
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(4096);
	struct present p;
	enum err e = find_present(tx_db(tx), a, &p);
	if (e == ERR_NOT_FOUND) return ERR_OK;
	if (e) return e;
	return append(tx, &p, kind, subject, body);
}

enum err journal_add(struct tx *tx, str kind, str subject, const struct shape *shape,
                     const void *in)
{
	struct buf body;
	buf_init(&body, RECORD_BODY + 1);
	json_write(&body, shape, in);
	enum err e = body.over ? FAIL(ERR_TOO_LARGE, "a record %.*s", STR_ARG(kind))
	                       : journal_add_json(tx, kind, subject, buf_as_str(&body));
	buf_free(&body);
	return e;
}

/* ---- erasing ---- */

SQL(journal_of_subject, "SELECT epoch, seq, body FROM journal"
                        " WHERE subject = :subject AND body IS NOT NULL"
                        " ORDER BY epoch, seq LIMIT 50");
SQL(journal_wipe, "UPDATE journal SET body = NULL, body_hash = :hash"
                  " WHERE epoch = :epoch AND seq = :seq");

struct wiping {
	int64_t epoch, seq;
	uint8_t hash[SEAL_HASH];
};

static fallible wipe_some(struct tx *tx, struct arena *a, str subject, size_t *n_out)
{
	struct wiping row[50];
	size_t n = 0;
	QUERY(q, tx_db(tx), journal_of_subject);
	bind_text(&q, ":subject", subject);
	while (n < countof(row) && query_next(&q)) {
		str body = column_text(&q, a, 2);
		row[n].epoch = column_int(&q, 0, 0);
		row[n].seq = column_int(&q, 1, 0);
		seal_sha256(body.p, body.n, row[n++].hash);
	}
	TRY(query_end(&q));
	for (size_t i = 0; i < n; i++) {
		QUERY(wipe, tx_db(tx), journal_wipe);
		bind_int(&wipe, ":epoch", row[i].epoch);
		bind_int(&wipe, ":seq", row[i].seq);
		bind_blob(&wipe, ":hash", row[i].hash, SEAL_HASH);
		TRY(query_run(&wipe, NULL));
	}
	*n_out = n;
	return ERR_OK;
}

enum err journal_erase(struct tx *tx, str subject)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(64 << 10);
	size_t n;
	do {
		TRY(wipe_some(tx, a, subject, &n));
		arena_reset(a);
	} while (n);
	return ERR_OK;
}

/* ---- epochs ---- */

SQL(epoch_insert,
    "INSERT INTO journal_epoch (epoch, site, opened_at, why, head, total, latest_at)"
    " VALUES (:epoch, :site, :now, :why, :head, :total, :latest)");

static fallible insert_epoch(struct tx *tx, const struct present *p, str why)
{
	static const uint8_t nothing[RECORD_ID];
	QUERY(q, tx_db(tx), epoch_insert);
	bind_int(&q, ":epoch", p->e.epoch);
	bind_text(&q, ":site", p->e.site);
	bind_int(&q, ":now", time_now());
	bind_text(&q, ":why", why);
	bind_blob(&q, ":head", p->e.head, RECORD_ID);
	bind_blob(&q, ":total", nothing, RECORD_ID);
	bind_int(&q, ":latest", p->latest_at);
	return query_run(&q, NULL);
}

struct epoch_opened {
	str why;
	int64_t former, former_seq;
};
static const struct json_field epoch_opened_fields[] = {
	JSON_TEXT(struct epoch_opened, why, true, 1, 20),
	JSON_INT(struct epoch_opened, former, false, 0, RECORD_EPOCH),
	JSON_INT(struct epoch_opened, former_seq, false, 0, RECORD_EPOCH),
};
const struct shape epoch_opened_shape =
	SHAPE("EpochOpened", struct epoch_opened, epoch_opened_fields);

/* Two copies of one folder that each open an epoch must not open the same one: the step is
 * drawn by lot. */
static fallible open_epoch(struct tx *tx, struct present *p, str why)
{
	struct epoch_opened body = { why, JSON_ABSENT, JSON_ABSENT };
	bool first = p->e.epoch == 0;
	if (!first) {
		body.former = p->e.epoch;
		body.former_seq = p->e.seq;
	}
	p->e.epoch += 1 + (first ? 0 : (int64_t)seal_random_below(EPOCH_STRIDE));
	p->e.seq = 0;
	memset(p->e.total.bytes, 0, RECORD_ID);
	TRY(insert_epoch(tx, p, why));
	bool restored = str_is(why, S("restored"));
	return journal_add(tx, restored ? S("backup.restored") : S("epoch.opened"),
	                   STR_NONE, &epoch_opened_shape, &body);
}

enum err journal_new_epoch(struct tx *tx, str why)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(4096);
	struct present p;
	TRY(find_present(tx_db(tx), a, &p));
	return open_epoch(tx, &p, why);
}

/* ---- the start ---- */

struct beginning {
	str site;
	struct mark mark;
};

static fallible is_behind(struct tx *tx, const struct present *p, const struct mark *m,
                          bool *out)
{
	uint8_t id[RECORD_ID];
	*out = m->epoch > p->e.epoch;
	if (m->epoch != p->e.epoch || !m->seq) return ERR_OK;
	*out = m->seq > p->e.seq;
	if (*out) return ERR_OK;
	TRY(journal_id(tx_db(tx), m->epoch, m->seq, id));
	*out = memcmp(id, m->head, RECORD_ID) != 0;
	return ERR_OK;
}

static enum err begin(struct tx *tx, void *arg)
{
	struct beginning *b = arg;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(4096);
	struct present p = { 0 };
	enum err e = find_present(tx_db(tx), a, &p);
	if (e && e != ERR_NOT_FOUND) return e;
	bool first = e == ERR_NOT_FOUND, behind = false;
	if (!first && !str_is(p.e.site, b->site)) {
		p.e.site = b->site;
		return open_epoch(tx, &p, S("other-key"));
	}
	if (!first) TRY(is_behind(tx, &p, &b->mark, &behind));
	if (!first && !behind) return ERR_OK;
	/* What left under a larger number is another past: stay above it. */
	if (b->mark.epoch > p.e.epoch) p.e.epoch = b->mark.epoch;
	p.e.site = b->site;
	return open_epoch(tx, &p, p.e.epoch ? S("restored") : S("first"));
}

enum err journal_begin(struct store *store, const char *folder, const struct identity *id)
{
	struct beginning b = { .site = id_str(&id->site) };
	TRY(mark_read(folder, b.site, &b.mark));
	return store_write(store, begin, &b);
}

/* ---- the clock ---- */

SQL(epoch_clock, "UPDATE journal_epoch SET clock = :clock WHERE epoch = :epoch");

enum err journal_compare_clock(struct tx *tx, int64_t hub_at)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(4096);
	struct present p;
	TRY(find_present(tx_db(tx), a, &p));
	struct fact_clock set = { time_now() - hub_at };
	bool off = set.off_ms > CLOCK_OFF_MS || set.off_ms < -CLOCK_OFF_MS;
	enum clock_trust clock = off ? CLOCK_OFF : CLOCK_CONFIRMED;
	if (clock == p.clock) return ERR_OK;
	QUERY(q, tx_db(tx), epoch_clock);
	bind_int(&q, ":epoch", p.e.epoch);
	bind_int(&q, ":clock", clock);
	TRY(query_run(&q, NULL));
	if (!off && p.clock != CLOCK_OFF) return ERR_OK;
	return journal_add(tx, S("clock.set"), STR_NONE, &fact_clock_shape, &set);
}
