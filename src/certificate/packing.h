/* SPDX-License-Identifier: Apache-2.0 */
/* Texts in few bytes: names, councils and courses in Kazakh and Russian take about half a
 * byte a letter. A packed text is bytes that each stand for a letter or a piece of text
 * (codebook.h), pieces that are in no codebook as they are, and a zero at the end. Pure. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"

#define PACK_TEXT 1200 /* longest text that can be packed, in bytes */

/* The shortest packing. Longer texts are cut at PACK_TEXT. */
void pack_text(struct buf *out, str text);
/* Takes one packed text off the front of `rest`; STR_NONE when there is none that ends, or
 * when it is not well-formed. */
str unpack_text(struct arena *, str *rest);
