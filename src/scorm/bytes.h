/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and writing bytes with one function for both ways, so that they cannot differ:
 * `bytes_u32(&b, &x, most)` writes x, or reads it and checks it. Whole numbers as LEB128,
 * reals as 8 bytes little-endian, texts with their length. Sticky: after a fault (`bad`:
 * does not fit, or is not what it must be) nothing more is read or written. */
#pragma once

#include "base/base.h"

struct bytes {
	bool reading, bad;
	const uint8_t *in; /* when reading */
	uint8_t *out;      /* when writing; NULL: only counts */
	size_t n, room;    /* n: done so far; room: of `in` or `out` */
};

struct bytes bytes_reader(const uint8_t *in, size_t n);
/* Counts on beyond `room` (then bad), so that `n` says how much it takes. */
struct bytes bytes_writer(uint8_t *out, size_t room);

void bytes_u32(struct bytes *, uint32_t *, uint32_t most);
void bytes_i32(struct bytes *, int32_t *, int32_t least, int32_t most);
void bytes_u64(struct bytes *, uint64_t *);
void bytes_i64(struct bytes *, int64_t *); /* within ±2^62 */
void bytes_f64(struct bytes *, double *);  /* finite */
void bytes_bool(struct bytes *, bool *);
/* Read, it points into the input. STR_NONE is not the empty text. */
void bytes_str(struct bytes *, str *);
/* As bytes_str, without a length: exactly so many. */
void bytes_raw(struct bytes *, str *, size_t n);
