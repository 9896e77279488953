/* SPDX-License-Identifier: Apache-2.0 */
/* Files that were brought to the desk: looked into first, counted only when a coordinator
 * says so. */
#include "api/hub_api.h"
#include "api/hub_handlers.h"
#include "base/log.h"
#include "sync/bundle.h"
#include "sync/trust.h"

/* Whether a file's site lies in the caller's scope. */
static fallible is_mine(struct request *rq, struct db *db, str site, bool *out)
{
	struct hub_site found;
	TRY(hub_site_get(db, request_arena(rq), site, &found));
	*out = scope_covers(str_of(request_caller(rq)->scope), found.scope);
	return ERR_OK;
}

static fallible mine(struct request *rq, struct json_list *list)
{
	struct hub_import *item = (struct hub_import *)(uintptr_t)list->items;
	size_t n = 0;
	HUB_READ(db, rq);
	for (size_t i = 0; i < list->n; i++) {
		bool in_scope;
		TRY(is_mine(rq, db, item[i].site, &in_scope));
		if (in_scope) item[n++] = item[i];
	}
	list->n = n;
	return ERR_OK;
}

enum err hub_files(struct request *rq, struct reply *rs)
{
	struct json_list list;
	{
		HUB_READ(db, rq);
		TRY(hub_import_all(db, request_arena(rq), &list));
	}
	TRY(mine(rq, &list));
	return hub_give_list(rq, rs, &hub_import_shape, list, "files");
}

/* ---- bringing one ---- */

static fallible stage(struct request *rq, str bytes, struct arena *a, struct json_list *out)
{
	TRY(hub_import_stage(&hub_api_of(rq)->hub, bytes, hub_who(rq), a, out));
	TRY(mine(rq, out));
	if (!out->n)
		return FAIL_WHY(ERR_DENIED, "other-scope",
		                "a file of another region's site");
	return ERR_OK;
}

enum err hub_file_new(struct request *rq, struct reply *rs)
{
	struct buf body;
	struct json_list list = { NULL, 0 };
	buf_init(&body, BUNDLE_MOST);
	struct arena *a = arena_open(2 * BUNDLE_MOST);
	enum err e = hub_body(rq, BUNDLE_MOST, &body);
	if (!e) e = stage(rq, buf_as_str(&body), a, &list);
	if (!e) {
		rs->status = 201;
		json_write_list(&rs->body, &hub_import_shape, list);
		log_info("hub.staged", "sections=%zu bytes=%zu", list.n, body.n);
	}
	arena_close(a);
	buf_free(&body);
	return e;
}

/* ---- deciding ---- */

static fallible find_mine(struct request *rq, str id)
{
	struct json_list list;
	{
		HUB_READ(db, rq);
		TRY(hub_import_all(db, request_arena(rq), &list));
	}
	TRY(mine(rq, &list));
	const struct hub_import *item = list.items;
	for (size_t i = 0; i < list.n; i++)
		if (str_is(item[i].id, id)) return ERR_OK;
	return FAIL(ERR_NOT_FOUND, "no such file here");
}

enum err hub_file_yes(struct request *rq, struct reply *rs)
{
	str id = request_param(rq, "id");
	TRY(find_mine(rq, id));
	rs->status = 204;
	return hub_import_confirm(&hub_api_of(rq)->hub, id, hub_who(rq));
}

enum err hub_file_no(struct request *rq, struct reply *rs)
{
	str id = request_param(rq, "id");
	TRY(find_mine(rq, id));
	rs->status = 204;
	return hub_import_undo(&hub_api_of(rq)->hub, id, hub_who(rq));
}
