/* SPDX-License-Identifier: Apache-2.0 */
/* SCORM 2004: between the data model and the tracking model (RTE 4.2, "Sequencing
 * Impacts"; SN 4.2). Only what the SCO set in this visit goes over: what it merely found
 * there must not overwrite what others have written since. */
#include "scorm/cmi2004.h"

static bool is_fresh(const struct scorm *e, int element, uint32_t n)
{
	return model_is_fresh(&e->rte->model, cmi_place(element, n, 0));
}

static str value_of(const struct scorm *e, int element, uint32_t n)
{
	return model_get(&e->rte->model, cmi_place(element, n, 0));
}

int32_t cmi2004_objective(const struct scorm *e, uint32_t n)
{
	str id = value_of(e, E_OBJECTIVE_ID, n);
	return id.p ? track_objective_find(e, e->rte->activity, id) : -1;
}

/* ---- from the tracking model ---- */

static void put_real(struct scorm *e, bool known, int element, uint32_t n, double value)
{
	double old;
	char room[TEXT_ROOM];
	if (!known) return;
	if (text_real(value_of(e, element, n), &old) && old == value) return;
	cmi_put(e, cmi_place(element, n, 0), text_of_real(room, value));
}

static void put_word(struct scorm *e, bool known, int element, uint32_t n, str value)
{
	str old = value_of(e, element, n);
	if (!known || str_is(old, value)) return;
	/* Both are the same to the tracking model. */
	if (str_is(value, S("incomplete")) && str_is(old, S("not attempted"))) return;
	cmi_put(e, cmi_place(element, n, 0), value);
}

struct elements {
	int success, scaled, raw, min, max, completion, progress;
};
static const struct elements own = {
	E_SUCCESS_STATUS,    E_SCALED,          E_RAW, E_MIN, E_MAX,
	E_COMPLETION_STATUS, E_PROGRESS_MEASURE
};
static const struct elements objective = { E_OBJECTIVE_SUCCESS, E_OBJECTIVE_SCALED,
	                                   E_OBJECTIVE_RAW,     E_OBJECTIVE_MIN,
	                                   E_OBJECTIVE_MAX,     E_OBJECTIVE_COMPLETION,
	                                   E_OBJECTIVE_PROGRESS };

static void put_all(struct scorm *e, struct scorm_objective_track t,
                    const struct elements *to, uint32_t n)
{
	put_word(e, t.known & KNOWN_SATISFIED, to->success, n,
	         t.satisfied ? S("passed") : S("failed"));
	put_real(e, t.known & KNOWN_MEASURE, to->scaled, n, t.measure);
	put_real(e, t.known & KNOWN_RAW, to->raw, n, t.raw);
	put_real(e, t.known & KNOWN_MIN, to->min, n, t.min);
	put_real(e, t.known & KNOWN_MAX, to->max, n, t.max);
	put_word(e, t.known & KNOWN_COMPLETION, to->completion, n,
	         t.completed ? S("completed") : S("incomplete"));
	put_real(e, t.known & KNOWN_PROGRESS, to->progress, n, t.progress);
}

/* The record of cmi.objectives with that id; a new one if there is none. */
static uint32_t record_of(struct scorm *e, str id)
{
	struct place list = cmi_place(E_OBJECTIVES, 0, 0);
	uint32_t count = cmi2004_count(e, list);
	for (uint32_t i = 0; i < count; i++)
		if (scorm_id_is(value_of(e, E_OBJECTIVE_ID, i), id)) return i;
	cmi_put(e, cmi_place(E_OBJECTIVE_ID, count, 0), id);
	model_count_put(&e->rte->model, list, count + 1);
	return count;
}

void cmi2004_begin(struct scorm *e, bool resume)
{
	const struct scorm_activity *a = cmi_activity(e);
	e->rte->entry = resume ? ENTRY_RESUME : ENTRY_FIRST;
	for (uint32_t i = 0; i < a->n_objectives; i++) {
		struct scorm_objective_track t = track_objective(e, e->rte->activity, i);
		if (a->objective[i].id.n)
			put_all(e, t, &objective, record_of(e, a->objective[i].id));
	}
	if (!resume) return;
	/* These belong to one visit. */
	if (cmi_value(e, E_EXIT).n) cmi_put(e, cmi_place(E_EXIT, 0, 0), S(""));
	if (cmi_value(e, E_SESSION_TIME).n)
		cmi_put(e, cmi_place(E_SESSION_TIME, 0, 0), S(""));
	if (cmi_value(e, E_REQUEST).n) cmi_put(e, cmi_place(E_REQUEST, 0, 0), S("_none_"));
}

/* ---- into the tracking model ---- */

static void take_real(const struct scorm *e, int element, uint32_t n, uint32_t bit,
                      double *to, struct scorm_objective_track *t)
{
	if (is_fresh(e, element, n) && text_real(value_of(e, element, n), to))
		t->known |= bit;
}

/* What the SCO set of those elements; what it set to "unknown" into `*clear`. */
static struct scorm_objective_track taken(const struct scorm *e, const struct elements *of,
                                          uint32_t n, uint32_t *clear)
{
	struct scorm_objective_track t = { 0 };
	*clear = 0;
	take_real(e, of->scaled, n, KNOWN_MEASURE, &t.measure, &t);
	take_real(e, of->raw, n, KNOWN_RAW, &t.raw, &t);
	take_real(e, of->min, n, KNOWN_MIN, &t.min, &t);
	take_real(e, of->max, n, KNOWN_MAX, &t.max, &t);
	take_real(e, of->progress, n, KNOWN_PROGRESS, &t.progress, &t);
	double d;
	bool evaluated = of == &own;
	if (is_fresh(e, of->success, n) ||
	    (evaluated && (t.known & KNOWN_MEASURE) && cmi2004_passing_score(e, &d))) {
		str s = evaluated ? cmi2004_success(e) : value_of(e, of->success, n);
		t.satisfied = str_is(s, S("passed"));
		*(str_is(s, S("unknown")) ? clear : &t.known) |= KNOWN_SATISFIED;
	}
	if (is_fresh(e, of->completion, n) ||
	    (evaluated && (t.known & KNOWN_PROGRESS) && cmi2004_threshold(e, &d))) {
		str s = evaluated ? cmi2004_completion(e) : value_of(e, of->completion, n);
		t.completed = str_is(s, S("completed"));
		*(str_is(s, S("unknown")) ? clear : &t.known) |= KNOWN_COMPLETION;
	}
	return t;
}

/* Only what `mask` names of it. */
static void give(struct scorm *e, uint32_t at, struct scorm_objective_track t,
                 uint32_t clear, uint32_t mask)
{
	/* RTE 4.2.6: without credit, success and scores have no effect. */
	if (!cmi_credited(e)) mask &= KNOWN_COMPLETION | KNOWN_PROGRESS;
	/* RB.1.2 a: the measure alone says it. */
	if (cmi_activity(e)->objective[at].satisfied_by_measure)
		mask &= ~(uint32_t)KNOWN_SATISFIED;
	t.known &= mask;
	clear &= mask;
	if (t.known | clear) track_objective_set(e, e->rte->activity, at, &t, clear);
}

/* The SCO spoke of its success or completion, be it to say that it does not know. */
static void report(struct scorm *e, uint32_t what)
{
	const struct scorm_track *t = &scorm_tracks(e)[e->rte->activity];
	track_reported_set(e, e->rte->activity,
	                   t->objective_reported || (what & KNOWN_SATISFIED),
	                   t->completion_reported || (what & KNOWN_COMPLETION));
}

static void give_own(struct scorm *e)
{
	int32_t activity = e->rte->activity;
	uint32_t clear, mask = ~e->rte->by_objective;
	struct scorm_objective_track t = taken(e, &own, 0, &clear);
	/* RB.1.3 a: the measure alone says it; without one nothing is said. */
	if (cmi_activity(e)->completed_by_measure && !(t.known & KNOWN_PROGRESS))
		mask &= ~(uint32_t)KNOWN_COMPLETION;
	if ((t.known | clear) & mask & KNOWN_COMPLETION)
		track_completion_set(e, activity, t.known & KNOWN_COMPLETION, t.completed);
	if (t.known & mask & KNOWN_PROGRESS)
		track_progress_set(e, activity, true, t.progress);
	give(e, 0, t, clear, mask & ~(uint32_t)(KNOWN_COMPLETION | KNOWN_PROGRESS));
	report(e, t.known | clear);
}

void cmi2004_transfer(struct scorm *e)
{
	give_own(e);
	uint32_t count = cmi2004_count(e, cmi_place(E_OBJECTIVES, 0, 0));
	for (uint32_t i = 0; i < count; i++) {
		int32_t at = cmi2004_objective(e, i);
		if (at < 0) continue;
		uint32_t clear;
		struct scorm_objective_track t = taken(e, &objective, i, &clear);
		give(e, (uint32_t)at, t, clear, at == 0 ? e->rte->by_objective : ~0u);
		if (at == 0) report(e, t.known | clear);
	}
	/* How the attempt would end matters to a look ahead; otherwise at Terminate. */
	str exit = cmi_value(e, E_EXIT);
	if (e->dry) track_suspended_set(e, e->rte->activity, str_is(exit, S("suspend")));
}

/* ---- Terminate ---- */

/* RTE 4.2.8: these come before any other request. */
bool cmi2004_exits_all(const struct scorm *e)
{
	return text_word(cmi_value(e, E_EXIT), "time-out|logout");
}

static struct scorm_request requested(const struct scorm *e)
{
	static const struct {
		str word;
		enum scorm_navigation what;
	} words[] = {
		{ { "continue", 8 }, NAV_CONTINUE },
		{ { "previous", 8 }, NAV_PREVIOUS },
		{ { "exit", 4 }, NAV_EXIT },
		{ { "exitAll", 7 }, NAV_EXIT_ALL },
		{ { "abandon", 7 }, NAV_ABANDON },
		{ { "abandonAll", 10 }, NAV_ABANDON_ALL },
		{ { "suspendAll", 10 }, NAV_SUSPEND_ALL },
	};
	str target, what, value = cmi_value(e, E_REQUEST);
	if (cmi2004_exits_all(e)) return (struct scorm_request){ NAV_EXIT_ALL, -1 };
	for (size_t i = 0; i < countof(words); i++)
		if (str_is(value, words[i].word))
			return (struct scorm_request){ words[i].what, -1 };
	if (!cmi2004_take_target(value, &target, &what))
		return (struct scorm_request){ NAV_NONE, -1 };
	int32_t i = cmi2004_target(e, target);
	if (i < 0) return (struct scorm_request){ NAV_NONE, -1 }; /* NB.2.1: not valid */
	return (struct scorm_request){ str_is(what, S("jump")) ? NAV_JUMP : NAV_CHOICE, i };
}

bool cmi2004_abandons(const struct scorm *e)
{
	enum scorm_navigation what = requested(e).what;
	return what == NAV_ABANDON || what == NAV_ABANDON_ALL;
}

static void keep(struct scorm *e)
{
	int64_t ms;
	int32_t activity = e->rte->activity;
	cmi2004_transfer(e);
	if (text_duration(cmi_value(e, E_SESSION_TIME), &ms))
		track_time_add(e, activity, ms);
	track_suspended_set(e, activity, str_is(cmi_value(e, E_EXIT), S("suspend")));
}

/* What is abandoned leaves no data, apart from what was committed. */
void cmi2004_finish(struct scorm *e)
{
	e->pending = requested(e);
	if (!cmi2004_abandons(e)) keep(e);
}

void cmi2004_keep(struct scorm *e)
{
	cmi_put(e, cmi_place(E_REQUEST, 0, 0), S("_none_"));
	keep(e);
}
