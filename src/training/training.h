/* SPDX-License-Identifier: Apache-2.0 */
/* Events (a training day): code, courses, who was there, and the live picture of the room.
 */
#pragma once

#include "base/json.h"
#include "package/package.h"
#include "paper/table.h"
#include "people/people.h"
#include "store/store.h"

struct event {
	str id; /* evt_… */
	str title, place;
	str held_on; /* YYYY-MM-DD; "" when not said */
	str code;    /* six digits, unique among open events */
	bool open;
	bool all_courses;        /* every course of the site, those added later too */
	int64_t made_at, joined; /* how many joined */
};
extern const struct shape event_shape;

struct event_new {
	str title, place, held_on;
	bool all_courses;
	struct json_list courses; /* of str: crs_… when not all */
};
extern const struct shape event_new_shape;
fallible event_add(struct tx *, struct arena *, const struct event_new *, struct id *out,
                   char code_out[7]);
fallible event_all(struct db *, struct arena *,
                   struct json_list *out); /* newest first, ≤ 200 */
fallible event_get(struct db *, struct arena *, str id, struct event *out);
fallible event_by_code(struct db *, struct arena *, str code,
                       struct event *out); /* open ones only; ERR_NOT_FOUND */
/* The newest event that has or had this code, closed or not, or the one of this id. */
fallible event_find(struct db *, struct arena *, str code_or_id, struct event *out);
fallible event_close(struct tx *, str id); /* again is fine */
/* With its old code, or a new one when another open event has that now. */
fallible event_reopen(struct tx *, str id);
fallible event_courses(struct db *, struct arena *, str event,
                       struct json_list *out); /* of struct course, none hidden */
fallible event_set_courses(struct tx *, str event, bool all, struct json_list courses);

struct presence {
	bool present;
	int64_t joined_at, seen_at;
};
fallible presence_get(struct db *, str event, str person, struct presence *out);
fallible presence_add(struct tx *, str event, str person);
fallible presence_set(struct tx *, str event, str person,
                      bool present); /* the trainer's correction */
/* The phone was heard of: kept in memory by the caller, written at most once a minute. */
fallible presence_seen(struct tx *, str event, str person, int64_t at);

/* One cell of the live grid: one learner in one course. */
struct grid_cell {
	str course, attempt;
	str activity_title; /* where they are */
	str state;          /* "new", "started", "completed", "passed", "failed" */
	double progress;    /* 0..1; NAN unknown */
	double score;       /* 0..1; NAN none */
	int64_t unsaved;    /* commits that the phone says it still keeps */
	int64_t changed_at; /* JSON_ABSENT when never */
};
struct grid_row {
	str person, surname, given, patronymic, council_name;
	bool present;
	int64_t joined_at, seen_at;
	struct json_list cells; /* of struct grid_cell */
};
struct grid {
	struct json_list courses; /* of struct course, the columns */
	struct json_list rows;    /* of struct grid_row, by council and name, ≤ 500 */
	struct json_list claims;  /* of struct claim, waiting */
	/* people: with every course completed or passed, with any begun, present */
	int64_t completed, started, joined;
};
extern const struct shape grid_shape;
/* The shelf tells the activities' titles; NULL or a missing package leaves their ids. A
 * cell is the learner's newest attempt, of whichever day. Columns are the event's courses
 * and those that were begun in it. */
fallible training_grid(struct db *, struct shelf *, struct arena *, str event,
                       struct grid *out);
/* The results as a file for spreadsheets, by table_csv or table_xlsx: the same query as the
 * grid, of everybody. */
fallible training_results(struct db *, struct shelf *, struct arena *, str event,
                          str language, table_fn *, struct buf *out);
