/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

static void absent_is_not_empty(void **state)
{
	(void)state;
	assert_true(str_is(STR_NONE, STR_NONE));
	assert_true(str_is(S(""), S("")));
	assert_false(str_is(STR_NONE, S("")));
	assert_false(str_is_nocase(S(""), STR_NONE));
	assert_null(str_of(NULL).p);
	assert_true(str_is(str_of("ab"), S("ab")));
	assert_false(str_is(S("ab"), S("abc")));
	assert_true(str_is_nocase(S("aB-1"), S("Ab-1")));
	assert_false(str_is_nocase(S("@"), S("`")));
}

static void ends_are_compared(void **state)
{
	(void)state;
	assert_true(str_starts(S("abc"), S("ab")));
	assert_true(str_starts(STR_NONE, S("")));
	assert_false(str_starts(S("a"), S("ab")));
	assert_true(str_ends(S("abc"), S("bc")));
	assert_false(str_ends(S("c"), S("bc")));
	assert_int_equal(str_index(S("abc"), 'c'), 2);
	assert_int_equal(str_index(S("abc"), 'd'), 3);
	assert_int_equal(str_index(STR_NONE, 'd'), 0);
}

static void parts_are_clamped(void **state)
{
	(void)state;
	assert_str(str_part(S("abc"), 1, 2), S("b"));
	assert_str(str_part(S("abc"), 1, 99), S("bc"));
	assert_str(str_part(S("abc"), 99, 1), S(""));
	assert_str(str_part(STR_NONE, 0, 1), STR_NONE);
	assert_str(str_trim(S(" \t\r\na b\f\v ")), S("a b"));
	assert_str(str_trim(S("  ")), S(""));
}

static void pieces_are_cut_off_one_by_one(void **state)
{
	(void)state;
	static const struct {
		const char *whole, *pieces;
	} rows[] = {
		{ "a/b", "<a><b>" },
		{ "/a//b/", "<><a><><b>" },
		{ "", "" },
		{ "a", "<a>" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		char all[64] = "";
		size_t n = 0;
		str rest = str_of(rows[i].whole), piece;
		while (str_cut(&rest, '/', &piece))
			n += (size_t)snprintf(all + n, sizeof all - n, "<%.*s>",
			                      STR_ARG(piece));
		assert_string_equal(all, rows[i].pieces);
	}
	str rest = STR_NONE, piece;
	assert_false(str_cut(&rest, '/', &piece));
}

static void numbers_are_read_whole_or_not_at_all(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t least, most;
		bool ok;
		int64_t value;
	} rows[] = {
		{ "0", 0, 9, true, 0 },
		{ "-5", -9, 9, true, -5 },
		{ "007", 0, 9, true, 7 },
		{ "9223372036854775807", INT64_MIN, INT64_MAX, true, INT64_MAX },
		{ "-9223372036854775808", INT64_MIN, INT64_MAX, true, INT64_MIN },
		{ "9223372036854775808", INT64_MIN, INT64_MAX, false, 0 },
		{ "-9223372036854775809", INT64_MIN, INT64_MAX, false, 0 },
		{ "99999999999999999999999", INT64_MIN, INT64_MAX, false, 0 },
		{ "10", 0, 9, false, 0 },
		{ "-1", 0, 9, false, 0 },
		{ "", 0, 9, false, 0 },
		{ "-", -9, 9, false, 0 },
		{ "+1", 0, 9, false, 0 },
		{ " 1", 0, 9, false, 0 },
		{ "1x", 0, 9, false, 0 },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		int64_t value = 77;
		bool ok = str_to_int(str_of(rows[i].text), rows[i].least, rows[i].most,
		                     &value);
		assert_row(ok == rows[i].ok, rows[i].text);
		assert_row(value == (ok ? rows[i].value : 77), rows[i].text);
	}
}

static void utf8_is_strict(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool ok;
		size_t runes;
		const char *reason;
	} rows[] = {
		{ "", true, 0, "nothing" },
		{ "abcdefghijklmnop", true, 16, "ASCII, two words of it" },
		{ "abcdefgҚ1234567", true, 15, "a letter amid ASCII" },
		{ "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", true, 2,
		  "first and last of four bytes" },
		{ "\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80", true, 3,
		  "around the surrogates" },
		{ "\x80", false, 0, "a tail alone" },
		{ "\xC0\x80", false, 0, "overlong NUL" },
		{ "\xC1\xBF", false, 0, "overlong, two bytes" },
		{ "\xE0\x9F\xBF", false, 0, "overlong, three bytes" },
		{ "\xF0\x8F\xBF\xBF", false, 0, "overlong, four bytes" },
		{ "\xED\xA0\x80", false, 0, "a surrogate" },
		{ "\xF4\x90\x80\x80", false, 0, "past the last" },
		{ "\xF5\x80\x80\x80", false, 0, "no such first byte" },
		{ "abcdefg\xD2", false, 0, "cut at the end" },
		{ "\xE2\x82", false, 0, "cut after two" },
		{ "\xF0\x9F\x98", false, 0, "cut after three" },
		{ "\xD2"
		  "a",
		  false, 0, "no tail" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		str s = str_of(rows[i].text);
		assert_row(str_is_utf8(s) == rows[i].ok, rows[i].reason);
		if (rows[i].ok) assert_row(str_runes(s) == rows[i].runes, rows[i].reason);
	}
}

static void runes_are_taken_from_the_front(void **state)
{
	(void)state;
	uint32_t c = 0;
	assert_int_equal(str_rune(S("aҚ"), &c), 1);
	assert_int_equal(c, 'a');
	assert_int_equal(str_rune(S("Қa"), &c), 2);
	assert_int_equal(c, 0x49A);
	assert_int_equal(str_rune(S("€"), &c), 3);
	assert_int_equal(c, 0x20AC);
	assert_int_equal(str_rune(S("\xF0\x9F\x98\x80"), &c), 4);
	assert_int_equal(c, 0x1F600);
	assert_int_equal(str_rune(S("\xFF"), &c), 0);
	assert_int_equal(str_rune(S(""), &c), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(absent_is_not_empty),
		cmocka_unit_test(ends_are_compared),
		cmocka_unit_test(parts_are_clamped),
		cmocka_unit_test(pieces_are_cut_off_one_by_one),
		cmocka_unit_test(numbers_are_read_whole_or_not_at_all),
		cmocka_unit_test(utf8_is_strict),
		cmocka_unit_test(runes_are_taken_from_the_front),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
