/* SPDX-License-Identifier: Apache-2.0 */
/* Reading by shapes, without a tree in between. json_valid goes first; what walks the text
 * after it may trust its brackets, quotes and depth, and only has to hold it against the
 * shape. (By way of jansson's tree, a commit of 2 KB took nine times as long.) */
#include "base/json_scan.h"

#include "base/json.h"

#include <math.h>
#include <stdlib.h>

/* Whole numbers that every reader of JSON keeps exactly. */
static const int64_t largest_int = INT64_C(1) << 53;

struct reading {
	struct scan at;
	enum json_reading how;
	struct arena *arena;
	const struct shape *shape; /* the one being read: for sentences */
};

#define REFUSE(r, f, what) FAIL(ERR_INVALID, "%s.%s: %s", (r)->shape->name, (f)->name, what)
#define NO_ROOM(r, f) FAIL(ERR_TOO_LARGE, "%s.%s: too large", (r)->shape->name, (f)->name)

static bool count_fits(const struct json_field *f, size_t n)
{
	return (int64_t)n >= f->least && (int64_t)n <= f->most;
}

/* ---- walking valid JSON: `at` stands on the first character of a value ---- */

/* Takes a string; gives what stands between its quotes. */
static str take_quoted(struct scan *at)
{
	const char *first = ++at->p;
	bool whole = scan_string(at);
	assert(whole);
	return (str){ first, (size_t)(at->p - 1 - first) };
}

/* Takes any value; gives its text. */
static str take_value(struct scan *at)
{
	const char *first = at->p;
	int open = 0;
	do {
		char c = *at->p;
		if (c == '"') {
			take_quoted(at);
			continue;
		}
		if (c == '{' || c == '[') open++;
		if (c == '}' || c == ']') open--;
		at->p++;
		/* A number or a word goes on to what cannot be in one. */
		if (open == 0 && c != '}' && c != ']')
			while (at->p < at->end && *at->p >= '+' && *at->p != ',' &&
			       *at->p != ']' && *at->p != '}')
				at->p++;
	} while (open);
	return (str){ first, (size_t)(at->p - first) };
}

/* Goes to the next item, or behind the closing bracket (false). */
static bool next_item(struct scan *at)
{
	scan_blanks(at);
	if (scan_next_is(at, ',')) {
		scan_blanks(at);
		return true;
	}
	at->p++;
	return false;
}

/* Behind an opening bracket: false when it closes at once. */
static bool first_item(struct scan *at)
{
	scan_blanks(at);
	return !scan_next_is(at, ']') && !scan_next_is(at, '}');
}

static size_t count_items(struct scan at)
{
	size_t n = 0;
	at.p++;
	if (!first_item(&at)) return 0;
	do n++, take_value(&at);
	while (next_item(&at));
	return n;
}

/* ---- texts ---- */

static size_t write_rune(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n; --i; c >>= 6) out[i] = (char)(0x80 | (c & 0x3F));
	out[0] = (char)((0xF00 >> n) | c);
	return n;
}

/* Behind \u: one or two halves. */
static uint32_t take_rune(struct scan *at)
{
	uint32_t first = 0, second = 0;
	scan_hex4(at, &first);
	if (first < 0xD800 || first > 0xDFFF) return first;
	at->p += 2;
	scan_hex4(at, &second);
	return 0x10000 + ((first & 0x3FF) << 10 | (second & 0x3FF));
}

/* What the quoted text says, in the arena. `p` is NULL when there is no room; `*zero_out`
 * tells whether it holds U+0000. */
static str unescape(struct arena *a, str quoted, bool *zero_out)
{
	*zero_out = false;
	if (str_index(quoted, '\\') == quoted.n) return arena_copy(a, quoted);
	char *p = arena_try(a, quoted.n + 1); /* an escape is never the shorter form */
	if (!p) return STR_NONE;
	size_t n = 0;
	struct scan at = { quoted.p, quoted.p + quoted.n };
	while (at.p < at.end) {
		char c = *at.p++;
		if (c != '\\') {
			p[n++] = c;
			continue;
		}
		c = *at.p++;
		if (c == 'u') {
			uint32_t rune = take_rune(&at);
			if (rune == 0) *zero_out = true;
			n += write_rune(p + n, rune);
		} else {
			size_t i = str_index(S("bfnrt"), c);
			p[n++] = i < 5 ? "\b\f\n\r\t"[i] : c;
		}
	}
	return (str){ p, n };
}

static fallible take_text(struct reading *r, const struct json_field *f, str *out)
{
	if (*r->at.p != '"') return REFUSE(r, f, "not text");
	bool zero;
	str text = unescape(r->arena, take_quoted(&r->at), &zero);
	if (!text.p) return NO_ROOM(r, f);
	if (zero) return REFUSE(r, f, "U+0000 in text");
	*out = text;
	return ERR_OK;
}

/* ---- the kinds of fields ---- */

static fallible read_text(struct reading *r, const struct json_field *f, str *out)
{
	str text;
	TRY(take_text(r, f, &text));
	if (!count_fits(f, str_runes(text))) return REFUSE(r, f, "text of a wrong length");
	*out = text;
	return ERR_OK;
}

static bool is_number(char first)
{
	return first == '-' || (first >= '0' && first <= '9');
}

static fallible read_int(struct reading *r, const struct json_field *f, int64_t *out)
{
	if (!is_number(*r->at.p)) return REFUSE(r, f, "not a whole number");
	str text = take_value(&r->at);
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '.' || text.p[i] == 'e' || text.p[i] == 'E')
			return REFUSE(r, f, "not a whole number");
	int64_t least = f->least > -largest_int ? f->least : -largest_int;
	int64_t most = f->most < largest_int ? f->most : largest_int;
	if (!str_to_int(text, least, most, out)) return REFUSE(r, f, "out of bounds");
	return ERR_OK;
}

static fallible read_real(struct reading *r, const struct json_field *f, double *out)
{
	if (!is_number(*r->at.p)) return REFUSE(r, f, "not a number");
	str text = arena_copy(r->arena, take_value(&r->at)); /* strtod wants a NUL */
	if (!text.p) return NO_ROOM(r, f);
	double value = strtod(text.p, NULL);
	if (!isfinite(value)) return REFUSE(r, f, "out of bounds");
	*out = value;
	return ERR_OK;
}

static fallible read_bool(struct reading *r, const struct json_field *f, bool *out)
{
	if (*r->at.p != 't' && *r->at.p != 'f') return REFUSE(r, f, "not true or false");
	*out = *r->at.p == 't';
	take_value(&r->at);
	return ERR_OK;
}

/* Drops the blanks between its pieces from a value; the new length. */
static size_t compact(char *value, size_t n)
{
	char *to = value;
	struct scan at = { value, value + n };
	for (scan_blanks(&at); at.p < at.end; scan_blanks(&at)) {
		const char *from = at.p;
		if (*from == '"')
			take_quoted(&at);
		else
			at.p++;
		size_t length = (size_t)(at.p - from);
		memmove(to, from, length);
		to += length;
	}
	*to = 0;
	return (size_t)(to - value);
}

static fallible read_raw(struct reading *r, const struct json_field *f, str *out)
{
	str text = take_value(&r->at);
	char *copy = arena_try(r->arena, text.n + 1);
	if (!copy) return NO_ROOM(r, f);
	memcpy(copy, text.p, text.n);
	size_t n = compact(copy, text.n);
	if (!count_fits(f, n)) return NO_ROOM(r, f);
	*out = (str){ copy, n };
	return ERR_OK;
}

static fallible read_object(struct reading *, const struct shape *, void *out);

static fallible read_member(struct reading *r, const struct json_field *f, const void **out)
{
	if (*r->at.p != '{') return REFUSE(r, f, "not an object");
	void *object = arena_try(r->arena, f->of->size);
	if (!object) return NO_ROOM(r, f);
	TRY(read_object(r, f->of, object));
	*out = object;
	return ERR_OK;
}

static fallible read_items(struct reading *r, const struct json_field *f,
                           struct json_list *out)
{
	if (*r->at.p != '[') return REFUSE(r, f, "not a list");
	size_t n = count_items(r->at), size = f->of ? f->of->size : sizeof(str);
	if (!count_fits(f, n)) return REFUSE(r, f, "a wrong number of items");
	/* An empty list is there, an absent one is not. */
	char *items = arena_try(r->arena, (n ? n : 1) * size);
	if (!items) return NO_ROOM(r, f);
	r->at.p++;
	if (first_item(&r->at)) {
		char *item = items;
		do {
			if (f->of && *r->at.p != '{')
				return REFUSE(r, f, "an item is not an object");
			if (f->of)
				TRY(read_object(r, f->of, item));
			else
				TRY(take_text(r, f, (str *)(void *)item));
			item += size;
		} while (next_item(&r->at));
	}
	*out = (struct json_list){ items, n };
	return ERR_OK;
}

static fallible read_value(struct reading *r, const struct json_field *f, void *out)
{
	switch (f->kind) {
	case JSON_KIND_TEXT: return read_text(r, f, out);
	case JSON_KIND_INT: return read_int(r, f, out);
	case JSON_KIND_REAL: return read_real(r, f, out);
	case JSON_KIND_BOOL: return read_bool(r, f, out);
	case JSON_KIND_RAW: return read_raw(r, f, out);
	case JSON_KIND_OBJECT: return read_member(r, f, out);
	case JSON_KIND_LIST:
	case JSON_KIND_TEXTS: return read_items(r, f, out);
	}
	return REFUSE(r, f, "of no kind");
}

/* ---- objects ---- */

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

/* The index of the field called so, or `shape->n`. Looks first at `likely`: most objects
 * come in their shape's order. */
static size_t field_named(const struct shape *shape, str name, size_t likely)
{
	for (size_t i = 0; i < shape->n; i++) {
		size_t at = (likely + i) % shape->n;
		if (str_is(name, str_of(shape->field[at].name))) return at;
	}
	return shape->n;
}

/* One member. `*named` has a bit for each field met, `*given` for each that has a value. */
static fallible read_one(struct reading *r, void *out, size_t *likely, uint64_t *named,
                         uint64_t *given)
{
	const struct shape *shape = r->shape;
	bool zero;
	str name = take_quoted(&r->at);
	if (str_index(name, '\\') < name.n) name = unescape(r->arena, name, &zero);
	if (!name.p) return FAIL(ERR_TOO_LARGE, "%s: too large", shape->name);
	scan_blanks(&r->at);
	r->at.p++; /* the colon */
	scan_blanks(&r->at);

	size_t i = field_named(shape, name, *likely);
	if (i == shape->n) {
		if (r->how == JSON_STRICT)
			return FAIL(ERR_INVALID, "%s: no such name: %.*s", shape->name,
			            STR_ARG(str_part(name, 0, 40)));
		take_value(&r->at);
		return ERR_OK;
	}
	const struct json_field *f = &shape->field[i];
	if (*named >> i & 1) return REFUSE(r, f, "repeated");
	*named |= UINT64_C(1) << i;
	*likely = i + 1;
	if (*r->at.p == 'n') {
		take_value(&r->at);
		return ERR_OK;
	}
	*given |= UINT64_C(1) << i;
	return read_value(r, f, (char *)out + f->offset);
}

static fallible read_object(struct reading *r, const struct shape *shape, void *out)
{
	assert(shape->n <= 64);
	const struct shape *outer = r->shape;
	r->shape = shape;
	for (size_t i = 0; i < shape->n; i++)
		set_absent(&shape->field[i], (char *)out + shape->field[i].offset);

	uint64_t named = 0, given = 0;
	size_t likely = 0;
	r->at.p++;
	if (first_item(&r->at)) {
		do TRY(read_one(r, out, &likely, &named, &given));
		while (next_item(&r->at));
	}
	for (size_t i = 0; i < shape->n; i++)
		if (shape->field[i].required && !(given >> i & 1))
			return REFUSE(r, &shape->field[i], "missing");
	r->shape = outer;
	return ERR_OK;
}

fallible json_read(str text, const struct shape *shape, enum json_reading how,
                   struct arena *a, void *out)
{
	if (!json_valid(text)) return FAIL(ERR_INVALID, "%s: not JSON", shape->name);
	struct reading r = { .at = { text.p, text.p + text.n }, .how = how, .arena = a };
	scan_blanks(&r.at);
	r.shape = shape;
	if (*r.at.p != '{') return FAIL(ERR_INVALID, "%s: not an object", shape->name);
	void *read = arena_alloc(a, shape->size);
	TRY(read_object(&r, shape, read));
	memcpy(out, read, shape->size);
	return ERR_OK;
}
