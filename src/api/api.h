/* SPDX-License-Identifier: Apache-2.0 */
/* What every handler works with: the site's store, shelf, keys and pages, the reader of one
 * request, and who is asking. A handler reads, does, answers; rules about a subject live in
 * the subject. */
#pragma once

#include <semaphore.h>
#include <stdatomic.h>

#include "api/members.h"
#include "api/shapes.h"
#include "api/ui.h"
#include "http/http.h"
#include "package/package.h"
#include "people/people.h"
#include "runtime/player.h"
#include "store/store.h"
#include "sync/identity.h"
#include "sync/sync.h"
#include "training/training.h"

/* The thread that keeps in touch with the hub (app/sync_job.c). */
struct api_sync {
	void *job;
	void (*ask)(void *job); /* for a contact now */
	bool (*runs)(void *job);
	/* What the site does with things from above: struct site_sync's. */
	enum err (*apply)(struct tx *, void *context, const struct down_entry *,
	                  str content);
	enum err (*keep)(void *context, const struct down_entry *, const char *path);
	void *context;
};

/* One site, made by app and shared by all workers. What is not atomic is set before the
 * server starts and never after. */
struct api {
	struct store *store;
	struct shelf *shelf;
	const struct identity *identity; /* the site's key */
	struct ui *ui;
	struct members members;
	struct player player;         /* the SCORM engine on this side */
	uint8_t capability[SEAL_KEY]; /* attempts' capabilities are MACs under it */
	struct api_sync sync;
	const char *data;      /* the data folder */
	const char *listen;    /* the address bound: "0.0.0.0", "127.0.0.1" */
	uint64_t upload_max;   /* bytes of one package */
	sem_t hashing;         /* two passwords at a time: a guesser burns one core */
	char page_policy[640]; /* of the app's pages: they may frame the other port */
	_Atomic(struct server *) server; /* NULL until it listens */
};
fallible api_init(struct api *);
/* It listens: once, before anybody reads `server` or `page_policy` through it. */
void api_listens(struct api *, struct server *);
void api_free(struct api *);

/* The route table: the page to read first. */
extern const struct route api_routes[];
extern const size_t api_n_routes;

static inline struct api *api_of(struct request *rq)
{
	return (struct api *)request_app(rq);
}

/* ---- reading: a reader for the rest of the scope ---- */
struct reading {
	struct store *store;
	struct db *db;
};
fallible reading_begin(struct reading *, struct request *);
void reading_done(struct reading *);
/* `READ(db, rq);` declares `struct db *db`; on failure the handler returns the error. */
#define READ(name, rq)                                                  \
	on_exit_of_scope(reading_done) struct reading name##_r = { 0 }; \
	TRY(reading_begin(&name##_r, rq));                              \
	struct db *name = name##_r.db

/* ---- who asks (identify.c) ---- */
enum err api_identify(struct request *, enum http_who, struct http_caller *out);
/* The session of this request and its cookie. A course on the other port can plant cookies
 * for this host, so the page names its session by a word that only it knows; see
 * docs/threats.md. ERR_UNKNOWN: nobody. */
fallible api_session(struct request *, struct db *, struct session *out, str *cookie_out);
/* The cookie that this request's X-Kenes-Session is the word of; STR_NONE. */
str api_cookie_of_word(struct request *);
/* Set-Cookie of a session. An empty cookie takes it away. */
void api_cookie(struct request *, const char *cookie);

/* ERR_INVALID unless it is "kk", "ru" or "en". */
fallible api_language(str);

/* ---- answers ---- */
/* Writes one object as the reply. */
void api_give(struct reply *, int status, const struct shape *, const void *);
void api_give_list(struct reply *, const struct shape *, struct json_list);
/* Bytes of the type that was set. ERR_TOO_LARGE past what a reply may hold. */
fallible api_give_bytes(struct reply *, str bytes);
/* "http://HOST:PORT" of an origin, HOST as the browser named it. ERR_BUSY before the ports
 * are known. */
fallible api_base(struct request *, enum http_origin, str *out);
