/* SPDX-License-Identifier: Apache-2.0 */
/* The server's word: a journal done again comes to what it came to, a claim is held against
 * it, and what a hostile phone sends costs little and gains nothing. */
#include "runtime/replay.h"

#include "support/test.h"

#include <math.h>
#include <stdio.h>

struct replaying {
	struct arena *a;
	struct engines engines;
	struct engine_room *room;
	struct scorm_activity activity[4];
	struct scorm_objective objective[4];
	struct scorm_objective_map map;
	struct course_tree tree;
	struct replay_from from;
};

static const str names[] = { S("course"), S("a"), S("b"), S("c") };

static int open_replay(void **state)
{
	struct replaying *r = calloc(1, sizeof *r);
	r->a = arena_open(64 << 20);
	engines_init(&r->engines);
	assert_ok(engines_take(&r->engines, &r->room));
	r->map = (struct scorm_objective_map){ .global = S("global"),
		                               .write_satisfied = true,
		                               .write_measure = true };
	for (int32_t i = 0; i < 4; i++) {
		r->objective[i] =
			(struct scorm_objective){ .primary = true, .minimum_measure = 1 };
		r->activity[i] = scorm_activity_default(SCORM_2004_4TH);
		r->activity[i].id = r->activity[i].title = names[i];
		r->activity[i].parent = i ? 0 : -1;
		r->activity[i].content = i ? CONTENT_SCO : CONTENT_CLUSTER;
		r->activity[i].next_sibling = i && i < 3 ? i + 1 : -1;
		r->activity[i].objective = &r->objective[i];
		r->activity[i].n_objectives = 1;
	}
	r->activity[0].first_child = 1;
	r->activity[0].flow = true;
	r->objective[1].map = &r->map;
	r->objective[1].n = 1;
	r->tree.tree = (struct scorm_tree){ .version = SCORM_2004_4TH,
		                            .objectives_global_to_system = true,
		                            .id = names[0],
		                            .activity = r->activity,
		                            .n = 4 };
	r->from =
		(struct replay_from){ .tree = &r->tree,
		                      .attempt = S("att_00000000000000000000000000000001"),
		                      .person = S("per_1") };
	*state = r;
	return 0;
}

static int close_replay(void **state)
{
	struct replaying *r = *state;
	engines_give(&r->engines, r->room);
	engines_free(&r->engines);
	arena_close(r->a);
	free(r);
	return 0;
}

#define CALL(name, element, value)                         \
	{                                                  \
		1000, S(name), element, value, JSON_ABSENT \
	}
#define SET(element, value) CALL("SetValue", S(element), S(value))
#define DO(name) CALL(name, STR_NONE, STR_NONE)
#define TO(name, target) CALL(name, S(target), STR_NONE)

static struct outcome run(struct replaying *r, const struct step *steps, size_t n)
{
	struct commit c = { .journal = { steps, n },
		            .attempt_score = NAN,
		            .attempt_progress = NAN };
	struct outcome o;
	replay(r->room, &r->from, &c, r->a, &o);
	if (o.snapshot.p) r->from.snapshot = o.snapshot;
	return o;
}
#define RUN(r, ...)                                  \
	run(r, (const struct step[]){ __VA_ARGS__ }, \
	    sizeof((const struct step[]){ __VA_ARGS__ }) / sizeof(struct step))

static const struct visited *visit(const struct outcome *o, str activity)
{
	const struct visited *v = o->visited.items;
	for (size_t i = 0; i < o->visited.n; i++)
		if (str_is(v[i].activity, activity)) return &v[i];
	fail_msg("not visited");
	return NULL;
}

static void a_journal_comes_to_results_a_place_and_data(void **state)
{
	struct replaying *r = *state;
	struct outcome o = RUN(
		r, DO("start"), DO("Initialize"), SET("cmi.completion_status", "completed"),
		SET("cmi.success_status", "passed"), SET("cmi.score.scaled", "0.5"),
		SET("cmi.location", "стр. \"3\""), DO("Terminate"), DO("continue"),
		DO("Initialize"));
	assert_str(o.refused, STR_NONE);
	assert_false(o.strayed);
	assert_str(o.place, S("b"));
	assert_false(o.suspended);
	assert_int_equal(o.visited.n, 2);
	const struct visited *a = visit(&o, S("a")), *b = visit(&o, S("b"));
	assert_str(a->result.completion, S("completed"));
	assert_str(a->result.success, S("passed"));
	assert_true(a->result.score == 0.5);
	assert_str(a->result.location, S("стр. \"3\""));
	assert_int_equal(a->visits, 1);
	assert_true(json_valid(a->data));
	assert_non_null(strstr(a->data.p, "\"cmi.location\":\"стр. \\\"3\\\"\""));
	assert_int_equal(b->visits, 1);
	assert_str(o.whole.success, S("unknown"));
	assert_true(o.whole.progress > 0.33 && o.whole.progress < 0.34);
	assert_true(json_valid(o.trace));
}

/* Whatever way a journal is cut into commits. */
static void one_commit_or_many_come_to_the_same(void **state)
{
	static const struct step all[] = {
		DO("start"),
		DO("Initialize"),
		SET("cmi.suspend_data", "x"),
		SET("cmi.score.scaled", "0.25"),
		DO("Commit"),
		SET("cmi.interactions.0.id", "q"),
		SET("cmi.exit", "suspend"),
		TO("choice", "c"),
		DO("Initialize"),
		SET("cmi.completion_status", "incomplete"),
		DO("suspendAll"),
		DO("resumeAll"),
		DO("Initialize"),
		DO("exitAll"),
	};
	struct replaying *r = *state;
	struct outcome whole = run(r, all, countof(all)), part = { 0 };
	for (size_t cut = 1; cut < 5; cut++) {
		r->from.snapshot = STR_NONE;
		for (size_t i = 0; i < countof(all); i += cut)
			part = run(r, all + i,
			           i + cut < countof(all) ? cut : countof(all) - i);
		assert_str(part.snapshot, whole.snapshot);
	}
	assert_str(part.whole.completion, whole.whole.completion);
}

static void a_claim_is_held_against_the_servers_word(void **state)
{
	static const struct {
		const char *completion, *success, *digest, *differs, *why;
		double score;
	} rows[] = {
		{ NULL, NULL, NULL, NULL, "nothing is claimed", 0.5 },
		{ "completed", "passed", NULL, NULL, "the same", 0.5 },
		{ "completed", "failed", NULL, "result", "another verdict", 0.5 },
		{ "incomplete", "passed", NULL, "result", "less is another, too", 0.5 },
		{ "completed", "passed", NULL, "result", "a better score", 0.75 },
		{ "completed", "passed", NULL, "result", "no score", (double)NAN },
		{ "completed", "passed", "0000000000000000", "state", "another state",
		  0.5 },
	};
	static const struct step steps[] = {
		TO("choice", "c"),
		DO("Initialize"),
		SET("cmi.completion_status", "completed"),
		SET("cmi.success_status", "passed"),
		SET("cmi.score.scaled", "0.5"),
		DO("Commit"),
	};
	struct replaying *r = *state;
	r->activity[1] = r->activity[3]; /* a course of one part */
	r->tree.tree.n = 2;
	for (size_t i = 0; i < countof(rows); i++) {
		struct commit c = { .journal = { steps, countof(steps) },
			            .attempt_completion = str_of(rows[i].completion),
			            .attempt_success = str_of(rows[i].success),
			            .attempt_score = rows[i].score,
			            .attempt_progress = 1,
			            .digest = str_of(rows[i].digest) };
		struct outcome o;
		replay(r->room, &r->from, &c, r->a, &o);
		assert_row(str_is(o.differs, str_of(rows[i].differs)), rows[i].why);
	}
}

static void calls_that_go_otherwise_here_are_noticed(void **state)
{
	struct replaying *r = *state;
	struct outcome o = RUN(r, DO("start"), SET("cmi.score.scaled", "1"));
	assert_true(o.strayed);
	assert_true(isnan(o.whole.score));
	o = RUN(r, DO("Initialize"), TO("jump", "nowhere"), DO("nonsense"));
	assert_str(o.refused, STR_NONE);
}

static void globals_go_from_course_to_course_entry_by_entry(void **state)
{
	struct replaying *r = *state;
	struct outcome o =
		RUN(r, DO("start"), DO("Initialize"), SET("cmi.success_status", "passed"));
	assert_str(o.globals, STR_NONE);
	o = RUN(r, SET("cmi.score.scaled", "0.5"), DO("Commit"));
	assert_non_null(o.globals.p);
	/* The next course of the learner begins with it. */
	str begun;
	struct replay_from next = { .tree = &r->tree,
		                    .attempt = r->from.attempt,
		                    .person = r->from.person,
		                    .globals = o.globals };
	assert_true(replay_begin(r->room, &next, r->a, &begun));
	assert_non_null(begun.p);
	r->from.snapshot = begun;
	r->from.globals = o.globals;
	o = RUN(r, DO("start"), DO("Initialize"), SET("cmi.success_status", "failed"),
	        DO("Commit"));
	assert_non_null(o.globals.p);
	assert_int_equal(o.globals.n, r->from.globals.n);
	assert_false(str_is(o.globals, r->from.globals));
}

static void a_state_that_is_none_is_told_and_begins_anew(void **state)
{
	struct replaying *r = *state;
	r->from.snapshot = S("no state of any engine");
	struct outcome o = RUN(r, DO("start"));
	assert_str(o.refused, S("state-unreadable"));
	assert_str(o.snapshot, STR_NONE);
	str begun;
	assert_false(replay_begin(r->room, &r->from, r->a, &begun));
}

/* A course made to keep the server busy: each request looks at each of 2,000 activities. */
static void too_much_work_is_not_done(void **state)
{
	struct replaying *r = *state;
	size_t n = 2000, steps = 4096;
	struct scorm_activity *all = arena_alloc(r->a, n * sizeof *all);
	for (size_t i = 0; i < n; i++) {
		all[i] = r->activity[2];
		all[i].id = arena_printf(r->a, "a%d", (int)i);
		all[i].parent = i ? 0 : -1;
		all[i].next_sibling = i && i + 1 < n ? (int32_t)i + 1 : -1;
	}
	all[0].content = CONTENT_CLUSTER;
	all[0].first_child = 1;
	all[0].flow = true;
	r->tree.tree.activity = all;
	r->tree.tree.n = (int32_t)n;
	struct step *list = arena_alloc(r->a, steps * sizeof *list);
	for (size_t i = 0; i < steps; i++) list[i] = (struct step)DO("continue");
	list[0] = (struct step)DO("start");
	struct outcome o = run(r, list, steps);
	assert_str(o.refused, S("too-much-work"));
	assert_str(o.snapshot, STR_NONE);
	o = run(r, list, 50);
	assert_str(o.refused, STR_NONE);
}

static void an_engine_in_a_small_room_keeps_as_much_as_one_in_a_large_one(void **state)
{
	struct replaying *r = *state;
	size_t n = 200 * 1024;
	char *data = arena_alloc(r->a, n);
	memset(data, 'x', n);
	const struct step steps[] = { DO("start"), DO("Initialize"),
		                      CALL("SetValue", S("cmi.suspend_data"),
		                           ((str){ data, n })),
		                      DO("suspendAll") };
	struct outcome o = run(r, steps, countof(steps));
	assert_false(o.strayed);
	assert_true(o.snapshot.n > n);
	o = RUN(r, DO("resumeAll"), DO("Initialize"), SET("cmi.location", "7"));
	assert_false(o.strayed);
	assert_str(visit(&o, S("a"))->data,
	           STR_NONE); /* while it runs it is in the state */
	o = RUN(r, DO("Terminate"));
	assert_true(visit(&o, S("a"))->data.n > n);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_replay, close_replay)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_journal_comes_to_results_a_place_and_data),
		TEST(one_commit_or_many_come_to_the_same),
		TEST(a_claim_is_held_against_the_servers_word),
		TEST(calls_that_go_otherwise_here_are_noticed),
		TEST(globals_go_from_course_to_course_entry_by_entry),
		TEST(a_state_that_is_none_is_told_and_begins_anew),
		TEST(too_much_work_is_not_done),
		TEST(an_engine_in_a_small_room_keeps_as_much_as_one_in_a_large_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
