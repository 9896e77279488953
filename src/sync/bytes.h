/* SPDX-License-Identifier: Apache-2.0 */
/* Fixed fields in bytes: numbers big-endian, ids as their 16 bytes. Both ways are sticky:
 * after something did not fit, or was not there, `over` is true and what follows is zeros,
 * so a chain of them needs one check. */
#pragma once

#include "base/id.h"

struct writing {
	uint8_t *p;
	size_t n, room;
	bool over;
};
void write_bytes(struct writing *, const void *bytes, size_t n);
void write_u8(struct writing *, uint8_t);
void write_u32(struct writing *, uint32_t);
void write_i64(struct writing *, int64_t); /* two's complement */
void write_id(struct writing *, const struct id *);

struct reading_bytes {
	str rest; /* what has not been read yet */
	bool over;
};
bool read_magic(struct reading_bytes *, const char *four); /* the next four bytes */
void read_bytes(struct reading_bytes *, void *out, size_t n);
uint8_t read_u8(struct reading_bytes *);
uint32_t read_u32(struct reading_bytes *);
int64_t read_i64(struct reading_bytes *);
str read_str(struct reading_bytes *, size_t n); /* borrows; STR_NONE when not there */
void read_id(struct reading_bytes *, const char *kind, struct id *out);
