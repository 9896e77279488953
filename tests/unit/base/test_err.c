/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include <pthread.h>

static void a_failure_says_what_and_where(void **state)
{
	(void)state;
	enum err e = FAIL(ERR_IO, "disk %d", 7);
	int line = __LINE__ - 1;
	assert_int_equal(e, ERR_IO);
	assert_string_equal(err_last()->sentence, "disk 7");
	assert_null(err_last()->reason);
	assert_int_equal(err_last()->line, line);
	assert_non_null(strstr(err_last()->file, "test_err.c"));
	e = FAIL_WHY(ERR_NOT_FOUND, "wrong-code", "no event");
	assert_string_equal(err_last()->reason, "wrong-code");
	e = FAIL(ERR_IO, "again: %s", err_last()->sentence);
	assert_string_equal(err_last()->sentence, "again: no event");
	assert_null(err_last()->reason);
}

static void a_long_sentence_is_cut_between_letters(void **state)
{
	(void)state;
	char text[600];
	for (size_t shift = 0; shift < 2; shift++) {
		size_t n = 0;
		for (; n < shift; n++) text[n] = 'x';
		for (; n + 2 < sizeof text; n += 2) memcpy(text + n, "Қ", 2);
		text[n] = 0;
		enum err e = FAIL(ERR_IO, "%s", text);
		assert_int_equal(e, ERR_IO);
		str sentence = str_of(err_last()->sentence);
		assert_true(str_is_utf8(sentence));
		assert_true(sentence.n >= sizeof err_last()->sentence - 2);
	}
}

static void *fail_elsewhere(void *note)
{
	enum err e = FAIL(ERR_BUSY, "elsewhere");
	(void)e;
	*(struct err_note *)note = *err_last();
	return NULL;
}

static void each_thread_has_its_own(void **state)
{
	(void)state;
	enum err e = FAIL(ERR_IO, "here");
	assert_int_equal(e, ERR_IO);
	struct err_note note;
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, fail_elsewhere, &note), 0);
	pthread_join(thread, NULL);
	assert_string_equal(err_last()->sentence, "here");
	err_restore(&note);
	assert_string_equal(err_last()->sentence, "elsewhere");
}

static void every_code_has_its_word(void **state)
{
	(void)state;
	assert_int_equal(err_status(ERR_OK), 200);
	assert_int_equal(err_status(ERR_REFUSED), 422);
	assert_string_equal(err_word(ERR_NOT_FOUND), "not-found");
	for (enum err e = ERR_OK; e <= ERR_FULL; e++) {
		assert_true(err_status(e) >= 200 && err_status(e) < 600);
		assert_true(strlen(err_word(e)) > 0);
	}
}

static enum err fails(enum err e)
{
	TRY(e);
	return ERR_CORRUPT;
}

static void try_passes_failures_on(void **state)
{
	(void)state;
	assert_int_equal(fails(ERR_FULL), ERR_FULL);
	assert_int_equal(fails(ERR_OK), ERR_CORRUPT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failure_says_what_and_where),
		cmocka_unit_test(a_long_sentence_is_cut_between_letters),
		cmocka_unit_test(each_thread_has_its_own),
		cmocka_unit_test(every_code_has_its_word),
		cmocka_unit_test(try_passes_failures_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
