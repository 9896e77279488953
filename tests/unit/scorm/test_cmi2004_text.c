/* SPDX-License-Identifier: Apache-2.0 */
/* The formats of values: what is well-formed and what it is worth. */
#include "support/test.h"

#include "scorm/text.h"

static void reals_are_digits_with_a_sign_and_a_fraction(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool good;
		double value;
		const char *written, *why;
	} rows[] = {
		{ "0", true, 0, "0", "nothing" },
		{ "-0", true, 0, "0", "no negative nothing" },
		{ "1.50", true, 1.5, "1.5", "zeros at the end mean nothing" },
		{ "-100.3", true, -100.3, "-100.3", "a fraction that is none in binary" },
		{ "2222.22", true, 2222.22, "2222.22", "the nearest double" },
		{ "0.000099999887765544", true, 0.000099999887765544, NULL, "many digits" },
		{ "123456789012345678901234", true, 123456789012345678901234.0, NULL,
		  "many digits before the point" },
		{ "0.1", true, 0.1, "0.1", "as a C compiler reads it" },
		{ "", false, 0, NULL, "nothing at all" },
		{ "-", false, 0, NULL, "no digits" },
		{ ".5", false, 0, NULL, "no digits before the point" },
		{ "5.", false, 0, NULL, "no digits after the point" },
		{ "+1", false, 0, NULL, "a plus" },
		{ "1e3", false, 0, NULL, "an exponent" },
		{ "1.2.3", false, 0, NULL, "two points" },
		{ " 1", false, 0, NULL, "a blank" },
		{ "1,000", false, 0, NULL, "a comma" },
		{ "NaN", false, 0, NULL, "a word" },
	};
	char room[TEXT_ROOM];
	for (size_t i = 0; i < countof(rows); i++) {
		double d = 99;
		assert_row(text_real(str_of(rows[i].text), &d) == rows[i].good,
		           rows[i].why);
		if (!rows[i].good) continue;
		double off = d - rows[i].value;
		double most = rows[i].value < 0 ? -rows[i].value : rows[i].value;
		assert_row((off < 0 ? -off : off) <= most * 1e-15, rows[i].why);
		if (rows[i].written)
			assert_row(str_is(text_of_real(room, d), str_of(rows[i].written)),
			           rows[i].why);
	}
}

static void a_written_real_reads_as_the_same(void **state)
{
	(void)state;
	char room[TEXT_ROOM];
	uint64_t x = 88172645463325252u;
	for (int i = 0; i < 200000; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		double scale[] = { 1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7 };
		double d = (double)(int64_t)(x % 20000001 - 10000000) / scale[x >> 32 & 7];
		double again = 0;
		assert_true(text_real(text_of_real(room, d), &again));
		assert_true(d == again);
	}
	static const double hard[] = {
		1e300, -1e300, 1.0 / 3, 2.5e-12, 1e17, 123456789.123
	};
	for (size_t i = 0; i < countof(hard); i++) {
		double again = 0;
		assert_true(text_real(text_of_real(room, hard[i]), &again));
	}
}

static void durations_have_parts_in_order(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t ms; /* −1: not well-formed */
		const char *why;
	} rows[] = {
		{ "PT0S", 0, "nothing" },
		{ "P1DT0.55S", 86400550, "days and hundredths" },
		{ "PT1H0.15S", 3600150, "no minutes" },
		{ "PT0.5S", 500, "tenths" },
		{ "P1Y", INT64_C(365) * 86400000, "a year" },
		{ "P1M", INT64_C(30) * 86400000, "a month" },
		{ "PT1M", 60000, "a minute" },
		{ "P01Y6M014DT04H015M06.34S",
		  ((INT64_C(365) + 180 + 14) * 24 + 4) * 3600000 + 15 * 60000 + 6340,
		  "zeros in front" },
		{ "P", -1, "no parts" },
		{ "PT", -1, "no parts" },
		{ "P1DT", -1, "no parts after T" },
		{ "1D", -1, "no P" },
		{ "P1D1Y", -1, "out of order" },
		{ "P1H", -1, "hours are after T" },
		{ "PT1D", -1, "days are before T" },
		{ "PT1S1S", -1, "twice" },
		{ "PT1.5M", -1, "only seconds have fractions" },
		{ "PT1.555S", -1, "three digits" },
		{ "PT1.S", -1, "no digits" },
		{ "-PT1S", -1, "negative" },
		{ "PT1234567890S", -1, "too many digits" },
		{ "PT1SX", -1, "more" },
		{ "PTS", -1, "no digits" },
	};
	char room[TEXT_ROOM];
	for (size_t i = 0; i < countof(rows); i++) {
		int64_t ms = -1, again = -2;
		assert_row(text_duration(str_of(rows[i].text), &ms) == (rows[i].ms >= 0),
		           rows[i].why);
		assert_row(ms == rows[i].ms, rows[i].why);
		if (ms < 0) continue;
		assert_row(text_duration(text_of_duration(room, ms), &again) && again == ms,
		           rows[i].why);
	}
}

static void languages_are_codes_that_exist(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool good;
	} rows[] = {
		{ "en", true },         { "KK", true },
		{ "kaz", true },        { "sgn-CH-de", true },
		{ "qaa", true },        { "x-mine", true },
		{ "i-klingon", true },  { "de-1996", true },
		{ "zh-min-nan", true }, { "", false },
		{ "e", false },         { "xx", false },
		{ "english", false },   { "i", false },
		{ "x-", false },        { "en-", false },
		{ "-en", false },       { "en--us", false },
		{ "en-u s", false },    { "en-abcdefghi", false },
		{ "e1", false },        { "ruq", false },
		{ "quz", false },
	};
	for (size_t i = 0; i < countof(rows); i++)
		assert_row(text_language(str_of(rows[i].text)) == rows[i].good,
		           rows[i].text);
}

static void responses_have_the_shape_of_their_type(void **state)
{
	(void)state;
	static const struct {
		const char *type, *value;
		bool response, pattern;
		const char *why;
	} rows[] = {
		{ "true-false", "true", true, true, "a word" },
		{ "true-false", "t", false, false, "no word" },
		{ "choice", "", true, true, "none chosen" },
		{ "choice", "a[,]b", true, true, "two" },
		{ "choice", "a[,]a", false, false, "twice the same" },
		{ "choice", "a[,]", false, false, "an empty one" },
		{ "choice", "a b", false, false, "a blank" },
		{ "fill-in", "{lang=kk}бес[,]5", true, true, "two in two languages" },
		{ "fill-in", "{lang=qq}five", false, false, "no language" },
		{ "fill-in", "{case_matters=true}{order_matters=false}{lang=en}a[,]b", true,
		  true, "delimiters of a pattern are text in a response" },
		{ "fill-in", "{case_matters=yes}a", true, false, "true or false" },
		{ "fill-in", "{order_matters=true}{case_matters=no}a", true, false,
		  "in either order" },
		{ "fill-in", "{case_matters=true", true, false, "never closed" },
		{ "long-fill-in", "{case_matters=false}{lang=en}text", true, true, "both" },
		{ "long-fill-in", "{order_matters=maybe}text", true, true, "is text here" },
		{ "likert", "often", true, true, "one id" },
		{ "likert", "", false, false, "no id" },
		{ "matching", "1[.]a[,]2[.]b", true, true, "pairs" },
		{ "matching", "", true, false, "none matched" },
		{ "matching", "1[.]a[,]2", false, false, "no pair" },
		{ "matching", "1[.]a[.]b", false, false, "three" },
		{ "matching", "[.]a", false, false, "no source" },
		{ "performance", "s1[.]cut the cake[,][.]eat", true, true, "steps" },
		{ "performance", "", false, false, "no step" },
		{ "performance", "{order_matters=false}", false, false, "no step" },
		{ "performance", "[.]", false, false, "an empty step" },
		{ "performance", "{order_matters=false}s1[.]", false, true, "a delimiter" },
		{ "performance", "{order_matters=so}s1[.]", false, false, "true or false" },
		{ "sequencing", "a[,]b[,]a", true, true, "the same twice" },
		{ "sequencing", "", false, false, "no step" },
		{ "sequencing", "a[,][,]b", false, false, "an empty one" },
		{ "numeric", "-4.5", true, true, "a number" },
		{ "numeric", "1[:]2", false, true, "a range" },
		{ "numeric", "[:]2", false, true, "a range without a beginning" },
		{ "numeric", "[:]", false, true, "any number" },
		{ "numeric", "2[:]1", false, false, "backwards" },
		{ "other", "{}[,][.]", true, true, "anything" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		str type = str_of(rows[i].type), value = str_of(rows[i].value);
		assert_row(text_response(type, value) == rows[i].response, rows[i].why);
		assert_row(text_pattern(type, value) == rows[i].pattern, rows[i].why);
	}
}

static void ids_are_uris(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool good;
	} rows[] = {
		{ "a", true },       { "urn:kenes:a", true }, { "http://a/b?c=d#e", true },
		{ "%41", true },     { "міндет", true },      { "", false },
		{ "a b", false },    { "urn:", false },       { "urn:kenes:", false },
		{ "urn::a", false }, { "URN:a", false },      { "a%4", false },
		{ "a{b}", false },   { "a[0]", false },       { "a\"b", false },
		{ "a|b", false },
	};
	for (size_t i = 0; i < countof(rows); i++)
		assert_row(text_uri(str_of(rows[i].text)) == rows[i].good, rows[i].text);
}

static void points_in_time_are_of_the_calendar(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool good;
	} rows[] = {
		{ "2004-02-29", true },
		{ "2003-02-29", false },
		{ "2004-04-31", false },
		{ "2004-4-01", false },
		{ "2004-04-01T9", false },
		{ "2004-04-01T09:45:58.55Z", true },
		{ "2004-04-01T09:45:58.555Z", false },
		{ "2004-04-01T09:45:58.5+02:3", false },
		{ "2004-04-01T09:45:58Z", false },
		{ "2039", false },
		{ "2038", true },
		{ "", false },
	};
	for (size_t i = 0; i < countof(rows); i++)
		assert_row(text_timestamp(str_of(rows[i].text)) == rows[i].good,
		           rows[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reals_are_digits_with_a_sign_and_a_fraction),
		cmocka_unit_test(a_written_real_reads_as_the_same),
		cmocka_unit_test(durations_have_parts_in_order),
		cmocka_unit_test(languages_are_codes_that_exist),
		cmocka_unit_test(responses_have_the_shape_of_their_type),
		cmocka_unit_test(ids_are_uris),
		cmocka_unit_test(points_in_time_are_of_the_calendar),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
