/* SPDX-License-Identifier: Apache-2.0 */
/* QR codes (ISO/IEC 18004, libqrencode). Any thread. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* An SVG of the code for `text` (level M, quiet zone of 4 modules, black on white, one
 * path, scalable). */
fallible qr_svg(struct buf *out, str text);
/* The same as block characters for a terminal, two modules a line. */
fallible qr_terminal(struct buf *out, str text);
