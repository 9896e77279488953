/* SPDX-License-Identifier: Apache-2.0 */
/* The sentences: whole in three languages, and in the right letters. */
#include "support/test.h"

#include "base/buf.h"
#include "package/findings.h"

static const char *const codes[] = {
#define X(name, code, level, kk, ru, en) code,
	FINDINGS(X)
#undef X
};

static bool has_any(str text, const char *letters)
{
	for (str rest = str_of(letters); rest.n;) {
		uint32_t c;
		size_t n = str_rune(rest, &c);
		for (size_t i = 0; i + n <= text.n; i++)
			if (memcmp(text.p + i, rest.p, n) == 0) return true;
		rest = str_part(rest, n, rest.n);
	}
	return false;
}

static void every_finding_speaks_three_languages(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	for (size_t i = 0; i < countof(codes); i++) {
		struct finding f;
		assert_true(finding_of(a, str_of(codes[i]), S("DETAIL"), &f));
		assert_row(has_any(f.kk, "әғқңөұүһі"), codes[i]);
		assert_row(!has_any(f.ru, "әғқңөұүһі"), codes[i]);
		assert_row(has_any(f.ru, "абвгдеийкл"), codes[i]);
		str all[] = { f.kk, f.ru, f.en };
		for (size_t k = 0; k < 3; k++) {
			assert_row(str_is_utf8(all[k]), codes[i]);
			assert_row(!has_any(all[k], "{}"), codes[i]);
			assert_row(all[k].p[all[k].n - 1] == '.', codes[i]);
		}
		struct finding bare;
		assert_true(finding_of(a, str_of(codes[i]), STR_NONE, &bare));
		assert_row(!has_any(bare.en, "{}"), codes[i]);
		for (size_t k = 0; k < i; k++) assert_string_not_equal(codes[k], codes[i]);
	}
	arena_close(a);
}

static void a_detail_stands_where_the_sentence_wants_it(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	assert_str(
		finding_sentence(a, "zip-encrypted", "en", S("a.htm")),
		S("The zip is locked with a password: a.htm. Make it again without one."));
	assert_str(finding_sentence(a, "zip-encrypted", "ru", STR_NONE),
	           S("Архив закрыт паролем. Создайте его заново без пароля."));
	assert_str(finding_sentence(a, "no-such-code", "kk", STR_NONE), STR_NONE);
	arena_close(a);
}

static void a_refused_name_is_readable_however_it_is_written(void **state)
{
	static const struct {
		const char *sentence, *detail, *reason;
	} rows[] = {
		{ "урок.html: encrypted", "урок.html", "UTF-8" },
		{ "\xe3\xe0\xae\xaa.html: encrypted", "урок.html", "CP866" },
		{ "\xf3\xf0\xee\xea.html: encrypted", "урок.html", "windows-1251" },
		{ "\xef\xe0\xef\xea\xe0.html: encrypted", "папка.html",
		  "letters by both code pages, likelier in 1251" },
		{ "a: b: encrypted", "a: b", "the sentence's own colon is the last" },
		{ "zip: encrypted", NULL, "no member, no detail" },
	};
	(void)state;
	struct arena *a = arena_open(1 << 20);
	for (size_t i = 0; i < countof(rows); i++) {
		assert_err(ERR_REFUSED,
		           FAIL_WHY(ERR_REFUSED, "zip-encrypted", "%s", rows[i].sentence));
		struct finding f = finding_of_refusal(a);
		assert_row(str_is(f.code, S("zip-encrypted")), rows[i].reason);
		assert_row(str_is(f.detail, str_of(rows[i].detail)), rows[i].reason);
	}
	arena_close(a);
}

static void many_of_a_kind_are_told_once(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	struct findings *f = findings_open(a);
	for (int i = 0; i < 1000; i++) {
		char name[300];
		memset(name, 'x', sizeof name);
		snprintf(name, 20, "%d\n", i);
		name[strlen(name)] = ' ';
		found(f, FOUND_FILE_ABSENT, (str){ name, sizeof name });
	}
	found(f, FOUND_HREF_CASE, S("a"));
	found(f, FOUND_HREF_CASE, S("a"));
	struct json_list list = findings_list(f);
	const struct finding *all = list.items;
	assert_int_equal(list.n, 2);
	assert_str(all[0].code, S("href-case"));
	assert_str(all[0].detail, S("a"));
	assert_true(all[1].detail.n < 400);
	assert_true(str_ends(all[1].detail, S("(+997)")));
	assert_int_equal(str_index(all[1].detail, '\n'), all[1].detail.n);
	struct buf b;
	buf_init(&b, 1 << 16);
	json_write_list(&b, &finding_shape, list);
	assert_true(json_valid(buf_as_str(&b)));
	buf_free(&b);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_finding_speaks_three_languages),
		cmocka_unit_test(a_detail_stands_where_the_sentence_wants_it),
		cmocka_unit_test(a_refused_name_is_readable_however_it_is_written),
		cmocka_unit_test(many_of_a_kind_are_told_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
