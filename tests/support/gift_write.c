/* SPDX-License-Identifier: Apache-2.0 */
#include "support/gift_write.h"

static void escaped(struct buf *out, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\n') {
			buf_str(out, S("\\n"));
			continue;
		}
		if (strchr("~=#{}:\\", c) && c) buf_char(out, '\\');
		buf_char(out, c);
	}
}

static void feedback(struct buf *out, str s)
{
	if (!s.n) return;
	buf_char(out, '#');
	escaped(out, s);
}

static void numerical(struct buf *out, const struct gift_answer *a)
{
	if (a->least.p)
		buf_printf(out, "%.*s..%.*s", STR_ARG(a->least), STR_ARG(a->most));
	else if (a->text.p)
		buf_str(out, a->text);
	if (a->tolerance.p) buf_printf(out, ":%.*s", STR_ARG(a->tolerance));
}

static void answer(struct buf *out, const struct gift_question *q,
                   const struct gift_answer *a)
{
	bool choice = q->type == GIFT_SINGLE || q->type == GIFT_MULTIPLE;
	bool any = q->type == GIFT_NUMERICAL && !a->text.p && !a->least.p;
	bool right = choice ? a->weight == 100 && q->type == GIFT_SINGLE : !any;
	/* ~= says of a choice that it is one, also where every answer is right. */
	buf_str(out, right && choice ? S("\n\t~=") : right ? S("\n\t=") : S("\n\t~"));
	/* Seventeen digits: a double is read back as the same. A text that begins like a
	 * weight has one before it. */
	if (a->weight != (right ? 100 : 0) || str_starts(a->text, S("%")))
		buf_printf(out, "%%%.17f%%", a->weight);
	if (q->type == GIFT_NUMERICAL)
		numerical(out, a);
	else
		escaped(out, a->text);
	if (q->type == GIFT_MATCHING) {
		buf_str(out, S(" -> "));
		escaped(out, a->match);
	}
	feedback(out, a->feedback);
}

static void true_false(struct buf *out, const struct gift_question *q)
{
	bool truth = q->answer[0].weight > 0;
	str wrong = q->answer[truth].feedback, right = q->answer[!truth].feedback;
	buf_str(out, truth ? S("T") : S("F"));
	if (!wrong.n && !right.n) return;
	buf_char(out, '#');
	escaped(out, wrong);
	feedback(out, right);
}

static void answers(struct buf *out, const struct gift_question *q)
{
	buf_char(out, '{');
	if (q->type == GIFT_NUMERICAL) buf_char(out, '#');
	if (q->type == GIFT_TRUE_FALSE)
		true_false(out, q);
	else
		for (size_t i = 0; i < q->n; i++) answer(out, q, &q->answer[i]);
	if (q->feedback.n) {
		buf_str(out, S("\n\t####"));
		escaped(out, q->feedback);
	}
	buf_str(out, S("\n}"));
	if (q->has_tail) {
		buf_char(out, ' ');
		escaped(out, q->tail);
	}
}

static void question(struct buf *out, const struct gift_question *q)
{
	if (q->id.p || q->n_tags) buf_str(out, S("//"));
	if (q->id.p) buf_printf(out, " [id:%.*s]", STR_ARG(q->id));
	for (size_t i = 0; i < q->n_tags; i++)
		buf_printf(out, " [tag:%.*s]", STR_ARG(q->tag[i]));
	if (q->id.p || q->n_tags) buf_char(out, '\n');
	buf_str(out, S("::"));
	escaped(out, q->name.p ? q->name : S(""));
	buf_str(out, S("::"));
	buf_str(out, q->markdown ? S("[markdown]") : S("[plain]"));
	escaped(out, q->text);
	if (q->type != GIFT_DESCRIPTION) answers(out, q);
	buf_str(out, S("\n\n"));
}

void gift_write(struct buf *out, const struct gift_bank *bank)
{
	str category = STR_NONE;
	for (size_t i = 0; i < bank->n; i++) {
		const struct gift_question *q = &bank->question[i];
		if (q->category.p && !str_is(q->category, category))
			buf_printf(out, "$CATEGORY: %.*s\n\n", STR_ARG(q->category));
		category = q->category;
		question(out, q);
	}
}
