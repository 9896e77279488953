/* SPDX-License-Identifier: Apache-2.0 */
/* The pool of readers: connections that cannot write, opened when first needed, lent for
 * the length of a request. A few are enough for hundreds of workers, since a request reads
 * for a millisecond. */
#include <errno.h>

#include "store/inside.h"

#define PATIENCE_MS 5000

/* Where the system lets us, waiting is measured on a clock that nobody sets. */
#ifdef _WIN32
#define PATIENCE_CLOCK CLOCK_REALTIME
#else
#define PATIENCE_CLOCK CLOCK_MONOTONIC
#endif

void readers_init(struct readers *r)
{
	pthread_condattr_t attributes;
	pthread_condattr_init(&attributes);
#ifndef _WIN32
	pthread_condattr_setclock(&attributes, PATIENCE_CLOCK);
#endif
	r->patience_ms = PATIENCE_MS;
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->freed, &attributes);
	pthread_condattr_destroy(&attributes);
}

void readers_close(struct readers *r)
{
	for (struct db *db = r->idle, *next; db; db = next) {
		next = db->next;
		db_close(db);
		free(db);
		r->open--;
	}
	assert(!r->open); /* a reader is still lent */
	pthread_cond_destroy(&r->freed);
	pthread_mutex_destroy(&r->lock);
}

/* With the lock held: an idle reader, or leave to open one (`*out` stays NULL). */
static enum err reserve(struct readers *r, struct db **out)
{
	struct timespec until = in_ms(PATIENCE_CLOCK, r->patience_ms);
	int code = 0;
	while (!r->idle && r->open == READERS_MOST && code != ETIMEDOUT)
		code = pthread_cond_timedwait(&r->freed, &r->lock, &until);
	*out = r->idle;
	if (r->idle)
		r->idle = r->idle->next;
	else if (r->open < READERS_MOST)
		r->open++;
	else
		return FAIL(ERR_BUSY, "all %d readers are busy for %d ms", READERS_MOST,
		            r->patience_ms);
	return ERR_OK;
}

static enum err open_one(struct store *s, struct db **out)
{
	struct db *db = calloc(1, sizeof *db);
	if (!db) abort();
	enum err err = db_open(db, s->path, s->vfs, DB_READS);
	if (!err) {
		*out = db;
		return ERR_OK;
	}
	free(db);
	pthread_mutex_lock(&s->readers.lock);
	s->readers.open--;
	pthread_cond_signal(&s->readers.freed);
	pthread_mutex_unlock(&s->readers.lock);
	return err;
}

enum err store_reader(struct store *s, struct db **out)
{
	struct readers *r = &s->readers;
	struct db *db;
	pthread_mutex_lock(&r->lock);
	enum err err = reserve(r, &db);
	pthread_mutex_unlock(&r->lock);
	if (err) return err;
	if (!db) return open_one(s, out);
	*out = db;
	return ERR_OK;
}

void store_reader_done(struct store *s, struct db *db)
{
	if (!db) return;
	assert(!db->queries); /* each QUERY ends before its reader goes back */
	struct readers *r = &s->readers;
	pthread_mutex_lock(&r->lock);
	db->next = r->idle;
	r->idle = db;
	pthread_cond_signal(&r->freed);
	pthread_mutex_unlock(&r->lock);
}
