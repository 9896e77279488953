/* SPDX-License-Identifier: Apache-2.0 */
/* Memory for engines that run on the server: a few blocks that requests take turns with, so
 * that however many commits come at once, memory stays bounded and no commit asks for any.
 * Replaying is pure computing: more blocks than processors would gain nothing. */
#pragma once

#include "base/err.h"
#include "scorm/engine.h"

#include <pthread.h>

#define ENGINES 4
#define ENGINE_BLOCK ((size_t)6 << 20)   /* as much as a phone's engine has (wasm.c) */
#define ENGINE_SCRATCH ((size_t)2 << 20) /* for snapshots and the like */

struct engine_room {
	uint8_t *block, *scratch; /* made when first taken */
	bool taken;
};
struct engines {
	pthread_mutex_t lock;
	pthread_cond_t free;
	struct engine_room room[ENGINES];
};
void engines_init(struct engines *);
void engines_free(struct engines *);
/* Waits for one that nobody has. ERR_BUSY: no memory. */
fallible engines_take(struct engines *, struct engine_room **out);
void engines_give(struct engines *, struct engine_room *); /* takes NULL */

/* Opens an engine in the room, in as much of the block as this tree with `bytes` of data
 * may need: what an engine clears when it opens is what opening costs. NULL: the tree is
 * too large. */
struct scorm *engine_open(struct engine_room *, const struct scorm_tree *,
                          const struct scorm_learner *, size_t bytes);
