/* SPDX-License-Identifier: Apache-2.0 */
/* Decimal numbers. A number of up to 18 digits is a whole number divided by a power of ten;
 * both are exact in a double up to 2^53 and 10^22, so the division rounds correctly. */
#include "scorm/text.h"

enum { DIGITS = 18, LONGEST = 300 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static double power_of_ten(int n)
{
	double p = 1;
	for (int i = 0; i < n; i++) p *= 10;
	return p;
}

bool text_real(str s, double *out)
{
	size_t i = s.n && s.p[0] == '-';
	bool minus = i, point = false, any = false;
	uint64_t digits = 0;
	int kept = 0, scale = 0; /* value = digits / 10^scale */
	if (s.n > LONGEST) return false;
	for (; i < s.n; i++) {
		if (s.p[i] == '.') {
			if (point || !any) return false;
			point = true;
			continue;
		}
		if (!is_digit(s.p[i])) return false;
		any = true;
		if (kept < DIGITS) {
			digits = digits * 10 + (uint64_t)(s.p[i] - '0');
			kept += digits != 0;
			scale += point;
		} else {
			scale -= !point;
		}
	}
	if (!any || s.p[s.n - 1] == '.') return false;
	double value = (double)digits;
	value = scale > 0 ? value / power_of_ten(scale) : value * power_of_ten(-scale);
	*out = minus && digits ? -value : value;
	return true;
}

bool text_whole(str s, int64_t least, int64_t most)
{
	int64_t n;
	return s.n < 20 && str_to_int(s, least, most, &n);
}

static str written_backwards(char out[TEXT_ROOM], size_t from)
{
	size_t n = TEXT_ROOM - from;
	memmove(out, out + from, n);
	return (str){ out, n };
}

/* digits / 10^fraction, without zeros at the end of the fraction. */
static str decimal(char out[TEXT_ROOM], bool minus, uint64_t digits, int fraction)
{
	size_t at = TEXT_ROOM;
	while (fraction > 0 && digits % 10 == 0) {
		digits /= 10;
		fraction--;
	}
	for (int i = 0; digits || i <= fraction; i++) {
		if (i && i == fraction) out[--at] = '.';
		out[--at] = (char)('0' + digits % 10);
		digits /= 10;
	}
	if (minus) out[--at] = '-';
	return written_backwards(out, at);
}

str text_of_whole(char out[TEXT_ROOM], uint64_t n)
{
	return decimal(out, false, n, 0);
}

str text_of_real(char out[TEXT_ROOM], double value)
{
	bool minus = value < 0;
	double x = minus ? -value : value;
	if (!(x < 1e18)) return minus ? S("-999999999999999999") : S("999999999999999999");
	double power = 1;
	for (int fraction = 0; fraction < DIGITS && x * power < 1e18; fraction++) {
		uint64_t digits = (uint64_t)(x * power + 0.5);
		if ((double)digits / power == x)
			return decimal(out, minus && digits, digits, fraction);
		power *= 10;
	}
	/* More digits than a text of ours has: seven places after the point will do. */
	power = x < 1e9 ? 1e7 : 1;
	return decimal(out, minus, (uint64_t)(x * power + 0.5), power > 1 ? 7 : 0);
}
