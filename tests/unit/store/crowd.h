/* SPDX-License-Identifier: Apache-2.0 */
/* Councils as things to write, and a crowd of threads whose writes come as one group. */
#pragma once

#include <sched.h>

#include "store/inside.h"
#include "support/test.h"

SQL(crowd_add,
    "INSERT INTO council (id, name, folded, made_at) VALUES (:id, :name, :id, 0)");
SQL(crowd_get, "SELECT count(*), max(length(name)) FROM council WHERE id = :id");
SQL(crowd_count, "SELECT count(*) FROM council");

/* One council. */
struct council_new {
	const char *id;
	str name;
	enum err then; /* what the job says after writing */
};

static inline enum err council_write(struct tx *tx, void *arg)
{
	const struct council_new *c = arg;
	QUERY(q, tx_db(tx), crowd_add);
	bind_text(&q, ":id", str_of(c->id));
	bind_text(&q, ":name", c->name.p ? c->name : S("x"));
	TRY(query_run(&q, NULL));
	return c->then ? FAIL(c->then, "%s said no", c->id) : ERR_OK;
}

static inline enum err council_add(struct store *s, const char *id)
{
	return store_write(s, council_write, &(struct council_new){ .id = id });
}

static inline int64_t councils(struct store *s, const char *id)
{
	struct db *db;
	assert_ok(store_reader(s, &db));
	struct query q = query_begin(db, id ? &crowd_get : &crowd_count);
	if (id) bind_text(&q, ":id", str_of(id));
	assert_true(query_next(&q));
	int64_t n = column_int(&q, 0, -1);
	assert_ok(query_end(&q));
	store_reader_done(s, db);
	return n;
}

struct member {
	struct store *store;
	write_fn *run;
	void *arg;
	enum err err;
	struct err_note note;
	pthread_t thread;
};

static inline void *member_write(void *arg)
{
	struct member *m = arg;
	m->err = store_write(m->store, m->run, m->arg);
	if (m->err) m->note = *err_last();
	return NULL;
}

struct gate {
	sem_t entered, open;
};

static inline enum err gate_hold(struct tx *tx, void *arg)
{
	(void)tx;
	struct gate *g = arg;
	sem_post(&g->entered);
	sem_wait(&g->open);
	return ERR_OK;
}

/* The writer stands still (in a job of its own), so nobody takes from the list. */
static inline int queued(struct store *s)
{
	int n = 0;
	for (struct job *j = s->writer.waiting; j; j = j->next) n++;
	return n;
}

/* Holds the writer, queues the members one by one in their order, lets the writer go,
 * waits for all. */
static inline void crowd_write(struct store *s, struct member *member, int n)
{
	struct gate gate;
	sem_init(&gate.entered, 0, 0);
	sem_init(&gate.open, 0, 0);
	struct member holder = { .store = s, .run = gate_hold, .arg = &gate };
	assert_false(pthread_create(&holder.thread, NULL, member_write, &holder));
	sem_wait(&gate.entered);
	for (int i = 0; i < n; i++) {
		member[i].store = s;
		assert_false(
			pthread_create(&member[i].thread, NULL, member_write, &member[i]));
		while (queued(s) <= i) sched_yield();
	}
	sem_post(&gate.open);
	pthread_join(holder.thread, NULL);
	for (int i = 0; i < n; i++) pthread_join(member[i].thread, NULL);
	sem_destroy(&gate.entered);
	sem_destroy(&gate.open);
}
