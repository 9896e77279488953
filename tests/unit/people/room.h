/* SPDX-License-Identifier: Apache-2.0 */
/* A hall to test in: a fresh store, a clock that stands still, one open event, one course.
 * Used by the tests of people, runtime and training. */
#pragma once

#include "base/time.h"
#include "people/people.h"
#include "support/test.h"

#include <stdlib.h>

#define NOON 1795348800000LL /* 2026-11-22T12:00:00Z, give or take */

struct room {
	struct store *store;
	struct db *db;
	struct arena *a;
	str event, council, course, other_course;
};

SQL(room_event, "INSERT INTO event (id, title, place, held_on, code, made_at)"
                " VALUES (:id, 'Training', 'Hall', '', :code, 0)");
SQL(room_package, "INSERT INTO package (sha256, file_name, title, standard, identifier,"
                  " activities, bytes, findings, imported_at) VALUES (:sha, 'c.zip',"
                  " :title, 'SCORM 1.2', 'c', 3, 1000, '[]', 0)");
SQL(room_course, "INSERT INTO course (id, identifier, title, package, revision, made_at)"
                 " VALUES (:id, :title, :title, :sha, 1, 0)");

static inline fallible room_add_course(struct tx *tx, str id, str title, str sha)
{
	QUERY(package, tx_db(tx), room_package);
	bind_text(&package, ":sha", sha);
	bind_text(&package, ":title", title);
	TRY(query_run(&package, NULL));
	QUERY(course, tx_db(tx), room_course);
	bind_text(&course, ":id", id);
	bind_text(&course, ":title", title);
	bind_text(&course, ":sha", sha);
	return query_run(&course, NULL);
}

static inline enum err room_fill(struct tx *tx, void *arg)
{
	struct room *r = arg;
	struct id council;
	QUERY(event, tx_db(tx), room_event);
	bind_text(&event, ":id", r->event);
	bind_text(&event, ":code", S("123456"));
	TRY(query_run(&event, NULL));
	TRY(council_find_or_add(tx, r->a, S("Абай ауданы"), &council));
	r->council = arena_copy(r->a, id_str(&council));
	return ERR_OK;
}

static inline enum err room_courses(struct tx *tx, void *arg)
{
	struct room *r = arg;
	TRY(room_add_course(tx, r->course, S("Rights"), S("aa")));
	return room_add_course(tx, r->other_course, S("Duties"), S("bb"));
}

static inline str room_id(struct room *r, const char *kind)
{
	struct id id = id_new(kind);
	return arena_copy(r->a, id_str(&id));
}

/* Without courses: a shelf refuses to open when a package's file is not there. */
static inline int room_open_bare(void **state)
{
	char folder[FILE_PATH];
	struct room *r = calloc(1, sizeof *r);
	assert_ok(seal_start());
	test_folder(folder);
	time_stop_at(NOON);
	r->a = arena_open(64 << 20);
	assert_ok(store_open(folder, &r->store));
	assert_ok(store_reader(r->store, &r->db));
	r->event = room_id(r, "evt");
	r->course = room_id(r, "crs");
	r->other_course = room_id(r, "crs");
	assert_ok(store_write(r->store, room_fill, r));
	*state = r;
	return 0;
}

static inline int room_open(void **state)
{
	room_open_bare(state);
	struct room *r = *state;
	assert_ok(store_write(r->store, room_courses, r));
	return 0;
}

static inline int room_close(void **state)
{
	struct room *r = *state;
	store_reader_done(r->store, r->db);
	store_close(r->store);
	arena_close(r->a);
	free(r);
	time_stop_at(0);
	return 0;
}

/* ---- joining ---- */

struct room_join {
	struct room *room;
	struct arena *a;
	struct joining joining;
};

static inline enum err room_join_write(struct tx *tx, void *arg)
{
	struct room_join *j = arg;
	return people_join(tx, j->a, &j->joining);
}

/* Somebody joins the room's event from the phone with that cookie. */
static inline fallible room_join(struct room *r, const char *cookie, const char *surname,
                                 const char *given, struct joining *out)
{
	struct room_join j = {
		.room = r,
		.a = r->a,
		.joining = {
			.event = r->event,
			.council = r->council,
			.surname = str_of(surname),
			.given = str_of(given),
			.language = S("kk"),
			.cookie = cookie,
		},
	};
	TRY(store_write(r->store, room_join_write, &j));
	*out = j.joining;
	return ERR_OK;
}

/* A new person who has joined. */
static inline str room_person(struct room *r, const char *surname, const char *given)
{
	char cookie[SESSION_COOKIE];
	struct joining j;
	session_cookie_new(cookie);
	assert_ok(room_join(r, cookie, surname, given, &j));
	assert_false(j.claimed);
	return arena_copy(r->a, id_str(&j.person));
}

/* Writes that take one id. */
struct room_one {
	enum err (*write)(struct tx *, str id);
	str id;
};

static inline enum err room_one_write(struct tx *tx, void *arg)
{
	struct room_one *one = arg;
	return one->write(tx, one->id);
}

static inline fallible room_do(struct room *r, enum err (*write)(struct tx *, str), str id)
{
	return store_write(r->store, room_one_write, &(struct room_one){ write, id });
}
