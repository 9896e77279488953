/* SPDX-License-Identifier: Apache-2.0 */
/* QR codes (ISO/IEC 18004, libqrencode). Any thread. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* The modules of a code, row by row, without the quiet zone. */
struct qr {
	int side;
	const uint8_t *dark; /* side · side bytes, 1 or 0 */
};
/* The code for `text` at level M. Letters that have a shorter form of their own (ISO/IEC
 * 18004 §7.3.4: capitals, digits and a few signs) get it. ERR_TOO_LARGE. */
fallible qr_make(struct arena *, str text, struct qr *out);

/* An SVG of the code for `text` (level M, quiet zone of 4 modules, black on white, one
 * path, scalable). */
fallible qr_svg(struct buf *out, str text);
