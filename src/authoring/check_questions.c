/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of the banks: ids, facts behind keys, numbers by code, the same in all languages,
 * enough for the tests. */
#include "authoring/course.h"
#include "authoring/markdown.h"

#include <math.h>

struct place {
	struct course *c;
	enum language l;
	str file;
	const struct gift_question *q;
};

static void tell(const struct place *at, enum problem_code code, str detail)
{
	problem(&at->c->problems, code, at->file, at->q->line, detail);
}

static str about(const struct place *at, str more)
{
	return arena_printf(at->c->arena, "%.*s, %.*s", STR_ARG(at->q->id), STR_ARG(more));
}

static bool is_id(str id)
{
	for (size_t i = 0; i < id.n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", id.p[i]) || !id.p[i])
			return false;
	return id.n > 0 && id.n <= 40;
}

static void check_id(const struct place *at)
{
	const struct gift_bank *bank = &at->c->bank[at->l];
	if (!is_id(at->q->id)) {
		tell(at, PROBLEM_QUESTION_ID, at->q->id.p ? at->q->id : at->q->name);
		return;
	}
	for (const struct gift_question *q = bank->question; q < at->q; q++) {
		if (!str_is(q->id, at->q->id)) continue;
		tell(at, PROBLEM_QUESTION_ID_TWICE, at->q->id);
		break;
	}
	if (!course_lesson(at->c, at->q->category))
		tell(at, PROBLEM_CATEGORY, at->q->category.p ? at->q->category : at->q->id);
}

/* ---- what is in double brackets ---- */

static bool contains(str text, str what)
{
	for (size_t i = 0; what.n && i + what.n <= text.n; i++)
		if (str_starts(str_part(text, i, text.n), what)) return true;
	return false;
}

/* Citations and codes of every text are looked up: rendering tells what is wrong. */
static void check_macros(const struct place *at)
{
	struct buf out;
	buf_init(&out, (size_t)1 << 20);
	struct markdown m = { .course = at->c,
		              .language = at->l,
		              .file = at->file,
		              .html = &out,
		              .cited = arena_alloc(at->c->arena,
		                                   CITED_MOST * sizeof(void *)) };
	const struct gift_question *q = at->q;
	markdown_plain(&m, q->text, q->line);
	markdown_plain(&m, q->tail, q->line);
	markdown_plain(&m, q->feedback, q->line);
	for (size_t i = 0; i < q->n; i++) {
		if (q->type != GIFT_NUMERICAL)
			markdown_plain(&m, q->answer[i].text, q->line);
		markdown_plain(&m, q->answer[i].match, q->line);
		markdown_plain(&m, q->answer[i].feedback, q->line);
	}
	buf_free(&out);
}

/* ---- facts ---- */

static void check_facts(const struct place *at)
{
	const struct gift_question *q = at->q;
	size_t facts = 0;
	bool cited = false;
	for (size_t i = 0; i < q->n_tags; i++) {
		const struct fact *f = tables_fact(&at->c->tables, q->tag[i]);
		if (!f && !is_fact_tag(q->tag[i])) continue;
		facts++;
		if (!f)
			tell(at, PROBLEM_FACT_UNKNOWN, q->tag[i]);
		else if (!f->keyable)
			tell(at, PROBLEM_FACT_OPEN, q->tag[i]);
		cited |= contains(q->feedback, arena_printf(at->c->arena, "[[%.*s]]",
		                                            STR_ARG(q->tag[i])));
	}
	if (!facts) tell(at, PROBLEM_KEY_NO_FACT, q->id);
	if (!q->feedback.n)
		tell(at, PROBLEM_FEEDBACK_ABSENT, q->id);
	else if (facts && !cited)
		tell(at, PROBLEM_FEEDBACK_NO_FACT, q->id);
}

/* ---- numbers ---- */

static const struct deadline *deadline_in(const struct place *at, str value)
{
	if (!str_starts(value, S("[[@"))) return NULL;
	return tables_deadline(&at->c->tables, str_part(value, 3, value.n - 2));
}

/* A keyed number that the table knows for one of the question's facts. */
static void check_literal(const struct place *at, str value)
{
	const struct tables *t = &at->c->tables;
	if (!value.p || str_starts(value, S("[["))) return;
	for (size_t i = 0; i < t->n_deadlines; i++) {
		const struct deadline *d = &t->deadline[i];
		if (!str_is(d->value, value) || !d->fact ||
		    !gift_has_tag(at->q, d->fact->id))
			continue;
		tell(at, PROBLEM_NUMBER_NOT_CODE, about(at, d->code));
		return;
	}
}

static void check_number(const struct place *at, str value)
{
	const struct deadline *d = deadline_in(at, value);
	if (!value.p) return;
	if (str_starts(value, S("[[@")) && !d)
		tell(at, PROBLEM_DEADLINE_UNKNOWN, str_part(value, 3, value.n - 2));
	int64_t n;
	if (d && !str_to_int(d->value, -1000000000, INT64_C(1) << 50, &n))
		tell(at, PROBLEM_NUMBER_KEY, d->code);
}

static void check_numbers(const struct place *at)
{
	if (at->q->type != GIFT_NUMERICAL) return;
	for (size_t i = 0; i < at->q->n; i++) {
		const struct gift_answer *a = &at->q->answer[i];
		const str value[] = { a->text, a->least, a->most };
		for (size_t k = 0; k < countof(value); k++) {
			check_number(at, value[k]);
			if (a->weight > 0) check_literal(at, value[k]);
		}
	}
}

static void check_answers(const struct place *at)
{
	const struct gift_question *q = at->q;
	for (size_t i = 0; i < q->n; i++) {
		for (size_t k = 0; k < i; k++) {
			const struct gift_answer *a = &q->answer[i], *b = &q->answer[k];
			if (q->type == GIFT_NUMERICAL || !str_is(a->text, b->text))
				continue;
			tell(at, PROBLEM_ANSWER_TWICE, about(at, a->text));
		}
	}
}

/* ---- the same in all languages ---- */

static bool alike(const struct gift_question *a, const struct gift_question *b)
{
	/* How many ways a short answer may be written is each language's own affair. */
	bool free_text = a->type == GIFT_SHORT;
	if (a->type != b->type || (a->n != b->n && !free_text) ||
	    a->has_tail != b->has_tail)
		return false;
	for (size_t i = 0; i < a->n && !free_text; i++) {
		const struct gift_answer *x = &a->answer[i], *y = &b->answer[i];
		if (fabs(x->weight - y->weight) > 1e-9) return false;
		if (a->type != GIFT_NUMERICAL) continue;
		if (!str_is(x->text, y->text) || !str_is(x->least, y->least) ||
		    !str_is(x->most, y->most) || !str_is(x->tolerance, y->tolerance))
			return false;
	}
	for (size_t i = 0; i < a->n_tags; i++)
		if (!gift_has_tag(b, a->tag[i])) return false;
	return a->n_tags == b->n_tags && str_is(a->category, b->category);
}

static void check_alike(const struct place *at)
{
	enum language first = at->c->first;
	if (at->l == first) return;
	const struct gift_question *q = course_question(at->c, first, at->q->id);
	if (!q)
		tell(at, PROBLEM_BANK_LACKS, at->q->id);
	else if (!alike(q, at->q))
		tell(at, PROBLEM_BANK_DIFFERS, at->q->id);
}

static void check_none_missing(struct course *c, enum language l)
{
	const struct gift_bank *first = &c->bank[c->first];
	for (size_t i = 0; l != c->first && i < first->n; i++)
		if (!course_question(c, l, first->question[i].id))
			problem(&c->problems, PROBLEM_BANK_LACKS, question_file(c, l), 1,
			        first->question[i].id);
}

/* ---- tests ---- */

static void check_tests(struct course *c)
{
	const struct gift_bank *bank = &c->bank[c->first];
	int64_t test = 0, gain = 0;
	for (size_t i = 0; i < bank->n; i++) {
		const struct gift_question *q = &bank->question[i];
		bool usable = gift_is_scored(q) && !gift_has_tag(q, S("lesson-only"));
		test += usable;
		gain += usable && gift_has_tag(q, S("gain"));
	}
	str file = question_file(c, c->first);
	if (test < c->test_questions)
		problem(&c->problems, PROBLEM_TEST_FEW, file, 1,
		        arena_printf(c->arena, "%lld < %lld", (long long)test,
		                     (long long)c->test_questions));
	if (gain < c->pretest_questions)
		problem(&c->problems, PROBLEM_PRETEST_FEW, file, 1,
		        arena_printf(c->arena, "%lld < %lld", (long long)gain,
		                     (long long)c->pretest_questions));
}

void check_questions(struct course *c)
{
	for (int l = 0; l < LANGUAGES; l++) {
		if (!c->has[l]) continue;
		struct place at = { c, (enum language)l, question_file(c, (enum language)l),
			            NULL };
		for (size_t i = 0; i < c->bank[l].n; i++) {
			at.q = &c->bank[l].question[i];
			check_id(&at);
			check_macros(&at);
			if (gift_is_scored(at.q) && c->tables.n_facts) check_facts(&at);
			check_numbers(&at);
			check_answers(&at);
			check_alike(&at);
		}
		check_none_missing(c, (enum language)l);
	}
	check_tests(c);
}
