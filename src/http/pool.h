/* SPDX-License-Identifier: Apache-2.0 */
/* A few wide buffers for all workers. One write of 60 KB is a third faster than two, but a
 * buffer of that size in each of 600 threads would be 50 MB; only those that put a reply
 * together at this moment need one. Any thread. */
#pragma once

#include "base/base.h"

enum { POOL_BUFFERS = 32, POOL_ROOM = 96 << 10 };

struct pool;
struct pool *pool_open(void); /* never NULL */
void pool_close(struct pool *);
/* POOL_ROOM bytes; NULL when all are out. */
char *pool_take(struct pool *);
void pool_give(struct pool *, char *); /* takes NULL */
