/* SPDX-License-Identifier: Apache-2.0 */
/* A growing piece of bytes with a ceiling from birth. Sticky: after something did not fit,
 * `over` is true and every later addition does nothing, so a chain of writes needs one
 * check. */
#pragma once

#include "base/base.h"

struct buf {
	char *p;             /* owned; not NUL-terminated */
	size_t n, room, max; /* bytes: used, allocated, allowed */
	bool over;           /* something did not fit */
};

void buf_init(struct buf *, size_t max);
void buf_free(struct buf *);  /* takes a zeroed one */
void buf_reset(struct buf *); /* empty again, memory kept */
void buf_add(struct buf *, const void *bytes, size_t n);
void buf_str(struct buf *, str);
void buf_char(struct buf *, char);
void buf_printf(struct buf *, const char *format, ...) printf_like(2, 3);
str buf_as_str(const struct buf *); /* borrowed until the next addition */
