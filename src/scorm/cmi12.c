/* SPDX-License-Identifier: Apache-2.0 */
/* SCORM 1.2: the table of elements, LMSGetValue and LMSSetValue. A value that was never set
 * is "" and no error; a record is begun by whichever of its elements is set first. */
#include "scorm/cmi12.h"

#define X(id, name_, access_, type_, list_, promised_, initial_, words_, least_, most_) \
	[L_##id] = { .name = name_,                                                     \
		     .access = access_,                                                 \
		     .type = type_,                                                     \
		     .list = list_,                                                     \
		     .promised = promised_,                                             \
		     .initial = initial_,                                               \
		     .words = words_,                                                   \
		     .least = least_,                                                   \
		     .most = most_ },
const struct element cmi12_elements[CMI12_N] = { CMI12(X) };
#undef X

uint32_t cmi12_n(void)
{
	return CMI12_N;
}

int cmi12_location(void)
{
	return L_LOCATION;
}

/* ---- names ---- */

/* 201: not the name of an element at all; 401: one that this data model does not have, or
 * one of another data model (RTE 3.3.4). */
static int find(struct scorm *e, str name, struct place *out)
{
	if (str_index(name, '.') == name.n) return cmi_fail(e, 201, WHY_UNKNOWN);
	if (!model_find(&e->rte->model, name, out)) return cmi_fail(e, 401, WHY_UNKNOWN);
	return 0;
}

/* Every index but the last must be one that exists; the last may be `beyond` by one. */
static int check_indices(struct scorm *e, struct place p, bool beyond)
{
	uint32_t index;
	if (!cmi12_elements[p.element].list) return 0;
	struct place list = cmi_list(e, p, &index);
	int error = check_indices(e, list, beyond);
	if (error) return error;
	uint32_t count = model_count(&e->rte->model, list);
	if (index < count || (beyond && index == count && index < INDEX_MOST)) return 0;
	return cmi_fail(e, 201, beyond ? WHY_OUT_OF_ORDER : WHY_BEYOND_COUNT);
}

/* ---- LMSGetValue ---- */

/* What is not kept as a value; STR_NONE: it is. */
static str worked_out(struct scorm *e, int element)
{
	const struct scorm_activity *a = cmi_activity(e);
	const struct scorm_track *t = &scorm_tracks(e)[e->rte->activity];
	switch (element) {
	case L_STUDENT_ID: return e->learner.id;
	case L_STUDENT_NAME: return e->learner.name;
	case L_CREDIT: return cmi_credit(e);
	case L_ENTRY:
		return e->rte->entry == ENTRY_FIRST    ? S("ab-initio")
		       : e->rte->entry == ENTRY_RESUME ? S("resume")
		                                       : S("");
	case L_TOTAL_TIME: return text_of_span(e->rte->text, t->activity_experienced_ms);
	case L_MODE: return cmi_mode(e);
	case L_LAUNCH_DATA: return a->launch_data;
	case L_MASTERY_SCORE: return a->mastery_score;
	case L_MAX_TIME_ALLOWED: return a->max_time_allowed;
	case L_TIME_LIMIT_ACTION: return a->time_limit_action;
	default: return STR_NONE;
	}
}

static int get_keyword(struct scorm *e, struct place p, str *out)
{
	const struct element *element = &cmi12_elements[p.element];
	switch (p.keyword) {
	case CHILDREN:
		if (element->access > LIST || !element->initial)
			return cmi_fail(e, 202, WHY_NO_CHILDREN);
		*out = str_of(element->initial);
		return 0;
	case COUNT:
		if (element->access != LIST) return cmi_fail(e, 203, WHY_NO_COUNT);
		*out = text_of_whole(e->rte->text, model_count(&e->rte->model, p));
		return 0;
	default:
		if (p.element != L_CMI) return cmi_fail(e, 401, WHY_NO_VERSION);
		*out = S("3.4");
		return 0;
	}
}

int cmi12_get(struct scorm *e, str name, str *out)
{
	struct place p;
	int error = find(e, name, &p);
	if (error) return error;
	const struct element *element = &cmi12_elements[p.element];
	error = check_indices(e, p, false);
	if (error) return error;
	if (p.keyword) return get_keyword(e, p, out);
	if (element->access <= LIST) return cmi_fail(e, 401, WHY_CONTAINER);
	if (element->access == WRITE) return 404;
	str value = worked_out(e, p.element);
	if (!value.p) value = model_get(&e->rte->model, p);
	*out = value.p ? value : str_of(element->initial);
	return 0;
}

/* ---- LMSSetValue ---- */

static bool is_of_type(const struct scorm *e, const struct element *element, struct place p,
                       str value)
{
	double d;
	int64_t ms;
	switch (element->type) {
	case TYPE_STRING: return value.n <= 255 || str_runes(value) <= 255;
	case TYPE_IDENTIFIER: return text_identifier(value);
	case TYPE_WORD: return text_word(value, element->words);
	case TYPE_REAL: return text_real(value, &d);
	case TYPE_SCORE: return !value.n || (text_real(value, &d) && d >= 0 && d <= 100);
	case TYPE_WHOLE:
		return text_whole(value, (int64_t)element->least, (int64_t)element->most);
	case TYPE_SPAN: return text_span(value, &ms);
	case TYPE_TIME: return text_time(value);
	case TYPE_RESULT: return text_word(value, element->words) || text_real(value, &d);
	case TYPE_FEEDBACK:
		return text_feedback(
			model_get(&e->rte->model, cmi_place(L_INTERACTION_TYPE, p.n, 0)),
			value);
	default: return true;
	}
}

/* Counts a record that has just been begun, outer ones first. */
static bool count_up(struct scorm *e, struct place p)
{
	uint32_t index;
	if (!cmi12_elements[p.element].list) return true;
	struct place list = cmi_list(e, p, &index);
	if (!count_up(e, list)) return false;
	if (index < model_count(&e->rte->model, list)) return true;
	return model_count_put(&e->rte->model, list, index + 1);
}

int cmi12_set(struct scorm *e, str name, str value)
{
	struct place p;
	int error = find(e, name, &p);
	if (error) return error;
	const struct element *element = &cmi12_elements[p.element];
	if (p.keyword) return 402;
	if (element->access <= LIST) return cmi_fail(e, 401, WHY_CONTAINER);
	if (element->access == READ) return 403;
	error = check_indices(e, p, true);
	if (error) return error;
	if (value.n > VALUE_MOST) return cmi_fail(e, 405, WHY_TOO_LONG);
	if (!is_of_type(e, element, p, value)) return 405;
	if (!model_put(&e->rte->model, p, value, true) || !count_up(e, p))
		return cmi_fail(e, 101, WHY_NO_ROOM);
	cmi_note_length(e, element, value);
	if (!element->list) scorm_changed(e);
	return 0;
}
