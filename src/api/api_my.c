/* SPDX-License-Identifier: Apache-2.0 */
/* What belongs to the one who asks: language, courses, launching. */
#include <math.h>

#include "api/api.h"
#include "api/handlers.h"

struct speaking {
	str person, language;
};

static enum err speak(struct tx *tx, void *arg)
{
	struct speaking *s = arg;
	return person_set_language(tx, s->person, s->language);
}

enum err my_language(struct request *rq, struct reply *rs)
{
	struct language_new in;
	TRY(request_body(rq, &language_new_shape, &in));
	TRY(api_language(in.language));
	struct speaking s = { str_of(request_caller(rq)->person), in.language };
	rs->status = 204;
	return store_write(api_of(rq)->store, speak, &s);
}

/* ---- courses ---- */
static enum err courses_for(struct db *db, struct arena *a, const struct http_caller *me,
                            struct json_list *out)
{
	if (!*me->event) return course_all(db, a, out);
	return event_courses(db, a, str_of(me->event), out);
}

static struct my_course mine(const struct course *c, const struct json_list *attempts)
{
	const struct attempt *newest = NULL, *all = attempts->items;
	for (size_t i = 0; i < attempts->n; i++) {
		if (!str_is(all[i].course, c->id)) continue;
		if (!newest || all[i].number > newest->number) newest = &all[i];
	}
	struct my_course m = {
		.id = c->id,
		.title = c->title,
		.titles = c->titles,
		.standard = c->standard,
		.activities = c->activities,
		.bytes = c->bytes,
		.state = S("new"),
		.progress = NAN,
		.score = NAN,
		.total_time_ms = JSON_ABSENT,
		.changed_at = JSON_ABSENT,
	};
	if (!newest) return m;
	m.attempt = newest->id;
	m.state = newest->state;
	m.progress = newest->progress;
	m.score = newest->score;
	m.total_time_ms = newest->total_time_ms;
	m.changed_at = newest->changed_at;
	return m;
}

enum err my_courses(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	const struct http_caller *me = request_caller(rq);
	READ(db, rq);
	struct json_list courses, attempts;
	TRY(courses_for(db, a, me, &courses));
	TRY(attempt_all_of(db, a, str_of(me->person), &attempts));
	const struct course *course = courses.items;
	struct my_course *list = arena_alloc(a, sizeof(*list) * (courses.n + 1));
	for (size_t i = 0; i < courses.n; i++) list[i] = mine(&course[i], &attempts);
	api_give_list(rs, &my_course_shape, (struct json_list){ list, courses.n });
	return ERR_OK;
}

/* ---- launching ---- */
struct launching {
	struct arena *arena;
	const struct http_caller *me;
	str course;
	struct id attempt;
};

static enum err may_take(struct db *db, const struct launching *l)
{
	if (!*l->me->event) return ERR_OK; /* a trainer takes any course */
	struct event event;
	TRY(event_get(db, l->arena, str_of(l->me->event), &event));
	if (!event.open) return FAIL_WHY(ERR_DENIED, "event-closed", "the event is closed");
	struct json_list list;
	TRY(event_courses(db, l->arena, event.id, &list));
	const struct course *course = list.items;
	for (size_t i = 0; i < list.n; i++) {
		if (str_is(course[i].id, l->course)) return ERR_OK;
	}
	return FAIL(ERR_NOT_FOUND, "course %.*s is not in the event", STR_ARG(l->course));
}

static enum err launch(struct tx *tx, void *arg)
{
	struct launching *l = arg;
	TRY(may_take(tx_db(tx), l));
	str event = *l->me->event ? str_of(l->me->event) : STR_NONE;
	return attempt_open(tx, l->arena, str_of(l->me->person), l->course, event,
	                    &l->attempt);
}

enum err my_launch(struct request *rq, struct reply *rs)
{
	struct api *api = api_of(rq);
	struct launching l = {
		.arena = request_arena(rq),
		.me = request_caller(rq),
		.course = request_param(rq, "id"),
	};
	str base;
	TRY(api_base(rq, CONTENT, &base));
	TRY(store_write(api->store, launch, &l));
	char cap[CAP_TEXT];
	cap_make(api->capability, id_str(&l.attempt), cap);
	struct launched out = {
		.address = arena_printf(l.arena, "%.*s/p/%s/", STR_ARG(base), cap),
		.cap = str_of(cap),
		.attempt = id_str(&l.attempt),
	};
	api_give(rs, 201, &launched_shape, &out);
	return ERR_OK;
}
