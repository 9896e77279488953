/* SPDX-License-Identifier: Apache-2.0 */
/* Durations and points in time, of SCORM 2004 (ISO 8601 with the limits of the book) and
 * of SCORM 1.2. */
#include "scorm/text.h"

enum { SECOND_MS = 1000, MINUTE_MS = 60 * SECOND_MS, HOUR_MS = 60 * MINUTE_MS };
#define DAY_MS ((int64_t)24 * HOUR_MS)

/* A reader at the front of `*s`. */
static bool take_char(str *s, char c)
{
	if (!s->n || s->p[0] != c) return false;
	*s = str_part(*s, 1, s->n);
	return true;
}

/* Between `least` and `most` digits. */
static bool take_digits(str *s, int least, int most, int64_t *out)
{
	int64_t n = 0;
	int count = 0;
	for (; count < most && s->n && s->p[0] >= '0' && s->p[0] <= '9'; count++) {
		n = n * 10 + (s->p[0] - '0');
		*s = str_part(*s, 1, s->n);
	}
	if (count < least) return false;
	*out = n;
	return true;
}

/* ".5" or ".55" as milliseconds; nothing is 0 milliseconds. */
static bool take_fraction(str *s, int64_t *out_ms)
{
	*out_ms = 0;
	if (!take_char(s, '.')) return true;
	size_t before = s->n;
	int64_t n;
	if (!take_digits(s, 1, 2, &n)) return false;
	*out_ms = before - s->n == 1 ? n * 100 : n * 10;
	return true;
}

bool text_duration(str s, int64_t *out_ms)
{
	static const struct {
		char unit;
		bool time;
		int64_t ms;
	} parts[] = {
		{ 'Y', false, 365 * DAY_MS }, { 'M', false, 30 * DAY_MS },
		{ 'D', false, DAY_MS },       { 'H', true, HOUR_MS },
		{ 'M', true, MINUTE_MS },     { 'S', true, SECOND_MS },
	};
	int64_t sum = 0;
	bool time = false, any = false;
	size_t next = 0;
	if (!take_char(&s, 'P')) return false;
	while (s.n) {
		if (take_char(&s, 'T')) {
			if (time || !s.n) return false;
			time = true;
			continue;
		}
		int64_t n, fraction_ms;
		if (!take_digits(&s, 1, 9, &n)) return false;
		bool whole = !s.n || s.p[0] != '.';
		if (!take_fraction(&s, &fraction_ms) || !s.n) return false;
		while (next < countof(parts) &&
		       !(parts[next].time == time && parts[next].unit == s.p[0]))
			next++;
		if (next == countof(parts)) return false;
		if (!whole && s.p[0] != 'S') return false;
		sum += n * parts[next++].ms + fraction_ms;
		s = str_part(s, 1, s.n);
		any = true;
	}
	if (!any) return false;
	*out_ms = sum;
	return true;
}

/* ---- writing ---- */

struct writer {
	char *p;
	size_t n;
};

static void put_char(struct writer *w, char c)
{
	w->p[w->n++] = c;
}

/* At least `width` digits. */
static void put_whole(struct writer *w, int64_t n, size_t width)
{
	char digits[TEXT_ROOM];
	str s = text_of_whole(digits, (uint64_t)n);
	for (size_t i = s.n; i < width; i++) put_char(w, '0');
	memcpy(w->p + w->n, s.p, s.n);
	w->n += s.n;
}

str text_of_duration(char out[TEXT_ROOM], int64_t ms)
{
	struct writer w = { out, 0 };
	if (ms < 0) ms = 0;
	put_char(&w, 'P');
	put_char(&w, 'T');
	put_whole(&w, ms / HOUR_MS, 1);
	put_char(&w, 'H');
	put_whole(&w, ms / MINUTE_MS % 60, 1);
	put_char(&w, 'M');
	put_whole(&w, ms / SECOND_MS % 60, 1);
	if (ms % SECOND_MS / 10) {
		put_char(&w, '.');
		put_whole(&w, ms % SECOND_MS / 10, 2);
	}
	put_char(&w, 'S');
	return (str){ out, w.n };
}

/* ---- points in time ---- */

static int64_t days_of(int64_t year, int64_t month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return days[month - 1] + (month == 2 && leap);
}

static bool take_range(str *s, int digits, int64_t least, int64_t most, int64_t *out)
{
	return take_digits(s, digits, digits, out) && *out >= least && *out <= most;
}

/* Z, +hh, +hh:mm, or nothing. */
static bool take_zone(str *s)
{
	int64_t n;
	if (!s->n || take_char(s, 'Z')) return true;
	if (!take_char(s, '+') && !take_char(s, '-')) return false;
	if (!take_range(s, 2, 0, 23, &n)) return false;
	return !take_char(s, ':') || take_range(s, 2, 0, 59, &n);
}

bool text_timestamp(str s)
{
	int64_t year, month, n;
	if (!take_range(&s, 4, 1970, 2038, &year)) return false;
	if (!s.n) return true;
	if (!take_char(&s, '-') || !take_range(&s, 2, 1, 12, &month)) return false;
	if (!s.n) return true;
	if (!take_char(&s, '-') || !take_range(&s, 2, 1, days_of(year, month), &n))
		return false;
	if (!s.n) return true;
	if (!take_char(&s, 'T') || !take_range(&s, 2, 0, 23, &n)) return false;
	if (!s.n) return true;
	if (!take_char(&s, ':') || !take_range(&s, 2, 0, 59, &n)) return false;
	if (!s.n) return true;
	if (!take_char(&s, ':') || !take_range(&s, 2, 0, 59, &n)) return false;
	if (!s.n) return true;
	/* A zone needs a fraction before it. */
	if (s.p[0] != '.' || !take_fraction(&s, &n)) return false;
	return take_zone(&s) && !s.n;
}

/* ---- SCORM 1.2 ---- */

bool text_span(str s, int64_t *out_ms)
{
	int64_t hours, minutes, seconds, fraction_ms;
	if (!take_digits(&s, 2, 4, &hours) || !take_char(&s, ':')) return false;
	if (!take_digits(&s, 2, 2, &minutes) || !take_char(&s, ':')) return false;
	if (!take_digits(&s, 2, 2, &seconds) || !take_fraction(&s, &fraction_ms) || s.n)
		return false;
	*out_ms = hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS + fraction_ms;
	return true;
}

str text_of_span(char out[TEXT_ROOM], int64_t ms)
{
	struct writer w = { out, 0 };
	int64_t most = (int64_t)9999 * HOUR_MS + 3599990;
	if (ms < 0) ms = 0;
	if (ms > most) ms = most;
	put_whole(&w, ms / HOUR_MS, 4);
	put_char(&w, ':');
	put_whole(&w, ms / MINUTE_MS % 60, 2);
	put_char(&w, ':');
	put_whole(&w, ms / SECOND_MS % 60, 2);
	put_char(&w, '.');
	put_whole(&w, ms % SECOND_MS / 10, 2);
	return (str){ out, w.n };
}

bool text_time(str s)
{
	int64_t n;
	return take_range(&s, 2, 0, 23, &n) && take_char(&s, ':') &&
	       take_range(&s, 2, 0, 59, &n) && take_char(&s, ':') &&
	       take_range(&s, 2, 0, 59, &n) && take_fraction(&s, &n) && !s.n;
}
