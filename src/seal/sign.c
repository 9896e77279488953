/* SPDX-License-Identifier: Apache-2.0 */
/* What is signed is the purpose with its NUL and the SHA-512 of the bytes (Ed25519ph of RFC
 * 8032 works alike, but has no room for the word in libsodium). So long letters are read
 * once, and no purpose runs into the bytes behind it. */
#include "seal/sign.h"

#include <sodium.h>

#include "seal/seal.h"

_Static_assert(SEAL_SEED == crypto_sign_SEEDBYTES, "a seed is 32 bytes");
_Static_assert(SEAL_PUBLIC == crypto_sign_PUBLICKEYBYTES, "a public key is 32 bytes");
_Static_assert(SEAL_SECRET == crypto_sign_SECRETKEYBYTES, "a secret key is 64 bytes");
_Static_assert(SEAL_SIGNATURE == crypto_sign_BYTES, "a signature is 64 bytes");
_Static_assert(SEAL_BOX == crypto_box_SEALBYTES, "a box is 48 bytes longer");

#define PURPOSE_MOST 40

void seal_keys(const uint8_t seed[SEAL_SEED], uint8_t public_out[SEAL_PUBLIC],
               uint8_t secret_out[SEAL_SECRET])
{
	crypto_sign_seed_keypair(public_out, secret_out, seed);
}

/* The purpose with its NUL and the hash; gives how many bytes that is. */
static size_t signed_bytes(const char *purpose, const void *bytes, size_t n,
                           uint8_t out[PURPOSE_MOST + crypto_hash_sha512_BYTES])
{
	size_t word = strlen(purpose) + 1;
	assert(word <= PURPOSE_MOST);
	memcpy(out, purpose, word);
	crypto_hash_sha512(out + word, bytes, n);
	return word + crypto_hash_sha512_BYTES;
}

void seal_sign(const uint8_t secret[SEAL_SECRET], const char *purpose, const void *bytes,
               size_t n, uint8_t out[SEAL_SIGNATURE])
{
	uint8_t text[PURPOSE_MOST + crypto_hash_sha512_BYTES];
	size_t length = signed_bytes(purpose, bytes, n, text);
	crypto_sign_detached(out, NULL, text, length, secret);
}

bool seal_signed(const uint8_t public[SEAL_PUBLIC], const char *purpose, const void *bytes,
                 size_t n, const uint8_t signature[SEAL_SIGNATURE])
{
	uint8_t text[PURPOSE_MOST + crypto_hash_sha512_BYTES];
	size_t length = signed_bytes(purpose, bytes, n, text);
	return crypto_sign_verify_detached(signature, text, length, public) == 0;
}

void seal_sign_plain(const uint8_t secret[SEAL_SECRET], const void *bytes, size_t n,
                     uint8_t out[SEAL_SIGNATURE])
{
	crypto_sign_detached(out, NULL, bytes, n, secret);
}

bool seal_signed_plain(const uint8_t public[SEAL_PUBLIC], const void *bytes, size_t n,
                       const uint8_t signature[SEAL_SIGNATURE])
{
	return crypto_sign_verify_detached(signature, bytes, n, public) == 0;
}

enum err seal_box(const uint8_t public[SEAL_PUBLIC], const void *bytes, size_t n,
                  uint8_t *out)
{
	uint8_t key[crypto_box_PUBLICKEYBYTES];
	if (crypto_sign_ed25519_pk_to_curve25519(key, public) ||
	    crypto_box_seal(out, bytes, n, key))
		return FAIL(ERR_INVALID, "a letter cannot be sealed to that key");
	return ERR_OK;
}

enum err seal_unbox(const uint8_t secret[SEAL_SECRET], const uint8_t *box, size_t n,
                    uint8_t *out)
{
	uint8_t public[SEAL_PUBLIC], key[crypto_box_PUBLICKEYBYTES];
	uint8_t opening[crypto_box_SECRETKEYBYTES];
	crypto_sign_ed25519_sk_to_pk(public, secret);
	bool opened = n >= SEAL_BOX && !crypto_sign_ed25519_pk_to_curve25519(key, public) &&
	              !crypto_sign_ed25519_sk_to_curve25519(opening, secret) &&
	              !crypto_box_seal_open(out, box, n, key, opening);
	seal_wipe(opening, sizeof opening);
	if (!opened) return FAIL(ERR_INVALID, "a sealed letter is not for this key");
	return ERR_OK;
}
