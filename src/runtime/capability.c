/* SPDX-License-Identifier: Apache-2.0 */
/* A capability is an attempt's 16-byte id and a MAC over it, so the content port checks it
 * without asking the store. */
#include "base/text.h"
#include "runtime/runtime.h"

#include <stdio.h>

#define ID_BYTES 16
#define HALF 22 /* characters of base64url for 16 bytes */
_Static_assert(CAP_TEXT == 2 * HALF + 1 && SEAL_MAC == ID_BYTES, "two halves");

static void sign(const uint8_t key[SEAL_KEY], const uint8_t id[ID_BYTES],
                 uint8_t out[SEAL_MAC])
{
	seal_mac(key, "capability", id, ID_BYTES, out);
}

void cap_make(const uint8_t key[SEAL_KEY], str attempt, char out[CAP_TEXT])
{
	uint8_t id[ID_BYTES], mac[SEAL_MAC];
	bool good = str_starts(attempt, S("att_")) &&
	            text_unhex(str_part(attempt, 4, attempt.n), id, sizeof id);
	assert(good);
	sign(key, id, mac);
	text_base64url(id, sizeof id, out);
	text_base64url(mac, sizeof mac, out + HALF);
}

bool cap_read(const uint8_t key[SEAL_KEY], str cap, struct id *attempt_out)
{
	uint8_t id[ID_BYTES], told[SEAL_MAC], mac[SEAL_MAC];
	if (!text_unbase64url(str_part(cap, 0, HALF), id, sizeof id) ||
	    !text_unbase64url(str_part(cap, HALF, cap.n), told, sizeof told))
		return false;
	sign(key, id, mac);
	if (!seal_same(told, mac, sizeof mac)) return false;
	char hex[2 * ID_BYTES + 1];
	text_hex(id, sizeof id, hex);
	snprintf(attempt_out->text, sizeof attempt_out->text, "att_%s", hex);
	return true;
}
