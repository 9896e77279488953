/* SPDX-License-Identifier: Apache-2.0 */
/* JSON by tables. A `shape` lists the fields of a struct; the same table reads, writes,
 * documents and makes the browser's types. RFC 8259 with strict UTF-8, depth at most 32;
 * repeated fields are refused. A shape has at most 64 fields. Pure; any thread. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum json_kind {
	JSON_KIND_TEXT,   /* str;      least..most count code points; no U+0000 */
	JSON_KIND_INT,    /* int64_t;  least..most bound the value (within ±2^53) */
	JSON_KIND_REAL,   /* double;   NAN is "absent" */
	JSON_KIND_BOOL,   /* bool */
	JSON_KIND_RAW,    /* str:      any JSON value, as text (written as it is, read
	                     compactly) */
	JSON_KIND_OBJECT, /* const T *: a struct of shape `of`; NULL is "absent" */
	JSON_KIND_LIST,   /* struct json_list of structs of shape `of`; least..most count
	                     items */
	JSON_KIND_TEXTS,  /* struct json_list of str; least..most count items */
};

#define JSON_ABSENT INT64_MIN /* an optional INT that is not there */

struct shape;
struct json_field {
	const char *name; /* snake_case on the wire */
	enum json_kind kind;
	size_t offset; /* in the struct */
	bool required;
	int64_t least, most;
	const struct shape *of;
};

/* A list: `items` is an array of `n` structs (or strs) in the arena. */
struct json_list {
	const void *items;
	size_t n;
};

struct shape {
	const char *name; /* PascalCase: the type's name in TypeScript and docs */
	const struct json_field *field;
	size_t n;
	size_t size; /* sizeof the struct */
};

#define JSON_TEXT(T, f, required, least, most)                                  \
	{                                                                       \
#f, JSON_KIND_TEXT, offsetof(T, f), required, least, most, NULL \
	}
#define JSON_INT(T, f, required, least, most)                                  \
	{                                                                      \
#f, JSON_KIND_INT, offsetof(T, f), required, least, most, NULL \
	}
#define JSON_REAL(T, f, required)                                        \
	{                                                                \
#f, JSON_KIND_REAL, offsetof(T, f), required, 0, 0, NULL \
	}
#define JSON_BOOL(T, f, required)                                        \
	{                                                                \
#f, JSON_KIND_BOOL, offsetof(T, f), required, 0, 0, NULL \
	}
#define JSON_RAW(T, f, required, most)                                     \
	{                                                                  \
#f, JSON_KIND_RAW, offsetof(T, f), required, 0, most, NULL \
	}
#define JSON_OBJECT(T, f, required, shape)                                     \
	{                                                                      \
#f, JSON_KIND_OBJECT, offsetof(T, f), required, 0, 0, &(shape) \
	}
#define JSON_LIST(T, f, required, most, shape)                                  \
	{                                                                       \
#f, JSON_KIND_LIST, offsetof(T, f), required, 0, most, &(shape) \
	}
#define JSON_TEXTS(T, f, required, most)                                     \
	{                                                                    \
#f, JSON_KIND_TEXTS, offsetof(T, f), required, 0, most, NULL \
	}
#define SHAPE(Name, T, fields)                           \
	{                                                \
		Name, fields, countof(fields), sizeof(T) \
	}

enum json_reading {
	JSON_STRICT,  /* our own API: an unknown name is ERR_INVALID */
	JSON_LENIENT, /* records from a newer peer: unknown names are passed over */
};

/* Reads one object of `shape` into `*out` (texts and lists live in the arena). Absent
 * optional fields become STR_NONE, JSON_ABSENT, NAN, false, NULL, an empty list; JSON null
 * counts as absent. ERR_INVALID names the field; ERR_TOO_LARGE when the arena's limit is
 * reached.
 * `*out` is written only on success. */
fallible json_read(str text, const struct shape *, enum json_reading, struct arena *,
                   void *out);

/* Writes one object. Optional absent values are left out. `<`, U+2028 and U+2029 are
 * escaped, so the text may stand in HTML. */
void json_write(struct buf *, const struct shape *, const void *in);
void json_write_list(struct buf *, const struct shape *, struct json_list);
/* One JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD. */
void json_write_text(struct buf *, str);
/* A double as JSON: shortest form that reads back the same; NAN and infinities as null. */
void json_write_real(struct buf *, double);
/* Whether `text` is one JSON value of depth ≤ 32, by a scan that allocates nothing. */
bool json_valid(str text);
