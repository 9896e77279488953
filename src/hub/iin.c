/* SPDX-License-Identifier: Apache-2.0 */
/* Opening a sealed IIN: who did, and whose, is written down before it is told. */
#include "sync/iin.h"
#include "hub/inside.h"

struct opening {
	str person, who, why, box;
	struct arena *a;
};

SQL(hub_iin_right, "SELECT 1 FROM coordinator WHERE id = :who AND opens_iin = 1"
                   " AND ended_at IS NULL");

static fallible has_the_right(struct tx *tx, str who)
{
	QUERY(q, tx_db(tx), hub_iin_right);
	bind_text(&q, ":who", who);
	bool right = query_next(&q);
	TRY(query_end(&q));
	if (!right)
		return FAIL_WHY(ERR_DENIED, "no-iin-right", "without the right to open it");
	return ERR_OK;
}

SQL(hub_iin_find, "SELECT sealed_iin FROM hub_person WHERE id = :id");

static enum err find_and_audit(struct tx *tx, void *arg)
{
	struct opening *o = arg;
	TRY(has_the_right(tx, o->who));
	QUERY(q, tx_db(tx), hub_iin_find);
	bind_text(&q, ":id", o->person);
	o->box = query_next(&q) ? column_blob(&q, o->a, 0) : STR_NONE;
	TRY(query_end(&q));
	if (!o->box.n) return FAIL_WHY(ERR_NOT_FOUND, "no-iin", "no IIN is sealed here");
	return hub_audit(tx, o->who, S("iin.opened"), o->person, o->why);
}

enum err hub_iin_open(struct hub *hub, str person, str who, str why,
                      char out[IIN_DIGITS + 1])
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(4096);
	struct opening o = { .person = person, .who = who, .why = why, .a = a };
	TRY(store_write(hub->store, find_and_audit, &o));
	return iin_open(o.box, hub->identity.secret, out);
}
