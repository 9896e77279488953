/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/totp.h"

#include <nettle/hmac.h>

#include "seal/seal.h"

void totp_key_new(uint8_t out[TOTP_KEY])
{
	seal_random(out, TOTP_KEY);
}

/* ---- base32: five bytes are eight letters, and 20 bytes leave no rest ---- */

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void totp_key_write(const uint8_t key[TOTP_KEY], char out[TOTP_TEXT])
{
	for (size_t i = 0; i < TOTP_TEXT - 1; i++) {
		size_t bit = 5 * i, at = bit / 8, shift = bit % 8;
		unsigned two = (unsigned)key[at] << 8;
		if (at + 1 < TOTP_KEY) two |= key[at + 1];
		out[i] = letters[two >> (11 - shift) & 31];
	}
	out[TOTP_TEXT - 1] = 0;
}

bool totp_key_read(str text, uint8_t out[TOTP_KEY])
{
	if (text.n != TOTP_TEXT - 1) return false;
	memset(out, 0, TOTP_KEY);
	for (size_t i = 0; i < text.n; i++) {
		const char *found = text.p[i] ? strchr(letters, text.p[i]) : NULL;
		if (!found) return false;
		size_t bit = 5 * i, at = bit / 8, shift = bit % 8;
		unsigned two = (unsigned)(found - letters) << (11 - shift);
		out[at] = (uint8_t)(out[at] | two >> 8);
		if (at + 1 < TOTP_KEY) out[at + 1] = (uint8_t)(out[at + 1] | (two & 255));
	}
	return true;
}

/* ---- codes ---- */

uint32_t totp_at(const uint8_t key[TOTP_KEY], int64_t step)
{
	uint8_t counter[8], mac[SHA1_DIGEST_SIZE];
	for (size_t i = 0; i < sizeof counter; i++)
		counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
	struct hmac_sha1_ctx hmac;
	hmac_sha1_set_key(&hmac, TOTP_KEY, key);
	hmac_sha1_update(&hmac, sizeof counter, counter);
	hmac_sha1_digest(&hmac, sizeof mac, mac);
	seal_wipe(&hmac, sizeof hmac);
	/* RFC 4226, section 5.3: four bytes from where the last half byte says, no sign. */
	size_t at = mac[sizeof mac - 1] & 15;
	uint32_t n = (uint32_t)(mac[at] & 127) << 24 | (uint32_t)mac[at + 1] << 16 |
	             (uint32_t)mac[at + 2] << 8 | mac[at + 3];
	return n % 1000000;
}

static bool read_digits(str code, char out[6])
{
	size_t n = 0;
	for (size_t i = 0; i < code.n; i++) {
		if (code.p[i] == ' ') continue;
		if (code.p[i] < '0' || code.p[i] > '9' || n == 6) return false;
		out[n++] = code.p[i];
	}
	return n == 6;
}

int64_t totp_find(const uint8_t key[TOTP_KEY], str code, int64_t now, int64_t after)
{
	char typed[6];
	int64_t found = -1;
	if (!read_digits(code, typed)) return -1;
	for (int64_t step = now / TOTP_STEP_MS - 1; step <= now / TOTP_STEP_MS + 1;
	     step++) {
		char right[6];
		uint32_t n = totp_at(key, step);
		for (size_t i = 6; i-- > 0; n /= 10) right[i] = (char)('0' + n % 10);
		if (seal_same(right, typed, sizeof typed) && step > after) found = step;
	}
	return found;
}
