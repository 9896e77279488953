/* SPDX-License-Identifier: Apache-2.0 */
/* Training days: making them, showing them on the wall, watching them, their results. */
#include "api/api.h"
#include "api/handlers.h"
#include "api/place.h"

enum err event_list(struct request *rq, struct reply *rs)
{
	READ(db, rq);
	struct json_list list;
	TRY(event_all(db, request_arena(rq), &list));
	api_give_list(rs, &event_shape, list);
	return ERR_OK;
}

/* ---- a new one ---- */
struct adding {
	struct arena *arena;
	struct event_new in;
	struct event event;
};

static enum err add(struct tx *tx, void *arg)
{
	struct adding *job = arg;
	struct id id;
	char code[7];
	TRY(event_add(tx, job->arena, &job->in, &id, code));
	return event_get(tx_db(tx), job->arena, id_str(&id), &job->event);
}

enum err event_new(struct request *rq, struct reply *rs)
{
	struct adding job = { .arena = request_arena(rq) };
	TRY(request_body(rq, &event_new_shape, &job.in));
	TRY(store_write(api_of(rq)->store, add, &job));
	api_give(rs, 201, &event_shape, &job.event);
	return ERR_OK;
}

enum err event_show(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	READ(db, rq);
	struct event event;
	struct event_detail out = { .event = &event };
	TRY(event_get(db, a, request_param(rq, "id"), &event));
	TRY(event_courses(db, a, event.id, &out.courses));
	api_give(rs, 200, &event_detail_shape, &out);
	return ERR_OK;
}

/* ---- open and closed ---- */
static enum err end(struct tx *tx, void *id)
{
	return event_close(tx, *(const str *)id);
}

static enum err again(struct tx *tx, void *id)
{
	return event_reopen(tx, *(const str *)id);
}

enum err event_end(struct request *rq, struct reply *rs)
{
	str id = request_param(rq, "id");
	rs->status = 204;
	return store_write(api_of(rq)->store, end, &id);
}

enum err event_again(struct request *rq, struct reply *rs)
{
	str id = request_param(rq, "id");
	rs->status = 204;
	return store_write(api_of(rq)->store, again, &id);
}

/* ---- its courses ---- */
struct choosing {
	str event;
	struct event_courses_new in;
};

static enum err choose(struct tx *tx, void *arg)
{
	struct choosing *c = arg;
	return event_set_courses(tx, c->event, c->in.all_courses, c->in.courses);
}

enum err event_choose(struct request *rq, struct reply *rs)
{
	struct choosing c = { .event = request_param(rq, "id") };
	TRY(request_body(rq, &event_courses_new_shape, &c.in));
	rs->status = 204;
	return store_write(api_of(rq)->store, choose, &c);
}

/* ---- on the wall ---- */
enum err event_poster(struct request *rq, struct reply *rs)
{
	struct event event;
	{
		READ(db, rq);
		TRY(event_get(db, request_arena(rq), request_param(rq, "id"), &event));
	}
	struct poster out = { .code = event.code, .title = event.title };
	str path = arena_printf(request_arena(rq), "/j/%.*s", STR_ARG(event.code));
	TRY(place_addresses(rq, path, &out.addresses));
	api_give(rs, 200, &poster_shape, &out);
	return ERR_OK;
}

/* ---- the day itself ---- */
enum err event_grid(struct request *rq, struct reply *rs)
{
	READ(db, rq);
	struct grid grid;
	TRY(training_grid(db, api_of(rq)->shelf, request_arena(rq), request_param(rq, "id"),
	                  &grid));
	api_give(rs, 200, &grid_shape, &grid);
	reply_etag(rq);
	return ERR_OK;
}

static fallible give_results(struct request *rq, struct reply *rs, const char *ending,
                             table_fn *write)
{
	struct arena *a = request_arena(rq);
	str language = request_query(rq, "language");
	if (!language.p) language = S("ru");
	TRY(api_language(language));
	READ(db, rq);
	struct event event;
	TRY(event_get(db, a, request_param(rq, "id"), &event));
	TRY(training_results(db, api_of(rq)->shelf, a, event.id, language, write,
	                     &rs->body));
	reply_header(rq, "Content-Disposition",
	             arena_printf(a, "attachment; filename=\"kenes-%.*s.%s\"",
	                          STR_ARG(event.code), ending));
	return ERR_OK;
}

enum err event_csv(struct request *rq, struct reply *rs)
{
	rs->type = TABLE_CSV_TYPE;
	return give_results(rq, rs, "csv", table_csv);
}

enum err event_xlsx(struct request *rq, struct reply *rs)
{
	rs->type = TABLE_XLSX_TYPE;
	return give_results(rq, rs, "xlsx", table_xlsx);
}
