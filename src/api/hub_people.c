/* SPDX-License-Identifier: Apache-2.0 */
/* People at the desk: who is who, and what the law gives them: their data as a file, being
 * forgotten, and that a sealed IIN is opened by who may and with a reason. */
#include "api/api.h"
#include "api/hub_api.h"
#include "api/hub_handlers.h"
#include "api/hub_shapes.h"
#include "hub/report.h"

static enum err find_people(struct request *rq, struct db *db, str scope, size_t most,
                            struct json_list *out)
{
	return report_people(db, request_arena(rq), scope, hub_query(rq, "find"), most,
	                     out);
}

enum err hub_people(struct request *rq, struct reply *rs)
{
	return hub_give_found(rq, rs, find_people, &report_person_shape, 100, "people");
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

static fallible is_there(struct tx *tx, const struct hub_change *c, str person)
{
	struct report_person_detail *p = arena_new(c->a, struct report_person_detail);
	return report_person(tx_db(tx), c->a, c->scope, person, p);
}

static enum err merge(struct tx *tx, void *arg)
{
	struct hub_change *c = arg;
	TRY(is_there(tx, c, c->id));
	TRY(is_there(tx, c, c->other));
	return hub_person_merge(tx, c->id, c->other, c->who);
}

static enum err unmerge(struct tx *tx, void *arg)
{
	struct hub_change *c = arg;
	TRY(is_there(tx, c, c->id));
	return hub_person_unmerge(tx, c->id, c->who);
}

static enum err erase(struct tx *tx, void *arg)
{
	struct hub_change *c = arg;
	TRY(is_there(tx, c, c->id));
	return hub_person_erase(tx, c->id, c->who);
}

enum err hub_person_join(struct request *rq, struct reply *rs)
{
	struct hub_change c = hub_change_of(rq);
	struct hub_into in;
	TRY(request_body(rq, &hub_into_shape, &in));
	if (str_is(in.into, c.id))
		return FAIL_WHY(ERR_INVALID, "same-person", "both are one id");
	c.other = in.into;
	return hub_change(rq, rs, merge, &c);
}

enum err hub_person_part(struct request *rq, struct reply *rs)
{
	struct hub_change c = hub_change_of(rq);
	return hub_change(rq, rs, unmerge, &c);
}

enum err hub_person_wipe(struct request *rq, struct reply *rs)
{
	struct hub_change c = hub_change_of(rq);
	return hub_change(rq, rs, erase, &c);
}

/* ---- personal data ---- */

static enum err note_export(struct tx *tx, void *arg)
{
	struct hub_change *c = arg;
	return hub_audit(tx, c->who, S("person.exported"), c->id, S(""));
}

/* ?as=file: to be saved; else for the page that shows it to be read and printed. Both are
 * the same act. */
enum err hub_person_all(struct request *rq, struct reply *rs)
{
	struct hub_change c = hub_change_of(rq);
	struct report_export out;
	{
		HUB_READ(db, rq);
		TRY(report_export(db, c.a, c.scope, c.id, &out));
	}
	TRY(store_write(hub_api_of(rq)->hub.store, note_export, &c));
	api_give(rs, 200, &report_export_shape, &out);
	if (request_query(rq, "as").n)
		reply_header(rq, "Content-Disposition",
		             S("attachment; filename=\"person.json\""));
	return ERR_OK;
}

enum err hub_person_iin(struct request *rq, struct reply *rs)
{
	struct hub_change c = hub_change_of(rq);
	struct hub_why in;
	char iin[IIN_DIGITS + 1];
	TRY(request_body(rq, &hub_why_shape, &in));
	{
		struct report_person_detail *p =
			arena_new(c.a, struct report_person_detail);
		HUB_READ(db, rq);
		TRY(report_person(db, c.a, c.scope, c.id, p));
	}
	TRY(hub_iin_open(&hub_api_of(rq)->hub, c.id, c.who, in.why, iin));
	api_give(rs, 200, &hub_iin_shape, &(struct hub_iin){ str_of(iin) });
	seal_wipe(iin, sizeof iin);
	return ERR_OK;
}
