/* SPDX-License-Identifier: Apache-2.0 */
/* A thing from above counts when it is here whole and of its hash; then it is applied and
 * noted in one transaction, so that a power cut leaves the old one or the new one. Versions
 * only grow: a list that goes back, or a thing that is older than ours, changes nothing. */
#include "sync/take.h"

#include "base/text.h"
#include "base/time.h"

#include <stdio.h>

#define COURSE S("course/")
#define PIECE ((size_t)192 << 10)

bool take_is_large(const struct down_entry *e)
{
	return str_starts(e->name, COURSE);
}

/* ---- the list ---- */

static bool entry_is_sound(const struct hub_link *link, const struct down_entry *e)
{
	uint8_t hash[SEAL_HASH];
	bool hashed = !e->sha256.n || text_unhex(e->sha256, hash, SEAL_HASH);
	bool dated = (!e->not_before.n || time_is_date(e->not_before)) &&
	             (!e->not_after.n || time_is_date(e->not_after));
	return hashed && dated && scope_is(e->scope) &&
	       scope_covers(e->scope, link->scope) &&
	       e->bytes <= (take_is_large(e) ? TAKE_LARGE : TAKE_SMALL);
}

enum err take_check_list(const struct hub_link *link, int64_t after,
                         const struct down_list *list)
{
	const struct down_entry *e = list->items.items;
	int64_t last = after;
	for (size_t i = 0; i < list->items.n; i++) {
		if (e[i].version <= last || e[i].version > list->version ||
		    !entry_is_sound(link, &e[i]))
			return FAIL_WHY(ERR_INVALID, "not-the-hub",
			                "a list with what is not for this laptop");
		last = e[i].version;
	}
	if (list->version < after)
		return FAIL_WHY(ERR_INVALID, "not-the-hub", "a list that goes back");
	return ERR_OK;
}

/* ---- noting ---- */

SQL(down_newest_of, "SELECT version FROM down_item WHERE name = :name");
/* What is withdrawn keeps its hash: a course on the shelf is still known by it. */
SQL(down_save,
    "INSERT INTO down_item (name, version, sha256, bytes, content, scope, not_before,"
    " not_after, withdrawn_at, got_at) VALUES (:name, :version, :sha256, :bytes, :content,"
    " :scope, :not_before, :not_after, :withdrawn, :now)"
    " ON CONFLICT (name) DO UPDATE SET version = excluded.version, sha256 = CASE"
    "  WHEN excluded.sha256 = '' THEN down_item.sha256 ELSE excluded.sha256 END,"
    " bytes = excluded.bytes, content = excluded.content, scope = excluded.scope,"
    " not_before = excluded.not_before, not_after = excluded.not_after,"
    " withdrawn_at = excluded.withdrawn_at, got_at = excluded.got_at");

enum err take_is_old(struct db *db, const struct down_entry *e, bool *out)
{
	QUERY(q, db, down_newest_of);
	bind_text(&q, ":name", e->name);
	*out = query_next(&q) && column_int(&q, 0, 0) >= e->version;
	return query_end(&q);
}

struct taking {
	struct site_sync *sync;
	const struct down_entry *e;
	str content; /* STR_NONE: it lies elsewhere, or was withdrawn */
};

static fallible save(struct tx *tx, const struct taking *t)
{
	const struct down_entry *e = t->e;
	int64_t now = time_now();
	QUERY(q, tx_db(tx), down_save);
	bind_text(&q, ":name", e->name);
	bind_int(&q, ":version", e->version);
	bind_text(&q, ":sha256", e->sha256);
	bind_int(&q, ":bytes", e->bytes);
	if (e->sha256.n && t->content.p)
		bind_blob(&q, ":content", t->content.p, t->content.n);
	else
		bind_null(&q, ":content");
	bind_text(&q, ":scope", e->scope);
	bind_text(&q, ":not_before", e->not_before);
	bind_text(&q, ":not_after", e->not_after);
	if (e->sha256.n)
		bind_null(&q, ":withdrawn");
	else
		bind_int(&q, ":withdrawn", now);
	bind_int(&q, ":now", now);
	return query_run(&q, NULL);
}

static enum err take(struct tx *tx, void *arg)
{
	struct taking *t = arg;
	bool old;
	TRY(take_is_old(tx_db(tx), t->e, &old));
	if (old) return ERR_OK;
	if (t->sync->apply)
		TRY(t->sync->apply(tx, t->sync->apply_context, t->e, t->content));
	return save(tx, t);
}

/* ---- small things ---- */

static fallible check_hash(const struct down_entry *e, const uint8_t hash[SEAL_HASH])
{
	uint8_t wanted[SEAL_HASH];
	if (!text_unhex(e->sha256, wanted, SEAL_HASH) ||
	    memcmp(hash, wanted, SEAL_HASH) != 0)
		return FAIL_WHY(ERR_INVALID, "not-the-hub", "a thing of another hash");
	return ERR_OK;
}

enum err take_small(struct site_sync *sync, const struct down_entry *e, str content)
{
	uint8_t hash[SEAL_HASH];
	struct taking t = { sync, e, content.p ? content : S("") };
	if (e->sha256.n) {
		seal_sha256(t.content.p, t.content.n, hash);
		TRY(check_hash(e, hash));
	}
	return store_write(sync->store, take, &t);
}

/* ---- large things ---- */

enum err take_path(const struct site_sync *sync, const struct down_entry *e,
                   char out[FILE_PATH])
{
	char folder[FILE_PATH], name[2 * SEAL_HASH + 1];
	snprintf(name, sizeof name, "%.*s", STR_ARG(e->sha256));
	TRY(file_path(folder, sync->folder, "down"));
	TRY(file_make_folder(folder));
	return file_path(out, folder, name);
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

/* What is not of its hash is of no use to the next try either. */
static fallible check_file(const struct down_entry *e, struct arena *a, const char *path)
{
	uint8_t hash[SEAL_HASH];
	TRY(hash_file(path, a, hash));
	enum err err = check_hash(e, hash);
	if (!err) return ERR_OK;
	struct err_note note = *err_last();
	TRY(file_drop(path));
	err_restore(&note);
	return err;
}

enum err take_large(struct site_sync *sync, struct arena *a, const struct down_entry *e,
                    const char *path)
{
	struct taking t = { sync, e, STR_NONE };
	if (e->sha256.n) {
		if (path) TRY(check_file(e, a, path));
		if (sync->keep)
			TRY(sync->keep(sync->apply_context, e, path));
		else if (!path)
			return FAIL(ERR_NOT_FOUND, "nobody keeps large things");
	}
	return store_write(sync->store, take, &t);
}

/* ---- how far ---- */

static enum err note_version(struct tx *tx, void *version)
{
	return link_down(tx, *(const int64_t *)version);
}

static enum err drop_file(void *folder, const char *name)
{
	char path[FILE_PATH];
	TRY(file_path(path, folder, name));
	return file_drop(path);
}

enum err take_reached(struct site_sync *sync, int64_t version)
{
	char folder[FILE_PATH];
	TRY(file_path(folder, sync->folder, "down"));
	if (file_exists(folder)) TRY(file_each(folder, drop_file, folder));
	return store_write(sync->store, note_version, &version);
}
