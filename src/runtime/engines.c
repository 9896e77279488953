/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engines.h"

#include <stdlib.h>

void engines_init(struct engines *e)
{
	*e = (struct engines){ 0 };
	pthread_mutex_init(&e->lock, NULL);
	pthread_cond_init(&e->free, NULL);
}

void engines_free(struct engines *e)
{
	for (int i = 0; i < ENGINES; i++) free(e->room[i].block);
	pthread_cond_destroy(&e->free);
	pthread_mutex_destroy(&e->lock);
}

static struct engine_room *find_free(struct engines *e)
{
	for (int i = 0; i < ENGINES; i++)
		if (!e->room[i].taken) return &e->room[i];
	return NULL;
}

enum err engines_take(struct engines *e, struct engine_room **out)
{
	pthread_mutex_lock(&e->lock);
	struct engine_room *r;
	while (!(r = find_free(e))) pthread_cond_wait(&e->free, &e->lock);
	if (!r->block) {
		r->block = malloc(ENGINE_BLOCK + ENGINE_SCRATCH);
		r->scratch = r->block ? r->block + ENGINE_BLOCK : NULL;
	}
	r->taken = r->block != NULL;
	pthread_mutex_unlock(&e->lock);
	if (!r->block) return FAIL(ERR_BUSY, "no memory for an engine");
	*out = r;
	return ERR_OK;
}

void engines_give(struct engines *e, struct engine_room *r)
{
	if (!r) return;
	pthread_mutex_lock(&e->lock);
	r->taken = false;
	pthread_cond_signal(&e->free);
	pthread_mutex_unlock(&e->lock);
}

/* Data lies in half of what the tree leaves, and a value takes at least 12 bytes there and
 * a place in an index that is sized by it: 24 times is ample for both. */
struct scorm *engine_open(struct engine_room *r, const struct scorm_tree *tree,
                          const struct scorm_learner *learner, size_t bytes)
{
	size_t room = SCORM_LEAST / 2 + (size_t)tree->n * 1024 + 24 * bytes;
	for (;; room *= 2) {
		if (room > ENGINE_BLOCK) room = ENGINE_BLOCK;
		struct scorm *e = scorm_open(r->block, room, tree, learner);
		if (e || room == ENGINE_BLOCK) return e;
	}
}
