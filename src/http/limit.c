/* SPDX-License-Identifier: Apache-2.0 */
/* The table is an array of sets of eight places. A key belongs to one set; a set is guarded
 * by one of a few mutexes. */
#include "http/limit.h"

#include "base/id.h"

#include <pthread.h>
#include <stdlib.h>

enum { SETS = 1024, PLACES = 8, LOCKS = 32 };

/* A hall of 300 behind one router shares an address, so an address may do what 300 people
 * do, while one device may do what one person does in a hurry. */
const struct limit_rate limit_rates[LIMIT_KINDS] = {
	[LIMIT_NORMAL_DEVICE] = { 120, 1000 * 1000 / 20 },
	[LIMIT_NORMAL_ADDRESS] = { 6000, 1000 * 1000 / 2000 },
	[LIMIT_COSTLY_DEVICE] = { 15, 2 * 1000 * 1000 },
	[LIMIT_COSTLY_ADDRESS] = { 600, 1000 * 1000 / 20 },
	[LIMIT_GUESS_DEVICE] = { 20, 10 * 1000 * 1000 },
	/* Six digits hold out for a working day at this pace, and what a guesser wins is to
	 * join a training; passwords are asked for on the laptop only. */
	[LIMIT_GUESS_ADDRESS] = { 3000, 1000 * 1000 / 20 },
};

struct bucket {
	uint64_t key;
	int64_t full_at_us;
};

struct limits {
	uint64_t seed;
	pthread_mutex_t lock[LOCKS];
	struct bucket bucket[SETS][PLACES];
};

/* splitmix64's last step: every bit of `x` moves every bit of what comes out. */
static uint64_t mixed(uint64_t x)
{
	x ^= x >> 30;
	x *= 0xbf58476d1ce4e5b9;
	x ^= x >> 27;
	x *= 0x94d049bb133111eb;
	return x ^ x >> 31;
}

static uint64_t hashed(uint64_t h, str s)
{
	for (size_t i = 0; i < s.n; i++) h = (h ^ (uint8_t)s.p[i]) * 0x100000001b3;
	return mixed(h ^ s.n);
}

struct limits *limits_open(void)
{
	struct limits *l = calloc(1, sizeof *l);
	if (!l) abort();
	for (size_t i = 0; i < LOCKS; i++) pthread_mutex_init(&l->lock[i], NULL);
	/* An id is 74 random bits: nobody outside can aim at another's bucket. */
	struct id random = id_new("lim");
	l->seed = hashed(0, id_str(&random));
	return l;
}

void limits_close(struct limits *l)
{
	if (!l) return;
	for (size_t i = 0; i < LOCKS; i++) pthread_mutex_destroy(&l->lock[i]);
	free(l);
}

uint64_t limit_key(const struct limits *l, const str *part, size_t n)
{
	uint64_t h = l->seed;
	for (size_t i = 0; i < n; i++) h = hashed(h, part[i]);
	return h;
}

/* The bucket of `key`, or the fullest one, whose place it may take. */
static struct bucket *bucket_of(struct bucket set[PLACES], uint64_t key)
{
	struct bucket *fullest = &set[0];
	for (size_t i = 0; i < PLACES; i++) {
		if (set[i].key == key) return &set[i];
		if (set[i].full_at_us < fullest->full_at_us) fullest = &set[i];
	}
	return fullest;
}

static int64_t ask(struct limits *l, enum limit_kind kind, uint64_t key, int64_t now_us,
                   bool take)
{
	const struct limit_rate *rate = &limit_rates[kind];
	key = mixed(key + (uint64_t)kind + 1);
	size_t set = key % SETS;
	pthread_mutex_t *lock = &l->lock[set % LOCKS];
	pthread_mutex_lock(lock);
	struct bucket *b = bucket_of(l->bucket[set], key);
	int64_t full_at = now_us;
	if (b->key == key && b->full_at_us > now_us) full_at = b->full_at_us;
	int64_t wait = full_at - now_us - (rate->burst - 1) * rate->every_us;
	if (take && wait <= 0) *b = (struct bucket){ key, full_at + rate->every_us };
	pthread_mutex_unlock(lock);
	return wait > 0 ? wait : 0;
}

int64_t limit_take(struct limits *l, enum limit_kind kind, uint64_t key, int64_t now_us)
{
	return ask(l, kind, key, now_us, true);
}

int64_t limit_wait(struct limits *l, enum limit_kind kind, uint64_t key, int64_t now_us)
{
	return ask(l, kind, key, now_us, false);
}
