/* SPDX-License-Identifier: Apache-2.0 */
/* The central directory (APPNOTE.TXT 4.3.12 to 4.3.16), read with the file as a stranger's:
 * every offset and length is checked against what is there before it is used. How many
 * entries there are is known from the end record, so a zip of a million is refused before
 * anything is allocated. Each local header must say the same as the directory about name
 * and method, and no two members may share bytes (that is how a small zip claims to be
 * petabytes). */
#include "archive/inside.h"

#include <stdlib.h>
#include <zlib.h>

enum {
	END_SIZE = 22,
	LOCATOR_SIZE = 20,
	END64_SIZE = 56,
	CENTRAL_SIZE = 46,
	LOCAL_SIZE = 30,
	LONGEST_COMMENT = 65535,
	LONGEST_NAME = 4096,
};

#define DAMAGED(...) FAIL_WHY(ERR_REFUSED, "zip-damaged", __VA_ARGS__)

static uint16_t u16(const uint8_t *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static uint32_t u32(const uint8_t *p)
{
	return (uint32_t)u16(p) | (uint32_t)u16(p + 2) << 16;
}

static uint64_t u64(const uint8_t *p)
{
	return (uint64_t)u32(p) | (uint64_t)u32(p + 4) << 32;
}

/* ---- the end: where the directory lies ---- */

struct end {
	uint64_t entries, offset, size; /* of the directory */
};

static const uint8_t *find_end(const struct mapping *m)
{
	if (m->n < END_SIZE) return NULL;
	size_t last = m->n - END_SIZE;
	size_t first = last > LONGEST_COMMENT ? last - LONGEST_COMMENT : 0;
	for (size_t at = last + 1; at-- > first;) {
		const uint8_t *p = m->bytes + at;
		if (p[0] == 'P' && u32(p) == 0x06054b50 && u16(p + 20) <= last - at)
			return p;
	}
	return NULL;
}

/* Zip64: a locator stands right before the end record and points to the wider one. */
static enum err widen(const struct mapping *m, const uint8_t *end, struct end *e)
{
	size_t before = (size_t)(end - m->bytes);
	if (before < LOCATOR_SIZE) return ERR_OK;
	const uint8_t *locator = end - LOCATOR_SIZE;
	if (u32(locator) != 0x07064b50) return ERR_OK;
	uint64_t at = u64(locator + 8);
	size_t room = before - LOCATOR_SIZE;
	if (room < END64_SIZE || at > room - END64_SIZE)
		return DAMAGED("zip: the Zip64 end record is not there");
	const uint8_t *p = m->bytes + at;
	if (u32(p) != 0x06064b50) return DAMAGED("zip: no Zip64 end record");
	if (u32(p + 16) != 0 || u32(p + 20) != 0 || u64(p + 24) != u64(p + 32))
		return DAMAGED("zip: in several parts");
	*e = (struct end){ u64(p + 32), u64(p + 48), u64(p + 40) };
	return ERR_OK;
}

static enum err read_end(const struct mapping *m, struct end *out)
{
	const uint8_t *p = find_end(m);
	if (!p) {
		bool begins = m->n >= 4 && u32(m->bytes) == 0x04034b50;
		if (begins) return DAMAGED("zip: cut short, the end is missing");
		return FAIL_WHY(ERR_REFUSED, "not-a-zip", "zip: no end record");
	}
	bool wide = u16(p + 4) == 0xFFFF || u16(p + 8) == 0xFFFF;
	if (!wide && (u16(p + 4) != 0 || u16(p + 6) != 0 || u16(p + 8) != u16(p + 10)))
		return DAMAGED("zip: in several parts");
	struct end e = { u16(p + 10), u32(p + 16), u32(p + 12) };
	TRY(widen(m, p, &e));
	uint64_t before = (uint64_t)(p - m->bytes);
	if (e.offset > before || e.size > before - e.offset)
		return DAMAGED("zip: the directory does not lie in the file");
	*out = e;
	return ERR_OK;
}

/* ---- one entry ---- */

struct entry {
	uint16_t made_by, flags, method;
	uint32_t crc, mode; /* mode: the upper half of the external attributes */
	uint64_t packed, size, offset;
	str name;
	const uint8_t *extra;
	size_t extra_n;
	size_t whole; /* bytes of the record */
};

/* The content of the extra field `id`; NULL when there is none. */
static const uint8_t *extra_field(const struct entry *e, uint16_t id, size_t *n_out)
{
	for (size_t at = 0; e->extra_n - at >= 4;) {
		size_t n = u16(e->extra + at + 2);
		if (n > e->extra_n - at - 4) return NULL;
		if (u16(e->extra + at) == id) {
			*n_out = n;
			return e->extra + at + 4;
		}
		at += 4 + n;
	}
	return NULL;
}

/* Zip64 (field 0x0001) holds, in this order, those numbers that did not fit. */
static enum err widen_entry(struct entry *e)
{
	uint64_t *narrow[] = { &e->size, &e->packed, &e->offset };
	size_t n = 0;
	const uint8_t *p = extra_field(e, 0x0001, &n);
	for (size_t i = 0; i < countof(narrow); i++) {
		if (*narrow[i] != UINT32_MAX) continue;
		if (!p || n < 8)
			return DAMAGED("%.*s: no Zip64 sizes",
			               STR_ARG(name_shown(e->name)));
		*narrow[i] = u64(p);
		p += 8;
		n -= 8;
	}
	return ERR_OK;
}

static enum err read_entry(const uint8_t *p, size_t room, struct entry *out)
{
	if (room < CENTRAL_SIZE || u32(p) != 0x02014b50)
		return DAMAGED("zip: the directory has fewer entries than it says");
	size_t name_n = u16(p + 28), extra_n = u16(p + 30), comment_n = u16(p + 32);
	size_t whole = CENTRAL_SIZE + name_n + extra_n + comment_n;
	if (whole > room) return DAMAGED("zip: an entry runs past the directory");
	if (name_n == 0 || name_n > LONGEST_NAME)
		return DAMAGED("zip: a name of %zu bytes", name_n);
	*out = (struct entry){
		.made_by = u16(p + 4),
		.flags = u16(p + 8),
		.method = u16(p + 10),
		.crc = u32(p + 16),
		.packed = u32(p + 20),
		.size = u32(p + 24),
		.mode = u32(p + 38) >> 16,
		.offset = u32(p + 42),
		.name = { (const char *)p + CENTRAL_SIZE, name_n },
		.extra = p + CENTRAL_SIZE + name_n,
		.extra_n = extra_n,
		.whole = whole,
	};
	return widen_entry(out);
}

static bool is_folder(str name)
{
	char last = name.p[name.n - 1];
	return last == '/' || last == '\\';
}

/* What no member may be, whatever its content. */
static enum err check_kind(const struct entry *e)
{
	enum { ENCRYPTED = 1 << 0, PATCH = 1 << 5, STRONG = 1 << 6, MASKED = 1 << 13 };
	str name = name_shown(e->name);
	if (e->flags & (ENCRYPTED | STRONG | MASKED))
		return FAIL_WHY(ERR_REFUSED, "zip-encrypted", "%.*s: encrypted",
		                STR_ARG(name));
	if ((e->mode & 0170000) == 0120000)
		return FAIL_WHY(ERR_REFUSED, "zip-link", "%.*s: a symbolic link",
		                STR_ARG(name));
	if ((e->method != ARCHIVE_STORED && e->method != ARCHIVE_DEFLATED) ||
	    e->flags & PATCH)
		return FAIL_WHY(ERR_REFUSED, "zip-method", "%.*s: compressed by method %u",
		                STR_ARG(name), (unsigned)e->method);
	return ERR_OK;
}

static enum err check_sizes(const struct entry *e, const struct archive_limits *l,
                            uint64_t *total)
{
	enum { SMALL = 1 << 20 };
	str name = name_shown(e->name);
	if (e->size > l->one || e->size > l->total - *total)
		return FAIL_WHY(ERR_REFUSED, "zip-too-large", "%.*s: %llu bytes",
		                STR_ARG(name), (unsigned long long)e->size);
	*total += e->size;
	if (e->method == ARCHIVE_STORED && e->packed != e->size)
		return DAMAGED("%.*s: two sizes", STR_ARG(name));
	if (e->method == ARCHIVE_DEFLATED && e->packed == 0)
		return DAMAGED("%.*s: no content", STR_ARG(name));
	if (e->size > SMALL && e->size / l->ratio > e->packed)
		return FAIL_WHY(ERR_REFUSED, "zip-bomb", "%.*s: %llu bytes in %llu",
		                STR_ARG(name), (unsigned long long)e->size,
		                (unsigned long long)e->packed);
	return ERR_OK;
}

/* The local header at e->offset; where the content begins. `end` is where the directory
 * does. */
static enum err check_local(const uint8_t *bytes, uint64_t end, const struct entry *e,
                            uint64_t *data_out)
{
	str name = name_shown(e->name);
	if (e->offset > end || end - e->offset < LOCAL_SIZE)
		return DAMAGED("%.*s: lies outside of the zip", STR_ARG(name));
	const uint8_t *p = bytes + e->offset;
	uint64_t data = e->offset + LOCAL_SIZE + u16(p + 26) + u16(p + 28);
	if (u32(p) != 0x04034b50 || data > end || e->packed > end - data)
		return DAMAGED("%.*s: does not lie where the directory says",
		               STR_ARG(name));
	str local = { (const char *)p + LOCAL_SIZE, u16(p + 26) };
	if (!str_is(local, e->name) || u16(p + 8) != e->method || (u16(p + 6) & 1))
		return DAMAGED("%.*s: the directory says otherwise than the member itself",
		               STR_ARG(name));
	*data_out = data;
	return ERR_OK;
}

/* A name that is known for certain; STR_NONE when its encoding has to be guessed. */
static str certain_name(const struct entry *e)
{
	enum { UTF8 = 1 << 11 };
	bool ascii = true;
	for (size_t i = 0; ascii && i < e->name.n; i++) ascii = !(e->name.p[i] & 0x80);
	if (ascii || (e->flags & UTF8 && str_is_utf8(e->name))) return e->name;
	size_t n = 0;
	const uint8_t *p = extra_field(e, 0x7075, &n);
	if (!p || n < 6 || p[0] != 1) return STR_NONE;
	uint32_t crc = (uint32_t)crc32(0, (const Bytef *)e->name.p, (uInt)e->name.n);
	str unicode = { (const char *)p + 5, n - 5 };
	return u32(p + 1) == crc && str_is_utf8(unicode) ? unicode : STR_NONE;
}

/* ---- all of them ---- */

struct range {
	uint64_t from, to;
	str name;
};

static int by_place(const void *a, const void *b)
{
	const struct range *x = a, *y = b;
	return (x->from > y->from) - (x->from < y->from);
}

static enum err check_overlaps(struct range *range, size_t n)
{
	bool sorted = true;
	for (size_t i = 1; i < n && sorted; i++)
		sorted = range[i - 1].from <= range[i].from;
	if (!sorted) qsort(range, n, sizeof *range, by_place);
	for (size_t i = 1; i < n; i++)
		if (range[i - 1].to > range[i].from)
			return FAIL_WHY(ERR_REFUSED, "zip-bomb",
			                "%.*s: shares its bytes with another member",
			                STR_ARG(name_shown(range[i].name)));
	return ERR_OK;
}

static void add_member(struct archive *a, const struct entry *e, uint64_t data)
{
	a->certain[a->n] = certain_name(e);
	a->member[a->n] = (struct archive_member){
		.raw_name = e->name,
		.size = e->size,
		.bytes = a->map.bytes + data,
		.packed = e->packed,
		.crc = e->crc,
		.method = (enum archive_method)e->method,
		.index = a->n,
	};
	a->n++;
}

static enum err read_entries(struct archive *a, const struct archive_limits *l,
                             const struct end *end, struct arena *scratch)
{
	enum { HEAVY = 64 << 20 };
	struct range *range = arena_alloc(scratch, (size_t)end->entries * sizeof *range);
	const uint8_t *p = a->map.bytes + end->offset;
	size_t room = (size_t)end->size;
	uint64_t total = 0;
	for (uint64_t i = 0; i < end->entries; i++) {
		struct entry e = { 0 };
		uint64_t data = 0;
		TRY(read_entry(p, room, &e));
		p += e.whole;
		room -= e.whole;
		TRY(check_kind(&e));
		TRY(check_local(a->map.bytes, end->offset, &e, &data));
		range[i] = (struct range){ e.offset, data + e.packed, e.name };
		if (is_folder(e.name)) continue;
		TRY(check_sizes(&e, l, &total));
		add_member(a, &e, data);
	}
	if (room &&
	    (room < 4 || u32(p) != 0x05054b50)) /* a signature of the whole may follow */
		return DAMAGED("zip: the directory has more entries than it says");
	/* Many members of little weight: only looking at them all would take long. */
	if (total > HEAVY && total / l->ratio > a->map.n)
		return FAIL_WHY(ERR_REFUSED, "zip-bomb", "zip: %llu bytes in %zu",
		                (unsigned long long)total, a->map.n);
	return check_overlaps(range, (size_t)end->entries);
}

enum err directory_read(struct archive *a, const struct archive_limits *l)
{
	struct end end = { 0 };
	TRY(read_end(&a->map, &end));
	if (end.entries > l->members)
		return FAIL_WHY(ERR_REFUSED, "zip-too-many", "zip: %llu entries",
		                (unsigned long long)end.entries);
	if (end.entries * CENTRAL_SIZE > end.size)
		return DAMAGED("zip: the directory has fewer entries than it says");
	a->member = arena_alloc(a->arena, (size_t)end.entries * sizeof *a->member);
	a->certain = arena_alloc(a->arena, (size_t)end.entries * sizeof *a->certain);
	struct arena *scratch = arena_open(0);
	enum err err = read_entries(a, l, &end, scratch);
	arena_close(scratch);
	return err;
}
