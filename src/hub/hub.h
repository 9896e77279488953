/* SPDX-License-Identifier: Apache-2.0 */
/* The central role: which sites may send, what they sent, and what follows from it. The
 * exchange (hub_answer) takes bytes and gives bytes; whether they came by line, by stick or
 * by a courier's phone is the caller's business. Nothing is kept in memory between two
 * requests. Tables: src/store/migrations/0005-hub.sql. */
#pragma once

#include "base/file.h"
#include "base/json.h"
#include "store/store.h"
#include "sync/code.h"
#include "sync/exchange.h"
#include "sync/facts.h"
#include "sync/iin.h"
#include "sync/trust.h"

/* ---- a hub's folder, open ---- */
struct hub {
	char folder[FILE_PATH];
	struct store *store;
	struct identity identity;        /* the root: signs certificates and replies */
	uint8_t challenge_key[SEAL_KEY]; /* challenges are MACs under it */
	str name;                        /* what it calls itself; owned by the caller */
};
/* `hub` begins zeroed but for its name. Makes folder, key and database when they are not
 * there. */
fallible hub_open(const char *folder, struct hub *);
void hub_close(struct hub *); /* takes a zeroed one */

/* ---- one-time codes ---- */
struct hub_invite {
	str id; /* inv_… */
	str scope, label, made_by;
	int64_t made_at, expires_at;
	int64_t used_at, revoked_at; /* JSON_ABSENT: not */
	str used_by;                 /* sit_… */
};
extern const struct shape hub_invite_shape;
#define HUB_INVITE_MS (14 * 24 * 60 * 60 * 1000LL) /* how long a code lives by default */
/* `code` is of code_new, made outside the writer and shown once. ERR_INVALID ("bad-scope").
 */
fallible hub_invite_add(struct tx *, str code, str scope, str label, int64_t life_ms,
                        str who, struct id *out);
fallible hub_invite_revoke(struct tx *, str id, str who); /* again is fine */

/* ---- sites ---- */
struct hub_site {
	int64_t number;
	str id, scope, name, contact;
	int64_t enrolled_at, expires_at;
	int64_t revoked_at, heard_at, forked_at; /* JSON_ABSENT: not */
	int64_t clock_off_ms;                    /* JSON_ABSENT: not known */
	int64_t records, quarantined;
	str public_key;       /* 32 bytes */
	int64_t down_version; /* of what came from above it has everything up to here */
};
extern const struct shape hub_site_shape; /* without the last two */
fallible hub_site_get(struct db *, struct arena *, str id, struct hub_site *out);
/* By the id of its key: 8 bytes. ERR_NOT_FOUND. */
fallible hub_site_by_key(struct db *, struct arena *, const uint8_t key_id[KEY_ID],
                         struct hub_site *out);
/* A certificate for the whole time that the hub has known the site: what checks one of the
 * site's certificates for people needs, also when the site has enrolled again since. */
fallible hub_vouch(const struct hub *, const struct hub_site *,
                   uint8_t out[TRUST_CERTIFICATE], size_t *n_out);
/* Within a scope ("KZ": all), those that were silent longest first, ≤ `most`. */
fallible hub_site_all(struct db *, struct arena *, str scope, size_t most,
                      struct json_list *out);
/* Cuts a site off: what it sends from now on is refused, what it sent stays. Its key goes
 * on the list that all sites get. */
fallible hub_site_revoke(struct tx *, str id, str why, str who);

/* The hub's own key is in wrong hands: the last word that it signs. Sites that hear it
 * believe nothing more of this hub, and certificates that it vouches for say so. Cannot be
 * taken back. */
fallible hub_revoke_own(struct tx *, const struct hub *, str why, str who);

/* ---- the exchange ---- */
/* Answers one request. `status` is what HTTP should say: 201 with a signed reply of the
 * request's type; 403, 409 or 429 with a signed refusal; 400 and an empty reply for what is
 * no request. Errors (the disk is full) are the caller's to turn into 5xx. */
fallible hub_answer(struct hub *, str request, struct arena *, struct buf *reply,
                    int *status);

/* ---- files that were brought ---- */
struct hub_import {
	str id; /* imp_… */
	str site, site_name;
	int64_t records, fresh; /* fresh: not here when it was staged */
	int64_t staged_at;
	str settled; /* "confirmed", "undone"; STR_NONE: it waits */
};
extern const struct shape hub_import_shape;
#define HUB_IMPORTS 100 /* of one file */
/* Opens and checks; nothing counts yet. The same file again gives the same import.
 * ERR_INVALID
 * ("bad-bundle", "empty-bundle"), ERR_DENIED ("forged"), ERR_NOT_FOUND ("not-for-us"). */
fallible hub_import_stage(struct hub *, str bytes, str who, struct arena *,
                          struct json_list *out);
fallible hub_import_all(struct db *, struct arena *,
                        struct json_list *out); /* newest, ≤ 200 */
/* As if its requests had come by the line. Again is fine. */
fallible hub_import_confirm(struct hub *, str id, str who);
fallible hub_import_undo(struct hub *, str id, str who);
fallible hub_import_site(struct db *, struct arena *, str id, str *out); /* sit_… */
/* Sealed receipts for the way back: of one import, or ("") of all. */
fallible hub_import_receipts(struct db *, str id, struct buf *out);

/* ---- sets: what `kenes records` prints ---- */
struct hub_epoch {
	str site;
	int64_t epoch, records, through, last, branches;
	str total; /* hex */
};
extern const struct shape hub_epoch_shape;
/* By site and epoch, after (site number, epoch), ≤ 500; begin with zeros. */
fallible hub_epoch_all(struct db *, struct arena *, int64_t *site, int64_t *epoch,
                       struct json_list *out);

/* ---- what goes down to sites ---- */
struct hub_item {
	str name;    /* "course/ID", "roster/…", "template/ID", "revoked", "sites/KZ-11",
	                "news/ID",    "person/ID", "certificate/SERIAL", "erased/ID" */
	str scope;   /* for sites in it */
	str content; /* STR_NONE: the file hub_item_path(sha256) of `bytes` bytes */
	str sha256;
	int64_t bytes;
	str not_before, not_after; /* YYYY-MM-DD; STR_NONE: always */
};
/* Puts it under a new version. */
fallible hub_item_put(struct tx *, const struct hub_item *);
fallible hub_item_withdraw(struct tx *, str name, str scope);
/* Writes anew what has changed since: the list of revocations. Before anybody is told what
 * there is. */
fallible items_refresh(struct hub *, struct db *);
/* The signed list of all certificates that hold no longer, wherever they ended; and the
 * hub with all its sites, for `kenes verify`. */
fallible hub_revocations(struct hub *, struct arena *, str *out);
fallible hub_trust(struct hub *, struct arena *, str *out);
fallible hub_item_path(const struct hub *, str sha256, char out[FILE_PATH]);

/* ---- what people decide ---- */
/* One person under two ids. Undone by the second; both are audited. ERR_CONFLICT
 * ("merged-already") when either is merged already. */
fallible hub_person_merge(struct tx *, str person, str into, str who);
fallible hub_person_unmerge(struct tx *, str person, str who);
/* Takes names, sealed IIN and the bodies of records away; counts stay. The fact goes down
 * to the sites. Cannot be undone. */
fallible hub_person_erase(struct tx *, str person, str who);
/* The right name: the site corrects it, and its certificates, at its next contact. */
fallible hub_person_correct(struct tx *, str person, const struct order_name *, str who);
/* `reason`: mistake, not-earned, request, other; `why`, in words, is for the audit alone.
 * Counts here at once, and at the site at its next contact. */
fallible hub_certificate_revoke(struct tx *, str serial, str reason, str why, str who);
/* Opens a person's sealed IIN: 12 digits and a NUL. Audited before it is told, with the
 * reason. ERR_DENIED ("no-iin-right"): `who` is no coordinator with that right;
 * ERR_NOT_FOUND ("no-iin") when there is none. */
fallible hub_iin_open(struct hub *, str person, str who, str why, char out[IIN_DIGITS + 1]);
/* Applies what was quarantined after all, or leaves it for good. */
fallible hub_quarantine_settle(struct tx *, str site, int64_t epoch, int64_t seq,
                               int64_t branch, bool apply, str who);
fallible hub_audit(struct tx *, str who, str what, str about, str detail);

/* ---- the derived tables, made anew ---- */
/* In `to`, a copy of `from` that nobody else uses, from its records and decisions.
 * `records_out`: how many were gone through. */
fallible hub_rebuild(struct store *from, struct store *to, int64_t *records_out);
struct hub_table {
	str name;            /* "hub_person" */
	int64_t before, now; /* rows */
	bool same;           /* every one of them */
};
extern const struct shape hub_table_shape;
#define HUB_TABLES 9
/* Compares them in two databases, but for when somebody was last heard of. */
fallible hub_compare(struct db *before, struct db *now, struct hub_table out[HUB_TABLES]);

/* ---- figures ---- */
struct hub_numbers {
	int64_t sites, silent; /* not cut off; of them, not heard of for 21 days */
	int64_t records, attention;
};
fallible hub_numbers(struct db *, struct hub_numbers *out);
