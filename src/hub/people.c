/* SPDX-License-Identifier: Apache-2.0 */
/* What coordinators decide about people and about what was quarantined. */
#include "base/time.h"
#include "hub/inside.h"
#include "hub/publish.h"

SQL(hub_person_home, "SELECT s.number, s.scope FROM hub_person p"
                     " JOIN hub_site s ON s.number = p.site WHERE p.id = :id");

/* Sums change where the person's site lies. */
static fallible begin(struct applying *ap, struct tx *tx, struct arena *a, str person)
{
	*ap = (struct applying){ .tx = tx, .a = a, .now = time_now() };
	QUERY(q, tx_db(tx), hub_person_home);
	bind_text(&q, ":id", person);
	if (query_next(&q)) {
		ap->site = column_int(&q, 0, 0);
		ap->scope = column_text(&q, a, 1);
	} else if (!q.err) {
		return FAIL(ERR_NOT_FOUND, "person %.*s", STR_ARG(person));
	}
	return query_end(&q);
}

static fallible set_merged(struct tx *tx, str person, str into, str who)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(64 << 10);
	struct applying *ap = arena_new(a, struct applying);
	TRY(begin(ap, tx, a, person));
	TRY(person_set_merged(ap, person, into));
	TRY(sums_write(ap));
	return hub_audit(tx, who, into.p ? S("person.merged") : S("person.unmerged"),
	                 person, into);
}

enum err hub_person_merge(struct tx *tx, str person, str into, str who)
{
	return set_merged(tx, person, into, who);
}

enum err hub_person_unmerge(struct tx *tx, str person, str who)
{
	return set_merged(tx, person, STR_NONE, who);
}

SQL(hub_person_folded, "SELECT folded FROM hub_person WHERE id = :id");

/* Lists of who is expected name people too. */
static fallible forget_on_lists(struct tx *tx, str person, str who)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)256 << 20);
	QUERY(q, tx_db(tx), hub_person_folded);
	bind_text(&q, ":id", person);
	str folded = query_next(&q) ? column_text(&q, a, 0) : S("");
	TRY(query_end(&q));
	return roster_forget(tx, a, folded, who);
}

enum err hub_person_erase(struct tx *tx, str person, str who)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(1 << 20);
	struct applying *ap = arena_new(a, struct applying);
	TRY(begin(ap, tx, a, person));
	TRY(forget_on_lists(tx, person, who));
	TRY(person_wipe(ap, person));
	struct hub_item item = { .scope = ap->scope, .content = person };
	item.name = arena_printf(a, "erased/%.*s", STR_ARG(person));
	TRY(hub_item_put(tx, &item));
	return hub_audit(tx, who, S("person.erased"), person, S(""));
}

/* ---- corrections and revocations: decided here, done at the site ---- */

static fallible put_order(struct applying *ap, const char *kind, str id,
                          const struct shape *shape, const void *order)
{
	struct buf text;
	buf_init(&text, 8192);
	json_write(&text, shape, order);
	struct hub_item item = { .scope = ap->scope, .content = buf_as_str(&text) };
	item.name = arena_printf(ap->a, "%s/%.*s", kind, STR_ARG(id));
	enum err e = hub_item_put(ap->tx, &item);
	buf_free(&text);
	return e;
}

enum err hub_person_correct(struct tx *tx, str person, const struct order_name *name,
                            str who)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(64 << 10);
	struct applying *ap = arena_new(a, struct applying);
	if (!str_trim(name->surname).n)
		return FAIL_WHY(ERR_INVALID, "bad-name", "a correction without a surname");
	TRY(begin(ap, tx, a, person));
	TRY(put_order(ap, "person", person, &order_name_shape, name));
	return hub_audit(tx, who, S("person.corrected"), person, S(""));
}

SQL(hub_certificate_home, "SELECT s.number, s.scope, c.state FROM hub_certificate c"
                          " JOIN hub_site s ON s.number = c.site WHERE c.serial = :serial");

enum err hub_certificate_revoke(struct tx *tx, str serial, str reason, str why, str who)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(64 << 10);
	struct applying *ap = arena_new(a, struct applying);
	*ap = (struct applying){ .tx = tx, .a = a, .now = time_now() };
	QUERY(q, tx_db(tx), hub_certificate_home);
	bind_text(&q, ":serial", serial);
	bool found = query_next(&q);
	if (found) {
		ap->site = column_int(&q, 0, 0);
		ap->scope = column_text(&q, a, 1);
	}
	bool revoked = found && str_is(column_text(&q, a, 2), S("revoked"));
	TRY(query_end(&q));
	if (!found) return FAIL(ERR_NOT_FOUND, "certificate %.*s", STR_ARG(serial));
	if (revoked) return ERR_OK;
	struct order_revoke order = { serial, reason };
	TRY(certificate_set_revoked(ap, serial, reason));
	TRY(put_order(ap, "certificate", serial, &order_revoke_shape, &order));
	TRY(sums_write(ap));
	str detail = arena_printf(a, "%.*s%s%.*s", STR_ARG(reason), why.n ? ": " : "",
	                          STR_ARG(why));
	return hub_audit(tx, who, S("certificate.revoked"), serial, detail);
}

/* ---- quarantine ---- */

SQL(hub_quarantine_end,
    "UPDATE hub_quarantine SET settled_at = :now, settled_by = :who, settled_how = :how"
    " WHERE site = :site AND epoch = :epoch AND seq = :seq AND branch = :branch"
    " AND settled_at IS NULL");
SQL(hub_attention_end, "UPDATE hub_attention SET settled_at = :now, settled_by = :who"
                       " WHERE kind = :kind AND site = :site AND about = :about");

enum err hub_quarantine_settle(struct tx *tx, str site_id, int64_t epoch, int64_t seq,
                               int64_t branch, bool apply, str who)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(64 << 10);
	struct hub_site site;
	int64_t changed;
	TRY(hub_site_get(tx_db(tx), a, site_id, &site));
	QUERY(q, tx_db(tx), hub_quarantine_end);
	bind_int(&q, ":site", site.number);
	bind_int(&q, ":epoch", epoch);
	bind_int(&q, ":seq", seq);
	bind_int(&q, ":branch", branch);
	bind_int(&q, ":now", time_now());
	bind_text(&q, ":who", who);
	bind_text(&q, ":how", apply ? S("applied") : S("dropped"));
	TRY(query_run(&q, &changed));
	if (!changed)
		return FAIL_WHY(ERR_CONFLICT, "already-decided",
		                "that was decided already");
	str about = arena_printf(a, "%lld/%lld/%lld", (long long)epoch, (long long)seq,
	                         (long long)branch);
	QUERY(end, tx_db(tx), hub_attention_end);
	bind_text(&end, ":kind", S("quarantine"));
	bind_int(&end, ":site", site.number);
	bind_text(&end, ":about", about);
	bind_int(&end, ":now", time_now());
	bind_text(&end, ":who", who);
	TRY(query_run(&end, NULL));
	if (apply) TRY(apply_quarantined(tx, a, &site, epoch, seq, branch));
	return hub_audit(tx, who, S("quarantine.settled"), site_id, about);
}
