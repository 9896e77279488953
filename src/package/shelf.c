/* SPDX-License-Identifier: Apache-2.0 */
/* The shelf knows every package of the database by its token and opens it when it is first
 * asked for. Looking up takes no lock: the table is an array of pointers that only ever go
 * from NULL to a package; when it gets half full a larger one takes its place, and the old
 * one stays until the shelf is closed, since somebody may still be reading it. Whoever adds
 * or opens holds the mutex. */
#include "package/shelf.h"

#include "base/file.h"
#include "base/text.h"
#include "package/course.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#define MANIFEST_MEMORY ((size_t)256 << 20)

struct shelved {
	struct package package; /* archive and manifest once `open` */
	atomic_bool open;
	struct arena *arena; /* of the manifest */
};

typedef _Atomic(struct shelved *) slot;

struct table {
	struct table *older;
	size_t mask; /* slots - 1 */
	slot at[];
};

struct shelf {
	struct store *store;
	uint8_t key[SEAL_KEY];
	char packages[FILE_PATH], incoming[FILE_PATH];
	_Atomic(struct table *) table;
	pthread_mutex_t lock; /* for what follows, and for opening */
	size_t n;
	struct shelved **all;
	size_t room;
};

enum { TOKEN = 32 };

/* ---- the table ---- */

static size_t place_of(const char *token, size_t mask)
{
	uint64_t h; /* the token is a MAC: any part of it is as good as a hash */
	memcpy(&h, token, sizeof h);
	h *= UINT64_C(0x9E3779B97F4A7C15);
	return (size_t)(h >> 32) & mask;
}

static struct shelved *find(struct shelf *s, const char *token)
{
	struct table *t = atomic_load_explicit(&s->table, memory_order_acquire);
	for (size_t i = place_of(token, t->mask);; i = (i + 1) & t->mask) {
		struct shelved *p = atomic_load_explicit(&t->at[i], memory_order_acquire);
		if (!p || memcmp(p->package.token, token, TOKEN) == 0) return p;
	}
}

static void put(struct table *t, struct shelved *p)
{
	size_t i = place_of(p->package.token, t->mask);
	while (atomic_load_explicit(&t->at[i], memory_order_relaxed)) i = (i + 1) & t->mask;
	atomic_store_explicit(&t->at[i], p, memory_order_release);
}

static struct table *table_open(size_t slots, struct table *older)
{
	struct table *t = calloc(1, sizeof *t + slots * sizeof t->at[0]);
	if (!t) return NULL;
	t->older = older;
	t->mask = slots - 1;
	return t;
}

/* Room for one more in the list and in the table. */
static enum err grow(struct shelf *s)
{
	if (s->n == s->room) {
		size_t room = s->room ? s->room * 2 : 16;
		struct shelved **all = realloc(s->all, room * sizeof(struct shelved *));
		if (!all) return FAIL(ERR_BUSY, "shelf: no memory");
		s->all = all;
		s->room = room;
	}
	struct table *old = atomic_load(&s->table);
	if (old && (s->n + 1) * 2 <= old->mask + 1) return ERR_OK;
	struct table *t = table_open(old ? (old->mask + 1) * 2 : 32, old);
	if (!t) return FAIL(ERR_BUSY, "shelf: no memory");
	for (size_t i = 0; i < s->n; i++) put(t, s->all[i]);
	atomic_store_explicit(&s->table, t, memory_order_release);
	return ERR_OK;
}

static void token_of(const struct shelf *s, str sha256, char out[TOKEN + 1])
{
	uint8_t mac[SEAL_MAC];
	seal_mac(s->key, "package", sha256.p, sha256.n, mac);
	text_hex(mac, sizeof mac, out);
}

static enum err add(struct shelf *s, str sha256)
{
	if (sha256.n != 64) return FAIL(ERR_CORRUPT, "package %.*s", STR_ARG(sha256));
	char token[TOKEN + 1];
	token_of(s, sha256, token);
	TRY(grow(s));
	if (find(s, token)) return ERR_OK;
	struct shelved *p = calloc(1, sizeof *p);
	if (!p) return FAIL(ERR_BUSY, "shelf: no memory");
	memcpy(p->package.sha256, sha256.p, 64);
	memcpy(p->package.token, token, sizeof token);
	s->all[s->n++] = p;
	put(atomic_load(&s->table), p);
	return ERR_OK;
}

enum err shelf_add(struct shelf *s, str sha256)
{
	pthread_mutex_lock(&s->lock);
	enum err err = add(s, sha256);
	pthread_mutex_unlock(&s->lock);
	return err;
}

/* ---- opening a package ---- */

static enum err open_files(struct shelf *s, struct shelved *p)
{
	char path[FILE_PATH];
	TRY(shelf_package_path(s, p->package.sha256, path));
	struct archive *archive;
	TRY(archive_open(path, NULL, &archive));
	struct arena *arena = arena_open(MANIFEST_MEMORY);
	enum err err = manifest_read(archive, arena, &p->package.manifest);
	if (err) {
		arena_close(arena);
		archive_close(archive);
		return err;
	}
	p->arena = arena;
	p->package.archive = archive;
	atomic_store_explicit(&p->open, true, memory_order_release);
	return ERR_OK;
}

static enum err open_once(struct shelf *s, struct shelved *p)
{
	if (atomic_load_explicit(&p->open, memory_order_acquire)) return ERR_OK;
	pthread_mutex_lock(&s->lock);
	enum err err = ERR_OK;
	if (!atomic_load_explicit(&p->open, memory_order_relaxed)) err = open_files(s, p);
	pthread_mutex_unlock(&s->lock);
	return err;
}

const struct package *shelf_by_token(struct shelf *s, str token)
{
	struct shelved *p = token.n == TOKEN ? find(s, token.p) : NULL;
	return p && !open_once(s, p) ? &p->package : NULL;
}

/* Another process may have imported it: ask the database. */
static enum err adopt(struct shelf *s, str sha256)
{
	struct db *db;
	bool known = false;
	TRY(store_reader(s->store, &db));
	enum err err = package_is_known(db, sha256, &known);
	store_reader_done(s->store, db);
	TRY(err);
	if (!known) return FAIL(ERR_NOT_FOUND, "package %.*s", STR_ARG(sha256));
	return shelf_add(s, sha256);
}

enum err shelf_get(struct shelf *s, str sha256, const struct package **out)
{
	char token[TOKEN + 1];
	token_of(s, sha256, token);
	struct shelved *p = find(s, token);
	if (!p) {
		TRY(adopt(s, sha256));
		p = find(s, token);
	}
	TRY(open_once(s, p));
	*out = &p->package;
	return ERR_OK;
}

/* ---- the shelf itself ---- */

struct store *shelf_store(struct shelf *s)
{
	return s->store;
}

enum err shelf_incoming_path(struct shelf *s, const char *name, char out[FILE_PATH])
{
	return file_path(out, s->incoming, name);
}

enum err shelf_package_path(struct shelf *s, const char *sha256, char out[FILE_PATH])
{
	char name[80];
	snprintf(name, sizeof name, "%s.zip", sha256);
	return file_path(out, s->packages, name);
}

static enum err drop_incoming(void *shelf, const char *name)
{
	char path[FILE_PATH];
	TRY(shelf_incoming_path(shelf, name, path));
	return incoming_is_held(path) ? ERR_OK : file_drop(path);
}

static enum err make_folders(struct shelf *s, const char *folder)
{
	TRY(file_path(s->packages, folder, "packages"));
	TRY(file_path(s->incoming, folder, "incoming"));
	TRY(file_make_folder(s->packages));
	TRY(file_make_folder(s->incoming));
	return file_each(s->incoming, drop_incoming, s);
}

static enum err add_known(struct shelf *s)
{
	struct json_list all = { 0 };
	struct db *db;
	TRY(store_reader(s->store, &db));
	struct arena *arena = arena_open((size_t)16 << 20);
	enum err err = package_all(db, arena, &all);
	store_reader_done(s->store, db);
	const str *sha256 = all.items;
	for (size_t i = 0; i < all.n && !err; i++) err = add(s, sha256[i]);
	arena_close(arena);
	return err;
}

enum err shelf_open(const char *folder, struct store *store, const uint8_t key[SEAL_KEY],
                    struct shelf **out)
{
	struct shelf *s = calloc(1, sizeof *s);
	if (!s) return FAIL(ERR_BUSY, "shelf: no memory");
	s->store = store;
	memcpy(s->key, key, SEAL_KEY);
	pthread_mutex_init(&s->lock, NULL);
	enum err err = make_folders(s, folder);
	if (!err) err = grow(s);
	if (!err) err = add_known(s);
	if (err)
		shelf_close(s);
	else
		*out = s;
	return err;
}

void shelf_close(struct shelf *s)
{
	if (!s) return;
	for (size_t i = 0; i < s->n; i++) {
		archive_close(s->all[i]->package.archive);
		arena_close(s->all[i]->arena);
		free(s->all[i]);
	}
	free(s->all);
	for (struct table *t = atomic_load(&s->table); t;) {
		struct table *older = t->older;
		free(t);
		t = older;
	}
	pthread_mutex_destroy(&s->lock);
	seal_wipe(s->key, sizeof s->key);
	free(s);
}
