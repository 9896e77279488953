/* SPDX-License-Identifier: Apache-2.0 */
/* The GIFT reader: every kind of question that the format has, and what is refused. */
#include "support/test.h"

#include "authoring/gift.h"

struct world {
	struct arena *arena;
	struct gift_bank bank;
	int line;
};

static enum err read(struct world *w, const char *text)
{
	if (!w->arena) w->arena = arena_open(16 << 20);
	return gift_read(str_of(text), w->arena, &w->bank, &w->line);
}

static void each_kind_is_told_by_its_signs(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum gift_type type;
		size_t n;
		const char *reason;
	} row[] = {
		{ "Q {=a ~b ~c}", GIFT_SINGLE, 3, "one =" },
		{ "Q {~a ~=b}", GIFT_SINGLE, 2, "~= is right too" },
		{ "Q {~%50%a ~%50%b ~%-100%c}", GIFT_MULTIPLE, 3, "only ~ with weights" },
		{ "Q {T}", GIFT_TRUE_FALSE, 2, "T" },
		{ "Q {false#no#yes}", GIFT_TRUE_FALSE, 2, "words in any case, feedback" },
		{ "Q {=a =b}", GIFT_SHORT, 2, "only =" },
		{ "Q {=a -> b =c -> d}", GIFT_MATCHING, 2, "pairs" },
		{ "Q {#14}", GIFT_NUMERICAL, 1, "a number" },
		{ "Q {#1..5}", GIFT_NUMERICAL, 1, "a range" },
		{ "Q {#[[@ai.answer]]:1}", GIFT_NUMERICAL, 1, "a code" },
		{ "Q {#=14:0#yes =%50%15:1 ~#no}", GIFT_NUMERICAL, 3, "several numbers" },
		{ "Q {}", GIFT_ESSAY, 0, "empty braces" },
		{ "Q", GIFT_DESCRIPTION, 0, "no braces" },
		{ "Q {=a ~b} tail", GIFT_SINGLE, 2, "missing word" },
	};
	struct world w = { 0 };
	for (size_t i = 0; i < countof(row); i++) {
		assert_ok(read(&w, row[i].text));
		assert_row(w.bank.n == 1, row[i].reason);
		assert_row(w.bank.question[0].type == row[i].type, row[i].reason);
		assert_row(w.bank.question[0].n == row[i].n, row[i].reason);
	}
	arena_close(w.arena);
}

static void comments_give_id_tags_and_categories(void **state)
{
	(void)state;
	struct world w = { 0 };
	assert_ok(read(&w, "$CATEGORY: lesson-02\n\n// [id:cm-1] [tag:PC-13] [tag:gain]\n"
	                   "::name::One {T}\n\n// nothing\nTwo {F}\n"));
	const struct gift_question *q = w.bank.question;
	assert_int_equal(w.bank.n, 2);
	assert_str(q[0].id, S("cm-1"));
	assert_str(q[0].name, S("name"));
	assert_str(q[0].category, S("lesson-02"));
	assert_true(gift_has_tag(&q[0], S("PC-13")) && gift_has_tag(&q[0], S("gain")));
	assert_int_equal(q[0].line, 4);
	assert_null(q[1].id.p);
	assert_int_equal(q[1].n_tags, 0);
	arena_close(w.arena);
}

static void signs_behind_a_backslash_are_letters(void **state)
{
	(void)state;
	struct world w = { 0 };
	assert_ok(read(&w, "a \\= b \\{c\\} {=1 \\~ 2#so\\#so ~x####why\\: because}"));
	const struct gift_question *q = w.bank.question;
	assert_str(q->text, S("a = b {c}"));
	assert_str(q->answer[0].text, S("1 ~ 2"));
	assert_str(q->answer[0].feedback, S("so#so"));
	assert_str(q->feedback, S("why: because"));
	arena_close(w.arena);
}

static void what_cannot_be_is_refused_with_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *reason;
		int line;
	} row[] = {
		{ "Q {=a ~b", "gift-brace", 1 },
		{ "Q =a}", "gift-brace", 1 },
		{ "ok {T}\n\nQ {~a ~b}", "gift-no-key", 3 },
		{ "Q {=%50%a ~b}", "gift-no-key", 1 },
		{ "Q {~%50%a ~b}", "gift-sum", 1 },
		{ "Q {~%x%a =b}", "gift-weight", 1 },
		{ "Q {#fifteen}", "gift-number", 1 },
		{ "Q {#}", "gift-number", 1 },
		{ "Q {=a -> b =c}", "gift-pair", 1 },
		{ "Q {a =b ~c}", "gift-sign", 1 },
		{ "Q {=  ~b}", "gift-answer-empty", 1 },
		{ "::name Q {T}", "gift-name", 1 },
		{ "[html]<b>Q</b> {T}", "raw-html", 1 },
		{ "Q {~%100%a}", "gift-no-choice", 1 },
		{ "{T}", "gift-empty", 1 },
	};
	struct world w = { 0 };
	for (size_t i = 0; i < countof(row); i++) {
		assert_err(ERR_INVALID, read(&w, row[i].text));
		assert_row(err_last()->reason && !strcmp(err_last()->reason, row[i].reason),
		           row[i].text);
		assert_row(w.line == row[i].line, row[i].text);
	}
	arena_close(w.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_told_by_its_signs),
		cmocka_unit_test(comments_give_id_tags_and_categories),
		cmocka_unit_test(signs_behind_a_backslash_are_letters),
		cmocka_unit_test(what_cannot_be_is_refused_with_its_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
