/* SPDX-License-Identifier: Apache-2.0 */
/* json_valid: RFC 8259 as a state machine without recursion. Which brackets are open is one
 * bit each in a word of 32. Strings, most of any text, go eight plain ASCII bytes at a
 * time. Every commit of every phone passes here. */
#include "base/json_scan.h"

#include "base/json.h"

bool scan_next_is(struct scan *s, char c)
{
	if (s->p == s->end || *s->p != c) return false;
	s->p++;
	return true;
}

void scan_blanks(struct scan *s)
{
	while (s->p < s->end &&
	       (*s->p == ' ' || *s->p == '\n' || *s->p == '\r' || *s->p == '\t'))
		s->p++;
}

/* Which of the eight bytes are zero: their highest bits. */
static uint64_t zeros(uint64_t eight)
{
	return (eight - 0x0101010101010101u) & ~eight & 0x8080808080808080u;
}

/* Skips what needs no look: ASCII but controls, quote and backslash. */
static void skip_plain(struct scan *s)
{
	const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
	uint64_t eight;
	while (s->end - s->p >= 8) {
		memcpy(&eight, s->p, 8);
		uint64_t control = (eight - ones * 0x20) & ~eight & high;
		if (control | zeros(eight ^ ones * '"') | zeros(eight ^ ones * '\\') |
		    (eight & high))
			break;
		s->p += 8;
	}
	while (s->p < s->end && *s->p >= 0x20 && *s->p < 0x7F && *s->p != '"' &&
	       *s->p != '\\')
		s->p++;
}

bool scan_hex4(struct scan *s, uint32_t *out)
{
	if (s->end - s->p < 4) return false;
	uint32_t value = 0;
	for (int i = 0; i < 4; i++) {
		char c = *s->p++;
		if (c >= '0' && c <= '9')
			value = value << 4 | (uint32_t)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			value = value << 4 | (uint32_t)((c | 0x20) - 'a' + 10);
		else
			return false;
	}
	*out = value;
	return true;
}

/* Behind a backslash. Halves of a surrogate pair come together or not at all. */
static bool escape(struct scan *s)
{
	if (s->p == s->end) return false;
	uint32_t first, second;
	switch (*s->p++) {
	case '"':
	case '\\':
	case '/':
	case 'b':
	case 'f':
	case 'n':
	case 'r':
	case 't': return true;
	case 'u': break;
	default: return false;
	}
	if (!scan_hex4(s, &first)) return false;
	if (first < 0xD800 || first > 0xDFFF) return true;
	if (first > 0xDBFF || !scan_next_is(s, '\\') || !scan_next_is(s, 'u')) return false;
	return scan_hex4(s, &second) && second >= 0xDC00 && second <= 0xDFFF;
}

bool scan_string(struct scan *s)
{
	for (;;) {
		skip_plain(s);
		if (s->p == s->end) return false;
		unsigned char c = (unsigned char)*s->p;
		if (c == '"') {
			s->p++;
			return true;
		}
		if (c == '\\') {
			s->p++;
			if (!escape(s)) return false;
		} else if (c == 0x7F) {
			s->p++;
		} else if (c < 0x80) {
			return false; /* a control character */
		} else {
			uint32_t rune;
			size_t n = str_rune((str){ s->p, (size_t)(s->end - s->p) }, &rune);
			if (!n) return false;
			s->p += n;
		}
	}
}

static bool digits(struct scan *s)
{
	const char *first = s->p;
	while (s->p < s->end && *s->p >= '0' && *s->p <= '9') s->p++;
	return s->p > first;
}

static bool number(struct scan *s)
{
	scan_next_is(s, '-');
	if (!scan_next_is(s, '0') && !digits(s)) return false;
	if (scan_next_is(s, '.') && !digits(s)) return false;
	if (scan_next_is(s, 'e') || scan_next_is(s, 'E')) {
		if (!scan_next_is(s, '+')) scan_next_is(s, '-');
		return digits(s);
	}
	return true;
}

static bool word(struct scan *s, str wanted)
{
	if (!str_starts((str){ s->p, (size_t)(s->end - s->p) }, wanted)) return false;
	s->p += wanted.n;
	return true;
}

static bool scalar(struct scan *s)
{
	switch (*s->p) {
	case '"': s->p++; return scan_string(s);
	case 't': return word(s, S("true"));
	case 'f': return word(s, S("false"));
	case 'n': return word(s, S("null"));
	default: return number(s);
	}
}

/* "name": and the blanks around it. */
static bool name(struct scan *s)
{
	if (!scan_next_is(s, '"') || !scan_string(s)) return false;
	scan_blanks(s);
	if (!scan_next_is(s, ':')) return false;
	scan_blanks(s);
	return true;
}

bool json_valid(str text)
{
	enum { DEEPEST = 32 };
	struct scan *s = &(struct scan){ text.p, text.p + text.n };
	uint32_t objects = 0; /* bit 0: the innermost open bracket is that of an object */
	int depth = 0;
	scan_blanks(s);
	for (;;) { /* in front of a value */
		if (s->p == s->end) return false;
		bool object = *s->p == '{';
		if (object || *s->p == '[') {
			s->p++;
			scan_blanks(s);
			if (depth == DEEPEST) return false;
			if (!scan_next_is(s, object ? '}' : ']')) {
				if (object && !name(s)) return false;
				objects = objects << 1 | object;
				depth++;
				continue;
			}
		} else if (!scalar(s)) {
			return false;
		}
		for (;;) { /* behind a value */
			scan_blanks(s);
			if (depth == 0) return s->p == s->end;
			if (scan_next_is(s, ',')) {
				scan_blanks(s);
				if (objects & 1 && !name(s)) return false;
				break;
			}
			if (!scan_next_is(s, objects & 1 ? '}' : ']')) return false;
			objects >>= 1;
			depth--;
		}
	}
}
