/* SPDX-License-Identifier: Apache-2.0 */
/* A hub and sites in one process, with nothing between them but bytes. */
#pragma once

#include "base/text.h"
#include "base/time.h"
#include "hub/hub.h"
#include "support/test.h"
#include "sync/journal.h"

#define NOON 1795348800000LL
#define DAY 86400000LL

struct place { /* a site */
	char folder[FILE_PATH];
	struct identity id;
	struct store *store;
};
struct country {
	struct hub hub;
	struct arena *a;
	struct place site[4];
	int status; /* of the last answer */
};

static inline void place_open(struct place *p)
{
	assert_ok(store_open(p->folder, &p->store));
	assert_ok(identity_open(p->folder, IDENTITY_SITE, &p->id));
	assert_ok(journal_begin(p->store, p->folder, &p->id));
}

/* ---- one exchange ---- */

/* The hub's reply to these bytes; its type in `c->status`'s place when it is 201. */
static inline struct exchange_reply country_say(struct country *c, str bytes)
{
	struct buf reply;
	struct exchange_reply got = { 0 };
	buf_init(&reply, EXCHANGE_MOST);
	assert_ok(hub_answer(&c->hub, bytes, c->a, &reply, &c->status));
	if (reply.n) {
		str kept = arena_copy(c->a, buf_as_str(&reply));
		assert_ok(
			exchange_reply_read(kept, c->hub.identity.public_key, bytes, &got));
	}
	buf_free(&reply);
	return got;
}

static inline str country_ask(struct country *c, const struct identity *id,
                              enum exchange_type type, const uint8_t *challenge, str body)
{
	struct buf bytes;
	buf_init(&bytes, EXCHANGE_MOST);
	exchange_ask(id, type, challenge, body, &bytes);
	str kept = arena_copy(c->a, buf_as_str(&bytes));
	buf_free(&bytes);
	return kept;
}

static inline str country_refused(struct country *c, struct exchange_reply reply)
{
	struct refusal refusal = { S("(none)") };
	if (reply.type == EXCHANGE_REFUSED)
		assert_ok(json_read(reply.body, &refusal_shape, JSON_LENIENT, c->a,
		                    &refusal));
	return refusal.reason;
}

static inline void country_challenge(struct country *c, const struct identity *id,
                                     uint8_t out[CHALLENGE])
{
	struct hello_reply hello;
	struct exchange_reply reply =
		country_say(c, country_ask(c, id, EXCHANGE_HELLO, NULL, S("nonce")));
	assert_int_equal(reply.type, EXCHANGE_HELLO);
	assert_ok(json_read(reply.body, &hello_reply_shape, JSON_LENIENT, c->a, &hello));
	assert_true(text_unhex(hello.challenge, out, CHALLENGE));
}

/* A question that needs a challenge of today. */
static inline struct exchange_reply country_fresh(struct country *c, struct place *p,
                                                  enum exchange_type type, str body)
{
	uint8_t challenge[CHALLENGE];
	country_challenge(c, &p->id, challenge);
	return country_say(c, country_ask(c, &p->id, type, challenge, body));
}

/* ---- enrolling ---- */

struct country_invite {
	const char *code, *scope;
	int64_t life_ms;
	struct id id;
};
static inline enum err country_invite_in(struct tx *tx, void *arg)
{
	struct country_invite *i = arg;
	return hub_invite_add(tx, str_of(i->code), str_of(i->scope), S("test"), i->life_ms,
	                      S("test"), &i->id);
}

static inline struct exchange_reply country_enrol(struct country *c,
                                                  const struct identity *id,
                                                  const char *text)
{
	struct code code;
	uint8_t proof[SEAL_MAC];
	char lookup[17], key[65], proven[33];
	assert_true(code_read(str_of(text), &code));
	seal_mac(code.proof_key, "site", id->public_key, SEAL_PUBLIC, proof);
	text_hex(code.lookup, CODE_LOOKUP, lookup);
	text_hex(id->public_key, SEAL_PUBLIC, key);
	text_hex(proof, SEAL_MAC, proven);
	str body = arena_printf(c->a,
	                        "{\"code\":\"%s\",\"public_key\":\"%s\",\"name\":\"Hall\","
	                        "\"proof\":\"%s\"}",
	                        lookup, key, proven);
	return country_say(c, country_ask(c, id, EXCHANGE_ENROL, NULL, body));
}

static inline void country_join(struct country *c, struct place *p, const char *scope)
{
	char code[CODE_TEXT];
	code_new(code);
	struct country_invite i = { code, scope, DAY, { "" } };
	assert_ok(store_write(c->hub.store, country_invite_in, &i));
	assert_int_equal(country_enrol(c, &p->id, code).type, EXCHANGE_ENROL);
}

/* ---- records ---- */

struct country_fact {
	const char *kind;
	str body;
};
static inline enum err country_tell_in(struct tx *tx, void *arg)
{
	struct country_fact *f = arg;
	return journal_add_json(tx, str_of(f->kind), STR_NONE, f->body);
}
static inline void country_tell(struct place *p, const char *kind, str body)
{
	assert_ok(store_write(p->store, country_tell_in,
	                      &(struct country_fact){ kind, body }));
}

static inline struct journal_epoch country_now(struct country *c, struct place *p)
{
	struct db *db;
	struct journal_epoch e;
	assert_ok(store_reader(p->store, &db));
	assert_ok(journal_now(db, c->a, &e));
	store_reader_done(p->store, db);
	return e;
}

/* The request that brings records first … first + n - 1. */
static inline str country_batch(struct country *c, struct place *p, int64_t epoch,
                                int64_t first, size_t n)
{
	struct db *db;
	struct json_list list;
	struct buf bytes;
	size_t taken;
	assert_ok(store_reader(p->store, &db));
	assert_ok(journal_read(db, c->a, epoch, first, n, 1 << 30, &list));
	store_reader_done(p->store, db);
	buf_init(&bytes, BATCH_MOST);
	assert_ok(batch_write(&p->id, list.items, list.n, BATCH_MOST, &bytes, &taken));
	assert_int_equal(taken, list.n);
	str body = arena_copy(c->a, buf_as_str(&bytes));
	buf_free(&bytes);
	return country_ask(c, &p->id, EXCHANGE_BATCH, NULL, body);
}

static inline struct receipt country_send(struct country *c, str request)
{
	struct receipt receipt;
	struct exchange_reply reply = country_say(c, request);
	assert_int_equal(reply.type, EXCHANGE_BATCH);
	assert_int_equal(c->status, 201);
	assert_ok(json_read(reply.body, &receipt_shape, JSON_LENIENT, c->a, &receipt));
	return receipt;
}

/* All of the present epoch. */
static inline struct receipt country_send_all(struct country *c, struct place *p)
{
	struct journal_epoch e = country_now(c, p);
	return country_send(c, country_batch(c, p, e.epoch, 1, (size_t)e.seq));
}

/* ---- looking ---- */

static inline int64_t country_number(struct country *c, const struct sql *sql, str id)
{
	struct db *db;
	assert_ok(store_reader(c->hub.store, &db));
	struct query q = query_begin(db, sql);
	if (id.p) bind_text(&q, ":id", id);
	int64_t n = query_next(&q) ? column_int(&q, 0, 0) : -1;
	assert_ok(query_end(&q));
	query_done(&q);
	store_reader_done(c->hub.store, db);
	return n;
}

static inline void country_folder(const char *parent, const char *name, char out[FILE_PATH])
{
	assert_ok(file_path(out, parent, name));
	assert_ok(file_make_folder(out));
}

static inline int country_open(void **state)
{
	struct country *c = calloc(1, sizeof *c);
	char parent[FILE_PATH], folder[FILE_PATH], name[8];
	assert_ok(seal_start());
	time_stop_at(NOON);
	c->a = arena_open(256 << 20);
	test_folder(parent);
	country_folder(parent, "hub", folder);
	c->hub.name = S("Hub");
	assert_ok(hub_open(folder, &c->hub));
	for (size_t i = 0; i < countof(c->site); i++) {
		snprintf(name, sizeof name, "site%zu", i);
		country_folder(parent, name, c->site[i].folder);
		place_open(&c->site[i]);
	}
	country_join(c, &c->site[0], "KZ-11/1132");
	country_join(c, &c->site[1], "KZ-11/1133");
	*state = c;
	return 0;
}

static inline int country_close(void **state)
{
	struct country *c = *state;
	for (size_t i = 0; i < countof(c->site); i++) store_close(c->site[i].store);
	hub_close(&c->hub);
	arena_close(c->a);
	free(c);
	time_stop_at(0);
	return 0;
}
