/* SPDX-License-Identifier: Apache-2.0 */
/* A page as an SVG picture that needs nothing from outside: letters are outlines. Any
 * thread. */
#pragma once

#include "paper/page.h"

struct svg {
	struct page page; /* draw on this */
	struct buf out;
};
/* Measures in points. */
void svg_begin(struct svg *, double width, double height);
/* The picture, in the arena. ERR_TOO_LARGE when it grew past 4 MB. */
fallible svg_end(struct svg *, struct arena *, str *out);
