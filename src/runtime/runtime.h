/* SPDX-License-Identifier: Apache-2.0 */
/* Attempts and their commits: what a phone tells of a course, kept durably, in order, once.
 *
 * A launch is one opening of the player. Commits are numbered per attempt (seq = 1, 2, 3 …)
 * and carry their launch. A new launch fences the older ones: what they still send is kept
 * beside (applied = 0) and told, never merged. A commit is one atomic write of the whole
 * changed state of one activity. */
#pragma once

#include "base/json.h"
#include "package/package.h"
#include "people/people.h"
#include "store/store.h"

/* ---- capabilities: an attempt's id and a MAC, checked without a query ---- */
#define CAP_TEXT 45 /* 22 + 22 base64url characters and a NUL */
void cap_make(const uint8_t key[SEAL_KEY], str attempt, char out[CAP_TEXT]);
/* The attempt that a capability is for; false when it is not ours. */
bool cap_read(const uint8_t key[SEAL_KEY], str cap, struct id *attempt_out);

struct attempt {
	str id, person, course, package, event;
	int64_t number;  /* 1 = first */
	str state;       /* "new", "started", "completed", "passed", "failed" */
	str completion;  /* "unknown", "not attempted", "incomplete", "completed" */
	str success;     /* "unknown", "passed", "failed" */
	double score;    /* 0..1, NAN none */
	double progress; /* 0..1, NAN unknown */
	int64_t total_time_ms;
	int64_t seq;    /* of the last commit applied; 0 = none */
	str launch;     /* the launch that may commit */
	str activity;   /* where the learner is: item identifier; STR_NONE at the start */
	bool suspended; /* left by suspend: the next launch resumes at `activity` */
	int64_t kept;   /* commits that the phone said it still keeps */
	int64_t started_at, changed_at;
};
extern const struct shape attempt_shape;
fallible attempt_get(struct db *, struct arena *, str id, struct attempt *out);
/* The learner's newest attempt at a course; ERR_NOT_FOUND. */
fallible attempt_newest(struct db *, struct arena *, str person, str course,
                        struct attempt *out);
/* Newest first, ≤ 500. */
fallible attempt_all_of(struct db *, struct arena *, str person, struct json_list *out);
/* The newest attempt at each course of everyone who joined the event, by person id, then by
 * course id, ≤ 20,000. */
fallible attempt_all_in(struct db *, struct arena *, str event, struct json_list *out);
/* The newest attempt, or the first one, pinned to the course's present package.
 * ERR_NOT_FOUND for a first attempt at a course that is hidden or unknown. */
fallible attempt_open(struct tx *, struct arena *, str person, str course, str event,
                      struct id *out);

/* ---- a launch: what the player needs to begin ---- */
struct activity_state {
	str activity; /* item identifier */
	str cmi;      /* JSON object text: data-model elements as the SCO set them
	                 ("cmi.core.lesson_location": "3", …) */
	str completion, success;
	double score; /* 0..1, NAN none */
	str location;
	int64_t total_time_ms;
	bool suspended; /* cmi.core.exit / cmi.exit was "suspend": entry is "resume" */
	int64_t visits;
};
extern const struct shape activity_state_shape;
/* Makes `launch` (an id of kind "lau" from the player) the one that may commit.
 * ERR_CONFLICT never: the newer opening wins. */
fallible launch_open(struct tx *, str attempt, str launch);
/* The engine's state after the last commit, as bytes; STR_NONE before the first. */
fallible attempt_snapshot(struct db *, struct arena *, str attempt, str *out);
/* Every activity's state of an attempt, ≤ 2,000. */
fallible activity_states(struct db *, struct arena *, str attempt, struct json_list *out);

/* ---- commits ---- */
struct commit {
	int64_t seq;  /* from 1 */
	str launch;   /* lau_… */
	str activity; /* whose state this is; STR_NONE when only the place changed */
	str cmi; /* the whole data model of that activity, JSON object text ≤ 512 KiB */
	str completion, success; /* words as in struct attempt */
	double score;            /* 0..1 */
	str location;
	int64_t total_time_ms; /* of that activity, all visits */
	bool suspended;        /* of the activity */
	bool leaving; /* the learner leaves the course: attempt.suspended follows `suspend`
	               */
	bool suspend;
	/* roll-up as the player sees it (the engine of a later issue re-derives it here) */
	str attempt_completion, attempt_success;
	double attempt_score, attempt_progress;
	str at_activity;    /* where the learner is now */
	int64_t kept;       /* how many commits the phone still keeps behind this one */
	int64_t made_at;    /* the phone's clock, ms; told, never trusted */
	int64_t elapsed_ms; /* since the launch, monotonic */
	str snapshot;       /* of the engine, base64url */
};
extern const struct shape commit_shape;

enum commit_verdict { COMMIT_SAVED, COMMIT_KNOWN, COMMIT_GAP, COMMIT_ELSEWHERE };
struct commit_reply {
	str verdict; /* "saved", "known", "gap" (send `seq`+1 first), "elsewhere" (another
	                phone goes on with this attempt) */
	int64_t seq; /* of the last commit applied */
};
extern const struct shape commit_reply_shape;
/* What a phone sent is well formed: ranges, words, cmi a JSON object. ERR_INVALID. Called
 * outside the writer, before attempt_commit: it reads the whole cmi. */
fallible commit_check(const struct commit *);
/* In the writer: applies seq = last+1 of the current launch; recognises what was applied;
 * keeps what is fenced. An empty cmi never takes the place of one that is not. Older cmi of
 * an activity stay: what its visits left and one a minute, the last five. */
fallible attempt_commit(struct tx *, struct arena *, str attempt, const struct commit *,
                        struct commit_reply *out);

/* ---- what the trainer reads of one learner ---- */
struct commit_row {
	int64_t seq, made_at, saved_at;
	str launch, activity, completion, success, location;
	double score;
	bool applied;
};
extern const struct shape commit_row_shape;
fallible commit_rows(struct db *, struct arena *, str attempt,
                     struct json_list *out); /* newest first, ≤ 100 */
