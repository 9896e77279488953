/* SPDX-License-Identifier: Apache-2.0 */
/* What the learner may press, exactly. All requests that move on from here begin alike: the
 * SCO's data is transferred and the current attempt ends by Exit. That is done once, on a
 * copy; what follows (sequencing, delivery check) only reads, so each control and each
 * target of a choice is asked on that one copy, pre-conditions being worked out once an
 * activity. */
#include "scorm/rte.h"
#include "scorm/sequencing.h"

/* The copy, and what its termination came to. */
struct ahead {
	const char *exception;
	enum sequencing_request then; /* a post-condition's word, over every other */
	int32_t answer;               /* to that word: −1 not asked yet, else 0 or 1 */
	int32_t deliver;              /* what the last request that can be delivers */
};

static bool can(const struct scorm *e, struct ahead *x, struct navigated n)
{
	if (n.exception) return false;
	if (x->exception) return false;
	struct sequenced s;
	if (x->then) {
		n.then = x->then;
		if (x->answer >= 0) return x->answer;
	}
	bool valid = !look_ahead(e, n, &s);
	if (x->then) x->answer = valid;
	x->deliver = valid && !s.end_session ? s.deliver : -1;
	return valid;
}

static void memo_begin(struct scorm *e)
{
	e->memo = e->memo_room;
	memset(e->memo->pre, 0, (size_t)e->tree->n);
	memset(e->memo->flow, 0, (size_t)e->tree->n * sizeof *e->memo->flow);
	e->memo->stop_from = -1;
	e->memo->way = NULL;
}

/* What lies above an activity stands before it. */
static void list_ways(struct scorm *e)
{
	uint8_t *way = e->way_room;
	for (int32_t i = 0; i < e->tree->n; i++) {
		int32_t parent = e->tree->activity[i].parent;
		uint8_t is = parent >= 0 ? way[parent] : 0;
		if (!(is & WAY_BARRED) && choice_hidden(e, i)) is |= WAY_BARRED;
		if (!(is & WAY_CLOSED) && check_activity(e, i)) is |= WAY_CLOSED;
		way[i] = is;
	}
	e->memo->way = way;
}

/* In the table of contents: available, visible, and nothing above it hidden from choice. */
static void list_shown(struct scorm *e)
{
	for (int32_t i = 0; i < e->tree->n; i++) {
		const struct scorm_activity *a = &e->tree->activity[i];
		bool there = a->parent < 0 || e->shown[a->parent];
		if (a->parent >= 0 && scorm_tracks(e)[i].place < 0) there = false;
		e->shown[i] = there && !pre_condition(e, i, ACTION_HIDDEN_FROM_CHOICE);
	}
	for (int32_t i = 0; i < e->tree->n; i++)
		e->shown[i] = e->shown[i] && e->tree->activity[i].visible;
}

/* NB.2.1 as things are, before the current attempt ends. Choice is left as flags for the
 * second look. */
struct asked {
	struct navigated next, previous, exit, start, resume;
};

static struct asked ask(struct scorm *e)
{
	struct asked q = {
		.next = navigation_request(e, (struct scorm_request){ NAV_CONTINUE, -1 }),
		.previous =
			navigation_request(e, (struct scorm_request){ NAV_PREVIOUS, -1 }),
		.exit = navigation_request(e, (struct scorm_request){ NAV_EXIT, -1 }),
		.start = navigation_request(e, (struct scorm_request){ NAV_START, -1 }),
		.resume =
			navigation_request(e, (struct scorm_request){ NAV_RESUME_ALL, -1 }),
	};
	for (int32_t i = 0; i < e->tree->n; i++) {
		struct scorm_request choice = { NAV_CHOICE, i };
		e->choice[i] = !navigation_request(e, choice).exception;
	}
	return q;
}

/* The current attempt ends by Exit; from here on nothing changes any more. */
static struct ahead leave_current(struct scorm *e)
{
	struct ahead x = { .answer = -1, .deliver = -1 };
	int32_t current = e->state->current;
	if (current >= 0 && scorm_tracks(e)[current].active) {
		struct terminated ended = termination_request(e, TERMINATION_EXIT);
		x.exception = ended.exception;
		x.then = ended.then;
	}
	memo_begin(e);
	list_ways(e);
	return x;
}

/* A post-condition that overrides the request delivers something whatever was chosen: what
 * is hidden or disabled, or a cluster that leads nowhere, is no choice for that. */
static bool is_open(const struct scorm *e, int32_t i)
{
	return !e->memo->way[i] &&
	       (is_leaf(e, i) || flow_subprocess(e, i, FORWARD, true).deliverable);
}

static void look(struct scorm *e, struct scorm_validity *v)
{
	const struct scorm_state *s = e->state;
	bool began = s->current >= 0;
	const struct scorm_track *t = began ? &scorm_tracks(e)[s->current] : NULL;
	v->exit_all = v->abandon_all = began;
	v->abandon = began && t->active;
	v->suspend_all = began && (s->current > 0 || t->active || t->suspended);
	struct asked q = ask(e);
	struct ahead x = leave_current(e);
	v->next = can(e, &x, q.next);
	v->after = v->next ? x.deliver : -1;
	v->previous = can(e, &x, q.previous);
	v->exit = can(e, &x, q.exit);
	v->start = can(e, &x, q.start);
	v->resume_all = can(e, &x, q.resume);
	/* Backwards, so that flow forward finds what is already known. */
	for (int32_t i = e->tree->n - 1; i >= 0; i--) {
		struct navigated n = { .then = SEQUENCING_CHOICE, .target = i };
		if (x.then && !is_open(e, i)) e->choice[i] = 0;
		e->choice[i] = e->choice[i] && can(e, &x, n);
	}
}

static void dry_begin(struct scorm *e)
{
	state_copy(e->after, e->live);
	e->state = e->after;
	e->dry = true;
	rte_look_ahead(e);
}

static void dry_end(struct scorm *e)
{
	e->memo = NULL;
	e->state = e->live;
	e->dry = false;
}

const struct scorm_validity *scorm_validity_of(struct scorm *e)
{
	if (e->validity_version == e->version) return &e->validity;
	struct scorm_validity v = { .choice = e->choice, .shown = e->shown, .after = -1 };
	int32_t current = e->live->current;
	if (current >= 0) v.hidden = e->tree->activity[current].hide;
	memo_begin(e);
	list_shown(e);
	e->memo = NULL;
	dry_begin(e);
	look(e, &v);
	dry_end(e);
	e->validity = v;
	e->validity_version = e->version;
	return &e->validity;
}

const uint8_t *jumps_of(struct scorm *e)
{
	if (e->jump_version == e->version) return e->jump;
	dry_begin(e);
	for (int32_t i = 0; i < e->tree->n; i++) {
		struct scorm_request jump = { NAV_JUMP, i };
		e->jump[i] = !navigation_request(e, jump).exception;
	}
	struct ahead x = leave_current(e);
	for (int32_t i = 0; i < e->tree->n; i++) {
		struct navigated n = { .then = SEQUENCING_JUMP, .target = i };
		if (x.then && delivery_request(e, i)) e->jump[i] = 0;
		e->jump[i] = e->jump[i] && can(e, &x, n);
	}
	dry_end(e);
	e->jump_version = e->version;
	return e->jump;
}
