/* SPDX-License-Identifier: Apache-2.0 */
/* The table of councils' members: looked into, then counted. The browser brings the same
 * file for both, so nothing of it lies about in between. */
#include "api/api.h"
#include "api/hub_api.h"
#include "api/hub_handlers.h"
#include "hub/members.h"

#define MEMORY ((size_t)64 << 20)

struct importing {
	struct arena *a;
	struct members_file file;
	struct members_report report;
	str who;
};

static fallible take_file(struct request *rq, struct importing *i)
{
	struct buf body;
	buf_init(&body, MEMBERS_FILE);
	enum err e = hub_body(rq, MEMBERS_FILE, &body);
	str bytes = arena_copy(i->a, buf_as_str(&body));
	buf_free(&body);
	if (e) return e;
	return members_read(i->a, bytes, str_of(request_caller(rq)->scope), &i->file);
}

static fallible look(struct request *rq, struct importing *i)
{
	TRY(take_file(rq, i));
	HUB_READ(db, rq);
	return members_look(db, i->a, &i->file, &i->report);
}

static enum err apply(struct tx *tx, void *arg)
{
	struct importing *i = arg;
	return members_apply(tx, i->a, &i->file, i->who, &i->report);
}

static fallible carry_out(struct request *rq, struct importing *i)
{
	TRY(take_file(rq, i));
	return store_write(hub_api_of(rq)->hub.store, apply, i);
}

static enum err give(struct request *rq, struct reply *rs,
                     enum err (*run)(struct request *, struct importing *))
{
	struct importing i = { .a = arena_open(MEMORY), .who = hub_who(rq) };
	enum err e = run(rq, &i);
	if (!e) api_give(rs, 200, &members_report_shape, &i.report);
	arena_close(i.a);
	return e;
}

enum err hub_members_look(struct request *rq, struct reply *rs)
{
	return give(rq, rs, look);
}

enum err hub_members_apply(struct request *rq, struct reply *rs)
{
	return give(rq, rs, carry_out);
}
