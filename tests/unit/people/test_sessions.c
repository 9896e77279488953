/* SPDX-License-Identifier: Apache-2.0 */
/* Sessions: who a cookie is. */
#include "unit/people/room.h"

#define DAY (24 * 60 * 60 * 1000LL)

struct signing {
	const char *cookie;
	str person, event;
	bool trainer;
	struct id id;
};

static enum err sign_in(struct tx *tx, void *arg)
{
	struct signing *s = arg;
	return session_add(tx, s->cookie, s->person, s->event, s->trainer, &s->id);
}

static enum err touch(struct tx *tx, void *id)
{
	return session_touch(tx, id_str(id));
}

static enum err end(struct tx *tx, void *id)
{
	return session_end(tx, id_str(id));
}

static void a_learners_session_lasts_thirty_days_touched_or_not(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	session_cookie_new(cookie);
	struct signing s = { cookie, room_person(r, "А", "Б"), r->event, false, { "" } };
	assert_ok(store_write(r->store, sign_in, &s));

	struct session found;
	time_stop_at(NOON + 30 * DAY - 1);
	assert_ok(store_write(r->store, touch, &s.id));
	assert_ok(session_find(r->db, r->a, str_of(cookie), &found));
	assert_str(found.id, id_str(&s.id));
	assert_str(found.person, s.person);
	assert_str(found.event, r->event);
	assert_false(found.trainer);
	assert_int_equal(found.seen_at, NOON + 30 * DAY - 1);
	assert_int_equal(found.ends_at, NOON + 30 * DAY);
	time_stop_at(NOON + 30 * DAY);
	assert_err(ERR_UNKNOWN, session_find(r->db, r->a, str_of(cookie), &found));
}

static void a_trainers_session_lasts_twelve_hours_since_it_was_touched(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	session_cookie_new(cookie);
	struct signing s = { cookie, room_person(r, "А", "Б"), STR_NONE, true, { "" } };
	assert_ok(store_write(r->store, sign_in, &s));

	struct session found;
	time_stop_at(NOON + DAY / 2 - 1);
	assert_ok(store_write(r->store, touch, &s.id));
	time_stop_at(NOON + DAY - 2);
	assert_ok(session_find(r->db, r->a, str_of(cookie), &found));
	assert_str(found.event, STR_NONE);
	time_stop_at(NOON + DAY - 1);
	assert_err(ERR_UNKNOWN, session_find(r->db, r->a, str_of(cookie), &found));
	/* An ended session is not woken by a late touch. */
	assert_ok(store_write(r->store, touch, &s.id));
	assert_err(ERR_UNKNOWN, session_find(r->db, r->a, str_of(cookie), &found));
}

static void a_session_ends_when_its_owner_leaves(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	struct joining j;
	struct session found;
	session_cookie_new(cookie);
	assert_ok(room_join(r, cookie, "А", "Б", &j));
	assert_ok(session_find(r->db, r->a, str_of(cookie), &found));
	assert_ok(store_write(r->store, end, &j.session));
	assert_err(ERR_UNKNOWN, session_find(r->db, r->a, str_of(cookie), &found));
	assert_ok(store_write(r->store, end, &j.session));
}

static void a_browser_has_one_session(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	session_cookie_new(cookie);
	struct signing
		first = { cookie, room_person(r, "А", "Б"), r->event, false, { "" } },
		second = { cookie, room_person(r, "В", "Г"), r->event, false, { "" } };
	assert_ok(store_write(r->store, sign_in, &first));
	assert_ok(store_write(r->store, sign_in, &second));
	struct session found;
	assert_ok(session_find(r->db, r->a, str_of(cookie), &found));
	assert_str(found.person, second.person);
}

static void what_is_no_cookie_is_nobody(void **state)
{
	static const struct {
		const char *cookie, *why;
	} rows[] = {
		{ NULL, "none" },
		{ "", "empty" },
		{ "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "too short" },
		{ "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "too long" },
		{ "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB", "not canonical" },
		{ "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "not base64url" },
		{ "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "not ours" },
	};
	struct room *r = *state;
	for (size_t i = 0; i < countof(rows); i++) {
		struct session found;
		enum err err = session_find(r->db, r->a, str_of(rows[i].cookie), &found);
		assert_row(err == ERR_UNKNOWN, rows[i].why);
	}
	struct signing s = { "short", room_person(r, "А", "Б"), r->event, false, { "" } };
	assert_err(ERR_INVALID, store_write(r->store, sign_in, &s));
}

static void the_word_belongs_to_its_cookie_alone(void **state)
{
	(void)state;
	char one[SESSION_COOKIE], two[SESSION_COOKIE];
	char word[SESSION_WORD], again[SESSION_WORD], other[SESSION_WORD];
	session_cookie_new(one);
	session_cookie_new(two);
	session_word(str_of(one), word);
	session_word(str_of(one), again);
	session_word(str_of(two), other);
	assert_int_equal(strlen(word), SESSION_WORD - 1);
	assert_string_equal(word, again);
	assert_string_not_equal(word, other);
	session_word(S("planted"), word);
	assert_string_equal(word, "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, room_open, room_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_learners_session_lasts_thirty_days_touched_or_not),
		TEST(a_trainers_session_lasts_twelve_hours_since_it_was_touched),
		TEST(a_session_ends_when_its_owner_leaves),
		TEST(a_browser_has_one_session),
		TEST(what_is_no_cookie_is_nobody),
		TEST(the_word_belongs_to_its_cookie_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
