/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a course as a whole, and what there is to say about it. */
#include "authoring/course.h"

#include <stdlib.h>

#include "authoring/cite.h"

static const struct json_field problem_fields[] = {
	JSON_TEXT(struct authoring_problem, file, true, 0, 1000),
	JSON_INT(struct authoring_problem, line, true, 1, INT32_MAX),
	JSON_TEXT(struct authoring_problem, code, true, 1, 40),
	JSON_TEXT(struct authoring_problem, what, true, 1, 1000),
	JSON_TEXT(struct authoring_problem, todo, true, 1, 1000),
};
static const struct shape problem_shape =
	SHAPE("CourseProblem", struct authoring_problem, problem_fields);

#define COUNT(name) JSON_INT(struct authoring_bank, name, true, 0, INT32_MAX)
static const struct json_field bank_fields[] = {
	JSON_TEXT(struct authoring_bank, language, true, 2, 2),
	COUNT(all),
	COUNT(single),
	COUNT(multiple),
	COUNT(true_false),
	COUNT(short_answer),
	COUNT(matching),
	COUNT(numerical),
	COUNT(essay),
	COUNT(description),
};
static const struct shape bank_shape =
	SHAPE("CourseBank", struct authoring_bank, bank_fields);

static const struct json_field report_fields[] = {
	JSON_BOOL(struct authoring_report, good, true),
	JSON_TEXT(struct authoring_report, id, true, 1, 60),
	JSON_TEXT(struct authoring_report, title, true, 0, 1000),
	JSON_INT(struct authoring_report, version, true, 0, INT32_MAX),
	JSON_INT(struct authoring_report, lessons, true, 0, INT32_MAX),
	JSON_INT(struct authoring_report, annexes, true, 0, INT32_MAX),
	JSON_TEXTS(struct authoring_report, languages, true, LANGUAGES),
	JSON_LIST(struct authoring_report, questions, true, LANGUAGES, bank_shape),
	JSON_TEXTS(struct authoring_report, facts, true, 10000),
	JSON_LIST(struct authoring_report, problems, true, 1000, problem_shape),
};
const struct shape authoring_report_shape =
	SHAPE("CourseReport", struct authoring_report, report_fields);

static struct authoring_bank count(const struct course *c, enum language l)
{
	struct authoring_bank b = { .language = str_of(language_codes[l]) };
	int64_t *const of[GIFT_TYPES] = { &b.single,       &b.multiple,   &b.true_false,
		                          &b.short_answer, &b.matching,   &b.numerical,
		                          &b.essay,        &b.description };
	for (size_t i = 0; i < c->bank[l].n; i++) ++*of[c->bank[l].question[i].type];
	b.all = (int64_t)c->bank[l].n;
	return b;
}

/* ---- facts that are cited ---- */

static bool is_cited(const struct course *c, const struct fact *f)
{
	for (size_t i = 0; i < c->n_lessons; i++) {
		for (int l = 0; l < LANGUAGES; l++) {
			const struct document *d = &c->lesson[i].in[l];
			for (size_t k = 0; k < d->n_cited; k++)
				if (d->cited[k] == f) return true;
		}
	}
	for (int l = 0; l < LANGUAGES; l++)
		for (size_t i = 0; i < c->bank[l].n; i++)
			if (gift_has_tag(&c->bank[l].question[i], f->id)) return true;
	return false;
}

static struct json_list facts(const struct course *c)
{
	str *id = arena_alloc(c->arena, (c->tables.n_facts + 1) * sizeof *id);
	size_t n = 0;
	for (size_t i = 0; i < c->tables.n_facts; i++)
		if (is_cited(c, &c->tables.fact[i])) id[n++] = c->tables.fact[i].id;
	return (struct json_list){ id, n };
}

static void report(struct course *c, struct authoring_report *out)
{
	str *codes = arena_alloc(c->arena, LANGUAGES * sizeof *codes);
	struct authoring_bank *banks = arena_alloc(c->arena, LANGUAGES * sizeof *banks);
	size_t n = 0;
	for (int l = 0; l < LANGUAGES; l++) {
		if (!c->has[l]) continue;
		codes[n] = str_of(language_codes[l]);
		banks[n++] = count(c, (enum language)l);
	}
	problems_sort(&c->problems);
	*out = (struct authoring_report){
		.good = !c->problems.n,
		.id = c->id,
		.title = c->first < LANGUAGES ? c->title[c->first] : c->id,
		.version = c->version,
		.lessons = (int64_t)c->n_lessons,
		.annexes = (int64_t)c->n_annexes,
		.languages = { codes, n },
		.questions = { banks, n },
		.facts = facts(c),
		.problems = { c->problems.problem, c->problems.n },
	};
}

/* ---- reading ---- */

static void on_fault(void *context, const struct table_fault *f)
{
	struct course *c = context;
	problem_named(&c->problems, f->code, f->file, f->line,
	              f->detail.p ? f->detail : S("-"));
}

static enum err read(struct course *c)
{
	TRY(tables_read(c->folder, c->arena, on_fault, c, &c->tables));
	TRY(course_read_settings(c));
	if (c->first == LANGUAGES) return ERR_OK;
	TRY(course_read_files(c));
	check_lessons(c);
	check_questions(c);
	check_words(c);
	return ERR_OK;
}

enum err authoring_read(const char *folder, struct authoring_options options,
                        struct arena *a, struct course **out,
                        struct authoring_report *report_out)
{
	struct course *c = arena_new(a, struct course);
	c->arena = a;
	c->folder = arena_copy(a, str_of(folder)).p;
	c->options = options;
	c->problems = (struct problems){ .arena = a, .language = EN };
	for (int l = 0; l < LANGUAGES; l++)
		if (str_is(options.say_in, str_of(language_codes[l])))
			c->problems.language = (enum language)l;
	TRY(read(c));
	report(c, report_out);
	*out = c;
	return ERR_OK;
}

/* ---- SOURCES.md ---- */

static void cell(struct buf *out, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '|') buf_char(out, '\\');
		buf_char(out, s.p[i] == '\n' ? ' ' : s.p[i]);
	}
}

static void source_row(const struct gift_question *q, const struct fact *f, struct buf *out)
{
	buf_printf(out, "| %.*s | %.*s | ", STR_ARG(q->id), STR_ARG(f->id));
	if (f->act) cell(out, f->act->name[EN]);
	buf_str(out, S(" | "));
	cite_article(out, EN, f->article);
	buf_printf(out, " | %.*s | ", STR_ARG(f->date));
	cell(out, f->text);
	buf_str(out, S(" |\n"));
}

void authoring_sources(const struct course *c, struct buf *out)
{
	if (c->first == LANGUAGES) return;
	const struct gift_bank *bank = &c->bank[c->first];
	buf_printf(out, "\n## %.*s\n\n", STR_ARG(c->id));
	buf_str(out, S("| question | fact | act | article | edition | what it says |\n"
	               "|---|---|---|---|---|---|\n"));
	for (size_t i = 0; i < bank->n; i++) {
		const struct gift_question *q = &bank->question[i];
		for (size_t k = 0; k < q->n_tags; k++) {
			const struct fact *f = tables_fact(&c->tables, q->tag[k]);
			if (f) source_row(q, f, out);
		}
	}
}
