/* SPDX-License-Identifier: Apache-2.0 */
/* One contact with the hub. A line that breaks is the ordinary case: every question may be
 * asked again, and what was answered once stays answered. */
#include "base/text.h"
#include "base/time.h"
#include "sync/inside.h"
#include "sync/line.h"

#include <stdio.h>
#include <string.h>

#define FIRST_BATCH (64 << 10)
#define MEMORY ((size_t)64 << 20)

/* ---- asking ---- */

static const char *const known_words[] = { "revoked",      "unknown-site", "expired",
	                                   "stale",        "forged",       "wrong-code",
	                                   "other-key",    "wrong-scope",  "no-item",
	                                   "not-enrolled", "invalid" };

/* The hub's word as one of ours: a reason is kept by pointer, and the browser has sentences
 * for known ones only. */
static enum err refused(struct contact *c, str body)
{
	struct refusal r;
	if (json_read(body, &refusal_shape, JSON_LENIENT, c->a, &r))
		r.reason = S("invalid");
	const char *word = "invalid";
	for (size_t i = 0; i < countof(known_words); i++)
		if (str_is(r.reason, str_of(known_words[i]))) word = known_words[i];
	bool stale = str_is(r.reason, S("stale"));
	return err_set(stale ? ERR_CONFLICT : ERR_DENIED, word, __FILE__, __LINE__,
	               "the centre refuses: %s", word);
}

enum err say_once(struct contact *c, enum exchange_type type, str body,
                  struct exchange_reply *out)
{
	int status = 0, wait_s = 0;
	bool fresh = type != EXCHANGE_HELLO && type != EXCHANGE_BATCH;
	struct road *road = &c->sync->road;
	exchange_ask(c->sync->identity, type, fresh ? c->challenge : NULL, body, &c->ask);
	str request = buf_as_str(&c->ask);
	enum err e = road->say(road->context, request, &c->reply, &status, &wait_s);
	if (e && wait_s && !road->pause(road->context, wait_s * 1000LL)) return e;
	if (e) return e;
	TRY(exchange_reply_read(buf_as_str(&c->reply), c->link.hub_key, request, out));
	if (out->type == EXCHANGE_REFUSED) return refused(c, out->body);
	if (out->type != type || status != 201)
		return FAIL_WHY(ERR_INVALID, "not-the-hub",
		                "an answer to another question");
	return ERR_OK;
}

int64_t patience_ms(int n)
{
	int64_t ms = 500LL << (n < 7 ? n : 7);
	return ms + (int64_t)seal_random_below((uint32_t)ms); /* not all sites at once */
}

/* A captive portal's page may be gone in a moment; a broken line may be back. */
static bool is_passing(enum err e)
{
	return e == ERR_BUSY || e == ERR_INVALID;
}

enum err say(struct contact *c, enum exchange_type type, str body,
             struct exchange_reply *out)
{
	struct road *road = &c->sync->road;
	for (int n = 1;; n++) {
		enum err e = say_once(c, type, body, out);
		if (e == ERR_CONFLICT && n < TRIES) { /* it took too long: greet again */
			TRY(greet(c));
			continue;
		}
		if (!e || !is_passing(e) || n == TRIES) return e;
		struct err_note note = *err_last();
		if (!road->pause(road->context, patience_ms(n))) {
			err_restore(&note);
			return e;
		}
	}
}

static enum err compare_clock(struct tx *tx, void *hub_at)
{
	return journal_compare_clock(tx, *(const int64_t *)hub_at);
}

enum err greet(struct contact *c)
{
	struct exchange_reply reply;
	struct hello_reply hello;
	char nonce[33];
	uint8_t random[16];
	seal_random(random, sizeof random);
	text_hex(random, sizeof random, nonce);
	TRY(say(c, EXCHANGE_HELLO, str_of(nonce), &reply));
	if (json_read(reply.body, &hello_reply_shape, JSON_LENIENT, c->a, &hello) ||
	    !text_unhex(hello.challenge, c->challenge, CHALLENGE))
		return FAIL_WHY(ERR_INVALID, "not-the-hub",
		                "a greeting without a challenge");
	c->hub_at = reply.hub_at;
	if (!hello.known)
		return FAIL_WHY(ERR_DENIED, "unknown-site",
		                "the centre does not know this laptop");
	return store_write(c->sync->store, compare_clock, &c->hub_at);
}

/* ---- the whole contact ---- */

static fallible open_contact(struct contact *c)
{
	struct db *db;
	TRY(store_reader(c->sync->store, &db));
	enum err e = link_get(db, c->a, &c->link);
	store_reader_done(c->sync->store, db);
	return e;
}

static enum err note(struct tx *tx, void *trouble)
{
	return link_note(tx, *(const str *)trouble);
}

static fallible finish(struct contact *c)
{
	struct db *db;
	struct sync_report now = { 0 };
	TRY(store_reader(c->sync->store, &db));
	enum err e = sync_look(db, c->a, &now);
	store_reader_done(c->sync->store, db);
	if (e) return e;
	c->report->unsent = now.unsent;
	c->report->records = now.records;
	c->report->total = now.total;
	return ERR_OK;
}

static fallible talk(struct contact *c)
{
	TRY(greet(c));
	return push_all(c);
}

enum err sync_run(struct site_sync *sync, struct arena *a, struct sync_report *out)
{
	struct contact *c = arena_new(a, struct contact);
	*c = (struct contact){ .sync = sync, .a = a, .batch = FIRST_BATCH, .report = out };
	*out = (struct sync_report){ .total = S("") };
	TRY(open_contact(c));
	if (c->link.ended.p && str_is(c->link.ended, S("hub-revoked")))
		return FAIL_WHY(ERR_DENIED, "hub-revoked",
		                "the centre's key is in wrong hands: register at the new "
		                "one");
	buf_init(&c->ask, EXCHANGE_MOST);
	buf_init(&c->reply, EXCHANGE_MOST);
	enum err e = talk(c);
	struct err_note said = *err_last();
	buf_free(&c->ask);
	buf_free(&c->reply);
	str trouble = !e            ? STR_NONE
	              : said.reason ? str_of(said.reason)
	                            : str_of(err_word(e));
	enum err noted = store_write(sync->store, note, &trouble);
	if (!noted) noted = finish(c);
	if (e) err_restore(&said);
	return e ? e : noted;
}

/* ---- enrolling ---- */

static enum err set_link(struct tx *tx, void *link)
{
	return link_set(tx, link);
}

static str enrol_body(const struct identity *id, const struct code *code, str name,
                      str contact, struct arena *a)
{
	uint8_t proof[SEAL_MAC];
	char lookup[2 * CODE_LOOKUP + 1], key[2 * SEAL_PUBLIC + 1],
		proven[2 * SEAL_MAC + 1];
	struct buf body;
	seal_mac(code->proof_key, "site", id->public_key, SEAL_PUBLIC, proof);
	text_hex(code->lookup, CODE_LOOKUP, lookup);
	text_hex(id->public_key, SEAL_PUBLIC, key);
	text_hex(proof, SEAL_MAC, proven);
	buf_init(&body, 4096);
	json_write(&body, &enrol_ask_shape,
	           &(struct enrol_ask){ str_of(lookup), str_of(key), name, contact,
	                                str_of(proven) });
	str copy = arena_copy(a, buf_as_str(&body));
	buf_free(&body);
	return copy;
}

static fallible check_certificate(struct site_sync *sync, const struct enrolled *e,
                                  struct site_certificate *out)
{
	enum trust trust = trust_check(e->certificate, e->hub_key, time_now(),
	                               (struct trust_revoked){ NULL, 0 }, out);
	/* This laptop's clock may be wrong; the hub's word is what counts. */
	bool fine = trust == TRUST_OK || trust == TRUST_NOT_YET || trust == TRUST_EXPIRED;
	if (!fine || memcmp(out->public_key, sync->identity->public_key, SEAL_PUBLIC) != 0)
		return FAIL_WHY(ERR_INVALID, "not-the-hub",
		                "the centre gave a certificate that is not this laptop's");
	return ERR_OK;
}

static fallible ask_enrol(struct site_sync *sync, const struct code *code, str body,
                          struct arena *a, struct buf *ask, struct buf *reply,
                          struct enrolled *out)
{
	int status, wait_s;
	exchange_ask(sync->identity, EXCHANGE_ENROL, NULL, body, ask);
	for (int n = 1;; n++) {
		enum err e = sync->road.say(sync->road.context, buf_as_str(ask), reply,
		                            &status, &wait_s);
		if (!e)
			e = exchange_enrolled(buf_as_str(reply), buf_as_str(ask), code, a,
			                      out);
		if (!e || n == TRIES) return e;
		struct err_note said = *err_last();
		bool on = sync->road.pause(sync->road.context, patience_ms(n));
		err_restore(&said);
		if (!on) return e;
	}
}

enum err sync_enrol(struct site_sync *sync, str url, str typed, str name, str contact)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(1 << 20);
	struct code code;
	struct enrolled e;
	struct site_certificate certificate;
	struct buf ask, reply;
	if (!code_read(typed, &code))
		return FAIL_WHY(ERR_INVALID, "bad-code",
		                "a code has twenty letters and digits; check it");
	str body = enrol_body(sync->identity, &code, name, contact, a);
	buf_init(&ask, EXCHANGE_MOST);
	buf_init(&reply, EXCHANGE_MOST);
	enum err err = ask_enrol(sync, &code, body, a, &ask, &reply, &e);
	buf_free(&ask);
	buf_free(&reply);
	if (err) return err;
	if (e.refused.p)
		return FAIL_WHY(ERR_DENIED, "wrong-code",
		                "the centre does not accept the code (%.*s): ask the "
		                "coordinator for a new one",
		                STR_ARG(e.refused));
	TRY(check_certificate(sync, &e, &certificate));
	struct hub_link link = { .url = url, .certificate = e.certificate };
	link.scope = str_of(certificate.scope);
	memcpy(link.hub_key, e.hub_key, SEAL_PUBLIC);
	return store_write(sync->store, set_link, &link);
}

/* ---- the road over HTTP ---- */

static enum err say_by_line(void *line, str request, struct buf *reply, int *status_out,
                            int *wait_s_out)
{
	return line_say(line, request, reply, status_out, wait_s_out);
}

static bool pause_on_line(void *line, int64_t ms)
{
	return line_pause(line, ms);
}

struct road line_road(struct line *line)
{
	return (struct road){ line, say_by_line, pause_on_line };
}
