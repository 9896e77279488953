/* SPDX-License-Identifier: Apache-2.0 */
/* SCORM 2004: SetValue. Checked in this order, as the book's tables have it: the name
 * (401), whether it may be set (404), the type of an interaction that is there (408), its
 * indices (351), what must be set before (408), the type of the value (406), its range
 * (407), what must be unique (351). */
#include "scorm/cmi2004.h"

/* ---- indices ---- */

/* Elements that make a new record when set behind the last one. */
static bool begins_record(int element)
{
	switch (element) {
	case E_LEARNER_COMMENT:
	case E_LEARNER_COMMENT_LOCATION:
	case E_LEARNER_COMMENT_TIME:
	case E_INTERACTION_ID:
	case E_INTERACTION_OBJECTIVE:
	case E_PATTERN:
	case E_OBJECTIVE_ID: return true;
	default: return false;
	}
}

static int check_indices(struct scorm *e, struct place p, struct place *begun)
{
	uint32_t index;
	begun->element = -1;
	if (!cmi2004_elements[p.element].list) return 0;
	struct place list = cmi_list(e, p, &index);
	if (cmi2004_elements[list.element].list) { /* within an interaction */
		struct place none;
		int error = check_indices(e, list, &none);
		if (error) return error;
	}
	uint32_t count = cmi2004_count(e, list);
	if (index < count) return 0;
	if (list.element == E_DATA) return cmi_fail(e, 351, WHY_FIXED);
	if (index > count || index >= INDEX_MOST) return cmi_fail(e, 351, WHY_OUT_OF_ORDER);
	if (!begins_record(p.element)) return cmi_fail(e, 408, WHY_ID_FIRST);
	*begun = list;
	return 0;
}

/* What depends on the type of an interaction that is there. */
static int check_type(struct scorm *e, struct place p)
{
	if (p.element != E_PATTERN && p.element != E_RESPONSE) return 0;
	if (p.n >= cmi2004_count(e, cmi_place(E_INTERACTIONS, 0, 0))) return 0;
	str type = model_get(&e->rte->model, cmi_place(E_INTERACTION_TYPE, p.n, 0));
	return type.p ? 0 : cmi_fail(e, 408, WHY_TYPE_FIRST);
}

static int check_patterns(struct scorm *e, struct place p)
{
	if (p.element != E_PATTERN || !p.m) return 0;
	str type = model_get(&e->rte->model, cmi_place(E_INTERACTION_TYPE, p.n, 0));
	return text_one_pattern(type) ? cmi_fail(e, 351, WHY_ONE_PATTERN) : 0;
}

/* ---- values ---- */

static int check_request(const struct scorm *e, const char *words, str value)
{
	str target, rest;
	if (text_word(value, words)) return 0;
	if (!cmi2004_take_target(value, &target, &rest) || !text_uri(target)) return 406;
	if (str_is(rest, S("choice"))) return 0;
	return str_is(rest, S("jump")) && e->tree->version == SCORM_2004_4TH ? 0 : 406;
}

static bool is_of_type(const struct scorm *e, const struct element *element, struct place p,
                       str value)
{
	double d;
	int64_t ms;
	str type;
	switch (element->type) {
	case TYPE_LOCALIZED: return text_localized(value);
	case TYPE_URI: return text_uri(value);
	case TYPE_WORD: return text_word(value, element->words);
	case TYPE_REAL: return text_real(value, &d);
	case TYPE_TIMESTAMP: return text_timestamp(value);
	case TYPE_DURATION: return text_duration(value, &ms);
	case TYPE_LANGUAGE: return !value.n || text_language(value);
	case TYPE_RESULT: return text_word(value, element->words) || text_real(value, &d);
	case TYPE_RESPONSE:
	case TYPE_PATTERN:
		type = model_get(&e->rte->model, cmi_place(E_INTERACTION_TYPE, p.n, 0));
		return element->type == TYPE_PATTERN ? text_pattern(type, value)
		                                     : text_response(type, value);
	default: return true;
	}
}

static int check_value(struct scorm *e, struct place p, str value)
{
	const struct element *element = &cmi2004_elements[p.element];
	double d;
	if (value.n > VALUE_MOST) return cmi_fail(e, 351, WHY_TOO_LONG);
	if (element->type == TYPE_REQUEST) return check_request(e, element->words, value);
	if (!is_of_type(e, element, p, value)) return 406;
	bool ranged = element->type == TYPE_REAL && element->least < element->most;
	if (ranged && text_real(value, &d) && (d < element->least || d > element->most))
		return 407;
	return 0;
}

/* ---- what must be unique ---- */

static int check_objective_id(struct scorm *e, struct place p, str value)
{
	const struct model *m = &e->rte->model;
	str old = model_get(m, p);
	if (old.p) return scorm_id_is(old, value) ? 0 : cmi_fail(e, 351, WHY_ID_STAYS);
	uint32_t count = model_count(m, cmi_place(E_OBJECTIVES, 0, 0));
	for (uint32_t i = 0; i < count; i++)
		if (scorm_id_is(model_get(m, cmi_place(E_OBJECTIVE_ID, i, 0)), value))
			return cmi_fail(e, 351, WHY_SAME_ID);
	return 0;
}

static int check_others(struct scorm *e, struct place p, str value)
{
	const struct model *m = &e->rte->model;
	bool pattern = p.element == E_PATTERN;
	str type = model_get(m, cmi_place(E_INTERACTION_TYPE, p.n, 0));
	if (pattern && !text_unique_patterns(type)) return 0;
	bool sets = pattern && str_is(type, S("choice"));
	uint32_t count = model_count(
		m, cmi_place(pattern ? E_PATTERNS : E_INTERACTION_OBJECTIVES, p.n, 0));
	for (uint32_t i = 0; i < count; i++) {
		str other = model_get(m, cmi_place(p.element, p.n, i));
		if (i == p.m || !other.p) continue;
		bool same = sets      ? text_same_set(other, value)
		            : pattern ? str_is(other, value)
		                      : scorm_id_is(other, value);
		if (same) return cmi_fail(e, 351, pattern ? WHY_SAME_PATTERN : WHY_SAME_ID);
	}
	return 0;
}

static int check_unique(struct scorm *e, struct place p, str value)
{
	switch (p.element) {
	case E_OBJECTIVE_ID: return check_objective_id(e, p, value);
	case E_INTERACTION_OBJECTIVE:
	case E_PATTERN: return check_others(e, p, value);
	default: return 0;
	}
}

/* ---- storing ---- */

/* Which values of the primary objective the element speaks of. */
static uint32_t speaks_of(int element)
{
	switch (element) {
	case E_SUCCESS_STATUS:
	case E_OBJECTIVE_SUCCESS: return KNOWN_SATISFIED;
	case E_SCALED: return KNOWN_MEASURE | KNOWN_SATISFIED; /* passing score */
	case E_OBJECTIVE_SCALED: return KNOWN_MEASURE;
	case E_RAW:
	case E_OBJECTIVE_RAW: return KNOWN_RAW;
	case E_MIN:
	case E_OBJECTIVE_MIN: return KNOWN_MIN;
	case E_MAX:
	case E_OBJECTIVE_MAX: return KNOWN_MAX;
	case E_COMPLETION_STATUS:
	case E_OBJECTIVE_COMPLETION: return KNOWN_COMPLETION;
	case E_PROGRESS_MEASURE: return KNOWN_PROGRESS | KNOWN_COMPLETION; /* threshold */
	case E_OBJECTIVE_PROGRESS: return KNOWN_PROGRESS;
	default: return 0;
	}
}

static void note_set(struct scorm *e, struct place p)
{
	uint32_t what = speaks_of(p.element);
	double d;
	if (!what && p.element != E_EXIT) return;
	scorm_changed(e);
	if (cmi2004_elements[p.element].list) {
		if (cmi2004_objective(e, p.n) == 0) e->rte->by_objective |= what;
		return;
	}
	if (p.element == E_SCALED && !cmi2004_passing_score(e, &d)) what = KNOWN_MEASURE;
	if (p.element == E_PROGRESS_MEASURE && !cmi2004_threshold(e, &d))
		what = KNOWN_PROGRESS;
	e->rte->by_objective &= ~what;
}

static int store(struct scorm *e, struct place p, struct place begun, str value)
{
	struct model *m = &e->rte->model;
	if (p.element == E_DATA_STORE)
		return track_store_write(e, e->rte->activity, p.n, value)
		               ? 0
		               : cmi_fail(e, 351, WHY_NO_ROOM);
	if (!model_put(m, p, value, true)) return cmi_fail(e, 351, WHY_NO_ROOM);
	if (begun.element >= 0) {
		uint32_t count = model_count(m, begun);
		if (!model_count_put(m, begun, count + 1))
			return cmi_fail(e, 351, WHY_NO_ROOM);
	}
	note_set(e, p);
	return 0;
}

static int check_keyword(struct scorm *e, struct place p)
{
	enum access access = cmi2004_elements[p.element].access;
	bool is_one = (p.keyword == CHILDREN && access <= LIST && p.element != E_CMI) ||
	              (p.keyword == COUNT && access == LIST) ||
	              (p.keyword == VERSION && p.element == E_CMI);
	return is_one ? 404 : cmi_fail(e, 401, WHY_UNKNOWN);
}

static int check_right(struct scorm *e, struct place p)
{
	enum access access = cmi2004_elements[p.element].access;
	if (access <= LIST) return cmi_fail(e, 401, WHY_CONTAINER);
	if (access == READ) return 404;
	if (p.element != E_DATA_STORE || p.n >= cmi_activity(e)->n_stores) return 0;
	return cmi_activity(e)->store[p.n].write ? 0 : 404;
}

int cmi2004_set(struct scorm *e, str name, str value)
{
	struct place p, begun;
	if (!name.n) return 351;
	str unused;
	if (str_starts(name, S("adl.nav.request_valid."))) {
		int error = cmi2004_get(e, name, &unused);
		return error && error != 301 ? error : 404;
	}
	if (!model_find(&e->rte->model, name, &p)) return cmi_fail(e, 401, WHY_UNKNOWN);
	if (p.keyword) return check_keyword(e, p);
	int error = check_right(e, p);
	if (!error) error = check_type(e, p);
	if (!error) error = check_indices(e, p, &begun);
	if (!error) error = check_patterns(e, p);
	if (!error) error = check_value(e, p, value);
	if (!error) error = check_unique(e, p, value);
	if (!error) error = store(e, p, begun, value);
	if (!error) cmi_note_length(e, &cmi2004_elements[p.element], value);
	return error;
}
