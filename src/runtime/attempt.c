/* SPDX-License-Identifier: Apache-2.0 */
/* Attempts: reading them, beginning one, opening a launch. How they change is commit.c's
 * business. */
#include "base/time.h"
#include "runtime/runtime.h"

#include <stdio.h>

static const struct json_field attempt_fields[] = {
	JSON_TEXT(struct attempt, id, true, 36, 36),
	JSON_TEXT(struct attempt, person, true, 36, 36),
	JSON_TEXT(struct attempt, course, true, 36, 36),
	JSON_TEXT(struct attempt, package, true, 64, 64),
	JSON_TEXT(struct attempt, event, false, 36, 36),
	JSON_INT(struct attempt, number, true, 1, 1000000),
	JSON_TEXT(struct attempt, state, true, 1, 20),
	JSON_TEXT(struct attempt, completion, true, 1, 20),
	JSON_TEXT(struct attempt, success, true, 1, 20),
	JSON_REAL(struct attempt, score, false),
	JSON_REAL(struct attempt, progress, false),
	JSON_INT(struct attempt, total_time_ms, true, 0, INT64_MAX),
	JSON_INT(struct attempt, seq, true, 0, INT64_MAX),
	JSON_TEXT(struct attempt, launch, true, 0, 36),
	JSON_TEXT(struct attempt, activity, false, 1, 4000),
	JSON_BOOL(struct attempt, suspended, true),
	JSON_INT(struct attempt, kept, true, 0, INT64_MAX),
	JSON_INT(struct attempt, disputed, true, 0, INT64_MAX),
	JSON_INT(struct attempt, started_at, true, 0, INT64_MAX),
	JSON_INT(struct attempt, changed_at, true, 0, INT64_MAX),
};
const struct shape attempt_shape = SHAPE("Attempt", struct attempt, attempt_fields);

/* The one word for how it stands. A verdict of the course outweighs having been through it
 * all. */
static str state_of(const struct attempt *t)
{
	if (str_is(t->success, S("failed"))) return S("failed");
	if (str_is(t->success, S("passed"))) return S("passed");
	if (str_is(t->completion, S("completed"))) return S("completed");
	return t->launch.n ? S("started") : S("new");
}

#define ATTEMPT_SELECT                                                                 \
	"SELECT t.id, t.person, t.course, t.package, t.event, t.number, t.completion," \
	" t.success, t.score, t.progress, t.total_time_ms, t.seq, t.launch,"           \
	" t.activity, t.suspended, t.kept, t.started_at, t.changed_at,"                \
	" (SELECT COUNT(*) FROM attempt_dispute d WHERE d.attempt = t.id)"             \
	" FROM attempt t"

static struct attempt attempt_row(struct query *q, struct arena *a)
{
	struct attempt t = {
		.id = column_text(q, a, 0),
		.person = column_text(q, a, 1),
		.course = column_text(q, a, 2),
		.package = column_text(q, a, 3),
		.event = column_text(q, a, 4),
		.number = column_int(q, 5, 1),
		.completion = column_text(q, a, 6),
		.success = column_text(q, a, 7),
		.score = column_real(q, 8),
		.progress = column_real(q, 9),
		.total_time_ms = column_int(q, 10, 0),
		.seq = column_int(q, 11, 0),
		.launch = column_text(q, a, 12),
		.activity = column_text(q, a, 13),
		.suspended = column_int(q, 14, 0) != 0,
		.kept = column_int(q, 15, 0),
		.started_at = column_int(q, 16, 0),
		.changed_at = column_int(q, 17, 0),
		.disputed = column_int(q, 18, 0),
	};
	t.state = state_of(&t);
	return t;
}

SQL(attempt_select, ATTEMPT_SELECT " WHERE t.id = :id");

enum err attempt_get(struct db *db, struct arena *a, str id, struct attempt *out)
{
	QUERY(q, db, attempt_select);
	bind_text(&q, ":id", id);
	if (query_next(&q))
		*out = attempt_row(&q, a);
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "attempt %.*s", STR_ARG(id));
	return query_end(&q);
}

SQL(attempt_select_newest, ATTEMPT_SELECT " WHERE t.person = :person AND t.course = :course"
                                          " ORDER BY t.number DESC LIMIT 1");

enum err attempt_newest(struct db *db, struct arena *a, str person, str course,
                        struct attempt *out)
{
	QUERY(q, db, attempt_select_newest);
	bind_text(&q, ":person", person);
	bind_text(&q, ":course", course);
	if (query_next(&q))
		*out = attempt_row(&q, a);
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "no attempt at course %.*s", STR_ARG(course));
	return query_end(&q);
}

/* Reads the rows of `q` into a list that grows with them. */
static fallible attempt_rows(struct query *q, struct arena *a, struct json_list *out)
{
	size_t n = 0, room = 64;
	struct attempt *list = arena_alloc(a, room * sizeof *list);
	while (query_next(q)) {
		if (n == room) {
			struct attempt *more = arena_alloc(a, 2 * room * sizeof *more);
			memcpy(more, list, n * sizeof *list);
			list = more;
			room *= 2;
		}
		list[n++] = attempt_row(q, a);
	}
	TRY(query_end(q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

SQL(attempt_of_person,
    ATTEMPT_SELECT " WHERE t.person = :person ORDER BY t.started_at DESC, t.id DESC"
                   " LIMIT 500");

enum err attempt_all_of(struct db *db, struct arena *a, str person, struct json_list *out)
{
	QUERY(q, db, attempt_of_person);
	bind_text(&q, ":person", person);
	return attempt_rows(&q, a, out);
}

SQL(attempt_in_event,
    ATTEMPT_SELECT " JOIN presence r ON r.person = t.person WHERE r.event = :event"
                   " AND t.number = (SELECT MAX(n.number) FROM attempt n"
                   "  WHERE n.person = t.person AND n.course = t.course)"
                   " ORDER BY t.person, t.course LIMIT 20000");

enum err attempt_all_in(struct db *db, struct arena *a, str event, struct json_list *out)
{
	QUERY(q, db, attempt_in_event);
	bind_text(&q, ":event", event);
	return attempt_rows(&q, a, out);
}

/* ---- beginning ---- */

SQL(attempt_insert,
    "INSERT INTO attempt (id, person, course, package, event, number, started_at,"
    " changed_at) SELECT :id, :person, c.id, c.package, :event, 1, :now, :now"
    " FROM course c WHERE c.id = :course AND c.hidden = 0");
SQL(attempt_newest_id, "SELECT id FROM attempt WHERE person = :person AND course = :course"
                       " ORDER BY number DESC LIMIT 1");

enum err attempt_open(struct tx *tx, struct arena *a, str person, str course, str event,
                      struct id *out)
{
	QUERY(find, tx_db(tx), attempt_newest_id);
	bind_text(&find, ":person", person);
	bind_text(&find, ":course", course);
	if (query_next(&find)) {
		snprintf(out->text, sizeof out->text, "%.*s",
		         STR_ARG(column_text(&find, a, 0)));
		return query_end(&find);
	}
	TRY(query_end(&find));

	int64_t added;
	struct id id = id_new("att");
	QUERY(add, tx_db(tx), attempt_insert);
	bind_text(&add, ":id", id_str(&id));
	bind_text(&add, ":person", person);
	bind_text(&add, ":course", course);
	bind_text(&add, ":event", event);
	bind_int(&add, ":now", time_now());
	TRY(query_run(&add, &added));
	if (!added) return FAIL(ERR_NOT_FOUND, "course %.*s", STR_ARG(course));
	*out = id;
	return ERR_OK;
}

/* ---- a launch ---- */

/* The numbers of the launch that ends here: its commits are known by them. */
SQL(launch_ends,
    "INSERT INTO attempt_launch (attempt, launch, first, last)"
    " SELECT id, launch, launch_from + 1, seq FROM attempt WHERE id = :id AND seq = :seq"
    " AND seq > launch_from AND launch <> :launch");
SQL(attempt_begins,
    "UPDATE attempt SET launch = :launch,"
    " launch_from = CASE WHEN launch = :launch THEN launch_from ELSE seq END,"
    " slot = CASE WHEN :there = 1 THEN COALESCE(slot, 0) END"
    " WHERE id = :id AND seq = :seq");
/* A state that no commit left: nothing but the state. */
SQL(latest_begins,
    "INSERT INTO attempt_latest (attempt, slot, seq, snapshot)"
    " SELECT id, slot, 0, :bytes FROM attempt WHERE id = :id AND slot IS NOT NULL"
    " ON CONFLICT (attempt, slot) DO UPDATE SET snapshot = excluded.snapshot");

static fallible end_launch(struct tx *tx, str attempt, str launch, int64_t seq)
{
	QUERY(q, tx_db(tx), launch_ends);
	bind_text(&q, ":id", attempt);
	bind_text(&q, ":launch", launch);
	bind_int(&q, ":seq", seq);
	return query_run(&q, NULL);
}

static fallible put_state(struct tx *tx, str attempt, str snapshot)
{
	QUERY(q, tx_db(tx), latest_begins);
	bind_text(&q, ":id", attempt);
	bind_blob(&q, ":bytes", snapshot.p, snapshot.n);
	return query_run(&q, NULL);
}

enum err launch_begin(struct tx *tx, str attempt, str launch, int64_t seq, str snapshot,
                      bool *begun_out)
{
	if (!id_is(launch, "lau")) return FAIL(ERR_INVALID, "not a launch");
	int64_t changed;
	TRY(end_launch(tx, attempt, launch, seq));
	QUERY(q, tx_db(tx), attempt_begins);
	bind_text(&q, ":id", attempt);
	bind_text(&q, ":launch", launch);
	bind_int(&q, ":seq", seq);
	bind_int(&q, ":there", snapshot.p != NULL);
	TRY(query_run(&q, &changed));
	*begun_out = changed > 0;
	return changed && snapshot.p ? put_state(tx, attempt, snapshot) : ERR_OK;
}

SQL(attempt_base_get, "SELECT t.seq, t.launch, t.package, t.person, e.snapshot, g.globals,"
                      " g.version FROM attempt t"
                      " LEFT JOIN attempt_latest e ON e.attempt = t.id AND e.slot = t.slot"
                      " LEFT JOIN person_globals g ON g.person = t.person"
                      " WHERE t.id = :attempt");

enum err attempt_base(struct db *db, struct arena *a, str attempt, struct attempt_base *out)
{
	QUERY(q, db, attempt_base_get);
	bind_text(&q, ":attempt", attempt);
	if (query_next(&q))
		*out = (struct attempt_base){
			.seq = column_int(&q, 0, 0),
			.launch = column_text(&q, a, 1),
			.package = column_text(&q, a, 2),
			.person = column_text(&q, a, 3),
			.snapshot = column_blob(&q, a, 4),
			.globals = column_blob(&q, a, 5),
			.globals_version = column_int(&q, 6, 0),
		};
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "attempt %.*s", STR_ARG(attempt));
	return query_end(&q);
}
