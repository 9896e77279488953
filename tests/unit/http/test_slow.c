/* SPDX-License-Identifier: Apache-2.0 */
/* Clients that hold connections and say nothing, or little, do not keep others waiting. */
#include "base/time.h"
#include "talk.h"

enum { THREADS = 16, HOLDERS = 24, SOON_MS = 5000 }; /* sanitizers are slow too */

static int start(void **state)
{
	(void)state;
	talk_start(THREADS);
	return 0;
}

/* Takes more connections than there are threads, says `text` on each, and asks. */
static void hold_and_ask(const char *text)
{
	int fd[HOLDERS];
	for (int i = 0; i < HOLDERS; i++) {
		fd[i] = talk_connect(MAIN);
		talk_send(fd[i], text, strlen(text));
	}
	int64_t begin = time_mono_ms();
	assert_int_equal(talk_ask(MAIN, "GET /page.html", "", NULL).status, 200);
	assert_true(time_mono_ms() - begin < SOON_MS);
	for (int i = 0; i < HOLDERS; i++) close(fd[i]);
}

static void silent_ones(void **state)
{
	(void)state;
	hold_and_ask("");
	assert_true(server_numbers(server).cut_slow > 0);
}

static void half_a_head(void **state)
{
	(void)state;
	hold_and_ask("GET /page.html HTTP/1.1\r\nHos");
}

static void half_a_body(void **state)
{
	(void)state;
	hold_and_ask("POST /api/count HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
	             "application/json\r\nContent-Length: 1000\r\n\r\n{");
}

static void kept_alive_ones_make_room_at_once(void **state)
{
	int fd[HOLDERS];
	const char ask[] = "GET /page.html HTTP/1.1\r\nHost: localhost\r\n\r\n";
	(void)state;
	for (int i = 0; i < HOLDERS; i++) {
		fd[i] = talk_connect(MAIN);
		talk_send(fd[i], ask, sizeof ask - 1);
		assert_int_equal(talk_read(fd[i], false).status, 200);
	}
	for (int i = 0; i < HOLDERS; i++) close(fd[i]);
}

static void who_is_cut_with_half_a_head_is_told(void **state)
{
	int fd[HOLDERS];
	int told = 0;
	(void)state;
	for (int i = 0; i < HOLDERS; i++) {
		fd[i] = talk_connect(MAIN);
		talk_send(fd[i], "GET /pa", 7);
	}
	/* Those that found no thread are closed by their turn; each turn is 250 ms. */
	for (int i = 0; i < 4; i++) {
		struct answer a = talk_read(fd[i], false);
		if (a.status == 408) told++;
	}
	assert_int_equal(told, 4);
	for (int i = 0; i < HOLDERS; i++) close(fd[i]);
}

/* Asks for much and reads none of it: the sockets' buffers fill up. */
static void replies_that_nobody_takes_end(void **state)
{
	int fd[4];
	const char ask[] = "GET /api/large HTTP/1.1\r\nHost: localhost\r\n\r\n";
	(void)state;
	for (size_t i = 0; i < countof(fd); i++) {
		int small = 4096;
		fd[i] = talk_connect(MAIN);
		setsockopt(fd[i], SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
		for (int j = 0; j < 30; j++) talk_send(fd[i], ask, sizeof ask - 1);
	}
	assert_int_equal(talk_ask(MAIN, "GET /page.html", "", NULL).status, 200);
	for (size_t i = 0; i < countof(fd); i++) close(fd[i]);
}

static void stopping_does_not_wait_for_them(void **state)
{
	struct server *outer = server;
	int fd[3];
	(void)state;
	talk_start(4);
	fd[0] = talk_connect(MAIN);
	fd[1] = talk_connect(MAIN);
	fd[2] = talk_connect(CONTENT);
	talk_send(fd[1], "GET /", 5);
	talk_send(fd[2], "GET /page.html HTTP/1.1\r\nHost: localhost\r\n\r\n", 44);
	assert_int_equal(talk_read(fd[2], false).status, 200);
	int64_t begin = time_mono_ms();
	server_stop(server);
	assert_true(time_mono_ms() - begin < 1500);
	for (size_t i = 0; i < countof(fd); i++) close(fd[i]);
	server = outer;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(silent_ones),
		cmocka_unit_test(half_a_head),
		cmocka_unit_test(half_a_body),
		cmocka_unit_test(kept_alive_ones_make_room_at_once),
		cmocka_unit_test(who_is_cut_with_half_a_head_is_told),
		cmocka_unit_test(replies_that_nobody_takes_end),
		cmocka_unit_test(stopping_does_not_wait_for_them),
	};
	return cmocka_run_group_tests(tests, start, talk_stop);
}
