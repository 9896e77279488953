/* SPDX-License-Identifier: Apache-2.0 */
/* The six digits of an authenticator app: TOTP (RFC 6238) with HMAC-SHA-1, steps of 30
 * seconds. SHA-1, because the apps that people have ignore any other wish
 * (docs/decisions/0009-second-factor.md); as an HMAC it is as good as it was. Any thread.
 */
#pragma once

#include "base/base.h"

#define TOTP_KEY 20  /* bytes: as long as the hash (RFC 4226, section 4, R6) */
#define TOTP_TEXT 33 /* the key in base32 (RFC 4648, section 6), and a NUL */
#define TOTP_STEP_MS 30000

void totp_key_new(uint8_t out[TOTP_KEY]);
void totp_key_write(const uint8_t key[TOTP_KEY], char out[TOTP_TEXT]);
bool totp_key_read(str text, uint8_t out[TOTP_KEY]); /* what totp_key_write wrote */
/* The code of a step: time since 1970 / 30 s. */
uint32_t totp_at(const uint8_t key[TOTP_KEY], int64_t step);
/* The step that `code` (six digits, blanks forgiven) belongs to: of now, or of one before
 * or after, for clocks that differ; only a step later than `after`, so that a code is good
 * for once. -1: none. In constant time. */
int64_t totp_find(const uint8_t key[TOTP_KEY], str code, int64_t now, int64_t after);
