/* SPDX-License-Identifier: Apache-2.0 */
/* A learner in a course, for the tests of runtime and training. */
#pragma once

#include "runtime/runtime.h"
#include "unit/people/room.h"

#include <math.h>

struct opening {
	struct arena *a;
	str person, course, event;
	struct id attempt;
};

static inline enum err course_open_write(struct tx *tx, void *arg)
{
	struct opening *o = arg;
	return attempt_open(tx, o->a, o->person, o->course, o->event, &o->attempt);
}

/* The person's attempt at the course. */
static inline str course_open(struct room *r, str person, str course)
{
	struct opening o = { r->a, person, course, r->event, { "" } };
	assert_ok(store_write(r->store, course_open_write, &o));
	return arena_copy(r->a, id_str(&o.attempt));
}

static inline enum err course_launch_write(struct tx *tx, void *arg)
{
	const str *ids = arg;
	struct attempt_base base;
	bool begun;
	struct arena *a = arena_open(1 << 20);
	enum err err = attempt_base(tx_db(tx), a, ids[0], &base);
	if (!err) err = launch_begin(tx, ids[0], ids[1], base.seq, base.snapshot, &begun);
	arena_close(a);
	return err;
}

/* A new launch, which fences the older ones. */
static inline str course_launch(struct room *r, str attempt)
{
	str launch = room_id(r, "lau");
	assert_ok(store_write(r->store, course_launch_write, (str[]){ attempt, launch }));
	return launch;
}

/* A commit together with what a replay would come to, so that these tests decide it. */
struct told {
	int64_t seq;
	str launch, activity, cmi, completion, success;
	double score;
	str location;
	int64_t total_time_ms, visits;
	bool suspended, suspend;
	str attempt_completion, attempt_success;
	double attempt_score, attempt_progress;
	str at_activity, globals, differs, refused;
	int64_t globals_version, kept, made_at;
};

/* With nothing in it yet. */
static inline struct told course_commit(str launch, int64_t seq)
{
	return (struct told){
		.seq = seq,
		.launch = launch,
		.activity = S("item-1"),
		.cmi = S("{\"cmi.core.lesson_location\":\"3\"}"),
		.completion = S("incomplete"),
		.success = S("unknown"),
		.score = NAN,
		.total_time_ms = 1000,
		.visits = seq == 1,
		.attempt_score = NAN,
		.attempt_progress = NAN,
		.at_activity = S("item-1"),
		.made_at = NOON - 5,
	};
}

struct sending {
	struct arena *a;
	str attempt;
	const struct told *told;
	struct commit_reply reply;
};

static inline struct commit told_commit(const struct told *t)
{
	return (struct commit){
		.seq = t->seq,
		.launch = t->launch,
		.attempt_completion = t->attempt_completion,
		.attempt_success = t->attempt_success,
		.attempt_score = t->attempt_score,
		.attempt_progress = t->attempt_progress,
		.activity = t->activity,
		.completion = t->completion,
		.success = t->success,
		.score = t->score,
		.location = t->location,
		.kept = t->kept,
		.made_at = t->made_at,
	};
}

static inline enum err course_send_write(struct tx *tx, void *arg)
{
	struct sending *s = arg;
	const struct told *t = s->told;
	struct commit commit = told_commit(t);
	struct attempt_base base;
	TRY(attempt_base(tx_db(tx), s->a, s->attempt, &base));
	struct visited visited = {
		.activity = t->activity,
		.data = t->cmi,
		.visits = t->visits,
		.result = { t->completion, t->success, t->score, NAN, t->location,
		            t->total_time_ms, t->suspended },
	};
	struct outcome outcome = {
		.refused = t->refused,
		.snapshot = arena_printf(s->a, "state %d", (int)t->seq),
		.globals = t->globals,
		.globals_version = t->globals_version,
		.place = t->at_activity,
		.suspended = t->suspend,
		.differs = t->differs,
		.whole = { t->attempt_completion, t->attempt_success, t->attempt_score,
		           t->attempt_progress, STR_NONE, 0, false },
		.visited = { &visited, t->activity.p != NULL },
		.trace = S("[]"),
		.seq = t->seq - 1,
		.person = base.person,
	};
	if (t->refused.p)
		outcome = (struct outcome){ .refused = t->refused,
			                    .seq = t->seq - 1,
			                    .person = base.person };
	return attempt_commit(tx, s->a, s->attempt, &commit, &outcome, &s->reply);
}

/* What the laptop answers. */
static inline struct commit_reply course_send(struct room *r, str attempt, struct told t)
{
	struct sending s = { r->a, attempt, &t, { STR_NONE, 0 } };
	struct commit commit = told_commit(&t);
	assert_ok(commit_check(&commit));
	assert_ok(store_write(r->store, course_send_write, &s));
	return s.reply;
}

static inline struct attempt course_attempt(struct room *r, str id)
{
	struct attempt t;
	assert_ok(attempt_get(r->db, r->a, id, &t));
	return t;
}
