/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder share. Nobody else includes it.
 *
 * A request's way: server.c takes it from CivetWeb and fills `struct request`; route.c
 * checks it and finds who answers (a file, a handler, an error); reply.c and resource.c
 * send. server.c alone knows CivetWeb: the others read and write through wire_read and
 * wire_write. */
#pragma once

#include "http/devices.h"
#include "http/http.h"
#include "http/limit.h"
#include "http/pool.h"
#include "http/slow.h"
#include "http/tls.h"

#include <stdatomic.h>

enum {
	ROUTE_PARAMS = 4,
	COOKIES = 8,
	/* A reply's head and what fits of its body leave in one write; a wider one borrows
	 * a buffer (pool.h). */
	OUT_ROOM = 16 << 10,
	HEAD_ROOM = 6 << 10,
	WRITE_MOST = 1 << 30,    /* in one call of CivetWeb */
	REPLY_PIECES = 4,        /* a head and three pieces of body */
	EXTRA_ROOM = 4 << 10,    /* for reply_header, of the head's room */
	BODY_KEPT = 16 << 10,    /* of a worker's reply buffer between requests */
	BODY_MOST = 16 << 20,    /* the largest reply that a handler may build */
	ARENA_MOST = 16 << 20,   /* a request's arena for sizes from outside */
	JSON_MOST = 64 << 10,    /* a request's body */
	COMMIT_MOST = 1 << 20,   /* the same on ATTEMPT routes */
	JSON_MS = 15 * 1000,     /* from the end of the head to the end of the body */
	DISCARD_MOST = 64 << 10, /* of a body that nobody wanted, to keep a connection */
	DRAIN_MOST = 1 << 20,    /* of one whose connection is closed anyway */
};

/* What one thread of CivetWeb keeps from request to request. Nothing is allocated before
 * the first request that needs it, so 600 idle threads cost next to nothing. */
struct worker {
	struct server *server;
	struct slow_seat *seat;
	struct arena *arena;
	struct buf body;
	char *out;   /* OUT_ROOM bytes */
	char *extra; /* EXTRA_ROOM bytes: lines from reply_header */
};

struct server {
	struct server_options options;
	void *context;                  /* struct mg_context */
	_Atomic int port, content_port; /* 0 until CivetWeb has told them */
	struct slow *slow;
	struct limits *limits;
	struct devices devices;
	struct pool *pool;
	struct tls *tls; /* NULL: plain */
	_Atomic uint64_t requests, connections, limited;
	_Atomic int running; /* requests between their head and the end of their reply */
	_Atomic bool stopping;
	char said[200]; /* CivetWeb's last complaint while it starts */
};

/* The same layout as CivetWeb's mg_header (server.c asserts it). */
struct field {
	const char *name, *value;
};

struct request {
	struct server *server;
	struct worker *worker;
	void *connection; /* struct mg_connection */
	uint64_t number;
	int64_t begun_us;
	enum http_origin origin;
	str address;
	bool local;
	bool sealed; /* by TLS, to us or to a proxy */

	/* as it came */
	const struct field *field;
	size_t n_fields;
	str method_name; /* "GET" */
	str target;      /* path, percent-encoded */
	str path;        /* decoded */
	str query;
	bool http_1_0;
	/* headers that every request is asked about; STR_NONE when absent */
	str host, connection_header, accept_encoding, range, if_range, if_none_match;
	str content_type, content_length, transfer_encoding, origin_header, fetch_site;
	str expect, service_worker;
	bool repeated; /* one of those that may stand only once came twice */
	bool torn;     /* headers are missing */

	enum http_method method;
	bool head;      /* HEAD: GET without sending the body */
	int64_t length; /* of the body, 0 when there is none */
	int64_t taken;  /* of it, read */
	bool close;     /* the connection ends with this reply */

	/* who answers */
	const struct route *route;
	str param[ROUTE_PARAMS]; /* percent-encoded */
	struct http_caller caller;

	/* the answer */
	size_t n_extra;
	bool extra_over, own_cache, wants_etag;
	int retry_after; /* seconds; 0: does not say */
	int status;      /* sent; 0: nothing yet */
	uint64_t sent;   /* bytes of body */
	bool broken;     /* the reply could not be sent whole */
};

/* ---- server.c: the wire ---- */
struct piece { /* of what goes out */
	const void *p;
	uint64_t n;
};
/* Up to n bytes of the body; 0 at its end or when the client is too slow, < 0 when the
 * connection is broken. */
int wire_read(struct request *, void *out, size_t n);
/* Sets `broken` when the client is gone. */
void wire_write(struct request *, const void *bytes, size_t n);
/* Up to REPLY_PIECES, in one call where the system can do that. */
void wire_write_pieces(struct request *, const struct piece *, size_t n);

/* ---- request.c: reading what came; pure but for request_body and request_read ---- */
/* Fills in the known headers, method, length and whether to close, from `field`,
 * `method_name` and `http_1_0`. */
void request_understand(struct request *);
/* False when the address holds a NUL or is too long once decoded. */
bool request_decode_path(struct request *);
/* 0, or the status this head must be refused with, and the word for it. */
int request_refused(const struct request *, const char **word_out);
/* "host:8080" → "host", "[::1]:8080" → "[::1]". STR_NONE when malformed. */
str host_name(str host);
/* Whether `name` is an IP address, localhost or one of `names`. */
bool host_is_ours(str name, const char *const *names);
/* The cookies called `name` in one Cookie header, added to out[n…]; returns the new n. */
size_t cookie_find(str header, str name, str out[COOKIES], size_t n);
bool address_is_local(str address);
/* The piece of a query "a=1&b=2" that belongs to `name`, still encoded. */
str query_find(str query, str name);

/* ---- route.c ---- */
/* Whether `path` (encoded) is matched by `pattern`; the values of its {names}. */
bool route_matches(const char *pattern, str path, str param[ROUTE_PARAMS]);
/* The route that answers; NULL, and in *allowed_out a bit for each method that would be
 * answered at this address (0: the address does not exist). */
const struct route *route_find(const struct route *, size_t n, enum http_origin,
                               enum http_method, bool known_method, str path,
                               str param[ROUTE_PARAMS], unsigned *allowed_out);
/* Answers the request, always. */
void route_answer(struct request *);

/* ---- reply.c ---- */
struct head {
	char *p;
	size_t n, room;
	bool over;
};
void head_add(struct head *, str);
void head_number(struct head *, uint64_t);
/* Begins a head in the worker's buffer: status line and the headers of every reply. */
struct head reply_begin(struct request *, int status);
/* Ends it and sends it with the body: small ones in one write. HEAD, 204 and 304 have none.
 */
void reply_send(struct request *, struct head, const void *body, uint64_t n);
void reply_pieces(struct request *, struct head, const struct piece *, size_t n);
/* The same with `n` bytes out of a stream, which stays open. */
void reply_stream(struct request *, struct head, const struct resource_plain *,
                  void *stream, uint64_t n);
void reply_error(struct request *, enum err);
/* For statuses that are no error of ours: 405, 411, 421 … */
void reply_refuse(struct request *, int status, const char *word, const char *reason);
void reply_finish(struct request *, struct reply *);
/* "HTTP/1.1 200 OK\r\n" */
str status_line(int status);

/* ---- resource.c ---- */
enum range_kind {
	RANGE_WHOLE, /* no range, not in bytes, malformed, or several */
	RANGE_PART,
	RANGE_NONE, /* beyond the end: 416 */
};
enum range_kind range_read(str header, uint64_t size, uint64_t *from_out, uint64_t *to_out);
bool gzip_accepted(str accept_encoding);
/* Whether an If-None-Match list names `etag` ("…" with quotes, strong), in either of its
 * codings. */
bool etag_listed(str list, str etag);
void resource_send(struct request *, const struct resource *, int status);
