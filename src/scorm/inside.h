/* SPDX-License-Identifier: Apache-2.0 */
/* The engine from the inside: the tracking model (SN 4.2) and the seam between sequencing
 * and the run-time environment. Only src/scorm includes this.
 *
 * All that sequencing may change lies in one `struct scorm_state`, plain memory without
 * pointers: a dry run copies it, points `e->state` at the copy, works with the very same
 * functions, and points back. Large texts (shared data stores, run-time data between
 * visits) lie in `e->bins`, which a dry run (`e->dry`) never touches.
 *
 * The seam (rte.h). Sequencing calls rte_open in scorm_open, which takes at most half of
 * the memory that is left (the bins get the rest); rte_begin when DB.2 delivers an
 * activity; rte_transfer to bring the running SCO's data into the tracking model by
 * tracking.h; rte_look_ahead to do so in a dry run; rte_finish when the SCO is unloaded;
 * rte_drop when its attempt ended (in SCORM 1.2 the data stays); rte_save, rte_load and
 * rte_reset for snapshots. The run-time environment calls tracking.h, scorm_changed when
 * something that validity may depend on was set, and leaves the SCO's adl.nav.request in
 * `e->pending` at Terminate. */
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

/* SN 4.2.1.2 to 4.2.1.5. The attempt's completion status and amount lie in the primary
 * objective, as the maps of adlseq:objectives have it. */
struct scorm_track {
	int64_t attempt_begun_ms; /* when the current attempt began; 0: none did */
	int64_t attempt_absolute_ms, attempt_experienced_ms;
	int64_t activity_absolute_ms, activity_experienced_ms;
	uint32_t attempts;   /* Activity Attempt Count */
	uint32_t shuffles;   /* how often children were selected or reordered */
	int32_t n_available; /* Available Children: the first so many of its slots */
	int32_t place; /* in the Available Children of its parent; −1: not among them */
	bool progress_known; /* Activity Progress Status */
	bool active, suspended;
	/* The SCO itself set it in this attempt, be it to "unknown". */
	bool objective_reported, completion_reported;
	/* Recorded before the parent's current attempt began, which counts only its own
	 * (useCurrentAttemptObjectiveInfo, …ProgressInfo): unknown to roll-up. */
	bool objective_stale, progress_stale;
};

struct scorm_state {
	int32_t current, suspended; /* −1: undefined */
	int32_t session;            /* enum scorm_session */
	uint32_t size;              /* of the whole, arrays included */
};

/* ---- bins: bytes under a number ---- */
enum bin_kind {
	BIN_STORE,   /* the n-th shared data store of the tree */
	BIN_RUNTIME, /* run-time data of the n-th activity between visits; rte's own format
	              */
	BIN_FOREIGN, /* global objectives (0) and stores (1) of other courses, kept for them
	              */
};

struct rte; /* the run-time environment's memory; rte.h */

struct scorm_trace_ring;

/* The distinct ids that maps of the tree point to. */
struct scorm_names {
	str *id;
	uint32_t n;
};

/* A global objective within one roll-up: were those who read it rolled up as well? */
enum written { NOT_WRITTEN, WRITTEN, WRITTEN_AND_FOLLOWED };

/* In look-ahead the state does not change, and what was worked out is kept. */
struct scorm_memo {
	int32_t stop_from, stop_at; /* choice.c: the first sibling from this one on that
	                               stops forward traversal; −1: not asked yet, none */
	uint8_t *pre;               /* by activity: pre-conditions, rules.c */
	/* By activity, with all that lies above: whether it may be chosen and delivered as
	 * far as the way to it goes (choice.c, delivery.c). NULL: not worked out. */
	uint8_t *way;
	struct scorm_flowed *flow; /* by activity: where flow forward from it ends */
};

/* Where a flow came to: sequencing.c, SB.2.3. */
struct scorm_flowed {
	int32_t activity; /* the last one considered */
	bool deliverable, end_session;
	bool known; /* in the memo */
	const char *exception;
};

struct scorm {
	const struct scorm_tree *tree;
	struct scorm_learner learner;
	struct scorm_memory memory;
	struct rte *rte;
	struct scorm_request pending; /* adl.nav.request at Terminate */

	struct scorm_state *state; /* worked on: `live`, or `after` in a dry run */
	struct scorm_state *live, *after;
	struct scorm_state *outlook; /* of outlook_version */
	bool dry;                    /* nothing but the state may change */
	int64_t now_ms;              /* the latest time seen */
	uint32_t version;            /* of the state; scorm_changed */
	uint32_t validity_version, jump_version, outlook_version;
	struct scorm_validity validity;
	uint8_t *choice, *shown; /* of validity, by activity */
	uint8_t *jump;           /* of jump_version, by activity */
	uint8_t *way_room;       /* of memo->way */
	struct scorm_memo *memo,
		*memo_room; /* NULL: the state may change, nothing is kept */

	/* where things lie, worked out once */
	uint32_t *objective_at; /* activity → its first objective in all; n + 1 entries */
	uint32_t *map_at;       /* objective in all → its first map in all; + 1 */
	uint32_t *map_global;   /* map in all → global objective */
	uint32_t *child_at; /* activity → its first slot of available children; n + 1 */
	uint32_t *store_at; /* activity → its first store map in all; n + 1 */
	uint32_t *store_index; /* store map in all → store */
	int32_t *end;          /* activity → one past its last descendant, in preorder */
	uint8_t *depth;        /* of each activity; root 0 */
	uint32_t *reader_at;   /* global → its first reader; + 1 */
	int32_t *reader;       /* activities whose primary objective reads the global */
	uint8_t *touched;      /* by activity: roll-up still to do; between calls all 0 */
	uint8_t *written;      /* by global, of enum written; between calls all 0 */
	uint32_t n_objectives, n_maps, n_store_maps;
	uint64_t fingerprint; /* of the tree */
	struct scorm_names globals, stores;

	uint8_t *bins; /* records: u32 key, u32 length, bytes; by key */
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
/* By activity: 1 = a Jump to it is valid now. Only a SCO asks, and seldom. */
const uint8_t *jumps_of(struct scorm *);

/* ---- bins ---- */
/* STR_NONE when there is none. The bytes stay valid until the next bin_put or bin_drop. */
str bin_get(const struct scorm *, enum bin_kind, uint32_t n);
/* False when there is no room (the old bytes then stay). An empty text is kept as such. */
bool bin_put(struct scorm *, enum bin_kind, uint32_t n, str bytes);
/* Puts the bytes behind those already there. */
bool bin_add(struct scorm *, enum bin_kind, uint32_t n, str bytes);
void bin_drop(struct scorm *, enum bin_kind, uint32_t n);
/* Are these the bins of an engine with this tree? */
bool bins_check(const struct scorm *, const uint8_t *bytes, size_t n);

/* ---- the trace ---- */
void scorm_trace_add(struct scorm *, int32_t activity, str what, str value, int error);

/* Ids compare after percent-decoding and collapsing white space (anyURI). */
bool scorm_id_is(str a, str b);
