/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates and disputes. What ends a certificate beats what began it, whichever is told
 * first: revoked beats superseded beats valid, and nothing takes any of them back. */
#include "hub/inside.h"

static str or_empty(str text)
{
	return text.p ? text : S("");
}

struct old_certificate {
	bool found;
	int64_t site;
	str state, person;
};

SQL(hub_certificate_find, "SELECT site, state, person FROM hub_certificate"
                          " WHERE serial = :serial");

static fallible find_certificate(struct applying *ap, str serial,
                                 struct old_certificate *out)
{
	*out = (struct old_certificate){ .state = STR_NONE };
	QUERY(q, tx_db(ap->tx), hub_certificate_find);
	bind_text(&q, ":serial", serial);
	if (query_next(&q))
		*out = (struct old_certificate){ true, column_int(&q, 0, 0),
			                         column_text(&q, ap->a, 1),
			                         column_text(&q, ap->a, 2) };
	return query_end(&q);
}

static int weight(str state)
{
	return str_is(state, S("revoked")) ? 2 : str_is(state, S("superseded")) ? 1 : 0;
}

SQL(hub_certificate_save,
    "INSERT INTO hub_certificate (serial, site, person, holder, council_name, title,"
    " held_on, valid_until, token, state, superseded_by, why, first_at, changed_at)"
    " VALUES (:serial, :site, :person, :holder, :council, :title, :held_on, :until, :token,"
    " :state, :by, :why, :now, :now)"
    " ON CONFLICT (serial) DO UPDATE SET"
    " person = CASE WHEN hub_certificate.person = '' THEN excluded.person"
    "  ELSE hub_certificate.person END,"
    " holder = CASE WHEN hub_certificate.holder = '' THEN excluded.holder"
    "  ELSE hub_certificate.holder END,"
    " council_name = CASE WHEN hub_certificate.council_name = '' THEN excluded.council_name"
    "  ELSE hub_certificate.council_name END,"
    " title = CASE WHEN hub_certificate.title = '' THEN excluded.title"
    "  ELSE hub_certificate.title END,"
    " held_on = CASE WHEN hub_certificate.held_on = '' THEN excluded.held_on"
    "  ELSE hub_certificate.held_on END,"
    " valid_until = COALESCE(hub_certificate.valid_until, excluded.valid_until),"
    " token = COALESCE(hub_certificate.token, excluded.token), state = excluded.state,"
    " superseded_by = COALESCE(excluded.superseded_by, hub_certificate.superseded_by),"
    " why = COALESCE(excluded.why, hub_certificate.why), changed_at = excluded.changed_at");

static fallible save_certificate(struct applying *ap, const struct fact_certificate *f,
                                 str state)
{
	QUERY(q, tx_db(ap->tx), hub_certificate_save);
	bind_text(&q, ":serial", f->serial);
	bind_int(&q, ":site", ap->site);
	bind_text(&q, ":person", or_empty(f->person));
	bind_text(&q, ":holder", or_empty(f->holder));
	bind_text(&q, ":council", or_empty(f->council_name));
	bind_text(&q, ":title", or_empty(f->title));
	bind_text(&q, ":held_on", or_empty(f->held_on));
	bind_text(&q, ":until", f->valid_until);
	bind_text(&q, ":token", f->token);
	bind_text(&q, ":state", state);
	bind_text(&q, ":by", f->by);
	bind_text(&q, ":why", f->why);
	bind_int(&q, ":now", ap->now);
	return query_run(&q, NULL);
}

enum err apply_certificate(struct applying *ap, const struct record *r)
{
	struct fact_certificate f;
	struct old_certificate old;
	TRY(body_read(ap, r, &fact_certificate_shape, &f));
	TRY(find_certificate(ap, f.serial, &old));
	if (!ap->forced && old.found && old.site != ap->site)
		return FAIL_WHY(ERR_INVALID, "not-yours",
		                "record %lld: of another site's certificate",
		                (long long)r->seq);
	str state = str_is(r->kind, S("certificate.revoked"))      ? S("revoked")
	            : str_is(r->kind, S("certificate.superseded")) ? S("superseded")
	                                                           : S("valid");
	if (weight(old.state) > weight(state)) state = old.state;
	str person = old.person.n ? old.person : f.person;
	bool was = old.person.n && str_is(old.state, S("valid"));
	bool is = person.n && str_is(state, S("valid"));
	TRY(save_certificate(ap, &f, state));
	if (weight(state) > weight(old.state)) TRY(items_stale(ap->tx, S("revocations")));
	if (!person.n) return ERR_OK;
	return person_change_counts(ap, person, 0, (int64_t)is - was);
}

enum err certificate_set_revoked(struct applying *ap, str serial, str why)
{
	struct fact_certificate f = { .serial = serial, .why = why };
	struct old_certificate old;
	TRY(find_certificate(ap, serial, &old));
	bool was = str_is(old.state, S("valid"));
	TRY(save_certificate(ap, &f, S("revoked")));
	TRY(items_stale(ap->tx, S("revocations")));
	return was && old.person.n ? person_change_counts(ap, old.person, 0, -1) : ERR_OK;
}

enum err apply_dispute(struct applying *ap, const struct record *r)
{
	struct fact_dispute f;
	TRY(body_read(ap, r, &fact_dispute_shape, &f));
	if (ap->replayed) return ERR_OK;
	return attention_add(ap->tx, S("dispute"), ap->site, ap->scope, f.dispute, f.says);
}
