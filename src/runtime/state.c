/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of an attempt's inside: the state of each activity, the lines of its
 * commits. */
#include "runtime/runtime.h"

#define STATES 2000
#define ROWS 100

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
};
const struct shape commit_row_shape =
	SHAPE("CommitRow", struct commit_row, commit_row_fields);

SQL(commit_list, "SELECT seq, made_at, saved_at, launch, activity, completion, success,"
                 " location, score, applied FROM attempt_commit WHERE attempt = :attempt"
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
		};
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}
