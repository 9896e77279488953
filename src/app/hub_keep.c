/* SPDX-License-Identifier: Apache-2.0 */
/* The thread that keeps a hub to its rule of how long things are kept: some minutes after
 * the start, then every day. */
#include <errno.h>
#include <time.h>

#include "app/inside.h"
#include "base/log.h"
#include "base/time.h"
#include "hub/publish.h"
#include "hub/retention.h"

#define FIRST_S (5 * 60)
#define EVERY_S (24 * 60 * 60)

/* False: the program ends. */
static bool wait_for(struct keep_job *job, int seconds)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += seconds;
	pthread_mutex_lock(&job->lock);
	int late = 0;
	while (!atomic_load(&job->closing) && late != ETIMEDOUT)
		late = pthread_cond_timedwait(&job->changed, &job->lock, &until);
	bool go_on = !atomic_load(&job->closing);
	pthread_mutex_unlock(&job->lock);
	return go_on;
}

static enum err end_lists(struct tx *tx, void *today)
{
	return hub_publications_over(tx, str_of(today));
}

static void end_what_is_over(struct hub *hub)
{
	char now[TIME_TEXT];
	time_write(time_now() + ALMATY_MS, now);
	now[10] = 0;
	if (store_write(hub->store, end_lists, now))
		log_failure(LOG_WARN, "publications.over");
}

static void *keep(void *arg)
{
	struct keep_job *job = arg;
	for (int pause = FIRST_S; wait_for(job, pause); pause = EVERY_S) {
		struct retention_ran ran;
		end_what_is_over(job->hub);
		if (retention_run(job->hub, S("program"), &job->closing, &ran))
			log_failure(LOG_WARN, "retention.failed");
		else if (ran.details || ran.names)
			log_info("retention.ran", "details=%lld names=%lld",
			         (long long)ran.details, (long long)ran.names);
	}
	return NULL;
}

enum err keep_job_begin(struct keep_job *job, struct hub *hub)
{
	job->hub = hub;
	pthread_mutex_init(&job->lock, NULL);
	pthread_cond_init(&job->changed, NULL);
	job->begun = pthread_create(&job->thread, NULL, keep, job) == 0;
	return job->begun ? ERR_OK : FAIL(ERR_IO, "no thread for what is over");
}

void keep_job_end(struct keep_job *job)
{
	if (!job->begun) return;
	pthread_mutex_lock(&job->lock);
	atomic_store(&job->closing, true);
	pthread_cond_broadcast(&job->changed);
	pthread_mutex_unlock(&job->lock);
	pthread_join(job->thread, NULL);
	pthread_cond_destroy(&job->changed);
	pthread_mutex_destroy(&job->lock);
	job->begun = false;
}
