/* SPDX-License-Identifier: Apache-2.0 */
/* Rules and the utility processes (SN appendix C, UP): conditions are true, false or
 * unknown; a rule applies only when it is true. */
#include "scorm/rte.h"
#include "scorm/sequencing.h"

/* ---- conditions ---- */

static enum truth truth_of(bool known, bool value)
{
	return !known ? UNKNOWN : value ? YES : NO;
}

/* Has the attempt lasted longer than attemptAbsoluteDurationLimit? */
static bool time_is_over(const struct scorm *e, int32_t activity)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	const struct scorm_track *t = &scorm_tracks(e)[activity];
	if (!a->has_attempt_duration_limit || !t->progress_known) return false;
	int64_t ms = t->attempt_absolute_ms;
	if (t->active && e->now_ms > t->attempt_begun_ms)
		ms = e->now_ms - t->attempt_begun_ms;
	return ms >= a->attempt_duration_limit_ms && ms > 0;
}

static bool attempts_are_over(const struct scorm *e, int32_t activity)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	const struct scorm_track *t = &scorm_tracks(e)[activity];
	return a->has_attempt_limit && t->attempts >= a->attempt_limit &&
	       (t->progress_known || a->attempt_limit == 0);
}

/* Of what is not tracked nothing is known. */
static int32_t tracked_objective(const struct scorm *e, int32_t activity,
                                 const struct scorm_condition *c)
{
	return e->tree->activity[activity].tracked
	               ? track_objective_find(e, activity, c->objective)
	               : -1;
}

static enum truth objective_is(const struct scorm *e, int32_t activity,
                               const struct scorm_condition *c, bool rollup)
{
	struct scorm_objective_track o = { 0 };
	int32_t n = tracked_objective(e, activity, c);
	bool stale = rollup && scorm_tracks(e)[activity].objective_stale;
	if (n >= 0) o = track_objective_since(e, activity, (uint32_t)n, stale);
	bool status = o.known & KNOWN_SATISFIED, measure = o.known & KNOWN_MEASURE;
	switch (c->kind) {
	case COND_SATISFIED: return truth_of(status, o.satisfied);
	case COND_OBJECTIVE_STATUS_KNOWN: return truth_of(true, status);
	case COND_OBJECTIVE_MEASURE_KNOWN: return truth_of(true, measure);
	case COND_OBJECTIVE_MEASURE_GREATER:
		return truth_of(measure, o.measure > c->threshold);
	default: return truth_of(measure, o.measure < c->threshold);
	}
}

static enum truth progress_is(const struct scorm *e, int32_t activity,
                              const struct scorm_condition *c, bool rollup)
{
	bool known = false, completed = false;
	int32_t n = tracked_objective(e, activity, c);
	bool stale = rollup && scorm_tracks(e)[activity].progress_stale;
	if (n >= 0)
		known = track_completion_since(e, activity, (uint32_t)n, stale, &completed);
	return c->kind == COND_COMPLETED
	               ? truth_of(known, completed)
	               : truth_of(true, known && scorm_tracks(e)[activity].progress_known);
}

enum truth condition_is(const struct scorm *e, int32_t activity,
                        const struct scorm_condition *c, bool rollup)
{
	const struct scorm_track *t = &scorm_tracks(e)[activity];
	enum truth is = UNKNOWN;
	switch (c->kind) {
	case COND_SATISFIED:
	case COND_OBJECTIVE_STATUS_KNOWN:
	case COND_OBJECTIVE_MEASURE_KNOWN:
	case COND_OBJECTIVE_MEASURE_GREATER:
	case COND_OBJECTIVE_MEASURE_LESS: is = objective_is(e, activity, c, rollup); break;
	case COND_COMPLETED:
	case COND_PROGRESS_KNOWN: is = progress_is(e, activity, c, rollup); break;
	case COND_ATTEMPTED: is = truth_of(true, t->progress_known && t->attempts); break;
	case COND_ATTEMPT_LIMIT_EXCEEDED:
		is = truth_of(true, attempts_are_over(e, activity));
		break;
	case COND_TIME_LIMIT_EXCEEDED:
		is = truth_of(true, time_is_over(e, activity));
		break;
	case COND_OUTSIDE_TIME_RANGE: is = NO; break; /* not part of SCORM */
	case COND_ALWAYS: is = YES; break;
	}
	if (c->negated && is != UNKNOWN) is = is == YES ? NO : YES;
	return is;
}

enum truth conditions_are(const struct scorm *e, int32_t activity,
                          const struct scorm_condition *c, uint32_t n, bool any,
                          bool rollup)
{
	if (!n) return UNKNOWN;
	enum truth so_far = any ? NO : YES;
	for (uint32_t i = 0; i < n; i++) {
		enum truth is = condition_is(e, activity, &c[i], rollup);
		if (is == (any ? YES : NO)) return is;
		if (is == UNKNOWN) so_far = UNKNOWN;
	}
	return so_far;
}

/* ---- UP.1, UP.2, UP.5 ---- */

/* Limits speak of an attempt that would begin, never of one that runs or goes on. */
bool limit_conditions_check(const struct scorm *e, int32_t activity)
{
	const struct scorm_track *t = &scorm_tracks(e)[activity];
	if (!e->tree->activity[activity].tracked || t->active || t->suspended) return false;
	return attempts_are_over(e, activity) || time_is_over(e, activity);
}

int sequencing_rules_check(const struct scorm *e, int32_t activity, enum scorm_rule_set set,
                           uint32_t actions)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	for (uint32_t i = 0; i < a->n_rules; i++) {
		const struct scorm_rule *r = &a->rule[i];
		if (r->set != set || !(actions & 1u << r->action)) continue;
		if (conditions_are(e, activity, r->condition, r->n, r->any, false) == YES)
			return (int)r->action;
	}
	return -1;
}

/* In look-ahead the state does not change, so each answer is kept: two bits an action, one
 * byte an activity. */
bool pre_condition(const struct scorm *e, int32_t activity, enum scorm_action action)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	bool locks = a->prerequisites.n && action == ACTION_DISABLED; /* SCORM 1.2 */
	if (!a->n_rules && !locks) return false;
	uint8_t *memo = e->memo ? e->memo->pre + activity : NULL;
	unsigned shift = 2u * (unsigned)action;
	unsigned kept = memo ? (unsigned)*memo >> shift : 0;
	if (kept & 1u) return kept & 2u;
	bool is = (locks && !prerequisites_met(e, activity)) ||
	          sequencing_rules_check(e, activity, RULES_PRE, 1u << action) >= 0;
	if (memo) *memo = (uint8_t)(*memo | (is ? 3u : 1u) << shift);
	return is;
}

bool check_activity(const struct scorm *e, int32_t activity)
{
	return pre_condition(e, activity, ACTION_DISABLED) ||
	       limit_conditions_check(e, activity);
}

/* ---- UP.3, UP.4 ---- */

void terminate_descendent_attempts(struct scorm *e, int32_t activity)
{
	int32_t current = e->state->current;
	if (current < 0) return;
	struct path p = path_up(e, current, common_ancestor(e, current, activity));
	for (int i = 0; i < p.n; i++)
		if (p.at[i] != current || scorm_tracks(e)[current].active)
			end_attempt(e, p.at[i]);
}

/* The sequencer does not affect the state of suspended activities; where content does not
 * say (or says it cannot), a finished attempt is complete and satisfied. */
static void conclude_leaf(struct scorm *e, int32_t activity)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	const struct scorm_track *t = &scorm_tracks(e)[activity];
	struct scorm_objective_track o = track_objective(e, activity, 0);
	if (!a->tracked || t->suspended) return;
	if (e->tree->version == SCORM_1_2) {
		/* A lesson that never spoke was a page to be read. */
		if (!(o.known & KNOWN_COMPLETION))
			track_completion_set(e, activity, true, true);
		return;
	}
	if (!a->completion_set_by_content && !t->completion_reported &&
	    !a->completed_by_measure && !(o.known & KNOWN_COMPLETION))
		track_completion_set(e, activity, true, true);
	if (!a->objective_set_by_content && !t->objective_reported &&
	    !(o.known & KNOWN_SATISFIED) && !a->objective[0].satisfied_by_measure) {
		struct scorm_objective_track set = { .known = KNOWN_SATISFIED,
			                             .satisfied = true };
		track_objective_set(e, activity, 0, &set, 0);
	}
}

void end_attempt(struct scorm *e, int32_t activity)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	struct scorm_track *t = &scorm_tracks(e)[activity];
	if (is_leaf(e, activity)) {
		conclude_leaf(e, activity);
		if (!t->suspended && !e->dry) rte_drop(e, activity);
	} else {
		t->suspended = false;
		for (int32_t c = available_first(e, activity); c >= 0;
		     c = available_next(e, c))
			t->suspended |= scorm_tracks(e)[c].suspended;
	}
	bool ends = t->active;
	if (ends && a->tracked) {
		int64_t ms = e->now_ms - t->attempt_begun_ms;
		if (ms > 0 && ms < INT64_MAX / 4) {
			t->attempt_absolute_ms = ms;
			t->activity_absolute_ms = t->activity_absolute_ms > INT64_MAX / 4
			                                  ? INT64_MAX / 4
			                                  : t->activity_absolute_ms + ms;
		}
	}
	t->active = false;
	for (uint32_t i = 0; i < a->n_objectives; i++)
		track_objective_by_measure(e, activity, i);
	overall_rollup(e, activity);
	if (t->suspended || !ends) return;
	if (a->selection_timing == TIMING_ON_EACH_NEW_ATTEMPT) select_children(e, activity);
	if (a->randomization_timing == TIMING_ON_EACH_NEW_ATTEMPT)
		randomize_children(e, activity);
}
