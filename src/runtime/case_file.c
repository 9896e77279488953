/* SPDX-License-Identifier: Apache-2.0 */
/* A case as JSON, by tables. */
#include "runtime/casebook.h"

enum { TEXT_MOST = 1 << 20, LIST_MOST = 20000 };

/* For names that C does not allow or that the file spells its own way. */
#define NAMED(T, name, kind, field, required, of)                                      \
	{                                                                              \
		name, JSON_KIND_##kind, offsetof(T, field), required, 0, TEXT_MOST, of \
	}

static const struct json_field call_fields[] = {
	JSON_TEXT(struct case_call, m, true, 1, 40),
	JSON_TEXT(struct case_call, el, false, 0, TEXT_MOST),
	JSON_TEXT(struct case_call, val, false, 0, TEXT_MOST),
	JSON_TEXT(struct case_call, exp, false, 0, TEXT_MOST),
	JSON_TEXT(struct case_call, err, false, 0, 8),
	JSON_TEXT(struct case_call, type, false, 0, 40),
	JSON_TEXT(struct case_call, learner, false, 0, 8),
	JSON_TEXTS(struct case_call, ids, false, 1000),
};
static const struct shape call_shape = SHAPE("CaseCall", struct case_call, call_fields);

static const struct json_field question_fields[] = {
	JSON_TEXT(struct case_question, kind, true, 1, 40),
	JSON_TEXT(struct case_question, target, false, 0, 1000),
	JSON_TEXT(struct case_question, expect, true, 1, 1),
};
static const struct shape question_shape =
	SHAPE("CaseQuestion", struct case_question, question_fields);

static const struct json_field then_fields[] = {
	JSON_TEXT(struct case_then, relaunch, false, 0, 100),
	JSON_TEXT(struct case_then, choose, false, 0, 1000),
};
static const struct shape then_shape = SHAPE("CaseThen", struct case_then, then_fields);

static const struct json_field after_fields[] = {
	NAMED(struct case_after, "do", TEXT, what, true, NULL),
	JSON_TEXT(struct case_after, title, false, 0, 1000),
	JSON_TEXT(struct case_after, session, false, 0, 40),
	JSON_OBJECT(struct case_after, then, false, then_shape),
};
static const struct shape after_shape = SHAPE("CaseAfter", struct case_after, after_fields);

static const struct json_field visit_fields[] = {
	JSON_TEXT(struct case_visit, visit, true, 1, 100),
	JSON_TEXT(struct case_visit, activity, true, 1, 100),
	JSON_LIST(struct case_visit, ui, false, LIST_MOST, question_shape),
	JSON_LIST(struct case_visit, calls, false, LIST_MOST, call_shape),
	JSON_OBJECT(struct case_visit, after, true, after_shape),
};
static const struct shape visit_shape = SHAPE("CaseVisit", struct case_visit, visit_fields);

static const struct json_field start_fields[] = {
	NAMED(struct case_start, "auto", BOOL, automatic, false, NULL),
	JSON_TEXT(struct case_start, choose, false, 0, 1000),
	JSON_TEXT(struct case_start, credit, false, 0, 10),
	JSON_TEXT(struct case_start, mode, false, 0, 10),
};
static const struct shape start_shape = SHAPE("CaseStart", struct case_start, start_fields);

static const struct json_field case_fields[] = {
	JSON_TEXT(struct case_file, tc, true, 1, 100),
	JSON_TEXTS(struct case_file, packages, true, 100),
	JSON_OBJECT(struct case_file, start, true, start_shape),
	JSON_LIST(struct case_file, visits, true, LIST_MOST, visit_shape),
	NAMED(struct case_file, "sessionEndQuestion", BOOL, ends, false, NULL),
};
const struct shape case_shape = SHAPE("Case", struct case_file, case_fields);
