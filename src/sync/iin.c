/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/iin.h"

#include "base/text.h"
#include "seal/seal.h"

static int weighed(const char *digits, int first)
{
	int sum = 0;
	for (int i = 0; i < IIN_DIGITS - 1; i++)
		sum += (digits[i] - '0') * ((i + first - 1) % 11 + 1);
	return sum % 11;
}

bool iin_is(str digits)
{
	if (digits.n != IIN_DIGITS) return false;
	for (size_t i = 0; i < digits.n; i++)
		if (digits.p[i] < '0' || digits.p[i] > '9') return false;
	int control = weighed(digits.p, 1);
	if (control == 10) control = weighed(digits.p, 3);
	return control < 10 && digits.p[IIN_DIGITS - 1] - '0' == control;
}

enum err iin_seal(str digits, const uint8_t hub_key[SEAL_PUBLIC], char out[IIN_SEALED])
{
	uint8_t box[IIN_DIGITS + SEAL_BOX];
	if (!iin_is(digits))
		return FAIL_WHY(
			ERR_INVALID, "bad-iin",
			"not an IIN: twelve digits, of which the last does not fit");
	TRY(seal_box(hub_key, digits.p, IIN_DIGITS, box));
	text_base64url(box, sizeof box, out);
	return ERR_OK;
}

enum err iin_open(str box, const uint8_t hub_secret[SEAL_SECRET], char out[IIN_DIGITS + 1])
{
	uint8_t plain[IIN_DIGITS];
	if (box.n != IIN_DIGITS + SEAL_BOX)
		return FAIL_WHY(ERR_NOT_FOUND, "no-iin", "no IIN is sealed here");
	TRY(seal_unbox(hub_secret, (const uint8_t *)box.p, box.n, plain));
	memcpy(out, plain, IIN_DIGITS);
	out[IIN_DIGITS] = 0;
	seal_wipe(plain, sizeof plain);
	return ERR_OK;
}
