/* SPDX-License-Identifier: Apache-2.0 */
/* A load generator for loopback: one thread, epoll, HTTP/1.1 kept alive.
 *
 *   load [options] http://127.0.0.1:PORT/PATH…       several paths are asked for in turn
 *     -c N        connections (16)        -d SECONDS  for how long (5)
 *     -n N        stop after so many answers
 *     -H LINE     a header, as often as wanted
 *     -m METHOD   (GET; POST when there is a body)
 *     -b FILE     a body; {n} in it and in paths counts up from 1 per connection,
 *                 {c} is the number of the connection from 0
 *     -f FILE     a line per connection: PATH, a tab, BODY, and if wanted a tab and the
 *                 number before the first {n}
 *     -r SIZE:N   random ranges of N bytes out of SIZE
 *     -1          a new connection for each request; its opening counts
 *     --hold idle|silent|head|body
 *                 instead of asking: N connections that ask once and then are quiet, that
 *                 say nothing, that send a byte of the head or of the body a second.
 *                 What the server cuts is opened again: at once, an idle one 10 s after
 *                 it asked, like a phone whose owner reads.
 *
 * Prints one line of NAME=VALUE. Answers other than 2xx and 304 count as errors. */
#include "base/base.h"
#include "base/time.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { IDLE_US = 10 * 1000 * 1000 };
enum { PATHS = 64, HEADERS = 16, OUT = 1 << 20, IN = 256 << 10, EVENTS = 512 };
enum hold { ASK, IDLE, SILENT, HEAD_DRIP, BODY_DRIP };

struct client {
	int fd, number;
	bool connected, answered_once;
	char *out; /* the request; NULL until the first */
	size_t n_out, sent;
	/* the answer: its head is collected, its body counted */
	char head[4096];
	size_t n_head;
	int64_t left; /* of the body; -1 while the head is not complete */
	bool closes;
	uint64_t count;
	int64_t begun_us;
	int64_t again_us; /* when a closed one is opened again */
};

static struct {
	int connections;
	double seconds;
	uint64_t most;
	const char *header[HEADERS], *path[PATHS], *method;
	size_t n_headers, n_paths;
	char host[64];
	struct sockaddr_in address;
	char *body;
	struct line { /* -f */
		char *path, *body;
		uint64_t before;
	} * line;
	size_t n_lines;
	uint64_t range_of, range;
	bool fresh;
	enum hold hold;
} want = { .connections = 16, .seconds = 5, .most = UINT64_MAX };

static struct {
	uint64_t answers, errors, reopened, bytes, asked;
	int64_t worst_us;
	uint64_t by_time[64 * 32]; /* 32 buckets for each doubling of µs */
} seen;

static int epoll;

static void die(const char *what)
{
	fprintf(stderr, "load: %s%s%s\n", what, errno ? ": " : "",
	        errno ? strerror(errno) : "");
	exit(2);
}

/* ---- times ---- */

static size_t bucket_of(uint64_t us)
{
	if (us < 32) return us;
	int shift = 63 - __builtin_clzll(us) - 5;
	return (size_t)(shift + 1) * 32 + ((us >> shift) & 31);
}

static double bucket_ms(size_t i)
{
	if (i < 32) return (double)i / 1000;
	return (double)((32 + i % 32) << (i / 32 - 1)) / 1000;
}

static double share_ms(double share)
{
	uint64_t wanted = (uint64_t)((double)seen.answers * share), n = 0;
	for (size_t i = 0; i < countof(seen.by_time); i++)
		if ((n += seen.by_time[i]) > wanted) return bucket_ms(i);
	return (double)seen.worst_us / 1000;
}

static void note_answer(struct client *c)
{
	int64_t us = time_mono_us() - c->begun_us;
	seen.by_time[bucket_of((uint64_t)us)]++;
	if (us > seen.worst_us) seen.worst_us = us;
	seen.answers++;
}

/* ---- requests ---- */

/* Adds `text` with {n} and {c} filled in. */
static size_t fill(char *out, size_t n, const char *text, const struct client *c)
{
	for (; *text && n < OUT - 32; text++) {
		if (!strncmp(text, "{n}", 3) || !strncmp(text, "{c}", 3)) {
			unsigned long long v = text[1] == 'n'
			                               ? (unsigned long long)c->count
			                               : (unsigned long long)c->number;
			n += (size_t)snprintf(out + n, 32, "%llu", v);
			text += 2;
		} else {
			out[n++] = *text;
		}
	}
	return n;
}

static void build(struct client *c)
{
	static char body[OUT];
	const char *path = want.n_paths ? want.path[c->count % want.n_paths] : "/";
	const char *template = want.body;
	if (want.n_lines) {
		const struct line *line = &want.line[(size_t)c->number % want.n_lines];
		path = line->path;
		template = line->body;
		if (!c->count) c->count = line->before;
	}
	c->count++;
	size_t n_body = template ? fill(body, 0, template, c) : 0;
	const char *method = want.method ? want.method : template ? "POST" : "GET";
	if (!c->out) c->out = malloc(OUT);
	if (!c->out) die("no memory");
	size_t n = (size_t)snprintf(c->out, OUT, "%s ", method);
	n = fill(c->out, n, path, c);
	n += (size_t)snprintf(c->out + n, OUT - n, " HTTP/1.1\r\nHost: %s\r\n", want.host);
	for (size_t i = 0; i < want.n_headers; i++)
		n += (size_t)snprintf(c->out + n, OUT - n, "%s\r\n", want.header[i]);
	if (want.range) {
		uint64_t from =
			seen.asked * 7919 * want.range % (want.range_of - want.range);
		n += (size_t)snprintf(c->out + n, OUT - n, "Range: bytes=%llu-%llu\r\n",
		                      (unsigned long long)from,
		                      (unsigned long long)(from + want.range - 1));
	}
	if (want.fresh) n += (size_t)snprintf(c->out + n, OUT - n, "Connection: close\r\n");
	if (template)
		n += (size_t)snprintf(c->out + n, OUT - n, "Content-Length: %zu\r\n",
		                      n_body);
	n += (size_t)snprintf(c->out + n, OUT - n, "\r\n");
	if (n + n_body > OUT) die("request too large");
	if (n_body) memcpy(c->out + n, body, n_body);
	c->n_out = n + n_body;
}

static void ask(struct client *c)
{
	if (want.hold == HEAD_DRIP || want.hold == BODY_DRIP) {
		if (!c->out) c->out = malloc(OUT);
		if (!c->out) die("no memory");
		c->n_out = (size_t)snprintf(
			c->out, OUT,
			"POST / HTTP/1.1\r\nHost: %s\r\nContent-Type: "
			"application/json\r\nContent-Length: 100000\r\n\r\n",
			want.host);
		size_t head = c->n_out;
		memset(c->out + head, ' ', 100000);
		c->n_out += 100000;
		c->sent = 0;
		if (want.hold == BODY_DRIP && send(c->fd, c->out, head, MSG_NOSIGNAL) > 0)
			c->sent = head;
		return;
	}
	build(c);
	c->sent = c->n_head = 0;
	c->left = -1;
	seen.asked++;
	if (!want.fresh) c->begun_us = time_mono_us();
}

/* Sends what the socket takes. */
static bool push(struct client *c)
{
	while (c->sent < c->n_out) {
		ssize_t n = send(c->fd, c->out + c->sent, c->n_out - c->sent, MSG_NOSIGNAL);
		if (n < 0) return errno == EAGAIN;
		c->sent += (size_t)n;
	}
	return true;
}

/* ---- connections ---- */

static void open_client(struct client *c)
{
	int one = 1;
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (c->fd < 0) die("socket");
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	c->connected = c->answered_once = false;
	c->n_out = c->sent = c->n_head = 0;
	c->left = -1;
	c->begun_us = time_mono_us();
	if (connect(c->fd, (struct sockaddr *)&want.address, sizeof want.address) &&
	    errno != EINPROGRESS)
		die("connect");
	struct epoll_event e = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c };
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &e)) die("epoll");
}

static void reopen(struct client *c)
{
	close(c->fd);
	c->fd = -1;
	c->connected = false;
	if (want.hold == IDLE && c->answered_once)
		c->again_us = c->begun_us + IDLE_US;
	else
		open_client(c);
}

/* Reads the head once it is whole: status, length, whether the connection ends. */
static bool read_head(struct client *c, size_t *head_length)
{
	c->head[c->n_head] = 0;
	char *end = strstr(c->head, "\r\n\r\n");
	if (!end) return false;
	*end = 0;
	*head_length = (size_t)(end - c->head) + 4;
	int status = c->n_head > 12 ? (int)strtol(c->head + 9, NULL, 10) : 0;
	if ((status < 200 || status > 299) && status != 304) seen.errors++;
	const char *length = strcasestr(c->head, "\r\nContent-Length:");
	c->left = length ? strtoll(length + 17, NULL, 10) : 0;
	if (want.method && !strcmp(want.method, "HEAD")) c->left = 0;
	c->closes = strcasestr(c->head, "\r\nConnection: close") != NULL;
	return true;
}

/* The answer is complete. */
static void next(struct client *c)
{
	note_answer(c);
	c->answered_once = true;
	if (want.hold == IDLE) {
		c->n_head = 0;
		c->left = -1;
	} else if (c->closes) {
		reopen(c);
	} else {
		ask(c);
		if (!push(c)) reopen(c);
	}
}

/* Takes `n` bytes that came. False when the connection is another one now. */
static bool take(struct client *c, const char *in, size_t n)
{
	int fd = c->fd;
	while (n) {
		if (c->left < 0) {
			size_t room = sizeof c->head - 1 - c->n_head, before = c->n_head;
			size_t part = n < room ? n : room, head_length;
			memcpy(c->head + c->n_head, in, part);
			c->n_head += part;
			if (!read_head(c, &head_length)) {
				if (part == room) die("the head of an answer is too large");
				return true;
			}
			in += head_length - before;
			n -= head_length - before;
		}
		size_t part = (uint64_t)c->left < n ? (size_t)c->left : n;
		c->left -= (int64_t)part;
		in += part;
		n -= part;
		if (c->left == 0) {
			next(c);
			if (c->fd != fd || !c->connected) return false;
		}
	}
	if (c->left == 0) next(c);
	return c->fd == fd && c->connected;
}

static void serve(struct client *c, uint32_t events)
{
	static char in[IN];
	if (!c->connected && events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) {
		c->connected = true;
		if (want.hold != SILENT) ask(c);
	}
	if (want.hold <= IDLE && !push(c)) {
		seen.errors++;
		reopen(c);
		return;
	}
	while (c->connected) {
		ssize_t n = recv(c->fd, in, sizeof in, 0);
		if (n < 0 && errno == EAGAIN) return;
		if (n <= 0) {
			/* Cut between two requests is fair. */
			if (want.hold == ASK && (c->sent || !c->connected) && c->n_head)
				seen.errors++;
			seen.reopened++;
			reopen(c);
			return;
		}
		seen.bytes += (uint64_t)n;
		if (want.hold > IDLE) continue;
		if (!take(c, in, (size_t)n)) return;
	}
}

/* ---- the run ---- */

static void open_idle(struct client *clients, int64_t now)
{
	for (int i = 0; i < want.connections; i++)
		if (clients[i].fd < 0 && now >= clients[i].again_us)
			open_client(&clients[i]);
}

static void drip(struct client *clients)
{
	for (int i = 0; i < want.connections; i++) {
		struct client *c = &clients[i];
		if (c->connected && c->out && c->sent < c->n_out &&
		    send(c->fd, c->out + c->sent, 1, MSG_NOSIGNAL) == 1)
			c->sent++;
	}
}

static void run(void)
{
	struct client *clients = calloc((size_t)want.connections, sizeof *clients);
	if (!clients) die("no memory");
	epoll = epoll_create1(EPOLL_CLOEXEC);
	for (int i = 0; i < want.connections; i++) {
		clients[i].number = i;
		open_client(&clients[i]);
	}
	int64_t begin = time_mono_us(), now = begin, tick = begin;
	int64_t end = begin + (int64_t)(want.seconds * 1e6);
	while (now < end && seen.answers < want.most) {
		static struct epoll_event event[EVENTS];
		int n = epoll_wait(epoll, event, EVENTS, 50);
		for (int i = 0; i < n; i++) serve(event[i].data.ptr, event[i].events);
		now = time_mono_us();
		if (want.hold == IDLE) open_idle(clients, now);
		if (want.hold > SILENT && now - tick > 1000 * 1000) {
			tick = now;
			drip(clients);
		}
	}
	double seconds = (double)(now - begin) / 1e6;
	printf("per_second=%.0f p50_ms=%.3f p90_ms=%.3f p99_ms=%.3f max_ms=%.3f "
	       "answers=%llu "
	       "errors=%llu reopened=%llu mb_per_second=%.1f seconds=%.2f\n",
	       (double)seen.answers / seconds, share_ms(0.5), share_ms(0.9), share_ms(0.99),
	       (double)seen.worst_us / 1000, (unsigned long long)seen.answers,
	       (unsigned long long)seen.errors, (unsigned long long)seen.reopened,
	       (double)seen.bytes / seconds / 1e6, seconds);
}

/* ---- what was asked ---- */

static char *whole_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = calloc(1, (64 << 20) + 1);
	if (!f || !text) die(path);
	size_t n = fread(text, 1, 64 << 20, f);
	text[n] = 0;
	fclose(f);
	return text;
}

static void read_lines(const char *path)
{
	enum { MOST = 100 * 1000 };
	char *text = whole_file(path), *line;
	want.line = calloc(MOST, sizeof *want.line);
	if (!want.line) die("no memory");
	while (want.n_lines < MOST && (line = strsep(&text, "\n")) && *line) {
		struct line *l = &want.line[want.n_lines++];
		l->path = strsep(&line, "\t");
		l->body = strsep(&line, "\t");
		if (line) l->before = strtoull(line, NULL, 10);
	}
}

static void read_url(const char *url)
{
	unsigned port = 0;
	int n = 0;
	char ip[40];
	if (sscanf(url, "http://%39[0-9.]:%u%n", ip, &port, &n) != 2)
		die("wants http://127.0.0.1:PORT/PATH");
	snprintf(want.host, sizeof want.host, "%s:%u", ip, port);
	want.address.sin_family = AF_INET;
	want.address.sin_port = htons((uint16_t)port);
	inet_pton(AF_INET, ip, &want.address.sin_addr);
	if (want.n_paths < PATHS) want.path[want.n_paths++] = url[n] ? url + n : "/";
}

static enum hold read_hold(const char *word)
{
	static const char *const words[] = { "ask", "idle", "silent", "head", "body" };
	for (size_t i = 0; i < countof(words); i++)
		if (!strcmp(word, words[i])) return (enum hold)i;
	die("--hold idle, silent, head or body");
	return ASK;
}

static void read_option(const char *name, const char *value)
{
	char *end;
	if (!strcmp(name, "-c"))
		want.connections = (int)strtol(value, NULL, 10);
	else if (!strcmp(name, "-d"))
		want.seconds = strtod(value, NULL);
	else if (!strcmp(name, "-n"))
		want.most = strtoull(value, NULL, 10);
	else if (!strcmp(name, "-m"))
		want.method = value;
	else if (!strcmp(name, "-b"))
		want.body = whole_file(value);
	else if (!strcmp(name, "-f"))
		read_lines(value);
	else if (!strcmp(name, "--hold"))
		want.hold = read_hold(value);
	else if (!strcmp(name, "-H") && want.n_headers < HEADERS)
		want.header[want.n_headers++] = value;
	else if (!strcmp(name, "-r")) {
		want.range_of = strtoull(value, &end, 10);
		want.range = *end == ':' ? strtoull(end + 1, NULL, 10) : 0;
		if (!want.range || want.range >= want.range_of) die("-r SIZE:N");
	} else
		die(name);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "-1"))
			want.fresh = true;
		else if (argv[i][0] != '-')
			read_url(argv[i]);
		else if (i + 1 < argc)
			read_option(argv[i], argv[i + 1]), i++;
		else
			die("an option without its value");
	}
	if (!want.n_paths || want.connections < 1) die("no address");
	struct rlimit files = { 0 };
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	errno = 0;
	run();
	return seen.errors != 0;
}
