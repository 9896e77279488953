/* SPDX-License-Identifier: Apache-2.0 */
/* SCORM 1.2: which lessons are locked until others are done. */
#include "sco.h"

/* The first lesson says this and is left; may the second one, with this script, be opened?
 */
static bool opens(const char *script, const char *status)
{
	static struct sco s;
	sco_course(&s, SCORM_1_2);
	s.a[2].prerequisites = str_of(script);
	sco_open(&s);
	assert_true(str_is(sco_call(&s, "LMSInitialize", "", NULL), S("true")));
	if (status) sco_call(&s, "LMSSetValue", "cmi.core.lesson_status", status);
	bool foretold = scorm_validity_of(s.e)->choice[2];
	bool opened = sco_go(&s, NAV_CHOICE, 2).activity == 2;
	assert_int_equal(foretold, opened);
	return opened;
}

static void scripts_of_aicc_are_understood(void **state)
{
	(void)state;
	static const struct {
		const char *script, *status;
		bool opens;
		const char *why;
	} table[] = {
		{ "", "incomplete", true, "no script" },
		{ "first", "completed", true, "completed" },
		{ "first", "passed", true, "passed" },
		{ "first", "failed", false, "not passed" },
		{ "first", "incomplete", false, "not completed" },
		{ "first", NULL, false, "nothing is said, and nothing finished" },
		{ " first ", "passed", true, "blanks" },
		{ "\"first\"", "passed", true, "quotes" },
		{ "~first", "passed", false, "not" },
		{ "~~first", "passed", true, "not not" },
		{ "first=passed", "passed", true, "equal" },
		{ "first=\"passed\"", "completed", false, "not equal" },
		{ "first=P", "passed", true, "a letter stands for the status" },
		{ "first<>failed", "passed", true, "unequal" },
		{ "first<>failed", "failed", false, "equal" },
		{ "first&second", "passed", false, "the second is not" },
		{ "first|second", "passed", true, "one is enough" },
		{ "second|first&~second", "passed", true, "and binds closer than or" },
		{ "(second|first)&second", "passed", false, "parentheses" },
		{ "1*{first,second}", "passed", true, "one of two" },
		{ "2*{first,second}", "passed", false, "two of two" },
		{ "{first}", "passed", true, "all of one" },
		{ "{first,second}", "passed", false, "all of two" },
		{ "1*{first=failed, second}", "failed", true, "a comparison in a set" },
	};
	for (size_t i = 0; i < countof(table); i++)
		assert_row(opens(table[i].script, table[i].status) == table[i].opens,
		           table[i].why);
}

static void what_is_not_understood_locks_nobody_out(void **state)
{
	(void)state;
	static const char *const scripts[] = {
		"third",     "first&",       "(first", "first)",       "3*first",
		"x*{first}", "~third",       "&",      "first<failed", "{first",
		"\"first",   "first second", "{}",     "first=",       "first&(third)",
	};
	for (size_t i = 0; i < countof(scripts); i++)
		assert_row(opens(scripts[i], "incomplete"), scripts[i]);
	char deep[400];
	memset(deep, '(', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	assert_true(opens(deep, "incomplete"));
}

/* It is shown, and flow stops before it. */
static void a_locked_lesson_stops_flow(void **state)
{
	(void)state;
	static struct sco s;
	sco_course(&s, SCORM_1_2);
	s.a[2].prerequisites = S("first");
	sco_open(&s);
	sco_call(&s, "LMSInitialize", "", NULL);
	sco_call(&s, "LMSSetValue", "cmi.core.lesson_status", "incomplete");
	assert_false(scorm_validity_of(s.e)->next);
	assert_str(str_of(sco_go(&s, NAV_CONTINUE, -1).refused), S("SB.2.2-2"));
	assert_true(scorm_validity_of(s.e)->shown[2]);
}

/* What the mastery score makes of it counts. */
static void a_lesson_that_fails_its_mastery_score_unlocks_nothing(void **state)
{
	(void)state;
	static struct sco s;
	for (int passes = 0; passes < 2; passes++) {
		sco_course(&s, SCORM_1_2);
		s.a[1].mastery_score = S("60");
		s.a[2].prerequisites = S("first");
		sco_open(&s);
		sco_call(&s, "LMSInitialize", "", NULL);
		sco_call(&s, "LMSSetValue", "cmi.core.lesson_status", "completed");
		sco_call(&s, "LMSSetValue", "cmi.core.score.raw", passes ? "60" : "59");
		assert_int_equal(scorm_validity_of(s.e)->next, passes);
		assert_int_equal(sco_go(&s, NAV_CONTINUE, -1).activity, passes ? 2 : -1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scripts_of_aicc_are_understood),
		cmocka_unit_test(what_is_not_understood_locks_nobody_out),
		cmocka_unit_test(a_locked_lesson_stops_flow),
		cmocka_unit_test(a_lesson_that_fails_its_mastery_score_unlocks_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
