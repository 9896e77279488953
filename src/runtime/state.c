/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of an attempt's inside: the state of each activity, the lines of its
 * commits. */
#include "runtime/runtime.h"

#define STATES 2000
#define ROWS 100
#define DISPUTES 50

static const struct json_field activity_state_fields[] = {
	JSON_TEXT(struct activity_state, activity, true, 1, 4000),
	JSON_TEXT(struct activity_state, cmi, true, 2, 524288),
	JSON_TEXT(struct activity_state, completion, true, 1, 20),
	JSON_TEXT(struct activity_state, success, true, 1, 20),
	JSON_REAL(struct activity_state, score, false),
	JSON_TEXT(struct activity_state, location, false, 0, 4000),
	JSON_INT(struct activity_state, total_time_ms, true, 0, INT64_MAX),
	JSON_BOOL(struct activity_state, suspended, true),
	JSON_INT(struct activity_state, visits, true, 0, INT64_MAX),
};
const struct shape activity_state_shape =
	SHAPE("ActivityState", struct activity_state, activity_state_fields);

SQL(state_list, "SELECT activity, cmi, completion, success, score, location,"
                " total_time_ms, suspended, visits FROM activity_state"
                " WHERE attempt = :attempt ORDER BY activity LIMIT 2000");

static struct activity_state state_row(struct query *q, struct arena *a)
{
	return (struct activity_state){
		.activity = column_text(q, a, 0),
		.cmi = column_text(q, a, 1),
		.completion = column_text(q, a, 2),
		.success = column_text(q, a, 3),
		.score = column_real(q, 4),
		.location = column_text(q, a, 5),
		.total_time_ms = column_int(q, 6, 0),
		.suspended = column_int(q, 7, 0) != 0,
		.visits = column_int(q, 8, 0),
	};
}

enum err activity_states(struct db *db, struct arena *a, str attempt, struct json_list *out)
{
	struct activity_state *list = arena_alloc(a, STATES * sizeof *list);
	size_t n = 0;
	QUERY(q, db, state_list);
	bind_text(&q, ":attempt", attempt);
	while (n < STATES && query_next(&q)) list[n++] = state_row(&q, a);
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

static const struct json_field commit_row_fields[] = {
	JSON_INT(struct commit_row, seq, true, 1, INT64_MAX),
	JSON_INT(struct commit_row, made_at, true, INT64_MIN + 1, INT64_MAX),
	JSON_INT(struct commit_row, saved_at, true, 0, INT64_MAX),
	JSON_TEXT(struct commit_row, launch, true, 36, 36),
	JSON_TEXT(struct commit_row, activity, false, 1, 4000),
	JSON_TEXT(struct commit_row, completion, true, 1, 20),
	JSON_TEXT(struct commit_row, success, true, 1, 20),
	JSON_TEXT(struct commit_row, location, false, 0, 4000),
	JSON_REAL(struct commit_row, score, false),
	JSON_BOOL(struct commit_row, applied, true),
	JSON_RAW(struct commit_row, trace, false, 1 << 20),
};
const struct shape commit_row_shape =
	SHAPE("CommitRow", struct commit_row, commit_row_fields);

SQL(commit_list,
    "SELECT seq, made_at, saved_at, launch, activity, completion, success,"
    " location, score, applied, trace FROM attempt_commit WHERE attempt = :attempt"
    " UNION ALL SELECT seq, made_at, saved_at, launch, activity, completion, success,"
    " location, score, 1, trace FROM attempt_latest WHERE attempt = :attempt AND seq > 0"
    " ORDER BY seq DESC, launch DESC LIMIT 100");

enum err commit_rows(struct db *db, struct arena *a, str attempt, struct json_list *out)
{
	struct commit_row *list = arena_alloc(a, ROWS * sizeof *list);
	size_t n = 0;
	QUERY(q, db, commit_list);
	bind_text(&q, ":attempt", attempt);
	while (n < ROWS && query_next(&q))
		list[n++] = (struct commit_row){
			.seq = column_int(&q, 0, 0),
			.made_at = column_int(&q, 1, 0),
			.saved_at = column_int(&q, 2, 0),
			.launch = column_text(&q, a, 3),
			.activity = column_text(&q, a, 4),
			.completion = column_text(&q, a, 5),
			.success = column_text(&q, a, 6),
			.location = column_text(&q, a, 7),
			.score = column_real(&q, 8),
			.applied = column_int(&q, 9, 0) != 0,
			.trace = column_text(&q, a, 10),
		};
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

static const struct json_field trace_row_fields[] = {
	JSON_INT(struct trace_row, at, true, 0, INT64_MAX),
	JSON_TEXT(struct trace_row, activity, false, 1, 4000),
	JSON_TEXT(struct trace_row, what, true, 0, 4100),
	JSON_TEXT(struct trace_row, value, false, 0, 64),
	JSON_TEXT(struct trace_row, outcome, false, 0, 40),
};
const struct shape trace_row_shape = SHAPE("TraceRow", struct trace_row, trace_row_fields);

static const struct json_field dispute_fields[] = {
	JSON_INT(struct dispute, seq, true, 1, INT64_MAX),
	JSON_INT(struct dispute, saved_at, true, 0, INT64_MAX),
	JSON_TEXT(struct dispute, why, true, 1, 40),
	JSON_TEXT(struct dispute, completion, false, 1, 20),
	JSON_TEXT(struct dispute, success, false, 1, 20),
	JSON_REAL(struct dispute, score, false),
	JSON_REAL(struct dispute, progress, false),
	JSON_TEXT(struct dispute, server_completion, false, 1, 20),
	JSON_TEXT(struct dispute, server_success, false, 1, 20),
	JSON_REAL(struct dispute, server_score, false),
	JSON_REAL(struct dispute, server_progress, false),
};
const struct shape dispute_shape = SHAPE("Dispute", struct dispute, dispute_fields);

SQL(dispute_list,
    "SELECT seq, saved_at, why, completion, success, score, progress,"
    " server_completion, server_success, server_score, server_progress"
    " FROM attempt_dispute WHERE attempt = :attempt ORDER BY seq DESC LIMIT 50");

enum err dispute_rows(struct db *db, struct arena *a, str attempt, struct json_list *out)
{
	struct dispute *list = arena_alloc(a, DISPUTES * sizeof *list);
	size_t n = 0;
	QUERY(q, db, dispute_list);
	bind_text(&q, ":attempt", attempt);
	while (n < DISPUTES && query_next(&q))
		list[n++] = (struct dispute){
			.seq = column_int(&q, 0, 0),
			.saved_at = column_int(&q, 1, 0),
			.why = column_text(&q, a, 2),
			.completion = column_text(&q, a, 3),
			.success = column_text(&q, a, 4),
			.score = column_real(&q, 5),
			.progress = column_real(&q, 6),
			.server_completion = column_text(&q, a, 7),
			.server_success = column_text(&q, a, 8),
			.server_score = column_real(&q, 9),
			.server_progress = column_real(&q, 10),
		};
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}
