/* SPDX-License-Identifier: Apache-2.0 */
/* A section: "KNF1", the first bytes of the hash of the key that it is sealed to, the
 * length, the sealed box. In it: messages, each behind its length. */
#include "sync/bundle.h"

#include <stdio.h>

#include "base/text.h"
#include "seal/sign.h"
#include "sync/bytes.h"
#include "sync/carried.h"
#include "sync/inside.h"

#define MAGIC "KNF1"
#define HEAD (4 + KEY_ID + 4)

static enum err bad_bundle(const char *what)
{
	return FAIL_WHY(ERR_INVALID, "bad-bundle", "the file is %s", what);
}

/* ---- sections ---- */

void bundle_add(struct buf *messages, str message)
{
	uint8_t length[4];
	struct writing w = { length, 0, sizeof length, false };
	write_u32(&w, (uint32_t)message.n);
	buf_add(messages, length, sizeof length);
	buf_str(messages, message);
}

bool bundle_message(str *messages, str *out)
{
	struct reading_bytes r = { *messages, false };
	*out = read_str(&r, read_u32(&r));
	*messages = r.rest;
	return !r.over;
}

enum err bundle_seal(const uint8_t public_key[SEAL_PUBLIC], str messages, struct buf *out)
{
	uint8_t head[HEAD], key_id[KEY_ID];
	struct writing w = { head, 0, sizeof head, false };
	if (messages.n > BUNDLE_MOST) return bad_bundle("too large");
	uint8_t *box = malloc(messages.n + SEAL_BOX);
	if (!box) return FAIL(ERR_BUSY, "no memory for a bundle");
	enum err e = seal_box(public_key, messages.p, messages.n, box);
	key_id_of(public_key, key_id);
	write_bytes(&w, MAGIC, 4);
	write_bytes(&w, key_id, KEY_ID);
	write_u32(&w, (uint32_t)(messages.n + SEAL_BOX));
	buf_add(out, head, w.n);
	buf_add(out, box, messages.n + SEAL_BOX);
	free(box);
	if (!e && out->over) e = bad_bundle("too large");
	return e;
}

static fallible read_section(str *rest, uint8_t key_id[KEY_ID], str *sealed, str *whole)
{
	struct reading_bytes r = { *rest, false };
	if (!read_magic(&r, MAGIC)) return bad_bundle("not one of this program's bundles");
	read_bytes(&r, key_id, KEY_ID);
	*sealed = read_str(&r, read_u32(&r));
	if (r.over || sealed->n < SEAL_BOX)
		return bad_bundle("incomplete: copy it again from the start");
	*whole = (str){ rest->p, rest->n - r.rest.n };
	*rest = r.rest;
	return ERR_OK;
}

enum err bundle_next(const struct identity *id, str *rest, struct arena *a,
                     str *messages_out, str *sealed_out)
{
	*messages_out = STR_NONE;
	while (rest->n) {
		uint8_t key_id[KEY_ID];
		str sealed = STR_NONE, whole = STR_NONE;
		TRY(read_section(rest, key_id, &sealed, &whole));
		if (memcmp(key_id, id->key_id, KEY_ID) != 0) continue;
		size_t n = sealed.n - SEAL_BOX;
		uint8_t *plain = arena_try(a, n + 1);
		if (!plain) return bad_bundle("too large");
		if (seal_unbox(id->secret, (const uint8_t *)sealed.p, sealed.n, plain))
			return bad_bundle("damaged: copy it again from the start");
		*messages_out = (str){ (const char *)plain, n };
		if (sealed_out) *sealed_out = whole;
		return ERR_OK;
	}
	return ERR_OK;
}

/* ---- export ---- */

struct exporting {
	struct site_sync *sync;
	struct db *db;
	struct buf messages;
	int64_t records;
};

static fallible export_batch(struct exporting *x, struct arena *a, int64_t epoch,
                             int64_t first, size_t *n_out)
{
	struct json_list list;
	struct buf batch, request;
	TRY(journal_read(x->db, a, epoch, first, BATCH_RECORDS, BATCH_MOST - 4096, &list));
	buf_init(&batch, BATCH_MOST);
	buf_init(&request, EXCHANGE_MOST);
	enum err e = batch_write(x->sync->identity, list.items, list.n, BATCH_MOST, &batch,
	                         n_out);
	exchange_ask(x->sync->identity, EXCHANGE_BATCH, NULL, buf_as_str(&batch), &request);
	if (!e) bundle_add(&x->messages, buf_as_str(&request));
	buf_free(&batch);
	buf_free(&request);
	return e;
}

static fallible export_epoch(struct exporting *x, const struct journal_epoch *e)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)32 << 20);
	if (!str_is(e->site, id_str(&x->sync->identity->site))) return ERR_OK;
	for (int64_t first = e->through + 1; first <= e->seq;) {
		size_t n = 0;
		TRY(export_batch(x, a, e->epoch, first, &n));
		first += (int64_t)n;
		x->records += (int64_t)n;
		arena_reset(a);
	}
	return ERR_OK;
}

/* How far things from above are here: by this the hub knows what to send back. */
static void export_reached(struct exporting *x, int64_t version)
{
	struct buf request;
	char body[64];
	int n = snprintf(body, sizeof body, "{\"after\":%lld}", (long long)version);
	buf_init(&request, 1024);
	exchange_ask(x->sync->identity, EXCHANGE_DOWN, NULL, (str){ body, (size_t)n },
	             &request);
	bundle_add(&x->messages, buf_as_str(&request));
	buf_free(&request);
}

static fallible export_all(struct exporting *x, struct arena *a, struct hub_link *link_out)
{
	struct json_list epochs;
	TRY(link_get(x->db, a, link_out));
	TRY(journal_epochs(x->db, a, &epochs));
	const struct journal_epoch *e = epochs.items;
	if (epochs.n) TRY(journal_mark(x->sync->folder, e));
	for (size_t i = epochs.n; i-- > 0;) TRY(export_epoch(x, &e[i]));
	export_reached(x, link_out->down_version);
	if (x->messages.over) return bad_bundle("too large: send by the line first");
	return ERR_OK;
}

enum err bundle_export(struct site_sync *sync, struct arena *a, struct buf *out,
                       int64_t *records_out)
{
	struct exporting x = { .sync = sync };
	struct hub_link link;
	buf_init(&x.messages, BUNDLE_MOST);
	TRY(store_reader(sync->store, &x.db));
	enum err e = export_all(&x, a, &link);
	store_reader_done(sync->store, x.db);
	if (!e) e = bundle_seal(link.hub_key, buf_as_str(&x.messages), out);
	buf_free(&x.messages);
	*records_out = x.records;
	return e;
}

/* ---- import ---- */

struct importing {
	struct site_sync *sync;
	struct arena *a;
	struct hub_link link;
	struct sync_report *report;
	bool forked; /* the present epoch is */
};

struct told {
	struct receipt receipt;
	int64_t hub_at;
};

static enum err note_receipt(struct tx *tx, void *arg)
{
	const struct told *t = arg;
	const struct verdict_quarantined *q = t->receipt.quarantined.items;
	uint8_t own[RECORD_ID], its[RECORD_ID];
	enum err e = journal_id(tx_db(tx), t->receipt.epoch, t->receipt.last, own);
	if (e == ERR_NOT_FOUND) return ERR_OK; /* of a past that this copy has not */
	if (e) return e;
	if (!text_unhex(t->receipt.id, its, RECORD_ID) || memcmp(own, its, RECORD_ID) != 0)
		return ERR_OK;
	for (size_t i = 0; i < t->receipt.quarantined.n; i++)
		TRY(journal_refuse(tx, t->receipt.epoch, q[i].seq, q[i].reason));
	int64_t through =
		t->receipt.through < t->receipt.last ? t->receipt.through : t->receipt.last;
	return journal_told(tx, t->receipt.epoch, through, t->hub_at);
}

static fallible import_reply(struct importing *im, str bytes)
{
	struct exchange_reply reply;
	struct told t;
	TRY(exchange_receipt_read(bytes, im->link.hub_key, &reply));
	if (reply.type != EXCHANGE_BATCH) return ERR_OK;
	if (json_read(reply.body, &receipt_shape, JSON_LENIENT, im->a, &t.receipt) ||
	    !str_is(t.receipt.site, id_str(&im->sync->identity->site)))
		return ERR_OK;
	t.hub_at = reply.hub_at;
	im->report->sent += t.receipt.accepted + (int64_t)t.receipt.quarantined.n;
	im->report->known += t.receipt.known;
	im->report->quarantined += (int64_t)t.receipt.quarantined.n;
	struct db *db;
	struct journal_epoch now;
	TRY(store_reader(im->sync->store, &db));
	enum err e = journal_now(db, im->a, &now);
	store_reader_done(im->sync->store, db);
	if (e) return e;
	im->report->forked |= t.receipt.forked;
	im->forked |= t.receipt.forked && t.receipt.epoch == now.epoch;
	return store_write(im->sync->store, note_receipt, &t);
}

static enum err new_epoch(struct tx *tx, void *unused)
{
	(void)unused;
	return journal_new_epoch(tx, S("forked"));
}

static fallible import_all(struct importing *im, str bytes, bool *any_out)
{
	*any_out = false;
	for (;;) {
		str messages, message;
		TRY(bundle_next(im->sync->identity, &bytes, im->a, &messages, NULL));
		if (!messages.p) return ERR_OK;
		*any_out = true;
		im->report->carried |= carried_is(messages);
		if (carried_is(messages)) continue;
		while (bundle_message(&messages, &message)) TRY(import_reply(im, message));
	}
}

enum err bundle_import(struct site_sync *sync, str bytes, struct arena *a,
                       struct sync_report *out)
{
	struct importing im = { .sync = sync, .a = a, .report = out };
	struct sync_report now;
	struct db *db;
	bool any;
	*out = (struct sync_report){ .total = S("") };
	TRY(store_reader(sync->store, &db));
	enum err e = link_get(db, a, &im.link);
	store_reader_done(sync->store, db);
	if (e) return e;
	TRY(import_all(&im, bytes, &any));
	if (!any)
		return FAIL_WHY(ERR_NOT_FOUND, "not-for-us",
		                "nothing in the file is for this laptop");
	if (im.forked) TRY(store_write(sync->store, new_epoch, NULL));
	TRY(store_reader(sync->store, &db));
	e = sync_look(db, a, &now);
	store_reader_done(sync->store, db);
	out->unsent = now.unsent;
	out->records = now.records;
	out->total = now.total;
	out->agreed = now.agreed;
	return e;
}
