/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/time.h"

#include <time.h>

static void moments_are_written(void **state)
{
	(void)state;
	static const struct {
		int64_t at;
		const char *text;
	} rows[] = {
		{ 0, "1970-01-01T00:00:00.000Z" },
		{ -1, "1969-12-31T23:59:59.999Z" },
		{ 1795445278123, "2026-11-23T14:47:58.123Z" },
		{ 951782400000, "2000-02-29T00:00:00.000Z" },
		{ 4107542399999, "2100-02-28T23:59:59.999Z" },
		{ INT64_MAX, "9999-12-31T23:59:59.999Z" },
		{ INT64_MIN, "0000-01-01T00:00:00.000Z" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		char text[TIME_TEXT];
		time_write(rows[i].at, text);
		assert_string_equal(text, rows[i].text);
	}
}

static void every_day_is_as_libc_says(void **state)
{
	(void)state;
	for (int64_t day = -30000; day < 60000; day += 7) {
		time_t seconds = (time_t)(day * 86400);
		struct tm tm;
		char wanted[TIME_TEXT], got[TIME_TEXT];
		strftime(wanted, sizeof wanted, "%Y-%m-%dT%H:%M:%S.000Z",
		         gmtime_r(&seconds, &tm));
		time_write(day * 86400000, got);
		assert_string_equal(got, wanted);
	}
}

static void rfc3339_is_read(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool ok;
		int64_t at;
		const char *reason;
	} rows[] = {
		{ "2026-11-23T14:47:58.123Z", true, 1795445278123, "as we write it" },
		{ "2026-11-23t14:47:58z", true, 1795445278000, "small letters" },
		{ "2026-11-23 14:47:58Z", true, 1795445278000, "a blank for T" },
		{ "2026-11-23T19:47:58.5+05:00", true, 1795445278500, "Kazakhstan's time" },
		{ "2026-11-23T11:17:58-03:30", true, 1795445278000, "west" },
		{ "2026-11-23T14:47:58.123999999Z", true, 1795445278123,
		  "finer than we keep" },
		{ "1990-12-31T23:59:60Z", true, 662688000000, "a leap second" },
		{ "0000-01-01T00:00:00Z", true, -62167219200000, "the first" },
		{ "2026-11-23", false, 0, "only a date" },
		{ "2026-11-23T14:47:58", false, 0, "no zone" },
		{ "2026-11-23T14:47Z", false, 0, "no seconds" },
		{ "2026-11-23T24:00:00Z", false, 0, "hour 24" },
		{ "2026-11-23T14:60:00Z", false, 0, "minute 60" },
		{ "2026-11-23T14:47:61Z", false, 0, "second 61" },
		{ "2026-13-01T00:00:00Z", false, 0, "month 13" },
		{ "2026-00-01T00:00:00Z", false, 0, "month 0" },
		{ "2026-02-29T00:00:00Z", false, 0, "no leap year" },
		{ "2026-11-23T14:47:58.Z", false, 0, "a bare point" },
		{ "2026-11-23T14:47:58+0500", false, 0, "no colon in the zone" },
		{ "2026-11-23T14:47:58+24:00", false, 0, "zone of a day" },
		{ "2026-11-23T14:47:58Zx", false, 0, "something behind" },
		{ "+026-11-23T14:47:58Z", false, 0, "a sign" },
		{ "2026--1-23T14:47:58Z", false, 0, "a sign in the month" },
		{ "", false, 0, "nothing" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		int64_t at = 77;
		assert_row(time_read(str_of(rows[i].text), &at) == rows[i].ok,
		           rows[i].reason);
		assert_row(at == (rows[i].ok ? rows[i].at : 77), rows[i].reason);
	}
}

static void what_is_written_is_read(void **state)
{
	(void)state;
	for (int64_t at = -62167219200000; at < 253402300799999; at += 987654321987) {
		char text[TIME_TEXT];
		int64_t again = 0;
		time_write(at, text);
		assert_true(time_read(str_of(text), &again));
		assert_int_equal(again, at);
	}
}

static void dates_exist_or_not(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool ok;
	} rows[] = {
		{ "2026-11-23", true },  { "2024-02-29", true },
		{ "2000-02-29", true },  { "2100-02-29", false },
		{ "2026-02-30", false }, { "2026-04-31", false },
		{ "2026-1-01", false },  { "2026-11-23 ", false },
		{ "23.11.2026", false }, { "2026-11-00", false },
		{ "", false },
	};
	for (size_t i = 0; i < countof(rows); i++)
		assert_row(time_is_date(str_of(rows[i].text)) == rows[i].ok, rows[i].text);
}

static void the_clock_stands_still_when_told(void **state)
{
	(void)state;
	time_stop_at(1000);
	assert_int_equal(time_now(), 1000);
	assert_int_equal(time_now(), 1000);
	time_stop_at(0);
	assert_true(time_now() > 1600000000000);
	int64_t us = time_mono_us(), ms = time_mono_ms();
	assert_true(ms >= us / 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments_are_written),
		cmocka_unit_test(every_day_is_as_libc_says),
		cmocka_unit_test(rfc3339_is_read),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(dates_exist_or_not),
		cmocka_unit_test(the_clock_stands_still_when_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
