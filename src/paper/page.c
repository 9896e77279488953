/* SPDX-License-Identifier: Apache-2.0 */
#include "paper/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "paper/qr.h"

#define PATH_MOST (256 << 10)
#define SEAM 0.02 /* points by which rows of a QR code overlap, so that no line shows */

/* ---- text ---- */
static double from_left(enum align align, double x, double width)
{
	return align == LEFT ? x : align == MIDDLE ? x - width / 2 : x - width;
}

void page_spread(struct page *page, enum font font, double size, uint32_t colour,
                 double gap, enum align align, double x, double y, str text)
{
	size_t letters = str_runes(text);
	if (!letters) return;
	double width = font_width(font, size, text) + gap * (double)(letters - 1);
	x = from_left(align, x, width);
	page->kind->text(page, font, size, colour, gap, x, y, text);
}

void page_text(struct page *page, enum font font, double size, uint32_t colour,
               enum align align, double x, double y, str text)
{
	page_spread(page, font, size, colour, 0, align, x, y, text);
}

/* ---- paths ---- */
void page_path(struct page *page, struct ink ink, const char *format, ...)
{
	char path[1000];
	va_list args;
	va_start(args, format);
	int n = vsnprintf(path, sizeof path, format, args);
	va_end(args);
	assert(n >= 0 && (size_t)n < sizeof path);
	page->kind->path(page, (str){ path, (size_t)n }, ink);
}

void page_shape(struct page *page, struct ink ink, const char *path, double x, double y,
                double sx, double sy)
{
	struct buf out;
	buf_init(&out, PATH_MOST);
	bool is_x = true;
	while (*path) {
		char *end;
		double v = strtod(path, &end);
		if (end == path) {
			buf_char(&out, *path++);
			continue;
		}
		buf_printf(&out, " %.2f", is_x ? x + sx * v : y + sy * v);
		is_x = !is_x;
		path = end;
	}
	page->kind->path(page, buf_as_str(&out), ink);
	buf_free(&out);
}

void page_box(struct page *page, struct ink ink, double x, double y, double w, double h)
{
	page_path(page, ink, "M%.2f %.2fL%.2f %.2fL%.2f %.2fL%.2f %.2fZ", x, y, x + w, y,
	          x + w, y + h, x, y + h);
}

/* ---- pictures ---- */
enum err page_qr(struct page *page, uint32_t colour, double x, double y, double side,
                 str text)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)1 << 20);
	struct qr qr;
	TRY(qr_make(a, text, &qr));
	struct buf path;
	buf_init(&path, PATH_MOST);
	/* A row's dark modules are strokes as thick as a module. */
	double m = side / qr.side;
	for (int row = 0; row < qr.side; row++)
		for (int i = 0; i < qr.side;) {
			int run = 0;
			while (i + run < qr.side && qr.dark[row * qr.side + i + run]) run++;
			if (run)
				buf_printf(&path, "M%.2f %.2fL%.2f %.2f", x + i * m,
				           y + (row + 0.5) * m, x + (i + run) * m,
				           y + (row + 0.5) * m);
			i += run + 1;
		}
	page->kind->path(page, buf_as_str(&path), LINE(colour, m + SEAM));
	bool over = path.over;
	buf_free(&path);
	return over ? FAIL(ERR_TOO_LARGE, "no room for a QR code") : ERR_OK;
}

void page_jpeg(struct page *page, double x, double y, double w, double h, str bytes)
{
	int width, height;
	if (!jpeg_size(bytes, &width, &height)) return;
	double scale = w / width < h / height ? w / width : h / height;
	double drawn_w = width * scale, drawn_h = height * scale;
	page->kind->jpeg(page, x + (w - drawn_w) / 2, y + (h - drawn_h) / 2, drawn_w,
	                 drawn_h, bytes);
}

void page_link(struct page *page, double x, double y, double w, double h, str address)
{
	if (page->kind->link) page->kind->link(page, x, y, w, h, address);
}

/* Looks for the frame header (ITU-T T.81 §B.2.2): SOF0, SOF1 or SOF2. */
bool jpeg_size(str s, int *width_out, int *height_out)
{
	const uint8_t *p = (const uint8_t *)s.p;
	if (s.n < 4 || p[0] != 0xff || p[1] != 0xd8) return false;
	for (size_t i = 2; i + 10 <= s.n;) {
		if (p[i] != 0xff) return false;
		uint8_t marker = p[i + 1];
		size_t length = (size_t)p[i + 2] << 8 | p[i + 3];
		if (marker >= 0xc0 && marker <= 0xc2) {
			uint8_t parts = p[i + 9];
			*height_out = p[i + 5] << 8 | p[i + 6];
			*width_out = p[i + 7] << 8 | p[i + 8];
			return p[i + 4] == 8 && (parts == 1 || parts == 3) &&
			       *width_out > 0 && *height_out > 0;
		}
		if (length < 2) return false;
		i += 2 + length;
	}
	return false;
}

/* ---- lines ---- */

/* How many bytes of `text` fit: whole words, or letters when not even one word does. */
static size_t fitting(enum font font, double size, double width, str text)
{
	size_t whole = 0, letters = 0;
	uint32_t rune;
	for (size_t i = 0, n;
	     i < text.n && (n = str_rune(str_part(text, i, text.n), &rune)); i += n) {
		str so_far = str_part(text, 0, i + n);
		if (rune == ' ') whole = i;
		if (font_width(font, size, str_trim(so_far)) > width) break;
		letters = i + n;
		if (rune == '-' && i > 0) whole = i + n;
	}
	if (letters == text.n) return text.n;
	return whole ? whole : letters ? letters : str_rune(text, &rune);
}

size_t page_lines(struct arena *a, enum font font, double size, double width, str text,
                  str *out, size_t most)
{
	size_t lines = 0;
	text = str_trim(text);
	while (text.n && lines < most) {
		size_t n = fitting(font, size, width, text);
		out[lines++] = str_trim(str_part(text, 0, n));
		text = str_trim(str_part(text, n, text.n));
	}
	if (text.n && lines) {
		double room = width - font_width(font, size, S("…"));
		str *last = &out[lines - 1];
		size_t n = fitting(font, size, room, *last);
		*last = arena_printf(a, "%.*s…", STR_ARG(str_trim(str_part(*last, 0, n))));
	}
	return lines;
}
