/* SPDX-License-Identifier: Apache-2.0 */
/* Zips byte by byte, so that a test can make those that no zip program writes: sizes that
 * lie, names twice, links, Zip64, members that share bytes. What an entry does not say is
 * as it should be. No memory ends the test. */
#pragma once

#include "base/base.h"
#include "base/buf.h"

struct zip_entry {
	const char *name; /* raw bytes, NUL-terminated; name_n when it has a NUL inside */
	size_t name_n;
	str content;
	bool deflated;     /* by zlib, level 9 */
	bool utf8;         /* bit 11 */
	uint16_t flags;    /* further bits */
	uint16_t method;   /* instead of 0 or 8 */
	uint16_t mode;     /* unix mode, for example 0120777 */
	bool zip64;        /* sizes and offset in the extra field */
	const char *local; /* another name in the local header */
	str extra;         /* of the directory's entry, raw */
	str behind;        /* bytes after the content, counted as content */
	/* what the directory says instead; 0: the truth */
	uint64_t size, packed, offset;
	uint32_t crc;
};

struct zip_end {
	uint64_t entries; /* says so many; 0: the truth */
	bool zip64;       /* the wide end record and its locator */
	uint32_t offset;  /* of the directory; 0: the truth */
	uint32_t size;    /* of the directory; 0: the truth */
	const char *comment;
};

struct zip_maker {
	struct buf file, directory;
	uint64_t entries;
};

void zip_begin(struct zip_maker *);
void zip_add(struct zip_maker *, struct zip_entry);
/* A member with this text, deflated, name in UTF-8. */
void zip_text(struct zip_maker *, const char *name, const char *text);
/* The whole zip; lent until zip_free. */
str zip_done(struct zip_maker *, struct zip_end);
void zip_free(struct zip_maker *);
