/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "paper/pdf.h"
#include "paper/svg.h"

static void every_font_has_the_42_letters_of_kazakh(void **state)
{
	(void)state;
	str letters = S("АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
	                "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
	                "0123456789№₸«»—–’…·ÄäĞğÑñÖöŪūÜüŞşİıÝý");
	for (int font = 0; font < FONTS; font++)
		assert_int_equal(font_lacks((enum font)font, letters), 0);
}

static void a_letter_that_is_missing_is_named(void **state)
{
	(void)state;
	assert_int_equal(font_lacks(FONT_TEXT, S("Ким 山")), 0x5c71);
	assert_int_equal(font_lacks(FONT_TITLE, S("🙂")), 0x1f642);
}

static void a_wider_text_is_wider(void **state)
{
	(void)state;
	double one = font_width(FONT_TEXT, 10, S("Қ")),
	       ten = font_width(FONT_TEXT, 10, S("ҚҚҚҚҚҚҚҚҚҚ"));
	assert_true(one > 4 && one < 10);
	assert_true(ten > 10 * one - 0.01 && ten < 10 * one + 0.01);
	assert_true(font_width(FONT_TEXT, 20, S("Қ")) > 2 * one - 0.01);
}

static void outlines_are_paths_of_known_commands(void **state)
{
	(void)state;
	struct buf path;
	buf_init(&path, 64 << 10);
	font_path(&path, FONT_TITLE, 30, 0, 100, 100, S("Ёй Қ"));
	assert_true(path.n > 100 && path.p[0] == 'M' && path.p[path.n - 1] == 'Z');
	for (size_t i = 0; i < path.n; i++)
		assert_non_null(strchr("MLQZ0123456789.- ", path.p[i]));
	buf_free(&path);
}

static void long_texts_break_at_words_and_say_when_they_are_cut(void **state)
{
	(void)state;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(1 << 20);
	str line[3], text = S("Қарағанды облысының қоғамдық кеңесі және тағы басқалар");
	size_t n = page_lines(a, FONT_TEXT, 10, 120, text, line, 3);
	assert_true(n > 1);
	for (size_t i = 0; i < n; i++)
		assert_true(font_width(FONT_TEXT, 10, line[i]) <= 120);
	assert_true(str_starts(text, line[0]));
	n = page_lines(a, FONT_TEXT, 10, 120, text, line, 1);
	assert_int_equal(n, 1);
	assert_true(str_ends(line[0], S("…")));
	/* A word without end is broken. */
	n = page_lines(a, FONT_TEXT, 10, 60, S("ҚҚҚҚҚҚҚҚҚҚҚҚҚҚҚҚҚҚҚҚ"), line, 3);
	assert_int_equal(n, 3);
}

static enum err draw_little(void *context, size_t number, struct page *page)
{
	(void)number;
	page_text(page, FONT_TEXT, 12, 0, LEFT, 10, 20, S("Сәлем, Әмина"));
	page_link(page, 0, 0, 10, 10, S("KENES/V#A%20B"));
	page_jpeg(page, 0, 0, 10, 10, S("not a picture"));
	return page_qr(page, 0, 10, 30, 50, *(const str *)context);
}

static void a_pdf_is_made_in_a_thread_of_its_own(void **state)
{
	(void)state;
	str says = S("KENES/V#ABC");
	struct pdf_plan plan = { S("Сынақ"), 200, 100, 2, draw_little, &says };
	struct buf out;
	buf_init(&out, PDF_MOST);
	assert_ok(pdf_make(&plan, &out));
	assert_true(str_starts(buf_as_str(&out), S("%PDF-")));
	buf_free(&out);
}

static void what_goes_wrong_while_drawing_comes_back(void **state)
{
	(void)state;
	char big[3000];
	memset(big, 'a', sizeof big);
	str says = { big, sizeof big };
	struct pdf_plan plan = { S("Сынақ"), 200, 100, 1, draw_little, &says };
	struct buf out;
	buf_init(&out, PDF_MOST);
	assert_err(ERR_TOO_LARGE, pdf_make(&plan, &out));
	buf_free(&out);
	buf_init(&out, 100); /* no room for the file */
	says = S("A");
	assert_err(ERR_TOO_LARGE, pdf_make(&plan, &out));
	buf_free(&out);
}

static void the_size_of_a_jpeg_is_read_and_other_files_are_none(void **state)
{
	(void)state;
	static const char jpeg[] =
		"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x0b\x08\x00\x10\x00"
		"\x20\x01\x01\x11\x00";
	int w = 0, h = 0;
	assert_true(jpeg_size((str){ jpeg, sizeof jpeg - 1 }, &w, &h));
	assert_int_equal(w, 32);
	assert_int_equal(h, 16);
	assert_false(jpeg_size(S("\x89PNG\r\n"), &w, &h));
	for (size_t n = 0; n < 18; n++) assert_false(jpeg_size((str){ jpeg, n }, &w, &h));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_font_has_the_42_letters_of_kazakh),
		cmocka_unit_test(a_letter_that_is_missing_is_named),
		cmocka_unit_test(a_wider_text_is_wider),
		cmocka_unit_test(outlines_are_paths_of_known_commands),
		cmocka_unit_test(long_texts_break_at_words_and_say_when_they_are_cut),
		cmocka_unit_test(a_pdf_is_made_in_a_thread_of_its_own),
		cmocka_unit_test(what_goes_wrong_while_drawing_comes_back),
		cmocka_unit_test(the_size_of_a_jpeg_is_read_and_other_files_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
