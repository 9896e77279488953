/* SPDX-License-Identifier: Apache-2.0 */
#include "scorm/bytes.h"

struct bytes bytes_reader(const uint8_t *in, size_t n)
{
	return (struct bytes){ .reading = true, .in = in, .room = n };
}

struct bytes bytes_writer(uint8_t *out, size_t room)
{
	return (struct bytes){ .out = out, .room = room };
}

static void put(struct bytes *b, uint8_t byte)
{
	if (b->n < b->room && b->out)
		b->out[b->n] = byte;
	else
		b->bad = true;
	b->n++;
}

static uint8_t get(struct bytes *b)
{
	if (b->bad || b->n >= b->room) {
		b->bad = true;
		return 0;
	}
	return b->in[b->n++];
}

void bytes_u64(struct bytes *b, uint64_t *x)
{
	if (!b->reading) {
		uint64_t v = *x;
		for (; v >= 0x80; v >>= 7) put(b, (uint8_t)(v | 0x80));
		put(b, (uint8_t)v);
		return;
	}
	uint64_t v = 0;
	for (unsigned shift = 0; shift < 64; shift += 7) {
		uint8_t byte = get(b);
		uint64_t part = byte & 0x7F;
		if (shift == 63 && part > 1) b->bad = true;
		v |= part << shift;
		if (byte & 0x80) continue;
		/* One way only to write a number: no zeros in front. */
		if (!byte && shift) b->bad = true;
		*x = b->bad ? 0 : v;
		return;
	}
	b->bad = true;
	*x = 0;
}

void bytes_u32(struct bytes *b, uint32_t *x, uint32_t most)
{
	uint64_t v = *x;
	bytes_u64(b, &v);
	if (!b->reading) return;
	if (v > most) {
		b->bad = true;
		v = 0;
	}
	*x = (uint32_t)v;
}

void bytes_i64(struct bytes *b, int64_t *x)
{
	uint64_t v = *x < 0 ? ~((uint64_t)*x << 1) : (uint64_t)*x << 1;
	bytes_u64(b, &v);
	if (!b->reading) return;
	if (v >> 63) {
		b->bad = true;
		v = 0;
	}
	*x = v & 1 ? -(int64_t)(v >> 1) - 1 : (int64_t)(v >> 1);
}

void bytes_i32(struct bytes *b, int32_t *x, int32_t least, int32_t most)
{
	int64_t v = *x;
	bytes_i64(b, &v);
	if (!b->reading) return;
	if (v < least || v > most) {
		b->bad = true;
		v = least;
	}
	*x = (int32_t)v;
}

void bytes_f64(struct bytes *b, double *x)
{
	uint64_t v = 0;
	if (!b->reading) memcpy(&v, x, sizeof v);
	for (unsigned i = 0; i < 64; i += 8) {
		if (b->reading)
			v |= (uint64_t)get(b) << i;
		else
			put(b, (uint8_t)(v >> i));
	}
	if (!b->reading) return;
	if ((v >> 52 & 0x7FF) == 0x7FF) b->bad = true;
	if (b->bad) v = 0;
	memcpy(x, &v, sizeof v);
}

void bytes_bool(struct bytes *b, bool *x)
{
	uint32_t v = *x;
	bytes_u32(b, &v, 1);
	if (b->reading) *x = v;
}

void bytes_raw(struct bytes *b, str *s, size_t n)
{
	if (!b->reading) {
		if (b->out && n <= b->room && b->n <= b->room - n) {
			if (n) memcpy(b->out + b->n, s->p, n);
		} else {
			b->bad = true;
		}
		b->n += n;
		return;
	}
	*s = STR_NONE;
	if (b->bad || n > b->room - b->n) {
		b->bad = true;
		return;
	}
	*s = (str){ (const char *)b->in + b->n, n };
	b->n += n;
}

void bytes_str(struct bytes *b, str *s)
{
	uint32_t n = s->p ? (uint32_t)s->n + 1 : 0;
	bytes_u32(b, &n, UINT32_MAX);
	if (b->reading) *s = STR_NONE;
	if (n) bytes_raw(b, s, n - 1);
}
