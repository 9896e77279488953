/* SPDX-License-Identifier: Apache-2.0 */
/* The data model of SCORM 1.2 (RTE 3.4) as a table. */
#pragma once

#include "scorm/cmi.h"

/* clang-format off */
/*  id               name                                  access type             list               promised initial words least most */
#define CMI12(X) \
	X(CMI,           "cmi",                                GROUP, TYPE_NONE,       0,                    0, NULL, NULL, 0, 0) \
	X(CORE,          "cmi.core",                           GROUP, TYPE_NONE,       0,                    0, "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time", NULL, 0, 0) \
	X(STUDENT_ID,    "cmi.core.student_id",                READ,  TYPE_IDENTIFIER, 0,                    0, "", NULL, 0, 0) \
	X(STUDENT_NAME,  "cmi.core.student_name",              READ,  TYPE_TEXT,       0,                    0, "", NULL, 0, 0) \
	X(LOCATION,      "cmi.core.lesson_location",           BOTH,  TYPE_TEXT,       0,                  255, "", NULL, 0, 0) \
	X(CREDIT,        "cmi.core.credit",                    READ,  TYPE_WORD,       0,                    0, "", NULL, 0, 0) \
	X(STATUS,        "cmi.core.lesson_status",             BOTH,  TYPE_WORD,       0,                    0, "not attempted", "passed|completed|failed|incomplete|browsed", 0, 0) \
	X(ENTRY,         "cmi.core.entry",                     READ,  TYPE_WORD,       0,                    0, "", NULL, 0, 0) \
	X(SCORE,         "cmi.core.score",                     GROUP, TYPE_NONE,       0,                    0, "raw,min,max", NULL, 0, 0) \
	X(RAW,           "cmi.core.score.raw",                 BOTH,  TYPE_SCORE,      0,                    0, "", NULL, 0, 0) \
	X(MIN,           "cmi.core.score.min",                 BOTH,  TYPE_SCORE,      0,                    0, "", NULL, 0, 0) \
	X(MAX,           "cmi.core.score.max",                 BOTH,  TYPE_SCORE,      0,                    0, "", NULL, 0, 0) \
	X(TOTAL_TIME,    "cmi.core.total_time",                READ,  TYPE_SPAN,       0,                    0, "", NULL, 0, 0) \
	X(MODE,          "cmi.core.lesson_mode",               READ,  TYPE_WORD,       0,                    0, "", NULL, 0, 0) \
	X(EXIT,          "cmi.core.exit",                      WRITE, TYPE_WORD,       0,                    0, "", "time-out|suspend|logout|", 0, 0) \
	X(SESSION_TIME,  "cmi.core.session_time",              WRITE, TYPE_SPAN,       0,                    0, "", NULL, 0, 0) \
	X(SUSPEND_DATA,  "cmi.suspend_data",                   BOTH,  TYPE_TEXT,       0,                 4096, "", NULL, 0, 0) \
	X(LAUNCH_DATA,   "cmi.launch_data",                    READ,  TYPE_TEXT,       0,                    0, "", NULL, 0, 0) \
	X(COMMENTS,      "cmi.comments",                       BOTH,  TYPE_TEXT,       0,                 4096, "", NULL, 0, 0) \
	X(LMS_COMMENTS,  "cmi.comments_from_lms",              READ,  TYPE_TEXT,       0,                    0, "", NULL, 0, 0) \
	X(OBJECTIVES,    "cmi.objectives",                     LIST,  TYPE_NONE,       0,                    0, "id,score,status", NULL, 0, 0) \
	X(OBJECTIVE_ID,  "cmi.objectives.n.id",                BOTH,  TYPE_IDENTIFIER, L_OBJECTIVES,         0, "", NULL, 0, 0) \
	X(OBJECTIVE_SCORE, "cmi.objectives.n.score",           GROUP, TYPE_NONE,       L_OBJECTIVES,         0, "raw,min,max", NULL, 0, 0) \
	X(OBJECTIVE_RAW, "cmi.objectives.n.score.raw",         BOTH,  TYPE_SCORE,      L_OBJECTIVES,         0, "", NULL, 0, 0) \
	X(OBJECTIVE_MIN, "cmi.objectives.n.score.min",         BOTH,  TYPE_SCORE,      L_OBJECTIVES,         0, "", NULL, 0, 0) \
	X(OBJECTIVE_MAX, "cmi.objectives.n.score.max",         BOTH,  TYPE_SCORE,      L_OBJECTIVES,         0, "", NULL, 0, 0) \
	X(OBJECTIVE_STATUS, "cmi.objectives.n.status",         BOTH,  TYPE_WORD,       L_OBJECTIVES,         0, "not attempted", "passed|completed|failed|incomplete|browsed|not attempted", 0, 0) \
	X(STUDENT_DATA,  "cmi.student_data",                   GROUP, TYPE_NONE,       0,                    0, "mastery_score,max_time_allowed,time_limit_action", NULL, 0, 0) \
	X(MASTERY_SCORE, "cmi.student_data.mastery_score",     READ,  TYPE_SCORE,      0,                    0, "", NULL, 0, 0) \
	X(MAX_TIME_ALLOWED, "cmi.student_data.max_time_allowed", READ, TYPE_SPAN,      0,                    0, "", NULL, 0, 0) \
	X(TIME_LIMIT_ACTION, "cmi.student_data.time_limit_action", READ, TYPE_WORD,    0,                    0, "", NULL, 0, 0) \
	X(PREFERENCE,    "cmi.student_preference",             GROUP, TYPE_NONE,       0,                    0, "audio,language,speed,text", NULL, 0, 0) \
	X(AUDIO,         "cmi.student_preference.audio",       BOTH,  TYPE_WHOLE,      0,                    0, "0", NULL, -1, 100) \
	X(LANGUAGE,      "cmi.student_preference.language",    BOTH,  TYPE_STRING,     0,                    0, "", NULL, 0, 0) \
	X(SPEED,         "cmi.student_preference.speed",       BOTH,  TYPE_WHOLE,      0,                    0, "0", NULL, -100, 100) \
	X(TEXT,          "cmi.student_preference.text",        BOTH,  TYPE_WHOLE,      0,                    0, "0", NULL, -1, 1) \
	X(INTERACTIONS,  "cmi.interactions",                   LIST,  TYPE_NONE,       0,                    0, "id,objectives,time,type,correct_responses,weighting,student_response,result,latency", NULL, 0, 0) \
	X(INTERACTION_ID, "cmi.interactions.n.id",             WRITE, TYPE_IDENTIFIER, L_INTERACTIONS,       0, "", NULL, 0, 0) \
	X(INTERACTION_OBJECTIVES, "cmi.interactions.n.objectives", LIST, TYPE_NONE,    L_INTERACTIONS,       0, "id", NULL, 0, 0) \
	X(INTERACTION_OBJECTIVE, "cmi.interactions.n.objectives.n.id", WRITE, TYPE_IDENTIFIER, L_INTERACTION_OBJECTIVES, 0, "", NULL, 0, 0) \
	X(INTERACTION_TIME, "cmi.interactions.n.time",         WRITE, TYPE_TIME,       L_INTERACTIONS,       0, "", NULL, 0, 0) \
	X(INTERACTION_TYPE, "cmi.interactions.n.type",         WRITE, TYPE_WORD,       L_INTERACTIONS,       0, "", "true-false|choice|fill-in|matching|performance|sequencing|likert|numeric", 0, 0) \
	X(PATTERNS,      "cmi.interactions.n.correct_responses", LIST, TYPE_NONE,      L_INTERACTIONS,       0, "pattern", NULL, 0, 0) \
	X(PATTERN,       "cmi.interactions.n.correct_responses.n.pattern", WRITE, TYPE_FEEDBACK, L_PATTERNS, 255, "", NULL, 0, 0) \
	X(WEIGHTING,     "cmi.interactions.n.weighting",       WRITE, TYPE_REAL,       L_INTERACTIONS,       0, "", NULL, 0, 0) \
	X(RESPONSE,      "cmi.interactions.n.student_response", WRITE, TYPE_FEEDBACK,  L_INTERACTIONS,     255, "", NULL, 0, 0) \
	X(RESULT,        "cmi.interactions.n.result",          WRITE, TYPE_RESULT,     L_INTERACTIONS,       0, "", "correct|wrong|unanticipated|neutral", 0, 0) \
	X(LATENCY,       "cmi.interactions.n.latency",         WRITE, TYPE_SPAN,       L_INTERACTIONS,       0, "", NULL, 0, 0)
/* clang-format on */

enum cmi12 {
#define X(id, ...) L_##id,
	CMI12(X)
#undef X
		CMI12_N
};
