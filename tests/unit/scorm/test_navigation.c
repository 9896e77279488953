/* SPDX-License-Identifier: Apache-2.0 */
#include "course.h"

static struct course course;
static struct course *const c = &course;

static void three_in_a_row(void)
{
	course_begin(c);
	course_cluster(c, -1);
	for (int i = 0; i < 3; i++) course_sco(c, 0);
	course_open(c);
}

static void before_a_session_only_start_and_choice_are_valid(void **state)
{
	(void)state;
	static const struct {
		enum scorm_navigation what;
		const char *exception, *reason;
	} table[] = {
		{ NAV_RESUME_ALL, "NB.2.1-3", "nothing is suspended" },
		{ NAV_CONTINUE, "NB.2.1-2", "nothing is current" },
		{ NAV_PREVIOUS, "NB.2.1-2", "nothing is current" },
		{ NAV_EXIT, "NB.2.1-2", "nothing is current" },
		{ NAV_EXIT_ALL, "NB.2.1-2", "nothing is current" },
		{ NAV_ABANDON, "NB.2.1-2", "nothing is current" },
		{ NAV_ABANDON_ALL, "NB.2.1-2", "nothing is current" },
		{ NAV_SUSPEND_ALL, "NB.2.1-2", "nothing is current" },
		{ NAV_JUMP, "NB.2.1-2", "nothing is current" },
	};
	three_in_a_row();
	for (size_t i = 0; i < countof(table); i++) {
		course_go(c, table[i].what, 1);
		assert_row(c->d.refused &&
		                   str_is(str_of(c->d.refused), str_of(table[i].exception)),
		           table[i].reason);
	}
	const struct scorm_validity *v = scorm_validity_of(c->e);
	assert_true(v->start && !v->resume_all && !v->next && !v->exit_all && v->choice[2]);
	assert_int_equal(course_go(c, NAV_CHOICE, 2), 2);
}

static void a_session_begins_once(void **state)
{
	(void)state;
	three_in_a_row();
	course_go(c, NAV_START, -1);
	course_go(c, NAV_START, -1);
	assert_refused(c, "NB.2.1-1");
	assert_int_equal(scorm_current(c->e), 1);
	course_go(c, NAV_RESUME_ALL, -1);
	assert_refused(c, "NB.2.1-1");
}

static void what_does_not_exist_is_not_chosen(void **state)
{
	(void)state;
	three_in_a_row();
	course_go(c, NAV_START, -1);
	course_go(c, NAV_CHOICE, 99);
	assert_refused(c, "NB.2.1-11");
	course_go(c, NAV_CHOICE, -1);
	assert_refused(c, "NB.2.1-11");
	course_go(c, NAV_JUMP, 99);
	assert_refused(c, "NB.2.1-11");
}

static void exit_leaves_the_activity_and_the_session_goes_on(void **state)
{
	(void)state;
	three_in_a_row();
	course_go(c, NAV_START, -1);
	course_go(c, NAV_EXIT, -1);
	assert_null(c->d.refused);
	assert_int_equal(c->d.session, SESSION_NO_CONTENT);
	course_go(c, NAV_EXIT, -1);
	assert_refused(c, "NB.2.1-12");
	assert_int_equal(course_go(c, NAV_CONTINUE, -1), 2);
}

static void exit_on_the_root_ends_the_session(void **state)
{
	(void)state;
	course_begin(c);
	course_sco(c, -1);
	course_open(c);
	assert_int_equal(course_go(c, NAV_START, -1), 0);
	course_go(c, NAV_EXIT, -1);
	assert_int_equal(c->d.session, SESSION_ENDED);
	assert_int_equal(scorm_current(c->e), -1);
}

static void exit_all_ends_every_attempt(void **state)
{
	(void)state;
	three_in_a_row();
	course_go(c, NAV_START, -1);
	course_success(c, true);
	course_go(c, NAV_EXIT_ALL, -1);
	assert_int_equal(c->d.session, SESSION_ENDED);
	for (int32_t i = 0; i < 4; i++) assert_false(scorm_tracks(c->e)[i].active);
	/* What was learned stays, and a new session is a new attempt on the course. */
	assert_success(c, 1, "passed");
	assert_int_equal(course_go(c, NAV_START, -1), 1);
	assert_int_equal(scorm_standing_of(c->e, 0).attempts, 2);
}

static void suspend_all_and_resume_all_go_on_where_it_was(void **state)
{
	(void)state;
	three_in_a_row();
	course_go(c, NAV_START, -1);
	course_go(c, NAV_CONTINUE, -1);
	course_go(c, NAV_SUSPEND_ALL, -1);
	assert_int_equal(c->d.session, SESSION_SUSPENDED);
	assert_int_equal(scorm_suspended(c->e), 2);
	assert_true(scorm_validity_of(c->e)->resume_all);
	assert_int_equal(course_go(c, NAV_RESUME_ALL, -1), 2);
	assert_int_equal(scorm_standing_of(c->e, 2).attempts, 1);
	assert_int_equal(scorm_standing_of(c->e, 0).attempts, 1);
	assert_int_equal(scorm_suspended(c->e), -1);
}

static void another_choice_than_resume_lets_the_suspended_attempt_go(void **state)
{
	(void)state;
	three_in_a_row();
	course_go(c, NAV_START, -1);
	course_go(c, NAV_SUSPEND_ALL, -1);
	assert_int_equal(course_go(c, NAV_CHOICE, 3), 3);
	assert_int_equal(scorm_suspended(c->e), -1);
	assert_false(scorm_standing_of(c->e, 1).suspended);
	course_go(c, NAV_CHOICE, 1);
	assert_int_equal(scorm_standing_of(c->e, 1).attempts, 2);
}

static void suspend_all_where_nothing_is_open_suspends_what_is_above(void **state)
{
	(void)state;
	three_in_a_row();
	course_go(c, NAV_START, -1);
	course_go(c, NAV_EXIT, -1);
	course_go(c, NAV_SUSPEND_ALL, -1);
	assert_int_equal(c->d.session, SESSION_SUSPENDED);
	assert_int_equal(scorm_suspended(c->e), 0);
	course_go(c, NAV_RESUME_ALL, -1);
	assert_refused(c, "DB.1.1-1");
}

static void abandon_leaves_without_ending_the_attempt(void **state)
{
	(void)state;
	three_in_a_row();
	c->a[1].completion_set_by_content = false;
	course_go(c, NAV_START, -1);
	course_go(c, NAV_ABANDON, -1);
	assert_int_equal(c->d.session, SESSION_NO_CONTENT);
	assert_completion(c, 1, "unknown");
	course_go(c, NAV_ABANDON_ALL, -1);
	assert_int_equal(c->d.session, SESSION_ENDED);
}

static void controls_say_what_is_hidden(void **state)
{
	(void)state;
	three_in_a_row();
	c->a[2].hide = HIDE_CONTINUE | HIDE_ABANDON;
	course_go(c, NAV_START, -1);
	assert_int_equal(scorm_validity_of(c->e)->hidden, 0);
	course_go(c, NAV_CONTINUE, -1);
	assert_int_equal(scorm_validity_of(c->e)->hidden, HIDE_CONTINUE | HIDE_ABANDON);
}

static void the_contents_leave_out_what_is_invisible_only(void **state)
{
	(void)state;
	course_begin(c);
	course_cluster(c, -1);
	course_cluster(c, 0);
	course_sco(c, 1);
	c->a[1].visible = false;
	course_open(c);
	course_go(c, NAV_START, -1);
	const struct scorm_validity *v = scorm_validity_of(c->e);
	assert_true(v->shown[0] && !v->shown[1] && v->shown[2] && v->choice[1]);
}

/* What the controls say follows what the content did, before it is left. */
static void look_ahead_sees_what_content_has_done_so_far(void **state)
{
	(void)state;
	three_in_a_row();
	struct scorm_condition missed = { .kind = COND_SATISFIED, .negated = true };
	course_rule(c, 2, RULES_PRE, missed, ACTION_DISABLED);
	course_map(c, 1, S("goal"))->write_satisfied = true;
	course_map(c, 2, S("goal"))->read_satisfied = true;
	course_open(c);
	course_go(c, NAV_START, -1);
	assert_true(scorm_validity_of(c->e)->next);
	course_success(c, false);
	assert_false(scorm_validity_of(c->e)->next);
	assert_false(scorm_validity_of(c->e)->choice[2]);
	course_success(c, true);
	assert_true(scorm_validity_of(c->e)->next);
}

static void looking_ahead_changes_nothing(void **state)
{
	(void)state;
	static uint8_t before[100000], after[100000];
	size_t n, again;
	three_in_a_row();
	course_rule(c, 1, RULES_POST, always, ACTION_EXIT_ALL);
	course_go(c, NAV_START, -1);
	assert_true(scorm_snapshot(c->e, before, sizeof before, &n));
	assert_true(scorm_validity_of(c->e)->next);
	assert_true(scorm_snapshot(c->e, after, sizeof after, &again));
	assert_int_equal(n, again);
	assert_memory_equal(before, after, n);
}

static void scorm_1_2_is_free_choice_and_flow(void **state)
{
	(void)state;
	course_begin(c);
	c->tree.version = SCORM_1_2;
	course_cluster(c, -1);
	for (int i = 0; i < 3; i++) course_sco(c, 0);
	for (int i = 0; i < 4; i++) {
		int32_t parent = c->a[i].parent, first = c->a[i].first_child,
			next = c->a[i].next_sibling;
		const struct scorm_objective *objective = c->a[i].objective;
		str id = c->a[i].id;
		c->a[i] = scorm_activity_default(SCORM_1_2);
		c->a[i].parent = parent;
		c->a[i].first_child = first;
		c->a[i].next_sibling = next;
		c->a[i].objective = objective;
		c->a[i].n_objectives = 1;
		c->a[i].id = id;
		if (i) c->a[i].content = CONTENT_SCO;
	}
	course_open(c);
	assert_int_equal(course_go(c, NAV_START, -1), 1);
	course_completed(c, true);
	course_success(c, true);
	assert_int_equal(course_go(c, NAV_CHOICE, 3), 3);
	assert_int_equal(course_go(c, NAV_PREVIOUS, -1), 2);
	assert_int_equal(course_go(c, NAV_PREVIOUS, -1), 1);
	assert_completion(c, 1, "completed"); /* a second visit takes nothing away */
	assert_success(c, 1, "passed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(before_a_session_only_start_and_choice_are_valid),
		cmocka_unit_test(a_session_begins_once),
		cmocka_unit_test(what_does_not_exist_is_not_chosen),
		cmocka_unit_test(exit_leaves_the_activity_and_the_session_goes_on),
		cmocka_unit_test(exit_on_the_root_ends_the_session),
		cmocka_unit_test(exit_all_ends_every_attempt),
		cmocka_unit_test(suspend_all_and_resume_all_go_on_where_it_was),
		cmocka_unit_test(another_choice_than_resume_lets_the_suspended_attempt_go),
		cmocka_unit_test(suspend_all_where_nothing_is_open_suspends_what_is_above),
		cmocka_unit_test(abandon_leaves_without_ending_the_attempt),
		cmocka_unit_test(controls_say_what_is_hidden),
		cmocka_unit_test(the_contents_leave_out_what_is_invisible_only),
		cmocka_unit_test(look_ahead_sees_what_content_has_done_so_far),
		cmocka_unit_test(looking_ahead_changes_nothing),
		cmocka_unit_test(scorm_1_2_is_free_choice_and_flow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
