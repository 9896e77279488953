/* SPDX-License-Identifier: Apache-2.0 */
/* What this site knows of hubs (the one that it is enrolled at), of sites (itself), of keys
 * that were cut off and of certificates that hold no longer. */
#include "base/time.h"
#include "certificate/inside.h"

#include <stdio.h>

#define ENDED_MOST REVOCATIONS_MOST
#define LISTS 10   /* from above */
#define SITES 5000 /* that a hub tells of */

/* ---- the hub ---- */
SQL(hub_select, "SELECT url, hub_key, certificate FROM hub_link WHERE only = 1");

/* "https://hub.kenes.kz/" is "hub.kenes.kz". */
static str host_of(str url)
{
	str scheme = S("https://"), plain = S("http://");
	if (str_starts(url, scheme)) url = str_part(url, scheme.n, url.n);
	if (str_starts(url, plain)) url = str_part(url, plain.n, url.n);
	return str_part(url, 0, str_index(url, '/'));
}

/* "sites/REGION": certificates, each behind one byte with its length. "revoked": the ids of
 * keys that the hub has cut off, one behind the other (src/hub/down.c). */
SQL(sites_select, "SELECT content FROM down_item WHERE name LIKE 'sites/%'"
                  " AND content IS NOT NULL ORDER BY name LIMIT 100");
SQL(cut_off_select, "SELECT content FROM down_item WHERE name = 'revoked'");

static fallible find_cut(struct db *db, struct arena *a, struct json_list *out)
{
	QUERY(q, db, cut_off_select);
	str bytes = query_next(&q) ? column_blob(&q, a, 0) : STR_NONE;
	TRY(query_end(&q));
	size_t n = bytes.n / KEY_ID;
	struct key_cut *list = arena_alloc(a, (n + 1) * sizeof *list);
	for (size_t i = 0; i < n; i++) memcpy(list[i].id, bytes.p + i * KEY_ID, KEY_ID);
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

static void add_site(str certificate, struct site_known *list, size_t *n)
{
	struct site_certificate c;
	if (*n < SITES && trust_read(certificate, &c))
		list[(*n)++] = (struct site_known){ certificate, S("") };
}

/* This site itself, and the others that the hub has told of. */
static fallible find_sites(struct db *db, struct arena *a, str own, struct json_list *out)
{
	struct site_known *list = arena_alloc(a, SITES * sizeof *list);
	size_t n = 0;
	add_site(own, list, &n);
	QUERY(q, db, sites_select);
	while (query_next(&q)) {
		str rest = column_blob(&q, a, 0);
		while (rest.n > 0) {
			size_t length = (uint8_t)rest.p[0];
			add_site(str_part(rest, 1, 1 + length), list, &n);
			rest = str_part(rest, 1 + length, rest.n);
		}
	}
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

static fallible find_hub(struct db *db, struct arena *a, struct authority *out)
{
	QUERY(q, db, hub_select);
	if (!query_next(&q)) return query_end(&q);
	str host = host_of(column_text(&q, a, 0)), key = column_blob(&q, a, 1);
	str certificate = column_blob(&q, a, 2);
	TRY(query_end(&q));
	if (key.n != SEAL_PUBLIC)
		return FAIL(ERR_CORRUPT, "hub_link: a key of %zu bytes", key.n);
	struct hub_known *hub = arena_new(a, struct hub_known);
	memcpy(hub->public_key, key.p, SEAL_PUBLIC);
	hub->name = host;
	out->hub = host;
	out->trust.hubs = (struct json_list){ hub, 1 };
	TRY(find_cut(db, a, &out->trust.cut));
	return find_sites(db, a, certificate, &out->trust.sites);
}

/* ---- what has ended ---- */
SQL(ended_select, "SELECT serial, successor, reason, on_date FROM certificate_end"
                  " ORDER BY made_at, serial LIMIT 100000");

static fallible find_ended(struct db *db, struct arena *a, struct json_list *out)
{
	size_t n = 0, room = 64;
	struct revocation *list = arena_alloc(a, room * sizeof *list);
	QUERY(q, db, ended_select);
	while (n < ENDED_MOST && query_next(&q)) {
		if (n == room) {
			struct revocation *more = arena_alloc(a, 2 * room * sizeof *more);
			memcpy(more, list, n * sizeof *list);
			list = more;
			room *= 2;
		}
		list[n++] = (struct revocation){
			.serial = column_text(&q, a, 0),
			.by = column_text(&q, a, 1),
			.reason = column_text(&q, a, 2),
			.on = column_text(&q, a, 3),
		};
	}
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

enum err authority_get(struct db *db, struct arena *a, const struct identity *site,
                       struct authority *out)
{
	struct authority all = { 0 };
	char now[TIME_TEXT];
	TRY(find_hub(db, a, &all));
	TRY(find_ended(db, a, &all.own.entry));
	time_write(time_now(), now);
	all.own.dated = arena_copy(a, str_of(now));
	memcpy(all.own.public_key, site->public_key, SEAL_PUBLIC);
	memcpy(all.own.key_id, site->key_id, KEY_ID);
	*out = all;
	return ERR_OK;
}

enum err authority_revocations(struct db *db, struct arena *a, const struct identity *site,
                               struct buf *out)
{
	struct json_list ended;
	TRY(find_ended(db, a, &ended));
	revocations_write(out, site, time_now(), ended);
	return out->over ? FAIL(ERR_TOO_LARGE, "the list of revocations is too long")
	                 : ERR_OK;
}

/* ---- from above ---- */
SQL(lists_select, "SELECT content FROM down_item WHERE name LIKE 'revocations%'"
                  " AND content IS NOT NULL ORDER BY name LIMIT 10");

enum err authority_list_texts(struct db *db, struct arena *a, struct json_list *out)
{
	str *list = arena_alloc(a, LISTS * sizeof *list);
	size_t n = 0;
	QUERY(q, db, lists_select);
	while (n < LISTS && query_next(&q)) list[n++] = column_blob(&q, a, 0);
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

SQL(list_here, "SELECT content FROM down_item WHERE name = 'revocations'"
               " AND content IS NOT NULL");

static fallible not_our_list(const char *what)
{
	return FAIL_WHY(ERR_INVALID, "not-the-hub", "a list of revocations %s", what);
}

enum err authority_check_list(struct tx *tx, struct arena *a, str text)
{
	struct authority known = { 0 };
	struct revocations fresh, here;
	TRY(find_hub(tx_db(tx), a, &known));
	const struct hub_known *hub = known.trust.hubs.items;
	if (revocations_read(a, text, &fresh)) return not_our_list("that is none");
	if (!known.trust.hubs.n ||
	    memcmp(fresh.public_key, hub->public_key, SEAL_PUBLIC) != 0)
		return not_our_list("by another centre");
	QUERY(q, tx_db(tx), list_here);
	str old = query_next(&q) ? column_blob(&q, a, 0) : STR_NONE;
	TRY(query_end(&q));
	/* Of another hub's it says nothing; RFC 3339 in UTC sorts as its letters do. */
	if (!old.p || revocations_read(a, old, &here) ||
	    memcmp(here.public_key, fresh.public_key, SEAL_PUBLIC) != 0)
		return ERR_OK;
	size_t n = here.dated.n < fresh.dated.n ? here.dated.n : fresh.dated.n;
	return memcmp(fresh.dated.p, here.dated.p, n) < 0
	               ? not_our_list("that is older than ours")
	               : ERR_OK;
}

enum err authority_lists(struct db *db, struct arena *a, struct json_list *out)
{
	struct revocations *list = arena_alloc(a, LISTS * sizeof *list);
	struct json_list texts;
	size_t n = 0;
	TRY(authority_list_texts(db, a, &texts));
	const str *text = texts.items;
	/* One that cannot be read must not hide the others. */
	for (size_t i = 0; i < texts.n; i++)
		if (revocations_read(a, text[i], &list[n]) == ERR_OK) n++;
	*out = (struct json_list){ list, n };
	return ERR_OK;
}
