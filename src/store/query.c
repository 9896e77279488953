/* SPDX-License-Identifier: Apache-2.0 */
/* Statements: registered before main, prepared once a connection, lent to one query at a
 * time. A query inside a loop over the same statement gets one of its own. */
#include <math.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/time.h"
#include "store/inside.h"

#define SLOW_US 50000

/* ---- the list of all statements ---- */

static struct sql *all;
static int registered;

/* Only constructors call it, one after another. */
void sql_register(struct sql *sql)
{
	sql->number = registered++;
	sql->next = all;
	all = sql;
}

struct sql *sql_first(void)
{
	return all;
}

/* ---- a query's life ---- */

static enum err failed(struct query *q, int code)
{
	struct db *db = q->db;
	enum err err = db_fail(db->handle, code, q->sql->file, q->sql->line);
	if (db->in_job && !db->lost && sqlite3_get_autocommit(db->handle)) {
		db->lost = err;
		db->lost_note = *err_last();
	}
	return err;
}

static enum err prepare(struct query *q, unsigned flags, sqlite3_stmt **out)
{
	int code = sqlite3_prepare_v3(q->db->handle, q->sql->text, -1, flags, out, NULL);
	return code ? failed(q, code) : ERR_OK;
}

static enum err lend(struct query *q)
{
	struct db *db = q->db;
	assert(q->sql->number < db->n_statements);
	struct statement *s = &db->statement[q->sql->number];
	if (!s->prepared) {
		db->needs = 0;
		TRY(prepare(q, SQLITE_PREPARE_PERSISTENT, &s->prepared));
		s->needs = db->needs;
		s->n_named = sqlite3_bind_parameter_count(s->prepared);
		s->named = calloc((size_t)s->n_named + 1, sizeof *s->named);
		if (!s->named) abort();
	}
	if (s->needs & ~db->rights)
		return err_set(ERR_DENIED, NULL, q->sql->file, q->sql->line,
		               "a job without the right writes to a protected table");
	if (s->lent) {
		sqlite3_stmt *another;
		TRY(prepare(q, 0, &another));
		q->statement = another;
		return ERR_OK;
	}
	s->lent = true;
	q->statement = s->prepared;
	q->named = s->named;
	q->n_named = s->n_named;
	return ERR_OK;
}

struct query query_begin(struct db *db, const struct sql *sql)
{
	struct query q = { .db = db, .sql = sql };
	db->queries++;
	if (db->lost) { /* what ran now would be a transaction of its own */
		err_restore(&db->lost_note);
		q.err = db->lost;
	} else {
		q.err = lend(&q);
	}
	return q;
}

void query_done(struct query *q)
{
	struct db *db = q->db;
	if (!db) return;
	if (q->used_us > SLOW_US)
		log_warn("store.slow", "at=%s:%d ms=%lld", q->sql->file, q->sql->line,
		         (long long)(q->used_us / 1000));
	struct statement *s = &db->statement[q->sql->number];
	if (q->statement && q->statement == s->prepared) {
		sqlite3_reset(s->prepared);
		sqlite3_clear_bindings(s->prepared);
		s->lent = false;
	} else {
		sqlite3_finalize(q->statement);
	}
	db->queries--;
	q->db = NULL;
	q->statement = NULL;
}

/* ---- parameters ---- */

static int parameter(struct query *q, const char *name)
{
	assert(q->db); /* not after query_end */
	q->ended = false;
	for (int i = 0; i < q->n_named; i++)
		if (q->named[i] == name) return i + 1;
	int index = sqlite3_bind_parameter_index(q->statement, name);
	assert(index > 0); /* the statement has no such parameter */
	if (q->named) q->named[index - 1] = name;
	return index;
}

static void bound(struct query *q, int code)
{
	if (code) q->err = failed(q, code);
}

void bind_text(struct query *q, const char *name, str value)
{
	if (q->err) return;
	bound(q, sqlite3_bind_text64(q->statement, parameter(q, name), value.p, value.n,
	                             SQLITE_STATIC, SQLITE_UTF8));
}

void bind_blob(struct query *q, const char *name, const void *bytes, size_t n)
{
	if (q->err) return;
	bound(q, sqlite3_bind_blob64(q->statement, parameter(q, name), bytes, n,
	                             SQLITE_STATIC));
}

void bind_int(struct query *q, const char *name, int64_t value)
{
	if (q->err) return;
	bound(q, sqlite3_bind_int64(q->statement, parameter(q, name), value));
}

void bind_real(struct query *q, const char *name, double value)
{
	if (q->err) return;
	int index = parameter(q, name);
	bound(q, isnan(value) ? sqlite3_bind_null(q->statement, index)
	                      : sqlite3_bind_double(q->statement, index, value));
}

void bind_null(struct query *q, const char *name)
{
	if (q->err) return;
	bound(q, sqlite3_bind_null(q->statement, parameter(q, name)));
}

/* ---- running ---- */

bool query_next(struct query *q)
{
	if (q->err || q->ended) return false;
	int64_t from = time_mono_us();
	int code = sqlite3_step(q->statement);
	q->used_us += time_mono_us() - from;
	if (code == SQLITE_ROW) return true;
	q->ended = true;
	if (code != SQLITE_DONE) q->err = failed(q, code);
	sqlite3_reset(q->statement); /* gives the snapshot back at once */
	return false;
}

enum err query_end(struct query *q)
{
	query_done(q);
	return q->err;
}

enum err query_run(struct query *q, int64_t *changed_out)
{
	q->ended = false;
	while (query_next(q)) {}
	if (!q->err && changed_out) *changed_out = sqlite3_changes64(q->db->handle);
	return q->err;
}

/* ---- columns ---- */

static str copied(struct query *q, struct arena *a, const void *bytes, int n)
{
	str copy = arena_copy(a, (str){ bytes ? bytes : "", (size_t)n });
	if (!copy.p)
		q->err = err_set(ERR_TOO_LARGE, NULL, q->sql->file, q->sql->line,
		                 "a row does not fit the memory of this request");
	return copy;
}

str column_text(struct query *q, struct arena *a, int column)
{
	if (column_is_null(q, column)) return STR_NONE;
	const void *text = sqlite3_column_text(q->statement, column);
	return copied(q, a, text, sqlite3_column_bytes(q->statement, column));
}

str column_blob(struct query *q, struct arena *a, int column)
{
	if (column_is_null(q, column)) return STR_NONE;
	const void *blob = sqlite3_column_blob(q->statement, column);
	return copied(q, a, blob, sqlite3_column_bytes(q->statement, column));
}

int64_t column_int(struct query *q, int column, int64_t when_null)
{
	return column_is_null(q, column) ? when_null
	                                 : sqlite3_column_int64(q->statement, column);
}

double column_real(struct query *q, int column)
{
	return column_is_null(q, column) ? (double)NAN
	                                 : sqlite3_column_double(q->statement, column);
}

bool column_is_null(struct query *q, int column)
{
	assert(column >= 0 && column < sqlite3_column_count(q->statement));
	return sqlite3_column_type(q->statement, column) == SQLITE_NULL;
}
