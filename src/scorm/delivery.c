/* SPDX-License-Identifier: Apache-2.0 */
/* Delivery (SN 4.10; appendix C, DB). */
#include "scorm/sequencing.h"

const char *delivery_request(const struct scorm *e, int32_t activity)
{
	if (!is_leaf(e, activity) || is_heading(e, activity)) return "DB.1.1-1";
	if (e->memo && e->memo->way)
		return e->memo->way[activity] & WAY_CLOSED ? "DB.1.1-3" : NULL;
	for (int32_t a = activity; a >= 0; a = e->tree->activity[a].parent)
		if (check_activity(e, a)) return "DB.1.1-3";
	return NULL;
}

/* DB.2.1 Clear Suspended Activity Subprocess */
static void clear_suspended_activity(struct scorm *e, int32_t activity)
{
	int32_t suspended = e->state->suspended;
	if (suspended < 0) return;
	struct path p = path_up(e, suspended, -1);
	int32_t ancestor = common_ancestor(e, activity, suspended);
	for (int i = 0; i < p.n; i++) {
		int32_t a = p.at[i];
		struct scorm_track *t = &scorm_tracks(e)[a];
		t->suspended = false;
		for (int32_t c = available_first(e, a); c >= 0; c = available_next(e, c))
			t->suspended |= scorm_tracks(e)[c].suspended;
		if (a == ancestor) break;
	}
	e->state->suspended = -1;
}

/* Global objectives that are this course's only begin anew with each attempt on it. */
static void forget_globals(struct scorm *e)
{
	if (!e->tree->objectives_global_to_system)
		memset(scorm_globals(e), 0, e->globals.n * sizeof *scorm_globals(e));
	if (!e->tree->shared_data_global_to_system && !e->dry)
		for (uint32_t i = 0; i < e->stores.n; i++) bin_drop(e, BIN_STORE, i);
}

bool content_delivery_environment(struct scorm *e, int32_t activity)
{
	bool resumed = scorm_tracks(e)[activity].suspended;
	if (activity != e->state->suspended) {
		clear_suspended_activity(e, activity);
		resumed = scorm_tracks(e)[activity].suspended;
	}
	terminate_descendent_attempts(e, activity);
	struct path p = path_up(e, activity, -1);
	for (int i = p.n - 1; i >= 0; i--) {
		struct scorm_track *t = &scorm_tracks(e)[p.at[i]];
		if (t->active) continue;
		if (t->suspended) {
			t->suspended = false;
		} else if (e->tree->activity[p.at[i]].tracked) {
			if (p.at[i] == 0) forget_globals(e);
			track_attempt_begin(e, p.at[i]);
		}
		t->active = true;
	}
	e->state->current = activity;
	e->state->suspended = -1;
	e->state->session = SESSION_ACTIVE;
	return resumed;
}
