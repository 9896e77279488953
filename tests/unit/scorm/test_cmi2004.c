/* SPDX-License-Identifier: Apache-2.0 */
/* The data model of SCORM 2004, element by element: what is there at first, what may be
 * set, what may not, and what is answered outside of a session. */
#include "sco.h"

/* `first`: the value before anything is set; with `first_error` where there is none.
 * `good`: a value it takes (NULL: it is read-only). `bad`: one that is refused with
 * `bad_error` (NULL: every text is right). */
struct row {
	const char *name, *first;
	int first_error;
	const char *good, *bad;
	int bad_error;
	const char *why;
};
static const struct row rows[] = {
	{ "cmi._version", "1.0", 0, NULL, NULL, 0, "a keyword" },
	{ "cmi.comments_from_learner._children", "comment,location,timestamp", 0, NULL,
	  NULL, 0, "a keyword" },
	{ "cmi.comments_from_learner._count", "1", 0, NULL, NULL, 0, "a keyword" },
	{ "cmi.comments_from_learner.0.comment", "c", 0, "{lang=kk}Сәлем", "{lang=frl}z",
	  406, "frl is no language" },
	{ "cmi.comments_from_learner.0.location", "", 403, "page 3", NULL, 0, "any text" },
	{ "cmi.comments_from_learner.0.timestamp", "", 403, "2004-06-30T14:00:00.10+05:59",
	  "2004-06-30T14:00:00Z", 406, "a zone needs a fraction before it" },
	{ "cmi.comments_from_lms._children", "comment,location,timestamp", 0, NULL, NULL, 0,
	  "a keyword" },
	{ "cmi.comments_from_lms._count", "0", 0, NULL, NULL, 0, "there are none" },
	{ "cmi.completion_status", "unknown", 0, "not attempted", "done", 406,
	  "no such word" },
	{ "cmi.completion_threshold", "", 403, NULL, NULL, 0, "not in the manifest" },
	{ "cmi.credit", "credit", 0, NULL, NULL, 0, "read-only" },
	{ "cmi.entry", "ab-initio", 0, NULL, NULL, 0, "read-only" },
	{ "cmi.exit", "", 405, "suspend", "quit", 406, "write-only, and no such word" },
	{ "cmi.interactions._children",
	  "id,type,objectives,timestamp,correct_responses,weighting,learner_response,"
	  "result,"
	  "latency,description",
	  0, NULL, NULL, 0, "a keyword" },
	{ "cmi.interactions._count", "1", 0, NULL, NULL, 0, "a keyword" },
	{ "cmi.interactions.0.id", "q1", 0, "urn:kenes:q1", "urn:", 406, "half an URN" },
	{ "cmi.interactions.0.type", "numeric", 0, "numeric", "essay", 406,
	  "no such type" },
	{ "cmi.interactions.0.objectives._count", "0", 0, NULL, NULL, 0, "a keyword" },
	{ "cmi.interactions.0.objectives._children", "id", 0, NULL, NULL, 0, "a keyword" },
	{ "cmi.interactions.0.objectives.0.id", "", 301, "o1", "o 1", 406, "a blank" },
	{ "cmi.interactions.0.timestamp", "", 403, "2004", "1969", 406, "before 1970" },
	{ "cmi.interactions.0.correct_responses._count", "0", 0, NULL, NULL, 0,
	  "a keyword" },
	{ "cmi.interactions.0.correct_responses.0.pattern", "", 301, "1[:]2", "2[:]1", 406,
	  "the least is more than the most" },
	{ "cmi.interactions.0.weighting", "", 403, "-0.5", "1e3", 406, "no exponents" },
	{ "cmi.interactions.0.learner_response", "", 403, "3.14", "three", 406, "numeric" },
	{ "cmi.interactions.0.result", "", 403, "unanticipated", "wrong", 406,
	  "a word of SCORM 1.2" },
	{ "cmi.interactions.0.latency", "", 403, "PT1H0.5S", "PT1.5H", 406,
	  "a fraction of hours" },
	{ "cmi.interactions.0.description", "", 403, "why?", "{lang=xx}why?", 406,
	  "xx is no language" },
	{ "cmi.launch_data", "", 403, NULL, NULL, 0, "not in the manifest" },
	{ "cmi.learner_id", "l7", 0, NULL, NULL, 0, "read-only" },
	{ "cmi.learner_name", "Learner, A", 0, NULL, NULL, 0, "read-only" },
	{ "cmi.learner_preference._children",
	  "audio_level,language,delivery_speed,audio_captioning", 0, NULL, NULL, 0,
	  "a keyword" },
	{ "cmi.learner_preference.audio_level", "1", 0, "0.25", "-1", 407, "below 0" },
	{ "cmi.learner_preference.language", "", 0, "ru", "russian", 406, "no code" },
	{ "cmi.learner_preference.delivery_speed", "1", 0, "2", "fast", 406, "no number" },
	{ "cmi.learner_preference.audio_captioning", "0", 0, "-1", "2", 406, "-1, 0 or 1" },
	{ "cmi.location", "", 403, "chapter 4", NULL, 0, "any text" },
	{ "cmi.max_time_allowed", "", 403, NULL, NULL, 0, "not in the manifest" },
	{ "cmi.mode", "normal", 0, NULL, NULL, 0, "read-only" },
	{ "cmi.objectives._children",
	  "id,score,success_status,completion_status,progress_measure,description", 0, NULL,
	  NULL, 0, "a keyword" },
	{ "cmi.objectives._count", "1", 0, NULL, NULL, 0, "a keyword" },
	{ "cmi.objectives.0.id", "o1", 0, "o1", "", 406, "an id is not empty" },
	{ "cmi.objectives.0.score._children", "scaled,min,max,raw", 0, NULL, NULL, 0,
	  "a keyword" },
	{ "cmi.objectives.0.score.scaled", "", 403, "-1.0", "1.01", 407, "above 1" },
	{ "cmi.objectives.0.score.raw", "", 403, "82.50", "a lot", 406, "no number" },
	{ "cmi.objectives.0.score.min", "", 403, "-3", "", 406, "no number" },
	{ "cmi.objectives.0.score.max", "", 403, "100", ".", 406, "no digits" },
	{ "cmi.objectives.0.success_status", "unknown", 0, "passed", "completed", 406,
	  "no such word" },
	{ "cmi.objectives.0.completion_status", "unknown", 0, "incomplete", "passed", 406,
	  "no such word" },
	{ "cmi.objectives.0.progress_measure", "", 403, "0.5", "1.5", 407, "above 1" },
	{ "cmi.objectives.0.description", "", 403, "{lang=en-GB}colour", "{lang=}colour",
	  406, "no language at all" },
	{ "cmi.progress_measure", "", 403, "1", "-0.1", 407, "below 0" },
	{ "cmi.scaled_passing_score", "", 403, NULL, NULL, 0, "not in the manifest" },
	{ "cmi.score._children", "scaled,min,max,raw", 0, NULL, NULL, 0, "a keyword" },
	{ "cmi.score.scaled", "", 403, "0.000099999887765544", "-1.5", 407, "below -1" },
	{ "cmi.score.raw", "", 403, "7.000099999887765544", "7,5", 406, "a comma" },
	{ "cmi.score.min", "", 403, "0", "--1", 406, "two signs" },
	{ "cmi.score.max", "", 403, "10", "10.", 406, "no digits after the point" },
	{ "cmi.session_time", "", 405, "PT15M", "00:15:00", 406, "a time of SCORM 1.2" },
	{ "cmi.success_status", "unknown", 0, "failed", "", 406, "an empty word" },
	{ "cmi.suspend_data", "", 403, "p=3;q=1", NULL, 0, "any text" },
	{ "cmi.time_limit_action", "continue,no message", 0, NULL, NULL, 0, "its default" },
	{ "cmi.total_time", "PT0H0M0S", 0, NULL, NULL, 0, "read-only" },
	{ "adl.data._children", "id,store", 0, NULL, NULL, 0, "a keyword" },
	{ "adl.data._count", "1", 0, NULL, NULL, 0, "of the manifest" },
	{ "adl.data.0.id", "shared", 0, NULL, NULL, 0, "of the manifest" },
	{ "adl.data.0.store", "", 403, "bucket", NULL, 0, "any text" },
	{ "adl.nav.request", "_none_", 0, "{target=second}choice", "{target=second}", 406,
	  "a target and no request" },
	{ "adl.nav.request_valid.continue", "true", 0, NULL, NULL, 0, "read-only" },
	{ "adl.nav.request_valid.previous", "false", 0, NULL, NULL, 0, "read-only" },
	{ "adl.nav.request_valid.choice.{target=second}", "true", 0, NULL, NULL, 0,
	  "read-only" },
	{ "adl.nav.request_valid.choice.{target=third}", "false", 0, NULL, NULL, 0,
	  "there is no third" },
	{ "adl.nav.request_valid.jump.{target=second}", "true", 0, NULL, NULL, 0,
	  "read-only" },
};

static void prepare(struct sco *s)
{
	sco_course(s, SCORM_2004_4TH);
	s->store[1] = (struct scorm_store_map){ S("shared"), true, true };
	s->a[1].store = &s->store[1];
	s->a[1].n_stores = 1;
	sco_open(s);
}

/* A record in each collection. */
static void begin_records(struct sco *s)
{
	set_is(s, "cmi.comments_from_learner.0.comment", "c", 0);
	set_is(s, "cmi.interactions.0.id", "q1", 0);
	set_is(s, "cmi.interactions.0.type", "numeric", 0);
	set_is(s, "cmi.objectives.0.id", "o1", 0);
}

static void each_element_begins_as_the_book_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		static struct sco s;
		prepare(&s);
		assert_true(sco_start(&s));
		begin_records(&s);
		get_is(&s, rows[i].name, rows[i].first, rows[i].first_error);
	}
}

static void what_is_set_is_there_and_what_is_refused_changes_nothing(void **state)
{
	(void)state;
	static struct sco s;
	for (size_t i = 0; i < countof(rows); i++) {
		const struct row *r = &rows[i];
		prepare(&s);
		assert_true(sco_start(&s));
		begin_records(&s);
		if (!r->good) {
			set_is(&s, r->name, "anything", 404);
			get_is(&s, r->name, r->first, r->first_error);
			continue;
		}
		set_is(&s, r->name, r->good, 0);
		if (r->bad) set_is(&s, r->name, r->bad, r->bad_error);
		if (r->first_error == 405)
			get_is(&s, r->name, "", 405);
		else
			get_is(&s, r->name, r->good, 0);
	}
}

static void nothing_is_answered_before_and_after_the_session(void **state)
{
	(void)state;
	static struct sco s;
	for (size_t i = 0; i < countof(rows); i++) {
		const struct row *r = &rows[i];
		prepare(&s);
		get_is(&s, r->name, "", 122);
		set_is(&s, r->name, "1", 132);
		assert_true(sco_start(&s));
		assert_str(sco_call(&s, "Terminate", "", NULL), S("true"));
		get_is(&s, r->name, "", 123);
		set_is(&s, r->name, "1", 133);
	}
}

static void names_that_are_none_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int get, set;
		const char *why;
	} names[] = {
		{ "", 301, 351, "no name" },
		{ "cmi", 401, 401, "a container" },
		{ "cmi.score", 401, 401, "a container" },
		{ "cmi.objectives", 401, 401, "a collection" },
		{ "cmi.core.lesson_status", 401, 401, "an element of SCORM 1.2" },
		{ "cmi.Location", 401, 401, "another case" },
		{ "cmi.location.", 401, 401, "a point too many" },
		{ "cmi.interactions.id", 401, 401, "no index" },
		{ "cmi.interactions.-1.id", 401, 401, "no index either" },
		{ "cmi.interactions.0", 401, 401, "a record is no value" },
		{ "cmi.location._children", 301, 401, "it has none" },
		{ "cmi.score._count", 301, 401, "it has none" },
		{ "cmi.score._version", 301, 401, "it has none" },
		{ "cmi.interactions.1.type", 301, 408, "its id comes first" },
		{ "cmi.interactions.2.id", 301, 351, "1 comes first" },
		{ "cmi.interactions.99999999999999999999.id", 301, 351, "far beyond" },
		{ "cmi.comments_from_lms.0.comment", 301, 404, "never to be set" },
		{ "adl.data.1.store", 301, 351, "the manifest has one" },
		{ "adl.nav.request_valid", 401, 401, "a container" },
		{ "adl.nav.request_valid.choice", 301, 404, "no target" },
		{ "adl.nav.request_valid.choice.{aim=second}", 301, 404, "no target" },
		{ "adl.nav.request_valid.exit", 401, 401, "not in the book" },
	};
	static struct sco s;
	prepare(&s);
	assert_true(sco_start(&s));
	begin_records(&s);
	for (size_t i = 0; i < countof(names); i++) {
		sco_call(&s, "GetValue", names[i].name, NULL);
		assert_row(scorm_last_error(s.e) == names[i].get, names[i].why);
		sco_call(&s, "SetValue", names[i].name, "1");
		assert_row(scorm_last_error(s.e) == names[i].set, names[i].why);
	}
}

static void the_type_of_an_interaction_comes_before_its_answers(void **state)
{
	(void)state;
	static struct sco s;
	sco_run(&s, SCORM_2004_4TH);
	set_is(&s, "cmi.interactions.0.correct_responses.0.pattern", "a", 408);
	set_is(&s, "cmi.interactions.0.id", "q1", 0);
	set_is(&s, "cmi.interactions.0.learner_response", "a", 408);
	set_is(&s, "cmi.interactions.0.correct_responses.3.pattern", "a", 408);
	set_is(&s, "cmi.interactions.0.type", "choice", 0);
	set_is(&s, "cmi.interactions.0.correct_responses.3.pattern", "a", 351);
	set_is(&s, "cmi.interactions.0.correct_responses.0.pattern", "a", 0);
}

static void a_call_after_terminate_is_told_so_whatever_its_argument(void **state)
{
	(void)state;
	static const struct {
		const char *method;
		int before, after;
	} calls[] = { { "Initialize", 201, 104 },
		      { "Commit", 201, 143 },
		      { "Terminate", 201, 113 } };
	static struct sco s;
	sco_run(&s, SCORM_2004_4TH);
	for (size_t i = 0; i < countof(calls); i++) {
		sco_call(&s, calls[i].method, "x", NULL);
		assert_row(scorm_last_error(s.e) == calls[i].before, calls[i].method);
	}
	sco_call(&s, "Terminate", "", NULL);
	for (size_t i = 0; i < countof(calls); i++) {
		sco_call(&s, calls[i].method, "x", NULL);
		assert_row(scorm_last_error(s.e) == calls[i].after, calls[i].method);
	}
}

static void objectives_have_ids_that_are_set_once_and_differ(void **state)
{
	(void)state;
	static struct sco s;
	sco_run(&s, SCORM_2004_4TH);
	set_is(&s, "cmi.objectives.0.score.raw", "1", 408);
	set_is(&s, "cmi.objectives.0.id", "a", 0);
	set_is(&s, "cmi.objectives.0.id", "b", 351);
	set_is(&s, "cmi.objectives.0.id", "a", 0);
	set_is(&s, "cmi.objectives.1.id", "a", 351);
	get_is(&s, "cmi.objectives._count", "1", 0);
}

static void earlier_editions_know_no_shared_data_and_no_jump(void **state)
{
	(void)state;
	static struct sco s;
	sco_run(&s, SCORM_2004_3RD);
	get_is(&s, "adl.data._count", "", 401);
	set_is(&s, "adl.nav.request", "{target=second}jump", 406);
	set_is(&s, "adl.nav.request", "{target=second}choice", 0);
	get_is(&s, "adl.nav.request_valid.jump.{target=second}", "", 401);
	set_is(&s, "adl.nav.request", "{target=}choice", 406);
	set_is(&s, "adl.nav.request", "{target=a b}choice", 406);
	get_is(&s, "cmi.location", "", 403);
}

static void suspend_data_beyond_the_promise_is_kept_whole(void **state)
{
	(void)state;
	static struct sco s;
	static char data[256 * 1024 + 2];
	sco_run(&s, SCORM_2004_4TH);
	memset(data, 'x', sizeof data - 1);
	set_is(&s, "cmi.suspend_data", data, 351);
	data[256 * 1024] = 0;
	for (int i = 0; i < 40; i++) {
		data[i] = 'y';
		set_is(&s, "cmi.suspend_data", data, 0);
		set_is(&s, "cmi.location", "another length" + i % 9, 0);
	}
	get_is(&s, "cmi.suspend_data", data, 0);
	struct scorm_trace_row row[8];
	size_t n = scorm_trace(s.e, row, countof(row)), notes = 0;
	for (size_t i = 0; i < n; i++)
		notes += str_is(row[i].what, S("longer than promised: suspend_data")) &&
		         str_is(row[i].value, S("262144"));
	assert_true(notes > 0);
}

static void two_thousand_interactions_fit_beside_the_largest_suspend_data(void **state)
{
	(void)state;
	static struct sco s;
	static char data[256 * 1024 + 1];
	char name[80], value[40];
	sco_run(&s, SCORM_2004_4TH);
	memset(data, 'x', sizeof data - 1);
	set_is(&s, "cmi.suspend_data", data, 0);
	static const char *const parts[][2] = {
		{ "id", "urn:kenes:question-number" },
		{ "type", "choice" },
		{ "timestamp", "2026-11-23T17:00:00" },
		{ "objectives.0.id", "urn:kenes:objective" },
		{ "correct_responses.0.pattern", "first_answer[,]second_answer" },
		{ "learner_response", "first_answer" },
		{ "result", "incorrect" },
		{ "weighting", "1" },
		{ "latency", "PT0H1M20S" },
		{ "description", "Which of these is right?" },
	};
	for (int i = 0; i < 2000; i++)
		for (size_t p = 0; p < countof(parts); p++) {
			snprintf(name, sizeof name, "cmi.interactions.%d.%s", i,
			         parts[p][0]);
			set_is(&s, name, parts[p][1], 0);
		}
	get_is(&s, "cmi.interactions._count", "2000", 0);
	get_is(&s, "cmi.suspend_data", data, 0);
	for (int i = 0; i < 3000; i++) {
		snprintf(value, sizeof value, "%d", i);
		set_is(&s, "cmi.location", value, 0);
	}
	/* It outlives a visit of the other SCO. */
	set_is(&s, "cmi.exit", "suspend", 0);
	sco_call(&s, "Terminate", "", NULL);
	assert_int_equal(sco_go(&s, NAV_CHOICE, 2).activity, 2);
	assert_int_equal(sco_go(&s, NAV_CHOICE, 1).activity, 1);
	assert_true(sco_start(&s));
	get_is(&s, "cmi.entry", "resume", 0);
	get_is(&s, "cmi.suspend_data", data, 0);
	get_is(&s, "cmi.location", "2999", 0);
	get_is(&s, "cmi.interactions.1999.description", "Which of these is right?", 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_element_begins_as_the_book_says),
		cmocka_unit_test(what_is_set_is_there_and_what_is_refused_changes_nothing),
		cmocka_unit_test(nothing_is_answered_before_and_after_the_session),
		cmocka_unit_test(names_that_are_none_are_refused),
		cmocka_unit_test(the_type_of_an_interaction_comes_before_its_answers),
		cmocka_unit_test(a_call_after_terminate_is_told_so_whatever_its_argument),
		cmocka_unit_test(objectives_have_ids_that_are_set_once_and_differ),
		cmocka_unit_test(earlier_editions_know_no_shared_data_and_no_jump),
		cmocka_unit_test(suspend_data_beyond_the_promise_is_kept_whole),
		cmocka_unit_test(
			two_thousand_interactions_fit_beside_the_largest_suspend_data),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
