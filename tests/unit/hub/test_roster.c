/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of people as offices keep them. */
#include "support/test.h"

#include "hub/publish.h"

static struct arena *a;

static int set_up(void **state)
{
	(void)state;
	a = arena_open((size_t)64 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_close(a);
	return 0;
}

static struct roster_read read_table(const char *text)
{
	struct roster_read out;
	assert_ok(roster_read_csv(a, str_of(text), &out));
	return out;
}

static const struct roster_person *only(const struct roster_read *r)
{
	assert_int_equal(r->people, 1);
	return r->list.items;
}

static void separators_headings_and_order_are_found_out(void **state)
{
	(void)state;
	static const char *const tables[] = {
		"Ким;Олег;Иванович;Абай\n",
		"Ким,Олег,Иванович,Абай",
		"Ким\tОлег\tИванович\tАбай\r\n\r\n",
		"\xEF\xBB\xBFФАМИЛИЯ;Имя;Отчество;Общественный "
		"совет\nКим;Олег;Иванович;Абай\n",
		"Кеңес;Әкесінің аты;Аты;Тегі\nАбай;Иванович;Олег;Ким\n",
		"№;Surname;Given "
		"name;Patronymic;Council;Phone\n1;Ким;Олег;Иванович;Абай;+7\n",
		"\"Ким\";\" Олег \";\"Иванович\";\"Абай\"\n",
	};
	for (size_t i = 0; i < countof(tables); i++) {
		struct roster_read r = read_table(tables[i]);
		const struct roster_person *p = only(&r);
		assert_str(p->surname, S("Ким"));
		assert_str(p->given, S("Олег"));
		assert_str(p->patronymic, S("Иванович"));
		assert_str(p->council, S("Абай"));
		assert_int_equal(r.refused_all, 0);
	}
}

static void a_quoted_cell_may_hold_what_it_likes(void **state)
{
	(void)state;
	struct roster_read r =
		read_table("Ким;Олег;;\"Кеңес \"\"Абай\"\"; Алматы\"\nЛи;Анна;;Абай\n");
	const struct roster_person *p = r.list.items;
	assert_int_equal(r.people, 2);
	assert_int_equal(r.councils, 2);
	assert_str(p[0].council, S("Кеңес \"Абай\"; Алматы"));
	assert_null(p[0].patronymic.p);
}

static void what_cannot_be_used_is_named_by_its_line(void **state)
{
	(void)state;
	struct roster_read r = read_table("Ким;Олег;;Абай\n"
	                                  ";Олег;;Абай\n"
	                                  "Ли;--;;Абай\n"
	                                  "Ли;Анна;;\n"
	                                  "Ли;Анна;\x01;Абай\n"
	                                  "КИМ;олег;;абай\n"
	                                  "1;2;3;4;5;6;7;8;9;10;11;12;13\n");
	static const struct {
		int64_t line;
		const char *why;
	} wanted[] = { { 2, "surname" },    { 3, "given" }, { 4, "council" },
		       { 5, "patronymic" }, { 6, "twice" }, { 7, "columns" } };
	const struct roster_refused *got = r.refused.items;
	assert_int_equal(r.people, 1);
	assert_int_equal(r.refused.n, countof(wanted));
	for (size_t i = 0; i < countof(wanted); i++) {
		assert_int_equal(got[i].line, wanted[i].line);
		assert_str(got[i].why, str_of(wanted[i].why));
	}
}

static void a_table_of_nobody_and_one_of_too_many_are_refused(void **state)
{
	(void)state;
	struct roster_read r;
	assert_err(ERR_INVALID, roster_read_csv(a, S(""), &r));
	assert_err(ERR_INVALID, roster_read_csv(a, S("Фамилия;Имя\n"), &r));
	assert_err(ERR_INVALID, roster_read_csv(a, S("\xCA\xE8\xEC;x;;y\n"), &r));
	struct buf many;
	buf_init(&many, 1 << 20);
	for (int i = 0; i <= ROSTER_MOST; i++) buf_printf(&many, "А%d;Б;;В\n", i);
	assert_err(ERR_TOO_LARGE, roster_read_csv(a, buf_as_str(&many), &r));
	buf_free(&many);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(separators_headings_and_order_are_found_out),
		T(a_quoted_cell_may_hold_what_it_likes),
		T(what_cannot_be_used_is_named_by_its_line),
		T(a_table_of_nobody_and_one_of_too_many_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
