/* SPDX-License-Identifier: Apache-2.0 */
/* Names as people type or paste them. What nobody can see is dropped rather than refused:
 * the person could not find it. What would break a line or turn the text around is
 * refused. */
#include "base/text.h"
#include "people/people.h"

enum place { LETTER, BLANK, NOTHING, FORBIDDEN };

static const struct {
	uint32_t first, last;
	enum place place;
} places[] = {
	{ 0x0000, 0x001F, FORBIDDEN }, { 0x0020, 0x0020, BLANK },
	{ 0x007F, 0x009F, FORBIDDEN }, { 0x00A0, 0x00A0, BLANK },
	{ 0x00AD, 0x00AD, NOTHING },                                /* soft hyphen */
	{ 0x2000, 0x200A, BLANK },     { 0x200B, 0x200F, NOTHING }, /* no width, marks */
	{ 0x2028, 0x202E, FORBIDDEN }, /* line ends, text turned around */
	{ 0x202F, 0x202F, BLANK },     { 0x205F, 0x205F, BLANK },
	{ 0x2060, 0x2064, NOTHING },   { 0x2066, 0x2069, FORBIDDEN },
	{ 0x3000, 0x3000, BLANK },     { 0xFEFF, 0xFEFF, NOTHING },
	{ 0xE0000, 0xE007F, NOTHING }, /* tags */
};

static enum place place_of(uint32_t rune)
{
	for (size_t i = 0; i < countof(places); i++)
		if (rune >= places[i].first && rune <= places[i].last)
			return places[i].place;
	return LETTER;
}

enum err name_clean(struct arena *a, str typed, size_t most, str *out)
{
	if (!typed.p) return FAIL_WHY(ERR_INVALID, "bad-name", "a name is missing");
	char *p = arena_try(a, typed.n + 1);
	if (!p) return FAIL(ERR_TOO_LARGE, "a name of %zu bytes", typed.n);

	size_t n = 0, runes = 0, length;
	bool blank = false;
	for (str rest = typed; rest.n; rest = str_part(rest, length, rest.n)) {
		uint32_t rune;
		length = str_rune(rest, &rune);
		if (!length)
			return FAIL_WHY(ERR_INVALID, "bad-name", "a name not in UTF-8");
		enum place place = place_of(rune);
		if (place == FORBIDDEN)
			return FAIL_WHY(ERR_INVALID, "bad-name", "a name with U+%04X",
			                (unsigned)rune);
		if (place == BLANK) blank = true;
		if (place != LETTER) continue;
		if (blank && n) {
			p[n++] = ' ';
			runes++;
		}
		blank = false;
		memcpy(p + n, rest.p, length);
		n += length;
		runes++;
	}
	if (!runes || runes > most)
		return FAIL_WHY(ERR_INVALID, "bad-name", "a name of %zu characters", runes);
	*out = (str){ p, n };
	return ERR_OK;
}
