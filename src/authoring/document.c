/* SPDX-License-Identifier: Apache-2.0 */
/* A lesson's file in its parts: prose, blocks between ::: lines, and the places of
 * questions. Each part goes through Markdown for itself. */
#include "authoring/markdown.h"
#include "authoring/words.h"

#define LARGEST ((size_t)2 << 20)
enum { PLACED_MOST = 40 };

const char *const part_names[PARTS] = { "prose",     "goals", "case",
	                                "checklist", "note",  "question" };

static const char *const words[PAGE_WORD_COUNT][LANGUAGES] = {
#define X(name, kk, ru, en) { kk, ru, en },
	PAGE_WORDS(X)
#undef X
};

str page_word(enum page_word word, enum language l)
{
	return str_of(words[word][l]);
}

struct building {
	struct course *course;
	struct document *d;
	struct markdown m;
	struct buf shape;
	struct placed *placed;
	/* the part that is being gathered */
	enum part part;
	str title;
	size_t from, to;
	int line, opened; /* of its text; of its ::: line */
};

static void note_shape(struct building *b, enum part part)
{
	b->d->count[part]++;
	if (part == PART_PROSE) return;
	if (b->shape.n) buf_char(&b->shape, ' ');
	buf_str(&b->shape, str_of(part_names[part]));
}

static enum page_word word_of(enum part part)
{
	return part == PART_GOALS       ? WORD_GOALS
	       : part == PART_CASE      ? WORD_CASE
	       : part == PART_CHECKLIST ? WORD_CHECKLIST
	                                : WORD_NOTE;
}

static void open_part(struct building *b)
{
	struct buf *out = b->m.html;
	str kind = page_word(word_of(b->part), b->m.language);
	buf_printf(out, "<section class=\"part %s\">", part_names[b->part]);
	if (b->part == PART_CASE && b->title.n) {
		buf_printf(out, "<p class=\"kicker\">%.*s</p><h2>", STR_ARG(kind));
		html_text(out, b->title);
	} else {
		buf_str(out, S("<h2>"));
		html_text(out, b->title.n ? b->title : kind);
	}
	buf_str(out, S("</h2>\n"));
}

/* What was gathered since the last part. */
static enum err end_part(struct building *b)
{
	str text = str_part(b->d->text, b->from, b->to);
	bool prose = b->part == PART_PROSE;
	if (prose && !str_trim(text).n) return ERR_OK;
	note_shape(b, b->part);
	if (!prose) open_part(b);
	TRY(markdown_write(&b->m, text, b->line));
	if (!prose) buf_str(b->m.html, S("</section>\n"));
	return ERR_OK;
}

static enum part kind_of(str name)
{
	for (int i = PART_GOALS; i <= PART_NOTE; i++)
		if (str_is(name, str_of(part_names[i]))) return (enum part)i;
	return PARTS;
}

static void begin_part(struct building *b, enum part part, str title, size_t at, int line)
{
	b->part = part;
	b->title = title;
	b->from = b->to = at;
	b->line = line;
}

/* A line that begins with ":::". */
static enum err fence(struct building *b, str bare, size_t after, int line)
{
	str rest = str_trim(str_part(bare, 3, bare.n));
	if (b->part != PART_PROSE || !rest.n) {
		if (b->part == PART_PROSE)
			problem(&b->course->problems, PROBLEM_BLOCK_KIND, b->d->file, line,
			        bare);
		else if (rest.n)
			problem(&b->course->problems, PROBLEM_BLOCK_OPEN, b->d->file,
			        b->opened, str_of(part_names[b->part]));
		TRY(end_part(b));
		begin_part(b, PART_PROSE, STR_NONE, after, line + 1);
		if (!rest.n) return ERR_OK;
	} else {
		TRY(end_part(b));
	}
	str kind = str_part(rest, 0, str_index(rest, ' '));
	str title = str_trim(str_part(rest, kind.n, rest.n));
	enum part part = kind_of(kind);
	if (part == PARTS) {
		problem(&b->course->problems, PROBLEM_BLOCK_KIND, b->d->file, line, kind);
		part = PART_NOTE;
	}
	b->opened = line;
	begin_part(b, part, title, after, line + 1);
	return ERR_OK;
}

/* "[[?id]]" alone on a line. */
static bool is_question(str bare, str *id)
{
	if (!str_starts(bare, S("[[?")) || !str_ends(bare, S("]]")) || bare.n < 6)
		return false;
	*id = str_part(bare, 3, bare.n - 2);
	return str_index(*id, ']') == id->n;
}

static enum err place(struct building *b, str id, size_t after, int line)
{
	enum part part = b->part;
	TRY(end_part(b));
	note_shape(b, PART_QUESTION);
	buf_printf(&b->shape, "?%.*s", STR_ARG(id));
	if (b->d->n_placed < PLACED_MOST)
		b->placed[b->d->n_placed++] = (struct placed){ id, line };
	buf_str(b->m.html, S("<div class=\"question\" data-question=\""));
	html_text(b->m.html, id);
	buf_str(b->m.html, S("\"></div>\n"));
	if (part != PART_PROSE)
		problem(&b->course->problems, PROBLEM_BLOCK_OPEN, b->d->file, b->opened,
		        str_of(part_names[part]));
	begin_part(b, PART_PROSE, STR_NONE, after, line + 1);
	return ERR_OK;
}

/* "# Title" of the first line that is not empty. */
static size_t take_title(struct building *b, int *line)
{
	str text = b->d->text;
	size_t at = str_starts(text, S("\xEF\xBB\xBF")) ? 3 : 0;
	for (*line = 1; at < text.n; ++*line) {
		str rest = str_part(text, at, text.n);
		str one = str_part(rest, 0, str_index(rest, '\n')), bare = str_trim(one);
		if (!bare.n) {
			at += one.n + 1;
			continue;
		}
		if (!str_starts(bare, S("# "))) break;
		b->d->title = str_trim(str_part(bare, 2, bare.n));
		++*line;
		return at + one.n + 1;
	}
	problem(&b->course->problems, PROBLEM_LESSON_TITLE, b->d->file, *line, STR_NONE);
	b->d->title = b->d->file;
	return at;
}

static enum err build(struct building *b)
{
	int line;
	size_t at = take_title(b, &line);
	str text = b->d->text;
	bool code = false; /* inside of a fence ```: nothing is ours there */
	begin_part(b, PART_PROSE, STR_NONE, at, line);
	while (at < text.n) {
		str rest = str_part(text, at, text.n), id;
		str one = str_part(rest, 0, str_index(rest, '\n')), bare = str_trim(one);
		size_t after = at + one.n + 1;
		if (str_starts(bare, S("```"))) code = !code;
		b->to = at;
		if (!code && str_starts(bare, S(":::")))
			TRY(fence(b, bare, after, line));
		else if (!code && is_question(bare, &id))
			TRY(place(b, id, after, line));
		b->to = after > text.n ? text.n : after;
		at = after;
		line++;
	}
	if (b->part != PART_PROSE)
		problem(&b->course->problems, PROBLEM_BLOCK_OPEN, b->d->file, b->opened,
		        str_of(part_names[b->part]));
	return end_part(b);
}

static str keep(struct arena *a, struct buf *b)
{
	return arena_copy(a, b->n ? buf_as_str(b) : S(""));
}

enum err document_read(struct course *c, enum language l, struct document *d)
{
	struct buf html;
	buf_init(&html, LARGEST);
	struct building b = { .course = c, .d = d };
	buf_init(&b.shape, LARGEST);
	b.placed = arena_alloc(c->arena, PLACED_MOST * sizeof *b.placed);
	b.m = (struct markdown){ .course = c,
		                 .language = l,
		                 .file = d->file,
		                 .html = &html,
		                 .cited = arena_alloc(c->arena,
		                                      CITED_MOST * sizeof(void *)) };
	enum err e = build(&b);
	d->html = keep(c->arena, &html);
	d->shape = keep(c->arena, &b.shape);
	if (!e && (html.over || b.shape.over || !d->html.p))
		e = FAIL(ERR_TOO_LARGE, "%.*s is too large", STR_ARG(d->file));
	d->placed = b.placed;
	d->cited = b.m.cited;
	d->n_cited = b.m.n_cited;
	d->words = b.m.words;
	d->sentences = b.m.sentences;
	d->sentence_words = b.m.sentence_words;
	buf_free(&html);
	buf_free(&b.shape);
	return e;
}
