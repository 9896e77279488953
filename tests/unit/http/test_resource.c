/* SPDX-License-Identifier: Apache-2.0 */
/* Ranges, codings, ETags. */
#include "http/inside.h"
#include "support/test.h"

static void a_range_is_clamped_refused_or_passed_over(void **state)
{
	enum { SIZE = 1000 };
	static const struct {
		const char *header;
		enum range_kind kind;
		uint64_t from, to;
		const char *why;
	} rows[] = {
		{ "bytes=0-0", RANGE_PART, 0, 0, "a byte" },
		{ "bytes=0-1", RANGE_PART, 0, 1, "what an iPhone asks first" },
		{ "Bytes=10-", RANGE_PART, 10, 999, "from there to the end" },
		{ "bytes=990-2000", RANGE_PART, 990, 999, "past the end: clamped" },
		{ "bytes=-5", RANGE_PART, 995, 999, "the last five" },
		{ "bytes=-5000", RANGE_PART, 0, 999, "more than there are" },
		{ "bytes= 1-2 ", RANGE_PART, 1, 2, "blanks" },
		{ "bytes=1000-", RANGE_NONE, 0, 0, "begins behind the end" },
		{ "bytes=99999999999999999999-", RANGE_NONE, 0, 0, "more than 64 bits" },
		{ "bytes=-0", RANGE_NONE, 0, 0, "the last none" },
		{ "bytes=5-4", RANGE_WHOLE, 0, 0, "backwards is no range" },
		{ "bytes=0-1,5-6", RANGE_WHOLE, 0, 0, "several: the whole" },
		{ "bytes=", RANGE_WHOLE, 0, 0, "nothing" },
		{ "bytes=-", RANGE_WHOLE, 0, 0, "no number" },
		{ "bytes=a-b", RANGE_WHOLE, 0, 0, "letters" },
		{ "bytes=1-b", RANGE_WHOLE, 0, 0, "a letter" },
		{ "lines=1-2", RANGE_WHOLE, 0, 0, "not bytes" },
		{ "", RANGE_WHOLE, 0, 0, "empty" },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		uint64_t from = 0, to = 0;
		enum range_kind kind = range_read(str_of(rows[i].header), SIZE, &from, &to);
		assert_row(kind == rows[i].kind, rows[i].why);
		assert_row(from == rows[i].from && to == rows[i].to, rows[i].why);
	}
	uint64_t from, to;
	assert_int_equal(range_read(S("bytes=0-"), 0, &from, &to), RANGE_NONE);
	assert_int_equal(range_read(S("bytes=-1"), 0, &from, &to), RANGE_NONE);
}

static void gzip_is_sent_to_who_takes_it(void **state)
{
	static const struct {
		const char *header;
		bool taken;
	} rows[] = {
		{ "gzip, deflate", true },
		{ "gzip", true },
		{ "deflate, GZIP;q=1.0", true },
		{ "br;q=1.0, gzip;q=0.5", true },
		{ "x-gzip", true },
		{ "*", true },
		{ "gzip;q=0", false },
		{ "gzip; q=0.000", false },
		{ "gzip;Q=0", false },
		{ "*, gzip;q=0", false },
		{ "gzip;q=0, *", false },
		{ "*;q=0", false },
		{ "gzip;q=0.001", true },
		{ "identity", false },
		{ "gzipped", false },
		{ "", false },
		{ ",,;", false },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++)
		assert_row(gzip_accepted(str_of(rows[i].header)) == rows[i].taken,
		           rows[i].header);
	assert_false(gzip_accepted(STR_NONE));
}

static void a_client_that_has_the_file_is_recognised(void **state)
{
	static const struct {
		const char *list;
		bool listed;
	} rows[] = {
		{ "\"abc\"", true },
		{ "W/\"abc\"", true },
		{ "\"abc-gz\"", true },
		{ "\"x\", \"abc\"", true },
		{ "\"x\",W/\"abc-gz\"", true },
		{ "*", true },
		{ "\"abcd\"", false },
		{ "\"ab\"", false },
		{ "abc", false },
		{ "\"abc-gzz\"", false },
		{ "", false },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++)
		assert_row(etag_listed(str_of(rows[i].list), S("\"abc\"")) ==
		                   rows[i].listed,
		           rows[i].list);
	assert_false(etag_listed(S("*"), STR_NONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_range_is_clamped_refused_or_passed_over),
		cmocka_unit_test(gzip_is_sent_to_who_takes_it),
		cmocka_unit_test(a_client_that_has_the_file_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
