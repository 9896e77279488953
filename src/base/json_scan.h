/* SPDX-License-Identifier: Apache-2.0 */
/* The pieces of JSON, for json_scan.c and json_read.c. */
#pragma once

#include "base/base.h"

struct scan {
	const char *p, *end;
};

/* Takes `c` if it is next. */
bool scan_next_is(struct scan *, char c);
void scan_blanks(struct scan *);
/* Behind an opening quote: goes behind the closing one. False when there is none, or when
 * what stands before it is no JSON string. */
bool scan_string(struct scan *);
/* The next four digits of \u. */
bool scan_hex4(struct scan *, uint32_t *out);
