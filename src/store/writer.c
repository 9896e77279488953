/* SPDX-License-Identifier: Apache-2.0 */
/* The writer: one thread that commits in groups.
 *
 * A job lies on its caller's stack. Callers push it onto a stack of waiting jobs (one
 * compare-and-swap) and sleep on a semaphore inside the job; whoever finds the stack empty
 * gives the writer a token. The writer takes the whole stack for a token, turns it round,
 * runs up to 256 jobs in one transaction, commits once, and wakes each caller by its own
 * semaphore, so nobody wakes for another's news. While it waits for the disk the next group
 * gathers: the slower the disk, the larger the groups.
 *
 * The WAL starts again from its beginning only at a moment when everything in it has been
 * copied into the file. Only the writer can make sure of that under load, so it
 * checkpoints itself, after it has answered. */
#include <errno.h>

#include "base/log.h"
#include "base/time.h"
#include "store/inside.h"

#define BATCH_MOST 256
/* Small checkpoints while nobody waits, since whoever comes meanwhile waits for them. Under
 * load few large ones: each costs two syncs, and it is the hundredth group that waits. They
 * wait for readers to let the WAL begin again, but not long: a backup may be under way. */
#define QUIET_MS 5
#define QUIET_FRAMES 1000
#define LOADED_FRAMES 16000
#define RESTART_WAIT_MS 100
#define REST_MS 10000 /* so long unused, the WAL is emptied */
#define FRAME_BYTES (4096 + 24)

/* ---- the callers' side ---- */

static void wait_for(sem_t *s)
{
	while (sem_wait(s)) assert(errno == EINTR);
}

static void push(struct writer *w, struct job *job)
{
	struct job *top = atomic_load_explicit(&w->waiting, memory_order_relaxed);
	do job->next = top;
	while (!atomic_compare_exchange_weak_explicit(
		&w->waiting, &top, job, memory_order_release, memory_order_relaxed));
	if (!top) sem_post(&w->work);
}

enum err store_write_as(struct store *s, enum store_right rights, write_fn *run, void *arg)
{
	struct job job = { .run = run, .arg = arg, .rights = rights };
	job.queued_us = time_mono_us();
	sem_init(&job.done, 0, 0);
	push(&s->writer, &job);
	wait_for(&job.done);
	sem_destroy(&job.done);
	if (job.err) err_restore(&job.note);
	return job.err;
}

enum err store_write(struct store *s, write_fn *run, void *arg)
{
	return store_write_as(s, 0, run, arg);
}

struct db *tx_db(struct tx *tx)
{
	return &tx->db;
}

/* ---- transactions ---- */

static const char *const own_text[OWN_STATEMENTS] = {
	[BEGIN] = "BEGIN IMMEDIATE", [COMMIT] = "COMMIT",       [ROLLBACK] = "ROLLBACK",
	[SAVE] = "SAVEPOINT job",    [RELEASE] = "RELEASE job", [UNDO] = "ROLLBACK TO job",
};

static enum err own(struct writer *w, enum own_statement which)
{
	int code = sqlite3_step(w->own[which]);
	enum err err = DB_FAIL(w->tx.db.handle, code);
	sqlite3_reset(w->own[which]);
	return err;
}

/* A constraint that is checked at COMMIT would fail the whole group: it is asked for after
 * each job instead. */
static enum err nothing_dangles(struct db *db)
{
	int dangling = 0, high;
	sqlite3_db_status(db->handle, SQLITE_DBSTATUS_DEFERRED_FKS, &dangling, &high, 0);
	return dangling ? FAIL(ERR_CONFLICT, "%s: a reference to what is not there",
	                       STORE_FILE)
	                : ERR_OK;
}

/* Runs one job of a group; returns an error only when the whole transaction is gone. */
static enum err run_job(struct writer *w, struct job *job)
{
	struct db *db = &w->tx.db;
	TRY(own(w, SAVE));
	db->in_job = true;
	db->rights = job->rights;
	job->err = job->run(&w->tx, job->arg);
	db->in_job = false;
	assert(!db->queries);
	if (db->lost) {
		err_restore(&db->lost_note);
		return db->lost;
	}
	if (!job->err) job->err = nothing_dangles(db);
	if (job->err) {
		job->note = *err_last();
		TRY(own(w, UNDO));
	}
	return own(w, RELEASE);
}

static enum err run_group(struct writer *w, struct job *group)
{
	w->tx.db.lost = ERR_OK;
	TRY(own(w, BEGIN));
	for (struct job *job = group; job; job = job->next) TRY(run_job(w, job));
	return own(w, COMMIT);
}

/* Nothing of the group is saved (or so SQLite says): everyone hears why. */
static void refuse(struct writer *w, struct job *group, enum err err)
{
	struct err_note note = *err_last();
	if (!sqlite3_get_autocommit(w->tx.db.handle) && own(w, ROLLBACK))
		log_failure(LOG_ERROR, "store.rollback");
	for (struct job *job = group; job; job = job->next) {
		job->err = err;
		job->note = note;
	}
}

static void answer(struct writer *w, struct job *group)
{
	uint64_t waited = (uint64_t)(time_mono_us() - group->queued_us);
	if (waited > w->worst_us) w->worst_us = waited;
	for (struct job *job = group, *next; job; job = next) {
		next = job->next;
		if (job->err)
			w->refused++;
		else
			w->writes++;
		sem_post(&job->done); /* the job is gone from here on */
	}
}

/* ---- the WAL ---- */

static int committed(void *context, sqlite3 *handle, const char *schema, int frames)
{
	(void)handle, (void)schema;
	struct writer *w = context;
	if (frames < w->frames) w->copied = 0; /* it began again */
	w->frames = frames;
	w->wal_bytes = (uint64_t)frames * FRAME_BYTES;
	return SQLITE_OK;
}

static void checkpoint(struct writer *w, int mode)
{
	sqlite3 *handle = w->tx.db.handle;
	sqlite3_busy_timeout(handle, RESTART_WAIT_MS);
	int code = sqlite3_wal_checkpoint_v2(handle, NULL, mode, NULL, NULL);
	sqlite3_busy_timeout(handle, BUSY_MS);
	if (code == SQLITE_OK && mode == SQLITE_CHECKPOINT_TRUNCATE) w->frames = 0;
	w->copied = w->frames; /* or was tried: not again at once */
	w->wal_bytes = (uint64_t)w->frames * FRAME_BYTES;
	/* What is acknowledged lies in the WAL: a failure here loses nothing. */
	if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
		log_warn("store.checkpoint", "code=%d reason=\"%s\"", code,
		         sqlite3_errmsg(handle));
}

/* ---- the thread ---- */

static int uncopied(const struct writer *w)
{
	return w->frames - w->copied;
}

/* Waits for a token; false when it was quiet for so long that it is time for the WAL. */
static bool wait_for_work(struct writer *w)
{
	if (!w->frames) {
		wait_for(&w->work);
		return true;
	}
	struct timespec until =
		in_ms(CLOCK_REALTIME, uncopied(w) >= QUIET_FRAMES ? QUIET_MS : w->rest_ms);
	while (sem_timedwait(&w->work, &until)) {
		if (errno == ETIMEDOUT) return false;
		assert(errno == EINTR);
	}
	return true;
}

/* For one token: the whole stack, oldest first, behind what is left of the last one. */
static void take(struct writer *w)
{
	struct job *newest =
		atomic_exchange_explicit(&w->waiting, NULL, memory_order_acquire);
	struct job *first = NULL;
	for (struct job *job = newest, *next; job; job = next) {
		next = job->next;
		job->next = first;
		first = job;
	}
	if (!first) return;
	if (w->last)
		w->last->next = first;
	else
		w->first = first;
	w->last = newest;
}

/* Cuts the next group off the front. */
static struct job *next_group(struct writer *w)
{
	struct job *group = w->first, *end = group;
	for (int n = 1; n < BATCH_MOST && end->next; n++) end = end->next;
	w->first = end->next;
	if (!w->first) w->last = NULL;
	end->next = NULL;
	return group;
}

static void serve_group(struct writer *w)
{
	struct job *group = next_group(w);
	enum err err = run_group(w, group);
	if (err)
		refuse(w, group, err);
	else {
		w->commits++;
		w->committed_ms = time_mono_ms();
	}
	answer(w, group);
	if (uncopied(w) >= w->loaded_frames) checkpoint(w, SQLITE_CHECKPOINT_RESTART);
}

static void *write_until_closed(void *arg)
{
	struct writer *w = arg;
	for (;;) {
		if (w->first) {
			if (sem_trywait(&w->work) == 0) take(w);
		} else if (wait_for_work(w)) {
			take(w);
		} else {
			checkpoint(w, uncopied(w) >= QUIET_FRAMES
			                      ? SQLITE_CHECKPOINT_PASSIVE
			                      : SQLITE_CHECKPOINT_TRUNCATE);
		}
		if (w->first)
			serve_group(w);
		else if (w->closing)
			return NULL;
	}
}

enum err writer_start(struct writer *w)
{
	sqlite3 *handle = w->tx.db.handle;
	for (int i = 0; i < OWN_STATEMENTS; i++) {
		int code = sqlite3_prepare_v3(handle, own_text[i], -1,
		                              SQLITE_PREPARE_PERSISTENT, &w->own[i], NULL);
		if (code) return DB_FAIL(handle, code);
	}
	sqlite3_wal_hook(handle, committed, w);
	w->loaded_frames = LOADED_FRAMES;
	w->rest_ms = REST_MS;
	sem_init(&w->work, 0, 0);
	int code = pthread_create(&w->thread, NULL, write_until_closed, w);
	if (code) return FAIL(ERR_BUSY, "no thread for the writer: %s", strerror(code));
	w->started = true;
	return ERR_OK;
}

void writer_stop(struct writer *w)
{
	if (w->started) {
		w->closing = true;
		sem_post(&w->work);
		pthread_join(w->thread, NULL);
		sem_destroy(&w->work);
	}
	for (int i = 0; i < OWN_STATEMENTS; i++) sqlite3_finalize(w->own[i]);
	db_close(&w->tx.db);
	*w = (struct writer){ 0 };
}
