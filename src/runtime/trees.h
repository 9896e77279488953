/* SPDX-License-Identifier: Apache-2.0 */
/* The activity trees of open packages, made once each when first asked for and kept as long
 * as the packages are: what the native engine works on, and the same as bytes for phones.
 * Any thread; one that is there is found without a lock. */
#pragma once

#include "package/package.h"
#include "scorm/tree.h"

#include <pthread.h>
#include <stdatomic.h>

struct course_tree {
	const struct package *package;
	struct scorm_tree tree;
	const uint8_t *bytes; /* scorm_tree_write */
	size_t n;
	char hash[17]; /* of the bytes, hex: they change with the program that makes them */
	struct course_tree *next;
};

#define TREES_BUCKETS 256
struct trees {
	pthread_mutex_t making;
	_Atomic(struct course_tree *) bucket[TREES_BUCKETS];
};
void trees_init(struct trees *);
void trees_free(struct trees *);
/* ERR_TOO_LARGE with reason "too-many-rules" when a phone's engine would have no room for
 * it. */
fallible trees_get(struct trees *, const struct package *, const struct course_tree **out);
