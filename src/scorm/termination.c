/* SPDX-License-Identifier: Apache-2.0 */
/* Termination (SN 4.3.2 f.; appendix C, TB): the attempt on the current activity ends, exit
 * and post-condition rules have their say. */
#include "scorm/sequencing.h"

/* TB.2.1 Sequencing Exit Action Rules Subprocess: the first from the root whose exit rule
 * holds takes all below it with it. */
static void exit_action_rules(struct scorm *e)
{
	struct path p = path_up(e, e->state->current, -1);
	for (int i = p.n - 1; i > 0; i--) {
		if (sequencing_rules_check(e, p.at[i], RULES_EXIT, 1u << ACTION_EXIT) < 0)
			continue;
		terminate_descendent_attempts(e, p.at[i]);
		end_attempt(e, p.at[i]);
		e->state->current = p.at[i];
		return;
	}
}

struct post_condition {
	enum sequencing_request then;
	enum { STAYS, EXITS_PARENT, EXITS_ALL } exits;
};

/* TB.2.2 Sequencing Post Condition Rules Subprocess */
static struct post_condition post_condition_rules(const struct scorm *e)
{
	struct post_condition none = { SEQUENCING_NONE, STAYS };
	int32_t current = e->state->current;
	if (scorm_tracks(e)[current].suspended) return none;
	switch (sequencing_rules_check(e, current, RULES_POST, ~0u)) {
	case ACTION_RETRY: return (struct post_condition){ SEQUENCING_RETRY, STAYS };
	case ACTION_CONTINUE: return (struct post_condition){ SEQUENCING_CONTINUE, STAYS };
	case ACTION_PREVIOUS: return (struct post_condition){ SEQUENCING_PREVIOUS, STAYS };
	case ACTION_EXIT_PARENT:
		return (struct post_condition){ SEQUENCING_NONE, EXITS_PARENT };
	case ACTION_EXIT_ALL: return (struct post_condition){ SEQUENCING_NONE, EXITS_ALL };
	case ACTION_RETRY_ALL:
		return (struct post_condition){ SEQUENCING_RETRY, EXITS_ALL };
	default: return none;
	}
}

static struct terminated exit_all(struct scorm *e, enum sequencing_request then)
{
	if (scorm_tracks(e)[e->state->current].active) end_attempt(e, e->state->current);
	terminate_descendent_attempts(e, 0);
	if (e->state->current != 0 || scorm_tracks(e)[0].active) end_attempt(e, 0);
	e->state->current = 0;
	return (struct terminated){ then ? then : SEQUENCING_EXIT, NULL };
}

static struct terminated exit_current(struct scorm *e)
{
	end_attempt(e, e->state->current);
	exit_action_rules(e);
	for (;;) {
		struct post_condition post = post_condition_rules(e);
		int32_t parent = e->tree->activity[e->state->current].parent;
		if (post.exits == EXITS_ALL) return exit_all(e, post.then);
		if (post.exits == STAYS) {
			if (parent < 0 && post.then != SEQUENCING_RETRY)
				post.then = SEQUENCING_EXIT;
			return (struct terminated){ post.then, NULL };
		}
		if (parent < 0) return (struct terminated){ SEQUENCING_NONE, "TB.2.3-4" };
		e->state->current = parent;
		end_attempt(e, parent);
	}
}

static struct terminated suspend_all(struct scorm *e)
{
	int32_t current = e->state->current;
	const struct scorm_track *t = &scorm_tracks(e)[current];
	if (t->active || t->suspended) {
		overall_rollup(e, current);
		e->state->suspended = current;
	} else {
		if (current == 0) return (struct terminated){ SEQUENCING_NONE, "TB.2.3-3" };
		e->state->suspended = e->tree->activity[current].parent;
	}
	for (int32_t a = e->state->suspended; a >= 0; a = e->tree->activity[a].parent) {
		scorm_tracks(e)[a].active = false;
		scorm_tracks(e)[a].suspended = true;
	}
	e->state->current = 0;
	return (struct terminated){ SEQUENCING_EXIT, NULL };
}

/* What content reported in an attempt that is abandoned does not count, nor what came of it
 * above. */
static void forget_attempt(struct scorm *e, int32_t activity)
{
	struct scorm_objective_track nothing = { 0 };
	for (uint32_t i = 0; i < e->tree->activity[activity].n_objectives; i++)
		track_objective_set(e, activity, i, &nothing, track_own(e, activity, i));
	track_reported_set(e, activity, false, false);
	overall_rollup(e, activity);
}

static void abandon_all(struct scorm *e, int32_t current)
{
	bool runs = scorm_tracks(e)[current].active;
	for (int32_t a = current; a >= 0; a = e->tree->activity[a].parent)
		scorm_tracks(e)[a].active = false;
	if (runs) forget_attempt(e, current);
}

struct terminated termination_request(struct scorm *e, enum termination_request r)
{
	int32_t current = e->state->current;
	if (current < 0) return (struct terminated){ SEQUENCING_NONE, "TB.2.3-1" };
	if ((r == TERMINATION_EXIT || r == TERMINATION_ABANDON) &&
	    !scorm_tracks(e)[current].active)
		return (struct terminated){ SEQUENCING_NONE, "TB.2.3-2" };
	switch (r) {
	case TERMINATION_NONE: return (struct terminated){ SEQUENCING_NONE, NULL };
	case TERMINATION_EXIT: return exit_current(e);
	case TERMINATION_EXIT_ALL: return exit_all(e, SEQUENCING_NONE);
	case TERMINATION_SUSPEND_ALL: return suspend_all(e);
	case TERMINATION_ABANDON:
		scorm_tracks(e)[current].active = false;
		forget_attempt(e, current);
		return (struct terminated){ SEQUENCING_NONE, NULL };
	case TERMINATION_ABANDON_ALL:
		abandon_all(e, current);
		e->state->current = 0;
		return (struct terminated){ SEQUENCING_EXIT, NULL };
	}
	return (struct terminated){ SEQUENCING_NONE, "TB.2.3-7" };
}
