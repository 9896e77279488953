/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that allocates for outside data, with each of its allocations failing once. */
#include "support/test.h"

#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"
#include "base/xml.h"

#ifdef FAULTS

struct part {
	str text;
};
static const struct json_field part_fields[] = { JSON_TEXT(struct part, text, true, 0,
	                                                   99) };
static const struct shape part_shape = SHAPE("Part", struct part, part_fields);

struct whole {
	str text, raw;
	double real;
	const struct part *one;
	struct json_list many, texts;
};
static const struct json_field whole_fields[] = {
	JSON_TEXT(struct whole, text, true, 0, 99),
	JSON_RAW(struct whole, raw, true, 99),
	JSON_REAL(struct whole, real, true),
	JSON_OBJECT(struct whole, one, true, part_shape),
	JSON_LIST(struct whole, many, true, 99, part_shape),
	JSON_TEXTS(struct whole, texts, true, 99),
};
static const struct shape whole_shape = SHAPE("Whole", struct whole, whole_fields);

static enum err read_json(struct arena *a)
{
	struct whole out;
	return json_read(
		S("{\"te\\u0078t\":\"a\\n\",\"raw\":[1],\"real\":1.5,\"one\":{\"text\":"
	          "\"b\"},\"many\":[{\"text\":\"c\"},{\"text\":\"d\"}],\"texts\":[\"e\"]}"),
		&whole_shape, JSON_STRICT, a, &out);
}

static enum err read_xml(struct arena *a)
{
	struct xml_node *root;
	return xml_read(S("<a xmlns='u' b='c' p:d='e'>f<g/>h&lt;</a>"),
	                (struct xml_limits){ 9, 9 }, a, &root);
}

static enum err fold(struct arena *a)
{
	str folded = text_fold(a, S("Әлия")), plain = text_unpercent(a, S("%41"));
	return folded.p && plain.p ? ERR_OK : ERR_TOO_LARGE;
}

static enum err write_buf(struct arena *a)
{
	(void)a;
	struct buf b;
	buf_init(&b, 1 << 20);
	for (int i = 0; i < 5; i++) buf_printf(&b, "%0500d", i);
	bool over = b.over;
	buf_free(&b);
	return over ? ERR_TOO_LARGE : ERR_OK;
}

/* Fails cleanly with each allocation that fails, and succeeds once none does. */
static void torture(enum err (*work)(struct arena *))
{
	int n = 0;
	for (bool reached = true; reached; n++) {
		struct arena *a = arena_open(1 << 20);
		fault_at(n + 1);
		enum err e = work(a);
		reached = !fault_waiting();
		fault_at(0);
		assert_int_equal(e, reached ? ERR_TOO_LARGE : ERR_OK);
		arena_close(a);
	}
	assert_true(n > 2);
}

static void no_memory_is_an_error_and_not_a_crash(void **state)
{
	(void)state;
	torture(read_json);
	torture(read_xml);
	torture(fold);
	torture(write_buf);
}

#else

static void no_memory_is_an_error_and_not_a_crash(void **state)
{
	(void)state;
	skip(); /* faults are in builds with AddressSanitizer */
}

#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_memory_is_an_error_and_not_a_crash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
