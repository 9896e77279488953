/* SPDX-License-Identifier: Apache-2.0 */
/* The run-time environment as sequencing sees it (see inside.h for the seam). One SCO's
 * data is in memory at a time; what a suspended activity (in SCORM 1.2: every visited one)
 * leaves behind lies in the bin BIN_RUNTIME until it is launched again or its attempt ends.
 */
#pragma once

#include "scorm/inside.h"

/* Takes half of what is left of e->memory, for the values of the SCO that runs and the
 * index over them. False when there is not enough. */
bool rte_open(struct scorm *);

/* The activity is delivered: its data model stands ready for Initialize. With `resume` the
 * data of the suspended attempt goes on, otherwise an attempt begins. */
void rte_begin(struct scorm *, int32_t activity, bool resume);
/* What the running SCO has set so far, into the tracking model. Changes e->state only, and
 * may be called as often as one likes. */
void rte_transfer(struct scorm *);
/* The SCO is unloaded: as Terminate, if it was initialised and did not call it. */
void rte_finish(struct scorm *);
/* After a request: what was delivered and never called Initialize is gone with the attempt
 * on it. */
void rte_leave(struct scorm *);
/* In a dry run: what rte_finish will do to e->state. */
void rte_look_ahead(struct scorm *);
/* The SCO of the current activity left by cmi.exit time-out or logout (RTE 4.2.8): whatever
 * is asked for next is Exit All, "instead of any pending (from the learner or LMS)
 * navigation request". */
bool rte_exits_all(const struct scorm *);
/* The SCO of the current activity wanted to be abandoned, and something else is done: what
 * it set counts after all. */
void rte_keep(struct scorm *);
/* The attempt on the activity ended. */
void rte_drop(struct scorm *, int32_t activity);
/* Nothing runs and nothing is in memory, as after rte_open. */
void rte_reset(struct scorm *);

/* cmi.location or cmi.core.lesson_location of the last visit; STR_NONE. Valid until
 * anything changes. */
str rte_location(const struct scorm *, int32_t activity);

/* What is in memory, for the snapshot. False when it does not fit (`*n_out` says what it
 * takes), or when the bytes are none of rte_save (then as after rte_reset). */
bool rte_save(const struct scorm *, uint8_t *out, size_t room, size_t *n_out);
bool rte_load(struct scorm *, const uint8_t *bytes, size_t n);
