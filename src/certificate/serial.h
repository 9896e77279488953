/* SPDX-License-Identifier: Apache-2.0 */
/* A certificate's number as people read and type it: "K7QF2M-00042-X". The first part is
 * the site's, from its key, so that two sites that never met give out different numbers;
 * the last is a check character (ISO/IEC 7064 MOD 37,36: it notices every single wrong
 * character and nearly every exchange of two neighbours). Pure. */
#pragma once

#include "sync/identity.h"

#define SERIAL_TEXT 24 /* room for a serial with its NUL */
#define SERIAL_MOST 999999999

void serial_make(const uint8_t key_id[KEY_ID], int64_t number, char out[SERIAL_TEXT]);
/* Takes a serial as it was typed: small letters, blanks and missing hyphens are forgiven,
 * O is read as 0, I and L as 1. False when the check character does not fit. `out` gets it
 * as it is printed. */
bool serial_read(str typed, char out[SERIAL_TEXT], int64_t *number_out);
