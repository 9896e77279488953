/* SPDX-License-Identifier: Apache-2.0 */
/* Taking records in. Each is known by its place (site, epoch, number) and its id: the same
 * place and id is known, the same place and another id is a fork: another past of the same
 * site, kept on a branch of its own. What cannot be believed is kept as well, but changes
 * nothing until somebody decides.
 *
 * Most batches go on where the last one ended: then no record is looked up at all. */
#include "base/text.h"
#include "hub/inside.h"

#include "base/time.h"

struct receiving {
	struct applying ap;
	struct hub_epoch epoch;
	uint8_t total[RECORD_ID];
	int64_t branch; /* on which the next record goes on */
	struct received *out;
};

/* ---- the epoch's row ---- */

SQL(hub_epoch_find, "SELECT records, total, through, last, branches FROM hub_epoch"
                    " WHERE site = :site AND epoch = :epoch");

enum err epoch_find(struct db *db, struct arena *a, int64_t site, int64_t epoch,
                    struct hub_epoch *out, uint8_t total_out[RECORD_ID])
{
	*out = (struct hub_epoch){ .epoch = epoch };
	memset(total_out, 0, RECORD_ID);
	QUERY(q, db, hub_epoch_find);
	bind_int(&q, ":site", site);
	bind_int(&q, ":epoch", epoch);
	if (query_next(&q)) {
		str total = column_blob(&q, a, 1);
		if (total.n == RECORD_ID) memcpy(total_out, total.p, RECORD_ID);
		out->records = column_int(&q, 0, 0);
		out->through = column_int(&q, 2, 0);
		out->last = column_int(&q, 3, 0);
		out->branches = column_int(&q, 4, 1);
	}
	return query_end(&q);
}

SQL(hub_epoch_save,
    "INSERT INTO hub_epoch (site, epoch, records, total, through, last, branches)"
    " VALUES (:site, :epoch, :records, :total, :through, :last, :branches)"
    " ON CONFLICT (site, epoch) DO UPDATE SET records = excluded.records,"
    " total = excluded.total, through = excluded.through, last = excluded.last,"
    " branches = excluded.branches");

static fallible save_epoch(struct receiving *rc)
{
	QUERY(q, tx_db(rc->ap.tx), hub_epoch_save);
	bind_int(&q, ":site", rc->ap.site);
	bind_int(&q, ":epoch", rc->epoch.epoch);
	bind_int(&q, ":records", rc->epoch.records);
	bind_blob(&q, ":total", rc->total, RECORD_ID);
	bind_int(&q, ":through", rc->epoch.through);
	bind_int(&q, ":last", rc->epoch.last);
	bind_int(&q, ":branches", rc->epoch.branches ? rc->epoch.branches : 1);
	return query_run(&q, NULL);
}

/* ---- where a record belongs ---- */

SQL(hub_record_at, "SELECT id, branch FROM hub_record WHERE site = :site"
                   " AND epoch = :epoch AND seq = :seq ORDER BY branch LIMIT 100");

struct slot {
	bool any;       /* something stands at that number */
	bool same;      /* … with that id */
	bool taken;     /* … on the branch asked for */
	int64_t branch; /* of the same */
};

static fallible look(struct receiving *rc, int64_t seq, const uint8_t *id, struct slot *out)
{
	*out = (struct slot){ 0 };
	QUERY(q, tx_db(rc->ap.tx), hub_record_at);
	bind_int(&q, ":site", rc->ap.site);
	bind_int(&q, ":epoch", rc->epoch.epoch);
	bind_int(&q, ":seq", seq);
	while (query_next(&q)) {
		str there = column_blob(&q, rc->ap.a, 0);
		int64_t branch = column_int(&q, 1, 0);
		out->any = true;
		out->taken |= branch == rc->branch;
		if (there.n != RECORD_ID || memcmp(there.p, id, RECORD_ID) != 0) continue;
		out->same = true;
		out->branch = branch;
	}
	return query_end(&q);
}

/* The branch that the batch goes on: that of the record before it. */
static fallible find_branch(struct receiving *rc, const struct record *first)
{
	struct slot before;
	if (first->seq == 1) return ERR_OK;
	TRY(look(rc, first->seq - 1, first->prev, &before));
	if (before.same)
		rc->branch = before.branch;
	else if (before.any) /* it grew out of what is not here: another past */
		rc->branch = rc->epoch.branches++;
	return ERR_OK;
}

static fallible flag_fork(struct receiving *rc)
{
	str about = arena_printf(rc->ap.a, "%lld", (long long)rc->epoch.epoch);
	return attention_add(rc->ap.tx, S("fork"), rc->ap.site, rc->ap.scope, about,
	                     S("two-copies"));
}

/* ---- keeping ---- */

SQL(hub_record_insert,
    "INSERT INTO hub_record (site, epoch, seq, branch, id, prev, kind, at_wall, clock, "
    "body,"
    " body_hash, subject, received_at) VALUES (:site, :epoch, :seq, :branch, :id, :prev,"
    " :kind, :at, :clock, :body, :hash, :subject, :now)");

static fallible insert(struct receiving *rc, const struct record *r, const uint8_t *id)
{
	QUERY(q, tx_db(rc->ap.tx), hub_record_insert);
	bind_int(&q, ":site", rc->ap.site);
	bind_int(&q, ":epoch", r->epoch);
	bind_int(&q, ":seq", r->seq);
	bind_int(&q, ":branch", rc->branch);
	bind_blob(&q, ":id", id, RECORD_ID);
	bind_blob(&q, ":prev", r->prev, RECORD_ID);
	bind_text(&q, ":kind", r->kind);
	bind_int(&q, ":at", r->at_wall);
	bind_int(&q, ":clock", r->clock);
	bind_text(&q, ":body", r->body);
	if (r->body.p)
		bind_null(&q, ":hash");
	else
		bind_blob(&q, ":hash", r->body_hash, SEAL_HASH);
	bind_text(&q, ":subject", rc->ap.ready->subject);
	bind_int(&q, ":now", rc->ap.now);
	return query_run(&q, NULL);
}

SQL(hub_quarantine_insert,
    "INSERT INTO hub_quarantine (site, epoch, seq, branch, reason, at)"
    " VALUES (:site, :epoch, :seq, :branch, :reason, :now)");

static fallible quarantine(struct receiving *rc, const struct record *r, str reason)
{
	QUERY(q, tx_db(rc->ap.tx), hub_quarantine_insert);
	bind_int(&q, ":site", rc->ap.site);
	bind_int(&q, ":epoch", r->epoch);
	bind_int(&q, ":seq", r->seq);
	bind_int(&q, ":branch", rc->branch);
	bind_text(&q, ":reason", reason);
	bind_int(&q, ":now", rc->ap.now);
	TRY(query_run(&q, NULL));
	rc->out->quarantined[rc->out->n_quarantined++] =
		(struct verdict_quarantined){ r->seq, reason };
	str about = arena_printf(rc->ap.a, "%lld/%lld/%lld", (long long)r->epoch,
	                         (long long)r->seq, (long long)rc->branch);
	return attention_add(rc->ap.tx, S("quarantine"), rc->ap.site, rc->ap.scope, about,
	                     reason);
}

static fallible take(struct receiving *rc, const struct record *r, const uint8_t *id)
{
	struct record_sum sum;
	TRY(insert(rc, r, id));
	memcpy(sum.bytes, rc->total, RECORD_ID);
	record_sum_add(&sum, id);
	memcpy(rc->total, sum.bytes, RECORD_ID);
	rc->epoch.records++;
	if (r->seq > rc->epoch.last) rc->epoch.last = r->seq;
	enum err e = apply_record(&rc->ap, r);
	const char *reason = e ? err_last()->reason : NULL;
	if (e == ERR_INVALID && reason) return quarantine(rc, r, str_of(reason));
	rc->out->accepted++;
	return e;
}

static fallible take_or_know(struct receiving *rc, const struct record *r,
                             const uint8_t *id)
{
	struct slot slot = { 0 };
	if (r->seq <= rc->epoch.last) TRY(look(rc, r->seq, id, &slot));
	if (slot.same) {
		rc->branch = slot.branch;
		rc->out->known++;
		return ERR_OK;
	}
	if (slot.taken) {
		rc->branch = rc->epoch.branches++;
		TRY(flag_fork(rc));
	}
	return take(rc, r, id);
}

/* ---- how far without a gap ---- */

SQL(hub_record_gap,
    "SELECT r.seq FROM hub_record r WHERE r.site = :site AND r.epoch = :epoch"
    " AND r.seq > :from AND NOT EXISTS (SELECT 1 FROM hub_record n WHERE n.site = :site"
    "  AND n.epoch = :epoch AND n.seq = r.seq + 1) ORDER BY r.seq LIMIT 1");
SQL(hub_record_next, "SELECT 1 FROM hub_record WHERE site = :site AND epoch = :epoch"
                     " AND seq = :seq LIMIT 1");

static fallible advance(struct receiving *rc, const struct batch *b)
{
	struct hub_epoch *e = &rc->epoch;
	int64_t end = b->first + (int64_t)b->n - 1;
	if (b->first <= e->through + 1 && end > e->through) e->through = end;
	if (e->last <= e->through) return ERR_OK;
	QUERY(next, tx_db(rc->ap.tx), hub_record_next);
	bind_int(&next, ":site", rc->ap.site);
	bind_int(&next, ":epoch", e->epoch);
	bind_int(&next, ":seq", e->through + 1);
	bool joined = query_next(&next);
	TRY(query_end(&next));
	if (!joined) return ERR_OK;
	QUERY(q, tx_db(rc->ap.tx), hub_record_gap);
	bind_int(&q, ":site", rc->ap.site);
	bind_int(&q, ":epoch", e->epoch);
	bind_int(&q, ":from", e->through);
	if (query_next(&q)) e->through = column_int(&q, 0, e->through);
	return query_end(&q);
}

/* ---- the whole batch ---- */

SQL(hub_site_counts, "UPDATE hub_site SET records = records + :records,"
                     " quarantined = quarantined + :quarantined, heard_at = :now,"
                     " forked_at = CASE WHEN :forked = 1 THEN COALESCE(forked_at, :now)"
                     "  ELSE forked_at END WHERE number = :site");

static fallible count_site(struct receiving *rc)
{
	QUERY(q, tx_db(rc->ap.tx), hub_site_counts);
	bind_int(&q, ":site", rc->ap.site);
	bind_int(&q, ":records", rc->out->accepted + (int64_t)rc->out->n_quarantined);
	bind_int(&q, ":quarantined", (int64_t)rc->out->n_quarantined);
	bind_int(&q, ":forked", rc->epoch.branches > 1);
	bind_int(&q, ":now", rc->ap.now);
	return query_run(&q, NULL);
}

enum err receive_batch(struct tx *tx, struct arena *a, const struct hub_site *site,
                       const struct batch *b, const struct ready *ready,
                       struct received *out)
{
	struct receiving *rc = arena_new(a, struct receiving);
	struct received got = { 0 };
	got.quarantined = arena_alloc(a, b->n * sizeof *got.quarantined);
	rc->ap = (struct applying){ .tx = tx,
		                    .a = a,
		                    .site = site->number,
		                    .scope = site->scope,
		                    .now = time_now() };
	rc->out = &got;
	TRY(epoch_find(tx_db(tx), a, site->number, b->epoch, &rc->epoch, rc->total));
	if (!rc->epoch.branches) rc->epoch.branches = 1;
	int64_t branches = rc->epoch.branches;
	TRY(find_branch(rc, &b->record[0]));
	if (rc->epoch.branches > branches) TRY(flag_fork(rc));
	for (size_t i = 0; i < b->n; i++) {
		rc->ap.ready = &ready[i];
		TRY(take_or_know(rc, &b->record[i], b->id[i]));
	}
	TRY(advance(rc, b));
	if (got.accepted + (int64_t)got.n_quarantined) {
		TRY(save_epoch(rc));
		TRY(sums_write(&rc->ap));
	}
	TRY(count_site(rc));
	got.epoch = rc->epoch;
	memcpy(got.total, rc->total, RECORD_ID);
	*out = got;
	return ERR_OK;
}

/* ---- what was quarantined, after all ---- */

SQL(hub_record_one, "SELECT kind, at_wall, clock, body FROM hub_record WHERE site = :site"
                    " AND epoch = :epoch AND seq = :seq AND branch = :branch");

enum err apply_quarantined(struct tx *tx, struct arena *a, const struct hub_site *site,
                           int64_t epoch, int64_t seq, int64_t branch)
{
	struct applying *ap = arena_new(a, struct applying);
	*ap = (struct applying){ .tx = tx,
		                 .a = a,
		                 .site = site->number,
		                 .scope = site->scope,
		                 .now = time_now(),
		                 .forced = true };
	struct record r = { .epoch = epoch, .seq = seq };
	QUERY(q, tx_db(tx), hub_record_one);
	bind_int(&q, ":site", site->number);
	bind_int(&q, ":epoch", epoch);
	bind_int(&q, ":seq", seq);
	bind_int(&q, ":branch", branch);
	if (query_next(&q)) {
		r.kind = column_text(&q, a, 0);
		r.at_wall = column_int(&q, 1, 0);
		r.clock = (enum clock_trust)column_int(&q, 2, 0);
		r.body = column_text(&q, a, 3);
	} else if (!q.err) {
		return FAIL(ERR_NOT_FOUND, "no such record");
	}
	TRY(query_end(&q));
	TRY(apply_record(ap, &r));
	return sums_write(ap);
}
