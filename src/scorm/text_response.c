/* SPDX-License-Identifier: Apache-2.0 */
/* Responses and correct responses of interactions (RTE 4.1.1.6, 4.2.9): sets and lists
 * with the delimiters [,] [.] [:] and the leading {case_matters=} and {order_matters=}. */
#include "scorm/text.h"

/* More items than this in one set are refused: the book promises 36, and comparing each
 * with each must stay quick. */
enum { ITEMS = 1000 };

#define NEXT S("[,]")

typedef bool item_check(str item);

static bool all_items(str value, item_check *check)
{
	str item;
	if (!value.n) return true; /* the empty set */
	while (text_cut(&value, NEXT, &item))
		if (!check(item)) return false;
	return true;
}

static bool unique_items(str value)
{
	str rest = value, item, other;
	for (int n = 0; text_cut(&rest, NEXT, &item); n++) {
		if (n == ITEMS) return false;
		str before = str_part(value, 0, (size_t)(item.p - value.p));
		while (before.n && text_cut(&before, NEXT, &other))
			if (before.p && str_is(item, other)) return false;
	}
	return true;
}

/* source[.]target */
static bool is_match(str item)
{
	str source;
	return text_cut(&item, S("[.]"), &source) && item.p && text_uri(source) &&
	       text_uri(item);
}

/* step_name[.]step_answer, one of which may be empty. */
static bool is_step(str item)
{
	str name, answer;
	if (!text_cut(&item, S("[.]"), &name) || !item.p) return false;
	text_cut(&item, S("[.]"), &answer);
	if (item.p || (!name.n && !answer.n)) return false;
	return !name.n || text_uri(name);
}

/* Takes the delimiters off the front; false when one has neither true nor false. */
static bool take_matters(str *s, bool order)
{
	static const str names[] = { { "{case_matters=", 14 }, { "{order_matters=", 15 } };
	bool seen[2] = { false, !order };
	for (size_t i = 0; i < countof(names); i++) {
		if (seen[i] || !str_starts(*s, names[i])) continue;
		size_t end = str_index(*s, '}');
		if (end == s->n) return false;
		if (!text_word(str_part(*s, names[i].n, end), "true|false")) return false;
		*s = str_part(*s, end + 1, s->n);
		seen[i] = true;
		i = (size_t)-1; /* from the first one again */
	}
	return true;
}

/* min[:]max, where either may be left out; a plain number too, for that is what the best
 * known sample course sets. */
static bool is_range(str s)
{
	str least;
	double a, b;
	text_cut(&s, S("[:]"), &least);
	if (!s.p) return text_real(least, &a);
	if (least.n && !text_real(least, &a)) return false;
	if (s.n && !text_real(s, &b)) return false;
	return !least.n || !s.n || a <= b;
}

static bool check_value(str type, str value, bool pattern)
{
	double n;
	if (str_is(type, S("true-false"))) return text_word(value, "true|false");
	if (str_is(type, S("choice")))
		return all_items(value, text_uri) && unique_items(value);
	if (str_is(type, S("fill-in")))
		return (!pattern || take_matters(&value, true)) &&
		       all_items(value, text_localized);
	if (str_is(type, S("long-fill-in")))
		return (!pattern || take_matters(&value, false)) && text_localized(value);
	if (str_is(type, S("likert"))) return text_uri(value);
	if (str_is(type, S("matching")))
		return (value.n || !pattern) && all_items(value, is_match);
	if (str_is(type, S("performance"))) {
		str order = S("{order_matters=");
		if (pattern && str_starts(value, order) && !take_matters(&value, true))
			return false;
		return value.n && all_items(value, is_step);
	}
	if (str_is(type, S("sequencing"))) return value.n && all_items(value, text_uri);
	if (str_is(type, S("numeric")))
		return pattern ? is_range(value) : text_real(value, &n);
	return true; /* other */
}

bool text_response(str type, str value)
{
	return check_value(type, value, false);
}

bool text_pattern(str type, str value)
{
	return check_value(type, value, true);
}

bool text_one_pattern(str type)
{
	return text_word(type, "true-false|likert|numeric|other");
}

bool text_unique_patterns(str type)
{
	return text_word(type, "choice|sequencing");
}

static bool holds(str set, str item)
{
	str other;
	while (text_cut(&set, NEXT, &other))
		if (str_is(item, other)) return true;
	return false;
}

bool text_same_set(str a, str b)
{
	str rest = a, item;
	if (a.n != b.n) return false;
	while (text_cut(&rest, NEXT, &item))
		if (!holds(b, item)) return false;
	return true;
}

bool text_feedback(str type, str value)
{
	double n;
	if (value.n > 4096) return false;
	if (str_is(type, S("true-false"))) return text_word(value, "0|1|t|f|true|false");
	if (str_is(type, S("numeric"))) return text_real(value, &n);
	return true;
}
