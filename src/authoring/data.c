/* SPDX-License-Identifier: Apache-2.0 */
/* The questions as the page's script reads them (web/src/lesson/data.ts is the other side):
 * keys once, texts in each language, numbers from the table of deadlines filled in. */
#include "authoring/markdown.h"
#include "authoring/words.h"

#include <math.h>
#include <stdlib.h>

#define TEXT_MOST ((size_t)4 << 20)

struct in_languages {
	str kk, ru, en;
};
static const struct json_field in_languages_fields[] = {
	JSON_TEXT(struct in_languages, kk, false, 0, 10000),
	JSON_TEXT(struct in_languages, ru, false, 0, 10000),
	JSON_TEXT(struct in_languages, en, false, 0, 10000),
};
static const struct shape in_languages_shape =
	SHAPE("InLanguages", struct in_languages, in_languages_fields);

struct answer_text {
	str text, match, feedback;
};
static const struct json_field answer_text_fields[] = {
	JSON_TEXT(struct answer_text, text, true, 0, 20000),
	JSON_TEXT(struct answer_text, match, false, 0, 20000),
	JSON_TEXT(struct answer_text, feedback, false, 0, 20000),
};
static const struct shape answer_text_shape =
	SHAPE("AnswerText", struct answer_text, answer_text_fields);

struct question_text {
	str text, tail, feedback;
	struct json_list answers;
};
static const struct json_field question_text_fields[] = {
	JSON_TEXT(struct question_text, text, true, 0, 20000),
	JSON_TEXT(struct question_text, tail, false, 0, 20000),
	JSON_TEXT(struct question_text, feedback, false, 0, 20000),
	JSON_LIST(struct question_text, answers, true, GIFT_ANSWERS, answer_text_shape),
};
static const struct shape question_text_shape =
	SHAPE("QuestionText", struct question_text, question_text_fields);

struct key {
	double weight, least, most;
};
static const struct json_field key_fields[] = {
	JSON_REAL(struct key, weight, true),
	JSON_REAL(struct key, least, false),
	JSON_REAL(struct key, most, false),
};
static const struct shape key_shape = SHAPE("Key", struct key, key_fields);

struct question_data {
	str id, type, lesson;
	bool gain, drawn;
	struct json_list keys;
	const struct question_text *kk, *ru, *en;
};
static const struct json_field question_fields[] = {
	JSON_TEXT(struct question_data, id, true, 1, 40),
	JSON_TEXT(struct question_data, type, true, 1, 20),
	JSON_TEXT(struct question_data, lesson, false, 0, 40),
	JSON_BOOL(struct question_data, gain, true),
	JSON_BOOL(struct question_data, drawn, true),
	JSON_LIST(struct question_data, keys, true, GIFT_ANSWERS, key_shape),
	JSON_OBJECT(struct question_data, kk, false, question_text_shape),
	JSON_OBJECT(struct question_data, ru, false, question_text_shape),
	JSON_OBJECT(struct question_data, en, false, question_text_shape),
};
static const struct shape question_shape =
	SHAPE("QuestionData", struct question_data, question_fields);

struct data {
	str course, kind, name, scorm;
	int64_t version, pass_mark, attempts, draw;
	bool preview;
	struct json_list languages;
	const struct in_languages *title;
	struct json_list questions;
};
static const struct json_field data_fields[] = {
	JSON_TEXT(struct data, course, true, 1, 60),
	JSON_TEXT(struct data, kind, true, 1, 20),
	JSON_TEXT(struct data, name, true, 1, 80),
	JSON_TEXT(struct data, scorm, true, 1, 10),
	JSON_INT(struct data, version, true, 0, INT32_MAX),
	JSON_INT(struct data, pass_mark, true, 0, 100),
	JSON_INT(struct data, attempts, true, 0, 100),
	JSON_INT(struct data, draw, true, 0, 1000),
	JSON_BOOL(struct data, preview, true),
	JSON_TEXTS(struct data, languages, true, LANGUAGES),
	JSON_OBJECT(struct data, title, true, in_languages_shape),
	JSON_LIST(struct data, questions, true, GIFT_QUESTIONS, question_shape),
};
static const struct shape data_shape = SHAPE("PageData", struct data, data_fields);

/* ---- texts ---- */

static str rendered(const struct course *c, enum language l, const struct gift_question *q,
                    str text)
{
	if (!text.p) return STR_NONE;
	struct buf out;
	buf_init(&out, TEXT_MOST);
	/* Problems were told by the checks; here is a place for them to go to. */
	struct course *own = arena_new(c->arena, struct course);
	*own = *c;
	struct markdown m = { .course = own,
		              .language = l,
		              .file = S("questions"),
		              .html = &out,
		              .cited = arena_alloc(c->arena, CITED_MOST * sizeof(void *)) };
	if (!q->markdown || markdown_write(&m, text, q->line)) {
		buf_reset(&out);
		markdown_plain(&m, text, q->line);
	}
	str html = arena_copy(c->arena, out.n ? buf_as_str(&out) : S(""));
	buf_free(&out);
	return html;
}

static const struct question_text *texts(const struct course *c, enum language l, str id)
{
	const struct gift_question *q = c->has[l] ? course_question(c, l, id) : NULL;
	if (!q) return NULL;
	struct question_text *t = arena_new(c->arena, struct question_text);
	struct answer_text *a = arena_alloc(c->arena, (q->n + 1) * sizeof *a);
	for (size_t i = 0; i < q->n; i++) {
		const struct gift_answer *from = &q->answer[i];
		/* A short answer is compared, not shown: as it stands. */
		a[i].text = q->type == GIFT_SHORT        ? from->text
		            : q->type == GIFT_NUMERICAL  ? S("")
		            : q->type == GIFT_TRUE_FALSE ? S("")
		                                         : rendered(c, l, q, from->text);
		a[i].match = rendered(c, l, q, from->match);
		a[i].feedback = rendered(c, l, q, from->feedback);
	}
	t->text = rendered(c, l, q, q->text);
	t->tail = rendered(c, l, q, q->has_tail ? q->tail : STR_NONE);
	t->feedback = rendered(c, l, q, q->feedback);
	t->answers = (struct json_list){ a, q->n };
	return t;
}

/* ---- keys ---- */

static double value_of(const struct course *c, str s)
{
	char text[64];
	if (str_starts(s, S("[[@"))) {
		const struct deadline *d =
			tables_deadline(&c->tables, str_part(s, 3, s.n - 2));
		s = d ? d->value : S("0");
	}
	size_t n = s.n < sizeof text ? s.n : sizeof text - 1;
	memcpy(text, s.p, n);
	text[n] = 0;
	return strtod(text, NULL);
}

static struct key key_of(const struct course *c, const struct gift_question *q, size_t i)
{
	const struct gift_answer *a = &q->answer[i];
	struct key k = { a->weight / 100, NAN, NAN };
	if (q->type != GIFT_NUMERICAL) return k;
	if (a->least.p) {
		k.least = value_of(c, a->least);
		k.most = value_of(c, a->most);
	} else if (a->text.p) {
		double tolerance = a->tolerance.p ? fabs(value_of(c, a->tolerance)) : 0;
		k.least = value_of(c, a->text) - tolerance;
		k.most = value_of(c, a->text) + tolerance;
	}
	return k;
}

static struct question_data question(const struct course *c, const struct gift_question *q)
{
	struct key *keys = arena_alloc(c->arena, (q->n + 1) * sizeof *keys);
	for (size_t i = 0; i < q->n; i++) keys[i] = key_of(c, q, i);
	return (struct question_data){
		.id = q->id,
		.type = str_of(gift_type_names[q->type]),
		.lesson = q->category,
		.gain = gift_has_tag(q, S("gain")),
		.drawn = gift_is_scored(q) && !gift_has_tag(q, S("lesson-only")),
		.keys = { keys, q->n },
		.kk = texts(c, KK, q->id),
		.ru = texts(c, RU, q->id),
		.en = texts(c, EN, q->id),
	};
}

/* ---- which questions a page has ---- */

static bool is_placed(const struct document *d, str id)
{
	for (size_t i = 0; i < d->n_placed; i++)
		if (str_is(d->placed[i].id, id)) return true;
	return false;
}

/* The pre-test asks the first of the pair's questions; the final test asks them again. */
static bool is_wanted(const struct course *c, const struct page *p,
                      const struct gift_question *q, int64_t *gain)
{
	bool drawn = gift_is_scored(q) && !gift_has_tag(q, S("lesson-only"));
	bool pair = drawn && gift_has_tag(q, S("gain")) && (*gain)++ < c->pretest_questions;
	switch (p->kind) {
	case PAGE_LESSON: return is_placed(&p->unit->in[c->first], q->id);
	case PAGE_PRETEST: return pair;
	case PAGE_TEST: return drawn;
	default: return false;
	}
}

static struct json_list questions(const struct course *c, const struct page *p)
{
	const struct gift_bank *bank = &c->bank[c->first];
	struct question_data *all = arena_alloc(c->arena, (bank->n + 1) * sizeof *all);
	size_t n = 0;
	int64_t gain = 0;
	for (size_t i = 0; i < bank->n; i++) {
		const struct gift_question *q = &bank->question[i];
		if (!is_wanted(c, p, q, &gain)) continue;
		all[n] = question(c, q);
		all[n].gain &= gain <= c->pretest_questions;
		n++;
	}
	return (struct json_list){ all, n };
}

enum err page_data(const struct course *c, const struct page *p, struct buf *out)
{
	static const char *const kinds[] = { "lesson", "pretest", "test", "annexes",
		                             "annex" };
	str *codes = arena_alloc(c->arena, LANGUAGES * sizeof *codes);
	size_t n = 0;
	for (int l = 0; l < LANGUAGES; l++)
		if (c->has[l]) codes[n++] = str_of(language_codes[l]);
	struct in_languages title = { course_page_title(c, p, KK),
		                      course_page_title(c, p, RU),
		                      course_page_title(c, p, EN) };
	struct data d = {
		.course = c->id,
		.kind = str_of(kinds[p->kind]),
		.name = p->name,
		.scorm = c->options.scorm_12 ? S("1.2") : S("2004"),
		.version = c->version,
		.pass_mark = c->pass_mark,
		.attempts = c->attempts,
		.draw = p->kind == PAGE_TEST ? c->test_questions : c->pretest_questions,
		.preview = c->options.preview,
		.languages = { codes, n },
		.title = &title,
		.questions = questions(c, p),
	};
	json_write(out, &data_shape, &d);
	return out->over ? FAIL(ERR_TOO_LARGE, "%.*s: too many questions", STR_ARG(c->id))
	                 : ERR_OK;
}
