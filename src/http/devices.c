/* SPDX-License-Identifier: Apache-2.0 */
#include "http/devices.h"

enum { REACH = 8 }; /* seats that a device looks at, from the one that its key names */

#define MINUTE (((uint64_t)1 << 24) - 1)

/* Never 0. */
static uint64_t minute_of(int64_t now_us)
{
	return ((uint64_t)now_us / 60000000 + 1) & MINUTE;
}

/* Its own, or else the one whose device was silent for longest. */
static _Atomic uint64_t *seat_of(struct devices *d, uint64_t key)
{
	_Atomic uint64_t *longest = &d->seat[key % DEVICES_MOST];
	for (uint64_t i = 0; i < REACH; i++) {
		_Atomic uint64_t *seat = &d->seat[(key + i) % DEVICES_MOST];
		uint64_t who = atomic_load_explicit(seat, memory_order_relaxed);
		if ((who & ~MINUTE) == (key & ~MINUTE)) return seat;
		if ((who & MINUTE) < (*longest & MINUTE)) longest = seat;
	}
	return longest;
}

void devices_note(struct devices *d, uint64_t key, int64_t now_us)
{
	_Atomic uint64_t *seat = seat_of(d, key);
	uint64_t spoke = (key & ~MINUTE) | minute_of(now_us);
	if (atomic_load_explicit(seat, memory_order_relaxed) != spoke)
		atomic_store_explicit(seat, spoke, memory_order_relaxed);
}

int devices_count(const struct devices *d, int minutes, int64_t now_us)
{
	uint64_t now = minute_of(now_us);
	int n = 0;
	for (size_t i = 0; i < DEVICES_MOST; i++) {
		uint64_t spoke =
			atomic_load_explicit(&d->seat[i], memory_order_relaxed) & MINUTE;
		n += spoke && spoke + (uint64_t)minutes >= now;
	}
	return n;
}
