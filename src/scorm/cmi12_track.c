/* SPDX-License-Identifier: Apache-2.0 */
/* SCORM 1.2: a lesson's data over its visits, what LMSFinish makes of the status, and the
 * way into the tracking model. */
#include "scorm/cmi12.h"

static void put(struct scorm *e, int element, str value)
{
	if (!str_is(cmi_value(e, element), value))
		cmi_put(e, cmi_place(element, 0, 0), value);
}

void cmi12_begin(struct scorm *e, bool resume, bool visited)
{
	bool suspended = resume || str_is(cmi_value(e, L_EXIT), S("suspend"));
	e->rte->entry = !visited ? ENTRY_FIRST : suspended ? ENTRY_RESUME : ENTRY_AGAIN;
	/* These belong to one visit. */
	if (cmi_value(e, L_EXIT).n) put(e, L_EXIT, S(""));
	if (cmi_value(e, L_SESSION_TIME).n) put(e, L_SESSION_TIME, S(""));
	if (cmi_activity(e)->content != CONTENT_ASSET) return;
	/* An asset says nothing; who has opened it has seen it. */
	track_completion_set(e, e->rte->activity, true, true);
	track_rollup(e, e->rte->activity);
}

static str status_of(const struct scorm *e)
{
	str s = cmi_value(e, L_STATUS);
	return s.p ? s : S("not attempted");
}

/* Between 0 and 1, of a hundred or of the range the SCO gave. */
static bool score_of(const struct scorm *e, double *out)
{
	double raw, min, max;
	if (!text_real(cmi_value(e, L_RAW), &raw)) return false;
	if (!text_real(cmi_value(e, L_MIN), &min)) min = 0;
	if (!text_real(cmi_value(e, L_MAX), &max)) max = 100;
	if (max <= min) {
		min = 0;
		max = 100;
	}
	double score = (raw - min) / (max - min);
	*out = score < 0 ? 0 : score > 1 ? 1 : score;
	return true;
}

/* RTE 3.4.4, cmi.core.lesson_status, at the end of a visit: a SCO that does not set it is
 * complete when it says it is finished (`called`); the mastery score decides where there is
 * a score and credit. A lesson that is suspended while incomplete is not judged yet. */
static str status_at_end(const struct scorm *e, bool called)
{
	double raw, mastery;
	str s = status_of(e);
	bool browse = str_is(cmi_mode(e), S("browse"));
	if (str_is(s, S("not attempted")))
		s = browse ? S("browsed") : called ? S("completed") : S("incomplete");
	if (str_is(s, S("incomplete")) &&
	    (!called || str_is(cmi_value(e, L_EXIT), S("suspend"))))
		return s;
	if (!cmi_credited(e) || !text_real(cmi_value(e, L_RAW), &raw) ||
	    !text_real(cmi_activity(e)->mastery_score, &mastery))
		return s;
	return raw >= mastery ? S("passed") : S("failed");
}

void cmi12_transfer(struct scorm *e)
{
	int32_t activity = e->rte->activity;
	/* A look ahead sees what LMSFinish will make of it. */
	str status = e->dry ? status_at_end(e, false) : status_of(e);
	bool passed = str_is(status, S("passed")), failed = str_is(status, S("failed"));
	bool known = !str_is(status, S("not attempted"));
	bool completed = passed || failed || str_is(status, S("completed"));
	track_completion_set(e, activity, known, completed);
	struct scorm_objective_track t = { .satisfied = passed };
	if (passed || failed) t.known |= KNOWN_SATISFIED;
	if (score_of(e, &t.measure)) t.known |= KNOWN_MEASURE;
	if (text_real(cmi_value(e, L_RAW), &t.raw)) t.known |= KNOWN_RAW;
	if (text_real(cmi_value(e, L_MIN), &t.min)) t.known |= KNOWN_MIN;
	if (text_real(cmi_value(e, L_MAX), &t.max)) t.known |= KNOWN_MAX;
	if (cmi_credited(e)) track_objective_set(e, activity, 0, &t, KNOWN_SATISFIED);
	if (e->dry)
		track_suspended_set(e, activity,
		                    str_is(cmi_value(e, L_EXIT), S("suspend")));
}

void cmi12_finish(struct scorm *e, bool called)
{
	int64_t ms;
	int32_t activity = e->rte->activity;
	str leaves = cmi_value(e, L_EXIT);
	put(e, L_STATUS, status_at_end(e, called));
	if (text_span(cmi_value(e, L_SESSION_TIME), &ms)) track_time_add(e, activity, ms);
	track_suspended_set(e, activity, str_is(leaves, S("suspend")));
	/* RTE 3.4.4, cmi.core.exit: only logout leaves the course too. */
	bool ends = str_is(leaves, S("logout"));
	e->pending = (struct scorm_request){ ends ? NAV_EXIT_ALL : NAV_NONE, -1 };
}
