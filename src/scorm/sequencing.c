/* SPDX-License-Identifier: Apache-2.0 */
/* The sequencing requests but Choice (SN appendix C, SB): they only read the state and say
 * what is to be delivered. The book's recursions are loops here; each turn moves on in the
 * tree, and a bound on the turns ends what an odd tree could make endless. */
#include "scorm/sequencing.h"

/* ---- flow ---- */

struct step {
	int32_t activity; /* −1: none */
	enum direction direction;
	bool end_session;
	const char *exception;
};

static struct step no_step(bool end_session, const char *exception)
{
	return (struct step){ .activity = -1,
		              .direction = NOWHERE,
		              .end_session = end_session,
		              .exception = exception };
}

/* SB.2.1 Flow Tree Traversal Subprocess */
static struct step flow_tree_traversal(const struct scorm *e, int32_t a, enum direction d,
                                       enum direction previous, bool consider_children)
{
	bool reversed = false;
	int32_t parent = e->tree->activity[a].parent;
	if (previous == BACKWARD && parent >= 0 && available_next(e, a) < 0) {
		d = BACKWARD;
		a = available_first(e, parent);
		if (a < 0) return no_step(false, "SB.2.1-2");
		reversed = true;
	}
	bool into = !is_leaf(e, a) && consider_children;
	if (d == FORWARD) {
		if (a == 0 && !consider_children) return no_step(true, NULL);
		if (into) {
			int32_t first = available_first(e, a);
			if (first < 0) return no_step(false, "SB.2.1-2");
			return (struct step){ .activity = first, .direction = FORWARD };
		}
		for (; a > 0; a = e->tree->activity[a].parent) {
			int32_t next = available_next(e, a);
			if (next >= 0)
				return (struct step){ .activity = next,
					              .direction = FORWARD };
		}
		return no_step(true, NULL); /* 3.1: walked off the tree */
	}
	if (a == 0) return no_step(false, "SB.2.1-3");
	if (into) {
		const struct scorm_activity *cluster = &e->tree->activity[a];
		int32_t child = cluster->forward_only ? available_first(e, a)
		                                      : available_last(e, a);
		if (child < 0) return no_step(false, "SB.2.1-2");
		return (struct step){ .activity = child,
			              .direction =
			                      cluster->forward_only ? FORWARD : BACKWARD };
	}
	for (; a > 0; a = e->tree->activity[a].parent, reversed = false) {
		if (!reversed &&
		    e->tree->activity[e->tree->activity[a].parent].forward_only)
			return no_step(false, "SB.2.1-4");
		int32_t before = available_previous(e, a);
		if (before >= 0)
			return (struct step){ .activity = before, .direction = BACKWARD };
	}
	return no_step(false, "SB.2.1-3");
}

/* In look-ahead: what is known already of flow forward from here. */
static struct scorm_flowed *flow_memo(const struct scorm *e, int32_t a, enum direction d,
                                      enum direction previous)
{
	return e->memo && d == FORWARD && previous == NOWHERE ? &e->memo->flow[a] : NULL;
}

/* SB.2.2 Flow Activity Traversal Subprocess: from an activity on to one that can be
 * delivered. */
static struct scorm_flowed flow_on(const struct scorm *e, int32_t a, enum direction d)
{
	enum direction previous = NOWHERE;
	for (int32_t turns = 4 * e->tree->n + 4; turns; turns--) {
		int32_t parent = e->tree->activity[a].parent;
		struct step s;
		const struct scorm_flowed *before = flow_memo(e, a, d, previous);
		if (before && before->known) return *before;
		if (parent >= 0 && !e->tree->activity[parent].flow)
			return (struct scorm_flowed){ .activity = a,
				                      .exception = "SB.2.2-1" };
		if (is_heading(e, a) || pre_condition(e, a, ACTION_SKIP)) {
			s = flow_tree_traversal(e, a, d, previous, false);
			if (s.activity >= 0 && previous == BACKWARD &&
			    s.direction == BACKWARD) {
				d = BACKWARD;
				previous = NOWHERE;
			}
		} else if (check_activity(e, a)) {
			return (struct scorm_flowed){ .activity = a,
				                      .exception = "SB.2.2-2" };
		} else if (!is_leaf(e, a)) {
			s = flow_tree_traversal(e, a, d, NOWHERE, true);
			previous = NOWHERE;
			if (s.activity >= 0 && d == BACKWARD && s.direction == FORWARD) {
				d = FORWARD;
				previous = BACKWARD;
			}
		} else {
			return (struct scorm_flowed){ .activity = a, .deliverable = true };
		}
		if (s.activity < 0)
			return (struct scorm_flowed){ .activity = a,
				                      .end_session = s.end_session,
				                      .exception = s.exception };
		a = s.activity;
	}
	return (struct scorm_flowed){ .activity = a, .exception = "SB.2.2-2" };
}

static struct scorm_flowed flow_activity_traversal(const struct scorm *e, int32_t a,
                                                   enum direction d)
{
	struct scorm_flowed f = flow_on(e, a, d);
	struct scorm_flowed *memo = flow_memo(e, a, d, NOWHERE);
	if (memo) {
		*memo = f;
		memo->known = true;
	}
	return f;
}

struct scorm_flowed flow_subprocess(const struct scorm *e, int32_t from, enum direction d,
                                    bool consider_children)
{
	struct step s = flow_tree_traversal(e, from, d, NOWHERE, consider_children);
	if (s.activity < 0)
		return (struct scorm_flowed){ .activity = from,
			                      .end_session = s.end_session,
			                      .exception = s.exception };
	return flow_activity_traversal(e, s.activity, d);
}

/* ---- requests ---- */

static struct sequenced refuse(const char *exception)
{
	return (struct sequenced){ .deliver = -1,
		                   .exception = exception,
		                   .failed_ancestor = -1 };
}

static struct sequenced deliver(int32_t activity)
{
	return (struct sequenced){ .deliver = activity, .failed_ancestor = -1 };
}

static struct sequenced end_of_session(void)
{
	return (struct sequenced){ .deliver = -1,
		                   .end_session = true,
		                   .failed_ancestor = -1 };
}

static struct sequenced of_flow(struct scorm_flowed f)
{
	if (f.deliverable) return deliver(f.activity);
	if (f.end_session) return end_of_session();
	return refuse(f.exception);
}

static struct sequenced start_request(const struct scorm *e) /* SB.2.5 */
{
	if (e->state->current >= 0) return refuse("SB.2.5-1");
	if (is_leaf(e, 0)) return deliver(0);
	return of_flow(flow_subprocess(e, 0, FORWARD, true));
}

static struct sequenced resume_all_request(const struct scorm *e) /* SB.2.6 */
{
	if (e->state->current >= 0) return refuse("SB.2.6-1");
	if (e->state->suspended < 0) return refuse("SB.2.6-2");
	return deliver(e->state->suspended);
}

static struct sequenced continue_request(const struct scorm *e) /* SB.2.7 */
{
	int32_t current = e->state->current;
	if (current < 0) return refuse("SB.2.7-1");
	if (current > 0 && !e->tree->activity[e->tree->activity[current].parent].flow)
		return refuse("SB.2.7-2");
	return of_flow(flow_subprocess(e, current, FORWARD, false));
}

static struct sequenced previous_request(const struct scorm *e) /* SB.2.8 */
{
	int32_t current = e->state->current;
	if (current < 0) return refuse("SB.2.8-1");
	if (current > 0 && !e->tree->activity[e->tree->activity[current].parent].flow)
		return refuse("SB.2.8-2");
	return of_flow(flow_subprocess(e, current, BACKWARD, false));
}

static struct sequenced retry_request(const struct scorm *e) /* SB.2.10 */
{
	int32_t current = e->state->current;
	if (current < 0) return refuse("SB.2.10-1");
	const struct scorm_track *t = &scorm_tracks(e)[current];
	if (t->active || t->suspended) return refuse("SB.2.10-2");
	if (is_leaf(e, current)) return deliver(current);
	struct scorm_flowed f = flow_subprocess(e, current, FORWARD, true);
	return f.deliverable ? deliver(f.activity) : refuse("SB.2.10-3");
}

static struct sequenced exit_request(const struct scorm *e) /* SB.2.11 */
{
	int32_t current = e->state->current;
	if (current < 0) return refuse("SB.2.11-1");
	if (scorm_tracks(e)[current].active) return refuse("SB.2.11-2");
	return current == 0 ? end_of_session() : refuse(NULL);
}

static struct sequenced jump_request(const struct scorm *e, int32_t target) /* SB.2.13 */
{
	if (e->state->current < 0) return refuse("SB.2.13-1");
	return deliver(target);
}

struct sequenced sequencing_request(const struct scorm *e, enum sequencing_request r,
                                    int32_t target)
{
	switch (r) {
	case SEQUENCING_NONE: return refuse(NULL);
	case SEQUENCING_START: return start_request(e);
	case SEQUENCING_RESUME_ALL: return resume_all_request(e);
	case SEQUENCING_EXIT: return exit_request(e);
	case SEQUENCING_RETRY: return retry_request(e);
	case SEQUENCING_CONTINUE: return continue_request(e);
	case SEQUENCING_PREVIOUS: return previous_request(e);
	case SEQUENCING_CHOICE: return choice_request(e, target);
	case SEQUENCING_JUMP: return jump_request(e, target);
	}
	return refuse("SB.2.12-1");
}
