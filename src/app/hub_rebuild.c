/* SPDX-License-Identifier: Apache-2.0 */
/* `kenes hub rebuild`: in a copy beside the database, which takes its place only when all
 * is there. The old one is kept in backup/. */
#include <stdio.h>
#include <stdlib.h>

#include "app/inside.h"
#include "base/time.h"
#include "hub/hub.h"

struct rebuilding {
	char copy_folder[FILE_PATH], copy[FILE_PATH];
	struct lock lock;
	struct hub hub;
	struct store *copied;
};

static fallible make_copy(struct rebuilding *r)
{
	TRY(file_path(r->copy_folder, r->hub.folder, "rebuild"));
	TRY(file_make_folder(r->copy_folder));
	TRY(file_path(r->copy, r->copy_folder, "kenes.db"));
	TRY(store_backup(r->hub.store, r->copy));
	return store_open(r->copy_folder, &r->copied);
}

static fallible compare(struct rebuilding *r, struct hub_table out[HUB_TABLES])
{
	struct db *before, *now;
	TRY(store_reader(r->hub.store, &before));
	enum err e = store_reader(r->copied, &now);
	if (!e) {
		e = hub_compare(before, now, out);
		store_reader_done(r->copied, now);
	}
	store_reader_done(r->hub.store, before);
	return e;
}

static fallible put_in_place(struct rebuilding *r)
{
	char folder[FILE_PATH], kept[FILE_PATH], place[FILE_PATH], name[64], now[TIME_TEXT];
	time_write(time_now(), now);
	snprintf(name, sizeof name, "before-rebuild-%.10s.db", now);
	TRY(file_path(folder, r->hub.folder, "backup"));
	TRY(file_make_folder(folder));
	TRY(file_path(kept, folder, name));
	TRY(file_path(place, r->hub.folder, "kenes.db"));
	TRY(store_backup(r->hub.store, kept));
	store_close(r->copied); /* empties their logs: each is one file now */
	r->copied = NULL;
	store_close(r->hub.store);
	r->hub.store = NULL;
	return file_rename(r->copy, place);
}

static fallible rebuild(struct rebuilding *r, const char *folder, bool check,
                        struct hub_rebuilt *out)
{
	TRY(lock_take(folder, &r->lock));
	TRY(hub_open(folder, &r->hub));
	TRY(make_copy(r));
	TRY(hub_rebuild(r->hub.store, r->copied, &out->records));
	TRY(compare(r, out->table));
	return check ? ERR_OK : put_in_place(r);
}

static void drop_copy(struct rebuilding *r)
{
	static const char *const names[] = { "kenes.db", "kenes.db-wal", "kenes.db-shm" };
	char path[FILE_PATH];
	for (size_t i = 0; r->copy_folder[0] && i < countof(names); i++)
		if (!file_path(path, r->copy_folder, names[i]) && file_drop(path)) {}
}

enum err hub_rebuild_folder(const char *folder, bool check, struct hub_rebuilt *out)
{
	struct rebuilding *r = calloc(1, sizeof *r);
	if (!r) return FAIL(ERR_FULL, "no memory");
	r->lock.file = -1;
	r->hub.name = S("Kenes");
	enum err e = rebuild(r, folder, check, out);
	struct err_note note = *err_last();
	store_close(r->copied);
	hub_close(&r->hub);
	drop_copy(r);
	lock_drop(&r->lock);
	free(r);
	if (e) err_restore(&note);
	return e;
}
