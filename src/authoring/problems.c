/* SPDX-License-Identifier: Apache-2.0 */
#include "authoring/problems.h"

#include <stdlib.h>

enum { MOST = 500 };

static const struct {
	const char *code, *what[LANGUAGES], *todo[LANGUAGES];
} known[PROBLEM_CODES] = {
#define X(name, code, kk, ru, en, do_kk, do_ru, do_en) \
	{ code, { kk, ru, en }, { do_kk, do_ru, do_en } },
	PROBLEMS(X)
#undef X
};

static str fill(struct arena *a, str sentence, str detail)
{
	for (size_t i = 0; i + 1 < sentence.n; i++) {
		if (sentence.p[i] != '{' || sentence.p[i + 1] != '}') continue;
		return arena_printf(a, "%.*s%.*s%.*s", STR_ARG(str_part(sentence, 0, i)),
		                    STR_ARG(detail),
		                    STR_ARG(str_part(sentence, i + 2, sentence.n)));
	}
	return sentence;
}

/* At most so many bytes of a detail, cut between code points. */
static str shortened(str s)
{
	enum { LONGEST = 160 };
	if (s.n <= LONGEST) return s;
	size_t n = LONGEST;
	while (n && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
	return str_part(s, 0, n);
}

static bool make_room(struct problems *p)
{
	if (p->n == MOST) return false;
	if (p->n < p->room) return true;
	size_t room = p->room ? 2 * p->room : 32;
	struct authoring_problem *more = arena_alloc(p->arena, room * sizeof *more);
	if (p->n) memcpy(more, p->problem, p->n * sizeof *more);
	p->problem = more;
	p->room = room;
	return true;
}

void problem(struct problems *p, enum problem_code code, str file, int line, str detail)
{
	if (!make_room(p)) return;
	detail = arena_copy(p->arena, shortened(detail));
	p->problem[p->n++] = (struct authoring_problem){
		.file = arena_copy(p->arena, file),
		.line = line > 0 ? line : 1,
		.code = str_of(known[code].code),
		.what = fill(p->arena, str_of(known[code].what[p->language]), detail),
		.todo = str_of(known[code].todo[p->language]),
	};
}

void problem_named(struct problems *p, const char *code, str file, int line, str detail)
{
	for (int i = 0; i < PROBLEM_CODES; i++) {
		if (!str_is(str_of(known[i].code), str_of(code))) continue;
		problem(p, (enum problem_code)i, file, line, detail);
		return;
	}
	assert(false && "a problem without a sentence");
}

static int compare(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

static int by_place(const void *x, const void *y)
{
	const struct authoring_problem *a = x, *b = y;
	int c = compare(a->file, b->file);
	if (!c) c = (a->line > b->line) - (a->line < b->line);
	if (!c) c = compare(a->code, b->code);
	return c ? c : compare(a->what, b->what);
}

void problems_sort(struct problems *p)
{
	if (p->n) qsort(p->problem, p->n, sizeof *p->problem, by_place);
}
