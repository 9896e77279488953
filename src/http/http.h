/* SPDX-License-Identifier: Apache-2.0 */
/* CivetWeb made into requests, replies and routes. The only folder that knows CivetWeb; it
 * knows nothing of SQLite or of people: who is asking is found by the program's `identify`,
 * where files come from by its `find_file`. One thread a connection; a handler runs in that
 * thread with the request's own arena.
 *
 * Two ports, two origins: MAIN for the app and its API, CONTENT for courses and the player
 * (ground rule 5). A route belongs to one (or both); on the other it does not exist. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

enum http_method { GET, POST, PUT, DELETE };
enum http_origin { MAIN = 1, CONTENT = 2, BOTH = 3 };

/* Who may ask. Checked before the handler runs. */
enum http_who {
	ANYONE,
	LEARNER, /* a learner's or trainer's session */
	TRAINER, /* a trainer's session, and the request comes from this machine (ground
	            rule 4) */
	LAPTOP,  /* no session, but from this machine: the first start */
	ATTEMPT, /* the {cap} in the address is a valid capability of one attempt */
	/* At a hub, from anywhere; within the caller's scope, which the queries see to. */
	COORDINATOR, /* a coordinator's session: reads */
	EDITOR,      /* … of one who may change something: no auditor */
	NATIONAL,    /* … of one for the whole country */
};

/* How often one device, and one address, may ask (http/limit.c gives the numbers). Requests
 * from this machine are not limited, but for GUESS. */
enum http_pace {
	FREE, /* no limit: commits, health */
	NORMAL,
	COSTLY, /* joins, exports, imports */
	GUESS,  /* passwords, codes: failures count, per device and name before per address,
	           so one guesser cannot lock out the hall behind the same router. A
	           failure is ERR_UNKNOWN, ERR_DENIED or ERR_NOT_FOUND */
};

struct request;
struct reply;
/* What it returns becomes the reply: an error its status, word and reason. Headers set
 * before an error are sent with it. */
typedef enum err handler(struct request *, struct reply *);

struct route {
	enum http_method method;
	const char *path; /* "/api/events/{id}": a {name} matches one segment */
	enum http_origin origin;
	enum http_who who;
	enum http_pace pace;
	const struct shape *takes; /* NULL: no body, unless `takes_raw` */
	const struct shape *gives; /* NULL: not JSON of a shape (or 204) */
	bool gives_list;           /* the reply is an array of `gives` */
	bool takes_raw;            /* PUT of bytes, read with request_read */
	handler *run;
	const char *doc; /* one sentence */
};

/* Whether the table can be served: paths well-formed, and no two routes of one method and
 * origin that match the same address, so that their order never matters. ERR_CONFLICT names
 * both. */
fallible route_check(const struct route *, size_t n);

/* ---- who asks ---- */
struct http_caller {
	bool known;
	bool trainer;
	char person[40];  /* per_… */
	char event[40];   /* evt_…; "" for a trainer */
	char session[40]; /* ses_…: what it is limited by, what the log shows */
	char attempt[40]; /* att_…, for ATTEMPT routes */
	char launch[40];
	bool editor, national; /* of a coordinator, who is `person` */
	char scope[68];
};

/* ---- the request ---- */
enum http_method request_method(struct request *); /* HEAD counts as GET */
/* A value of {name} in the route's path, percent-decoded; STR_NONE when the route has none.
 */
str request_param(struct request *, const char *name);
/* A query parameter, decoded into the request's arena; STR_NONE when absent. */
str request_query(struct request *, const char *name);
str request_header(struct request *, const char *name); /* STR_NONE when absent */
/* All cookies called `name`, in order, at most 8. Courses on the other port can add cookies
 * to this host, so a name may come twice. Returns how many. */
size_t request_cookies(struct request *, const char *name, str out[8]);
str request_host(struct request *); /* Host without the port: "192.168.1.10", "[::1]" */
bool request_is_local(struct request *); /* the peer is this machine (127/8, ::1) */
/* Whether it came by TLS: to us, or to a proxy that we believe. */
bool request_is_sealed(struct request *);
struct arena *request_arena(struct request *); /* gone when the request is answered */
void *request_app(struct request *);           /* server_options.app */
const struct http_caller *request_caller(struct request *);
/* Reads the JSON body (≤ 64 KiB; commits ≤ 1 MiB) by the route's shape. ERR_MEDIA_TYPE,
 * ERR_TOO_LARGE, ERR_INVALID. sendBeacon's text/plain is taken on ATTEMPT routes. */
fallible request_body(struct request *, const struct shape *, void *out);
/* For takes_raw: how long the body says it is, and its bytes; *n_out 0 at the end. A body
 * that ends early, or comes slower than about 1 KB/s, is ERR_INVALID. Bodies without a
 * length are refused before the handler (411). */
int64_t request_length(struct request *);
fallible request_read(struct request *, void *out, size_t n, size_t *n_out);

/* ---- the reply: built whole, sent with its length ---- */
struct reply {
	int status;       /* 0: 200, or 204 when nothing was written */
	struct buf body;  /* the handler writes JSON here with json_write … */
	const char *type; /* "application/json" unless set */
	const struct resource *resource; /* or: send this instead of `body` */
};
/* e.g. Set-Cookie, Content-Disposition. Control characters become blanks; past 4 KiB in all
 * the reply becomes a 500. "Cache-Control" takes the place of our `no-store`. */
void reply_header(struct request *, const char *name, str value);
/* ETag of the body (a hash); 304 when the client has it. For polled pages. */
void reply_etag(struct request *);

/* ---- files: a member of a zip, an asset ---- */
/* Bytes as they lie and how to get plain ones out of them. Everything lives at least as
 * long as the reply. */
struct resource {
	str etag;          /* with its quotes */
	const char *type;  /* "text/html; charset=utf-8" */
	const char *cache; /* Cache-Control */
	const char *csp;   /* Content-Security-Policy or NULL */
	bool deflated; /* `bytes` is raw deflate: sent as gzip with a synthesised frame */
	const uint8_t *bytes;
	uint64_t packed;    /* bytes at `bytes` */
	uint64_t size;      /* bytes of plain content */
	uint32_t crc;       /* CRC-32 of plain content */
	const void *source; /* for `open_plain` */
	bool attachment;
};
/* Plain bytes of a deflated resource from an offset, for clients without gzip and for
 * ranges. */
struct resource_plain {
	enum err (*open)(const struct resource *, uint64_t from, void **stream_out);
	enum err (*read)(void *stream, void *out, size_t n, size_t *n_out);
	void (*close)(void *stream);
};

/* ---- the server ---- */
struct server_options {
	void *app;
	const struct route *routes;
	size_t n_routes;
	/* Address to bind: "0.0.0.0", "127.0.0.1"; "::" for IPv4 and IPv6, where CivetWeb
	 * was built with IPv6 (Debian's was not: then IPv4 alone). */
	const char *listen;
	/* A proxy may say in X-Forwarded-For whom it asks for: limits are by that address
	 * then. Which ones are believed: addresses, NULL at the end; NULL: this machine's
	 * own. */
	bool proxied;
	const char *const *proxies;
	/* PEM files: then both ports speak TLS, 1.2 or newer (http/tls.h); NULL: neither.
	 */
	const char *tls_certificate, *tls_key;
	int port, content_port; /* 0 picks a free one */
	int threads;            /* 0: 600 */
	/* Host names we answer to besides IP addresses and "localhost", which cannot be
	 * rebound by a foreign DNS; ends with NULL; NULL: none. */
	const char *const *names;
	/* Finds a file that is not a route (UI asset, course member, page): the fast path,
	 * called before routing for GET and HEAD of addresses that are not under /api.
	 * ERR_NOT_FOUND goes on to the routes. Must not allocate or lock. Writes *out
	 * (which lives on the caller's stack; what it points to is long-lived). */
	enum err (*find_file)(void *app, enum http_origin, str path, struct resource *out);
	struct resource_plain plain;
	/* Who asks: from cookies and headers (X-Kenes-Session) for LEARNER and TRAINER,
	 * from {cap} for ATTEMPT; asked for ANYONE and LAPTOP too, whose handlers may want
	 * to know. `caller->known` stays false for nobody. The role check itself is the
	 * router's. May be NULL. */
	enum err (*identify)(struct request *, enum http_who, struct http_caller *out);
};
struct server;
/* The options are copied, what they point to is not. ERR_CONFLICT with reason "port-taken"
 * when it cannot listen there. */
fallible server_start(const struct server_options *, struct server **out);
void server_stop(struct server *); /* finishes what runs, at most 5 s; takes NULL */
int server_port(const struct server *, enum http_origin); /* the port chosen */

struct server_numbers {
	/* Since the start: requests begun, connections taken, connections cut for being
	 * slow or idle when their thread was needed, requests refused with 429. */
	uint64_t requests, connections, cut_slow, limited;
	int busy_threads; /* now: threads that hold a connection */
	int devices;      /* other machines' addresses that asked something in the last five
	                     minutes */
};
struct server_numbers server_numbers(const struct server *);

/* The type of a file by its name's ending, with charset=utf-8 for our own texts. Static. */
const char *http_type(str name);
/* The same for a course's file: a text gets `charset=utf-8` only when its beginning (a KiB
 * or more) is UTF-8 and does not declare another encoding itself; else the browser reads
 * what the file declares. */
const char *http_type_of(str name, str beginning);
