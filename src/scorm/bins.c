/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes under a number, in one piece of memory, ordered by key: u32 key, u32 length, bytes.
 */
#include "scorm/inside.h"

enum { HEAD = 8 };

static uint32_t get32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static void put32(uint8_t *p, uint32_t x)
{
	for (int i = 0; i < 4; i++) p[i] = (uint8_t)(x >> 8 * i);
}

static uint32_t key_of(enum bin_kind kind, uint32_t n)
{
	return (uint32_t)kind << 24 | n;
}

/* Where the record is, or where it belongs. */
static size_t place_of(const struct scorm *e, uint32_t key, bool *there)
{
	size_t at = 0;
	while (at < e->bins_n && get32(e->bins + at) < key)
		at += HEAD + get32(e->bins + at + 4);
	*there = at < e->bins_n && get32(e->bins + at) == key;
	return at;
}

str bin_get(const struct scorm *e, enum bin_kind kind, uint32_t n)
{
	bool there;
	size_t at = place_of(e, key_of(kind, n), &there);
	if (!there) return STR_NONE;
	return (str){ (const char *)e->bins + at + HEAD, get32(e->bins + at + 4) };
}

void bin_drop(struct scorm *e, enum bin_kind kind, uint32_t n)
{
	bool there;
	size_t at = place_of(e, key_of(kind, n), &there);
	if (!there) return;
	size_t end = at + HEAD + get32(e->bins + at + 4);
	memmove(e->bins + at, e->bins + end, e->bins_n - end);
	e->bins_n -= end - at;
	scorm_changed(e);
}

/* Makes the record `n` bytes long with its first `keep` ones as they were; NULL when there
 * is no room. */
static uint8_t *resize(struct scorm *e, uint32_t key, size_t keep, size_t n)
{
	bool there;
	size_t at = place_of(e, key, &there), old = 0;
	if (there) old = HEAD + get32(e->bins + at + 4);
	size_t left = e->bins_room - (e->bins_n - old);
	if (left < HEAD || n > left - HEAD) return NULL;
	size_t end = at + HEAD + n;
	memmove(e->bins + end, e->bins + at + old, e->bins_n - at - old);
	put32(e->bins + at, key);
	put32(e->bins + at + 4, (uint32_t)n);
	e->bins_n = e->bins_n - old + HEAD + n;
	scorm_changed(e);
	return e->bins + at + HEAD + keep;
}

bool bin_put(struct scorm *e, enum bin_kind kind, uint32_t n, str bytes)
{
	uint8_t *to = resize(e, key_of(kind, n), 0, bytes.n);
	if (to && bytes.n) memcpy(to, bytes.p, bytes.n);
	return to != NULL;
}

bool bin_add(struct scorm *e, enum bin_kind kind, uint32_t n, str bytes)
{
	size_t old = bin_get(e, kind, n).n;
	uint8_t *to = resize(e, key_of(kind, n), old, old + bytes.n);
	if (to && bytes.n) memcpy(to, bytes.p, bytes.n);
	return to != NULL;
}

bool bins_check(const struct scorm *e, const uint8_t *bytes, size_t n)
{
	uint32_t before = 0;
	for (size_t at = 0; at < n;) {
		if (n - at < HEAD || get32(bytes + at + 4) > n - at - HEAD) return false;
		uint32_t key = get32(bytes + at), number = key & 0xFFFFFF;
		if (at && key <= before) return false;
		before = key;
		switch (key >> 24) {
		case BIN_STORE:
			if (number >= e->stores.n) return false;
			break;
		case BIN_RUNTIME:
			if (number >= (uint32_t)e->tree->n) return false;
			break;
		case BIN_FOREIGN:
			if (number > 0) return false;
			break;
		default: return false;
		}
		at += HEAD + get32(bytes + at + 4);
	}
	return n <= e->bins_room;
}
