/* SPDX-License-Identifier: Apache-2.0 */
/* Base45 (RFC 9285): bytes as the 45 characters that a QR code packs tightest, two bytes in
 * three characters. Two of the 45, the blank and '%', may not stand in an address, so links
 * carry them escaped as %20 and %25, whose characters are of the 45 as well. Pure. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"

/* Characters for `n` bytes. */
#define BASE45_TEXT(n) (((n) / 2) * 3 + ((n) % 2) * 2)

void base45_write(struct buf *out, const uint8_t *bytes, size_t n);
/* The bytes of a text, in the arena; false when it is not Base45 as RFC 9285 has it. */
bool base45_read(struct arena *, str text, const uint8_t **out, size_t *n_out);
/* Writes a Base45 text as it stands in a link. */
void base45_escape(struct buf *out, str text);
/* Takes the escapes away; what is none stays as it is. */
str base45_unescape(struct arena *, str text);
