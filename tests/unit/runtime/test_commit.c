/* SPDX-License-Identifier: Apache-2.0 */
/* Commits: applied once, in order, from one launch; nothing told is forgotten. */
#include "unit/runtime/course.h"

#include <pthread.h>

struct learner {
	struct room room;
	str person, attempt, launch;
};

static int open_course(void **state)
{
	room_open(state);
	struct room *r = *state;
	struct learner *l = calloc(1, sizeof *l);
	l->room = *r;
	free(r);
	l->person = room_person(&l->room, "Серікова", "Айгүл");
	l->attempt = course_open(&l->room, l->person, l->room.course);
	l->launch = course_launch(&l->room, l->attempt);
	*state = l; /* begins with its room: room_close takes it */
	return 0;
}

/* Sends and expects this verdict and number back. */
#define expect(l, commit, word, number)                                                  \
	do {                                                                             \
		struct commit_reply got = course_send(&(l)->room, (l)->attempt, commit); \
		assert_str(got.verdict, S(word));                                        \
		assert_int_equal(got.seq, number);                                       \
	} while (0)

static struct activity_state state_of(struct learner *l, str activity)
{
	struct json_list all;
	assert_ok(activity_states(l->room.db, l->room.a, l->attempt, &all));
	const struct activity_state *s = all.items;
	for (size_t i = 0; i < all.n; i++)
		if (str_is(s[i].activity, activity)) return s[i];
	fail_msg("no state");
	return (struct activity_state){ 0 };
}

static void a_commit_changes_the_activity_and_the_attempt_at_once(void **state)
{
	struct learner *l = *state;
	struct commit c = course_commit(l->launch, 1);
	c.location = S("3");
	c.score = 0.75;
	c.suspended = true;
	c.attempt_completion = S("incomplete");
	c.attempt_success = S("unknown");
	c.attempt_score = 0.5;
	c.attempt_progress = 0.25;
	c.at_activity = S("item-2");
	c.kept = 4;
	time_stop_at(NOON + 60000);
	expect(l, c, "saved", 1);

	struct activity_state s = state_of(l, S("item-1"));
	assert_str(s.cmi, c.cmi);
	assert_str(s.completion, S("incomplete"));
	assert_str(s.location, S("3"));
	assert_true(s.score == 0.75);
	assert_true(s.suspended);
	assert_int_equal(s.total_time_ms, 1000);
	assert_int_equal(s.visits, 1);

	struct attempt t = course_attempt(&l->room, l->attempt);
	assert_str(t.state, S("started"));
	assert_true(t.score == 0.5 && t.progress == 0.25);
	assert_str(t.activity, S("item-2"));
	assert_int_equal(t.seq, 1);
	assert_int_equal(t.kept, 4);
	assert_int_equal(t.total_time_ms, 1000);
	assert_int_equal(t.changed_at, NOON + 60000);
	assert_false(t.suspended);
}

static void a_commit_told_again_is_known_and_changes_nothing(void **state)
{
	struct learner *l = *state;
	struct commit c = course_commit(l->launch, 1);
	expect(l, c, "saved", 1);
	c.location = S("changed on the way");
	expect(l, c, "known", 1);
	assert_str(state_of(l, S("item-1")).location, STR_NONE);
	expect(l, course_commit(l->launch, 2), "saved", 2);
	expect(l, c, "known", 2);
	assert_int_equal(state_of(l, S("item-1")).visits, 1);
}

static void a_gap_is_told_and_nothing_is_applied(void **state)
{
	struct learner *l = *state;
	expect(l, course_commit(l->launch, 2), "gap", 0);
	expect(l, course_commit(l->launch, 1), "saved", 1);
	expect(l, course_commit(l->launch, 3), "gap", 1);
	expect(l, course_commit(l->launch, 2), "saved", 2);
	expect(l, course_commit(l->launch, 3), "saved", 3);
}

static void a_number_used_up_by_an_older_launch_is_not_taken_for_saved(void **state)
{
	struct learner *l = *state;
	expect(l, course_commit(l->launch, 1), "saved", 1);
	str newer = course_launch(&l->room, l->attempt);
	expect(l, course_commit(newer, 1), "gap", 1);
	expect(l, course_commit(newer, 2), "saved", 2);
}

static void a_fenced_launch_is_kept_beside_and_never_merged(void **state)
{
	struct learner *l = *state;
	expect(l, course_commit(l->launch, 1), "saved", 1);
	str newer = course_launch(&l->room, l->attempt);

	struct commit late = course_commit(l->launch, 2), again = late;
	late.location = S("the old phone");
	expect(l, late, "elsewhere", 1);
	expect(l, late, "elsewhere", 1);
	expect(l, course_commit(l->launch, 1), "known", 1); /* was saved while it could */
	assert_str(state_of(l, S("item-1")).location, STR_NONE);

	again = course_commit(newer, 2);
	again.location = S("the new phone");
	expect(l, again, "saved", 2);
	expect(l, late, "elsewhere", 2);
	assert_str(state_of(l, S("item-1")).location, S("the new phone"));

	struct json_list rows;
	assert_ok(commit_rows(l->room.db, l->room.a, l->attempt, &rows));
	const struct commit_row *row = rows.items;
	assert_int_equal(rows.n, 3);
	assert_int_equal(row[0].seq, 2);
	assert_int_equal(row[1].seq, 2);
	assert_int_equal(row[2].seq, 1);
	assert_true(row[0].applied != row[1].applied);
	const struct commit_row *fenced = row[0].applied ? &row[1] : &row[0];
	assert_str(fenced->launch, l->launch);
	assert_str(fenced->location, S("the old phone"));
	assert_int_equal(fenced->made_at, NOON - 5);
	assert_int_equal(fenced->saved_at, NOON);
}

static void without_a_launch_nothing_is_applied(void **state)
{
	struct learner *l = *state;
	str other = course_open(&l->room, l->person, l->room.other_course);
	struct commit c = course_commit(room_id(&l->room, "lau"), 1);
	assert_str(course_send(&l->room, other, c).verdict, S("elsewhere"));
	struct sending nowhere = {
		l->room.a, room_id(&l->room, "att"), &c, { STR_NONE, 0 }
	};
	assert_err(ERR_NOT_FOUND, store_write(l->room.store, course_send_write, &nowhere));
}

static void an_empty_data_model_never_takes_the_place_of_a_full_one(void **state)
{
	static const char *const empty[] = { "{}", " { } ", NULL };
	struct learner *l = *state;
	struct commit c = course_commit(l->launch, 1);
	c.score = 0.5;
	expect(l, c, "saved", 1);
	for (int i = 0; i < (int)countof(empty); i++) {
		struct commit wiped = course_commit(l->launch, 2 + i);
		wiped.cmi = str_of(empty[i]);
		wiped.completion = S("not attempted");
		wiped.total_time_ms = 2000 + i;
		expect(l, wiped, "saved", 2 + i);
		struct activity_state s = state_of(l, S("item-1"));
		assert_str(s.cmi, c.cmi);
		assert_str(s.completion, S("incomplete"));
		assert_true(s.score == 0.5);
		assert_int_equal(s.total_time_ms, 2000 + i);
	}
	/* Where there was none, empty is fine: an asset has no data model. */
	struct commit asset = course_commit(l->launch, 5);
	asset.activity = S("asset");
	asset.cmi = STR_NONE;
	asset.completion = S("completed");
	expect(l, asset, "saved", 5);
	assert_str(state_of(l, S("asset")).cmi, S("{}"));
	assert_str(state_of(l, S("asset")).completion, S("completed"));
}

static void what_the_phone_leaves_out_stays_as_it_was(void **state)
{
	struct learner *l = *state;
	struct commit c = course_commit(l->launch, 1);
	c.attempt_completion = S("completed");
	c.attempt_success = S("passed");
	c.attempt_score = 0.9;
	c.attempt_progress = 1;
	c.leaving = c.suspend = true;
	expect(l, c, "saved", 1);
	assert_true(course_attempt(&l->room, l->attempt).suspended);

	struct commit place = course_commit(l->launch, 2);
	place.activity = place.cmi = place.completion = place.success = STR_NONE;
	place.total_time_ms = place.kept = place.made_at = place.elapsed_ms = JSON_ABSENT;
	place.at_activity = S("item-9");
	expect(l, place, "saved", 2);
	struct attempt t = course_attempt(&l->room, l->attempt);
	assert_str(t.state, S("passed"));
	assert_str(t.completion, S("completed"));
	assert_true(t.score == 0.9 && t.progress == 1);
	assert_str(t.activity, S("item-9"));
	assert_true(t.suspended);
	assert_int_equal(t.kept, 0);

	struct commit leave = course_commit(l->launch, 3);
	leave.at_activity = STR_NONE;
	leave.leaving = true;
	expect(l, leave, "saved", 3);
	t = course_attempt(&l->room, l->attempt);
	assert_str(t.activity, S("item-9"));
	assert_false(t.suspended);
}

static void time_adds_up_over_activities_and_never_goes_back(void **state)
{
	static const struct {
		const char *activity;
		int64_t told, total;
	} rows[] = {
		{ "item-1", 1000, 1000 }, { "item-2", 500, 1500 }, { "item-1", 3000, 3500 },
		{ "item-1", 2000, 3500 }, { "item-2", 600, 3600 },
	};
	struct learner *l = *state;
	for (size_t i = 0; i < countof(rows); i++) {
		struct commit c = course_commit(l->launch, (int64_t)i + 1);
		c.activity = str_of(rows[i].activity);
		c.total_time_ms = rows[i].told;
		expect(l, c, "saved", (int64_t)i + 1);
		assert_int_equal(course_attempt(&l->room, l->attempt).total_time_ms,
		                 rows[i].total);
	}
	assert_int_equal(state_of(l, S("item-1")).total_time_ms, 3000);
}

static void a_visit_begins_with_another_activity_or_launch(void **state)
{
	struct learner *l = *state;
	static const struct {
		const char *activity;
		bool relaunch;
		int visits;
	} rows[] = {
		{ "item-1", false, 1 }, { "item-1", false, 1 }, { "item-2", false, 1 },
		{ "item-1", false, 2 }, { "item-1", true, 3 },  { "item-1", false, 3 },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		if (rows[i].relaunch) l->launch = course_launch(&l->room, l->attempt);
		struct commit c = course_commit(l->launch, (int64_t)i + 1);
		c.activity = str_of(rows[i].activity);
		expect(l, c, "saved", (int64_t)i + 1);
		assert_int_equal(state_of(l, c.activity).visits, rows[i].visits);
	}
}

SQL(versions_kept, "SELECT COUNT(*), MIN(saved_at), MAX(saved_at) FROM activity_version"
                   " WHERE attempt = :attempt AND activity = 'item-1'");

static void expect_versions(struct learner *l, int n, int64_t from, int64_t to)
{
	QUERY(q, l->room.db, versions_kept);
	bind_text(&q, ":attempt", l->attempt);
	assert_true(query_next(&q));
	assert_int_equal(column_int(&q, 0, 0), n);
	assert_int_equal(column_int(&q, 1, 0), from);
	assert_int_equal(column_int(&q, 2, 0), to);
	assert_ok(query_end(&q));
}

static void a_minutes_old_data_model_is_put_aside_and_the_last_five_stay(void **state)
{
	struct learner *l = *state;
	for (int64_t seq = 1; seq <= 24; seq++) { /* one each half minute */
		struct commit c = course_commit(l->launch, seq);
		time_stop_at(NOON + seq * 30000);
		c.cmi = arena_printf(l->room.a, "{\"n\":%d}", (int)seq);
		expect(l, c, "saved", seq);
	}
	assert_str(state_of(l, S("item-1")).cmi, S("{\"n\":24}"));
	/* Put aside at 3, 5, … 23: the states of 2, 4, … 22; the last five of them. */
	expect_versions(l, 5, NOON + 14 * 30000, NOON + 22 * 30000);
}

static void what_a_visit_left_is_put_aside(void **state)
{
	struct learner *l = *state;
	for (int64_t seq = 1; seq <= 6; seq++) {
		struct commit c = course_commit(l->launch, seq);
		time_stop_at(NOON + seq);
		if (seq % 2 == 0) c.activity = S("item-2");
		expect(l, c, "saved", seq);
	}
	expect_versions(l, 2, NOON + 1, NOON + 3);
}

SQL(fenced_kept, "SELECT COUNT(*) FROM attempt_commit"
                 " WHERE attempt = :attempt AND body IS NOT NULL");

static void what_a_fenced_launch_may_leave_behind_is_bounded(void **state)
{
	struct learner *l = *state;
	str old = l->launch;
	course_launch(&l->room, l->attempt);
	for (int64_t seq = 1; seq <= 60; seq++)
		expect(l, course_commit(old, seq), "elsewhere", 0);
	QUERY(q, l->room.db, fenced_kept);
	bind_text(&q, ":attempt", l->attempt);
	assert_true(query_next(&q));
	assert_int_equal(column_int(&q, 0, 0), 50);
	assert_ok(query_end(&q));
	struct json_list rows;
	assert_ok(commit_rows(l->room.db, l->room.a, l->attempt, &rows));
	assert_int_equal(rows.n, 60);
}

static void no_more_activities_than_a_manifest_may_have(void **state)
{
	struct learner *l = *state;
	char activity[20];
	int64_t seq = 1;
	for (; seq <= 2000; seq++) {
		struct commit c = course_commit(l->launch, seq);
		snprintf(activity, sizeof activity, "item-%d", (int)seq);
		c.activity = str_of(activity);
		expect(l, c, "saved", seq);
	}
	struct commit c = course_commit(l->launch, seq);
	c.activity = S("one too many");
	struct sending s = { l->room.a, l->attempt, &c, { STR_NONE, 0 } };
	assert_err(ERR_TOO_LARGE, store_write(l->room.store, course_send_write, &s));
	c.activity = S("item-7");
	expect(l, c, "saved", seq);
}

static void what_is_not_well_formed_is_refused(void **state)
{
	struct learner *l = *state;
	const struct commit good = course_commit(l->launch, 1);
	char *big = calloc(1, 524291);
	memset(big, ' ', 524290);
	big[0] = '{';
	big[524289] = '}';
	struct commit bad[14];
	static const char *const why[] = {
		"number 0",
		"no launch",
		"an attempt's id for a launch",
		"a word of SCORM 1.2",
		"an unknown verdict",
		"an unknown completion of the attempt",
		"an unknown verdict of the attempt",
		"a score above 1",
		"a score below 0",
		"an infinite score",
		"progress above 1",
		"a list for a data model",
		"half a data model",
		"a data model too large",
	};
	for (size_t i = 0; i < countof(bad); i++) bad[i] = good;
	bad[0].seq = 0;
	bad[1].launch = STR_NONE;
	bad[2].launch = l->attempt;
	bad[3].completion = S("browsed");
	bad[4].success = S("completed");
	bad[5].attempt_completion = S("");
	bad[6].attempt_success = S("Passed");
	bad[7].score = 1.01;
	bad[8].attempt_score = -0.01;
	bad[9].score = (double)INFINITY;
	bad[10].attempt_progress = 1.5;
	bad[11].cmi = S("[]");
	bad[12].cmi = S("{\"a\":");
	bad[13].cmi = (str){ big, 524290 };
	assert_ok(commit_check(&good));
	for (size_t i = 0; i < countof(bad); i++)
		assert_row(commit_check(&bad[i]) != ERR_OK, why[i]);
	bad[13].cmi.n = 524288;
	big[524287] = '}';
	assert_row(commit_check(&bad[13]) == ERR_OK, "as large as it may be");
	free(big);
}

static void a_commit_is_read_from_json_and_what_is_absent_is_told_so(void **state)
{
	struct learner *l = *state;
	struct commit c;
	str text = arena_printf(l->room.a,
	                        "{\"seq\":1,\"launch\":\"%s\",\"activity\":\"item-1\","
	                        "\"cmi\":\"{\\\"a\\\":\\\"б\\\"}\",\"suspended\":true}",
	                        l->launch.p);
	assert_ok(json_read(text, &commit_shape, JSON_STRICT, l->room.a, &c));
	assert_str(c.cmi, S("{\"a\":\"б\"}"));
	assert_true(c.suspended);
	assert_false(c.leaving);
	assert_true(isnan(c.score) && isnan(c.attempt_progress));
	assert_int_equal(c.total_time_ms, JSON_ABSENT);
	expect(l, c, "saved", 1);
	assert_int_equal(state_of(l, S("item-1")).total_time_ms, 0);
}

/* ---- many at once ---- */

#define PHONES 8
#define COMMITS 40

struct phone {
	struct room *room;
	str attempt, launch;
	int wrong;
};

static void *send_all_twice(void *arg)
{
	struct phone *p = arg;
	struct arena *a = arena_open(1 << 20);
	for (int64_t seq = 1; seq <= COMMITS; seq++)
		for (int again = 0; again < 2; again++) {
			struct commit c = course_commit(p->launch, seq);
			struct sending s = { a, p->attempt, &c, { STR_NONE, 0 } };
			if (store_write(p->room->store, course_send_write, &s) ||
			    !str_is(s.reply.verdict, again ? S("known") : S("saved")) ||
			    s.reply.seq != seq)
				p->wrong++;
		}
	arena_close(a);
	return NULL;
}

static void phones_that_send_at_once_do_not_disturb_each_other(void **state)
{
	struct learner *l = *state;
	struct phone phone[PHONES];
	pthread_t thread[PHONES];
	for (int i = 0; i < PHONES; i++) {
		char surname[] = { (char)('a' + i), 0 };
		str attempt = course_open(&l->room, room_person(&l->room, surname, "Я"),
		                          l->room.course);
		phone[i] = (struct phone){ &l->room, attempt,
			                   course_launch(&l->room, attempt), 0 };
	}
	for (int i = 0; i < PHONES; i++)
		assert_int_equal(
			pthread_create(&thread[i], NULL, send_all_twice, &phone[i]), 0);
	for (int i = 0; i < PHONES; i++) pthread_join(thread[i], NULL);
	for (int i = 0; i < PHONES; i++) {
		assert_int_equal(phone[i].wrong, 0);
		assert_int_equal(course_attempt(&l->room, phone[i].attempt).seq, COMMITS);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_course, room_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_commit_changes_the_activity_and_the_attempt_at_once),
		TEST(a_commit_told_again_is_known_and_changes_nothing),
		TEST(a_gap_is_told_and_nothing_is_applied),
		TEST(a_number_used_up_by_an_older_launch_is_not_taken_for_saved),
		TEST(a_fenced_launch_is_kept_beside_and_never_merged),
		TEST(without_a_launch_nothing_is_applied),
		TEST(an_empty_data_model_never_takes_the_place_of_a_full_one),
		TEST(what_the_phone_leaves_out_stays_as_it_was),
		TEST(time_adds_up_over_activities_and_never_goes_back),
		TEST(a_visit_begins_with_another_activity_or_launch),
		TEST(a_minutes_old_data_model_is_put_aside_and_the_last_five_stay),
		TEST(what_a_visit_left_is_put_aside),
		TEST(what_a_fenced_launch_may_leave_behind_is_bounded),
		TEST(no_more_activities_than_a_manifest_may_have),
		TEST(what_is_not_well_formed_is_refused),
		TEST(a_commit_is_read_from_json_and_what_is_absent_is_told_so),
		TEST(phones_that_send_at_once_do_not_disturb_each_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
