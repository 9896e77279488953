/* SPDX-License-Identifier: Apache-2.0 */
/* One place for each attempt, found by its id; whoever comes later takes it over. A place
 * changes hands by one exchange, so there is no lock. */
#include "runtime/live.h"

#include <stdlib.h>

/* Texts and blobs lie one behind the other in `bytes`. */
struct live {
	str attempt;
	struct attempt_base base;
	char bytes[];
};

void lives_init(struct lives *l)
{
	l->slot = calloc(LIVE_SLOTS, sizeof *l->slot);
	if (!l->slot) abort();
}

void lives_free(struct lives *l)
{
	if (!l->slot) return; /* a server that ends before it has begun */
	for (size_t i = 0; i < LIVE_SLOTS; i++) free(atomic_load(&l->slot[i]));
	free(l->slot);
}

/* The end of an id is random. */
static _Atomic(struct live *) *slot_of(struct lives *l, str attempt)
{
	uint32_t h = 2166136261u;
	for (size_t i = attempt.n < 8 ? 0 : attempt.n - 8; i < attempt.n; i++)
		h = (h ^ (unsigned char)attempt.p[i]) * 16777619u;
	return &l->slot[h % LIVE_SLOTS];
}

struct live *lives_take(struct lives *l, str attempt, struct attempt_base *base)
{
	struct live *x = atomic_exchange(slot_of(l, attempt), NULL);
	if (!x) return NULL;
	if (!str_is(x->attempt, attempt)) {
		free(atomic_exchange(slot_of(l, attempt), x));
		return NULL;
	}
	*base = x->base;
	return x;
}

static str put(struct live *x, size_t *n, str from)
{
	if (!from.p) return STR_NONE;
	char *to = x->bytes + *n;
	if (from.n) memcpy(to, from.p, from.n);
	*n += from.n;
	return (str){ to, from.n };
}

static size_t size_of(str attempt, const struct attempt_base *b)
{
	return attempt.n + b->launch.n + b->package.n + b->person.n + b->snapshot.n +
	       b->globals.n;
}

void lives_keep(struct lives *l, str attempt, const struct attempt_base *now)
{
	size_t n = size_of(attempt, now), at = 0;
	struct live *x = n > LIVE_MOST ? NULL : malloc(sizeof *x + n);
	if (!x) return;
	x->base = *now;
	x->attempt = put(x, &at, attempt);
	x->base.launch = put(x, &at, now->launch);
	x->base.package = put(x, &at, now->package);
	x->base.person = put(x, &at, now->person);
	x->base.snapshot = put(x, &at, now->snapshot);
	x->base.globals = put(x, &at, now->globals);
	free(atomic_exchange(slot_of(l, attempt), x));
}

void live_drop(struct live *x)
{
	free(x);
}
