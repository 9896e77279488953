/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/zip_maker.c */
/* An import that ends at any moment leaves the old state or the new one. A child process
 * imports and is ended at its n-th step that touches the disk, for n = 1, 2, 3 … until it
 * gets through; after each the parent starts on the same folder and looks. The steps are
 * counted by standing before libc's functions: SQLite's calls pass here too. */
#include "support/test.h"
#include "support/zip_maker.h"

#include "package/package.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CUT = 77 };
static atomic_int steps_left = -1; /* -1: not counting */

static void step(void)
{
	if (atomic_load(&steps_left) < 0) return;
	if (atomic_fetch_sub(&steps_left, 1) == 0) _exit(CUT);
}

int fsync(int fd)
{
	step();
	return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	step();
	return (int)syscall(SYS_fdatasync, fd);
}

int rename(const char *from, const char *to)
{
	step();
	return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlink(const char *path)
{
	step();
	return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int ftruncate(int fd, off_t length)
{
	step();
	return (int)syscall(SYS_ftruncate, fd, length);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
	step();
	return syscall(SYS_write, fd, bytes, n);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
	step();
	return syscall(SYS_pwrite64, fd, bytes, n, at);
}

static const uint8_t key[SEAL_KEY] = { 7 };

static str course_zip(struct zip_maker *z, const char *page)
{
	zip_begin(z);
	zip_text(z, "imsmanifest.xml",
	         "<manifest identifier='M'><organizations><organization identifier='O'>"
	         "<title>T</title><item identifier='I' identifierref='R'/></organization>"
	         "</organizations><resources><resource identifier='R' scormtype='sco'"
	         " href='a.html'/></resources></manifest>");
	zip_text(z, "a.html", page);
	return zip_done(z, (struct zip_end){ 0 });
}

static void start(const char *folder, struct store **store, struct shelf **shelf)
{
	assert_ok(store_open(folder, store));
	assert_ok(shelf_open(folder, *store, key, shelf));
}

static void stop(struct store *store, struct shelf *shelf)
{
	shelf_close(shelf);
	store_close(store);
}

static enum err import(struct shelf *shelf, str zip, struct import_report *out)
{
	struct arena *a = arena_open(1 << 20);
	struct incoming *in;
	enum err err = incoming_open(shelf, &in);
	if (!err) err = incoming_add(in, zip.p, zip.n);
	if (!err) err = incoming_import(in, S("a.zip"), a, out);
	arena_close(a);
	return err;
}

/* Imports in a child that ends at its n-th step. False once it got through. */
static bool import_cut_at(const char *folder, str zip, int n)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct store *store;
		struct shelf *shelf;
		struct import_report report;
		if (store_open(folder, &store) || shelf_open(folder, store, key, &shelf))
			_exit(1);
		atomic_store(&steps_left, n);
		enum err err = import(shelf, zip, &report);
		atomic_store(&steps_left, -1);
		_exit(err ? 2 : 0); /* no goodbye: acknowledged is acknowledged */
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	int code = WEXITSTATUS(status);
	assert_true(code == CUT || code == 0);
	return code == CUT;
}

/* The one course's revision; its package must be whole. 0 when there is none. */
static int64_t revision_now(const char *folder)
{
	struct store *store;
	struct shelf *shelf;
	struct db *db;
	struct json_list list;
	struct arena *a = arena_open(1 << 20);
	start(folder, &store, &shelf);
	assert_ok(store_reader(store, &db));
	assert_ok(course_all(db, a, &list));
	store_reader_done(store, db);
	assert_true(list.n <= 1);
	int64_t revision = 0;
	const struct course *course = list.items;
	if (list.n) {
		const struct package *p;
		assert_ok(shelf_get(shelf, course->package, &p));
		assert_ok(archive_verify(p->archive));
		revision = course->revision;
	}
	stop(store, shelf);
	arena_close(a);
	return revision;
}

static void an_import_cut_anywhere_leaves_the_old_state_or_the_new(void **state)
{
	(void)state;
	char folder[FILE_PATH];
	test_folder(folder);
	assert_ok(seal_start());
	int64_t before = revision_now(folder); /* makes the database */
	int cuts = 0;
	for (int n = 0;; n++) {
		/* each time another package: the one before may have got in */
		char page[20];
		snprintf(page, sizeof page, "page %d", n);
		struct zip_maker z;
		str zip = course_zip(&z, page);
		bool cut = import_cut_at(folder, zip, n);
		int64_t now = revision_now(folder);
		assert_true(now == before || now == before + 1);
		if (!cut) assert_true(now == before + 1);
		cuts += cut;

		/* and the same import may simply be done again */
		struct store *store;
		struct shelf *shelf;
		struct import_report report;
		start(folder, &store, &shelf);
		assert_ok(import(shelf, zip, &report));
		assert_int_equal(report.already, now == before + 1);
		stop(store, shelf);
		before = revision_now(folder);
		zip_free(&z);
		if (!cut) break;
	}
	print_message("%d breaking points\n", cuts);
	assert_true(cuts > 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_import_cut_anywhere_leaves_the_old_state_or_the_new),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
