/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of lessons: their parts, their length, the places of questions, and that all
 * languages are built alike. */
#include "authoring/course.h"

#include <math.h>

enum { WORDS_LEAST = 250, WORDS_MOST = 2000, SENTENCE_MEAN = 18 };
enum { PLACES_LEAST = 2, PLACES_MOST = 4 };

static str number(struct course *c, size_t n)
{
	return arena_printf(c->arena, "%zu", n);
}

static void check_size(struct course *c, const struct document *d)
{
	if (d->words < WORDS_LEAST || d->words > WORDS_MOST)
		problem(&c->problems, PROBLEM_LESSON_LENGTH, d->file, 1,
		        number(c, d->words));
	if (d->sentences && d->sentence_words > SENTENCE_MEAN * d->sentences)
		problem(&c->problems, PROBLEM_SENTENCES, d->file, 1,
		        number(c, (d->sentence_words + d->sentences - 1) / d->sentences));
}

static void check_parts(struct course *c, const struct document *d)
{
	static const enum part needed[] = { PART_GOALS, PART_CASE, PART_CHECKLIST };
	for (size_t i = 0; i < countof(needed); i++)
		if (d->count[needed[i]] != 1)
			problem(&c->problems, PROBLEM_LESSON_PART, d->file, 1,
			        str_of(part_names[needed[i]]));
	if (d->n_placed < PLACES_LEAST || d->n_placed > PLACES_MOST)
		problem(&c->problems, PROBLEM_LESSON_QUESTIONS, d->file, 1,
		        number(c, d->n_placed));
}

/* Whether the question stands in a lesson before the place `at` of `u`. */
static bool stands_before(const struct course *c, enum language l, const struct unit *u,
                          size_t at, str id)
{
	for (size_t i = 0; i < c->n_lessons; i++) {
		const struct document *d = &c->lesson[i].in[l];
		bool here = &c->lesson[i] == u;
		for (size_t k = 0; k < (here ? at : d->n_placed); k++)
			if (str_is(d->placed[k].id, id)) return true;
		if (here) return false;
	}
	return false;
}

static void check_places(struct course *c, enum language l, const struct unit *u)
{
	const struct document *d = &u->in[l];
	for (size_t i = 0; i < d->n_placed; i++) {
		const struct placed *p = &d->placed[i];
		const struct gift_question *q = course_question(c, l, p->id);
		if (!q)
			problem(&c->problems, PROBLEM_QUESTION_UNKNOWN, d->file, p->line,
			        p->id);
		else if (q->category.n && !str_is(q->category, u->name))
			problem(&c->problems, PROBLEM_QUESTION_LESSON, d->file, p->line,
			        p->id);
		if (stands_before(c, l, u, i, p->id))
			problem(&c->problems, PROBLEM_QUESTION_PLACED_TWICE, d->file,
			        p->line, p->id);
	}
}

/* What is the first difference of two shapes: words of them. */
static str difference(struct course *c, str a, str b)
{
	str x, y;
	for (;;) {
		bool more_a = str_cut(&a, ' ', &x), more_b = str_cut(&b, ' ', &y);
		if (!more_a && !more_b) return STR_NONE;
		if (!more_a) return arena_printf(c->arena, "+ %.*s", STR_ARG(y));
		if (!more_b) return arena_printf(c->arena, "− %.*s", STR_ARG(x));
		if (!str_is(x, y))
			return arena_printf(c->arena, "%.*s / %.*s", STR_ARG(x),
			                    STR_ARG(y));
	}
}

static void check_shape(struct course *c, enum language l, const struct unit *u)
{
	const struct document *first = &u->in[c->first], *d = &u->in[l];
	if (!first->there || str_is(first->shape, d->shape)) return;
	problem(&c->problems, PROBLEM_STRUCTURE, d->file, 1,
	        difference(c, first->shape, d->shape));
}

void check_lessons(struct course *c)
{
	for (size_t i = 0; i < c->n_lessons; i++) {
		for (int l = 0; l < LANGUAGES; l++) {
			const struct unit *u = &c->lesson[i];
			if (!c->has[l] || !u->in[l].there) continue;
			check_size(c, &u->in[l]);
			check_parts(c, &u->in[l]);
			check_places(c, (enum language)l, u);
			check_shape(c, (enum language)l, u);
		}
	}
}
