/* SPDX-License-Identifier: Apache-2.0 */
/* An arena is a chain of blocks, the newest first. Each is twice as large as the one
 * before, up to a ceiling; what is larger still gets a block of its own. The first block is
 * small and survives arena_reset, so that a thread that answers small requests never
 * allocates. Under AddressSanitizer the free part of a block is poisoned. */
#include "base/arena.h"

#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef FAULTS
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum {
	FIRST_BLOCK = 16 << 10,
	LARGEST_BLOCK = 1 << 20,
	LONGEST_PRINTF = 64 << 10,
	ALIGNMENT = _Alignof(max_align_t),
};

struct block {
	struct block *older;
	size_t n, room; /* bytes used and allocated behind this head */
	_Alignas(max_align_t) char bytes[];
};

struct arena {
	struct block *newest;
	size_t used, limit;
};

static struct block *block_open(size_t room, struct block *older)
{
	struct block *b = malloc(sizeof *b + room);
	if (!b) return NULL;
	*b = (struct block){ .older = older, .room = room };
	ASAN_POISON_MEMORY_REGION(b->bytes, room);
	return b;
}

static void block_close(struct block *b)
{
	ASAN_UNPOISON_MEMORY_REGION(b->bytes, b->room);
	free(b);
}

static _Noreturn void no_memory(void)
{
	fputs("kenes: no memory\n", stderr);
	abort();
}

struct arena *arena_open(size_t limit)
{
	struct arena *a = malloc(sizeof *a);
	if (!a) no_memory();
	*a = (struct arena){ .limit = limit };
	return a;
}

void arena_close(struct arena *a)
{
	if (!a) return;
	while (a->newest) {
		struct block *older = a->newest->older;
		block_close(a->newest);
		a->newest = older;
	}
	free(a);
}

void arena_close_at(struct arena **a)
{
	arena_close(*a);
}

void arena_reset(struct arena *a)
{
	a->used = 0;
	while (a->newest && (a->newest->older || a->newest->room > FIRST_BLOCK)) {
		struct block *older = a->newest->older;
		block_close(a->newest);
		a->newest = older;
	}
	if (!a->newest) return;
	a->newest->n = 0;
	ASAN_POISON_MEMORY_REGION(a->newest->bytes, a->newest->room);
}

/* Zeroed bytes; NULL when the system has none. */
static void *take(struct arena *a, size_t size)
{
	if (size > PTRDIFF_MAX / 2) return NULL;
	size_t whole = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	struct block *b = a->newest;
	if (!b || b->room - b->n < whole) {
		size_t room = b ? b->room * 2 : FIRST_BLOCK;
		if (room > LARGEST_BLOCK) room = LARGEST_BLOCK;
		if (room < whole) room = whole;
		b = block_open(room, a->newest);
		if (!b) return NULL;
		a->newest = b;
	}
	void *p = b->bytes + b->n;
	b->n += whole;
	a->used += whole;
	ASAN_UNPOISON_MEMORY_REGION(p, size);
	return memset(p, 0, size);
}

void *arena_alloc(struct arena *a, size_t size)
{
	void *p = take(a, size);
	if (!p) no_memory();
	return p;
}

void *arena_try(struct arena *a, size_t size)
{
	if (a->used > a->limit || size > a->limit - a->used || fault_now()) return NULL;
	return take(a, size);
}

str arena_copy(struct arena *a, str s)
{
	if (!s.p) return STR_NONE;
	char *p = arena_try(a, s.n + 1);
	if (!p) return STR_NONE;
	if (s.n) memcpy(p, s.p, s.n);
	return (str){ p, s.n };
}

str arena_printf(struct arena *a, const char *format, ...)
{
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	assert(length >= 0);
	size_t n = (size_t)length < LONGEST_PRINTF ? (size_t)length : LONGEST_PRINTF;
	char *p = arena_alloc(a, n + 1);
	vsnprintf(p, n + 1, format, again);
	va_end(again);
	return (str){ p, n };
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
