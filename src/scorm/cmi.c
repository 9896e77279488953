/* SPDX-License-Identifier: Apache-2.0 */
/* What both data models need. */
#include "scorm/cmi.h"

bool is_scorm12(const struct scorm *e)
{
	return e->tree->version == SCORM_1_2;
}

const struct scorm_activity *cmi_activity(const struct scorm *e)
{
	return &e->tree->activity[e->rte->activity];
}

str cmi_mode(const struct scorm *e)
{
	return e->learner.mode.n ? e->learner.mode : S("normal");
}

/* RTE 4.2.6: without mode normal there is no credit. */
str cmi_credit(const struct scorm *e)
{
	if (!str_is(cmi_mode(e), S("normal"))) return S("no-credit");
	return e->learner.credit.n ? e->learner.credit : S("credit");
}

bool cmi_credited(const struct scorm *e)
{
	return str_is(cmi_credit(e), S("credit"));
}

struct place cmi_place(int element, uint32_t n, uint32_t m)
{
	return (struct place){ .element = element, .n = n, .m = m };
}

str cmi_value(const struct scorm *e, int element)
{
	return model_get(&e->rte->model, cmi_place(element, 0, 0));
}

void cmi_put(struct scorm *e, struct place p, str value)
{
	if (!model_put(&e->rte->model, p, value, false))
		scorm_trace_add(e, e->rte->activity, S("no room to begin with"), STR_NONE,
		                1);
}

int cmi_fail(struct scorm *e, int error, enum reason reason)
{
	e->rte->reason = reason;
	return error;
}

struct place cmi_list(const struct scorm *e, struct place p, uint32_t *index)
{
	const struct element *elements = e->rte->model.element;
	int list = elements[p.element].list;
	bool inner = elements[list].list != 0;
	*index = inner ? p.m : p.n;
	return cmi_place(list, inner ? p.n : 0, 0);
}

void cmi_note_length(struct scorm *e, const struct element *element, str value)
{
	if (!element->promised || value.n <= element->promised) return;
	size_t n = str_runes(value);
	if (n <= element->promised) return;
	char digits[TEXT_ROOM];
	str name = str_of(element->name);
	name = str_part(name, 4, name.n); /* without "cmi." */
	char what[96] = "longer than promised: ";
	size_t at = strlen(what);
	if (name.n > sizeof what - at) name.n = sizeof what - at;
	memcpy(what + at, name.p, name.n);
	scorm_trace_add(e, e->rte->activity, (str){ what, at + name.n },
	                text_of_whole(digits, n), 0);
}
