/* SPDX-License-Identifier: Apache-2.0 */
#include "course.h"

static struct course course;
static struct course *const c = &course;

/*      0
 *    /   \
 *   1     4
 *  2 3   5 6    */
static void two_clusters(void)
{
	course_begin(c);
	course_cluster(c, -1);
	course_cluster(c, 0);
	course_sco(c, 1);
	course_sco(c, 1);
	course_cluster(c, 0);
	course_sco(c, 4);
	course_sco(c, 4);
}

static void one_cluster_of(int n)
{
	course_begin(c);
	course_cluster(c, -1);
	for (int i = 0; i < n; i++) course_sco(c, 0);
}

static void start_at(int32_t wanted)
{
	course_open(c);
	assert_int_equal(course_go(c, NAV_START, -1), wanted);
}

/* ---- flow ---- */

static void flow_goes_from_leaf_to_leaf_and_off_the_end(void **state)
{
	(void)state;
	two_clusters();
	start_at(2);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), 3);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), 5);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), 6);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), -1);
	assert_null(c->d.refused);
	assert_int_equal(c->d.session, SESSION_ENDED);
	assert_int_equal(scorm_current(c->e), -1);
}

static void flow_goes_back(void **state)
{
	(void)state;
	two_clusters();
	start_at(2);
	course_go(c, NAV_CHOICE, 5);
	assert_int_equal(course_go(c, NAV_PREVIOUS, -1), 3);
	assert_int_equal(course_go(c, NAV_PREVIOUS, -1), 2);
	course_go(c, NAV_PREVIOUS, -1);
	assert_refused(c, "SB.2.1-3");
	assert_int_equal(c->d.session, SESSION_NO_CONTENT);
}

static void a_cluster_forward_only_is_entered_backwards_at_its_front(void **state)
{
	(void)state;
	two_clusters();
	c->a[1].forward_only = true;
	start_at(2);
	course_go(c, NAV_CONTINUE, -1);
	course_go(c, NAV_PREVIOUS, -1);
	assert_refused(c, "NB.2.1-5");
	course_go(c, NAV_CHOICE, 5);
	assert_int_equal(course_go(c, NAV_PREVIOUS, -1), 2);
}

static void backwards_over_a_skipped_front_of_a_cluster_forward_only(void **state)
{
	(void)state;
	two_clusters();
	c->a[4].forward_only = true;
	course_rule(c, 5, RULES_PRE, always, ACTION_SKIP);
	course_sco(c, 0); /* 7 */
	start_at(2);
	course_go(c, NAV_CHOICE, 7);
	assert_int_equal(course_go(c, NAV_PREVIOUS, -1), 6);
}

static void what_is_skipped_is_passed_over_both_ways(void **state)
{
	(void)state;
	two_clusters();
	course_rule(c, 3, RULES_PRE, always, ACTION_SKIP);
	start_at(2);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), 5);
	assert_int_equal(course_go(c, NAV_PREVIOUS, -1), 2);
}

/* Nothing stands behind it: titles between lessons are common in the wild. */
static void a_heading_is_passed_by_and_counts_for_nothing(void **state)
{
	(void)state;
	one_cluster_of(3);
	c->a[2].content = CONTENT_CLUSTER;
	start_at(1);
	assert_true(scorm_validity_of(c->e)->shown[2]);
	assert_false(scorm_validity_of(c->e)->choice[2]);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), 3);
	assert_int_equal(course_go(c, NAV_PREVIOUS, -1), 1);
	course_success(c, true);
	course_completed(c, true);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), 3);
	course_success(c, true);
	course_completed(c, true);
	assert_int_equal(course_go(c, NAV_CHOICE, 2), -1);
	assert_refused(c, "DB.1.1-1");
	assert_success(c, 0, "passed");
	assert_completion(c, 0, "completed");
}

static void a_disabled_activity_stops_flow(void **state)
{
	(void)state;
	one_cluster_of(2);
	course_rule(c, 2, RULES_PRE, always, ACTION_DISABLED);
	start_at(1);
	course_go(c, NAV_CONTINUE, -1);
	assert_refused(c, "SB.2.2-2");
}

static void without_flow_nothing_begins_by_itself(void **state)
{
	(void)state;
	one_cluster_of(2);
	c->a[0].flow = false;
	course_open(c);
	assert_int_equal(course_go(c, NAV_START, -1), -1);
	assert_refused(c, "SB.2.2-1");
	assert_int_equal(c->d.session, SESSION_NO_CONTENT);
	assert_int_equal(course_go(c, NAV_CHOICE, 2), 2);
}

/* ---- choice ---- */

static void choice_of_a_cluster_flows_into_it(void **state)
{
	(void)state;
	two_clusters();
	start_at(2);
	assert_int_equal(course_go(c, NAV_CHOICE, 4), 5);
}

static void choice_of_a_cluster_without_flow_delivers_nothing(void **state)
{
	(void)state;
	two_clusters();
	c->a[4].flow = false;
	start_at(2);
	course_go(c, NAV_CHOICE, 4);
	assert_refused(c, "SB.2.9-9");
	assert_int_equal(scorm_current(c->e), 4);
	assert_int_equal(course_go(c, NAV_CHOICE, 6), 6);
}

static void hidden_from_choice_is_not_to_be_chosen_nor_what_is_below(void **state)
{
	(void)state;
	two_clusters();
	course_rule(c, 4, RULES_PRE, always, ACTION_HIDDEN_FROM_CHOICE);
	start_at(2);
	const struct scorm_validity *v = scorm_validity_of(c->e);
	assert_false(v->shown[4] || v->shown[5] || v->choice[5]);
	assert_true(v->shown[3] && v->choice[3] && v->next);
	course_go(c, NAV_CHOICE, 5);
	assert_refused(c, "SB.2.9-3");
	assert_int_equal(course_go(c, NAV_CHOICE, 3), 3);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), 5); /* flow may */
}

static void stop_forward_traversal_bars_choice_beyond(void **state)
{
	(void)state;
	one_cluster_of(3);
	struct scorm_condition not_completed = { .kind = COND_COMPLETED, .negated = true };
	course_rule(c, 2, RULES_PRE, not_completed, ACTION_STOP_FORWARD_TRAVERSAL);
	start_at(1);
	course_go(c, NAV_CHOICE, 2);
	course_completed(c, false);
	const struct scorm_validity *v = scorm_validity_of(c->e);
	assert_true(v->choice[1] && v->choice[2] && !v->choice[3]);
	course_completed(c, true);
	v = scorm_validity_of(c->e);
	assert_true(v->choice[3]);
}

static void choice_exit_keeps_the_learner_in(void **state)
{
	(void)state;
	two_clusters();
	c->a[1].choice_exit = false;
	start_at(2);
	const struct scorm_validity *v = scorm_validity_of(c->e);
	assert_true(v->choice[2] && v->choice[3]);
	assert_false(v->choice[4] || v->choice[5] || v->choice[0]);
	course_go(c, NAV_CHOICE, 5);
	assert_refused(c, "NB.2.1-8");
	/* Nor is the one that keeps them in to be chosen. */
	assert_false(v->choice[1]);
	course_go(c, NAV_CHOICE, 1);
	assert_refused(c, "NB.2.1-8");
}

/* Both say something of what is below an activity. */
static void choice_exit_and_constraint_of_the_current_activity_bind_nobody(void **state)
{
	(void)state;
	two_clusters();
	int32_t third = course_cluster(c, 0);
	course_sco(c, third);
	c->a[2].constrain_choice = true;
	start_at(2);
	assert_true(scorm_validity_of(c->e)->choice[third + 1]);
	two_clusters();
	c->a[1].choice_exit = false;
	static const struct scorm_condition attempted = { .kind = COND_ATTEMPTED };
	course_rule(c, 1, RULES_EXIT, attempted, ACTION_EXIT);
	start_at(2);
	course_go(c, NAV_EXIT, -1);
	assert_int_equal(scorm_current(c->e), 1);
	assert_int_equal(course_go(c, NAV_CHOICE, 5), 5);
}

static void a_post_condition_opens_nothing_that_is_closed(void **state)
{
	(void)state;
	two_clusters();
	course_rule(c, 2, RULES_POST, always, ACTION_CONTINUE);
	course_rule(c, 5, RULES_PRE, always, ACTION_HIDDEN_FROM_CHOICE);
	course_rule(c, 6, RULES_PRE, always, ACTION_DISABLED);
	int32_t closed = course_cluster(c, 0);
	course_sco(c, closed);
	c->a[closed].flow = false;
	start_at(2);
	const struct scorm_validity *v = scorm_validity_of(c->e);
	assert_false(v->choice[5] || v->choice[6] || v->choice[closed]);
	assert_true(v->choice[2] && v->choice[3] && v->choice[4]);
	assert_true(jumps_of(c->e)[3] && jumps_of(c->e)[5] && !jumps_of(c->e)[6]);
}

static void constrained_choice_reaches_the_neighbours_only(void **state)
{
	(void)state;
	two_clusters();
	int32_t third = course_cluster(c, 0);
	course_sco(c, third);
	c->a[1].constrain_choice = true;
	start_at(2);
	const struct scorm_validity *v = scorm_validity_of(c->e);
	assert_true(v->choice[3] && v->choice[4] && v->choice[5] && v->choice[6]);
	assert_false(v->choice[third] || v->choice[third + 1]);
	course_go(c, NAV_CHOICE, third + 1);
	assert_refused(c, "SB.2.9-8");
}

static void prevent_activation_bars_what_is_inside_until_it_is_active(void **state)
{
	(void)state;
	two_clusters();
	c->a[4].prevent_activation = true;
	start_at(2);
	const struct scorm_validity *v = scorm_validity_of(c->e);
	assert_true(v->choice[4] && !v->choice[5] && !v->choice[6]);
	assert_int_equal(course_go(c, NAV_CHOICE, 4), 5);
	assert_true(scorm_validity_of(c->e)->choice[6]);
}

static void without_choice_there_is_none(void **state)
{
	(void)state;
	two_clusters();
	c->a[4].choice = false;
	start_at(2);
	const struct scorm_validity *v = scorm_validity_of(c->e);
	assert_true(v->choice[4] && !v->choice[5]);
	course_go(c, NAV_CHOICE, 5);
	assert_refused(c, "NB.2.1-10");
	assert_int_equal(c->d.session, SESSION_ACTIVE); /* nothing happened */
	assert_int_equal(scorm_current(c->e), 2);
}

static void jump_goes_where_choice_may_not(void **state)
{
	(void)state;
	two_clusters();
	c->a[4].choice = false;
	course_rule(c, 5, RULES_PRE, always, ACTION_DISABLED);
	start_at(2);
	assert_int_equal(course_go(c, NAV_JUMP, 6), 6);
	course_go(c, NAV_JUMP, 5);
	assert_refused(c, "DB.1.1-3");
	two_clusters();
	start_at(2);
	course_go(c, NAV_JUMP, 4);
	assert_refused(c, "DB.1.1-1");
}

/* ---- post-conditions and exit rules ---- */

static void a_post_condition_has_the_last_word(void **state)
{
	(void)state;
	static const struct {
		enum scorm_action action;
		int32_t delivered;
		enum scorm_session session;
		const char *reason;
	} table[] = {
		{ ACTION_RETRY, 2, SESSION_ACTIVE, "retry: the same again" },
		{ ACTION_CONTINUE, 3, SESSION_ACTIVE, "continue" },
		{ ACTION_EXIT_PARENT, 5, SESSION_ACTIVE,
		  "the cluster is left, then it goes on" },
		{ ACTION_EXIT_ALL, -1, SESSION_ENDED, "all is over" },
		{ ACTION_RETRY_ALL, 2, SESSION_ACTIVE, "from the beginning" },
	};
	for (size_t i = 0; i < countof(table); i++) {
		two_clusters();
		course_rule(c, 2, RULES_POST, satisfied, table[i].action);
		start_at(2);
		course_success(c, true);
		course_go(c, NAV_CONTINUE, -1);
		assert_row(c->d.activity == table[i].delivered, table[i].reason);
		assert_row(c->d.session == table[i].session, table[i].reason);
	}
}

static void a_post_condition_does_not_apply_to_what_is_suspended(void **state)
{
	(void)state;
	two_clusters();
	course_rule(c, 2, RULES_POST, always, ACTION_EXIT_ALL);
	start_at(2);
	track_suspended_set(c->e, 2, true);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), 3);
}

static void an_exit_rule_takes_everything_below_with_it(void **state)
{
	(void)state;
	two_clusters();
	course_rollup(c, 1, SET_ANY, satisfied, ROLLUP_SATISFIED);
	course_rule(c, 1, RULES_EXIT, satisfied, ACTION_EXIT);
	start_at(2);
	course_success(c, true);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), 5);
	assert_int_equal(scorm_standing_of(c->e, 1).attempts, 1);
}

static void a_rule_that_is_unknown_does_not_apply(void **state)
{
	(void)state;
	one_cluster_of(2);
	struct scorm_condition not_satisfied = { .kind = COND_SATISFIED, .negated = true };
	course_rule(c, 2, RULES_PRE, not_satisfied, ACTION_SKIP);
	start_at(1);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), 2);
	course_success(c, false);
	course_go(c, NAV_PREVIOUS, -1);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), -1);
	assert_int_equal(c->d.session, SESSION_ENDED);
}

static void conditions_combine_with_the_unknown(void **state)
{
	(void)state;
	static const struct {
		bool any;
		enum scorm_condition_kind with;
		bool negated;
		enum truth wanted;
		const char *reason;
	} table[] = {
		{ true, COND_ALWAYS, false, YES, "unknown or true" },
		{ true, COND_ALWAYS, true, UNKNOWN, "unknown or false" },
		{ false, COND_ALWAYS, false, UNKNOWN, "unknown and true" },
		{ false, COND_ALWAYS, true, NO, "unknown and false" },
	};
	one_cluster_of(1);
	start_at(1);
	for (size_t i = 0; i < countof(table); i++) {
		struct scorm_condition two[] = {
			satisfied, { .kind = table[i].with, .negated = table[i].negated }
		};
		assert_row(conditions_are(c->e, 1, two, 2, table[i].any, false) ==
		                   table[i].wanted,
		           table[i].reason);
	}
}

static void a_condition_may_speak_of_another_objective_s_completion(void **state)
{
	(void)state;
	one_cluster_of(2);
	c->a[2].n_objectives = 2;
	c->objective[2][1].id = S("goal");
	struct scorm_condition goal = { .kind = COND_COMPLETED, .objective = S("goal") };
	struct scorm_condition unheard = { .kind = COND_COMPLETED, .objective = S("none") };
	start_at(1);
	assert_int_equal(condition_is(c->e, 2, &goal, false), UNKNOWN);
	struct scorm_objective_track done = { .known = KNOWN_COMPLETION,
		                              .completed = true };
	track_objective_set(c->e, 2, 1, &done, 0);
	assert_int_equal(condition_is(c->e, 2, &goal, false), YES);
	assert_int_equal(condition_is(c->e, 2, &completed, false), UNKNOWN);
	assert_int_equal(condition_is(c->e, 2, &unheard, false), UNKNOWN);
}

/* SN 3.4.2: Activity Progress Status counts too. */
static void progress_is_known_of_what_was_attempted_only(void **state)
{
	(void)state;
	one_cluster_of(2);
	course_map(c, 1, S("goal"))->write_completion = true;
	course_map(c, 2, S("goal"))->read_completion = true;
	struct scorm_condition known = { .kind = COND_PROGRESS_KNOWN };
	start_at(1);
	course_completed(c, true);
	assert_int_equal(condition_is(c->e, 1, &known, false), YES);
	assert_int_equal(condition_is(c->e, 2, &completed, false), YES);
	assert_int_equal(condition_is(c->e, 2, &known, false), NO);
	course_go(c, NAV_CONTINUE, -1);
	assert_int_equal(condition_is(c->e, 2, &known, false), YES);
}

/* ---- limits ---- */

static void an_attempt_limit_bars_the_attempt_after_it(void **state)
{
	(void)state;
	one_cluster_of(2);
	c->a[1].has_attempt_limit = true;
	c->a[1].attempt_limit = 1;
	start_at(1);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), 2);
	assert_false(scorm_validity_of(c->e)->previous);
	course_go(c, NAV_PREVIOUS, -1);
	assert_refused(c, "SB.2.2-2");
}

static void an_attempt_limit_does_not_bar_the_attempt_that_goes_on(void **state)
{
	(void)state;
	two_clusters();
	c->a[1].has_attempt_limit = true;
	c->a[1].attempt_limit = 1;
	start_at(2);
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), 3); /* the cluster is active */
	track_suspended_set(c->e, 3, true);
	assert_int_equal(course_go(c, NAV_CHOICE, 5), 5);
	assert_int_equal(course_go(c, NAV_CHOICE, 3), 3); /* it was suspended */
	assert_int_equal(scorm_standing_of(c->e, 1).attempts, 1);
	assert_int_equal(scorm_standing_of(c->e, 3).attempts, 1);
}

static void time_counts_against_the_limit_only_when_it_has_passed(void **state)
{
	(void)state;
	one_cluster_of(2);
	c->a[1].has_attempt_duration_limit = true;
	c->a[1].attempt_duration_limit_ms = 60000;
	start_at(1);
	course_go(c, NAV_CONTINUE, -1);
	assert_int_equal(course_go(c, NAV_PREVIOUS, -1), 1);
	c->now_ms += 60000;
	course_go(c, NAV_CONTINUE, -1);
	course_go(c, NAV_PREVIOUS, -1);
	assert_refused(c, "SB.2.2-2");
}

/* ---- selection and randomization ---- */

static int chosen_set(uint64_t seed)
{
	one_cluster_of(6);
	c->a[0].selection_timing = TIMING_ONCE;
	c->a[0].has_select_count = true;
	c->a[0].select_count = 3;
	c->learner.seed = seed;
	course_open(c);
	int set = 0;
	for (int32_t i = available_first(c->e, 0); i >= 0; i = available_next(c->e, i))
		set |= 1 << i;
	return set;
}

static void a_selection_is_the_seed_s_and_in_order(void **state)
{
	(void)state;
	int seen = 0, different = 0;
	for (uint64_t seed = 0; seed < 20; seed++) {
		int set = chosen_set(seed);
		assert_int_equal(__builtin_popcount((unsigned)set), 3);
		assert_int_equal(set, chosen_set(seed));
		int32_t before = 0;
		for (int32_t i = available_first(c->e, 0); i >= 0;
		     i = available_next(c->e, i)) {
			assert_true(i > before);
			before = i;
		}
		different += set != seen;
		seen = set;
	}
	assert_true(different > 10);
}

static void what_was_not_selected_is_not_there(void **state)
{
	(void)state;
	int set = chosen_set(3);
	course_go(c, NAV_START, -1);
	for (int32_t i = 1; i <= 6; i++) {
		assert_int_equal(scorm_validity_of(c->e)->shown[i], set >> i & 1);
		assert_int_equal(scorm_validity_of(c->e)->choice[i], set >> i & 1);
	}
	int visited = 1;
	while (course_go(c, NAV_CONTINUE, -1) >= 0) visited++;
	assert_int_equal(visited, 3);
}

static void what_was_not_selected_is_no_part_of_the_progress(void **state)
{
	(void)state;
	two_clusters();
	c->a[0].selection_timing = TIMING_ONCE;
	c->a[0].has_select_count = true;
	c->a[0].select_count = 1;
	course_open(c);
	int32_t first = course_go(c, NAV_START, -1), other = first == 2 ? 4 : 1;
	assert_string_equal(scorm_why_of(c->e, other).word, "not-selected");
	assert_string_equal(scorm_why_of(c->e, other + 1).word, "not-selected");
	struct scorm_why why = scorm_why_of(c->e, 0);
	assert_string_equal(why.word, "parts-open");
	assert_true(why.have < 1 && why.need > 1 && why.need < 3);
	course_completed(c, true);
	course_go(c, NAV_CONTINUE, -1);
	assert_true(fabs(scorm_standing_of(c->e, 0).progress - 0.5) < 1e-9);
}

static void a_complete_course_is_whole_whatever_is_drawn_next(void **state)
{
	(void)state;
	one_cluster_of(6);
	c->a[0].selection_timing = TIMING_ON_EACH_NEW_ATTEMPT;
	c->a[0].has_select_count = true;
	c->a[0].select_count = 2;
	course_open(c);
	int32_t before[7], after[7];
	assert_int_equal(scorm_order(c->e, before), 3);
	course_go(c, NAV_START, -1);
	course_completed(c, true);
	course_go(c, NAV_CONTINUE, -1);
	course_completed(c, true);
	course_go(c, NAV_EXIT_ALL, -1);
	assert_int_equal(scorm_order(c->e, after), 3);
	assert_true(memcmp(before, after, 3 * sizeof *before) != 0);
	assert_completion(c, 0, "completed");
	assert_true(scorm_standing_of(c->e, 0).progress >= 1);
}

static void a_new_attempt_is_shuffled_anew(void **state)
{
	(void)state;
	one_cluster_of(6);
	c->a[0].randomization_timing = TIMING_ON_EACH_NEW_ATTEMPT;
	c->a[0].reorder_children = true;
	course_open(c);
	int32_t order[4][6];
	int different = 0;
	for (int attempt = 0; attempt < 4; attempt++) {
		order[attempt][0] = course_go(c, NAV_START, -1);
		for (int i = 1; i < 6; i++)
			order[attempt][i] = course_go(c, NAV_CONTINUE, -1);
		assert_int_equal(course_go(c, NAV_CONTINUE, -1), -1);
		if (attempt)
			different += memcmp(order[attempt], order[attempt - 1],
			                    sizeof order[0]) != 0;
	}
	assert_true(different >= 2);
}

static void the_order_is_that_of_continue_without_what_was_not_selected(void **state)
{
	(void)state;
	one_cluster_of(6);
	c->a[0].selection_timing = c->a[0].randomization_timing = TIMING_ONCE;
	c->a[0].has_select_count = c->a[0].reorder_children = true;
	c->a[0].select_count = 4;
	c->learner.seed = 5;
	course_open(c);
	int32_t order[7];
	assert_int_equal(scorm_order(c->e, order), 5);
	assert_int_equal(order[0], 0);
	assert_int_equal(course_go(c, NAV_START, -1), order[1]);
	bool in_order = true;
	for (int i = 2; i < 5; i++) {
		assert_int_equal(course_go(c, NAV_CONTINUE, -1), order[i]);
		in_order &= order[i] > order[i - 1];
	}
	assert_false(in_order);
}

static void the_order_goes_down_before_it_goes_on(void **state)
{
	(void)state;
	two_clusters();
	course_open(c);
	int32_t order[7];
	assert_int_equal(scorm_order(c->e, order), c->tree.n);
	for (int32_t i = 0; i < c->tree.n; i++) assert_int_equal(order[i], i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flow_goes_from_leaf_to_leaf_and_off_the_end),
		cmocka_unit_test(flow_goes_back),
		cmocka_unit_test(a_cluster_forward_only_is_entered_backwards_at_its_front),
		cmocka_unit_test(backwards_over_a_skipped_front_of_a_cluster_forward_only),
		cmocka_unit_test(what_is_skipped_is_passed_over_both_ways),
		cmocka_unit_test(a_heading_is_passed_by_and_counts_for_nothing),
		cmocka_unit_test(a_disabled_activity_stops_flow),
		cmocka_unit_test(without_flow_nothing_begins_by_itself),
		cmocka_unit_test(choice_of_a_cluster_flows_into_it),
		cmocka_unit_test(choice_of_a_cluster_without_flow_delivers_nothing),
		cmocka_unit_test(hidden_from_choice_is_not_to_be_chosen_nor_what_is_below),
		cmocka_unit_test(stop_forward_traversal_bars_choice_beyond),
		cmocka_unit_test(choice_exit_keeps_the_learner_in),
		cmocka_unit_test(
			choice_exit_and_constraint_of_the_current_activity_bind_nobody),
		cmocka_unit_test(a_post_condition_opens_nothing_that_is_closed),
		cmocka_unit_test(constrained_choice_reaches_the_neighbours_only),
		cmocka_unit_test(prevent_activation_bars_what_is_inside_until_it_is_active),
		cmocka_unit_test(without_choice_there_is_none),
		cmocka_unit_test(jump_goes_where_choice_may_not),
		cmocka_unit_test(a_post_condition_has_the_last_word),
		cmocka_unit_test(a_post_condition_does_not_apply_to_what_is_suspended),
		cmocka_unit_test(an_exit_rule_takes_everything_below_with_it),
		cmocka_unit_test(a_rule_that_is_unknown_does_not_apply),
		cmocka_unit_test(conditions_combine_with_the_unknown),
		cmocka_unit_test(a_condition_may_speak_of_another_objective_s_completion),
		cmocka_unit_test(progress_is_known_of_what_was_attempted_only),
		cmocka_unit_test(an_attempt_limit_bars_the_attempt_after_it),
		cmocka_unit_test(an_attempt_limit_does_not_bar_the_attempt_that_goes_on),
		cmocka_unit_test(time_counts_against_the_limit_only_when_it_has_passed),
		cmocka_unit_test(a_selection_is_the_seed_s_and_in_order),
		cmocka_unit_test(what_was_not_selected_is_not_there),
		cmocka_unit_test(what_was_not_selected_is_no_part_of_the_progress),
		cmocka_unit_test(a_complete_course_is_whole_whatever_is_drawn_next),
		cmocka_unit_test(a_new_attempt_is_shuffled_anew),
		cmocka_unit_test(
			the_order_is_that_of_continue_without_what_was_not_selected),
		cmocka_unit_test(the_order_goes_down_before_it_goes_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
