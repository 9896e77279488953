/* SPDX-License-Identifier: Apache-2.0 */
/* The table of councils' members: what is read of it, what is refused, what it changes. */
#include "unit/hub/country.h"

#include "hub/members.h"
#include "hub/regions.h"

static struct members_file read_well(struct country *c, const char *text, const char *scope)
{
	struct members_file file;
	assert_ok(members_read(c->a, str_of(text), str_of(scope), &file));
	return file;
}

static void regions_are_known_by_the_names_that_people_write(void **state)
{
	static const struct {
		const char *name, *code;
	} rows[] = {
		{ "KZ-11", "KZ-11" },
		{ "Ақмола облысы", "KZ-11" },
		{ "АКМОЛИНСКАЯ ОБЛ.", "KZ-11" },
		{ "Akmola Region", "KZ-11" },
		{ "область Абай", "KZ-10" },
		{ "Западно-Казахстанская область", "KZ-27" },
		{ "г.Астана", "KZ-71" },
		{ "город Алматы", "KZ-75" },
		{ "Алматы облысы", "KZ-19" },
		{ "Алматинская", "KZ-19" },
		{ "Алматы", "" }, /* the city or the region? */
		{ "облысы", "" },
		{ "Москва", "" },
		{ "KZ-99", "" },
		{ "", "" },
	};
	struct country *c = *state;
	struct regions *r = regions_new(c->a);
	for (size_t i = 0; i < countof(rows); i++) {
		str code = regions_find(r, c->a, str_of(rows[i].name));
		assert_row(str_is(code, str_of(rows[i].code)) ||
		                   (!code.p && !*rows[i].code),
		           rows[i].name);
	}
}

static void every_line_is_read_or_refused_with_its_reason(void **state)
{
	static const struct {
		const char *line, *reason, *scope;
	} rows[] = {
		{ "Ақмола облысы;1132;Абай кеңесі;24", NULL, "KZ-11/1132" },
		{ "KZ-11/1132;;\"Кеңес; \"\"Бірлік\"\"\";7", NULL, "KZ-11/1132" },
		{ "Акмолинская область;;Облыстық кеңес;31", NULL, "KZ-11" },
		{ "Атлантида;1;Кеңес;3", "no-region", NULL },
		{ "KZ-11;ауыл!;Кеңес;3", "bad-district", NULL },
		{ "KZ-75;;Медеу;3", "other-scope", NULL },
		{ "KZ-11;1132; ;3", "no-council", NULL },
		{ "KZ-11;1132;Кеңес;жиырма", "bad-members", NULL },
		{ "KZ-11;1132;Кеңес;0", "bad-members", NULL },
		{ "KZ-11;1132;Кеңес;2,5", "bad-members", NULL },
		{ "KZ-11;1132", "few-cells", NULL },
		{ "KZ-11;1132;АБАЙ КЕҢЕСІ;25", "twice", NULL },
	};
	struct country *c = *state;
	struct buf text;
	buf_init(&text, 1 << 16);
	buf_str(&text, S("\xEF\xBB\xBFОблыс;Аудан коды;Кеңес;Мүшелер саны\r\n"));
	for (size_t i = 0; i < countof(rows); i++)
		buf_printf(&text, "%s\r\n", rows[i].line);
	struct members_file file;
	assert_ok(members_read(c->a, buf_as_str(&text), S("KZ-11"), &file));
	assert_int_equal(file.n, countof(rows));
	for (size_t i = 0; i < countof(rows); i++) {
		const struct members_line *l = &file.line[i];
		assert_int_equal(l->line, i + 2);
		if (rows[i].reason)
			assert_str(l->reason, str_of(rows[i].reason));
		else
			assert_str(l->scope, str_of(rows[i].scope));
		assert_row(!l->reason.p == !rows[i].reason, rows[i].line);
	}
	assert_str(file.line[1].council, S("Кеңес; \"Бірлік\""));
	buf_free(&text);
}

static void titles_may_stand_in_any_order_and_language(void **state)
{
	static const char *const heads[] = {
		"Members,Council,Area\n5,Abai,KZ-11/1132\n",
		"Название\tТерритория\tЧленов (по реестру)\nAbai\tKZ-11/1132\t5\n",
		"Атауы;Мүшелер (тізілім);Аумақ\n'=Abai;5;KZ-11/1132\n",
	};
	struct country *c = *state;
	for (size_t i = 0; i < countof(heads); i++) {
		struct members_file file = read_well(c, heads[i], "KZ");
		assert_int_equal(file.n, 1);
		assert_row(!file.line[0].reason.p && file.line[0].members == 5, heads[i]);
	}
}

static void a_file_that_is_no_such_table_is_refused_whole(void **state)
{
	static const struct {
		const char *text, *reason;
	} rows[] = {
		{ "", "no-lines" },
		{ "Облыс;Кеңес;Мүшелер\n", "no-lines" },
		{ "Ақмола;Абай;24\n", "no-columns" },
		{ "\xCE\xE1\xEB\xE0\xF1\xF2\xFC;\xD1\xEE\xE2\xE5\xF2\n", "not-utf8" },
	};
	struct country *c = *state;
	struct members_file file;
	for (size_t i = 0; i < countof(rows); i++) {
		assert_err(ERR_INVALID,
		           members_read(c->a, str_of(rows[i].text), S("KZ"), &file));
		assert_string_equal(err_last()->reason, rows[i].reason);
	}
}

/* ---- what it changes ---- */

struct applying_file {
	struct country *c;
	struct members_file file;
	struct members_report report;
};

static enum err apply_in(struct tx *tx, void *arg)
{
	struct applying_file *f = arg;
	return members_apply(tx, f->c->a, &f->file, S("test"), &f->report);
}

static struct members_report apply(struct country *c, const char *text)
{
	struct applying_file f = { .c = c, .file = read_well(c, text, "KZ") };
	assert_ok(store_write(c->hub.store, apply_in, &f));
	return f.report;
}

SQL(test_members, "SELECT members FROM hub_area WHERE scope = :id");
SQL(test_listed, "SELECT listed FROM hub_area WHERE scope = :id");
SQL(test_councils, "SELECT councils FROM hub_area WHERE scope = :id");

#define HEAD "Облыс;Аудан;Кеңес;Мүшелер\n"

static void members_are_summed_up_to_the_country_and_only_once(void **state)
{
	struct country *c = *state;
	struct members_report r =
		apply(c, HEAD "KZ-11;1132;Абай;20\nKZ-11;1140;Бурабай;10\n"
	                      "KZ-75;;Медеу;30\nMars;;Кеңес;1\n");
	assert_int_equal(r.changed, 3);
	assert_int_equal(r.fresh, 3);
	assert_int_equal(r.refused, 1);
	assert_int_equal(country_number(c, &test_members, S("KZ-11/1132")), 20);
	assert_int_equal(country_number(c, &test_members, S("KZ-11")), 30);
	assert_int_equal(country_number(c, &test_members, S("KZ")), 60);
	r = apply(c, HEAD "KZ-11;1132;АБАЙ;25\nKZ-75;;Медеу;30\n");
	assert_int_equal(r.changed, 1);
	assert_int_equal(r.same, 1);
	assert_int_equal(country_number(c, &test_members, S("KZ")), 65);
	assert_int_equal(country_number(c, &test_councils, S("KZ")), 3);
	assert_int_equal(country_number(c, &test_listed, S("KZ-11")), 2);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, country_open, country_close)
	const struct CMUnitTest tests[] = {
		T(regions_are_known_by_the_names_that_people_write),
		T(every_line_is_read_or_refused_with_its_reason),
		T(titles_may_stand_in_any_order_and_language),
		T(a_file_that_is_no_such_table_is_refused_whole),
		T(members_are_summed_up_to_the_country_and_only_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
