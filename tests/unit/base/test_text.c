/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/text.h"

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(1 << 20);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static void hex_goes_there_and_back(void **state)
{
	(void)state;
	const uint8_t bytes[] = { 0, 0x1F, 0xAB, 0xFF };
	uint8_t again[4];
	char text[9];
	text_hex(bytes, 4, text);
	assert_string_equal(text, "001fabff");
	assert_true(text_unhex(S("001FabFF"), again, 4));
	assert_memory_equal(bytes, again, 4);
	assert_false(text_unhex(S("001fabf"), again, 4));
	assert_false(text_unhex(S("001fabffaa"), again, 4));
	assert_false(text_unhex(S("001fabfg"), again, 4));
	assert_true(text_unhex(S(""), again, 0));
}

static void base64url_goes_there_and_back(void **state)
{
	(void)state;
	uint8_t bytes[40], again[40];
	char text[60];
	for (size_t n = 0; n <= sizeof bytes; n++) {
		for (size_t i = 0; i < n; i++) bytes[i] = (uint8_t)(i * 77 + n * 13);
		text_base64url(bytes, n, text);
		assert_int_equal(strlen(text), (4 * n + 2) / 3);
		assert_true(text_unbase64url(str_of(text), again, n));
		assert_memory_equal(bytes, again, n);
	}
	text_base64url((const uint8_t *)"\xFB\xFF", 2, text);
	assert_string_equal(text, "-_8");
}

static void base64url_has_one_form(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool ok;
		const char *reason;
	} rows[] = {
		{ "-_8", true, "canonical" },
		{ "-_9", false, "bits left over" },
		{ "-_8=", false, "padding" },
		{ "+/8", false, "the other alphabet" },
		{ "-_", false, "too short" },
		{ "-_8A", false, "too long" },
		{ "-_\n", false, "a newline in it" },
	};
	uint8_t out[3];
	for (size_t i = 0; i < countof(rows); i++)
		assert_row(text_unbase64url(str_of(rows[i].text), out, 2) == rows[i].ok,
		           rows[i].reason);
}

static void percents_are_decoded_once(void **state)
{
	(void)state;
	static const struct {
		const char *from, *to;
	} rows[] = {
		{ "a%20b", "a b" }, { "%D2%9A", "Қ" },    { "%d2%9a", "Қ" },
		{ "%2525", "%25" }, { "a+b", "a+b" },     { "100%", "100%" },
		{ "%2", "%2" },     { "%zz%41", "%zzA" }, { "%%41", "%A" },
		{ "", "" },
	};
	for (size_t i = 0; i < countof(rows); i++)
		assert_str(text_unpercent(arena, str_of(rows[i].from)), str_of(rows[i].to));
	assert_int_equal(text_unpercent(arena, S("a%00b")).n, 3);
	assert_str(text_unpercent(arena, STR_NONE), STR_NONE);
}

static void percents_are_encoded(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 100);
	text_percent(&b, S("a/b c%Қ~?&=#\n.html"));
	assert_str(buf_as_str(&b), S("a/b%20c%25%D2%9A~%3F%26%3D%23%0A.html"));
	assert_str(text_unpercent(arena, buf_as_str(&b)), S("a/b c%Қ~?&=#\n.html"));
	buf_free(&b);
}

static void names_that_sound_the_same_fold_the_same(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b, *reason;
	} rows[] = {
		{ "АЙГҮЛ", "айгүл", "case" },
		{ "  Айгүл\t  Серікқызы ", "айгүл серікқызы", "blanks" },
		{ "Айгүл\u00A0Серік", "айгүл серік", "a blank that does not break" },
		{ "Семёнов", "Семенов", "ё" },
		{ "СЕМЁНОВ", "семенов", "Ё" },
		{ "Семе\u0308нов", "Семёнов", "ё of two parts" },
		{ "Сергеи\u0306", "Сергей", "й of two parts" },
		{ "Қайрат", "Кайрат", "қ" },
		{ "Әсел", "Асел", "ә" },
		{ "Ғалия", "Галия", "ғ" },
		{ "Теңге", "Тенге", "ң" },
		{ "Өмір", "Омир", "ө and і" },
		{ "Ұлан", "Улан", "ұ" },
		{ "Үміт", "Умит", "ү" },
		{ "Шаһизада", "Шахизада", "һ" },
		{ "Cepiк", "Серік", "Latin letters between Cyrillic ones" },
		{ "MAKCAT", "Мақсат", "all Latin capitals" },
		{ "Нұр-Сұлтан", "Нурсултан", "a hyphen" },
		{ "О\u2019Коннор", "О'Коннор", "apostrophes of two kinds" },
		{ "О'Коннор", "Оконнор", "an apostrophe" },
		{ "Айгу\u00ADл\u200B", "Айгул", "what cannot be seen" },
	};
	for (size_t i = 0; i < countof(rows); i++)
		assert_row(str_is(text_fold(arena, str_of(rows[i].a)),
		                  text_fold(arena, str_of(rows[i].b))),
		           rows[i].reason);
}

static void different_names_stay_different(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "Асел", "Асель" },     { "Иван Петров", "ИванПетров" },
		{ "Жанар", "Жанна" },    { "Шолпан", "Чолпан" },
		{ "Эльмира", "Елмира" }, { "Ыбырай", "Ибырай" },
	};
	for (size_t i = 0; i < countof(rows); i++)
		assert_row(!str_is(text_fold(arena, str_of(rows[i][0])),
		                   text_fold(arena, str_of(rows[i][1]))),
		           rows[i][0]);
}

static void all_letters_of_kazakh_fold_in_both_cases(void **state)
{
	(void)state;
	str large = S("АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ");
	str small = S("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя");
	assert_int_equal(str_runes(large), 42);
	assert_str(text_fold(arena, large), text_fold(arena, small));
	assert_str(text_fold(arena, small), S("аабвггдеежзиикклмннооп"
	                                      "рстуууфххцчшщъыиьэюя"));
}

static void folding_twice_changes_nothing(void **state)
{
	(void)state;
	str once = text_fold(arena, S("  Әлия-Zhanna  O'Нұр Ёж Ǝ ß \xFF Ж\u0301 "));
	assert_true(str_is_utf8(once));
	assert_str(text_fold(arena, once), once);
	assert_str(text_fold(arena, S("")), S(""));
	assert_str(text_fold(arena, S(" - ' ")), S(""));
	assert_str(text_fold(arena, STR_NONE), STR_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hex_goes_there_and_back),
		cmocka_unit_test(base64url_goes_there_and_back),
		cmocka_unit_test(base64url_has_one_form),
		cmocka_unit_test(percents_are_decoded_once),
		cmocka_unit_test(percents_are_encoded),
		cmocka_unit_test(names_that_sound_the_same_fold_the_same),
		cmocka_unit_test(different_names_stay_different),
		cmocka_unit_test(all_letters_of_kazakh_fold_in_both_cases),
		cmocka_unit_test(folding_twice_changes_nothing),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
