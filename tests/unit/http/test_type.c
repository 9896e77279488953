/* SPDX-License-Identifier: Apache-2.0 */
/* Types of files, and the encoding that a text declares itself. */
#include "http/http.h"
#include "support/test.h"

static void our_own_texts_are_utf8(void **state)
{
	(void)state;
	assert_string_equal(http_type(S("index.html")), "text/html; charset=utf-8");
	assert_string_equal(http_type(S("a/b.JS")), "text/javascript; charset=utf-8");
	assert_string_equal(http_type(S("photo.jpeg")), "image/jpeg");
	assert_string_equal(http_type(S("film.mp4")), "video/mp4");
	assert_string_equal(http_type(S("a.tar.what")), "application/octet-stream");
	assert_string_equal(http_type(S("folder.html/file")), "application/octet-stream");
	assert_string_equal(http_type(S("html")), "application/octet-stream");
	assert_string_equal(http_type(S("")), "application/octet-stream");
}

static void a_course_may_declare_its_own_encoding(void **state)
{
	static const struct {
		const char *beginning;
		bool utf8;
		const char *why;
	} rows[] = {
		{ "<p>hello", true, "ASCII" },
		{ "<p>Сәлем", true, "UTF-8" },
		{ "<p>\xCF\xF0\xE8", false, "windows-1251" },
		{ "<meta charset=\"windows-1251\"><p>x", false, "declared, ASCII so far" },
		{ "<META CHARSET=utf-8>", true, "declared UTF-8" },
		{ "<meta content='text/html; charset=koi8-r'>", false, "the old way" },
		{ "<?xml version='1.0' encoding=\"UTF-8\"?>", true, "XML" },
		{ "<?xml version='1.0' encoding=\"windows-1251\"?>", false,
		  "XML, another" },
		{ "@charset \"iso-8859-1\";", false, "a style sheet" },
		{ "<p>Сәле\xD0", true, "the end cuts a letter" },
		{ "\xD0", true, "only half a letter" },
		{ "\xD0\xD0 text", false, "half a letter within" },
		{ "", true, "empty" },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		const char *type = http_type_of(S("a.html"), str_of(rows[i].beginning));
		const char *wanted =
			rows[i].utf8 ? "text/html; charset=utf-8" : "text/html";
		assert_row(!strcmp(type, wanted), rows[i].why);
	}
	assert_string_equal(http_type_of(S("a.png"), S("\xFF")), "image/png");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_own_texts_are_utf8),
		cmocka_unit_test(a_course_may_declare_its_own_encoding),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
