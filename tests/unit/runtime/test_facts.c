/* SPDX-License-Identifier: Apache-2.0 */
/* What leaves the site of a day: people, presence, verdicts; and nothing of what went on in
 * between. */
#include "unit/runtime/course.h"

#include "sync/journal.h"

static int open_site(void **state)
{
	room_open(state);
	struct room *r = *state;
	char folder[FILE_PATH];
	struct identity id;
	identity_new(&id);
	test_folder(folder);
	assert_ok(journal_begin(r->store, folder, &id));
	return 0;
}

/* The facts after the epoch's own, as "kind kind kind". */
static str told(struct room *r)
{
	struct json_list list;
	str text = S("");
	assert_ok(journal_read(r->db, r->a, 1, 2, 100, 1 << 20, &list));
	const struct record *fact = list.items;
	for (size_t i = 0; i < list.n; i++)
		text = arena_printf(r->a, "%.*s%s%.*s", STR_ARG(text), i ? " " : "",
		                    STR_ARG(fact[i].kind));
	return text;
}

static str last_body(struct room *r)
{
	struct json_list list;
	assert_ok(journal_read(r->db, r->a, 1, 2, 100, 1 << 20, &list));
	return ((const struct record *)list.items)[list.n - 1].body;
}

static void joining_tells_who_and_that_they_are_there(void **state)
{
	struct room *r = *state;
	str person = room_person(r, "Серікова", "Айгүл");
	assert_str(told(r), S("person.added presence"));
	assert_str(last_body(r),
	           arena_printf(r->a,
	                        "{\"event\":\"%.*s\",\"person\":\"%.*s\",\"present\":true}",
	                        STR_ARG(r->event), STR_ARG(person)));
}

static void coming_back_with_the_same_phone_is_no_news(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	struct joining j;
	session_cookie_new(cookie);
	assert_ok(room_join(r, cookie, "Серікова", "Айгүл", &j));
	assert_ok(room_join(r, cookie, "Серікова", "Айгүл", &j));
	assert_str(told(r), S("person.added presence"));
}

static void only_a_changed_verdict_is_told(void **state)
{
	struct room *r = *state;
	str person = room_person(r, "Серікова", "Айгүл");
	str attempt = course_open(r, person, r->course);
	str launch = course_launch(r, attempt);
	static const struct {
		const char *completion, *success, *told, *reason;
		double score;
	} row[] = {
		{ "incomplete", NULL, "", "under way", 0.1 },
		{ NULL, NULL, "", "nothing about the attempt", NAN },
		{ "incomplete", NULL, "", "a score under way", 0.3 },
		{ "completed", NULL, " completion", "through", NAN },
		{ "completed", NULL, "", "the same again", NAN },
		{ "completed", NULL, " attempt.result", "a better score", 0.8 },
		{ "completed", "failed", " attempt.result", "failed", 0.8 },
		{ "completed", "passed", " completion", "passed after all", 0.9 },
	};
	for (size_t i = 0; i < countof(row); i++) {
		str before = told(r);
		struct told c = course_commit(launch, (int64_t)i + 1);
		c.attempt_completion = str_of(row[i].completion);
		c.attempt_success = str_of(row[i].success);
		c.attempt_score = row[i].score;
		assert_str(course_send(r, attempt, c).verdict, S("saved"));
		assert_row(str_is(told(r), arena_printf(r->a, "%.*s%s", STR_ARG(before),
		                                        row[i].told)),
		           row[i].reason);
	}
}

static void what_a_phone_claims_otherwise_is_told_once(void **state)
{
	struct room *r = *state;
	str person = room_person(r, "Серікова", "Айгүл");
	str attempt = course_open(r, person, r->course);
	str launch = course_launch(r, attempt);
	static const struct {
		const char *differs, *told, *reason;
	} row[] = {
		{ "state", "", "the result is the same" },
		{ "result", " dispute", "another result" },
		{ "result", "", "the same attempt again" },
	};
	for (size_t i = 0; i < countof(row); i++) {
		str before = told(r);
		struct told c = course_commit(launch, (int64_t)i + 1);
		c.differs = str_of(row[i].differs);
		assert_str(course_send(r, attempt, c).verdict, S("saved"));
		assert_row(str_is(told(r), arena_printf(r->a, "%.*s%s", STR_ARG(before),
		                                        row[i].told)),
		           row[i].reason);
	}
	assert_str(last_body(r),
	           arena_printf(r->a,
	                        "{\"dispute\":\"dis%.*s\",\"person\":\"%.*s\","
	                        "\"about\":\"%.*s\",\"says\":\"result\"}",
	                        STR_ARG(str_part(attempt, 3, attempt.n)), STR_ARG(person),
	                        STR_ARG(attempt)));
}

static void a_completion_says_what_of_and_how_well(void **state)
{
	struct room *r = *state;
	str person = room_person(r, "Серікова", "Айгүл");
	str attempt = course_open(r, person, r->course);
	struct told c = course_commit(course_launch(r, attempt), 1);
	c.attempt_completion = S("completed");
	c.attempt_success = S("passed");
	c.attempt_score = 0.75;
	course_send(r, attempt, c);
	assert_str(last_body(r),
	           arena_printf(
			   r->a,
			   "{\"attempt\":\"%.*s\",\"person\":\"%.*s\",\"course\":\"%.*s\","
			   "\"title\":\"Rights\",\"package\":\"aa\",\"event\":\"%.*s\","
			   "\"number\":1,"
			   "\"completion\":\"completed\",\"success\":\"passed\","
			   "\"score\":0.75,\"total_time_ms\":1000}",
			   STR_ARG(attempt), STR_ARG(person), STR_ARG(r->course),
			   STR_ARG(r->event)));
}

static void a_store_without_a_site_keeps_no_journal(void **state)
{
	struct room *r = *state;
	struct json_list list;
	room_person(r, "Серікова", "Айгүл");
	assert_ok(journal_epochs(r->db, r->a, &list));
	assert_int_equal(list.n, 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_site, room_close)
	const struct CMUnitTest tests[] = {
		T(joining_tells_who_and_that_they_are_there),
		T(coming_back_with_the_same_phone_is_no_news),
		T(only_a_changed_verdict_is_told),
		T(what_a_phone_claims_otherwise_is_told_once),
		T(a_completion_says_what_of_and_how_well),
		cmocka_unit_test_setup_teardown(a_store_without_a_site_keeps_no_journal,
		                                room_open, room_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
