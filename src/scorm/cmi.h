/* SPDX-License-Identifier: Apache-2.0 */
/* The run-time environment from the inside: its state, and what the two data models
 * (cmi2004*.c, cmi12*.c) do for the API (api.c). */
#pragma once

#include "scorm/model.h"
#include "scorm/rte.h"
#include "scorm/text.h"
#include "scorm/tracking.h"

/* No value may be longer than this; where the book promises less, more is taken all the
 * same and noted in the trace. */
enum { VALUE_MOST = 256 * 1024 };

enum phase {
	IDLE,  /* nothing is delivered */
	READY, /* delivered; Initialize is awaited */
	OPEN,
	DONE, /* terminated */
};
enum entry { ENTRY_AGAIN, ENTRY_FIRST, ENTRY_RESUME }; /* "", "ab-initio", "resume" */

/* The sentence behind an error, for GetDiagnostic. */
enum reason {
	WHY_NOTHING,
	WHY_UNKNOWN,
	WHY_NO_CHILDREN,
	WHY_NO_COUNT,
	WHY_NO_VERSION,
	WHY_CONTAINER,
	WHY_BEYOND_COUNT,
	WHY_OUT_OF_ORDER,
	WHY_FIXED,
	WHY_ID_FIRST,
	WHY_TYPE_FIRST,
	WHY_ONE_PATTERN,
	WHY_SAME_PATTERN,
	WHY_SAME_ID,
	WHY_ID_STAYS,
	WHY_TOO_LONG,
	WHY_NO_ROOM,
	WHY_NOT_DELIVERED,
	WHY_NO_ARGUMENT,
	REASONS
};

struct rte {
	struct model model;
	int32_t activity; /* whose data is in memory; −1: nobody's */
	uint32_t phase, entry, error, reason;
	/* Bits of enum known: of the primary objective the SCO set this last by its
	 * cmi.objectives.n, not by cmi.score and the like; the last word counts. */
	uint32_t by_objective;
	bool holds;           /* the data still belongs to an attempt */
	char text[TEXT_ROOM]; /* what GetValue gives when it is worked out */
};

bool is_scorm12(const struct scorm *);
const struct scorm_activity *cmi_activity(const struct scorm *);
bool cmi_credited(const struct scorm *); /* status and score count */
str cmi_mode(const struct scorm *);
str cmi_credit(const struct scorm *);
struct place cmi_place(int element, uint32_t n, uint32_t m);
str cmi_value(const struct scorm *, int element);
void cmi_put(struct scorm *, struct place, str value);
/* Notes the reason; gives back the error. */
int cmi_fail(struct scorm *, int error, enum reason);
/* Where the list's count is kept, and which index of `p` counts in it. */
struct place cmi_list(const struct scorm *, struct place p, uint32_t *index);
/* Notes in the trace that a value is longer than every LMS must take. */
void cmi_note_length(struct scorm *, const struct element *, str value);

/* As Terminate; `called`: by the SCO itself. */
void cmi_terminate(struct scorm *, bool called);

/* What a data model does: an error code, 0 for none. */
int cmi2004_get(struct scorm *, str name, str *out);
int cmi2004_set(struct scorm *, str name, str value);
void cmi2004_begin(struct scorm *, bool resume);
void cmi2004_transfer(struct scorm *);
void cmi2004_finish(struct scorm *);
/* What cmi2004_finish left out because the SCO asked to be abandoned. */
void cmi2004_keep(struct scorm *);
bool cmi2004_exits_all(const struct scorm *);
bool cmi2004_abandons(const struct scorm *);
int cmi12_get(struct scorm *, str name, str *out);
int cmi12_set(struct scorm *, str name, str value);
void cmi12_begin(struct scorm *, bool resume, bool visited);
void cmi12_transfer(struct scorm *);
void cmi12_finish(struct scorm *, bool called);

extern const struct element cmi2004_elements[], cmi12_elements[];
uint32_t cmi2004_n(const struct scorm *), cmi12_n(void);
/* Of cmi.location, cmi.core.lesson_location. */
int cmi2004_location(void), cmi12_location(void);
