/* SPDX-License-Identifier: Apache-2.0 */
/* The bodies of the facts that sites tell and the hub reads: one struct and shape for both,
 * so that they cannot drift apart. Kinds, and what each means: docs/protocol.md. Sites read
 * nothing here; a hub reads leniently, for a site may be newer. */
#pragma once

#include "base/json.h"

/* clock.set: at the last contact the site's clock was so far from the hub's */
struct fact_clock {
	int64_t off_ms; /* its own minus the hub's */
};
extern const struct shape fact_clock_shape;

/* person.added; person.corrected, which tells everything anew */
struct fact_person {
	str person; /* per_… */
	str surname, given, patronymic;
	str council, council_name; /* cou_… is the site's own: sites agree by the name */
	str language;
	str region;     /* a scope, when the council's place is known: "KZ-11/113220100" */
	str sealed_iin; /* base64url: sealed to the hub's key; only the hub opens it */
};
extern const struct shape fact_person_shape;

/* person.merged, person.unmerged: `person` turned out to be `into`, or not to be */
struct fact_merge {
	str person, into;
};
extern const struct shape fact_merge_shape;

/* person.erased: all bodies about this person are to be wiped */
struct fact_erased {
	str person;
};
extern const struct shape fact_erased_shape;

/* event.added, event.closed, event.reopened */
struct fact_event {
	str event; /* evt_… */
	str title, place, held_on;
	int64_t joined, present; /* on closing; else absent */
};
extern const struct shape fact_event_shape;

/* presence: joining, and each correction by the trainer */
struct fact_presence {
	str event, person;
	bool present;
};
extern const struct shape fact_presence_shape;

/* completion: an attempt is completed or passed for the first time.
 * attempt.result: its verdict or score changed otherwise */
struct fact_result {
	str attempt, person, course; /* att_…, per_…, crs_… */
	str title, package;          /* the course's title; the package's SHA-256, hex */
	str event;                   /* evt_… or absent */
	int64_t number;              /* 1 = the person's first attempt */
	str completion, success;
	double score; /* 0..1 or absent */
	int64_t total_time_ms;
};
extern const struct shape fact_result_shape;

/* dispute: somebody says that what is recorded about them is not right. `says` is in their
 * words; or, when it was their phone that claimed another result, one of ours: "result",
 * "state-unreadable", … */
struct fact_dispute {
	str dispute;       /* dis_… */
	str person, about; /* about: an id of an attempt, an event or a certificate */
	str says;
};
extern const struct shape fact_dispute_shape;

/* certificate.issued tells everything; certificate.superseded (`by`, `why`) and
 * certificate.revoked (`why`) only what the certificate has come to */
struct fact_certificate {
	str serial;
	str person, attempt; /* per_…, att_… */
	str holder;          /* the whole name, as printed */
	str council_name, title;
	str held_on, valid_until; /* YYYY-MM-DD; valid_until absent: for ever */
	str token;                /* as in the QR code */
	str by, why;
};
extern const struct shape fact_certificate_shape;

/* ---- orders: from the hub down to the site that a thing belongs to ---- */

/* "person/ID" */
struct order_name {
	str surname, given, patronymic;
};
extern const struct shape order_name_shape;

/* "certificate/SERIAL" */
struct order_revoke {
	str serial, reason;
};
extern const struct shape order_revoke_shape;
