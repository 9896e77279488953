/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/log.h"
#include "base/time.h"

#include <pthread.h>
#include <unistd.h>

static char folder[FILE_PATH], path[FILE_PATH];
static struct arena *arena;
static int stderr_before;

/* From here to logged(), stderr is a file. */
static int catch_stderr(void **state)
{
	(void)state;
	arena = arena_open(1 << 20);
	test_folder(folder);
	assert_ok(file_path(path, folder, "log"));
	fflush(stderr);
	stderr_before = dup(STDERR_FILENO);
	assert_non_null(freopen(path, "w", stderr));
	time_stop_at(1795445278000);
	log_level_set(LOG_INFO);
	return 0;
}

static str logged(void)
{
	str text = STR_NONE;
	dup2(stderr_before, STDERR_FILENO);
	assert_ok(file_read(path, 1 << 19, arena, &text));
	return text;
}

static int restore_stderr(void **state)
{
	(void)state;
	time_stop_at(0);
	log_request(0);
	dup2(stderr_before, STDERR_FILENO);
	close(stderr_before);
	arena_close(arena);
	return 0;
}

static void an_event_is_a_line(void **state)
{
	(void)state;
	log_info("site.opened", "port=%d", 8080);
	log_request(17);
	log_error("disk.full", "free=%d", 0);
	log_warn("quiet", "%s", "");
	assert_str(logged(),
	           S("2026-11-23T14:47:58.000Z info site.opened port=8080\n"
	             "2026-11-23T14:47:58.000Z error disk.full request=17 free=0\n"
	             "2026-11-23T14:47:58.000Z warn quiet request=17\n"));
}

static void levels_below_the_least_are_not_written(void **state)
{
	(void)state;
	log_debug("no", "a=%d", 1);
	log_level_set(LOG_ERROR);
	log_warn("no", "a=%d", 1);
	log_level_set(LOG_DEBUG);
	log_debug("yes", "a=%d", 1);
	assert_str(logged(), S("2026-11-23T14:47:58.000Z debug yes a=1\n"));
}

static void a_value_cannot_forge_a_line(void **state)
{
	(void)state;
	log_info("e", "v=%s", "a\r\n2026 error\t\x1b[31m\x7f\xC2\x85Қ");
	assert_str(logged(), S("2026-11-23T14:47:58.000Z info e "
	                       "v=a\\r\\n2026 error\\t\\x1b[31m\\x7f\\x85Қ\n"));
}

static void a_long_line_is_cut_but_ends(void **state)
{
	(void)state;
	static char text[5000];
	memset(text, '\n', sizeof text - 1);
	log_info("e", "%s", text);
	str line = logged();
	assert_true(line.n > 1000 && line.n <= 2048);
	assert_int_equal(line.p[line.n - 1], '\n');
	assert_int_equal(str_index(line, '\n'), line.n - 1);
}

static void a_failure_is_logged_with_its_place(void **state)
{
	(void)state;
	int line = __LINE__ + 1;
	enum err e = FAIL(ERR_IO, "disk gone");
	assert_int_equal(e, ERR_IO);
	log_failure(LOG_WARN, "backup.failed");
	str wanted = arena_printf(arena, "%s:%d disk gone\n", __FILE__, line);
	assert_true(str_ends(logged(), wanted));
}

enum { LINES = 500 };

static void *write_lines(void *letter)
{
	char text[200];
	memset(text, *(char *)letter, sizeof text);
	for (int i = 0; i < LINES; i++) log_info("thread", "%.*s", (int)sizeof text, text);
	return NULL;
}

static void lines_of_threads_do_not_mix(void **state)
{
	(void)state;
	char letters[] = "abcd";
	pthread_t threads[4];
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, write_lines, &letters[i]);
	for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
	str text = logged(), line;
	int n = 0;
	for (; str_cut(&text, '\n', &line); n++) {
		assert_int_equal(line.n, 25 + sizeof "info thread" + 200);
		for (size_t i = line.n - 200; i < line.n; i++)
			assert_int_equal(line.p[i], line.p[line.n - 1]);
	}
	assert_int_equal(n, 4 * LINES);
}

static void levels_have_words(void **state)
{
	(void)state;
	enum log_level level = LOG_INFO;
	assert_true(log_level_read(S("debug"), &level));
	assert_int_equal(level, LOG_DEBUG);
	assert_false(log_level_read(S("Debug"), &level));
	assert_false(log_level_read(STR_NONE, &level));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, catch_stderr, restore_stderr)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_event_is_a_line),
		TEST(levels_below_the_least_are_not_written),
		TEST(a_value_cannot_forge_a_line),
		TEST(a_long_line_is_cut_but_ends),
		TEST(a_failure_is_logged_with_its_place),
		TEST(lines_of_threads_do_not_mix),
		cmocka_unit_test(levels_have_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
