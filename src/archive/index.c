/* SPDX-License-Identifier: Apache-2.0 */
/* Names to positions: open addressing, at most half full, a tag of the hash beside each
 * position so that a wrong slot costs no look at a name. Names come from strangers, so the
 * hash is seeded. Without case, a name is hashed and compared letter by letter as it would
 * be in small letters, with й and ё in one piece (macOS writes them as two). */
#include "archive/inside.h"

#include "base/time.h"

static uint64_t mix(uint64_t h, uint64_t word, uint64_t seed)
{
	unsigned __int128 product = (unsigned __int128)(h ^ word) * (seed | 1);
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static bool between(uint32_t c, uint32_t first, uint32_t last)
{
	return c >= first && c <= last;
}

static uint32_t small_letter(uint32_t c)
{
	if (between(c, 'A', 'Z')) return c + 0x20;
	if (between(c, 0x400, 0x40F)) return c + 0x50; /* Ѐ … Џ, with Ё and І */
	if (between(c, 0x410, 0x42F)) return c + 0x20; /* А … Я */
	/* Kazakh and its neighbours: capitals are even. */
	if (between(c, 0x460, 0x481) || between(c, 0x48A, 0x4BF)) return c | 1;
	if (between(c, 0x4D0, 0x52F)) return c | 1;
	return c;
}

/* The letter that `c` makes with the mark above it; 0 when they stay two. */
static uint32_t composed(uint32_t c, uint32_t mark)
{
	enum { BREVE = 0x306, TWO_DOTS = 0x308 };
	if (mark == BREVE && c == 0x438) return 0x439;    /* й */
	if (mark == BREVE && c == 0x443) return 0x45E;    /* ў */
	if (mark == TWO_DOTS && c == 0x435) return 0x451; /* ё */
	if (mark == TWO_DOTS && c == 0x456) return 0x457; /* ї */
	return 0;
}

/* Takes one folded letter off the front. Bytes that are not UTF-8 stand for themselves. */
static uint32_t take_letter(str *rest)
{
	uint32_t c = (unsigned char)rest->p[0];
	size_t length = c < 0x80 ? 1 : str_rune(*rest, &c);
	if (!length) length = 1;
	*rest = (str){ rest->p + length, rest->n - length };
	c = small_letter(c);
	uint32_t mark;
	if (c >= 0x400 && rest->n && (length = str_rune(*rest, &mark)) != 0) {
		uint32_t whole = composed(c, mark);
		if (whole) {
			*rest = str_part(*rest, length, rest->n);
			return whole;
		}
	}
	return c;
}

bool name_is_nocase(str a, str b)
{
	while (a.n && b.n)
		if (take_letter(&a) != take_letter(&b)) return false;
	return a.n == b.n;
}

static uint64_t hash_of(const struct index *x, str name)
{
	uint64_t h = x->seed;
	if (x->nocase) {
		while (name.n) {
			uint64_t three = 1; /* letters, 21 bits each */
			for (int i = 0; i < 3 && name.n; i++)
				three = three << 21 | take_letter(&name);
			h = mix(h, three, x->seed);
		}
		return mix(h, 0, x->seed);
	}
	size_t i = 0;
	uint64_t word;
	for (; name.n - i >= sizeof word; i += sizeof word) {
		memcpy(&word, name.p + i, sizeof word);
		h = mix(h, word, x->seed);
	}
	word = 0;
	if (name.n > i) memcpy(&word, name.p + i, name.n - i);
	h = mix(h, word, x->seed);
	return mix(h, name.n, x->seed);
}

void index_open(struct index *x, struct arena *a, size_t members, bool nocase)
{
	size_t slots = 4;
	while (slots < members * 2) slots *= 2;
	x->slot = arena_alloc(a, slots * sizeof *x->slot);
	x->mask = slots - 1;
	x->nocase = nocase;
	x->seed = ((uint64_t)time_mono_us() ^ (uint64_t)(uintptr_t)x->slot << 20) *
	          UINT64_C(0x9E3779B97F4A7C15);
}

/* The slot of `name`, or the free one where it belongs. */
static struct index_slot *slot_of(const struct index *x, const str *names, str name,
                                  uint32_t *tag_out)
{
	uint64_t h = hash_of(x, name);
	uint32_t tag = (uint32_t)(h >> 32);
	size_t at = (size_t)h & x->mask;
	for (;; at = (at + 1) & x->mask) {
		struct index_slot *s = &x->slot[at];
		if (!s->member) break;
		if (s->tag != tag) continue;
		str there = names[s->member - 1];
		if (x->nocase ? name_is_nocase(there, name) : str_is(there, name)) break;
	}
	*tag_out = tag;
	return &x->slot[at];
}

size_t index_find(const struct index *x, const str *names, str name)
{
	uint32_t tag;
	const struct index_slot *s = slot_of(x, names, name, &tag);
	return s->member ? s->member - 1 : SIZE_MAX;
}

size_t index_add(struct index *x, const str *names, size_t member)
{
	uint32_t tag;
	struct index_slot *s = slot_of(x, names, names[member], &tag);
	if (s->member) return s->member - 1;
	*s = (struct index_slot){ tag, (uint32_t)member + 1 };
	return member;
}
