/* SPDX-License-Identifier: Apache-2.0 */
/* UUIDv7: 48 bits of milliseconds, 12 bits that count within one, 62 random bits. Time and
 * count lie in one number that only grows (RFC 9562 §6.2, method 1), so ids sort in the
 * order of their making even when the clock is set back. */
#include "base/id.h"

#include "base/text.h"
#include "base/time.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#ifdef _WIN32
#include <windows.h>

#include <ntsecapi.h>
#else
#include <sys/random.h>
#endif

static void random_bytes(void *out, size_t n)
{
#ifdef _WIN32
	if (RtlGenRandom(out, (ULONG)n)) return;
#else
	/* Up to 256 bytes come whole or, before the system has gathered enough, not yet. */
	if (getrandom(out, n, 0) == (ssize_t)n) return;
#endif
	fputs("kenes: no random bytes from the system\n", stderr);
	abort();
}

/* Milliseconds and count, larger than ever before. */
static uint64_t next_moment(uint64_t count)
{
	static _Atomic uint64_t last;
	uint64_t now = ((uint64_t)time_now() & 0xFFFFFFFFFFFF) << 12 | (count & 0x7FF);
	uint64_t before = atomic_load(&last), moment;
	do moment = now > before ? now : before + 1;
	while (!atomic_compare_exchange_weak(&last, &before, moment));
	return moment;
}

struct id id_new(const char *kind)
{
	assert(strlen(kind) == 3);
	uint8_t bytes[16];
	random_bytes(bytes, sizeof bytes);
	uint64_t moment = next_moment((uint64_t)bytes[6] << 8 | bytes[7]);
	for (int i = 0; i < 6; i++) bytes[i] = (uint8_t)(moment >> (52 - 8 * i));
	bytes[6] = (uint8_t)(0x70 | (moment >> 8 & 0x0F));
	bytes[7] = (uint8_t)moment;
	bytes[8] = (uint8_t)(0x80 | (bytes[8] & 0x3F));

	struct id id;
	memcpy(id.text, kind, 3);
	id.text[3] = '_';
	text_hex(bytes, sizeof bytes, id.text + 4);
	return id;
}

bool id_is(str text, const char *kind)
{
	if (text.n != ID_TEXT - 1 || !str_starts(text, str_of(kind))) return false;
	if (text.p[3] != '_') return false;
	for (size_t i = 4; i < text.n; i++) {
		char c = text.p[i];
		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) return false;
	}
	return true;
}

str id_str(const struct id *id)
{
	return str_of(id->text);
}
