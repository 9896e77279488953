/* SPDX-License-Identifier: Apache-2.0 */
#include "certificate/base45.h"

#include "base/text.h"

static const char symbols[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

void base45_write(struct buf *out, const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i + 1 < n; i += 2) {
		unsigned v = bytes[i] * 256u + bytes[i + 1];
		buf_char(out, symbols[v % 45]);
		buf_char(out, symbols[v / 45 % 45]);
		buf_char(out, symbols[v / 2025]);
	}
	if (n % 2) {
		buf_char(out, symbols[bytes[n - 1] % 45]);
		buf_char(out, symbols[bytes[n - 1] / 45]);
	}
}

/* 0..44; 45 for a character that is none. */
static unsigned value_of(char c)
{
	for (unsigned i = 0; i < 45; i++)
		if (symbols[i] == c) return i;
	return 45;
}

bool base45_read(struct arena *a, str text, const uint8_t **out, size_t *n_out)
{
	if (text.n % 3 == 1) return false;
	uint8_t *bytes = arena_try(a, text.n + 1);
	if (!bytes) return false;
	size_t n = 0;
	for (size_t i = 0; i < text.n; i += 3) {
		bool pair = i + 2 < text.n;
		unsigned c = value_of(text.p[i]), d = value_of(text.p[i + 1]);
		unsigned e = pair ? value_of(text.p[i + 2]) : 0;
		unsigned v = c + 45 * d + 2025 * e;
		if (c == 45 || d == 45 || e == 45 || v > (pair ? 0xffff : 0xff))
			return false;
		if (pair) bytes[n++] = (uint8_t)(v >> 8);
		bytes[n++] = (uint8_t)v;
	}
	*out = bytes;
	*n_out = n;
	return true;
}

void base45_escape(struct buf *out, str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == ' ')
			buf_str(out, S("%20"));
		else if (text.p[i] == '%')
			buf_str(out, S("%25"));
		else
			buf_char(out, text.p[i]);
	}
}

str base45_unescape(struct arena *a, str text)
{
	return text_unpercent(a, text);
}
