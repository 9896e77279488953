/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of people who are expected: read from a table as offices keep them. A line that
 * cannot be used is named and left out; the rest stays usable. */
#include "base/text.h"
#include "base/time.h"
#include "hub/inside.h"
#include "hub/publishing.h"
#include "people/people.h"

#define COLUMNS 12
#define REFUSED_SHOWN 200
#define NAME 100
#define COUNCIL 200

static const struct json_field refused_fields[] = {
	JSON_INT(struct roster_refused, line, true, 1, INT64_MAX),
	JSON_TEXT(struct roster_refused, why, true, 1, 20),
};
static const struct shape refused_shape =
	SHAPE("RosterRefused", struct roster_refused, refused_fields);
static const struct json_field read_fields[] = {
	JSON_INT(struct roster_read, people, true, 0, ROSTER_MOST),
	JSON_INT(struct roster_read, councils, true, 0, ROSTER_MOST),
	JSON_INT(struct roster_read, refused_all, true, 0, INT64_MAX),
	JSON_LIST(struct roster_read, refused, true, REFUSED_SHOWN, refused_shape),
};
const struct shape roster_read_shape = SHAPE("RosterRead", struct roster_read, read_fields);

enum column { SURNAME, GIVEN, PATRONYMIC, COUNCIL_NAME, KNOWN };

/* clang-format off */
static const struct { const char *word; enum column is; } headings[] = {
	{ "фамилия", SURNAME }, { "тегі", SURNAME }, { "surname", SURNAME }, { "last name", SURNAME },
	{ "имя", GIVEN }, { "аты", GIVEN }, { "given name", GIVEN }, { "given", GIVEN }, { "first name", GIVEN },
	{ "отчество", PATRONYMIC }, { "әкесінің аты", PATRONYMIC }, { "patronymic", PATRONYMIC },
	{ "совет", COUNCIL_NAME }, { "общественный совет", COUNCIL_NAME }, { "кеңес", COUNCIL_NAME },
	{ "қоғамдық кеңес", COUNCIL_NAME }, { "организация", COUNCIL_NAME }, { "ұйым", COUNCIL_NAME },
	{ "council", COUNCIL_NAME }, { "organisation", COUNCIL_NAME }, { "organization", COUNCIL_NAME },
};
/* clang-format on */

struct reading_roster {
	struct arena *a;
	char separator;
	size_t at[KNOWN]; /* which column holds it; COLUMNS: none */
	struct roster_person *list;
	str *folded; /* of `list`: name and council */
	size_t n;
	struct roster_refused *refused;
	struct roster_read *out;
};

/* ---- one line of a table (RFC 4180; a quoted cell may not hold a line end) ---- */

/* Takes a cell off the front. */
static str cut_cell(struct arena *a, str *rest, char separator)
{
	str cell;
	if (!rest->n || rest->p[0] != '"') {
		size_t end = str_index(*rest, separator);
		cell = str_part(*rest, 0, end);
		*rest = str_part(*rest, end + 1, rest->n);
		return str_trim(cell);
	}
	char *p = arena_alloc(a, rest->n);
	size_t n = 0, i = 1;
	for (; i < rest->n; i++) {
		if (rest->p[i] != '"')
			p[n++] = rest->p[i];
		else if (i + 1 < rest->n && rest->p[i + 1] == '"')
			p[n++] = rest->p[i++];
		else
			break;
	}
	str after = str_part(*rest, i + 1, rest->n);
	*rest = str_part(after, str_index(after, separator) + 1, after.n);
	return str_trim((str){ p, n });
}

static size_t cut_line(struct reading_roster *r, str line, str cell[COLUMNS])
{
	size_t n = 0;
	while (n < COLUMNS && line.n) cell[n++] = cut_cell(r->a, &line, r->separator);
	for (size_t i = n; i < COLUMNS; i++) cell[i] = S("");
	return line.n ? COLUMNS + 1 : n;
}

static char separator_of(str text)
{
	str line = str_part(text, 0, str_index(text, '\n'));
	size_t semicolons = 0, commas = 0;
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == '\t') return '\t';
		semicolons += line.p[i] == ';';
		commas += line.p[i] == ',';
	}
	return commas > semicolons ? ',' : ';';
}

/* ---- the first line ---- */

static bool heading_is(struct arena *a, str cell, enum column *out)
{
	str folded = text_fold(a, cell);
	for (size_t i = 0; i < countof(headings); i++) {
		if (!str_is(text_fold(a, str_of(headings[i].word)), folded)) continue;
		*out = headings[i].is;
		return true;
	}
	return false;
}

/* Whether it is a line of headings; then they say the order. */
static bool read_headings(struct reading_roster *r, str line)
{
	str cell[COLUMNS];
	size_t n = cut_line(r, line, cell), found = 0, at[KNOWN];
	for (size_t i = 0; i < KNOWN; i++) at[i] = COLUMNS;
	for (size_t i = 0; i < n && i < COLUMNS; i++) {
		enum column column;
		if (!heading_is(r->a, cell[i], &column) || at[column] < COLUMNS) continue;
		at[column] = i;
		found++;
	}
	if (found < 2) return false;
	memcpy(r->at, at, sizeof at);
	return true;
}

/* ---- people ---- */

static void refuse(struct reading_roster *r, int64_t line, const char *why)
{
	struct roster_read *out = r->out;
	if (out->refused_all < REFUSED_SHOWN)
		r->refused[out->refused_all] = (struct roster_refused){ line, str_of(why) };
	out->refused_all++;
}

static str cell_at(const struct reading_roster *r, const str cell[COLUMNS], enum column c)
{
	return r->at[c] < COLUMNS ? cell[r->at[c]] : S("");
}

/* The word for what is wrong; NULL: nothing. */
static const char *read_person(struct reading_roster *r, const str cell[COLUMNS],
                               struct roster_person *out)
{
	str patronymic = cell_at(r, cell, PATRONYMIC);
	if (name_clean(r->a, cell_at(r, cell, SURNAME), NAME, &out->surname))
		return "surname";
	if (name_clean(r->a, cell_at(r, cell, GIVEN), NAME, &out->given)) return "given";
	if (name_clean(r->a, cell_at(r, cell, COUNCIL_NAME), COUNCIL, &out->council))
		return "council";
	out->patronymic = STR_NONE;
	if (patronymic.n && name_clean(r->a, patronymic, NAME, &out->patronymic))
		return "patronymic";
	if (!text_fold(r->a, out->surname).n) return "surname";
	return text_fold(r->a, out->given).n ? NULL : "given";
}

static str key_of(struct arena *a, const struct roster_person *p)
{
	return text_fold(a, arena_printf(a, "%.*s|%.*s|%.*s|%.*s", STR_ARG(p->surname),
	                                 STR_ARG(p->given), STR_ARG(p->patronymic),
	                                 STR_ARG(p->council)));
}

static bool is_twice(const struct reading_roster *r, str key)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_is(r->folded[i], key)) return true;
	return false;
}

static fallible read_row(struct reading_roster *r, int64_t number, str line)
{
	str cell[COLUMNS];
	struct roster_person p;
	if (cut_line(r, line, cell) > COLUMNS) {
		refuse(r, number, "columns");
		return ERR_OK;
	}
	const char *why = read_person(r, cell, &p);
	str key = why ? STR_NONE : key_of(r->a, &p);
	if (!why && is_twice(r, key)) why = "twice";
	if (why) {
		refuse(r, number, why);
		return ERR_OK;
	}
	if (r->n == ROSTER_MOST)
		return FAIL_WHY(ERR_TOO_LARGE, "list-too-long", "more than %d people",
		                ROSTER_MOST);
	r->folded[r->n] = key;
	r->list[r->n++] = p;
	return ERR_OK;
}

static int64_t count_councils(struct reading_roster *r)
{
	int64_t n = 0;
	str *seen = arena_alloc(r->a, (r->n + 1) * sizeof *seen);
	for (size_t i = 0; i < r->n; i++) {
		str folded = text_fold(r->a, r->list[i].council);
		int64_t k = 0;
		while (k < n && !str_is(seen[k], folded)) k++;
		if (k == n) seen[n++] = folded;
	}
	return n;
}

static str without_end(str line)
{
	return line.n && line.p[line.n - 1] == '\r' ? str_part(line, 0, line.n - 1) : line;
}

enum err roster_read_csv(struct arena *a, str text, struct roster_read *out)
{
	struct reading_roster r = { .a = a, .out = out };
	str line;
	int64_t number = 0;
	*out = (struct roster_read){ 0 };
	if (str_starts(text, S("\xEF\xBB\xBF"))) text = str_part(text, 3, text.n);
	if (!str_is_utf8(text))
		return FAIL_WHY(ERR_INVALID, "not-utf8", "the table is not in UTF-8");
	r.separator = separator_of(text);
	r.list = arena_alloc(a, ROSTER_MOST * sizeof *r.list);
	r.folded = arena_alloc(a, ROSTER_MOST * sizeof *r.folded);
	r.refused = arena_alloc(a, REFUSED_SHOWN * sizeof *r.refused);
	for (size_t i = 0; i < KNOWN; i++) r.at[i] = i;
	while (str_cut(&text, '\n', &line)) {
		line = without_end(line);
		number++;
		if (!str_trim(line).n) continue;
		if (number == 1 && read_headings(&r, line)) continue;
		TRY(read_row(&r, number, line));
	}
	if (!r.n) return FAIL_WHY(ERR_INVALID, "empty-list", "a table without a person");
	out->people = (int64_t)r.n;
	out->councils = count_councils(&r);
	out->list = (struct json_list){ r.list, r.n };
	out->refused.items = r.refused;
	out->refused.n =
		out->refused_all < REFUSED_SHOWN ? (size_t)out->refused_all : REFUSED_SHOWN;
	return ERR_OK;
}

/* ---- forgetting ---- */

static bool is_person(struct arena *a, const struct roster_person *p, str folded)
{
	str full = text_fold(a, arena_printf(a, "%.*s %.*s %.*s", STR_ARG(p->surname),
	                                     STR_ARG(p->given), STR_ARG(p->patronymic)));
	return str_is(str_trim(full), str_trim(folded));
}

SQL(hub_rosters, "SELECT p.id, p.scope, p.title, p.not_before, p.not_after, i.content"
                 " FROM hub_publication p JOIN hub_item i ON i.name = p.name"
                 " WHERE p.kind = 'roster' AND p.ended_at IS NULL"
                 " AND i.content IS NOT NULL ORDER BY p.id LIMIT 1000");

struct kept_roster {
	struct hub_publishing p;
	struct roster_read list;
};

/* Leaves out whoever has that name; whether anybody did. */
static fallible without_person(struct arena *a, str content, str folded,
                               struct roster_read *out, bool *any_out)
{
	struct item_roster roster;
	TRY(json_read(content, &item_roster_shape, JSON_LENIENT, a, &roster));
	const struct roster_person *p = roster.people.items;
	struct roster_person *left = arena_alloc(a, (roster.people.n + 1) * sizeof *left);
	size_t n = 0;
	for (size_t i = 0; i < roster.people.n; i++)
		if (!is_person(a, &p[i], folded)) left[n++] = p[i];
	*any_out = n < roster.people.n;
	*out = (struct roster_read){ .list = { left, n } };
	return ERR_OK;
}

enum err roster_forget(struct tx *tx, struct arena *a, str folded, str who)
{
	struct kept_roster *kept = arena_alloc(a, 1000 * sizeof *kept);
	size_t n = 0;
	if (!str_trim(folded).n) return ERR_OK;
	QUERY(q, tx_db(tx), hub_rosters);
	while (query_next(&q)) {
		bool any;
		str content = column_blob(&q, a, 5);
		TRY(without_person(a, content, folded, &kept[n].list, &any));
		if (!any) continue;
		kept[n++].p = (struct hub_publishing){ .scope = column_text(&q, a, 1),
			                               .title = column_text(&q, a, 2),
			                               .who = who,
			                               .not_before = column_text(&q, a, 3),
			                               .not_after = column_text(&q, a, 4) };
	}
	TRY(query_end(&q));
	for (size_t i = 0; i < n; i++)
		TRY(hub_publish_roster(tx, a, &kept[i].list, &kept[i].p));
	return ERR_OK;
}
