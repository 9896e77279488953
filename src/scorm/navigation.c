/* SPDX-License-Identifier: Apache-2.0 */
/* NB.2.1 Navigation Request Process: is the request one that can be made now, and what does
 * it mean for the current activity and for what follows? */
#include "scorm/sequencing.h"

static struct navigated refuse(const char *exception)
{
	return (struct navigated){ .target = -1, .exception = exception };
}

/* The current activity, if it is still active, is left by Exit. */
static struct navigated move(const struct scorm *e, enum sequencing_request then,
                             int32_t target)
{
	int32_t current = e->state->current;
	bool active = current >= 0 && scorm_tracks(e)[current].active;
	return (struct navigated){ .terminate =
		                           active ? TERMINATION_EXIT : TERMINATION_NONE,
		                   .then = then,
		                   .target = target };
}

static struct navigated leave(enum termination_request terminate)
{
	return (struct navigated){ .terminate = terminate,
		                   .then = SEQUENCING_EXIT,
		                   .target = -1 };
}

static struct navigated go_on(const struct scorm *e, bool back)
{
	int32_t current = e->state->current;
	if (current < 0) return refuse("NB.2.1-2");
	if (current == 0) return refuse(back ? "NB.2.1-6" : "NB.2.1-4");
	const struct scorm_activity *parent =
		&e->tree->activity[e->tree->activity[current].parent];
	if (!parent->flow || (back && parent->forward_only))
		return refuse(back ? "NB.2.1-5" : "NB.2.1-4");
	return move(e, back ? SEQUENCING_PREVIOUS : SEQUENCING_CONTINUE, -1);
}

/* Nothing from here to the root forbids to be left by a choice. */
static bool leaves_freely(const struct scorm *e, int32_t current)
{
	for (int32_t a = current; a >= 0; a = e->tree->activity[a].parent)
		if (scorm_tracks(e)[a].active && !e->tree->activity[a].choice_exit)
			return false;
	return true;
}

static struct navigated choose(const struct scorm *e, int32_t target)
{
	if (target < 0 || target >= e->tree->n) return refuse("NB.2.1-11");
	if (target > 0 && !e->tree->activity[e->tree->activity[target].parent].choice)
		return refuse("NB.2.1-10");
	int32_t current = e->state->current;
	if (current < 0) return move(e, SEQUENCING_CHOICE, target);
	bool siblings =
		target > 0 && current > 0 &&
		e->tree->activity[target].parent == e->tree->activity[current].parent;
	if (!siblings && !leaves_freely(e, current)) {
		/* The one that holds its children may not be chosen from among them. */
		int32_t above = common_ancestor(e, current, target);
		if (above == target && target > 0) above = e->tree->activity[target].parent;
		for (int32_t a = current; a != above; a = e->tree->activity[a].parent)
			if (scorm_tracks(e)[a].active && !e->tree->activity[a].choice_exit)
				return refuse("NB.2.1-8");
	} else if (siblings && scorm_tracks(e)[current].active &&
	           !e->tree->activity[current].choice_exit) {
		return refuse("NB.2.1-8");
	}
	return move(e, SEQUENCING_CHOICE, target);
}

static struct navigated jump(const struct scorm *e, int32_t target)
{
	if (e->state->current < 0) return refuse("NB.2.1-2");
	if (target < 0 || target >= e->tree->n || !is_available(e, target))
		return refuse("NB.2.1-11");
	return move(e, SEQUENCING_JUMP, target);
}

struct navigated navigation_request(const struct scorm *e, struct scorm_request r)
{
	const struct scorm_state *s = e->state;
	bool began = s->current >= 0;
	bool active = began && scorm_tracks(e)[s->current].active;
	switch (r.what) {
	case NAV_NONE: break;
	case NAV_START: return began ? refuse("NB.2.1-1") : move(e, SEQUENCING_START, -1);
	case NAV_RESUME_ALL:
		if (began) return refuse("NB.2.1-1");
		if (s->suspended < 0) return refuse("NB.2.1-3");
		return move(e, SEQUENCING_RESUME_ALL, -1);
	case NAV_CONTINUE: return go_on(e, false);
	case NAV_PREVIOUS: return go_on(e, true);
	case NAV_CHOICE: return choose(e, r.target);
	case NAV_JUMP: return jump(e, r.target);
	case NAV_EXIT:
		if (!began) return refuse("NB.2.1-2");
		return active ? leave(TERMINATION_EXIT) : refuse("NB.2.1-12");
	case NAV_EXIT_ALL: return began ? leave(TERMINATION_EXIT_ALL) : refuse("NB.2.1-2");
	case NAV_ABANDON:
		if (!began) return refuse("NB.2.1-2");
		return active ? leave(TERMINATION_ABANDON) : refuse("NB.2.1-12");
	case NAV_ABANDON_ALL:
		return began ? leave(TERMINATION_ABANDON_ALL) : refuse("NB.2.1-2");
	case NAV_SUSPEND_ALL:
		return began ? leave(TERMINATION_SUSPEND_ALL) : refuse("NB.2.1-2");
	}
	return refuse("NB.2.1-13");
}
