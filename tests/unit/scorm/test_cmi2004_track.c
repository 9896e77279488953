/* SPDX-License-Identifier: Apache-2.0 */
/* The API object of SCORM 2004 and what goes from the data model to the tracking model and
 * back. */
#include "sco.h"

#include <math.h>

static void the_states_and_their_errors(void **state)
{
	(void)state;
	static const struct {
		const char *method, *argument, *wanted;
		int error;
		const char *why;
	} calls[] = {
		{ "GetLastError", "", "0", 0, "nothing happened yet" },
		{ "Commit", "", "false", 142, "before" },
		{ "Terminate", "", "false", 112, "before" },
		{ "GetValue", "cmi.location", "", 122, "before" },
		{ "Initialize", "now", "false", 201, "an argument" },
		{ "GetLastError", "", "201", 201, "asking changes nothing" },
		{ "GetErrorString", "", "", 201, "no code" },
		{ "GetErrorString", "406", "Data Model Element Type Mismatch", 201,
		  "any code" },
		{ "GetErrorString", "0406", "", 201, "not so written" },
		{ "GetDiagnostic", "", "An argument is missing or not empty", 201,
		  "the last" },
		{ "GetDiagnostic", "405", "Data Model Element Is Write Only", 201,
		  "another" },
		{ "Initialize", "", "true", 0, "now" },
		{ "Initialize", "", "false", 103, "twice" },
		{ "Commit", "", "true", 0, "during" },
		{ "Commit", "all", "false", 201, "an argument" },
		{ "Terminate", "now", "false", 201, "an argument" },
		{ "Terminate", "", "true", 0, "at last" },
		{ "Terminate", "", "false", 113, "twice" },
		{ "Commit", "", "false", 143, "after" },
		{ "Initialize", "", "false", 104, "after" },
		{ "Nonsense", "", "", 104, "no such method" },
	};
	static struct sco s;
	sco_course(&s, SCORM_2004_4TH);
	sco_open(&s);
	for (size_t i = 0; i < countof(calls); i++) {
		str got = sco_call(&s, calls[i].method, calls[i].argument, NULL);
		assert_row(str_is(got, str_of(calls[i].wanted)), calls[i].why);
		assert_row(scorm_last_error(s.e) == calls[i].error, calls[i].why);
	}
}

static void completion_and_success_are_evaluated(void **state)
{
	(void)state;
	static const struct {
		bool threshold, passing;
		const char *progress, *scaled, *completion, *success;
		const char *completion_wanted, *success_wanted, *why;
	} cases[] = {
		{ false, false, NULL, NULL, NULL, NULL, "unknown", "unknown",
		  "nothing said" },
		{ false, false, "1", "1", NULL, NULL, "unknown", "unknown", "no limits" },
		{ false, false, "0.1", "0", "completed", "passed", "completed", "passed",
		  "no limits" },
		{ true, true, NULL, NULL, "completed", "passed", "unknown", "unknown",
		  "limits and nothing to compare" },
		{ true, true, "0.8", "0.5", "incomplete", "failed", "completed", "passed",
		  "the limits decide" },
		{ true, true, "0.79", "0.49", "completed", "passed", "incomplete", "failed",
		  "the limits decide" },
	};
	static struct sco s;
	for (size_t i = 0; i < countof(cases); i++) {
		sco_course(&s, SCORM_2004_4TH);
		s.a[1].completed_by_measure = s.a[1].has_completion_threshold =
			cases[i].threshold;
		s.a[1].minimum_progress = 0.8;
		s.objective[1][0].satisfied_by_measure = cases[i].passing;
		s.objective[1][0].minimum_measure = 0.5;
		sco_open(&s);
		assert_true(sco_start(&s));
		get_is(&s, "cmi.completion_threshold", cases[i].threshold ? "0.8" : "",
		       cases[i].threshold ? 0 : 403);
		get_is(&s, "cmi.scaled_passing_score", cases[i].passing ? "0.5" : "",
		       cases[i].passing ? 0 : 403);
		if (cases[i].progress)
			set_is(&s, "cmi.progress_measure", cases[i].progress, 0);
		if (cases[i].scaled) set_is(&s, "cmi.score.scaled", cases[i].scaled, 0);
		if (cases[i].completion)
			set_is(&s, "cmi.completion_status", cases[i].completion, 0);
		if (cases[i].success) set_is(&s, "cmi.success_status", cases[i].success, 0);
		get_is(&s, "cmi.completion_status", cases[i].completion_wanted, 0);
		get_is(&s, "cmi.success_status", cases[i].success_wanted, 0);
		assert_str(sco_call(&s, "Terminate", "", NULL), S("true"));
		struct scorm_standing t = scorm_standing_of(s.e, 1);
		assert_row(str_is(str_of(t.completion), str_of(cases[i].completion_wanted)),
		           cases[i].why);
		assert_row(str_is(str_of(t.success), str_of(cases[i].success_wanted)),
		           cases[i].why);
	}
}

static void requests_are_left_for_sequencing(void **state)
{
	(void)state;
	static const struct {
		const char *exit, *request;
		enum scorm_navigation what;
		int32_t target;
		const char *why;
	} cases[] = {
		{ NULL, NULL, NAV_NONE, -1, "no request" },
		{ NULL, "_none_", NAV_NONE, -1, "no request" },
		{ NULL, "continue", NAV_CONTINUE, -1, "a word" },
		{ NULL, "suspendAll", NAV_SUSPEND_ALL, -1, "a word" },
		{ NULL, "{target=second}choice", NAV_CHOICE, 2, "a target" },
		{ NULL, "{target=second}jump", NAV_JUMP, 2, "a target" },
		{ NULL, "{target=third}jump", NAV_NONE, -1, "there is no third" },
		{ "time-out", "continue", NAV_EXIT_ALL, -1, "comes first" },
		{ "logout", "continue", NAV_EXIT_ALL, -1, "comes first" },
		{ "suspend", "exitAll", NAV_EXIT_ALL, -1, "both" },
	};
	static struct sco s;
	for (size_t i = 0; i < countof(cases); i++) {
		sco_run(&s, SCORM_2004_4TH);
		if (cases[i].exit) set_is(&s, "cmi.exit", cases[i].exit, 0);
		if (cases[i].request) set_is(&s, "adl.nav.request", cases[i].request, 0);
		sco_call(&s, "Terminate", "", NULL);
		struct scorm_request r = scorm_pending(s.e);
		assert_row(r.what == cases[i].what && r.target == cases[i].target,
		           cases[i].why);
		assert_row(scorm_pending(s.e).what == NAV_NONE, "taken once");
	}
}

/* A page that loads slowly calls Initialize when its attempt is over already. */
static void who_comes_too_late_is_not_initialised(void **state)
{
	(void)state;
	static struct sco s;
	sco_course(&s, SCORM_2004_4TH);
	sco_open(&s);
	assert_true(sco_go(&s, NAV_CHOICE, 0).refused == NULL);
	sco_go(&s, NAV_EXIT_ALL, -1);
	assert_false(sco_start(&s));
	assert_int_equal(scorm_last_error(s.e), 104);
	/* A request that is refused as it is leaves the SCO where it is. */
	sco_open(&s);
	assert_non_null(sco_go(&s, NAV_START, -1).refused);
	assert_true(sco_start(&s));
}

/* RTE 4.2.8: Exit All, "instead of any pending (from the learner or LMS) navigation
 * request"; and the attempt is over. */
static void who_times_out_or_logs_out_leaves_the_course(void **state)
{
	(void)state;
	static const char *const exits[] = { "time-out", "logout" };
	static struct sco s;
	for (size_t i = 0; i < countof(exits); i++)
		for (int terminates = 0; terminates < 2; terminates++) {
			sco_run(&s, SCORM_2004_4TH);
			set_is(&s, "cmi.location", "3", 0);
			set_is(&s, "cmi.exit", exits[i], 0);
			if (terminates) sco_call(&s, "Terminate", "", NULL);
			struct scorm_delivery d = sco_go(&s, NAV_CHOICE, 2);
			assert_row(d.session == SESSION_ENDED && d.activity < 0, exits[i]);
			sco_go(&s, NAV_CHOICE, 1);
			assert_true(sco_start(&s));
			get_is(&s, "cmi.entry", "ab-initio", 0);
			get_is(&s, "cmi.location", "", 403);
		}
}

/* The primary objective of both SCOs and one more, mapped to the same global ones. */
static void map_both(struct sco *s, const char *first_id, const char *second_id)
{
	static const char *const ids[] = { "g1", "g2" };
	for (int a = 1; a <= 2; a++) {
		s->a[a].n_objectives = 2;
		for (int o = 0; o < 2; o++) {
			struct scorm_objective *x = &s->objective[a][o];
			x->id = str_of(o ? second_id : first_id);
			x->minimum_measure = 1;
			s->map[a][o] = (struct scorm_objective_map){
				.global = str_of(ids[o]),
				.read_satisfied = true,
				.read_measure = true,
				.read_raw = true,
				.read_completion = true,
				.read_progress = true,
				.write_satisfied = true,
				.write_measure = true,
				.write_raw = true,
				.write_completion = true,
				.write_progress = true,
			};
			x->map = &s->map[a][o];
			x->n = 1;
		}
	}
}

static void objectives_go_through_their_maps_to_the_next_sco(void **state)
{
	(void)state;
	static struct sco s;
	sco_course(&s, SCORM_2004_4TH);
	map_both(&s, "main", "other");
	sco_open(&s);
	assert_true(sco_start(&s));
	get_is(&s, "cmi.objectives._count", "2", 0);
	get_is(&s, "cmi.objectives.1.id", "other", 0);
	set_is(&s, "cmi.score.scaled", "0.25", 0);
	set_is(&s, "cmi.objectives.0.success_status", "failed", 0);
	set_is(&s, "cmi.objectives.1.score.raw", "7.10", 0);
	set_is(&s, "cmi.objectives.1.completion_status", "completed", 0);
	set_is(&s, "cmi.exit", "suspend", 0);
	sco_call(&s, "Terminate", "", NULL);
	sco_go(&s, NAV_CHOICE, 2);
	assert_true(sco_start(&s));
	get_is(&s, "cmi.objectives.0.score.scaled", "0.25", 0);
	get_is(&s, "cmi.objectives.0.success_status", "failed", 0);
	/* The SCO's own words are its own: nobody said them yet. */
	get_is(&s, "cmi.score.scaled", "", 403);
	get_is(&s, "cmi.success_status", "unknown", 0);
	get_is(&s, "cmi.objectives.1.score.raw", "7.1", 0);
	get_is(&s, "cmi.objectives.1.completion_status", "completed", 0);
	get_is(&s, "cmi.objectives.1.progress_measure", "", 403);
	set_is(&s, "cmi.objectives.1.score.raw", "8", 0);
	sco_call(&s, "Terminate", "", NULL);
	/* What the other has written since is seen by the suspended one. */
	sco_go(&s, NAV_CHOICE, 1);
	assert_true(sco_start(&s));
	get_is(&s, "cmi.entry", "resume", 0);
	get_is(&s, "cmi.objectives.1.score.raw", "8", 0);
}

static void where_the_measure_decides_the_word_of_the_sco_does_not(void **state)
{
	(void)state;
	static struct sco s;
	sco_course(&s, SCORM_2004_4TH);
	map_both(&s, "main", "other");
	s.objective[2][1].satisfied_by_measure = true;
	sco_open(&s);
	assert_true(sco_start(&s));
	set_is(&s, "cmi.objectives.1.success_status", "passed", 0);
	set_is(&s, "cmi.exit", "suspend", 0);
	sco_call(&s, "Terminate", "", NULL);
	sco_go(&s, NAV_CHOICE, 2);
	assert_true(sco_start(&s));
	set_is(&s, "cmi.objectives.1.success_status", "failed", 0);
	sco_call(&s, "Terminate", "", NULL);
	sco_go(&s, NAV_CHOICE, 1);
	struct scorm_objective_track t = track_objective(s.e, 1, 1);
	assert_true((t.known & KNOWN_SATISFIED) && t.satisfied);
}

static void of_two_words_on_the_primary_objective_the_last_counts(void **state)
{
	(void)state;
	static const char *const names[] = { "cmi.success_status",
		                             "cmi.objectives.0.success_status" };
	static struct sco s;
	for (int last = 0; last < 2; last++) {
		sco_course(&s, SCORM_2004_4TH);
		map_both(&s, "main", "other");
		sco_open(&s);
		assert_true(sco_start(&s));
		set_is(&s, names[!last], "failed", 0);
		set_is(&s, names[last], "passed", 0);
		sco_call(&s, "Terminate", "", NULL);
		assert_string_equal(scorm_standing_of(s.e, 1).success, "passed");
	}
}

static void without_credit_success_and_scores_have_no_effect(void **state)
{
	(void)state;
	static struct sco s;
	sco_course(&s, SCORM_2004_4TH);
	s.learner.mode = S("review");
	sco_open(&s);
	assert_true(sco_start(&s));
	get_is(&s, "cmi.credit", "no-credit", 0);
	set_is(&s, "cmi.success_status", "passed", 0);
	set_is(&s, "cmi.score.scaled", "1", 0);
	set_is(&s, "cmi.completion_status", "completed", 0);
	sco_call(&s, "Terminate", "", NULL);
	assert_string_equal(scorm_standing_of(s.e, 1).success, "unknown");
	assert_string_equal(scorm_standing_of(s.e, 1).completion, "completed");
}

static void what_is_abandoned_leaves_nothing(void **state)
{
	(void)state;
	static struct sco s;
	sco_run(&s, SCORM_2004_4TH);
	set_is(&s, "cmi.completion_status", "completed", 0);
	set_is(&s, "adl.nav.request", "abandonAll", 0);
	sco_call(&s, "Terminate", "", NULL);
	assert_string_equal(scorm_standing_of(s.e, 1).completion, "unknown");
}

static void say_and_ask_to_be_abandoned(struct sco *s)
{
	sco_run(s, SCORM_2004_4TH);
	set_is(s, "cmi.completion_status", "completed", 0);
	set_is(s, "cmi.score.scaled", "0.8", 0);
	set_is(s, "cmi.session_time", "PT1M", 0);
	set_is(s, "cmi.exit", "suspend", 0);
	set_is(s, "adl.nav.request", "abandon", 0);
	sco_call(s, "Terminate", "", NULL);
}

static void who_asked_to_be_abandoned_and_is_not_keeps_all(void **state)
{
	(void)state;
	static struct sco s;
	static const enum scorm_navigation instead[] = { NAV_SUSPEND_ALL, NAV_CONTINUE };
	for (size_t i = 0; i < countof(instead); i++) {
		say_and_ask_to_be_abandoned(&s);
		assert_string_equal(scorm_standing_of(s.e, 1).completion, "unknown");
		sco_go(&s, instead[i], -1);
		assert_string_equal(scorm_standing_of(s.e, 1).completion, "completed");
		assert_true(scorm_standing_of(s.e, 1).score == 0.8);
		assert_true(scorm_standing_of(s.e, 1).suspended);
		assert_int_equal(scorm_standing_of(s.e, 1).total_time_ms, 60000);
		sco_go(&s, i ? NAV_CHOICE : NAV_RESUME_ALL, 1);
		assert_true(sco_start(&s));
		get_is(&s, "cmi.completion_status", "completed", 0);
	}
}

/* What may be pressed is what comes of a press, not of the SCO's wish. */
static void what_may_be_pressed_knows_what_such_a_sco_said(void **state)
{
	(void)state;
	static struct sco s;
	static const struct scorm_condition when = { .kind = COND_SATISFIED };
	static const struct scorm_rule bars = {
		.set = RULES_PRE, .action = ACTION_DISABLED, .condition = &when, .n = 1
	};
	sco_course(&s, SCORM_2004_4TH);
	map_both(&s, "main", "other");
	s.a[1].objective_set_by_content = true;
	s.a[2].rule = &bars;
	s.a[2].n_rules = 1;
	sco_open(&s);
	assert_true(sco_start(&s));
	assert_true(scorm_validity_of(s.e)->choice[2]);
	set_is(&s, "cmi.success_status", "passed", 0);
	set_is(&s, "adl.nav.request", "abandon", 0);
	assert_false(scorm_validity_of(s.e)->choice[2]);
	sco_call(&s, "Terminate", "", NULL);
	assert_false(scorm_validity_of(s.e)->choice[2]);
	assert_int_equal(sco_go(&s, NAV_CHOICE, 2).activity, -1);
}

/* The roll-up "none is known → satisfied" must not see the moment before the data is there.
 */
static void nothing_is_rolled_up_before_it_is_known_what_becomes_of_it(void **state)
{
	(void)state;
	static struct sco s;
	static const struct scorm_condition known = { .kind = COND_OBJECTIVE_STATUS_KNOWN },
					    good = { .kind = COND_SATISFIED };
	static const struct scorm_rollup_rule none = {
		.set = SET_NONE, .action = ROLLUP_SATISFIED, .condition = &known, .n = 1
	};
	static const struct scorm_rule leaves = {
		.set = RULES_EXIT, .action = ACTION_EXIT, .condition = &good, .n = 1
	};
	sco_course(&s, SCORM_2004_4TH);
	s.a[0].rollup = &none;
	s.a[0].rule = &leaves;
	s.a[0].n_rollup = s.a[0].n_rules = 1;
	sco_open(&s);
	assert_true(sco_start(&s));
	set_is(&s, "cmi.success_status", "failed", 0);
	set_is(&s, "adl.nav.request", "abandonAll", 0);
	assert_true(scorm_validity_of(s.e)->next);
	assert_int_equal(sco_go(&s, NAV_CONTINUE, -1).activity, 2);
}

static void who_is_judged_by_what_was_before_keeps_it(void **state)
{
	(void)state;
	static struct sco s;
	sco_course(&s, SCORM_2004_4TH);
	s.objective[1][0].satisfied_by_measure = true;
	s.objective[1][0].minimum_measure = 0.5;
	s.a[1].completed_by_measure = true;
	s.a[1].minimum_progress = 0.5;
	sco_open(&s);
	assert_true(sco_start(&s));
	set_is(&s, "cmi.score.scaled", "1", 0);
	set_is(&s, "cmi.progress_measure", "1", 0);
	set_is(&s, "cmi.exit", "suspend", 0);
	sco_call(&s, "Terminate", "", NULL);
	sco_go(&s, NAV_CHOICE, 2);
	sco_go(&s, NAV_ABANDON_ALL, -1);
	/* The course begins anew, the suspended part goes on and says nothing. */
	assert_int_equal(sco_go(&s, NAV_START, -1).activity, 1);
	assert_true(sco_start(&s));
	sco_call(&s, "Terminate", "", NULL);
	sco_go(&s, NAV_EXIT, -1);
	assert_string_equal(scorm_standing_of(s.e, 1).success, "passed");
	assert_string_equal(scorm_standing_of(s.e, 1).completion, "completed");
	assert_true(scorm_standing_of(s.e, 1).score == 1);
}

static void what_the_learner_abandons_counts_nowhere(void **state)
{
	(void)state;
	static struct sco s;
	sco_run(&s, SCORM_2004_4TH);
	set_is(&s, "cmi.score.scaled", "0.8", 0);
	set_is(&s, "cmi.completion_status", "completed", 0);
	set_is(&s, "cmi.success_status", "unknown", 0);
	set_is(&s, "cmi.exit", "suspend", 0);
	sco_call(&s, "Terminate", "", NULL);
	sco_go(&s, NAV_ABANDON, -1);
	assert_true(isnan(scorm_standing_of(s.e, 1).score));
	assert_true(isnan(scorm_standing_of(s.e, 0).score));
	/* Nor does that it spoke once: who says nothing now is complete (UP.4). */
	sco_go(&s, NAV_CHOICE, 1);
	sco_go(&s, NAV_CONTINUE, -1);
	assert_string_equal(scorm_standing_of(s.e, 1).completion, "completed");
	assert_string_equal(scorm_standing_of(s.e, 1).success, "passed");
}

static void who_is_measured_and_says_unknown_unsays_nothing(void **state)
{
	(void)state;
	static struct sco s;
	sco_course(&s, SCORM_2004_4TH);
	map_both(&s, "main", "other");
	s.a[2].completed_by_measure = true;
	sco_open(&s);
	assert_true(sco_start(&s));
	set_is(&s, "cmi.completion_status", "completed", 0);
	sco_call(&s, "Terminate", "", NULL);
	sco_go(&s, NAV_CHOICE, 2);
	assert_true(sco_start(&s));
	set_is(&s, "cmi.completion_status", "unknown", 0);
	sco_call(&s, "Terminate", "", NULL);
	assert_true(scorm_globals(s.e)[0].known & KNOWN_COMPLETION);
}

static void time_adds_up_over_the_visits_of_an_attempt(void **state)
{
	(void)state;
	static struct sco s;
	sco_run(&s, SCORM_2004_4TH);
	set_is(&s, "cmi.session_time", "PT1H0.15S", 0);
	set_is(&s, "cmi.session_time", "PT2H0.15S", 0);
	sco_call(&s, "Commit", "", NULL);
	sco_call(&s, "Commit", "", NULL);
	set_is(&s, "cmi.exit", "suspend", 0);
	sco_call(&s, "Terminate", "", NULL);
	sco_go(&s, NAV_CHOICE, 2);
	sco_go(&s, NAV_CHOICE, 1);
	assert_true(sco_start(&s));
	get_is(&s, "cmi.total_time", "PT2H0M0.15S", 0);
	sco_call(&s, "Terminate", "", NULL);
	sco_go(&s, NAV_CHOICE, 2);
	sco_go(&s, NAV_CHOICE, 1);
	assert_true(sco_start(&s));
	get_is(&s, "cmi.entry", "ab-initio", 0);
	get_is(&s, "cmi.total_time", "PT0H0M0S", 0);
}

static void a_sco_that_says_nothing_is_terminated_when_it_goes(void **state)
{
	(void)state;
	static struct sco s;
	sco_run(&s, SCORM_2004_4TH);
	set_is(&s, "cmi.completion_status", "completed", 0);
	sco_go(&s, NAV_CHOICE, 2);
	assert_string_equal(scorm_standing_of(s.e, 1).completion, "completed");
}

static void shared_data_obeys_the_maps(void **state)
{
	(void)state;
	static struct sco s;
	sco_course(&s, SCORM_2004_4TH);
	s.store[1] = (struct scorm_store_map){ S("bucket"), false, true };
	s.store[2] = (struct scorm_store_map){ S("bucket"), true, false };
	for (int a = 1; a <= 2; a++) {
		s.a[a].store = &s.store[a];
		s.a[a].n_stores = 1;
	}
	sco_open(&s);
	assert_true(sco_start(&s));
	get_is(&s, "adl.data.0.id", "bucket", 0);
	set_is(&s, "adl.data.0.id", "pail", 404);
	set_is(&s, "adl.data.0.store", "water", 0);
	get_is(&s, "adl.data.0.store", "", 405);
	sco_call(&s, "Terminate", "", NULL);
	sco_go(&s, NAV_CHOICE, 2);
	assert_true(sco_start(&s));
	get_is(&s, "adl.data.0.store", "water", 0);
	set_is(&s, "adl.data.0.store", "milk", 404);
}

static void a_snapshot_holds_the_session_and_goes_on_anywhere(void **state)
{
	(void)state;
	static struct sco s, t;
	static uint8_t first[1 << 20], second[1 << 20];
	size_t n, m;
	sco_run(&s, SCORM_2004_4TH);
	for (int i = 0; i < 50; i++) set_is(&s, "cmi.location", "page 49 of 50" + i % 5, 0);
	set_is(&s, "cmi.objectives.0.id", "mine", 0);
	set_is(&s, "cmi.score.raw", "many", 406);
	assert_true(scorm_snapshot(s.e, first, sizeof first, &n));
	sco_course(&t, SCORM_2004_4TH);
	t.e = scorm_open(sco_block[1], SCO_BLOCK, &t.tree, &t.learner);
	t.now_ms = s.now_ms;
	assert_true(scorm_restore(t.e, first, n));
	assert_true(scorm_running(t.e));
	assert_int_equal(scorm_last_error(t.e), 406);
	struct sco *both[] = { &s, &t };
	for (int i = 0; i < 2; i++) {
		get_is(both[i], "cmi.location", " 49 of 50", 0);
		set_is(both[i], "cmi.score.raw", "12", 0);
		set_is(both[i], "cmi.objectives.1.id", "mine", 351);
		sco_call(both[i], "Terminate", "", NULL);
	}
	assert_true(scorm_snapshot(s.e, first, sizeof first, &n));
	assert_true(scorm_snapshot(t.e, second, sizeof second, &m));
	assert_int_equal(n, m);
	assert_memory_equal(first, second, n);
}

static void the_trace_names_no_learner(void **state)
{
	(void)state;
	static struct sco s;
	struct scorm_trace_row row[16];
	sco_run(&s, SCORM_2004_4TH);
	get_is(&s, "cmi.learner_name", "Learner, A", 0);
	get_is(&s, "cmi.learner_id", "l7", 0);
	size_t n = scorm_trace(s.e, row, countof(row));
	assert_true(n >= 3);
	assert_str(row[n - 2].what, S("GetValue cmi.learner_name"));
	assert_null(row[n - 2].value.p);
	assert_null(row[n - 1].value.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_states_and_their_errors),
		cmocka_unit_test(completion_and_success_are_evaluated),
		cmocka_unit_test(requests_are_left_for_sequencing),
		cmocka_unit_test(who_comes_too_late_is_not_initialised),
		cmocka_unit_test(who_times_out_or_logs_out_leaves_the_course),
		cmocka_unit_test(objectives_go_through_their_maps_to_the_next_sco),
		cmocka_unit_test(where_the_measure_decides_the_word_of_the_sco_does_not),
		cmocka_unit_test(of_two_words_on_the_primary_objective_the_last_counts),
		cmocka_unit_test(without_credit_success_and_scores_have_no_effect),
		cmocka_unit_test(what_is_abandoned_leaves_nothing),
		cmocka_unit_test(who_asked_to_be_abandoned_and_is_not_keeps_all),
		cmocka_unit_test(what_may_be_pressed_knows_what_such_a_sco_said),
		cmocka_unit_test(
			nothing_is_rolled_up_before_it_is_known_what_becomes_of_it),
		cmocka_unit_test(who_is_judged_by_what_was_before_keeps_it),
		cmocka_unit_test(what_the_learner_abandons_counts_nowhere),
		cmocka_unit_test(who_is_measured_and_says_unknown_unsays_nothing),
		cmocka_unit_test(time_adds_up_over_the_visits_of_an_attempt),
		cmocka_unit_test(a_sco_that_says_nothing_is_terminated_when_it_goes),
		cmocka_unit_test(shared_data_obeys_the_maps),
		cmocka_unit_test(a_snapshot_holds_the_session_and_goes_on_anywhere),
		cmocka_unit_test(the_trace_names_no_learner),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
