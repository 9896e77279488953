/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/arena.h"

static void what_is_given_out_is_zeroed_and_aligned(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	for (int round = 0; round < 3; round++) {
		for (size_t size = 0; size < 2000; size += 13) {
			char *p = arena_alloc(a, size);
			assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
			for (size_t i = 0; i < size; i++) assert_int_equal(p[i], 0);
			memset(p, 0xAA, size);
		}
		arena_reset(a);
	}
	arena_close(a);
}

static void pieces_do_not_overlap(void **state)
{
	(void)state;
	struct arena *a = arena_open(0);
	char *p[200];
	for (int i = 0; i < 200; i++) memset(p[i] = arena_alloc(a, 999), i, 999);
	for (int i = 0; i < 200; i++)
		for (int k = 0; k < 999; k++) assert_int_equal((unsigned char)p[i][k], i);
	arena_close(a);
}

static void the_limit_holds_for_sizes_from_outside(void **state)
{
	(void)state;
	struct arena *a = arena_open(1000);
	assert_null(arena_try(a, 1001));
	assert_null(arena_try(a, SIZE_MAX));
	assert_non_null(arena_try(a, 900));
	assert_null(arena_try(a, 200));
	assert_non_null(arena_alloc(a, 5000)); /* the program's own size */
	assert_null(arena_try(a, 1));
	arena_reset(a);
	assert_int_equal(arena_used(a), 0);
	assert_non_null(arena_try(a, 1000));
	arena_close(a);
}

static void large_pieces_have_their_own_blocks(void **state)
{
	(void)state;
	struct arena *a = arena_open(100 << 20);
	for (int i = 0; i < 3; i++) {
		memset(arena_try(a, 5 << 20), 1, 5 << 20);
		memset(arena_alloc(a, 10), 1, 10);
	}
	arena_reset(a);
	memset(arena_alloc(a, 10), 1, 10);
	arena_close(a);
}

static void copies_end_with_a_nul(void **state)
{
	(void)state;
	struct arena *a = arena_open(100);
	str copy = arena_copy(a, str_part(S("abcdef"), 0, 3));
	assert_string_equal(copy.p, "abc");
	assert_int_equal(copy.n, 3);
	assert_str(arena_copy(a, S("")), S(""));
	assert_str(arena_copy(a, STR_NONE), STR_NONE);
	char large[200] = { 0 };
	assert_str(arena_copy(a, (str){ large, sizeof large }), STR_NONE);
	arena_close(a);
}

static void text_is_formatted_up_to_a_bound(void **state)
{
	(void)state;
	struct arena *a = arena_open(0);
	str text = arena_printf(a, "%d %s", 7, "seven");
	assert_str(text, S("7 seven"));
	assert_int_equal(text.p[text.n], 0);
	text = arena_printf(a, "%100000d", 7);
	assert_int_equal(text.n, 64 << 10);
	assert_int_equal(strlen(text.p), text.n);
	arena_close(a);
}

static void closing_takes_nothing(void **state)
{
	(void)state;
	arena_close(NULL);
	on_exit_of_scope(arena_close_at) struct arena *a = NULL;
	(void)a;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_given_out_is_zeroed_and_aligned),
		cmocka_unit_test(pieces_do_not_overlap),
		cmocka_unit_test(the_limit_holds_for_sizes_from_outside),
		cmocka_unit_test(large_pieces_have_their_own_blocks),
		cmocka_unit_test(copies_end_with_a_nul),
		cmocka_unit_test(text_is_formatted_up_to_a_bound),
		cmocka_unit_test(closing_takes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
