/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/zip_maker.c */
/* Zips of strangers: what is read, under which names, and what is refused and why. */
#include "support/test.h"
#include "support/zip_maker.h"

#include "archive/archive.h"
#include "base/time.h"

static struct archive *opened(str zip)
{
	struct archive *a = NULL;
	assert_ok(archive_open_bytes(zip.p, zip.n, NULL, &a));
	return a;
}

static void assert_refused(const char *reason, str zip, const char *row)
{
	struct archive *a = NULL;
	enum err err = archive_open_bytes(zip.p, zip.n, NULL, &a);
	if (!err) err = archive_verify(a);
	archive_close(a);
	assert_row(err == ERR_REFUSED, row);
	const char *got = err_last()->reason;
	if (!got || strcmp(got, reason) != 0)
		fail_msg("%s: %s, not %s", row, got ? got : "no reason", reason);
}

static void assert_content(const struct archive *a, const char *name, const char *wanted)
{
	struct arena *arena = arena_open(1 << 20);
	const struct archive_member *m = archive_find(a, str_of(name));
	assert_non_null(m);
	str got;
	assert_ok(archive_read(m, 1 << 20, arena, &got));
	assert_str(got, str_of(wanted));
	arena_close(arena);
}

static void members_are_found_by_name_and_read(void **state)
{
	(void)state;
	struct zip_maker z;
	zip_begin(&z);
	zip_text(&z, "imsmanifest.xml", "<manifest/>");
	zip_add(&z, (struct zip_entry){ .name = "img/", .mode = 040755 });
	zip_add(&z, (struct zip_entry){ .name = "img/a.png", .content = S("stored") });
	zip_add(&z, (struct zip_entry){ .name = "empty.txt" });
	zip_add(&z, (struct zip_entry){ .name = "none.txt", .deflated = true });
	struct archive *a =
		opened(zip_done(&z, (struct zip_end){ .comment = "made here" }));
	assert_int_equal(archive_count(a), 4);
	assert_ok(archive_verify(a));
	assert_content(a, "imsmanifest.xml", "<manifest/>");
	assert_content(a, "img/a.png", "stored");
	assert_content(a, "empty.txt", "");
	assert_content(a, "none.txt", "");
	assert_null(archive_find(a, S("img/")));
	assert_null(archive_find(a, S("IMG/A.PNG")));
	assert_non_null(archive_find_nocase(a, S("IMG/A.PNG")));
	assert_null(archive_find(a, STR_NONE));
	assert_null(archive_find(a, S("")));
	assert_null(archive_at(a, 4));
	for (size_t i = 0; i < 4; i++) assert_int_equal(archive_at(a, i)->index, i);
	archive_close(a);
	zip_free(&z);
}

static void zip64_is_read_like_any_other(void **state)
{
	(void)state;
	struct zip_maker z;
	zip_begin(&z);
	zip_add(&z,
	        (struct zip_entry){ .name = "a.txt", .content = S("wide"), .zip64 = true });
	zip_add(&z, (struct zip_entry){ .name = "b.txt",
	                                .content = S("wide too"),
	                                .deflated = true,
	                                .zip64 = true });
	struct archive *a = opened(zip_done(&z, (struct zip_end){ .zip64 = true }));
	assert_ok(archive_verify(a));
	assert_content(a, "a.txt", "wide");
	assert_content(a, "b.txt", "wide too");
	archive_close(a);
	zip_free(&z);
}

/* ---- names ---- */

static void names_become_ours(void **state)
{
	(void)state;
	static const struct {
		const char *raw, *ours, *reason;
	} rows[] = {
		{ "dir\\sub\\a.htm", "dir/sub/a.htm", "backslashes of old Windows tools" },
		{ "./a.htm", "a.htm", "a part that means here" },
		{ "a//b/./c.htm", "a/b/c.htm", "empty parts" },
		{ "a..b/...c.htm", "a..b/...c.htm", "dots that are a name" },
		{ "C#/a b?.htm", "C#/a b?.htm", "signs that mean something in addresses" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct zip_maker z;
		zip_begin(&z);
		zip_add(&z, (struct zip_entry){ .name = rows[i].raw });
		struct archive *a = opened(zip_done(&z, (struct zip_end){ 0 }));
		assert_str(archive_at(a, 0)->name, str_of(rows[i].ours));
		assert_str(archive_at(a, 0)->raw_name, str_of(rows[i].raw));
		assert_ptr_equal(archive_find(a, str_of(rows[i].ours)), archive_at(a, 0));
		archive_close(a);
		zip_free(&z);
	}
}

#define HTML ".html"
#define SABAQ_866 "\xe1\xa0\xa1\xa0\xaa" HTML /* сабак */
#define UROK_866 "\x93\xe0\xae\xaa" HTML      /* Урок */
#define RAZ_866 "\xe0\xa0\xa7" HTML           /* раз: these three bytes are UTF-8 too */
#define UROK_1251 "\xd3\xf0\xee\xea" HTML
#define QALA_1048 "\x8d\xe0\xeb\xe0" HTML /* Қала */

static void encodings_of_names_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		const char *raw[2];
		bool utf8;
		const char *ours, *encoding, *reason;
	} rows[] = {
		{ { "Урок.html" }, true, "Урок.html", "utf-8", "the zip says UTF-8" },
		{ { "Қала.html" }, false, "Қала.html", "utf-8", "UTF-8 without saying so" },
		{ { UROK_866 }, false, "Урок.html", "cp866", "Windows Explorer" },
		{ { UROK_866 }, true, "Урок.html", "cp866", "says UTF-8, is not" },
		{ { RAZ_866, SABAQ_866 },
		  false,
		  "раз.html",
		  "cp866",
		  "one encoding for all" },
		{ { UROK_1251 }, false, "Урок.html", "windows-1251", "old archivers" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct zip_maker z;
		zip_begin(&z);
		for (size_t k = 0; k < 2 && rows[i].raw[k]; k++)
			zip_add(&z, (struct zip_entry){ .name = rows[i].raw[k],
			                                .utf8 = rows[i].utf8 });
		struct archive *a = opened(zip_done(&z, (struct zip_end){ 0 }));
		assert_str(archive_at(a, 0)->name, str_of(rows[i].ours));
		assert_string_equal(archive_encoding(a), rows[i].encoding);
		archive_close(a);
		zip_free(&z);
	}
}

static void the_reader_of_the_manifest_may_choose_another_encoding(void **state)
{
	(void)state;
	struct zip_maker z;
	zip_begin(&z);
	zip_add(&z, (struct zip_entry){ .name = QALA_1048 });
	zip_text(&z, "Дала.html", "");
	struct archive *a = opened(zip_done(&z, (struct zip_end){ 0 }));
	assert_true(archive_is_guessed(a));
	assert_ok(archive_rename(a, "kz-1048"));
	assert_non_null(archive_find(a, S("Қала.html")));
	assert_non_null(archive_find_nocase(a, S("қАЛА.HTML")));
	assert_non_null(archive_find(a, S("Дала.html")));
	assert_ok(archive_rename(a, "cp866"));
	assert_null(archive_find(a, S("Қала.html")));
	assert_non_null(archive_find(a, S("Дала.html")));
	assert_err(ERR_INVALID, archive_rename(a, "koi8-r"));
	archive_close(a);
	zip_free(&z);
}

static void info_zips_unicode_name_wins_over_the_guess(void **state)
{
	(void)state;
	/* field 0x7075: version 1, CRC-32 of the raw name, the name */
	static const char extra[] = "\x75\x70\x12\x00\x01\x2a\x2e\x64\x97"
				    "Қала.html";
	str field = { extra, sizeof extra - 1 };
	struct zip_maker z;
	zip_begin(&z);
	zip_add(&z, (struct zip_entry){ .name = UROK_1251, .extra = field });
	zip_add(&z, (struct zip_entry){ .name = "x" UROK_1251, .extra = field });
	struct archive *a = opened(zip_done(&z, (struct zip_end){ 0 }));
	assert_str(archive_at(a, 0)->name, S("Қала.html"));
	assert_str(archive_at(a, 1)->name,
	           S("xУрок.html")); /* its CRC is of another name */
	archive_close(a);
	zip_free(&z);
}

static void case_and_composition_do_not_hide_a_member(void **state)
{
	(void)state;
	static const struct {
		const char *in_zip, *asked;
		bool found;
		const char *reason;
	} rows[] = {
		{ "Index.HTML", "index.html", true, "ASCII" },
		{ "Сабақ/ӘЛЕМ.html", "сабақ/әлем.HTML", true, "Kazakh letters" },
		{ "ҒҚҢӨҰҮҺІ.htm", "ғқңөұүһі.htm", true, "each of them" },
		{ "\xd0\xb8\xcc\x86\xd0\xb5\xcc\x88.htm", "ЙЁ.htm", true,
		  "as macOS writes й, ё" },
		{ "Сабак.html", "сабақ.html", false, "another letter is another name" },
		{ "a.html", "a.htm", false, "the beginning of a name" },
		{ "a.htm", "a.html", false, "a longer name" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct zip_maker z;
		zip_begin(&z);
		zip_text(&z, rows[i].in_zip, "");
		struct archive *a = opened(zip_done(&z, (struct zip_end){ 0 }));
		bool found = archive_find_nocase(a, str_of(rows[i].asked)) != NULL;
		assert_row(found == rows[i].found, rows[i].reason);
		archive_close(a);
		zip_free(&z);
	}
}

/* ---- refusals ---- */

static void hostile_entries_are_refused(void **state)
{
	(void)state;
	static const struct {
		struct zip_entry entry;
		const char *why, *reason;
	} rows[] = {
		{ { .name = "../evil.htm" }, "zip-slip", "up" },
		{ { .name = "a/../../evil.htm" }, "zip-slip", "up from below" },
		{ { .name = "a\\..\\..\\evil.htm" }, "zip-slip", "up with backslashes" },
		{ { .name = "/etc/passwd" }, "zip-slip", "from the root" },
		{ { .name = "\\\\host\\share" }, "zip-slip", "another machine" },
		{ { .name = "C:\\evil.htm" }, "zip-slip", "a drive" },
		{ { .name = "a\0b.htm", .name_n = 7 }, "zip-slip", "a NUL in a name" },
		{ { .name = "./." }, "zip-damaged", "nothing but here" },
		{ { .name = "a", .mode = 0120777, .content = S("/etc/passwd") },
		  "zip-link",
		  "" },
		{ { .name = "a", .flags = 1 }, "zip-encrypted", "a password" },
		{ { .name = "a", .flags = 1 << 6 | 1 },
		  "zip-encrypted",
		  "strong encryption" },
		{ { .name = "a", .flags = 1 << 13 },
		  "zip-encrypted",
		  "a hidden directory" },
		{ { .name = "a", .method = 9 }, "zip-method", "deflate64" },
		{ { .name = "a", .method = 14, .content = S("x") }, "zip-method", "LZMA" },
		{ { .name = "a", .local = "b" }, "zip-damaged", "two names" },
		{ { .name = "a", .local = "aa" }, "zip-damaged", "a longer name" },
		{ { .name = "a", .content = S("x"), .size = 2 },
		  "zip-damaged",
		  "stored, 2 sizes" },
		{ { .name = "a", .content = S("x"), .packed = 9999 },
		  "zip-damaged",
		  "past the end" },
		{ { .name = "a", .offset = 7 }, "zip-damaged", "no local header there" },
		{ { .name = "a", .offset = UINT32_MAX - 1 }, "zip-damaged", "outside" },
		{ { .name = "a", .offset = UINT64_MAX - 8, .zip64 = true },
		  "zip-damaged",
		  "far" },
		{ { .name = "a", .content = S("x"), .crc = 5 },
		  "zip-damaged",
		  "another CRC" },
		{ { .name = "a", .content = S("xx"), .deflated = true, .size = 1 },
		  "zip-bomb",
		  "more than it says" },
		{ { .name = "a", .content = S("x"), .deflated = true, .size = 2 },
		  "zip-damaged",
		  "less than it says" },
		{ { .name = "a", .content = S("x"), .deflated = true, .behind = S("tail") },
		  "zip-damaged",
		  "bytes behind the content would break its gzip frame" },
		{ { .name = "a", .content = S("\7garbage"), .method = 8 },
		  "zip-damaged",
		  "not a deflate stream" },
		{ { .name = "a", .content = S("xyz"), .deflated = true, .size = 3u << 30 },
		  "zip-too-large",
		  "3 GiB" },
		{ { .name = "a",
		    .content = S("xyz"),
		    .deflated = true,
		    .zip64 = true,
		    .size = UINT64_C(10) << 30 },
		  "zip-too-large",
		  "10 GiB" },
		{ { .name = "a", .content = S("xyz"), .deflated = true, .size = 1 << 30 },
		  "zip-bomb",
		  "1 GiB in five bytes" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct zip_maker z;
		zip_begin(&z);
		zip_text(&z, "imsmanifest.xml", "<manifest/>");
		zip_add(&z, rows[i].entry);
		assert_refused(rows[i].why, zip_done(&z, (struct zip_end){ 0 }),
		               rows[i].reason);
		zip_free(&z);
	}
}

static void a_zip_that_is_not_whole_is_refused_wherever_it_is_cut(void **state)
{
	(void)state;
	struct zip_maker z;
	zip_begin(&z);
	zip_text(&z, "a.txt", "one");
	zip_text(&z, "b.txt", "two");
	str zip = zip_done(&z, (struct zip_end){ .zip64 = true });
	for (size_t n = 0; n < zip.n; n++) {
		/* a copy of just that size, so that a byte too far is seen */
		char *part = malloc(n + 1);
		assert_non_null(part);
		memcpy(part, zip.p, n);
		assert_refused(n < 4 ? "not-a-zip" : "zip-damaged", (str){ part, n },
		               "cut");
		free(part);
	}
	zip_free(&z);
}

static void names_that_stand_twice_are_refused(void **state)
{
	(void)state;
	struct zip_maker z;
	zip_begin(&z);
	zip_text(&z, "a/b.txt", "");
	zip_text(&z, "a\\b.txt", "");
	assert_refused("zip-duplicate", zip_done(&z, (struct zip_end){ 0 }),
	               "the same name once it is ours");
	zip_free(&z);

	zip_begin(&z);
	zip_text(&z, "A.txt", "");
	zip_text(&z, "a.txt", "");
	struct archive *a = opened(zip_done(&z, (struct zip_end){ 0 }));
	assert_ptr_equal(archive_find(a, S("a.txt")), archive_at(a, 1));
	assert_ptr_equal(archive_find_nocase(a, S("a.txt")), archive_at(a, 0));
	archive_close(a);
	zip_free(&z);
}

static void members_may_not_share_bytes(void **state)
{
	(void)state;
	struct zip_maker z;
	zip_begin(&z);
	zip_text(&z, "x", "");
	size_t kernel = z.file.n;
	zip_add(&z, (struct zip_entry){ .name = "a", .content = S("kernel") });
	zip_add(&z, (struct zip_entry){
			    .name = "a", .content = S("kernel"), .offset = kernel });
	assert_refused("zip-bomb", zip_done(&z, (struct zip_end){ 0 }),
	               "one content, twice");
	zip_free(&z);
}

static void many_small_bombs_are_one(void **state)
{
	enum { MEMBERS = 80, SIZE = 1 << 20 };
	(void)state;
	struct zip_maker z;
	char *zeros = calloc(1, SIZE);
	assert_non_null(zeros);
	zip_begin(&z);
	for (int i = 0; i < MEMBERS; i++) {
		char name[8];
		snprintf(name, sizeof name, "%d", i);
		zip_add(&z, (struct zip_entry){ .name = name,
		                                .content = { zeros, SIZE },
		                                .deflated = true });
	}
	assert_refused("zip-bomb", zip_done(&z, (struct zip_end){ 0 }),
	               "each is small enough, all are 80 MiB in 90 KB");
	free(zeros);
	zip_free(&z);
}

static void the_directory_must_hold_what_the_end_says(void **state)
{
	(void)state;
	static const struct {
		struct zip_end end;
		const char *why, *reason;
	} rows[] = {
		{ { .entries = 3 }, "zip-damaged", "fewer than it says" },
		{ { .entries = 1 }, "zip-damaged", "more than it says" },
		{ { .entries = 1000, .zip64 = true },
		  "zip-damaged",
		  "no room for so many" },
		{ { .entries = 1000000, .zip64 = true }, "zip-too-many", "a million" },
		{ { .entries = UINT64_MAX, .zip64 = true },
		  "zip-too-many",
		  "all there are" },
		{ { .offset = 1 }, "zip-damaged", "the directory elsewhere" },
		{ { .offset = UINT32_MAX - 1 }, "zip-damaged", "the directory outside" },
		{ { .size = 60 }, "zip-damaged", "a directory cut short" },
		{ { .size = UINT32_MAX - 1 }, "zip-damaged", "a directory past the end" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct zip_maker z;
		zip_begin(&z);
		zip_text(&z, "a.txt", "one");
		zip_text(&z, "b.txt", "two");
		assert_refused(rows[i].why, zip_done(&z, rows[i].end), rows[i].reason);
		zip_free(&z);
	}
}

static void a_million_members_are_refused_at_once(void **state)
{
	(void)state;
	struct zip_maker z;
	zip_begin(&z);
	for (int i = 0; i < 1000000; i++) {
		char name[16];
		snprintf(name, sizeof name, "%x", i);
		zip_add(&z, (struct zip_entry){ .name = name });
	}
	str zip = zip_done(&z, (struct zip_end){ .zip64 = true });
	int64_t began = time_mono_us();
	assert_refused("zip-too-many", zip, "a million");
	assert_true(time_mono_us() - began < 100000);
	zip_free(&z);
}

static void many_small_members_may_not_be_large_together(void **state)
{
	(void)state;
	enum { EACH = 1 << 20 };
	char *zeros = calloc(1, EACH);
	assert_non_null(zeros);
	struct zip_maker z;
	zip_begin(&z);
	for (int i = 0; i < 20; i++) {
		char name[16];
		snprintf(name, sizeof name, "%d", i);
		zip_add(&z, (struct zip_entry){ .name = name,
		                                .content = { zeros, EACH },
		                                .deflated = true });
	}
	str zip = zip_done(&z, (struct zip_end){ 0 });
	struct archive_limits limits = archive_default_limits;
	struct archive *a = NULL;
	limits.total = 20 * EACH;
	assert_ok(archive_open_bytes(zip.p, zip.n, &limits, &a));
	assert_ok(archive_verify(a));
	archive_close(a);
	limits.total--;
	assert_err(ERR_REFUSED, archive_open_bytes(zip.p, zip.n, &limits, &a));
	assert_string_equal(err_last()->reason, "zip-too-large");
	zip_free(&z);
	free(zeros);
}

static void a_bomb_that_calls_itself_small_is_stopped_at_its_word(void **state)
{
	(void)state;
	enum { REAL = 64 << 20 };
	char *zeros = calloc(1, REAL);
	assert_non_null(zeros);
	struct zip_maker z;
	zip_begin(&z);
	zip_add(&z, (struct zip_entry){ .name = "a",
	                                .content = { zeros, REAL },
	                                .deflated = true,
	                                .size = 100 });
	str zip = zip_done(&z, (struct zip_end){ 0 });
	assert_refused("zip-bomb", zip, "64 MiB that say 100 bytes");
	struct archive *a = opened(zip);
	struct arena *arena = arena_open(1 << 20);
	str content;
	assert_err(ERR_REFUSED, archive_read(archive_at(a, 0), 1 << 20, arena, &content));
	arena_close(arena);
	archive_close(a);
	zip_free(&z);
	free(zeros);
}

/* ---- streams ---- */

static void a_stream_begins_anywhere_and_ends_where_the_member_does(void **state)
{
	(void)state;
	enum { N = 200000 };
	char *text = malloc(N);
	assert_non_null(text);
	for (size_t i = 0; i < N; i++) text[i] = (char)('a' + i * i % 23);
	for (int deflated = 0; deflated < 2; deflated++) {
		struct zip_maker z;
		zip_begin(&z);
		zip_add(&z, (struct zip_entry){ .name = "a",
		                                .content = { text, N },
		                                .deflated = deflated != 0 });
		struct archive *a = opened(zip_done(&z, (struct zip_end){ 0 }));
		static const size_t from[] = { 0, 1, 65535, 65536, N - 1, N, N + 5 };
		for (size_t i = 0; i < countof(from); i++) {
			struct archive_stream *s;
			assert_ok(archive_stream_open(archive_at(a, 0), from[i], &s));
			size_t at = from[i] < N ? from[i] : N, n;
			char piece[777];
			do {
				assert_ok(archive_stream_read(s, piece, sizeof piece, &n));
				assert_true(n <= N - at);
				assert_memory_equal(piece, text + at, n);
				at += n;
			} while (n);
			assert_int_equal(at, N);
			archive_stream_close(s);
		}
		struct arena *arena = arena_open(1 << 20);
		str content;
		assert_err(ERR_TOO_LARGE,
		           archive_read(archive_at(a, 0), N - 1, arena, &content));
		arena_close(arena);
		archive_close(a);
		zip_free(&z);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_found_by_name_and_read),
		cmocka_unit_test(zip64_is_read_like_any_other),
		cmocka_unit_test(names_become_ours),
		cmocka_unit_test(encodings_of_names_are_told_apart),
		cmocka_unit_test(the_reader_of_the_manifest_may_choose_another_encoding),
		cmocka_unit_test(info_zips_unicode_name_wins_over_the_guess),
		cmocka_unit_test(case_and_composition_do_not_hide_a_member),
		cmocka_unit_test(hostile_entries_are_refused),
		cmocka_unit_test(a_zip_that_is_not_whole_is_refused_wherever_it_is_cut),
		cmocka_unit_test(names_that_stand_twice_are_refused),
		cmocka_unit_test(members_may_not_share_bytes),
		cmocka_unit_test(many_small_bombs_are_one),
		cmocka_unit_test(the_directory_must_hold_what_the_end_says),
		cmocka_unit_test(a_million_members_are_refused_at_once),
		cmocka_unit_test(many_small_members_may_not_be_large_together),
		cmocka_unit_test(a_bomb_that_calls_itself_small_is_stopped_at_its_word),
		cmocka_unit_test(a_stream_begins_anywhere_and_ends_where_the_member_does),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
