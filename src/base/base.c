/* SPDX-License-Identifier: Apache-2.0 */
/* Borrowed text. UTF-8 is checked by the table of RFC 3629 §4, eight ASCII bytes at a time
 * where there are any. */
#include "base/base.h"

str str_of(const char *text)
{
	return text ? (str){ text, strlen(text) } : STR_NONE;
}

bool str_is(str a, str b)
{
	if (!a.p || !b.p) return !a.p && !b.p;
	return a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool str_is_nocase(str a, str b)
{
	if (!a.p || !b.p) return !a.p && !b.p;
	if (a.n != b.n) return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i])) return false;
	return true;
}

bool str_starts(str s, str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(str s, str suffix)
{
	if (s.n < suffix.n) return false;
	return suffix.n == 0 || memcmp(s.p + (s.n - suffix.n), suffix.p, suffix.n) == 0;
}

size_t str_index(str s, char c)
{
	const char *found = s.n ? memchr(s.p, c, s.n) : NULL;
	return found ? (size_t)(found - s.p) : s.n;
}

str str_part(str s, size_t from, size_t to)
{
	if (!s.p) return STR_NONE;
	if (to > s.n) to = s.n;
	if (from > to) from = to;
	return (str){ s.p + from, to - from };
}

bool str_cut(str *rest, char separator, str *piece)
{
	if (rest->n == 0) return false;
	size_t at = str_index(*rest, separator);
	*piece = str_part(*rest, 0, at);
	*rest = str_part(*rest, at + 1, rest->n);
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str s)
{
	while (s.n && is_blank(s.p[0])) s.p++, s.n--;
	while (s.n && is_blank(s.p[s.n - 1])) s.n--;
	return s;
}

bool str_to_int(str s, int64_t least, int64_t most, int64_t *out)
{
	bool minus = s.n && s.p[0] == '-';
	size_t i = minus ? 1 : 0;
	if (i == s.n) return false;
	int64_t value = 0; /* built below zero, where there is one number more */
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9') return false;
		if (__builtin_mul_overflow(value, 10, &value)) return false;
		if (__builtin_sub_overflow(value, s.p[i] - '0', &value)) return false;
	}
	if (!minus && __builtin_sub_overflow(0, value, &value)) return false;
	if (value < least || value > most) return false;
	*out = value;
	return true;
}

static bool is_tail(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/* The length of the code point at `p`, 0 when it is malformed. */
static size_t rune_length(const unsigned char *p, size_t n)
{
	unsigned char c = p[0];
	if (c < 0x80) return 1;
	if (c < 0xC2) return 0;
	if (c < 0xE0) return n >= 2 && is_tail(p[1]) ? 2 : 0;
	if (c < 0xF0) {
		if (n < 3 || !is_tail(p[1]) || !is_tail(p[2])) return 0;
		if (c == 0xE0 && p[1] < 0xA0) return 0; /* overlong */
		if (c == 0xED && p[1] > 0x9F) return 0; /* surrogates */
		return 3;
	}
	if (c > 0xF4 || n < 4) return 0;
	if (!is_tail(p[1]) || !is_tail(p[2]) || !is_tail(p[3])) return 0;
	if (c == 0xF0 && p[1] < 0x90) return 0; /* overlong */
	if (c == 0xF4 && p[1] > 0x8F) return 0; /* past U+10FFFF */
	return 4;
}

bool str_is_utf8(str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	for (size_t i = 0; i < s.n;) {
		uint64_t eight;
		if (s.n - i >= sizeof eight) {
			memcpy(&eight, p + i, sizeof eight);
			if (!(eight & 0x8080808080808080u)) {
				i += sizeof eight;
				continue;
			}
		}
		size_t length = rune_length(p + i, s.n - i);
		if (!length) return false;
		i += length;
	}
	return true;
}

size_t str_rune(str s, uint32_t *out)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t length = s.n ? rune_length(p, s.n) : 0;
	switch (length) {
	case 1: *out = p[0]; break;
	case 2: *out = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu); break;
	case 3: *out = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu); break;
	case 4:
		*out = (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 |
		       (p[3] & 0x3Fu);
		break;
	}
	return length;
}

size_t str_runes(str s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.n; i++) count += !is_tail((unsigned char)s.p[i]);
	return count;
}
