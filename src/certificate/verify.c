/* SPDX-License-Identifier: Apache-2.0 */
#include "certificate/verify.h"

#include <stdio.h>

#include "base/text.h"
#include "base/time.h"

#define DAY_MS 86400000

static const struct json_field verdict_fields[] = {
	JSON_TEXT(struct verdict, status, true, 1, 20),
	JSON_TEXT(struct verdict, reason, false, 1, 30),
	JSON_OBJECT(struct verdict, facts, false, facts_shape),
	JSON_TEXT(struct verdict, hub, false, 0, 400),
	JSON_TEXT(struct verdict, scope, false, 1, SCOPE_TEXT),
	JSON_TEXT(struct verdict, site_from, false, 10, 10),
	JSON_TEXT(struct verdict, site_until, false, 10, 10),
	JSON_TEXT(struct verdict, superseded_by, false, 1, SERIAL_TEXT),
	JSON_TEXT(struct verdict, ended_on, false, 10, 10),
	JSON_BOOL(struct verdict, overdue, true),
	JSON_TEXT(struct verdict, revocations_dated, false, 1, 40),
};
const struct shape verdict_shape =
	SHAPE("CertificateVerdict", struct verdict, verdict_fields);

bool verdict_is_good(const struct verdict *v)
{
	return str_is(v->status, S("valid")) || str_is(v->status, S("self-issued"));
}

/* ---- who vouches ---- */

/* What is known of the token's key: a site certificate and the hub that signed it. */
struct issuer {
	enum trust trust;
	bool known, hub_known;
	struct site_certificate site;
	const struct hub_known *hub;
};

static const struct hub_known *hub_of(const struct trust_list *trust,
                                      const uint8_t key_id[KEY_ID])
{
	const struct hub_known *hub = trust->hubs.items;
	for (size_t i = 0; i < trust->hubs.n; i++) {
		uint8_t id[KEY_ID];
		key_id_of(hub[i].public_key, id);
		if (memcmp(id, key_id, KEY_ID) == 0) return &hub[i];
	}
	return NULL;
}

static bool is_cut(const struct trust_list *trust, const uint8_t key_id[KEY_ID])
{
	const struct key_cut *cut = trust->cut.items;
	for (size_t i = 0; i < trust->cut.n; i++)
		if (memcmp(cut[i].id, key_id, KEY_ID) == 0) return true;
	return false;
}

/* Alive at some moment of that day: a site may be enrolled in the morning of its first
 * training day. */
static enum trust alive_on(str certificate, const struct hub_known *hub, str day,
                           struct site_certificate *out)
{
	char text[TIME_TEXT];
	int64_t at = 0;
	struct trust_revoked none = { NULL, 0 };
	snprintf(text, sizeof text, "%.10sT00:00:00.000Z", day.p);
	if (!time_read(str_of(text), &at)) return TRUST_MALFORMED;
	enum trust last =
		trust_check(certificate, hub->public_key, at + DAY_MS - 1, none, out);
	return last == TRUST_EXPIRED
	               ? trust_check(certificate, hub->public_key, at, none, out)
	               : last;
}

/* Looks at every certificate of the token's key; the best one counts. */
static struct issuer find_issuer(const struct token *t, const struct trust_list *trust)
{
	struct issuer best = { .trust = TRUST_MALFORMED };
	const struct site_known *site = trust->sites.items;
	for (size_t i = 0; i < trust->sites.n; i++) {
		struct issuer one = { .known = true, .trust = TRUST_OTHER_HUB };
		if (!trust_read(site[i].certificate, &one.site) ||
		    memcmp(one.site.key_id, t->key_id, KEY_ID) != 0)
			continue;
		one.hub = hub_of(trust, one.site.issuer);
		if (one.hub)
			one.trust = alive_on(site[i].certificate, one.hub, t->facts.held_on,
			                     &one.site);
		if (!best.known || one.trust == TRUST_OK) best = one;
	}
	return best;
}

static str day_text(struct arena *a, int64_t at)
{
	char text[TIME_TEXT];
	time_write(at, text);
	return arena_copy(a, str_part(str_of(text), 0, 10));
}

static void name_issuer(struct arena *a, const struct issuer *issuer, struct verdict *v)
{
	if (!issuer->known || !issuer->hub || issuer->trust == TRUST_FORGED) return;
	v->hub = issuer->hub->name;
	v->scope = arena_copy(a, str_of(issuer->site.scope));
	v->site_from = day_text(a, issuer->site.not_before_at);
	v->site_until = day_text(a, issuer->site.expires_at);
}

/* ---- does it still hold ---- */

static bool speaks_for(const struct revocations *list, const struct token *t,
                       const struct trust_list *trust)
{
	return memcmp(list->key_id, t->key_id, KEY_ID) == 0 ||
	       hub_of(trust, list->key_id) != NULL;
}

static int order_of(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* What any list says: revoked weighs more than superseded. Whether something was found. */
static bool look_up(const struct token *t, const struct verifying *with, struct verdict *v)
{
	const struct revocation *found = NULL;
	for (size_t i = 0; i < with->n_revocations; i++) {
		const struct revocations *list = &with->revocations[i];
		if (!speaks_for(list, t, with->trust)) continue;
		if (order_of(list->dated, v->revocations_dated) > 0)
			v->revocations_dated = list->dated;
		const struct revocation *r = revocations_find(list, t->facts.serial);
		if (r && (!found || !r->by.p)) found = r;
	}
	if (!found) return false;
	v->status = found->by.p ? S("superseded") : S("revoked");
	v->superseded_by = found->by;
	v->ended_on = found->on;
	v->reason = found->reason;
	return true;
}

/* ---- the questions, in order ---- */

static void refuse(struct verdict *v, const char *status, const char *reason)
{
	v->status = str_of(status);
	v->reason = str_of(reason);
}

/* Whoever has a lost laptop can write any date: a key that was cut off says nothing, on
 * whichever day. What it signed before counts when the hub's registry has it. */
static const char *cut_reason(const struct token *t, const struct trust_list *trust,
                              const struct issuer *issuer)
{
	if (is_cut(trust, t->key_id)) return "key-revoked";
	return issuer->known && is_cut(trust, issuer->site.issuer) ? "hub-revoked" : NULL;
}

static const char *trust_reason(const struct issuer *issuer)
{
	if (!issuer->known) return "key-unknown";
	switch (issuer->trust) {
	case TRUST_EXPIRED: return "expired";
	case TRUST_NOT_YET: return "not-yet";
	case TRUST_REVOKED: return "key-revoked";
	case TRUST_OTHER_HUB: return "hub-unknown";
	default: return "forged";
	}
}

void verify_token(struct arena *a, const struct token *t, const struct verifying *with,
                  struct verdict *out)
{
	struct verdict v = { .facts = &t->facts };
	struct issuer issuer = find_issuer(t, with->trust);
	name_issuer(a, &issuer, &v);
	v.overdue =
		t->facts.valid_until.p && order_of(t->facts.valid_until, with->today) < 0;
	const uint8_t *key = t->own_key ? t->public_key : issuer.site.public_key;
	bool signed_well = (t->own_key || issuer.known) && token_is_by(t, key);
	const char *cut = cut_reason(t, with->trust, &issuer);
	if (!t->own_key && !issuer.known)
		refuse(&v, "unknown-issuer", "key-unknown");
	else if (!signed_well)
		refuse(&v, "altered", "signature");
	else if (look_up(t, with, &v))
		; /* revoked or superseded */
	else if (cut)
		refuse(&v, "unknown-issuer", cut);
	else if (issuer.known && issuer.trust == TRUST_OK)
		v.status = S("valid");
	else if (t->own_key)
		v.status = S("self-issued");
	else
		refuse(&v, "unknown-issuer", trust_reason(&issuer));
	*out = v;
}

void verify_text(struct arena *a, str text, const struct verifying *with,
                 struct verdict *out)
{
	struct token *t = arena_new(a, struct token);
	if (token_find(a, text, t)) {
		verify_token(a, t, with, out);
		return;
	}
	*out = (struct verdict){ 0 };
	refuse(out, "altered", "unreadable");
}
