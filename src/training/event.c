/* SPDX-License-Identifier: Apache-2.0 */
/* Events: their code, their courses. */
#include "training/training.h"

#include "base/time.h"
#include "sync/facts.h"
#include "sync/journal.h"

#include <stdio.h>

#define COURSES 500

static const struct json_field event_fields[] = {
	JSON_TEXT(struct event, id, true, 36, 36),
	JSON_TEXT(struct event, title, true, 1, 200),
	JSON_TEXT(struct event, place, true, 0, 200),
	JSON_TEXT(struct event, held_on, true, 0, 10),
	JSON_TEXT(struct event, code, true, 6, 6),
	JSON_BOOL(struct event, open, true),
	JSON_BOOL(struct event, all_courses, true),
	JSON_INT(struct event, made_at, true, 0, INT64_MAX),
	JSON_INT(struct event, joined, true, 0, INT64_MAX),
};
const struct shape event_shape = SHAPE("Event", struct event, event_fields);

static const struct json_field event_new_fields[] = {
	JSON_TEXT(struct event_new, title, true, 1, 400),
	JSON_TEXT(struct event_new, place, false, 0, 400),
	JSON_TEXT(struct event_new, held_on, false, 0, 10),
	JSON_BOOL(struct event_new, all_courses, false),
	JSON_TEXTS(struct event_new, courses, false, COURSES),
};
const struct shape event_new_shape = SHAPE("EventNew", struct event_new, event_new_fields);

/* ---- reading ---- */

#define EVENT_SELECT                                                               \
	"SELECT e.id, e.title, e.place, e.held_on, e.code, e.open, e.all_courses," \
	" e.made_at, (SELECT COUNT(*) FROM presence r WHERE r.event = e.id) FROM event e"

static struct event event_row(struct query *q, struct arena *a)
{
	return (struct event){
		.id = column_text(q, a, 0),
		.title = column_text(q, a, 1),
		.place = column_text(q, a, 2),
		.held_on = column_text(q, a, 3),
		.code = column_text(q, a, 4),
		.open = column_int(q, 5, 0) != 0,
		.all_courses = column_int(q, 6, 0) != 0,
		.made_at = column_int(q, 7, 0),
		.joined = column_int(q, 8, 0),
	};
}

SQL(event_list, EVENT_SELECT " ORDER BY e.made_at DESC, e.id DESC LIMIT 200");

enum err event_all(struct db *db, struct arena *a, struct json_list *out)
{
	struct event *list = arena_alloc(a, 200 * sizeof *list);
	size_t n = 0;
	QUERY(q, db, event_list);
	while (n < 200 && query_next(&q)) list[n++] = event_row(&q, a);
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

SQL(event_select, EVENT_SELECT " WHERE e.id = :id");

enum err event_get(struct db *db, struct arena *a, str id, struct event *out)
{
	QUERY(q, db, event_select);
	bind_text(&q, ":id", id);
	if (query_next(&q))
		*out = event_row(&q, a);
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "event %.*s", STR_ARG(id));
	return query_end(&q);
}

SQL(event_select_by_code, EVENT_SELECT " WHERE e.code = :code AND e.open = 1");

enum err event_by_code(struct db *db, struct arena *a, str code, struct event *out)
{
	QUERY(q, db, event_select_by_code);
	bind_text(&q, ":code", code);
	if (query_next(&q))
		*out = event_row(&q, a);
	else if (!q.err)
		return FAIL_WHY(ERR_NOT_FOUND, "wrong-code", "no open event has that code");
	return query_end(&q);
}

SQL(event_select_newest, EVENT_SELECT " WHERE e.code = :what OR e.id = :what"
                                      " ORDER BY e.made_at DESC, e.id DESC LIMIT 1");

enum err event_find(struct db *db, struct arena *a, str code_or_id, struct event *out)
{
	QUERY(q, db, event_select_newest);
	bind_text(&q, ":what", code_or_id);
	if (query_next(&q))
		*out = event_row(&q, a);
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "there is no event %.*s", STR_ARG(code_or_id));
	return query_end(&q);
}

SQL(event_course_list, "SELECT course FROM event_course WHERE event = :event"
                       " ORDER BY position LIMIT 500");

static fallible chosen_courses(struct db *db, struct arena *a, str event,
                               struct json_list *out)
{
	struct course *list = arena_alloc(a, COURSES * sizeof *list);
	size_t n = 0;
	QUERY(q, db, event_course_list);
	bind_text(&q, ":event", event);
	while (n < COURSES && query_next(&q)) {
		TRY(course_get(db, a, column_text(&q, a, 0), &list[n]));
		if (!list[n].hidden) n++;
	}
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

enum err event_courses(struct db *db, struct arena *a, str id, struct json_list *out)
{
	struct event event;
	TRY(event_get(db, a, id, &event));
	if (event.all_courses) return course_all(db, a, out);
	return chosen_courses(db, a, id, out);
}

/* ---- changing ---- */

SQL(event_code_used, "SELECT 1 FROM event WHERE code = :code AND open = 1");

static fallible code_is_used(struct tx *tx, str code, bool *out)
{
	QUERY(q, tx_db(tx), event_code_used);
	bind_text(&q, ":code", code);
	bool used = query_next(&q);
	TRY(query_end(&q));
	*out = used;
	return ERR_OK;
}

/* Six digits; no leading zero, so that it is one number when said aloud. */
static fallible new_code(struct tx *tx, char out[7])
{
	bool used = true;
	for (int i = 0; used && i < 100; i++) {
		snprintf(out, 7, "%06u", 100000 + (unsigned)seal_random_below(900000));
		TRY(code_is_used(tx, str_of(out), &used));
	}
	if (used) return FAIL(ERR_LIMITED, "too many events are open");
	return ERR_OK;
}

SQL(event_course_clear, "DELETE FROM event_course WHERE event = :event");
SQL(event_course_add, "INSERT INTO event_course (event, course, position)"
                      " SELECT :event, c.id, :position FROM course c WHERE c.id = :course"
                      " ON CONFLICT (event, course) DO NOTHING");

static fallible put_courses(struct tx *tx, str event, struct json_list courses)
{
	if (courses.n > COURSES) return FAIL(ERR_INVALID, "an event of too many courses");
	QUERY(clear, tx_db(tx), event_course_clear);
	bind_text(&clear, ":event", event);
	TRY(query_run(&clear, NULL));
	const str *course = courses.items;
	for (size_t i = 0; i < courses.n; i++) {
		int64_t added;
		QUERY(q, tx_db(tx), event_course_add);
		bind_text(&q, ":event", event);
		bind_text(&q, ":course", course[i]);
		bind_int(&q, ":position", (int64_t)i);
		TRY(query_run(&q, &added));
		if (!added)
			return FAIL_WHY(ERR_INVALID, "bad-course",
			                "course %zu of the event is unknown or told twice",
			                i + 1);
	}
	return ERR_OK;
}

SQL(event_present, "SELECT COUNT(*) FROM presence WHERE event = :event AND present = 1");

/* Names and place again each time: the hub may hear of the end before the beginning. */
static fallible tell(struct tx *tx, struct arena *a, str kind, str id)
{
	struct event e;
	TRY(event_get(tx_db(tx), a, id, &e));
	struct fact_event fact = { e.id,      e.title,     e.place,
		                   e.held_on, JSON_ABSENT, JSON_ABSENT };
	if (!e.open) {
		QUERY(q, tx_db(tx), event_present);
		bind_text(&q, ":event", id);
		fact.joined = e.joined;
		fact.present = query_next(&q) ? column_int(&q, 0, 0) : 0;
		TRY(query_end(&q));
	}
	return journal_add(tx, kind, STR_NONE, &fact_event_shape, &fact);
}

SQL(event_insert,
    "INSERT INTO event (id, title, place, held_on, code, all_courses, made_at)"
    " VALUES (:id, :title, :place, :held_on, :code, :all, :now)");

enum err event_add(struct tx *tx, struct arena *a, const struct event_new *new,
                   struct id *out, char code_out[7])
{
	str title, place = S(""), held_on = new->held_on.p ? new->held_on : S("");
	TRY(name_clean(a, new->title, 200, &title));
	if (str_trim(new->place).n) TRY(name_clean(a, new->place, 200, &place));
	if (held_on.n && !time_is_date(held_on))
		return FAIL_WHY(ERR_INVALID, "bad-date", "an event on a day that is none");

	struct id id = id_new("evt");
	TRY(new_code(tx, code_out));
	QUERY(q, tx_db(tx), event_insert);
	bind_text(&q, ":id", id_str(&id));
	bind_text(&q, ":title", title);
	bind_text(&q, ":place", place);
	bind_text(&q, ":held_on", held_on);
	bind_text(&q, ":code", str_of(code_out));
	bind_int(&q, ":all", new->all_courses);
	bind_int(&q, ":now", time_now());
	TRY(query_run(&q, NULL));
	if (!new->all_courses) TRY(put_courses(tx, id_str(&id), new->courses));
	TRY(tell(tx, a, S("event.added"), id_str(&id)));
	*out = id;
	return ERR_OK;
}

SQL(event_set_all, "UPDATE event SET all_courses = :all WHERE id = :id");

enum err event_set_courses(struct tx *tx, str event, bool all, struct json_list courses)
{
	int64_t changed;
	QUERY(q, tx_db(tx), event_set_all);
	bind_text(&q, ":id", event);
	bind_int(&q, ":all", all);
	TRY(query_run(&q, &changed));
	if (!changed) return FAIL(ERR_NOT_FOUND, "event %.*s", STR_ARG(event));
	return put_courses(tx, event, all ? (struct json_list){ 0 } : courses);
}

SQL(event_shut, "UPDATE event SET open = 0, closed_at = COALESCE(closed_at, :now)"
                " WHERE id = :id AND open = 1");

enum err event_close(struct tx *tx, str id)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(4096);
	int64_t changed;
	QUERY(q, tx_db(tx), event_shut);
	bind_text(&q, ":id", id);
	bind_int(&q, ":now", time_now());
	TRY(query_run(&q, &changed));
	if (changed) return tell(tx, a, S("event.closed"), id);
	struct event closed;
	return event_get(tx_db(tx), a, id, &closed);
}

SQL(event_unshut,
    "UPDATE event SET open = 1, closed_at = NULL, code = :code WHERE id = :id");

enum err event_reopen(struct tx *tx, str id)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(4096);
	struct event event;
	TRY(event_get(tx_db(tx), a, id, &event));
	if (event.open) return ERR_OK;

	bool used;
	char code[7];
	snprintf(code, sizeof code, "%s", event.code.p);
	TRY(code_is_used(tx, event.code, &used));
	if (used) TRY(new_code(tx, code));
	QUERY(q, tx_db(tx), event_unshut);
	bind_text(&q, ":id", id);
	bind_text(&q, ":code", str_of(code));
	TRY(query_run(&q, NULL));
	return tell(tx, a, S("event.reopened"), id);
}
