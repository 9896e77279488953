/* SPDX-License-Identifier: Apache-2.0 */
/* PDF documents (libharu), with the fonts of font.h embedded as far as they are used. A
 * document is made in a thread of its own: libharu puts more on the stack than a worker of
 * the server has. Any thread may ask. */
#pragma once

#include "paper/page.h"

#define PDF_MOST ((size_t)64 << 20)

struct pdf_plan {
	str title;            /* what a viewer shows in its window's head */
	double width, height; /* of every page, points */
	size_t pages;
	/* Draws page `number` (from 0). Runs in the document's thread. */
	enum err (*draw)(void *context, size_t number, struct page *);
	void *context;
};
/* Appends the document to `out`, whose ceiling is PDF_MOST or less. */
fallible pdf_make(const struct pdf_plan *, struct buf *out);
