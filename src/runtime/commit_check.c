/* SPDX-License-Identifier: Apache-2.0 */
/* What a commit looks like, and what may come in one. */
#include "runtime/runtime.h"

#include <math.h>

#define STEPS_MOST 4096
#define NAME_MOST 4000
#define VALUE_MOST 300000 /* no element takes more than 256 KiB */
#define SEQ_MAX (1LL << 53)
#define TIME_MAX (3650LL * 24 * 60 * 60 * 1000) /* ten years */

static const struct json_field step_fields[] = {
	JSON_INT(struct step, at, true, 0, SEQ_MAX),
	JSON_TEXT(struct step, call, true, 1, 20),
	JSON_TEXT(struct step, a, false, 0, NAME_MOST),
	JSON_TEXT(struct step, b, false, 0, VALUE_MOST),
	JSON_INT(struct step, error, false, 0, 1000),
};
const struct shape step_shape = SHAPE("Step", struct step, step_fields);

static const struct json_field commit_fields[] = {
	JSON_INT(struct commit, seq, true, 1, SEQ_MAX),
	JSON_TEXT(struct commit, launch, true, 36, 36),
	JSON_BOOL(struct commit, opens, false),
	JSON_LIST(struct commit, journal, true, STEPS_MOST, step_shape),
	JSON_TEXT(struct commit, attempt_completion, false, 1, 20),
	JSON_TEXT(struct commit, attempt_success, false, 1, 20),
	JSON_REAL(struct commit, attempt_score, false),
	JSON_REAL(struct commit, attempt_progress, false),
	JSON_TEXT(struct commit, digest, false, 16, 16),
	JSON_TEXT(struct commit, activity, false, 1, NAME_MOST),
	JSON_TEXT(struct commit, completion, false, 1, 20),
	JSON_TEXT(struct commit, success, false, 1, 20),
	JSON_REAL(struct commit, score, false),
	JSON_TEXT(struct commit, location, false, 0, NAME_MOST),
	JSON_INT(struct commit, kept, false, 0, 1000000),
	JSON_INT(struct commit, made_at, false, -SEQ_MAX, SEQ_MAX),
	JSON_INT(struct commit, elapsed_ms, false, 0, TIME_MAX),
};
const struct shape commit_shape = SHAPE("Commit", struct commit, commit_fields);

static const struct json_field commit_reply_fields[] = {
	JSON_TEXT(struct commit_reply, verdict, true, 1, 20),
	JSON_INT(struct commit_reply, seq, true, 0, SEQ_MAX),
};
const struct shape commit_reply_shape =
	SHAPE("CommitReply", struct commit_reply, commit_reply_fields);

/* ---- what may come ---- */

static bool is_completion(str word)
{
	return !word.p || str_is(word, S("completed")) || str_is(word, S("incomplete")) ||
	       str_is(word, S("not attempted")) || str_is(word, S("unknown"));
}

static bool is_success(str word)
{
	return !word.p || str_is(word, S("passed")) || str_is(word, S("failed")) ||
	       str_is(word, S("unknown"));
}

static bool is_share(double x) /* NAN: none */
{
	return isnan(x) || (x >= 0 && x <= 1);
}

enum err commit_check(const struct commit *c)
{
	if (c->seq < 1 || c->seq > SEQ_MAX || !id_is(c->launch, "lau"))
		return FAIL(ERR_INVALID, "commit: no sequence or no launch");
	if (!is_completion(c->completion) || !is_completion(c->attempt_completion) ||
	    !is_success(c->success) || !is_success(c->attempt_success))
		return FAIL(ERR_INVALID, "commit: not a word for completion or success");
	if (!is_share(c->score) || !is_share(c->attempt_score) ||
	    !is_share(c->attempt_progress))
		return FAIL(ERR_INVALID, "commit: a score or progress outside 0..1");
	return ERR_OK;
}
