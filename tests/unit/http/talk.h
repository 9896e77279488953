/* SPDX-License-Identifier: Apache-2.0 */
/* A server with a few routes and files, and raw sockets to talk to it. */
#pragma once

#include "http/http.h"
#include "support/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- files ---- */

#define PLAIN "Hello, hall. Hello, hall. Hello, hall."
enum { FILM = 300 * 1000 };

static char film[FILM];

/* One stored block of deflate (RFC 1951 §3.2.4): needs no compressor. */
static const uint8_t deflated[] = "\x01\x26\x00\xd9\xff" PLAIN;
enum { PLAIN_CRC = 0x81656dfd };

static inline enum err talk_find(void *app, enum http_origin origin, str path,
                                 struct resource *out)
{
	(void)app;
	static const struct resource page = {
		.etag = { "\"page\"", 6 },
		.type = "text/html; charset=utf-8",
		.cache = "public, immutable",
		.csp = "default-src 'self'",
		.deflated = true,
		.bytes = deflated,
		.packed = sizeof deflated - 1,
		.size = sizeof PLAIN - 1,
		.crc = PLAIN_CRC,
		.source = PLAIN,
	};
	if (str_is(path, S("/page.html"))) {
		*out = page;
	} else if (str_is(path, S("/c/token/фильм 1.mp4")) && origin == CONTENT) {
		*out = (struct resource){ .etag = S("\"film\""),
			                  .type = "video/mp4",
			                  .bytes = (const uint8_t *)film,
			                  .packed = FILM,
			                  .size = FILM };
	} else if (str_is(path, S("/broken"))) {
		return FAIL(ERR_IO, "the shelf is broken");
	} else {
		return ERR_NOT_FOUND;
	}
	return ERR_OK;
}

struct talk_stream {
	const char *p;
	size_t left;
};

static inline enum err talk_open_plain(const struct resource *r, uint64_t from, void **out)
{
	struct talk_stream *s = malloc(sizeof *s);
	*s = (struct talk_stream){ (const char *)r->source + from, r->size - from };
	*out = s;
	return ERR_OK;
}

static inline enum err talk_read_plain(void *stream, void *out, size_t n, size_t *n_out)
{
	struct talk_stream *s = stream;
	*n_out = n < s->left ? n : s->left;
	if (*n_out > 7) *n_out = 7; /* in small pieces, to be nasty */
	memcpy(out, s->p, *n_out);
	s->p += *n_out;
	s->left -= *n_out;
	return ERR_OK;
}

/* ---- routes ---- */

struct talk_count {
	int64_t n;
	str text;
};
static const struct json_field talk_count_fields[] = {
	JSON_INT(struct talk_count, n, true, 0, 1000 * 1000),
	JSON_TEXT(struct talk_count, text, false, 0, 2 << 20),
};
static const struct shape talk_count_shape =
	SHAPE("Count", struct talk_count, talk_count_fields);

static inline enum err talk_count(struct request *rq, struct reply *rs)
{
	struct talk_count in;
	TRY(request_body(rq, &talk_count_shape, &in));
	in.n++;
	in.text = STR_NONE;
	json_write(&rs->body, &talk_count_shape, &in);
	return ERR_OK;
}

static inline enum err talk_raw(struct request *rq, struct reply *rs)
{
	char piece[5000];
	uint64_t sum = 0, bytes = 0;
	for (size_t n = 1; n;) {
		TRY(request_read(rq, piece, sizeof piece, &n));
		for (size_t i = 0; i < n; i++) sum += (uint8_t)piece[i];
		bytes += n;
	}
	rs->status = 201;
	buf_printf(&rs->body, "{\"bytes\":%llu,\"sum\":%llu}", (unsigned long long)bytes,
	           (unsigned long long)sum);
	return ERR_OK;
}

static inline enum err talk_say(struct request *rq, struct reply *rs)
{
	str a = request_param(rq, "word"), b = request_query(rq, "more");
	buf_printf(&rs->body, "[%.*s][%.*s][%.*s]", STR_ARG(a), STR_ARG(b),
	           STR_ARG(request_host(rq)));
	rs->type = "text/plain";
	reply_header(rq, "X-Said", b);
	return ERR_OK;
}

static inline enum err talk_guess(struct request *rq, struct reply *rs)
{
	(void)rs;
	if (str_is(request_param(rq, "code"), S("424242"))) return ERR_OK;
	return FAIL_WHY(ERR_NOT_FOUND, "wrong-code", "no such event");
}

static inline enum err talk_state(struct request *rq, struct reply *rs)
{
	buf_str(&rs->body, S("{\"state\":1}"));
	reply_etag(rq);
	return ERR_OK;
}

static inline enum err talk_fail(struct request *rq, struct reply *rs)
{
	(void)rq, (void)rs;
	return FAIL(ERR_IO, "the disk is gone");
}

static inline enum err talk_nothing(struct request *rq, struct reply *rs)
{
	(void)rq, (void)rs;
	return ERR_OK;
}

static inline enum err talk_large(struct request *rq, struct reply *rs)
{
	(void)rq;
	for (int i = 0; i < 50000; i++) buf_str(&rs->body, S("0123456789"));
	return ERR_OK;
}

#define TALK(m, path, origin, who, pace, takes, raw, run)                    \
	{                                                                    \
		m, path, origin, who, pace, takes, NULL, false, raw, run, "" \
	}
static const struct route talk_routes[] = {
	TALK(POST, "/api/count", MAIN, ANYONE, FREE, &talk_count_shape, false, talk_count),
	TALK(PUT, "/api/raw", MAIN, ANYONE, FREE, NULL, true, talk_raw),
	TALK(GET, "/api/say/{word}", BOTH, ANYONE, FREE, NULL, false, talk_say),
	TALK(GET, "/api/guess/{code}", MAIN, ANYONE, GUESS, NULL, false, talk_guess),
	TALK(GET, "/api/state", MAIN, ANYONE, FREE, NULL, false, talk_state),
	TALK(GET, "/api/fail", MAIN, ANYONE, FREE, NULL, false, talk_fail),
	TALK(GET, "/api/large", MAIN, ANYONE, FREE, NULL, false, talk_large),
	TALK(GET, "/api/mine", MAIN, LEARNER, NORMAL, NULL, false, talk_nothing),
	TALK(GET, "/api/room", MAIN, TRAINER, NORMAL, NULL, false, talk_nothing),
	TALK(DELETE, "/api/room", MAIN, TRAINER, NORMAL, NULL, false, talk_nothing),
	TALK(POST, "/p/{cap}/commits", CONTENT, ATTEMPT, FREE, &talk_count_shape, false,
	     talk_count),
};

static inline enum err talk_identify(struct request *rq, enum http_who who,
                                     struct http_caller *out)
{
	str word = request_header(rq, "X-Kenes-Session");
	if (who == ATTEMPT)
		out->known = str_is(request_param(rq, "cap"), S("good"));
	else
		out->known = word.p != NULL;
	out->trainer = str_is(word, S("trainer"));
	return ERR_OK;
}

/* ---- the server ---- */

static struct server *server;

static inline void talk_start(int threads)
{
	static const char *const names[] = { "kenes.lan", NULL };
	for (size_t i = 0; i < FILM; i++) film[i] = (char)(i * 7 + i / 251);
	struct server_options options = {
		.proxied = true, /* so that a request may come from elsewhere */
		.routes = talk_routes,
		.n_routes = countof(talk_routes),
		.listen = "127.0.0.1",
		.threads = threads,
		.names = names,
		.find_file = talk_find,
		.plain = { talk_open_plain, talk_read_plain, free },
		.identify = talk_identify,
	};
	assert_ok(server_start(&options, &server));
}

static inline int talk_stop(void **state)
{
	(void)state;
	server_stop(server);
	server = NULL;
	return 0;
}

/* ---- talking ---- */

static inline int talk_connect(enum http_origin origin)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		                 .sin_port = htons((uint16_t)server_port(server, origin)),
		                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct timeval patience = { .tv_sec = 20 };
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
	return fd;
}

static inline void talk_send(int fd, const void *bytes, size_t n)
{
	for (size_t done = 0; done < n;) {
		ssize_t m = send(fd, (const char *)bytes + done, n - done, MSG_NOSIGNAL);
		if (m <= 0) return; /* the answer tells */
		done += (size_t)m;
	}
}

struct answer {
	int status; /* 0: the connection ended instead */
	char head[2000];
	char *body; /* static, NUL behind it */
	size_t n;
};

/* Reads one answer; of one to HEAD or a 304 only the head. */
static inline struct answer talk_read(int fd, bool no_body)
{
	static char body[1 << 20];
	struct answer a = { .body = body };
	size_t n = 0;
	while (n < 4 || memcmp(a.head + n - 4, "\r\n\r\n", 4)) {
		if (n == sizeof a.head - 1 || recv(fd, a.head + n, 1, 0) != 1) return a;
		n++;
	}
	a.head[n] = 0;
	a.status = (int)strtol(a.head + 9, NULL, 10);
	const char *length = strstr(a.head, "\r\nContent-Length: ");
	size_t wanted = length ? strtoull(length + 18, NULL, 10) : 0;
	if (no_body || a.status == 304 || a.status == 100) wanted = 0;
	while (a.n < wanted) {
		ssize_t m = recv(fd, body + a.n, wanted - a.n, 0);
		if (m <= 0) fail_msg("an answer of %zu bytes ends after %zu", wanted, a.n);
		a.n += (size_t)m;
	}
	body[a.n] = 0;
	return a;
}

static inline bool talk_ended(int fd)
{
	char byte;
	return recv(fd, &byte, 1, 0) <= 0;
}

/* One request by its first line and further header lines, on a connection of its own. */
static inline struct answer talk_ask(enum http_origin origin, const char *line,
                                     const char *headers, const char *body)
{
	char text[4000];
	int fd = talk_connect(origin);
	int n = snprintf(text, sizeof text, "%s HTTP/1.1\r\n%s%s%s", line,
	                 strstr(headers, "Host:") ? "" : "Host: 127.0.0.1\r\n", headers,
	                 body ? "" : "\r\n");
	if (body)
		n += snprintf(text + n, sizeof text - (size_t)n,
		              "Content-Length: %zu\r\n\r\n%s", strlen(body), body);
	talk_send(fd, text, (size_t)n);
	struct answer a = talk_read(fd, !strncmp(line, "HEAD", 4));
	close(fd);
	return a;
}

static inline bool has_line(const struct answer *a, const char *line)
{
	char text[400];
	snprintf(text, sizeof text, "\r\n%s\r\n", line);
	return strstr(a->head, text) != NULL;
}

static inline bool has_header(const struct answer *a, const char *name)
{
	char text[100];
	snprintf(text, sizeof text, "\r\n%s: ", name);
	return strstr(a->head, text) != NULL;
}
