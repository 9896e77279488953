/* SPDX-License-Identifier: Apache-2.0 */
/* The server as clients see it: files, ranges, codings, and what is refused. */
#include "talk.h"

#define JSON "Content-Type: application/json\r\n"

static int start(void **state)
{
	(void)state;
	talk_start(16);
	return 0;
}

/* ---- files ---- */

static void a_deflated_file_goes_out_as_gzip_as_it_lies(void **state)
{
	(void)state;
	struct answer a =
		talk_ask(MAIN, "GET /page.html", "Accept-Encoding: gzip\r\n", NULL);
	assert_int_equal(a.status, 200);
	assert_true(has_line(&a, "Content-Encoding: gzip"));
	assert_true(has_line(&a, "Vary: Accept-Encoding"));
	assert_true(has_line(&a, "ETag: \"page-gz\""));
	assert_true(has_line(&a, "Cache-Control: public, immutable"));
	assert_true(has_line(&a, "Content-Security-Policy: default-src 'self'"));
	assert_true(has_line(&a, "X-Content-Type-Options: nosniff"));
	size_t raw = sizeof deflated - 1;
	assert_int_equal(a.n, raw + 18);
	assert_memory_equal(a.body, "\x1f\x8b\x08", 3);
	assert_memory_equal(a.body + 10, deflated, raw);
	uint32_t crc = PLAIN_CRC, size = sizeof PLAIN - 1;
	assert_memory_equal(a.body + 10 + raw, &crc, 4);
	assert_memory_equal(a.body + 14 + raw, &size, 4);
}

static void who_cannot_gunzip_gets_plain_bytes(void **state)
{
	static const char *const headers[] = { "", "Accept-Encoding: gzip;q=0\r\n",
		                               "Accept-Encoding: br\r\n" };
	(void)state;
	for (size_t i = 0; i < countof(headers); i++) {
		struct answer a = talk_ask(MAIN, "GET /page.html", headers[i], NULL);
		assert_int_equal(a.status, 200);
		assert_false(has_header(&a, "Content-Encoding"));
		assert_true(has_line(&a, "ETag: \"page\""));
		assert_string_equal(a.body, PLAIN);
	}
}

static void head_tells_the_length_and_sends_nothing(void **state)
{
	(void)state;
	struct answer a = talk_ask(MAIN, "HEAD /page.html", "", NULL);
	assert_int_equal(a.status, 200);
	assert_true(has_line(&a, "Content-Length: 38"));
	a = talk_ask(MAIN, "HEAD /page.html", "Accept-Encoding: gzip\r\n", NULL);
	assert_true(has_line(&a, "Content-Length: 61"));
	a = talk_ask(MAIN, "HEAD /api/state", "", NULL);
	assert_true(has_line(&a, "Content-Length: 11"));
	/* The next answer follows at once: no body came between. */
	int fd = talk_connect(MAIN);
	const char two[] = "HEAD /page.html HTTP/1.1\r\nHost: localhost\r\n\r\n"
			   "GET /page.html HTTP/1.1\r\nHost: localhost\r\n\r\n";
	talk_send(fd, two, sizeof two - 1);
	assert_int_equal(talk_read(fd, true).status, 200);
	assert_string_equal(talk_read(fd, false).body, PLAIN);
	close(fd);
}

static void who_has_the_file_gets_304(void **state)
{
	(void)state;
	struct answer a =
		talk_ask(MAIN, "GET /page.html",
	                 "Accept-Encoding: gzip\r\nIf-None-Match: \"page-gz\"\r\n", NULL);
	assert_int_equal(a.status, 304);
	assert_true(has_line(&a, "ETag: \"page-gz\""));
	assert_true(has_line(&a, "Vary: Accept-Encoding"));
	assert_false(has_header(&a, "Content-Length"));
	a = talk_ask(MAIN, "GET /page.html", "If-None-Match: \"x\", W/\"page\"\r\n", NULL);
	assert_int_equal(a.status, 304);
	a = talk_ask(MAIN, "GET /page.html", "If-None-Match: \"x\"\r\n", NULL);
	assert_int_equal(a.status, 200);
	/* Dates are not looked at: there are none. */
	a = talk_ask(MAIN, "GET /page.html",
	             "If-Modified-Since: Mon, 23 Nov 2099 14:47:58 GMT\r\n", NULL);
	assert_int_equal(a.status, 200);
}

#define FILM_PATH "/c/token/%D1%84%D0%B8%D0%BB%D1%8C%D0%BC%201.mp4"

static void ranges_of_a_stored_file(void **state)
{
	(void)state;
	struct answer a = talk_ask(CONTENT, "GET " FILM_PATH, "Range: bytes=0-1\r\n", NULL);
	assert_int_equal(a.status, 206);
	assert_true(has_line(&a, "Content-Range: bytes 0-1/300000"));
	assert_int_equal(a.n, 2);
	a = talk_ask(CONTENT, "GET " FILM_PATH, "Range: bytes=100000-299999\r\n", NULL);
	assert_int_equal(a.n, 200000);
	assert_memory_equal(a.body, film + 100000, 200000);
	a = talk_ask(CONTENT, "GET " FILM_PATH, "Range: bytes=300000-\r\n", NULL);
	assert_int_equal(a.status, 416);
	assert_true(has_line(&a, "Content-Range: bytes */300000"));
	assert_int_equal(a.n, 0);
	a = talk_ask(CONTENT, "GET " FILM_PATH, "Range: bytes=0-1,5-6\r\n", NULL);
	assert_int_equal(a.status, 200);
	assert_int_equal(a.n, FILM);
	assert_memory_equal(a.body, film, FILM);
	a = talk_ask(CONTENT, "GET " FILM_PATH, "Range: bytes=5-\r\nIf-Range: \"film\"\r\n",
	             NULL);
	assert_int_equal(a.status, 206);
	a = talk_ask(CONTENT, "GET " FILM_PATH, "Range: bytes=5-\r\nIf-Range: \"old\"\r\n",
	             NULL);
	assert_int_equal(a.status, 200);
	a = talk_ask(CONTENT, "HEAD " FILM_PATH, "Range: bytes=0-1\r\n", NULL);
	assert_int_equal(a.status, 200);
	a = talk_ask(MAIN, "GET " FILM_PATH, "", NULL);
	assert_int_equal(a.status, 404); /* the other origin */
}

static void a_range_of_a_deflated_file_is_of_its_plain_bytes(void **state)
{
	(void)state;
	struct answer a = talk_ask(MAIN, "GET /page.html",
	                           "Accept-Encoding: gzip\r\nRange: bytes=7-16\r\n", NULL);
	assert_int_equal(a.status, 206);
	assert_string_equal(a.body, "hall. Hell");
	assert_false(has_header(&a, "Content-Encoding"));
	a = talk_ask(MAIN, "GET /page.html",
	             "Range: bytes=7-16\r\nIf-Range: \"page-gz\"\r\n", NULL);
	assert_int_equal(a.status, 200); /* half of a gzip is not half of the page */
	assert_string_equal(a.body, PLAIN);
}

static void a_reply_larger_than_every_buffer_arrives_whole(void **state)
{
	(void)state;
	struct answer a = talk_ask(MAIN, "GET /api/large", "", NULL);
	assert_int_equal(a.n, 500000);
	for (size_t i = 0; i < a.n; i++) assert_int_equal(a.body[i], '0' + (char)(i % 10));
}

/* ---- connections ---- */

static void requests_may_come_all_at_once(void **state)
{
	const char many[] = "GET /api/say/a HTTP/1.1\r\nHost: localhost\r\n\r\n"
			    "POST /api/count HTTP/1.1\r\nHost: localhost\r\n" JSON
			    "Content-Length: 7\r\n\r\n{\"n\":4}"
			    "GET /api/say/c HTTP/1.1\r\nHost: localhost\r\n\r\n";
	(void)state;
	int fd = talk_connect(MAIN);
	talk_send(fd, many, sizeof many - 1);
	assert_string_equal(talk_read(fd, false).body, "[a][][localhost]");
	assert_string_equal(talk_read(fd, false).body, "{\"n\":5}");
	assert_string_equal(talk_read(fd, false).body, "[c][][localhost]");
	close(fd);
}

static void the_connection_ends_when_the_client_says_so(void **state)
{
	static const struct {
		const char *text;
		const char *line;
		bool ends;
	} rows[] = {
		{ "GET /page.html HTTP/1.1\r\nHost: h.lan\r\nConnection: close\r\n\r\n",
		  "Connection: close", true },
		{ "GET /page.html HTTP/1.0\r\nHost: localhost\r\n\r\n", "Connection: close",
		  true },
		{ "GET /page.html HTTP/1.0\r\nHost: localhost\r\nConnection: "
		  "Keep-Alive\r\n\r\n",
		  "Connection: keep-alive", false },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		int fd = talk_connect(MAIN);
		talk_send(fd, rows[i].text, strlen(rows[i].text));
		struct answer a = talk_read(fd, false);
		assert_row(has_line(&a, rows[i].line), rows[i].text);
		if (rows[i].ends) assert_row(talk_ended(fd), rows[i].text);
		close(fd);
	}
}

static void a_body_that_nobody_reads_does_no_harm(void **state)
{
	char text[5000];
	(void)state;
	int fd = talk_connect(MAIN);
	int n = snprintf(text, sizeof text,
	                 "POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
	                 "3000\r\n\r\n%3000s"
	                 "GET /api/say/after HTTP/1.1\r\nHost: localhost\r\n\r\n",
	                 "GET /api/say/within HTTP/1.1");
	talk_send(fd, text, (size_t)n);
	assert_int_equal(talk_read(fd, false).status, 404);
	assert_string_equal(talk_read(fd, false).body, "[after][][localhost]");
	close(fd);
	/* A large one ends the connection, but not before the answer has been read. */
	fd = talk_connect(MAIN);
	n = snprintf(text, sizeof text,
	             "PUT /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
	             "300000\r\n\r\n");
	talk_send(fd, text, (size_t)n);
	talk_send(fd, film, FILM);
	struct answer a = talk_read(fd, false);
	assert_int_equal(a.status, 404);
	assert_true(has_line(&a, "Connection: close"));
	assert_true(talk_ended(fd));
	close(fd);
}

/* ---- what is refused before anybody looks ---- */

static void a_head_that_could_be_read_in_two_ways_is_refused(void **state)
{
	static const struct {
		const char *headers;
		int status;
	} rows[] = {
		{ "Content-Length: 7\r\nTransfer-Encoding: chunked\r\n", 400 },
		{ "Transfer-Encoding: chunked\r\nContent-Length: 7\r\n", 400 },
		{ "Content-Length: 7\r\nContent-Length: 8\r\n", 400 },
		{ "Content-Length: 7x\r\n", 400 },
		{ "Transfer-Encoding: chunked\r\n", 411 },
		{ "Host: a.b\r\nHost: localhost\r\n", 400 },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		char text[1000];
		int fd = talk_connect(MAIN);
		int n = snprintf(
			text, sizeof text,
			"POST /api/count HTTP/1.1\r\n%s" JSON "%s\r\n{\"n\":4}"
			"GET /api/say/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n",
			strstr(rows[i].headers, "Host") ? "" : "Host: localhost\r\n",
			rows[i].headers);
		talk_send(fd, text, (size_t)n);
		assert_row(talk_read(fd, false).status == rows[i].status, rows[i].headers);
		assert_row(talk_ended(fd), rows[i].headers);
		close(fd);
	}
}

static void what_is_no_http_is_answered_and_ended(void **state)
{
	static const char *const rows[] = {
		"hello\r\n\r\n",
		"GET /page.html HTTP/3.0\r\nHost: localhost\r\n\r\n",
		"GET  HTTP/1.1\r\n\r\n",
		"BREW /pot HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"GET /\x01 HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"GET page.html HTTP/1.1\r\nHost: localhost\r\n\r\n",
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		int fd = talk_connect(MAIN);
		talk_send(fd, rows[i], strlen(rows[i]));
		struct answer a = talk_read(fd, false);
		assert_row(a.status == 400 || a.status == 505, rows[i]);
		assert_row(talk_ended(fd), rows[i]);
		close(fd);
	}
}

static void a_foreign_name_is_sent_to_the_poster(void **state)
{
	(void)state;
	struct answer a = talk_ask(MAIN, "GET /page.html", "Host: evil.example\r\n", NULL);
	assert_int_equal(a.status, 421);
	assert_non_null(strstr(a.body, "poster"));
	a = talk_ask(MAIN, "GET /page.html", "Host: kenes.lan:8080\r\n", NULL);
	assert_int_equal(a.status, 200);
	a = talk_ask(MAIN, "GET http://evil.example/page.html", "Host: evil.example\r\n",
	             NULL);
	assert_int_not_equal(a.status, 200);
}

static void only_our_own_page_may_change_something(void **state)
{
	char own[200], others[200];
	(void)state;
	int port = server_port(server, MAIN), other = server_port(server, CONTENT);
	snprintf(own, sizeof own,
	         JSON "Host: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n", port, port);
	snprintf(others, sizeof others,
	         JSON "Host: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n", port, other);
	const struct {
		const char *headers;
		int status;
		const char *why;
	} rows[] = {
		{ JSON, 200, "no browser at all" },
		{ own, 200, "our page" },
		{ others, 403, "a course on the other port" },
		{ JSON "Origin: null\r\n", 403, "a sandboxed frame" },
		{ JSON "Origin: http://evil.example\r\n", 403, "the internet" },
		{ JSON "Sec-Fetch-Site: same-origin\r\n", 200,
		  "our page says the browser" },
		{ JSON "Sec-Fetch-Site: none\r\n", 200, "typed by hand" },
		{ JSON "Sec-Fetch-Site: same-site\r\n", 403, "the other port" },
		{ JSON "Sec-Fetch-Site: cross-site\r\n", 403, "another site" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct answer a =
			talk_ask(MAIN, "POST /api/count", rows[i].headers, "{\"n\":1}");
		assert_row(a.status == rows[i].status, rows[i].why);
		assert_row(!has_header(&a, "Access-Control-Allow-Origin"), rows[i].why);
	}
}

static void a_service_worker_may_not_stand_before_the_courses(void **state)
{
	(void)state;
	struct answer a =
		talk_ask(CONTENT, "GET " FILM_PATH, "Service-Worker: script\r\n", NULL);
	assert_int_equal(a.status, 403);
}

/* ---- routes ---- */

static void addresses_methods_and_people_are_told_apart(void **state)
{
	static const struct {
		enum http_origin origin;
		const char *line, *headers;
		int status;
		const char *body;
	} rows[] = {
		{ MAIN, "GET /api/nothing", "", 404,
		  "{\"error\":\"not-found\",\"request\":" },
		{ MAIN, "GET /nothing", "", 404, "{\"error\":\"not-found\"" },
		{ CONTENT, "GET /api/room", "", 404, "{\"error\":\"not-found\"" },
		{ MAIN, "PUT /api/room", "", 405, "{\"error\":\"method\"" },
		{ MAIN, "OPTIONS /api/room", "Origin: http://evil\r\n", 405, "{" },
		{ MAIN, "POST /page.html", "", 405, "{" },
		{ MAIN, "GET /api/mine", "", 401,
		  "{\"error\":\"unknown\",\"reason\":\"signed-out\"" },
		{ MAIN, "GET /api/mine", "X-Kenes-Session: learner\r\n", 204, "" },
		{ MAIN, "GET /api/room", "X-Kenes-Session: learner\r\n", 403,
		  "{\"error\":\"denied\",\"reason\":\"only-trainers\"" },
		{ MAIN, "GET /api/room", "X-Kenes-Session: trainer\r\n", 204, "" },
		{ MAIN, "DELETE /api/room", "X-Kenes-Session: trainer\r\n", 204, "" },
		{ MAIN, "GET /api/fail", "", 500, "{\"error\":\"io\",\"request\":" },
		{ MAIN, "GET /broken", "", 500, "{\"error\":\"io\"" },
		{ MAIN, "GET /api/say/%00", "", 400, "{\"error\":\"invalid\"" },
		{ MAIN, "GET /%61pi/nothing", "", 404, "{" },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		struct answer a =
			talk_ask(rows[i].origin, rows[i].line, rows[i].headers, NULL);
		assert_row(a.status == rows[i].status, rows[i].line);
		assert_row(!strncmp(a.body, rows[i].body, strlen(rows[i].body)),
		           rows[i].line);
	}
	struct answer a = talk_ask(MAIN, "PUT /api/room", "", NULL);
	assert_true(has_line(&a, "Allow: GET, HEAD, DELETE"));
	a = talk_ask(MAIN, "POST /page.html", "", NULL);
	assert_true(has_line(&a, "Allow: GET, HEAD"));
}

static void names_and_queries_are_decoded(void **state)
{
	(void)state;
	struct answer a =
		talk_ask(MAIN, "GET /api/say/%D0%B0%2Fb?x=1&more=c+d%0D%0AX:+y", "", NULL);
	assert_string_equal(a.body, "[а/b][c d\r\nX: y][127.0.0.1]");
	assert_true(has_line(&a, "X-Said: c d  X: y")); /* no header of its own */
	assert_true(has_line(&a, "Cache-Control: no-store"));
}

static void a_polled_page_is_sent_when_it_changed(void **state)
{
	char header[200];
	(void)state;
	struct answer a = talk_ask(MAIN, "GET /api/state", "", NULL);
	assert_int_equal(a.status, 200);
	assert_true(has_line(&a, "Cache-Control: no-cache"));
	const char *etag = strstr(a.head, "ETag: ") + 6;
	snprintf(header, sizeof header, "If-None-Match: %.18s\r\n", etag);
	a = talk_ask(MAIN, "GET /api/state", header, NULL);
	assert_int_equal(a.status, 304);
	a = talk_ask(MAIN, "GET /api/state", "If-None-Match: \"0\"\r\n", NULL);
	assert_int_equal(a.status, 200);
}

static void bodies_are_checked(void **state)
{
	static char large[100 * 1000];
	static const struct {
		enum http_origin origin;
		const char *line, *headers, *body;
		int status;
		const char *why;
	} rows[] = {
		{ MAIN, "POST /api/count", JSON, "{\"n\":1}", 200, "as it should be" },
		{ MAIN, "POST /api/count",
		  "Content-Type: Application/JSON; charset=utf-8\r\n", "{\"n\":1}", 200,
		  "with a charset" },
		{ MAIN, "POST /api/count", "Content-Type: text/plain\r\n", "{\"n\":1}", 415,
		  "what a form can send" },
		{ MAIN, "POST /api/count", "", "{\"n\":1}", 415, "no type" },
		{ MAIN, "POST /api/count", JSON, "{\"n\":", 400, "half of it" },
		{ MAIN, "POST /api/count", JSON, "{\"n\":1,\"x\":1}", 400,
		  "an unknown name" },
		{ MAIN, "POST /api/count", JSON, "", 400, "nothing" },
		{ MAIN, "POST /api/count", JSON, NULL, 400, "no body" },
		{ CONTENT, "POST /p/good/commits", "Content-Type: text/plain;x=y\r\n",
		  "{\"n\":1}", 200, "a beacon" },
		{ CONTENT, "POST /p/bad/commits", JSON, "{\"n\":1}", 403,
		  "no such attempt" },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		struct answer a = talk_ask(rows[i].origin, rows[i].line, rows[i].headers,
		                           rows[i].body);
		assert_row(a.status == rows[i].status, rows[i].why);
	}
	for (int attempt = 0; attempt < 2; attempt++) {
		int fd = talk_connect(attempt ? CONTENT : MAIN);
		int n = snprintf(
			large, sizeof large,
			"POST %s HTTP/1.1\r\nHost: localhost\r\n" JSON
			"Content-Length: 70013\r\n\r\n{\"n\":1,\"text\":\"%70000s\"}",
			attempt ? "/p/good/commits" : "/api/count", "x");
		talk_send(fd, large, (size_t)n - 3);
		talk_send(fd, large + n - 3, 3);
		assert_int_equal(talk_read(fd, false).status, attempt ? 400 : 413);
		close(fd);
	}
}

static void an_upload_is_read_in_pieces(void **state)
{
	char text[300], wanted[100];
	unsigned long long sum = 0;
	(void)state;
	for (size_t i = 0; i < FILM; i++) sum += (uint8_t)film[i];
	int fd = talk_connect(MAIN);
	int n = snprintf(
		text, sizeof text,
		"PUT /api/raw HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
		"Content-Length: %d\r\n\r\n",
		FILM);
	talk_send(fd, text, (size_t)n);
	assert_int_equal(talk_read(fd, false).status, 100);
	talk_send(fd, film, FILM);
	struct answer a = talk_read(fd, false);
	assert_int_equal(a.status, 201);
	snprintf(wanted, sizeof wanted, "{\"bytes\":%d,\"sum\":%llu}", FILM, sum);
	assert_string_equal(a.body, wanted);
	close(fd);
	/* One that ends early is an error, not a shorter file. */
	fd = talk_connect(MAIN);
	n = snprintf(
		text, sizeof text,
		"PUT /api/raw HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12");
	talk_send(fd, text, (size_t)n);
	shutdown(fd, SHUT_WR);
	assert_int_equal(talk_read(fd, false).status, 400);
	close(fd);
}

static void failed_guesses_are_counted_by_device(void **state)
{
	struct answer a = { 0 };
	int failures = 0;
	(void)state;
	const char *guesser = "User-Agent: guesser\r\n";
	for (int i = 0; i < 100; i++)
		assert_int_equal(
			talk_ask(MAIN, "GET /api/guess/424242", guesser, NULL).status, 204);
	for (a.status = 404; a.status == 404; failures++)
		a = talk_ask(MAIN, "GET /api/guess/1", guesser, NULL);
	assert_int_equal(a.status, 429);
	assert_in_range(failures, 10, 50);
	assert_true(has_header(&a, "Retry-After"));
	assert_non_null(strstr(a.body, "\"retry_after\":"));
	assert_int_equal(talk_ask(MAIN, "GET /api/guess/424242", guesser, NULL).status,
	                 429);
	/* Somebody else behind the same address goes on. */
	a = talk_ask(MAIN, "GET /api/guess/424242", "User-Agent: another\r\n", NULL);
	assert_int_equal(a.status, 204);
	assert_int_equal(server_numbers(server).limited, 2);
}

/* However often they ask; this machine, where the trainer sits, is none of them. */
static void the_devices_of_the_room_are_counted(void **state)
{
	(void)state;
	int before = server_numbers(server).devices;
	talk_ask(MAIN, "GET /api/say/a", "", NULL);
	assert_int_equal(server_numbers(server).devices, before);
	talk_ask(MAIN, "GET /api/say/a", "X-Forwarded-For: 192.168.7.1\r\n", NULL);
	talk_ask(MAIN, "GET /page.html", "X-Forwarded-For: 192.168.7.1\r\n", NULL);
	talk_ask(CONTENT, "GET /page.html", "X-Forwarded-For: 192.168.7.2\r\n", NULL);
	assert_int_equal(server_numbers(server).devices, before + 2);
}

static void a_taken_port_is_said(void **state)
{
	(void)state;
	struct server *second = NULL;
	struct server_options options = { .listen = "127.0.0.1",
		                          .port = server_port(server, MAIN),
		                          .threads = 2 };
	assert_err(ERR_CONFLICT, server_start(&options, &second));
	assert_string_equal(err_last()->reason, "port-taken");
	assert_null(second);
	assert_int_not_equal(server_port(server, MAIN), server_port(server, CONTENT));
	server_stop(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_deflated_file_goes_out_as_gzip_as_it_lies),
		cmocka_unit_test(who_cannot_gunzip_gets_plain_bytes),
		cmocka_unit_test(head_tells_the_length_and_sends_nothing),
		cmocka_unit_test(who_has_the_file_gets_304),
		cmocka_unit_test(ranges_of_a_stored_file),
		cmocka_unit_test(a_range_of_a_deflated_file_is_of_its_plain_bytes),
		cmocka_unit_test(a_reply_larger_than_every_buffer_arrives_whole),
		cmocka_unit_test(requests_may_come_all_at_once),
		cmocka_unit_test(the_connection_ends_when_the_client_says_so),
		cmocka_unit_test(a_body_that_nobody_reads_does_no_harm),
		cmocka_unit_test(a_head_that_could_be_read_in_two_ways_is_refused),
		cmocka_unit_test(what_is_no_http_is_answered_and_ended),
		cmocka_unit_test(a_foreign_name_is_sent_to_the_poster),
		cmocka_unit_test(only_our_own_page_may_change_something),
		cmocka_unit_test(a_service_worker_may_not_stand_before_the_courses),
		cmocka_unit_test(addresses_methods_and_people_are_told_apart),
		cmocka_unit_test(names_and_queries_are_decoded),
		cmocka_unit_test(a_polled_page_is_sent_when_it_changed),
		cmocka_unit_test(bodies_are_checked),
		cmocka_unit_test(an_upload_is_read_in_pieces),
		cmocka_unit_test(failed_guesses_are_counted_by_device),
		cmocka_unit_test(the_devices_of_the_room_are_counted),
		cmocka_unit_test(a_taken_port_is_said),
	};
	return cmocka_run_group_tests(tests, start, talk_stop);
}
