/* SPDX-License-Identifier: Apache-2.0 */
/* The table of councils as it was brought: cells, columns, lines. */
#include <stdlib.h>

#include "base/text.h"
#include "hub/inside.h"
#include "hub/members.h"
#include "hub/regions.h"

#define CELLS 32       /* of a line; further ones are passed over */
#define TEXT_SHOWN 200 /* bytes of a refused line */
#define MEMBERS_MOST 100000

enum column { REGION, DISTRICT, COUNCIL, MEMBERS, COLUMNS };

/* How a title begins, folded as names are. */
static const char *const titles[COLUMNS][9] = {
	[REGION] = { "облыс", "област", "регион", "өңір", "region", "аумақ", "территори",
	             "area", "scope" },
	[DISTRICT] = { "аудан", "район", "код", "district", "като", "kato" },
	[COUNCIL] = { "кеңес", "совет", "атауы", "название", "наименование", "council",
	              "name", "қоғамдық кеңес", "общественный совет" },
	[MEMBERS] = { "мүше", "член", "число член", "количество член", "members",
	              "number of members" },
};

struct reading_members {
	struct arena *a;
	const struct regions *regions;
	str scope, rest;
	char separator;
	int64_t line;
	int at[COLUMNS]; /* which cell; −1: there is no such column */
};

/* ---- cells ---- */

/* Up to and with the line end that is in no quotes. */
static size_t line_length(str s)
{
	bool quoted = false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"') quoted = !quoted;
		if (s.p[i] == '\n' && !quoted) return i + 1;
	}
	return s.n;
}

static size_t split(struct arena *a, str line, char separator, str cell[CELLS])
{
	char *p = arena_alloc(a, line.n + 1);
	size_t n = 0, used = 0, from = 0;
	bool quoted = false;
	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];
		bool twice = quoted && c == '"' && i + 1 < line.n && line.p[i + 1] == '"';
		if (twice) {
			i++;
		} else if (c == '"' && (quoted || used == from)) {
			quoted = !quoted;
			continue;
		} else if (c == separator && !quoted) {
			if (n < CELLS) cell[n++] = str_trim((str){ p + from, used - from });
			from = used;
			continue;
		}
		p[used++] = c;
	}
	if (n < CELLS) cell[n++] = str_trim((str){ p + from, used - from });
	return n;
}

/* One line: its cells, and itself as text. False at the end of the file. */
static bool next_line(struct reading_members *r, str cell[CELLS], size_t *n_out, str *text)
{
	size_t length = line_length(r->rest);
	if (!length) return false;
	str line = str_part(r->rest, 0, length);
	for (size_t i = 0; i < length; i++) r->line += line.p[i] == '\n';
	if (line.p[length - 1] != '\n') r->line++;
	r->rest = str_part(r->rest, length, r->rest.n);
	*text = str_trim(line);
	*n_out = split(r->a, *text, r->separator, cell);
	return true;
}

/* Of our own tables: what begins like a formula has an apostrophe before it. */
static str plain(str cell)
{
	bool defused = cell.n > 1 && cell.p[0] == '\'' && memchr("=+-@", cell.p[1], 4);
	return defused ? str_part(cell, 1, cell.n) : cell;
}

/* ---- columns ---- */

static bool begins(struct arena *a, str folded, enum column column)
{
	for (size_t i = 0; i < countof(titles[column]) && titles[column][i]; i++)
		if (str_starts(folded, text_fold(a, str_of(titles[column][i]))))
			return true;
	return false;
}

static fallible find_columns(struct reading_members *r, const str *cell, size_t n)
{
	for (int c = 0; c < COLUMNS; c++) r->at[c] = -1;
	for (size_t i = 0; i < n; i++) {
		str folded = text_fold(r->a, cell[i]);
		for (int c = 0; c < COLUMNS; c++) {
			if (r->at[c] >= 0 || !begins(r->a, folded, (enum column)c))
				continue;
			r->at[c] = (int)i;
			break;
		}
	}
	if (r->at[REGION] < 0 || r->at[COUNCIL] < 0 || r->at[MEMBERS] < 0)
		return FAIL_WHY(ERR_INVALID, "no-columns",
		                "the first line names no region, council and members");
	return ERR_OK;
}

static char separator_of(str bytes)
{
	size_t count[3] = { 0 };
	static const char kind[] = ";,\t";
	for (size_t i = 0; i < bytes.n && bytes.p[i] != '\n'; i++)
		for (size_t k = 0; k < countof(count); k++)
			count[k] += bytes.p[i] == kind[k];
	size_t best = 0;
	for (size_t k = 1; k < countof(count); k++)
		if (count[k] > count[best]) best = k;
	return kind[best];
}

/* ---- a line ---- */

/* "KZ-11/113220100", or a region's name and a district's code. */
static const char *read_place(struct reading_members *r, str region, str district, str *out)
{
	bool whole = str_starts(region, S("KZ-")) && scope_is(region);
	str code = whole ? region : regions_find(r->regions, r->a, region);
	if (!code.n) return "no-region";
	str of = str_part(code, 0, str_index(code, '/'));
	if (!regions_find(r->regions, r->a, of).n) return "no-region";
	if (district.n && of.n == code.n)
		code = arena_printf(r->a, "%.*s/%.*s", STR_ARG(code), STR_ARG(district));
	if (!scope_is(code)) return "bad-district";
	if (!scope_covers(r->scope, code)) return "other-scope";
	*out = code;
	return NULL;
}

static const char *read_line(struct reading_members *r, const str *cell, size_t n,
                             struct members_line *out)
{
	str value[COLUMNS];
	for (int c = 0; c < COLUMNS; c++) {
		bool there = r->at[c] >= 0 && (size_t)r->at[c] < n;
		if (!there && c != DISTRICT) return "few-cells";
		value[c] = there ? plain(cell[r->at[c]]) : S("");
	}
	const char *wrong = read_place(r, value[REGION], value[DISTRICT], &out->scope);
	if (wrong) return wrong;
	out->council = value[COUNCIL];
	if (!text_fold(r->a, value[COUNCIL]).n || str_runes(value[COUNCIL]) > 300)
		return "no-council";
	if (!str_to_int(value[MEMBERS], 1, MEMBERS_MOST, &out->members))
		return "bad-members";
	return NULL;
}

static str shortened(str text)
{
	size_t n = text.n < TEXT_SHOWN ? text.n : TEXT_SHOWN;
	while (n < text.n && ((unsigned char)text.p[n] & 0xC0) == 0x80) n--;
	return str_part(text, 0, n);
}

static bool is_utf8(str bytes)
{
	uint32_t rune;
	for (size_t n; bytes.n; bytes = str_part(bytes, n, bytes.n)) {
		n = str_rune(bytes, &rune);
		if (!n || !rune) return false;
	}
	return true;
}

static bool all_empty(const str *cell, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (cell[i].n) return false;
	return true;
}

/* ---- the same council twice: sorted by place and folded name, neighbours are looked at */

struct key {
	str scope, folded;
	size_t at;
};

static int by_key(const void *one, const void *other)
{
	const struct key *a = one, *b = other;
	size_t n = a->scope.n < b->scope.n ? a->scope.n : b->scope.n;
	int order = memcmp(a->scope.p, b->scope.p, n);
	if (!order) order = (a->scope.n > b->scope.n) - (a->scope.n < b->scope.n);
	n = a->folded.n < b->folded.n ? a->folded.n : b->folded.n;
	if (!order) order = memcmp(a->folded.p, b->folded.p, n);
	if (!order) order = (a->folded.n > b->folded.n) - (a->folded.n < b->folded.n);
	return order ? order : (a->at > b->at) - (a->at < b->at);
}

static void refuse_twice(struct arena *a, struct members_file *file)
{
	struct key *key = arena_alloc(a, (file->n + 1) * sizeof *key);
	size_t n = 0;
	for (size_t i = 0; i < file->n; i++)
		if (!file->line[i].reason.p)
			key[n++] = (struct key){ file->line[i].scope,
				                 text_fold(a, file->line[i].council), i };
	qsort(key, n, sizeof *key, by_key);
	for (size_t i = 1; i < n; i++)
		if (str_is(key[i].scope, key[i - 1].scope) &&
		    str_is(key[i].folded, key[i - 1].folded))
			file->line[key[i].at].reason = S("twice");
}

enum err members_read(struct arena *a, str bytes, str scope, struct members_file *out)
{
	struct reading_members r = { .a = a, .scope = scope, .regions = regions_new(a) };
	str cell[CELLS], text;
	size_t n;
	if (str_starts(bytes, S("\xEF\xBB\xBF"))) bytes = str_part(bytes, 3, bytes.n);
	if (!is_utf8(bytes))
		return FAIL_WHY(ERR_INVALID, "not-utf8", "not a text in UTF-8");
	r.rest = bytes;
	r.separator = separator_of(bytes);
	if (!next_line(&r, cell, &n, &text))
		return FAIL_WHY(ERR_INVALID, "no-lines", "an empty file");
	TRY(find_columns(&r, cell, n));
	*out = (struct members_file){
		arena_alloc(a, MEMBERS_LINES * sizeof(struct members_line)), 0
	};
	while (next_line(&r, cell, &n, &text)) {
		if (all_empty(cell, n)) continue;
		if (out->n == MEMBERS_LINES)
			return FAIL(ERR_TOO_LARGE, "more than %d lines", MEMBERS_LINES);
		struct members_line *line = &out->line[out->n++];
		*line = (struct members_line){ .line = r.line, .before = JSON_ABSENT };
		const char *wrong = read_line(&r, cell, n, line);
		line->text = shortened(text);
		line->reason = wrong ? str_of(wrong) : STR_NONE;
	}
	if (!out->n) return FAIL_WHY(ERR_INVALID, "no-lines", "no line behind the first");
	refuse_twice(a, out);
	return ERR_OK;
}
