/* SPDX-License-Identifier: Apache-2.0 */
/* Attempts and their commits: what a phone tells of a course, kept durably, in order, once,
 * and what the server itself makes of it.
 *
 * A launch is one opening of the player. Commits are numbered per attempt (seq = 1, 2, 3 …)
 * and carry their launch. A new launch fences the older ones: what they still send is kept
 * beside (applied = 0) and told, never merged. A commit tells what happened since
 * the one before. */
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
	int64_t seq;      /* of the last commit applied; 0 = none */
	str launch;       /* the launch that may commit */
	str activity;     /* where the learner is: item identifier; STR_NONE at the start */
	bool suspended;   /* left by suspend: the next launch resumes at `activity` */
	int64_t kept;     /* commits that the phone said it still keeps */
	int64_t disputed; /* commits whose claim was another than the server's word */
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
/* Every activity's state of an attempt, ≤ 2,000. */
fallible activity_states(struct db *, struct arena *, str attempt, struct json_list *out);

/* ---- commits ---- */
/* What happened on the phone, one call or request after the other. */
struct step {
	int64_t at;    /* the engine's clock, ms */
	str call;      /* "Initialize", "SetValue", "Commit", "Terminate": it went well;
	                  "start", "continue", "choice" …: a request;
	                  "refused": a call that did not go well, for the trace */
	str a, b;      /* name and value; the target's item identifier; of what was refused,
	                  the call and its value */
	int64_t error; /* of what was refused */
};
extern const struct shape step_shape;

struct commit {
	int64_t seq; /* from 1 */
	str launch;  /* lau_… */
	bool opens; /* its launch: the phone began it with what its page brought, and nobody
	               told the server yet. Valid where the attempt stands at seq − 1. */
	struct json_list journal; /* of struct step: since the commit before */
	/* What the phone claims. The course, and the engine's digest of it: held against
	 * what the server comes to. */
	str attempt_completion, attempt_success; /* words as in struct attempt */
	double attempt_score, attempt_progress;
	str digest; /* scorm_digest, 16 hex digits */
	/* The present activity: shown where nothing is derived, for a fenced commit. */
	str activity, completion, success;
	double score;
	str location;
	int64_t kept;       /* how many commits the phone still keeps behind this one */
	int64_t made_at;    /* the phone's clock, ms; told, never trusted */
	int64_t elapsed_ms; /* since the launch, monotonic */
};
extern const struct shape commit_shape;

enum commit_verdict {
	COMMIT_SAVED,
	COMMIT_KNOWN,
	COMMIT_GAP,
	COMMIT_ELSEWHERE,
	COMMIT_AGAIN
};
struct commit_reply {
	str verdict; /* "saved", "known", "gap" (send `seq`+1 first), "elsewhere" (another
	                phone goes on with this attempt); inside: "again" */
	int64_t seq; /* of the last commit applied */
};
extern const struct shape commit_reply_shape;
/* What a phone sent is well formed: ranges, words. ERR_INVALID. */
fallible commit_check(const struct commit *);

/* ---- what the server made of a commit: replay.c ---- */
struct result {
	str completion, success; /* words as in struct attempt */
	double score;            /* 0..1, NAN none */
	double progress;         /* 0..1, NAN unknown */
	str location;
	int64_t total_time_ms;
	bool suspended;
};
struct visited { /* an activity that the commit was about */
	int32_t index;
	str activity;
	str data;       /* its data model, a JSON object; STR_NONE: as it was */
	int64_t visits; /* times that it was opened */
	struct result result;
};
struct outcome {
	str refused;    /* a word: why it could not be done again; STR_NONE: it could */
	str snapshot;   /* scorm_snapshot */
	str globals;    /* the learner's, from now on; STR_NONE: as they were */
	str place;      /* where the learner is, item identifier */
	bool suspended; /* the course was left by Suspend All */
	bool strayed;   /* a call went otherwise than on the phone */
	str differs; /* "result", "state": the phone claims another; STR_NONE: the same */
	struct result whole;
	struct json_list visited; /* of struct visited */
	str trace;                /* JSON list of struct trace_row */
	/* What else was read for it: only then do these hold when it is applied. */
	int64_t seq, globals_version;
	str person;
};
#define GLOBALS_MOST ((size_t)64 << 10) /* bytes of one learner's */

struct trace_row {
	int64_t at;   /* the engine's clock, ms */
	str activity; /* item identifier */
	str what;     /* "SetValue cmi.location", "continue" */
	str value;    /* cut to 64 bytes */
	str outcome;  /* an error's number, the book's exception; absent: it went well */
};
extern const struct shape trace_row_shape;

/* In the writer. `outcome` of a replay that began after commit seq - 1; NULL when it was
 * not the next one. Applies seq = last+1 of the current launch; recognises what was
 * applied; keeps what is fenced. Verdict "again" (nothing was written): it is the next one
 * after all, or what was read for the outcome has changed since. Older data models of an
 * activity stay: what its visits left and one a minute, the last five; an empty one never
 * takes the place of one that is not. What was reached stays: a course, or a part of it,
 * that is opened once more does not become less. */
fallible attempt_commit(struct tx *, struct arena *, str attempt, const struct commit *,
                        const struct outcome *, struct commit_reply *out);

/* All that a replay begins with. */
struct attempt_base {
	int64_t seq;
	str launch, package, person;
	str snapshot; /* STR_NONE before the first commit */
	str globals;  /* of the learner, over all courses; STR_NONE: none */
	int64_t globals_version;
};
fallible attempt_base(struct db *, struct arena *, str attempt, struct attempt_base *out);
/* In the writer: the launch is the one that may commit, and goes on from this state
 * (STR_NONE: the very beginning). False, and nothing was written: a commit was applied
 * since `seq`. */
fallible launch_begin(struct tx *, str attempt, str launch, int64_t seq, str snapshot,
                      bool *begun_out);

/* ---- where the server's word is not the phone's ---- */
struct dispute {
	int64_t seq, saved_at;
	str why;                 /* "result", "state"; "state-unreadable", "too-much-work",
	                            "state-too-large": it could not be done again, the answers are kept */
	str completion, success; /* what was claimed */
	double score, progress;
	str server_completion, server_success; /* what was derived */
	double server_score, server_progress;
};
extern const struct shape dispute_shape;
fallible dispute_rows(struct db *, struct arena *, str attempt,
                      struct json_list *out); /* newest first, ≤ 50 */

/* ---- what the trainer reads of one learner ---- */
struct commit_row {
	int64_t seq, made_at, saved_at;
	str launch, activity, completion, success, location;
	double score;
	bool applied;
	str trace; /* JSON list of struct trace_row */
};
extern const struct shape commit_row_shape;
fallible commit_rows(struct db *, struct arena *, str attempt,
                     struct json_list *out); /* newest first, ≤ 100 */
