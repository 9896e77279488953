/* SPDX-License-Identifier: Apache-2.0 */
#include "course.h"

static struct course course;
static struct course *const c = &course;

/* A root with so many SCOs under it, opened and started. */
static void course_of(int n)
{
	course_begin(c);
	course_cluster(c, -1);
	for (int i = 0; i < n; i++) course_sco(c, 0);
}

static void start(void)
{
	course_open(c);
	assert_int_equal(course_go(c, NAV_START, -1), 1);
}

static void a_measure_is_the_weighted_mean_of_the_children(void **state)
{
	(void)state;
	course_of(2);
	c->a[1].objective_measure_weight = 0.75;
	c->a[2].objective_measure_weight = 0.25;
	start();
	course_measure(c, 1);
	course_go(c, NAV_CONTINUE, -1);
	course_measure(c, 0.2);
	course_go(c, NAV_EXIT, -1);
	assert_score(c, 0, 0.8);
}

/* (0.7 + 0.7 + 0.7) / 3 is less than 0.7 in binary fractions. */
static void a_mean_of_decimals_is_a_decimal(void **state)
{
	(void)state;
	course_of(3);
	c->objective[0][0].satisfied_by_measure = true;
	c->objective[0][0].minimum_measure = 0.7;
	c->a[0].completed_by_measure = true;
	c->a[0].minimum_progress = 0.7;
	start();
	for (int i = 0; i < 3; i++) {
		course_measure(c, 0.7);
		course_progress(c, 0.7);
		course_go(c, i < 2 ? NAV_CONTINUE : NAV_EXIT_ALL, -1);
	}
	assert_success(c, 0, "passed");
	assert_completion(c, 0, "completed");
}

/* 0.28 × 25 is more than 7 in binary fractions. */
static void seven_of_25_are_28_percent(void **state)
{
	(void)state;
	course_of(25);
	course_rollup(c, 0, SET_AT_LEAST_PERCENT, completed, ROLLUP_SATISFIED)
		->minimum_percent = 0.28;
	start();
	for (int i = 0; i < 7; i++) {
		assert_success(c, 0, "unknown");
		course_completed(c, true);
		course_go(c, NAV_CONTINUE, -1);
	}
	assert_success(c, 0, "passed");
}

static void a_child_without_a_measure_counts_with_its_weight(void **state)
{
	(void)state;
	course_of(2);
	start();
	course_measure(c, 0.8);
	course_go(c, NAV_EXIT, -1);
	assert_score(c, 0, 0.4);
}

static void an_untracked_child_counts_for_nothing(void **state)
{
	(void)state;
	course_of(2);
	c->a[2].tracked = false;
	start();
	course_measure(c, 0.8);
	course_success(c, true);
	course_go(c, NAV_CONTINUE, -1);
	course_measure(c, 0.1);
	course_success(c, false);
	course_go(c, NAV_EXIT, -1);
	assert_score(c, 0, 0.8);
	assert_success(c, 0, "passed");
	assert_success(c, 2, "unknown");
}

static void no_measure_at_all_is_no_measure_of_the_whole(void **state)
{
	(void)state;
	course_of(2);
	start();
	course_success(c, true);
	course_go(c, NAV_EXIT, -1);
	assert_true(isnan(scorm_standing_of(c->e, 0).score));
}

static void without_rules_all_must_be_known_before_anything_is_said(void **state)
{
	(void)state;
	course_of(2);
	start();
	course_success(c, true);
	course_completed(c, true);
	course_go(c, NAV_CONTINUE, -1);
	assert_success(c, 0, "unknown");
	assert_completion(c, 0, "unknown");
	course_success(c, false);
	course_completed(c, false);
	course_go(c, NAV_PREVIOUS, -1);
	assert_success(c, 0, "failed");
	assert_completion(c, 0, "incomplete");
}

static void without_rules_all_satisfied_is_satisfied(void **state)
{
	(void)state;
	course_of(2);
	start();
	course_success(c, true);
	course_completed(c, true);
	course_go(c, NAV_CONTINUE, -1);
	course_success(c, true);
	course_completed(c, true);
	course_go(c, NAV_EXIT_ALL, -1);
	assert_success(c, 0, "passed");
	assert_completion(c, 0, "completed");
}

static void content_that_says_nothing_is_done_when_it_is_left(void **state)
{
	(void)state;
	course_of(1);
	c->a[1].completion_set_by_content = c->a[1].objective_set_by_content = false;
	start();
	course_go(c, NAV_EXIT_ALL, -1);
	assert_completion(c, 1, "completed");
	assert_success(c, 1, "passed");
}

static void content_that_says_unknown_is_believed(void **state)
{
	(void)state;
	course_of(1);
	c->a[1].completion_set_by_content = c->a[1].objective_set_by_content = false;
	start();
	track_reported_set(c->e, 1, true, true);
	course_go(c, NAV_EXIT_ALL, -1);
	assert_completion(c, 1, "unknown");
	assert_success(c, 1, "unknown");
}

static void a_suspended_attempt_is_left_alone(void **state)
{
	(void)state;
	course_of(1);
	c->a[1].completion_set_by_content = c->a[1].objective_set_by_content = false;
	start();
	track_suspended_set(c->e, 1, true);
	course_go(c, NAV_EXIT_ALL, -1);
	assert_completion(c, 1, "unknown");
	assert_true(scorm_standing_of(c->e, 0).suspended);
}

static void rules_count_children(void **state)
{
	(void)state;
	static const struct {
		enum scorm_child_set set;
		uint32_t count;
		double percent;
		const char *success;
		const char *reason;
	} table[] = {
		{ SET_ALL, 0, 0, "unknown", "two of three are not all" },
		{ SET_ANY, 0, 0, "passed", "two of three are some" },
		{ SET_NONE, 0, 0, "unknown", "two of three are not none" },
		{ SET_AT_LEAST_COUNT, 2, 0, "passed", "two are two" },
		{ SET_AT_LEAST_COUNT, 3, 0, "unknown", "two are not three" },
		{ SET_AT_LEAST_PERCENT, 0, 0.6, "passed", "two of three are 67 %" },
		{ SET_AT_LEAST_PERCENT, 0, 0.7, "unknown",
		  "two of three are less than 70 %" },
	};
	for (size_t i = 0; i < countof(table); i++) {
		course_of(3);
		struct scorm_rollup_rule *r =
			course_rollup(c, 0, table[i].set, completed, ROLLUP_SATISFIED);
		r->minimum_count = table[i].count;
		r->minimum_percent = table[i].percent;
		start();
		course_completed(c, true);
		course_go(c, NAV_CONTINUE, -1);
		course_completed(c, true);
		course_go(c, NAV_CONTINUE, -1);
		course_completed(c, false);
		course_go(c, NAV_EXIT, -1);
		assert_row(str_is(str_of(scorm_standing_of(c->e, 0).success),
		                  str_of(table[i].success)),
		           table[i].reason);
	}
}

static void where_no_child_contributes_all_and_none_hold(void **state)
{
	(void)state;
	static const struct {
		enum scorm_child_set set;
		const char *success, *reason;
	} table[] = {
		{ SET_ALL, "passed", "none of none is not so" },
		{ SET_NONE, "passed", "none of none is so" },
		{ SET_ANY, "unknown", "there is none that is so" },
		{ SET_AT_LEAST_COUNT, "unknown", "one is wanted" },
		{ SET_AT_LEAST_PERCENT, "unknown", "no part of nothing" },
	};
	for (size_t i = 0; i < countof(table); i++) {
		course_of(2);
		c->a[1].rollup_objective_satisfied = false;
		c->a[2].tracked = false;
		course_rollup(c, 0, table[i].set, completed, ROLLUP_SATISFIED)
			->minimum_count = 1;
		start();
		course_completed(c, false);
		course_go(c, NAV_EXIT, -1);
		assert_row(str_is(str_of(scorm_standing_of(c->e, 0).success),
		                  str_of(table[i].success)),
		           table[i].reason);
	}
}

/* Status and measure that are read are the global ones only. */
static void what_is_read_from_a_global_objective_hides_its_own(void **state)
{
	(void)state;
	course_of(2);
	course_map(c, 1, S("goal"))->read_satisfied = true;
	c->map[1][0].read_progress = true;
	course_map(c, 2, S("goal"))->write_satisfied = true;
	start();
	course_success(c, true);
	course_progress(c, 0.5);
	assert_success(c, 1, "unknown");
	assert_true(fabs(scorm_standing_of(c->e, 1).progress - 0.5) < 1e-9);
	course_go(c, NAV_CONTINUE, -1);
	course_success(c, false);
	assert_success(c, 1, "failed");
}

/* Nobody is at "0 %" on the sixth page of a course that tells nothing before its end. */
static void progress_is_how_far_the_parts_are(void **state)
{
	static const struct {
		int parts;
		double told; /* by the first; NaN: nothing */
		bool completed;
		double course;
	} cases[] = {
		{ 1, NAN, false, NAN }, { 1, 0.5, false, 0.5 },   { 1, NAN, true, 1 },
		{ 4, NAN, false, 0 },   { 4, 0.5, false, 0.125 }, { 4, NAN, true, 0.25 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		course_of(cases[i].parts);
		start();
		if (!isnan(cases[i].told)) course_progress(c, cases[i].told);
		if (cases[i].completed) course_completed(c, true);
		course_go(c, NAV_SUSPEND_ALL, -1);
		double is = scorm_standing_of(c->e, 0).progress;
		if (isnan(cases[i].course))
			assert_true(isnan(is));
		else
			assert_true(fabs(is - cases[i].course) < 1e-9);
	}
}

/* A leaf that writes a goal; a cluster whose only leaf reads it. */
static void goal_and_reader(void)
{
	course_begin(c);
	course_cluster(c, -1);
	course_sco(c, 0);
	course_cluster(c, 0);
	course_sco(c, 2);
	course_map(c, 1, S("goal"))->write_satisfied = true;
	course_map(c, 3, S("goal"))->read_satisfied = true;
	c->map[1][0].write_completion = c->map[3][0].read_completion = true;
}

static void a_cluster_that_was_never_entered_counts_by_what_its_leaves_read(void **state)
{
	(void)state;
	goal_and_reader();
	start();
	course_success(c, true);
	course_completed(c, true);
	course_go(c, NAV_EXIT_ALL, -1);
	assert_success(c, 0, "passed");
	assert_completion(c, 0, "completed");
	course_go(c, NAV_START, -1);
	course_success(c, false);
	course_go(c, NAV_EXIT_ALL, -1);
	assert_success(c, 0, "failed");
}

static void clusters_that_read_a_goal_are_rolled_up_before_those_above(void **state)
{
	(void)state;
	static const struct scorm_condition unknown = { .kind = COND_OBJECTIVE_STATUS_KNOWN,
		                                        .negated = true };
	goal_and_reader();
	course_rollup(c, 0, SET_ANY, unknown, ROLLUP_NOT_SATISFIED);
	start();
	course_success(c, true);
	course_go(c, NAV_EXIT_ALL, -1);
	assert_success(c, 0, "unknown");
}

static void what_readers_write_has_readers_too(void **state)
{
	(void)state;
	goal_and_reader();
	course_cluster(c, 0);
	course_sco(c, 4);
	course_map(c, 2, S("next"))->write_satisfied = true;
	course_map(c, 5, S("next"))->read_satisfied = true;
	start();
	course_success(c, true);
	course_go(c, NAV_EXIT, -1);
	assert_success(c, 4, "passed");
	assert_success(c, 0, "passed");
}

/* Two clusters, each of which says the opposite of the other. */
static void clusters_that_contradict_each_other_for_ever_come_to_an_end(void **state)
{
	(void)state;
	static const struct scorm_condition not_satisfied = { .kind = COND_SATISFIED,
		                                              .negated = true };
	goal_and_reader();
	course_map(c, 2, S("goal"))->write_satisfied = true;
	course_rollup(c, 2, SET_ALL, satisfied, ROLLUP_NOT_SATISFIED);
	course_rollup(c, 2, SET_ALL, not_satisfied, ROLLUP_SATISFIED);
	start();
	course_success(c, true);
	course_go(c, NAV_EXIT, -1);
	course_success(c, false);
	course_go(c, NAV_EXIT_ALL, -1);
	assert_int_equal(scorm_session_of(c->e), SESSION_ENDED);
}

static void who_is_abandoned_is_not_active_any_more(void **state)
{
	(void)state;
	goal_and_reader();
	c->map[1][0].write_measure = c->map[3][0].read_measure = true;
	c->objective[3][0].satisfied_by_measure = true;
	c->objective[3][0].minimum_measure = 0.5;
	c->a[3].measure_satisfaction_if_active = false;
	start();
	course_measure(c, 1);
	course_go(c, NAV_CONTINUE, -1);
	course_go(c, NAV_ABANDON, -1);
	assert_success(c, 2, "passed");
}

static void completion_by_measure_without_one_unsays_nothing(void **state)
{
	(void)state;
	goal_and_reader();
	course_sco(c, 0);
	course_map(c, 4, S("goal"))->write_completion = true;
	c->a[4].completed_by_measure = true;
	c->a[4].completion_set_by_content = false;
	start();
	course_completed(c, true);
	course_go(c, NAV_CHOICE, 4);
	course_go(c, NAV_EXIT_ALL, -1);
	assert_completion(c, 4, "unknown");
	assert_completion(c, 3, "completed");
}

static void what_is_abandoned_does_not_count(void **state)
{
	(void)state;
	course_of(2);
	course_map(c, 1, S("goal"))->write_satisfied = true;
	course_map(c, 2, S("goal"))->read_satisfied = true;
	start();
	course_success(c, true);
	course_measure(c, 1);
	course_completed(c, true);
	assert_success(c, 2, "passed");
	course_go(c, NAV_ABANDON, -1);
	assert_success(c, 1, "unknown");
	assert_success(c, 2, "unknown");
	assert_completion(c, 1, "unknown");
	assert_int_equal(scorm_standing_of(c->e, 1).attempts, 1);
}

static void who_must_count_only_when_attempted_does_not_count_before(void **state)
{
	(void)state;
	course_of(2);
	c->a[2].required_for_satisfied = CONSIDER_IF_ATTEMPTED;
	start();
	course_success(c, true);
	course_go(c, NAV_EXIT, -1);
	assert_success(c, 0, "passed");
}

static void who_is_skipped_does_not_count_if_so_wanted(void **state)
{
	(void)state;
	course_of(2);
	course_rule(c, 2, RULES_PRE, always, ACTION_SKIP);
	c->a[2].required_for_completed = CONSIDER_IF_NOT_SKIPPED;
	start();
	course_completed(c, true);
	course_go(c, NAV_EXIT, -1);
	assert_completion(c, 0, "completed");
}

static void who_is_suspended_does_not_count_if_so_wanted(void **state)
{
	(void)state;
	course_of(2);
	c->a[1].required_for_incomplete = CONSIDER_IF_NOT_SUSPENDED;
	struct scorm_condition missed = { .kind = COND_COMPLETED, .negated = true };
	course_rollup(c, 0, SET_ANY, missed, ROLLUP_INCOMPLETE);
	start();
	course_completed(c, false);
	track_suspended_set(c->e, 1, true);
	course_go(c, NAV_CONTINUE, -1);
	assert_completion(c, 0, "unknown");
}

static void satisfied_by_measure_goes_by_the_measure_alone(void **state)
{
	(void)state;
	course_of(1);
	c->objective[1][0].satisfied_by_measure = true;
	c->objective[1][0].minimum_measure = 0.6;
	start();
	course_success(c, true);
	course_measure(c, 0.5);
	course_go(c, NAV_EXIT, -1);
	assert_success(c, 1, "failed");
	assert_success(c, 0, "failed");
	course_go(c, NAV_CHOICE, 1);
	course_measure(c, 0.6);
	course_go(c, NAV_EXIT, -1);
	assert_success(c, 1, "passed");
}

static void a_cluster_satisfied_by_measure_waits_until_it_is_left_if_so_wanted(void **state)
{
	(void)state;
	course_of(2);
	c->objective[0][0].satisfied_by_measure = true;
	c->objective[0][0].minimum_measure = 0.4;
	c->a[0].measure_satisfaction_if_active = false;
	start();
	course_measure(c, 1);
	course_go(c, NAV_CONTINUE, -1);
	assert_success(c, 0, "unknown");
	course_go(c, NAV_EXIT_ALL, -1);
	assert_success(c, 0, "passed");
}

static void completion_by_measure_rolls_up_progress(void **state)
{
	(void)state;
	course_of(2);
	c->a[0].completed_by_measure = true;
	c->a[0].minimum_progress = 0.7;
	c->a[1].progress_weight = 3;
	start();
	course_progress(c, 0.9);
	course_go(c, NAV_CONTINUE, -1);
	assert_completion(c, 0, "incomplete");
	assert_true(fabs(scorm_standing_of(c->e, 0).progress - 0.675) < 1e-9);
	course_progress(c, 0.1);
	course_go(c, NAV_EXIT_ALL, -1);
	assert_completion(c, 0, "completed");
}

/* A cluster 1 with 2 and 3, and 4 beside it. */
static void cluster_and_one(void)
{
	course_begin(c);
	course_cluster(c, -1);
	course_cluster(c, 0);
	course_sco(c, 1);
	course_sco(c, 1);
	course_sco(c, 0);
	course_open(c);
	assert_int_equal(course_go(c, NAV_START, -1), 2);
}

static void a_new_attempt_forgets_what_older_ones_brought(void **state)
{
	(void)state;
	for (int current_only = 0; current_only < 2; current_only++) {
		cluster_and_one();
		c->a[1].use_current_attempt_objective_info = current_only;
		course_success(c, true);
		assert_int_equal(course_go(c, NAV_CONTINUE, -1), 3);
		course_success(c, false);
		assert_int_equal(course_go(c, NAV_CONTINUE, -1), 4);
		assert_success(c, 1, "failed");
		assert_int_equal(course_go(c, NAV_CHOICE, 3), 3);
		course_success(c, true);
		course_go(c, NAV_EXIT, -1);
		if (current_only)
			assert_success(c, 1, "unknown");
		else
			assert_success(c, 1, "passed");
		assert_success(c, 2, "passed"); /* the activity itself keeps it */
	}
}

static void a_global_objective_moves_the_cluster_that_reads_it(void **state)
{
	(void)state;
	course_begin(c);
	course_cluster(c, -1);
	course_cluster(c, 0);
	course_sco(c, 1);
	course_sco(c, 0);
	course_map(c, 2, S("goal"))->read_satisfied = true;
	course_map(c, 3, S("goal"))->write_satisfied = true;
	course_open(c);
	course_go(c, NAV_START, -1);
	assert_int_equal(course_go(c, NAV_CHOICE, 3), 3);
	course_success(c, true);
	course_go(c, NAV_EXIT, -1);
	assert_success(c, 2, "passed");
	assert_success(c, 1, "passed");
	assert_success(c, 0, "passed");
}

static void what_content_calls_unknown_is_unknown_to_all_who_read_it(void **state)
{
	(void)state;
	course_of(2);
	course_map(c, 1, S("goal"))->write_completion = true;
	course_map(c, 2, S("goal"))->read_completion = true;
	start();
	course_completed(c, true);
	course_go(c, NAV_CONTINUE, -1);
	assert_completion(c, 2, "completed");
	course_go(c, NAV_PREVIOUS, -1); /* a new attempt alone takes nothing away */
	assert_completion(c, 2, "completed");
	track_completion_set(c->e, 1, false, false);
	assert_completion(c, 2, "unknown");
}

static void ids_of_global_objectives_are_addresses(void **state)
{
	(void)state;
	static const struct {
		str a, b;
		bool same;
		const char *reason;
	} table[] = {
		{ { "a%20b", 5 }, { "a b", 3 }, true, "percent-encoding" },
		{ { " a \n b ", 7 }, { "a b", 3 }, true, "white space" },
		{ { "%41", 3 }, { "A", 1 }, true, "an encoded letter" },
		{ { "a%2", 3 }, { "a%2", 3 }, true, "half an encoding is itself" },
		{ { "ab", 2 }, { "a b", 3 }, false, "white space parts" },
		{ { "a", 1 }, { "A", 1 }, false, "case counts" },
		{ { "a ", 2 }, { "a", 1 }, true, "white space at the end" },
	};
	for (size_t i = 0; i < countof(table); i++) {
		assert_row(scorm_id_is(table[i].a, table[i].b) == table[i].same,
		           table[i].reason);
		if (table[i].same)
			assert_row(id_hash(table[i].a) == id_hash(table[i].b),
			           table[i].reason);
	}
}

static void times_add_up(void **state)
{
	(void)state;
	course_of(2);
	start();
	track_time_add(c->e, 1, 5000);
	course_go(c, NAV_CONTINUE, -1);
	track_time_add(c->e, 2, 700);
	assert_int_equal(scorm_standing_of(c->e, 0).total_time_ms, 5700);
	course_go(c, NAV_PREVIOUS, -1);
	track_time_add(c->e, 1, 1);
	assert_int_equal(scorm_standing_of(c->e, 1).total_time_ms, 5001);
	assert_int_equal(scorm_standing_of(c->e, 1).attempts, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_measure_is_the_weighted_mean_of_the_children),
		cmocka_unit_test(a_mean_of_decimals_is_a_decimal),
		cmocka_unit_test(seven_of_25_are_28_percent),
		cmocka_unit_test(a_child_without_a_measure_counts_with_its_weight),
		cmocka_unit_test(an_untracked_child_counts_for_nothing),
		cmocka_unit_test(no_measure_at_all_is_no_measure_of_the_whole),
		cmocka_unit_test(without_rules_all_must_be_known_before_anything_is_said),
		cmocka_unit_test(without_rules_all_satisfied_is_satisfied),
		cmocka_unit_test(content_that_says_nothing_is_done_when_it_is_left),
		cmocka_unit_test(content_that_says_unknown_is_believed),
		cmocka_unit_test(a_suspended_attempt_is_left_alone),
		cmocka_unit_test(rules_count_children),
		cmocka_unit_test(where_no_child_contributes_all_and_none_hold),
		cmocka_unit_test(what_is_read_from_a_global_objective_hides_its_own),
		cmocka_unit_test(progress_is_how_far_the_parts_are),
		cmocka_unit_test(
			a_cluster_that_was_never_entered_counts_by_what_its_leaves_read),
		cmocka_unit_test(
			clusters_that_read_a_goal_are_rolled_up_before_those_above),
		cmocka_unit_test(what_readers_write_has_readers_too),
		cmocka_unit_test(
			clusters_that_contradict_each_other_for_ever_come_to_an_end),
		cmocka_unit_test(who_is_abandoned_is_not_active_any_more),
		cmocka_unit_test(completion_by_measure_without_one_unsays_nothing),
		cmocka_unit_test(what_is_abandoned_does_not_count),
		cmocka_unit_test(who_must_count_only_when_attempted_does_not_count_before),
		cmocka_unit_test(who_is_skipped_does_not_count_if_so_wanted),
		cmocka_unit_test(who_is_suspended_does_not_count_if_so_wanted),
		cmocka_unit_test(satisfied_by_measure_goes_by_the_measure_alone),
		cmocka_unit_test(
			a_cluster_satisfied_by_measure_waits_until_it_is_left_if_so_wanted),
		cmocka_unit_test(completion_by_measure_rolls_up_progress),
		cmocka_unit_test(a_new_attempt_forgets_what_older_ones_brought),
		cmocka_unit_test(a_global_objective_moves_the_cluster_that_reads_it),
		cmocka_unit_test(what_content_calls_unknown_is_unknown_to_all_who_read_it),
		cmocka_unit_test(ids_of_global_objectives_are_addresses),
		cmocka_unit_test(times_add_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
