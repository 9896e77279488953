/* SPDX-License-Identifier: Apache-2.0 */
/* SCORM 2004: the table of elements, and GetValue. */
#include "scorm/cmi2004.h"

#define X(id, name_, access_, type_, list_, promised_, initial_, words_, least_, most_) \
	[E_##id] = { .name = name_,                                                     \
		     .access = access_,                                                 \
		     .type = type_,                                                     \
		     .list = list_,                                                     \
		     .promised = promised_,                                             \
		     .initial = initial_,                                               \
		     .words = words_,                                                   \
		     .least = least_,                                                   \
		     .most = most_ },
const struct element cmi2004_elements[CMI2004_N] = { CMI2004(X) };
#undef X

uint32_t cmi2004_n(const struct scorm *e)
{
	return e->tree->version == SCORM_2004_4TH ? CMI2004_N : E_DATA;
}

int cmi2004_location(void)
{
	return E_LOCATION;
}

/* ---- what the manifest says ---- */

bool cmi2004_threshold(const struct scorm *e, double *out)
{
	const struct scorm_activity *a = cmi_activity(e);
	*out = a->minimum_progress;
	return a->completed_by_measure;
}

bool cmi2004_passing_score(const struct scorm *e, double *out)
{
	const struct scorm_objective *primary = &cmi_activity(e)->objective[0];
	*out = primary->minimum_measure;
	return primary->satisfied_by_measure;
}

static str words_of(str set)
{
	return set.p ? set : S("unknown");
}

str cmi2004_completion(const struct scorm *e)
{
	double threshold, progress;
	if (!cmi2004_threshold(e, &threshold))
		return words_of(cmi_value(e, E_COMPLETION_STATUS));
	if (!text_real(cmi_value(e, E_PROGRESS_MEASURE), &progress)) return S("unknown");
	return progress >= threshold ? S("completed") : S("incomplete");
}

str cmi2004_success(const struct scorm *e)
{
	double passing, scaled;
	if (!cmi2004_passing_score(e, &passing))
		return words_of(cmi_value(e, E_SUCCESS_STATUS));
	if (!text_real(cmi_value(e, E_SCALED), &scaled)) return S("unknown");
	return scaled >= passing ? S("passed") : S("failed");
}

int32_t cmi2004_target(const struct scorm *e, str id)
{
	for (int32_t i = 0; i < e->tree->n; i++)
		if (str_is(e->tree->activity[i].id, id)) return i;
	return -1;
}

bool cmi2004_take_target(str s, str *target, str *rest)
{
	str mark = S("{target=");
	size_t end = str_index(s, '}');
	if (!str_starts(s, mark) || end == s.n) return false;
	*target = str_part(s, mark.n, end);
	*rest = str_part(s, end + 1, s.n);
	return true;
}

/* ---- GetValue ---- */

/* What is not kept as a value. False: it is. STR_NONE: not set by the manifest. */
static bool worked_out(struct scorm *e, struct place p, str *out)
{
	const struct scorm_activity *a = cmi_activity(e);
	char *room = e->rte->text;
	double d;
	str s = STR_NONE;
	switch (p.element) {
	case E_COMPLETION_STATUS: s = cmi2004_completion(e); break;
	case E_COMPLETION_THRESHOLD:
		if (cmi2004_threshold(e, &d)) s = text_of_real(room, d);
		break;
	case E_CREDIT: s = cmi_credit(e); break;
	case E_ENTRY:
		s = e->rte->entry == ENTRY_RESUME  ? S("resume")
		    : e->rte->entry == ENTRY_FIRST ? S("ab-initio")
		                                   : S("");
		break;
	case E_LAUNCH_DATA: s = a->launch_data; break;
	case E_LEARNER_ID: s = e->learner.id; break;
	case E_LEARNER_NAME: s = e->learner.name; break;
	case E_MAX_TIME_ALLOWED:
		s = a->max_time_allowed;
		if (!s.n && a->has_attempt_duration_limit)
			s = text_of_duration(room, a->attempt_duration_limit_ms);
		break;
	case E_MODE: s = cmi_mode(e); break;
	case E_SCALED_PASSING_SCORE:
		if (cmi2004_passing_score(e, &d)) s = text_of_real(room, d);
		break;
	case E_SUCCESS_STATUS: s = cmi2004_success(e); break;
	case E_TIME_LIMIT_ACTION:
		s = a->time_limit_action.n ? a->time_limit_action
		                           : S("continue,no message");
		break;
	case E_TOTAL_TIME:
		s = text_of_duration(
			room, scorm_tracks(e)[e->rte->activity].attempt_experienced_ms);
		break;
	case E_DATA_ID: s = a->store[p.n].target; break;
	case E_DATA_STORE:
		/* An empty store counts as one without a value. */
		if (!track_store_read(e, e->rte->activity, p.n, &s) || !s.n) s = STR_NONE;
		break;
	default: return false;
	}
	*out = s;
	return true;
}

uint32_t cmi2004_count(const struct scorm *e, struct place list)
{
	if (list.element == E_DATA) return cmi_activity(e)->n_stores;
	return model_count(&e->rte->model, list);
}

/* Whether every record in the name exists. */
static bool exists(const struct scorm *e, struct place p)
{
	uint32_t index;
	const struct element *elements = cmi2004_elements;
	while (elements[p.element].list) {
		struct place list = cmi_list(e, p, &index);
		if (index >= cmi2004_count(e, list)) return false;
		p = list;
	}
	return true;
}

static int get_keyword(struct scorm *e, struct place p, str *out)
{
	const struct element *element = &cmi2004_elements[p.element];
	switch (p.keyword) {
	case CHILDREN:
		if (element->access > LIST || !element->initial)
			return cmi_fail(e, 301, WHY_NO_CHILDREN);
		*out = str_of(element->initial);
		return 0;
	case COUNT:
		if (element->access != LIST) return cmi_fail(e, 301, WHY_NO_COUNT);
		*out = text_of_whole(e->rte->text, cmi2004_count(e, p));
		return 0;
	default:
		if (p.element != E_CMI) return cmi_fail(e, 301, WHY_NO_VERSION);
		*out = S("1.0");
		return 0;
	}
}

#define VALID S("adl.nav.request_valid.")

/* adl.nav.request_valid.continue, .previous, .choice.{target=…}, .jump.{target=…} */
static int get_valid(struct scorm *e, str what, str *out)
{
	const struct scorm_validity *v = scorm_validity_of(e);
	str target, rest, kind = str_part(what, 0, str_index(what, '.'));
	bool valid;
	if (str_is(what, S("continue"))) {
		valid = v->next;
	} else if (str_is(what, S("previous"))) {
		valid = v->previous;
	} else {
		bool jump = str_is(kind, S("jump")) && e->tree->version == SCORM_2004_4TH;
		if (!jump && !str_is(kind, S("choice")))
			return cmi_fail(e, 401, WHY_UNKNOWN);
		if (!cmi2004_take_target(str_part(what, kind.n + 1, what.n), &target,
		                         &rest) ||
		    rest.n)
			return 301;
		int32_t i = cmi2004_target(e, target);
		valid = i >= 0 && (jump ? jumps_of(e)[i] : v->choice[i]);
	}
	*out = valid ? S("true") : S("false");
	return 0;
}

int cmi2004_get(struct scorm *e, str name, str *out)
{
	struct place p;
	if (!name.n) return 301;
	if (str_starts(name, VALID))
		return get_valid(e, str_part(name, VALID.n, name.n), out);
	if (!model_find(&e->rte->model, name, &p)) return cmi_fail(e, 401, WHY_UNKNOWN);
	const struct element *element = &cmi2004_elements[p.element];
	if (!exists(e, p)) return cmi_fail(e, 301, WHY_BEYOND_COUNT);
	if (p.keyword) return get_keyword(e, p, out);
	if (element->access <= LIST) return cmi_fail(e, 401, WHY_CONTAINER);
	if (element->access == WRITE) return 405;
	if (p.element == E_DATA_STORE && !cmi_activity(e)->store[p.n].read) return 405;
	str value;
	if (!worked_out(e, p, &value)) {
		value = model_get(&e->rte->model, p);
		if (!value.p) value = str_of(element->initial);
	}
	if (!value.p) return 403;
	*out = value;
	return 0;
}
