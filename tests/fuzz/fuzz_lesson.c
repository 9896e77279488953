/* SPDX-License-Identifier: Apache-2.0 */
/* Any lesson becomes HTML in which every tag is one of ours, closed where it should be, and
 * any course.json is either read or refused with a problem. The first byte says which. */
#include "authoring/course.h"
#include "fuzz/fuzz.h"

#include <stdlib.h>

enum { DEPTH = 20000 };

static const char *const known[] = { "p",   "ul",         "ol",    "li",     "h2",
	                             "h3",  "h4",         "em",    "strong", "code",
	                             "pre", "blockquote", "table", "thead",  "tbody",
	                             "tr",  "th",         "td",    "div",    "section",
	                             "a",   "cite",       "img",   "br",     "hr" };

static int which(str name)
{
	for (size_t i = 0; i < countof(known); i++)
		if (str_is(name, str_of(known[i]))) return (int)i;
	abort();
}

/* '<' only begins our tags; quotes in them are paired; they nest. */
static void check_html(str html)
{
	static int open[DEPTH];
	size_t depth = 0;
	for (size_t i = 0; i < html.n; i++) {
		if (html.p[i] != '<') continue;
		bool end = i + 1 < html.n && html.p[i + 1] == '/';
		size_t from = i + 1 + end, to = from;
		while (to < html.n && html.p[to] != ' ' && html.p[to] != '>') to++;
		int tag = which(str_part(html, from, to));
		bool quoted = false;
		while (to < html.n && (quoted || html.p[to] != '>')) {
			if (html.p[to] == '"') quoted = !quoted;
			check(html.p[to] != '<');
			to++;
		}
		check(to < html.n);
		i = to;
		if (!end && tag < (int)countof(known) - 3) {
			check(depth < DEPTH);
			open[depth++] = tag;
		}
		if (end) check(depth && open[--depth] == tag);
	}
	check(depth == 0);
}

static void lesson(struct course *c, str text)
{
	static const struct act act = { S("a"),
		                        { S("<k>"), S("\"r\""), S("e&e") },
		                        { S("<k>"), S("\"r\""), S("e&e") } };
	static const struct fact fact = { S("PC-13"), S("13(2)"), S("2026-07-12"),
		                          S(""),      true,       &act };
	static const struct deadline deadline = { S("ai.answer"), S("15000"), S("days"),
		                                  S("2026-07-12"), &fact };
	static const str media[] = { S("media/x.png") };
	struct unit annex = { .number = 1, .name = S("annex-01-x"), .slug = S("01-x") };
	annex.in[RU].title = S("<x>");
	c->tables = (struct tables){ &act, 1, &fact, 1, &deadline, 1, NULL, 0 };
	c->media = media;
	c->n_media = 1;
	c->annex = &annex;
	c->n_annexes = 1;
	struct document d = { .there = true, .file = S("01-x.ru.md"), .text = text };
	enum err e = document_read(c, RU, &d);
	check(e == ERR_OK || e == ERR_TOO_LARGE);
	if (!e) check_html(d.html);
}

static void settings(struct course *c, str text)
{
	course_take_settings(c, text);
	check(c->first < LANGUAGES || c->problems.n || !c->id.n || c->id.n);
	check(c->problems.n ||
	      (c->version >= 1 && c->pass_mark >= 1 && c->pass_mark <= 100));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n < 1 || n > 1 << 15) return 0;
	str text = { (const char *)bytes + 1, n - 1 };
	if (!str_is_utf8(text) || memchr(text.p, 0, text.n)) return 0;
	struct arena *a = arena_open((size_t)64 << 20);
	struct course *c = arena_new(a, struct course);
	c->arena = a;
	c->folder = "course";
	c->problems = (struct problems){ .arena = a, .language = EN };
	for (int l = 0; l < LANGUAGES; l++) c->has[l] = true;
	if (bytes[0] == '{')
		settings(c, (str){ (const char *)bytes, n });
	else
		lesson(c, text);
	arena_close(a);
	return 0;
}
