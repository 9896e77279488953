/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two values of the data model are the same: reals by value, durations by length,
 * instants in time, sets without order, delimiters that say the default as if they were not
 * there (RTE 4.1.1, 4.2). Bytes that are the same are always the same value. */
#include "runtime/casebook.h"
#include "runtime/values.h"

#include <math.h>

/* ---- ids ---- */
static int hex(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Takes one character off the front: %41 is A. */
static int take_decoded(str *s)
{
	size_t n = 1;
	int c = (unsigned char)s->p[0];
	if (c == '%' && s->n > 2 && hex(s->p[1]) >= 0 && hex(s->p[2]) >= 0) {
		c = hex(s->p[1]) * 16 + hex(s->p[2]);
		n = 3;
	}
	*s = str_part(*s, n, s->n);
	return c;
}

/* The next character of an id, a run of white space as one, none at the ends. −1: over. */
static int next_of_id(str *s, bool begun)
{
	bool space = false;
	while (s->n) {
		str rest = *s;
		int c = take_decoded(&rest);
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
			space = true;
			*s = rest;
			continue;
		}
		if (space && begun) return ' ';
		*s = rest;
		return c;
	}
	return -1;
}

bool case_id_is(str a, str b)
{
	for (bool begun = false;; begun = true) {
		int x = next_of_id(&a, begun), y = next_of_id(&b, begun);
		if (x != y) return false;
		if (x < 0) return true;
	}
}

/* ---- numbers, durations, instants ---- */
static bool same_real(str a, str b)
{
	double x = value_number(a, -1e15, 1e15, NAN), y = value_number(b, -1e15, 1e15, NAN);
	return fabs(x - y) <= 1e-7;
}

static bool same_duration(str a, str b)
{
	int64_t x, y;
	return value_duration(a, &x) && value_duration(b, &y) && x / 10 == y / 10;
}

/* "2024-05-06T07:08:09.5+06:00" in seconds; NaN for what is none. Without a zone: UTC. */
static double instant(str s)
{
	static const char form[] = "0000-00-00T00:00:00";
	int64_t part[6] = { 0, 1, 1, 0, 0, 0 }; /* year, month, … second */
	size_t at = 0, n = 0;
	while (at < s.n && at < sizeof form - 1 && n < 6) {
		size_t width = n ? 2 : 4;
		if (!str_to_int(str_part(s, at, at + width), 0, 9999, &part[n])) return NAN;
		n++;
		at += width;
		if (at >= s.n || at >= sizeof form - 1 || s.p[at] != form[at]) break;
		at++;
	}
	double fraction = 0;
	size_t end = at;
	if (end < s.n && s.p[end] == '.') {
		for (end++; end < s.n && s.p[end] >= '0' && s.p[end] <= '9'; end++) {}
		fraction = value_number(str_part(s, at, end), 0, 1, 0);
	}
	int64_t zone = 0, hours = 0, minutes = 0;
	str rest = str_part(s, end, s.n);
	if (rest.n && (rest.p[0] == '+' || rest.p[0] == '-')) {
		if (!str_to_int(str_part(rest, 1, 3), 0, 23, &hours)) return NAN;
		if (rest.n > 3 && !str_to_int(str_part(rest, 4, rest.n), 0, 59, &minutes))
			return NAN;
		zone = (hours * 60 + minutes) * (rest.p[0] == '+' ? -60 : 60);
	} else if (rest.n && !str_is(rest, S("Z"))) {
		return NAN;
	}
	/* Days since year 0 by months that begin in March. */
	int64_t y = part[0] - (part[1] <= 2), m = (part[1] + 9) % 12;
	int64_t days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + part[2];
	int64_t seconds = days * 86400 + part[3] * 3600 + part[4] * 60 + part[5] + zone;
	return (double)seconds + fraction;
}

static bool same_instant(str a, str b)
{
	return fabs(instant(a) - instant(b)) < 0.01;
}

/* ---- texts, responses and patterns ---- */
struct response {
	str lang, rest;
	bool case_matters, order_matters;
};

/* Takes "{name=value}" off the front of `*s`. */
static bool take_delimiter(str *s, const char *name, str *value)
{
	str n = str_of(name);
	if (s->n < n.n + 3 || s->p[0] != '{' || s->p[n.n + 1] != '=' ||
	    !str_is(str_part(*s, 1, n.n + 1), n))
		return false;
	size_t end = str_index(*s, '}');
	if (end == s->n) return false;
	*value = str_part(*s, n.n + 2, end);
	*s = str_part(*s, end + 1, s->n);
	return true;
}

static bool take_choice(str *s, const char *name, bool *out)
{
	str rest = *s, value;
	if (!take_delimiter(&rest, name, &value)) return false;
	if (!str_is(value, S("true")) && !str_is(value, S("false"))) return false;
	*out = str_is(value, S("true"));
	*s = rest;
	return true;
}

static struct response response_of(str text)
{
	struct response r = { S("en"), text, false, true };
	while (take_delimiter(&r.rest, "lang", &r.lang) ||
	       take_choice(&r.rest, "case_matters", &r.case_matters) ||
	       take_choice(&r.rest, "order_matters", &r.order_matters)) {}
	return r;
}

static bool same_text(str a, str b)
{
	struct response x = response_of(a), y = response_of(b);
	return str_is(x.lang, y.lang) && str_is(x.rest, y.rest) &&
	       x.case_matters == y.case_matters && x.order_matters == y.order_matters;
}

/* Takes what stands before the first "[,]" (or "[:]") off the front. */
static bool take_item(str *s, const char *separator, str *item)
{
	if (!s->p) return false;
	for (size_t i = 0; i + 3 <= s->n; i++) {
		if (memcmp(s->p + i, separator, 3) != 0) continue;
		*item = str_part(*s, 0, i);
		*s = str_part(*s, i + 3, s->n);
		return true;
	}
	*item = *s;
	*s = STR_NONE;
	return true;
}

static size_t count_items(str list, str wanted)
{
	size_t n = 0;
	str item;
	while (take_item(&list, "[,]", &item)) n += !wanted.p || same_text(item, wanted);
	return n;
}

static bool same_set(str a, str b)
{
	if (count_items(a, STR_NONE) != count_items(b, STR_NONE)) return false;
	str rest = a, item;
	while (take_item(&rest, "[,]", &item))
		if (count_items(a, item) != count_items(b, item)) return false;
	return true;
}

static bool same_list(str a, str b, const char *separator, bool (*same)(str, str))
{
	str x, y;
	for (;;) {
		bool left = take_item(&a, separator, &x);
		bool right = take_item(&b, separator, &y);
		if (!left || !right) return left == right;
		if (!str_is(x, y) && !same(x, y)) return false;
	}
}

/* RTE 4.2.9: what correct_responses.n.pattern and learner_response hold, by type. */
static bool same_response(str type, str a, str b)
{
	if (str_is(type, S("choice")) || str_is(type, S("matching"))) return same_set(a, b);
	if (str_is(type, S("numeric"))) return same_list(a, b, "[:]", same_real);
	if (str_is(type, S("long-fill-in"))) return same_text(a, b);
	if (!str_is(type, S("fill-in")) && !str_is(type, S("performance"))) return false;
	struct response x = response_of(a), y = response_of(b);
	if (x.case_matters != y.case_matters || x.order_matters != y.order_matters)
		return false;
	/* A language at the very front belongs to the first item. */
	if (!str_is(x.lang, y.lang)) return false;
	return x.order_matters ? same_list(x.rest, y.rest, "[,]", same_text)
	                       : same_set(x.rest, y.rest);
}

/* "location,comment,timestamp" names a set. */
static bool same_names(str a, str b)
{
	str rest = a, one, other;
	if (a.n != b.n) return false;
	while (str_cut(&rest, ',', &one)) {
		bool there = false;
		str all = b;
		while (str_cut(&all, ',', &other)) there |= str_is(one, other);
		if (!there) return false;
	}
	return true;
}

bool case_value_is(str el, str type, str got, str wanted)
{
	static const struct {
		const char *end;
		bool (*same)(str, str);
	} kinds[] = {
		{ "_children", same_names },
		{ ".scaled", same_real },
		{ ".raw", same_real },
		{ ".min", same_real },
		{ ".max", same_real },
		{ ".weighting", same_real },
		{ ".result", same_real },
		{ ".audio_level", same_real },
		{ ".delivery_speed", same_real },
		{ "progress_measure", same_real },
		{ "completion_threshold", same_real },
		{ "scaled_passing_score", same_real },
		{ "_time", same_duration },
		{ ".latency", same_duration },
		{ "max_time_allowed", same_duration },
		{ ".timestamp", same_instant },
		{ ".comment", same_text },
		{ ".description", same_text },
	};
	if (str_is(got, wanted)) return true;
	if (!got.p) return false;
	if (type.p && same_response(type, got, wanted)) return true;
	for (size_t i = 0; i < countof(kinds); i++)
		if (str_ends(el, str_of(kinds[i].end))) return kinds[i].same(got, wanted);
	return false;
}
