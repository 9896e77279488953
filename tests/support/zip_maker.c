/* SPDX-License-Identifier: Apache-2.0 */
#include "support/zip_maker.h"

#include <stdlib.h>
#include <zlib.h>

#define LARGEST ((size_t)1 << 30)

void zip_begin(struct zip_maker *z)
{
	*z = (struct zip_maker){ 0 };
	buf_init(&z->file, LARGEST);
	buf_init(&z->directory, LARGEST);
}

void zip_free(struct zip_maker *z)
{
	buf_free(&z->file);
	buf_free(&z->directory);
}

static void put(struct buf *b, uint64_t value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++) buf_char(b, (char)(value >> (8 * i)));
}

/* Raw deflate into malloc'd memory. */
static str deflated(str content)
{
	z_stream s = { 0 };
	int code = deflateInit2(&s, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
	assert(code == Z_OK);
	size_t room = deflateBound(&s, content.n);
	char *p = malloc(room);
	assert(p);
	s.next_in = (z_const Bytef *)(uintptr_t)content.p;
	s.avail_in = (uInt)content.n;
	s.next_out = (Bytef *)p;
	s.avail_out = (uInt)room;
	code = deflate(&s, Z_FINISH);
	assert(code == Z_STREAM_END);
	deflateEnd(&s);
	return (str){ p, room - s.avail_out };
}

/* What both headers say: version, flags, method, date, CRC. */
static void put_common(struct buf *b, const struct zip_entry *e, uint32_t crc)
{
	put(b, e->zip64 ? 45 : 20, 2);
	put(b, (uint16_t)(e->flags | (e->utf8 ? 1 << 11 : 0)), 2);
	put(b, e->method, 2);
	put(b, 0x00210000, 4);
	put(b, crc, 4);
}

static void put_directory(struct zip_maker *z, const struct zip_entry *e, uint32_t crc,
                          size_t packed, size_t at)
{
	struct buf *b = &z->directory;
	uint64_t says_packed = e->packed ? e->packed : packed;
	uint64_t says_size = e->size ? e->size : e->content.n;
	uint64_t says_offset = e->offset ? e->offset : at;
	put(b, 0x02014b50, 4);
	put(b, 0x031e, 2); /* unix */
	put_common(b, e, e->crc ? e->crc : crc);
	put(b, e->zip64 ? UINT32_MAX : says_packed, 4);
	put(b, e->zip64 ? UINT32_MAX : says_size, 4);
	put(b, e->name_n, 2);
	put(b, e->extra.n + (e->zip64 ? 28u : 0u), 2);
	put(b, 0, 8 - 2); /* no comment, disk 0, inner attributes */
	put(b, (uint64_t)e->mode << 16, 4);
	put(b, e->zip64 ? UINT32_MAX : says_offset, 4);
	buf_add(b, e->name, e->name_n);
	if (e->zip64) {
		put(b, 24u << 16 | 1, 4);
		put(b, says_size, 8);
		put(b, says_packed, 8);
		put(b, says_offset, 8);
	}
	buf_str(b, e->extra);
}

void zip_add(struct zip_maker *z, struct zip_entry e)
{
	if (!e.name_n) e.name_n = strlen(e.name);
	if (!e.content.p) e.content = S("");
	if (!e.method && e.deflated) e.method = 8;
	str packed = e.deflated ? deflated(e.content) : e.content;
	uint32_t crc = (uint32_t)crc32_z(crc32(0, NULL, 0), (const Bytef *)e.content.p,
	                                 e.content.n);
	size_t whole = packed.n + e.behind.n, at = z->file.n;
	const char *local = e.local ? e.local : e.name;
	size_t local_n = e.local ? strlen(e.local) : e.name_n;

	struct buf *b = &z->file;
	put(b, 0x04034b50, 4);
	put_common(b, &e, crc);
	put(b, whole, 4);
	put(b, e.content.n, 4);
	put(b, local_n, 2);
	put(b, 0, 2);
	buf_add(b, local, local_n);
	buf_str(b, packed);
	buf_str(b, e.behind);

	put_directory(z, &e, crc, whole, at);
	z->entries++;
	if (e.deflated) free((void *)(uintptr_t)packed.p);
	assert(!z->file.over && !z->directory.over);
}

void zip_text(struct zip_maker *z, const char *name, const char *text)
{
	zip_add(z, (struct zip_entry){ .name = name,
	                               .content = str_of(text),
	                               .deflated = true,
	                               .utf8 = true });
}

str zip_done(struct zip_maker *z, struct zip_end end)
{
	struct buf *b = &z->file;
	size_t at = b->n, size = z->directory.n;
	uint64_t entries = end.entries ? end.entries : z->entries;
	const char *comment = end.comment ? end.comment : "";
	buf_str(b, buf_as_str(&z->directory));
	if (end.zip64) {
		size_t wide = b->n;
		put(b, 0x06064b50, 4);
		put(b, 44, 8);
		put(b, 45u << 16 | 45, 4);
		put(b, 0, 8); /* disks */
		put(b, entries, 8);
		put(b, entries, 8);
		put(b, end.size ? end.size : size, 8);
		put(b, end.offset ? end.offset : at, 8);
		put(b, 0x07064b50, 4);
		put(b, 0, 4);
		put(b, wide, 8);
		put(b, 1, 4);
	}
	put(b, 0x06054b50, 4);
	put(b, 0, 4);
	put(b, end.zip64 || entries > 0xFFFF ? 0xFFFF : entries, 2);
	put(b, end.zip64 || entries > 0xFFFF ? 0xFFFF : entries, 2);
	put(b, end.zip64 ? UINT32_MAX : end.size ? end.size : size, 4);
	put(b, end.zip64 ? UINT32_MAX : end.offset ? end.offset : at, 4);
	put(b, strlen(comment), 2);
	buf_str(b, str_of(comment));
	assert(!b->over);
	return buf_as_str(b);
}
