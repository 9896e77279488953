/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/text.h"
#include "seal/seal.h"

static void sha256_gives_the_vectors_of_fips_180(void **state)
{
	(void)state;
	static const struct {
		const char *text, *hash, *reason;
	} row[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		  "nothing" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		  "one block" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
		  "two blocks" },
	};
	for (size_t i = 0; i < countof(row); i++) {
		uint8_t whole[SEAL_HASH], pieces[SEAL_HASH];
		char hex[2 * SEAL_HASH + 1];
		size_t n = strlen(row[i].text);
		seal_sha256(row[i].text, n, whole);
		text_hex(whole, SEAL_HASH, hex);
		assert_string_equal(hex, row[i].hash);
		struct seal_sha256_state s;
		seal_sha256_begin(&s);
		for (size_t k = 0; k < n; k++) seal_sha256_add(&s, row[i].text + k, 1);
		seal_sha256_end(&s, pieces);
		assert_memory_equal(whole, pieces, SEAL_HASH);
	}
}

static void a_mac_depends_on_key_purpose_and_bytes(void **state)
{
	(void)state;
	uint8_t key[SEAL_KEY] = { 1 }, other[SEAL_KEY] = { 2 };
	uint8_t a[SEAL_MAC], b[SEAL_MAC];
	seal_mac(key, "attempt", "xyz", 3, a);
	seal_mac(key, "attempt", "xyz", 3, b);
	assert_true(seal_same(a, b, SEAL_MAC));
	seal_mac(other, "attempt", "xyz", 3, b);
	assert_false(seal_same(a, b, SEAL_MAC));
	seal_mac(key, "files", "xyz", 3, b);
	assert_false(seal_same(a, b, SEAL_MAC));
	seal_mac(key, "attempt", "xyy", 3, b);
	assert_false(seal_same(a, b, SEAL_MAC));
	/* "ab" + "c" is not "a" + "bc". */
	seal_mac(key, "ab", "c", 1, a);
	seal_mac(key, "a", "bc", 2, b);
	assert_false(seal_same(a, b, SEAL_MAC));
}

static void a_password_is_known_again_and_another_is_not(void **state)
{
	(void)state;
	char hash[SEAL_PASSWORD], again[SEAL_PASSWORD];
	assert_ok(seal_password(S("құпиясөз 1"), hash));
	assert_ok(seal_password(S("құпиясөз 1"), again));
	assert_string_not_equal(hash, again);
	assert_memory_equal(hash, "$argon2id$", 10);
	assert_true(seal_password_is(S("құпиясөз 1"), hash));
	assert_false(seal_password_is(S("құпиясөз 2"), hash));
	assert_false(seal_password_is(S(""), hash));
}

static void nobody_has_a_password(void **state)
{
	(void)state;
	assert_false(seal_password_is(S(""), NULL));
	assert_false(seal_password_is(S("anything"), NULL));
	assert_false(seal_password_is(S("anything"), "not a hash"));
}

static void random_numbers_stay_below_their_bound_and_reach_it(void **state)
{
	(void)state;
	bool seen[6] = { false };
	for (int i = 0; i < 1000; i++) {
		uint32_t n = seal_random_below(6);
		assert_true(n < 6);
		seen[n] = true;
	}
	for (size_t i = 0; i < countof(seen); i++) assert_true(seen[i]);
}

static int start(void **state)
{
	(void)state;
	return seal_start();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_gives_the_vectors_of_fips_180),
		cmocka_unit_test(a_mac_depends_on_key_purpose_and_bytes),
		cmocka_unit_test(a_password_is_known_again_and_another_is_not),
		cmocka_unit_test(nobody_has_a_password),
		cmocka_unit_test(random_numbers_stay_below_their_bound_and_reach_it),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
