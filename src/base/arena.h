/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is given back all at once: one arena a request, a write batch, an import.
 * An arena belongs to one thread at a time. */
#pragma once

#include "base/base.h"

struct arena;

/* A new arena that gives out at most `limit` bytes through arena_try. Never NULL. */
struct arena *arena_open(size_t limit);
void arena_close(struct arena *);     /* takes NULL */
void arena_close_at(struct arena **); /* for on_exit_of_scope */
/* Everything given out so far is gone; a bounded first block stays for the next use. */
void arena_reset(struct arena *);

/* For sizes the program chose: never NULL (no memory ends the process), zeroed, aligned for
 * any type. */
void *arena_alloc(struct arena *, size_t size);
#define arena_new(arena, type) ((type *)arena_alloc(arena, sizeof(type)))
/* For sizes from outside: NULL past the limit. Zeroed. */
void *arena_try(struct arena *, size_t size);

/* A copy with a NUL behind it that `n` does not count. STR_NONE stays STR_NONE; past the
 * limit: STR_NONE. */
str arena_copy(struct arena *, str);
/* Formatted text, NUL behind it. At most 64 KiB. */
str arena_printf(struct arena *, const char *format, ...) printf_like(2, 3);
size_t arena_used(const struct arena *);
