/* SPDX-License-Identifier: Apache-2.0 */
/* What a request does for a player: begin a launch, take a commit, look into an attempt.
 * The replay runs in the request's own thread; the writer only checks that what it began
 * with is still so. */
#pragma once

#include "runtime/live.h"
#include "runtime/replay.h"

struct player {
	struct store *store;
	struct shelf *shelf;
	struct trees trees;
	struct engines engines;
	struct lives lives;
};
void player_init(struct player *, struct store *, struct shelf *);
void player_free(struct player *);

/* Makes `launch` (an id of kind "lau" from the phone) the one that may commit; the newer
 * opening wins. `snapshot`: where its engine begins; STR_NONE: at the very beginning. */
struct begun {
	int64_t seq;
	str snapshot;
};
fallible player_begin(struct player *, struct arena *, str attempt, str launch,
                      struct begun *out);
/* Where a launch would begin now. A page that brings it lets its player begin at once; the
 * first commit then says that it opens its launch (commit.opens). */
fallible player_outlook(struct player *, struct arena *, str attempt, struct begun *out);

/* Durable when it returns. The commit is well formed (commit_check). */
fallible player_take(struct player *, struct arena *, str attempt, const struct commit *,
                     struct commit_reply *out);

/* How each activity of an attempt stands, by the engine. */
struct insight_row {
	str activity, title;
	str completion, success;
	double score, progress;
	str why;           /* scorm_why: a word */
	double have, need; /* its figures */
};
struct insight {
	str snapshot; /* as bytes */
	str digest;   /* scorm_digest, 16 hex digits; STR_NONE before the first commit */
	struct json_list rows; /* of struct insight_row, in the tree's order; none when the
	                          state cannot be read */
};
extern const struct shape insight_row_shape;
fallible player_look(struct player *, struct arena *, str attempt, struct insight *out);
