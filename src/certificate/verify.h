/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a certificate is true: the same questions, in the same order, as the page in
 * web/src/verify asks. Nobody is asked over a network; what is known of hubs, sites and
 * revocations is an input. Pure. */
#pragma once

#include "certificate/revocations.h"
#include "certificate/token.h"
#include "sync/trust.h"

/* ---- whom the verifier knows ---- */
struct hub_known {
	uint8_t public_key[SEAL_PUBLIC];
	str name;
};
struct site_known {
	str certificate; /* its bytes, by a hub (sync/trust.h) */
	str name;
};
struct key_cut { /* a key that is not to be believed any more: of a site, or of a hub */
	uint8_t id[KEY_ID];
};
struct trust_list {
	struct json_list hubs, sites; /* of struct hub_known, struct site_known */
	struct json_list cut;         /* of struct key_cut */
};
/* The list as a file (docs/certificate-token.md). ERR_INVALID ("no-trust"). */
fallible trust_list_read(struct arena *, str text, struct trust_list *out);
void trust_list_write(struct buf *out, const struct trust_list *);

/* ---- the answer ---- */
struct verdict {
	/* "valid", "self-issued": it is as it was issued. "altered", "superseded",
	 * "revoked", "unknown-issuer": it does not count. */
	str status;
	/* Why: "unreadable", "signature", "key-unknown", "hub-unknown", "forged",
	 * "expired" (the site's certificate was, on that day), "not-yet", "key-revoked"
	 * (the hub has cut the site off), "hub-revoked" (the hub's own key is cut off);
	 * of a revoked one "mistake", "not-earned", "request", "other". STR_NONE. */
	str reason;
	const struct facts *facts; /* NULL: unreadable */
	str hub, scope;            /* who vouches for the site, and for where */
	str site_from, site_until; /* YYYY-MM-DD: how long */
	str superseded_by;         /* a serial */
	str ended_on;              /* YYYY-MM-DD: since when it does not count */
	bool overdue;              /* its valid_until is over; `today` says */
	str revocations_dated;     /* of the newest list that speaks for this issuer */
};
extern const struct shape verdict_shape;

struct verifying {
	const struct trust_list *trust;
	const struct revocations *revocations; /* lists whose signatures were checked */
	size_t n_revocations;
	str today; /* YYYY-MM-DD */
};
void verify_token(struct arena *, const struct token *, const struct verifying *,
                  struct verdict *out);
/* A link or Base45 as it was scanned. What cannot be read is "altered". */
void verify_text(struct arena *, str text, const struct verifying *, struct verdict *out);
/* Whether it counts: "valid" and "self-issued". */
bool verdict_is_good(const struct verdict *);

/* The links of the certificates in a PDF, as our own PDFs carry them; at most `most`. */
size_t verify_find_in_pdf(struct arena *, str pdf, str *out, size_t most);
