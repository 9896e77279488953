/* SPDX-License-Identifier: Apache-2.0 */
/* The only file that knows CivetWeb: starting and stopping it, and its callbacks. One
 * context listens on both ports, so that their connections share one pool of threads; which
 * origin is meant is told by the local port. Every request is answered from begin_request,
 * before CivetWeb looks at files, and there are none: document_root is never set.
 *
 * log_access stays unset: with any such callback CivetWeb formats a line for each request.
 * linger_timeout_ms too: with it, closing waits for phones that have left the room. */
#include "http/inside.h"

#include "base/log.h"
#include "base/time.h"

#include <civetweb.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef __linux__
#include <sys/socket.h>
#include <sys/uio.h>
#endif

static_assert(sizeof(struct field) == sizeof(struct mg_header) &&
                      offsetof(struct field, name) == offsetof(struct mg_header, name) &&
                      offsetof(struct field, value) == offsetof(struct mg_header, value),
              "struct field is a struct mg_header");

enum { THREADS = 600, STOP_MS = 5000 };

/* ---- the wire ---- */

int wire_read(struct request *rq, void *out, size_t n)
{
	return mg_read(rq->connection, out, n);
}

void wire_write(struct request *rq, const void *bytes, size_t n)
{
	if (rq->broken) return;
	int done = mg_write(rq->connection, bytes, n);
	if (done < 0 || (size_t)done != n) rq->broken = true;
}

static void write_whole(struct request *rq, const char *p, uint64_t left)
{
	while (left && !rq->broken) {
		size_t n = left < WRITE_MOST ? (size_t)left : WRITE_MOST;
		wire_write(rq, p, n);
		p += n;
		left -= n;
	}
}

#ifdef __linux__
/* How much the socket takes at once: CivetWeb has no call for several pieces, and a second
 * one costs as much as all the rest. 0 where the socket is not known or not plain. */
static uint64_t send_at_once(struct request *rq, const struct piece *piece, size_t n)
{
	struct iovec v[REPLY_PIECES];
	int fd = slow_socket(rq->worker->seat);
	if (rq->broken || fd < 0 || rq->server->tls) return 0;
	for (size_t i = 0; i < n; i++)
		v[i] = (struct iovec){ (void *)(uintptr_t)piece[i].p, piece[i].n };
	struct msghdr m = { .msg_iov = v, .msg_iovlen = n };
	ssize_t sent = sendmsg(fd, &m, MSG_DONTWAIT | MSG_NOSIGNAL);
	return sent > 0 ? (uint64_t)sent : 0;
}
#else
static uint64_t send_at_once(struct request *rq, const struct piece *piece, size_t n)
{
	(void)rq, (void)piece, (void)n;
	return 0;
}
#endif

void wire_write_pieces(struct request *rq, const struct piece *piece, size_t n)
{
	assert(n <= REPLY_PIECES);
	uint64_t sent = send_at_once(rq, piece, n);
	for (size_t i = 0; i < n && !rq->broken; i++) {
		uint64_t skip = sent < piece[i].n ? sent : piece[i].n;
		sent -= skip;
		write_whole(rq, (const char *)piece[i].p + skip, piece[i].n - skip);
	}
}

/* ---- one request ---- */

/* CivetWeb leaves out the headers behind a line that is none (a folded one, one without a
 * name, a lone end of line); a body whose length is among them would be read as the next
 * request. A head was read to its end when its last "\r\n\r\n", of which CivetWeb makes
 * NUL, NUL, \r, NUL, stands behind the last value. */
static bool is_torn(const struct mg_request_info *info)
{
	if (!info->num_headers) return false; /* no Host: refused anyway */
	const char *value = info->http_headers[info->num_headers - 1].value;
	const char *end = value + strlen(value);
	return end[1] || end[2] != '\r' || end[3];
}

static bool is_proxy(const struct server *s, str address)
{
	const char *const *one = s->options.proxies;
	if (!one) return address_is_local(address);
	if (str_starts(address, S("::ffff:"))) address = str_part(address, 7, address.n);
	for (; *one; one++)
		if (str_is(address, str_of(*one))) return true;
	return false;
}

/* Each proxy adds the address that it saw at the end; what stands before that of the first
 * that is not ours anybody may have written. */
static void read_proxy(struct request *rq)
{
	str list = request_header(rq, "X-Forwarded-For");
	rq->sealed = str_is(request_header(rq, "X-Forwarded-Proto"), S("https"));
	for (size_t end = list.n; end > 0 && is_proxy(rq->server, rq->address);) {
		size_t at = end;
		while (at > 0 && list.p[at - 1] != ',') at--;
		str one = str_trim(str_part(list, at, end));
		if (!one.n || one.n > 45) return;
		rq->address = one;
		rq->local = address_is_local(one);
		end = at ? at - 1 : 0;
	}
}

static void note_device(const struct request *rq)
{
	struct server *s = rq->server;
	devices_note(&s->devices, limit_key(s->limits, &rq->address, 1), rq->begun_us);
}

static void read_head(struct request *rq, const struct mg_request_info *info)
{
	/* The very first requests may be here before the ports that were picked are known.
	 */
	while (!atomic_load(&rq->server->port) && !atomic_load(&rq->server->stopping))
		sched_yield();
	rq->origin = info->server_port == rq->server->port ? MAIN : CONTENT;
	rq->address = str_of(info->remote_addr);
	rq->local = address_is_local(rq->address);
	rq->field = (const struct field *)info->http_headers;
	rq->n_fields = (size_t)info->num_headers;
	rq->method_name = str_of(info->request_method);
	rq->target = str_of(info->local_uri_raw);
	rq->query = str_of(info->query_string);
	rq->http_1_0 = !strcmp(info->http_version, "1.0");
	rq->torn = is_torn(info);
	request_understand(rq);
	if (rq->server->options.proxied && is_proxy(rq->server, rq->address))
		read_proxy(rq);
	if (rq->server->tls) rq->sealed = true;
	if (!rq->local) note_device(rq);
}

/* Reads away what is left of a body, so that closing does not reset the connection before
 * the reply has been read. */
static void drain(struct request *rq)
{
	char *out = rq->worker->out;
	if (!rq->close || rq->broken || !out || rq->transfer_encoding.p) return;
	slow_deadline(rq->worker->seat, 1000);
	for (int64_t most = DRAIN_MOST; most > 0 && rq->taken < rq->length;) {
		int got = wire_read(rq, out, OUT_ROOM);
		if (got <= 0) break;
		rq->taken += got;
		most -= got;
	}
}

static void note(const struct request *rq)
{
	/* The pattern, not the address: addresses hold capabilities and codes. */
	log_debug("http.request", "%.*s %s status=%d bytes=%llu us=%lld%s",
	          STR_ARG(rq->method_name), rq->route ? rq->route->path : "file",
	          rq->status, (unsigned long long)rq->sent,
	          (long long)(time_mono_us() - rq->begun_us), rq->broken ? " broken" : "");
}

static void finish(struct request *rq)
{
	struct worker *w = rq->worker;
	drain(rq);
	if (rq->close || rq->broken) mg_disable_connection_keep_alive(rq->connection);
	note(rq);
	if (w->arena) arena_reset(w->arena);
	log_request(0);
}

static int begin_request(struct mg_connection *connection)
{
	struct worker *w = mg_get_thread_pointer(connection);
	struct server *s = w->server;
	struct request rq = {
		.server = s,
		.worker = w,
		.connection = connection,
		.number = atomic_fetch_add_explicit(&s->requests, 1, memory_order_relaxed) +
		          1,
		.begun_us = time_mono_us(),
	};
	slow_busy(w->seat);
	log_request(rq.number);
	atomic_fetch_add(&s->running, 1);
	read_head(&rq, mg_get_request_info(connection));
	if (atomic_load(&s->stopping))
		reply_refuse(&rq, 503, "busy", "stopping");
	else
		route_answer(&rq);
	finish(&rq);
	atomic_fetch_sub(&s->running, 1);
	return rq.status;
}

static void end_request(const struct mg_connection *connection, int status)
{
	const struct worker *w = mg_get_thread_pointer(connection);
	(void)status;
	slow_quiet(w->seat);
}

/* What is no request of HTTP, or took too long to become one. */
static int http_error(struct mg_connection *connection, int status, const char *message)
{
	struct worker *w = mg_get_thread_pointer(connection);
	struct request rq = { .server = w->server, .worker = w, .connection = connection };
	(void)message;
	rq.number =
		atomic_fetch_add_explicit(&w->server->requests, 1, memory_order_relaxed) +
		1;
	rq.close = true;
	if (slow_was_cut(w->seat)) status = 408;
	reply_refuse(&rq, status, status == 408 ? "too-slow" : "invalid", NULL);
	mg_disable_connection_keep_alive(connection);
	return 0;
}

/* ---- threads and connections ---- */

enum { MASTER_THREAD, WORKER_THREAD };

/* A worker that wakes lets the one that runs finish its answer first: the kernel's default
 * changes between them in the middle of answers, half as often again as there are requests.
 */
static void take_turns(void)
{
#ifdef SCHED_BATCH
	struct sched_param none = { 0 };
	(void)sched_setscheduler(0, SCHED_BATCH, &none);
#endif
}

static void *init_thread(const struct mg_context *context, int kind)
{
	struct server *s = mg_get_user_data(context);
	if (kind == MASTER_THREAD) slow_watch(s->slow);
	if (kind != WORKER_THREAD) return NULL;
	struct worker *w = calloc(1, sizeof *w);
	if (!w) abort();
	take_turns();
	w->server = s;
	w->seat = slow_sit(s->slow);
	tls_sit(s->tls);
	return w;
}

static void exit_thread(const struct mg_context *context, int kind, void *pointer)
{
	struct worker *w = pointer;
	(void)context;
	if (kind != WORKER_THREAD || !w) return;
	arena_close(w->arena);
	buf_free(&w->body);
	free(w->out);
	free(w->extra);
	free(w);
}

static int init_connection(const struct mg_connection *connection, void **data)
{
	struct worker *w = mg_get_thread_pointer(connection);
	(void)data;
	atomic_fetch_add_explicit(&w->server->connections, 1, memory_order_relaxed);
	tls_begin();
	slow_begin(w->seat);
	return 0;
}

static void connection_close(const struct mg_connection *connection)
{
	const struct worker *w = mg_get_thread_pointer(connection);
	tls_end();
	slow_end(w->seat);
}

/* A refused port is said to the caller of server_start, everything else to the log. */
static int log_message(const struct mg_connection *connection, const char *message)
{
	struct server *s = mg_get_user_data(mg_get_context(connection));
	if (s && !s->port)
		snprintf(s->said, sizeof s->said, "%s", message);
	else
		log_warn("http.server", "%s", message);
	return 1;
}

/* ---- starting and stopping ---- */

static pthread_once_t library_once = PTHREAD_ONCE_INIT;

static void init_library(void)
{
	mg_init_library(0);
}

static void say_ports(char *out, size_t n, const struct server_options *o)
{
	const char *a = o->listen;
	if (!strcmp(a, "::"))
		snprintf(out, n, "+%d,+%d", o->port, o->content_port);
	else if (strchr(a, ':'))
		snprintf(out, n, "[%s]:%d,[%s]:%d", a, o->port, a, o->content_port);
	else
		snprintf(out, n, "%s:%d,%s:%d", a, o->port, a, o->content_port);
}

static fallible start(struct server *s)
{
	static const struct mg_callbacks callbacks = {
		.begin_request = begin_request,
		.end_request = end_request,
		.http_error = http_error,
		.log_message = log_message,
		.init_thread = init_thread,
		.exit_thread = exit_thread,
		.init_connection = init_connection,
		.connection_close = connection_close,
	};

	char ports[160], threads[16];
	say_ports(ports, sizeof ports, &s->options);
	snprintf(threads, sizeof threads, "%d", s->options.threads);
	const char *options[] = {
		"listening_ports",
		ports,
		"num_threads",
		threads,
		"enable_keep_alive",
		"yes",
		"keep_alive_timeout_ms",
		"500",
		"request_timeout_ms",
		"5000",
		"connection_queue",
		"1024",
		"listen_backlog",
		"4096",
		"tcp_nodelay",
		"1",
		"decode_url",
		"no",
		"enable_auth_domain_check",
		"no",
		NULL,
	};
	struct mg_init_data init = { &callbacks, s, options };
	unsigned code = 0;
	char text[200] = "";
	struct mg_error_data error = { &code, text, sizeof text };
	s->context = mg_start2(&init, &error);
	if (!s->context)
		return FAIL_WHY(ERR_CONFLICT, "port-taken", "cannot listen on %s: %s",
		                ports, s->said[0] ? s->said : text);
	return ERR_OK;
}

fallible server_start(const struct server_options *options, struct server **out)
{
	struct mg_server_port port[2];
	TRY(route_check(options->routes, options->n_routes));
	pthread_once(&library_once, init_library);
	struct server *s = calloc(1, sizeof *s);
	if (!s) abort();
	s->options = *options;
	if (s->options.threads <= 0) s->options.threads = THREADS;
	s->slow = slow_open(s->options.threads);
	s->limits = limits_open();
	s->pool = pool_open();
	enum err err = ERR_OK;
	if (options->tls_certificate)
		err = tls_open(options->tls_certificate, options->tls_key, &s->tls);
	if (!err) err = start(s);
	if (!err && mg_get_server_ports(s->context, 2, port) != 2)
		err = FAIL(ERR_IO, "CivetWeb does not say its ports");
	if (err) {
		server_stop(s);
		return err;
	}
	s->content_port = port[1].port;
	s->port = port[0].port;
	*out = s;
	return ERR_OK;
}

void server_stop(struct server *s)
{
	if (!s) return;
	atomic_store(&s->stopping, true);
	if (s->context) {
		struct timespec pause = { .tv_nsec = 5 * 1000 * 1000 };
		int64_t last = time_mono_ms() + STOP_MS;
		while (atomic_load(&s->running) && time_mono_ms() < last)
			nanosleep(&pause, NULL);
		slow_stop(s->slow);
		mg_stop(s->context);
	}
	slow_close(s->slow);
	tls_close(s->tls);
	limits_close(s->limits);
	pool_close(s->pool);
	free(s);
}

int server_port(const struct server *s, enum http_origin origin)
{
	return origin == CONTENT ? s->content_port : s->port;
}

struct server_numbers server_numbers(const struct server *s)
{
	return (struct server_numbers){
		.requests = atomic_load(&s->requests),
		.connections = atomic_load(&s->connections),
		.cut_slow = slow_cuts(s->slow),
		.limited = atomic_load(&s->limited),
		.busy_threads = slow_occupied(s->slow),
		.devices = devices_count(&s->devices, 5, time_mono_us()),
	};
}
