/* SPDX-License-Identifier: Apache-2.0 */
#include "course.h"

static struct course course;
static struct course *const c = &course;
static uint8_t first[1 << 20], second[1 << 20];
static _Alignas(16) uint8_t room[4 << 20];

static struct scorm_memory fresh_memory(void)
{
	return (struct scorm_memory){ .p = room, .room = sizeof room };
}

/* With something of everything. */
static void rich_tree(void)
{
	course_begin(c);
	course_cluster(c, -1);
	course_cluster(c, 0);
	course_sco(c, 1);
	course_add(c, 1, CONTENT_ASSET);
	course_sco(c, 0);
	course_rule(c, 2, RULES_PRE, satisfied, ACTION_SKIP);
	course_rule(c, 1, RULES_POST,
	            (struct scorm_condition){ .kind = COND_OBJECTIVE_MEASURE_GREATER,
	                                      .objective = S("o"),
	                                      .threshold = -0.25,
	                                      .negated = true },
	            ACTION_RETRY);
	course_rollup(c, 1, SET_AT_LEAST_PERCENT, completed, ROLLUP_COMPLETED)
		->minimum_percent = 0.5;
	course_map(c, 2, S("goal one"))->read_progress = true;
	course_map(c, 2, S("goal two"))->write_raw = true;
	c->a[2].n_objectives = 2;
	c->objective[2][1].id = S("o");
	c->store[0] = (struct scorm_store_map){ .target = S("box"), .write = true };
	c->a[4].store = c->store;
	c->a[4].n_stores = 1;
	c->a[4].title = S("Сабақ");
	c->a[4].launch_data = S("");
	c->a[4].attempt_duration_limit_ms = 3600000;
	c->a[4].hide = HIDE_EXIT;
}

static void what_was_written_is_read(void **state)
{
	(void)state;
	size_t n, again;
	rich_tree();
	assert_true(scorm_tree_write(&c->tree, first, sizeof first, &n));
	struct scorm_memory memory = fresh_memory();
	struct scorm_tree tree;
	assert_true(scorm_tree_read(first, n, &memory, &tree));
	assert_int_equal(tree.n, 5);
	assert_str(tree.activity[4].title, S("Сабақ"));
	assert_str(tree.activity[4].launch_data, S(""));
	assert_str(tree.activity[4].prerequisites, STR_NONE);
	assert_str(tree.activity[2].objective[0].map[1].global, S("goal two"));
	assert_true(tree.activity[1].rule[0].condition[0].threshold == -0.25);
	for (int32_t i = 0; i < tree.n; i++) {
		assert_int_equal(tree.activity[i].first_child, c->a[i].first_child);
		assert_int_equal(tree.activity[i].next_sibling, c->a[i].next_sibling);
	}
	assert_true(scorm_tree_write(&tree, second, sizeof second, &again));
	assert_int_equal(n, again);
	assert_memory_equal(first, second, n);
}

static void it_says_how_much_room_it_takes(void **state)
{
	(void)state;
	size_t n, wanted;
	rich_tree();
	assert_true(scorm_tree_write(&c->tree, first, sizeof first, &wanted));
	for (size_t i = 0; i < wanted; i++) {
		assert_false(scorm_tree_write(&c->tree, first, i, &n));
		assert_int_equal(n, wanted);
	}
	assert_false(scorm_tree_write(&c->tree, NULL, 0, &n));
	assert_int_equal(n, wanted);
}

static void half_a_tree_is_none(void **state)
{
	(void)state;
	size_t n;
	rich_tree();
	assert_true(scorm_tree_write(&c->tree, first, sizeof first, &n));
	struct scorm_tree tree;
	for (size_t i = 0; i < n; i++) {
		struct scorm_memory memory = fresh_memory();
		assert_false(scorm_tree_read(first, i, &memory, &tree));
	}
	struct scorm_memory memory = fresh_memory();
	first[n] = 0;
	assert_false(scorm_tree_read(first, n + 1, &memory, &tree));
}

static void a_wrong_byte_is_refused_or_gives_another_sound_tree(void **state)
{
	(void)state;
	size_t n, again;
	rich_tree();
	assert_true(scorm_tree_write(&c->tree, first, sizeof first, &n));
	for (size_t i = 0; i < n; i++) {
		uint8_t old = first[i];
		for (int bit = 0; bit < 8; bit++) {
			first[i] = (uint8_t)(old ^ 1 << bit);
			struct scorm_memory memory = fresh_memory();
			struct scorm_tree tree;
			if (!scorm_tree_read(first, n, &memory, &tree)) continue;
			assert_true(scorm_tree_write(&tree, second, sizeof second, &again));
			assert_non_null(scorm_open(course_block[0], COURSE_BLOCK, &tree,
			                           &c->learner));
		}
		first[i] = old;
	}
}

static void too_little_memory_is_refused(void **state)
{
	(void)state;
	size_t n;
	rich_tree();
	assert_true(scorm_tree_write(&c->tree, first, sizeof first, &n));
	struct scorm_tree tree;
	for (size_t i = 0; i < 1000; i += 7) {
		struct scorm_memory memory = { .p = room, .room = i };
		assert_false(scorm_tree_read(first, n, &memory, &tree));
	}
	for (size_t i = 0; i < 20000; i += 331)
		assert_null(scorm_open(course_block[0], i, &c->tree, &c->learner));
}

static void a_tree_may_be_sixty_four_levels_deep(void **state)
{
	(void)state;
	struct scorm_tree tree;
	size_t n;
	for (int levels = 64; levels <= 65; levels++) {
		course_begin(c);
		for (int i = 0; i < levels - 1; i++) course_cluster(c, i - 1);
		course_sco(c, levels - 2);
		assert_true(scorm_tree_write(&c->tree, first, sizeof first, &n));
		struct scorm_memory memory = fresh_memory();
		assert_int_equal(scorm_tree_read(first, n, &memory, &tree), levels == 64);
		bool opens =
			scorm_open(course_block[0], COURSE_BLOCK, &c->tree, &c->learner);
		assert_int_equal(opens, levels == 64);
	}
	course_begin(c);
	for (int i = 0; i < 63; i++) course_cluster(c, i - 1);
	course_sco(c, 62);
	course_open(c);
	assert_int_equal(course_go(c, NAV_START, -1), 63);
	course_success(c, true);
	course_go(c, NAV_EXIT_ALL, -1);
	assert_success(c, 0, "passed");
}

static void the_book_s_defaults(void **state)
{
	(void)state;
	struct scorm_activity a = scorm_activity_default(SCORM_2004_4TH);
	assert_true(a.choice && a.choice_exit && !a.flow && !a.forward_only && a.tracked);
	assert_true(a.use_current_attempt_objective_info &&
	            a.use_current_attempt_progress_info);
	assert_true(a.rollup_objective_satisfied && a.rollup_progress_completion);
	assert_true(a.objective_measure_weight == 1 && a.measure_satisfaction_if_active);
	assert_true(a.visible && !a.completion_set_by_content &&
	            !a.objective_set_by_content);
	assert_int_equal(a.selection_timing, TIMING_NEVER);
	assert_int_equal(a.required_for_completed, CONSIDER_ALWAYS);
	assert_true(scorm_activity_default(SCORM_1_2).flow);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(it_says_how_much_room_it_takes),
		cmocka_unit_test(half_a_tree_is_none),
		cmocka_unit_test(a_wrong_byte_is_refused_or_gives_another_sound_tree),
		cmocka_unit_test(too_little_memory_is_refused),
		cmocka_unit_test(a_tree_may_be_sixty_four_levels_deep),
		cmocka_unit_test(the_book_s_defaults),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
