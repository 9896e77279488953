/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/code.h"

#define CHARACTERS 20

/* Without I, L, O, U: read aloud and from bad print, they are mistaken for others. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void code_new(char out[CODE_TEXT])
{
	size_t n = 0;
	for (int i = 0; i < CHARACTERS; i++) {
		if (i && i % 5 == 0) out[n++] = '-';
		out[n++] = alphabet[seal_random_below(32)];
	}
	out[n] = 0;
	assert(n + 1 == CODE_TEXT);
}

/* The character it was meant to be; 0: none. */
static char meant(char c)
{
	if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
	if (c == 'O') c = '0';
	if (c == 'I' || c == 'L') c = '1';
	return c && strchr(alphabet, c) ? c : 0;
}

static void derive(const char *purpose, const char code[CHARACTERS], uint8_t out[SEAL_HASH])
{
	struct seal_sha256_state s;
	seal_sha256_begin(&s);
	seal_sha256_add(&s, purpose, strlen(purpose) + 1);
	seal_sha256_add(&s, code, CHARACTERS);
	seal_sha256_end(&s, out);
}

bool code_read(str typed, struct code *out)
{
	char code[CHARACTERS];
	size_t n = 0;
	uint8_t hash[SEAL_HASH];
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c == '-' || c == ' ' || c == '\n' || c == '\r') continue;
		if (n == CHARACTERS || !meant(c)) return false;
		code[n++] = meant(c);
	}
	if (n != CHARACTERS) return false;
	derive("kenes code lookup", code, hash);
	memcpy(out->lookup, hash, CODE_LOOKUP);
	derive("kenes code proof", code, out->proof_key);
	return true;
}
