/* SPDX-License-Identifier: Apache-2.0 */
/* The digits of an authenticator app: the vectors of RFC 6238, appendix B, and what may
 * count as right. */
#include "seal/seal.h"
#include "seal/totp.h"
#include "support/test.h"

static const uint8_t *key = (const uint8_t *)"12345678901234567890";

/* Of the eight digits that the RFC gives, the last six. */
static void codes_are_those_of_rfc_6238(void **state)
{
	(void)state;
	static const struct {
		int64_t seconds;
		uint32_t code;
	} rows[] = {
		{ 59, 287082 },       { 1111111109, 81804 },  { 1111111111, 50471 },
		{ 1234567890, 5924 }, { 2000000000, 279037 }, { 20000000000, 353130 },
	};
	for (size_t i = 0; i < countof(rows); i++)
		assert_int_equal(totp_at(key, rows[i].seconds / 30), rows[i].code);
}

static void a_code_is_good_for_a_step_around_now(void **state)
{
	(void)state;
	const int64_t now = 1111111111000, step = now / TOTP_STEP_MS;
	assert_int_equal(totp_find(key, S("050471"), now, 0), step);
	assert_int_equal(totp_find(key, S("050 471"), now, 0), step);
	assert_int_equal(totp_find(key, S("050471"), now + TOTP_STEP_MS, 0), step);
	assert_int_equal(totp_find(key, S("050471"), now - TOTP_STEP_MS, 0), step);
	assert_int_equal(totp_find(key, S("050471"), now + 2 * TOTP_STEP_MS, 0), -1);
}

static void a_code_is_good_for_once(void **state)
{
	(void)state;
	const int64_t now = 1111111111000, step = now / TOTP_STEP_MS;
	assert_int_equal(totp_find(key, S("050471"), now, step - 1), step);
	assert_int_equal(totp_find(key, S("050471"), now, step), -1);
}

static void what_is_no_code_is_wrong(void **state)
{
	(void)state;
	static const char *const typed[] = { "",       "05047",  "0504711",
		                             "o50471", "-50471", "050472" };
	for (size_t i = 0; i < countof(typed); i++)
		assert_int_equal(totp_find(key, str_of(typed[i]), 1111111111000, 0), -1);
}

static void keys_are_written_and_read_in_base32(void **state)
{
	(void)state;
	char text[TOTP_TEXT];
	uint8_t read[TOTP_KEY];
	totp_key_write(key, text);
	assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	assert_true(totp_key_read(str_of(text), read));
	assert_memory_equal(read, key, TOTP_KEY);
	text[3] = '1'; /* no letter of base32 */
	assert_false(totp_key_read(str_of(text), read));
	assert_false(totp_key_read(S("GEZDGNBV"), read));
}

static int start(void **state)
{
	(void)state;
	return seal_start();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_those_of_rfc_6238),
		cmocka_unit_test(a_code_is_good_for_a_step_around_now),
		cmocka_unit_test(a_code_is_good_for_once),
		cmocka_unit_test(what_is_no_code_is_wrong),
		cmocka_unit_test(keys_are_written_and_read_in_base32),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
