/* SPDX-License-Identifier: Apache-2.0 */
/* Replies. The head is put together from ready pieces in the worker's buffer, the body
 * behind it, and both leave in one write: a second write costs as much as all the rest, and
 * formatting header by header five times that (docs/performance.md).
 *
 * There is no Date header: a laptop in the field has no clock to be relied on (RFC 9110
 * §6.6.1), and caches go by ETag and max-age. */
#include "http/inside.h"

#include "base/log.h"

#include <stdlib.h>

/* ---- the head ---- */

void head_add(struct head *h, str s)
{
	if (s.n > h->room - h->n) {
		h->over = true;
		return;
	}
	if (s.n) memcpy(h->p + h->n, s.p, s.n);
	h->n += s.n;
}

void head_number(struct head *h, uint64_t number)
{
	char digits[20];
	size_t n = sizeof digits;
	do digits[--n] = (char)('0' + number % 10);
	while (number /= 10);
	head_add(h, (str){ digits + n, sizeof digits - n });
}

str status_line(int status)
{
	static const struct {
		int status;
		str line;
	} lines[] = {
#define LINE(status, text) { status, S("HTTP/1.1 " #status " " text "\r\n") }
		LINE(200, "OK"),
		LINE(201, "Created"),
		LINE(202, "Accepted"),
		LINE(204, "No Content"),
		LINE(206, "Partial Content"),
		LINE(304, "Not Modified"),
		LINE(400, "Bad Request"),
		LINE(401, "Unauthorized"),
		LINE(403, "Forbidden"),
		LINE(404, "Not Found"),
		LINE(405, "Method Not Allowed"),
		LINE(408, "Request Timeout"),
		LINE(409, "Conflict"),
		LINE(411, "Length Required"),
		LINE(413, "Content Too Large"),
		LINE(415, "Unsupported Media Type"),
		LINE(416, "Range Not Satisfiable"),
		LINE(421, "Misdirected Request"),
		LINE(422, "Unprocessable Content"),
		LINE(429, "Too Many Requests"),
		LINE(431, "Request Header Fields Too Large"),
		LINE(500, "Internal Server Error"),
		LINE(503, "Service Unavailable"),
		LINE(505, "HTTP Version Not Supported"),
		LINE(507, "Insufficient Storage"),
#undef LINE
	};
	for (size_t i = 0; i < countof(lines); i++)
		if (lines[i].status == status) return lines[i].line;
	return S("HTTP/1.1 500 Internal Server Error\r\n");
}

struct head reply_begin(struct request *rq, int status)
{
	struct worker *w = rq->worker;
	if (!w->out) w->out = malloc(OUT_ROOM);
	if (!w->out) abort();
	struct head h = { .p = w->out, .room = HEAD_ROOM };
	rq->status = status;
	head_add(&h, status_line(status));
	/* same-origin: a course may not even put our replies into an <img> or <script> of
	 * its own; frames (the keeper) are not asked. */
	head_add(&h, S("X-Content-Type-Options: nosniff\r\n"
	               "Referrer-Policy: same-origin\r\n"
	               "Cross-Origin-Resource-Policy: same-origin\r\n"));
	if (rq->n_extra) head_add(&h, (str){ w->extra, rq->n_extra });
	if (rq->extra_over) h.over = true;
	return h;
}

void reply_header(struct request *rq, const char *name, str value)
{
	struct worker *w = rq->worker;
	if (!w->extra) w->extra = malloc(EXTRA_ROOM);
	if (!w->extra) abort();
	struct head h = { .p = w->extra, .n = rq->n_extra, .room = EXTRA_ROOM };
	size_t begin;
	head_add(&h, str_of(name));
	head_add(&h, S(": "));
	begin = h.n;
	head_add(&h, value);
	/* Nobody ends a header, and begins another, through a value. */
	for (size_t i = begin; i < h.n; i++)
		if ((uint8_t)h.p[i] < ' ' || h.p[i] == 0x7F) h.p[i] = ' ';
	head_add(&h, S("\r\n"));
	if (str_is_nocase(str_of(name), S("Cache-Control"))) rq->own_cache = true;
	if (h.over)
		rq->extra_over = true;
	else
		rq->n_extra = h.n;
}

/* What is left of a body that nobody read: a little is read away to keep the connection. */
static void decide_close(struct request *rq)
{
	int64_t left = rq->length - rq->taken;
	if (left > DISCARD_MOST || (left > 0 && rq->expect.p)) rq->close = true;
	if (atomic_load_explicit(&rq->server->stopping, memory_order_relaxed))
		rq->close = true;
}

/* Ends the head. False when it cannot be sent: then something else was. */
static bool end_head(struct request *rq, struct head *h)
{
	static const char sorry[] = "HTTP/1.1 500 Internal Server Error\r\n"
				    "Content-Length: 0\r\nConnection: close\r\n\r\n";
	decide_close(rq);
	if (rq->close)
		head_add(h, S("Connection: close\r\n"));
	else if (rq->http_1_0)
		head_add(h, S("Connection: keep-alive\r\n"));
	head_add(h, S("\r\n"));
	h->room = OUT_ROOM; /* from here on the body */
	if (!h->over) return true;
	log_warn("http.failed", "the head of a reply is too large");
	rq->close = true;
	rq->status = 500;
	wire_write(rq, sorry, sizeof sorry - 1);
	return false;
}

static bool has_body(const struct request *rq)
{
	return !rq->head && rq->status != 304 && rq->status != 204;
}

static void flush(struct request *rq, struct head *h)
{
	if (h->n) wire_write(rq, h->p, h->n);
	h->n = 0;
}

/* Moves the head into a wide buffer when there is one to be had; it is to be given back. */
static char *widen(struct request *rq, struct head *h)
{
	char *wide = pool_take(rq->server->pool);
	if (!wide) return NULL;
	memcpy(wide, h->p, h->n);
	h->p = wide;
	h->room = POOL_ROOM;
	return wide;
}

/* What is small is collected in the buffer behind the head; what is large goes out from
 * where it lies. */
void reply_pieces(struct request *rq, struct head h, const struct piece *piece, size_t n)
{
	struct piece all[REPLY_PIECES];
	uint64_t whole = 0;
	assert(n < REPLY_PIECES);
	if (!end_head(rq, &h)) return;
	if (!has_body(rq)) n = 0;
	for (size_t i = 0; i < n; i++) whole += piece[i].n;
	bool fits_wide = whole > h.room - h.n && whole <= POOL_ROOM - h.n;
	char *wide = fits_wide ? widen(rq, &h) : NULL;
	if (whole <= h.room - h.n) {
		for (size_t i = 0; i < n; i++)
			head_add(&h, (str){ piece[i].p, (size_t)piece[i].n });
		n = 0;
	}
	all[0] = (struct piece){ h.p, h.n };
	if (n) memcpy(all + 1, piece, n * sizeof *piece);
	wire_write_pieces(rq, all, n + 1);
	rq->sent = whole;
	pool_give(rq->server->pool, wide);
}

void reply_send(struct request *rq, struct head h, const void *body, uint64_t n)
{
	reply_pieces(rq, h, &(struct piece){ body, n }, 1);
}

void reply_stream(struct request *rq, struct head h, const struct resource_plain *plain,
                  void *stream, uint64_t n)
{
	if (!end_head(rq, &h) || !has_body(rq)) return;
	char *wide = n > h.room - h.n ? widen(rq, &h) : NULL;
	while (rq->sent < n && !rq->broken) {
		size_t room = h.room - h.n, got;
		if (n - rq->sent < room) room = (size_t)(n - rq->sent);
		if (plain->read(stream, h.p + h.n, room, &got) || !got) {
			log_failure(LOG_WARN, "http.failed");
			rq->broken = true; /* the length is promised: only closing tells */
			break;
		}
		h.n += got;
		rq->sent += got;
		if (h.n == h.room) flush(rq, &h);
	}
	flush(rq, &h);
	pool_give(rq->server->pool, wide);
}

/* ---- errors ---- */

static void json_word(struct head *h, str name, const char *word)
{
	if (!word) return;
	if (h->n > 1) head_add(h, S(","));
	head_add(h, name);
	head_add(h, S("\""));
	head_add(h, str_of(word));
	head_add(h, S("\""));
}

static void send_text(struct request *rq, struct head h, str type, str text)
{
	head_add(&h, type);
	head_add(&h, S("Cache-Control: no-store\r\nContent-Length: "));
	head_number(&h, text.n);
	head_add(&h, S("\r\n"));
	reply_send(rq, h, text.p, text.n);
}

/* Whoever came by a wrong name is a person with a browser: he gets a sentence. */
static void send_to_poster(struct request *rq)
{
	send_text(rq, reply_begin(rq, 421),
	          S("Content-Type: text/plain; charset=utf-8\r\n"),
	          S("Тренер плакатында көрсетілген мекенжайды ашыңыз.\n"
	            "Откройте адрес, указанный на плакате тренера.\n"
	            "Open the address that stands on the trainer's poster.\n"));
}

void reply_refuse(struct request *rq, int status, const char *word, const char *reason)
{
	if (status == 421) {
		send_to_poster(rq);
		return;
	}
	char text[400];
	struct head t = { .p = text, .room = sizeof text };
	head_add(&t, S("{"));
	json_word(&t, S("\"error\":"), word);
	json_word(&t, S("\"reason\":"), reason);
	head_add(&t, S(",\"request\":"));
	head_number(&t, rq->number);
	if (rq->retry_after) {
		head_add(&t, S(",\"retry_after\":"));
		head_number(&t, (uint64_t)rq->retry_after);
	}
	head_add(&t, S("}"));

	struct head h = reply_begin(rq, status);
	if (rq->retry_after) {
		head_add(&h, S("Retry-After: "));
		head_number(&h, (uint64_t)rq->retry_after);
		head_add(&h, S("\r\n"));
	}
	send_text(rq, h, S("Content-Type: application/json\r\n"), (str){ text, t.n });
}

void reply_error(struct request *rq, enum err err)
{
	int status = err_status(err);
	if (status >= 500) log_failure(LOG_WARN, "http.failed");
	if ((err == ERR_LIMITED || err == ERR_BUSY) && !rq->retry_after)
		rq->retry_after = 5;
	reply_refuse(rq, status, err_word(err), err_last()->reason);
}

/* ---- what handlers built ---- */

void reply_etag(struct request *rq)
{
	rq->wants_etag = true;
}

/* 64 bits of everything in `s`: not against malice, for telling two states of a page. */
static uint64_t digest(str s)
{
	uint64_t h = s.n * 0x9e3779b97f4a7c15u, piece;
	size_t i = 0;
	for (; i + sizeof piece <= s.n; i += sizeof piece) {
		memcpy(&piece, s.p + i, sizeof piece);
		h = (h ^ piece) * 0xff51afd7ed558ccd;
		h ^= h >> 32;
	}
	for (; i < s.n; i++) h = (h ^ (uint8_t)s.p[i]) * 0x100000001b3;
	return h ^ h >> 29;
}

static str etag_of(str body, char out[18])
{
	uint64_t h = digest(body);
	out[0] = out[17] = '"';
	for (int i = 16; i >= 1; i--, h >>= 4) out[i] = "0123456789abcdef"[h & 15];
	return (str){ out, 18 };
}

void reply_finish(struct request *rq, struct reply *rs)
{
	int status = rs->status ? rs->status : rs->body.n ? 200 : 204;
	if (rs->resource) {
		resource_send(rq, rs->resource, rs->status ? rs->status : 200);
		return;
	}
	str body = buf_as_str(&rs->body), etag = STR_NONE;
	char text[18];
	if (rq->wants_etag && status == 200) {
		etag = etag_of(body, text);
		if (etag_listed(rq->if_none_match, etag)) status = 304;
	}
	struct head h = reply_begin(rq, status);
	if (etag.p) {
		head_add(&h, S("ETag: "));
		head_add(&h, etag);
		head_add(&h,
		         rq->own_cache ? S("\r\n") : S("\r\nCache-Control: no-cache\r\n"));
	} else if (!rq->own_cache) {
		head_add(&h, S("Cache-Control: no-store\r\n"));
	}
	if (status != 204 && status != 304) {
		head_add(&h, S("Content-Type: "));
		head_add(&h, rs->type ? str_of(rs->type) : S("application/json"));
		head_add(&h, S("\r\nContent-Length: "));
		head_number(&h, body.n);
		head_add(&h, S("\r\n"));
	}
	reply_send(rq, h, body.p, body.n);
}
