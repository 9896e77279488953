/* SPDX-License-Identifier: Apache-2.0 */
/* Everything about one attempt that explains its result: how each activity stands and why,
 * what happened, where the phone claimed something else. Without anybody's name, so that it
 * can be handed on. */
#pragma once

#include "runtime/player.h"

struct attempt_file {
	str attempt, course_title, standard, package;
	str completion, success;
	double score, progress;
	int64_t seq;
	str digest;   /* of the engine's state; STR_NONE before the first commit */
	str snapshot; /* base64url; STR_NONE where it is left out */
	struct json_list activities; /* of struct insight_row */
	struct json_list disputes;   /* of struct dispute */
	struct json_list commits;    /* of struct commit_row */
};
extern const struct shape attempt_file_shape;
/* `whole`: with the snapshot, which holds every answer. Names of the learner in values of
 * the trace become "…". */
fallible attempt_file_read(struct player *, struct db *, struct arena *, str attempt,
                           bool whole, struct attempt_file *out);
