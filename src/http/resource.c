/* SPDX-License-Identifier: Apache-2.0 */
/* Files as they lie. A deflated one goes out as gzip without touching its bytes: ten bytes
 * before them, the CRC and the size behind (RFC 1952). Whoever cannot gunzip, or asks for a
 * range (an iPhone asks for media by nothing else), gets plain bytes.
 *
 * The two codings of one file are two representations, so they have two strong ETags: the
 * gzip one ends in "-gz". */
#include "http/inside.h"

#include "base/log.h"

/* ---- what the client takes; pure ---- */

/* "q=0", "q=0.00": not acceptable. */
static bool is_refused(str parameters)
{
	str piece;
	while (str_cut(&parameters, ';', &piece)) {
		piece = str_trim(piece);
		if (piece.n < 2 || (piece.p[0] | 0x20) != 'q' || piece.p[1] != '=')
			continue;
		for (size_t i = 2; i < piece.n; i++)
			if (piece.p[i] != '0' && piece.p[i] != '.') return false;
		return piece.n > 2;
	}
	return false;
}

bool gzip_accepted(str list)
{
	str piece;
	bool any = false;
	while (str_cut(&list, ',', &piece)) {
		size_t end = str_index(piece, ';');
		str coding = str_trim(str_part(piece, 0, end));
		bool refused = is_refused(str_part(piece, end + 1, piece.n));
		if (str_is_nocase(coding, S("gzip")) || str_is_nocase(coding, S("x-gzip")))
			return !refused;
		if (str_is(coding, S("*"))) any = !refused;
	}
	return any;
}

static bool digits(str s, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned d = (unsigned)((uint8_t)s.p[i] - '0');
		if (d > 9) return false;
		*out = *out > (UINT64_MAX - d) / 10 ? UINT64_MAX : *out * 10 + d;
	}
	return s.n > 0;
}

enum range_kind range_read(str header, uint64_t size, uint64_t *from_out, uint64_t *to_out)
{
	if (header.n < 6 || !str_is_nocase(str_part(header, 0, 6), S("bytes=")))
		return RANGE_WHOLE;
	str range = str_trim(str_part(header, 6, header.n));
	/* Several ranges would need multipart/byteranges, which no browser asks of media
	 * and which lets a small request ask for many times the file; the whole is allowed.
	 */
	if (str_index(range, ',') < range.n) return RANGE_WHOLE;
	size_t dash = str_index(range, '-');
	if (dash == range.n) return RANGE_WHOLE;
	str first = str_part(range, 0, dash), last = str_part(range, dash + 1, range.n);
	uint64_t from, to;
	if (!first.n) { /* the last so many bytes */
		if (!digits(last, &to)) return RANGE_WHOLE;
		if (!to || !size) return RANGE_NONE;
		*from_out = to < size ? size - to : 0;
		*to_out = size - 1;
		return RANGE_PART;
	}
	if (!digits(first, &from) || (last.n && !digits(last, &to))) return RANGE_WHOLE;
	if (!last.n) to = UINT64_MAX;
	if (to < from) return RANGE_WHOLE;
	if (from >= size) return RANGE_NONE;
	*from_out = from;
	*to_out = to < size ? to : size - 1;
	return RANGE_PART;
}

/* "abc-gz" of "abc", between the quotes. */
static bool is_gzip_of(str tag, str etag)
{
	return etag.n >= 2 && tag.n == etag.n + 3 && !memcmp(tag.p, etag.p, etag.n - 1) &&
	       !memcmp(tag.p + etag.n - 1, "-gz\"", 4);
}

bool etag_listed(str list, str etag)
{
	str piece;
	if (!etag.n) return false;
	while (str_cut(&list, ',', &piece)) {
		piece = str_trim(piece);
		if (str_is(piece, S("*"))) return true;
		if (str_starts(piece, S("W/"))) piece = str_part(piece, 2, piece.n);
		if (str_is(piece, etag) || is_gzip_of(piece, etag)) return true;
	}
	return false;
}

/* ---- sending ---- */

static void add_line(struct head *h, str name, const char *value)
{
	if (!value) return;
	head_add(h, name);
	head_add(h, str_of(value));
	head_add(h, S("\r\n"));
}

/* The head of any reply about the file: 304 has no type. */
static struct head begin(struct request *rq, const struct resource *r, int status,
                         bool gzip)
{
	struct head h = reply_begin(rq, status);
	if (r->etag.n >= 2) {
		head_add(&h, S("ETag: "));
		head_add(&h, str_part(r->etag, 0, r->etag.n - 1));
		head_add(&h, gzip ? S("-gz\"\r\n") : S("\"\r\n"));
	}
	if (!rq->own_cache) add_line(&h, S("Cache-Control: "), r->cache);
	if (r->deflated) head_add(&h, S("Vary: Accept-Encoding\r\n"));
	if (status == 304) return h;
	add_line(&h, S("Content-Security-Policy: "), r->csp);
	add_line(&h, S("Content-Type: "), r->type);
	if (r->attachment) head_add(&h, S("Content-Disposition: attachment\r\n"));
	head_add(&h, S("Accept-Ranges: bytes\r\n"));
	return h;
}

static void add_length(struct head *h, uint64_t n)
{
	head_add(h, S("Content-Length: "));
	head_number(h, n);
	head_add(h, S("\r\n"));
}

static void put_32(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++) p[i] = (uint8_t)(v >> 8 * i);
}

static void send_gzip(struct request *rq, const struct resource *r, int status)
{
	enum { FRONT = 10, BACK = 8 };
	static const char front[FRONT] = {
		0x1f, (char)0x8b, 8, 0, 0, 0, 0, 0, 0, (char)0xff
	};
	uint8_t back[BACK];
	put_32(back, r->crc);
	put_32(back + 4, (uint32_t)r->size);

	struct head h = begin(rq, r, status, true);
	head_add(&h, S("Content-Encoding: gzip\r\n"));
	add_length(&h, r->packed + FRONT + BACK);
	reply_pieces(rq, h,
	             (struct piece[]){
			     { front, FRONT }, { r->bytes, r->packed }, { back, BACK } },
	             3);
}

/* Plain bytes of a deflated file, as they come out of the stream. */
static void send_inflated(struct request *rq, struct head h, const struct resource *r,
                          uint64_t from, uint64_t n)
{
	const struct resource_plain *plain = &rq->server->options.plain;
	void *stream;
	if (rq->head) {
		reply_send(rq, h, NULL, 0);
		return;
	}
	enum err err = plain->open(r, from, &stream);
	if (err) {
		reply_error(rq, err);
		return;
	}
	reply_stream(rq, h, plain, stream, n);
	plain->close(stream);
}

static void send_plain(struct request *rq, const struct resource *r, int status)
{
	uint64_t from = 0, to = r->size ? r->size - 1 : 0;
	enum range_kind range = RANGE_WHOLE;
	bool asked = rq->range.p && !rq->head && rq->method == GET && status == 200;
	/* If-Range compares strongly, and only the plain coding has ranges. */
	if (asked && (!rq->if_range.p || str_is(rq->if_range, r->etag)))
		range = range_read(rq->range, r->size, &from, &to);
	uint64_t n = r->size ? to - from + 1 : 0;

	if (range == RANGE_NONE) status = 416, n = 0;
	if (range == RANGE_PART) status = 206;
	struct head h = begin(rq, r, status, false);
	if (range != RANGE_WHOLE) {
		head_add(&h, S("Content-Range: bytes "));
		if (range == RANGE_NONE) {
			head_add(&h, S("*"));
		} else {
			head_number(&h, from);
			head_add(&h, S("-"));
			head_number(&h, to);
		}
		head_add(&h, S("/"));
		head_number(&h, r->size);
		head_add(&h, S("\r\n"));
	}
	add_length(&h, n);
	if (r->deflated && n)
		send_inflated(rq, h, r, from, n);
	else
		reply_send(rq, h, r->bytes + from, n);
}

void resource_send(struct request *rq, const struct resource *r, int status)
{
	bool gzip = r->deflated && !rq->range.p && gzip_accepted(rq->accept_encoding);
	if (status == 200 && rq->if_none_match.p && etag_listed(rq->if_none_match, r->etag))
		reply_send(rq, begin(rq, r, 304, gzip), NULL, 0);
	else if (gzip)
		send_gzip(rq, r, status);
	else
		send_plain(rq, r, status);
}
