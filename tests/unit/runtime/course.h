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
	return launch_open(tx, ids[0], ids[1]);
}

/* A new launch, which fences the older ones. */
static inline str course_launch(struct room *r, str attempt)
{
	str launch = room_id(r, "lau");
	assert_ok(store_write(r->store, course_launch_write, (str[]){ attempt, launch }));
	return launch;
}

/* A commit with nothing in it yet. */
static inline struct commit course_commit(str launch, int64_t seq)
{
	return (struct commit){
		.seq = seq,
		.launch = launch,
		.activity = S("item-1"),
		.cmi = S("{\"cmi.core.lesson_location\":\"3\"}"),
		.completion = S("incomplete"),
		.success = S("unknown"),
		.score = NAN,
		.total_time_ms = 1000,
		.attempt_score = NAN,
		.attempt_progress = NAN,
		.at_activity = S("item-1"),
		.made_at = NOON - 5,
	};
}

struct sending {
	struct arena *a;
	str attempt;
	const struct commit *commit;
	struct commit_reply reply;
};

static inline enum err course_send_write(struct tx *tx, void *arg)
{
	struct sending *s = arg;
	return attempt_commit(tx, s->a, s->attempt, s->commit, &s->reply);
}

/* What the laptop answers. */
static inline struct commit_reply course_send(struct room *r, str attempt, struct commit c)
{
	struct sending s = { r->a, attempt, &c, { STR_NONE, 0 } };
	assert_ok(commit_check(&c));
	assert_ok(store_write(r->store, course_send_write, &s));
	return s.reply;
}

static inline struct attempt course_attempt(struct room *r, str id)
{
	struct attempt t;
	assert_ok(attempt_get(r->db, r->a, id, &t));
	return t;
}
