/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/bytes.h"

#include "base/text.h"

void write_bytes(struct writing *w, const void *bytes, size_t n)
{
	if (w->over || n > w->room - w->n) {
		w->over = true;
		return;
	}
	if (n) memcpy(w->p + w->n, bytes, n);
	w->n += n;
}

static void write_number(struct writing *w, uint64_t number, size_t n)
{
	uint8_t bytes[8];
	for (size_t i = 0; i < n; i++) bytes[i] = (uint8_t)(number >> 8 * (n - 1 - i));
	write_bytes(w, bytes, n);
}

void write_u8(struct writing *w, uint8_t number)
{
	write_number(w, number, 1);
}

void write_u32(struct writing *w, uint32_t number)
{
	write_number(w, number, 4);
}

void write_i64(struct writing *w, int64_t number)
{
	write_number(w, (uint64_t)number, 8);
}

void write_id(struct writing *w, const struct id *id)
{
	uint8_t bytes[16];
	bool fine = text_unhex(str_part(id_str(id), 4, ID_TEXT - 1), bytes, sizeof bytes);
	if (!fine) w->over = true;
	write_bytes(w, bytes, sizeof bytes);
}

str read_str(struct reading_bytes *r, size_t n)
{
	if (r->over || n > r->rest.n) {
		r->over = true;
		return STR_NONE;
	}
	str piece = { r->rest.p, n };
	r->rest = (str){ r->rest.p + n, r->rest.n - n };
	return piece;
}

void read_bytes(struct reading_bytes *r, void *out, size_t n)
{
	str piece = read_str(r, n);
	if (piece.p)
		memcpy(out, piece.p, n);
	else
		memset(out, 0, n);
}

bool read_magic(struct reading_bytes *r, const char *four)
{
	str piece = read_str(r, 4);
	return piece.p && memcmp(piece.p, four, 4) == 0;
}

static uint64_t read_number(struct reading_bytes *r, size_t n)
{
	uint8_t bytes[8];
	uint64_t number = 0;
	read_bytes(r, bytes, n);
	for (size_t i = 0; i < n; i++) number = number << 8 | bytes[i];
	return number;
}

uint8_t read_u8(struct reading_bytes *r)
{
	return (uint8_t)read_number(r, 1);
}

uint32_t read_u32(struct reading_bytes *r)
{
	return (uint32_t)read_number(r, 4);
}

int64_t read_i64(struct reading_bytes *r)
{
	return (int64_t)read_number(r, 8);
}

void read_id(struct reading_bytes *r, const char *kind, struct id *out)
{
	uint8_t bytes[16];
	read_bytes(r, bytes, sizeof bytes);
	memcpy(out->text, kind, 3);
	out->text[3] = '_';
	text_hex(bytes, sizeof bytes, out->text + 4);
}
