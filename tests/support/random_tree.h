/* SPDX-License-Identifier: Apache-2.0 */
/* Chance from a seed, and courses made of it: trees with rules, roll-up, objectives and
 * shared data of every kind, for tests that compare or that must not fall over. */
#pragma once

#include "scorm/tree.h"

struct chance {
	uint64_t state;
};
uint64_t chance_next(struct chance *);
/* 0 … n − 1; 0 for n = 0. */
uint32_t chance_below(struct chance *, uint32_t n);
/* True in `percent` of 100 cases. */
bool chance_is(struct chance *, uint32_t percent);

/* A tree of 2 … `most` activities; everything in `memory`. */
void random_tree(struct chance *, int32_t most, struct scorm_memory *,
                 struct scorm_tree *out);
