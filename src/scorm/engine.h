/* SPDX-License-Identifier: Apache-2.0 */
/* The SCORM engine: one learner in one course. Pure: no I/O, no clock, no globals, no
 * allocation but from the block it was given; the same calls on the same snapshot give the
 * same bytes, natively and in the browser.
 *
 *     struct scorm *e = scorm_open(block, room, tree, &learner);
 *     scorm_restore(e, snapshot) or nothing;
 *     scorm_navigate(e, (struct scorm_request){ NAV_START }, now_ms, &delivery);
 *     … the SCO of delivery.activity calls … scorm_call(e, "SetValue", "cmi.location", "3",
 * now_ms) … scorm_call(e, "Terminate", …): the SCO's data is transferred, its
 * adl.nav.request is kept; scorm_navigate(e, scorm_pending(e) or the learner's own request,
 * …) scorm_snapshot(e, out)
 *
 * Sources: RTE = SCORM 2004 4th Ed. Run-Time Environment; SN = Sequencing and Navigation
 * (pseudo-code names such as SB.2.9 stand in the code); SCORM 1.2 RTE. One thread at a time
 * per engine. */
#pragma once

#include "scorm/tree.h"

struct scorm;

struct scorm_learner {
	str id, name;  /* RTE 4.2.12, 4.2.13 */
	str credit;    /* "credit" (default) or "no-credit" */
	str mode;      /* "normal" (default), "browse", "review" */
	uint64_t seed; /* for selection and randomization */
};

/* The engine lives at the start of `block` (8-byte aligned, at least SCORM_LEAST bytes);
 * `tree` must outlive it. */
#define SCORM_LEAST (256 * 1024)
struct scorm *scorm_open(void *block, size_t room, const struct scorm_tree *,
                         const struct scorm_learner *);

/* ---- navigation: SN 4 (OP.1) ---- */
enum scorm_navigation {
	NAV_NONE,
	NAV_START,
	NAV_RESUME_ALL,
	NAV_CONTINUE,
	NAV_PREVIOUS,
	NAV_CHOICE, /* target */
	NAV_JUMP,   /* target; only a SCO may ask */
	NAV_EXIT,
	NAV_EXIT_ALL,
	NAV_ABANDON,
	NAV_ABANDON_ALL,
	NAV_SUSPEND_ALL,
};
struct scorm_request {
	enum scorm_navigation what;
	int32_t target; /* activity index */
};
enum scorm_session {
	SESSION_NONE,
	SESSION_ACTIVE,
	SESSION_NO_CONTENT,
	SESSION_SUSPENDED,
	SESSION_ENDED
};
struct scorm_delivery {
	enum scorm_session session;
	int32_t activity;    /* to launch now; −1: nothing new */
	const char *refused; /* the book's exception ("SB.2.9-6") when the request was not
	                        valid; NULL */
};
/* The overall sequencing process for one request. A SCO still running is terminated first,
 * as its unload would. */
void scorm_navigate(struct scorm *, struct scorm_request, int64_t now_ms,
                    struct scorm_delivery *out);
/* What the SCO asked for by adl.nav.request before it terminated; NAV_NONE when nothing.
 * Taking it clears it. */
struct scorm_request scorm_pending(struct scorm *);
int32_t scorm_current(const struct scorm *);   /* −1: none */
int32_t scorm_suspended(const struct scorm *); /* where ResumeAll leads; −1: none */
enum scorm_session scorm_session_of(const struct scorm *);

/* ---- what the learner may press: exact, by a dry run on a copy ---- */
struct scorm_validity {
	bool next, previous, exit, exit_all, abandon, abandon_all, suspend_all, resume_all,
		start;
	uint32_t hidden;       /* hideLMSUI of the current activity, of enum scorm_hide */
	const uint8_t *choice; /* for each activity: 1 = a Choice of it is valid now */
	const uint8_t *shown;  /* for each activity: 1 = in the table of contents */
	int32_t after; /* what Continue would deliver; −1: nothing, or not valid */
};
/* Computed once per state and kept until it changes. */
const struct scorm_validity *scorm_validity_of(struct scorm *);
/* The activities as they are gone through, randomized children in their order of now, and
 * without those that were not selected (SN 4.7): how many were written to `out`, which has
 * room for all. */
int32_t scorm_order(const struct scorm *, int32_t *out);

/* ---- the API object ---- */
/* Any of the eight methods by its 2004 or 1.2 name ("GetValue" / "LMSGetValue"). The result
 * lives until the next call. Error codes: scorm_last_error. `a` and `b` are the parameters;
 * absent ones are STR_NONE. */
str scorm_call(struct scorm *, str method, str a, str b, int64_t now_ms);
int scorm_last_error(const struct scorm *);
bool scorm_running(const struct scorm *); /* initialised and not terminated */

/* ---- the server's word ---- */
struct scorm_standing {         /* of one activity, or of the root = the course */
	const char *completion; /* "unknown", "not attempted", "incomplete", "completed" */
	const char *success;    /* "unknown", "passed", "failed" */
	double score;           /* −1..1; NaN none */
	double progress;        /* 0..1; of a cluster that does not measure it 1 when it
	                           is completed, else how far its parts are on
	                           average (one that does not tell: 0 until it is
	                           completed); NaN unknown */
	int64_t total_time_ms;
	uint32_t attempts;
	str location;
	bool suspended;
};
struct scorm_standing scorm_standing_of(struct scorm *, int32_t activity);
/* The same as it would be if the SCO that runs called Commit now: what it has set counts.
 * Worked out once per state. */
struct scorm_standing scorm_outlook_of(struct scorm *, int32_t activity);

/* ---- state as bytes ---- */
/* Everything: tracking, global objectives, shared data, run-time data of suspended attempts
 * and of the SCO that runs, the trace. */
bool scorm_snapshot(struct scorm *, uint8_t *out, size_t room, size_t *n_out);
/* False (and the engine as new) for bytes that are not a snapshot for this very tree. */
bool scorm_restore(struct scorm *, const uint8_t *bytes, size_t n);

/* Objectives and shared data that are global to the system outlive the attempt: out of one
 * engine, into the next. */
bool scorm_globals_write(struct scorm *, uint8_t *out, size_t room, size_t *n_out);
bool scorm_globals_read(struct scorm *, const uint8_t *bytes, size_t n);

/* ---- the trace: the last calls and their outcome, oldest first ---- */
struct scorm_trace_row {
	int64_t at_ms;
	int32_t activity;
	str what; /* "SetValue cmi.location" … values cut to 64 bytes; no learner's name */
	str value;
	int error;
};
size_t scorm_trace(const struct scorm *, struct scorm_trace_row *out, size_t most);
/* Empties it: the server keeps it beside each commit, not in the snapshot. */
void scorm_trace_forget(struct scorm *);

/* ---- for the server ---- */
/* A number over all that sequencing has decided (tracking, global objectives, where the
 * learner is): two engines that agree on it came to the same. Values that only SCOs read,
 * the clock and the trace are not in it. `scratch` holds it as bytes meanwhile; false when
 * that is too small (a snapshot's size is enough). */
bool scorm_digest(struct scorm *, uint8_t *scratch, size_t room, uint64_t *out);
/* Tells each value of the activity's data model that is set, in no order of meaning. False
 * when there is none. */
typedef void scorm_value_fn(void *context, str name, str value);
bool scorm_data(struct scorm *, int32_t activity, scorm_value_fn *, void *context);
/* What scorm_globals_read kept for other courses is let go: the server keeps it itself. */
void scorm_foreign_forget(struct scorm *);
/* Of two states of one engine's globals, before and after, and those of the learner: the
 * learner's with what changed between the two. False when it does not fit, or for bytes
 * that are none of scorm_globals_write. */
bool scorm_globals_merge(str before, str after, str learner, uint8_t *out, size_t room,
                         size_t *n_out);
/* Why the activity is not complete, or failed: a word for the reader's sentence and its
 * figures, 0..1 or counts. "complete", "untracked", "not-selected" (for this learner, SN
 * 4.7), "never" (opened), "silent" (opened, and said nothing), "says-incomplete",
 * "progress-low" (have of need), "parts-open" (have of need), "rules-open" (all parts are,
 * its own rules are not met), "failed", "score-low" (have of need). */
struct scorm_why {
	const char *word;
	double have, need;
};
struct scorm_why scorm_why_of(struct scorm *, int32_t activity);
