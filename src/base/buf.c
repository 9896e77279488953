/* SPDX-License-Identifier: Apache-2.0 */
/* Room doubles until the ceiling. */
#include "base/buf.h"

#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { SMALLEST = 256 };

void buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max };
}

void buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ .max = b->max };
}

void buf_reset(struct buf *b)
{
	b->n = 0;
	b->over = false;
}

/* Room for `n` more bytes; otherwise the buffer is over. */
static bool reserve(struct buf *b, size_t n)
{
	if (b->over) return false;
	if (n <= b->room - b->n) return true;
	if (n > b->max - b->n) {
		b->over = true;
		return false;
	}
	size_t room = b->room ? b->room : SMALLEST;
	while (room < b->n + n) room = room > b->max / 2 ? b->max : room * 2;
	if (room > b->max) room = b->max;
	char *p = fault_now() ? NULL : realloc(b->p, room);
	if (!p) {
		b->over = true;
		return false;
	}
	b->p = p;
	b->room = room;
	return true;
}

void buf_add(struct buf *b, const void *bytes, size_t n)
{
	if (n == 0 || !reserve(b, n)) return;
	memcpy(b->p + b->n, bytes, n);
	b->n += n;
}

void buf_str(struct buf *b, str s)
{
	buf_add(b, s.p, s.n);
}

void buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_printf(struct buf *b, const char *format, ...)
{
	char small[256];
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int length = vsnprintf(small, sizeof small, format, arguments);
	va_end(arguments);
	assert(length >= 0);
	size_t n = (size_t)length;
	if (n < sizeof small) {
		buf_add(b, small, n);
	} else if (reserve(b, n)) {
		/* Made aside: for vsnprintf's NUL there may be no room under the ceiling.
		 */
		char *whole = fault_now() ? NULL : malloc(n + 1);
		if (whole) {
			vsnprintf(whole, n + 1, format, again);
			buf_add(b, whole, n);
		}
		b->over = !whole;
		free(whole);
	}
	va_end(again);
}

str buf_as_str(const struct buf *b)
{
	return b->p ? (str){ b->p, b->n } : S("");
}
