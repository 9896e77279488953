/* SPDX-License-Identifier: Apache-2.0 */
/* Hex, base64url and percent. The folding of names is in fold.c. */
#include "base/text.h"

void text_hex(const uint8_t *bytes, size_t n, char *out)
{
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
	}
	out[2 * n] = 0;
}

/* The value of a hex digit, -1 when it is none. */
static int hex_value(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

bool text_unhex(str text, uint8_t *out, size_t n)
{
	if (text.n % 2 || text.n / 2 != n) return false;
	for (size_t i = 0; i < n; i++) {
		int high = hex_value(text.p[2 * i]), low = hex_value(text.p[2 * i + 1]);
		if (high < 0 || low < 0) return false;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

static const char base64url[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void text_base64url(const uint8_t *bytes, size_t n, char *out)
{
	uint32_t bits = 0;
	int held = 0;
	for (size_t i = 0; i < n; i++) {
		bits = bits << 8 | bytes[i];
		for (held += 8; held >= 6; held -= 6)
			*out++ = base64url[bits >> (held - 6) & 63];
	}
	if (held) *out++ = base64url[bits << (6 - held) & 63];
	*out = 0;
}

static int base64url_value(char c)
{
	if (c >= 'A' && c <= 'Z') return c - 'A';
	if (c >= 'a' && c <= 'z') return c - 'a' + 26;
	if (c >= '0' && c <= '9') return c - '0' + 52;
	return c == '-' ? 62 : c == '_' ? 63 : -1;
}

bool text_unbase64url(str text, uint8_t *out, size_t n)
{
	if (text.n != n / 3 * 4 + (n % 3 ? n % 3 + 1 : 0)) return false;
	uint32_t bits = 0;
	int held = 0;
	for (size_t i = 0; i < text.n; i++) {
		int value = base64url_value(text.p[i]);
		if (value < 0) return false;
		bits = bits << 6 | (uint32_t)value;
		held += 6;
		if (held < 8) continue;
		held -= 8;
		*out++ = (uint8_t)(bits >> held);
	}
	/* Canonical: what is left over is zero. */
	return (bits & ((1u << held) - 1)) == 0;
}

str text_unpercent(struct arena *a, str s)
{
	if (!s.p) return STR_NONE;
	char *p = arena_try(a, s.n + 1);
	if (!p) return STR_NONE;
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '%' && s.n - i > 2) {
			int high = hex_value(s.p[i + 1]), low = hex_value(s.p[i + 2]);
			if (high >= 0 && low >= 0) {
				p[n++] = (char)(high << 4 | low);
				i += 2;
				continue;
			}
		}
		p[n++] = s.p[i];
	}
	return (str){ p, n };
}

static bool stays(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~' || c == '/';
}

void text_percent(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (stays(s.p[i]))
			buf_char(b, s.p[i]);
		else
			buf_add(b,
			        (char[]){ '%', "0123456789ABCDEF"[c >> 4],
			                  "0123456789ABCDEF"[c & 15] },
			        3);
	}
}
