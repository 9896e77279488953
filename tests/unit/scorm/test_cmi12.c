/* SPDX-License-Identifier: Apache-2.0 */
/* The data model of SCORM 1.2, element by element, and what LMSFinish makes of a lesson. */
#include "sco.h"

/* `first`: the value before anything is set; `first_error` 404 for what is write-only.
 * `good`: a value it takes (NULL: it is refused with `error`). `bad`: one that is no value
 * of its type (NULL: every text is right). */
struct row {
	const char *name, *first;
	int first_error;
	const char *good, *bad;
	int error; /* of setting what may not be set */
	const char *why;
};
static const struct row rows[] = {
	{ "cmi._version", "3.4", 0, NULL, NULL, 402, "a keyword" },
	{ "cmi.core._children",
	  "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_"
	  "time,"
	  "lesson_mode,exit,session_time",
	  0, NULL, NULL, 402, "a keyword" },
	{ "cmi.core.student_id", "l7", 0, NULL, NULL, 403, "read-only" },
	{ "cmi.core.student_name", "Learner, A", 0, NULL, NULL, 403, "read-only" },
	{ "cmi.core.lesson_location", "", 0, "page 3", NULL, 0, "any text" },
	{ "cmi.core.credit", "credit", 0, NULL, NULL, 403, "read-only" },
	{ "cmi.core.lesson_status", "not attempted", 0, "incomplete", "not attempted", 0,
	  "only the LMS says so" },
	{ "cmi.core.entry", "ab-initio", 0, NULL, NULL, 403, "read-only" },
	{ "cmi.core.score._children", "raw,min,max", 0, NULL, NULL, 402, "a keyword" },
	{ "cmi.core.score.raw", "", 0, "82.5", "100.5", 0, "above 100" },
	{ "cmi.core.score.min", "", 0, "", "-1", 0, "below 0; a blank is right" },
	{ "cmi.core.score.max", "", 0, "100", "a lot", 0, "no number" },
	{ "cmi.core.total_time", "0000:00:00.00", 0, NULL, NULL, 403, "read-only" },
	{ "cmi.core.lesson_mode", "normal", 0, NULL, NULL, 403, "read-only" },
	{ "cmi.core.exit", "", 404, "suspend", "normal", 0, "a word of SCORM 2004" },
	{ "cmi.core.session_time", "", 404, "0001:30:00.5", "PT1H30M", 0,
	  "a time of SCORM 2004" },
	{ "cmi.suspend_data", "", 0, "p=3", NULL, 0, "any text" },
	{ "cmi.launch_data", "", 0, NULL, NULL, 403, "read-only" },
	{ "cmi.comments", "", 0, "good", NULL, 0, "any text" },
	{ "cmi.comments_from_lms", "", 0, NULL, NULL, 403, "read-only" },
	{ "cmi.objectives._children", "id,score,status", 0, NULL, NULL, 402, "a keyword" },
	{ "cmi.objectives._count", "1", 0, NULL, NULL, 402, "a keyword" },
	{ "cmi.objectives.0.id", "o1", 0, "o2", "o 2", 0, "a blank" },
	{ "cmi.objectives.0.score._children", "raw,min,max", 0, NULL, NULL, 402,
	  "a keyword" },
	{ "cmi.objectives.0.score.raw", "", 0, "50", "fifty", 0, "no number" },
	{ "cmi.objectives.0.score.min", "", 0, "0", "-0.1", 0, "below 0" },
	{ "cmi.objectives.0.score.max", "", 0, "10", "101", 0, "above 100" },
	{ "cmi.objectives.0.status", "not attempted", 0, "not attempted", "unknown", 0,
	  "no such word" },
	{ "cmi.student_data._children", "mastery_score,max_time_allowed,time_limit_action",
	  0, NULL, NULL, 402, "a keyword" },
	{ "cmi.student_data.mastery_score", "", 0, NULL, NULL, 403, "read-only" },
	{ "cmi.student_data.max_time_allowed", "", 0, NULL, NULL, 403, "read-only" },
	{ "cmi.student_data.time_limit_action", "", 0, NULL, NULL, 403, "read-only" },
	{ "cmi.student_preference._children", "audio,language,speed,text", 0, NULL, NULL,
	  402, "a keyword" },
	{ "cmi.student_preference.audio", "0", 0, "-1", "101", 0, "above 100" },
	{ "cmi.student_preference.language", "", 0, "Kazakh", NULL, 0, "any text" },
	{ "cmi.student_preference.speed", "0", 0, "-100", "1.5", 0, "not whole" },
	{ "cmi.student_preference.text", "0", 0, "1", "2", 0, "-1, 0 or 1" },
	{ "cmi.interactions._children",
	  "id,objectives,time,type,correct_responses,weighting,student_response,result,"
	  "latency",
	  0, NULL, NULL, 402, "a keyword" },
	{ "cmi.interactions._count", "1", 0, NULL, NULL, 402, "a keyword" },
	{ "cmi.interactions.0.id", "", 404, "q1", "", 0, "an id is not empty" },
	{ "cmi.interactions.0.objectives._count", "0", 0, NULL, NULL, 402, "a keyword" },
	{ "cmi.interactions.0.objectives.0.id", "", 201, "o1", "o 1", 0, "a blank" },
	{ "cmi.interactions.0.time", "", 404, "17:05:09.2", "24:00:00", 0, "no such hour" },
	{ "cmi.interactions.0.type", "", 404, "choice", "long-fill-in", 0,
	  "a type of SCORM 2004" },
	{ "cmi.interactions.0.correct_responses._count", "0", 0, NULL, NULL, 402,
	  "a keyword" },
	{ "cmi.interactions.0.correct_responses.0.pattern", "", 201, "a,b", NULL, 0,
	  "any text" },
	{ "cmi.interactions.0.weighting", "", 404, "-1.5", "much", 0, "no number" },
	{ "cmi.interactions.0.student_response", "", 404, "a", NULL, 0, "any text" },
	{ "cmi.interactions.0.result", "", 404, "wrong", "incorrect", 0,
	  "a word of SCORM 2004" },
	{ "cmi.interactions.0.latency", "", 404, "00:00:10", "10", 0, "not a time" },
};

static void start(struct sco *s)
{
	sco_run(s, SCORM_1_2);
	set_is(s, "cmi.objectives.0.id", "o1", 0);
	set_is(s, "cmi.interactions.0.id", "q1", 0);
}

static void each_element_begins_as_the_book_says(void **state)
{
	(void)state;
	static struct sco s;
	start(&s);
	for (size_t i = 0; i < countof(rows); i++)
		get_is(&s, rows[i].name, rows[i].first, rows[i].first_error);
}

static void what_is_set_is_there_and_what_is_refused_changes_nothing(void **state)
{
	(void)state;
	static struct sco s;
	for (size_t i = 0; i < countof(rows); i++) {
		const struct row *r = &rows[i];
		start(&s);
		if (!r->good) {
			set_is(&s, r->name, "1", r->error);
			get_is(&s, r->name, r->first, r->first_error);
			continue;
		}
		set_is(&s, r->name, r->good, 0);
		if (r->bad) set_is(&s, r->name, r->bad, 405);
		bool hidden = r->first_error == 404 || r->first_error == 201;
		get_is(&s, r->name, hidden ? "" : r->good, hidden ? 404 : 0);
	}
}

static void nothing_is_answered_before_and_after_the_session(void **state)
{
	(void)state;
	static struct sco s;
	sco_course(&s, SCORM_1_2);
	sco_open(&s);
	for (int after = 0; after < 2; after++) {
		for (size_t i = 0; i < countof(rows); i++) {
			get_is(&s, rows[i].name, "", 301);
			set_is(&s, rows[i].name, "1", 301);
		}
		assert_str(sco_call(&s, "LMSCommit", "", NULL), S("false"));
		assert_str(sco_call(&s, "LMSFinish", "", NULL), S("false"));
		assert_str(sco_call(&s, "LMSGetLastError", "", NULL), S("301"));
		if (after) break;
		assert_true(sco_start(&s));
		assert_str(sco_call(&s, "LMSFinish", "", NULL), S("true"));
	}
	assert_str(sco_call(&s, "LMSInitialize", "", NULL), S("false"));
	assert_int_equal(scorm_last_error(s.e), 101);
}

static void names_that_are_none_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int get, set;
		const char *why;
	} names[] = {
		{ "", 201, 201, "no name" },
		{ "cmi", 201, 201, "no element" },
		{ "adl.nav.request", 401, 401, "another model" },
		{ "xyz.score.result", 401, 401, "the book's own example" },
		{ "cmi.core", 401, 401, "a container" },
		{ "cmi.completion_status", 401, 401, "an element of SCORM 2004" },
		{ "cmi.core.lesson_status._children", 202, 402, "it has none" },
		{ "cmi.core.lesson_status._count", 203, 402, "it is no list" },
		{ "cmi.core.score._count", 203, 402, "it is no list" },
		{ "cmi.core._version", 401, 402, "only cmi has one" },
		{ "cmi.objectives.1.id", 201, 0, "may be set, next in order" },
		{ "cmi.objectives.7.id", 201, 201, "out of order" },
		{ "cmi.interactions.0.correct_responses.3.pattern", 201, 201,
		  "out of order" },
	};
	static struct sco s;
	start(&s);
	for (size_t i = 0; i < countof(names); i++) {
		sco_call(&s, "LMSGetValue", names[i].name, NULL);
		assert_row(scorm_last_error(s.e) == names[i].get, names[i].why);
		sco_call(&s, "LMSSetValue", names[i].name, "1");
		assert_row(scorm_last_error(s.e) == names[i].set, names[i].why);
	}
}

static void finishing_decides_the_status(void **state)
{
	(void)state;
	static const struct {
		const char *mastery, *mode, *credit, *status, *raw, *leaves, *wanted;
		bool called;
		const char *why;
	} cases[] = {
		{ NULL, NULL, NULL, NULL, NULL, NULL, "completed", true, "said nothing" },
		{ NULL, NULL, NULL, NULL, NULL, NULL, "incomplete", false,
		  "was taken away without a word" },
		{ NULL, NULL, NULL, "incomplete", NULL, NULL, "incomplete", true,
		  "as it says" },
		{ NULL, NULL, NULL, "failed", "90", NULL, "failed", true,
		  "nothing to judge by" },
		{ "80", NULL, NULL, "completed", "80", NULL, "passed", true, "enough" },
		{ "80", NULL, NULL, "completed", "79.9", NULL, "failed", true,
		  "not enough" },
		{ "80", NULL, NULL, "passed", "10", NULL, "failed", true,
		  "the score decides" },
		{ "80", NULL, NULL, "passed", NULL, NULL, "passed", true,
		  "there is no score" },
		{ "80", NULL, NULL, NULL, "95", NULL, "passed", true, "a score is enough" },
		{ "80", NULL, NULL, "incomplete", "10", "suspend", "incomplete", true,
		  "it goes on another time" },
		{ "80", NULL, "no-credit", "completed", "95", NULL, "completed", true,
		  "no credit" },
		{ "80", "browse", NULL, NULL, "95", NULL, "browsed", true,
		  "only looked at" },
		{ "80", "review", NULL, "completed", "10", NULL, "completed", true,
		  "only looked at again" },
		{ "no", NULL, NULL, "completed", "10", NULL, "completed", true,
		  "no mastery score" },
	};
	static struct sco s;
	for (size_t i = 0; i < countof(cases); i++) {
		sco_course(&s, SCORM_1_2);
		s.a[1].mastery_score = str_of(cases[i].mastery);
		s.learner.mode = str_of(cases[i].mode);
		s.learner.credit = str_of(cases[i].credit);
		sco_open(&s);
		assert_true(sco_start(&s));
		if (cases[i].status)
			set_is(&s, "cmi.core.lesson_status", cases[i].status, 0);
		if (cases[i].raw) set_is(&s, "cmi.core.score.raw", cases[i].raw, 0);
		if (cases[i].leaves) set_is(&s, "cmi.core.exit", cases[i].leaves, 0);
		if (cases[i].called) sco_call(&s, "LMSFinish", "", NULL);
		sco_go(&s, NAV_CHOICE, 2);
		sco_go(&s, NAV_CHOICE, 1);
		assert_true(sco_start(&s));
		str got = sco_call(&s, "LMSGetValue", "cmi.core.lesson_status", NULL);
		assert_row(str_is(got, str_of(cases[i].wanted)), cases[i].why);
	}
}

static void a_lesson_keeps_its_data_over_its_visits(void **state)
{
	(void)state;
	static struct sco s;
	start(&s);
	set_is(&s, "cmi.suspend_data", "p=3", 0);
	set_is(&s, "cmi.core.session_time", "0001:00:00.5", 0);
	set_is(&s, "cmi.core.exit", "suspend", 0);
	sco_call(&s, "LMSFinish", "", NULL);
	sco_go(&s, NAV_CHOICE, 2);
	assert_true(sco_start(&s));
	get_is(&s, "cmi.core.entry", "ab-initio", 0);
	get_is(&s, "cmi.suspend_data", "", 0);
	sco_go(&s, NAV_CHOICE, 1);
	assert_true(sco_start(&s));
	get_is(&s, "cmi.core.entry", "resume", 0);
	get_is(&s, "cmi.suspend_data", "p=3", 0);
	get_is(&s, "cmi.core.total_time", "0001:00:00.50", 0);
	set_is(&s, "cmi.core.session_time", "00:59:59.50", 0);
	sco_call(&s, "LMSFinish", "", NULL);
	sco_go(&s, NAV_CHOICE, 2);
	sco_go(&s, NAV_CHOICE, 1);
	assert_true(sco_start(&s));
	get_is(&s, "cmi.core.entry", "", 0);
	get_is(&s, "cmi.core.total_time", "0002:00:00.00", 0);
}

static void the_standing_says_what_the_lesson_said(void **state)
{
	(void)state;
	static struct sco s;
	start(&s);
	set_is(&s, "cmi.core.lesson_status", "passed", 0);
	set_is(&s, "cmi.core.score.max", "50", 0);
	set_is(&s, "cmi.core.score.raw", "40", 0);
	set_is(&s, "cmi.core.lesson_location", "end", 0);
	sco_call(&s, "LMSCommit", "", NULL);
	struct scorm_standing t = scorm_standing_of(s.e, 1);
	assert_string_equal(t.completion, "completed");
	assert_string_equal(t.success, "passed");
	assert_true(t.score > 0.7999999 && t.score < 0.8000001);
	assert_str(t.location, S("end"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_element_begins_as_the_book_says),
		cmocka_unit_test(what_is_set_is_there_and_what_is_refused_changes_nothing),
		cmocka_unit_test(nothing_is_answered_before_and_after_the_session),
		cmocka_unit_test(names_that_are_none_are_refused),
		cmocka_unit_test(finishing_decides_the_status),
		cmocka_unit_test(a_lesson_keeps_its_data_over_its_visits),
		cmocka_unit_test(the_standing_says_what_the_lesson_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
