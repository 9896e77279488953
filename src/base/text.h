/* SPDX-License-Identifier: Apache-2.0 */
/* Text forms of bytes, and the folding by which names are compared. Pure; any thread. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"

/* `n` bytes as 2n lower-case hex digits and a NUL. */
void text_hex(const uint8_t *bytes, size_t n, char *out);
bool text_unhex(str text, uint8_t *out, size_t n); /* exactly n bytes, either case */
/* base64url without padding (RFC 4648 §5): ceil(4n/3) characters and a NUL. */
void text_base64url(const uint8_t *bytes, size_t n, char *out);
bool text_unbase64url(str text, uint8_t *out,
                      size_t n); /* exactly n bytes, canonical only */
/* Percent-decodes; malformed sequences stay as they are. '+' is not a blank. */
str text_unpercent(struct arena *, str);
void text_percent(struct buf *, str); /* encodes all but unreserved characters and '/' */
/* A name folded for comparing: lower case, runs of blanks as one, Ё→е, Kazakh letters to
 * their Russian neighbours (Қ→к, Ә→а, І→и …), Latin look-alikes to Cyrillic, apostrophes
 * and hyphens dropped. Never shown to anybody. */
str text_fold(struct arena *, str);
