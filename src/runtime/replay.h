/* SPDX-License-Identifier: Apache-2.0 */
/* The server's word (docs/decisions/0007-the-servers-word.md): what a phone's commit says
 * happened is done again by the engine here, from the state that the commit before left.
 * Pure; any thread that holds an engine_room. */
#pragma once

#include "runtime/engines.h"
#include "runtime/runtime.h"
#include "runtime/trees.h"

/* Where a replay begins. */
struct replay_from {
	const struct course_tree *tree;
	str attempt, person; /* ids: chance, and cmi.learner_id */
	str snapshot;        /* STR_NONE: at the start */
	str globals;         /* of the learner, over all courses; STR_NONE: none */
};

/* Does the commit's journal again. Always fills `out`; where that could not be done,
 * out->refused says why in a word and nothing else is told. */
void replay(struct engine_room *, const struct replay_from *, const struct commit *,
            struct arena *, struct outcome *out);

/* The state that a launch begins with: the last one, with what other courses have left for
 * this one since. STR_NONE: the very beginning. False: the last one cannot be read. */
bool replay_begin(struct engine_room *, const struct replay_from *, struct arena *,
                  str *out);

/* An engine in the state that `from` tells; NULL when that cannot be read. */
struct scorm *replay_open(struct engine_room *, const struct replay_from *, size_t bytes);
/* scorm_digest as 16 hex digits; STR_NONE when there is no room for it. */
str replay_digest(struct scorm *, struct engine_room *, struct arena *);
/* Chance for the engine, the same on every phone that opens the attempt: the last 48 bits
 * of its id, which are random. */
uint64_t replay_seed(str attempt);
