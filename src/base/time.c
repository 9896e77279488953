/* SPDX-License-Identifier: Apache-2.0 */
/* Dates are counted in days of the proleptic Gregorian calendar, by eras of 400 years that
 * begin on the first of March, so that the leap day is the last of its year. */
#include "base/time.h"

#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum { DAYS_OF_ERA = 146097, DAYS_TO_1970 = 719468 };
static const int64_t ms_of_day = 86400000;

static _Atomic int64_t stopped_at;

static int64_t clock_us(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t time_now(void)
{
	int64_t at = atomic_load_explicit(&stopped_at, memory_order_relaxed);
	return at ? at : clock_us(CLOCK_REALTIME) / 1000;
}

int64_t time_mono_ms(void)
{
	return clock_us(CLOCK_MONOTONIC) / 1000;
}

int64_t time_mono_us(void)
{
	return clock_us(CLOCK_MONOTONIC);
}

void time_stop_at(int64_t at)
{
	atomic_store(&stopped_at, at);
}

struct date {
	int64_t year;
	int month, day; /* from 1 */
};

static int64_t day_number(struct date d)
{
	int64_t year = d.month <= 2 ? d.year - 1 : d.year;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t of_era = year - era * 400;
	int64_t month = d.month > 2 ? d.month - 3 : d.month + 9; /* from March */
	int64_t of_year = (153 * month + 2) / 5 + d.day - 1;
	return era * DAYS_OF_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
	       DAYS_TO_1970;
}

static struct date date_of(int64_t day)
{
	day += DAYS_TO_1970;
	int64_t era = (day >= 0 ? day : day - (DAYS_OF_ERA - 1)) / DAYS_OF_ERA;
	int64_t rest = day - era * DAYS_OF_ERA;
	int64_t of_era =
		(rest - rest / 1460 + rest / 36524 - rest / (DAYS_OF_ERA - 1)) / 365;
	int64_t of_year = rest - (of_era * 365 + of_era / 4 - of_era / 100);
	int64_t month = (5 * of_year + 2) / 153; /* from March */
	struct date d = {
		.year = of_era + era * 400,
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(of_year - (153 * month + 2) / 5 + 1),
	};
	if (d.month <= 2) d.year++;
	return d;
}

/* Years that have four digits. */
static int64_t clamp(int64_t at)
{
	const int64_t least = -62167219200000, most = 253402300799999;
	return at < least ? least : at > most ? most : at;
}

/* The day that `at` falls in; `*rest_out` is the milliseconds of that day. */
static int64_t split(int64_t at, int *rest_out)
{
	int64_t day = at / ms_of_day, rest = at % ms_of_day;
	if (rest < 0) day--, rest += ms_of_day;
	*rest_out = (int)rest;
	return day;
}

static void digits(char *out, int n, int64_t value)
{
	while (n--) out[n] = (char)('0' + value % 10), value /= 10;
}

void time_write(int64_t at, char out[TIME_TEXT])
{
	int ms;
	struct date d = date_of(split(clamp(at), &ms));
	memcpy(out, "0000-00-00T00:00:00.000Z", TIME_TEXT);
	digits(out, 4, d.year);
	digits(out + 5, 2, d.month);
	digits(out + 8, 2, d.day);
	digits(out + 11, 2, ms / 3600000);
	digits(out + 14, 2, ms / 60000 % 60);
	digits(out + 17, 2, ms / 1000 % 60);
	digits(out + 20, 3, ms % 1000);
}

/* Takes exactly `n` digits and then `mark` (0: none) off the front. */
static bool take(str *rest, size_t n, char mark, int *out)
{
	int64_t value;
	if (rest->n < n + (mark != 0) || rest->p[0] == '-') return false;
	if (!str_to_int(str_part(*rest, 0, n), 0, 9999, &value)) return false;
	if (mark && rest->p[n] != mark) return false;
	*rest = str_part(*rest, n + (mark != 0), rest->n);
	*out = (int)value;
	return true;
}

static bool take_date(str *rest, struct date *out)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year, month, day;
	if (!take(rest, 4, '-', &year) || !take(rest, 2, '-', &month) ||
	    !take(rest, 2, 0, &day))
		return false;
	if (month < 1 || month > 12 || day < 1 || day > days[month - 1]) return false;
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	if (month == 2 && day == 29 && !leap) return false;
	*out = (struct date){ year, month, day };
	return true;
}

/* ".25" is 250 ms; finer digits are read and dropped. */
static bool take_fraction(str *rest, int *ms_out)
{
	*ms_out = 0;
	if (!str_starts(*rest, S("."))) return true;
	size_t n = 0;
	for (int unit = 100; n + 1 < rest->n; n++, unit /= 10) {
		char c = rest->p[n + 1];
		if (c < '0' || c > '9') break;
		*ms_out += (c - '0') * unit;
	}
	*rest = str_part(*rest, n + 1, rest->n);
	return n > 0;
}

static bool take_zone(str *rest, int *minutes_out)
{
	*minutes_out = 0;
	if (str_is_nocase(*rest, S("Z"))) return true;
	if (!str_starts(*rest, S("+")) && !str_starts(*rest, S("-"))) return false;
	int sign = rest->p[0] == '-' ? -1 : 1, hour, minute;
	*rest = str_part(*rest, 1, rest->n);
	if (!take(rest, 2, ':', &hour) || !take(rest, 2, 0, &minute)) return false;
	*minutes_out = sign * (hour * 60 + minute);
	return rest->n == 0 && hour < 24 && minute < 60;
}

bool time_read(str text, int64_t *out)
{
	struct date date;
	int hour, minute, second, ms, zone;
	if (!take_date(&text, &date)) return false;
	if (text.n == 0 || (text.p[0] != 'T' && text.p[0] != 't' && text.p[0] != ' '))
		return false;
	text = str_part(text, 1, text.n);
	if (!take(&text, 2, ':', &hour) || !take(&text, 2, ':', &minute) ||
	    !take(&text, 2, 0, &second))
		return false;
	/* Second 60 is a leap second: the same as the next second to us. */
	if (hour > 23 || minute > 59 || second > 60) return false;
	if (!take_fraction(&text, &ms) || !take_zone(&text, &zone)) return false;
	*out = day_number(date) * ms_of_day + hour * 3600000 +
	       (minute - zone) * (int64_t)60000 + second * 1000 + ms;
	return true;
}

bool time_is_date(str text)
{
	struct date date;
	return take_date(&text, &date) && text.n == 0;
}
