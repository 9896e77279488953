/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void a_path_is_joined_with_one_slash(void **state)
{
	(void)state;
	char out[FILE_PATH];
	static const struct {
		const char *folder, *name, *path;
	} rows[] = {
		{ "a", "b", "a/b" }, { "a/", "b", "a/b" }, { "a//", "b", "a/b" },
		{ "/", "b", "/b" },  { "", "b", "b" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		assert_ok(file_path(out, rows[i].folder, rows[i].name));
		assert_string_equal(out, rows[i].path);
	}
}

static void a_path_that_does_not_fit_is_refused(void **state)
{
	(void)state;
	char out[FILE_PATH], name[FILE_PATH];
	memset(name, 'x', sizeof name);
	name[FILE_PATH - 3] = 0;
	assert_ok(file_path(out, "a", name));
	name[FILE_PATH - 3] = 'x';
	name[FILE_PATH - 2] = 0;
	assert_err(ERR_TOO_LARGE, file_path(out, "a", name));
}

static enum err count(void *context, const char *name)
{
	(void)name;
	++*(int *)context;
	return ERR_OK;
}

static void what_is_written_is_read(void **state)
{
	(void)state;
	char folder[FILE_PATH], deep[FILE_PATH], path[FILE_PATH];
	test_folder(folder);
	assert_ok(file_path(deep, folder, "a/b/c"));
	assert_ok(file_make_folder(deep));
	assert_ok(file_make_folder(deep));
	assert_ok(file_path(path, deep, "f"));
	assert_ok(file_write(path, S("one"), 0600));
	assert_ok(file_write(path, S("second"), 0600));
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);

	struct arena *a = arena_open(1 << 16);
	str got = STR_NONE;
	assert_ok(file_read(path, 100, a, &got));
	assert_str(got, S("second"));
	assert_ok(file_read(path, 6, a, &got));
	assert_err(ERR_TOO_LARGE, file_read(path, 5, a, &got));
	uint64_t size = 0;
	assert_ok(file_size(path, &size));
	assert_int_equal(size, 6);
	int n = 0;
	assert_ok(file_each(deep, count, &n)); /* nothing is left beside it */
	assert_int_equal(n, 1);
	assert_true(file_exists(path));
	assert_ok(file_drop(path));
	assert_ok(file_drop(path));
	assert_false(file_exists(path));
	arena_close(a);
}

static void an_empty_file_is_empty_text(void **state)
{
	(void)state;
	char folder[FILE_PATH], path[FILE_PATH];
	test_folder(folder);
	assert_ok(file_path(path, folder, "empty"));
	assert_ok(file_write(path, S(""), 0600));
	struct arena *a = arena_open(16);
	str got = STR_NONE;
	assert_ok(file_read(path, 0, a, &got));
	assert_str(got, S(""));
	arena_close(a);
}

static void what_is_missing_says_so(void **state)
{
	(void)state;
	char folder[FILE_PATH], path[FILE_PATH];
	test_folder(folder);
	assert_ok(file_path(path, folder, "nothing"));
	struct arena *a = arena_open(1 << 16);
	str got = S("kept");
	uint64_t size;
	assert_err(ERR_NOT_FOUND, file_read(path, 100, a, &got));
	assert_str(got, S("kept"));
	assert_err(ERR_NOT_FOUND, file_size(path, &size));
	assert_err(ERR_NOT_FOUND, file_sync(path));
	assert_err(ERR_NOT_FOUND, file_rename(path, folder));
	assert_err(ERR_IO, file_read(folder, 100, a, &got));
	arena_close(a);
}

static void a_folder_cannot_be_made_below_a_file(void **state)
{
	(void)state;
	char folder[FILE_PATH], path[FILE_PATH], below[FILE_PATH];
	test_folder(folder);
	assert_ok(file_path(path, folder, "f"));
	assert_ok(file_write(path, S("x"), 0600));
	assert_ok(file_path(below, path, "g"));
	assert_err(ERR_IO, file_make_folder(path));
	assert_err(ERR_NOT_FOUND, file_make_folder(below));
}

static enum err stop(void *context, const char *name)
{
	(void)name;
	++*(int *)context;
	return FAIL(ERR_BUSY, "enough");
}

static void going_through_a_folder_stops_at_the_first_error(void **state)
{
	(void)state;
	char folder[FILE_PATH], path[FILE_PATH];
	test_folder(folder);
	for (int i = 0; i < 3; i++) {
		assert_ok(file_path(path, folder, (char[]){ (char)('a' + i), 0 }));
		assert_ok(file_write(path, S("x"), 0600));
	}
	int n = 0;
	assert_err(ERR_BUSY, file_each(folder, stop, &n));
	assert_int_equal(n, 1);
}

static void a_full_disk_is_told_from_a_broken_one(void **state)
{
	(void)state;
	/* The name beside is a link to a disk that is always full. */
	char folder[FILE_PATH], link[FILE_PATH];
	test_folder(folder);
	for (int i = 0; i < 64; i++) {
		snprintf(link, sizeof link, "%.100s/f.%ld-%d.new", folder, (long)getpid(),
		         i);
		assert_int_equal(symlink("/dev/full", link), 0);
	}
	char path[FILE_PATH];
	assert_ok(file_path(path, folder, "f"));
	assert_err(ERR_FULL, file_write(path, S("x"), 0600));
	assert_false(file_exists(path));
}

static void a_new_file_is_never_written_over_another(void **state)
{
	(void)state;
	char folder[FILE_PATH], path[FILE_PATH];
	test_folder(folder);
	assert_ok(file_path(path, folder, "f"));
	assert_ok(file_write_new(path, S("first"), 0600));
	assert_err(ERR_CONFLICT, file_write_new(path, S("second"), 0600));
	struct arena *a = arena_open(1024);
	str text;
	assert_ok(file_read(path, 100, a, &text));
	assert_str(text, S("first"));
	arena_close(a);
}

static void the_data_folder_follows_the_desktop(void **state)
{
	(void)state;
	char out[FILE_PATH];
	setenv("HOME", "/home/aigul", 1);
	setenv("XDG_DATA_HOME", "/data", 1);
	assert_ok(file_data_folder(out));
	assert_string_equal(out, "/data/kenes");
	setenv("XDG_DATA_HOME", "relative", 1);
	assert_ok(file_data_folder(out));
	assert_string_equal(out, "/home/aigul/.local/share/kenes");
	unsetenv("HOME");
	assert_err(ERR_NOT_FOUND, file_data_folder(out));
}

static void there_is_room_on_the_disk(void **state)
{
	(void)state;
	uint64_t room = 0;
	assert_ok(file_room("/tmp", &room));
	assert_true(room > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_joined_with_one_slash),
		cmocka_unit_test(a_path_that_does_not_fit_is_refused),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(an_empty_file_is_empty_text),
		cmocka_unit_test(what_is_missing_says_so),
		cmocka_unit_test(a_folder_cannot_be_made_below_a_file),
		cmocka_unit_test(going_through_a_folder_stops_at_the_first_error),
		cmocka_unit_test(a_full_disk_is_told_from_a_broken_one),
		cmocka_unit_test(a_new_file_is_never_written_over_another),
		cmocka_unit_test(the_data_folder_follows_the_desktop),
		cmocka_unit_test(there_is_room_on_the_disk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
