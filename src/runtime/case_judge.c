/* SPDX-License-Identifier: Apache-2.0 */
/* Judges what a player elsewhere, in a browser, did with a case. Whoever drives it writes
 * down what was seen and decides nothing:
 *
 *     { "tc": "CM-01", "id": "lrn_…", "name": "Ахметова Әлия", "ended": false,
 *       "visits": [ { "activity": "1", "ui": ["Y"], "session": "active",
 *         "calls": [ { "el": "cmi.location", "value": "", "error": 403 },
 *                    { "ids": ["obj1"] } ] } ],
 *       "why": "Continue cannot be pressed" }
 *
 * `ui` and `calls` are in the case's order, `session` is the state after the visit, `why`
 * tells what kept it from going on. */
#include "runtime/casebook.h"

#include <stdarg.h>
#include <stdio.h>

enum { TEXT_MOST = 1 << 20, LIST_MOST = 20000 };

struct seen_call {
	str el, value;
	int64_t error;
	struct json_list ids; /* of compareObjIds */
};
struct seen_visit {
	str activity, session;
	struct json_list ui, calls; /* of str, of seen_call */
};
struct seen {
	str id, name, why;
	bool ended;
	struct json_list visits; /* of seen_visit */
};

static const struct json_field call_fields[] = {
	JSON_TEXT(struct seen_call, el, false, 0, TEXT_MOST),
	JSON_TEXT(struct seen_call, value, false, 0, TEXT_MOST),
	JSON_INT(struct seen_call, error, false, 0, 999),
	JSON_TEXTS(struct seen_call, ids, false, CASE_IDS_MOST),
};
static const struct shape call_shape = SHAPE("SeenCall", struct seen_call, call_fields);

static const struct json_field visit_fields[] = {
	JSON_TEXT(struct seen_visit, activity, true, 0, 1000),
	JSON_TEXT(struct seen_visit, session, false, 0, 40),
	JSON_TEXTS(struct seen_visit, ui, true, LIST_MOST),
	JSON_LIST(struct seen_visit, calls, true, LIST_MOST, call_shape),
};
static const struct shape visit_shape = SHAPE("SeenVisit", struct seen_visit, visit_fields);

static const struct json_field seen_fields[] = {
	JSON_TEXT(struct seen, id, true, 1, 1000),
	JSON_TEXT(struct seen, name, true, 1, 1000),
	JSON_TEXT(struct seen, why, false, 0, TEXT_MOST),
	JSON_BOOL(struct seen, ended, false),
	JSON_LIST(struct seen, visits, true, LIST_MOST, visit_shape),
};
static const struct shape seen_shape = SHAPE("Seen", struct seen, seen_fields);

struct judging {
	const struct seen *seen;
	const struct case_visit *visit;
	struct arena *arena;
	struct case_result *result;
};

/* The first reason counts. */
printf_like(2, 3) static void wrong(struct judging *j, const char *format, ...)
{
	char text[600];
	va_list args;
	if (j->result->why.p) return;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	j->result->why =
		arena_printf(j->arena, "%.*s: %s",
	                     STR_ARG(j->visit ? j->visit->visit : S("start")), text);
}

static void wrong_if(struct judging *j, str why)
{
	if (why.p) wrong(j, "%.*s", STR_ARG(why));
}

static void judge_ui(struct judging *j, const struct seen_visit *got)
{
	const struct case_question *q = j->visit->ui.items;
	const str *answer = got->ui.items;
	for (size_t i = 0; i < j->visit->ui.n; i++) {
		if (i >= got->ui.n) {
			wrong(j, "no answer to %.*s", STR_ARG(q[i].kind));
			return;
		}
		if (str_is(q[i].kind, S("click.button"))) continue;
		wrong_if(j, case_question_why(j->arena, &q[i], str_is(answer[i], S("Y"))));
	}
}

static void judge_calls(struct judging *j, const struct seen_visit *got)
{
	const struct case_learner learner = { j->seen->id, j->seen->name };
	const struct case_call *wanted = j->visit->calls.items;
	const struct seen_call *call = got->calls.items;
	for (size_t i = 0; i < j->visit->calls.n; i++) {
		if (i >= got->calls.n) {
			wrong(j, "call %zu, %.*s(%.*s) was not made", i,
			      STR_ARG(wanted[i].m), STR_ARG(wanted[i].el));
			return;
		}
		j->result->calls++;
		if (str_is(wanted[i].m, S("compareObjIds"))) {
			wrong_if(j, case_ids_why(j->arena, wanted[i].ids, call[i].ids));
			continue;
		}
		struct case_answer answer = { call[i].el.p ? call[i].el : S(""),
			                      call[i].value, call[i].error };
		wrong_if(j, case_answer_why(j->arena, &wanted[i], i, answer, &learner));
	}
}

static void judge_session(struct judging *j, const struct seen_visit *got)
{
	str wanted = j->visit->after->session;
	bool over =
		str_is(got->session, S("ended")) || str_is(got->session, S("suspended"));
	if (!wanted.p || (str_is(wanted, S("ended")) ? over : str_is(got->session, wanted)))
		return;
	wrong(j, "the session is not %.*s but %.*s", STR_ARG(wanted),
	      STR_ARG(got->session));
}

static void judge_visit(struct judging *j, const struct seen_visit *got)
{
	j->result->visits++;
	if (!str_is(got->activity, j->visit->activity)) {
		wrong(j, "activity %.*s is launched, %.*s should be",
		      STR_ARG(got->activity), STR_ARG(j->visit->activity));
		return;
	}
	judge_ui(j, got);
	judge_calls(j, got);
	judge_session(j, got);
}

enum err casebook_judge(str json, str text, struct arena *arena, struct case_result *out)
{
	struct case_file file;
	struct seen seen;
	struct case_result result = { 0 };
	TRY(json_read(json, &case_shape, JSON_LENIENT, arena, &file));
	TRY(json_read(text, &seen_shape, JSON_LENIENT, arena, &seen));
	struct judging j = { .seen = &seen, .arena = arena, .result = &result };
	const struct case_visit *visits = file.visits.items;
	const struct seen_visit *got = seen.visits.items;
	result.name = file.tc;
	for (size_t i = 0; i < file.visits.n && !result.why.p; i++) {
		if (i < seen.visits.n) {
			j.visit = &visits[i];
			judge_visit(&j, &got[i]);
		} else {
			wrong(&j, "then %.*s is not launched: %.*s",
			      STR_ARG(visits[i].visit), STR_ARG(seen.why));
		}
	}
	if (seen.why.n) wrong(&j, "%.*s", STR_ARG(seen.why));
	if (file.ends && !seen.ended) wrong(&j, "the session has not ended");
	result.passed = !result.why.p;
	*out = result;
	return ERR_OK;
}
