/* SPDX-License-Identifier: Apache-2.0 */
/* A member's content, inflated piece by piece. The directory's word on sizes is a
 * stranger's: a stream never gives more than it promised, and says so when the member holds
 * more (a bomb), less, or something behind its end (which would break the gzip frame that
 * the server puts around it). */
#include "archive/inside.h"

#include <stdlib.h>
#include <zlib.h>

struct archive_stream {
	const struct archive_member *member;
	uint64_t at;    /* bytes of content given */
	uint64_t taken; /* packed bytes handed to zlib */
	bool over;      /* zlib has seen the end */
	z_stream z;     /* in use when the member is deflated */
};

enum { PIECE = 64 << 10 };

#define BROKEN(m, what) \
	FAIL_WHY(ERR_REFUSED, "zip-damaged", "%.*s: " what, STR_ARG(name_shown((m)->name)))

static enum err begin(struct archive_stream *s, const struct archive_member *m)
{
	*s = (struct archive_stream){ .member = m };
	/* 15 bits of window, raw deflate */
	if (m->method == ARCHIVE_DEFLATED && inflateInit2(&s->z, -15) != Z_OK)
		return FAIL(ERR_BUSY, "zlib: no memory");
	return ERR_OK;
}

static void end(struct archive_stream *s)
{
	if (s->member && s->member->method == ARCHIVE_DEFLATED) inflateEnd(&s->z);
}

/* Up to n bytes of a deflated member. Only zlib's end of stream makes n_out 0. */
static enum err inflate_some(struct archive_stream *s, void *out, uInt n, size_t *n_out)
{
	const struct archive_member *m = s->member;
	s->z.next_out = out;
	s->z.avail_out = n;
	while (!s->over && s->z.avail_out) {
		if (s->z.avail_in == 0) {
			uint64_t left = m->packed - s->taken;
			uInt more = left < (1 << 30) ? (uInt)left : 1 << 30;
			s->z.next_in = (z_const Bytef *)(uintptr_t)(m->bytes + s->taken);
			s->z.avail_in = more;
			s->taken += more;
		}
		int code = inflate(&s->z, Z_NO_FLUSH);
		if (code == Z_STREAM_END)
			s->over = true;
		else if (code != Z_OK)
			return BROKEN(m, "its content is damaged");
	}
	*n_out = n - s->z.avail_out;
	return ERR_OK;
}

/* After the last byte that was promised nothing may follow. */
static enum err check_end(struct archive_stream *s)
{
	const struct archive_member *m = s->member;
	char beyond;
	size_t n = 0;
	if (!s->over) TRY(inflate_some(s, &beyond, 1, &n));
	if (n)
		return FAIL_WHY(ERR_REFUSED, "zip-bomb", "%.*s: larger than it says",
		                STR_ARG(name_shown(m->name)));
	if (s->z.avail_in || s->taken != m->packed)
		return BROKEN(m, "something stands behind its content");
	return ERR_OK;
}

static enum err read_some(struct archive_stream *s, void *out, size_t n, size_t *n_out)
{
	const struct archive_member *m = s->member;
	uint64_t left = m->size - s->at;
	size_t want = n < left ? n : (size_t)left;
	if (want > 1 << 30) want = 1 << 30;
	size_t got = want;
	if (m->method == ARCHIVE_STORED) {
		if (want) memcpy(out, m->bytes + s->at, want);
	} else if (want) {
		TRY(inflate_some(s, out, (uInt)want, &got));
		if (got == 0) return BROKEN(m, "smaller than it says");
	} else if (n)
		TRY(check_end(s));
	s->at += got;
	*n_out = got;
	return ERR_OK;
}

static enum err skip(struct archive_stream *s, uint64_t bytes)
{
	if (bytes > s->member->size) bytes = s->member->size;
	if (s->member->method == ARCHIVE_STORED) {
		s->at = bytes;
		return ERR_OK;
	}
	char *waste = bytes ? malloc(PIECE) : NULL;
	if (bytes && !waste) return FAIL(ERR_BUSY, "zlib: no memory");
	enum err err = ERR_OK;
	while (!err && s->at < bytes) {
		uint64_t left = bytes - s->at;
		size_t n = 0;
		err = read_some(s, waste, left < PIECE ? (size_t)left : PIECE, &n);
	}
	free(waste);
	return err;
}

enum err archive_stream_open(const struct archive_member *m, uint64_t from,
                             struct archive_stream **out)
{
	struct archive_stream *s = malloc(sizeof *s);
	if (!s) return FAIL(ERR_BUSY, "zlib: no memory");
	enum err err = begin(s, m);
	if (!err) err = skip(s, from);
	if (err)
		archive_stream_close(s);
	else
		*out = s;
	return err;
}

enum err archive_stream_read(struct archive_stream *s, void *out, size_t n, size_t *n_out)
{
	return read_some(s, out, n, n_out);
}

void archive_stream_close(struct archive_stream *s)
{
	if (!s) return;
	end(s);
	free(s);
}

/* ---- whole members ---- */

static enum err check_crc(const struct archive_member *m, uLong crc)
{
	return crc == m->crc ? ERR_OK : BROKEN(m, "its content is not what was packed");
}

/* Everything into `out`, which holds m->size bytes; checks the end and the CRC. */
static enum err read_all(struct archive_stream *s, char *out)
{
	const struct archive_member *m = s->member;
	uLong crc = crc32(0, NULL, 0);
	for (;;) {
		char none;
		size_t n = 0;
		char *to = s->at < m->size ? out + s->at : &none;
		size_t room = s->at < m->size ? (size_t)(m->size - s->at) : 1;
		TRY(read_some(s, to, room, &n));
		if (n == 0) return check_crc(m, crc);
		crc = crc32_z(crc, (const Bytef *)to, n);
	}
}

enum err archive_read(const struct archive_member *m, size_t max, struct arena *a, str *out)
{
	char *p = m->size <= max ? arena_try(a, (size_t)m->size + 1) : NULL;
	if (!p)
		return FAIL(ERR_TOO_LARGE, "%.*s: %llu bytes", STR_ARG(name_shown(m->name)),
		            (unsigned long long)m->size);
	struct archive_stream s;
	enum err err = begin(&s, m);
	if (!err) err = read_all(&s, p);
	end(&s);
	if (!err) *out = (str){ p, (size_t)m->size };
	return err;
}

static enum err verify_member(struct archive_stream *s, char *piece)
{
	const struct archive_member *m = s->member;
	if (m->method == ARCHIVE_STORED)
		return check_crc(m, crc32_z(crc32(0, NULL, 0), m->bytes, (size_t)m->size));
	uLong crc = crc32(0, NULL, 0);
	size_t n = 0;
	do {
		TRY(read_some(s, piece, PIECE, &n));
		crc = crc32_z(crc, (const Bytef *)piece, n);
	} while (n);
	return check_crc(m, crc);
}

enum err archive_verify(const struct archive *a)
{
	char *piece = malloc(PIECE);
	if (!piece) return FAIL(ERR_BUSY, "zlib: no memory");
	enum err err = ERR_OK;
	for (size_t i = 0; i < a->n && !err; i++) {
		struct archive_stream s;
		err = begin(&s, &a->member[i]);
		if (!err) err = verify_member(&s, piece);
		end(&s);
	}
	free(piece);
	return err;
}
