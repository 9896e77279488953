/* SPDX-License-Identifier: Apache-2.0 */
/* Events: codes, courses, opening and closing. Presence. */
#include "training/training.h"
#include "unit/people/room.h"

struct planning {
	struct arena *a;
	struct event_new event;
	struct id id;
	char code[7];
};

static enum err plan(struct tx *tx, void *arg)
{
	struct planning *p = arg;
	return event_add(tx, p->a, &p->event, &p->id, p->code);
}

/* A new event with these courses; none: all of them. */
static fallible new_event(struct room *r, const char *title, str *courses, size_t n,
                          struct planning *out)
{
	*out = (struct planning){
		.a = r->a,
		.event = { .title = str_of(title),
		           .all_courses = !n,
		           .courses = { courses, n } },
	};
	return store_write(r->store, plan, out);
}

static void an_event_has_a_code_of_six_digits_and_all_courses(void **state)
{
	struct room *r = *state;
	struct planning p;
	struct event e;
	assert_ok(new_event(r, "  Қоғамдық  бақылау ", NULL, 0, &p));
	assert_ok(event_get(r->db, r->a, id_str(&p.id), &e));
	assert_str(e.title, S("Қоғамдық бақылау"));
	assert_str(e.place, S(""));
	assert_str(e.held_on, S(""));
	assert_str(e.code, str_of(p.code));
	assert_int_equal(e.code.n, 6);
	assert_true(e.code.p[0] >= '1' && e.code.p[0] <= '9');
	assert_true(e.open && e.all_courses);
	assert_int_equal(e.joined, 0);

	struct json_list courses;
	assert_ok(event_courses(r->db, r->a, e.id, &courses));
	const struct course *c = courses.items;
	assert_int_equal(courses.n, 2);
	assert_str(c[0].title, S("Duties"));
	assert_str(c[1].title, S("Rights"));
}

static void what_is_no_event_is_refused(void **state)
{
	struct room *r = *state;
	const struct {
		struct event_new event;
		const char *why;
	} rows[] = {
		{ { .title = S(" ") }, "no title" },
		{ { .title = S("A\nB") }, "a line end in the title" },
		{ { .title = S("A"), .place = S("\x07") }, "a bell in the place" },
		{ { .title = S("A"), .held_on = S("2026-02-30") }, "no such day" },
		{ { .title = S("A"), .held_on = S("23.11.2026") },
		  "another way of writing" },
		{ { .title = S("A"), .courses = { (str[]){ S("crs_1") }, 1 } },
		  "a course that is not here" },
		{ { .title = S("A"), .courses = { (str[]){ r->course, r->course }, 2 } },
		  "a course twice" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct planning p = { .a = r->a, .event = rows[i].event };
		assert_row(store_write(r->store, plan, &p) == ERR_INVALID, rows[i].why);
	}
	struct json_list all;
	assert_ok(event_all(r->db, r->a, &all));
	assert_int_equal(all.n, 1); /* the room's own */
}

static void open_events_have_different_codes(void **state)
{
	struct room *r = *state;
	static char code[200][7];
	for (size_t i = 0; i < countof(code); i++) {
		struct planning p;
		struct event e;
		time_stop_at(NOON + (int64_t)i);
		assert_ok(new_event(r, "A", NULL, 0, &p));
		for (size_t k = 0; k < i; k++) assert_string_not_equal(code[k], p.code);
		memcpy(code[i], p.code, 7);
		assert_ok(event_by_code(r->db, r->a, str_of(p.code), &e));
		assert_str(e.id, id_str(&p.id));
	}
	struct json_list all;
	assert_ok(event_all(r->db, r->a, &all));
	assert_int_equal(all.n, 200);
	assert_int_equal(((const struct event *)all.items)[0].made_at, NOON + 199);
}

static void the_code_of_a_closed_event_opens_nothing(void **state)
{
	struct room *r = *state;
	struct event e;
	assert_ok(event_by_code(r->db, r->a, S("123456"), &e));
	assert_ok(room_do(r, event_close, r->event));
	assert_ok(room_do(r, event_close, r->event));
	assert_err(ERR_NOT_FOUND, event_by_code(r->db, r->a, S("123456"), &e));
	assert_string_equal(err_last()->reason, "wrong-code");
	assert_err(ERR_NOT_FOUND, room_do(r, event_close, room_id(r, "evt")));
}

static enum err take_code(struct tx *tx, void *arg)
{
	struct room *r = arg;
	struct id id = id_new("evt");
	QUERY(q, tx_db(tx), room_event);
	bind_text(&q, ":id", arena_copy(r->a, id_str(&id)));
	bind_text(&q, ":code", S("123456"));
	return query_run(&q, NULL);
}

static void a_reopened_event_keeps_its_code_unless_another_has_it(void **state)
{
	struct room *r = *state;
	struct event e;
	assert_ok(room_do(r, event_close, r->event));
	assert_ok(room_do(r, event_reopen, r->event));
	assert_ok(room_do(r, event_reopen, r->event));
	assert_ok(event_by_code(r->db, r->a, S("123456"), &e));
	assert_str(e.id, r->event);

	assert_ok(room_do(r, event_close, r->event));
	assert_ok(store_write(r->store, take_code, r));
	assert_ok(room_do(r, event_reopen, r->event));
	assert_ok(event_get(r->db, r->a, r->event, &e));
	assert_true(e.open);
	assert_false(str_is(e.code, S("123456")));
	assert_err(ERR_NOT_FOUND, room_do(r, event_reopen, room_id(r, "evt")));
}

struct choosing {
	str event;
	bool all;
	struct json_list courses;
};

static enum err choose(struct tx *tx, void *arg)
{
	struct choosing *c = arg;
	return event_set_courses(tx, c->event, c->all, c->courses);
}

static void courses_are_chosen_in_order_and_hidden_ones_left_out(void **state)
{
	struct room *r = *state;
	str two[] = { r->course, r->other_course };
	struct choosing both = { r->event, false, { two, 2 } };
	struct json_list courses;
	assert_ok(store_write(r->store, choose, &both));
	assert_ok(event_courses(r->db, r->a, r->event, &courses));
	assert_int_equal(courses.n, 2);
	assert_str(((const struct course *)courses.items)[0].id, r->course);

	assert_ok(room_do(r, course_hide, r->course));
	assert_ok(event_courses(r->db, r->a, r->event, &courses));
	assert_int_equal(courses.n, 1);
	assert_str(((const struct course *)courses.items)[0].id, r->other_course);

	struct choosing all = { r->event, true, { 0 } };
	struct choosing nowhere = { room_id(r, "evt"), true, { 0 } };
	assert_ok(store_write(r->store, choose, &all));
	assert_ok(event_courses(r->db, r->a, r->event, &courses));
	assert_int_equal(courses.n, 1);
	assert_err(ERR_NOT_FOUND, store_write(r->store, choose, &nowhere));
}

/* ---- presence ---- */

struct being {
	str event, person;
	int64_t at;
	bool present;
};

static enum err add(struct tx *tx, void *arg)
{
	struct being *b = arg;
	return presence_add(tx, b->event, b->person);
}

static enum err correct(struct tx *tx, void *arg)
{
	struct being *b = arg;
	return presence_set(tx, b->event, b->person, b->present);
}

static enum err hear(struct tx *tx, void *arg)
{
	struct being *b = arg;
	return presence_seen(tx, b->event, b->person, b->at);
}

static void joining_is_presence_and_the_trainers_word_stands(void **state)
{
	struct room *r = *state;
	struct presence p;
	struct being b = { r->event, room_person(r, "А", "Б"), NOON + 5, false };
	assert_ok(presence_get(r->db, r->event, b.person, &p));
	assert_true(p.present);
	assert_int_equal(p.joined_at, NOON);

	assert_ok(store_write(r->store, correct, &b));
	assert_ok(store_write(r->store, add, &b));
	assert_ok(presence_get(r->db, r->event, b.person, &p));
	assert_false(p.present);

	b.person = room_id(r, "per");
	assert_err(ERR_NOT_FOUND, presence_get(r->db, r->event, b.person, &p));
	assert_err(ERR_NOT_FOUND, store_write(r->store, correct, &b));
}

static void an_older_word_of_a_phone_does_not_hide_a_newer_one(void **state)
{
	struct room *r = *state;
	struct presence p;
	struct being b = { r->event, room_person(r, "А", "Б"), NOON + 5, true };
	assert_ok(store_write(r->store, hear, &b));
	b.at = NOON + 1;
	assert_ok(store_write(r->store, hear, &b));
	assert_ok(presence_get(r->db, r->event, b.person, &p));
	assert_int_equal(p.seen_at, NOON + 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, room_open, room_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_event_has_a_code_of_six_digits_and_all_courses),
		TEST(what_is_no_event_is_refused),
		TEST(open_events_have_different_codes),
		TEST(the_code_of_a_closed_event_opens_nothing),
		TEST(a_reopened_event_keeps_its_code_unless_another_has_it),
		TEST(courses_are_chosen_in_order_and_hidden_ones_left_out),
		TEST(joining_is_presence_and_the_trainers_word_stands),
		TEST(an_older_word_of_a_phone_does_not_hide_a_newer_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
