/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder share. Nobody else includes it. */
#pragma once

#include "api/api.h"
#include "app/app.h"
#include <pthread.h>
#include <stdatomic.h>

/* ---- lock.c: one server a folder ---- */
struct lock {
	int file; /* -1: not held */
};
/* ERR_CONFLICT, reason "serving-already". The lock goes with the process. */
fallible lock_take(const char *folder, struct lock *out);
void lock_drop(struct lock *);

/* ---- files.c: server_options.find_file; `app` is the struct api ---- */
enum err files_find(void *app, enum http_origin, str path, struct resource *out);

/* ---- starter.c: the courses that come with the program ---- */
fallible starter_begin(struct app *);
void starter_wait(struct app *);

/* ---- ports.c ---- */
/* Puts the first free ports into the config: 80, so that addresses are short, then 8080 and
 * up; the content port is the next free one. Ports that are 0 stay so. */
void ports_choose(struct config *);

/* ---- app.c ---- */
void signals_ignore(void); /* those by which the system would end us for another's fault */

/* ---- serve.c ---- */
/* DIR/run.json: where the program that runs on this folder listens. */
fallible run_file_write(const char *folder, int port, int content_port, const str *address,
                        size_t n);
void run_file_forget(const char *folder);
/* Where a browser on this machine finds it: the loopback where that is served. */
const char *near_host(const char *listen);

/* ---- browser.c ---- */
void browser_show(const char *address); /* tries; says nothing when it cannot */

/* ---- sync_job.c ---- */
struct line;
struct sync_job {
	const struct site *site;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct line *line; /* while a contact runs */
	bool begun, asked, running, closing;
};
fallible sync_job_begin(struct sync_job *, const struct site *);
void sync_job_end(struct sync_job *); /* takes a zeroed one; gives up a contact that runs */
void sync_job_ask(void *job);         /* now */
bool sync_job_runs(void *job);

/* ---- hub_keep.c ---- */
struct hub;
struct keep_job {
	struct hub *hub;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool begun;
	atomic_bool closing;
};
fallible keep_job_begin(struct keep_job *, struct hub *);
void keep_job_end(struct keep_job *); /* takes a zeroed one; a run ends at its next step */

struct app {
	struct sync_job sync;
	struct site site;
	struct lock lock;
	struct api api;
	struct server *server;
	const char *names[34]; /* host names that we answer to; NULL at the end */
	struct arena *arena;
	pthread_t starter;
	bool starting; /* the starter thread was made and not joined */
};
