/* SPDX-License-Identifier: Apache-2.0 */
/* Names as people type them. */
#include "people/people.h"
#include "support/test.h"

static void what_nobody_can_see_is_cleaned_and_what_harms_is_refused(void **state)
{
	static const struct {
		const char *typed, *name, *why;
	} rows[] = {
		{ "Серікова", "Серікова", "a name stays as it is" },
		{ "  Айгүл \t", NULL, "a tab is a control character" },
		{ "  Айгүл  ", "Айгүл", "blanks at the ends" },
		{ "Ибн   Сина", "Ибн Сина", "a run of blanks is one" },
		{ "Ибн\xC2\xA0 Сина", "Ибн Сина", "a no-break blank is a blank" },
		{ "Ай\xE2\x80\x8Bгүл", "Айгүл", "no width: dropped" },
		{ "\xEF\xBB\xBFАйгүл", "Айгүл", "a byte order mark" },
		{ "O'Нил-Ким", "O'Нил-Ким", "apostrophes and hyphens belong to names" },
		{ "", NULL, "nothing" },
		{ "   ", NULL, "only blanks" },
		{ "\xE2\x80\x8B", NULL, "only what nobody sees" },
		{ "Ай\nгүл", NULL, "a line end" },
		{ "Ай\x7Fгүл", NULL, "a control character" },
		{ "Ай\xC2\x85гүл", NULL, "a control character of Latin-1" },
		{ "Ай\xE2\x80\xAEгүл", NULL, "text turned around" },
		{ "Ай\xFFгүл", NULL, "not UTF-8" },
		{ "Ай\xED\xA0\x80", NULL, "half a surrogate pair" },
	};
	(void)state;
	struct arena *a = arena_open(1 << 16);
	for (size_t i = 0; i < countof(rows); i++) {
		str name = STR_NONE;
		enum err err = name_clean(a, str_of(rows[i].typed), 100, &name);
		assert_row(err == (rows[i].name ? ERR_OK : ERR_INVALID), rows[i].why);
		assert_row(str_is(name, str_of(rows[i].name)), rows[i].why);
		if (err) assert_string_equal(err_last()->reason, "bad-name");
	}
	arena_close(a);
}

static void a_name_has_as_many_letters_as_it_may_and_no_more(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 16);
	char typed[202];
	for (int i = 0; i < 101; i++) memcpy(typed + 2 * i, "Ә", 2);
	str name;
	assert_ok(name_clean(a, (str){ typed, 200 }, 100, &name));
	assert_int_equal(name.n, 200);
	assert_err(ERR_INVALID, name_clean(a, (str){ typed, 202 }, 100, &name));
	assert_err(ERR_INVALID, name_clean(a, STR_NONE, 100, &name));
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_nobody_can_see_is_cleaned_and_what_harms_is_refused),
		cmocka_unit_test(a_name_has_as_many_letters_as_it_may_and_no_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
