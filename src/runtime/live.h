/* SPDX-License-Identifier: Apache-2.0 */
/* The attempts that are being worked on: how each stood after its last commit, so that the
 * next one need not read its state back. It is only a memory: what is found here was saved,
 * and the writer looks all the same whether it is still so. Any thread. */
#pragma once

#include "runtime/runtime.h"

#include <stdatomic.h>

#define LIVE_SLOTS 2048              /* learners at work at once; more only read back */
#define LIVE_MOST ((size_t)24 << 10) /* bytes of one; larger ones are read back */

struct live;
struct lives {
	_Atomic(struct live *) *slot; /* LIVE_SLOTS */
};
void lives_init(struct lives *);
void lives_free(struct lives *);

/* Takes the attempt out: the caller's from then on, so two commits of one attempt never
 * begin with the same. NULL: not there. `base` lives as long as it. */
struct live *lives_take(struct lives *, str attempt, struct attempt_base *base);
/* Keeps a copy of how the attempt stands now. What is too large, or finds no memory, is
 * read back the next time. */
void lives_keep(struct lives *, str attempt, const struct attempt_base *);
void live_drop(struct live *); /* takes NULL */
