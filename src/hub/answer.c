/* SPDX-License-Identifier: Apache-2.0 */
/* One request, one signed reply. Whoever asks is known by their key; that they ask today,
 * and not somebody who listened yesterday, by a challenge: the time and a MAC over it, so
 * that nothing has to be remembered. */
#include "base/text.h"
#include "base/time.h"
#include "hub/inside.h"
#include "sync/bytes.h"

#define CHALLENGE_MS (15 * 60 * 1000LL)
#define RENEW_MS (90LL * 24 * 60 * 60 * 1000)
#define BODY_MOST EXCHANGE_MOST

struct answering {
	struct hub *hub;
	struct arena *a;
	struct exchange_request rq;
	struct hub_site site;
	bool known; /* the site is */
	struct buf body;
};

/* ---- challenges ---- */

static void challenge_make(const struct hub *hub, const struct id *site, int64_t at,
                           uint8_t out[CHALLENGE])
{
	uint8_t text[8 + ID_TEXT];
	struct writing w = { text, 0, sizeof text, false };
	write_i64(&w, at);
	memcpy(out, text, 8);
	write_bytes(&w, site->text, ID_TEXT);
	seal_mac(hub->challenge_key, "challenge", text, w.n, out + 8);
}

static bool challenge_is_fresh(const struct answering *an)
{
	uint8_t again[CHALLENGE];
	struct reading_bytes r = { { (const char *)an->rq.challenge, 8 }, false };
	int64_t at = read_i64(&r), age = time_now() - at;
	challenge_make(an->hub, &an->rq.site, at, again);
	return age >= 0 && age <= CHALLENGE_MS &&
	       seal_same(again, an->rq.challenge, CHALLENGE);
}

static fallible answer_hello(struct answering *an, struct db *db)
{
	(void)db;
	uint8_t challenge[CHALLENGE];
	char hex[2 * CHALLENGE + 1];
	challenge_make(an->hub, &an->rq.site, time_now(), challenge);
	text_hex(challenge, CHALLENGE, hex);
	struct hello_reply reply = { str_of(hex), id_str(&an->hub->identity.site),
		                     an->hub->name.p ? an->hub->name : S(""), an->known };
	json_write(&an->body, &hello_reply_shape, &reply);
	return ERR_OK;
}

/* ---- status ---- */

static str hex_total(struct arena *a, const uint8_t total[RECORD_ID])
{
	char *hex = arena_alloc(a, 2 * RECORD_ID + 1);
	text_hex(total, RECORD_ID, hex);
	return str_of(hex);
}

struct renewing {
	struct answering *an;
	uint8_t certificate[TRUST_CERTIFICATE];
	size_t n;
};

SQL(hub_site_renew, "UPDATE hub_site SET certificate = :certificate, expires_at = :expires"
                    " WHERE number = :number");

static enum err renew(struct tx *tx, void *arg)
{
	struct renewing *r = arg;
	const struct hub_site *s = &r->an->site;
	int64_t expires;
	TRY(certify(r->an->hub, &r->an->rq.site, (const uint8_t *)s->public_key.p, s->scope,
	            r->certificate, &r->n, &expires));
	QUERY(q, tx_db(tx), hub_site_renew);
	bind_int(&q, ":number", s->number);
	bind_blob(&q, ":certificate", r->certificate, r->n);
	bind_int(&q, ":expires", expires);
	return query_run(&q, NULL);
}

/* A certificate that ends soon is replaced while the site is in touch. */
static fallible fresh_certificate(struct answering *an, str *out)
{
	*out = STR_NONE;
	if (an->site.expires_at - time_now() > RENEW_MS) return ERR_OK;
	struct renewing r = { .an = an };
	TRY(store_write(an->hub->store, renew, &r));
	char *text = arena_alloc(an->a, TRUST_CERTIFICATE * 4 / 3 + 4);
	text_base64url(r.certificate, r.n, text);
	*out = str_of(text);
	return ERR_OK;
}

static enum err note_heard(struct tx *tx, void *arg)
{
	const struct hub_site *site = arg;
	return site_heard(tx, site->number);
}

static fallible answer_status(struct answering *an, struct db *db)
{
	struct status ask, reply = { 0 };
	if (json_read(an->rq.body, &status_shape, JSON_LENIENT, an->a, &ask))
		return FAIL(ERR_INVALID, "not a request for the status");
	/* Every contact asks this: also one that has nothing to send. */
	TRY(store_write(an->hub->store, note_heard, &an->site));
	const struct status_epoch *e = ask.epochs.items;
	struct status_epoch *told = arena_alloc(an->a, (ask.epochs.n + 1) * sizeof *told);
	for (size_t i = 0; i < ask.epochs.n; i++) {
		struct hub_epoch here;
		uint8_t total[RECORD_ID];
		bool agrees = false;
		TRY(epoch_find(db, an->a, an->site.number, e[i].epoch, &here, total));
		TRY(record_is_here(db, an->site.number, e[i].epoch, e[i].at, e[i].id,
		                   &agrees));
		told[i] = (struct status_epoch){
			.epoch = e[i].epoch,
			.at = JSON_ABSENT,
			.id = STR_NONE,
			.agrees = agrees,
			.through = here.through,
			.records = here.records,
			.total = hex_total(an->a, total),
			.forked = here.branches > 1,
		};
	}
	reply.epochs = (struct json_list){ told, ask.epochs.n };
	TRY(fresh_certificate(an, &reply.certificate));
	TRY(items_refresh(an->hub, db));
	TRY(down_newest(db, &reply.down_version));
	json_write(&an->body, &status_shape, &reply);
	return ERR_OK;
}

/* ---- records ---- */

struct receiving_batch {
	struct answering *an;
	const struct batch *batch;
	struct ready *ready; /* of each record */
	struct received got;
};

static enum err receive(struct tx *tx, void *arg)
{
	struct receiving_batch *r = arg;
	/* A job may be run twice: what the first time left in the arena stays unused. */
	return receive_batch(tx, r->an->a, &r->an->site, r->batch, r->ready, &r->got);
}

static fallible answer_batch(struct answering *an, struct db *db)
{
	struct batch batch;
	TRY(batch_read(an->rq.body, an->a, &batch, NULL));
	if (!str_is(id_str(&batch.site), an->site.id) ||
	    memcmp(batch.key_id, an->rq.key_id, KEY_ID) != 0 ||
	    !batch_signed(&batch, (const uint8_t *)an->site.public_key.p))
		return FAIL_WHY(ERR_DENIED, "forged", "records that the site did not sign");
	struct receiving_batch r = { .an = an, .batch = &batch };
	r.ready = arena_alloc(an->a, batch.n * sizeof *r.ready);
	for (size_t i = 0; i < batch.n; i++)
		apply_prepare(an->a, &batch.record[i], &r.ready[i]);
	TRY(store_write(an->hub->store, receive, &r));
	struct receipt receipt = {
		.site = an->site.id,
		.epoch = batch.epoch,
		.first = batch.first,
		.last = batch.first + (int64_t)batch.n - 1,
		.id = hex_total(an->a, batch.id[batch.n - 1]),
		.accepted = r.got.accepted,
		.known = r.got.known,
		.quarantined = { r.got.quarantined, r.got.n_quarantined },
		.through = r.got.epoch.through,
		.records = r.got.epoch.records,
		.total = hex_total(an->a, r.got.total),
		.forked = r.got.epoch.branches > 1,
	};
	TRY(down_newest(db, &receipt.down_version));
	json_write(&an->body, &receipt_shape, &receipt);
	return ERR_OK;
}

/* ---- the other questions ---- */

static fallible answer_ranges(struct answering *an, struct db *db)
{
	return ranges_answer(db, an->a, &an->site, an->rq.body, &an->body);
}

static fallible answer_ids(struct answering *an, struct db *db)
{
	return ids_answer(db, an->a, &an->site, an->rq.body, &an->body);
}

struct noting {
	const struct hub_site *site;
	int64_t version;
};

static enum err note_down(struct tx *tx, void *arg)
{
	const struct noting *n = arg;
	return down_note(tx, n->site, n->version);
}

/* Whoever asks what is newer than N has what came up to N. */
static fallible answer_down(struct answering *an, struct db *db)
{
	struct down_ask ask;
	struct down_list list;
	if (json_read(an->rq.body, &down_ask_shape, JSON_LENIENT, an->a, &ask))
		return FAIL(ERR_INVALID, "not a request for the list");
	struct noting note = { &an->site, ask.after };
	if (ask.after > an->site.down_version)
		TRY(store_write(an->hub->store, note_down, &note));
	TRY(down_list(db, an->a, &an->site, ask.after, &list));
	json_write(&an->body, &down_list_shape, &list);
	return ERR_OK;
}

static fallible answer_item(struct answering *an, struct db *db)
{
	return item_answer(an->hub, db, an->a, &an->site, an->rq.body, &an->body);
}

static fallible answer_enrol(struct answering *an, struct db *db)
{
	(void)db;
	return enrol_answer(an->hub, &an->rq, an->a, &an->body);
}

/* clang-format off */
static const struct {
	enum err (*answer)(struct answering *, struct db *);
	bool known; /* only for sites that are enrolled, and signed by them */
	bool fresh; /* only with a challenge of today */
} questions[] = {
	[EXCHANGE_HELLO]  = { answer_hello,  false, false },
	[EXCHANGE_ENROL]  = { answer_enrol,  false, false },
	[EXCHANGE_STATUS] = { answer_status, true,  true },
	[EXCHANGE_BATCH]  = { answer_batch,  true,  false },
	[EXCHANGE_RANGES] = { answer_ranges, true,  true },
	[EXCHANGE_IDS]    = { answer_ids,    true,  true },
	[EXCHANGE_DOWN]   = { answer_down,   true,  true },
	[EXCHANGE_ITEM]   = { answer_item,   true,  true },
};
/* clang-format on */

static fallible check(struct answering *an, struct db *db)
{
	enum err e = hub_site_by_key(db, an->a, an->rq.key_id, &an->site);
	if (e && e != ERR_NOT_FOUND) return e;
	an->known = !e;
	if (!questions[an->rq.type].known) return ERR_OK;
	if (!an->known || !str_is(an->site.id, id_str(&an->rq.site)))
		return FAIL_WHY(ERR_DENIED, "unknown-site",
		                "a site that is not enrolled here");
	if (an->site.public_key.n != SEAL_PUBLIC ||
	    !exchange_signed(&an->rq, (const uint8_t *)an->site.public_key.p))
		return FAIL_WHY(ERR_DENIED, "forged",
		                "a request that the site did not sign");
	if (an->site.revoked_at != JSON_ABSENT)
		return FAIL_WHY(ERR_DENIED, "revoked", "a site that was cut off");
	if (an->site.expires_at <= time_now())
		return FAIL_WHY(ERR_DENIED, "expired", "a site whose certificate ran out");
	if (questions[an->rq.type].fresh && !challenge_is_fresh(an))
		return FAIL_WHY(ERR_CONFLICT, "stale",
		                "a challenge that is none of today's");
	return ERR_OK;
}

static fallible answer(struct answering *an)
{
	struct db *db;
	TRY(store_reader(an->hub->store, &db));
	enum err e = check(an, db);
	if (!e) e = questions[an->rq.type].answer(an, db);
	store_reader_done(an->hub->store, db);
	return e;
}

/* What the site is to know of a refusal: a signed word. */
static void refuse(struct answering *an, const char *reason)
{
	buf_reset(&an->body);
	json_write(&an->body, &refusal_shape, &(struct refusal){ str_of(reason) });
}

enum err hub_answer(struct hub *hub, str request, struct arena *a, struct buf *reply,
                    int *status)
{
	struct answering *an = arena_new(a, struct answering);
	*an = (struct answering){ .hub = hub, .a = a };
	buf_reset(reply);
	*status = 400;
	if (!exchange_read(request, &an->rq)) return ERR_OK;
	buf_init(&an->body, BODY_MOST);
	enum exchange_type type = an->rq.type;
	enum err e = answer(an);
	const char *reason = e ? err_last()->reason : NULL;
	*status = 201;
	if (e == ERR_DENIED || e == ERR_CONFLICT || e == ERR_INVALID ||
	    e == ERR_NOT_FOUND) {
		*status = err_status(e);
		type = EXCHANGE_REFUSED;
		refuse(an, reason ? reason : err_word(e));
		e = ERR_OK;
	}
	if (!e && an->body.over) e = FAIL(ERR_TOO_LARGE, "a reply that is too large");
	if (!e)
		exchange_answer(&hub->identity, type, request, time_now(),
		                buf_as_str(&an->body), reply);
	buf_free(&an->body);
	return e;
}
