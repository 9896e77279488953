/* SPDX-License-Identifier: Apache-2.0 */
/* How often somebody may do something. Each key (a device, an address) has a bucket that
 * fills at a steady rate up to a burst; each deed takes one token.
 *
 * A bucket is one number: the time at which it will be full again. A full one is worth
 * nothing, so the table is small, never grows and forgets by itself: where a place is
 * needed, the bucket that is fullest gives way. Any thread. */
#pragma once

#include "base/base.h"

enum limit_kind {
	LIMIT_NORMAL_DEVICE,
	LIMIT_NORMAL_ADDRESS,
	LIMIT_COSTLY_DEVICE,
	LIMIT_COSTLY_ADDRESS,
	LIMIT_GUESS_DEVICE,
	LIMIT_GUESS_ADDRESS,
	LIMIT_KINDS
};

struct limit_rate {
	int burst;        /* tokens in a full bucket */
	int64_t every_us; /* one more after so long */
};
extern const struct limit_rate limit_rates[LIMIT_KINDS];

struct limits;
struct limits *limits_open(void); /* never NULL */
void limits_close(struct limits *);

/* A key for limit_take: the same texts in the same order give the same key, in this process
 * only. */
uint64_t limit_key(const struct limits *, const str *part, size_t n);
/* Takes a token. When there is none: how many µs until there is; else 0. */
int64_t limit_take(struct limits *, enum limit_kind, uint64_t key, int64_t now_us);
/* The same without taking. */
int64_t limit_wait(struct limits *, enum limit_kind, uint64_t key, int64_t now_us);
