/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>

#include "paper/inside.h"

#define STACK ((size_t)1 << 20)

struct running {
	enum err (*run)(void *);
	void *arg;
	enum err err;
	struct err_note note;
};

static void *begin(void *arg)
{
	struct running *r = arg;
	r->err = r->run(r->arg);
	if (r->err) r->note = *err_last();
	return NULL;
}

enum err on_large_stack(enum err (*run)(void *), void *arg)
{
	struct running r = { .run = run, .arg = arg };
	pthread_attr_t attributes;
	pthread_t thread;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK);
	int failed = pthread_create(&thread, &attributes, begin, &r);
	pthread_attr_destroy(&attributes);
	if (failed) return FAIL(ERR_BUSY, "no thread for a document");
	pthread_join(thread, NULL);
	if (r.err) err_restore(&r.note);
	return r.err;
}
