/* SPDX-License-Identifier: Apache-2.0 */
/* Enrolment codes: twenty characters that are said, typed or scanned once. The code itself
 * never travels: both sides prove that they know it, so that whoever listens or pretends to
 * be the centre learns nothing and convinces nobody. Pure but for code_new. */
#pragma once

#include "seal/seal.h"

#define CODE_TEXT 24 /* "K7QF2-9M0AB-…": 20 characters, 3 hyphens, NUL; 100 random bits */
#define CODE_LOOKUP 8 /* bytes by which the hub finds a code again */

struct code {
	uint8_t lookup[CODE_LOOKUP];
	uint8_t proof_key[SEAL_KEY];
};
void code_new(char out[CODE_TEXT]);
/* Takes a code as it was typed: small letters, blanks, missing hyphens are forgiven, O is
 * read as 0, I and L as 1. False when it is none. */
bool code_read(str typed, struct code *out);
