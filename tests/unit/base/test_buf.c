/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/buf.h"

static void a_buffer_grows_to_its_ceiling(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 1000);
	for (int i = 0; i < 1000; i++) buf_char(&b, (char)('a' + i % 26));
	assert_false(b.over);
	assert_int_equal(b.n, 1000);
	assert_int_equal(b.p[999], 'a' + 999 % 26);
	buf_char(&b, '!');
	assert_true(b.over);
	assert_int_equal(b.n, 1000);
	buf_free(&b);
}

static void after_the_ceiling_nothing_is_added(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 5);
	buf_str(&b, S("abc"));
	buf_str(&b, S("def"));
	buf_str(&b, S("g"));
	buf_printf(&b, "%d", 1);
	assert_true(b.over);
	assert_str(buf_as_str(&b), S("abc"));
	buf_reset(&b);
	assert_false(b.over);
	buf_str(&b, S("12345"));
	assert_str(buf_as_str(&b), S("12345"));
	buf_free(&b);
}

static void formatting_needs_no_room_for_a_nul(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 300);
	buf_printf(&b, "%0300d", 7);
	assert_false(b.over);
	assert_int_equal(b.n, 300);
	buf_reset(&b);
	buf_printf(&b, "%0301d", 7);
	assert_true(b.over);
	buf_free(&b);
}

static void an_empty_buffer_is_empty_text(void **state)
{
	(void)state;
	struct buf b = { 0 };
	assert_str(buf_as_str(&b), S(""));
	buf_str(&b, S(""));
	buf_str(&b, STR_NONE);
	assert_false(b.over);
	buf_char(&b, 'x');
	assert_true(b.over);
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_buffer_grows_to_its_ceiling),
		cmocka_unit_test(after_the_ceiling_nothing_is_added),
		cmocka_unit_test(formatting_needs_no_room_for_a_nul),
		cmocka_unit_test(an_empty_buffer_is_empty_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
