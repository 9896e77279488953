/* SPDX-License-Identifier: Apache-2.0 */
#include "base/time.h"
#include "certificate/inside.h"

str date_today(struct arena *a)
{
	char text[TIME_TEXT];
	time_write(time_now() + ALMATY_MS, text);
	return arena_copy(a, str_part(str_of(text), 0, 10));
}

str date_after(struct arena *a, str date, int64_t months)
{
	int64_t year = 0, month = 0, day = 0;
	if (!str_to_int(str_part(date, 0, 4), 0, 9999, &year) ||
	    !str_to_int(str_part(date, 5, 7), 1, 12, &month) ||
	    !str_to_int(str_part(date, 8, 10), 1, 31, &day))
		return STR_NONE;
	month += months - 1;
	year += month / 12;
	month = month % 12 + 1;
	str out = STR_NONE;
	do {
		out = arena_printf(a, "%04lld-%02lld-%02lld", (long long)year,
		                   (long long)month, (long long)day--);
	} while (day > 26 && !time_is_date(out));
	return out;
}
