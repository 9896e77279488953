/* SPDX-License-Identifier: Apache-2.0 */
#include "authoring/markdown.h"

#include <md4c.h>

#include "authoring/cite.h"

enum { SENTENCE_MOST = 45, SPANS = 64 };

struct walk {
	struct markdown *m;
	str text;
	int line;                /* of the text's first line */
	const char *seen;        /* where we are in `text` */
	bool silent;             /* inside of [[…]]: it was written already */
	bool prose;              /* in a paragraph or a list item: sentences are counted */
	bool html_told;          /* of this block */
	const char *open[SPANS]; /* tags of spans that are to be closed */
	size_t n_open;
	int picture; /* depth of pictures: their text is an alternative text */
	bool picture_words;
	size_t sentence; /* words of the sentence so far */
	bool in_word;
};

void html_text(struct buf *out, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '<')
			buf_str(out, S("&lt;"));
		else if (c == '>')
			buf_str(out, S("&gt;"));
		else if (c == '&')
			buf_str(out, S("&amp;"));
		else if (c == '"')
			buf_str(out, S("&quot;"));
		else
			buf_char(out, c);
	}
}

/* md4c lends pieces of our text, and now and then a text of its own. */
static void be_at(struct walk *w, const char *at)
{
	if (at >= w->text.p && at <= w->text.p + w->text.n) w->seen = at;
}

/* The line of the file that we are at. */
static int line_of(struct walk *w, const char *at)
{
	be_at(w, at);
	int line = w->line;
	for (const char *p = w->text.p; p && p < w->seen; p++) line += *p == '\n';
	return line;
}

static void tell(struct walk *w, enum problem_code code, const char *at, str detail)
{
	problem(&w->m->course->problems, code, w->m->file, line_of(w, at), detail);
}

/* ---- [[…]] ---- */

static void note_cited(struct markdown *m, const struct fact *f)
{
	for (size_t i = 0; i < m->n_cited; i++)
		if (m->cited[i] == f) return;
	if (m->n_cited < CITED_MOST) m->cited[m->n_cited++] = f;
}

static void cite_fact(struct walk *w, str id, const char *at)
{
	struct markdown *m = w->m;
	const struct fact *f = tables_fact(&m->course->tables, id);
	if (!f) {
		tell(w, is_fact_tag(id) ? PROBLEM_FACT_UNKNOWN : PROBLEM_MACRO, at, id);
		return;
	}
	if (!f->act) {
		tell(w, PROBLEM_FACT_NO_ACT, at, id);
		return;
	}
	note_cited(m, f);
	struct buf words;
	buf_init(&words, 2000);
	cite_short(&words, m->language, f);
	buf_printf(m->html, "<cite data-fact=\"%.*s\">", STR_ARG(f->id));
	html_text(m->html, buf_as_str(&words));
	buf_str(m->html, S("</cite>"));
	buf_free(&words);
}

static void write_deadline(struct walk *w, str code, const char *at)
{
	const struct deadline *d = tables_deadline(&w->m->course->tables, code);
	if (d)
		cite_number(w->m->html, w->m->language, d);
	else
		tell(w, PROBLEM_DEADLINE_UNKNOWN, at, code);
}

static void write_annex(struct walk *w, str slug, const char *at)
{
	const struct unit *u = course_annex(w->m->course, slug);
	if (!u) {
		tell(w, PROBLEM_ANNEX_UNKNOWN, at, slug);
		return;
	}
	buf_printf(w->m->html, "<a class=\"annex\" href=\"%.*s.html\">", STR_ARG(u->name));
	html_text(w->m->html, u->in[w->m->language].title);
	buf_str(w->m->html, S("</a>"));
}

static void macro(struct walk *w, str inside, const char *at)
{
	if (str_starts(inside, S("@")))
		write_deadline(w, str_part(inside, 1, inside.n), at);
	else if (str_starts(inside, S("annex:")))
		write_annex(w, str_part(inside, 6, inside.n), at);
	else if (str_starts(inside, S("?")))
		tell(w, PROBLEM_MACRO, at, inside);
	else
		cite_fact(w, inside, at);
}

void markdown_plain(struct markdown *m, str text, int line)
{
	struct walk w = { .m = m, .text = text, .line = line, .seen = text.p };
	while (text.n) {
		size_t open = 0;
		while (open < text.n && !str_starts(str_part(text, open, text.n), S("[[")))
			open++;
		str before = str_part(text, 0, open), one;
		bool first = true;
		while (str_cut(&before, '\n', &one)) {
			if (!first) buf_str(m->html, S("<br>"));
			html_text(m->html, one);
			first = false;
		}
		if (open && text.p[open - 1] == '\n') buf_str(m->html, S("<br>"));
		text = str_part(text, open, text.n);
		if (!text.n) break;
		size_t close = 2;
		while (close < text.n &&
		       !str_starts(str_part(text, close, text.n), S("]]")))
			close++;
		macro(&w, str_part(text, 2, close), text.p);
		text = str_part(text, close + 2, text.n);
	}
}

/* ---- counting ---- */

static void end_sentence(struct walk *w, const char *at)
{
	w->in_word = false;
	if (!w->sentence) return;
	if (w->sentence > SENTENCE_MOST)
		tell(w, PROBLEM_SENTENCE_LONG, at,
		     arena_printf(w->m->course->arena, "%zu", w->sentence));
	w->m->sentences++;
	w->m->sentence_words += w->sentence;
	w->sentence = 0;
}

/* A word begins with a letter or a digit: ASCII, or Cyrillic. */
static bool in_word(uint32_t c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
	       (c >= 0x400 && c <= 0x52F);
}

static void count(struct walk *w, str s)
{
	const char *begin = s.p;
	uint32_t c;
	for (size_t n; (n = str_rune(s, &c)) > 0; s = str_part(s, n, s.n)) {
		if (in_word(c)) {
			if (!w->in_word) w->m->words++;
			if (!w->in_word && w->prose) w->sentence++;
			w->in_word = true;
			continue;
		}
		/* An apostrophe or a hyphen does not end a word. */
		if (c != '-' && c != '\'' && c != 0x2019) w->in_word = false;
		bool last = n == s.n || s.p[n] == ' ';
		if (last && (c == '.' || c == '!' || c == '?' || c == 0x2026))
			end_sentence(w, begin);
	}
}

/* ---- spans ---- */

static const char *const tags[MD_SPAN_U + 1] = {
	[MD_SPAN_EM] = "em",
	[MD_SPAN_STRONG] = "strong",
	[MD_SPAN_A] = "a",
	[MD_SPAN_CODE] = "code",
};

/* md4c may open a span that it does not close, or the other way round, where an address
 * without brackets overlaps with emphasis. Here every tag that was opened is closed. NULL:
 * a link that leads out, which has no tag. */
static bool push(struct walk *w, const char *tag)
{
	if (w->n_open == SPANS) return false;
	w->open[w->n_open++] = tag;
	return true;
}

static void pop(struct walk *w, const char *tag)
{
	if (!w->n_open) return;
	const char *last = w->open[w->n_open - 1];
	if (last != tag && (last || tag != tags[MD_SPAN_A])) return;
	w->n_open--;
	if (last) buf_printf(w->m->html, "</%s>", last);
}

static void close_spans(struct walk *w)
{
	if (w->picture) buf_str(w->m->html, S("\">"));
	w->picture = 0;
	w->silent = false;
	while (w->n_open) {
		const char *last = w->open[--w->n_open];
		if (last) buf_printf(w->m->html, "</%s>", last);
	}
}

/* ---- md4c calls ---- */

static const char *tag_of(MD_BLOCKTYPE type)
{
	switch (type) {
	case MD_BLOCK_QUOTE: return "blockquote";
	case MD_BLOCK_UL: return "ul";
	case MD_BLOCK_OL: return "ol";
	case MD_BLOCK_LI: return "li";
	case MD_BLOCK_CODE: return "pre";
	case MD_BLOCK_P: return "p";
	case MD_BLOCK_THEAD: return "thead";
	case MD_BLOCK_TBODY: return "tbody";
	case MD_BLOCK_TR: return "tr";
	case MD_BLOCK_TD: return "td";
	default: return NULL;
	}
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
	struct walk *w = user;
	struct buf *out = w->m->html;
	const char *tag = tag_of(type);
	w->html_told = false;
	w->prose = type == MD_BLOCK_P || type == MD_BLOCK_LI;
	w->in_word = false;
	if (type == MD_BLOCK_H) {
		unsigned level = ((MD_BLOCK_H_DETAIL *)detail)->level;
		buf_printf(out, "<h%u>", level < 2 ? 2 : level > 4 ? 4 : level);
	} else if (type == MD_BLOCK_OL && ((MD_BLOCK_OL_DETAIL *)detail)->start != 1) {
		buf_printf(out, "<ol start=\"%u\">", ((MD_BLOCK_OL_DETAIL *)detail)->start);
	} else if (type == MD_BLOCK_TABLE) {
		buf_str(out, S("<div class=\"table\" tabindex=\"0\"><table>"));
	} else if (type == MD_BLOCK_TH) {
		buf_str(out, S("<th scope=\"col\">"));
	} else if (type == MD_BLOCK_HR) {
		buf_str(out, S("<hr>"));
	} else if (tag) {
		buf_printf(out, "<%s>", tag);
	}
	return out->over;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
	struct walk *w = user;
	struct buf *out = w->m->html;
	const char *tag = tag_of(type);
	end_sentence(w, w->seen);
	close_spans(w);
	if (type == MD_BLOCK_H) {
		unsigned level = ((MD_BLOCK_H_DETAIL *)detail)->level;
		buf_printf(out, "</h%u>\n", level < 2 ? 2 : level > 4 ? 4 : level);
	} else if (type == MD_BLOCK_TABLE) {
		buf_str(out, S("</table></div>\n"));
	} else if (type == MD_BLOCK_TH) {
		buf_str(out, S("</th>"));
	} else if (tag) {
		buf_printf(out, "</%s>\n", tag);
	}
	return out->over;
}

static str attribute(const MD_ATTRIBUTE *a)
{
	return (str){ a->text ? a->text : "", a->size };
}

static void open_link(struct walk *w, str href)
{
	if (!str_starts(href, S("#")) && !str_starts(href, S("media/"))) {
		push(w, NULL);
		tell(w, PROBLEM_LINK_EXTERNAL, href.p, href);
		return;
	}
	if (!push(w, tags[MD_SPAN_A])) return;
	buf_str(w->m->html, S("<a href=\""));
	html_text(w->m->html, href);
	buf_str(w->m->html, S("\">"));
}

static void open_picture(struct walk *w, str src)
{
	if (!course_has_media(w->m->course, src))
		tell(w, PROBLEM_PICTURE_ABSENT, src.p, src);
	w->picture_words = false;
	buf_str(w->m->html, S("<img loading=\"lazy\" src=\""));
	html_text(w->m->html, src);
	buf_str(w->m->html, S("\" alt=\""));
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
	struct walk *w = user;
	if (type == MD_SPAN_IMG && w->picture++ == 0)
		open_picture(w, attribute(&((MD_SPAN_IMG_DETAIL *)detail)->src));
	if (w->picture || w->silent) return 0;
	if (type == MD_SPAN_A) open_link(w, attribute(&((MD_SPAN_A_DETAIL *)detail)->href));
	if (type == MD_SPAN_WIKILINK) {
		str target = attribute(&((MD_SPAN_WIKILINK_DETAIL *)detail)->target);
		macro(w, target, target.p);
		w->silent = true;
	}
	if (type != MD_SPAN_A && tags[type] && push(w, tags[type]))
		buf_printf(w->m->html, "<%s>", tags[type]);
	return w->m->html->over;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user)
{
	struct walk *w = user;
	if (type == MD_SPAN_IMG && w->picture && --w->picture == 0) {
		buf_str(w->m->html, S("\">"));
		str src = attribute(&((MD_SPAN_IMG_DETAIL *)detail)->src);
		if (!w->picture_words) tell(w, PROBLEM_PICTURE_WORDS, src.p, src);
		return 0;
	}
	if (w->picture) return 0;
	if (type == MD_SPAN_WIKILINK) w->silent = false;
	if (!w->silent && tags[type]) pop(w, tags[type]);
	return w->m->html->over;
}

static void raw_html(struct walk *w, str s)
{
	bool comment = str_starts(str_trim(s), S("<!--"));
	if (!w->html_told && !comment && str_trim(s).n)
		tell(w, PROBLEM_RAW_HTML, s.p, str_trim(s));
	w->html_told = true; /* once a block is enough, and a comment is no tag */
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *user)
{
	struct walk *w = user;
	struct buf *out = w->m->html;
	str s = { p, n };
	be_at(w, p);
	if (w->silent) return 0;
	switch (type) {
	case MD_TEXT_NULLCHAR: buf_str(out, S("\xEF\xBF\xBD")); break;
	case MD_TEXT_BR: buf_str(out, w->picture ? S(" ") : S("<br>")); break;
	case MD_TEXT_SOFTBR:
		buf_char(out, '\n');
		w->in_word = false;
		break;
	case MD_TEXT_HTML:
		raw_html(w, s);
		if (!w->picture && !w->prose) break;
		w->html_told = false; /* inline: each tag is told */
		break;
	case MD_TEXT_ENTITY: buf_str(out, s); break;
	default:
		w->picture_words |= str_trim(s).n > 0;
		html_text(out, s);
		if (type == MD_TEXT_NORMAL && !w->picture) count(w, s);
	}
	return out->over;
}

enum err markdown_write(struct markdown *m, str text, int line)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_TABLES | MD_FLAG_WIKILINKS | MD_FLAG_NOINDENTEDCODEBLOCKS |
		         MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_PERMISSIVEWWWAUTOLINKS,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = on_text,
	};
	struct walk w = { .m = m, .text = text, .line = line, .seen = text.p };
	if (md_parse(text.p ? text.p : "", (MD_SIZE)text.n, &parser, &w) || m->html->over)
		return FAIL(ERR_TOO_LARGE, "%.*s is too large", STR_ARG(m->file));
	return ERR_OK;
}
