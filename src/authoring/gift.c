/* SPDX-License-Identifier: Apache-2.0 */
/* A bank is cut into questions at blank lines; comments and $CATEGORY stand on lines of
 * their own. A question is ::name::text{answers}tail, where text may carry its format in
 * brackets in front. What is inside the braces is gift_answers.c's. */
#include "authoring/gift_inside.h"

const char *const gift_type_names[GIFT_TYPES] = { "single", "multiple",   "true-false",
	                                          "short",  "matching",   "numerical",
	                                          "essay",  "description" };

struct reader {
	struct arena *arena;
	struct gift_question *question;
	size_t n, room;
	int line; /* of what is read now */
	str category;
	/* of the next question, from comments before it */
	str id, tag[GIFT_TAGS];
	size_t n_tags;
};

bool gift_is_scored(const struct gift_question *q)
{
	return q->type != GIFT_ESSAY && q->type != GIFT_DESCRIPTION;
}

bool gift_has_tag(const struct gift_question *q, str tag)
{
	for (size_t i = 0; i < q->n_tags; i++)
		if (str_is(q->tag[i], tag)) return true;
	return false;
}

size_t gift_find(str s, size_t from, char c)
{
	for (size_t i = from; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == c)
			return i;
	}
	return s.n;
}

str gift_plain(struct arena *a, str s)
{
	s = str_trim(s);
	char *out = arena_try(a, s.n + 1);
	if (!out) return STR_NONE;
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], next = i + 1 < s.n ? s.p[i + 1] : 0;
		if (c == '\\' && next && strchr("~=#{}:\\", next))
			out[n++] = s.p[++i];
		else if (c == '\\' && next == 'n') {
			out[n++] = '\n';
			i++;
		} else if (c != '\r')
			out[n++] = c;
	}
	return (str){ out, n };
}

/* ---- comments ---- */

static enum err add_tag(struct reader *r, str tag)
{
	if (r->n_tags == GIFT_TAGS)
		return FAIL_WHY(ERR_INVALID, "gift-tags", "more than %d tags", GIFT_TAGS);
	r->tag[r->n_tags++] = tag;
	return ERR_OK;
}

/* [id:x] and [tag:y] in a comment belong to the question below it. */
static enum err comment(struct reader *r, str line)
{
	while (line.n) {
		size_t at = str_index(line, '[');
		line = str_part(line, at + 1, line.n);
		size_t end = str_index(line, ']');
		if (end == line.n) return ERR_OK;
		str inside = str_part(line, 0, end);
		if (str_starts(inside, S("id:")))
			r->id = str_trim(str_part(inside, 3, end));
		if (str_starts(inside, S("tag:")))
			TRY(add_tag(r, str_trim(str_part(inside, 4, end))));
		line = str_part(line, end + 1, line.n);
	}
	return ERR_OK;
}

/* ---- a question ---- */

static enum err full(void)
{
	return FAIL(ERR_TOO_LARGE, "the question bank is too large");
}

/* [markdown], [html], [plain], [moodle] in front of the text. */
static enum err take_format(str *text, bool *markdown)
{
	static const char *const known[] = { "[markdown]", "[plain]", "[moodle]" };
	*text = str_trim(*text);
	if (str_starts(*text, S("[html]")))
		return FAIL_WHY(ERR_INVALID, "raw-html", "a question in HTML");
	for (size_t i = 0; i < countof(known); i++) {
		str k = str_of(known[i]);
		if (!str_starts(*text, k)) continue;
		*markdown = i == 0;
		*text = str_part(*text, k.n, text->n);
		break;
	}
	return ERR_OK;
}

static enum err take_name(struct reader *r, str *text, str *name)
{
	if (!str_starts(*text, S("::"))) return ERR_OK;
	for (size_t i = 2; i + 1 < text->n; i++) {
		if (text->p[i] == '\\')
			i++;
		else if (text->p[i] == ':' && text->p[i + 1] == ':') {
			*name = gift_plain(r->arena, str_part(*text, 2, i));
			*text = str_trim(str_part(*text, i + 2, text->n));
			return name->p ? ERR_OK : full();
		}
	}
	return FAIL_WHY(ERR_INVALID, "gift-name", "the name does not end with ::");
}

static enum err take_answers(struct reader *r, str text, struct gift_question *q)
{
	size_t open = gift_find(text, 0, '{'), close = gift_find(text, open, '}');
	q->type = GIFT_DESCRIPTION;
	q->text = gift_plain(r->arena, str_part(text, 0, open));
	if (!q->text.p) return full();
	if (open == text.n) {
		if (gift_find(text, 0, '}') < text.n)
			return FAIL_WHY(ERR_INVALID, "gift-brace", "} without {");
		return ERR_OK;
	}
	if (close == text.n) return FAIL_WHY(ERR_INVALID, "gift-brace", "{ without }");
	str tail = str_trim(str_part(text, close + 1, text.n));
	if (gift_find(tail, 0, '{') < tail.n || gift_find(tail, 0, '}') < tail.n)
		return FAIL_WHY(ERR_INVALID, "gift-brace", "braces twice");
	q->has_tail = tail.n > 0;
	q->tail = q->has_tail ? gift_plain(r->arena, tail) : STR_NONE;
	if (q->has_tail && !q->tail.p) return full();
	return gift_read_answers(str_part(text, open + 1, close), r->arena, q);
}

static enum err keep(struct reader *r, const struct gift_question *q)
{
	if (r->n == GIFT_QUESTIONS) return full();
	if (r->n == r->room) {
		size_t room = r->room ? 2 * r->room : 64;
		struct gift_question *more = arena_try(r->arena, room * sizeof *more);
		if (!more) return full();
		if (r->n) memcpy(more, r->question, r->n * sizeof *more);
		r->question = more;
		r->room = room;
	}
	r->question[r->n++] = *q;
	return ERR_OK;
}

static enum err question(struct reader *r, str text)
{
	struct gift_question q = {
		.id = r->id, .category = r->category, .n_tags = r->n_tags, .line = r->line
	};
	if (q.n_tags) {
		str *tag = arena_try(r->arena, q.n_tags * sizeof *tag);
		if (!tag) return full();
		memcpy(tag, r->tag, q.n_tags * sizeof *tag);
		q.tag = tag;
	}
	r->id = STR_NONE;
	r->n_tags = 0;
	TRY(take_name(r, &text, &q.name));
	TRY(take_format(&text, &q.markdown));
	TRY(take_answers(r, text, &q));
	if (q.text.n == 0 && !q.has_tail)
		return FAIL_WHY(ERR_INVALID, "gift-empty", "a question without a text");
	return keep(r, &q);
}

/* ---- the bank ---- */

/* Lines that are a question's own begin where the first of them does: `from` of `text`. */
struct piece {
	size_t from, to;
	int line;
	bool open;
};

static enum err end_piece(struct reader *r, str text, struct piece *p)
{
	if (!p->open) return ERR_OK;
	p->open = false;
	r->line = p->line;
	return question(r, str_trim(str_part(text, p->from, p->to)));
}

static enum err line_of(struct reader *r, str text, str line, size_t at, int number,
                        struct piece *p)
{
	str bare = str_trim(line);
	if (!bare.n) {
		TRY(end_piece(r, text, p));
		return ERR_OK;
	}
	bool own = str_starts(bare, S("//")) || str_starts(bare, S("$CATEGORY:"));
	if (own) {
		TRY(end_piece(r, text, p));
		r->line = number;
		if (bare.p[0] == '/') return comment(r, bare);
		r->category = str_trim(str_part(bare, 10, bare.n));
		return ERR_OK;
	}
	if (!p->open) *p = (struct piece){ .from = at, .line = number, .open = true };
	p->to = at + line.n;
	return ERR_OK;
}

enum err gift_read(str text, struct arena *a, struct gift_bank *out, int *line_out)
{
	struct reader r = { .arena = a, .line = 1 };
	struct piece p = { 0 };
	if (str_starts(text, S("\xEF\xBB\xBF"))) text = str_part(text, 3, text.n);
	enum err e = ERR_OK;
	int number = 0;
	for (size_t at = 0; !e && at < text.n;) {
		str rest = str_part(text, at, text.n);
		str line = str_part(rest, 0, str_index(rest, '\n'));
		e = line_of(&r, text, line, at, ++number, &p);
		at += line.n + 1;
	}
	if (!e) e = end_piece(&r, text, &p);
	*line_out = r.line;
	if (!e) *out = (struct gift_bank){ r.question, r.n };
	return e;
}
