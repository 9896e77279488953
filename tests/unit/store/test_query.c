/* SPDX-License-Identifier: Apache-2.0 */
/* Statements: binding, rows, caching, errors. */
#include <fcntl.h>
#include <math.h>
#include <unistd.h>

#include "store/store.h"
#include "support/test.h"

SQL(add_council,
    "INSERT INTO council (id, name, folded, made_at) VALUES (:id, :name, :folded, :at)");
SQL(all_councils, "SELECT id, name, made_at FROM council ORDER BY id LIMIT 100");
SQL(one_council, "SELECT name FROM council WHERE id = :id");
SQL(rename_all, "UPDATE council SET name = :name");
SQL(echo, "SELECT :value");
SQL(no_such_table, "SELECT 1 FROM nowhere");
SQL(add_person,
    "INSERT INTO person (id, surname, given, council, folded, language, made_at)"
    " VALUES ('per_1', 'A', 'B', :council, 'a b', 'kk', 0)");

struct council_row {
	str id, name, folded;
	int64_t at;
};

static enum err add(struct tx *tx, void *arg)
{
	const struct council_row *c = arg;
	QUERY(q, tx_db(tx), add_council);
	bind_text(&q, ":id", c->id);
	bind_text(&q, ":name", c->name);
	bind_text(&q, ":folded", c->folded);
	bind_int(&q, ":at", c->at);
	return query_run(&q, NULL);
}

struct fixture {
	struct store *store;
	struct db *db;
	struct arena *a;
};

static char folder[FILE_PATH];

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	test_folder(folder);
	assert_ok(store_open(folder, &f->store));
	assert_ok(store_reader(f->store, &f->db));
	f->a = arena_open(1 << 16);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	store_reader_done(f->store, f->db);
	store_close(f->store);
	arena_close(f->a);
	free(f);
	return 0;
}

static enum err add_one(struct fixture *f, str id)
{
	struct council_row c = { id, S("Совет"), id, 7 };
	return store_write(f->store, add, &c);
}

static void rows_come_back_as_they_were_written(void **state)
{
	struct fixture *f = *state;
	assert_ok(add_one(f, S("cou_1")));
	assert_ok(add_one(f, S("cou_2")));
	QUERY(q, f->db, all_councils);
	assert_true(query_next(&q));
	assert_str(column_text(&q, f->a, 0), S("cou_1"));
	assert_str(column_text(&q, f->a, 1), S("Совет"));
	assert_int_equal(column_int(&q, 2, -1), 7);
	assert_true(query_next(&q));
	assert_str(column_text(&q, f->a, 0), S("cou_2"));
	assert_false(query_next(&q));
	assert_false(query_next(&q)); /* and does not begin again */
	assert_ok(query_end(&q));
}

static void null_empty_and_zero_are_three_things(void **state)
{
	struct fixture *f = *state;
	QUERY(q, f->db, echo);
	bind_text(&q, ":value", STR_NONE);
	assert_true(query_next(&q));
	assert_true(column_is_null(&q, 0));
	assert_null(column_text(&q, f->a, 0).p);
	assert_int_equal(column_int(&q, 0, 42), 42);
	assert_true(isnan(column_real(&q, 0)));
	assert_false(query_next(&q));

	bind_text(&q, ":value", S(""));
	assert_true(query_next(&q));
	assert_str(column_text(&q, f->a, 0), S(""));
	assert_false(query_next(&q));

	bind_blob(&q, ":value", "", 0);
	assert_true(query_next(&q));
	assert_str(column_blob(&q, f->a, 0), S(""));
	assert_false(query_next(&q));

	bind_int(&q, ":value", 0);
	assert_true(query_next(&q));
	assert_int_equal(column_int(&q, 0, 42), 0);
	assert_false(query_next(&q));

	bind_real(&q, ":value", (double)NAN);
	assert_true(query_next(&q));
	assert_true(column_is_null(&q, 0));
	assert_false(query_next(&q));

	bind_real(&q, ":value", 0.5);
	assert_true(query_next(&q));
	assert_true(column_real(&q, 0) > 0.49 && column_real(&q, 0) < 0.51);
	assert_false(query_next(&q));

	bind_null(&q, ":value");
	assert_true(query_next(&q));
	assert_true(column_is_null(&q, 0));
	assert_ok(query_end(&q));
}

static void zero_bytes_inside_a_blob_stay(void **state)
{
	struct fixture *f = *state;
	static const char bytes[] = "a\0b\xff";
	QUERY(q, f->db, echo);
	bind_blob(&q, ":value", bytes, sizeof bytes);
	assert_true(query_next(&q));
	str back = column_blob(&q, f->a, 0);
	assert_int_equal(back.n, sizeof bytes);
	assert_memory_equal(back.p, bytes, sizeof bytes);
	assert_ok(query_end(&q));
}

static void a_statement_inside_its_own_loop_gets_a_second_one(void **state)
{
	struct fixture *f = *state;
	for (char id[] = "cou_1"; id[4] <= '3'; id[4]++) assert_ok(add_one(f, str_of(id)));
	int outer = 0, inner = 0;
	QUERY(q, f->db, all_councils);
	while (query_next(&q)) {
		outer++;
		QUERY(p, f->db, all_councils);
		while (query_next(&p)) inner++;
		assert_ok(query_end(&p));
	}
	assert_ok(query_end(&q));
	assert_int_equal(outer, 3);
	assert_int_equal(inner, 9);
}

static void what_was_bound_for_one_query_is_gone_in_the_next(void **state)
{
	struct fixture *f = *state;
	{
		QUERY(q, f->db, echo);
		bind_int(&q, ":value", 5);
		assert_true(query_next(&q));
	}
	QUERY(q, f->db, echo);
	assert_true(query_next(&q));
	assert_true(column_is_null(&q, 0));
	assert_ok(query_end(&q));
}

static enum err rename_twice(struct tx *tx, void *arg)
{
	int64_t *changed = arg;
	QUERY(q, tx_db(tx), rename_all);
	bind_text(&q, ":name", S("first"));
	TRY(query_run(&q, &changed[0]));
	bind_text(&q, ":name", S("second"));
	TRY(query_run(&q, &changed[1]));
	return query_end(&q);
}

static void a_query_runs_again_when_bound_anew(void **state)
{
	struct fixture *f = *state;
	assert_ok(add_one(f, S("cou_1")));
	assert_ok(add_one(f, S("cou_2")));
	int64_t changed[2] = { 0 };
	assert_ok(store_write(f->store, rename_twice, changed));
	assert_int_equal(changed[0], 2);
	assert_int_equal(changed[1], 2);
	QUERY(q, f->db, one_council);
	bind_text(&q, ":id", S("cou_2"));
	assert_true(query_next(&q));
	assert_str(column_text(&q, f->a, 0), S("second"));
}

static void an_error_stays_until_the_end_and_names_the_statement(void **state)
{
	struct fixture *f = *state;
	QUERY(q, f->db, no_such_table);
	bind_text(&q, ":anything", S("x"));
	assert_false(query_next(&q));
	assert_err(ERR_CORRUPT, query_end(&q));
	assert_non_null(strstr(err_last()->file, "test_query.c"));
	assert_non_null(strstr(err_last()->sentence, "nowhere"));
}

static enum err run_it(struct tx *tx, void *arg)
{
	const struct sql *sql = arg;
	QUERY(q, tx_db(tx), *sql);
	if (sql == &add_person) bind_text(&q, ":council", S("cou_nobody"));
	return query_run(&q, NULL);
}

static void constraints_become_conflict_or_invalid(void **state)
{
	struct fixture *f = *state;
	assert_ok(add_one(f, S("cou_1")));
	assert_err(ERR_CONFLICT, add_one(f, S("cou_1"))); /* primary key */
	struct council_row same_name = { S("cou_2"), S("x"), S("cou_1"), 1 };
	assert_err(ERR_CONFLICT, store_write(f->store, add, &same_name)); /* unique */
	assert_err(ERR_CONFLICT,
	           store_write(f->store, run_it, &add_person)); /* foreign key */
	struct council_row no_name = { S("cou_3"), STR_NONE, S("z"), 1 };
	assert_err(ERR_INVALID, store_write(f->store, add, &no_name)); /* not null */
}

static void a_sentence_holds_no_value(void **state)
{
	struct fixture *f = *state;
	struct council_row c = { S("cou_1"), S("x"), S("secret name"), 1 };
	assert_ok(store_write(f->store, add, &c));
	c.id = S("cou_2");
	assert_err(ERR_CONFLICT, store_write(f->store, add, &c));
	assert_null(strstr(err_last()->sentence, "secret name"));
}

static void a_reader_cannot_write(void **state)
{
	struct fixture *f = *state;
	QUERY(q, f->db, rename_all);
	bind_text(&q, ":name", S("x"));
	assert_err(ERR_IO, query_run(&q, NULL));
}

static void a_text_past_the_arenas_limit_is_too_large(void **state)
{
	struct fixture *f = *state;
	on_exit_of_scope(arena_close_at) struct arena *small = arena_open(16);
	QUERY(q, f->db, echo);
	bind_text(&q, ":value", S("a text longer than sixteen bytes"));
	assert_true(query_next(&q));
	assert_null(column_text(&q, small, 0).p);
	assert_false(query_next(&q));
	assert_err(ERR_TOO_LARGE, query_end(&q));
}

static void a_reader_sees_a_write_at_once(void **state)
{
	struct fixture *f = *state;
	{
		QUERY(q, f->db, one_council); /* the reader's statement is warm and idle */
		bind_text(&q, ":id", S("cou_1"));
		assert_false(query_next(&q));
	}
	assert_ok(add_one(f, S("cou_1")));
	QUERY(q, f->db, one_council);
	bind_text(&q, ":id", S("cou_1"));
	assert_true(query_next(&q));
}

static void a_loop_sees_one_snapshot(void **state)
{
	struct fixture *f = *state;
	assert_ok(add_one(f, S("cou_1")));
	assert_ok(add_one(f, S("cou_2")));
	int n = 0;
	QUERY(q, f->db, all_councils);
	while (query_next(&q))
		if (n++ == 0) assert_ok(add_one(f, S("cou_3")));
	assert_ok(query_end(&q));
	assert_int_equal(n, 2);
}

SQL(count_far,
    "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :far)"
    " SELECT count(*) FROM c");

/* What the log says meanwhile, which goes to stderr. */
static str log_of(struct fixture *f, int64_t far)
{
	char path[FILE_PATH];
	str said = STR_NONE;
	assert_ok(file_path(path, folder, "log"));
	int before = dup(STDERR_FILENO),
	    file = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);
	dup2(file, STDERR_FILENO);
	struct query q = query_begin(f->db, &count_far);
	bind_int(&q, ":far", far);
	while (query_next(&q)) {}
	enum err err = query_end(&q);
	dup2(before, STDERR_FILENO);
	close(before);
	close(file);
	assert_ok(err);
	assert_ok(file_read(path, 1000, f->a, &said));
	return said;
}

static void a_slow_statement_is_logged_with_its_place(void **state)
{
	struct fixture *f = *state;
	assert_str(log_of(f, 1), S(""));
	str said = log_of(f, 3000000);
	const char *text = arena_copy(f->a, said).p; /* with a NUL behind it */
	assert_non_null(strstr(text, "store.slow at="));
	assert_non_null(strstr(text, "test_query.c:"));
}

static void every_statement_of_this_program_prepares(void **state)
{
	struct fixture *f = *state;
	int n = 0;
	for (const struct sql *sql = sql_first(); sql; sql = sql->next, n++) {
		if (sql == &no_such_table) continue;
		struct query q = query_begin(f->db, sql);
		assert_ok(query_end(&q));
	}
	assert_true(n >= 8);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(rows_come_back_as_they_were_written),
		T(null_empty_and_zero_are_three_things),
		T(zero_bytes_inside_a_blob_stay),
		T(a_statement_inside_its_own_loop_gets_a_second_one),
		T(what_was_bound_for_one_query_is_gone_in_the_next),
		T(a_query_runs_again_when_bound_anew),
		T(an_error_stays_until_the_end_and_names_the_statement),
		T(constraints_become_conflict_or_invalid),
		T(a_sentence_holds_no_value),
		T(a_reader_cannot_write),
		T(a_text_past_the_arenas_limit_is_too_large),
		T(a_reader_sees_a_write_at_once),
		T(a_loop_sees_one_snapshot),
		T(a_slow_statement_is_logged_with_its_place),
		T(every_statement_of_this_program_prepares),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
