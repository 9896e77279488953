/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder share. Nobody else includes it. */
#pragma once

#include "sync/sync.h"

/* ---- mark.c: DIR/site.mark, how far facts have left this folder ---- */
struct mark {
	int64_t epoch, seq; /* 0: nothing has left */
	uint8_t head[RECORD_ID];
};
/* A mark of another site, or none, is zeros; an unreadable one is ERR_CORRUPT. */
fallible mark_read(const char *folder, str site, struct mark *out);

/* ---- contact.c: one contact with the hub ---- */
struct contact {
	struct site_sync *sync;
	struct arena *a;
	struct hub_link link;
	uint8_t challenge[CHALLENGE];
	int64_t hub_at;
	struct buf ask, reply;
	size_t batch; /* bytes that the next batch may have */
	struct sync_report *report;
};
/* Asks and understands. `say_once` does not try again. What comes back lives until the next
 * request. ERR_DENIED or ERR_CONFLICT with the hub's word when it refuses. */
fallible say_once(struct contact *, enum exchange_type, str body,
                  struct exchange_reply *out);
fallible say(struct contact *, enum exchange_type, str body, struct exchange_reply *out);
/* Greets: sets challenge and hub_at. */
fallible greet(struct contact *);
/* How long to wait before the n-th try again (1 …). */
int64_t patience_ms(int n);
#define TRIES 6

/* ---- push.c ---- */
fallible push_all(struct contact *);
/* Records first … last, in as many batches as it takes. */
fallible push_run(struct contact *, int64_t epoch, int64_t first, int64_t last);
/* ---- mend.c ---- */
/* Sends again what the hub lacks of an epoch of which it counts other than we. */
fallible mend(struct contact *, const struct journal_epoch *);
/* Whether the hub has this very record of ours. */
fallible hub_has(struct contact *, int64_t epoch, int64_t seq, bool *out);
/* ---- fetch.c ---- */
fallible fetch_all(struct contact *, int64_t newest);
