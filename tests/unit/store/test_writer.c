/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/fault_vfs.c */
/* The writer: groups, failing jobs, rights, the WAL. */
#include "base/time.h"

#include "support/fault_vfs.h"
#include "unit/store/crowd.h"

SQL(add_setting, "INSERT INTO setting (name, value) VALUES ('a', 'b')"
                 " ON CONFLICT (name) DO UPDATE SET value = 'c'");
SQL(add_secret, "INSERT INTO site_secret (name, value) VALUES ('a', x'00')");
SQL(read_secret, "SELECT value FROM site_secret");
SQL(drop_table, "DROP TABLE claim");
SQL(end_early, "COMMIT");
SQL(switch_off, "PRAGMA foreign_keys = OFF");
SQL(attach, "ATTACH 'elsewhere.db' AS elsewhere");
SQL(rename_council, "UPDATE council SET name = :name WHERE id = :id");
SQL(names_in_order, "SELECT name FROM council ORDER BY id LIMIT 10");

static char folder[FILE_PATH];

static int setup(void **state)
{
	struct store *s;
	test_folder(folder);
	fault_vfs_register(false);
	disk_slow_sync(-1); /* nothing here asks the disk */
	assert_ok(store_open_vfs(folder, FAULT_VFS, &s));
	*state = s;
	return 0;
}

static int teardown(void **state)
{
	store_close(*state);
	return 0;
}

static void writes_queued_together_share_one_commit(void **state)
{
	struct store *s = *state;
	static char ids[100][8];
	static struct council_new council[100];
	static struct member member[100];
	for (int i = 0; i < 100; i++) {
		snprintf(ids[i], sizeof ids[i], "c%03d", i);
		council[i] = (struct council_new){ .id = ids[i] };
		member[i] = (struct member){ .run = council_write, .arg = &council[i] };
	}
	struct store_numbers before = store_numbers(s);
	long syncs = disk_syncs();
	crowd_write(s, member, 100);
	syncs = disk_syncs() - syncs;
	struct store_numbers after = store_numbers(s);
	for (int i = 0; i < 100; i++) assert_int_equal(member[i].err, ERR_OK);
	assert_int_equal(councils(s, NULL), 100);
	assert_int_equal(after.writes - before.writes, 101); /* with the job that held it */
	assert_int_equal(after.commits - before.commits, 2);
	assert_int_equal(after.refused, 0);
	assert_in_range(syncs, 1, 2);
	assert_true(after.worst_commit_us > 0);
}

static void a_crowd_is_cut_into_groups_of_256(void **state)
{
	struct store *s = *state;
	static char ids[300][8];
	static struct council_new council[300];
	static struct member member[300];
	for (int i = 0; i < 300; i++) {
		snprintf(ids[i], sizeof ids[i], "c%03d", i);
		council[i] = (struct council_new){ .id = ids[i] };
		member[i] = (struct member){ .run = council_write, .arg = &council[i] };
	}
	uint64_t before = store_numbers(s).commits;
	crowd_write(s, member, 300);
	for (int i = 0; i < 300; i++) assert_int_equal(member[i].err, ERR_OK);
	assert_int_equal(councils(s, NULL), 300);
	assert_int_equal(store_numbers(s).commits - before, 3);
}

struct turn {
	int *next, mine;
};

static enum err take_turn(struct tx *tx, void *arg)
{
	(void)tx;
	struct turn *t = arg;
	t->mine = (*t->next)++;
	return ERR_OK;
}

static void writes_run_in_the_order_they_were_queued(void **state)
{
	int next = 0;
	struct turn turn[20];
	static struct member member[20];
	for (int i = 0; i < 20; i++) {
		turn[i] = (struct turn){ .next = &next };
		member[i] = (struct member){ .run = take_turn, .arg = &turn[i] };
	}
	crowd_write(*state, member, 20);
	for (int i = 0; i < 20; i++) assert_int_equal(turn[i].mine, i);
}

static void a_failing_write_undoes_only_itself(void **state)
{
	struct store *s = *state;
	struct council_new council[] = {
		{ .id = "c1" }, { .id = "c2", .then = ERR_DENIED },
		{ .id = "c3" }, { .id = "c1" }, /* conflict */
		{ .id = "c2" }, /* the place is free: the first c2 was undone */
	};
	struct member member[5];
	for (int i = 0; i < 5; i++)
		member[i] = (struct member){ .run = council_write, .arg = &council[i] };
	crowd_write(s, member, 5);
	enum err wanted[] = { ERR_OK, ERR_DENIED, ERR_OK, ERR_CONFLICT, ERR_OK };
	for (int i = 0; i < 5; i++) assert_int_equal(member[i].err, wanted[i]);
	assert_int_equal(councils(s, NULL), 3);
	assert_int_equal(store_numbers(s).refused, 2);
}

static void a_failing_write_alone_leaves_nothing(void **state)
{
	struct store *s = *state;
	struct council_new c = { .id = "c1", .then = ERR_REFUSED };
	assert_err(ERR_REFUSED, store_write(s, council_write, &c));
	assert_int_equal(councils(s, NULL), 0);
	assert_ok(council_add(s, "c1"));
	assert_int_equal(councils(s, NULL), 1);
}

static void the_sentence_comes_back_to_the_callers_thread(void **state)
{
	struct store *s = *state;
	struct council_new council[] = { { .id = "c1", .then = ERR_DENIED },
		                         { .id = "c2", .then = ERR_LIMITED } };
	struct member member[2];
	for (int i = 0; i < 2; i++)
		member[i] = (struct member){ .run = council_write, .arg = &council[i] };
	crowd_write(s, member, 2);
	assert_string_equal(member[0].note.sentence, "c1 said no");
	assert_string_equal(member[1].note.sentence, "c2 said no");
	assert_non_null(strstr(member[1].note.file, "crowd.h"));
}

static enum err write_and_read(struct tx *tx, void *arg)
{
	TRY(council_write(tx, arg));
	QUERY(q, tx_db(tx), crowd_get);
	bind_text(&q, ":id", S("c1"));
	if (!query_next(&q) || column_int(&q, 0, 0) != 1)
		return FAIL(ERR_NOT_FOUND, "not there");
	return query_end(&q);
}

static void a_job_reads_its_own_writes(void **state)
{
	struct council_new c = { .id = "c1" };
	assert_ok(store_write(*state, write_and_read, &c));
}

/* ---- rights ---- */

static enum err run_it(struct tx *tx, void *arg)
{
	const struct sql *sql = arg;
	QUERY(q, tx_db(tx), *sql);
	return query_run(&q, NULL);
}

static void protected_tables_need_the_right(void **state)
{
	struct store *s = *state;
	static const struct {
		struct sql *sql;
		unsigned rights;
		enum err err;
		const char *reason;
	} rows[] = {
		{ &add_setting, 0, ERR_DENIED, "no right" },
		{ &add_setting, STORE_SECRETS, ERR_DENIED, "another right" },
		{ &add_setting, STORE_SETTINGS, ERR_OK, "the right" },
		{ &add_setting, 0, ERR_DENIED, "no right, though the statement is cached" },
		{ &add_secret, STORE_SETTINGS, ERR_DENIED, "another right" },
		{ &add_secret, STORE_SETTINGS | STORE_SECRETS, ERR_OK, "both" },
		{ &read_secret, 0, ERR_OK, "reading needs none" },
	};
	for (size_t i = 0; i < countof(rows); i++)
		assert_row(store_write_as(s, rows[i].rights, run_it, rows[i].sql) ==
		                   rows[i].err,
		           rows[i].reason);
}

static void a_job_stays_inside_its_transaction_and_schema(void **state)
{
	struct store *s = *state;
	static struct sql *const rows[] = { &drop_table, &end_early, &switch_off, &attach };
	for (size_t i = 0; i < countof(rows); i++)
		assert_err(ERR_DENIED, store_write_as(s, STORE_SECRETS | STORE_SETTINGS,
		                                      run_it, rows[i]));
	assert_ok(council_add(s, "c1"));
}

/* ---- constraints that wait for COMMIT ---- */

SQL(add_dangling, "INSERT INTO late (council) VALUES ('nobody')");

static void make_late_table(void)
{
	char path[FILE_PATH];
	assert_ok(file_path(path, folder, STORE_FILE));
	sqlite3 *handle;
	assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
	assert_ok(db_exec(handle, "CREATE TABLE late (council TEXT REFERENCES council(id)"
	                          " DEFERRABLE INITIALLY DEFERRED) STRICT"));
	sqlite3_close(handle);
}

static void a_dangling_reference_fails_its_job_and_no_other(void **state)
{
	struct store *s = *state;
	make_late_table();
	struct council_new c1 = { .id = "c1" }, c2 = { .id = "c2" };
	struct member member[] = {
		{ .run = council_write, .arg = &c1 },
		{ .run = run_it, .arg = &add_dangling },
		{ .run = council_write, .arg = &c2 },
	};
	crowd_write(s, member, 3);
	assert_int_equal(member[0].err, ERR_OK);
	assert_int_equal(member[1].err, ERR_CONFLICT);
	assert_int_equal(member[2].err, ERR_OK);
	assert_int_equal(councils(s, NULL), 2);
}

/* ---- closing ---- */

static void *close_store(void *arg)
{
	store_close(arg);
	return NULL;
}

static void closing_waits_for_what_is_queued(void **state)
{
	struct store *s = *state;
	struct gate gate;
	sem_init(&gate.entered, 0, 0);
	sem_init(&gate.open, 0, 0);
	struct council_new c = { .id = "c1" };
	struct member holder = { .store = s, .run = gate_hold, .arg = &gate };
	struct member later = { .store = s, .run = council_write, .arg = &c };
	pthread_t closer;
	pthread_create(&holder.thread, NULL, member_write, &holder);
	sem_wait(&gate.entered);
	pthread_create(&later.thread, NULL, member_write, &later);
	while (queued(s) < 1) sched_yield();
	pthread_create(&closer, NULL, close_store, s);
	while (!s->writer.closing) sched_yield();
	sem_post(&gate.open);
	pthread_join(later.thread, NULL);
	pthread_join(holder.thread, NULL);
	pthread_join(closer, NULL);
	assert_int_equal(later.err, ERR_OK);
	assert_ok(store_open(folder, &s));
	assert_int_equal(councils(s, "c1"), 1);
	*state = s;
}

/* ---- the WAL ---- */

static uint64_t wal_file(void)
{
	char path[FILE_PATH];
	uint64_t size = 0;
	assert_ok(file_path(path, folder, STORE_FILE "-wal"));
	if (file_exists(path)) assert_ok(file_size(path, &size));
	return size;
}

struct renaming {
	const char *id;
	str name;
};

static enum err rename_it(struct tx *tx, void *arg)
{
	const struct renaming *r = arg;
	QUERY(q, tx_db(tx), rename_council);
	bind_text(&q, ":id", str_of(r->id));
	bind_text(&q, ":name", r->name);
	return query_run(&q, NULL);
}

/* What is written differs each time: SQLite leaves a page alone that would stay the same.
 */
static void write_frames(struct store *s, int frames)
{
	static char text[400 << 10];
	static int letter;
	struct renaming r = { "c1", { text, sizeof text } };
	for (int done = 0; done < frames; done += (int)(sizeof text / 4096)) {
		memset(text, 'a' + letter++ % 26, sizeof text);
		assert_ok(store_write(s, rename_it, &r));
	}
}

static void the_wal_begins_again_under_load(void **state)
{
	struct store *s = *state;
	s->writer.loaded_frames = 500;
	assert_ok(council_add(s, "c1"));
	write_frames(s, 3000);
	assert_in_range(wal_file(), 500 * 4120, 1000 * 4120);
	assert_true(store_numbers(s).wal_bytes < 1000 * 4120);
}

/* Reads without a pause: some statement is always under way. */
static void *read_on(void *arg)
{
	struct member *m = arg;
	struct db *db;
	m->err = store_reader(m->store, &db);
	while (!m->err && !*(atomic_bool *)m->arg) {
		struct query q = query_begin(db, &names_in_order);
		while (query_next(&q)) sched_yield();
		m->err = query_end(&q);
	}
	store_reader_done(m->store, db);
	return NULL;
}

static void the_wal_begins_again_under_constant_reading(void **state)
{
	struct store *s = *state;
	s->writer.loaded_frames = 500;
	assert_ok(council_add(s, "c1"));
	assert_ok(council_add(s, "c2"));
	atomic_bool stop = false;
	struct member reader[3];
	for (int i = 0; i < 3; i++) {
		reader[i] = (struct member){ .store = s, .arg = &stop };
		pthread_create(&reader[i].thread, NULL, read_on, &reader[i]);
	}
	write_frames(s, 5000);
	uint64_t wal = store_numbers(s).wal_bytes;
	stop = true;
	for (int i = 0; i < 3; i++) pthread_join(reader[i].thread, NULL);
	for (int i = 0; i < 3; i++) assert_int_equal(reader[i].err, ERR_OK);
	assert_true(wal < 2000 * 4120);
}

static void the_wal_grows_while_a_reader_lingers_and_begins_again_after(void **state)
{
	struct store *s = *state;
	s->writer.loaded_frames = 500;
	assert_ok(council_add(s, "c1"));
	assert_ok(council_add(s, "c2"));
	struct db *db;
	assert_ok(store_reader(s, &db));
	{
		QUERY(q, db, names_in_order);
		assert_true(query_next(&q)); /* its snapshot is held */
		write_frames(s, 1200);
		assert_true(store_numbers(s).wal_bytes > 1200 * 4120);
		assert_true(store_numbers(s).worst_commit_us <
		            5000000); /* nor waits for it */
	}
	store_reader_done(s, db);
	write_frames(s, 800);
	assert_true(store_numbers(s).wal_bytes < 800 * 4120);
}

static void a_quiet_moment_is_used_for_a_small_checkpoint(void **state)
{
	struct store *s = *state;
	assert_ok(council_add(s, "c1"));
	write_frames(s, 1500);
	assert_true(store_numbers(s).wal_bytes > 1000 * 4120);
	/* The first write after it finds everything copied and begins the WAL again. */
	char id[] = "c2-a";
	int64_t now = time_mono_ms(), until = now + 5000;
	do {
		while (time_mono_ms() < now + 50) sched_yield();
		now = time_mono_ms();
		assert_ok(council_add(s, id));
		id[3]++;
	} while (store_numbers(s).wal_bytes > 1000 * 4120 && now < until);
	assert_true(now < until);
}

static void a_quiet_store_empties_its_wal(void **state)
{
	struct store *s = *state;
	s->writer.rest_ms = 20;
	assert_ok(council_add(s, "c1"));
	int64_t until = time_mono_ms() + 5000;
	while (wal_file() && time_mono_ms() < until) sched_yield();
	assert_int_equal(wal_file(), 0);
	assert_ok(council_add(s, "c2"));
	assert_int_equal(councils(s, NULL), 2);
}

/* ---- others beside us ---- */

static void another_program_may_write_in_between(void **state)
{
	struct store *s = *state, *other;
	assert_ok(council_add(s, "c1"));
	assert_ok(store_open(folder, &other));
	assert_ok(council_add(other, "c2"));
	assert_ok(council_add(s, "c3"));
	assert_int_equal(councils(other, NULL), 3);
	store_close(other);
	assert_int_equal(councils(s, NULL), 3);
}

enum { WRITERS = 16, EACH = 50 };

static void *write_many(void *arg)
{
	struct member *m = arg;
	for (int i = 0; i < EACH; i++) {
		char id[32];
		snprintf(id, sizeof id, "%s-%d", (const char *)m->arg, i);
		struct council_new c = { .id = id,
			                 .then = i % 10 == 9 ? ERR_REFUSED : ERR_OK };
		enum err err = store_write(m->store, council_write, &c);
		if (err != c.then) m->err = err;
		if (i % 5 == 0 && councils(m->store, id) != (c.then ? 0 : 1))
			m->err = ERR_CORRUPT;
	}
	return NULL;
}

static void many_threads_write_and_read_at_once(void **state)
{
	struct store *s = *state;
	static struct member member[WRITERS];
	char name[WRITERS][8];
	for (int i = 0; i < WRITERS; i++) {
		snprintf(name[i], sizeof name[i], "t%d", i);
		member[i] = (struct member){ .store = s, .arg = name[i] };
		assert_false(
			pthread_create(&member[i].thread, NULL, write_many, &member[i]));
	}
	for (int i = 0; i < WRITERS; i++) pthread_join(member[i].thread, NULL);
	for (int i = 0; i < WRITERS; i++) assert_int_equal(member[i].err, ERR_OK);
	assert_int_equal(councils(s, NULL), WRITERS * EACH * 9 / 10);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(writes_queued_together_share_one_commit),
		T(a_crowd_is_cut_into_groups_of_256),
		T(writes_run_in_the_order_they_were_queued),
		T(a_failing_write_undoes_only_itself),
		T(a_failing_write_alone_leaves_nothing),
		T(the_sentence_comes_back_to_the_callers_thread),
		T(a_job_reads_its_own_writes),
		T(protected_tables_need_the_right),
		T(a_job_stays_inside_its_transaction_and_schema),
		T(a_dangling_reference_fails_its_job_and_no_other),
		T(closing_waits_for_what_is_queued),
		T(the_wal_begins_again_under_load),
		T(the_wal_begins_again_under_constant_reading),
		T(the_wal_grows_while_a_reader_lingers_and_begins_again_after),
		T(a_quiet_moment_is_used_for_a_small_checkpoint),
		T(a_quiet_store_empties_its_wal),
		T(another_program_may_write_in_between),
		T(many_threads_write_and_read_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
