/* SPDX-License-Identifier: Apache-2.0 */
/* How a site comes to be known: somebody at the hub makes a one-time code for a part of the
 * country, somebody at the site types it. Both sides prove that they know it (sync/code.h);
 * the site gets its certificate, and the hub's key to pin. */
#include "base/text.h"
#include "base/time.h"
#include "hub/inside.h"

#include <stdio.h>

#define CERTIFICATE_MS (400LL * 24 * 60 * 60 * 1000)
#define CLOCK_MS (24 * 60 * 60 * 1000LL) /* a site's clock may be so far behind */

static const struct json_field invite_fields[] = {
	JSON_TEXT(struct hub_invite, id, true, 36, 36),
	JSON_TEXT(struct hub_invite, scope, true, 2, 64),
	JSON_TEXT(struct hub_invite, label, true, 0, 200),
	JSON_TEXT(struct hub_invite, made_by, true, 0, 64),
	JSON_INT(struct hub_invite, made_at, true, 0, INT64_MAX),
	JSON_INT(struct hub_invite, expires_at, true, 0, INT64_MAX),
	JSON_INT(struct hub_invite, used_at, false, 0, INT64_MAX),
	JSON_INT(struct hub_invite, revoked_at, false, 0, INT64_MAX),
	JSON_TEXT(struct hub_invite, used_by, false, 36, 36),
};
const struct shape hub_invite_shape = SHAPE("HubInvite", struct hub_invite, invite_fields);

/* ---- codes ---- */

SQL(hub_invite_insert,
    "INSERT INTO hub_invite (id, lookup, proof_key, scope, label, made_by, made_at,"
    " expires_at) VALUES (:id, :lookup, :key, :scope, :label, :who, :now, :expires)");

enum err hub_invite_add(struct tx *tx, str text, str scope, str label, int64_t life_ms,
                        str who, struct id *out)
{
	struct code code;
	if (!scope_is(scope))
		return FAIL_WHY(
			ERR_INVALID, "bad-scope",
			"a scope is KZ, a region like KZ-11 or a district in it like "
			"KZ-11/113220100");
	if (!code_read(text, &code)) return FAIL(ERR_INVALID, "not a code");
	struct id id = id_new("inv");
	QUERY(q, tx_db(tx), hub_invite_insert);
	bind_text(&q, ":id", id_str(&id));
	bind_blob(&q, ":lookup", code.lookup, CODE_LOOKUP);
	bind_blob(&q, ":key", code.proof_key, SEAL_KEY);
	bind_text(&q, ":scope", scope);
	bind_text(&q, ":label", label.p ? label : S(""));
	bind_text(&q, ":who", who);
	bind_int(&q, ":now", time_now());
	bind_int(&q, ":expires", time_now() + life_ms);
	TRY(query_run(&q, NULL));
	*out = id;
	return hub_audit(tx, who, S("invite.made"), id_str(&id), scope);
}

SQL(hub_invite_end, "UPDATE hub_invite SET revoked_at = COALESCE(revoked_at, :now)"
                    " WHERE id = :id AND used_at IS NULL");

enum err hub_invite_revoke(struct tx *tx, str id, str who)
{
	int64_t changed;
	QUERY(q, tx_db(tx), hub_invite_end);
	bind_text(&q, ":id", id);
	bind_int(&q, ":now", time_now());
	TRY(query_run(&q, &changed));
	if (!changed)
		return FAIL_WHY(ERR_CONFLICT, "code-used", "no unused code of that id");
	return hub_audit(tx, who, S("invite.revoked"), id, S(""));
}

/* ---- trading a code for a certificate ---- */

enum err certify(struct hub *hub, const struct id *site, const uint8_t *public_key,
                 str scope, uint8_t out[TRUST_CERTIFICATE], size_t *n_out,
                 int64_t *expires_out)
{
	struct site_certificate c = { .site = *site };
	memcpy(c.public_key, public_key, SEAL_PUBLIC);
	snprintf(c.scope, sizeof c.scope, "%.*s", STR_ARG(scope));
	c.not_before_at = time_now() - CLOCK_MS;
	c.expires_at = time_now() + CERTIFICATE_MS;
	*expires_out = c.expires_at;
	return trust_make(&hub->identity, &c, out, n_out);
}

enum err hub_vouch(const struct hub *hub, const struct hub_site *site,
                   uint8_t out[TRUST_CERTIFICATE], size_t *n_out)
{
	struct site_certificate c = { .not_before_at = site->enrolled_at - CLOCK_MS,
		                      .expires_at = site->expires_at };
	if (!id_is(site->id, "sit") || site->public_key.n != SEAL_PUBLIC)
		return FAIL(ERR_CORRUPT, "site %.*s", STR_ARG(site->id));
	memcpy(c.site.text, site->id.p, site->id.n);
	memcpy(c.public_key, site->public_key.p, SEAL_PUBLIC);
	snprintf(c.scope, sizeof c.scope, "%.*s", STR_ARG(site->scope));
	return trust_make(&hub->identity, &c, out, n_out);
}

struct enrolling {
	struct hub *hub;
	struct arena *a;
	const struct exchange_request *rq;
	struct enrol_ask ask;
	uint8_t lookup[CODE_LOOKUP], key[SEAL_PUBLIC], proof[SEAL_MAC];
	/* out */
	uint8_t certificate[TRUST_CERTIFICATE];
	size_t n;
	uint8_t proof_key[SEAL_KEY];
};

SQL(hub_invite_find, "SELECT id, proof_key, scope, expires_at, revoked_at, used_by"
                     " FROM hub_invite WHERE lookup = :lookup");
SQL(hub_invite_use, "UPDATE hub_invite SET used_at = COALESCE(used_at, :now),"
                    " used_by = :site WHERE id = :id");
/* A site that enrols again (its certificate ran out, it changed hands) keeps its number. */
SQL(hub_site_insert,
    "INSERT INTO hub_site (id, public_key, key_id, certificate, scope, name, contact,"
    " enrolled_at, expires_at, heard_at) VALUES (:id, :key, :key_id, :certificate, :scope,"
    " :name, :contact, :now, :expires, :now)"
    " ON CONFLICT (id) DO UPDATE SET certificate = excluded.certificate,"
    " scope = excluded.scope, name = excluded.name, contact = excluded.contact,"
    " expires_at = excluded.expires_at, heard_at = excluded.heard_at");

struct found_invite {
	str id, scope;
};

static fallible refuse(void)
{
	return FAIL_WHY(ERR_DENIED, "wrong-code",
	                "an enrolment code is wrong, used up, too old or revoked");
}

/* One word for every way in which a code is no good: a guesser learns nothing. The same
 * site may use its code again: the reply may have been lost on the way. */
static fallible find_invite(struct tx *tx, struct enrolling *e, struct found_invite *out)
{
	uint8_t proof[SEAL_MAC];
	QUERY(q, tx_db(tx), hub_invite_find);
	bind_blob(&q, ":lookup", e->lookup, CODE_LOOKUP);
	bool found = query_next(&q);
	*out = (struct found_invite){ STR_NONE, STR_NONE };
	bool alive = false;
	if (found) {
		str key = column_blob(&q, e->a, 1), used_by = column_text(&q, e->a, 5);
		out->id = column_text(&q, e->a, 0);
		out->scope = column_text(&q, e->a, 2);
		bool same = used_by.p && str_is(used_by, id_str(&e->rq->site));
		alive = key.n == SEAL_KEY && column_is_null(&q, 4) &&
		        ((!used_by.p && column_int(&q, 3, 0) > time_now()) || same);
		if (key.n == SEAL_KEY) memcpy(e->proof_key, key.p, SEAL_KEY);
	}
	TRY(query_end(&q));
	if (!alive) return refuse();
	seal_mac(e->proof_key, "site", e->key, SEAL_PUBLIC, proof);
	if (!seal_same(proof, e->proof, SEAL_MAC)) return refuse();
	return ERR_OK;
}

static fallible insert_site(struct tx *tx, struct enrolling *e, str scope, int64_t expires)
{
	uint8_t key_id[KEY_ID];
	key_id_of(e->key, key_id);
	QUERY(q, tx_db(tx), hub_site_insert);
	bind_text(&q, ":id", id_str(&e->rq->site));
	bind_blob(&q, ":key", e->key, SEAL_PUBLIC);
	bind_blob(&q, ":key_id", key_id, KEY_ID);
	bind_blob(&q, ":certificate", e->certificate, e->n);
	bind_text(&q, ":scope", scope);
	bind_text(&q, ":name", e->ask.name);
	bind_text(&q, ":contact", e->ask.contact);
	bind_int(&q, ":now", time_now());
	bind_int(&q, ":expires", expires);
	return query_run(&q, NULL);
}

/* Another key under a known id is not let in: it would speak for somebody else. */
static fallible check_known(struct tx *tx, struct enrolling *e, bool *known_out)
{
	struct hub_site site;
	enum err err = hub_site_get(tx_db(tx), e->a, id_str(&e->rq->site), &site);
	*known_out = !err;
	if (err == ERR_NOT_FOUND) return ERR_OK;
	if (err) return err;
	if (site.public_key.n != SEAL_PUBLIC ||
	    memcmp(site.public_key.p, e->key, SEAL_PUBLIC) != 0)
		return FAIL_WHY(ERR_DENIED, "other-key", "a known site with another key");
	if (site.revoked_at != JSON_ABSENT)
		return FAIL_WHY(ERR_DENIED, "revoked", "a site that was cut off");
	return ERR_OK;
}

static enum err enrol(struct tx *tx, void *arg)
{
	struct enrolling *e = arg;
	struct found_invite invite;
	int64_t expires;
	bool known;
	TRY(find_invite(tx, e, &invite));
	TRY(check_known(tx, e, &known));
	TRY(certify(e->hub, &e->rq->site, e->key, invite.scope, e->certificate, &e->n,
	            &expires));
	TRY(insert_site(tx, e, invite.scope, expires));
	if (!known) TRY(sums_site(tx, invite.scope, 1));
	TRY(items_sites(tx, e->a, invite.scope));
	QUERY(use, tx_db(tx), hub_invite_use);
	bind_text(&use, ":id", invite.id);
	bind_text(&use, ":site", id_str(&e->rq->site));
	bind_int(&use, ":now", time_now());
	TRY(query_run(&use, NULL));
	return hub_audit(tx, S("program"), S("site.enrolled"), id_str(&e->rq->site),
	                 invite.scope);
}

static void write_reply(struct enrolling *e, struct buf *body)
{
	uint8_t proof[SEAL_MAC], both[SEAL_PUBLIC + TRUST_CERTIFICATE];
	char hub_key[2 * SEAL_PUBLIC + 1], proven[2 * SEAL_MAC + 1];
	char certificate[TRUST_CERTIFICATE * 4 / 3 + 4];
	const uint8_t *key = e->hub->identity.public_key;
	memcpy(both, key, SEAL_PUBLIC);
	memcpy(both + SEAL_PUBLIC, e->certificate, e->n);
	seal_mac(e->proof_key, "hub", both, SEAL_PUBLIC + e->n, proof);
	text_hex(key, SEAL_PUBLIC, hub_key);
	text_hex(proof, SEAL_MAC, proven);
	text_base64url(e->certificate, e->n, certificate);
	json_write(body, &enrol_reply_shape,
	           &(struct enrol_reply){ str_of(certificate), str_of(hub_key),
	                                  str_of(proven) });
}

enum err enrol_answer(struct hub *hub, const struct exchange_request *rq, struct arena *a,
                      struct buf *body)
{
	struct enrolling *e = arena_new(a, struct enrolling);
	*e = (struct enrolling){ .hub = hub, .a = a, .rq = rq };
	uint8_t key_id[KEY_ID];
	if (json_read(rq->body, &enrol_ask_shape, JSON_LENIENT, a, &e->ask) ||
	    !text_unhex(e->ask.code, e->lookup, CODE_LOOKUP) ||
	    !text_unhex(e->ask.public_key, e->key, SEAL_PUBLIC) ||
	    !text_unhex(e->ask.proof, e->proof, SEAL_MAC))
		return FAIL(ERR_INVALID, "not a request to enrol");
	key_id_of(e->key, key_id);
	if (memcmp(key_id, rq->key_id, KEY_ID) != 0 || !exchange_signed(rq, e->key))
		return FAIL_WHY(ERR_DENIED, "forged",
		                "a request to enrol that nobody signed");
	TRY(store_write(hub->store, enrol, e));
	write_reply(e, body);
	return ERR_OK;
}
