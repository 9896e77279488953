/* SPDX-License-Identifier: Apache-2.0 */
/* Sending. The hub says how far it has got with each epoch; what it lacks is sent in
 * batches that grow while the line holds and shrink when it breaks, so that on a bad line
 * little has to be sent twice. */
#include "base/text.h"
#include "sync/inside.h"

#include <stdio.h>

#define LEAST_BATCH (4 << 10)

/* ---- batches ---- */

struct telling {
	struct receipt receipt;
	int64_t hub_at;
};

static enum err note_receipt(struct tx *tx, void *arg)
{
	const struct telling *t = arg;
	const struct verdict_quarantined *q = t->receipt.quarantined.items;
	for (size_t i = 0; i < t->receipt.quarantined.n; i++)
		TRY(journal_refuse(tx, t->receipt.epoch, q[i].seq, q[i].reason));
	/* Beyond what was sent it may speak of another past of ours. */
	int64_t through =
		t->receipt.through < t->receipt.last ? t->receipt.through : t->receipt.last;
	return journal_told(tx, t->receipt.epoch, through, t->hub_at);
}

static fallible believe(struct contact *c, const struct batch *sent,
                        const struct exchange_reply *reply)
{
	struct telling t = { .hub_at = reply->hub_at };
	if (json_read(reply->body, &receipt_shape, JSON_LENIENT, c->a, &t.receipt) ||
	    t.receipt.epoch != sent->epoch || t.receipt.first != sent->first ||
	    t.receipt.last != sent->first + (int64_t)sent->n - 1)
		return FAIL_WHY(ERR_INVALID, "not-the-hub", "a receipt for another batch");
	c->report->sent += t.receipt.accepted + (int64_t)t.receipt.quarantined.n;
	c->report->known += t.receipt.known;
	c->report->quarantined += (int64_t)t.receipt.quarantined.n;
	c->report->forked |= t.receipt.forked;
	return store_write(c->sync->store, note_receipt, &t);
}

/* The next batch from `first` on, at most to `last`. */
static fallible next_batch(struct contact *c, struct arena *a, int64_t epoch, int64_t first,
                           int64_t last, struct buf *out, size_t *n_out)
{
	struct db *db;
	struct json_list list;
	int64_t most = last - first + 1;
	if (most > BATCH_RECORDS) most = BATCH_RECORDS;
	TRY(store_reader(c->sync->store, &db));
	enum err e = journal_read(db, a, epoch, first, (size_t)most, c->batch, &list);
	store_reader_done(c->sync->store, db);
	if (e) return e;
	return batch_write(c->sync->identity, list.items, list.n, c->batch, out, n_out);
}

static fallible send_one(struct contact *c, struct arena *a, int64_t epoch, int64_t first,
                         int64_t last, int64_t *sent_out)
{
	struct exchange_reply reply;
	struct buf bytes;
	size_t n = 0;
	buf_init(&bytes, BATCH_MOST);
	enum err e = next_batch(c, a, epoch, first, last, &bytes, &n);
	if (!e) e = say_once(c, EXCHANGE_BATCH, buf_as_str(&bytes), &reply);
	struct batch sent = { .epoch = epoch, .first = first, .n = n };
	if (!e) e = believe(c, &sent, &reply);
	buf_free(&bytes);
	*sent_out = (int64_t)n;
	return e;
}

enum err push_run(struct contact *c, int64_t epoch, int64_t first, int64_t last)
{
	struct road *road = &c->sync->road;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)32 << 20);
	for (int tries = 1; first <= last;) {
		int64_t n;
		enum err e = send_one(c, a, epoch, first, last, &n);
		arena_reset(a);
		if (!e) {
			first += n;
			tries = 1;
			c->batch = c->batch < BATCH_MOST / 2 ? 2 * c->batch : BATCH_MOST;
			continue;
		}
		if ((e != ERR_BUSY && e != ERR_INVALID) || tries == TRIES) return e;
		struct err_note said = *err_last();
		c->batch = c->batch > 2 * LEAST_BATCH ? c->batch / 2 : LEAST_BATCH;
		bool on = road->pause(road->context, patience_ms(tries++));
		err_restore(&said);
		if (!on) return e;
	}
	return ERR_OK;
}

/* ---- where to go on ---- */

/* The last record of an epoch that the hub holds as we do: what it has through to, unless
 * it holds another past there. */
static fallible find_common(struct contact *c, const struct journal_epoch *e,
                            const struct status_epoch *told, int64_t *out)
{
	int64_t high = told->through < e->seq ? told->through : e->seq, low = 0;
	bool has = high == 0 || (high == e->through && told->agrees);
	if (!has) TRY(hub_has(c, e->epoch, high, &has));
	if (has) low = high;
	while (low + 1 < high) { /* it has `low` and lacks `high` */
		int64_t middle = low + (high - low) / 2;
		TRY(hub_has(c, e->epoch, middle, &has));
		if (has)
			low = middle;
		else
			high = middle;
	}
	*out = low;
	return ERR_OK;
}

/* ---- status ---- */

static fallible own_epochs(struct contact *c, struct json_list *out)
{
	struct db *db;
	TRY(store_reader(c->sync->store, &db));
	enum err e = journal_epochs(db, c->a, out);
	store_reader_done(c->sync->store, db);
	if (e) return e;
	/* Only of this key: what another key began, it alone could sign. */
	struct journal_epoch *list = (struct journal_epoch *)(uintptr_t)out->items;
	size_t n = 0;
	for (size_t i = 0; i < out->n; i++)
		if (str_is(list[i].site, id_str(&c->sync->identity->site)))
			list[n++] = list[i];
	out->n = n;
	return ERR_OK;
}

static fallible id_hex(struct contact *c, int64_t epoch, int64_t seq, str *out)
{
	struct db *db;
	uint8_t id[RECORD_ID];
	char *hex = arena_alloc(c->a, 2 * RECORD_ID + 1);
	*out = S("");
	if (!seq) return ERR_OK;
	TRY(store_reader(c->sync->store, &db));
	enum err e = journal_id(db, epoch, seq, id);
	store_reader_done(c->sync->store, db);
	if (e) return e;
	text_hex(id, RECORD_ID, hex);
	*out = str_of(hex);
	return ERR_OK;
}

static fallible ask_status(struct contact *c, struct json_list epochs, struct status *out)
{
	const struct journal_epoch *e = epochs.items;
	struct status_epoch *ask = arena_alloc(c->a, (epochs.n + 1) * sizeof *ask);
	for (size_t i = 0; i < epochs.n; i++) {
		ask[i] = (struct status_epoch){ .epoch = e[i].epoch,
			                        .at = e[i].through,
			                        .through = JSON_ABSENT,
			                        .records = JSON_ABSENT };
		TRY(id_hex(c, e[i].epoch, e[i].through, &ask[i].id));
	}
	struct status body = { { ask, epochs.n }, STR_NONE, JSON_ABSENT };
	struct exchange_reply reply;
	struct buf text;
	buf_init(&text, 64 << 10);
	json_write(&text, &status_shape, &body);
	enum err err = say(c, EXCHANGE_STATUS, buf_as_str(&text), &reply);
	buf_free(&text);
	if (err) return err;
	str kept = arena_copy(c->a, reply.body);
	if (json_read(kept, &status_shape, JSON_LENIENT, c->a, out) ||
	    out->epochs.n != epochs.n)
		return FAIL_WHY(ERR_INVALID, "not-the-hub", "a status of something else");
	return ERR_OK;
}

static enum err renew(struct tx *tx, void *certificate)
{
	return link_renew(tx, *(const str *)certificate);
}

static fallible take_certificate(struct contact *c, str text)
{
	struct site_certificate fresh;
	size_t n = text.n * 3 / 4;
	if (!text.n) return ERR_OK;
	uint8_t *bytes = arena_alloc(c->a, n + 1);
	str certificate = { (const char *)bytes, n };
	if (!text_unbase64url(text, bytes, n)) return ERR_OK;
	enum trust trust = trust_check(certificate, c->link.hub_key, c->hub_at,
	                               (struct trust_revoked){ NULL, 0 }, &fresh);
	if (trust != TRUST_OK ||
	    memcmp(fresh.public_key, c->sync->identity->public_key, SEAL_PUBLIC) != 0)
		return ERR_OK;
	return store_write(c->sync->store, renew, &certificate);
}

/* ---- one epoch, all epochs ---- */

struct correcting {
	int64_t epoch, through, hub_at;
};

static enum err correct(struct tx *tx, void *arg)
{
	const struct correcting *k = arg;
	return journal_corrected(tx, k->epoch, k->through, k->hub_at);
}

static fallible push_epoch(struct contact *c, const struct journal_epoch *e,
                           const struct status_epoch *told)
{
	struct correcting k = { .epoch = e->epoch, .hub_at = c->hub_at };
	TRY(find_common(c, e, told, &k.through));
	c->report->forked |= told->forked;
	if (k.through != e->through) TRY(store_write(c->sync->store, correct, &k));
	if (k.through == e->seq) return ERR_OK;
	TRY(push_run(c, e->epoch, k.through + 1, e->seq));
	/* Of a fork the hub counts the longer past; ours is there as well now. */
	k.through = e->seq;
	return store_write(c->sync->store, correct, &k);
}

static bool counts_same(const struct journal_epoch *e, const struct status_epoch *told)
{
	uint8_t total[RECORD_ID];
	return told->records == e->seq && text_unhex(told->total, total, RECORD_ID) &&
	       memcmp(total, e->total.bytes, RECORD_ID) == 0;
}

static fallible push_epochs(struct contact *c, struct json_list epochs)
{
	struct status status;
	const struct journal_epoch *e = epochs.items;
	TRY(ask_status(c, epochs, &status));
	TRY(take_certificate(c, status.certificate));
	const struct status_epoch *told = status.epochs.items;
	for (size_t i = epochs.n; i-- > 0;) TRY(push_epoch(c, &e[i], &told[i]));
	return ERR_OK;
}

static fallible check_counts(struct contact *c, struct json_list epochs, bool mending,
                             struct status *out)
{
	const struct journal_epoch *e = epochs.items;
	TRY(ask_status(c, epochs, out));
	const struct status_epoch *told = out->epochs.items;
	c->report->agreed = true;
	for (size_t i = 0; i < epochs.n; i++) {
		c->report->forked |= told[i].forked;
		if (told[i].forked || counts_same(&e[i], &told[i])) continue;
		c->report->agreed = false;
		if (mending) TRY(mend(c, &e[i]));
	}
	return ERR_OK;
}

static enum err new_epoch(struct tx *tx, void *unused)
{
	(void)unused;
	return journal_new_epoch(tx, S("forked"));
}

/* Whether the present epoch is one that the hub holds two pasts of. */
static bool present_is_forked(struct json_list epochs, const struct status *s)
{
	const struct status_epoch *told = s->epochs.items;
	return epochs.n && told[0].forked;
}

enum err push_all(struct contact *c)
{
	struct json_list epochs;
	struct status status;
	TRY(own_epochs(c, &epochs));
	if (epochs.n) TRY(journal_mark(c->sync->folder, epochs.items));
	TRY(push_epochs(c, epochs));
	TRY(check_counts(c, epochs, true, &status));
	if (present_is_forked(epochs, &status)) {
		TRY(store_write(c->sync->store, new_epoch, NULL));
		TRY(own_epochs(c, &epochs));
		TRY(journal_mark(c->sync->folder, epochs.items));
		TRY(push_epochs(c, epochs));
	}
	if (!c->report->agreed || c->report->forked)
		TRY(check_counts(c, epochs, false, &status));
	return fetch_all(c, status.down_version);
}
