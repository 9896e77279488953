/* SPDX-License-Identifier: Apache-2.0 */
/* Reading by shapes. json_valid looks first: it bounds the depth before jansson recurses
 * and refuses half surrogate pairs; jansson makes the tree, refusing repeated names and
 * U+0000; the shape's table picks it apart. */
#include "base/json.h"

#include <jansson.h>
#include <math.h>

#undef JSON_STRICT /* jansson's flag for json_unpack; ours is a way of reading */

/* Whole numbers that every reader of JSON keeps exactly. */
static const int64_t largest_int = INT64_C(1) << 53;

struct reading {
	enum json_reading how;
	struct arena *arena;
	const struct shape *shape; /* the one being read: for sentences */
};

#define REFUSE(r, f, ...) refuse(r, f, __LINE__, __VA_ARGS__)
static enum err refuse(const struct reading *r, const struct json_field *f, int line,
                       const char *what)
{
	return err_set(ERR_INVALID, NULL, __FILE__, line, "%s.%s: %s", r->shape->name,
	               f->name, what);
}

static enum err no_room(const struct reading *r, const struct json_field *f)
{
	return FAIL(ERR_TOO_LARGE, "%s.%s: too large", r->shape->name, f->name);
}

static bool count_fits(const struct json_field *f, size_t n)
{
	return n <= INT64_MAX && (int64_t)n >= f->least && (int64_t)n <= f->most;
}

static fallible read_text(struct reading *r, const struct json_field *f,
                          const json_t *value, str *out)
{
	if (!json_is_string(value)) return REFUSE(r, f, "not text");
	str text = { json_string_value(value), json_string_length(value) };
	if (!count_fits(f, str_runes(text))) return REFUSE(r, f, "text of a wrong length");
	*out = arena_copy(r->arena, text);
	return out->p ? ERR_OK : no_room(r, f);
}

static fallible read_int(struct reading *r, const struct json_field *f, const json_t *value,
                         int64_t *out)
{
	if (!json_is_integer(value)) return REFUSE(r, f, "not a whole number");
	int64_t number = json_integer_value(value);
	if (number < -largest_int || number > largest_int || number < f->least ||
	    number > f->most)
		return REFUSE(r, f, "out of bounds");
	*out = number;
	return ERR_OK;
}

static int append(const char *bytes, size_t n, void *buf)
{
	buf_add(buf, bytes, n);
	return ((struct buf *)buf)->over ? -1 : 0;
}

static fallible read_raw(struct reading *r, const struct json_field *f, const json_t *value,
                         str *out)
{
	on_exit_of_scope(buf_free) struct buf text;
	buf_init(&text, (size_t)f->most);
	if (json_dump_callback(value, append, &text, JSON_COMPACT | JSON_ENCODE_ANY) != 0)
		return no_room(r, f);
	*out = arena_copy(r->arena, buf_as_str(&text));
	return out->p ? ERR_OK : no_room(r, f);
}

static fallible read_object(struct reading *, const struct shape *, const json_t *, void *);

static fallible read_member(struct reading *r, const struct json_field *f,
                            const json_t *value, const void **out)
{
	if (!json_is_object(value)) return REFUSE(r, f, "not an object");
	void *object = arena_try(r->arena, f->of->size);
	if (!object) return no_room(r, f);
	TRY(read_object(r, f->of, value, object));
	*out = object;
	return ERR_OK;
}

static fallible read_items(struct reading *r, const struct json_field *f,
                           const json_t *value, struct json_list *out)
{
	if (!json_is_array(value)) return REFUSE(r, f, "not a list");
	size_t n = json_array_size(value), size = f->of ? f->of->size : sizeof(str);
	if (!count_fits(f, n)) return REFUSE(r, f, "a wrong number of items");
	/* An empty list is there, an absent one is not. */
	char *items = arena_try(r->arena, (n ? n : 1) * size);
	if (!items) return no_room(r, f);
	for (size_t i = 0; i < n; i++) {
		const json_t *item = json_array_get(value, i);
		if (f->of) {
			if (!json_is_object(item))
				return REFUSE(r, f, "an item is not an object");
			TRY(read_object(r, f->of, item, items + i * size));
		} else {
			if (!json_is_string(item))
				return REFUSE(r, f, "an item is not text");
			str text = { json_string_value(item), json_string_length(item) };
			text = arena_copy(r->arena, text);
			if (!text.p) return no_room(r, f);
			((str *)(void *)items)[i] = text;
		}
	}
	*out = (struct json_list){ items, n };
	return ERR_OK;
}

static void set_absent(const struct json_field *f, void *out)
{
	switch (f->kind) {
	case JSON_KIND_TEXT:
	case JSON_KIND_RAW: *(str *)out = STR_NONE; break;
	case JSON_KIND_INT: *(int64_t *)out = JSON_ABSENT; break;
	case JSON_KIND_REAL: *(double *)out = NAN; break;
	case JSON_KIND_BOOL: *(bool *)out = false; break;
	case JSON_KIND_OBJECT: *(const void **)out = NULL; break;
	case JSON_KIND_LIST:
	case JSON_KIND_TEXTS: *(struct json_list *)out = (struct json_list){ 0 }; break;
	}
}

static fallible read_field(struct reading *r, const struct json_field *f,
                           const json_t *value, void *out)
{
	if (!value || json_is_null(value)) {
		if (f->required) return REFUSE(r, f, "missing");
		set_absent(f, out);
		return ERR_OK;
	}
	switch (f->kind) {
	case JSON_KIND_TEXT: return read_text(r, f, value, out);
	case JSON_KIND_INT: return read_int(r, f, value, out);
	case JSON_KIND_REAL:
		if (!json_is_number(value)) return REFUSE(r, f, "not a number");
		*(double *)out = json_number_value(value);
		return ERR_OK;
	case JSON_KIND_BOOL:
		if (!json_is_boolean(value)) return REFUSE(r, f, "not true or false");
		*(bool *)out = json_is_true(value);
		return ERR_OK;
	case JSON_KIND_RAW: return read_raw(r, f, value, out);
	case JSON_KIND_OBJECT: return read_member(r, f, value, out);
	case JSON_KIND_LIST:
	case JSON_KIND_TEXTS: return read_items(r, f, value, out);
	}
	return REFUSE(r, f, "of no kind");
}

/* The first name in `object` that is no field of `shape`; NULL when all are. */
static const char *unknown_name(const struct shape *shape, const json_t *object)
{
	json_t *members = (json_t *)(uintptr_t)object; /* jansson only looks */
	for (void *at = json_object_iter(members); at;
	     at = json_object_iter_next(members, at)) {
		const char *name = json_object_iter_key(at);
		size_t i = 0;
		while (i < shape->n && strcmp(shape->field[i].name, name) != 0) i++;
		if (i == shape->n) return name;
	}
	return NULL;
}

static fallible read_object(struct reading *r, const struct shape *shape,
                            const json_t *object, void *out)
{
	const struct shape *outer = r->shape;
	r->shape = shape;
	if (r->how == JSON_STRICT) {
		const char *name = unknown_name(shape, object);
		if (name)
			return FAIL(ERR_INVALID, "%s: no such name: %.40s", shape->name,
			            name);
	}
	for (size_t i = 0; i < shape->n; i++) {
		const struct json_field *f = &shape->field[i];
		TRY(read_field(r, f, json_object_get(object, f->name),
		               (char *)out + f->offset));
	}
	r->shape = outer;
	return ERR_OK;
}

static void json_decref_at(json_t **value)
{
	json_decref(*value);
}

fallible json_read(str text, const struct shape *shape, enum json_reading how,
                   struct arena *a, void *out)
{
	if (!json_valid(text)) return FAIL(ERR_INVALID, "%s: not JSON", shape->name);
	json_error_t error;
	on_exit_of_scope(json_decref_at) json_t *root =
		json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
	if (!root) {
		switch (json_error_code(&error)) {
		case json_error_duplicate_key:
			return FAIL(ERR_INVALID, "%s: a name is repeated", shape->name);
		case json_error_numeric_overflow:
			return FAIL(ERR_INVALID, "%s: a number is out of bounds",
			            shape->name);
		case json_error_null_character:
		case json_error_null_byte_in_key:
			return FAIL(ERR_INVALID, "%s: U+0000 in a text", shape->name);
		default: return FAIL(ERR_INVALID, "%s: not an object", shape->name);
		}
	}
	if (!json_is_object(root))
		return FAIL(ERR_INVALID, "%s: not an object", shape->name);
	struct reading r = { .how = how, .arena = a };
	void *read = arena_alloc(a, shape->size);
	TRY(read_object(&r, shape, root, read));
	memcpy(out, read, shape->size);
	return ERR_OK;
}
