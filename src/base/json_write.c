/* SPDX-License-Identifier: Apache-2.0 */
/* Writing by shapes. Nothing written here can end a <script> or break a line of it. */
#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* How many bytes stand as they are before one that must be escaped. */
static size_t plain_part(str s)
{
	size_t n = 0;
	uint32_t rune;
	while (n < s.n) {
		unsigned char c = (unsigned char)s.p[n];
		if (c < 0x80) {
			if (c < 0x20 || c == '"' || c == '\\' || c == '<') break;
			n++;
			continue;
		}
		size_t length = str_rune(str_part(s, n, s.n), &rune);
		if (!length || rune == 0x2028 || rune == 0x2029) break;
		n += length;
	}
	return n;
}

/* Writes the first rune of `s` escaped; returns its length. */
static size_t write_escaped(struct buf *b, str s)
{
	uint32_t rune;
	size_t length = str_rune(s, &rune);
	if (!length) {
		buf_str(b, S("\xEF\xBF\xBD")); /* U+FFFD */
		return 1;
	}
	switch (rune) {
	case '"': buf_str(b, S("\\\"")); break;
	case '\\': buf_str(b, S("\\\\")); break;
	case '\n': buf_str(b, S("\\n")); break;
	case '\r': buf_str(b, S("\\r")); break;
	case '\t': buf_str(b, S("\\t")); break;
	default: buf_printf(b, "\\u%04x", (unsigned)rune);
	}
	return length;
}

void json_write_text(struct buf *b, str s)
{
	buf_char(b, '"');
	while (s.n) {
		size_t n = plain_part(s);
		buf_add(b, s.p, n);
		s = str_part(s, n, s.n);
		if (s.n) s = str_part(s, write_escaped(b, s), s.n);
	}
	buf_char(b, '"');
}

void json_write_real(struct buf *b, double value)
{
	if (!isfinite(value)) {
		buf_str(b, S("null"));
		return;
	}
	char text[32];
	for (int precision = 15; precision <= 17; precision++) {
		snprintf(text, sizeof text, "%.*g", precision, value);
		if (strtod(text, NULL) == value) break; /* NOLINT: exact on purpose */
	}
	buf_str(b, str_of(text));
}

/* In valid JSON a '<' or U+2028 can only stand in a string. */
static void write_raw(struct buf *b, str s)
{
	while (s.n) {
		size_t n = 0;
		while (n < s.n && s.p[n] != '<' && s.p[n] != '\xE2') n++;
		buf_add(b, s.p, n);
		s = str_part(s, n, s.n);
		if (!s.n) break;
		str line_end = str_part(s, 0, 3);
		if (s.p[0] == '<' || str_is(line_end, S("\xE2\x80\xA8")) ||
		    str_is(line_end, S("\xE2\x80\xA9"))) {
			s = str_part(s, write_escaped(b, s), s.n);
		} else {
			buf_char(b, s.p[0]);
			s = str_part(s, 1, s.n);
		}
	}
}

static void write_object(struct buf *, const struct shape *, const void *in, int depth);

static void write_items(struct buf *b, const struct shape *of, struct json_list list,
                        int depth)
{
	buf_char(b, '[');
	for (size_t i = 0; i < list.n; i++) {
		if (i) buf_char(b, ',');
		if (of)
			write_object(b, of, (const char *)list.items + i * of->size, depth);
		else
			json_write_text(b, ((const str *)list.items)[i]);
	}
	buf_char(b, ']');
}

static const void *object_at(const void *member)
{
	const void *object;
	memcpy(&object, member, sizeof object);
	return object;
}

/* Whether the field at `in` holds what stands for "not there". */
static bool is_absent(enum json_kind kind, const void *in)
{
	switch (kind) {
	case JSON_KIND_TEXT:
	case JSON_KIND_RAW: return !((const str *)in)->p;
	case JSON_KIND_INT: return *(const int64_t *)in == JSON_ABSENT;
	case JSON_KIND_REAL: return isnan(*(const double *)in);
	case JSON_KIND_OBJECT: return !object_at(in);
	case JSON_KIND_LIST:
	case JSON_KIND_TEXTS: return !((const struct json_list *)in)->items;
	case JSON_KIND_BOOL: break;
	}
	return false;
}

static void write_value(struct buf *b, const struct json_field *f, const void *in,
                        int depth)
{
	switch (f->kind) {
	case JSON_KIND_TEXT: json_write_text(b, *(const str *)in); break;
	case JSON_KIND_INT: buf_printf(b, "%lld", (long long)*(const int64_t *)in); break;
	case JSON_KIND_REAL: json_write_real(b, *(const double *)in); break;
	case JSON_KIND_BOOL: buf_str(b, *(const bool *)in ? S("true") : S("false")); break;
	case JSON_KIND_RAW: write_raw(b, *(const str *)in); break;
	case JSON_KIND_OBJECT: write_object(b, f->of, object_at(in), depth); break;
	case JSON_KIND_LIST:
	case JSON_KIND_TEXTS:
		write_items(b, f->of, *(const struct json_list *)in, depth);
		break;
	}
}

/* A required value that is absent: the nearest thing the browser's type allows. */
static void write_absent(struct buf *b, enum json_kind kind)
{
	if (kind == JSON_KIND_TEXT)
		buf_str(b, S("\"\""));
	else if (kind == JSON_KIND_LIST || kind == JSON_KIND_TEXTS)
		buf_str(b, S("[]"));
	else
		buf_str(b, S("null"));
}

static void write_object(struct buf *b, const struct shape *shape, const void *in,
                         int depth)
{
	assert(depth < 32);
	bool first = true;
	buf_char(b, '{');
	for (size_t i = 0; i < shape->n; i++) {
		const struct json_field *f = &shape->field[i];
		const void *member = (const char *)in + f->offset;
		bool absent = is_absent(f->kind, member);
		if (absent && !f->required) continue;
		if (!first) buf_char(b, ',');
		first = false;
		json_write_text(b, str_of(f->name));
		buf_char(b, ':');
		if (absent)
			write_absent(b, f->kind);
		else
			write_value(b, f, member, depth + 1);
	}
	buf_char(b, '}');
}

void json_write(struct buf *b, const struct shape *shape, const void *in)
{
	write_object(b, shape, in, 0);
}

void json_write_list(struct buf *b, const struct shape *shape, struct json_list list)
{
	write_items(b, shape, list, 0);
}
