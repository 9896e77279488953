/* SPDX-License-Identifier: Apache-2.0 */
/* adlcp:prerequisites of SCORM 1.2 (CAM 2.3, type aicc_script): may a lesson be entered? An
 * item is fulfilled when it is passed or, where it is not judged, completed.
 *
 *     either  all { "|" all }                       one of them
 *     all     not { "&" not }                       each of them
 *     not     "~" not | one
 *     one     "(" either ")" | [ n "*" ] "{" either { "," either } "}"
 *             | id [ ( "=" | "<>" ) status ]
 *
 * "2*{A,B,C}" is two of the three, without a number it is all. What is not understood, or
 * speaks of an item that is not there, bars nobody. */
#include "scorm/sequencing.h"

struct script {
	const struct scorm *e;
	int32_t activity; /* whose it is */
	str rest;
	int depth;
	bool wrong;
};

static bool either(struct script *);

/* The next sign is this one: it is taken. */
static bool take(struct script *s, char sign)
{
	s->rest = str_trim(s->rest);
	if (!s->rest.n || s->rest.p[0] != sign) return false;
	s->rest = str_part(s->rest, 1, s->rest.n);
	return true;
}

static void must(struct script *s, char sign)
{
	if (!take(s, sign)) s->wrong = true;
}

/* An id, a status or a number, in quotes or not. */
static str take_word(struct script *s)
{
	bool quoted = take(s, '"');
	str rest = s->rest;
	size_t n = 0;
	while (n < rest.n &&
	       (quoted ? rest.p[n] != '"' : !memchr("&|~=<>(){},*\"", rest.p[n], 13)))
		n++;
	s->rest = str_part(rest, n, rest.n);
	if (quoted) must(s, '"');
	str word = str_trim(str_part(rest, 0, n));
	if (!word.n) s->wrong = true;
	return word;
}

/* ---- items ---- */

/* Mostly it is the lesson just before. */
static int32_t find(const struct script *s, str id)
{
	const struct scorm_tree *tree = s->e->tree;
	for (int32_t i = s->activity - 1; i >= 0; i--)
		if (str_is(tree->activity[i].id, id)) return i;
	for (int32_t i = s->activity; i < tree->n; i++)
		if (str_is(tree->activity[i].id, id)) return i;
	return -1;
}

static const char *status_of(const struct scorm *e, int32_t activity)
{
	struct scorm_objective_track o = track_objective(e, activity, 0);
	bool completed;
	if (o.known & KNOWN_SATISFIED) return o.satisfied ? "passed" : "failed";
	if (!track_completion(e, activity, &completed)) return "not attempted";
	return completed ? "completed" : "incomplete";
}

/* AICC: the first letter will do. */
static bool is_status(const char *status, str wanted)
{
	str all = str_of(status);
	return wanted.n && wanted.n <= all.n &&
	       str_is_nocase(wanted, str_part(all, 0, wanted.n == 1 ? 1 : all.n));
}

static bool item(struct script *s, str id)
{
	int32_t i = find(s, id);
	if (i < 0) {
		s->wrong = true;
		return true;
	}
	const char *status = status_of(s->e, i);
	if (take(s, '=')) return is_status(status, take_word(s));
	if (take(s, '<')) {
		must(s, '>');
		return !is_status(status, take_word(s));
	}
	return is_status(status, S("passed")) || is_status(status, S("completed"));
}

/* ---- expressions ---- */

/* Behind "{". */
static bool set(struct script *s, int64_t least)
{
	int64_t all = 0, fulfilled = 0;
	do {
		all++;
		fulfilled += either(s);
	} while (!s->wrong && take(s, ','));
	must(s, '}');
	return fulfilled >= (least < 0 ? all : least);
}

static bool one(struct script *s)
{
	if (take(s, '(')) {
		bool is = either(s);
		must(s, ')');
		return is;
	}
	if (take(s, '{')) return set(s, -1);
	str word = take_word(s);
	int64_t least;
	if (!take(s, '*')) return item(s, word);
	must(s, '{');
	if (!str_to_int(word, 0, 100000, &least)) s->wrong = true;
	return !s->wrong && set(s, least);
}

static bool not(struct script * s)
{
	bool is = true;
	while (take(s, '~')) is = !is;
	return one(s) == is;
}

static bool all(struct script *s)
{
	bool is = not(s);
	while (!s->wrong && take(s, '&')) is &= not(s);
	return is;
}

static bool either(struct script *s)
{
	if (++s->depth > SCORM_DEPTH) s->wrong = true;
	bool is = s->wrong || all(s);
	while (!s->wrong && take(s, '|')) is |= all(s);
	s->depth--;
	return is;
}

bool prerequisites_met(const struct scorm *e, int32_t activity)
{
	struct script s = { .e = e,
		            .activity = activity,
		            .rest = str_trim(e->tree->activity[activity].prerequisites) };
	if (!s.rest.n) return true;
	bool met = either(&s);
	return met || s.wrong || str_trim(s.rest).n;
}
