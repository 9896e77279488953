/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures that everybody can check and letters that one can open: Ed25519 (RFC 8032) and
 * libsodium's sealed box over X25519. One key pair does both: the box's key is the
 * signature's, carried over to Curve25519, so that who pins one key has pinned both. Any
 * thread, after seal_start. */
#pragma once

#include "base/base.h"
#include "base/err.h"

#define SEAL_SEED 32      /* bytes that a key pair is made from: the secret itself */
#define SEAL_PUBLIC 32    /* bytes of a public key */
#define SEAL_SECRET 64    /* bytes of a secret key as it is used: seed and public key */
#define SEAL_SIGNATURE 64 /* bytes of a signature */
#define SEAL_BOX 48       /* bytes that a sealed box is longer than what is in it */

void seal_keys(const uint8_t seed[SEAL_SEED], uint8_t public_out[SEAL_PUBLIC],
               uint8_t secret_out[SEAL_SECRET]);

/* Signs `n` bytes for a purpose, a word such as "kenes batch": what is signed for one is no
 * signature for another. Deterministic; some 30 µs. */
void seal_sign(const uint8_t secret[SEAL_SECRET], const char *purpose, const void *bytes,
               size_t n, uint8_t out[SEAL_SIGNATURE]);
bool seal_signed(const uint8_t public[SEAL_PUBLIC], const char *purpose, const void *bytes,
                 size_t n, const uint8_t signature[SEAL_SIGNATURE]);

/* Ed25519 over the bytes as they are, for formats of others that say so. */
void seal_sign_plain(const uint8_t secret[SEAL_SECRET], const void *bytes, size_t n,
                     uint8_t out[SEAL_SIGNATURE]);
bool seal_signed_plain(const uint8_t public[SEAL_PUBLIC], const void *bytes, size_t n,
                       const uint8_t signature[SEAL_SIGNATURE]);

/* Closes `n` bytes so that only the holder of the secret key reads them; `out` has room for
 * n + SEAL_BOX. Nobody can tell who closed it. ERR_INVALID when the key is none. */
fallible seal_box(const uint8_t public[SEAL_PUBLIC], const void *bytes, size_t n,
                  uint8_t *out);
/* `out` has room for n - SEAL_BOX. ERR_INVALID: not for this key, or altered. */
fallible seal_unbox(const uint8_t secret[SEAL_SECRET], const uint8_t *box, size_t n,
                    uint8_t *out);
