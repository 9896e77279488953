/* SPDX-License-Identifier: Apache-2.0 */
#include "course.h"

static struct course course, another_course;
static struct course *const c = &course;
static uint8_t first[200000], second[200000];

static void course_with_goals(struct course *x, int n)
{
	course_begin(x);
	course_cluster(x, -1);
	for (int i = 1; i <= n; i++) {
		course_sco(x, 0);
		struct scorm_objective_map *m = course_map(x, i, S("urn:goal"));
		m->read_satisfied = m->write_satisfied = true;
		m->read_measure = m->write_measure = true;
		x->store[i] = (struct scorm_store_map){ .target = S("urn:box"),
			                                .read = true,
			                                .write = true };
		x->a[i].store = &x->store[i];
		x->a[i].n_stores = 1;
	}
}

static void half_way(void)
{
	course_with_goals(c, 4);
	c->a[0].randomization_timing = TIMING_ON_EACH_NEW_ATTEMPT;
	c->a[0].reorder_children = true;
	course_open(c);
	course_go(c, NAV_START, -1);
	course_success(c, true);
	course_measure(c, 1.0 / 3);
	track_time_add(c->e, scorm_current(c->e), 61000);
	assert_true(track_store_write(c->e, scorm_current(c->e), 0, S("kept")));
	course_go(c, NAV_CONTINUE, -1);
	course_completed(c, false);
	track_suspended_set(c->e, scorm_current(c->e), true);
}

static struct scorm *opened_again(void)
{
	struct scorm *e = scorm_open(course_block[1], COURSE_BLOCK, &c->tree, &c->learner);
	assert_non_null(e);
	return e;
}

static void a_restored_engine_goes_on_as_the_first_would(void **state)
{
	(void)state;
	size_t n, again;
	half_way();
	assert_true(scorm_snapshot(c->e, first, sizeof first, &n));
	struct scorm *e = opened_again();
	assert_true(scorm_restore(e, first, n));
	assert_true(scorm_snapshot(e, second, sizeof second, &again));
	assert_int_equal(n, again);
	assert_memory_equal(first, second, n);
	for (int i = 0; i < 3; i++) {
		struct scorm_delivery there;
		course_go(c, NAV_CONTINUE, -1);
		scorm_navigate(e, (struct scorm_request){ NAV_CONTINUE, -1 }, c->now_ms,
		               &there);
		assert_int_equal(there.activity, c->d.activity);
		assert_int_equal(there.session, c->d.session);
		assert_memory_equal(scorm_validity_of(e)->choice,
		                    scorm_validity_of(c->e)->choice, 5);
	}
	assert_true(scorm_snapshot(c->e, first, sizeof first, &n));
	assert_true(scorm_snapshot(e, second, sizeof second, &again));
	assert_int_equal(n, again);
	assert_memory_equal(first, second, n);
}

static void a_snapshot_says_how_much_room_it_takes(void **state)
{
	(void)state;
	size_t n, wanted;
	half_way();
	assert_true(scorm_snapshot(c->e, first, sizeof first, &wanted));
	for (size_t i = 0; i < wanted; i++) {
		assert_false(scorm_snapshot(c->e, second, i, &n));
		assert_int_equal(n, wanted);
	}
}

static void what_is_no_snapshot_leaves_the_engine_as_new(void **state)
{
	(void)state;
	size_t n, new, now;
	half_way();
	assert_true(scorm_snapshot(c->e, first, sizeof first, &n));
	static uint8_t as_new[200000];
	assert_true(scorm_snapshot(opened_again(), as_new, sizeof as_new, &new));
	for (size_t i = 0; i < n; i++) {
		struct scorm *e = opened_again();
		assert_false(scorm_restore(e, first, i));
		assert_int_equal(scorm_session_of(e), SESSION_NONE);
		assert_true(scorm_snapshot(e, second, sizeof second, &now));
		assert_int_equal(new, now);
		assert_memory_equal(as_new, second, new);
	}
}

static void a_snapshot_is_of_one_tree_only(void **state)
{
	(void)state;
	size_t n;
	half_way();
	assert_true(scorm_snapshot(c->e, first, sizeof first, &n));
	course_with_goals(&another_course, 5);
	another_course.e = scorm_open(course_block[1], COURSE_BLOCK, &another_course.tree,
	                              &another_course.learner);
	assert_false(scorm_restore(another_course.e, first, n));
}

/* A second course that knows the first one's goal by another spelling, and one of its own.
 */
static struct scorm *second_course(bool shares)
{
	struct course *x = &another_course;
	course_begin(x);
	course_cluster(x, -1);
	course_sco(x, 0);
	course_map(x, 1, S("urn%3Agoal"))->read_satisfied = true;
	course_map(x, 1, S("urn:other"))->write_measure = true;
	x->store[1] = (struct scorm_store_map){ .target = S("urn:box"), .read = true };
	x->a[1].store = &x->store[1];
	x->a[1].n_stores = 1;
	x->tree.objectives_global_to_system = x->tree.shared_data_global_to_system = shares;
	x->e = scorm_open(course_block[1], COURSE_BLOCK, &x->tree, &x->learner);
	assert_non_null(x->e);
	return x->e;
}

static void what_is_global_goes_from_course_to_course(void **state)
{
	(void)state;
	size_t n, again;
	str text;
	half_way();
	assert_true(scorm_globals_write(c->e, first, sizeof first, &n));
	struct scorm *e = second_course(true);
	assert_true(scorm_globals_read(e, first, n));
	assert_success(&another_course, 1, "passed");
	assert_true(track_store_read(e, 1, 0, &text));
	assert_str(text, S("kept"));
	assert_false(track_store_write(e, 1, 0, S("read only")));
	course_go(&another_course, NAV_START, -1);
	course_measure(&another_course, 0.5);
	/* Back in the first course nothing is lost, and a third would find both goals. */
	assert_true(scorm_globals_write(e, second, sizeof second, &again));
	assert_true(again > n);
	assert_true(scorm_globals_read(c->e, second, again));
	assert_true(scorm_globals_write(c->e, first, sizeof first, &n));
	assert_int_equal(n, again - 2); /* its own spelling of the goal */
}

static void a_course_of_its_own_neither_takes_nor_gives_but_carries(void **state)
{
	(void)state;
	size_t n, again;
	half_way();
	assert_true(scorm_globals_write(c->e, first, sizeof first, &n));
	struct scorm *e = second_course(false);
	assert_true(scorm_globals_read(e, first, n));
	assert_success(&another_course, 1, "unknown");
	course_go(&another_course, NAV_START, -1);
	course_measure(&another_course, 0.5);
	assert_true(scorm_globals_write(e, second, sizeof second, &again));
	assert_int_equal(n, again);
	assert_memory_equal(first, second, n);
}

static void a_course_of_its_own_begins_anew_with_each_attempt(void **state)
{
	(void)state;
	course_with_goals(c, 2);
	c->tree.objectives_global_to_system = c->tree.shared_data_global_to_system = false;
	course_open(c);
	course_go(c, NAV_START, -1);
	course_success(c, true);
	assert_true(track_store_write(c->e, 1, 0, S("kept")));
	course_go(c, NAV_CONTINUE, -1);
	assert_success(c, 2, "passed");
	course_go(c, NAV_EXIT_ALL, -1);
	course_go(c, NAV_START, -1);
	assert_success(c, 2, "unknown");
	str text;
	assert_true(track_store_read(c->e, 1, 0, &text));
	assert_str(text, STR_NONE);
}

static void what_is_no_list_of_globals_changes_nothing(void **state)
{
	(void)state;
	size_t n;
	half_way();
	assert_true(scorm_globals_write(c->e, first, sizeof first, &n));
	struct scorm *e = second_course(true);
	for (size_t i = 0; i < n; i++)
		if (scorm_globals_read(e, first, i))
			assert_true(i >= 5); /* whole entries */
	assert_false(scorm_globals_read(e, first, 0));
	assert_false(scorm_globals_read(e, (const uint8_t *)"nonsense", 8));
}

static void the_trace_keeps_the_last_and_their_outcome(void **state)
{
	(void)state;
	course_with_goals(c, 2);
	course_open(c);
	struct scorm_trace_row row[300];
	char longer[100];
	memset(longer, 'x', sizeof longer);
	memcpy(longer + 63, "\xD0\x96", 2);
	for (int i = 0; i < 400; i++) {
		str value = { longer, (size_t)i % 100 };
		scorm_trace_add(c->e, 1, S("SetValue cmi.location"), value, i);
	}
	size_t n = scorm_trace(c->e, row, countof(row));
	assert_int_equal(n, 128);
	assert_int_equal(row[0].error, 400 - 128);
	assert_int_equal(row[n - 1].error, 399);
	assert_int_equal(row[n - 1].value.n, 63); /* no half of a letter */
	assert_int_equal(scorm_trace(c->e, row, 3), 3);
	assert_int_equal(row[2].error, 399);
	course_go(c, NAV_CHOICE, 99);
	scorm_trace(c->e, row, 1);
	assert_str(row[0].what, S("Choice"));
	assert_str(row[0].value, S("NB.2.1-11"));
}

static void bins_are_kept_in_order_and_grow_and_shrink(void **state)
{
	(void)state;
	course_with_goals(c, 3);
	course_open(c);
	struct scorm *e = c->e;
	assert_str(bin_get(e, BIN_RUNTIME, 2), STR_NONE);
	assert_true(bin_put(e, BIN_RUNTIME, 2, S("two")));
	assert_true(bin_put(e, BIN_RUNTIME, 1, S("one")));
	assert_true(bin_put(e, BIN_STORE, 0, S("")));
	assert_true(bin_add(e, BIN_RUNTIME, 1, S(" and more")));
	assert_str(bin_get(e, BIN_RUNTIME, 1), S("one and more"));
	assert_str(bin_get(e, BIN_RUNTIME, 2), S("two"));
	assert_str(bin_get(e, BIN_STORE, 0), S(""));
	assert_true(bin_put(e, BIN_RUNTIME, 1, S("1")));
	assert_str(bin_get(e, BIN_RUNTIME, 2), S("two"));
	static char large[COURSE_BLOCK];
	assert_false(bin_put(e, BIN_RUNTIME, 1, (str){ large, sizeof large }));
	assert_str(bin_get(e, BIN_RUNTIME, 1), S("1"));
	bin_drop(e, BIN_RUNTIME, 1);
	bin_drop(e, BIN_RUNTIME, 1);
	assert_str(bin_get(e, BIN_RUNTIME, 1), STR_NONE);
	assert_str(bin_get(e, BIN_RUNTIME, 2), S("two"));
	assert_true(bins_check(e, e->bins, e->bins_n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_restored_engine_goes_on_as_the_first_would),
		cmocka_unit_test(a_snapshot_says_how_much_room_it_takes),
		cmocka_unit_test(what_is_no_snapshot_leaves_the_engine_as_new),
		cmocka_unit_test(a_snapshot_is_of_one_tree_only),
		cmocka_unit_test(what_is_global_goes_from_course_to_course),
		cmocka_unit_test(a_course_of_its_own_neither_takes_nor_gives_but_carries),
		cmocka_unit_test(a_course_of_its_own_begins_anew_with_each_attempt),
		cmocka_unit_test(what_is_no_list_of_globals_changes_nothing),
		cmocka_unit_test(the_trace_keeps_the_last_and_their_outcome),
		cmocka_unit_test(bins_are_kept_in_order_and_grow_and_shrink),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
