/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/id.h"
#include "base/time.h"

#include <pthread.h>

static void an_id_is_a_uuid_of_version_seven(void **state)
{
	(void)state;
	time_stop_at(0x0123456789AB);
	struct id id = id_new("per");
	time_stop_at(0);
	assert_int_equal(strlen(id.text), ID_TEXT - 1);
	assert_int_equal(id.text[4 + 12], '7');
	assert_non_null(strchr("89ab", id.text[4 + 16]));
	assert_true(id_is(id_str(&id), "per"));
}

static void an_id_begins_with_its_time(void **state)
{
	(void)state;
	/* Later than any other test of this program. */
	time_stop_at(0x123456789ABC);
	struct id id = id_new("per");
	time_stop_at(0);
	assert_true(str_starts(id_str(&id), S("per_123456789abc7")));
}

static void kinds_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool ok;
		const char *reason;
	} rows[] = {
		{ "per_0192f3a2b1c47d5e8f90a1b2c3d4e5f6", true, "an id" },
		{ "crs_0192f3a2b1c47d5e8f90a1b2c3d4e5f6", false, "another kind" },
		{ "per-0192f3a2b1c47d5e8f90a1b2c3d4e5f6", false, "no underscore" },
		{ "per_0192F3A2B1C47D5E8F90A1B2C3D4E5F6", false, "capitals" },
		{ "per_0192f3a2b1c47d5e8f90a1b2c3d4e5f", false, "a digit too few" },
		{ "per_0192f3a2b1c47d5e8f90a1b2c3d4e5f60", false, "a digit too many" },
		{ "per_0192f3a2b1c47d5e8f90a1b2c3d4e5fg", false, "no hex digit" },
		{ "", false, "nothing" },
		{ "per_", false, "only the kind" },
	};
	for (size_t i = 0; i < countof(rows); i++)
		assert_row(id_is(str_of(rows[i].text), "per") == rows[i].ok,
		           rows[i].reason);
	assert_false(id_is(STR_NONE, "per"));
}

static void later_ids_sort_later_even_when_the_clock_goes_back(void **state)
{
	(void)state;
	struct id before = id_new("evt");
	int64_t now = time_now();
	for (int i = 0; i < 20000; i++) {
		if (i % 5000 == 0) time_stop_at(now - i);
		struct id after = id_new("evt");
		assert_true(strcmp(before.text, after.text) < 0);
		before = after;
	}
	time_stop_at(0);
}

enum { EACH = 5000, THREADS = 4 };
static struct id made[THREADS][EACH];

static void *make_ids(void *out)
{
	struct id *ids = out;
	for (int i = 0; i < EACH; i++) ids[i] = id_new("ses");
	return NULL;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(((const struct id *)a)->text, ((const struct id *)b)->text);
}

static void threads_never_make_the_same(void **state)
{
	(void)state;
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, make_ids, made[i]), 0);
	for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
	for (int i = 0; i < THREADS; i++)
		for (int k = 1; k < EACH; k++)
			assert_true(by_text(&made[i][k - 1], &made[i][k]) < 0);
	struct id *all = &made[0][0];
	qsort(all, THREADS * EACH, sizeof *all, by_text);
	/* Time and count alone are unique: the digits before the random ones. */
	for (int i = 1; i < THREADS * EACH; i++)
		assert_true(memcmp(all[i - 1].text, all[i].text, 4 + 16) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_id_is_a_uuid_of_version_seven),
		cmocka_unit_test(kinds_are_told_apart),
		cmocka_unit_test(threads_never_make_the_same),
		cmocka_unit_test(later_ids_sort_later_even_when_the_clock_goes_back),
		cmocka_unit_test(an_id_begins_with_its_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
