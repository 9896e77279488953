/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept of attempts at work: found by its own id only, taken by one, never shared.
 */
#include "runtime/live.h"

#include "support/test.h"

#include <stdio.h>

static int open_lives(void **state)
{
	struct lives *l = calloc(1, sizeof *l);
	lives_init(l);
	*state = l;
	return 0;
}

static int close_lives(void **state)
{
	lives_free(*state);
	free(*state);
	return 0;
}

static const struct attempt_base third = {
	.seq = 3,
	.launch = { "lau_1", 5 },
	.package = { "sha", 3 },
	.person = { "per_1", 5 },
	.snapshot = { "state\0with zero", 15 },
	.globals_version = 7,
};

static void what_was_kept_is_taken_once(void **state)
{
	struct attempt_base base;
	lives_keep(*state, S("att_1"), &third);
	struct live *x = lives_take(*state, S("att_1"), &base);
	assert_non_null(x);
	assert_int_equal(base.seq, 3);
	assert_int_equal(base.globals_version, 7);
	assert_str(base.launch, third.launch);
	assert_str(base.package, third.package);
	assert_str(base.person, third.person);
	assert_str(base.snapshot, third.snapshot);
	assert_null(base.globals.p);
	assert_ptr_not_equal(base.snapshot.p, third.snapshot.p);
	assert_null(lives_take(*state, S("att_1"), &base));
	live_drop(x);
}

static void the_last_one_kept_is_the_one_found(void **state)
{
	struct attempt_base base, fourth = third;
	fourth.seq = 4;
	lives_keep(*state, S("att_1"), &third);
	lives_keep(*state, S("att_1"), &fourth);
	struct live *x = lives_take(*state, S("att_1"), &base);
	assert_int_equal(base.seq, 4);
	live_drop(x);
}

/* More attempts than places: some are forgotten, none is taken for another. */
static void an_attempt_is_never_taken_for_another(void **state)
{
	char id[32];
	int found = 0;
	for (int i = 0; i < 3 * LIVE_SLOTS; i++) {
		struct attempt_base b = third;
		b.seq = i;
		snprintf(id, sizeof id, "att_%d", i);
		lives_keep(*state, str_of(id), &b);
	}
	for (int i = 0; i < 3 * LIVE_SLOTS; i++) {
		struct attempt_base base;
		snprintf(id, sizeof id, "att_%d", i);
		struct live *x = lives_take(*state, str_of(id), &base);
		if (!x) continue;
		assert_int_equal(base.seq, i);
		found++;
		live_drop(x);
	}
	assert_in_range(found, LIVE_SLOTS / 2, LIVE_SLOTS);
}

static void a_state_beyond_the_bound_is_not_kept(void **state)
{
	struct attempt_base base, large = third;
	large.snapshot.p = calloc(1, LIVE_MOST);
	large.snapshot.n = LIVE_MOST;
	lives_keep(*state, S("att_1"), &large);
	assert_null(lives_take(*state, S("att_1"), &base));
	free((char *)(uintptr_t)large.snapshot.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_was_kept_is_taken_once, open_lives,
		                                close_lives),
		cmocka_unit_test_setup_teardown(the_last_one_kept_is_the_one_found,
		                                open_lives, close_lives),
		cmocka_unit_test_setup_teardown(an_attempt_is_never_taken_for_another,
		                                open_lives, close_lives),
		cmocka_unit_test_setup_teardown(a_state_beyond_the_bound_is_not_kept,
		                                open_lives, close_lives),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
