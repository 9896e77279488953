/* SPDX-License-Identifier: Apache-2.0 */
/* Fetching what comes from above. The list is signed, each thing on it has a hash; a thing
 * counts only when it is here whole and of that hash, and then it is applied and noted in
 * one transaction. What broke off goes on where it stopped. Versions only grow: a list that
 * goes back is not believed. */
#include "base/file.h"
#include "base/text.h"
#include "base/time.h"
#include "sync/bytes.h"
#include "sync/inside.h"

#include <stdio.h>

#define SMALL (4 << 20) /* bytes of a thing that is kept in memory and in the database */
#define PIECE (192 << 10)

static fallible ask_list(struct contact *c, int64_t after, struct down_list *out)
{
	struct exchange_reply reply;
	char body[64];
	int n = snprintf(body, sizeof body, "{\"after\":%lld}", (long long)after);
	TRY(say(c, EXCHANGE_DOWN, (str){ body, (size_t)n }, &reply));
	str kept = arena_copy(c->a, reply.body);
	if (json_read(kept, &down_list_shape, JSON_LENIENT, c->a, out) ||
	    out->version < after)
		return FAIL_WHY(ERR_INVALID, "not-the-hub", "a list that goes back");
	return ERR_OK;
}

/* ---- one thing ---- */

static fallible ask_piece(struct contact *c, const struct down_entry *e, int64_t from,
                          str *out)
{
	struct exchange_reply reply;
	struct buf body;
	struct item_ask ask = { e->name, e->sha256, from, PIECE };
	buf_init(&body, 4096);
	json_write(&body, &item_ask_shape, &ask);
	enum err err = say(c, EXCHANGE_ITEM, buf_as_str(&body), &reply);
	buf_free(&body);
	if (err) return err;
	struct reading_bytes r = { reply.body, false };
	int64_t whole = read_i64(&r), at = read_i64(&r);
	if (r.over || whole != e->bytes || at != from ||
	    (int64_t)r.rest.n > e->bytes - from || (!r.rest.n && from < e->bytes))
		return FAIL_WHY(ERR_INVALID, "not-the-hub", "a piece of something else");
	*out = r.rest;
	return ERR_OK;
}

struct taking {
	struct contact *c;
	const struct down_entry *e;
	str content;
	bool whole; /* the content is here, in memory */
};

SQL(down_newest_of, "SELECT version FROM down_item WHERE name = :name");
SQL(down_save,
    "INSERT INTO down_item (name, version, sha256, bytes, content, got_at) VALUES (:name,"
    " :version, :sha256, :bytes, :content, :now) ON CONFLICT (name) DO UPDATE SET"
    " version = excluded.version, sha256 = excluded.sha256, bytes = excluded.bytes,"
    " content = excluded.content, got_at = excluded.got_at");

static fallible is_old(struct tx *tx, const struct down_entry *e, bool *out)
{
	QUERY(q, tx_db(tx), down_newest_of);
	bind_text(&q, ":name", e->name);
	*out = query_next(&q) && column_int(&q, 0, 0) >= e->version;
	return query_end(&q);
}

static enum err take(struct tx *tx, void *arg)
{
	struct taking *t = arg;
	struct site_sync *s = t->c->sync;
	bool old;
	TRY(is_old(tx, t->e, &old));
	if (old) return link_down(tx, t->e->version);
	QUERY(q, tx_db(tx), down_save);
	bind_text(&q, ":name", t->e->name);
	bind_int(&q, ":version", t->e->version);
	bind_text(&q, ":sha256", t->e->sha256);
	bind_int(&q, ":bytes", t->e->bytes);
	if (t->whole)
		bind_blob(&q, ":content", t->content.p ? t->content.p : "", t->content.n);
	else
		bind_null(&q, ":content");
	bind_int(&q, ":now", time_now());
	TRY(query_run(&q, NULL));
	if (s->apply) TRY(s->apply(tx, s->apply_context, t->e, t->content));
	return link_down(tx, t->e->version);
}

static bool hash_is(const struct down_entry *e, str content)
{
	uint8_t hash[SEAL_HASH], wanted[SEAL_HASH];
	seal_sha256(content.p ? content.p : "", content.n, hash);
	return text_unhex(e->sha256, wanted, SEAL_HASH) &&
	       memcmp(hash, wanted, SEAL_HASH) == 0;
}

static fallible fetch_small(struct contact *c, const struct down_entry *e)
{
	struct buf content;
	buf_init(&content, SMALL);
	enum err err = ERR_OK;
	while (!err && (int64_t)content.n < e->bytes) {
		str piece;
		err = ask_piece(c, e, (int64_t)content.n, &piece);
		if (!err) buf_str(&content, piece);
	}
	struct taking t = { c, e, buf_as_str(&content), true };
	if (!err && !hash_is(e, t.content))
		err = FAIL_WHY(ERR_INVALID, "not-the-hub", "a thing of another hash");
	if (!err) err = store_write(c->sync->store, take, &t);
	buf_free(&content);
	return err;
}

static fallible hash_file(const char *path, struct arena *a, uint8_t out[SEAL_HASH])
{
	struct seal_sha256_state s;
	char *piece = arena_alloc(a, PIECE);
	uint64_t from = 0;
	size_t n = PIECE;
	seal_sha256_begin(&s);
	while (n == PIECE) {
		TRY(file_read_at(path, from, piece, PIECE, &n));
		seal_sha256_add(&s, piece, n);
		from += n;
	}
	seal_sha256_end(&s, out);
	return ERR_OK;
}

/* A large one grows in a file beside the database, and stays there when the line breaks. */
static fallible fetch_large(struct contact *c, const struct down_entry *e)
{
	char folder[FILE_PATH], path[FILE_PATH], name[80];
	uint64_t have = 0;
	snprintf(name, sizeof name, "%.*s", STR_ARG(e->sha256));
	TRY(file_path(folder, c->sync->folder, "incoming"));
	TRY(file_make_folder(folder));
	TRY(file_path(path, folder, name));
	if (file_exists(path)) TRY(file_size(path, &have));
	while ((int64_t)have < e->bytes) {
		str piece;
		TRY(ask_piece(c, e, (int64_t)have, &piece));
		TRY(file_append(path, piece));
		have += piece.n;
	}
	uint8_t hash[SEAL_HASH], wanted[SEAL_HASH];
	TRY(hash_file(path, c->a, hash));
	if (!text_unhex(e->sha256, wanted, SEAL_HASH) ||
	    memcmp(hash, wanted, SEAL_HASH) != 0) {
		TRY(file_drop(path));
		return FAIL_WHY(ERR_INVALID, "not-the-hub", "a thing of another hash");
	}
	struct taking t = { c, e, str_of(path), false };
	return store_write(c->sync->store, take, &t);
}

static fallible fetch_one(struct contact *c, const struct down_entry *e)
{
	struct taking withdrawn = { c, e, S(""), true };
	if (!e->sha256.n) return store_write(c->sync->store, take, &withdrawn);
	enum err err = e->bytes <= SMALL ? fetch_small(c, e) : fetch_large(c, e);
	/* It was replaced while we were fetching: the next list has the new one. */
	if (err == ERR_DENIED && str_is(str_of(err_last()->reason), S("no-item")))
		return ERR_OK;
	if (!err) c->report->items++;
	return err;
}

struct reached {
	int64_t version;
};
static enum err note_version(struct tx *tx, void *arg)
{
	return link_down(tx, ((const struct reached *)arg)->version);
}

enum err fetch_all(struct contact *c, int64_t newest)
{
	int64_t after = c->link.down_version;
	bool more = newest > after;
	while (more) {
		struct down_list list;
		TRY(ask_list(c, after, &list));
		const struct down_entry *e = list.items.items;
		for (size_t i = 0; i < list.items.n; i++) TRY(fetch_one(c, &e[i]));
		more = list.more && list.version > after;
		after = list.version;
		struct reached r = { after };
		TRY(store_write(c->sync->store, note_version, &r));
	}
	return ERR_OK;
}
