/* SPDX-License-Identifier: Apache-2.0 */
/* text_fold: names as they were heard, not as they were typed. The same name from a
 * Kazakh, a Russian and a Latin keyboard gives the same folded text: every letter goes to
 * the Russian letter that stands in for it, and what tells nobody apart (case, marks above
 * letters, hyphens, apostrophes) is dropped. Й goes to и, because some keyboards send й as
 * и and a breve. */
#include "base/text.h"

enum { DROPPED = 0, BLANK = ' ' };

static bool between(uint32_t c, uint32_t first, uint32_t last)
{
	return c >= first && c <= last;
}

static uint32_t small_letter(uint32_t c)
{
	if (between(c, 'A', 'Z')) return c + 0x20;
	if (between(c, 0xC0, 0xDE) && c != 0xD7) return c + 0x20;
	if (between(c, 0x400, 0x40F)) return c + 0x50; /* Ѐ … Џ */
	if (between(c, 0x410, 0x42F)) return c + 0x20; /* А … Я */
	/* Cyrillic of other languages: capitals are even, except Ӂ … Ӎ. */
	if (between(c, 0x460, 0x481) || between(c, 0x48A, 0x4BF)) return c | 1;
	if (between(c, 0x4D0, 0x52F)) return c | 1;
	if (between(c, 0x4C1, 0x4CE)) return (c + 1) & ~1u;
	if (c == 0x18F) return 0x259; /* Ə */
	return c;
}

/* A small letter's Russian neighbour. */
static uint32_t neighbour(uint32_t c)
{
	/* clang-format off */
	switch (c) {
	/* Latin look-alikes; a small letter goes where its capital does */
	case 'a': return 0x430; case 'b': return 0x432; case 'c': return 0x441;
	case 'e': return 0x435; case 'h': return 0x43D; case 'i': return 0x438;
	case 'k': return 0x43A; case 'm': return 0x43C; case 'o': return 0x43E;
	case 'p': return 0x440; case 't': return 0x442; case 'x': return 0x445;
	case 'y': return 0x443;
	/* Kazakh */
	case 0x4D9: return 0x430; /* ә а */  case 0x493: return 0x433; /* ғ г */
	case 0x49B: return 0x43A; /* қ к */  case 0x4A3: return 0x43D; /* ң н */
	case 0x4E9: return 0x43E; /* ө о */  case 0x4B1: return 0x443; /* ұ у */
	case 0x4AF: return 0x443; /* ү у */  case 0x4BB: return 0x445; /* һ х */
	case 0x456: return 0x438; /* і и */  case 0x259: return 0x430; /* ə а, Latin */
	/* Russian and its neighbours */
	case 0x451: return 0x435; /* ё е */  case 0x439: return 0x438; /* й и */
	case 0x454: return 0x435; /* є е */  case 0x457: return 0x438; /* ї и */
	case 0x491: return 0x433; /* ґ г */  case 0x45E: return 0x443; /* ў у */
	case 0x4B3: return 0x445; /* ҳ х */  case 0x497: return 0x436; /* җ ж */
	case 0x4B7: return 0x447; /* ҷ ч */  case 0x4E3: return 0x438; /* ӣ и */
	case 0x4EF: return 0x443; /* ӯ у */
	}
	/* clang-format on */
	return c;
}

static uint32_t fold(uint32_t c)
{
	if (between(c, '\t', '\r') || c == 0xA0 || between(c, 0x2000, 0x200A) ||
	    between(c, 0x2028, 0x2029) || c == 0x202F || c == 0x205F || c == 0x3000)
		return BLANK;
	if (c < 0x20 || between(c, 0x7F, 0x9F)) return DROPPED;
	if (between(c, 0x300, 0x36F)) return DROPPED; /* marks above letters */
	/* Hyphens; soft ones, and what has no width. */
	if (c == '-' || between(c, 0x2010, 0x2015) || c == 0x2212) return DROPPED;
	if (c == 0xAD || between(c, 0x200B, 0x200F) || c == 0x2060 || c == 0xFEFF)
		return DROPPED;
	/* Apostrophes and what is typed for them. */
	if (c == '\'' || c == '`' || c == 0xB4 || between(c, 0x2018, 0x201B) ||
	    between(c, 0x2B9, 0x2BF) || c == 0x2032)
		return DROPPED;
	return neighbour(small_letter(c));
}

str text_fold(struct arena *a, str s)
{
	if (!s.p) return STR_NONE;
	/* A letter grows by at most one byte: from Latin to Cyrillic. */
	char *p = arena_try(a, 2 * s.n + 1);
	if (!p) return STR_NONE;
	size_t n = 0, length;
	uint32_t c;
	for (bool blank = false; s.n; s = str_part(s, length, s.n)) {
		length = str_rune(s, &c);
		if (!length) length = 1, c = DROPPED; /* not UTF-8 */
		uint32_t folded = fold(c);
		if (folded == BLANK) blank = true;
		if (folded == BLANK || folded == DROPPED) continue;
		if (blank && n) p[n++] = BLANK;
		blank = false;
		if (folded != c && folded >= 0x80) { /* all of them take two bytes */
			p[n++] = (char)(0xC0 | folded >> 6);
			p[n++] = (char)(0x80 | (folded & 0x3F));
		} else if (folded < 0x80) {
			p[n++] = (char)folded;
		} else {
			memcpy(p + n, s.p, length);
			n += length;
		}
	}
	return (str){ p, n };
}
