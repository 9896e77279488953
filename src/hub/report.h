/* SPDX-License-Identifier: Apache-2.0 */
/* What coordinators look at. Every question takes the scope of who asks, and gives nothing
 * that lies outside: a person of another region is not there (ERR_NOT_FOUND), not refused.
 * Lists are bounded. */
#pragma once

#include "hub/hub.h"

#define REPORT_SILENT_MS (21LL * 24 * 60 * 60 * 1000)

/* Whether a row's scope (a column) lies in :scope: the rows of a scope lie between it and
 * what sorts behind everything in it. */
#define IN_SCOPE(column)                                                                   \
	"(:scope = 'KZ' OR " column " = :scope OR (" column " > :scope || '/' AND " column \
	" < :scope || '0'))"

/* ---- overview ---- */
struct report_area {
	str scope;
	int64_t sites, silent, councils;
	int64_t members; /* as the register says; 0: it does not */
	int64_t listed; /* councils of which it says so: all, or the sum is not the whole */
	int64_t learners, trained, completions, certificates, events;
	int64_t heard_at; /* JSON_ABSENT: never */
};
extern const struct shape report_area_shape;
struct report_month {
	str month; /* YYYY-MM */
	int64_t learners, completions, certificates;
};
struct report_overview {
	const struct report_area *area;
	struct json_list areas;  /* what lies in it, by scope */
	struct json_list months; /* newest first, ≤ 12 */
	struct json_list silent; /* sites, longest silent first, ≤ 6 */
	int64_t attention;
};
extern const struct shape report_overview_shape;
/* An area that nothing is known of is all zeros. */
fallible report_overview(struct db *, struct arena *, str scope, struct report_overview *);
/* The areas in a scope, for tables. */
fallible report_areas(struct db *, struct arena *, str scope, struct json_list *out);

struct report_council {
	str scope, name;
	int64_t members; /* JSON_ABSENT: the register does not say */
	int64_t learners, trained, completions, certificates;
	int64_t heard_at;
};
extern const struct shape report_council_shape;
fallible report_councils(struct db *, struct arena *, str scope, size_t most,
                         struct json_list *out);

/* ---- sites ---- */
/* Of name, contact or scope with `find` in it; the longest silent first. */
fallible report_sites(struct db *, struct arena *, str scope, str find, bool silent,
                      size_t most, struct json_list *out);
struct report_site {
	const struct hub_site *site;
	struct json_list epochs; /* "is it really there": of hub_epoch */
};
extern const struct shape report_site_shape;
fallible report_site(struct db *, struct arena *, str scope, str id, struct report_site *);
fallible report_invites(struct db *, struct arena *, str scope, struct json_list *out);
fallible report_invite_scope(struct db *, struct arena *, str id, str *out);

/* ---- needs attention ---- */
struct report_attention {
	int64_t number;
	str kind, site, site_name, contact, scope, about, detail;
	int64_t at;
};
extern const struct shape report_attention_shape;
fallible report_attention(struct db *, struct arena *, str scope, size_t most,
                          struct json_list *out);
/* Settles one. Quarantine is decided by `apply`; for the others it says only that somebody
 * has seen to it. `why` goes into the audit. */
fallible report_attention_settle(struct tx *, struct arena *, str scope, int64_t number,
                                 bool apply, str why, str who);

/* ---- people ---- */
struct report_person {
	str id, surname, given, patronymic, council_name, scope, site, site_name;
	int64_t completions, certificates;
	str merged_into; /* STR_NONE: not */
	int64_t first_at;
	int64_t erased_at; /* JSON_ABSENT: not */
};
extern const struct shape report_person_shape;
/* Whose name begins so (folded: letters of both languages alike), by name. */
fallible report_people(struct db *, struct arena *, str scope, str find, size_t most,
                       struct json_list *out);
struct report_person_detail {
	const struct report_person *person;
	struct json_list results, certificates;
	struct json_list merged; /* people who are this one under another id */
	bool has_iin;            /* a sealed one */
};
extern const struct shape report_person_detail_shape;
fallible report_person(struct db *, struct arena *, str scope, str id,
                       struct report_person_detail *out);
/* Everything that is held about one person, with the records as they came, and what
 * coordinators did with it. */
struct report_export {
	const struct report_person_detail *known;
	str language; /* STR_NONE: not told */
	struct json_list presence, records, audit;
};
extern const struct shape report_export_shape;
fallible report_export(struct db *, struct arena *, str scope, str id,
                       struct report_export *);
struct report_pair {
	const struct report_person *one, *other;
	bool same_council;
};
extern const struct shape report_pair_shape;
/* People of one folded name in one district, ≤ 50 pairs, by name. */
fallible report_duplicates(struct db *, struct arena *, str scope, struct json_list *out);

/* ---- certificates ---- */
struct report_certificate {
	str serial, person, holder, council_name, title, held_on, valid_until, state;
	str superseded_by, why, scope, site_name;
	int64_t first_at;
};
extern const struct shape report_certificate_shape;
/* Newest first; or whose number begins with `find`, or whose holder's name does when there
 * is no digit in it. `state`: "valid", "superseded", "revoked"; "": all. */
fallible report_certificates(struct db *, struct arena *, str scope, str find, str state,
                             size_t most, struct json_list *out);
/* Of one person, ≤ 500. */
fallible report_certificates_of(struct db *, struct arena *, str scope, str person,
                                struct json_list *out);
struct report_order { /* what the hub has ready for the site */
	str what;     /* "revoke", "correct" */
	int64_t at;
	bool called; /* the site has been in touch since */
};
struct report_certificate_detail {
	const struct report_certificate *certificate;
	str token;      /* as in the QR code; STR_NONE once its holder was erased */
	str supersedes; /* the serial of the one that this one corrects; STR_NONE */
	int64_t changed_at;
	const struct hub_site *site;
	struct json_list orders; /* of struct report_order, ≤ 2 */
	struct json_list audit;  /* of struct report_audit, oldest first, ≤ 200 */
};
extern const struct shape report_order_shape;
/* What one has come to, for whoever holds it: of any scope. `state`: STR_NONE when no site
 * has told of it. */
struct report_ending {
	str state, superseded_by, why;
	int64_t changed_at;
};
fallible report_ending(struct db *, struct arena *, str serial, struct report_ending *);
fallible report_certificate(struct db *, struct arena *, str scope, str serial,
                            struct report_certificate_detail *out);

/* ---- audit: of the whole country ---- */
struct report_audit {
	int64_t number, at;
	str who, who_name, what, about, detail;
};
extern const struct shape report_audit_shape;
fallible report_audit(struct db *, struct arena *, int64_t before, size_t most,
                      struct json_list *out);
/* The rows of a query that selects them in the order of the struct. */
fallible report_audit_rows(struct query *, struct arena *, size_t most, struct json_list *);
