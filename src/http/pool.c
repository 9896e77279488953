/* SPDX-License-Identifier: Apache-2.0 */
/* A stack: the buffer given back last is still in the processor's cache. */
#include "http/pool.h"

#include <pthread.h>
#include <stdlib.h>

struct pool {
	pthread_mutex_t lock;
	int made, n;
	char *free[POOL_BUFFERS];
};

struct pool *pool_open(void)
{
	struct pool *p = calloc(1, sizeof *p);
	if (!p) abort();
	pthread_mutex_init(&p->lock, NULL);
	return p;
}

void pool_close(struct pool *p)
{
	if (!p) return;
	while (p->n) free(p->free[--p->n]);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

char *pool_take(struct pool *p)
{
	char *buffer = NULL;
	pthread_mutex_lock(&p->lock);
	if (p->n)
		buffer = p->free[--p->n];
	else if (p->made < POOL_BUFFERS && (buffer = malloc(POOL_ROOM)))
		p->made++;
	pthread_mutex_unlock(&p->lock);
	return buffer;
}

void pool_give(struct pool *p, char *buffer)
{
	if (!buffer) return;
	pthread_mutex_lock(&p->lock);
	p->free[p->n++] = buffer;
	pthread_mutex_unlock(&p->lock);
}
