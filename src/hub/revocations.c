/* SPDX-License-Identifier: Apache-2.0 */
/* The signed, dated list of certificates that hold no longer, of the whole country: a
 * certificate is shown anywhere. It is written anew when somebody asks and something has
 * ended since, not with each record: a day's batches would write it hundreds of times. */
#include "certificate/revocations.h"

#include "base/time.h"
#include "certificate/serial.h"
#include "certificate/verify.h"
#include "hub/inside.h"

#define MEMORY ((size_t)64 << 20)
#define SITES_MOST 100000

SQL(hub_stale_add, "INSERT INTO hub_stale (name) VALUES (:name)"
                   " ON CONFLICT (name) DO NOTHING");

enum err items_stale(struct tx *tx, str name)
{
	QUERY(q, tx_db(tx), hub_stale_add);
	bind_text(&q, ":name", name);
	return query_run(&q, NULL);
}

SQL(hub_stale_find, "SELECT 1 FROM hub_stale WHERE name = 'revocations'");
SQL(hub_stale_end, "DELETE FROM hub_stale WHERE name = 'revocations'");

static fallible is_stale(struct db *db, bool *out)
{
	QUERY(q, db, hub_stale_find);
	*out = query_next(&q);
	return query_end(&q);
}

/* ---- the list ---- */

SQL(hub_ended, "SELECT serial, state, superseded_by, why, changed_at FROM hub_certificate"
               " WHERE state IN ('revoked', 'superseded')"
               " ORDER BY changed_at DESC, serial LIMIT 100000");

static str day_of(struct arena *a, int64_t at)
{
	char text[TIME_TEXT];
	time_write(at + ALMATY_MS, text);
	return arena_copy(a, str_part(str_of(text), 0, 10));
}

/* A site's words are not ours: what a reader of the list would stumble over is put right,
 * or left out when it is no number of a certificate. */
static bool entry_of(struct query *q, struct arena *a, struct revocation *out)
{
	char serial[SERIAL_TEXT], by[SERIAL_TEXT];
	if (!serial_read(column_text(q, a, 0), serial, NULL)) return false;
	*out = (struct revocation){ .serial = arena_copy(a, str_of(serial)),
		                    .on = day_of(a, column_int(q, 4, 0)) };
	str successor = column_text(q, a, 2), why = column_text(q, a, 3);
	if (str_is(column_text(q, a, 1), S("superseded")) && successor.p &&
	    serial_read(successor, by, NULL))
		out->by = arena_copy(a, str_of(by));
	else
		out->reason = why.p && revocation_reason_is(why) ? why : S("other");
	return true;
}

static fallible find_ended(struct db *db, struct arena *a, struct json_list *out)
{
	struct revocation *list = arena_alloc(a, REVOCATIONS_MOST * sizeof *list);
	size_t n = 0;
	QUERY(q, db, hub_ended);
	while (n < REVOCATIONS_MOST && query_next(&q)) n += entry_of(&q, a, &list[n]);
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

static enum err write_anew(struct tx *tx, void *arg)
{
	const struct hub *hub = arg;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct json_list ended;
	struct buf text;
	TRY(find_ended(tx_db(tx), a, &ended));
	buf_init(&text, REVOCATIONS_FILE);
	revocations_write(&text, &hub->identity, time_now(), ended);
	struct hub_item item = { .name = S("revocations"), .scope = S("KZ") };
	item.content = buf_as_str(&text);
	enum err e = text.over ? FAIL(ERR_TOO_LARGE, "the list of revocations is too long")
	                       : hub_item_put(tx, &item);
	buf_free(&text);
	if (e) return e;
	QUERY(q, tx_db(tx), hub_stale_end);
	return query_run(&q, NULL);
}

enum err items_refresh(struct hub *hub, struct db *db)
{
	bool stale;
	TRY(is_stale(db, &stale));
	return stale ? store_write(hub->store, write_anew, hub) : ERR_OK;
}

/* ---- to carry away ---- */

SQL(hub_revocations_item, "SELECT content FROM hub_item WHERE name = 'revocations'");

static fallible read_list(struct hub *hub, struct db *db, struct arena *a, str *out)
{
	TRY(items_refresh(hub, db));
	QUERY(q, db, hub_revocations_item);
	*out = query_next(&q) ? column_blob(&q, a, 0) : S("");
	return query_end(&q);
}

enum err hub_revocations(struct hub *hub, struct arena *a, str *out)
{
	struct db *db;
	TRY(store_reader(hub->store, &db));
	enum err e = read_list(hub, db, a, out);
	store_reader_done(hub->store, db);
	return e;
}

SQL(hub_all_certificates, "SELECT certificate, revoked_at, key_id FROM hub_site"
                          " ORDER BY number LIMIT 100000");

static fallible read_trust(struct hub *hub, struct db *db, struct arena *a, struct buf *out)
{
	struct hub_known own = { .name = hub->name.p ? hub->name : S("") };
	struct site_known *site = arena_alloc(a, SITES_MOST * sizeof *site);
	struct key_cut *cut = arena_alloc(a, (SITES_MOST + 1) * sizeof *cut);
	size_t n = 0, n_cut = 0;
	bool lost;
	TRY(hub_own_key_revoked(db, a, &cut[0], &lost));
	n_cut = lost;
	memcpy(own.public_key, hub->identity.public_key, SEAL_PUBLIC);
	QUERY(q, db, hub_all_certificates);
	while (n < SITES_MOST && query_next(&q)) {
		str key = column_blob(&q, a, 2);
		site[n++] = (struct site_known){ column_blob(&q, a, 0), S("") };
		if (!column_is_null(&q, 1) && key.n == KEY_ID)
			memcpy(cut[n_cut++].id, key.p, KEY_ID);
	}
	TRY(query_end(&q));
	struct trust_list list = { { &own, 1 }, { site, n }, { cut, n_cut } };
	trust_list_write(out, &list);
	return out->over ? FAIL(ERR_TOO_LARGE, "too many sites for one list") : ERR_OK;
}

enum err hub_trust(struct hub *hub, struct arena *a, str *out)
{
	struct db *db;
	struct buf text;
	buf_init(&text, (size_t)32 << 20);
	TRY(store_reader(hub->store, &db));
	enum err e = read_trust(hub, db, a, &text);
	store_reader_done(hub->store, db);
	if (!e) *out = arena_copy(a, buf_as_str(&text));
	buf_free(&text);
	return e;
}
