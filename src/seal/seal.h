/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes, passwords, codes, random bytes: libsodium behind our own words. seal_start first;
 * then any thread. */
#pragma once

#include "base/base.h"
#include "base/err.h"

#define SEAL_HASH 32      /* bytes of SHA-256 */
#define SEAL_KEY 32       /* bytes of a MAC key */
#define SEAL_MAC 16       /* bytes of a MAC */
#define SEAL_PASSWORD 128 /* room for a password's hash text with its NUL */

fallible seal_start(void);
void seal_random(void *out, size_t n);
/* An even pick from 0 .. bound-1. */
uint32_t seal_random_below(uint32_t bound);

/* SHA-256 (FIPS 180-4), whole or in pieces. */
void seal_sha256(const void *bytes, size_t n, uint8_t out[SEAL_HASH]);
struct seal_sha256_state {
	_Alignas(8) uint8_t opaque[128];
};
void seal_sha256_begin(struct seal_sha256_state *);
void seal_sha256_add(struct seal_sha256_state *, const void *bytes, size_t n);
void seal_sha256_end(struct seal_sha256_state *, uint8_t out[SEAL_HASH]);

/* Keyed BLAKE2b-128 over a purpose word and bytes. Under a microsecond: it is on the hot
 * path. */
void seal_mac(const uint8_t key[SEAL_KEY], const char *purpose, const void *bytes, size_t n,
              uint8_t out[SEAL_MAC]);
bool seal_same(const void *a, const void *b, size_t n); /* in constant time */

/* Argon2id (RFC 9106), INTERACTIVE limits (64 MiB, about 0.1 s): never on a learner's path.
 */
fallible seal_password(str password, char out[SEAL_PASSWORD]);
/* False for a wrong password; takes as long for an absent hash (NULL) as for a present one.
 */
bool seal_password_is(str password, const char *hash);
/* Wipes secrets so that the compiler cannot leave it out. */
void seal_wipe(void *bytes, size_t n);
