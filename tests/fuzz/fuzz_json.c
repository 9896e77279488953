/* SPDX-License-Identifier: Apache-2.0 */
/* What json_read takes, json_write gives back: written, read and written again, it is the
 * same text, it is valid, and nothing in it can end a <script>. */
#include "base/json.h"
#include "fuzz/fuzz.h"

struct thing {
	str text, raw;
	int64_t whole;
	double real;
	bool yes;
	const struct thing *inner;
	struct json_list things, texts;
};
static const struct shape thing_shape;
static const struct json_field thing_fields[] = {
	JSON_TEXT(struct thing, text, false, 0, 1000),
	JSON_RAW(struct thing, raw, false, 1 << 16),
	JSON_INT(struct thing, whole, false, INT64_MIN, INT64_MAX),
	JSON_REAL(struct thing, real, false),
	JSON_BOOL(struct thing, yes, false),
	JSON_OBJECT(struct thing, inner, false, thing_shape),
	JSON_LIST(struct thing, things, false, 1000, thing_shape),
	JSON_TEXTS(struct thing, texts, false, 1000),
};
static const struct shape thing_shape = SHAPE("Thing", struct thing, thing_fields);

static void write_thing(struct buf *b, const struct thing *thing)
{
	buf_init(b, 16 << 20);
	json_write(b, &thing_shape, thing);
	check(!b->over);
	str text = buf_as_str(b);
	check(json_valid(text));
	check(str_index(text, '<') == text.n);
	for (size_t i = 0; i + 2 < text.n; i++) {
		str three = str_part(text, i, i + 3);
		check(!str_is(three, S("\xE2\x80\xA8")) &&
		      !str_is(three, S("\xE2\x80\xA9")));
	}
}

static void round_trip(str text, enum json_reading how, struct arena *a)
{
	struct thing thing, again;
	enum err e = json_read(text, &thing_shape, how, a, &thing);
	check(e == ERR_OK || e == ERR_INVALID || e == ERR_TOO_LARGE);
	if (e) return;
	check(json_valid(text));
	struct buf once, twice;
	write_thing(&once, &thing);
	check(json_read(buf_as_str(&once), &thing_shape, JSON_STRICT, a, &again) == ERR_OK);
	write_thing(&twice, &again);
	check(str_is(buf_as_str(&once), buf_as_str(&twice)));
	buf_free(&once);
	buf_free(&twice);
}

/* Any bytes are a text to write. */
static void any_text(str text)
{
	struct buf b;
	buf_init(&b, 16 << 20);
	json_write_text(&b, text);
	check(json_valid(buf_as_str(&b)));
	buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str text = { (const char *)bytes, n };
	struct arena *a = arena_open(16 << 20);
	round_trip(text, JSON_STRICT, a);
	round_trip(text, JSON_LENIENT, a);
	any_text(text);
	arena_close(a);
	return 0;
}
