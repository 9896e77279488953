/* SPDX-License-Identifier: Apache-2.0 */
/* What a site and the hub say to each other: one signed request, one signed reply that
 * holds the hash of the request. Bytes in, bytes out, so that HTTP, files and tests are
 * three callers of the same code, and the hub keeps nothing in memory between requests.
 * Field by field, with reasons: docs/protocol.md. Pure. */
#pragma once

#include "base/json.h"
#include "sync/batch.h"

#define EXCHANGE_MOST (BATCH_MOST + (64 << 10)) /* bytes of a request or a reply */
#define CHALLENGE 24                            /* bytes */

enum exchange_type {
	EXCHANGE_HELLO = 1, /* who are you, what time is it? gives the challenge */
	EXCHANGE_ENROL,     /* a code for a certificate */
	EXCHANGE_STATUS,    /* how far have you got with me? */
	EXCHANGE_BATCH,     /* records */
	EXCHANGE_RANGES,    /* which of these pieces do you hold otherwise? */
	EXCHANGE_IDS,       /* which of these do you lack? */
	EXCHANGE_DOWN,      /* what is there for me? */
	EXCHANGE_ITEM,      /* a piece of one thing */
	EXCHANGE_REFUSED,   /* only a reply: a word that says why */
};

/* ---- requests ---- */
struct exchange_request {
	enum exchange_type type;
	struct id site;
	uint8_t key_id[KEY_ID];
	/* From the hub's HELLO: proves that the request is of today. Zeros in HELLO, ENROL
	 * and BATCH, which do no harm when they are repeated. */
	uint8_t challenge[CHALLENGE];
	str body;
	str bytes; /* the whole of it */
};
/* `challenge` may be NULL. `out` is emptied first. */
void exchange_ask(const struct identity *, enum exchange_type, const uint8_t *challenge,
                  str body, struct buf *out);
/* False when it is not well-formed. Texts are borrowed from `bytes`. */
bool exchange_read(str bytes, struct exchange_request *out);
bool exchange_signed(const struct exchange_request *,
                     const uint8_t public_key[SEAL_PUBLIC]);

/* ---- replies ---- */
struct exchange_reply {
	enum exchange_type type;
	int64_t hub_at; /* the hub's clock */
	str body;
};
void exchange_answer(const struct identity *hub, enum exchange_type, str request,
                     int64_t at, str body, struct buf *out);
/* Believes a reply only when the hub whose key is pinned signed it, and signed it for this
 * very request. ERR_INVALID with reason "not-the-hub" for anything else: a captive portal's
 * page, another hub, an old reply. */
fallible exchange_reply_read(str bytes, const uint8_t hub_key[SEAL_PUBLIC], str request,
                             struct exchange_reply *out);

/* ---- bodies (JSON; both sides read them leniently) ---- */
struct hello_reply {
	str challenge; /* hex */
	str hub, name; /* its id and what it calls itself */
	bool known;    /* the site that asks */
};
extern const struct shape hello_reply_shape;

struct enrol_ask {
	str code;       /* hex: which code, not the code */
	str public_key; /* hex */
	str name;       /* of the site */
	str contact;    /* of its trainer: optional */
	str proof;      /* hex: MAC of the public key under the code */
};
extern const struct shape enrol_ask_shape;
struct enrol_reply {
	str certificate; /* base64url */
	str hub_key;     /* hex */
	str proof;       /* hex: MAC of hub_key and certificate under the code */
};
extern const struct shape enrol_reply_shape;

struct status_epoch {
	int64_t epoch;
	int64_t at;      /* asked: up to here the site believes to be known … */
	str id;          /* … and this is the id there: hex */
	bool agrees;     /* told: that very record is here */
	int64_t through; /* told: 1 … through are here */
	int64_t records; /* told: how many are here, of all copies */
	str total;       /* hex: the sum of their ids */
	bool forked;     /* told: two pasts under one number */
};
struct status {
	struct json_list epochs; /* of struct status_epoch */
	str certificate;      /* told, base64url: a fresh one, when the old one ends soon */
	int64_t down_version; /* told: of the newest thing from above */
};
extern const struct shape status_shape;

struct verdict_quarantined {
	int64_t seq;
	str reason;
};
struct receipt {
	str site;
	int64_t epoch, first, last;
	str id; /* hex: of the record `last` */
	int64_t accepted, known;
	struct json_list quarantined; /* of struct verdict_quarantined */
	int64_t through, records;     /* of the epoch, as in status */
	str total;
	bool forked;
	int64_t down_version;
};
extern const struct shape receipt_shape;

struct range {
	int64_t from, to;
	str total; /* hex: the sum of the ids from … to */
};
struct ranges {
	int64_t epoch;
	struct json_list ranges; /* asked: all; told: those that differ */
};
extern const struct shape ranges_shape;
#define RANGES_MOST 64

struct ids {
	int64_t epoch, from;
	str ids; /* hex, one after another */
};
extern const struct shape ids_shape;
#define IDS_MOST 500
struct missing {
	struct json_list seqs; /* of struct range, without totals */
};
extern const struct shape missing_shape;

struct down_ask {
	int64_t after; /* version */
};
extern const struct shape down_ask_shape;
struct down_entry {
	str name;
	int64_t version, bytes;
	str scope;                 /* which part of the country it is for */
	str sha256;                /* "" : withdrawn */
	str not_before, not_after; /* YYYY-MM-DD; absent: always */
};
struct down_list {
	int64_t version;        /* of the newest on the list */
	bool more;              /* ask again from that version */
	struct json_list items; /* of struct down_entry, by version */
};
extern const struct shape down_list_shape;
struct item_ask {
	str name, sha256;
	int64_t from, most; /* bytes */
};
extern const struct shape item_ask_shape;

/* A receipt that came in a file: signed by the hub, for whichever request. */
fallible exchange_receipt_read(str bytes, const uint8_t hub_key[SEAL_PUBLIC],
                               struct exchange_reply *out);
/* The reply to ENROL, from a hub whose key is not known yet: that it knows the code proves
 * it. ERR_INVALID ("not-the-hub"). A signed refusal is given as it is. */
struct code;
struct enrolled {
	uint8_t hub_key[SEAL_PUBLIC];
	str certificate; /* bytes, in the arena */
	str refused;     /* STR_NONE, or the hub's word */
};
fallible exchange_enrolled(str bytes, str request, const struct code *, struct arena *,
                           struct enrolled *out);

struct refusal {
	str reason; /* "revoked", "unknown-site", "stale", "expired", "wrong-code", … */
};
extern const struct shape refusal_shape;
