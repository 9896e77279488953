/* SPDX-License-Identifier: Apache-2.0 */
/* The pages: all languages of a page in one file, one shown at a time, so that switching
 * keeps the place and needs no network. Without a script the first language can be read. */
#include "authoring/cite.h"
#include "authoring/markdown.h"
#include "authoring/words.h"

str course_page_title(const struct course *c, const struct page *p, enum language l)
{
	if (!c->has[l]) return STR_NONE;
	switch (p->kind) {
	case PAGE_PRETEST: return page_word(WORD_PRETEST, l);
	case PAGE_TEST: return page_word(WORD_TEST, l);
	case PAGE_ANNEXES: return page_word(WORD_ANNEXES, l);
	default: return p->unit->in[l].title;
	}
}

size_t course_pages(const struct course *c, struct page *out, size_t room)
{
	size_t n = 0;
	assert(room >= PAGES_MOST);
	if (c->pretest_questions)
		out[n++] = (struct page){ PAGE_PRETEST, S("pretest"), NULL };
	for (size_t i = 0; i < c->n_lessons; i++)
		out[n++] = (struct page){ PAGE_LESSON, c->lesson[i].name, &c->lesson[i] };
	/* The test is the last of the contents: after it the course is finished. */
	if (c->n_annexes) out[n++] = (struct page){ PAGE_ANNEXES, S("annexes"), NULL };
	out[n++] = (struct page){ PAGE_TEST, S("test"), NULL };
	for (size_t i = 0; i < c->n_annexes; i++)
		out[n++] = (struct page){ PAGE_ANNEX, c->annex[i].name, &c->annex[i] };
	return n;
}

/* ---- sources ---- */

struct cited {
	const struct fact *fact[2 * CITED_MOST];
	size_t n;
};

static void note(struct cited *all, const struct fact *f)
{
	/* Facts of one article are one source. */
	for (size_t i = 0; f && i < all->n; i++)
		if (all->fact[i]->act == f->act &&
		    str_is(all->fact[i]->article, f->article) &&
		    str_is(all->fact[i]->date, f->date))
			return;
	if (f && f->act && all->n < countof(all->fact)) all->fact[all->n++] = f;
}

/* Of the text, then of the questions that stand in it. */
static void gather(const struct course *c, enum language l, const struct document *d,
                   struct cited *out)
{
	for (size_t i = 0; i < d->n_cited; i++) note(out, d->cited[i]);
	for (size_t i = 0; i < d->n_placed; i++) {
		const struct gift_question *q = course_question(c, l, d->placed[i].id);
		for (size_t k = 0; q && k < q->n_tags; k++)
			note(out, tables_fact(&c->tables, q->tag[k]));
	}
}

static void sources(const struct course *c, enum language l, const struct document *d,
                    struct buf *out)
{
	struct cited *all = arena_new(c->arena, struct cited);
	gather(c, l, d, all);
	if (!all->n) return;
	buf_str(out, S("<section class=\"sources\"><h2>"));
	html_text(out, page_word(WORD_SOURCES, l));
	buf_str(out, S("</h2><ul>\n"));
	struct buf one;
	buf_init(&one, 4000);
	for (size_t i = 0; i < all->n; i++) {
		buf_reset(&one);
		cite_full(&one, l, all->fact[i]);
		buf_str(out, S("<li>"));
		html_text(out, buf_as_str(&one));
		buf_str(out, S("</li>\n"));
	}
	buf_free(&one);
	buf_str(out, S("</ul></section>\n"));
}

/* ---- a page in one language ---- */

static void law(const struct course *c, enum language l, struct buf *out)
{
	buf_str(out, S("<p class=\"law\">"));
	html_text(out, page_word(WORD_LAW_AS_OF, l));
	cite_date(out, c->law_as_of);
	buf_str(out, S("</p>\n"));
}

static void annex_list(const struct course *c, enum language l, struct buf *out)
{
	buf_str(out, S("<ul class=\"annexes\">\n"));
	for (size_t i = 0; i < c->n_annexes; i++) {
		buf_printf(out, "<li><a class=\"annex\" href=\"%.*s.html\">",
		           STR_ARG(c->annex[i].name));
		html_text(out, c->annex[i].in[l].title);
		buf_str(out, S("</a></li>\n"));
	}
	buf_str(out, S("</ul>\n"));
}

static void article(const struct course *c, const struct page *p, enum language l,
                    struct buf *out)
{
	buf_printf(out, "<article lang=\"%s\"%s>\n<p class=\"kicker\">", language_codes[l],
	           l == c->first ? "" : " hidden");
	html_text(out, c->title[l]);
	buf_str(out, S("</p>\n<h1>"));
	html_text(out, course_page_title(c, p, l));
	buf_str(out, S("</h1>\n"));
	law(c, l, out);
	if (p->unit) {
		buf_str(out, p->unit->in[l].html);
		sources(c, l, &p->unit->in[l], out);
	}
	if (p->kind == PAGE_TEST || p->kind == PAGE_PRETEST)
		buf_str(out, S("<div class=\"test\"></div>\n"));
	if (p->kind == PAGE_ANNEXES) annex_list(c, l, out);
	buf_str(out, S("</article>\n"));
}

enum err page_write(const struct course *c, const struct page *p, struct buf *out)
{
	static const char *const kinds[] = { "lesson", "pretest", "test", "annexes",
		                             "annex" };
	buf_printf(out,
	           "<!doctype html>\n<html lang=\"%s\" class=\"%s\">\n<head>\n"
	           "<meta charset=\"utf-8\">\n"
	           "<meta name=\"viewport\" content=\"width=device-width, "
	           "initial-scale=1\">\n<title>",
	           language_codes[c->first], kinds[p->kind]);
	html_text(out, course_page_title(c, p, c->first));
	buf_str(out, S("</title>\n<link rel=\"stylesheet\" href=\"lesson.css\">\n</head>\n"
	               "<body>\n<header id=\"bar\"></header>\n"
	               "<main id=\"main\" tabindex=\"-1\">\n"));
	for (int l = 0; l < LANGUAGES; l++)
		if (c->has[l]) article(c, p, (enum language)l, out);
	buf_str(out, S("</main>\n<script type=\"application/json\" id=\"data\">"));
	TRY(page_data(c, p, out));
	buf_str(out,
	        S("</script>\n<script src=\"lesson.js\"></script>\n</body>\n</html>\n"));
	return out->over ? FAIL(ERR_TOO_LARGE, "%.*s.html is too large", STR_ARG(p->name))
	                 : ERR_OK;
}
