/* SPDX-License-Identifier: Apache-2.0 */
/* Plays test cases of an LMS against the engine: what a SCO calls and must get back, what
 * the learner does, which activity must be launched next. docs/scorm.md says how a case is
 * written. One casebook is one learner: what a course leaves behind (its tree's tracking
 * data, global objectives, shared data) is there in the next case. One thread. */
#pragma once

#include "runtime/tree.h"

struct casebook;
struct casebook *casebook_open(void); /* never NULL */
void casebook_close(struct casebook *);

/* Where manifests come from: a case names its packages. */
struct case_packages {
	enum err (*get)(void *context, str package, struct arena *, struct manifest *out);
	void *context;
};
struct case_result {
	str name;
	bool passed;
	str why; /* the first thing that was not as the case wants it; STR_NONE */
	int64_t visits, calls; /* that were made */
};
/* `log` (NULL: none) gets a line for every launch, call and request. ERR_INVALID for what
 * is not a case; a case that fails is no error. The result lives in `arena`. */
fallible casebook_play(struct casebook *, str json, const struct case_packages *,
                       struct arena *, struct buf *log, struct case_result *out);

/* What another player did with a case, as JSON (case_judge.c tells how), by the same rules.
 * ERR_INVALID for what is no case or no such record. */
fallible casebook_judge(str json, str seen, struct arena *, struct case_result *out);

/* ---- what casebook.c shares with case_*.c ---- */
struct case_call {
	str m, el, val, exp, err, type, learner;
	struct json_list ids; /* of str: compareObjIds */
};
struct case_question {
	str kind, target, expect;
};
struct case_then {
	str relaunch, choose;
};
struct case_after {
	str what, title, session; /* "do" in the file */
	const struct case_then *then;
};
struct case_visit {
	str visit, activity;
	struct json_list ui, calls; /* of case_question, case_call */
	const struct case_after *after;
};
struct case_start {
	bool automatic;
	str choose;
	str credit, mode; /* as struct scorm_learner */
};
struct case_file {
	str tc;
	struct json_list packages, visits; /* of str, of case_visit */
	const struct case_start *start;
	bool ends; /* sessionEndQuestion */
};
extern const struct shape case_shape;

/* ---- the comparison, the same for the engine here and for a player in a browser: STR_NONE
 * when it is as the case wants, else the reason. Texts live in the arena. ---- */
struct case_learner {
	str id, name;
};
struct case_answer {
	str el; /* that was asked for, with its index */
	str value;
	int64_t error;
};
enum { CASE_IDS_MOST = 1000 };
str case_answer_why(struct arena *, const struct case_call *, size_t i, struct case_answer,
                    const struct case_learner *);
str case_ids_why(struct arena *, struct json_list wanted, struct json_list got);
str case_question_why(struct arena *, const struct case_question *, bool answer);

/* Whether `got` is the value `wanted` of element `el`, as the book types it. */
bool case_value_is(str el, str type, str got, str wanted);
/* Ids compare after percent-decoding and with white space collapsed. */
bool case_id_is(str a, str b);
