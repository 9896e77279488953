/* SPDX-License-Identifier: Apache-2.0 */
/* Results as CSV (RFC 4180) that a Kazakh or Russian Excel opens with a double click: BOM,
 * semicolons, CRLF. Percents are whole numbers, so there is no decimal sign to misread. */
#include "training/inside.h"

#include <math.h>

enum { KK, RU, EN, LANGUAGES };

/* Words of the interface's glossary. */
static const char *const surname[] = { "Тегі", "Фамилия", "Surname" };
static const char *const given[] = { "Аты", "Имя", "Given name" };
static const char *const patronymic[] = { "Әкесінің аты", "Отчество", "Patronymic" };
static const char *const council[] = { "Қоғамдық кеңес, ұйым",
	                               "Общественный совет, организация",
	                               "Public council, organisation" };
static const char *const present[] = { "Қатысты", "Присутствие", "Present" };
static const char *const result[] = { "нәтиже", "результат", "result" };
static const char *const score[] = { "ұпай, %", "балл, %", "score, %" };
static const char *const progress[] = { "үлгерім, %", "прогресс, %", "progress, %" };
static const char *const yes[] = { "Иә", "Да", "Yes" };
static const char *const no[] = { "Жоқ", "Нет", "No" };

static const struct {
	const char *state, *words[LANGUAGES];
} states[] = {
	{ "new", { "басталмаған", "не начато", "not started" } },
	{ "started", { "басталды", "начато", "started" } },
	{ "completed", { "аяқталды", "завершено", "completed" } },
	{ "passed", { "тест тапсырылды", "тест сдан", "passed" } },
	{ "failed", { "тест тапсырылмады", "тест не сдан", "not passed" } },
};

static int language_of(str word)
{
	if (str_is(word, S("kk"))) return KK;
	return str_is(word, S("ru")) ? RU : EN;
}

static const char *state_word(str state, int language)
{
	for (size_t i = 0; i < countof(states); i++)
		if (str_is(state, str_of(states[i].state)))
			return states[i].words[language];
	return "";
}

/* A cell, after a semicolon unless it begins the line. A spreadsheet would run what begins
 * like a formula: an apostrophe makes it text. */
static void add_text(struct buf *b, bool first, str text)
{
	bool quoted = false;
	for (size_t i = 0; i < text.n; i++)
		if (memchr(";\"\r\n", text.p[i], 4)) quoted = true;
	if (!first) buf_char(b, ';');
	if (quoted) buf_char(b, '"');
	if (text.n && memchr("=+-@\t\r", text.p[0], 6)) buf_char(b, '\'');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"') buf_char(b, '"');
		buf_char(b, text.p[i]);
	}
	if (quoted) buf_char(b, '"');
}

static void add_percent(struct buf *b, double share)
{
	buf_char(b, ';');
	if (!isnan(share)) buf_printf(b, "%.0f", share * 100);
}

static void add_column(struct buf *b, struct arena *a, str title, const char *word)
{
	add_text(b, false, arena_printf(a, "%.*s: %s", STR_ARG(title), word));
}

static void add_head(struct buf *b, struct arena *a, const struct grid *grid, int language)
{
	add_text(b, true, str_of(council[language]));
	add_text(b, false, str_of(surname[language]));
	add_text(b, false, str_of(given[language]));
	add_text(b, false, str_of(patronymic[language]));
	add_text(b, false, str_of(present[language]));
	const struct course *course = grid->courses.items;
	for (size_t i = 0; i < grid->courses.n; i++) {
		static const str code[] = {
			[KK] = S("kk"), [RU] = S("ru"), [EN] = S("en")
		};
		str title = titles_in(course[i].titles, code[language], course[i].title);
		add_column(b, a, title, result[language]);
		add_column(b, a, title, score[language]);
		add_column(b, a, title, progress[language]);
	}
	buf_str(b, S("\r\n"));
}

static void add_row(struct buf *b, const struct grid_row *row, int language)
{
	add_text(b, true, row->council_name);
	add_text(b, false, row->surname);
	add_text(b, false, row->given);
	add_text(b, false, row->patronymic);
	add_text(b, false, str_of(row->present ? yes[language] : no[language]));
	const struct grid_cell *cell = row->cells.items;
	for (size_t i = 0; i < row->cells.n; i++) {
		add_text(b, false, str_of(state_word(cell[i].state, language)));
		add_percent(b, cell[i].score);
		add_percent(b, cell[i].progress);
	}
	buf_str(b, S("\r\n"));
}

enum err training_csv(struct db *db, struct shelf *shelf, struct arena *a, str event,
                      str language, struct buf *out)
{
	struct grid grid;
	TRY(grid_build(db, shelf, a, event, &grid));
	int words = language_of(language);
	buf_str(out, S("\xEF\xBB\xBF"));
	add_head(out, a, &grid, words);
	const struct grid_row *row = grid.rows.items;
	for (size_t i = 0; i < grid.rows.n; i++) add_row(out, &row[i], words);
	if (out->over) return FAIL(ERR_TOO_LARGE, "the results do not fit");
	return ERR_OK;
}
