/* SPDX-License-Identifier: Apache-2.0 */
/* What we write, we read; and twice the same gives the same bytes. */
#include "support/test.h"

#include "archive/archive.h"

static void write_sample(const char *path)
{
	struct archive_writer *w;
	assert_ok(archive_write_open(path, &w));
	assert_ok(
		archive_write_add(w, S("z.txt"), S("last letter first"), ARCHIVE_DEFLATED));
	assert_ok(archive_write_add(w, S("Қала/а.txt"), S("stored"), ARCHIVE_STORED));
	assert_ok(archive_write_add(w, S("empty"), S(""), ARCHIVE_DEFLATED));
	assert_ok(archive_write_close(w));
}

static void what_is_written_is_read_in_the_same_order(void **state)
{
	(void)state;
	char folder[FILE_PATH], path[FILE_PATH];
	test_folder(folder);
	assert_ok(file_path(path, folder, "a.zip"));
	write_sample(path);
	struct archive *a;
	assert_ok(archive_open(path, NULL, &a));
	assert_ok(archive_verify(a));
	assert_int_equal(archive_count(a), 3);
	assert_str(archive_at(a, 0)->name, S("z.txt"));
	assert_str(archive_at(a, 1)->name, S("Қала/а.txt"));
	assert_false(archive_is_guessed(a));
	assert_int_equal(archive_at(a, 0)->method, ARCHIVE_DEFLATED);
	assert_int_equal(archive_at(a, 1)->method, ARCHIVE_STORED);
	struct arena *arena = arena_open(1 << 16);
	str content;
	assert_ok(archive_read(archive_at(a, 0), 100, arena, &content));
	assert_str(content, S("last letter first"));
	arena_close(arena);
	archive_close(a);
}

static void the_same_input_gives_the_same_bytes(void **state)
{
	(void)state;
	char folder[FILE_PATH], one[FILE_PATH], two[FILE_PATH];
	test_folder(folder);
	assert_ok(file_path(one, folder, "one.zip"));
	assert_ok(file_path(two, folder, "two.zip"));
	write_sample(one);
	write_sample(two);
	struct arena *arena = arena_open(1 << 20);
	str a, b;
	assert_ok(file_read(one, 1 << 16, arena, &a));
	assert_ok(file_read(two, 1 << 16, arena, &b));
	assert_true(str_is(a, b));
	arena_close(arena);
}

static void a_name_twice_and_a_zip_of_nothing_are_errors(void **state)
{
	(void)state;
	char folder[FILE_PATH], path[FILE_PATH];
	test_folder(folder);
	assert_ok(file_path(path, folder, "a.zip"));
	struct archive_writer *w;
	assert_ok(archive_write_open(path, &w));
	assert_err(ERR_INVALID, archive_write_close(w));
	assert_ok(archive_write_open(path, &w));
	assert_ok(archive_write_add(w, S("a"), S("1"), ARCHIVE_STORED));
	assert_err(ERR_CONFLICT, archive_write_add(w, S("a"), S("2"), ARCHIVE_STORED));
	archive_write_abandon(w);
	assert_false(file_exists(path));
	archive_write_abandon(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_in_the_same_order),
		cmocka_unit_test(the_same_input_gives_the_same_bytes),
		cmocka_unit_test(a_name_twice_and_a_zip_of_nothing_are_errors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
