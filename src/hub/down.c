/* SPDX-License-Identifier: Apache-2.0 */
/* What goes down to sites: things with a name, a scope and a version. One sequence of
 * versions for all, so a site asks "what is newer than N?" and a catalogue that goes back
 * is noticed. Small things lie in the table, courses in the folder items/ by their hash. */
#include "base/text.h"
#include "base/time.h"
#include "hub/inside.h"
#include "sync/bytes.h"
#include "sync/take.h"

#define LIST_MOST 500
#define ITEMS "items"

SQL(hub_item_newest, "SELECT COALESCE(MAX(version), 0) FROM hub_item");

enum err down_newest(struct db *db, int64_t *out)
{
	QUERY(q, db, hub_item_newest);
	*out = query_next(&q) ? column_int(&q, 0, 0) : 0;
	return query_end(&q);
}

/* ---- how far sites are ---- */

SQL(hub_down_furthest, "SELECT COALESCE(MAX(down_version), 0) FROM hub_site");

/* The next version. A hub that came back from a backup has forgotten some that sites have
 * taken; they would pass over what is numbered below. */
static fallible next_version(struct db *db, int64_t *out)
{
	int64_t newest, furthest = 0;
	TRY(down_newest(db, &newest));
	QUERY(q, db, hub_down_furthest);
	if (query_next(&q)) furthest = column_int(&q, 0, 0);
	TRY(query_end(&q));
	*out = (newest > furthest ? newest : furthest) + 1;
	return ERR_OK;
}

SQL(hub_down_note, "UPDATE hub_site SET down_version = :version"
                   " WHERE number = :number AND down_version < :version");

/* A site's word moves the country's numbers, so it moves them by so much at most. */
#define LEAP 1000000

enum err down_note(struct tx *tx, const struct hub_site *site, int64_t version)
{
	int64_t newest;
	TRY(down_newest(tx_db(tx), &newest));
	QUERY(q, tx_db(tx), hub_down_note);
	bind_int(&q, ":number", site->number);
	bind_int(&q, ":version", version < newest + LEAP ? version : newest + LEAP);
	return query_run(&q, NULL);
}

/* ---- changing ---- */

SQL(hub_item_save,
    "INSERT INTO hub_item (name, scope, version, sha256, bytes, content, not_before,"
    " not_after, made_at) VALUES (:name, :scope, :version, :sha256, :bytes, :content,"
    " :not_before, :not_after, :now)"
    " ON CONFLICT (name) DO UPDATE SET scope = excluded.scope, version = excluded.version,"
    " sha256 = excluded.sha256, bytes = excluded.bytes, content = excluded.content,"
    " not_before = excluded.not_before, not_after = excluded.not_after,"
    " made_at = excluded.made_at");

enum err hub_item_put(struct tx *tx, const struct hub_item *item)
{
	int64_t version;
	char hex[2 * SEAL_HASH + 1];
	uint8_t hash[SEAL_HASH];
	if (!scope_is(item->scope) || !item->name.n || item->name.n > 100)
		return FAIL_WHY(ERR_INVALID, "bad-scope",
		                "an item without a scope or a name");
	if (item->content.p && (int64_t)item->content.n > TAKE_SMALL)
		return FAIL(ERR_TOO_LARGE, "an item of %zu bytes", item->content.n);
	TRY(next_version(tx_db(tx), &version));
	seal_sha256(item->content.p, item->content.n, hash);
	text_hex(hash, sizeof hash, hex);
	QUERY(q, tx_db(tx), hub_item_save);
	bind_text(&q, ":name", item->name);
	bind_text(&q, ":scope", item->scope);
	bind_int(&q, ":version", version);
	bind_text(&q, ":sha256", item->content.p ? str_of(hex) : item->sha256);
	bind_int(&q, ":bytes", item->content.p ? (int64_t)item->content.n : item->bytes);
	if (item->content.p)
		bind_blob(&q, ":content", item->content.p, item->content.n);
	else
		bind_null(&q, ":content");
	bind_text(&q, ":not_before", item->not_before);
	bind_text(&q, ":not_after", item->not_after);
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

enum err hub_item_withdraw(struct tx *tx, str name, str scope)
{
	struct hub_item none = {
		.name = name, .scope = scope, .sha256 = S(""), .bytes = 0
	};
	return hub_item_put(tx, &none);
}

/* ---- lists that follow from the sites ---- */

SQL(hub_revoked_keys, "SELECT key_id FROM hub_site WHERE revoked_at IS NOT NULL"
                      " ORDER BY key_id LIMIT 100000");

/* The hub's own, when somebody has said that it is in wrong hands. */
SQL(hub_own_revoked, "SELECT about FROM hub_audit WHERE what = 'hub.revoked'"
                     " ORDER BY id DESC LIMIT 1");

enum err hub_own_key_revoked(struct db *db, struct arena *a, struct key_cut *out,
                             bool *found_out)
{
	QUERY(q, db, hub_own_revoked);
	*found_out = query_next(&q) && text_unhex(column_text(&q, a, 0), out->id, KEY_ID);
	return query_end(&q);
}

enum err items_revoked(struct tx *tx, struct arena *a)
{
	struct buf list;
	struct key_cut own;
	bool lost;
	TRY(hub_own_key_revoked(tx_db(tx), a, &own, &lost));
	buf_init(&list, 1 << 20);
	if (lost) buf_add(&list, own.id, KEY_ID);
	QUERY(q, tx_db(tx), hub_revoked_keys);
	while (query_next(&q)) buf_str(&list, column_blob(&q, a, 0));
	enum err e = query_end(&q);
	struct hub_item item = { .name = S("revoked"), .scope = S("KZ") };
	item.content = list.n ? buf_as_str(&list) : S("");
	if (!e) e = hub_item_put(tx, &item);
	buf_free(&list);
	return e;
}

SQL(hub_certificates_of, "SELECT certificate FROM hub_site WHERE scope = :region"
                         " OR (scope > :region || '/' AND scope < :region || '0')"
                         " ORDER BY number LIMIT 100000");

/* All certificates of a region, each behind its length: one byte. Regions apart, so that
 * one more site does not send everything to everybody. */
enum err items_sites(struct tx *tx, struct arena *a, str scope)
{
	struct buf list;
	buf_init(&list, 8 << 20);
	str region = str_part(scope, 0, str_index(scope, '/'));
	QUERY(q, tx_db(tx), hub_certificates_of);
	bind_text(&q, ":region", region);
	while (query_next(&q)) {
		str certificate = column_blob(&q, a, 0);
		if (certificate.n > 255) continue;
		buf_char(&list, (char)certificate.n);
		buf_str(&list, certificate);
	}
	enum err e = query_end(&q);
	struct hub_item item = { .scope = S("KZ"), .content = buf_as_str(&list) };
	item.name = arena_printf(a, "sites/%.*s", STR_ARG(region));
	if (!e) e = hub_item_put(tx, &item);
	buf_free(&list);
	return e;
}

enum err hub_revoke_own(struct tx *tx, const struct hub *hub, str why, str who)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(1 << 20);
	char key[2 * KEY_ID + 1];
	text_hex(hub->identity.key_id, KEY_ID, key);
	TRY(hub_audit(tx, who, S("hub.revoked"), str_of(key), why));
	return items_revoked(tx, a);
}

/* ---- asking ---- */

SQL(hub_item_list,
    "SELECT name, scope, version, sha256, bytes, not_before, not_after FROM hub_item"
    " WHERE version > :after ORDER BY version LIMIT 500");

enum err down_list(struct db *db, struct arena *a, const struct hub_site *site,
                   int64_t after, struct down_list *out)
{
	struct down_entry *list = arena_alloc(a, LIST_MOST * sizeof *list);
	struct down_list told = { .version = after };
	size_t n = 0, seen = 0;
	QUERY(q, db, hub_item_list);
	bind_int(&q, ":after", after);
	while (seen < LIST_MOST && query_next(&q)) {
		seen++;
		told.version = column_int(&q, 2, 0);
		if (!scope_covers(column_text(&q, a, 1), site->scope)) continue;
		list[n++] = (struct down_entry){
			.name = column_text(&q, a, 0),
			.scope = column_text(&q, a, 1),
			.version = told.version,
			.sha256 = column_text(&q, a, 3),
			.bytes = column_int(&q, 4, 0),
			.not_before = column_text(&q, a, 5),
			.not_after = column_text(&q, a, 6),
		};
	}
	TRY(query_end(&q));
	told.more = seen == LIST_MOST;
	told.items = (struct json_list){ list, n };
	*out = told;
	return ERR_OK;
}

SQL(hub_item_find, "SELECT scope, sha256, content, bytes FROM hub_item WHERE name = :name");

struct found_item {
	str scope, sha256, content;
	int64_t bytes;
};

static fallible find_item(struct db *db, struct arena *a, str name, struct found_item *out)
{
	QUERY(q, db, hub_item_find);
	bind_text(&q, ":name", name);
	if (query_next(&q))
		*out = (struct found_item){ column_text(&q, a, 0), column_text(&q, a, 1),
			                    column_blob(&q, a, 2), column_int(&q, 3, 0) };
	else if (!q.err)
		return FAIL_WHY(ERR_NOT_FOUND, "no-item", "no item of that name");
	return query_end(&q);
}

enum err hub_item_path(const struct hub *hub, str sha256, char out[FILE_PATH])
{
	char folder[FILE_PATH], name[2 * SEAL_HASH + 1] = "";
	if (sha256.n != 2 * SEAL_HASH) return FAIL(ERR_INVALID, "not a hash");
	memcpy(name, sha256.p, sha256.n);
	TRY(file_path(folder, hub->folder, ITEMS));
	return file_path(out, folder, name);
}

/* A piece: how long the whole is, where the piece begins, its bytes. */
static void add_piece(struct buf *out, int64_t bytes, int64_t from, str piece)
{
	uint8_t head[16];
	struct writing w = { head, 0, sizeof head, false };
	write_i64(&w, bytes);
	write_i64(&w, from);
	buf_add(out, head, w.n);
	buf_str(out, piece);
}

enum err item_answer(struct hub *hub, struct db *db, struct arena *a,
                     const struct hub_site *site, str body, struct buf *out)
{
	struct item_ask ask;
	struct found_item item = { .bytes = 0 };
	if (json_read(body, &item_ask_shape, JSON_LENIENT, a, &ask))
		return FAIL(ERR_INVALID, "not a request for a piece");
	TRY(find_item(db, a, ask.name, &item));
	if (!scope_covers(item.scope, site->scope))
		return FAIL_WHY(ERR_DENIED, "wrong-scope", "an item of another scope");
	if (!str_is(item.sha256, ask.sha256))
		return FAIL_WHY(ERR_NOT_FOUND, "no-item", "that item has changed since");
	if (ask.from > item.bytes) return FAIL(ERR_INVALID, "a piece beyond the end");
	if (item.content.p) {
		str piece = str_part(item.content, (size_t)ask.from,
		                     (size_t)(ask.from + ask.most));
		add_piece(out, item.bytes, ask.from, piece);
		return ERR_OK;
	}
	char path[FILE_PATH];
	TRY(hub_item_path(hub, item.sha256, path));
	char *piece = arena_alloc(a, (size_t)ask.most);
	size_t n;
	TRY(file_read_at(path, (uint64_t)ask.from, piece, (size_t)ask.most, &n));
	add_piece(out, item.bytes, ask.from, (str){ piece, n });
	return ERR_OK;
}
