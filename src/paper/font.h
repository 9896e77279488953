/* SPDX-License-Identifier: Apache-2.0 */
/* The fonts of printed pages, built into the program as TrueType. What is measured and
 * drawn here agrees with what the PDF writer does with the same files. Any thread. */
#pragma once

#include "base/buf.h"

enum font {
	FONT_TITLE,  /* Noto Serif Display Bold */
	FONT_SERIF,  /* Noto Serif */
	FONT_TEXT,   /* Noto Sans */
	FONT_STRONG, /* Noto Sans Bold */
	FONTS
};

/* The font file; it lives as long as the program. */
str font_file(enum font);
/* The width of a text set at `size` points, in points. */
double font_width(enum font, double size, str text);
/* The first letter that the font cannot draw; 0 when it can draw all. */
uint32_t font_lacks(enum font, str text);
/* The outline of a text as an SVG path (M, L, Q, Z) that begins at x, y; y grows downwards.
 * `gap` is put between letters. */
void font_path(struct buf *out, enum font, double size, double gap, double x, double y,
               str text);
