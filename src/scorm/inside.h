/* SPDX-License-Identifier: Apache-2.0 */
/* The engine from the inside: the tracking model (SN 4.2) and the seam between sequencing
 * and the run-time environment. Only src/scorm includes this.
 *
 * All that sequencing may change lies in one `struct scorm_state`, which is plain memory
 * without pointers to itself: a dry run copies it, points `e->state` at the copy, works
 * with the very same functions, and points back. Texts that are large (shared data stores,
 * run-time data of suspended attempts) lie in `e->bins`, which a dry run never touches.
 *
 * The seam. Sequencing calls the run-time environment (rte.h):
 *   rte_open      once, last in scorm_open: takes its memory from e->memory
 *   rte_begin     DB.2 delivers an activity: a new attempt, or the suspended one goes on
 *   rte_transfer  the running SCO's data into the tracking model, through the functions of
 *                 tracking.h; changes nothing but e->state, as a dry run calls it too
 *   rte_finish    the SCO is unloaded: as Terminate when it did not call it
 *   rte_drop      the activity's attempt ended: run-time data kept for it goes
 *   rte_save/load what is in memory, as bytes of the snapshot
 * and the run-time environment calls tracking.h and sequencing's scorm_validity_of. */
#pragma once

#include "scorm/engine.h"

/* ---- the tracking model ---- */

enum known {
	KNOWN_SATISFIED = 1, /* Objective Progress Status */
	KNOWN_MEASURE = 2,   /* Objective Measure Status */
	KNOWN_RAW = 4,
	KNOWN_MIN = 8,
	KNOWN_MAX = 16,
	KNOWN_COMPLETION = 32, /* adlseq: Objective Completion Progress Status */
	KNOWN_PROGRESS = 64,   /* adlseq: Objective Completion Amount Status */
};
/* SN 4.2.1.1, with what adlseq:objectives adds. A value counts only where it is known. */
struct scorm_objective_track {
	double measure, raw, min, max, progress;
	uint32_t known; /* of enum known */
	bool satisfied, completed;
};

/* SN 4.2.1.2 to 4.2.1.5. */
struct scorm_track {
	double amount;            /* Attempt Completion Amount */
	int64_t attempt_begun_ms; /* when the current attempt began */
	int64_t attempt_absolute_ms, attempt_experienced_ms;
	int64_t activity_absolute_ms, activity_experienced_ms; /* attempts that ended */
	uint32_t attempts;                                     /* Activity Attempt Count */
	uint32_t shuffles;   /* how often children were selected or reordered */
	int32_t n_available; /* Available Children: the first so many of its slots */
	bool progress_known; /* Activity Progress Status */
	bool completion_known, completed; /* Attempt Progress/Completion Status */
	bool amount_known;                /* Attempt Completion Amount Status */
	bool active, suspended;
	bool objective_reported, completion_reported; /* by the SCO, this attempt */
};

struct scorm_state {
	int32_t current, suspended; /* −1: undefined */
	int32_t session;            /* enum scorm_session */
	int32_t fresh;              /* no session has been begun yet */
	size_t size;                /* of the whole, arrays included */
};

/* ---- bins: bytes under a number ---- */
enum bin_kind {
	BIN_STORE,   /* the n-th shared data store of the tree (see scorm_store_at) */
	BIN_RUNTIME, /* run-time data of the n-th activity between visits; rte's own format
	              */
	BIN_FOREIGN, /* global objectives and stores of other courses, kept for them */
};

struct rte; /* the run-time environment's memory; rte.h */

struct scorm_trace_ring;
struct scorm_names {
	str *id; /* normalised */
	uint32_t n, *bucket, n_buckets;
};

struct scorm {
	const struct scorm_tree *tree;
	struct scorm_learner learner;
	struct scorm_memory memory;
	struct rte *rte;

	struct scorm_state *state; /* what is worked on: `live`, or a copy in a dry run */
	struct scorm_state *live, *after, *trial;
	bool dry;         /* state != live: nothing but state may change */
	int64_t now_ms;   /* the latest time seen */
	uint32_t version; /* of the state; scorm_changed */
	uint32_t validity_version;
	struct scorm_validity validity;
	uint8_t *choice, *shown;

	/* where things lie, worked out once */
	uint32_t *objective_at; /* activity → its first objective in all; n + 1 entries */
	uint32_t *map_at;       /* objective in all → its first map in all; + 1 */
	uint32_t *map_global;   /* map in all → global objective */
	uint32_t *child_at; /* activity → its first slot of available children; n + 1 */
	uint32_t *store_at; /* activity → its first store map in all; n + 1 */
	uint32_t *store_global; /* store map in all → store */
	uint8_t *depth;         /* of each activity; root 0 */
	int32_t *end;           /* activity → one past its last descendant, in preorder */
	uint32_t n_objectives, n_maps, n_globals, n_store_maps, n_stores;
	struct scorm_names globals, stores;

	uint8_t *bins; /* records: u32 key, u32 length, bytes; any order */
	size_t bins_n, bins_room;
	struct scorm_trace_ring *trace;
};

/* ---- the parts of a state ---- */
struct scorm_track *scorm_tracks(const struct scorm *);               /* by activity */
struct scorm_objective_track *scorm_objectives(const struct scorm *); /* objective in all */
struct scorm_objective_track *scorm_globals(const struct scorm *);    /* by global */
int32_t *scorm_children(const struct scorm *);                        /* by slot */

/* The state changed: validity is worked out anew when next asked for. */
void scorm_changed(struct scorm *);

/* ---- bins (snapshot.c) ---- */
/* STR_NONE when there is none. The bytes stay valid until the next bin_put or bin_drop. */
str bin_get(const struct scorm *, enum bin_kind, uint32_t n);
/* False when there is no room (the old bytes then stay). An empty text is kept as such. */
bool bin_put(struct scorm *, enum bin_kind, uint32_t n, str bytes);
void bin_drop(struct scorm *, enum bin_kind, uint32_t n);

/* ---- the trace ---- */
void scorm_trace_add(struct scorm *, int32_t activity, str what, str value, int error);

/* Ids compare after percent-decoding and collapsing white space (anyURI). */
bool scorm_id_is(str a, str b);
