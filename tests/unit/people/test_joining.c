/* SPDX-License-Identifier: Apache-2.0 */
/* Joining an event by name, and "continue as me". */
#include "unit/people/room.h"

#include <pthread.h>

static void somebody_new_is_in_at_once(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	struct joining j;
	struct session s;
	session_cookie_new(cookie);
	assert_ok(room_join(r, cookie, " Серікова ", "Айгүл", &j));
	assert_false(j.claimed);
	assert_ok(session_find(r->db, r->a, str_of(cookie), &s));
	assert_str(s.person, id_str(&j.person));
	assert_str(s.event, r->event);
	struct person p;
	assert_ok(person_get(r->db, r->a, s.person, &p));
	assert_str(p.surname, S("Серікова"));
}

static void joining_again_with_the_same_cookie_is_the_same_person(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	struct joining first, again;
	session_cookie_new(cookie);
	assert_ok(room_join(r, cookie, "Серікова", "Айгүл", &first));
	assert_ok(room_join(r, cookie, "серікова", "АЙГҮЛ", &again));
	assert_false(again.claimed);
	assert_string_equal(first.person.text, again.person.text);
}

static void the_same_name_from_another_phone_is_a_claim(void **state)
{
	/* ӘСЕЛ, Әсел, Асел with a Russian A, Aсел with a Latin A */
	static const char *const ways[] = { "ӘСЕЛ", "Әсел", "Асел", "Aсел" };
	struct room *r = *state;
	str person = room_person(r, "Омарова", "Әсел");
	for (size_t i = 0; i < countof(ways); i++) {
		char cookie[SESSION_COOKIE];
		struct joining j;
		struct claim c;
		session_cookie_new(cookie);
		assert_ok(room_join(r, cookie, "омарова", ways[i], &j));
		assert_row(j.claimed, ways[i]);
		assert_int_equal(strlen(j.claim_code), 6);
		assert_ok(claim_get(r->db, r->a, id_str(&j.claim), &c));
		assert_str(c.person, person);
		assert_str(c.person_name, S("Омарова Әсел"));
		assert_str(c.council_name, S("Абай ауданы"));
		assert_str(c.state, S("waiting"));
		struct session s;
		assert_err(ERR_UNKNOWN, session_find(r->db, r->a, str_of(cookie), &s));
	}
	struct json_list waiting;
	assert_ok(claim_waiting(r->db, r->a, r->event, &waiting));
	assert_int_equal(waiting.n, countof(ways));
}

static void the_same_name_of_another_council_is_another_person(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	str person = room_person(r, "Омарова", "Әсел");
	session_cookie_new(cookie);
	struct room_join j = {
		.room = r,
		.a = r->a,
		.joining = { .event = r->event,
		             .council_name = S("Ұлытау"),
		             .surname = S("Омарова"),
		             .given = S("Әсел"),
		             .language = S("kk"),
		             .cookie = cookie },
	};
	assert_ok(store_write(r->store, room_join_write, &j));
	assert_false(j.joining.claimed);
	assert_false(str_is(person, id_str(&j.joining.person)));
}

static void a_claim_told_twice_is_one_claim(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	struct joining first, again;
	room_person(r, "Омарова", "Әсел");
	session_cookie_new(cookie);
	assert_ok(room_join(r, cookie, "Омарова", "Әсел", &first));
	assert_ok(room_join(r, cookie, "Омарова", "Әсел", &again));
	assert_string_equal(first.claim.text, again.claim.text);
	assert_string_equal(first.claim_code, again.claim_code);
}

static void a_confirmed_claim_makes_the_phone_theirs_and_keeps_the_other(void **state)
{
	struct room *r = *state;
	char old[SESSION_COOKIE], new[SESSION_COOKIE];
	struct joining first, second;
	struct session s;
	session_cookie_new(old);
	session_cookie_new(new);
	assert_ok(room_join(r, old, "Омарова", "Әсел", &first));
	assert_ok(room_join(r, new, "Омарова", "Әсел", &second));
	assert_ok(room_do(r, claim_confirm, id_str(&second.claim)));
	assert_ok(session_find(r->db, r->a, str_of(new), &s));
	assert_str(s.person, id_str(&first.person));
	assert_str(s.event, r->event);
	assert_ok(session_find(r->db, r->a, str_of(old), &s));
	assert_str(s.person, id_str(&first.person));

	struct claim c;
	assert_ok(claim_get_own(r->db, r->a, id_str(&second.claim), str_of(new), &c));
	assert_str(c.state, S("confirmed"));
	assert_err(ERR_NOT_FOUND,
	           claim_get_own(r->db, r->a, id_str(&second.claim), str_of(old), &c));
	/* Repeating is fine; deciding otherwise is not. */
	assert_ok(room_do(r, claim_confirm, id_str(&second.claim)));
	assert_err(ERR_CONFLICT, room_do(r, claim_refuse, id_str(&second.claim)));
	assert_err(ERR_NOT_FOUND, room_do(r, claim_confirm, room_id(r, "clm")));
	/* And the phone walks in by itself from now on. */
	assert_ok(room_join(r, new, "Омарова", "Әсел", &second));
	assert_false(second.claimed);
}

static void a_refused_phone_that_joins_again_is_somebody_else(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE], third[SESSION_COOKIE];
	struct joining j;
	str one = room_person(r, "Омарова", "Әсел");
	session_cookie_new(cookie);
	assert_ok(room_join(r, cookie, "Омарова", "Әсел", &j));
	str claim = arena_copy(r->a, id_str(&j.claim));
	assert_ok(room_do(r, claim_refuse, claim));
	assert_ok(room_do(r, claim_refuse, claim));
	assert_err(ERR_CONFLICT, room_do(r, claim_confirm, claim));
	struct session s;
	assert_err(ERR_UNKNOWN, session_find(r->db, r->a, str_of(cookie), &s));

	assert_ok(room_join(r, cookie, "Омарова", "Әсел", &j));
	assert_false(j.claimed);
	assert_false(str_is(one, id_str(&j.person)));
	str two = arena_copy(r->a, id_str(&j.person));

	/* Two namesakes now: the second one's new phone is refused for the first, then
	 * asked for the second. */
	struct claim c;
	session_cookie_new(third);
	assert_ok(room_join(r, third, "Омарова", "Әсел", &j));
	assert_ok(claim_get(r->db, r->a, id_str(&j.claim), &c));
	assert_str(c.person, one);
	assert_ok(room_do(r, claim_refuse, c.id));
	assert_ok(room_join(r, third, "Омарова", "Әсел", &j));
	assert_true(j.claimed);
	assert_ok(claim_get(r->db, r->a, id_str(&j.claim), &c));
	assert_str(c.person, two);
}

static void a_phone_that_joins_by_another_name_waits_for_nobody_any_more(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	struct joining claim, j;
	room_person(r, "Омарова", "Әсел");
	session_cookie_new(cookie);
	assert_ok(room_join(r, cookie, "Омарова", "Әсел", &claim));
	assert_ok(room_join(r, cookie, "Омарова", "Әсем", &j));
	assert_false(j.claimed);
	/* A late yes would turn the phone into somebody else under its owner's hands. */
	assert_err(ERR_NOT_FOUND, room_do(r, claim_confirm, id_str(&claim.claim)));
	struct session s;
	assert_ok(session_find(r->db, r->a, str_of(cookie), &s));
	assert_str(s.person, id_str(&j.person));
}

/* ---- another day ---- */

SQL(begin_course, "INSERT INTO attempt (id, person, course, package, number, started_at,"
                  " changed_at) VALUES (:id, :person, :course, 'aa', 1, 0, 0)");

static enum err begin(struct tx *tx, void *arg)
{
	const str *ids = arg;
	QUERY(q, tx_db(tx), begin_course);
	bind_text(&q, ":id", ids[0]);
	bind_text(&q, ":person", ids[1]);
	bind_text(&q, ":course", ids[2]);
	return query_run(&q, NULL);
}

SQL(shut_event, "UPDATE event SET open = 0 WHERE id = :id");

static enum err next_day(struct tx *tx, void *arg)
{
	struct room *r = arg;
	QUERY(shut, tx_db(tx), shut_event);
	bind_text(&shut, ":id", r->event);
	TRY(query_run(&shut, NULL));
	r->event = room_id(r, "evt");
	QUERY(q, tx_db(tx), room_event);
	bind_text(&q, ":id", r->event);
	bind_text(&q, ":code", S("234567"));
	return query_run(&q, NULL);
}

static void on_the_second_day_the_same_phone_is_the_same_person(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	struct joining first, second;
	struct session s;
	session_cookie_new(cookie);
	assert_ok(room_join(r, cookie, "Омарова", "Әсел", &first));
	assert_ok(store_write(
		r->store, begin,
		(str[]){ room_id(r, "att"), id_str(&first.person), r->course }));
	assert_ok(store_write(r->store, next_day, r));
	assert_ok(room_join(r, cookie, "Омарова", "Әсел", &second));
	assert_false(second.claimed);
	assert_string_equal(first.person.text, second.person.text);
	assert_ok(session_find(r->db, r->a, str_of(cookie), &s));
	assert_str(s.event, r->event);
}

static void on_the_second_day_another_phone_claims_who_has_begun_a_course(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	struct joining j = { 0 };
	str person = room_person(r, "Омарова", "Әсел");
	assert_ok(store_write(r->store, begin,
	                      (str[]){ room_id(r, "att"), person, r->course }));
	assert_ok(store_write(r->store, next_day, r));
	session_cookie_new(cookie);
	assert_ok(room_join(r, cookie, "Омарова", "Әсел", &j));
	assert_true(j.claimed);
}

static void who_has_nothing_to_lose_is_not_doubled(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	struct joining j;
	str person = room_person(r, "Омарова", "Әсел");
	assert_ok(store_write(r->store, next_day, r));
	session_cookie_new(cookie);
	assert_ok(room_join(r, cookie, "Омарова", "Әсел", &j));
	assert_false(j.claimed);
	assert_str(id_str(&j.person), person);
}

static void a_closed_event_takes_nobody(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	struct joining j;
	str closed = r->event;
	assert_ok(store_write(r->store, next_day, r));
	session_cookie_new(cookie);
	r->event = closed;
	assert_err(ERR_NOT_FOUND, room_join(r, cookie, "Омарова", "Әсел", &j));
	assert_string_equal(err_last()->reason, "wrong-code");
}

static void what_cannot_be_joined_with_is_refused(void **state)
{
	static const struct {
		const char *surname, *given, *council, *cookie, *language;
		const char *reason; /* NULL: none */
		const char *why;
	} rows[] = {
		{ "", "Әсел", "К", "", "kk", "bad-name", "no surname" },
		{ "Омарова", " ", "К", "", "kk", "bad-name", "no given name" },
		{ "--", "Әсел", "К", "", "kk", "bad-name", "a surname without a letter" },
		{ "Ом\nарова", "Әсел", "К", "", "kk", "bad-name", "a line end" },
		{ "Омарова", "Әсел", NULL, "", "kk", "bad-council", "no council" },
		{ "Омарова", "Әсел", "К", "", "de", NULL, "not our language" },
		{ "Омарова", "Әсел", "К", "x", "kk", NULL, "not a cookie" },
	};
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	session_cookie_new(cookie);
	for (size_t i = 0; i < countof(rows); i++) {
		struct room_join j = {
			.room = r,
			.a = r->a,
			.joining = { .event = r->event,
			             .council_name = str_of(rows[i].council),
			             .surname = str_of(rows[i].surname),
			             .given = str_of(rows[i].given),
			             .language = str_of(rows[i].language),
			             .cookie = *rows[i].cookie ? rows[i].cookie : cookie },
		};
		enum err err = store_write(r->store, room_join_write, &j);
		assert_row(err == ERR_INVALID, rows[i].why);
		if (rows[i].reason) assert_string_equal(err_last()->reason, rows[i].reason);
	}
	struct room_join unknown = {
		.room = r,
		.a = r->a,
		.joining = { .event = r->event,
		             .council = room_id(r, "cou"),
		             .surname = S("А"),
		             .given = S("Б"),
		             .language = S("kk"),
		             .cookie = cookie },
	};
	assert_err(ERR_INVALID, store_write(r->store, room_join_write, &unknown));
}

/* ---- a whole hall of one name ---- */

#define THREADS 8
#define EACH 25

struct door {
	struct room *room;
	struct joining joined[EACH];
};

static void *walk_in(void *arg)
{
	struct door *d = arg;
	struct room_join j = { .room = d->room, .a = arena_open(1 << 20) };
	for (int i = 0; i < EACH; i++) {
		char cookie[SESSION_COOKIE];
		session_cookie_new(cookie);
		j.joining = (struct joining){
			.event = d->room->event,
			.council = d->room->council,
			.surname = S("Ахметова"),
			.given = S("Айгүл"),
			.language = S("kk"),
			.cookie = cookie,
		};
		assert_ok(store_write(d->room->store, room_join_write, &j));
		d->joined[i] = j.joining;
	}
	arena_close(j.a);
	return NULL;
}

static int by_code(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void of_two_hundred_with_one_name_one_is_in_and_each_code_is_unique(void **state)
{
	struct room *r = *state;
	static struct door door[THREADS];
	static char code[THREADS * EACH][7];
	pthread_t thread[THREADS];
	for (int i = 0; i < THREADS; i++) {
		door[i].room = r;
		assert_int_equal(pthread_create(&thread[i], NULL, walk_in, &door[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) pthread_join(thread[i], NULL);

	size_t claims = 0;
	for (int i = 0; i < THREADS; i++)
		for (int k = 0; k < EACH; k++)
			if (door[i].joined[k].claimed)
				memcpy(code[claims++], door[i].joined[k].claim_code, 7);
	assert_int_equal(claims, THREADS * EACH - 1);
	qsort(code, claims, sizeof code[0], by_code);
	for (size_t i = 1; i < claims; i++) assert_string_not_equal(code[i - 1], code[i]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, room_open, room_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(somebody_new_is_in_at_once),
		TEST(joining_again_with_the_same_cookie_is_the_same_person),
		TEST(the_same_name_from_another_phone_is_a_claim),
		TEST(the_same_name_of_another_council_is_another_person),
		TEST(a_claim_told_twice_is_one_claim),
		TEST(a_confirmed_claim_makes_the_phone_theirs_and_keeps_the_other),
		TEST(a_refused_phone_that_joins_again_is_somebody_else),
		TEST(a_phone_that_joins_by_another_name_waits_for_nobody_any_more),
		TEST(on_the_second_day_the_same_phone_is_the_same_person),
		TEST(on_the_second_day_another_phone_claims_who_has_begun_a_course),
		TEST(who_has_nothing_to_lose_is_not_doubled),
		TEST(a_closed_event_takes_nobody),
		TEST(what_cannot_be_joined_with_is_refused),
		TEST(of_two_hundred_with_one_name_one_is_in_and_each_code_is_unique),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
