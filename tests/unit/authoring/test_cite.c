/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "authoring/cite.h"

static void articles_are_cited_as_each_language_does(void **state)
{
	(void)state;
	static const struct {
		const char *article, *kk, *ru, *en;
	} row[] = {
		{ "24", "24-бап", "ст. 24", "art. 24" },
		{ "13(2)", "13-бап, 2-тармақ", "ст. 13, п. 2", "art. 13(2)" },
		{ "21(1)-(7)", "21-бап, 1–7-тармақтар", "ст. 21, п. 1–7",
		  "art. 21(1)–(7)" },
		{ "1()(8)", "1-бап, 8) тармақша", "ст. 1, подп. 8)", "art. 1(8)" },
		{ "7(2)(5)", "7-бап, 2-тармақ, 5) тармақша", "ст. 7, п. 2, подп. 5)",
		  "art. 7(2)(5)" },
		{ "6-1(2)", "6-1-бап, 2-тармақ", "ст. 6-1, п. 2", "art. 6-1(2)" },
		{ "1(6), 6", "1-бап, 6-тармақ; 6-бап", "ст. 1, п. 6; ст. 6",
		  "art. 1(6); art. 6" },
		{ "132–136", "132–136-баптар", "ст. 132–136", "art. 132–136" },
		{ "ch.12-1", "12-1-тарау", "гл. 12-1", "ch. 12-1" },
		{ "otyrar.kz", "otyrar.kz", "otyrar.kz", "otyrar.kz" },
		{ "13(2", "13(2", "13(2", "13(2" },
	};
	struct buf out;
	buf_init(&out, 1000);
	for (size_t i = 0; i < countof(row); i++) {
		const char *const wanted[] = { row[i].kk, row[i].ru, row[i].en };
		for (int l = 0; l < LANGUAGES; l++) {
			char plain[200];
			size_t n = 0;
			buf_reset(&out);
			cite_article(&out, (enum language)l, str_of(row[i].article));
			/* A blank that does not break is a blank here. */
			for (size_t k = 0; k < out.n; k++) {
				bool nbsp = out.p[k] == '\xC2' && out.p[k + 1] == '\xA0';
				plain[n++] = nbsp ? ' ' : out.p[k];
				k += nbsp;
			}
			assert_str(((str){ plain, n }), str_of(wanted[l]));
		}
	}
	buf_free(&out);
}

static void numbers_are_written_as_each_language_does(void **state)
{
	(void)state;
	static const struct {
		const char *value, *unit, *kk, *en;
	} row[] = {
		{ "15", "working-days", "15", "15" },
		{ "5000", "votes", "5000", "5,000" },
		{ "50000", "votes",
		  "50\xC2\xA0"
		  "000",
		  "50,000" },
		{ "12975000", "tenge",
		  "12\xC2\xA0"
		  "975\xC2\xA0"
		  "000",
		  "12,975,000" },
		{ "2016", "year", "2016", "2016" },
		{ "2/3", "share", "2/3", "2/3" },
	};
	struct buf out;
	buf_init(&out, 1000);
	for (size_t i = 0; i < countof(row); i++) {
		struct deadline d = { .value = str_of(row[i].value),
			              .unit = str_of(row[i].unit) };
		buf_reset(&out);
		cite_number(&out, KK, &d);
		assert_str(buf_as_str(&out), str_of(row[i].kk));
		buf_reset(&out);
		cite_number(&out, EN, &d);
		assert_str(buf_as_str(&out), str_of(row[i].en));
	}
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(articles_are_cited_as_each_language_does),
		cmocka_unit_test(numbers_are_written_as_each_language_does),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
