/* SPDX-License-Identifier: Apache-2.0 */
#include "authoring/cite.h"

#define NBSP "\xC2\xA0"

static bool is_number(str s)
{
	if (!s.n) return false;
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("0123456789-", s.p[i]) || !s.p[i]) return false;
	return s.p[0] != '-';
}

/* "132–136": an en dash between two numbers. */
static bool is_range(str s)
{
	for (size_t i = 0; i + 2 < s.n; i++) {
		if (!str_starts(str_part(s, i, s.n), S("–"))) continue;
		return is_number(str_part(s, 0, i)) && is_number(str_part(s, i + 3, s.n));
	}
	return false;
}

/* 13(2)(5), 21(1)-(7) in parts: article, paragraph, last paragraph, subparagraph. */
struct place {
	str article, from, to, sub;
};

static bool take_brackets(str *rest, str *out)
{
	if (!rest->n || rest->p[0] != '(') return false;
	size_t end = str_index(*rest, ')');
	if (end == rest->n) return false;
	*out = str_part(*rest, 1, end);
	*rest = str_part(*rest, end + 1, rest->n);
	return true;
}

static bool read_place(str s, struct place *out)
{
	*out = (struct place){ .article = str_part(s, 0, str_index(s, '(')) };
	str rest = str_part(s, out->article.n, s.n);
	if (!is_number(out->article) && !is_range(out->article)) return false;
	if (take_brackets(&rest, &out->from) && rest.n > 1 && rest.p[0] == '-') {
		rest = str_part(rest, 1, rest.n);
		if (!take_brackets(&rest, &out->to)) return false;
	}
	take_brackets(&rest, &out->sub);
	return rest.n == 0;
}

static void article_kk(struct buf *out, const struct place *p)
{
	bool many = is_range(p->article);
	buf_printf(out, "%.*s-%s", STR_ARG(p->article), many ? "баптар" : "бап");
	if (p->from.n && p->to.n)
		buf_printf(out, ", %.*s–%.*s-тармақтар", STR_ARG(p->from), STR_ARG(p->to));
	else if (p->from.n)
		buf_printf(out, ", %.*s-тармақ", STR_ARG(p->from));
	if (p->sub.n) buf_printf(out, ", %.*s)" NBSP "тармақша", STR_ARG(p->sub));
}

static void article_ru(struct buf *out, const struct place *p)
{
	buf_printf(out, "ст." NBSP "%.*s", STR_ARG(p->article));
	if (p->from.n && p->to.n)
		buf_printf(out, ", п." NBSP "%.*s–%.*s", STR_ARG(p->from), STR_ARG(p->to));
	else if (p->from.n)
		buf_printf(out, ", п." NBSP "%.*s", STR_ARG(p->from));
	if (p->sub.n) buf_printf(out, ", подп." NBSP "%.*s)", STR_ARG(p->sub));
}

static void article_en(struct buf *out, const struct place *p)
{
	buf_printf(out, "art." NBSP "%.*s", STR_ARG(p->article));
	if (p->from.n && p->to.n)
		buf_printf(out, "(%.*s)–(%.*s)", STR_ARG(p->from), STR_ARG(p->to));
	else if (p->from.n)
		buf_printf(out, "(%.*s)", STR_ARG(p->from));
	if (p->sub.n) buf_printf(out, "(%.*s)", STR_ARG(p->sub));
}

static void one_article(struct buf *out, enum language l, str s)
{
	static void (*const write[LANGUAGES])(struct buf *, const struct place *) = {
		article_kk, article_ru, article_en
	};
	struct place p;
	if (str_starts(s, S("ch."))) {
		str n = str_part(s, 3, s.n);
		if (l == KK) buf_printf(out, "%.*s-тарау", STR_ARG(n));
		if (l == RU) buf_printf(out, "гл." NBSP "%.*s", STR_ARG(n));
		if (l == EN) buf_printf(out, "ch." NBSP "%.*s", STR_ARG(n));
	} else if (read_place(s, &p)) {
		write[l](out, &p);
	} else {
		buf_str(out, s);
	}
}

void cite_article(struct buf *out, enum language l, str article)
{
	str one;
	bool first = true;
	while (str_cut(&article, ',', &one)) {
		if (!first) buf_str(out, S("; "));
		one_article(out, l, str_trim(one));
		first = false;
	}
}

static void cite(struct buf *out, enum language l, str name, str article)
{
	buf_str(out, name);
	if (!article.n) return;
	buf_str(out, S(", "));
	cite_article(out, l, article);
}

void cite_short(struct buf *out, enum language l, const struct fact *f)
{
	if (f->act) cite(out, l, f->act->short_name[l], f->article);
}

void cite_full(struct buf *out, enum language l, const struct fact *f)
{
	if (!f->act) return;
	cite(out, l, f->act->name[l], f->article);
	if (!f->date.n) return;
	buf_str(out, l == RU   ? S("; редакция от ")
	             : l == EN ? S("; edition of ")
	                       : S("; "));
	cite_date(out, f->date);
	if (l == KK) buf_str(out, S(" күнгі редакция"));
}

void cite_date(struct buf *out, str date)
{
	if (date.n != 10) {
		buf_str(out, date);
		return;
	}
	buf_printf(out, "%.*s.%.*s.%.*s", STR_ARG(str_part(date, 8, 10)),
	           STR_ARG(str_part(date, 5, 7)), STR_ARG(str_part(date, 0, 4)));
}

void cite_number(struct buf *out, enum language l, const struct deadline *d)
{
	int64_t n;
	str value = d->value;
	/* Four digits stay together in Kazakh and Russian, where a blank would part them.
	 */
	size_t least = l == EN ? 4 : 5;
	if (str_is(d->unit, S("year")) || value.n < least ||
	    !str_to_int(value, 0, INT64_C(1) << 53, &n)) {
		buf_str(out, value);
		return;
	}
	for (size_t i = 0; i < value.n; i++) {
		if (i && (value.n - i) % 3 == 0) buf_str(out, l == EN ? S(",") : S(NBSP));
		buf_char(out, value.p[i]);
	}
}
