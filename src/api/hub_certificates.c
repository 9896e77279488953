/* SPDX-License-Identifier: Apache-2.0 */
/* The registry at the desk: one certificate with all that is known of it, whether one is
 * true, the right name, taking one back. */
#include "api/api.h"
#include "api/hub_api.h"
#include "api/hub_handlers.h"
#include "api/hub_shapes.h"
#include "api/shapes.h"
#include "base/time.h"
#include "certificate/sheet.h"
#include "certificate/verify.h"
#include "hub/report.h"
#include "people/people.h"

static enum err find_certificates(struct request *rq, struct db *db, str scope, size_t most,
                                  struct json_list *out)
{
	return report_certificates(db, request_arena(rq), scope, hub_query(rq, "find"),
	                           hub_query(rq, "state"), most, out);
}

enum err hub_certificates(struct request *rq, struct reply *rs)
{
	return hub_give_found(rq, rs, find_certificates, &report_certificate_shape, 200,
	                      "certificates");
}

/* ---- is it true? ---- */

struct checking {
	struct arena *a;
	const struct hub *hub;
	struct hub_known known;
	struct site_known site;
	struct revocation ending;
	struct revocations list;
	struct trust_list trust;
	str today;
};

static str day_of(struct arena *a, int64_t at)
{
	char text[TIME_TEXT];
	time_write(at, text);
	return arena_copy(a, str_part(str_of(text), 0, 10));
}

/* A hub needs no list from anybody: it is the root, and knows its sites and what has become
 * of each certificate. For the site it vouches anew, from the day on which it enrolled. */
static fallible know_issuer(struct checking *k, struct db *db, const struct token *t,
                            struct hub_site *site)
{
	uint8_t *bytes = arena_alloc(k->a, TRUST_CERTIFICATE);
	size_t n;
	k->known.name = k->hub->name;
	memcpy(k->known.public_key, k->hub->identity.public_key, SEAL_PUBLIC);
	k->trust = (struct trust_list){ .hubs = { &k->known, 1 } };
	enum err e = hub_site_by_key(db, k->a, t->key_id, site);
	if (e == ERR_NOT_FOUND) return ERR_OK;
	TRY(e);
	TRY(hub_vouch(k->hub, site, bytes, &n));
	k->site = (struct site_known){ { (const char *)bytes, n }, site->name };
	k->trust.sites = (struct json_list){ &k->site, 1 };
	return ERR_OK;
}

static fallible know_ending(struct checking *k, struct db *db, str serial, bool *here_out)
{
	struct report_ending end;
	TRY(report_ending(db, k->a, serial, &end));
	*here_out = end.state.p != NULL;
	memcpy(k->list.key_id, k->hub->identity.key_id, KEY_ID);
	k->list.dated = day_of(k->a, time_now());
	if (!end.state.p || str_is(end.state, S("valid"))) return ERR_OK;
	bool revoked = str_is(end.state, S("revoked"));
	k->ending = (struct revocation){
		.serial = serial,
		.on = day_of(k->a, end.changed_at),
		.by = revoked ? STR_NONE : end.superseded_by,
		.reason = !revoked                        ? STR_NONE
		          : revocation_reason_is(end.why) ? end.why
		                                          : S("other"),
	};
	k->list.entry = (struct json_list){ &k->ending, 1 };
	return ERR_OK;
}

static fallible check(struct request *rq, struct db *db, str text, struct hub_verified *out)
{
	struct checking *k = arena_new(request_arena(rq), struct checking);
	struct token *t = arena_new(request_arena(rq), struct token);
	struct verdict *v = arena_new(request_arena(rq), struct verdict);
	struct hub_site *site = arena_new(request_arena(rq), struct hub_site);
	k->a = request_arena(rq);
	k->hub = &hub_api_of(rq)->hub;
	out->verdict = v;
	if (!token_find(k->a, text, t)) {
		*v = (struct verdict){ .status = S("altered"), .reason = S("unreadable") };
		return ERR_OK;
	}
	TRY(know_issuer(k, db, t, site));
	TRY(know_ending(k, db, t->facts.serial, &out->registered));
	struct verifying with = { &k->trust, &k->list, 1, day_of(k->a, time_now()) };
	verify_token(k->a, t, &with, v);
	if (!k->trust.sites.n) return ERR_OK;
	out->site_name = site->name;
	out->site_cut_at = site->revoked_at;
	return ERR_OK;
}

struct noting {
	str who, serial, status;
};

static enum err note_check(struct tx *tx, void *arg)
{
	const struct noting *n = arg;
	return hub_audit(tx, n->who, S("certificate.verified"), n->serial, n->status);
}

/* What was pasted: a link or the code's text; or a number, of which the registry has the
 * text. */
static fallible find_and_check(struct request *rq, str text, struct hub_verified *out)
{
	struct arena *a = request_arena(rq);
	char serial[SERIAL_TEXT];
	struct report_certificate_detail d;
	HUB_READ(db, rq);
	str scope = str_of(request_caller(rq)->scope);
	bool number = serial_read(text, serial, NULL);
	if (number) {
		TRY(report_certificate(db, a, scope, str_of(serial), &d));
		out->registered = true;
		text = d.token;
	}
	if (text.n) TRY(check(rq, db, text, out));
	if (!number && !out->registered) return ERR_OK;
	enum err e =
		number ? ERR_OK
		       : report_certificate(db, a, scope, out->verdict->facts->serial, &d);
	if (!e) out->certificate = d.certificate;
	return e == ERR_NOT_FOUND ? ERR_OK
	                          : e; /* of another area: what it says is enough */
}

enum err hub_certificate_check(struct request *rq, struct reply *rs)
{
	struct verify_new in;
	struct hub_verified out = { .site_cut_at = JSON_ABSENT };
	TRY(request_body(rq, &verify_new_shape, &in));
	TRY(find_and_check(rq, in.text, &out));
	struct noting n = { hub_who(rq), S(""), S("") };
	if (out.verdict) n.status = out.verdict->status;
	if (out.verdict && out.verdict->facts) n.serial = out.verdict->facts->serial;
	TRY(store_write(hub_api_of(rq)->hub.store, note_check, &n));
	api_give(rs, 200, &hub_verified_shape, &out);
	return ERR_OK;
}

enum err hub_certificate_show(struct request *rq, struct reply *rs)
{
	struct report_certificate_detail d;
	struct hub_verified checked = { .site_cut_at = JSON_ABSENT };
	str scope = str_of(request_caller(rq)->scope);
	HUB_READ(db, rq);
	TRY(report_certificate(db, request_arena(rq), scope, request_param(rq, "serial"),
	                       &d));
	if (d.token.n) TRY(check(rq, db, d.token, &checked));
	struct hub_certificate out = { d.certificate, checked.verdict, d.supersedes,
		                       d.changed_at,  d.site,          d.orders,
		                       d.audit };
	api_give(rs, 200, &hub_certificate_shape, &out);
	return ERR_OK;
}

/* ---- changes: the hub decides, the laptop carries it out at its next contact ---- */

struct deciding {
	struct hub_change c;
	str serial, reason;
	struct order_name name;
};

static fallible still_counts(struct tx *tx, const struct deciding *d,
                             const struct report_certificate **out)
{
	struct report_certificate_detail detail;
	TRY(report_certificate(tx_db(tx), d->c.a, d->c.scope, d->serial, &detail));
	*out = detail.certificate;
	if (!str_is(detail.certificate->state, S("valid")))
		return FAIL_WHY(ERR_CONFLICT, "ended-already", "it counts no more");
	return ERR_OK;
}

static str or_blank(str text)
{
	return text.p ? text : S("");
}

static fallible check_name(struct arena *a, struct order_name *name, str holder)
{
	struct facts facts = { .surname = name->surname };
	struct template plain = { 0 };
	str whole = arena_printf(a, "%.*s %.*s%s%.*s", STR_ARG(name->surname),
	                         STR_ARG(name->given), name->patronymic.n ? " " : "",
	                         STR_ARG(name->patronymic));
	facts.given = name->given;
	facts.patronymic = name->patronymic;
	if (str_is(whole, holder))
		return FAIL_WHY(ERR_INVALID, "same-name", "the name is the same as before");
	if (sheet_lacks(&facts, &plain))
		return FAIL_WHY(ERR_INVALID, "bad-letter",
		                "the name has a sign that cannot be printed");
	return ERR_OK;
}

static enum err correct(struct tx *tx, void *arg)
{
	struct deciding *d = arg;
	const struct report_certificate *c;
	TRY(still_counts(tx, d, &c));
	if (!c->holder.n)
		return FAIL_WHY(ERR_CONFLICT, "erased", "its holder's data was erased");
	TRY(check_name(d->c.a, &d->name, c->holder));
	return hub_person_correct(tx, c->person, &d->name, d->c.who);
}

enum err hub_certificate_correct(struct request *rq, struct reply *rs)
{
	struct deciding d = { .c = hub_change_of(rq) };
	struct hub_name in;
	TRY(request_body(rq, &hub_name_shape, &in));
	d.serial = request_param(rq, "serial");
	TRY(name_clean(d.c.a, in.surname, 100, &d.name.surname));
	TRY(name_clean(d.c.a, or_blank(in.given), 100, &d.name.given));
	if (str_trim(or_blank(in.patronymic)).n)
		TRY(name_clean(d.c.a, in.patronymic, 100, &d.name.patronymic));
	TRY(store_write(hub_api_of(rq)->hub.store, correct, &d));
	rs->status = 204;
	return ERR_OK;
}

static enum err revoke(struct tx *tx, void *arg)
{
	struct deciding *d = arg;
	const struct report_certificate *c;
	TRY(still_counts(tx, d, &c));
	return hub_certificate_revoke(tx, d->serial, d->reason, d->c.why, d->c.who);
}

enum err hub_certificate_end(struct request *rq, struct reply *rs)
{
	struct deciding d = { .c = hub_change_of(rq) };
	struct hub_revocation in;
	TRY(request_body(rq, &hub_revocation_shape, &in));
	if (!revocation_reason_is(in.reason))
		return FAIL_WHY(ERR_INVALID, "bad-reason", "no such reason");
	d.serial = request_param(rq, "serial");
	d.reason = in.reason;
	d.c.why = str_trim(or_blank(in.why));
	if (str_is(in.reason, S("other")) && str_runes(d.c.why) < 3)
		return FAIL_WHY(ERR_INVALID, "why-missing", "another reason wants words");
	TRY(store_write(hub_api_of(rq)->hub.store, revoke, &d));
	rs->status = 204;
	return ERR_OK;
}
