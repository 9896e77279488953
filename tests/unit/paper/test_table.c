/* SPDX-License-Identifier: Apache-2.0 */
/* What a spreadsheet program sees is checked in tests/http/flows/registry.test.mjs. */
#include "support/test.h"

#include <math.h>

#include "paper/table.h"

static const struct table_column column[] = {
	{ S("Аты"), TABLE_TEXT },      { S("Саны"), TABLE_NUMBER },
	{ S("Үлесі"), TABLE_PERCENT }, { S("Күні"), TABLE_DATE },
	{ S("Уақыты"), TABLE_TIME },
};

/* 25 November 2026, 21:05 UTC: the 26th in Kazakhstan. */
#define LATE 1795640700000LL

static void give(void *context, size_t row, size_t c, struct table_cell *out)
{
	(void)context;
	if (row == 1) { /* nothing is known */
		*out = (struct table_cell){ S(""), TABLE_EMPTY, NAN };
		if (c == 3) out->text = S("жақында");
		return;
	}
	out->text = c == 3 ? S("2026-11-25") : S("=1+1;Ә");
	out->number = c == 4 ? LATE : -7;
	out->share = 0.855;
}

static struct table_plan plan_of(size_t rows)
{
	return (struct table_plan){ S("Kenes"), column, countof(column), rows,
		                    give,       NULL,   STR_NONE };
}

static void a_cell_is_what_its_column_says(void **state)
{
	(void)state;
	struct buf out;
	buf_init(&out, 1 << 16);
	struct table_plan plan = plan_of(2);
	plan.note = S("Бары осы.");
	assert_ok(table_csv(&plan, &out));
	assert_str(buf_as_str(&out), S("\xEF\xBB\xBF"
	                               "Аты;Саны;Үлесі;Күні;Уақыты\r\n"
	                               "\"'=1+1;Ә\";-7;86;2026-11-25;26.11.2026 02:05\r\n"
	                               ";;;жақында;\r\n"
	                               "Бары осы.\r\n"));
	buf_free(&out);
}

static void what_might_end_a_cell_is_quoted(void **state)
{
	(void)state;
	struct buf out;
	buf_init(&out, 1 << 16);
	struct table_column one = { S("a,=b\t\"c\"\n"), TABLE_TEXT };
	struct table_plan plan = { .name = S("K"), .column = &one, .columns = 1 };
	assert_ok(table_csv(&plan, &out));
	assert_str(buf_as_str(&out), S("\xEF\xBB\xBF\"a,=b\t\"\"c\"\"\n\"\r\n"));
	buf_free(&out);
}

static void a_spreadsheet_is_a_zip_also_without_rows(void **state)
{
	(void)state;
	for (size_t rows = 0; rows < 3000; rows += 2999) {
		struct buf out;
		buf_init(&out, TABLE_MOST);
		struct table_plan plan = plan_of(rows);
		assert_ok(table_xlsx(&plan, &out));
		assert_true(str_starts(buf_as_str(&out), S("PK\x03\x04")));
		buf_free(&out);
	}
}

static void what_does_not_fit_is_an_error(void **state)
{
	(void)state;
	struct buf out;
	struct table_plan plan = plan_of(10);
	buf_init(&out, 100);
	assert_err(ERR_TOO_LARGE, table_csv(&plan, &out));
	buf_reset(&out);
	assert_err(ERR_TOO_LARGE, table_xlsx(&plan, &out));
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cell_is_what_its_column_says),
		cmocka_unit_test(what_might_end_a_cell_is_quoted),
		cmocka_unit_test(a_spreadsheet_is_a_zip_also_without_rows),
		cmocka_unit_test(what_does_not_fit_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
