/* SPDX-License-Identifier: Apache-2.0 */
/* The individual identification number (ИИН, ЖСН): optional, off by default (ground rule
 * 8). It is checked when it is entered and sealed to the hub's key at once: this laptop
 * cannot read it again. Nothing is inferred from its digits. Pure. */
#pragma once

#include "base/err.h"
#include "seal/sign.h"

#define IIN_DIGITS 12
#define IIN_SEALED 81 /* base64url of the sealed box, and a NUL */

/* Whether these are 12 digits of which the last is the control digit (Government resolution
 * No. 565 of 11 June 2003): the sum of digits × 1 … 11 modulo 11; when that is 10, of
 * digits × 3 … 11, 1, 2; when that is 10 too, no such number was ever issued. */
bool iin_is(str digits);
/* ERR_INVALID ("bad-iin"). */
fallible iin_seal(str digits, const uint8_t hub_key[SEAL_PUBLIC], char out[IIN_SEALED]);
/* What was sealed, for the hub. `box` is the bytes. */
fallible iin_open(str box, const uint8_t hub_secret[SEAL_SECRET], char out[IIN_DIGITS + 1]);
