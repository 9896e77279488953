/* SPDX-License-Identifier: Apache-2.0 */
/* What the server reads of an engine: a number that two engines agree on when they came to
 * the same, the data that a SCO left, and why an activity is not complete. */
#include "scorm/bytes.h"
#include "scorm/cmi.h"
#include "scorm/sequencing.h"

/* ---- the digest ---- */

/* FNV-1a, 64 bits. */
static uint64_t hash_of(const uint8_t *bytes, size_t n)
{
	uint64_t h = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < n; i++) h = (h ^ bytes[i]) * UINT64_C(1099511628211);
	return h;
}

bool scorm_digest(struct scorm *e, uint8_t *scratch, size_t room, uint64_t *out)
{
	struct bytes b = bytes_writer(scratch, room);
	struct scorm_state *s = e->live;
	bytes_i32(&b, &s->current, -1, e->tree->n - 1);
	bytes_i32(&b, &s->suspended, -1, e->tree->n - 1);
	bytes_i32(&b, &s->session, SESSION_NONE, SESSION_ENDED);
	tracking_bytes(e, &b);
	if (b.bad) return false;
	*out = hash_of(scratch, b.n);
	return true;
}

/* ---- what a SCO left ---- */

bool scorm_data(struct scorm *e, int32_t activity, scorm_value_fn *tell, void *context)
{
	struct model *m = &e->rte->model;
	if (e->rte->activity == activity) {
		model_each(m, model_bytes(m), tell, context);
		return true;
	}
	str bytes = bin_get(e, BIN_RUNTIME, (uint32_t)activity);
	if (bytes.p) model_each(m, bytes, tell, context);
	return bytes.p != NULL;
}

void scorm_trace_forget(struct scorm *e)
{
	trace_reset(e);
}

void scorm_foreign_forget(struct scorm *e)
{
	bin_drop(e, BIN_FOREIGN, 0);
}

/* ---- why not ---- */

static struct scorm_why why_cluster(const struct scorm *e, int32_t activity)
{
	struct scorm_why w = { "parts-open", 0, 0 };
	for (int32_t i = activity; i < e->end[activity]; i++) {
		bool completed;
		if (!is_leaf(e, i) || !e->tree->activity[i].tracked) continue;
		if (!is_available(e, i)) continue;
		w.need++;
		if (track_completion(e, i, &completed) && completed) w.have++;
	}
	if (w.have == w.need) w.word = "rules-open"; /* its own rules ask for more */
	return w;
}

static struct scorm_why why_leaf(struct scorm *e, int32_t activity)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	struct scorm_objective_track o = track_objective(e, activity, 0);
	if (!scorm_tracks(e)[activity].attempts) return (struct scorm_why){ "never", 0, 0 };
	if (a->completed_by_measure || a->has_completion_threshold) {
		double amount = 0;
		if (track_progress(e, activity, &amount))
			return (struct scorm_why){ "progress-low", amount,
				                   a->minimum_progress };
	}
	if (o.known & KNOWN_COMPLETION)
		return (struct scorm_why){ "says-incomplete", 0, 0 };
	return (struct scorm_why){ "silent", 0, 0 };
}

static struct scorm_why why_failed(struct scorm *e, int32_t activity)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	struct scorm_objective_track o = track_objective(e, activity, 0);
	struct scorm_why w = { "failed", 0, 0 };
	if (!(o.known & KNOWN_MEASURE)) return w;
	w.have = o.measure;
	double mastery;
	if (a->objective[0].satisfied_by_measure) {
		w.need = a->objective[0].minimum_measure;
	} else if (e->tree->version == SCORM_1_2 && text_real(a->mastery_score, &mastery)) {
		w.need = mastery / 100;
	} else {
		return w;
	}
	w.word = w.have < w.need ? "score-low" : "failed";
	return w;
}

struct scorm_why scorm_why_of(struct scorm *e, int32_t activity)
{
	struct scorm_standing s = scorm_outlook_of(e, activity);
	if (!e->tree->activity[activity].tracked)
		return (struct scorm_why){ "untracked", 0, 0 };
	if (!is_available(e, activity)) return (struct scorm_why){ "not-selected", 0, 0 };
	if (s.success[0] == 'f') return why_failed(e, activity);
	if (str_is(str_of(s.completion), S("completed")))
		return (struct scorm_why){ "complete", 0, 0 };
	return is_leaf(e, activity) ? why_leaf(e, activity) : why_cluster(e, activity);
}
