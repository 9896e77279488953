/* SPDX-License-Identifier: Apache-2.0 */
#include "support/book.h"

#define NONE (-1)

struct traversal { /* what SB.2.1 gives */
	int32_t next;
	enum direction direction;
	bool end_session;
	const char *exception;
};
struct flow { /* what SB.2.2 and SB.2.3 give */
	bool deliverable;
	int32_t next;
	bool end_session;
	const char *exception;
};

/* A reader: the engine, and how deep the recursion may still go. */
struct book {
	const struct scorm *e;
	const struct scorm_activity *a;
	int left;
};

static int32_t parent_of(const struct book *b, int32_t x)
{
	return b->a[x].parent;
}

static bool rule(const struct book *b, int32_t x, enum scorm_action action)
{
	return sequencing_rules_check(b->e, x, RULES_PRE, 1u << action) >= 0;
}

/* UP.5; SCORM 1.2 has prerequisites in its place. */
static bool cannot_be_delivered(const struct book *b, int32_t x)
{
	if (!prerequisites_met(b->e, x)) return true;
	if (rule(b, x, ACTION_DISABLED)) return true;
	return limit_conditions_check(b->e, x);
}

static struct traversal stop(bool end_session, const char *exception)
{
	return (struct traversal){ NONE, NOWHERE, end_session, exception };
}

/* The last of its parent's available children. The book does not say what follows one that
 * is not among them, where a Jump or a Choice can lead: nothing does. */
static bool ends_its_list(const struct book *b, int32_t x)
{
	return available_next(b->e, x) < 0;
}

/* The last activity in a forward preorder traversal of the tree: the last child of the last
 * child … of the root. A cluster with none available is not walked past but into. */
static bool is_last(const struct book *b, int32_t x)
{
	if (!is_leaf(b->e, x)) return false;
	for (; x > 0; x = parent_of(b, x))
		if (!ends_its_list(b, x)) return false;
	return true;
}

/* SB.2.1 */
static struct traversal flow_tree(struct book *b, int32_t x, enum direction d,
                                  enum direction previous, bool consider_children)
{
	const struct scorm *e = b->e;
	if (b->left-- <= 0) return stop(false, "endless");
	bool reversed = false;
	if (previous == BACKWARD && x > 0 && ends_its_list(b, x)) {
		d = BACKWARD;
		x = available_first(e, parent_of(b, x));
		reversed = true;
	}
	if (d == FORWARD) {
		if (is_last(b, x) || (x == 0 && !consider_children))
			return stop(true, NULL);
		if (is_leaf(e, x) || !consider_children) {
			if (ends_its_list(b, x))
				return flow_tree(b, parent_of(b, x), FORWARD, NOWHERE,
				                 false);
			return (struct traversal){ available_next(e, x), FORWARD, false,
				                   NULL };
		}
		if (available_first(e, x) < 0) return stop(false, "SB.2.1-2");
		return (struct traversal){ available_first(e, x), FORWARD, false, NULL };
	}
	if (x == 0) return stop(false, "SB.2.1-3");
	if (is_leaf(e, x) || !consider_children) {
		if (!reversed && b->a[parent_of(b, x)].forward_only)
			return stop(false, "SB.2.1-4");
		if (available_previous(e, x) < 0)
			return flow_tree(b, parent_of(b, x), BACKWARD, NOWHERE, false);
		return (struct traversal){ available_previous(e, x), BACKWARD, false,
			                   NULL };
	}
	if (available_first(e, x) < 0) return stop(false, "SB.2.1-2");
	if (b->a[x].forward_only)
		return (struct traversal){ available_first(e, x), FORWARD, false, NULL };
	return (struct traversal){ available_last(e, x), BACKWARD, false, NULL };
}

/* SB.2.2 */
static struct flow flow_activity(struct book *b, int32_t x, enum direction d,
                                 enum direction previous)
{
	struct traversal t;
	if (x > 0 && !b->a[parent_of(b, x)].flow)
		return (struct flow){ false, x, false, "SB.2.2-1" };
	if (is_heading(b->e, x) || rule(b, x, ACTION_SKIP)) {
		t = flow_tree(b, x, d, previous, false);
		if (t.next < 0)
			return (struct flow){ false, x, t.end_session, t.exception };
		if (previous == BACKWARD && t.direction == BACKWARD)
			return flow_activity(b, t.next, BACKWARD, NOWHERE);
		return flow_activity(b, t.next, d, previous);
	}
	if (cannot_be_delivered(b, x)) return (struct flow){ false, x, false, "SB.2.2-2" };
	if (is_leaf(b->e, x)) return (struct flow){ true, x, false, NULL };
	t = flow_tree(b, x, d, NOWHERE, true);
	if (t.next < 0) return (struct flow){ false, x, t.end_session, t.exception };
	if (d == BACKWARD && t.direction == FORWARD)
		return flow_activity(b, t.next, FORWARD, BACKWARD);
	return flow_activity(b, t.next, d, NOWHERE);
}

/* SB.2.3 */
static struct flow flow(struct book *b, int32_t x, enum direction d, bool consider_children)
{
	struct traversal t = flow_tree(b, x, d, NOWHERE, consider_children);
	if (t.next < 0) return (struct flow){ false, x, t.end_session, t.exception };
	return flow_activity(b, t.next, d, NOWHERE);
}

/* ---- choice ---- */

/* SB.2.4 */
static const char *choice_activity(const struct book *b, int32_t x, enum direction d)
{
	if (d == FORWARD) {
		if (rule(b, x, ACTION_STOP_FORWARD_TRAVERSAL)) return "SB.2.4-1";
		return NULL;
	}
	if (x == 0) return "SB.2.4-3";
	return b->a[parent_of(b, x)].forward_only ? "SB.2.4-2" : NULL;
}

/* SB.2.9.2 */
static int32_t choice_flow_tree(const struct book *b, int32_t x, enum direction d)
{
	int32_t parent = parent_of(b, x);
	if (x == 0 || (d == FORWARD && is_last(b, x))) return NONE;
	int32_t edge =
		d == FORWARD ? available_last(b->e, parent) : available_first(b->e, parent);
	if (edge == x) return choice_flow_tree(b, parent, d);
	return d == FORWARD ? available_next(b->e, x) : available_previous(b->e, x);
}

/* SB.2.9.1 */
static int32_t choice_flow(const struct book *b, int32_t x, enum direction d)
{
	int32_t found = choice_flow_tree(b, x, d);
	return found < 0 ? x : found;
}

/* Places in a preorder walk of the available tree; 0: not met. */
static int walk(const struct book *b, int32_t x, int32_t wanted, int *n)
{
	++*n;
	if (x == wanted) return *n;
	for (int32_t c = available_first(b->e, x); c >= 0; c = available_next(b->e, c)) {
		int at = walk(b, c, wanted, n);
		if (at) return at;
	}
	return 0;
}

static bool is_after(const struct book *b, int32_t x, int32_t from)
{
	int n = 0, m = 0;
	return walk(b, 0, x, &n) > walk(b, 0, from, &m);
}

static bool is_descendant(const struct book *b, int32_t x, int32_t of)
{
	for (x = x ? parent_of(b, x) : NONE; x >= 0; x = x ? parent_of(b, x) : NONE)
		if (x == of) return true;
	return false;
}

static int32_t ancestor_of_both(const struct book *b, int32_t x, int32_t y)
{
	while (x != y && !is_descendant(b, y, x)) x = parent_of(b, x);
	return x;
}

/* Steps 2 to 4. */
static const char *choice_is_hidden(const struct book *b, int32_t target)
{
	int32_t path[SCORM_DEPTH];
	int n = 0;
	for (int32_t x = target; n < SCORM_DEPTH; x = parent_of(b, x)) {
		path[n++] = x;
		if (x == 0) break;
	}
	while (n--) {
		if (path[n] && !is_available(b->e, path[n])) return "SB.2.9-2";
		if (rule(b, path[n], ACTION_HIDDEN_FROM_CHOICE)) return "SB.2.9-3";
	}
	if (target && !b->a[parent_of(b, target)].choice) return "SB.2.9-4";
	return NULL;
}

/* Step 8 */
static const char *choice_of_sibling(const struct book *b, int32_t current, int32_t target)
{
	enum direction d = is_after(b, target, current) ? FORWARD : BACKWARD;
	for (int32_t x = current; x != target;
	     x = d == FORWARD ? available_next(b->e, x) : available_previous(b->e, x)) {
		if (x < 0) return "SB.2.9-5";
		const char *no = choice_activity(b, x, d);
		if (no) return no;
	}
	return NULL;
}

/* Steps 9.3, 11.8 and 11.9: from the ancestor down, the target left out. */
static const char *choice_into(const struct book *b, int32_t ancestor, int32_t target,
                               bool forward)
{
	int32_t path[SCORM_DEPTH];
	int n = 0;
	for (int32_t x = target; x != ancestor && n < SCORM_DEPTH;) {
		x = parent_of(b, x);
		path[n++] = x;
	}
	if (!n) return "SB.2.9-5";
	while (n--) {
		int32_t x = path[n];
		const char *no = forward ? choice_activity(b, x, FORWARD) : NULL;
		if (no) return no;
		if (!scorm_tracks(b->e)[x].active && x != ancestor &&
		    b->a[x].prevent_activation)
			return "SB.2.9-6";
	}
	return NULL;
}

/* Step 10 and steps 11.1 to 11.5 */
static const char *choice_out_of(const struct book *b, int32_t current, int32_t ancestor,
                                 int32_t target)
{
	int32_t constrained = NONE;
	for (int32_t x = parent_of(b, current); x != ancestor; x = parent_of(b, x)) {
		if (!b->a[x].choice_exit) return "SB.2.9-7";
		if (constrained < 0 && b->a[x].constrain_choice) constrained = x;
	}
	if (constrained < 0 || target == ancestor) return NULL;
	enum direction d = is_after(b, target, constrained) ? FORWARD : BACKWARD;
	int32_t consider = choice_flow(b, constrained, d);
	if (!is_descendant(b, target, consider) && target != consider &&
	    target != constrained)
		return "SB.2.9-8";
	return NULL;
}

/* Steps 7 to 11 */
static const char *choice_is_barred(const struct book *b, int32_t target)
{
	int32_t current = b->e->state->current;
	if (current == target) return NULL;
	if (current > 0 && target > 0 && parent_of(b, current) == parent_of(b, target))
		return choice_of_sibling(b, current, target);
	int32_t ancestor = current < 0 ? 0 : ancestor_of_both(b, current, target);
	if (current < 0 && target == 0) return NULL;
	if (current < 0 || current == ancestor)
		return choice_into(b, ancestor, target, true);
	const char *no = choice_out_of(b, current, ancestor, target);
	if (no || target == ancestor) return no;
	return choice_into(b, ancestor, target, is_after(b, target, current));
}

/* ---- the requests ---- */

static struct book_answer refused(const char *exception)
{
	return (struct book_answer){ .deliver = NONE, .exception = exception };
}

static struct book_answer answer_of(const struct book *b, struct flow f,
                                    const char *exception)
{
	struct book_answer answer = refused(NULL);
	answer.endless = b->left <= 0;
	if (f.deliverable) {
		answer.deliver = f.next;
	} else if (exception) {
		answer.exception = exception;
	} else {
		answer.end_session = f.end_session;
		answer.exception = f.exception;
	}
	return answer;
}

static struct book_answer delivered(int32_t x)
{
	return (struct book_answer){ .deliver = x };
}

/* SB.2.7, SB.2.8 */
static struct book_answer go_on(struct book *b, enum direction d)
{
	int32_t current = b->e->state->current;
	if (current < 0) return refused(d == FORWARD ? "SB.2.7-1" : "SB.2.8-1");
	if (current > 0 && !b->a[parent_of(b, current)].flow)
		return refused(d == FORWARD ? "SB.2.7-2" : "SB.2.8-2");
	return answer_of(b, flow(b, current, d, false), NULL);
}

/* SB.2.9 */
static struct book_answer choice(struct book *b, int32_t target)
{
	if (target < 0) return refused("SB.2.9-1");
	const char *no = choice_is_hidden(b, target);
	if (!no) no = choice_is_barred(b, target);
	if (no) return refused(no);
	if (is_leaf(b->e, target)) return delivered(target);
	return answer_of(b, flow(b, target, FORWARD, true), "SB.2.9-9");
}

/* SB.2.10 */
static struct book_answer retry(struct book *b)
{
	int32_t current = b->e->state->current;
	if (current < 0) return refused("SB.2.10-1");
	const struct scorm_track *t = &scorm_tracks(b->e)[current];
	if (t->active || t->suspended) return refused("SB.2.10-2");
	if (is_leaf(b->e, current)) return delivered(current);
	return answer_of(b, flow(b, current, FORWARD, true), "SB.2.10-3");
}

struct book_answer book_sequencing(const struct scorm *e, enum sequencing_request r,
                                   int32_t target)
{
	const struct scorm_state *s = e->state;
	struct book b = { e, e->tree->activity, 8 * e->tree->n + 8 };
	struct book_answer answer = refused(NULL);
	switch (r) {
	case SEQUENCING_NONE: break;
	case SEQUENCING_START: /* SB.2.5 */
		if (s->current >= 0) return refused("SB.2.5-1");
		if (is_leaf(e, 0)) return delivered(0);
		return answer_of(&b, flow(&b, 0, FORWARD, true), NULL);
	case SEQUENCING_RESUME_ALL: /* SB.2.6 */
		if (s->current >= 0) return refused("SB.2.6-1");
		if (s->suspended < 0) return refused("SB.2.6-2");
		return delivered(s->suspended);
	case SEQUENCING_EXIT: /* SB.2.11 */
		if (s->current < 0) return refused("SB.2.11-1");
		if (scorm_tracks(e)[s->current].active) return refused("SB.2.11-2");
		answer.end_session = s->current == 0;
		break;
	case SEQUENCING_RETRY: return retry(&b);
	case SEQUENCING_CONTINUE: return go_on(&b, FORWARD);
	case SEQUENCING_PREVIOUS: return go_on(&b, BACKWARD);
	case SEQUENCING_CHOICE: return choice(&b, target);
	case SEQUENCING_JUMP: /* SB.2.13 */
		return s->current < 0 ? refused("SB.2.13-1") : delivered(target);
	}
	return answer;
}
