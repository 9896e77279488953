/* SPDX-License-Identifier: Apache-2.0 */
/* The live grid: who is here, times the courses, each cell the newest attempt. Two
 * set-based queries (the people by name, their attempts by person), brought together here;
 * polled every few seconds by one trainer, so it is made anew each time. */
#include "training/inside.h"

#include "runtime/runtime.h"

#include <math.h>
#include <stdlib.h>

#define GRID_SHOWN 500

static const struct json_field grid_cell_fields[] = {
	JSON_TEXT(struct grid_cell, course, true, 36, 36),
	JSON_TEXT(struct grid_cell, attempt, false, 36, 36),
	JSON_TEXT(struct grid_cell, activity_title, false, 0, 4000),
	JSON_TEXT(struct grid_cell, state, true, 1, 20),
	JSON_REAL(struct grid_cell, progress, false),
	JSON_REAL(struct grid_cell, score, false),
	JSON_INT(struct grid_cell, unsaved, true, 0, INT64_MAX),
	JSON_INT(struct grid_cell, changed_at, false, 0, INT64_MAX),
};
static const struct shape grid_cell_shape =
	SHAPE("GridCell", struct grid_cell, grid_cell_fields);

static const struct json_field grid_row_fields[] = {
	JSON_TEXT(struct grid_row, person, true, 36, 36),
	JSON_TEXT(struct grid_row, surname, true, 1, 100),
	JSON_TEXT(struct grid_row, given, true, 0, 100),
	JSON_TEXT(struct grid_row, patronymic, false, 1, 100),
	JSON_TEXT(struct grid_row, council_name, false, 1, 200),
	JSON_BOOL(struct grid_row, present, true),
	JSON_INT(struct grid_row, joined_at, true, 0, INT64_MAX),
	JSON_INT(struct grid_row, seen_at, true, 0, INT64_MAX),
	JSON_LIST(struct grid_row, cells, true, 1000, grid_cell_shape),
};
static const struct shape grid_row_shape =
	SHAPE("GridRow", struct grid_row, grid_row_fields);

static const struct json_field grid_fields[] = {
	JSON_LIST(struct grid, courses, true, 1000, course_shape),
	JSON_LIST(struct grid, rows, true, GRID_SHOWN, grid_row_shape),
	JSON_LIST(struct grid, claims, true, 200, claim_shape),
	JSON_INT(struct grid, completed, true, 0, INT64_MAX),
	JSON_INT(struct grid, started, true, 0, INT64_MAX),
	JSON_INT(struct grid, joined, true, 0, INT64_MAX),
};
const struct shape grid_shape = SHAPE("Grid", struct grid, grid_fields);

/* ---- columns ---- */

#define COLUMNS 1000

/* Courses that were begun here though the event does not list them (any more): results do
 * not disappear. */
SQL(course_begun_here,
    "SELECT DISTINCT course FROM attempt WHERE event = :event LIMIT 500");

static bool has_course(const struct course *list, size_t n, str id)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(list[i].id, id)) return true;
	return false;
}

static fallible find_columns(struct db *db, struct arena *a, str event,
                             struct json_list *out)
{
	struct json_list listed;
	TRY(event_courses(db, a, event, &listed));
	struct course *list = arena_alloc(a, COLUMNS * sizeof *list);
	size_t n = listed.n < COLUMNS ? listed.n : COLUMNS;
	if (n) memcpy(list, listed.items, n * sizeof *list);

	QUERY(q, db, course_begun_here);
	bind_text(&q, ":event", event);
	while (n < COLUMNS && query_next(&q)) {
		str id = column_text(&q, a, 0);
		if (has_course(list, n, id)) continue;
		TRY(course_get(db, a, id, &list[n]));
		n++;
	}
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

/* ---- rows ---- */

SQL(grid_people,
    "SELECT r.person, p.surname, p.given, p.patronymic, c.name, r.present, r.joined_at,"
    " r.seen_at FROM presence r JOIN person p ON p.id = r.person"
    " LEFT JOIN council c ON c.id = p.council WHERE r.event = :event"
    " ORDER BY c.folded, p.folded, p.id LIMIT 10000");

static struct grid_row grid_row_of(struct query *q, struct arena *a)
{
	return (struct grid_row){
		.person = column_text(q, a, 0),
		.surname = column_text(q, a, 1),
		.given = column_text(q, a, 2),
		.patronymic = column_text(q, a, 3),
		.council_name = column_text(q, a, 4),
		.present = column_int(q, 5, 0) != 0,
		.joined_at = column_int(q, 6, 0),
		.seen_at = column_int(q, 7, 0),
	};
}

static fallible find_people(struct db *db, struct arena *a, str event,
                            struct grid_row **rows_out, size_t *n_out)
{
	size_t n = 0, room = 256;
	struct grid_row *list = arena_alloc(a, room * sizeof *list);
	QUERY(q, db, grid_people);
	bind_text(&q, ":event", event);
	while (n < GRID_MOST && query_next(&q)) {
		if (n == room) {
			struct grid_row *more = arena_alloc(a, 2 * room * sizeof *more);
			memcpy(more, list, n * sizeof *list);
			list = more;
			room *= 2;
		}
		list[n++] = grid_row_of(&q, a);
	}
	TRY(query_end(&q));
	*rows_out = list;
	*n_out = n;
	return ERR_OK;
}

/* ---- cells ---- */

/* The title of an item in a package; its id when the package cannot tell. */
static str title_of(struct shelf *shelf, str package, str item)
{
	const struct package *found;
	if (!item.p || !shelf || shelf_get(shelf, package, &found) != ERR_OK) return item;
	for (size_t i = 0; i < found->manifest.n; i++)
		if (str_is(found->manifest.activity[i].id, item))
			return found->manifest.activity[i].title;
	return item;
}

static struct grid_cell cell_of(struct shelf *shelf, str course, const struct attempt *t)
{
	if (!t)
		return (struct grid_cell){
			.course = course,
			.state = S("new"),
			.progress = NAN,
			.score = NAN,
			.changed_at = JSON_ABSENT,
		};
	return (struct grid_cell){
		.course = course,
		.attempt = t->id,
		.activity_title = title_of(shelf, t->package, t->activity),
		.state = t->state,
		.progress = t->progress,
		.score = t->score,
		.unsaved = t->kept,
		.changed_at = t->changed_at,
	};
}

static int by_person(const void *key, const void *element)
{
	const str *person = key;
	const struct attempt *t = element;
	size_t n = person->n < t->person.n ? person->n : t->person.n;
	int order = memcmp(person->p, t->person.p, n);
	return order ? order : (person->n > t->person.n) - (person->n < t->person.n);
}

/* The person's attempt at a course. `all` is sorted by person. */
static const struct attempt *find_attempt(struct json_list all, str person, str course)
{
	const struct attempt *first = all.items, *end = first + all.n;
	if (!all.n) return NULL;
	const struct attempt *t = bsearch(&person, first, all.n, sizeof *t, by_person);
	while (t && t > first && str_is(t[-1].person, person)) t--;
	for (; t && t < end && str_is(t->person, person); t++)
		if (str_is(t->course, course)) return t;
	return NULL;
}

static void fill_row(struct grid_row *row, struct shelf *shelf, struct arena *a,
                     struct json_list attempts, struct grid *grid)
{
	const struct course *course = grid->courses.items;
	struct grid_cell *cell = arena_alloc(a, (grid->courses.n + 1) * sizeof *cell);
	size_t done = 0, begun = 0;
	for (size_t i = 0; i < grid->courses.n; i++) {
		cell[i] = cell_of(shelf, course[i].id,
		                  find_attempt(attempts, row->person, course[i].id));
		str state = cell[i].state;
		done += str_is(state, S("completed")) || str_is(state, S("passed"));
		begun += !str_is(state, S("new"));
		/* Whoever is busy inside a course is heard of by its commits alone. */
		if (cell[i].changed_at > row->seen_at) row->seen_at = cell[i].changed_at;
	}
	row->cells = (struct json_list){ cell, grid->courses.n };
	grid->completed += done && done == grid->courses.n;
	grid->started += begun > 0;
	grid->joined += row->present;
}

enum err grid_build(struct db *db, struct shelf *shelf, struct arena *a, str event,
                    struct grid *out)
{
	struct grid grid = { 0 };
	struct grid_row *rows;
	struct json_list attempts;
	size_t n;
	TRY(find_columns(db, a, event, &grid.courses));
	TRY(find_people(db, a, event, &rows, &n));
	TRY(attempt_all_in(db, a, event, &attempts));
	for (size_t i = 0; i < n; i++) fill_row(&rows[i], shelf, a, attempts, &grid);
	grid.rows = (struct json_list){ rows, n };
	*out = grid;
	return ERR_OK;
}

enum err training_grid(struct db *db, struct shelf *shelf, struct arena *a, str event,
                       struct grid *out)
{
	struct grid grid;
	TRY(grid_build(db, shelf, a, event, &grid));
	TRY(claim_waiting(db, a, event, &grid.claims));
	if (grid.rows.n > GRID_SHOWN) grid.rows.n = GRID_SHOWN;
	*out = grid;
	return ERR_OK;
}
