/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what is needed of TrueType (Apple's "TrueType Reference Manual", ISO/IEC 14496-22):
 * cmap format 4, hmtx, loca, glyf. The files are our own, so what is not as it must be is a
 * mistake of the build: assert. */
#include "paper/font.h"

#include "base/arena.h"
#include "base/embedded.h"

extern const struct embedded
	paper_fonts[]; /* in the order of enum font: cmake/fonts.cmake */

#define DEPTH 4 /* of glyphs made of glyphs */

str font_file(enum font font)
{
	const struct embedded *e = &paper_fonts[font];
	/* The build's order is FONT_TITLE, FONT_SERIF, FONT_TEXT, FONT_STRONG. */
	return (str){ e->bytes, (size_t)(e->end - e->bytes) };
}

/* ---- big-endian numbers ---- */
static uint16_t u16(str s, size_t at)
{
	assert(at + 2 <= s.n);
	return (uint16_t)((uint8_t)s.p[at] << 8 | (uint8_t)s.p[at + 1]);
}

static int16_t i16(str s, size_t at)
{
	return (int16_t)u16(s, at);
}

static uint32_t u32(str s, size_t at)
{
	return (uint32_t)u16(s, at) << 16 | u16(s, at + 2);
}

static str table(str file, const char *tag)
{
	size_t n = u16(file, 4);
	for (size_t i = 0; i < n; i++) {
		size_t at = 12 + 16 * i;
		if (memcmp(file.p + at, tag, 4) != 0) continue;
		size_t from = u32(file, at + 8);
		return str_part(file, from, from + u32(file, at + 12));
	}
	assert(false && "a font without one of its tables");
	return STR_NONE;
}

/* ---- from letters to glyphs ---- */

/* The part of cmap for the Basic Multilingual Plane. */
static str find_cmap(str file)
{
	str cmap = table(file, "cmap");
	size_t n = u16(cmap, 2);
	for (size_t i = 0; i < n; i++) {
		size_t at = u32(cmap, 4 + 8 * i + 4);
		if (u16(cmap, at) == 4) return str_part(cmap, at, cmap.n);
	}
	assert(false && "a font without a cmap of format 4");
	return STR_NONE;
}

/* 0: the font has no such letter. */
static size_t glyph_of(str cmap, uint32_t rune)
{
	size_t twice = u16(cmap, 6); /* twice the number of segments */
	if (rune > 0xffff) return 0;
	for (size_t i = 0; i < twice; i += 2) {
		if (u16(cmap, 14 + i) < rune) continue;
		size_t first = u16(cmap, 16 + twice + i);
		if (rune < first) return 0;
		size_t delta = u16(cmap, 16 + 2 * twice + i);
		size_t where = 16 + 3 * twice + i, offset = u16(cmap, where);
		if (!offset) return (rune + delta) & 0xffff;
		size_t glyph = u16(cmap, where + offset + 2 * (rune - first));
		return glyph ? (glyph + delta) & 0xffff : 0;
	}
	return 0;
}

uint32_t font_lacks(enum font font, str text)
{
	str cmap = find_cmap(font_file(font));
	uint32_t rune;
	for (size_t n; (n = str_rune(text, &rune)); text = str_part(text, n, text.n))
		if (!glyph_of(cmap, rune)) return rune;
	return 0;
}

/* ---- widths ---- */
static double units(str file)
{
	return u16(table(file, "head"), 18);
}

static double advance(str file, size_t glyph)
{
	size_t n = u16(table(file, "hhea"), 34);
	if (glyph >= n) glyph = n - 1;
	return u16(table(file, "hmtx"), 4 * glyph);
}

double font_width(enum font font, double size, str text)
{
	str file = font_file(font), cmap = find_cmap(file);
	double sum = 0;
	uint32_t rune;
	for (size_t n; (n = str_rune(text, &rune)); text = str_part(text, n, text.n))
		sum += advance(file, glyph_of(cmap, rune));
	return sum * size / units(file);
}

/* ---- outlines ---- */

struct pen {
	struct buf *out;
	str file;
	double scale, x, y; /* of the glyph's origin on the page */
	double dx, dy;      /* of a part within its glyph, in the font's units */
};

struct point {
	double x, y;
	bool on; /* on the curve, or what bends it */
};

static void put(const struct pen *pen, char command, struct point p)
{
	buf_printf(pen->out, "%c%.2f %.2f", command, pen->x + (p.x + pen->dx) * pen->scale,
	           pen->y - (p.y + pen->dy) * pen->scale);
}

static void put_curve(const struct pen *pen, struct point bend, struct point to)
{
	put(pen, 'Q', bend);
	put(pen, ' ', to);
}

static struct point between(struct point a, struct point b)
{
	return (struct point){ (a.x + b.x) / 2, (a.y + b.y) / 2, true };
}

/* Two points off the curve in a row have one on it between them. */
static void draw_contour(const struct pen *pen, const struct point *p, size_t n)
{
	if (n < 2) return;
	struct point start = p[0].on       ? p[0]
	                     : p[n - 1].on ? p[n - 1]
	                                   : between(p[0], p[n - 1]);
	put(pen, 'M', start);
	for (size_t i = p[0].on; i < n; i++) {
		if (p[i].on) {
			put(pen, 'L', p[i]);
			continue;
		}
		struct point next = i + 1 < n ? p[i + 1] : start;
		put_curve(pen, p[i], next.on ? next : between(p[i], next));
		i += i + 1 < n && next.on;
	}
	buf_char(pen->out, 'Z');
}

/* One coordinate of the packed points: `shorter` and `same` are its two flags. */
static double next_coordinate(str glyf, size_t *at, uint8_t flag, uint8_t shorter,
                              uint8_t same, double last)
{
	if (flag & shorter) {
		double d = (uint8_t)glyf.p[(*at)++];
		return flag & same ? last + d : last - d;
	}
	if (flag & same) return last;
	*at += 2;
	return last + i16(glyf, *at - 2);
}

#define POINTS 400

static size_t read_flags(str glyf, size_t at, uint8_t *flag, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint8_t f = (uint8_t)glyf.p[at++];
		size_t again = f & 8 ? (uint8_t)glyf.p[at++] : 0;
		for (size_t k = 0; k <= again && i < n; k++) flag[i++] = f;
	}
	return at;
}

static void draw_simple(const struct pen *pen, str glyf, size_t contours)
{
	uint8_t flag[POINTS];
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(0);
	struct point *p = arena_alloc(a, POINTS * sizeof *p);
	size_t n = u16(glyf, 10 + 2 * (contours - 1)) + 1u;
	size_t at = 10 + 2 * contours;
	assert(n <= POINTS);
	at = read_flags(glyf, at + 2 + u16(glyf, at), flag, n);
	double x = 0, y = 0;
	for (size_t i = 0; i < n; i++)
		p[i].x = x = next_coordinate(glyf, &at, flag[i], 2, 16, x);
	for (size_t i = 0; i < n; i++)
		p[i].y = y = next_coordinate(glyf, &at, flag[i], 4, 32, y);
	for (size_t i = 0; i < n; i++) p[i].on = flag[i] & 1;
	for (size_t c = 0, first = 0; c < contours; c++) {
		size_t end = u16(glyf, 10 + 2 * c) + 1u;
		draw_contour(pen, p + first, end - first);
		first = end;
	}
}

static void draw_glyph(const struct pen *, size_t glyph, int depth);

/* A letter and its mark. Our fonts only shift parts, they scale none. */
static void draw_parts(const struct pen *pen, str glyf, int depth)
{
	enum { WORDS = 1, SHIFTED = 2, SCALED = 8 | 64 | 128, MORE = 32 };
	size_t at = 10;
	uint16_t flags;
	do {
		flags = u16(glyf, at);
		struct pen part = *pen;
		assert(flags & SHIFTED && !(flags & SCALED));
		part.dx += flags & WORDS ? i16(glyf, at + 4) : (int8_t)glyf.p[at + 4];
		part.dy += flags & WORDS ? i16(glyf, at + 6) : (int8_t)glyf.p[at + 5];
		draw_glyph(&part, u16(glyf, at + 2), depth - 1);
		at += flags & WORDS ? 8 : 6;
	} while (flags & MORE);
}

static void draw_glyph(const struct pen *pen, size_t glyph, int depth)
{
	str loca = table(pen->file, "loca");
	bool wide = i16(table(pen->file, "head"), 50) != 0;
	size_t from = wide ? u32(loca, 4 * glyph) : 2u * u16(loca, 2 * glyph);
	size_t to = wide ? u32(loca, 4 * glyph + 4) : 2u * u16(loca, 2 * glyph + 2);
	if (from == to || depth == 0) return; /* a blank */
	str glyf = str_part(table(pen->file, "glyf"), from, to);
	int contours = i16(glyf, 0);
	if (contours < 0)
		draw_parts(pen, glyf, depth);
	else if (contours > 0)
		draw_simple(pen, glyf, (size_t)contours);
}

void font_path(struct buf *out, enum font font, double size, double gap, double x, double y,
               str text)
{
	str file = font_file(font), cmap = find_cmap(file);
	struct pen pen = {
		.out = out, .file = file, .scale = size / units(file), .x = x, .y = y
	};
	uint32_t rune;
	for (size_t n; (n = str_rune(text, &rune)); text = str_part(text, n, text.n)) {
		size_t glyph = glyph_of(cmap, rune);
		draw_glyph(&pen, glyph, DEPTH);
		pen.x += advance(file, glyph) * pen.scale + gap;
	}
}
