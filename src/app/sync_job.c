/* SPDX-License-Identifier: Apache-2.0 */
/* The thread that keeps a serving site in touch with its hub: soon after the start, then
 * every quarter of an hour, sooner when the trainer asks, later and later while there is no
 * line. In a hall without internet it costs one failed connection an hour. */
#include <errno.h>
#include <time.h>

#include "app/inside.h"
#include "base/log.h"
#include "base/time.h"
#include "sync/line.h"
#include "sync/sync.h"
#include "training/expected.h"

#define MEMORY ((size_t)256 << 20)
#define FIRST_S 20
#define EVERY_S (15 * 60)
#define LONGEST_S (60 * 60)

static void note(const struct sync_report *r, enum err e)
{
	if (e)
		log_failure(LOG_INFO, "sync.failed");
	else if (r->sent || r->items || r->forked)
		log_info("sync.done", "sent=%lld quarantined=%lld items=%lld forked=%d",
		         (long long)r->sent, (long long)r->quarantined, (long long)r->items,
		         r->forked);
}

static fallible find_link(struct sync_job *job, struct arena *a, struct hub_link *out)
{
	struct db *db;
	TRY(store_reader(job->site->store, &db));
	enum err e = link_get(db, a, out);
	store_reader_done(job->site->store, db);
	return e;
}

static void set_line(struct sync_job *job, struct line *line)
{
	pthread_mutex_lock(&job->lock);
	job->line = line;
	if (line && job->closing) line_hang_up(line);
	pthread_mutex_unlock(&job->lock);
}

/* ERR_NOT_FOUND: not enrolled. */
static fallible contact(struct sync_job *job)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct hub_link link;
	struct line *line;
	struct sync_report report;
	TRY(find_link(job, a, &link));
	TRY(line_open(link.url.p, &line));
	struct site_sync sync = { .store = job->site->store,
		                  .folder = job->site->folder,
		                  .identity = &job->site->identity,
		                  .road = line_road(line),
		                  .apply = site_apply,
		                  .keep = site_keep,
		                  .apply_context = (void *)(uintptr_t)job->site };
	set_line(job, line);
	enum err e = sync_run(&sync, a, &report);
	set_line(job, NULL);
	note(&report, e);
	line_close(line);
	return e;
}

/* Until it is asked for or `seconds` are over; false: the program ends. */
static bool wait_for(struct sync_job *job, int seconds)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += seconds;
	pthread_mutex_lock(&job->lock);
	job->running = false;
	int late = 0;
	while (!job->asked && !job->closing && late != ETIMEDOUT)
		late = pthread_cond_timedwait(&job->changed, &job->lock, &until);
	job->running = !job->closing;
	job->asked = false;
	bool go_on = !job->closing;
	pthread_mutex_unlock(&job->lock);
	return go_on;
}

static enum err forget(struct tx *tx, void *today)
{
	return expected_forget(tx, str_of(today));
}

static fallible forget_what_is_over(struct store *store)
{
	char now[TIME_TEXT];
	time_write(time_now() + ALMATY_MS, now);
	now[10] = 0;
	return store_write(store, forget, now);
}

static void *keep_in_touch(void *arg)
{
	struct sync_job *job = arg;
	for (int pause = FIRST_S; wait_for(job, pause);) {
		enum err e = contact(job);
		if (forget_what_is_over(job->site->store))
			log_failure(LOG_WARN, "sync.forgetting");
		int longer = pause < EVERY_S ? EVERY_S : 2 * pause;
		pause = !e || e == ERR_NOT_FOUND ? EVERY_S
		        : longer < LONGEST_S     ? longer
		                                 : LONGEST_S;
	}
	return NULL;
}

enum err sync_job_begin(struct sync_job *job, const struct site *site)
{
	pthread_attr_t how;
	job->site = site;
	pthread_mutex_init(&job->lock, NULL);
	pthread_cond_init(&job->changed, NULL);
	pthread_attr_init(&how);
	pthread_attr_setstacksize(&how, (size_t)1 << 20);
	job->begun = pthread_create(&job->thread, &how, keep_in_touch, job) == 0;
	pthread_attr_destroy(&how);
	return job->begun ? ERR_OK
	                  : FAIL(ERR_IO, "no thread to keep in touch with the centre");
}

void sync_job_end(struct sync_job *job)
{
	if (!job->begun) return;
	pthread_mutex_lock(&job->lock);
	job->closing = true;
	if (job->line) line_hang_up(job->line);
	pthread_cond_broadcast(&job->changed);
	pthread_mutex_unlock(&job->lock);
	pthread_join(job->thread, NULL);
	pthread_cond_destroy(&job->changed);
	pthread_mutex_destroy(&job->lock);
	job->begun = false;
}

void sync_job_ask(void *arg)
{
	struct sync_job *job = arg;
	pthread_mutex_lock(&job->lock);
	job->asked = true;
	pthread_cond_broadcast(&job->changed);
	pthread_mutex_unlock(&job->lock);
}

bool sync_job_runs(void *arg)
{
	struct sync_job *job = arg;
	pthread_mutex_lock(&job->lock);
	bool runs = job->running || job->asked;
	pthread_mutex_unlock(&job->lock);
	return runs;
}
