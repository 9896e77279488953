/* SPDX-License-Identifier: Apache-2.0 */
/* The hub's addresses: a table of its own, for a hub serves no learners and a site no
 * coordinators. The machine roads (exchange, bundles, health, metrics) are in hub_roads.c.
 */
#pragma once

#include <semaphore.h>
#include <stdatomic.h>

#include "api/ui.h"
#include "http/http.h"
#include "hub/coordinators.h"
#include "hub/hub.h"

struct hub_api {
	struct hub hub;
	struct ui *ui;
	sem_t hashing;                   /* two passwords at a time */
	uint64_t upload_max;             /* bytes of a course */
	_Atomic(struct server *) server; /* NULL until it listens */
	/* since the start */
	_Atomic uint64_t exchanges, refused, bundles;
};
extern const struct route hub_routes[];
extern const size_t hub_n_routes;

static inline struct hub_api *hub_api_of(struct request *rq)
{
	return (struct hub_api *)request_app(rq);
}

/* ---- reading: a reader for the rest of the scope ---- */
struct hub_reading {
	struct store *store;
	struct db *db;
};
fallible hub_reading_begin(struct hub_reading *, struct request *);
void hub_reading_done(struct hub_reading *);
/* `HUB_READ(db, rq);` declares `struct db *db`; on failure the handler returns the error.
 */
#define HUB_READ(name, rq)                                                      \
	on_exit_of_scope(hub_reading_done) struct hub_reading name##_r = { 0 }; \
	TRY(hub_reading_begin(&name##_r, rq));                                  \
	struct db *name = name##_r.db

/* ---- who asks (hub_identify.c) ---- */
enum err hub_identify(struct request *, enum http_who, struct http_caller *out);
/* Set-Cookie of a session. An empty cookie takes it away. */
void hub_cookie(struct request *, const char *cookie);
/* What part of the country the answer is about: ?scope=, which must lie in the caller's
 * own, or that. ERR_DENIED ("other-scope"). */
fallible hub_scope(struct request *, str *out);
/* Whether the caller may act in a scope; ERR_DENIED ("other-scope"). */
fallible hub_may_act(struct request *, str scope);
str hub_who(struct request *); /* the caller's id, for the audit */

/* ---- answers (hub_table.c) ---- */
/* JSON; with ?as=xlsx or csv a table for spreadsheets in ?language=, of the very same rows,
 * and a line in the audit. */
fallible hub_give_list(struct request *, struct reply *, const struct shape *,
                       struct json_list, const char *name);
/* How many rows a list may have: more for a table than for a screen. */
size_t hub_most(struct request *, size_t screen);
/* A list of the scope that is asked about: `find` reads it, at most `most` rows. */
typedef enum err found_fn(struct request *, struct db *, str scope, size_t most,
                          struct json_list *out);
fallible hub_give_found(struct request *, struct reply *, found_fn *find,
                        const struct shape *, size_t screen, const char *name);

/* The whole body of a request that takes bytes, at most `most` (hub_roads.c). */
fallible hub_body(struct request *, size_t most, struct buf *out);

/* ---- changes (hub_desk.c): one struct for what all of them need ---- */
struct hub_change {
	struct arena *a;
	str scope, who; /* of who asks */
	str id;         /* {id} of the address */
	str other, why;
	int64_t number;
	bool apply;
};
struct hub_change hub_change_of(struct request *);
/* Runs it in the writer: 204. */
fallible hub_change(struct request *, struct reply *, write_fn *, struct hub_change *);
str hub_query(struct request *, const char *name); /* trimmed; "" when absent */
