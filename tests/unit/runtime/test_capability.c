/* SPDX-License-Identifier: Apache-2.0 */
/* Capabilities: an attempt's id that nobody else can make. */
#include "runtime/runtime.h"
#include "support/test.h"

static const uint8_t key[SEAL_KEY] = { 1 }, other_key[SEAL_KEY] = { 2 };

static void a_capability_tells_its_attempt(void **state)
{
	(void)state;
	struct id attempt = id_new("att"), read;
	char cap[CAP_TEXT];
	cap_make(key, id_str(&attempt), cap);
	assert_int_equal(strlen(cap), CAP_TEXT - 1);
	assert_true(cap_read(key, str_of(cap), &read));
	assert_string_equal(read.text, attempt.text);
	assert_false(cap_read(other_key, str_of(cap), &read));
}

static void a_capability_changed_anywhere_is_none(void **state)
{
	(void)state;
	struct id attempt = id_new("att"), read;
	char cap[CAP_TEXT];
	cap_make(key, id_str(&attempt), cap);
	for (size_t i = 0; i < CAP_TEXT - 1; i++) {
		char was = cap[i];
		for (const char *c = "Aa0-=%"; *c; c++) {
			if (*c == was) continue;
			cap[i] = *c;
			assert_false(cap_read(key, str_of(cap), &read));
		}
		cap[i] = was;
	}
	assert_false(cap_read(key, (str){ cap, CAP_TEXT - 2 }, &read));
	assert_false(cap_read(key, (str){ cap, CAP_TEXT }, &read));
	assert_false(cap_read(key, S(""), &read));
	assert_false(cap_read(key, STR_NONE, &read));
}

static int start(void **state)
{
	(void)state;
	return seal_start() != ERR_OK;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_capability_tells_its_attempt),
		cmocka_unit_test(a_capability_changed_anywhere_is_none),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
