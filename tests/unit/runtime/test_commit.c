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

struct deciding {
	struct learner *l;
	const struct commit *commit;
	const struct outcome *outcome;
	struct commit_reply reply;
};

static enum err decide(struct tx *tx, void *arg)
{
	struct deciding *d = arg;
	return attempt_commit(tx, d->l->room.a, d->l->attempt, d->commit, d->outcome,
	                      &d->reply);
}

struct launching {
	struct learner *l;
	int64_t seq;
	bool begun;
};

static enum err launch_late(struct tx *tx, void *arg)
{
	struct launching *x = arg;
	str launch = room_id(&x->l->room, "lau");
	return launch_begin(tx, x->l->attempt, launch, x->seq, S("old"), &x->begun);
}

static void a_commit_changes_the_activity_and_the_attempt_at_once(void **state)
{
	struct learner *l = *state;
	struct told c = course_commit(l->launch, 1);
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
	struct told c = course_commit(l->launch, 1);
	expect(l, c, "saved", 1);
	c.location = S("changed on the way");
	expect(l, c, "known", 1);
	assert_str(state_of(l, S("item-1")).location, STR_NONE);
	expect(l, course_commit(l->launch, 2), "saved", 2);
	expect(l, c, "known", 2);
	assert_int_equal(state_of(l, S("item-1")).visits, 1);
}

static void what_an_earlier_launch_had_applied_stays_known(void **state)
{
	struct learner *l = *state;
	str first = l->launch;
	for (int64_t seq = 1; seq <= 3; seq++)
		expect(l, course_commit(first, seq), "saved", seq);
	str second = course_launch(&l->room, l->attempt);
	for (int64_t seq = 4; seq <= 40; seq++)
		expect(l, course_commit(second, seq), "saved", seq);
	expect(l, course_commit(first, 2), "known", 40);
	expect(l, course_commit(second, 4), "known", 40);
	expect(l, course_commit(second, 3), "gap", 40);
	course_launch(&l->room, l->attempt);
	expect(l, course_commit(first, 3), "known", 40);
	expect(l, course_commit(second, 40), "known", 40);
	expect(l, course_commit(first, 4), "elsewhere", 40);
}

/* The state that goes on is the last one, whichever line it lies in. */
static void the_last_sixteen_commits_are_kept_with_the_present_state(void **state)
{
	struct learner *l = *state;
	struct json_list rows;
	for (int64_t seq = 1; seq <= 20; seq++)
		expect(l, course_commit(l->launch, seq), "saved", seq);
	assert_ok(commit_rows(l->room.db, l->room.a, l->attempt, &rows));
	const struct commit_row *row = rows.items;
	assert_int_equal(rows.n, 16);
	for (int64_t i = 0; i < 16; i++) assert_int_equal(row[i].seq, 20 - i);
	struct attempt_base base;
	assert_ok(attempt_base(l->room.db, l->room.a, l->attempt, &base));
	assert_str(base.snapshot, S("state 20"));
}

static void an_outcome_for_another_person_is_worked_out_again(void **state)
{
	struct learner *l = *state;
	struct commit c = { .seq = 1, .launch = l->launch, .score = NAN };
	struct outcome o = { .snapshot = S("x"), .seq = 0, .person = S("per_another") };
	struct deciding d = { l, &c, &o, { STR_NONE, 0 } };
	assert_ok(store_write(l->room.store, decide, &d));
	assert_str(d.reply.verdict, S("again"));
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

	struct told late = course_commit(l->launch, 2), again = late;
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

/* A page that goes away sends all that waits at once, and the commit that opens the launch
 * may come last. */
static void overtake(struct learner *l, struct told second)
{
	expect(l, second, "elsewhere", 0);
	str ids[] = { l->attempt, second.launch };
	assert_ok(store_write(l->room.store, course_launch_write, ids));
	expect(l, course_commit(second.launch, 1), "saved", 1);
	expect(l, second, "saved", 2);
	expect(l, second, "known", 2);

	struct json_list rows;
	assert_ok(commit_rows(l->room.db, l->room.a, l->attempt, &rows));
	const struct commit_row *row = rows.items;
	assert_int_equal(rows.n, 2);
	assert_true(row[0].applied && row[1].applied);
}

static void what_came_before_its_launch_was_opened_is_no_longer_aside_when_applied(
	void **state)
{
	struct learner *l = *state;
	overtake(l, course_commit(room_id(&l->room, "lau"), 2));
}

static void what_came_before_its_launch_was_opened_may_be_what_cannot_be_done_again(
	void **state)
{
	struct learner *l = *state;
	struct told lost = course_commit(room_id(&l->room, "lau"), 2);
	lost.refused = S("state-unreadable");
	overtake(l, lost);
}

static void without_a_launch_nothing_is_applied(void **state)
{
	struct learner *l = *state;
	str other = course_open(&l->room, l->person, l->room.other_course);
	struct told c = course_commit(room_id(&l->room, "lau"), 1);
	assert_str(course_send(&l->room, other, c).verdict, S("elsewhere"));
	struct sending nowhere = {
		l->room.a, room_id(&l->room, "att"), &c, { STR_NONE, 0 }
	};
	assert_err(ERR_NOT_FOUND, store_write(l->room.store, course_send_write, &nowhere));
}

static void an_empty_data_model_never_takes_the_place_of_a_full_one(void **state)
{
	static const char *const empty[] = { "{}", NULL };
	struct learner *l = *state;
	struct told c = course_commit(l->launch, 1);
	c.score = 0.5;
	expect(l, c, "saved", 1);
	for (int i = 0; i < (int)countof(empty); i++) {
		struct told wiped = course_commit(l->launch, 2 + i);
		wiped.cmi = str_of(empty[i]);
		wiped.total_time_ms = 2000 + i;
		expect(l, wiped, "saved", 2 + i);
		struct activity_state s = state_of(l, S("item-1"));
		assert_str(s.cmi, c.cmi);
		assert_str(s.completion, S("incomplete"));
		assert_true(s.score == 0.5);
		assert_int_equal(s.total_time_ms, 2000 + i);
	}
	/* Where there was none, empty is fine: an asset has no data model. */
	struct told asset = course_commit(l->launch, 4);
	asset.activity = S("asset");
	asset.cmi = STR_NONE;
	asset.completion = S("completed");
	expect(l, asset, "saved", 4);
	assert_str(state_of(l, S("asset")).cmi, S("{}"));
	assert_str(state_of(l, S("asset")).completion, S("completed"));
}

static void what_was_reached_is_not_taken_away_by_opening_the_course_again(void **state)
{
	struct learner *l = *state;
	struct told c = course_commit(l->launch, 1);
	c.completion = c.attempt_completion = S("completed");
	c.success = c.attempt_success = S("passed");
	c.score = c.attempt_score = 0.9;
	c.attempt_progress = 1;
	c.suspend = true;
	expect(l, c, "saved", 1);
	assert_true(course_attempt(&l->room, l->attempt).suspended);

	struct told again = course_commit(l->launch, 2);
	again.attempt_completion = S("incomplete");
	again.success = again.attempt_success = S("failed");
	again.score = again.attempt_score = 0.2;
	again.attempt_progress = 0;
	again.at_activity = S("item-9");
	expect(l, again, "saved", 2);
	struct attempt t = course_attempt(&l->room, l->attempt);
	assert_str(t.state, S("passed"));
	assert_str(t.completion, S("completed"));
	assert_true(t.score == 0.9 && t.progress == 1);
	assert_str(t.activity, S("item-9"));
	assert_false(t.suspended);
	struct activity_state s = state_of(l, S("item-1"));
	assert_str(s.success, S("passed"));
	assert_true(s.score == 0.9);

	struct told better = course_commit(l->launch, 3);
	better.attempt_success = S("passed");
	better.attempt_score = 0.95;
	better.at_activity = STR_NONE;
	expect(l, better, "saved", 3);
	t = course_attempt(&l->room, l->attempt);
	assert_true(t.score == 0.95);
	assert_str(t.activity, S("item-9"));
}

static void a_claim_that_differs_is_kept_and_the_servers_word_stands(void **state)
{
	struct learner *l = *state;
	struct told c = course_commit(l->launch, 1);
	c.attempt_completion = S("completed");
	c.attempt_success = S("passed");
	c.attempt_score = 1;
	c.differs = S("result");
	expect(l, c, "saved", 1);
	assert_int_equal(course_attempt(&l->room, l->attempt).disputed, 1);
	struct json_list rows;
	assert_ok(dispute_rows(l->room.db, l->room.a, l->attempt, &rows));
	assert_int_equal(rows.n, 1);
	const struct dispute *d = rows.items;
	assert_str(d->why, S("result"));
	assert_str(d->success, S("passed"));
	assert_int_equal(d->seq, 1);
	assert_int_equal(d->saved_at, NOON);
}

SQL(body_of, "SELECT body FROM attempt_commit WHERE attempt = :attempt AND seq = :seq");

static void what_cannot_be_done_again_is_kept_and_changes_no_result(void **state)
{
	struct learner *l = *state;
	struct told c = course_commit(l->launch, 1);
	c.attempt_completion = S("incomplete");
	expect(l, c, "saved", 1);
	struct told lost = course_commit(l->launch, 2);
	lost.attempt_completion = S("completed");
	lost.location = S("9");
	lost.refused = S("state-unreadable");
	expect(l, lost, "saved", 2);
	struct attempt t = course_attempt(&l->room, l->attempt);
	assert_str(t.completion, S("incomplete"));
	assert_int_equal(t.seq, 2);
	assert_int_equal(t.disputed, 1);
	QUERY(q, l->room.db, body_of);
	bind_text(&q, ":attempt", l->attempt);
	bind_int(&q, ":seq", 2);
	assert_true(query_next(&q));
	assert_str(column_text(&q, l->room.a, 0), S("[]"));
	assert_ok(query_end(&q));
	struct json_list rows;
	assert_ok(dispute_rows(l->room.db, l->room.a, l->attempt, &rows));
	const struct dispute *d = rows.items;
	assert_str(d->why, S("state-unreadable"));
	assert_str(d->completion, S("completed"));
	assert_str(d->server_completion, STR_NONE);
}

static void an_outcome_of_another_state_is_not_written(void **state)
{
	struct learner *l = *state;
	expect(l, course_commit(l->launch, 1), "saved", 1);
	struct commit second = { .seq = 2, .launch = l->launch, .score = NAN };
	struct outcome early = { .snapshot = S("x"), .seq = 0 };
	struct deciding d = { l, &second, &early, { STR_NONE, 0 } };
	assert_ok(store_write(l->room.store, decide, &d));
	assert_str(d.reply.verdict, S("again"));
	d.outcome = NULL;
	assert_ok(store_write(l->room.store, decide, &d));
	assert_str(d.reply.verdict, S("again"));
	assert_int_equal(course_attempt(&l->room, l->attempt).seq, 1);
}

static void globals_that_another_course_changed_meanwhile_are_worked_out_again(void **state)
{
	struct learner *l = *state;
	struct told c = course_commit(l->launch, 1);
	c.globals = S("first");
	expect(l, c, "saved", 1);
	struct told late = course_commit(l->launch, 2);
	late.globals = S("from before");
	expect(l, late, "again", 1);
	late.globals_version = 1;
	expect(l, late, "saved", 2);
	struct attempt_base base;
	assert_ok(attempt_base(l->room.db, l->room.a, l->attempt, &base));
	assert_str(base.globals, S("from before"));
	assert_int_equal(base.globals_version, 2);
}

static void a_launch_does_not_begin_from_an_older_state(void **state)
{
	struct learner *l = *state;
	expect(l, course_commit(l->launch, 1), "saved", 1);
	struct launching late = { l, 0, true };
	assert_ok(store_write(l->room.store, launch_late, &late));
	assert_false(late.begun);
	assert_str(course_attempt(&l->room, l->attempt).launch, l->launch);
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
		struct told c = course_commit(l->launch, (int64_t)i + 1);
		c.activity = str_of(rows[i].activity);
		c.total_time_ms = rows[i].told;
		expect(l, c, "saved", (int64_t)i + 1);
		assert_int_equal(course_attempt(&l->room, l->attempt).total_time_ms,
		                 rows[i].total);
	}
	assert_int_equal(state_of(l, S("item-1")).total_time_ms, 3000);
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
		struct told c = course_commit(l->launch, seq);
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
		struct told c = course_commit(l->launch, seq);
		time_stop_at(NOON + seq);
		c.visits = 1;
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

static void what_is_not_well_formed_is_refused(void **state)
{
	struct learner *l = *state;
	const struct told told = course_commit(l->launch, 1);
	const struct commit good = told_commit(&told);
	struct commit bad[11];
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
	assert_ok(commit_check(&good));
	for (size_t i = 0; i < countof(bad); i++)
		assert_row(commit_check(&bad[i]) != ERR_OK, why[i]);
}

static void a_commit_is_read_from_json_and_what_is_absent_is_told_so(void **state)
{
	struct learner *l = *state;
	struct commit c;
	str text = arena_printf(l->room.a,
	                        "{\"seq\":1,\"launch\":\"%s\",\"journal\":["
	                        "{\"at\":5,\"call\":\"SetValue\",\"a\":\"cmi.location\","
	                        "\"b\":\"б\"}]}",
	                        l->launch.p);
	assert_ok(json_read(text, &commit_shape, JSON_STRICT, l->room.a, &c));
	assert_int_equal(c.journal.n, 1);
	const struct step *s = c.journal.items;
	assert_int_equal(s->at, 5);
	assert_str(s->b, S("б"));
	assert_true(isnan(c.score) && isnan(c.attempt_progress));
	assert_str(c.digest, STR_NONE);
	assert_int_equal(c.kept, JSON_ABSENT);
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
			struct told c = course_commit(p->launch, seq);
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
		TEST(what_an_earlier_launch_had_applied_stays_known),
		TEST(the_last_sixteen_commits_are_kept_with_the_present_state),
		TEST(an_outcome_for_another_person_is_worked_out_again),
		TEST(a_gap_is_told_and_nothing_is_applied),
		TEST(a_number_used_up_by_an_older_launch_is_not_taken_for_saved),
		TEST(a_fenced_launch_is_kept_beside_and_never_merged),
		TEST(what_came_before_its_launch_was_opened_is_no_longer_aside_when_applied),
		TEST(what_came_before_its_launch_was_opened_may_be_what_cannot_be_done_again),
		TEST(without_a_launch_nothing_is_applied),
		TEST(an_empty_data_model_never_takes_the_place_of_a_full_one),
		TEST(what_was_reached_is_not_taken_away_by_opening_the_course_again),
		TEST(a_claim_that_differs_is_kept_and_the_servers_word_stands),
		TEST(what_cannot_be_done_again_is_kept_and_changes_no_result),
		TEST(an_outcome_of_another_state_is_not_written),
		TEST(globals_that_another_course_changed_meanwhile_are_worked_out_again),
		TEST(a_launch_does_not_begin_from_an_older_state),
		TEST(time_adds_up_over_activities_and_never_goes_back),
		TEST(a_minutes_old_data_model_is_put_aside_and_the_last_five_stay),
		TEST(what_a_visit_left_is_put_aside),
		TEST(what_a_fenced_launch_may_leave_behind_is_bounded),
		TEST(what_is_not_well_formed_is_refused),
		TEST(a_commit_is_read_from_json_and_what_is_absent_is_told_so),
		TEST(phones_that_send_at_once_do_not_disturb_each_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
