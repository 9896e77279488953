/* SPDX-License-Identifier: Apache-2.0 */
/* What the centre tells trainers, and how its courses stand. */
#include "api/api.h"
#include "api/handlers.h"
#include "base/time.h"
#include "sync/news.h"
#include "training/expected.h"

static str today(struct arena *a)
{
	char text[TIME_TEXT];
	time_write(time_now() + ALMATY_MS, text);
	return arena_copy(a, str_part(str_of(text), 0, 10));
}

enum err news_list(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	struct json_list list;
	READ(db, rq);
	TRY(news_all(db, a, str_of(request_caller(rq)->person), today(a), &list));
	api_give_list(rs, &news_shape, list);
	return ERR_OK;
}

struct putting_away {
	str id, person;
};

static enum err put_away(struct tx *tx, void *arg)
{
	const struct putting_away *p = arg;
	return news_read(tx, p->id, p->person);
}

enum err news_put_away(struct request *rq, struct reply *rs)
{
	struct putting_away p = { request_param(rq, "id"),
		                  str_of(request_caller(rq)->person) };
	rs->status = 204;
	return store_write(api_of(rq)->store, put_away, &p);
}

enum err course_centre(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	struct json_list list;
	READ(db, rq);
	TRY(centre_course_all(db, a, today(a), &list));
	api_give_list(rs, &centre_course_shape, list);
	return ERR_OK;
}

/* Lists may have thousands of names: more than a request's own memory holds. */
enum err event_expected(struct request *rq, struct reply *rs)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)64 << 20);
	struct event event;
	struct expected out;
	READ(db, rq);
	TRY(event_get(db, a, request_param(rq, "id"), &event));
	TRY(expected_get(db, a, event.id, today(a), &out));
	api_give(rs, 200, &expected_shape, &out);
	return ERR_OK;
}
