/* SPDX-License-Identifier: Apache-2.0 */
/* How long this hub keeps things: what is decided, and what a decision would do. */
#include "api/api.h"
#include "api/hub_api.h"
#include "api/hub_handlers.h"
#include "hub/retention.h"

enum err hub_retention_show(struct request *rq, struct reply *rs)
{
	struct retention out;
	int64_t names;
	str asked = request_query(rq, "names");
	if (asked.n && !str_to_int(asked, 0, RETENTION_MONTHS_MOST, &names))
		return FAIL_WHY(ERR_INVALID, "bad-months", "names is a number of months");
	HUB_READ(db, rq);
	TRY(retention_get(db, request_arena(rq), &out));
	if (asked.n) TRY(retention_due(db, request_arena(rq), names, &out.due_names));
	api_give(rs, 200, &retention_shape, &out);
	return ERR_OK;
}

struct setting_rule {
	struct retention_new in;
	str who;
};

static enum err set_rule(struct tx *tx, void *arg)
{
	const struct setting_rule *s = arg;
	return retention_set(tx, &s->in, s->who);
}

enum err hub_retention_change(struct request *rq, struct reply *rs)
{
	struct setting_rule s = { .who = hub_who(rq) };
	TRY(request_body(rq, &retention_new_shape, &s.in));
	TRY(store_write(hub_api_of(rq)->hub.store, set_rule, &s));
	rs->status = 204;
	return ERR_OK;
}
