/* SPDX-License-Identifier: Apache-2.0 */
/* A page to draw on, which may become a PDF page or an SVG picture: the same calls, the
 * same look. Points (1/72 inch), from the upper left corner, y grows downwards. Failures
 * are sticky and come out at the end, where the document is finished. */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "paper/font.h"

#define MM (72 / 25.4) /* points of a millimetre */

struct page {
	const struct page_kind *kind;
	double width, height; /* points */
};

struct ink {
	uint32_t fill, line; /* 0xRRGGBB, or INK_NONE */
	double line_width;
};
#define INK_NONE UINT32_MAX
#define INK(colour) ((struct ink){ (colour), INK_NONE, 0 })
#define LINE(colour, width) ((struct ink){ INK_NONE, (colour), (width) })

enum align { LEFT, MIDDLE, RIGHT };

/* What a kind of page can do. */
struct page_kind {
	/* `gap` is put between letters. */
	void (*text)(struct page *, enum font, double size, uint32_t colour, double gap,
	             double x, double y, str);
	void (*path)(struct page *, str path, struct ink);
	void (*jpeg)(struct page *, double x, double y, double w, double h, str bytes);
	void (*link)(struct page *, double x, double y, double w, double h, str address);
};

/* One line of text whose baseline is at y. */
void page_text(struct page *, enum font, double size, uint32_t colour, enum align, double x,
               double y, str);
/* The same with letters spread by `gap` points: for titles. */
void page_spread(struct page *, enum font, double size, uint32_t colour, double gap,
                 enum align, double x, double y, str);
/* A path of absolute M, L, C and Z as in SVG. */
void page_path(struct page *, struct ink, const char *format, ...) printf_like(3, 4);
/* The same, mirrored and moved: each point becomes (x + sx · px, y + sy · py). */
void page_shape(struct page *, struct ink, const char *path, double x, double y, double sx,
                double sy);
void page_box(struct page *, struct ink, double x, double y, double w, double h);
/* A QR code of `side` points, without its quiet zone. ERR_TOO_LARGE. */
fallible page_qr(struct page *, uint32_t colour, double x, double y, double side, str text);
/* A JPEG fitted into the box, in its middle; what is none is not drawn. */
void page_jpeg(struct page *, double x, double y, double w, double h, str bytes);
/* An area that leads to an address, where the kind of page has such. */
void page_link(struct page *, double x, double y, double w, double h, str address);

/* The size of a JPEG; false for what is none that can be printed (8 bits; grey or colour).
 */
bool jpeg_size(str bytes, int *width_out, int *height_out);

/* Text broken into lines no wider than `width`; at most `most` of them, the last one ends
 * with "…" when there is more. A word that is too long is broken. Returns how many. */
size_t page_lines(struct arena *, enum font, double size, double width, str text, str *out,
                  size_t most);
