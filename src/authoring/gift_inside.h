/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the GIFT reader share. */
#pragma once

#include "authoring/gift.h"

/* The index of the first `c` in `s` at or after `from` that no backslash stands before;
 * s.n when there is none. */
size_t gift_find(str s, size_t from, char c);
/* Trimmed, with escapes taken out; STR_NONE past the arena's limit. */
str gift_plain(struct arena *, str s);
/* What stands between { and }: the answers of `q`. On failure the reason is set. */
fallible gift_read_answers(str inside, struct arena *, struct gift_question *q);
