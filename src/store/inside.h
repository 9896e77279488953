/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the store share among themselves; nobody else includes it. */
#pragma once

#include <pthread.h>
#include <semaphore.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <time.h>

#include "base/embedded.h"
#include "base/file.h"
#include "store/store.h"

#define STORE_FILE "kenes.db"
#define STORE_APPLICATION 0x4b656e65 /* "Kene", in the file's header */
#define BUSY_MS 5000                 /* another program may hold the write lock so long */

/* ---- connection.c: a connection, the writer's or a reader's ---- */

struct statement {
	sqlite3_stmt *prepared; /* NULL until first used */
	unsigned needs;         /* enum store_right: the protected tables it writes to */
	bool lent;
	/* By the parameter's index - 1: the literal that it was last named by, so that a
	 * name is compared as a pointer and not letter by letter. */
	const char **named;
	int n_named;
};

struct db {
	sqlite3 *handle;
	struct statement *statement; /* by sql->number */
	int n_statements;
	int queries;     /* begun and not yet done */
	struct db *next; /* in the pool of readers */
	/* of the writer only */
	bool in_job;
	unsigned rights;           /* enum store_right: of the job that runs */
	unsigned needs;            /* what the authorizer saw in this preparation */
	enum err lost;             /* why SQLite threw the whole transaction away */
	struct err_note lost_note; /* … in words */
};

enum db_kind { DB_READS, DB_WRITES };
fallible db_open(struct db *, const char *path, const char *vfs, enum db_kind);
void db_close(struct db *); /* takes a zeroed one */
/* SQLite's code and message as ours. */
#define DB_FAIL(handle, code) db_fail(handle, code, __FILE__, __LINE__)
enum err db_fail(sqlite3 *, int code, const char *file, int line);
fallible db_exec(sqlite3 *, const char *text);
/* The first column of the first row, 0 when there is none. */
fallible db_number(sqlite3 *, const char *text, int64_t *out);

/* The moment `ms` from now, for waits with an end. */
static inline struct timespec in_ms(clockid_t clock, int ms)
{
	struct timespec t;
	clock_gettime(clock, &t);
	int64_t ns = t.tv_nsec + ms * INT64_C(1000000);
	return (struct timespec){ t.tv_sec + ns / 1000000000, ns % 1000000000 };
}

/* ---- writer.c ---- */

/* Lies on the stack of the thread that waits for it. */
struct job {
	write_fn *run;
	void *arg;
	unsigned rights;
	struct job *next;
	int64_t queued_us;
	sem_t done;
	enum err err;
	struct err_note note; /* when err */
};

struct tx {
	struct db db;
};

enum own_statement { BEGIN, COMMIT, ROLLBACK, SAVE, RELEASE, UNDO, OWN_STATEMENTS };

struct writer {
	struct tx tx;
	sqlite3_stmt *own[OWN_STATEMENTS];
	pthread_t thread;
	bool started;
	sem_t work; /* one token for each time `waiting` became non-empty */
	_Atomic(struct job *) waiting; /* pushed by any thread: newest first */
	atomic_bool closing;
	/* of the writer's thread only */
	struct job *first, *last; /* taken, oldest first */
	int frames;               /* in the WAL */
	int copied;               /* of them into the file by a checkpoint */
	int loaded_frames;        /* uncopied ones, so many, are copied even under load */
	int rest_ms;              /* unused for so long, the WAL is emptied */
	/* read by all */
	_Atomic(uint64_t) writes, commits, refused, worst_us, wal_bytes;
	_Atomic(int64_t) committed_ms; /* on the monotonic clock */
};
fallible writer_start(struct writer *); /* tx.db is open */
void writer_stop(struct writer *);      /* after what is queued; takes a zeroed one */

/* ---- readers.c ---- */

#define READERS_MOST 16
struct readers {
	pthread_mutex_t lock;
	pthread_cond_t freed;
	struct db *idle; /* the last one given back is the first to go out: its cache is
	                    warm */
	int open;
	int patience_ms; /* how long one waits for a reader */
};
void readers_init(struct readers *);
void readers_close(struct readers *);

/* ---- migrate.c ---- */

extern const struct embedded store_migrations[];
/* ERR_CONFLICT when the file is not ours or newer than `list`. 0 for an empty file. */
fallible migrate_version(sqlite3 *, const struct embedded *list, int *out);
int migrate_last(const struct embedded *list);
fallible migrate_run(sqlite3 *, const struct embedded *list);

/* ---- backup.c ---- */

/* A copy of what `handle` sees into a new file. */
fallible backup_write(sqlite3 *handle, const char *vfs, const char *path);
/* `folder`/backup/kenes-20261123T144758Z-v1.db */
fallible backup_before_migration(sqlite3 *, const char *vfs, const char *folder,
                                 int version);
/* The name of the newest file there; "" when there is none. */
void backup_newest(const char *folder, char out[256]);

/* ---- store.c ---- */

/* ERR_CORRUPT with SQLite's first complaint. */
fallible store_quick_check(sqlite3 *);

struct health {
	pthread_mutex_t lock;
	int64_t asked_ms; /* when `err` was found out */
	enum err err;
	struct err_note note;
};

struct store {
	char folder[FILE_PATH], path[FILE_PATH];
	const char *vfs; /* NULL: the default one */
	struct writer writer;
	struct readers readers;
	struct health health;
};
