/* SPDX-License-Identifier: Apache-2.0 */
/* The tracking model (SN 4.2) as the run-time environment and roll-up see it: objectives
 * are read and written through their maps to global objectives. `activity` is an index,
 * `objective` the n-th of that activity (0: the primary one).
 *
 * A transfer from a SCO is: track_objective_set for each objective that its data says
 * something about, then track_completion_set, track_progress_set, track_time_add. */
#pragma once

#include "scorm/inside.h"

/* What is known of the objective: its own values and what maps read from global ones, as
 * tracking.c says. */
struct scorm_objective_track track_objective(const struct scorm *, int32_t activity,
                                             uint32_t objective);
/* Writes the values named in `from->known` to the objective and, through its write maps, to
 * global ones. What `clear` (of enum known) names becomes unknown, there
 * too. */
void track_objective_set(struct scorm *, int32_t activity, uint32_t objective,
                         const struct scorm_objective_track *from, uint32_t clear);
/* The same for what follows from a measure that is already there, be it from before the
 * parent's present attempt: such a judgement does not make it new. */
void track_objective_judge(struct scorm *, int32_t activity, uint32_t objective,
                           const struct scorm_objective_track *from, uint32_t clear);
/* The n-th objective by id, −1 when there is none; STR_NONE: the primary one. */
int32_t track_objective_find(const struct scorm *, int32_t activity, str id);

/* Attempt completion status and amount of the current attempt. */
void track_completion_set(struct scorm *, int32_t activity, bool known, bool completed);
void track_progress_set(struct scorm *, int32_t activity, bool known, double amount);
/* Session time of the SCO: experienced duration of attempt and activity. */
void track_time_add(struct scorm *, int32_t activity, int64_t ms);
/* cmi.exit was "suspend": the attempt stays open, DB.2 resumes it. */
void track_suspended_set(struct scorm *, int32_t activity, bool suspended);
/* The SCO set cmi.success_status or cmi.completion_status itself, be it to "unknown": then
 * the end of the attempt does not make it satisfied or completed (UP.4). */
void track_reported_set(struct scorm *, int32_t activity, bool objective, bool completion);
/* The Overall Rollup Process (RB.1.5) from the activity: after data was transferred without
 * the attempt's end (Commit, Terminate). */
void track_rollup(struct scorm *, int32_t activity);

/* What the tracking model says of the attempt: completion and amount, of its own or read by
 * the primary objective from global ones. */
bool track_completion(const struct scorm *, int32_t activity, bool *completed);
bool track_progress(const struct scorm *, int32_t activity, double *amount);

/* Shared data stores (RTE 4.3 adl.data): `store` is the n-th of the activity. A store
 * without the right is neither read nor written: false. */
bool track_store_read(const struct scorm *, int32_t activity, uint32_t store, str *out);
bool track_store_write(struct scorm *, int32_t activity, uint32_t store, str value);
