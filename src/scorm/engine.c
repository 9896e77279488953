/* SPDX-License-Identifier: Apache-2.0 */
/* OP.1 Overall Sequencing Process: one navigation request through navigation, termination,
 * sequencing and delivery. */
#include "scorm/rte.h"
#include "scorm/sequencing.h"

const char *look_ahead(const struct scorm *e, struct navigated n, struct sequenced *out)
{
	*out = sequencing_request(e, n.then, n.target);
	if (out->exception || out->end_session || out->deliver < 0) return out->exception;
	int32_t current = e->state->current;
	if (current >= 0 && scorm_tracks(e)[current].active) return "DB.2-1";
	return delivery_request(e, out->deliver);
}

/* SB.2.1, 3.1.1 and SB.2.11: the attempt on the root ends with the session. */
void scorm_session_end(struct scorm *e)
{
	terminate_descendent_attempts(e, 0);
	if (scorm_tracks(e)[0].active) end_attempt(e, 0);
	e->state->session =
		(int32_t)(e->state->suspended >= 0 ? SESSION_SUSPENDED : SESSION_ENDED);
	e->state->current = -1;
}

/* SB.2.9, 14: nothing can be delivered within the chosen cluster. */
static void fail_choice(struct scorm *e, int32_t ancestor, int32_t target)
{
	terminate_descendent_attempts(e, ancestor);
	end_attempt(e, ancestor);
	e->state->current = target;
}

static const char *overall(struct scorm *e, struct scorm_request r, int32_t *activity)
{
	struct navigated n = navigation_request(e, r);
	if (n.exception) return n.exception;
	if (n.terminate) {
		struct terminated t = termination_request(e, n.terminate);
		if (t.exception) return t.exception;
		if (t.then) n.then = t.then;
	}
	struct sequenced s;
	const char *exception = look_ahead(e, n, &s);
	if (s.end_session) {
		scorm_session_end(e);
		return NULL;
	}
	if (s.exception && s.failed_ancestor >= 0)
		fail_choice(e, s.failed_ancestor, n.target);
	if (exception) return exception;
	*activity = s.deliver;
	return NULL;
}

static enum scorm_session session_after(const struct scorm *e, enum scorm_navigation what)
{
	const struct scorm_state *s = e->state;
	if (s->current >= 0)
		return scorm_tracks(e)[s->current].active ? SESSION_ACTIVE
		                                          : SESSION_NO_CONTENT;
	if (what == NAV_START || what == NAV_RESUME_ALL || what == NAV_CHOICE)
		return s->session == SESSION_NONE ? SESSION_NO_CONTENT
		                                  : (enum scorm_session)s->session;
	return (enum scorm_session)s->session;
}

static const char *const words[] = {
	"None", "Start", "ResumeAll", "Continue", "Previous",   "Choice",
	"Jump", "Exit",  "ExitAll",   "Abandon",  "AbandonAll", "SuspendAll",
};

void scorm_navigate(struct scorm *e, struct scorm_request r, int64_t now_ms,
                    struct scorm_delivery *out)
{
	if (now_ms > e->now_ms) e->now_ms = now_ms;
	*out = (struct scorm_delivery){ .activity = -1 };
	if (scorm_running(e)) rte_finish(e);
	e->pending = (struct scorm_request){ NAV_NONE, -1 };
	if ((unsigned)r.what > NAV_SUSPEND_ALL) r.what = NAV_NONE;
	if (r.target < 0 || r.target >= e->tree->n) r.target = -1;
	if (r.what != NAV_NONE && rte_exits_all(e))
		r = (struct scorm_request){ NAV_EXIT_ALL, -1 };
	if (r.what != NAV_NONE && r.what != NAV_ABANDON && r.what != NAV_ABANDON_ALL)
		rte_keep(e);
	if (r.what != NAV_NONE) {
		out->refused = overall(e, r, &out->activity);
		scorm_trace_add(e, r.target, str_of(words[r.what]), str_of(out->refused),
		                out->refused != NULL);
		if (out->activity >= 0) {
			bool resumed = content_delivery_environment(e, out->activity);
			rte_begin(e, out->activity, resumed);
		} else {
			e->state->session = (int32_t)session_after(e, r.what);
		}
	}
	rte_leave(e);
	out->session = (enum scorm_session)e->state->session;
	scorm_changed(e);
}

struct scorm_request scorm_pending(struct scorm *e)
{
	struct scorm_request r = e->pending;
	e->pending = (struct scorm_request){ NAV_NONE, -1 };
	return r;
}

int32_t scorm_current(const struct scorm *e)
{
	return e->live->current;
}

int32_t scorm_suspended(const struct scorm *e)
{
	return e->live->suspended;
}

enum scorm_session scorm_session_of(const struct scorm *e)
{
	return (enum scorm_session)e->live->session;
}

/* ---- the server's word ---- */

static int64_t time_of(const struct scorm *e, int32_t activity)
{
	int64_t sum = 0;
	for (int32_t i = activity; i < e->end[activity]; i++)
		if (is_leaf(e, i) && sum < INT64_MAX / 2)
			sum += scorm_tracks(e)[i].activity_experienced_ms;
	return sum;
}

/* Where a course does not measure its progress: how far its parts are, those that measure
 * theirs by it, others all or nothing. A single part that tells nothing is no "0 %". What
 * is complete is whole, whatever parts its rules do without and whichever were drawn for
 * another attempt. */
static double share_done(struct scorm *e, int32_t activity)
{
	double done = 0;
	uint32_t parts = 0, told = 0;
	bool whole;
	if (track_completion(e, activity, &whole) && whole) return 1;
	for (int32_t i = activity; i < e->end[activity]; i++) {
		bool completed;
		double amount;
		if (!is_leaf(e, i) || !e->tree->activity[i].tracked) continue;
		if (!is_available(e, i)) continue;
		parts++;
		if (track_completion(e, i, &completed) && completed)
			amount = 1;
		else if (!track_progress(e, i, &amount))
			continue;
		told++;
		done += amount;
	}
	return told || parts > 1 ? done / parts : __builtin_nan("");
}

struct scorm_standing scorm_standing_of(struct scorm *e, int32_t activity)
{
	const struct scorm_track *t = &scorm_tracks(e)[activity];
	struct scorm_objective_track o = track_objective(e, activity, 0);
	struct scorm_standing s = {
		.completion = t->attempts ? "unknown" : "not attempted",
		.success = "unknown",
		.score = o.known & KNOWN_MEASURE ? o.measure : __builtin_nan(""),
		.progress = o.known & KNOWN_PROGRESS ? o.progress
		            : is_leaf(e, activity)   ? __builtin_nan("")
		                                     : share_done(e, activity),
		.total_time_ms = time_of(e, activity),
		.attempts = t->attempts,
		.location = rte_location(e, activity),
		.suspended = t->suspended,
	};
	bool completed;
	if (track_completion(e, activity, &completed))
		s.completion = completed ? "completed" : "incomplete";
	if (o.known & KNOWN_SATISFIED) s.success = o.satisfied ? "passed" : "failed";
	return s;
}

struct scorm_standing scorm_outlook_of(struct scorm *e, int32_t activity)
{
	if (!scorm_running(e)) return scorm_standing_of(e, activity);
	const struct scorm_track *t = &scorm_tracks(e)[activity];
	bool suspended = t->suspended;
	e->state = e->outlook;
	if (e->outlook_version != e->version) {
		state_copy(e->outlook, e->live);
		e->dry = true;
		rte_transfer(e);
		overall_rollup(e, e->state->current);
		e->dry = false;
		e->outlook_version = e->version;
	}
	struct scorm_standing s = scorm_standing_of(e, activity);
	s.suspended = suspended; /* a look ahead takes cmi.exit for its word already */
	e->state = e->live;
	return s;
}
