/* SPDX-License-Identifier: Apache-2.0 */
/* The layout: a band with a ram's-horn ornament (қошқар мүйіз) along the left edge, the
 * words in the middle of what is left, and at the foot the date, the signatures and the QR
 * code. Colours are those of web/style/tokens.css. */
#include "certificate/sheet.h"

#include "base/time.h"

#define INK_BLACK 0x14292d
#define INK_SOFT 0x43575b
#define INK_PALE 0x5a6b6e
#define TEAL 0x0b565c
#define TEAL_DEEP 0x073f44
#define GOLD 0xb8892b
#define GOLD_BRIGHT 0xe2b650

#define EDGE 26.0 /* what a printer may leave white */
#define BAND 46.0 /* width of the ornament's band */
#define LEFT_EDGE (EDGE + BAND + 10)
#define RIGHT_EDGE (SHEET_WIDTH - EDGE)
#define CENTRE ((LEFT_EDGE + RIGHT_EDGE) / 2)
#define COLUMN 640.0 /* widest line of the words in the middle */
#define FOOT 455.0   /* where the foot begins */
#define QR_SIDE (34 * MM)
#define QR_X (RIGHT_EDGE - 22 - QR_SIDE)

/* ---- ornament ---- */
static void draw_horn(struct page *page, double x, double y, double sx, double sy,
                      struct ink ink)
{
	static const char horn[] = "M0 17C0 3 -17 -2 -17.5 9C-17.8 17 -8.5 18 -8 11.5C-7.8 "
				   "8.3 -11.8 8 -12 10.6";
	page_shape(page, ink, horn, x, y, sx, sy);
	page_shape(page, ink, horn, x, y, -sx, sy);
}

static void draw_diamond(struct page *page, double x, double y, double r, struct ink ink)
{
	page_path(page, ink, "M%.2f %.2fL%.2f %.2fL%.2f %.2fL%.2f %.2fZ", x, y - r,
	          x + r * 0.75, y, x, y + r, x - r * 0.75, y);
}

static void draw_band(struct page *page)
{
	const double top = EDGE, height = SHEET_HEIGHT - 2 * EDGE, step = height / 9;
	const double x = EDGE + BAND / 2;
	page_box(page, INK(TEAL), EDGE, top, BAND, height);
	page_box(page, LINE(GOLD_BRIGHT, 0.8), EDGE + 3, top + 3, BAND - 6, height - 6);
	for (int i = 0; i < 9; i++) {
		double y = top + (i + 0.5) * step;
		draw_horn(page, x, y - 19, 0.95, 0.95, LINE(GOLD_BRIGHT, 1.7));
		draw_horn(page, x, y + 19, 0.95, -0.95, LINE(GOLD_BRIGHT, 1.7));
		draw_diamond(page, x, y - 24, 3.4, INK(GOLD_BRIGHT));
		draw_diamond(page, x, y + 24, 3.4, INK(GOLD_BRIGHT));
		if (i) draw_diamond(page, x, y - step / 2, 2.2, INK(GOLD_BRIGHT));
	}
}

static void draw_frame(struct page *page)
{
	page_box(page, LINE(TEAL, 1.4), LEFT_EDGE - 6, EDGE, RIGHT_EDGE - LEFT_EDGE + 6,
	         SHEET_HEIGHT - 2 * EDGE);
	page_box(page, LINE(GOLD, 0.6), LEFT_EDGE - 2, EDGE + 4, RIGHT_EDGE - LEFT_EDGE - 2,
	         SHEET_HEIGHT - 2 * EDGE - 8);
	draw_diamond(page, RIGHT_EDGE - 20, EDGE + 20, 3, INK(GOLD));
	draw_diamond(page, LEFT_EDGE + 14, EDGE + 20, 3, INK(GOLD));
}

/* A line with a pair of horns in its middle. */
static void draw_rule(struct page *page, double y)
{
	for (int side = -1; side <= 1; side += 2)
		page_path(page, LINE(GOLD, 0.9), "M%.2f %.2fL%.2f %.2f",
		          CENTRE + side * 26.0, y, CENTRE + side * 150.0, y);
	draw_horn(page, CENTRE, y - 8, 0.62, 0.62, LINE(GOLD, 1.3));
	draw_diamond(page, CENTRE, y - 7, 2.4, INK(GOLD));
}

/* ---- words ---- */

/* In the middle, in lines, the first baseline at y; the size shrinks before a line is cut.
 * Gives the baseline of the last line. */
/* Text in the middle, in at most `most` lines; the size shrinks before it is cut. */
struct block {
	enum font font;
	double size, least;
	size_t most, n;
	str line[3];
};

/* Whether it goes into so many lines without being cut. */
static bool fits(struct arena *a, enum font font, double size, size_t most, str text)
{
	str line[4];
	return page_lines(a, font, size, COLUMN, text, line, most + 1) <= most;
}

static struct block break_block(struct arena *a, enum font font, double size, double least,
                                size_t most, str text)
{
	struct block b = { .font = font, .size = size, .least = least, .most = most };
	while (b.size > least && !fits(a, font, b.size, most, text)) b.size -= 0.5;
	b.n = page_lines(a, font, b.size, COLUMN, text, b.line, most);
	return b;
}

/* The first baseline is at y; gives that of the last line. */
static double draw_block(struct page *page, const struct block *b, uint32_t colour,
                         double y)
{
	for (size_t i = 0; i < b->n; i++, y += b->size * 1.22)
		page_text(page, b->font, b->size, colour, MIDDLE, CENTRE, y, b->line[i]);
	return b->n ? y - b->size * 1.22 : y;
}

static str full_name(struct arena *a, const struct facts *f)
{
	return arena_printf(a, "%.*s %.*s%s%.*s", STR_ARG(f->surname), STR_ARG(f->given),
	                    f->patronymic.n ? " " : "", (int)f->patronymic.n,
	                    f->patronymic.n ? f->patronymic.p : "");
}

static double draw_head(struct page *page, const struct sheet *s)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(0);
	double y = 78;
	if (s->logo.n) {
		page_jpeg(page, CENTRE - 110, 42, 220, 48, s->logo);
		y = 106;
	}
	struct block issuer = break_block(a, FONT_STRONG, 11.5, 8, 1, s->facts->issuer);
	draw_block(page, &issuer, TEAL, y);
	y += s->logo.n ? 47 : 56;
	page_spread(page, FONT_TITLE, 44, TEAL_DEEP, 7, MIDDLE, CENTRE, y, s->look->title);
	draw_rule(page, y + 19);
	return y + 19;
}

/* How much was learnt, and how well. */
static void draw_figures(struct page *page, const struct facts *f, double y)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(0);
	str hours = S(""), score = S("");
	if (f->hours > 0)
		hours = arena_printf(a, "Көлемі / Объём: %lld акад. сағ. / ч.",
		                     (long long)f->hours);
	if (f->score_percent >= 0)
		score = arena_printf(a, "Нәтижесі / Результат: %lld %%",
		                     (long long)f->score_percent);
	str both = arena_printf(a, "%.*s%s%.*s", STR_ARG(hours),
	                        hours.n && score.n ? "   ·   " : "", STR_ARG(score));
	page_text(page, FONT_TEXT, 10.5, INK_SOFT, MIDDLE, CENTRE, y, both);
}

static void draw_pair(struct page *page, double y, str kk, str ru)
{
	page_text(page, FONT_TEXT, 11.5, INK_SOFT, MIDDLE, CENTRE, y, kk);
	page_text(page, FONT_TEXT, 11.5, INK_PALE, MIDDLE, CENTRE, y + 15, ru);
}

/* From the rule under the title down. Lines that are not needed make the rest airier. */
static void draw_words(struct page *page, const struct sheet *s, double y)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(0);
	const struct facts *f = s->facts;
	const struct template *t = s->look;
	str title = arena_printf(a, "«%.*s»", STR_ARG(f->course));
	struct block name = break_block(a, FONT_TITLE, 33, 15, 2, full_name(a, f));
	struct block council = break_block(a, FONT_TEXT, 12, 9, 2, f->council);
	struct block course = break_block(a, FONT_SERIF, 19, 11, 2, title);
	double spare = (name.n < 2 ? 34.0 : 0) + (council.n < 2 ? 14.0 : 0) +
	               (course.n < 2 ? 20.0 : 0) + (s->logo.n ? 0 : 18.0);
	double air = spare / 5;
	y += 21 + air;
	draw_pair(page, y, t->intro_kk, t->intro_ru);
	y = draw_block(page, &name, INK_BLACK, y + 51 + air);
	y = draw_block(page, &council, INK_SOFT, y + 21 + air / 4);
	y += 25 + air;
	draw_pair(page, y, t->done_kk, t->done_ru);
	y = draw_block(page, &course, TEAL_DEEP, y + 40 + air / 2);
	draw_figures(page, f, y + 21 + air / 4);
}

/* ---- the foot ---- */
static str date_kk(struct arena *a, str date)
{
	static const char *const month[] = { "қаңтар",   "ақпан",  "наурыз", "сәуір",
		                             "мамыр",    "маусым", "шілде",  "тамыз",
		                             "қыркүйек", "қазан",  "қараша", "желтоқсан" };
	int64_t m = 1, d = 1;
	if (!str_to_int(str_part(date, 5, 7), 1, 12, &m) ||
	    !str_to_int(str_part(date, 8, 10), 1, 31, &d))
		return date;
	return arena_printf(a, "%.4s жылғы %lld %s", date.p, (long long)d, month[m - 1]);
}

static str date_ru(struct arena *a, str date)
{
	static const char *const month[] = { "января",   "февраля", "марта",  "апреля",
		                             "мая",      "июня",    "июля",   "августа",
		                             "сентября", "октября", "ноября", "декабря" };
	int64_t m = 1, d = 1;
	if (!str_to_int(str_part(date, 5, 7), 1, 12, &m) ||
	    !str_to_int(str_part(date, 8, 10), 1, 31, &d))
		return date;
	return arena_printf(a, "%lld %s %.4s года", (long long)d, month[m - 1], date.p);
}

static double draw_lines(struct page *page, double size, uint32_t colour, double x,
                         double y, double width, size_t most, str text)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(0);
	str line[3];
	size_t n = page_lines(a, FONT_TEXT, size, width, text, line, most);
	for (size_t i = 0; i < n; i++)
		page_text(page, FONT_TEXT, size, colour, LEFT, x,
		          y + (double)i * size * 1.3, line[i]);
	return y + (double)n * size * 1.3;
}

static void draw_when(struct page *page, const struct facts *f)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(0);
	const double x = LEFT_EDGE + 22, width = 205;
	double y = FOOT + 12;
	page_text(page, FONT_STRONG, 10.5, INK_BLACK, LEFT, x, y, date_kk(a, f->held_on));
	page_text(page, FONT_TEXT, 10.5, INK_SOFT, LEFT, x, y + 14, date_ru(a, f->held_on));
	y = draw_lines(page, 9, INK_SOFT, x, y + 30, width, 2, f->place);
	y = draw_lines(page, 8.5, INK_PALE, x, y, width, 2, f->event);
	if (f->valid_until.n) {
		str until = arena_printf(
			a, "%.2s.%.2s.%.4s дейін жарамды / Действителен до",
			f->valid_until.p + 8, f->valid_until.p + 5, f->valid_until.p);
		page_text(page, FONT_TEXT, 8.5, INK_SOFT, LEFT, x, y + 1, until);
		y += 11;
	}
	if (f->supersedes.n) {
		str older = arena_printf(a, "%.*s орнына берілді / Выдан взамен",
		                         STR_ARG(f->supersedes));
		page_text(page, FONT_TEXT, 8.5, INK_SOFT, LEFT, x, y + 1, older);
	}
}

static void draw_signatures(struct page *page, const struct template *t)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(0);
	static const struct signatory nobody = { S(""), STR_NONE };
	const struct signatory *s = t->signatories.n ? t->signatories.items : &nobody;
	const size_t n = t->signatories.n ? t->signatories.n : 1;
	const double from = LEFT_EDGE + 240, to = QR_X - 26, gap = 14;
	double width = (to - from - gap * (double)(n - 1)) / (double)n;
	if (width > 180) width = 180;
	double x = (from + to - width * (double)n - gap * (double)(n - 1)) / 2;
	for (size_t i = 0; i < n; i++, x += width + gap) {
		str line[2];
		const double middle = x + width / 2, y = FOOT + 50;
		page_path(page, LINE(INK_SOFT, 0.7), "M%.2f %.2fL%.2f %.2f", x, y,
		          x + width, y);
		size_t lines = page_lines(a, FONT_STRONG, 9.5, width, s[i].name, line, 1);
		if (lines)
			page_text(page, FONT_STRONG, 9.5, INK_BLACK, MIDDLE, middle, y + 13,
			          line[0]);
		lines = page_lines(a, FONT_TEXT, 8, width, s[i].role, line, 2);
		for (size_t k = 0; k < lines; k++)
			page_text(page, FONT_TEXT, 8, INK_PALE, MIDDLE, middle,
			          y + 25 + 10.5 * (double)k, line[k]);
		if (!t->signatories.n)
			page_text(page, FONT_TEXT, 8, INK_PALE, MIDDLE, middle, y + 12,
			          S("қолы / подпись"));
	}
	page_text(page, FONT_TEXT, 8, INK_PALE, MIDDLE, (from + to) / 2, FOOT + 94,
	          S("М.О. / М.П."));
}

static fallible draw_code(struct page *page, const struct sheet *s)
{
	const double y = FOOT - 16, middle = QR_X + QR_SIDE / 2;
	if (s->link.n) {
		page_box(page, INK(0xffffff), QR_X - 8, y - 8, QR_SIDE + 16, QR_SIDE + 16);
		TRY(page_qr(page, 0x000000, QR_X, y, QR_SIDE, s->link));
		page_link(page, QR_X, y, QR_SIDE, QR_SIDE, s->link);
	}
	page_text(page, FONT_STRONG, 9.5, INK_BLACK, MIDDLE, middle, y + QR_SIDE + 14,
	          s->facts->serial);
	return ERR_OK;
}

enum err sheet_draw(struct page *page, const struct sheet *s)
{
	draw_band(page);
	draw_frame(page);
	draw_words(page, s, draw_head(page, s));
	draw_when(page, s->facts);
	draw_signatures(page, s->look);
	return draw_code(page, s);
}
