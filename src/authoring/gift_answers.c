/* SPDX-License-Identifier: Apache-2.0 */
/* What stands between the braces of a question. Each answer begins with = (right) or ~
 * (wrong), may carry %weight%, and ends with #feedback; the whole ends with
 * ####general feedback. Which kind of question it is follows from the signs. */
#include "authoring/gift_inside.h"

#include <math.h>
#include <stdlib.h>

struct signs {
	bool equals, tilde, pair;
};

static enum err full(void)
{
	return FAIL(ERR_TOO_LARGE, "the question bank is too large");
}

/* Takes "####…" off the end. */
static enum err take_general(str *inside, struct arena *a, str *out)
{
	for (size_t i = 0; i + 3 < inside->n; i++) {
		if (inside->p[i] == '\\') {
			i++;
			continue;
		}
		if (!str_starts(str_part(*inside, i, inside->n), S("####"))) continue;
		str general = str_trim(str_part(*inside, i + 4, inside->n));
		*inside = str_part(*inside, 0, i);
		*out = general.n ? gift_plain(a, general) : STR_NONE;
		return general.n && !out->p ? full() : ERR_OK;
	}
	return ERR_OK;
}

/* Takes "#…" off the end of one answer. */
static enum err take_feedback(str *answer, struct arena *a, str *out)
{
	size_t at = gift_find(*answer, 0, '#');
	if (at == answer->n) return ERR_OK;
	str feedback = str_trim(str_part(*answer, at + 1, answer->n));
	*answer = str_part(*answer, 0, at);
	*out = feedback.n ? gift_plain(a, feedback) : STR_NONE;
	return feedback.n && !out->p ? full() : ERR_OK;
}

static bool read_number(str s, double least, double most, double *out)
{
	char text[40], *end;
	if (!s.n || s.n >= sizeof(text)) return false;
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("0123456789.-+", s.p[i]) || !s.p[i]) return false;
	memcpy(text, s.p, s.n);
	text[s.n] = 0;
	double x = strtod(text, &end);
	if (*end || !(x >= least && x <= most)) return false;
	*out = x;
	return true;
}

/* Takes %weight% off the front. */
static enum err take_weight(str *answer, double *weight)
{
	*answer = str_trim(*answer);
	if (!answer->n || answer->p[0] != '%') return ERR_OK;
	str rest = str_part(*answer, 1, answer->n);
	size_t end = str_index(rest, '%');
	bool good = end < rest.n && read_number(str_part(rest, 0, end), -100, 100, weight);
	*weight = round(*weight * 1e5) / 1e5; /* as Moodle keeps them */
	if (!good)
		return FAIL_WHY(ERR_INVALID, "gift-weight",
		                "%%weight%% must be a number from -100 to 100");
	*answer = str_trim(str_part(rest, end + 1, rest.n));
	return ERR_OK;
}

/* "3", "-0.5" or "[[@code]]". */
static bool is_value(str s)
{
	double x;
	if (str_starts(s, S("[[@")) && str_ends(s, S("]]")) && s.n > 5) return true;
	return read_number(s, -1e15, 1e15, &x);
}

/* Where ".." or ":" stands outside of [[…]]. */
static size_t find_outside(str s, const char *what)
{
	str w = str_of(what);
	bool inside = false;
	for (size_t i = 0; i < s.n; i++) {
		if (str_starts(str_part(s, i, s.n), S("[["))) inside = true;
		if (str_starts(str_part(s, i, s.n), S("]]"))) inside = false;
		if (!inside && str_starts(str_part(s, i, s.n), w)) return i;
	}
	return s.n;
}

static enum err read_numerical(str text, struct gift_answer *out)
{
	text = str_trim(text);
	size_t range = find_outside(text, ".."), colon = find_outside(text, ":");
	bool good;
	if (range < text.n) {
		out->least = str_trim(str_part(text, 0, range));
		out->most = str_trim(str_part(text, range + 2, text.n));
		good = is_value(out->least) && is_value(out->most);
	} else {
		out->text = str_trim(str_part(text, 0, colon));
		if (colon < text.n)
			out->tolerance = str_trim(str_part(text, colon + 1, text.n));
		good = is_value(out->text) && (colon == text.n || is_value(out->tolerance));
	}
	return good ? ERR_OK
	            : FAIL_WHY(ERR_INVALID, "gift-number", "not a number: %.*s",
	                       STR_ARG(str_part(text, 0, 40)));
}

/* " -> " parts a pair. */
static size_t find_arrow(str s)
{
	for (size_t i = 0; i + 1 < s.n; i++)
		if (s.p[i] == '-' && s.p[i + 1] == '>') return i;
	return s.n;
}

static enum err read_one(str answer, char sign, enum gift_type type, struct arena *a,
                         struct gift_answer *out)
{
	*out = (struct gift_answer){ .weight = sign == '=' ? 100 : 0 };
	if (answer.n && answer.p[0] == '=' &&
	    sign == '~') { /* ~=right, as Moodle takes it */
		out->weight = 100;
		answer = str_part(answer, 1, answer.n);
	}
	TRY(take_feedback(&answer, a, &out->feedback));
	TRY(take_weight(&answer, &out->weight));
	if (type == GIFT_NUMERICAL)
		return sign == '~' && !str_trim(answer).n ? ERR_OK
		                                          : read_numerical(answer, out);
	size_t arrow = type == GIFT_MATCHING ? find_arrow(answer) : answer.n;
	out->text = gift_plain(a, str_part(answer, 0, arrow));
	if (!out->text.p) return full();
	if (type != GIFT_MATCHING)
		return out->text.n ? ERR_OK
		                   : FAIL_WHY(ERR_INVALID, "gift-answer-empty",
		                              "an answer without a text");
	if (arrow == answer.n)
		return FAIL_WHY(ERR_INVALID, "gift-pair", "a pair without ->");
	out->match = gift_plain(a, str_part(answer, arrow + 2, answer.n));
	if (!out->match.p) return full();
	return out->match.n ? ERR_OK
	                    : FAIL_WHY(ERR_INVALID, "gift-answer-empty",
	                               "a pair without a right side");
}

/* The next = or ~ that begins an answer. "->" and "~=" are looked after elsewhere. */
static size_t next_sign(str s, size_t from)
{
	size_t equals = gift_find(s, from, '='), tilde = gift_find(s, from, '~');
	return equals < tilde ? equals : tilde;
}

static struct signs look(str inside)
{
	struct signs s = { 0 };
	for (size_t i = next_sign(inside, 0); i < inside.n; i = next_sign(inside, i + 1)) {
		if (inside.p[i] == '=') s.equals = true;
		if (inside.p[i] == '~') {
			s.tilde = true;
			if (i + 1 < inside.n && inside.p[i + 1] == '=') {
				s.equals = true;
				i++;
			}
			continue;
		}
		size_t end = next_sign(inside, i + 1);
		str answer = str_part(inside, i, end);
		answer = str_part(answer, 0, gift_find(answer, 0, '#'));
		s.pair |= find_arrow(answer) < answer.n;
	}
	return s;
}

static enum err read_list(str inside, struct arena *a, struct gift_question *q)
{
	struct gift_answer *all = arena_try(a, GIFT_ANSWERS * sizeof *all);
	if (!all) return full();
	size_t at = next_sign(inside, 0);
	if (str_trim(str_part(inside, 0, at)).n)
		return FAIL_WHY(ERR_INVALID, "gift-sign",
		                "text before the first = or ~ of the answers");
	while (at < inside.n) {
		size_t from = at + 1;
		if (inside.p[at] == '~' && from < inside.n && inside.p[from] == '=') from++;
		size_t end = next_sign(inside, from);
		if (q->n == GIFT_ANSWERS)
			return FAIL_WHY(ERR_INVALID, "gift-answers", "more than %d answers",
			                GIFT_ANSWERS);
		TRY(read_one(str_part(inside, at + 1, end), inside.p[at], q->type, a,
		             &all[q->n]));
		q->n++;
		at = end;
	}
	q->answer = all;
	return ERR_OK;
}

/* {T}, {FALSE#when wrong#when right}. False when it is not one. */
static bool is_true_false(str inside, bool *truth)
{
	str word = str_trim(str_part(inside, 0, gift_find(inside, 0, '#')));
	bool yes = str_is_nocase(word, S("T")) || str_is_nocase(word, S("TRUE"));
	*truth = yes;
	return yes || str_is_nocase(word, S("F")) || str_is_nocase(word, S("FALSE"));
}

static enum err read_true_false(str inside, bool truth, struct arena *a,
                                struct gift_question *q)
{
	struct gift_answer *two = arena_try(a, 2 * sizeof *two);
	if (!two) return full();
	q->type = GIFT_TRUE_FALSE;
	two[0] = (struct gift_answer){ .text = S("true"), .weight = truth ? 100 : 0 };
	two[1] = (struct gift_answer){ .text = S("false"), .weight = truth ? 0 : 100 };
	size_t first = gift_find(inside, 0, '#');
	str wrong = str_part(inside, first + 1, inside.n), right = STR_NONE;
	size_t second = gift_find(wrong, 0, '#');
	if (second < wrong.n) right = str_trim(str_part(wrong, second + 1, wrong.n));
	wrong = str_trim(str_part(wrong, 0, second));
	if (wrong.n && !(two[truth].feedback = gift_plain(a, wrong)).p) return full();
	if (right.n && !(two[!truth].feedback = gift_plain(a, right)).p) return full();
	q->answer = two;
	q->n = 2;
	return ERR_OK;
}

static enum err has_a_right_one(const struct gift_question *q)
{
	double best = 0, most = 0;
	for (size_t i = 0; i < q->n; i++) {
		double weight = q->answer[i].weight;
		if (weight > 0) best += weight;
		if (weight > most) most = weight;
	}
	if (best <= 0 || (q->type == GIFT_SINGLE && most < 100))
		return FAIL_WHY(ERR_INVALID, "gift-no-key", "no answer is right");
	if (q->type == GIFT_MULTIPLE && (best < 99 || best > 101))
		return FAIL_WHY(ERR_INVALID, "gift-sum",
		                "the weights of the right answers do not make 100");
	if ((q->type == GIFT_SINGLE || q->type == GIFT_MULTIPLE) && q->n < 2)
		return FAIL_WHY(ERR_INVALID, "gift-no-choice", "a choice of one");
	if (q->type == GIFT_MATCHING && q->n < 2)
		return FAIL_WHY(ERR_INVALID, "gift-no-choice", "a match of one pair");
	return ERR_OK;
}

enum err gift_read_answers(str inside, struct arena *a, struct gift_question *q)
{
	bool truth;
	TRY(take_general(&inside, a, &q->feedback));
	inside = str_trim(inside);
	q->type = GIFT_ESSAY;
	if (!inside.n) return ERR_OK;
	if (is_true_false(inside, &truth)) return read_true_false(inside, truth, a, q);
	if (inside.p[0] == '#') {
		q->type = GIFT_NUMERICAL;
		inside = str_trim(str_part(inside, 1, inside.n));
		if (!inside.n) return FAIL_WHY(ERR_INVALID, "gift-number", "no number");
		if (inside.p[0] != '=' && inside.p[0] != '~')
			inside = arena_printf(a, "=%.*s",
			                      STR_ARG(str_part(inside, 0, 60000)));
	} else {
		struct signs s = look(inside);
		q->type = s.equals && !s.tilde ? (s.pair ? GIFT_MATCHING : GIFT_SHORT)
		          : s.equals           ? GIFT_SINGLE
		                               : GIFT_MULTIPLE;
	}
	TRY(read_list(inside, a, q));
	return has_a_right_one(q);
}
