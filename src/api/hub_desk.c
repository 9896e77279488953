/* SPDX-License-Identifier: Apache-2.0 */
/* What coordinators see and decide. Every question and every change takes the caller's
 * scope with it; hub/report.h sees to it that nothing else is found. */
#include "api/api.h"
#include "api/hub_api.h"
#include "api/hub_handlers.h"
#include "api/hub_shapes.h"
#include "base/text.h"
#include "hub/report.h"

str hub_query(struct request *rq, const char *name)
{
	str text = request_query(rq, name);
	return text.p ? str_trim(text) : S("");
}

/* ---- overview ---- */

enum err hub_overview(struct request *rq, struct reply *rs)
{
	str scope;
	struct report_overview out;
	TRY(hub_scope(rq, &scope));
	HUB_READ(db, rq);
	TRY(report_overview(db, request_arena(rq), scope, &out));
	api_give(rs, 200, &report_overview_shape, &out);
	return ERR_OK;
}

static enum err find_areas(struct request *rq, struct db *db, str scope, size_t most,
                           struct json_list *out)
{
	(void)most; /* bounded by itself */
	return report_areas(db, request_arena(rq), scope, out);
}

enum err hub_areas(struct request *rq, struct reply *rs)
{
	return hub_give_found(rq, rs, find_areas, &report_area_shape, 1000, "areas");
}

static enum err find_councils(struct request *rq, struct db *db, str scope, size_t most,
                              struct json_list *out)
{
	return report_councils(db, request_arena(rq), scope, most, out);
}

enum err hub_councils(struct request *rq, struct reply *rs)
{
	return hub_give_found(rq, rs, find_councils, &report_council_shape, 500,
	                      "councils");
}

/* ---- sites ---- */

static enum err find_sites(struct request *rq, struct db *db, str scope, size_t most,
                           struct json_list *out)
{
	return report_sites(db, request_arena(rq), scope, hub_query(rq, "find"),
	                    request_query(rq, "silent").n > 0, most, out);
}

enum err hub_sites(struct request *rq, struct reply *rs)
{
	bool silent = request_query(rq, "silent").n > 0;
	return hub_give_found(rq, rs, find_sites, &hub_site_shape, 200,
	                      silent ? "silent" : "sites");
}

enum err hub_site_show(struct request *rq, struct reply *rs)
{
	str scope;
	struct report_site out;
	TRY(hub_scope(rq, &scope));
	HUB_READ(db, rq);
	TRY(report_site(db, request_arena(rq), scope, request_param(rq, "id"), &out));
	api_give(rs, 200, &report_site_shape, &out);
	return ERR_OK;
}

/* ---- changes ---- */

struct hub_change hub_change_of(struct request *rq)
{
	return (struct hub_change){
		.a = request_arena(rq),
		.scope = str_of(request_caller(rq)->scope),
		.id = request_param(rq, "id"),
		.who = hub_who(rq),
	};
}

enum err hub_change(struct request *rq, struct reply *rs, write_fn *run,
                    struct hub_change *c)
{
	TRY(store_write(hub_api_of(rq)->hub.store, run, c));
	rs->status = 204;
	return ERR_OK;
}

static enum err revoke_site(struct tx *tx, void *arg)
{
	struct hub_change *c = arg;
	struct report_site site;
	TRY(report_site(tx_db(tx), c->a, c->scope, c->id, &site));
	return hub_site_revoke(tx, c->id, c->why, c->who);
}

enum err hub_site_cut(struct request *rq, struct reply *rs)
{
	struct hub_change c = hub_change_of(rq);
	struct hub_why in;
	TRY(request_body(rq, &hub_why_shape, &in));
	c.why = in.why;
	return hub_change(rq, rs, revoke_site, &c);
}

static enum err find_invites(struct request *rq, struct db *db, str scope, size_t most,
                             struct json_list *out)
{
	(void)most; /* bounded by itself */
	return report_invites(db, request_arena(rq), scope, out);
}

enum err hub_invites(struct request *rq, struct reply *rs)
{
	return hub_give_found(rq, rs, find_invites, &hub_invite_shape, 200, "invitations");
}

static enum err revoke_invite(struct tx *tx, void *arg)
{
	struct hub_change *c = arg;
	str scope;
	TRY(report_invite_scope(tx_db(tx), c->a, c->id, &scope));
	if (!scope_covers(c->scope, scope))
		return FAIL(ERR_NOT_FOUND, "an invitation of another scope");
	return hub_invite_revoke(tx, c->id, c->who);
}

enum err hub_invite_end(struct request *rq, struct reply *rs)
{
	struct hub_change c = hub_change_of(rq);
	return hub_change(rq, rs, revoke_invite, &c);
}

/* ---- needs attention ---- */

static enum err find_attention(struct request *rq, struct db *db, str scope, size_t most,
                               struct json_list *out)
{
	return report_attention(db, request_arena(rq), scope, most, out);
}

enum err hub_attention(struct request *rq, struct reply *rs)
{
	return hub_give_found(rq, rs, find_attention, &report_attention_shape, 200,
	                      "attention");
}

static enum err settle(struct tx *tx, void *arg)
{
	struct hub_change *c = arg;
	return report_attention_settle(tx, c->a, c->scope, c->number, c->apply, c->why,
	                               c->who);
}

enum err hub_attention_settle(struct request *rq, struct reply *rs)
{
	struct hub_change c = hub_change_of(rq);
	struct hub_settle in;
	TRY(request_body(rq, &hub_settle_shape, &in));
	if (!str_to_int(c.id, 1, INT64_MAX, &c.number))
		return FAIL(ERR_NOT_FOUND, "no such number");
	c.apply = in.apply;
	c.why = in.why;
	return hub_change(rq, rs, settle, &c);
}

/* ---- audit ---- */

enum err hub_audit_list(struct request *rq, struct reply *rs)
{
	struct json_list list;
	int64_t before = INT64_MAX;
	str asked = request_query(rq, "before");
	TRY(hub_may_act(rq, S("KZ")));
	if (asked.n && !str_to_int(asked, 1, INT64_MAX, &before))
		return FAIL(ERR_INVALID, "before is a number");
	HUB_READ(db, rq);
	TRY(report_audit(db, request_arena(rq), before, hub_most(rq, 200), &list));
	return hub_give_list(rq, rs, &report_audit_shape, list, "audit");
}

/* ---- one's own ---- */

static enum err speak(struct tx *tx, void *arg)
{
	struct hub_change *c = arg;
	return coordinator_set_language(tx, c->who, c->other);
}

enum err hub_language(struct request *rq, struct reply *rs)
{
	struct hub_change c = hub_change_of(rq);
	struct language_new in;
	TRY(request_body(rq, &language_new_shape, &in));
	TRY(api_language(in.language));
	c.other = in.language;
	return hub_change(rq, rs, speak, &c);
}
