/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/values.h"

#include <math.h>
#include <stdlib.h>

bool value_flag(str value, bool otherwise)
{
	value = str_trim(value);
	if (str_is_nocase(value, S("true")) || str_is(value, S("1"))) return true;
	if (str_is_nocase(value, S("false")) || str_is(value, S("0"))) return false;
	return otherwise;
}

void read_flags(const struct xml_node *node, const struct flag *flag, size_t n, void *out)
{
	for (size_t i = 0; i < n; i++) {
		bool *value = (bool *)((char *)out + flag[i].offset);
		*value = value_flag(xml_attr(node, flag[i].name), *value);
	}
}

int value_word(str value, const char *const *word, size_t n, int otherwise)
{
	value = str_trim(value);
	for (size_t i = 0; i < n; i++)
		if (str_is_nocase(value, str_of(word[i]))) return (int)i;
	return otherwise;
}

double value_number(str value, double least, double most, double otherwise)
{
	char text[40], *end;
	value = str_trim(value);
	if (value.n == 0 || value.n >= sizeof text) return otherwise;
	for (size_t i = 0; i < value.n; i++)
		if (!memchr("0123456789+-.eE", value.p[i], 15)) return otherwise;
	memcpy(text, value.p, value.n);
	text[value.n] = '\0';
	double number = strtod(text, &end);
	if (*end || !(number >= least) || !(number <= most)) return otherwise;
	return number;
}

/* Takes "12.5H" off the front of `*rest`: the figure, and its letter into `*unit`. */
static double take_part(str *rest, char *unit)
{
	size_t n = 0;
	while (n < rest->n && memchr("0123456789.", rest->p[n], 11)) n++;
	double figure = value_number(str_part(*rest, 0, n), 0, 1e12, NAN);
	*unit = n < rest->n ? rest->p[n] : '\0';
	*rest = str_part(*rest, n + 1, rest->n);
	return figure;
}

bool value_duration(str value, int64_t *out)
{
	static const struct {
		char unit;
		bool time;
		double seconds;
	} units[] = {
		{ 'Y', false, 365 * 86400. },
		{ 'M', false, 30 * 86400. },
		{ 'W', false, 7 * 86400. },
		{ 'D', false, 86400 },
		{ 'H', true, 3600 },
		{ 'M', true, 60 },
		{ 'S', true, 1 },
	};
	str rest = str_trim(value);
	if (rest.n < 3 || rest.p[0] != 'P') return false;
	rest = str_part(rest, 1, rest.n);
	double seconds = 0;
	for (bool time = false; rest.n;) {
		if (rest.p[0] == 'T' && !time) {
			time = true;
			rest = str_part(rest, 1, rest.n);
			continue;
		}
		char unit;
		double part = take_part(&rest, &unit), worth = NAN;
		for (size_t i = 0; i < countof(units); i++)
			if (units[i].unit == unit && units[i].time == time)
				worth = units[i].seconds;
		seconds += part * worth;
	}
	if (!(seconds < 1e12)) return false;
	*out = (int64_t)(seconds * 1000 + 0.5);
	return true;
}
