/* SPDX-License-Identifier: Apache-2.0 */
/* Roll-up (SN 4.6; appendix C, RB): what children did becomes what their parent is.
 * Children are the Available Children that are tracked. */
#include "scorm/sequencing.h"

/* Measures and amounts are real(10,7): what binary fractions add to or take off a mean of
 * decimal ones must not decide whether three times 0.7 reach 0.7. */
static double seven_places(double x)
{
	double scaled = x * 1e7 + (x < 0 ? -0.5 : 0.5);
	return (double)(int64_t)scaled / 1e7;
}

static bool contributes(const struct scorm *e, int32_t child)
{
	return e->tree->activity[child].tracked && !is_heading(e, child);
}

/* RB.1.1 a: the weighted mean; a child without a measure counts with its weight and zero.
 */
static void measure_rollup(struct scorm *e, int32_t activity)
{
	double total = 0, counted = 0;
	bool valid = false;
	for (int32_t c = available_first(e, activity); c >= 0; c = available_next(e, c)) {
		const struct scorm_activity *child = &e->tree->activity[c];
		if (!contributes(e, c)) continue;
		bool stale = scorm_tracks(e)[c].objective_stale;
		struct scorm_objective_track o = track_objective_since(e, c, 0, stale);
		counted += child->objective_measure_weight;
		if (!(o.known & KNOWN_MEASURE)) continue;
		double part = o.measure * child->objective_measure_weight;
		total += part;
		valid = true;
	}
	struct scorm_objective_track set = { 0 };
	if (valid && counted > 0) {
		set.measure = seven_places(total / counted);
		set.known = KNOWN_MEASURE;
	}
	track_objective_set(e, activity, 0, &set,
	                    track_own(e, activity, 0) & KNOWN_MEASURE);
}

/* RB.1.1 b */
static void completion_measure_rollup(struct scorm *e, int32_t activity)
{
	double total = 0, counted = 0, amount;
	bool valid = false;
	for (int32_t c = available_first(e, activity); c >= 0; c = available_next(e, c)) {
		const struct scorm_activity *child = &e->tree->activity[c];
		if (!contributes(e, c)) continue;
		counted += child->progress_weight;
		if (!track_progress_since(e, c, scorm_tracks(e)[c].progress_stale, &amount))
			continue;
		double part = amount * child->progress_weight;
		total += part;
		valid = true;
	}
	bool known = valid && counted > 0;
	if (known || (track_own(e, activity, 0) & KNOWN_PROGRESS))
		track_progress_set(e, activity, known,
		                   known ? seven_places(total / counted) : 0);
}

/* RB.1.4.2: does the child count for this action? */
static bool child_counts(const struct scorm *e, int32_t c, enum scorm_rollup_action action)
{
	const struct scorm_activity *child = &e->tree->activity[c];
	const struct scorm_track *t = &scorm_tracks(e)[c];
	bool objective = action == ROLLUP_SATISFIED || action == ROLLUP_NOT_SATISFIED;
	if (objective ? !child->rollup_objective_satisfied
	              : !child->rollup_progress_completion)
		return false;
	enum scorm_considered required = CONSIDER_ALWAYS;
	switch (action) {
	case ROLLUP_SATISFIED: required = child->required_for_satisfied; break;
	case ROLLUP_NOT_SATISFIED: required = child->required_for_not_satisfied; break;
	case ROLLUP_COMPLETED: required = child->required_for_completed; break;
	case ROLLUP_INCOMPLETE: required = child->required_for_incomplete; break;
	}
	switch (required) {
	case CONSIDER_ALWAYS: return true;
	case CONSIDER_IF_NOT_SUSPENDED:
		return t->progress_known && !(t->attempts > 0 && t->suspended);
	case CONSIDER_IF_ATTEMPTED: return t->progress_known && t->attempts > 0;
	case CONSIDER_IF_NOT_SKIPPED: return !pre_condition(e, c, ACTION_SKIP);
	}
	return true;
}

/* RB.1.4 for one rule, to the letter: where no child contributes, all and none hold. */
static bool rule_applies(const struct scorm *e, int32_t activity,
                         const struct scorm_rollup_rule *r)
{
	uint32_t yes = 0, no = 0, unknown = 0;
	for (int32_t c = available_first(e, activity); c >= 0; c = available_next(e, c)) {
		if (!contributes(e, c) || !child_counts(e, c, r->action)) continue;
		switch (conditions_are(e, c, r->condition, r->n, r->any, true)) {
		case YES: yes++; break;
		case NO: no++; break;
		case UNKNOWN: unknown++; break;
		}
	}
	uint32_t all = yes + no + unknown;
	switch (r->set) {
	case SET_ALL: return yes == all;
	case SET_ANY: return yes > 0;
	case SET_NONE: return no == all;
	case SET_AT_LEAST_COUNT: return yes >= r->minimum_count;
	case SET_AT_LEAST_PERCENT: return all && (double)yes / all >= r->minimum_percent;
	}
	return false;
}

/* RB.1.4: is a rule with this action true? */
static bool rollup_rule_check(const struct scorm *e, int32_t activity,
                              enum scorm_rollup_action action)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	for (uint32_t i = 0; i < a->n_rollup; i++)
		if (a->rollup[i].action == action &&
		    rule_applies(e, activity, &a->rollup[i]))
			return true;
	return false;
}

/* Where a course gives no rules for either action (SN 4.6.5): all known → the negative one,
 * all positive → the positive one. */
static bool default_rule(const struct scorm *e, int32_t activity,
                         enum scorm_rollup_action action, enum scorm_condition_kind kind)
{
	struct scorm_condition c = { .kind = kind, .objective = STR_NONE };
	struct scorm_rollup_rule r = {
		.set = SET_ALL, .action = action, .condition = &c, .n = 1
	};
	return rule_applies(e, activity, &r);
}

static bool has_rules(const struct scorm_activity *a, enum scorm_rollup_action x,
                      enum scorm_rollup_action y)
{
	for (uint32_t i = 0; i < a->n_rollup; i++)
		if (a->rollup[i].action == x || a->rollup[i].action == y) return true;
	return false;
}

/* RB.1.2: by measure (a) or by rules (b). */
static void objective_rollup(struct scorm *e, int32_t activity)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	if (a->objective[0].satisfied_by_measure) {
		track_objective_by_measure(e, activity, 0);
		return;
	}
	if (is_leaf(e, activity)) return;
	bool yes, no;
	if (has_rules(a, ROLLUP_SATISFIED, ROLLUP_NOT_SATISFIED)) {
		no = rollup_rule_check(e, activity, ROLLUP_NOT_SATISFIED);
		yes = rollup_rule_check(e, activity, ROLLUP_SATISFIED);
	} else {
		no = default_rule(e, activity, ROLLUP_NOT_SATISFIED,
		                  COND_OBJECTIVE_STATUS_KNOWN);
		yes = default_rule(e, activity, ROLLUP_SATISFIED, COND_SATISFIED);
	}
	if (!yes && !no) return;
	struct scorm_objective_track set = { .known = KNOWN_SATISFIED, .satisfied = yes };
	track_objective_set(e, activity, 0, &set, 0);
}

/* RB.1.3: by measure (a) or by rules (b). */
static void activity_progress_rollup(struct scorm *e, int32_t activity)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	if (a->completed_by_measure) {
		double amount;
		bool known = track_progress(e, activity, &amount);
		struct scorm_objective_track set = { .known = known ? KNOWN_COMPLETION
			                                            : 0u };
		set.completed = known && amount >= a->minimum_progress;
		/* What others wrote to a global objective is not unsaid. */
		track_objective_judge(e, activity, 0, &set,
		                      track_own(e, activity, 0) & KNOWN_COMPLETION);
		return;
	}
	if (is_leaf(e, activity)) return;
	bool yes, no;
	if (has_rules(a, ROLLUP_COMPLETED, ROLLUP_INCOMPLETE)) {
		no = rollup_rule_check(e, activity, ROLLUP_INCOMPLETE);
		yes = rollup_rule_check(e, activity, ROLLUP_COMPLETED);
	} else {
		no = default_rule(e, activity, ROLLUP_INCOMPLETE, COND_PROGRESS_KNOWN);
		yes = default_rule(e, activity, ROLLUP_COMPLETED, COND_COMPLETED);
	}
	if (yes || no) track_completion_set(e, activity, true, yes);
}

static void roll_up_one(struct scorm *e, int32_t activity)
{
	if (!e->tree->activity[activity].tracked) return;
	if (e->tree->version == SCORM_1_2) {
		if (!is_leaf(e, activity)) rollup12(e, activity);
		return;
	}
	if (!is_leaf(e, activity)) {
		measure_rollup(e, activity);
		completion_measure_rollup(e, activity);
	}
	objective_rollup(e, activity);
	activity_progress_rollup(e, activity);
}

/* All above the activities whose primary objective reads what was written. */
static bool touch_readers(struct scorm *e)
{
	bool any = false;
	for (uint32_t g = 0; g < e->globals.n; g++) {
		if (e->written[g] != WRITTEN) continue;
		e->written[g] = WRITTEN_AND_FOLLOWED;
		for (uint32_t r = e->reader_at[g]; r < e->reader_at[g + 1]; r++) {
			int32_t up = e->tree->activity[e->reader[r]].parent;
			any |= up >= 0;
			for (; up >= 0 && !e->touched[up];
			     up = e->tree->activity[up].parent)
				e->touched[up] = 1;
		}
	}
	return any;
}

/* Preorder backwards: all below an activity come before it. */
static void roll_up_touched(struct scorm *e)
{
	for (int32_t a = e->tree->n - 1; a >= 0; a--) {
		if (!e->touched[a]) continue;
		e->touched[a] = 0;
		roll_up_one(e, a);
	}
}

/* RB.1.5, together with all above those who read what was written to a global objective (SN
 * 4.6.6); then those who read what these wrote, and so on. Clusters that write in a circle
 * would go on for ever. */
void overall_rollup(struct scorm *e, int32_t activity)
{
	enum { TURNS = 16 };
	if (!e->globals.n) {
		for (; activity >= 0; activity = e->tree->activity[activity].parent)
			roll_up_one(e, activity);
		return;
	}
	for (; activity >= 0; activity = e->tree->activity[activity].parent)
		e->touched[activity] = 1;
	touch_readers(e);
	int turn = 0;
	do roll_up_touched(e);
	while (touch_readers(e) && ++turn < TURNS);
	memset(e->touched, 0, (size_t)e->tree->n);
	memset(e->written, 0, e->globals.n);
}
