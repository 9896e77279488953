/* SPDX-License-Identifier: Apache-2.0 */
/* Members of open packages as replies: their ETag and type are found once and kept beside
 * the package, so serving one takes no lock, no query and no allocation. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "http/http.h"
#include "package/package.h"

#define MEMBERS_BUCKETS 256

struct member_table;
struct members {
	pthread_mutex_t making; /* held while a table is made, never while one is read */
	_Atomic(struct member_table *) bucket[MEMBERS_BUCKETS];
};
void members_init(struct members *);
void members_free(struct members *);
/* The member behind a path of /c/TOKEN/: by its exact name, then percent-decoded, then
 * with the wrong case forgiven. ERR_NOT_FOUND. */
fallible members_find(struct members *, const struct package *, str path,
                      struct resource *out);
