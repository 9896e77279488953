/* SPDX-License-Identifier: Apache-2.0 */
/* The data model of SCORM 2004 (RTE chapter 4) as a table. */
#pragma once

#include "scorm/cmi.h"

#define STATUS "completed|incomplete|not attempted|unknown"
#define SUCCESS "passed|failed|unknown"
#define SCORE_PARTS "scaled,min,max,raw"

/* clang-format off */
/*  id               name                                  access type            list             promised initial words least most */
#define CMI2004(X) \
	X(CMI,           "cmi",                                GROUP, TYPE_NONE,      0,                  0, NULL, NULL, 0, 0) \
	X(LEARNER_COMMENTS, "cmi.comments_from_learner",       LIST,  TYPE_NONE,      0,                  0, "comment,location,timestamp", NULL, 0, 0) \
	X(LEARNER_COMMENT, "cmi.comments_from_learner.n.comment", BOTH, TYPE_LOCALIZED, E_LEARNER_COMMENTS, 4000, NULL, NULL, 0, 0) \
	X(LEARNER_COMMENT_LOCATION, "cmi.comments_from_learner.n.location", BOTH, TYPE_TEXT, E_LEARNER_COMMENTS, 250, NULL, NULL, 0, 0) \
	X(LEARNER_COMMENT_TIME, "cmi.comments_from_learner.n.timestamp", BOTH, TYPE_TIMESTAMP, E_LEARNER_COMMENTS, 0, NULL, NULL, 0, 0) \
	X(LMS_COMMENTS,  "cmi.comments_from_lms",              LIST,  TYPE_NONE,      0,                  0, "comment,location,timestamp", NULL, 0, 0) \
	X(LMS_COMMENT,   "cmi.comments_from_lms.n.comment",    READ,  TYPE_LOCALIZED, E_LMS_COMMENTS,     0, NULL, NULL, 0, 0) \
	X(LMS_COMMENT_LOCATION, "cmi.comments_from_lms.n.location", READ, TYPE_TEXT,  E_LMS_COMMENTS,     0, NULL, NULL, 0, 0) \
	X(LMS_COMMENT_TIME, "cmi.comments_from_lms.n.timestamp", READ, TYPE_TIMESTAMP, E_LMS_COMMENTS,    0, NULL, NULL, 0, 0) \
	X(COMPLETION_STATUS, "cmi.completion_status",          BOTH,  TYPE_WORD,      0,                  0, "unknown", STATUS, 0, 0) \
	X(COMPLETION_THRESHOLD, "cmi.completion_threshold",    READ,  TYPE_REAL,      0,                  0, NULL, NULL, 0, 1) \
	X(CREDIT,        "cmi.credit",                         READ,  TYPE_WORD,      0,                  0, NULL, NULL, 0, 0) \
	X(ENTRY,         "cmi.entry",                          READ,  TYPE_WORD,      0,                  0, NULL, NULL, 0, 0) \
	X(EXIT,          "cmi.exit",                           WRITE, TYPE_WORD,      0,                  0, NULL, "time-out|suspend|logout|normal|", 0, 0) \
	X(INTERACTIONS,  "cmi.interactions",                   LIST,  TYPE_NONE,      0,                  0, "id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description", NULL, 0, 0) \
	X(INTERACTION_ID, "cmi.interactions.n.id",             BOTH,  TYPE_URI,       E_INTERACTIONS,  4000, NULL, NULL, 0, 0) \
	X(INTERACTION_TYPE, "cmi.interactions.n.type",         BOTH,  TYPE_WORD,      E_INTERACTIONS,     0, NULL, "true-false|choice|fill-in|long-fill-in|matching|performance|sequencing|likert|numeric|other", 0, 0) \
	X(INTERACTION_OBJECTIVES, "cmi.interactions.n.objectives", LIST, TYPE_NONE,   E_INTERACTIONS,     0, "id", NULL, 0, 0) \
	X(INTERACTION_OBJECTIVE, "cmi.interactions.n.objectives.n.id", BOTH, TYPE_URI, E_INTERACTION_OBJECTIVES, 4000, NULL, NULL, 0, 0) \
	X(INTERACTION_TIME, "cmi.interactions.n.timestamp",    BOTH,  TYPE_TIMESTAMP, E_INTERACTIONS,     0, NULL, NULL, 0, 0) \
	X(PATTERNS,      "cmi.interactions.n.correct_responses", LIST, TYPE_NONE,     E_INTERACTIONS,     0, "pattern", NULL, 0, 0) \
	X(PATTERN,       "cmi.interactions.n.correct_responses.n.pattern", BOTH, TYPE_PATTERN, E_PATTERNS, 0, NULL, NULL, 0, 0) \
	X(WEIGHTING,     "cmi.interactions.n.weighting",       BOTH,  TYPE_REAL,      E_INTERACTIONS,     0, NULL, NULL, 0, 0) \
	X(RESPONSE,      "cmi.interactions.n.learner_response", BOTH, TYPE_RESPONSE,  E_INTERACTIONS,     0, NULL, NULL, 0, 0) \
	X(RESULT,        "cmi.interactions.n.result",          BOTH,  TYPE_RESULT,    E_INTERACTIONS,     0, NULL, "correct|incorrect|unanticipated|neutral", 0, 0) \
	X(LATENCY,       "cmi.interactions.n.latency",         BOTH,  TYPE_DURATION,  E_INTERACTIONS,     0, NULL, NULL, 0, 0) \
	X(INTERACTION_DESCRIPTION, "cmi.interactions.n.description", BOTH, TYPE_LOCALIZED, E_INTERACTIONS, 250, NULL, NULL, 0, 0) \
	X(LAUNCH_DATA,   "cmi.launch_data",                    READ,  TYPE_TEXT,      0,                  0, NULL, NULL, 0, 0) \
	X(LEARNER_ID,    "cmi.learner_id",                     READ,  TYPE_TEXT,      0,                  0, NULL, NULL, 0, 0) \
	X(LEARNER_NAME,  "cmi.learner_name",                   READ,  TYPE_LOCALIZED, 0,                  0, NULL, NULL, 0, 0) \
	X(PREFERENCE,    "cmi.learner_preference",             GROUP, TYPE_NONE,      0,                  0, "audio_level,language,delivery_speed,audio_captioning", NULL, 0, 0) \
	X(AUDIO_LEVEL,   "cmi.learner_preference.audio_level", BOTH,  TYPE_REAL,      0,                  0, "1", NULL, 0, 1e300) \
	X(LANGUAGE,      "cmi.learner_preference.language",    BOTH,  TYPE_LANGUAGE,  0,                250, "", NULL, 0, 0) \
	X(DELIVERY_SPEED, "cmi.learner_preference.delivery_speed", BOTH, TYPE_REAL,   0,                  0, "1", NULL, 0, 1e300) \
	X(AUDIO_CAPTIONING, "cmi.learner_preference.audio_captioning", BOTH, TYPE_WORD, 0,                0, "0", "-1|0|1", 0, 0) \
	X(LOCATION,      "cmi.location",                       BOTH,  TYPE_TEXT,      0,               1000, NULL, NULL, 0, 0) \
	X(MAX_TIME_ALLOWED, "cmi.max_time_allowed",            READ,  TYPE_DURATION,  0,                  0, NULL, NULL, 0, 0) \
	X(MODE,          "cmi.mode",                           READ,  TYPE_WORD,      0,                  0, NULL, NULL, 0, 0) \
	X(OBJECTIVES,    "cmi.objectives",                     LIST,  TYPE_NONE,      0,                  0, "id,score,success_status,completion_status,progress_measure,description", NULL, 0, 0) \
	X(OBJECTIVE_ID,  "cmi.objectives.n.id",                BOTH,  TYPE_URI,       E_OBJECTIVES,    4000, NULL, NULL, 0, 0) \
	X(OBJECTIVE_SCORE, "cmi.objectives.n.score",           GROUP, TYPE_NONE,      E_OBJECTIVES,       0, SCORE_PARTS, NULL, 0, 0) \
	X(OBJECTIVE_SCALED, "cmi.objectives.n.score.scaled",   BOTH,  TYPE_REAL,      E_OBJECTIVES,       0, NULL, NULL, -1, 1) \
	X(OBJECTIVE_RAW, "cmi.objectives.n.score.raw",         BOTH,  TYPE_REAL,      E_OBJECTIVES,       0, NULL, NULL, 0, 0) \
	X(OBJECTIVE_MIN, "cmi.objectives.n.score.min",         BOTH,  TYPE_REAL,      E_OBJECTIVES,       0, NULL, NULL, 0, 0) \
	X(OBJECTIVE_MAX, "cmi.objectives.n.score.max",         BOTH,  TYPE_REAL,      E_OBJECTIVES,       0, NULL, NULL, 0, 0) \
	X(OBJECTIVE_SUCCESS, "cmi.objectives.n.success_status", BOTH, TYPE_WORD,      E_OBJECTIVES,       0, "unknown", SUCCESS, 0, 0) \
	X(OBJECTIVE_COMPLETION, "cmi.objectives.n.completion_status", BOTH, TYPE_WORD, E_OBJECTIVES,      0, "unknown", STATUS, 0, 0) \
	X(OBJECTIVE_PROGRESS, "cmi.objectives.n.progress_measure", BOTH, TYPE_REAL,   E_OBJECTIVES,       0, NULL, NULL, 0, 1) \
	X(OBJECTIVE_DESCRIPTION, "cmi.objectives.n.description", BOTH, TYPE_LOCALIZED, E_OBJECTIVES,    250, NULL, NULL, 0, 0) \
	X(PROGRESS_MEASURE, "cmi.progress_measure",            BOTH,  TYPE_REAL,      0,                  0, NULL, NULL, 0, 1) \
	X(SCALED_PASSING_SCORE, "cmi.scaled_passing_score",    READ,  TYPE_REAL,      0,                  0, NULL, NULL, -1, 1) \
	X(SCORE,         "cmi.score",                          GROUP, TYPE_NONE,      0,                  0, SCORE_PARTS, NULL, 0, 0) \
	X(SCALED,        "cmi.score.scaled",                   BOTH,  TYPE_REAL,      0,                  0, NULL, NULL, -1, 1) \
	X(RAW,           "cmi.score.raw",                      BOTH,  TYPE_REAL,      0,                  0, NULL, NULL, 0, 0) \
	X(MIN,           "cmi.score.min",                      BOTH,  TYPE_REAL,      0,                  0, NULL, NULL, 0, 0) \
	X(MAX,           "cmi.score.max",                      BOTH,  TYPE_REAL,      0,                  0, NULL, NULL, 0, 0) \
	X(SESSION_TIME,  "cmi.session_time",                   WRITE, TYPE_DURATION,  0,                  0, NULL, NULL, 0, 0) \
	X(SUCCESS_STATUS, "cmi.success_status",                BOTH,  TYPE_WORD,      0,                  0, "unknown", SUCCESS, 0, 0) \
	X(SUSPEND_DATA,  "cmi.suspend_data",                   BOTH,  TYPE_TEXT,      0,              64000, NULL, NULL, 0, 0) \
	X(TIME_LIMIT_ACTION, "cmi.time_limit_action",          READ,  TYPE_WORD,      0,                  0, NULL, NULL, 0, 0) \
	X(TOTAL_TIME,    "cmi.total_time",                     READ,  TYPE_DURATION,  0,                  0, NULL, NULL, 0, 0) \
	X(REQUEST,       "adl.nav.request",                    BOTH,  TYPE_REQUEST,   0,                  0, "_none_", "continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|_none_", 0, 0) \
	/* From here on: 4th Edition only. */ \
	X(DATA,          "adl.data",                           LIST,  TYPE_NONE,      0,                  0, "id,store", NULL, 0, 0) \
	X(DATA_ID,       "adl.data.n.id",                      READ,  TYPE_URI,       E_DATA,             0, NULL, NULL, 0, 0) \
	X(DATA_STORE,    "adl.data.n.store",                   BOTH,  TYPE_TEXT,      E_DATA,         64000, NULL, NULL, 0, 0)
/* clang-format on */

enum cmi2004 {
#define X(id, ...) E_##id,
	CMI2004(X)
#undef X
		CMI2004_N
};

/* ---- of the manifest ---- */
bool cmi2004_threshold(const struct scorm *, double *out);     /* completion */
bool cmi2004_passing_score(const struct scorm *, double *out); /* scaled */
/* What cmi.completion_status and cmi.success_status are, evaluated (RTE 4.2.4.1,
 * 4.2.22.1). */
str cmi2004_completion(const struct scorm *);
str cmi2004_success(const struct scorm *);
/* The n-th record of cmi.objectives is this objective of the activity; −1: the SCO's own.
 */
int32_t cmi2004_objective(const struct scorm *, uint32_t n);
uint32_t cmi2004_count(const struct scorm *, struct place list);
/* The activity with that id, −1: none. */
int32_t cmi2004_target(const struct scorm *, str id);
/* "{target=…}" and what follows it; false when it is not so. */
bool cmi2004_take_target(str, str *target, str *rest);
