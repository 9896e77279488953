/* SPDX-License-Identifier: Apache-2.0 */
/* Fetching what comes from above by the line. The list is signed and each thing on it has a
 * hash (sync/take.h). Small things come first, so that nobody waits for a film to learn of
 * a revocation; what broke off goes on where it stopped, for a large thing gathers in a
 * file. How far everything is here moves on only at the end of a list. */
#include "sync/bytes.h"
#include "sync/inside.h"
#include "sync/take.h"

#include <stdio.h>

#define PIECE (192 << 10)

static fallible ask_list(struct contact *c, int64_t after, struct down_list *out)
{
	struct exchange_reply reply;
	char body[64];
	int n = snprintf(body, sizeof body, "{\"after\":%lld}", (long long)after);
	TRY(say(c, EXCHANGE_DOWN, (str){ body, (size_t)n }, &reply));
	str kept = arena_copy(c->a, reply.body);
	if (json_read(kept, &down_list_shape, JSON_LENIENT, c->a, out))
		return FAIL_WHY(ERR_INVALID, "not-the-hub", "an answer that is no list");
	return take_check_list(&c->link, after, out);
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

static fallible fetch_small(struct contact *c, const struct down_entry *e)
{
	struct buf content;
	buf_init(&content, (size_t)TAKE_SMALL);
	enum err err = ERR_OK;
	while (!err && (int64_t)content.n < e->bytes) {
		str piece;
		err = ask_piece(c, e, (int64_t)content.n, &piece);
		if (!err) buf_str(&content, piece);
	}
	if (!err) err = take_small(c->sync, e, buf_as_str(&content));
	buf_free(&content);
	return err;
}

/* Somebody may be fetching into the same file (a command beside the server): they are the
 * same bytes, so each looks how far the file has got. */
static fallible fetch_file(struct contact *c, const struct down_entry *e, const char *path)
{
	uint64_t have = 0;
	if (!file_exists(path)) TRY(file_append(path, S("")));
	TRY(file_size(path, &have));
	while ((int64_t)have < e->bytes) {
		str piece;
		uint64_t now;
		TRY(ask_piece(c, e, (int64_t)have, &piece));
		TRY(file_size(path, &now));
		if (now == have) TRY(file_append(path, piece));
		TRY(file_size(path, &have));
	}
	return ERR_OK;
}

static fallible fetch_large(struct contact *c, const struct down_entry *e)
{
	char path[FILE_PATH];
	enum err here = take_large(c->sync, c->a, e, NULL);
	if (here != ERR_NOT_FOUND) return here;
	TRY(take_path(c->sync, e, path));
	TRY(fetch_file(c, e, path));
	TRY(take_large(c->sync, c->a, e, path));
	return file_drop(path);
}

static fallible is_here(struct contact *c, const struct down_entry *e, bool *out)
{
	struct db *db;
	TRY(store_reader(c->sync->store, &db));
	enum err err = take_is_old(db, e, out);
	store_reader_done(c->sync->store, db);
	return err;
}

static fallible fetch_one(struct contact *c, const struct down_entry *e)
{
	bool here;
	TRY(is_here(c, e, &here));
	if (here) return ERR_OK;
	enum err err = !e->sha256.n       ? take_small(c->sync, e, STR_NONE)
	               : take_is_large(e) ? fetch_large(c, e)
	                                  : fetch_small(c, e);
	/* It was replaced while we were fetching: the next list has the new one. */
	if (err == ERR_DENIED && str_is(str_of(err_last()->reason), S("no-item")))
		return ERR_OK;
	if (!err) c->report->items++;
	return err;
}

static fallible fetch_list(struct contact *c, const struct down_list *list, bool large)
{
	const struct down_entry *e = list->items.items;
	for (size_t i = 0; i < list->items.n; i++)
		if (take_is_large(&e[i]) == large) TRY(fetch_one(c, &e[i]));
	return ERR_OK;
}

/* Asks until nothing is newer: by the last question the hub learns what is here. */
enum err fetch_all(struct contact *c, int64_t newest)
{
	int64_t after = c->link.down_version;
	bool more = newest > after;
	while (more) {
		struct down_list list;
		TRY(ask_list(c, after, &list));
		TRY(fetch_list(c, &list, false));
		TRY(fetch_list(c, &list, true));
		more = list.version > after;
		after = list.version;
		if (more) TRY(take_reached(c->sync, after));
	}
	return ERR_OK;
}
