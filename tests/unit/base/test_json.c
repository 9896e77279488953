/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/json.h"

#include <float.h>
#include <math.h>

struct small {
	str name;
	int64_t n;
};
static const struct json_field small_fields[] = {
	JSON_TEXT(struct small, name, true, 1, 5),
	JSON_INT(struct small, n, false, -10, 10),
};
static const struct shape small_shape = SHAPE("Small", struct small, small_fields);

struct all {
	str text;
	int64_t whole;
	double real;
	bool yes;
	str raw;
	const struct small *one;
	struct json_list many, texts;
};
static const struct json_field all_fields[] = {
	JSON_TEXT(struct all, text, false, 0, 100),
	JSON_INT(struct all, whole, false, INT64_MIN, INT64_MAX),
	JSON_REAL(struct all, real, false),
	JSON_BOOL(struct all, yes, false),
	JSON_RAW(struct all, raw, false, 30),
	JSON_OBJECT(struct all, one, false, small_shape),
	JSON_LIST(struct all, many, false, 2, small_shape),
	JSON_TEXTS(struct all, texts, false, 2),
};
static const struct shape all_shape = SHAPE("All", struct all, all_fields);

struct needed {
	bool yes;
	double real;
	struct json_list many;
	str raw;
	const struct small *one;
};
static const struct json_field needed_fields[] = {
	JSON_BOOL(struct needed, yes, true),
	JSON_REAL(struct needed, real, true),
	JSON_LIST(struct needed, many, true, 9, small_shape),
	JSON_RAW(struct needed, raw, true, 9),
	JSON_OBJECT(struct needed, one, true, small_shape),
};
static const struct shape needed_shape = SHAPE("Needed", struct needed, needed_fields);

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(1 << 20);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

struct row {
	const char *json;
	enum err err;
	const char *reason;
};

static void check_rows(const struct shape *shape, const struct row *rows, size_t n)
{
	_Alignas(max_align_t) char out[256];
	assert_true(shape->size <= sizeof out);
	for (size_t i = 0; i < n; i++) {
		memset(out, 0x55, sizeof out);
		enum err e =
			json_read(str_of(rows[i].json), shape, JSON_STRICT, arena, out);
		assert_row(e == rows[i].err, rows[i].reason);
		bool untouched = out[0] == 0x55 && out[shape->size - 1] == 0x55;
		assert_row(!e || untouched, rows[i].reason);
	}
}

static void the_strict_reader_takes_only_what_the_shape_says(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "{\"name\":\"a\"}", ERR_OK, "the least" },
		{ " \r\n\t{ \"name\" : \"a\" , \"n\" : -10 } ", ERR_OK, "blanks anywhere" },
		{ "{\"name\":\"a\",\"n\":null}", ERR_OK, "null is absent" },
		{ "{\"name\":\"қазақ\"}", ERR_OK, "length counts letters, not bytes" },
		{ "{\"name\":\"\\ud83d\\ude00\"}", ERR_OK, "a whole surrogate pair" },
		{ "{\"n\\u0061me\":\"a\"}", ERR_OK, "an escaped name" },
		{ "{\"name\":\"a\",\"n\":-0}", ERR_OK, "minus nought is nought" },

		{ "", ERR_INVALID, "nothing" },
		{ " ", ERR_INVALID, "only blanks" },
		{ "[]", ERR_INVALID, "a list at the top" },
		{ "\"name\"", ERR_INVALID, "text at the top" },
		{ "null", ERR_INVALID, "null at the top" },
		{ "{}", ERR_INVALID, "required and missing" },
		{ "{\"name\":null}", ERR_INVALID, "required and null" },
		{ "{\"name\":\"a\",\"admin\":true}", ERR_INVALID, "unknown name" },
		{ "{\"name\":\"a\",\"Name\":\"b\"}", ERR_INVALID, "names have case" },
		{ "{\"name\":\"a\",\"name\":\"b\"}", ERR_INVALID, "repeated name" },
		{ "{\"name\":\"a\",\"n\\u0061me\":\"b\"}", ERR_INVALID,
		  "repeated name in disguise" },
		{ "{\"name\":1}", ERR_INVALID, "a number for text" },
		{ "{\"name\":[\"a\"]}", ERR_INVALID, "a list for text" },
		{ "{\"name\":\"\"}", ERR_INVALID, "too short" },
		{ "{\"name\":\"abcdef\"}", ERR_INVALID, "too long" },
		{ "{\"name\":\"\\ud800\"}", ERR_INVALID, "half a surrogate pair" },
		{ "{\"name\":\"\\udc00\"}", ERR_INVALID, "the other half" },
		{ "{\"name\":\"\\udc00\\ud800\"}", ERR_INVALID, "halves turned round" },
		{ "{\"name\":\"\\ud800\\u0041\"}", ERR_INVALID,
		  "half a pair, then a letter" },
		{ "{\"name\":\"\\u0000\"}", ERR_INVALID, "U+0000" },
		{ "{\"name\\u0000\":\"a\"}", ERR_INVALID, "U+0000 in a name" },
		{ "{\"name\":\"\x01\"}", ERR_INVALID, "a bare control character" },
		{ "{\"name\":\"\xFF\"}", ERR_INVALID, "not UTF-8" },
		{ "{\"name\":\"\xED\xA0\x80\"}", ERR_INVALID, "a surrogate in UTF-8" },
		{ "{\"name\":\"\xC0\xAF\"}", ERR_INVALID, "an overlong form" },
		{ "{\"name\":\"\\x\"}", ERR_INVALID, "an unknown escape" },
		{ "{\"name\":\"a\",}", ERR_INVALID, "a comma too many" },
		{ "{\"name\":\"a\"", ERR_INVALID, "cut off" },
		{ "{\"name\":\"a\"}}", ERR_INVALID, "a bracket too many" },
		{ "{\"name\":\"a\"} x", ERR_INVALID, "something behind" },
		{ "{'name':'a'}", ERR_INVALID, "single quotes" },
		{ "{name:\"a\"}", ERR_INVALID, "a bare name" },
		{ "\xEF\xBB\xBF{\"name\":\"a\"}", ERR_INVALID, "a byte order mark" },
		{ "{\"name\":\"a\"}//", ERR_INVALID, "a comment" },
		{ "{\"name\":\"a\",\"n\":1.0}", ERR_INVALID,
		  "a fraction for a whole number" },
		{ "{\"name\":\"a\",\"n\":1e1}", ERR_INVALID, "an exponent likewise" },
		{ "{\"name\":\"a\",\"n\":\"1\"}", ERR_INVALID, "text for a number" },
		{ "{\"name\":\"a\",\"n\":true}", ERR_INVALID, "true for a number" },
		{ "{\"name\":\"a\",\"n\":11}", ERR_INVALID, "above the bound" },
		{ "{\"name\":\"a\",\"n\":-11}", ERR_INVALID, "below the bound" },
		{ "{\"name\":\"a\",\"n\":01}", ERR_INVALID, "a leading nought" },
		{ "{\"name\":\"a\",\"n\":+1}", ERR_INVALID, "a plus" },
		{ "{\"name\":\"a\",\"n\":NaN}", ERR_INVALID, "no number" },
		{ "{\"name\":\"a\",\"n\":99999999999999999999}", ERR_INVALID,
		  "past 64 bits" },
	};
	check_rows(&small_shape, rows, countof(rows));
}

static void every_kind_of_field_minds_its_bounds(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "{}", ERR_OK, "all optional" },
		{ "{\"whole\":9007199254740992}", ERR_OK, "2^53" },
		{ "{\"whole\":9007199254740993}", ERR_INVALID, "past 2^53" },
		{ "{\"whole\":-9007199254740993}", ERR_INVALID, "below -2^53" },
		{ "{\"real\":1}", ERR_OK, "a whole number is a number" },
		{ "{\"real\":-1.5e-3}", ERR_OK, "a real" },
		{ "{\"real\":1e999}", ERR_INVALID, "infinity in disguise" },
		{ "{\"real\":\"1\"}", ERR_INVALID, "text for a number" },
		{ "{\"yes\":true}", ERR_OK, "true" },
		{ "{\"yes\":1}", ERR_INVALID, "1 for true" },
		{ "{\"raw\":[1, {\"a\": \"b\"}]}", ERR_OK, "anything" },
		{ "{\"raw\":\"1234567890123456789012345678\"}", ERR_OK, "30 bytes" },
		{ "{\"raw\":\"12345678901234567890123456789\"}", ERR_TOO_LARGE,
		  "31 bytes" },
		{ "{\"raw\":{\"a\":1,\"a\":2}}", ERR_OK, "what is inside is not ours" },
		{ "{\"raw\": [ 1 , \" 45678901234567890\" , 2 ] }", ERR_OK,
		  "blanks do not count" },
		{ "{\"one\":{\"name\":\"a\"}}", ERR_OK, "an object" },
		{ "{\"one\":{}}", ERR_INVALID, "missing inside" },
		{ "{\"one\":{\"name\":\"a\",\"x\":1}}", ERR_INVALID,
		  "unknown name inside" },
		{ "{\"one\":[]}", ERR_INVALID, "a list for an object" },
		{ "{\"many\":[]}", ERR_OK, "an empty list" },
		{ "{\"many\":[{\"name\":\"a\"},{\"name\":\"b\"}]}", ERR_OK, "two" },
		{ "{\"many\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"}]}",
		  ERR_INVALID, "three are too many" },
		{ "{\"many\":[null]}", ERR_INVALID, "null for an item" },
		{ "{\"many\":[1]}", ERR_INVALID, "a number for an item" },
		{ "{\"many\":{}}", ERR_INVALID, "an object for a list" },
		{ "{\"texts\":[\"a\",\"\"]}", ERR_OK, "texts" },
		{ "{\"texts\":[1]}", ERR_INVALID, "a number for a text" },
		{ "{\"texts\":[\"a\",\"b\",\"c\"]}", ERR_INVALID, "three texts" },
	};
	check_rows(&all_shape, rows, countof(rows));
}

static void what_is_refused_is_named(void **state)
{
	(void)state;
	struct all out;
	str text = S("{\"many\":[{\"name\":\"ok\"},{\"name\":\"a\",\"n\":1.5}]}");
	assert_err(ERR_INVALID, json_read(text, &all_shape, JSON_STRICT, arena, &out));
	assert_string_equal(err_last()->sentence, "Small.n: not a whole number");
	text = S("{\"colour\":1}");
	assert_err(ERR_INVALID, json_read(text, &all_shape, JSON_STRICT, arena, &out));
	assert_string_equal(err_last()->sentence, "All: no such name: colour");
}

static void absent_fields_say_so(void **state)
{
	(void)state;
	struct all out;
	memset(&out, 0x55, sizeof out);
	assert_ok(json_read(S("{}"), &all_shape, JSON_STRICT, arena, &out));
	assert_null(out.text.p);
	assert_true(out.whole == JSON_ABSENT);
	assert_true(isnan(out.real));
	assert_false(out.yes);
	assert_null(out.raw.p);
	assert_null(out.one);
	assert_null(out.many.items);
	assert_int_equal(out.texts.n, 0);
}

static void values_arrive_in_the_struct(void **state)
{
	(void)state;
	struct all out;
	str text = S("{\"text\":\"\",\"whole\":-7,\"real\":0.25,\"yes\":true,"
	             "\"raw\": { \"b\" : [ 1, \"<\" ], \"a\": null },"
	             "\"one\":{\"name\":\"Ә\"},"
	             "\"many\":[{\"name\":\"x\",\"n\":1},{\"name\":\"y\"}],"
	             "\"texts\":[\"\",\"z\"]}");
	assert_ok(json_read(text, &all_shape, JSON_STRICT, arena, &out));
	assert_str(out.text, S(""));
	assert_int_equal(out.whole, -7);
	assert_true(out.real == 0.25);
	assert_true(out.yes);
	assert_str(out.raw, S("{\"b\":[1,\"<\"],\"a\":null}"));
	assert_str(out.one->name, S("Ә"));
	const struct small *many = out.many.items;
	assert_int_equal(out.many.n, 2);
	assert_int_equal(many[0].n, 1);
	assert_str(many[1].name, S("y"));
	assert_true(many[1].n == JSON_ABSENT);
	const str *texts = out.texts.items;
	assert_int_equal(out.texts.n, 2);
	assert_str(texts[0], S(""));
	assert_str(texts[1], S("z"));
}

static void the_lenient_reader_passes_over_unknown_names(void **state)
{
	(void)state;
	struct small out;
	str text = S("{\"name\":\"a\",\"later\":{\"x\":[1]}}");
	assert_ok(json_read(text, &small_shape, JSON_LENIENT, arena, &out));
	assert_str(out.name, S("a"));
	text = S("{\"name\":7}");
	assert_err(ERR_INVALID, json_read(text, &small_shape, JSON_LENIENT, arena, &out));
}

static void the_arenas_limit_bounds_what_is_read(void **state)
{
	(void)state;
	struct arena *little = arena_open(sizeof(struct all) + 8);
	struct all out;
	str text = S("{\"text\":\"0123456789012345678901234567890123456789\"}");
	assert_err(ERR_TOO_LARGE, json_read(text, &all_shape, JSON_STRICT, little, &out));
	arena_close(little);
}

static void json_is_valid_or_not(void **state)
{
	(void)state;
	static const struct {
		const char *json;
		bool valid;
		const char *reason;
	} rows[] = {
		{ "null", true, "a word" },
		{ "-0.5E+10", true, "a number with everything" },
		{ "0", true, "nought" },
		{ "[]", true, "an empty list" },
		{ "{ }", true, "an empty object" },
		{ "[1,[2,{\"a\":{}}],\"\"]", true, "nested" },
		{ "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"", true, "every escape" },
		{ "\"0123456789\\\"01234567890123456789\"", true,
		  "a quote amid a long run" },
		{ "\"\x7F\"", true, "DEL is no control to RFC 8259" },
		{ "\"\\u0000\"", true, "an escaped U+0000 is JSON" },
		{ "\"Әліппе 0123456789 \xF0\x9F\x98\x80\"", true,
		  "letters of all lengths" },

		{ "", false, "nothing" },
		{ "nul", false, "a cut word" },
		{ "nulll", false, "a long word" },
		{ "True", false, "a capital" },
		{ "-", false, "a bare minus" },
		{ "00", false, "two noughts" },
		{ "1.", false, "no digits behind the point" },
		{ ".5", false, "none before it" },
		{ "1e", false, "no exponent" },
		{ "0x10", false, "hex" },
		{ "1 2", false, "two values" },
		{ "[1,]", false, "a comma too many" },
		{ "[,1]", false, "a comma in front" },
		{ "[1 2]", false, "no comma" },
		{ "{\"a\"}", false, "no value" },
		{ "{\"a\":}", false, "no value behind the colon" },
		{ "{\"a\":1,}", false, "a comma too many" },
		{ "{1:2}", false, "a number as name" },
		{ "[}", false, "a wrong bracket" },
		{ "{\"a\":[}", false, "a wrong bracket inside" },
		{ "]", false, "a closing bracket" },
		{ "[", false, "left open" },
		{ "\"", false, "an open quote" },
		{ "\"\\", false, "an open escape" },
		{ "\"\\u12", false, "a cut escape" },
		{ "\"\\u12g4\"", false, "not hex" },
		{ "\"\n\"", false, "a bare newline" },
		{ "\"0123456\x1f"
		  "01234567\"",
		  false, "a control amid a long run" },
		{ "\"\\ud800\"", false, "half a pair" },
		{ "\"\\ud800\\n\"", false, "half a pair, another escape" },
		{ "\"\xE2\x80\"", false, "a cut letter" },
		{ "\"\xF4\x90\x80\x80\"", false, "past U+10FFFF" },
		{ "\f1", false, "a form feed is no blank" },
	};
	for (size_t i = 0; i < countof(rows); i++)
		assert_row(json_valid(str_of(rows[i].json)) == rows[i].valid,
		           rows[i].reason);
	assert_false(json_valid(STR_NONE));
	assert_false(json_valid((str){ "1\0", 2 }));
}

static void thirty_two_is_deep_enough(void **state)
{
	(void)state;
	char text[67];
	for (size_t depth = 31; depth <= 33; depth++) {
		memset(text, '[', depth);
		memset(text + depth, ']', depth);
		assert_int_equal(json_valid((str){ text, 2 * depth }), depth <= 32);
	}
	/* Deep, mixed, and closed by the right brackets. */
	str mixed = S("{\"a\":[{\"a\":[{\"a\":[{\"a\":[1]}]}]}]}");
	assert_true(json_valid(mixed));
	mixed = S("{\"a\":[{\"a\":[{\"a\":[{\"a\":[1]}]}}}]}");
	assert_false(json_valid(mixed));
}

static void assert_written(const struct shape *shape, const void *in, const char *wanted)
{
	struct buf b;
	buf_init(&b, 1 << 16);
	json_write(&b, shape, in);
	assert_false(b.over);
	assert_true(json_valid(buf_as_str(&b)));
	assert_str(buf_as_str(&b), str_of(wanted));
	buf_free(&b);
}

static void absent_values_are_left_out(void **state)
{
	(void)state;
	struct all in = { .whole = JSON_ABSENT, .real = NAN };
	assert_written(&all_shape, &in, "{\"yes\":false}");
	in.many = (struct json_list){ "", 0 };
	in.text = S("");
	assert_written(&all_shape, &in, "{\"text\":\"\",\"yes\":false,\"many\":[]}");
}

static void required_values_are_always_there(void **state)
{
	(void)state;
	struct needed in = { .real = NAN };
	assert_written(
		&needed_shape, &in,
		"{\"yes\":false,\"real\":null,\"many\":[],\"raw\":null,\"one\":null}");
}

static void what_is_written_is_read_again(void **state)
{
	(void)state;
	const char *text =
		"{\"text\":\"a\\u003cb\\\"\\\\\\n\\u0001Қ\",\"whole\":5,\"real\":0.1,"
		"\"yes\":true,\"raw\":{\"a\":[\"\\u003c/b\\u2028\"]},"
		"\"one\":{\"name\":\"x\",\"n\":1},\"many\":[{\"name\":\"y\"}],"
		"\"texts\":[\"p\",\"q\"]}";
	struct all out;
	assert_ok(json_read(str_of(text), &all_shape, JSON_STRICT, arena, &out));
	assert_written(&all_shape, &out, text);
}

static void texts_may_stand_in_html(void **state)
{
	(void)state;
	static const struct {
		const char *text, *json, *reason;
	} rows[] = {
		{ "</script>", "\"\\u003c/script>\"", "a tag cannot end" },
		{ "\xE2\x80\xA8\xE2\x80\xA9", "\"\\u2028\\u2029\"", "line separators" },
		{ "\xE2\x80\xA6", "\"\xE2\x80\xA6\"", "their neighbour stays" },
		{ "a\xFFz", "\"a\xEF\xBF\xBDz\"", "a byte that is not UTF-8" },
		{ "\xE2\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\"", "a cut letter" },
		{ "\t\r\n\x1F", "\"\\t\\r\\n\\u001f\"", "controls" },
		{ "", "\"\"", "nothing" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct buf b;
		buf_init(&b, 1000);
		json_write_text(&b, str_of(rows[i].text));
		assert_row(str_is(buf_as_str(&b), str_of(rows[i].json)), rows[i].reason);
		assert_row(json_valid(buf_as_str(&b)), rows[i].reason);
		buf_free(&b);
	}
}

static void reals_are_short_and_exact(void **state)
{
	(void)state;
	static const struct {
		double value;
		const char *text;
	} rows[] = {
		{ 0, "0" },
		{ 0.1, "0.1" },
		{ 1.0 / 3, "0.3333333333333333" },
		{ 85, "85" },
		{ NAN, "null" },
		{ INFINITY, "null" },
		{ -0.5, "-0.5" },
		{ 1e300, "1e+300" },
		{ 5e-324, "4.94065645841247e-324" },
		{ 0.1 + 0.2, "0.30000000000000004" },
		{ DBL_MAX, "1.7976931348623157e+308" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct buf b;
		buf_init(&b, 100);
		json_write_real(&b, rows[i].value);
		assert_str(buf_as_str(&b), str_of(rows[i].text));
		assert_true(json_valid(buf_as_str(&b)));
		buf_free(&b);
	}
}

static void a_list_may_stand_alone(void **state)
{
	(void)state;
	struct small items[] = { { S("a"), 1 }, { S("b"), JSON_ABSENT } };
	struct buf b;
	buf_init(&b, 1000);
	json_write_list(&b, &small_shape, (struct json_list){ items, 2 });
	assert_str(buf_as_str(&b), S("[{\"name\":\"a\",\"n\":1},{\"name\":\"b\"}]"));
	buf_reset(&b);
	json_write_list(&b, &small_shape, (struct json_list){ 0 });
	assert_str(buf_as_str(&b), S("[]"));
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_strict_reader_takes_only_what_the_shape_says),
		cmocka_unit_test(every_kind_of_field_minds_its_bounds),
		cmocka_unit_test(what_is_refused_is_named),
		cmocka_unit_test(absent_fields_say_so),
		cmocka_unit_test(values_arrive_in_the_struct),
		cmocka_unit_test(the_lenient_reader_passes_over_unknown_names),
		cmocka_unit_test(the_arenas_limit_bounds_what_is_read),
		cmocka_unit_test(json_is_valid_or_not),
		cmocka_unit_test(thirty_two_is_deep_enough),
		cmocka_unit_test(absent_values_are_left_out),
		cmocka_unit_test(required_values_are_always_there),
		cmocka_unit_test(what_is_written_is_read_again),
		cmocka_unit_test(texts_may_stand_in_html),
		cmocka_unit_test(reals_are_short_and_exact),
		cmocka_unit_test(a_list_may_stand_alone),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
