/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/trust.h"

#include <stdio.h>

#include "base/text.h"
#include "sync/bytes.h"

#define MAGIC "KNSC"
#define VERSION 1
#define PURPOSE "kenes site certificate 1"

/* ---- scopes ---- */

bool scope_is(str s)
{
	if (s.n < 2 || s.n >= SCOPE_TEXT || !str_starts(s, S("KZ"))) return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool fine = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
		            c == '/';
		if (!fine) return false;
	}
	return true;
}

bool scope_covers(str wide, str narrow)
{
	if (!str_starts(narrow, wide)) return false;
	if (narrow.n == wide.n) return true;
	return narrow.p[wide.n] == '/' || (wide.n == 2 && narrow.p[2] == '-');
}

/* ---- bytes ---- */

enum err trust_make(const struct identity *hub, const struct site_certificate *what,
                    uint8_t out[TRUST_CERTIFICATE], size_t *n_out)
{
	str scope = str_of(what->scope);
	if (!scope_is(scope) || !id_is(id_str(&what->site), "sit"))
		return FAIL(ERR_INVALID, "a site certificate for no site or no scope");
	if (what->expires_at <= what->not_before_at)
		return FAIL(ERR_INVALID, "a site certificate that ends before it begins");
	struct writing w = { out, 0, TRUST_CERTIFICATE, false };
	write_bytes(&w, MAGIC, 4);
	write_u8(&w, VERSION);
	write_bytes(&w, hub->key_id, KEY_ID);
	write_id(&w, &what->site);
	write_bytes(&w, what->public_key, SEAL_PUBLIC);
	write_i64(&w, what->not_before_at);
	write_i64(&w, what->expires_at);
	write_u8(&w, (uint8_t)scope.n);
	write_bytes(&w, scope.p, scope.n);
	uint8_t signature[SEAL_SIGNATURE];
	identity_sign(hub, PURPOSE, out, w.n, signature);
	write_bytes(&w, signature, sizeof signature);
	assert(!w.over);
	*n_out = w.n;
	return ERR_OK;
}

bool trust_read(str certificate, struct site_certificate *out)
{
	struct reading_bytes r = { certificate, false };
	struct site_certificate c = { 0 };
	if (!read_magic(&r, MAGIC) || read_u8(&r) != VERSION) return false;
	read_bytes(&r, c.issuer, KEY_ID);
	read_id(&r, "sit", &c.site);
	read_bytes(&r, c.public_key, SEAL_PUBLIC);
	c.not_before_at = read_i64(&r);
	c.expires_at = read_i64(&r);
	str scope = read_str(&r, read_u8(&r));
	str signature = read_str(&r, SEAL_SIGNATURE);
	if (r.over || r.rest.n || !signature.p || !scope_is(scope)) return false;
	memcpy(c.scope, scope.p, scope.n);
	key_id_of(c.public_key, c.key_id);
	*out = c;
	return true;
}

static bool is_revoked(const uint8_t key_id[KEY_ID], struct trust_revoked list)
{
	size_t from = 0, to = list.n;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = memcmp(key_id, list.key_ids + KEY_ID * middle, KEY_ID);
		if (!order) return true;
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return false;
}

enum trust trust_check(str certificate, const uint8_t hub_key[SEAL_PUBLIC], int64_t at,
                       struct trust_revoked revoked, struct site_certificate *out)
{
	struct site_certificate c;
	uint8_t hub_id[KEY_ID];
	if (!trust_read(certificate, &c)) return TRUST_MALFORMED;
	*out = c;
	key_id_of(hub_key, hub_id);
	if (memcmp(hub_id, c.issuer, KEY_ID) != 0) return TRUST_OTHER_HUB;
	size_t n = certificate.n - SEAL_SIGNATURE;
	if (!seal_signed(hub_key, PURPOSE, certificate.p, n,
	                 (const uint8_t *)certificate.p + n))
		return TRUST_FORGED;
	if (is_revoked(c.key_id, revoked)) return TRUST_REVOKED;
	if (at < c.not_before_at) return TRUST_NOT_YET;
	if (at >= c.expires_at) return TRUST_EXPIRED;
	return TRUST_OK;
}
