/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/text.h"
#include "seal/seal.h"
#include "seal/sign.h"

static void pair(uint8_t first, uint8_t public[SEAL_PUBLIC], uint8_t secret[SEAL_SECRET])
{
	uint8_t seed[SEAL_SEED] = { first };
	seal_keys(seed, public, secret);
}

/* RFC 8032 §7.1, test 1. */
static void a_key_pair_follows_from_its_seed(void **state)
{
	(void)state;
	uint8_t seed[SEAL_SEED], public[SEAL_PUBLIC], secret[SEAL_SECRET];
	char hex[2 * SEAL_PUBLIC + 1];
	assert_true(text_unhex(
		S("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"), seed,
		sizeof seed));
	seal_keys(seed, public, secret);
	text_hex(public, sizeof public, hex);
	assert_string_equal(
		hex, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
	assert_memory_equal(secret, seed, sizeof seed);
}

static void a_signature_fits_its_key_purpose_and_bytes_only(void **state)
{
	(void)state;
	uint8_t public[SEAL_PUBLIC], other[SEAL_PUBLIC], secret[SEAL_SECRET];
	uint8_t signature[SEAL_SIGNATURE], unused[SEAL_SECRET];
	pair(1, public, secret);
	pair(2, other, unused);
	seal_sign(secret, "letter", "abc", 3, signature);
	assert_true(seal_signed(public, "letter", "abc", 3, signature));
	assert_false(seal_signed(other, "letter", "abc", 3, signature));
	assert_false(seal_signed(public, "lette", "abc", 3, signature));
	assert_false(seal_signed(public, "letter", "abd", 3, signature));
	assert_false(seal_signed(public, "letter", "ab", 2, signature));
	for (size_t i = 0; i < sizeof signature; i++) {
		signature[i] ^= 1;
		assert_false(seal_signed(public, "letter", "abc", 3, signature));
		signature[i] ^= 1;
	}
}

static void a_sealed_letter_is_read_by_its_key_alone(void **state)
{
	(void)state;
	uint8_t public[SEAL_PUBLIC], secret[SEAL_SECRET];
	uint8_t unused[SEAL_PUBLIC], other[SEAL_SECRET];
	uint8_t box[12 + SEAL_BOX], again[12 + SEAL_BOX], plain[12];
	pair(1, public, secret);
	pair(2, unused, other);
	assert_ok(seal_box(public, "850101300012", 12, box));
	assert_ok(seal_box(public, "850101300012", 12, again));
	assert_memory_not_equal(box, again, sizeof box);
	assert_ok(seal_unbox(secret, box, sizeof box, plain));
	assert_memory_equal(plain, "850101300012", 12);
	assert_err(ERR_INVALID, seal_unbox(other, box, sizeof box, plain));
	assert_err(ERR_INVALID, seal_unbox(secret, box, SEAL_BOX - 1, plain));
	box[sizeof box - 1] ^= 1;
	assert_err(ERR_INVALID, seal_unbox(secret, box, sizeof box, plain));
}

static void nothing_is_sealed_to_what_is_no_key(void **state)
{
	(void)state;
	uint8_t none[SEAL_PUBLIC] = { 0 }, box[1 + SEAL_BOX];
	assert_err(ERR_INVALID, seal_box(none, "x", 1, box));
}

static int start(void **state)
{
	(void)state;
	return seal_start();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_pair_follows_from_its_seed),
		cmocka_unit_test(a_signature_fits_its_key_purpose_and_bytes_only),
		cmocka_unit_test(a_sealed_letter_is_read_by_its_key_alone),
		cmocka_unit_test(nothing_is_sealed_to_what_is_no_key),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
