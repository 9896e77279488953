/* SPDX-License-Identifier: Apache-2.0 */
/* Copies of the whole file while it is in use: SQLite's online backup in one step (one
 * snapshot; writers go on), checked, fsynced, and only then given its name. */
#include <stdio.h>

#include "base/time.h"
#include "store/inside.h"

static enum err copy(sqlite3 *from, sqlite3 *to)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
	if (!b) return DB_FAIL(to, sqlite3_errcode(to));
	sqlite3_backup_step(b, -1);
	int code = sqlite3_backup_finish(b);
	return code ? DB_FAIL(to, code) : ERR_OK;
}

/* Until it has its name nobody relies on it, so it is synced once, at the end. A copy needs
 * no WAL: it lies there as one file. */
static enum err fill(sqlite3 *from, sqlite3 *to)
{
	TRY(db_exec(to, "PRAGMA synchronous = OFF"));
	TRY(copy(from, to));
	TRY(db_exec(to, "PRAGMA journal_mode = DELETE"));
	return store_quick_check(to);
}

enum err backup_write(sqlite3 *from, const char *vfs, const char *path)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(FILE_PATH);
	str part = arena_printf(a, "%s.part", path);
	TRY(file_drop(part.p));
	sqlite3 *to = NULL;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
	            SQLITE_OPEN_EXRESCODE;
	int code = sqlite3_open_v2(part.p, &to, flags, vfs);
	enum err err = code ? DB_FAIL(to, code) : fill(from, to);
	sqlite3_close(to);
	if (!err) err = file_sync(part.p);
	if (!err) err = file_rename(part.p, path);
	if (!err) return ERR_OK;
	struct err_note note = *err_last();
	if (file_drop(part.p)) {}
	err_restore(&note);
	return err;
}

enum err store_backup(struct store *s, const char *path)
{
	struct db *db;
	TRY(store_reader(s, &db));
	enum err err = backup_write(db->handle, s->vfs, path);
	store_reader_done(s, db);
	return err;
}

enum err backup_before_migration(sqlite3 *handle, const char *vfs, const char *folder,
                                 int version)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(4 * FILE_PATH);
	str backups = arena_printf(a, "%s/backup", folder);
	TRY(file_make_folder(backups.p));
	/* 2026-11-23T14:47:58.000Z without what file names dislike */
	char at[TIME_TEXT];
	time_write(time_now(), at);
	str path = arena_printf(a, "%s/kenes-%.4s%.2s%.2sT%.2s%.2s%.2sZ-v%d.db", backups.p,
	                        at, at + 5, at + 8, at + 11, at + 14, at + 17, version);
	return backup_write(handle, vfs, path.p);
}

static enum err newer(void *context, const char *name)
{
	char *newest = context;
	str s = str_of(name);
	if (str_starts(s, S("kenes-")) && str_ends(s, S(".db")) && s.n < 256 &&
	    strcmp(name, newest) > 0)
		memcpy(newest, name, s.n + 1);
	return ERR_OK;
}

void backup_newest(const char *folder, char out[256])
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(FILE_PATH);
	out[0] = 0;
	/* The names carry their time, so the greatest is the newest. */
	if (file_each(arena_printf(a, "%s/backup", folder).p, newer, out)) out[0] = 0;
}
