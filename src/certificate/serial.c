/* SPDX-License-Identifier: Apache-2.0 */
#include "certificate/serial.h"

#include <stdio.h>

#define PREFIX 6 /* characters of five bits */

/* Crockford's base 32: no I, L, O, U. */
static const char digits32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char digits36[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static unsigned value36(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'A') + 10;
}

/* ISO/IEC 7064, hybrid system MOD 37,36. */
static char check_of(str text)
{
	unsigned p = 36;
	for (size_t i = 0; i < text.n; i++) {
		unsigned s = (p + value36(text.p[i])) % 36;
		p = (s ? s : 36) * 2 % 37;
	}
	return digits36[(37 - p) % 36];
}

static void write_serial(str prefix, int64_t number, char out[SERIAL_TEXT])
{
	char bare[SERIAL_TEXT];
	int n = snprintf(bare, sizeof bare, "%.*s%05lld", STR_ARG(prefix),
	                 (long long)number);
	snprintf(out, SERIAL_TEXT, "%.*s-%05lld-%c", STR_ARG(prefix), (long long)number,
	         check_of((str){ bare, (size_t)n }));
}

void serial_make(const uint8_t key_id[KEY_ID], int64_t number, char out[SERIAL_TEXT])
{
	uint32_t bits = (uint32_t)key_id[0] << 24 | (uint32_t)key_id[1] << 16 |
	                (uint32_t)key_id[2] << 8 | key_id[3];
	char prefix[PREFIX];
	for (int i = 0; i < PREFIX; i++) prefix[i] = digits32[bits >> (27 - 5 * i) & 31];
	write_serial((str){ prefix, PREFIX }, number, out);
}

/* The characters that count, as they were meant; false for any other. */
static bool clean(str typed, char out[SERIAL_TEXT], size_t *n_out)
{
	size_t n = 0;
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c == ' ' || c == '-') continue;
		if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
		if (n == SERIAL_TEXT - 1) return false;
		if ((c < '0' || c > '9') && (c < 'A' || c > 'Z')) return false;
		out[n++] = c;
	}
	*n_out = n;
	return true;
}

/* All but the check character is of Crockford's digits. */
static void mend(char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (text[i] == 'O') text[i] = '0';
		if (text[i] == 'I' || text[i] == 'L') text[i] = '1';
	}
}

bool serial_read(str typed, char out[SERIAL_TEXT], int64_t *number_out)
{
	char text[SERIAL_TEXT];
	size_t n;
	int64_t number;
	if (!clean(typed, text, &n) || n < PREFIX + 6) return false;
	mend(text, n - 1);
	str digits = { text + PREFIX, n - 1 - PREFIX };
	if (!str_to_int(digits, 1, SERIAL_MOST, &number)) return false;
	write_serial((str){ text, PREFIX }, number, out);
	size_t end = strlen(out) - 1;
	if (out[end] != text[n - 1]) return false;
	if (number_out) *number_out = number;
	return true;
}
