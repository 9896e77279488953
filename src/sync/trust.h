/* SPDX-License-Identifier: Apache-2.0 */
/* A site's certificate: the hub's signed word that a key belongs to a site, for which part
 * of the country, from when and until when. 165 bytes and the scope, so it fits into a QR
 * code beside what it proves. The bytes, field by field: docs/protocol.md.
 *
 * Everything here is pure: keys and the time are inputs. */
#pragma once

#include "sync/identity.h"

#define SCOPE_TEXT 65         /* room for a scope with its NUL */
#define TRUST_CERTIFICATE 256 /* room for a certificate's bytes */

struct site_certificate {
	struct id site; /* sit_… */
	uint8_t public_key[SEAL_PUBLIC], key_id[KEY_ID];
	uint8_t issuer[KEY_ID]; /* the hub's key */
	char scope[SCOPE_TEXT]; /* "KZ", "KZ-11", "KZ-11/113220100" */
	int64_t not_before_at, expires_at;
};

/* Why a certificate is not to be believed. */
enum trust {
	TRUST_OK,
	TRUST_MALFORMED, /* not a certificate */
	TRUST_OTHER_HUB, /* signed by another key than the one given */
	TRUST_FORGED,    /* the signature does not fit */
	TRUST_NOT_YET,
	TRUST_EXPIRED,
	TRUST_REVOKED,
};

/* Letters A–Z, digits, '-' and '/', 2 to 64 of them, beginning with "KZ". */
bool scope_is(str);
/* Whether `wide` is `narrow` or contains it: "KZ" and "KZ-11" both cover "KZ-11/1132". */
bool scope_covers(str wide, str narrow);

/* Signs; ERR_INVALID for a scope that is none or a life that ends before it begins.
 * `key_id` and `issuer` of `what` are not looked at: they follow from the keys. */
fallible trust_make(const struct identity *hub, const struct site_certificate *what,
                    uint8_t out[TRUST_CERTIFICATE], size_t *n_out);
/* Reads the fields without believing them; false when it is no certificate. */
bool trust_read(str certificate, struct site_certificate *out);
/* Keys that the hub has cut off, sorted, each KEY_ID bytes. */
struct trust_revoked {
	const uint8_t *key_ids;
	size_t n;
};
/* The chain: is it signed by this hub's key, alive at `at` and not cut off? `out` is
 * written whenever it could be read. A clock that may be wrong is the caller's to know:
 * pass the moment that counts, e.g. the event's date that the trainer confirmed. */
enum trust trust_check(str certificate, const uint8_t hub_key[SEAL_PUBLIC], int64_t at,
                       struct trust_revoked, struct site_certificate *out);
