/* SPDX-License-Identifier: Apache-2.0 */
/* The whole site inside one process: started, asked, stopped, started again. */
/* needs: app */
#include "support/test.h"

#include "app/app.h"
#include "app/ports.h"
#include "base/log.h"
#include "runtime/runtime.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

static struct config settings(const char *folder)
{
	return (struct config){ .data = folder,
		                .listen = "127.0.0.1",
		                .port = 0,
		                .content_port = 0,
		                .workers = 16,
		                .upload_mb = 10,
		                .names = "",
		                .log = "error",
		                .web_dir = "" };
}

/* The status of GET `path`; 0 when there is no answer. */
static int get(int port, const char *path)
{
	char text[4096];
	struct sockaddr_in in = { .sin_family = AF_INET,
		                  .sin_port = htons((uint16_t)port) };
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	struct sockaddr at;
	memcpy(&at, &in, sizeof at);
	int s = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(connect(s, &at, sizeof in), 0);
	int n = snprintf(text, sizeof text,
	                 "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
	                 path);
	assert_int_equal(write(s, text, (size_t)n), n);
	int status = 0;
	ssize_t got = read(s, text, sizeof text - 1);
	if (got > 0) {
		text[got] = 0;
		sscanf(text, "HTTP/1.1 %d", &status);
	}
	while (read(s, text, sizeof text) > 0) continue;
	close(s);
	return status;
}

static void a_site_starts_answers_and_stops(void **state)
{
	(void)state;
	char folder[FILE_PATH];
	test_folder(folder);
	struct config config = settings(folder);
	for (int i = 0; i < 3; i++) {
		struct app *app;
		assert_ok(app_start(&config, &app));
		int port = app_port(app, MAIN), content = app_port(app, CONTENT);
		assert_true(port > 0 && content > 0 && port != content);
		assert_int_equal(get(port, "/healthz"), 200);
		assert_int_equal(get(port, "/j/123456"), 200);
		assert_int_equal(get(port, "/api/my/courses"), 401);
		assert_int_equal(get(content, "/healthz"), 404);
		app_stop(app);
		assert_true(port_is_free("127.0.0.1", port));
	}
}

static void the_starter_courses_are_there_after_the_start(void **state)
{
	(void)state;
	char folder[FILE_PATH];
	test_folder(folder);
	struct config config = settings(folder);
	struct arena *a = arena_open(1 << 20);
	struct json_list first, second;
	for (int i = 0; i < 2; i++) {
		struct app *app;
		struct db *db;
		assert_ok(app_start(&config, &app));
		app_settle(app);
		assert_ok(store_reader(app_site(app)->store, &db));
		assert_ok(course_all(db, a, i ? &second : &first));
		store_reader_done(app_site(app)->store, db);
		app_stop(app);
	}
	assert_true(first.n >= 1);
	assert_int_equal(first.n, second.n);
	const struct course *one = first.items, *two = second.items;
	assert_str(two->id, one->id);
	assert_int_equal(two->revision, one->revision);
	arena_close(a);
}

static void a_folder_has_one_server(void **state)
{
	(void)state;
	char folder[FILE_PATH];
	test_folder(folder);
	struct config config = settings(folder);
	struct app *app, *other;
	assert_ok(app_start(&config, &app));
	assert_err(ERR_CONFLICT, app_start(&config, &other));
	assert_string_equal(err_last()->reason, "serving-already");
	app_stop(app);
}

static void a_taken_port_is_told_and_nothing_stays_behind(void **state)
{
	(void)state;
	char folder[FILE_PATH], elsewhere[FILE_PATH];
	test_folder(folder);
	test_folder(elsewhere);
	struct config config = settings(folder), second = settings(elsewhere);
	struct app *app, *other;
	assert_ok(app_start(&config, &app));
	second.port = app_port(app, MAIN);
	assert_false(port_is_free("127.0.0.1", (int)second.port));
	assert_err(ERR_CONFLICT, app_start(&second, &other));
	assert_string_equal(err_last()->reason, "port-taken");
	second.port = 0;
	assert_ok(app_start(&second, &other));
	app_stop(other);
	app_stop(app);
}

int main(void)
{
	log_level_set(LOG_ERROR);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_site_starts_answers_and_stops),
		cmocka_unit_test(the_starter_courses_are_there_after_the_start),
		cmocka_unit_test(a_folder_has_one_server),
		cmocka_unit_test(a_taken_port_is_told_and_nothing_stays_behind),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
