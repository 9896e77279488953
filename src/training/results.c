/* SPDX-License-Identifier: Apache-2.0 */
/* A day's results as a table for spreadsheets: a row a person, three columns a course. */
#include "paper/table.h"
#include "training/inside.h"

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

#define FIXED 5 /* columns before the courses' */
#define OF_COURSE 3

struct results {
	struct grid grid;
	int language;
};

static void name_columns(struct arena *a, const struct results *r,
                         struct table_column *column)
{
	static const str code[] = { [KK] = S("kk"), [RU] = S("ru"), [EN] = S("en") };
	const char *const *const fixed[FIXED] = { council, surname, given, patronymic,
		                                  present };
	const char *const *const of_course[OF_COURSE] = { result, score, progress };
	const struct course *course = r->grid.courses.items;
	for (size_t i = 0; i < FIXED; i++)
		*column++ =
			(struct table_column){ str_of(fixed[i][r->language]), TABLE_TEXT };
	for (size_t i = 0; i < OF_COURSE * r->grid.courses.n; i++) {
		const struct course *c = &course[i / OF_COURSE];
		str title = titles_in(c->titles, code[r->language], c->title);
		const char *word = of_course[i % OF_COURSE][r->language];
		*column++ = (struct table_column){
			arena_printf(a, "%.*s: %s", STR_ARG(title), word),
			i % OF_COURSE ? TABLE_PERCENT : TABLE_TEXT,
		};
	}
}

static void give_cell(void *context, size_t row, size_t column, struct table_cell *out)
{
	const struct results *r = context;
	const struct grid_row *person = (const struct grid_row *)r->grid.rows.items + row;
	const struct grid_cell *cell = person->cells.items;
	const str name[] = { person->council_name, person->surname, person->given,
		             person->patronymic };
	if (column < countof(name)) {
		out->text = name[column];
	} else if (column < FIXED) {
		out->text = str_of((person->present ? yes : no)[r->language]);
	} else {
		cell += (column - FIXED) / OF_COURSE;
		size_t what = (column - FIXED) % OF_COURSE;
		if (what == 0) out->text = str_of(state_word(cell->state, r->language));
		out->share = what == 1 ? cell->score : cell->progress;
	}
}

enum err training_results(struct db *db, struct shelf *shelf, struct arena *a, str event,
                          str language, table_fn *write, struct buf *out)
{
	struct results r = { .language = language_of(language) };
	TRY(grid_build(db, shelf, a, event, &r.grid));
	size_t n = FIXED + OF_COURSE * r.grid.courses.n;
	struct table_column *column = arena_alloc(a, n * sizeof *column);
	name_columns(a, &r, column);
	struct table_plan plan = { .name = S("Kenes"),
		                   .column = column,
		                   .columns = n,
		                   .rows = r.grid.rows.n,
		                   .cell = give_cell,
		                   .context = &r };
	return write(&plan, out);
}
