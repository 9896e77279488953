/* SPDX-License-Identifier: Apache-2.0 */
/* Opening: new files, newer files, foreign files, damaged files; migrations; backups; the
 * pool of readers. */
#include <sys/stat.h>

#include "base/time.h"
#include "unit/store/crowd.h"

static char folder[FILE_PATH];

static int setup(void **state)
{
	(void)state;
	test_folder(folder);
	return 0;
}

static void in_folder(char out[FILE_PATH], const char *name)
{
	assert_ok(file_path(out, folder, name));
}

/* Does something to the file behind the store's back. */
static void tamper(const char *sql)
{
	char path[FILE_PATH];
	in_folder(path, STORE_FILE);
	sqlite3 *handle;
	assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
	assert_ok(db_exec(handle, sql));
	sqlite3_close(handle);
}

static void fill(int n)
{
	struct store *s;
	assert_ok(store_open(folder, &s));
	for (int i = 0; i < n; i++) {
		char id[16];
		snprintf(id, sizeof id, "c%d", i);
		assert_ok(council_add(s, id));
	}
	store_close(s);
}

static void what_was_written_is_there_when_opened_again(void **state)
{
	(void)state;
	fill(3);
	struct store *s;
	assert_ok(store_open(folder, &s));
	assert_int_equal(councils(s, NULL), 3);
	store_close(s);
	char wal[FILE_PATH];
	in_folder(wal, STORE_FILE "-wal");
	assert_false(file_exists(wal)); /* one file at rest */
}

static void the_folder_is_made_and_private(void **state)
{
	(void)state;
	char deep[FILE_PATH + 16];
	snprintf(deep, sizeof deep, "%s/deep/er", folder);
	struct store *s;
	assert_ok(store_open(deep, &s));
	store_close(s);
	struct stat st;
	assert_int_equal(stat(deep, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
}

static void the_file_says_whose_it_is(void **state)
{
	(void)state;
	fill(0);
	char path[FILE_PATH];
	in_folder(path, STORE_FILE);
	sqlite3 *handle;
	int64_t application, version;
	assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
	assert_ok(db_number(handle, "PRAGMA application_id", &application));
	assert_ok(db_number(handle, "PRAGMA user_version", &version));
	sqlite3_close(handle);
	assert_int_equal(application, 0x4b656e65);
	assert_int_equal(version, migrate_last(store_migrations));
}

static void files_that_are_not_for_us_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *sql, *word, *reason;
	} rows[] = {
		{ "PRAGMA user_version = 9000", "newer program", "a newer program's" },
		{ "PRAGMA application_id = 7", "not a file of this program", "another's" },
		{ "PRAGMA application_id = 0", "not a file of this program", "nobody's" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		test_folder(folder);
		fill(1);
		tamper(rows[i].sql);
		struct store *s = NULL;
		assert_row(store_open(folder, &s) == ERR_CONFLICT, rows[i].reason);
		assert_row(strstr(err_last()->sentence, rows[i].word), rows[i].reason);
		assert_null(s);
	}
}

/* ---- damage ---- */

static void overwrite(long at, long n)
{
	char path[FILE_PATH];
	in_folder(path, STORE_FILE);
	FILE *f = fopen(path, "r+b");
	assert_non_null(f);
	fseek(f, at, SEEK_SET);
	for (long i = 0; i < n; i++) fputc('~', f);
	fclose(f);
}

static void a_damaged_file_is_told_with_its_newest_backup(void **state)
{
	(void)state;
	static const struct {
		long at, n;
		const char *reason;
	} rows[] = {
		{ 0, 100, "the header" },
		{ 100, 8, "the schema's page" },
		{ 3 * 4096, 4096, "a page of a table" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		test_folder(folder);
		fill(200);
		overwrite(rows[i].at, rows[i].n);
		struct store *s = NULL;
		assert_row(store_open(folder, &s) == ERR_CORRUPT, rows[i].reason);
		assert_row(strstr(err_last()->sentence, "no backup"), rows[i].reason);

		char backups[FILE_PATH], path[FILE_PATH];
		in_folder(backups, "backup");
		assert_ok(file_make_folder(backups));
		static const char *const names[] = { "kenes-20260101T000000Z-v1.db",
			                             "kenes-20261123T144758Z-v2.db",
			                             "zebra.db" };
		for (size_t n = 0; n < countof(names); n++) {
			assert_ok(file_path(path, backups, names[n]));
			assert_ok(file_write(path, S("x"), 0600));
		}
		assert_row(store_open(folder, &s) == ERR_CORRUPT, rows[i].reason);
		assert_row(strstr(err_last()->sentence, names[1]), rows[i].reason);
	}
}

static void damage_is_found_by_the_check_of_an_open_store(void **state)
{
	(void)state;
	fill(500);
	struct store *s;
	assert_ok(store_open(folder, &s));
	assert_ok(store_check(s));
	overwrite(3 * 4096, 4096);
	assert_err(ERR_CORRUPT, store_check(s));
	store_close(s);
}

static void a_folder_that_cannot_be_is_an_error(void **state)
{
	(void)state;
	char file[FILE_PATH], below[FILE_PATH];
	in_folder(file, "file");
	assert_ok(file_write(file, S("x"), 0600));
	assert_ok(file_path(below, file, "data"));
	struct store *s = NULL;
	assert_int_not_equal(store_open(below, &s), ERR_OK);
	assert_null(s);
}

/* ---- migrations ---- */

#define MIGRATION(name, text)                      \
	{                                          \
		name, text, text + sizeof text - 1 \
	}

static const char base_sql[] =
	"CREATE TABLE fruit (id TEXT PRIMARY KEY, colour TEXT) STRICT;";
static const char more_sql[] =
	"ALTER TABLE fruit ADD COLUMN weight INTEGER;"
	"CREATE TABLE box (id TEXT PRIMARY KEY, fruit TEXT REFERENCES fruit(id)) STRICT;";
static const char broken_sql[] =
	"ALTER TABLE fruit ADD COLUMN taste TEXT; SELECT nonsense;";
static const char dangling_sql[] = "INSERT INTO box VALUES ('b', 'nothing');";
/* A table that others refer to is made anew. */
static const char rebuild_sql[] =
	"INSERT INTO fruit VALUES ('apple', 'red', 5); INSERT INTO box VALUES ('b', "
	"'apple');"
	"CREATE TABLE fruit2 (id TEXT PRIMARY KEY, colour TEXT NOT NULL) STRICT;"
	"INSERT INTO fruit2 SELECT id, colour FROM fruit; DROP TABLE fruit;"
	"ALTER TABLE fruit2 RENAME TO fruit;";

static const struct embedded first[] = { MIGRATION("0001-base.sql", base_sql), { 0 } };
static const struct embedded second[] = { MIGRATION("0001-base.sql", base_sql),
	                                  MIGRATION("0002-more.sql", more_sql),
	                                  { 0 } };

static int64_t number(struct db *db, const char *sql)
{
	int64_t n;
	assert_ok(db_number(db->handle, sql, &n));
	return n;
}

static void migrations_run_once_in_order(void **state)
{
	(void)state;
	char path[FILE_PATH];
	in_folder(path, "fruit.db");
	struct db db = { 0 };
	assert_ok(db_open(&db, path, NULL, DB_WRITES));
	assert_ok(migrate_run(db.handle, first));
	assert_int_equal(number(&db, "PRAGMA user_version"), 1);
	assert_ok(migrate_run(db.handle, second));
	assert_int_equal(number(&db, "PRAGMA user_version"), 2);
	assert_ok(migrate_run(db.handle, second)); /* nothing is left to do */
	assert_int_equal(number(&db, "SELECT count(*) FROM pragma_table_info('fruit')"), 3);
	assert_int_equal(number(&db, "PRAGMA foreign_keys"), 1);
	int version;
	assert_err(ERR_CONFLICT, migrate_version(db.handle, first, &version)); /* newer */
	db_close(&db);
}

static void a_migration_that_fails_leaves_what_was(void **state)
{
	(void)state;
	static const struct {
		struct embedded third;
		enum err err;
		const char *reason;
	} rows[] = {
		{ MIGRATION("0003-broken.sql", broken_sql), ERR_CORRUPT, "does not parse" },
		{ MIGRATION("0003-dangling.sql", dangling_sql), ERR_CORRUPT, "dangling" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		test_folder(folder);
		char path[FILE_PATH];
		in_folder(path, "fruit.db");
		struct db db = { 0 };
		assert_ok(db_open(&db, path, NULL, DB_WRITES));
		const struct embedded list[] = {
			second[0], second[1], rows[i].third, { 0 }
		};
		assert_row(migrate_run(db.handle, list) == rows[i].err, rows[i].reason);
		assert_int_equal(number(&db, "PRAGMA user_version"), 2);
		assert_int_equal(
			number(&db, "SELECT count(*) FROM pragma_table_info('fruit')"), 3);
		assert_int_equal(number(&db, "SELECT count(*) FROM box"), 0);
		db_close(&db);
	}
}

static void a_table_may_be_made_anew_under_its_references(void **state)
{
	(void)state;
	char path[FILE_PATH];
	in_folder(path, "fruit.db");
	struct db db = { 0 };
	assert_ok(db_open(&db, path, NULL, DB_WRITES));
	const struct embedded list[] = {
		second[0], second[1], MIGRATION("0003-rebuild.sql", rebuild_sql), { 0 }
	};
	assert_ok(migrate_run(db.handle, list));
	assert_int_equal(
		number(&db, "SELECT count(*) FROM box JOIN fruit ON fruit.id = fruit"), 1);
	db_close(&db);
}

/* ---- backups ---- */

static void a_backup_is_the_whole_store_while_it_is_written_to(void **state)
{
	(void)state;
	struct store *s;
	assert_ok(store_open(folder, &s));
	for (int i = 0; i < 50; i++) {
		char id[16];
		snprintf(id, sizeof id, "c%d", i);
		assert_ok(council_add(s, id));
	}
	char copy[FILE_PATH], path[FILE_PATH], part[FILE_PATH];
	in_folder(copy, "copy");
	assert_ok(file_make_folder(copy));
	assert_ok(file_path(path, copy, STORE_FILE));
	assert_ok(file_path(part, copy, STORE_FILE ".part"));
	assert_ok(file_write(part, S("left by an earlier try"), 0600));
	assert_ok(store_backup(s, path));
	assert_false(file_exists(part));
	assert_ok(council_add(s, "later"));
	store_close(s);

	assert_ok(store_open(copy, &s));
	assert_int_equal(councils(s, NULL), 50);
	store_close(s);
}

static void a_backup_that_cannot_be_written_leaves_nothing(void **state)
{
	(void)state;
	struct store *s;
	assert_ok(store_open(folder, &s));
	char path[FILE_PATH];
	in_folder(path, "nowhere/copy.db");
	assert_err(ERR_IO, store_backup(s, path));
	assert_ok(council_add(s, "c1"));
	store_close(s);
}

static enum err count_name(void *context, const char *name)
{
	(void)name;
	++*(int *)context;
	return ERR_OK;
}

static void an_older_file_is_copied_before_it_is_migrated(void **state)
{
	(void)state;
	fill(1);
	struct db db = { 0 };
	char path[FILE_PATH], backups[FILE_PATH], newest[256];
	in_folder(path, STORE_FILE);
	in_folder(backups, "backup");
	assert_false(file_exists(backups)); /* a new file needs none */
	assert_ok(db_open(&db, path, NULL, DB_READS));
	assert_ok(backup_before_migration(db.handle, NULL, folder, 1));
	db_close(&db);
	int n = 0;
	assert_ok(file_each(backups, count_name, &n));
	assert_int_equal(n, 1);
	backup_newest(folder, newest);
	assert_true(str_starts(str_of(newest), S("kenes-20")));
	assert_true(str_ends(str_of(newest), S("Z-v1.db")));
}

/* ---- readers ---- */

enum { SHARERS = 8 };

static void *borrow_often(void *arg)
{
	struct member *m = arg;
	for (int i = 0; i < 100 && !m->err; i++) {
		struct db *db;
		m->err = store_reader(m->store, &db);
		if (m->err) break;
		sched_yield(); /* so that the others come and wait */
		store_reader_done(m->store, db);
	}
	return NULL;
}

static void when_all_readers_are_lent_the_next_waits(void **state)
{
	(void)state;
	struct store *s;
	assert_ok(store_open(folder, &s));
	struct db *db[READERS_MOST];
	for (int i = 0; i < READERS_MOST; i++) assert_ok(store_reader(s, &db[i]));
	static struct member member[SHARERS];
	for (int i = 0; i < SHARERS; i++) {
		member[i] = (struct member){ .store = s };
		pthread_create(&member[i].thread, NULL, borrow_often, &member[i]);
	}
	store_reader_done(s, db[3]); /* the only one for all of them */
	for (int i = 0; i < SHARERS; i++) pthread_join(member[i].thread, NULL);
	for (int i = 0; i < SHARERS; i++) assert_int_equal(member[i].err, ERR_OK);
	assert_int_equal(s->readers.open, READERS_MOST);
	store_reader_done(s, db[5]);
	struct db *again;
	assert_ok(store_reader(s, &again)); /* the last one given back comes first */
	assert_ptr_equal(again, db[5]);
	assert_ok(store_reader(s, &again));
	for (int i = 0; i < READERS_MOST; i++) store_reader_done(s, db[i]);
	store_reader_done(s, NULL);
	store_close(s);
	store_close(NULL);
}

static void no_reader_in_time_is_busy(void **state)
{
	(void)state;
	struct store *s;
	assert_ok(store_open(folder, &s));
	s->readers.patience_ms = 20;
	struct db *db[READERS_MOST], *more = NULL;
	for (int i = 0; i < READERS_MOST; i++) assert_ok(store_reader(s, &db[i]));
	assert_err(ERR_BUSY, store_reader(s, &more));
	assert_null(more);
	for (int i = 0; i < READERS_MOST; i++) store_reader_done(s, db[i]);
	store_close(s);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup(name, setup)
	const struct CMUnitTest tests[] = {
		T(what_was_written_is_there_when_opened_again),
		T(the_folder_is_made_and_private),
		T(the_file_says_whose_it_is),
		T(files_that_are_not_for_us_are_refused),
		T(a_damaged_file_is_told_with_its_newest_backup),
		T(damage_is_found_by_the_check_of_an_open_store),
		T(a_folder_that_cannot_be_is_an_error),
		T(migrations_run_once_in_order),
		T(a_migration_that_fails_leaves_what_was),
		T(a_table_may_be_made_anew_under_its_references),
		T(a_backup_is_the_whole_store_while_it_is_written_to),
		T(a_backup_that_cannot_be_written_leaves_nothing),
		T(an_older_file_is_copied_before_it_is_migrated),
		T(when_all_readers_are_lent_the_next_waits),
		T(no_reader_in_time_is_busy),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
