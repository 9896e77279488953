/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "config/config.h"

static struct arena *arena;
static char folder[FILE_PATH], path[FILE_PATH];
static struct config config;

static int begin(void **state)
{
	(void)state;
	arena = arena_open(1 << 20);
	unsetenv("KENES_PORT");
	unsetenv("KENES_CONTENT_PORT");
	test_folder(folder);
	return file_path(path, folder, "kenes.conf");
}

static int end(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static void write_file(const char *text)
{
	assert_ok(file_write(path, str_of(text), 0600));
}

#define ARGUMENTS(...) ((char *[]){ __VA_ARGS__, NULL })
#define A(text) ((char[]){ text })

static void without_anything_the_defaults_hold(void **state)
{
	(void)state;
	assert_ok(config_read(arena, NULL, NULL, &config));
	assert_int_equal(config.port, 8080);
	assert_int_equal(config.content_port, 8081);
	assert_string_equal(config.listen, "0.0.0.0");
	assert_string_equal(config.data, "");
	assert_string_equal(config.from[SETTING_OF_port], "default");
	assert_ok(config_read(arena, path, NULL, &config)); /* the file is not there */
}

static void a_later_source_overrules_an_earlier_one(void **state)
{
	(void)state;
	write_file("\xEF\xBB\xBF# ports\r\n\r\n port=1\r\n  content_port = 2 \r\nworkers = "
	           "16\r\n"
	           "names = a, b=c # no comment");
	setenv("KENES_CONTENT_PORT", "3", 1);
	setenv("KENES_PORT", "4", 1);
	assert_ok(config_read(arena, path,
	                      ARGUMENTS(A("--port"), A("5"), A("--web-dir=x=y")), &config));
	assert_int_equal(config.port, 5);
	assert_int_equal(config.content_port, 3);
	assert_int_equal(config.workers, 16);
	assert_string_equal(config.web_dir, "x=y");
	assert_string_equal(config.names, "a, b=c # no comment");

	assert_string_equal(config.from[SETTING_OF_port], "--port");
	assert_string_equal(config.from[SETTING_OF_content_port], "KENES_CONTENT_PORT");
	assert_string_equal(config.from[SETTING_OF_workers],
	                    arena_printf(arena, "%s:5", path).p);
	assert_string_equal(config.from[SETTING_OF_listen], "default");
}

static void an_empty_variable_is_no_setting(void **state)
{
	(void)state;
	setenv("KENES_PORT", "", 1);
	assert_ok(config_read(arena, NULL, NULL, &config));
	assert_int_equal(config.port, 8080);
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *file, *variable, *argument[3], *sentence;
	} rows[] = {
		{ .file = "port = 1\n\nprot = 2\n",
		  .sentence = ":3: no setting is called prot" },
		{ .file = "# a\nport 1", .sentence = ":2: not `name = value`" },
		{ .file = "port = x",
		  .sentence = ":1: port: not a number from 0 to 65535" },
		{ .file = "port = 65536",
		  .sentence = ":1: port: not a number from 0 to 65535" },
		{ .file = "port =", .sentence = ":1: port: not a number from 0 to 65535" },
		{ .file = "port=1\nport=1", .sentence = ":2: port: named a second time" },
		{ .file = "listen =", .sentence = ":1: listen: not 1 to 100 letters long" },
		{ .file = "data = \xFF", .sentence = ":1: data: not UTF-8 text" },
		{ .file = "log = loud",
		  .sentence = ":1: log: not error, warn, info or debug" },
		{ .file = "Port = 1", .sentence = ":1: no setting is called Port" },
		{ .file = "= 1", .sentence = ":1: no setting is called " },
		{ .variable = "-1",
		  .sentence = "KENES_PORT: port: not a number from 0 to 65535" },
		{ .argument = { "--prot", "1" }, .sentence = "--prot: no such option" },
		{ .argument = { "--port" }, .sentence = "--port: without a value" },
		{ .argument = { "--port=1x" },
		  .sentence = "--port: port: not a number from 0 to 65535" },
		{ .argument = { "port" }, .sentence = "port: not an option" },
		{ .argument = { "--" }, .sentence = "--: no such option" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		write_file(rows[i].file ? rows[i].file : "");
		setenv("KENES_PORT", rows[i].variable ? rows[i].variable : "", 1);
		char *arguments[3];
		memcpy(arguments, rows[i].argument, sizeof arguments);
		struct config out = { .port = 77 };
		enum err e = config_read(arena, path, arguments, &out);
		assert_row(e == ERR_INVALID, rows[i].sentence);
		if (!str_ends(str_of(err_last()->sentence), str_of(rows[i].sentence)))
			assert_string_equal(err_last()->sentence, rows[i].sentence);
		assert_int_equal(out.port, 77);
	}
}

static void the_configuration_is_shown_with_its_sources(void **state)
{
	(void)state;
	assert_ok(config_read(arena, NULL,
	                      ARGUMENTS(A("--content-port=9"), A("--data"), A("/x")),
	                      &config));
	struct buf out;
	buf_init(&out, 1 << 16);
	config_show(&config, &out);
	str text = buf_as_str(&out), line;
	assert_true(str_cut(&text, '\n', &line));
	assert_str(line, S("data = /x  # --data"));
	assert_true(str_cut(&text, '\n', &line));
	assert_true(str_cut(&text, '\n', &line));
	assert_str(line, S("port = 8080  # default"));
	assert_true(str_cut(&text, '\n', &line));
	assert_str(line, S("content_port = 9  # --content-port"));
	buf_free(&out);
}

static void the_sample_says_the_defaults(void **state)
{
	(void)state;
	struct buf sample, all;
	buf_init(&sample, 1 << 16);
	buf_init(&all, 1 << 16);
	config_sample(&sample);
	/* As it is, it changes nothing; with every setting in force, neither. */
	assert_ok(file_write(path, buf_as_str(&sample), 0600));
	assert_ok(config_read(arena, path, NULL, &config));
	str text = buf_as_str(&sample), line;
	int settings = 0;
	while (str_cut(&text, '\n', &line)) {
		bool setting = line.n > 1 && line.p[0] == '#' && line.p[1] != ' ';
		buf_str(&all, setting ? str_part(line, 1, line.n) : line);
		buf_char(&all, '\n');
		settings += setting;
	}
	assert_int_equal(settings, SETTINGS_N);
	assert_ok(file_write(path, buf_as_str(&all), 0600));
	struct config again;
	assert_ok(config_read(arena, path, NULL, &again));
	assert_int_equal(again.port, config.port);
	assert_string_equal(again.listen, config.listen);
	buf_free(&sample);
	buf_free(&all);
}

static void the_page_has_a_row_for_each_setting(void **state)
{
	(void)state;
	struct buf page;
	buf_init(&page, 1 << 16);
	config_doc(&page);
	str text = buf_as_str(&page), line;
	int rows = 0;
	while (str_cut(&text, '\n', &line)) rows += str_starts(line, S("| `"));
	assert_int_equal(rows, SETTINGS_N);
	buf_free(&page);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(without_anything_the_defaults_hold),
		TEST(a_later_source_overrules_an_earlier_one),
		TEST(an_empty_variable_is_no_setting),
		TEST(what_is_wrong_is_said_with_its_place),
		TEST(the_configuration_is_shown_with_its_sources),
		TEST(the_sample_says_the_defaults),
		TEST(the_page_has_a_row_for_each_setting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
