/* SPDX-License-Identifier: Apache-2.0 */
/* From a request to whoever answers it. The order of the checks is the order of this file
 * from the bottom up: the host, files, the route, where the page that asks comes from, who
 * asks, how often. */
#include "http/inside.h"

#include "base/log.h"
#include "base/time.h"

#include <stdlib.h>

/* ---- matching ---- */

/* The first segment of "a/b"; `*rest` becomes what stands behind the slash, or STR_NONE. */
static str segment(str *rest)
{
	size_t end = str_index(*rest, '/');
	str s = str_part(*rest, 0, end);
	*rest = end < rest->n ? (str){ rest->p + end + 1, rest->n - end - 1 } : STR_NONE;
	return s;
}

static bool is_param(str s)
{
	return s.n > 2 && s.p[0] == '{' && s.p[s.n - 1] == '}';
}

bool route_matches(const char *pattern, str path, str param[ROUTE_PARAMS])
{
	str p = str_of(pattern);
	size_t n = 0;
	while (p.p && path.p) {
		str wanted = segment(&p), given = segment(&path);
		if (!is_param(wanted)) {
			if (!str_is(wanted, given)) return false;
		} else {
			if (!given.n || n == ROUTE_PARAMS) return false;
			param[n++] = given;
		}
	}
	return !p.p && !path.p;
}

const struct route *route_find(const struct route *routes, size_t n,
                               enum http_origin origin, enum http_method method,
                               bool known_method, str path, str param[ROUTE_PARAMS],
                               unsigned *allowed_out)
{
	*allowed_out = 0;
	for (const struct route *r = routes; r < routes + n; r++) {
		if (!(r->origin & origin)) continue;
		if (!route_matches(r->path, path, param)) continue;
		if (known_method && r->method == method) return r;
		*allowed_out |= 1u << r->method;
	}
	return NULL;
}

/* ---- the table ---- */

/* Whether some address matches both. */
static bool overlap(const char *a, const char *b)
{
	str x = str_of(a), y = str_of(b);
	while (x.p && y.p) {
		str s = segment(&x), t = segment(&y);
		if (!is_param(s) && !is_param(t) && !str_is(s, t)) return false;
		/* a {name} takes no empty segment */
		if ((is_param(s) && !t.n) || (is_param(t) && !s.n)) return false;
	}
	return !x.p && !y.p;
}

static fallible check_path(const char *path)
{
	str rest = str_of(path);
	size_t params = 0;
	if (!str_starts(rest, S("/")))
		return FAIL(ERR_INVALID, "route %s: begins with a slash", path);
	while (rest.p) {
		str s = segment(&rest);
		bool brace = str_index(s, '{') < s.n || str_index(s, '}') < s.n;
		params += is_param(s);
		if (brace && !is_param(s))
			return FAIL(ERR_INVALID, "route %s: a {name} is a whole segment",
			            path);
	}
	if (params > ROUTE_PARAMS)
		return FAIL(ERR_INVALID, "route %s: at most %d names", path, ROUTE_PARAMS);
	return ERR_OK;
}

fallible route_check(const struct route *routes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct route *a = &routes[i];
		TRY(check_path(a->path));
		if (a->takes && a->takes_raw)
			return FAIL(ERR_INVALID, "route %s: takes JSON or bytes", a->path);
		if (a->method == GET && (a->takes || a->takes_raw))
			return FAIL(ERR_INVALID, "route %s: GET takes no body", a->path);
		if (!a->run || !(a->origin & BOTH))
			return FAIL(ERR_INVALID, "route %s: answered by nobody", a->path);
		for (size_t j = 0; j < i; j++) {
			const struct route *b = &routes[j];
			if (a->method == b->method && a->origin & b->origin &&
			    overlap(a->path, b->path))
				return FAIL(ERR_CONFLICT, "route %s hides %s", b->path,
				            a->path);
		}
	}
	return ERR_OK;
}

/* ---- how often ---- */

static bool is_guess_failed(enum err err)
{
	return err == ERR_UNKNOWN || err == ERR_DENIED || err == ERR_NOT_FOUND;
}

/* Who is limited: the session, else what we can tell a device by behind one address. */
static uint64_t device_key(struct request *rq)
{
	const struct limits *l = rq->server->limits;
	if (rq->caller.known && rq->caller.session[0])
		return limit_key(l, (str[]){ str_of(rq->caller.session) }, 1);
	str part[3] = { rq->address, request_header(rq, "User-Agent"), STR_NONE };
	str cookie[COOKIES];
	if (request_cookies(rq, "kenes", cookie)) part[2] = cookie[0];
	return limit_key(l, part, countof(part));
}

static fallible refuse_hurry(struct request *rq, int64_t wait_us)
{
	rq->retry_after = (int)(wait_us / 1000000) + 1;
	atomic_fetch_add_explicit(&rq->server->limited, 1, memory_order_relaxed);
	return FAIL(ERR_LIMITED, "%s too often", rq->route->path);
}

static fallible check_pace(struct request *rq)
{
	static const enum limit_kind kinds[][2] = {
		[NORMAL] = { LIMIT_NORMAL_DEVICE, LIMIT_NORMAL_ADDRESS },
		[COSTLY] = { LIMIT_COSTLY_DEVICE, LIMIT_COSTLY_ADDRESS },
		[GUESS] = { LIMIT_GUESS_DEVICE, LIMIT_GUESS_ADDRESS },
	};
	enum http_pace pace = rq->route->pace;
	if (pace == FREE || (pace != GUESS && rq->local)) return ERR_OK;
	/* A guess is only looked up here: it is charged when it fails. */
	int64_t (*ask)(struct limits *, enum limit_kind, uint64_t, int64_t) =
		pace == GUESS ? limit_wait : limit_take;
	struct limits *l = rq->server->limits;
	int64_t now = time_mono_us();
	int64_t wait = ask(l, kinds[pace][0], device_key(rq), now);
	if (wait) return refuse_hurry(rq, wait);
	/* Who is in stays in, whatever a neighbour behind the same address guesses. */
	if (pace == GUESS && rq->caller.known) return ERR_OK;
	wait = ask(l, kinds[pace][1], limit_key(l, &rq->address, 1), now);
	if (wait) return refuse_hurry(rq, wait);
	return ERR_OK;
}

static void charge_guess(struct request *rq)
{
	struct limits *l = rq->server->limits;
	int64_t now = time_mono_us();
	limit_take(l, LIMIT_GUESS_DEVICE, device_key(rq), now);
	limit_take(l, LIMIT_GUESS_ADDRESS, limit_key(l, &rq->address, 1), now);
}

/* ---- who asks ---- */

static fallible check_who(struct request *rq)
{
	enum http_who who = rq->route->who;
	if ((who == TRAINER || who == LAPTOP) && !rq->local)
		return FAIL_WHY(ERR_DENIED, "only-on-laptop", "%s from another machine",
		                rq->route->path);
	if (rq->server->options.identify)
		TRY(rq->server->options.identify(rq, who, &rq->caller));
	if (who == ANYONE || who == LAPTOP) return ERR_OK;
	if (!rq->caller.known && who == ATTEMPT)
		return FAIL_WHY(ERR_DENIED, "wrong-capability", "%s: no such attempt",
		                rq->route->path);
	if (!rq->caller.known)
		return FAIL_WHY(ERR_UNKNOWN, "signed-out", "%s: nobody is signed in",
		                rq->route->path);
	if (who == TRAINER && !rq->caller.trainer)
		return FAIL_WHY(ERR_DENIED, "only-trainers", "%s: not a trainer",
		                rq->route->path);
	if (who == EDITOR && !rq->caller.editor)
		return FAIL_WHY(ERR_DENIED, "read-only", "%s: an auditor only reads",
		                rq->route->path);
	if (who == NATIONAL && !rq->caller.national)
		return FAIL_WHY(ERR_DENIED, "only-national",
		                "%s: for national coordinators", rq->route->path);
	return ERR_OK;
}

/* ---- where the page that asks comes from ---- */

static bool is_own_origin(const struct request *rq)
{
	str origin = rq->origin_header;
	if (str_starts(origin, S("http://")))
		origin = str_part(origin, 7, origin.n);
	else if (str_starts(origin, S("https://")))
		origin = str_part(origin, 8, origin.n);
	else
		return false;
	return str_is_nocase(origin, rq->host);
}

/* A course on the other port, or any page of the internet open in the same browser, may
 * send requests here with our cookie. What changes something must come from our own page.
 */
static fallible check_own_page(const struct request *rq)
{
	if (rq->method == GET) return ERR_OK;
	if (rq->fetch_site.p && !str_is(rq->fetch_site, S("same-origin")) &&
	    !str_is(rq->fetch_site, S("none")))
		return FAIL_WHY(ERR_DENIED, "cross-origin",
		                "sent by a page of another origin");
	if (rq->origin_header.p && !is_own_origin(rq))
		return FAIL_WHY(ERR_DENIED, "cross-origin", "origin is not the host");
	return ERR_OK;
}

/* ---- answering ---- */

static void run(struct request *rq)
{
	struct worker *w = rq->worker;
	if (!w->body.max) buf_init(&w->body, BODY_MOST);
	struct reply rs = { .body = w->body };
	enum err err = check_own_page(rq);
	if (!err) err = check_who(rq);
	if (!err) err = check_pace(rq);
	if (!err) {
		err = rq->route->run(rq, &rs);
		if (rq->route->pace == GUESS && is_guess_failed(err)) charge_guess(rq);
	}
	if (!err && rs.body.over)
		err = FAIL(ERR_CORRUPT, "%s: reply too large", rq->route->path);
	if (err)
		reply_error(rq, err);
	else
		reply_finish(rq, &rs);
	w->body = rs.body;
	if (w->body.room > BODY_KEPT) buf_free(&w->body);
	if (w->body.max)
		buf_reset(&w->body);
	else
		w->body = (struct buf){ 0 };
}

static void refuse_method(struct request *rq, unsigned allowed)
{
	static const struct {
		enum http_method method;
		str name;
	} names[] = { { GET, S("GET, HEAD") },
		      { POST, S("POST") },
		      { PUT, S("PUT") },
		      { DELETE, S("DELETE") } };
	char list[40];
	struct head h = { .p = list, .room = sizeof list };
	for (size_t i = 0; i < countof(names); i++) {
		if (!(allowed & 1u << names[i].method)) continue;
		if (h.n) head_add(&h, S(", "));
		head_add(&h, names[i].name);
	}
	reply_header(rq, "Allow", (str){ list, h.n });
	reply_refuse(rq, 405, "method", NULL);
}

static bool understand_method(struct request *rq)
{
	static const struct {
		str name;
		enum http_method method;
	} methods[] = { { S("GET"), GET },
		        { S("HEAD"), GET },
		        { S("POST"), POST },
		        { S("PUT"), PUT },
		        { S("DELETE"), DELETE } };
	for (size_t i = 0; i < countof(methods); i++) {
		if (!str_is(rq->method_name, methods[i].name)) continue;
		rq->method = methods[i].method;
		rq->head = rq->method_name.p[0] == 'H';
		return true;
	}
	return false;
}

static bool is_api(str path)
{
	return str_starts(path, S("/api")) && (path.n == 4 || path.p[4] == '/');
}

/* Errors that begin with a resource that could not be found go on to the routes. */
static bool answer_with_file(struct request *rq, bool known_method)
{
	const struct server_options *o = &rq->server->options;
	if (!o->find_file || is_api(rq->path)) return false;
	struct resource file = { 0 };
	if (known_method && rq->method == GET) {
		enum err err = o->find_file(o->app, rq->origin, rq->path, &file);
		if (err == ERR_NOT_FOUND) return false;
		if (err)
			reply_error(rq, err);
		else
			resource_send(rq, &file, 200);
		return true;
	}
	return false;
}

static void answer_with_route(struct request *rq, bool known_method)
{
	const struct server_options *o = &rq->server->options;
	unsigned allowed;
	rq->route = route_find(o->routes, o->n_routes, rq->origin, rq->method, known_method,
	                       rq->target, rq->param, &allowed);
	if (rq->route && !rq->route->takes_raw && rq->length > COMMIT_MOST) {
		reply_refuse(rq, 413, "too-large", NULL);
	} else if (rq->route) {
		run(rq);
	} else {
		struct resource file = { 0 };
		if (!allowed && o->find_file && !is_api(rq->path) &&
		    !(known_method && rq->method == GET) &&
		    !o->find_file(o->app, rq->origin, rq->path, &file))
			allowed = 1u << GET;
		if (allowed)
			refuse_method(rq, allowed);
		else
			reply_refuse(rq, 404, "not-found", NULL);
	}
}

void route_answer(struct request *rq)
{
	const char *word;
	int refused = request_refused(rq, &word);
	if (refused) {
		rq->close = true;
		reply_refuse(rq, refused, word, NULL);
		return;
	}
	/* A page of the internet whose name was pointed at this laptop's address (DNS
	 * rebinding) would be of "our" origin: names are not ours unless they were set. */
	str host = host_name(rq->host);
	if (!host_is_ours(host, rq->server->options.names)) {
		reply_refuse(rq, 421, NULL, NULL);
		return;
	}
	if (!request_decode_path(rq)) {
		reply_refuse(rq, 400, "invalid", NULL);
		return;
	}
	/* A course that registered a service worker would stand between the phone and every
	 * other course. */
	if (rq->origin == CONTENT && str_is_nocase(rq->service_worker, S("script"))) {
		reply_refuse(rq, 403, "denied", "service-worker");
		return;
	}
	bool known_method = understand_method(rq);
	if (!answer_with_file(rq, known_method)) answer_with_route(rq, known_method);
}
