/* SPDX-License-Identifier: Apache-2.0 */
/* The processes of the SN book (appendix C, 4th Ed.), named as there, one file a chapter:
 * rules.c (UP), rollup.c (RB), select.c (SR), termination.c (TB), sequencing.c and choice.c
 * (SB), delivery.c (DB), navigation.c (NB), engine.c (OP). Those that change tracking take
 * a `struct scorm *`; those with a const one only read and thus serve look-ahead too. */
#pragma once

#include "scorm/tracking.h"

#define SCORM_DEPTH 64 /* levels of a tree, the root included */

/* A path of activities, at most as long as the tree is deep. */
struct path {
	int32_t at[SCORM_DEPTH];
	int n;
};
/* From `from` up to its ancestor `to`, `to` left out; −1: up to and with the root. */
struct path path_up(const struct scorm *, int32_t from, int32_t to);
int32_t common_ancestor(const struct scorm *, int32_t a, int32_t b);
bool is_within(const struct scorm *, int32_t activity, int32_t ancestor); /* or the same */
bool is_leaf(const struct scorm *, int32_t activity);
/* An item with neither content nor children, as a title between lessons: flow passes it by,
 * nothing can deliver it, and it counts for nothing in roll-up. */
bool is_heading(const struct scorm *, int32_t activity);
int32_t available_first(const struct scorm *, int32_t activity);
int32_t available_last(const struct scorm *, int32_t activity);
int32_t available_next(const struct scorm *, int32_t activity);     /* sibling; −1 */
int32_t available_previous(const struct scorm *, int32_t activity); /* sibling; −1 */
bool is_available(const struct scorm *, int32_t activity);          /* its ancestors too */

/* ---- tracking.c ---- */
/* Which of `enum known` the map reads, or writes. */
uint32_t map_reads(const struct scorm_objective_map *);
uint32_t map_writes(const struct scorm_objective_map *);
/* As track_objective; of stale information only what is read from global objectives. */
struct scorm_objective_track track_objective_since(const struct scorm *, int32_t activity,
                                                   uint32_t objective, bool stale);
bool track_progress_since(const struct scorm *, int32_t activity, bool stale,
                          double *amount);
/* Of the objective; the primary one's is the activity's, by measure where so wanted. */
bool track_completion_since(const struct scorm *, int32_t activity, uint32_t objective,
                            bool stale, bool *completed);
/* What is known of the objective of its own. Roll-up makes only that unknown again: a
 * global objective that it never wrote is others'. */
uint32_t track_own(const struct scorm *, int32_t activity, uint32_t objective);
/* RB.1.2 a for one objective: writes what the measure says. */
void track_objective_by_measure(struct scorm *, int32_t activity, uint32_t objective);
void track_attempt_begin(struct scorm *, int32_t activity);
uint32_t id_hash(str); /* the same for ids that scorm_id_is */

/* ---- rules.c ---- */
enum truth { NO, YES, UNKNOWN };
enum truth condition_is(const struct scorm *, int32_t activity,
                        const struct scorm_condition *, bool rollup);
enum truth conditions_are(const struct scorm *, int32_t activity,
                          const struct scorm_condition *, uint32_t n, bool any,
                          bool rollup);
bool limit_conditions_check(const struct scorm *, int32_t activity); /* UP.1 */
/* UP.2: the first rule of the set that is true and has one of these actions (bits); −1 for
 * none. */
int sequencing_rules_check(const struct scorm *, int32_t activity, enum scorm_rule_set,
                           uint32_t actions);
bool pre_condition(const struct scorm *, int32_t activity, enum scorm_action);
bool check_activity(const struct scorm *, int32_t activity); /* UP.5: true = not allowed */
void terminate_descendent_attempts(struct scorm *, int32_t activity); /* UP.3 */
void end_attempt(struct scorm *, int32_t activity);                   /* UP.4 */

/* ---- prerequisites.c ---- */
bool prerequisites_met(const struct scorm *, int32_t activity); /* SCORM 1.2 */

/* ---- rollup.c ---- */
void overall_rollup(struct scorm *, int32_t activity); /* RB.1.5 */
/* ---- rollup12.c ---- */
void rollup12(struct scorm *, int32_t block);

/* ---- select.c ---- */
void select_children(struct scorm *, int32_t activity);    /* SR.1 */
void randomize_children(struct scorm *, int32_t activity); /* SR.2 */
/* All children in the manifest's order. */
void children_reset(struct scorm *, int32_t activity);
/* Writes down each child's place after the Available Children changed. */
void children_place(struct scorm *, int32_t activity);

/* ---- sequencing requests ---- */
enum sequencing_request {
	SEQUENCING_NONE,
	SEQUENCING_START,
	SEQUENCING_RESUME_ALL,
	SEQUENCING_EXIT,
	SEQUENCING_RETRY,
	SEQUENCING_CONTINUE,
	SEQUENCING_PREVIOUS,
	SEQUENCING_CHOICE,
	SEQUENCING_JUMP,
};
struct sequenced {
	int32_t deliver;  /* −1: nothing identified */
	bool end_session; /* the sequencing session ends */
	const char *exception;
	/* SB.2.9, 14: the attempt on this ancestor ends and the target becomes current
	 * although nothing can be delivered; −1: not so. */
	int32_t failed_ancestor;
};
enum direction { NOWHERE, FORWARD, BACKWARD };
struct scorm_flowed flow_subprocess(const struct scorm *, int32_t from, enum direction,
                                    bool consider_children);           /* SB.2.3 */
struct sequenced choice_request(const struct scorm *, int32_t target); /* SB.2.9 */
/* SB.2.9, steps 2 and 3, of the activity alone. */
const char *choice_hidden(const struct scorm *, int32_t activity);
/* What memo->way holds. */
enum way { WAY_BARRED = 1, WAY_CLOSED = 2 };
struct sequenced sequencing_request(const struct scorm *, enum sequencing_request,
                                    int32_t target); /* SB.2.12 */

/* ---- termination.c ---- */
enum termination_request {
	TERMINATION_NONE,
	TERMINATION_EXIT,
	TERMINATION_EXIT_ALL,
	TERMINATION_SUSPEND_ALL,
	TERMINATION_ABANDON,
	TERMINATION_ABANDON_ALL,
};
struct terminated {
	enum sequencing_request
		then; /* overrides the pending one; SEQUENCING_NONE: does not */
	const char *exception;
};
struct terminated termination_request(struct scorm *,
                                      enum termination_request); /* TB.2.3 */

/* ---- navigation.c ---- */
struct navigated {
	enum termination_request terminate;
	enum sequencing_request then;
	int32_t target;
	const char *exception;
};
struct navigated navigation_request(const struct scorm *,
                                    struct scorm_request); /* NB.2.1 */

/* ---- delivery.c ---- */
const char *delivery_request(const struct scorm *,
                             int32_t activity); /* DB.1.1; NULL: fine */
/* DB.2; true when a suspended attempt goes on. */
bool content_delivery_environment(struct scorm *, int32_t activity);

/* ---- engine.c ---- */
/* The sequencing session is over: attempts still open end, nothing is current. */
void scorm_session_end(struct scorm *);
/* What OP.1 makes of the requests that are left after termination, without doing it: NULL
 * when they are valid, else the exception. */
const char *look_ahead(const struct scorm *, struct navigated, struct sequenced *out);

/* ---- open.c ---- */
/* Everything as on the first day. */
void state_reset(struct scorm *);
void state_copy(struct scorm_state *to, const struct scorm_state *from);

/* ---- snapshot.c ---- */
struct bytes;
/* Activities and global objectives. */
void tracking_bytes(struct scorm *, struct bytes *);

/* ---- trace.c ---- */
/* The ring lives in the engine's memory. */
bool trace_open(struct scorm *);
void trace_reset(struct scorm *);
void trace_bytes(struct scorm *, struct bytes *);
