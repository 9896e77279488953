/* SPDX-License-Identifier: Apache-2.0 */
/* Whether what a SCO got and a learner saw is what the case wants. */
#include "runtime/casebook.h"

enum { SHOWN = 80 }; /* bytes of a value in a reason */

static bool is_expected(const struct case_call *c, str exp, struct case_answer got,
                        const struct case_learner *learner)
{
	bool words = str_is(c->m, S("GetErrorString")) || str_is(c->m, S("GetDiagnostic"));
	if (words && str_is(exp, S("less255"))) return got.value.n < 255;
	if (words && str_is(exp, S("emptyCS"))) return got.value.n == 0;
	if (c->learner.p)
		return str_is(got.value,
		              str_is(c->learner, S("id")) ? learner->id : learner->name);
	if (!exp.p) return true;
	return case_value_is(got.el, c->type, got.value.p ? got.value : S(""), exp);
}

str case_answer_why(struct arena *a, const struct case_call *c, size_t i,
                    struct case_answer got, const struct case_learner *learner)
{
	str exp = c->exp, el = c->el.p ? c->el : S("");
	int64_t wanted = 0;
	/* "…&ID&.id" asks whether there is one: the case does not repeat the id. */
	if (!str_is(el, got.el) && str_ends(el, S(".id")) && !exp.n) exp = STR_NONE;
	/* Comments from the LMS: an LMS may have some. */
	if (str_is(exp, S("Returned a valid value or error code"))) return STR_NONE;
	bool right =
		!c->err.p || (str_to_int(c->err, 0, 999, &wanted) && got.error == wanted);
	if (right && is_expected(c, exp, got, learner)) return STR_NONE;
	return arena_printf(
		a, "call %zu, %.*s(%.*s, %.*s) = \"%.*s\", %lld; not \"%.*s\", %.*s", i,
		STR_ARG(c->m), STR_ARG(got.el), STR_ARG(str_part(c->val, 0, SHOWN)),
		STR_ARG(str_part(got.value, 0, SHOWN)), (long long)got.error,
		STR_ARG(str_part(exp, 0, SHOWN)), STR_ARG(c->err));
}

str case_ids_why(struct arena *a, struct json_list wanted, struct json_list got)
{
	const str *want = wanted.items, *have = got.items;
	size_t found = 0;
	for (size_t i = 0; i < got.n; i++)
		for (size_t k = 0; k < wanted.n; k++) found += case_id_is(have[i], want[k]);
	if (got.n == wanted.n && found == got.n) return STR_NONE;
	return arena_printf(a, "%zu objectives, %zu of the wanted %zu", got.n, found,
	                    wanted.n);
}

str case_question_why(struct arena *a, const struct case_question *q, bool answer)
{
	if (answer == str_is(q->expect, S("Y"))) return STR_NONE;
	return arena_printf(a, "%.*s %.*s is %s", STR_ARG(q->kind), STR_ARG(q->target),
	                    answer ? "Y" : "N");
}
