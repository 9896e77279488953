/* SPDX-License-Identifier: Apache-2.0 */
/* How many devices of the room have spoken lately: the trainer sees whether phones reach
 * the laptop at all. A table of fixed size that forgets by itself; when it is full the
 * count is too small, and nothing else happens. Any thread, no lock. */
#pragma once

#include "base/base.h"

#include <stdatomic.h>

#define DEVICES_MOST 2048
struct devices {
	/* a device's key without its low 24 bits, and there the minute in which it spoke
	 * last; 0: nobody */
	_Atomic uint64_t seat[DEVICES_MOST];
};
/* `key` is of limit_key; `now_us` never goes back. A device that spoke in this minute
 * already costs at most eight reads of neighbours, and no write. */
void devices_note(struct devices *, uint64_t key, int64_t now_us);
/* Those that spoke in this minute or one of the `minutes` before. */
int devices_count(const struct devices *, int minutes, int64_t now_us);
