/* SPDX-License-Identifier: Apache-2.0 */
/* SB.2.9 Choice Sequencing Request Process with its subprocesses: may the learner go from
 * here to that activity, and what is delivered then? */
#include "scorm/sequencing.h"

static struct sequenced refuse(const char *exception)
{
	return (struct sequenced){ .deliver = -1,
		                   .exception = exception,
		                   .failed_ancestor = -1 };
}

/* SB.2.4 Choice Activity Traversal Subprocess; NULL: fine. */
static const char *choice_activity_traversal(const struct scorm *e, int32_t a,
                                             enum direction d)
{
	int32_t parent = e->tree->activity[a].parent;
	if (d == FORWARD)
		return pre_condition(e, a, ACTION_STOP_FORWARD_TRAVERSAL) ? "SB.2.4-1"
		                                                          : NULL;
	if (parent < 0) return "SB.2.4-3";
	return e->tree->activity[parent].forward_only ? "SB.2.4-2" : NULL;
}

/* SB.2.9.1 with SB.2.9.2: the neighbour of the constrained activity, or itself. */
static int32_t choice_flow(const struct scorm *e, int32_t constrained, enum direction d)
{
	for (int32_t a = constrained; a > 0; a = e->tree->activity[a].parent) {
		int32_t next =
			d == FORWARD ? available_next(e, a) : available_previous(e, a);
		if (next >= 0) return next;
	}
	return constrained;
}

const char *choice_hidden(const struct scorm *e, int32_t a)
{
	if (a && scorm_tracks(e)[a].place < 0) return "SB.2.9-2";
	return pre_condition(e, a, ACTION_HIDDEN_FROM_CHOICE) ? "SB.2.9-3" : NULL;
}

/* Steps 2 and 3: hidden or not available anywhere on the way from the root. The way is gone
 * upwards, which needs no list of it; what is found last is what the book finds first. */
static const char *not_there(const struct scorm *e, int32_t target)
{
	const char *no = NULL;
	if (e->memo && e->memo->way && !(e->memo->way[target] & WAY_BARRED)) return NULL;
	for (int32_t a = target; a >= 0; a = e->tree->activity[a].parent) {
		const char *hidden = choice_hidden(e, a);
		if (hidden) no = hidden;
	}
	return no;
}

/* The first sibling from this one on that stops forward traversal; −1: none. */
static int32_t first_stop(const struct scorm *e, int32_t from)
{
	if (e->memo && e->memo->stop_from == from) return e->memo->stop_at;
	int32_t at = from;
	while (at >= 0 && !choice_activity_traversal(e, at, FORWARD))
		at = available_next(e, at);
	if (e->memo) {
		e->memo->stop_from = from;
		e->memo->stop_at = at;
	}
	return at;
}

/* Step 8: sibling to sibling, over all in between. */
static const char *among_siblings(const struct scorm *e, int32_t current, int32_t target)
{
	const struct scorm_track *tracks = scorm_tracks(e);
	if (tracks[current].place < 0) return "SB.2.9-5";
	if (tracks[target].place < tracks[current].place)
		return choice_activity_traversal(e, current, BACKWARD);
	int32_t stop = first_stop(e, current);
	return stop >= 0 && tracks[stop].place < tracks[target].place ? "SB.2.4-1" : NULL;
}

/* From the common ancestor down to the target, which is left out (steps 9 and 11.6 to
 * 11.9); gone upwards, as in not_there. */
static const char *down_to(const struct scorm *e, int32_t ancestor, int32_t target,
                           bool forward)
{
	const char *no = NULL;
	int32_t a = target;
	if (target == ancestor) return "SB.2.9-5";
	do {
		a = e->tree->activity[a].parent;
		const char *stops =
			forward ? choice_activity_traversal(e, a, FORWARD) : NULL;
		if (stops)
			no = stops;
		else if (a != ancestor && !scorm_tracks(e)[a].active &&
		         e->tree->activity[a].prevent_activation)
			no = "SB.2.9-6";
	} while (a != ancestor);
	return no;
}

/* The child of the ancestor on whose branch the activity lies. */
static int32_t branch_of(const struct scorm *e, int32_t activity, int32_t ancestor)
{
	while (e->tree->activity[activity].parent != ancestor)
		activity = e->tree->activity[activity].parent;
	return activity;
}

/* Is the target after the activity in a walk of the available tree? Both are in it. */
static bool is_forward(const struct scorm *e, int32_t target, int32_t from)
{
	if (is_within(e, target, from)) return true;
	if (is_within(e, from, target)) return false;
	int32_t above = common_ancestor(e, from, target);
	const struct scorm_track *tracks = scorm_tracks(e);
	return tracks[branch_of(e, target, above)].place >
	       tracks[branch_of(e, from, above)].place;
}

/* Step 10 and step 11 up to 11.5: leaving the current branch, by choiceExit and constrained
 * choice. Both speak of what is below an activity, so the current one has no say. */
static const char *leave_branch(const struct scorm *e, int32_t ancestor, int32_t target)
{
	int32_t constrained = -1, inside = e->tree->activity[e->state->current].parent;
	for (int32_t i = inside; i != ancestor; i = e->tree->activity[i].parent) {
		const struct scorm_activity *a = &e->tree->activity[i];
		if (!a->choice_exit) return "SB.2.9-7";
		if (constrained < 0 && a->constrain_choice) constrained = i;
	}
	if (constrained < 0 || target == ancestor) return NULL;
	enum direction d = is_forward(e, target, constrained) ? FORWARD : BACKWARD;
	int32_t consider = choice_flow(e, constrained, d);
	if (!is_within(e, target, consider) && target != constrained) return "SB.2.9-8";
	return NULL;
}

/* Steps 7 to 11; NULL: the target can be reached. */
static const char *unreachable(const struct scorm *e, int32_t ancestor, int32_t target)
{
	int32_t current = e->state->current;
	if (current == target) return NULL;
	if (current > 0 && target > 0 &&
	    e->tree->activity[current].parent == e->tree->activity[target].parent)
		return among_siblings(e, current, target);
	if (current < 0 || current == ancestor)
		return target == ancestor ? NULL : down_to(e, ancestor, target, true);
	const char *no = leave_branch(e, ancestor, target);
	if (no || target == ancestor) return no;
	return down_to(e, ancestor, target, is_forward(e, target, current));
}

struct sequenced choice_request(const struct scorm *e, int32_t target)
{
	if (target < 0 || target >= e->tree->n) return refuse("SB.2.9-1");
	const char *no = not_there(e, target);
	if (no) return refuse(no);
	if (target > 0 && !e->tree->activity[e->tree->activity[target].parent].choice)
		return refuse("SB.2.9-4");
	int32_t current = e->state->current;
	int32_t ancestor = current >= 0 ? common_ancestor(e, current, target) : 0;
	if ((no = unreachable(e, ancestor, target))) return refuse(no);
	if (is_leaf(e, target))
		return (struct sequenced){ .deliver = target, .failed_ancestor = -1 };
	struct scorm_flowed f = flow_subprocess(e, target, FORWARD, true);
	if (f.deliverable)
		return (struct sequenced){ .deliver = f.activity, .failed_ancestor = -1 };
	return (struct sequenced){ .deliver = -1,
		                   .exception = "SB.2.9-9",
		                   .failed_ancestor = ancestor };
}
