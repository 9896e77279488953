/* SPDX-License-Identifier: Apache-2.0 */
/* What coordinators see and decide. Every question and every change takes the caller's
 * scope with it; hub/report.h sees to it that nothing else is found. */
#include "api/api.h"
#include "api/hub_api.h"
#include "api/hub_handlers.h"
#include "api/hub_shapes.h"
#include "base/text.h"
#include "hub/report.h"

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

enum err hub_areas(struct request *rq, struct reply *rs)
{
	str scope;
	struct json_list list;
	TRY(hub_scope(rq, &scope));
	HUB_READ(db, rq);
	TRY(report_areas(db, request_arena(rq), scope, &list));
	return hub_give_list(rq, rs, &report_area_shape, list, "areas");
}

enum err hub_councils(struct request *rq, struct reply *rs)
{
	str scope;
	struct json_list list;
	TRY(hub_scope(rq, &scope));
	HUB_READ(db, rq);
	TRY(report_councils(db, request_arena(rq), scope, hub_most(rq, 500), &list));
	return hub_give_list(rq, rs, &report_council_shape, list, "councils");
}

/* ---- sites ---- */

static str query_or_empty(struct request *rq, const char *name)
{
	str text = request_query(rq, name);
	return text.p ? str_trim(text) : S("");
}

enum err hub_sites(struct request *rq, struct reply *rs)
{
	str scope;
	struct json_list list;
	bool silent = request_query(rq, "silent").n > 0;
	TRY(hub_scope(rq, &scope));
	HUB_READ(db, rq);
	TRY(report_sites(db, request_arena(rq), scope, query_or_empty(rq, "find"), silent,
	                 hub_most(rq, 200), &list));
	return hub_give_list(rq, rs, &hub_site_shape, list, silent ? "silent" : "sites");
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

/* ---- changes: one struct for what all of them need ---- */

struct change {
	struct arena *a;
	str scope, id, other, why, who;
	int64_t number;
	bool apply;
};

static struct change change_of(struct request *rq)
{
	return (struct change){
		.a = request_arena(rq),
		.scope = str_of(request_caller(rq)->scope),
		.id = request_param(rq, "id"),
		.who = hub_who(rq),
	};
}

static fallible change(struct request *rq, struct reply *rs, write_fn *run,
                       struct change *c)
{
	TRY(store_write(hub_api_of(rq)->hub.store, run, c));
	rs->status = 204;
	return ERR_OK;
}

static enum err revoke_site(struct tx *tx, void *arg)
{
	struct change *c = arg;
	struct report_site site;
	TRY(report_site(tx_db(tx), c->a, c->scope, c->id, &site));
	return hub_site_revoke(tx, c->id, c->why, c->who);
}

enum err hub_site_cut(struct request *rq, struct reply *rs)
{
	struct change c = change_of(rq);
	struct hub_why in;
	TRY(request_body(rq, &hub_why_shape, &in));
	c.why = in.why;
	return change(rq, rs, revoke_site, &c);
}

enum err hub_invites(struct request *rq, struct reply *rs)
{
	str scope;
	struct json_list list;
	TRY(hub_scope(rq, &scope));
	HUB_READ(db, rq);
	TRY(report_invites(db, request_arena(rq), scope, &list));
	return hub_give_list(rq, rs, &hub_invite_shape, list, "invitations");
}

static enum err revoke_invite(struct tx *tx, void *arg)
{
	struct change *c = arg;
	str scope;
	TRY(report_invite_scope(tx_db(tx), c->a, c->id, &scope));
	if (!scope_covers(c->scope, scope))
		return FAIL(ERR_NOT_FOUND, "an invitation of another scope");
	return hub_invite_revoke(tx, c->id, c->who);
}

enum err hub_invite_end(struct request *rq, struct reply *rs)
{
	struct change c = change_of(rq);
	return change(rq, rs, revoke_invite, &c);
}

/* ---- needs attention ---- */

enum err hub_attention(struct request *rq, struct reply *rs)
{
	str scope;
	struct json_list list;
	TRY(hub_scope(rq, &scope));
	HUB_READ(db, rq);
	TRY(report_attention(db, request_arena(rq), scope, hub_most(rq, 200), &list));
	return hub_give_list(rq, rs, &report_attention_shape, list, "attention");
}

static enum err settle(struct tx *tx, void *arg)
{
	struct change *c = arg;
	return report_attention_settle(tx, c->a, c->scope, c->number, c->apply, c->why,
	                               c->who);
}

enum err hub_attention_settle(struct request *rq, struct reply *rs)
{
	struct change c = change_of(rq);
	struct hub_settle in;
	TRY(request_body(rq, &hub_settle_shape, &in));
	if (!str_to_int(c.id, 1, INT64_MAX, &c.number))
		return FAIL(ERR_NOT_FOUND, "no such number");
	c.apply = in.apply;
	c.why = in.why;
	return change(rq, rs, settle, &c);
}

/* ---- people ---- */

enum err hub_people(struct request *rq, struct reply *rs)
{
	str scope;
	struct json_list list;
	TRY(hub_scope(rq, &scope));
	HUB_READ(db, rq);
	TRY(report_people(db, request_arena(rq), scope, query_or_empty(rq, "find"),
	                  hub_most(rq, 100), &list));
	return hub_give_list(rq, rs, &report_person_shape, list, "people");
}

enum err hub_person_show(struct request *rq, struct reply *rs)
{
	str scope;
	struct report_person_detail out;
	TRY(hub_scope(rq, &scope));
	HUB_READ(db, rq);
	TRY(report_person(db, request_arena(rq), scope, request_param(rq, "id"), &out));
	api_give(rs, 200, &report_person_detail_shape, &out);
	return ERR_OK;
}

enum err hub_duplicates(struct request *rq, struct reply *rs)
{
	str scope;
	struct json_list list;
	TRY(hub_scope(rq, &scope));
	HUB_READ(db, rq);
	TRY(report_duplicates(db, request_arena(rq), scope, &list));
	json_write_list(&rs->body, &report_pair_shape, list);
	return ERR_OK;
}

static fallible is_there(struct tx *tx, const struct change *c, str person)
{
	struct report_person_detail *p = arena_new(c->a, struct report_person_detail);
	return report_person(tx_db(tx), c->a, c->scope, person, p);
}

static enum err merge(struct tx *tx, void *arg)
{
	struct change *c = arg;
	TRY(is_there(tx, c, c->id));
	TRY(is_there(tx, c, c->other));
	return hub_person_merge(tx, c->id, c->other, c->who);
}

static enum err unmerge(struct tx *tx, void *arg)
{
	struct change *c = arg;
	TRY(is_there(tx, c, c->id));
	return hub_person_unmerge(tx, c->id, c->who);
}

static enum err erase(struct tx *tx, void *arg)
{
	struct change *c = arg;
	TRY(is_there(tx, c, c->id));
	return hub_person_erase(tx, c->id, c->who);
}

static enum err note_export(struct tx *tx, void *arg)
{
	struct change *c = arg;
	return hub_audit(tx, c->who, S("person.exported"), c->id, S(""));
}

enum err hub_person_join(struct request *rq, struct reply *rs)
{
	struct change c = change_of(rq);
	struct hub_into in;
	TRY(request_body(rq, &hub_into_shape, &in));
	if (str_is(in.into, c.id))
		return FAIL_WHY(ERR_INVALID, "same-person", "both are one id");
	c.other = in.into;
	return change(rq, rs, merge, &c);
}

enum err hub_person_part(struct request *rq, struct reply *rs)
{
	struct change c = change_of(rq);
	return change(rq, rs, unmerge, &c);
}

enum err hub_person_wipe(struct request *rq, struct reply *rs)
{
	struct change c = change_of(rq);
	return change(rq, rs, erase, &c);
}

enum err hub_person_all(struct request *rq, struct reply *rs)
{
	struct change c = change_of(rq);
	struct report_export out;
	{
		HUB_READ(db, rq);
		TRY(report_export(db, c.a, c.scope, c.id, &out));
	}
	TRY(store_write(hub_api_of(rq)->hub.store, note_export, &c));
	api_give(rs, 200, &report_export_shape, &out);
	reply_header(rq, "Content-Disposition", S("attachment; filename=\"person.json\""));
	return ERR_OK;
}

/* ---- certificates, audit ---- */

enum err hub_certificates(struct request *rq, struct reply *rs)
{
	str scope;
	struct json_list list;
	TRY(hub_scope(rq, &scope));
	HUB_READ(db, rq);
	TRY(report_certificates(db, request_arena(rq), scope, query_or_empty(rq, "find"),
	                        hub_most(rq, 200), &list));
	return hub_give_list(rq, rs, &report_certificate_shape, list, "certificates");
}

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
	struct change *c = arg;
	return coordinator_set_language(tx, c->who, c->other);
}

enum err hub_language(struct request *rq, struct reply *rs)
{
	struct change c = change_of(rq);
	struct language_new in;
	TRY(request_body(rq, &language_new_shape, &in));
	TRY(api_language(in.language));
	c.other = in.language;
	return change(rq, rs, speak, &c);
}
