/* SPDX-License-Identifier: Apache-2.0 */
/* What a request says. Everything here but the reading of the body is pure, so it can be
 * fuzzed; what CivetWeb's own reading of heads lets pass is refused here. */
#include "http/inside.h"

#include "base/text.h"

#include <strings.h>

/* ---- the head ---- */

static void known(struct request *rq, str *slot, const char *value, bool once)
{
	if (slot->p) {
		if (once) rq->repeated = true;
		return;
	}
	*slot = str_trim(str_of(value));
}

/* Told apart by length first: this runs for every header of every request. */
static void understand_header(struct request *rq, const char *name, const char *value)
{
#define KNOWN(text, slot, once)                    \
	if (!strcasecmp(name, text)) {             \
		known(rq, &rq->slot, value, once); \
		return;                            \
	}
	switch (strlen(name)) {
	case 4: KNOWN("Host", host, true); return;
	case 5: KNOWN("Range", range, false); return;
	case 6:
		KNOWN("Origin", origin_header, true);
		KNOWN("Expect", expect, false);
		return;
	case 8: KNOWN("If-Range", if_range, false); return;
	case 10: KNOWN("Connection", connection_header, false); return;
	case 12: KNOWN("Content-Type", content_type, true); return;
	case 13: KNOWN("If-None-Match", if_none_match, false); return;
	case 14:
		KNOWN("Content-Length", content_length, true);
		KNOWN("Sec-Fetch-Site", fetch_site, true);
		KNOWN("Service-Worker", service_worker, false);
		return;
	case 15: KNOWN("Accept-Encoding", accept_encoding, false); return;
	case 17: KNOWN("Transfer-Encoding", transfer_encoding, true); return;
	default: return;
	}
#undef KNOWN
}

/* Whether a comma-separated list of words has `word`. */
static bool has_word(str list, str word)
{
	str piece;
	while (str_cut(&list, ',', &piece))
		if (str_is_nocase(str_trim(piece), word)) return true;
	return false;
}

/* As CivetWeb decides it, so that what the reply says comes true. */
static bool wants_close(const struct request *rq)
{
	if (!rq->connection_header.p) return rq->http_1_0;
	return !has_word(rq->connection_header, S("keep-alive")) ||
	       has_word(rq->connection_header, S("upgrade"));
}

void request_understand(struct request *rq)
{
	for (size_t i = 0; i < rq->n_fields; i++)
		understand_header(rq, rq->field[i].name, rq->field[i].value);
	rq->close = wants_close(rq);
	rq->length = 0;
	if (rq->content_length.p &&
	    !str_to_int(rq->content_length, 0, INT64_MAX, &rq->length))
		rq->length = -1;
}

bool request_decode_path(struct request *rq)
{
	rq->path = rq->target;
	if (str_index(rq->target, '%') == rq->target.n) return true;
	if (rq->target.n > 8192) return false;
	rq->path = text_unpercent(request_arena(rq), rq->target);
	return rq->path.p && str_index(rq->path, 0) == rq->path.n;
}

int request_refused(const struct request *rq, const char **word_out)
{
	enum { MOST_FIELDS = 64 }; /* CivetWeb drops what comes after */
	*word_out = "invalid";
	if (rq->n_fields >= MOST_FIELDS) {
		*word_out = "too-many-headers";
		return 431;
	}
	/* Two ways to say where a body ends are one too many: whoever stands between might
	 * choose the other (request smuggling, RFC 9112 §11.2). */
	if (rq->repeated || rq->torn || rq->length < 0 || !rq->host.p) return 400;
	if (rq->transfer_encoding.p) {
		if (rq->content_length.p) return 400;
		*word_out = "length-required";
		return 411;
	}
	return 0;
}

/* ---- who is meant: the Host header ---- */

str host_name(str host)
{
	size_t end = str_index(host, ':');
	if (host.n && host.p[0] == '[') {
		end = str_index(host, ']');
		if (end == host.n) return STR_NONE;
		end++;
	}
	if (!end) return STR_NONE;
	str port = str_part(host, end, host.n);
	int64_t number;
	if (port.n &&
	    (port.p[0] != ':' || !str_to_int(str_part(port, 1, port.n), 1, 65535, &number)))
		return STR_NONE;
	return str_part(host, 0, end);
}

static bool is_ipv4(str s)
{
	str part;
	int n = 0;
	int64_t value;
	if (s.n > 15 || str_ends(s, S("."))) return false;
	while (str_cut(&s, '.', &part)) {
		if (!str_to_int(part, 0, 255, &value)) return false;
		n++;
	}
	return n == 4;
}

/* Not a whole grammar: nothing that a DNS could be asked for passes. */
static bool is_ipv6(str s)
{
	if (s.n < 4 || s.p[0] != '[' || s.p[s.n - 1] != ']') return false;
	bool colon = false;
	for (size_t i = 1; i < s.n - 1; i++) {
		colon = colon || s.p[i] == ':';
		if (!strchr("0123456789abcdefABCDEF:.", s.p[i]) || !s.p[i]) return false;
	}
	return colon;
}

bool host_is_ours(str name, const char *const *names)
{
	if (is_ipv4(name) || is_ipv6(name) || str_is_nocase(name, S("localhost")))
		return true;
	for (; names && *names; names++)
		if (str_is_nocase(name, str_of(*names))) return true;
	return false;
}

bool address_is_local(str address)
{
	if (str_starts(address, S("::ffff:"))) address = str_part(address, 7, address.n);
	return str_starts(address, S("127.")) || str_is(address, S("::1"));
}

/* ---- what handlers ask ---- */

size_t cookie_find(str header, str name, str out[COOKIES], size_t n)
{
	str piece;
	while (n < COOKIES && str_cut(&header, ';', &piece)) {
		piece = str_trim(piece);
		size_t equals = str_index(piece, '=');
		if (equals == piece.n) continue;
		if (!str_is(str_trim(str_part(piece, 0, equals)), name)) continue;
		str value = str_trim(str_part(piece, equals + 1, piece.n));
		if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
			value = str_part(value, 1, value.n - 1);
		out[n++] = value;
	}
	return n;
}

size_t request_cookies(struct request *rq, const char *name, str out[COOKIES])
{
	size_t n = 0;
	for (size_t i = 0; i < rq->n_fields; i++)
		if (!strcasecmp(rq->field[i].name, "Cookie"))
			n = cookie_find(str_of(rq->field[i].value), str_of(name), out, n);
	return n;
}

str query_find(str query, str name)
{
	str piece;
	while (str_cut(&query, '&', &piece)) {
		size_t equals = str_index(piece, '=');
		if (!str_is(str_part(piece, 0, equals), name)) continue;
		/* "?name" is there, and empty */
		return (str){ equals < piece.n ? piece.p + equals + 1 : "",
			      equals < piece.n ? piece.n - equals - 1 : 0 };
	}
	return STR_NONE;
}

str request_query(struct request *rq, const char *name)
{
	str value = query_find(rq->query, str_of(name));
	if (!value.n) return value;
	char *copy = arena_try(request_arena(rq), value.n);
	if (!copy) return STR_NONE;
	for (size_t i = 0; i < value.n; i++) copy[i] = value.p[i] == '+' ? ' ' : value.p[i];
	return text_unpercent(request_arena(rq), (str){ copy, value.n });
}

str request_param(struct request *rq, const char *name)
{
	str pattern = str_of(rq->route ? rq->route->path : NULL), segment;
	size_t n = 0;
	while (pattern.n && str_cut(&pattern, '/', &segment)) {
		if (!segment.n || segment.p[0] != '{') continue;
		if (str_is(str_part(segment, 1, segment.n - 1), str_of(name)))
			return text_unpercent(request_arena(rq), rq->param[n]);
		n++;
	}
	return STR_NONE;
}

str request_header(struct request *rq, const char *name)
{
	for (size_t i = 0; i < rq->n_fields; i++)
		if (!strcasecmp(rq->field[i].name, name))
			return str_trim(str_of(rq->field[i].value));
	return STR_NONE;
}

str request_host(struct request *rq)
{
	return host_name(rq->host);
}

bool request_is_local(struct request *rq)
{
	return rq->local;
}

bool request_is_sealed(struct request *rq)
{
	return rq->sealed;
}

/* Opened by the first request of this thread that needs one, emptied after each. */
struct arena *request_arena(struct request *rq)
{
	if (!rq->worker->arena) rq->worker->arena = arena_open(ARENA_MOST);
	return rq->worker->arena;
}

void *request_app(struct request *rq)
{
	return rq->server->options.app;
}

const struct http_caller *request_caller(struct request *rq)
{
	return &rq->caller;
}

enum http_method request_method(struct request *rq)
{
	return rq->method;
}

/* ---- the body ---- */

/* Whoever asked first whether the body is welcome waits for a yes. */
static void say_continue(struct request *rq)
{
	static const char yes[] = "HTTP/1.1 100 Continue\r\n\r\n";
	if (!rq->expect.p || rq->taken || rq->http_1_0) return;
	if (str_is_nocase(rq->expect, S("100-continue")))
		wire_write(rq, yes, sizeof yes - 1);
	rq->expect = STR_NONE;
}

static bool type_is_taken(const struct request *rq)
{
	str type = rq->content_type;
	type = str_trim(str_part(type, 0, str_index(type, ';')));
	return str_is_nocase(type, S("application/json")) ||
	       (rq->route->who == ATTEMPT && str_is_nocase(type, S("text/plain")));
}

fallible request_body(struct request *rq, const struct shape *shape, void *out)
{
	if (!type_is_taken(rq))
		return FAIL(ERR_MEDIA_TYPE, "content type %.*s where JSON is taken",
		            STR_ARG(str_part(rq->content_type, 0, 60)));
	int64_t most = rq->route->who == ATTEMPT ? COMMIT_MOST : JSON_MOST;
	if (rq->length > most)
		return FAIL(ERR_TOO_LARGE, "body of %lld bytes, at most %lld",
		            (long long)rq->length, (long long)most);
	size_t length = (size_t)rq->length, n = 0;
	char *body = arena_try(request_arena(rq), length + 1);
	if (!body) return FAIL(ERR_TOO_LARGE, "body of %zu bytes", length);
	say_continue(rq);
	slow_deadline(rq->worker->seat, JSON_MS);
	while (n < length) {
		int got = wire_read(rq, body + n, length - n);
		if (got <= 0) {
			rq->close = true;
			return FAIL(ERR_INVALID, "body ends after %zu of %zu bytes", n,
			            length);
		}
		n += (size_t)got;
		rq->taken += got;
	}
	return json_read((str){ body, n }, shape, JSON_STRICT, request_arena(rq), out);
}

int64_t request_length(struct request *rq)
{
	return rq->length;
}

fallible request_read(struct request *rq, void *out, size_t n, size_t *n_out)
{
	enum { PIECE = 16 << 10 }; /* each has JSON_MS: at least about 1 KB/s */
	*n_out = 0;
	if (rq->taken >= rq->length) return ERR_OK;
	say_continue(rq);
	slow_deadline(rq->worker->seat, JSON_MS);
	int got = wire_read(rq, out, n < PIECE ? n : PIECE);
	if (got <= 0) {
		rq->close = true;
		return FAIL(ERR_INVALID, "body ends after %lld of %lld bytes",
		            (long long)rq->taken, (long long)rq->length);
	}
	rq->taken += got;
	*n_out = (size_t)got;
	return ERR_OK;
}
