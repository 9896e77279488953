/* SPDX-License-Identifier: Apache-2.0 */
/* libsodium behind our own words; sign.c has the rest of it. */
#include "seal/seal.h"

#include <sodium.h>

_Static_assert(SEAL_HASH == crypto_hash_sha256_BYTES, "SHA-256 is 32 bytes");
_Static_assert(SEAL_PASSWORD >= crypto_pwhash_STRBYTES, "room for the hash text");
_Static_assert(sizeof(struct seal_sha256_state) >= sizeof(crypto_hash_sha256_state),
               "room for libsodium's state");

enum err seal_start(void)
{
	if (sodium_init() < 0) return FAIL(ERR_IO, "libsodium does not start");
	return ERR_OK;
}

void seal_random(void *out, size_t n)
{
	randombytes_buf(out, n);
}

uint32_t seal_random_below(uint32_t bound)
{
	return randombytes_uniform(bound);
}

void seal_sha256(const void *bytes, size_t n, uint8_t out[SEAL_HASH])
{
	crypto_hash_sha256(out, bytes, n);
}

static crypto_hash_sha256_state *sha256_of(struct seal_sha256_state *state)
{
	return (crypto_hash_sha256_state *)(void *)state->opaque;
}

void seal_sha256_begin(struct seal_sha256_state *state)
{
	crypto_hash_sha256_init(sha256_of(state));
}

void seal_sha256_add(struct seal_sha256_state *state, const void *bytes, size_t n)
{
	crypto_hash_sha256_update(sha256_of(state), bytes, n);
}

void seal_sha256_end(struct seal_sha256_state *state, uint8_t out[SEAL_HASH])
{
	crypto_hash_sha256_final(sha256_of(state), out);
}

void seal_mac(const uint8_t key[SEAL_KEY], const char *purpose, const void *bytes, size_t n,
              uint8_t out[SEAL_MAC])
{
	crypto_generichash_state state;
	crypto_generichash_init(&state, key, SEAL_KEY, SEAL_MAC);
	/* With its NUL, so that no purpose runs into the bytes behind it. */
	crypto_generichash_update(&state, (const uint8_t *)purpose, strlen(purpose) + 1);
	crypto_generichash_update(&state, bytes, n);
	crypto_generichash_final(&state, out, SEAL_MAC);
}

bool seal_same(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}

enum err seal_password(str password, char out[SEAL_PASSWORD])
{
	memset(out, 0, SEAL_PASSWORD);
	if (crypto_pwhash_str_alg(
		    out, password.p, password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE,
		    crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13))
		return FAIL(ERR_BUSY, "no memory to hash a password");
	return ERR_OK;
}

bool seal_password_is(str password, const char *hash)
{
	/* A hash of random bytes that nobody knows: what an unknown login is compared with.
	 */
	static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$"
				     "c2VhbC1uby1vbmUtaGVyZQ$"
				     "PF3xgbrIAcbYwBjDy1mUGrHLN6g1dMaX6dQbZ5JJcBY";
	bool same =
		crypto_pwhash_str_verify(hash ? hash : nobody, password.p, password.n) == 0;
	return same && hash;
}

void seal_wipe(void *bytes, size_t n)
{
	sodium_memzero(bytes, n);
}
