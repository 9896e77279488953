/* SPDX-License-Identifier: Apache-2.0 */
/* The site's one database file: many readers, one writer that commits in groups.
 *
 *     SQL(select_one, "SELECT id, surname FROM person WHERE id = :id");
 *
 *     enum err people_get(struct db *db, struct arena *a, str id, struct person *out)
 *     {
 *             QUERY(q, db, select_one);
 *             bind_text(&q, ":id", id);
 *             if (query_next(&q)) *out = person_row(&q, a);
 *             else if (!q.err) return FAIL(ERR_NOT_FOUND, "person %.*s", STR_ARG(id));
 *             return query_end(&q);
 *     }
 *
 * WAL, synchronous=FULL, foreign_keys, trusted_schema=OFF, STRICT tables. Statements keep
 * to the SQL that SQLite and PostgreSQL both speak. A refused write may still turn out
 * saved after a power cut at the wrong instant: whatever a client creates carries the
 * client's own id, so repeating it is harmless. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

struct store; /* the file; any thread */
struct db;    /* a place to read from; one thread at a time */
struct tx;    /* the one place to write to: exists only inside the writer's thread */

/* Opens or creates `folder`/kenes.db, migrates it (after an online backup to
 * `folder`/backup/ when there was anything to migrate), checks it (quick_check), starts the
 * writer. ERR_CORRUPT with a sentence for a damaged file, ERR_CONFLICT for a file of a
 * newer program. */
fallible store_open(const char *folder, struct store **out);
/* Finishes what is queued, empties the WAL. Nobody queues any more and every reader is
 * given back. Takes NULL. */
void store_close(struct store *);
/* For tests: the same with another SQLite VFS. */
fallible store_open_vfs(const char *folder, const char *vfs, struct store **out);

/* ---- reading: a reader is borrowed from a small pool for the length of a request ---- */
fallible store_reader(struct store *,
                      struct db **out); /* waits for one at most 5 s, then ERR_BUSY */
void store_reader_done(struct store *, struct db *); /* takes NULL */

/* ---- writing ---- */
typedef enum err write_fn(struct tx *, void *arg);
/* Queues the job and returns when it is on the disk (or refused). The writer takes
 * everything waiting (≤ 256), runs each job in a savepoint, commits once, wakes all. A job
 * that fails is undone alone; when SQLite throws the whole transaction away every job of
 * the batch is answered with an error. The error's sentence comes back to this thread. A
 * job may be run twice when a batch had to be repeated, so it writes only to the database
 * and to its own `arg`. It does not block, use the network, or call store_write. */
fallible store_write(struct store *, write_fn *, void *arg);
/* Some tables are written only by jobs that say so when they are queued; in any other job a
 * statement that writes to them is refused (ERR_DENIED). Rights are joined with |. */
enum store_right {
	STORE_SECRETS = 1,  /* person_secret, site_secret, coordinator_secret, … */
	STORE_SETTINGS = 2, /* setting */
};
fallible store_write_as(struct store *, enum store_right rights, write_fn *, void *arg);
struct db *tx_db(struct tx *); /* read your own writes */

/* Reads the whole file through. store_open does so for files up to 16 MB only; for larger
 * ones this belongs into a quiet hour. ERR_CORRUPT names the newest backup. */
fallible store_check(struct store *);
/* A consistent copy of the whole database into a new file (SQLite online backup, fsynced,
 * renamed into place). */
fallible store_backup(struct store *, const char *path);
/* ERR_OK only when a write reached the disk just now (its answer may be up to a second
 * old). */
fallible store_healthy(struct store *);
struct store_numbers {
	uint64_t writes, refused; /* jobs saved; jobs answered with an error */
	uint64_t commits;         /* groups: one sync each */
	uint64_t worst_commit_us; /* the longest that anyone waited */
	uint64_t wal_bytes;       /* written since the WAL began again */
};
struct store_numbers store_numbers(struct store *);

/* ---- statements ---- */
struct sql {
	const char *text, *file;
	int line;
	int number;       /* given at start; each connection caches statements by it */
	struct sql *next; /* the list of all, for the test that prepares every one */
};
void sql_register(struct sql *);
struct sql *sql_first(void);

/* Takes a literal only. Registers before main, so one test prepares every statement of the
 * program. */
#define SQL(name, literal)                                                    \
	static struct sql name = { "" literal, __FILE__, __LINE__, 0, NULL }; \
	__attribute__((constructor)) static void name##_register(void)        \
	{                                                                     \
		sql_register(&name);                                          \
	}                                                                     \
	struct sql /* swallows the semicolon */

struct query {
	struct db *db;
	void *statement;
	const struct sql *sql;
	enum err err; /* sticky: bind, bind, loop, then one query_end */
	bool ended;   /* no more rows until something is bound anew */
	int64_t used_us;
	const char **named; /* of the cached statement: which literal is which parameter */
	int n_named;
};
/* Borrows the connection's cached statement; resets it at the end of the scope. */
#define QUERY(q, db, sql) \
	on_exit_of_scope(query_done) struct query q = query_begin(db, &(sql))
struct query query_begin(struct db *, const struct sql *);
void query_done(struct query *);
/* Texts and blobs are borrowed until the statement has run. The name is a literal and must
 * be in the statement (assert). */
void bind_text(struct query *, const char *name, str value); /* STR_NONE binds NULL */
void bind_blob(struct query *, const char *name, const void *bytes, size_t n);
void bind_int(struct query *, const char *name, int64_t value);
void bind_real(struct query *, const char *name, double value); /* NAN binds NULL */
void bind_null(struct query *, const char *name);
bool query_next(struct query *); /* a row? */
/* ERR_CONFLICT: unique, primary or foreign key. ERR_INVALID: NOT NULL, CHECK, wrong type.
 * ERR_FULL, ERR_IO: the disk. ERR_DENIED: a protected table. */
fallible query_end(struct query *);
/* Runs a statement that gives no row; `changed_out` may be NULL. */
fallible query_run(struct query *, int64_t *changed_out);
/* Columns of the row, from 0. Texts and blobs are copied into the arena; NULL gives
 * STR_NONE / fallback. */
str column_text(struct query *, struct arena *, int column);
str column_blob(struct query *, struct arena *, int column);
int64_t column_int(struct query *, int column, int64_t when_null);
double column_real(struct query *, int column); /* NAN when NULL */
bool column_is_null(struct query *, int column);
