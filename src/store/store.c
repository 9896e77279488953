/* SPDX-License-Identifier: Apache-2.0 */
/* Opening and closing the one file, and the question whether it can still be written. */
#include "store/inside.h"

#include <stdio.h>

#include "base/time.h"

/* About 25 ms. A larger file is not read through at each start (a gigabyte takes seconds):
 * it is checked by store_check when there is time. */
#define CHECK_AT_START_PAGES 4096
#define HEALTH_MS 1000

/* Before the first connection of the process: no lock round each allocation for statistics
 * that nobody reads, and undo logs in memory instead of the system's temporary folder.
 * Where SQLite is in use already, its defaults do as well. */
static void configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
}

enum err store_quick_check(sqlite3 *handle)
{
	sqlite3_stmt *s;
	int code = sqlite3_prepare_v2(handle, "PRAGMA quick_check(1)", -1, &s, NULL);
	if (code) return DB_FAIL(handle, code);
	code = sqlite3_step(s);
	const char *said = NULL;
	if (code == SQLITE_ROW) said = (const char *)sqlite3_column_text(s, 0);
	enum err err = ERR_OK;
	if (!said)
		err = DB_FAIL(handle, code);
	else if (strcmp(said, "ok") != 0)
		err = FAIL(ERR_CORRUPT, "%s is damaged: %s", STORE_FILE, said);
	sqlite3_finalize(s);
	return err;
}

static enum err use_wal(sqlite3 *handle)
{
	sqlite3_stmt *s;
	int code = sqlite3_prepare_v2(handle, "PRAGMA journal_mode = WAL", -1, &s, NULL);
	if (code) return DB_FAIL(handle, code);
	code = sqlite3_step(s);
	bool wal = code == SQLITE_ROW &&
	           !strcmp((const char *)sqlite3_column_text(s, 0), "wal");
	enum err err = DB_FAIL(handle, code);
	sqlite3_finalize(s);
	if (!err && !wal) err = FAIL(ERR_IO, "%s: this disk takes no WAL", STORE_FILE);
	return err;
}

static enum err check_and_migrate(struct store *s)
{
	sqlite3 *handle = s->writer.tx.db.handle;
	int version;
	int64_t pages;
	TRY(migrate_version(handle, store_migrations, &version));
	TRY(use_wal(handle));
	TRY(db_number(handle, "PRAGMA page_count", &pages)); /* those in the WAL too */
	if (pages <= CHECK_AT_START_PAGES) TRY(store_quick_check(handle));
	if (version == migrate_last(store_migrations)) return ERR_OK;
	if (version) TRY(backup_before_migration(handle, s->vfs, s->folder, version));
	return migrate_run(handle, store_migrations);
}

static enum err open_parts(struct store *s, const char *folder)
{
	TRY(file_make_folder(folder));
	snprintf(s->folder, sizeof s->folder, "%s", folder);
	TRY(file_path(s->path, folder, STORE_FILE));
	TRY(db_open(&s->writer.tx.db, s->path, s->vfs, DB_WRITES));
	TRY(check_and_migrate(s));
	return writer_start(&s->writer);
}

/* Adds to the sentence what can be done about it. */
static enum err name_backup(struct store *s)
{
	struct err_note note = *err_last();
	char newest[256];
	backup_newest(s->folder, newest);
	return err_set(ERR_CORRUPT, "damaged", note.file, note.line, "%.160s; %s%s",
	               note.sentence, newest[0] ? "newest backup: backup/" : "no backup",
	               newest);
}

enum err store_open_vfs(const char *folder, const char *vfs, struct store **out)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, configure);
	struct store *s = calloc(1, sizeof *s);
	if (!s) abort();
	s->vfs = vfs;
	s->health.asked_ms = -HEALTH_MS;
	s->writer.committed_ms = -HEALTH_MS;
	readers_init(&s->readers);
	pthread_mutex_init(&s->health.lock, NULL);
	enum err err = open_parts(s, folder);
	if (!err) {
		*out = s;
		return ERR_OK;
	}
	if (err == ERR_CORRUPT) err = name_backup(s);
	struct err_note note = *err_last();
	store_close(s);
	err_restore(&note);
	return err;
}

enum err store_open(const char *folder, struct store **out)
{
	return store_open_vfs(folder, NULL, out);
}

void store_close(struct store *s)
{
	if (!s) return;
	/* The writer's connection closes last: it empties the WAL and drops it. */
	readers_close(&s->readers);
	writer_stop(&s->writer);
	pthread_mutex_destroy(&s->health.lock);
	free(s);
}

/* By a connection of its own: one of the pool would read from its cache. */
enum err store_check(struct store *s)
{
	struct db db;
	TRY(db_open(&db, s->path, s->vfs, DB_READS));
	enum err err = store_quick_check(db.handle);
	db_close(&db);
	return err == ERR_CORRUPT ? name_backup(s) : err;
}

/* ---- can it be written? ---- */

SQL(beat, "INSERT INTO setting (name, value) VALUES ('store.heartbeat', :at)"
          " ON CONFLICT (name) DO UPDATE SET value = excluded.value");

static enum err write_beat(struct tx *tx, void *arg)
{
	(void)arg;
	char at[TIME_TEXT];
	time_write(time_now(), at);
	QUERY(q, tx_db(tx), beat);
	bind_text(&q, ":at", str_of(at));
	return query_run(&q, NULL);
}

/* A commit of the last second is as good an answer as one of our own. */
enum err store_healthy(struct store *s)
{
	struct health *h = &s->health;
	pthread_mutex_lock(&h->lock);
	int64_t now = time_mono_ms();
	if (now - s->writer.committed_ms < HEALTH_MS) {
		h->err = ERR_OK;
	} else if (now - h->asked_ms >= HEALTH_MS) {
		h->err = store_write_as(s, STORE_SETTINGS, write_beat, NULL);
		h->asked_ms = time_mono_ms();
		if (h->err) h->note = *err_last();
	}
	enum err err = h->err;
	if (err) err_restore(&h->note);
	pthread_mutex_unlock(&h->lock);
	return err;
}

struct store_numbers store_numbers(struct store *s)
{
	struct writer *w = &s->writer;
	return (struct store_numbers){
		.writes = w->writes,
		.commits = w->commits,
		.refused = w->refused,
		.worst_commit_us = w->worst_us,
		.wal_bytes = w->wal_bytes,
	};
}
