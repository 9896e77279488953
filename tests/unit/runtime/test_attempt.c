/* SPDX-License-Identifier: Apache-2.0 */
/* Attempts: beginning, going on, finding. */
#include "unit/runtime/course.h"

static void a_first_attempt_is_pinned_to_the_courses_package(void **state)
{
	struct room *r = *state;
	str person = room_person(r, "А", "Б");
	struct attempt t = course_attempt(r, course_open(r, person, r->course));
	assert_str(t.person, person);
	assert_str(t.course, r->course);
	assert_str(t.package, S("aa"));
	assert_str(t.event, r->event);
	assert_int_equal(t.number, 1);
	assert_str(t.state, S("new"));
	assert_str(t.completion, S("not attempted"));
	assert_str(t.success, S("unknown"));
	assert_true(isnan(t.score));
	assert_true(isnan(t.progress));
	assert_int_equal(t.seq, 0);
	assert_str(t.activity, STR_NONE);
	assert_int_equal(t.started_at, NOON);
}

static void opening_again_goes_on_with_the_same_attempt(void **state)
{
	struct room *r = *state;
	str person = room_person(r, "А", "Б");
	str first = course_open(r, person, r->course);
	assert_str(course_open(r, person, r->course), first);
	assert_false(str_is(course_open(r, person, r->other_course), first));

	struct attempt t;
	assert_ok(attempt_newest(r->db, r->a, person, r->course, &t));
	assert_str(t.id, first);
	assert_err(ERR_NOT_FOUND,
	           attempt_newest(r->db, r->a, room_id(r, "per"), r->course, &t));
	struct json_list all;
	assert_ok(attempt_all_of(r->db, r->a, person, &all));
	assert_int_equal(all.n, 2);
}

SQL(hide_course, "UPDATE course SET hidden = 1 WHERE id = :id");

static enum err hide(struct tx *tx, void *arg)
{
	QUERY(q, tx_db(tx), hide_course);
	bind_text(&q, ":id", *(const str *)arg);
	return query_run(&q, NULL);
}

static void a_hidden_course_goes_on_but_does_not_begin(void **state)
{
	struct room *r = *state;
	str one = room_person(r, "А", "Б"), two = room_person(r, "В", "Г");
	str begun = course_open(r, one, r->course);
	assert_ok(store_write(r->store, hide, &r->course));
	assert_str(course_open(r, one, r->course), begun);
	struct opening late = { r->a, two, r->course, r->event, { "" } };
	assert_err(ERR_NOT_FOUND, store_write(r->store, course_open_write, &late));
}

static void a_launch_is_an_id_of_a_launch(void **state)
{
	struct room *r = *state;
	str attempt = course_open(r, room_person(r, "А", "Б"), r->course);
	str launch = course_launch(r, attempt);
	assert_str(course_attempt(r, attempt).launch, launch);
	assert_str(course_attempt(r, attempt).state, S("started"));
	assert_err(ERR_INVALID, store_write(r->store, course_launch_write,
	                                    (str[]){ attempt, S("lau_1") }));
	assert_err(ERR_NOT_FOUND,
	           store_write(r->store, course_launch_write,
	                       (str[]){ room_id(r, "att"), room_id(r, "lau") }));
}

static void the_state_is_one_word_for_completion_and_success(void **state)
{
	static const struct {
		const char *completion, *success, *state, *why;
	} rows[] = {
		{ "incomplete", "unknown", "started", "on the way" },
		{ "completed", "unknown", "completed", "a course without a verdict" },
		{ "completed", "passed", "passed", "both" },
		{ "incomplete", "passed", "passed", "a verdict before the end" },
		{ "completed", "failed", "failed", "a verdict outweighs the end" },
		{ NULL, NULL, "started", "nothing told yet" },
	};
	struct room *r = *state;
	for (size_t i = 0; i < countof(rows); i++) {
		char surname[] = { (char)('a' + i), 0 };
		str attempt = course_open(r, room_person(r, surname, "Я"), r->course);
		struct told c = course_commit(course_launch(r, attempt), 1);
		c.attempt_completion = str_of(rows[i].completion);
		c.attempt_success = str_of(rows[i].success);
		course_send(r, attempt, c);
		str got = course_attempt(r, attempt).state;
		assert_row(str_is(got, str_of(rows[i].state)), rows[i].why);
	}
}

SQL(second_attempt, "INSERT INTO attempt (id, person, course, package, number, started_at,"
                    " changed_at) SELECT :id, person, course, package, number + 1, :now,"
                    " :now FROM attempt WHERE id = :first");

static enum err again(struct tx *tx, void *arg)
{
	const str *ids = arg;
	QUERY(q, tx_db(tx), second_attempt);
	bind_text(&q, ":id", ids[0]);
	bind_text(&q, ":first", ids[1]);
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

static void an_event_shows_the_newest_attempts_of_those_who_joined(void **state)
{
	struct room *r = *state;
	str one = room_person(r, "А", "Б"), two = room_person(r, "В", "Г");
	str old = course_open(r, one, r->course), new = room_id(r, "att");
	course_open(r, one, r->other_course);
	course_open(r, two, r->course);
	assert_ok(store_write(r->store, again, (str[]){ new, old }));
	assert_str(course_open(r, one, r->course), new);

	struct json_list all;
	assert_ok(attempt_all_in(r->db, r->a, r->event, &all));
	const struct attempt *t = all.items;
	assert_int_equal(all.n, 3);
	assert_str(t[0].person, one);
	assert_str(t[0].course, r->course);
	assert_str(t[0].id, new);
	assert_str(t[1].course, r->other_course);
	assert_str(t[2].person, two);
	assert_ok(attempt_all_in(r->db, r->a, room_id(r, "evt"), &all));
	assert_int_equal(all.n, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, room_open, room_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_first_attempt_is_pinned_to_the_courses_package),
		TEST(opening_again_goes_on_with_the_same_attempt),
		TEST(a_hidden_course_goes_on_but_does_not_begin),
		TEST(a_launch_is_an_id_of_a_launch),
		TEST(the_state_is_one_word_for_completion_and_success),
		TEST(an_event_shows_the_newest_attempts_of_those_who_joined),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
