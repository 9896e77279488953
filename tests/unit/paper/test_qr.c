/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "paper/qr.h"

static size_t count(str text, const char *word)
{
	size_t n = 0;
	const char *end = text.p + text.n;
	for (const char *p = text.p; (p = memmem(p, (size_t)(end - p), word, strlen(word)));
	     p++)
		n++;
	return n;
}

static void a_short_address_makes_one_small_picture(void **state)
{
	(void)state;
	struct buf out;
	buf_init(&out, 1 << 20);
	assert_ok(qr_svg(&out, S("http://192.168.1.10:8080/j/482113")));
	str svg = buf_as_str(&out);
	/* 33 characters at level M are version 3: 29 modules and twice 4 of quiet zone. */
	assert_int_equal(count(svg, "viewBox=\"0 0 37 37\""), 1);
	/* Three finder patterns begin and end with seven dark modules in a row. */
	assert_true(count(svg, "M4 4h7v1h-7z") == 1);
	assert_true(count(svg, "M26 4h7v1h-7z") == 1);
	assert_true(count(svg, "M4 26h7v1h-7z") == 1);
	assert_true(str_ends(svg, S("</svg>")));
	buf_free(&out);
}

static void what_no_code_can_hold_is_refused(void **state)
{
	(void)state;
	static char text[4000];
	memset(text, 'x', sizeof text);
	struct buf out;
	buf_init(&out, 1 << 20);
	assert_err(ERR_TOO_LARGE, qr_svg(&out, (str){ text, sizeof text }));
	assert_err(ERR_TOO_LARGE, qr_svg(&out, (str){ text, 0 }));
	buf_free(&out);
}

static void a_picture_that_does_not_fit_is_an_error(void **state)
{
	(void)state;
	struct buf out;
	buf_init(&out, 100);
	assert_err(ERR_TOO_LARGE, qr_svg(&out, S("http://192.168.1.10:8080/j/482113")));
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_short_address_makes_one_small_picture),
		cmocka_unit_test(what_no_code_can_hold_is_refused),
		cmocka_unit_test(a_picture_that_does_not_fit_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
