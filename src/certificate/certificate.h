/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates of this site: who may have one and why not, issuing, correcting, revoking,
 * printing. To issue is an explicit act of the trainer over a list; doing it twice makes
 * nothing new. A certificate is for one attempt at one course. */
#pragma once

#include "certificate/sheet.h"
#include "certificate/verify.h"
#include "people/people.h"
#include "runtime/runtime.h"
#include "store/store.h"
#include "training/training.h"

struct certificate {
	str serial, person, event, course, attempt;
	struct facts facts;                  /* whole */
	str state;                           /* "valid", "superseded", "revoked" */
	str superseded_by, reason, ended_on; /* STR_NONE */
	str language;
	str token; /* the signed bytes */
	int64_t number, made_at;
	int64_t registered_at; /* when the hub signed for it; JSON_ABSENT */
};
fallible certificate_get(struct db *, struct arena *, str serial, struct certificate *out);
/* Of an event, those that count, by council and name; ≤ 2,000. */
fallible certificate_all_in(struct db *, struct arena *, str event, struct json_list *out);
/* Of a person, those that count, the newest first; ≤ 200. */
fallible certificate_all_of(struct db *, struct arena *, str person, struct json_list *out);

/* ---- who may have one ---- */
struct candidate {
	str person, surname, given, patronymic, council_name;
	str course, course_title; /* STR_NONE: no course was begun */
	str attempt;
	str state;      /* "ready", "issued", "refused" */
	str reason;     /* refused: "absent", "not-begun", "not-finished", "failed",
	                   "bad-letter", "revoked" */
	str kk, ru, en; /* the reason as a sentence */
	str serial;     /* issued: the one that counts; "revoked": the one that did */
	int64_t score_percent; /* JSON_ABSENT: none */
	/* for issuing */
	str package, language;
};
extern const struct shape candidate_shape;
struct candidates {
	str today;   /* by this machine's clock */
	str held_on; /* what the trainer is asked to confirm */
	str clock;   /* "good"; "behind": earlier than what was saved before */
	int64_t hours;
	int64_t ready, issued, refused;
	struct json_list rows; /* of struct candidate, by council and name */
};
extern const struct shape candidates_shape;
fallible certificate_candidates(struct db *, struct arena *, str event,
                                struct candidates *out);

/* ---- issuing ---- */
struct issuing {
	const struct identity *site;
	str event;
	str held_on;   /* YYYY-MM-DD, confirmed by the trainer */
	str person;    /* only this one, also after a revocation; STR_NONE: all that may */
	str course;    /* only this one; STR_NONE: every one */
	int64_t hours; /* JSON_ABSENT: as the template says */
	/* out */
	struct json_list made; /* of struct certificate: the new ones */
	struct candidates after;
};
/* In the writer. ERR_INVALID ("bad-date", "date-in-future", "date-too-early"),
 * ERR_NOT_FOUND for the event or the person. */
fallible certificate_issue(struct tx *, struct arena *, struct issuing *);

/* The person's right name: corrects the person and issues anew what was issued by the wrong
 * one; `serial_out` supersedes `serial`. ERR_CONFLICT ("ended-already") when that counts no
 * more, ERR_INVALID ("bad-name", "bad-letter", "same-name"). */
struct correction {
	const struct identity *site;
	str serial, surname, given, patronymic;
	struct certificate out;
};
fallible certificate_correct(struct tx *, struct arena *, struct correction *);
/* ERR_INVALID ("bad-reason"); again is fine. */
fallible certificate_revoke(struct tx *, struct arena *, str serial, str reason);

/* ---- the template ---- */
/* What the centre sends: "template/SCOPE". Of several the widest that is mandatory counts;
 * else what the site chose; else the narrowest. */
struct centre_template {
	const struct template *look;
	bool mandatory;
	str logo; /* a JPEG as base64url; STR_NONE or "": none */
};
extern const struct shape centre_template_shape;
fallible template_get(struct db *, struct arena *, struct template *out);
/* Back to the centre's, or to what every site begins with. Needs store_write_as. */
fallible template_reset(struct tx *);
/* ERR_INVALID ("bad-letter") for a letter that cannot be printed, ERR_DENIED
 * ("template-mandatory") when the centre decides. Needs store_write_as. */
fallible template_set(struct tx *, struct arena *, const struct template *);
fallible template_logo(struct db *, struct arena *, str *out); /* STR_NONE: none */
/* Whether it is a JPEG of at most LOGO_MOST bytes. */
bool template_logo_is(str bytes);
/* A JPEG of at most LOGO_MOST bytes; STR_NONE takes it away. ERR_INVALID ("bad-logo"). */
fallible template_set_logo(struct tx *, str jpeg);

/* ---- whom this site knows, and what it has taken back ---- */
struct authority {
	str hub; /* the host that links lead to; STR_NONE before enrolment */
	struct trust_list trust;
	struct revocations own; /* of this site, not signed: its own word */
};
fallible authority_get(struct db *, struct arena *, const struct identity *,
                       struct authority *out);
/* The signed list of this site, to carry away. */
fallible authority_revocations(struct db *, struct arena *, const struct identity *,
                               struct buf *out);
/* The signed lists that the hub sent down; ≤ 10, items are struct revocations. */
fallible authority_lists(struct db *, struct arena *, struct json_list *out);

/* The same as they came; items are str. */
fallible authority_list_texts(struct db *, struct arena *, struct json_list *out);
/* Looks at a list that the hub sends, before it takes the place of the one that is here:
 * signed by our hub, and not older. ERR_INVALID ("not-the-hub"). */
fallible authority_check_list(struct tx *, struct arena *, str text);

/* ---- on paper ---- */
struct printing {
	struct json_list certificates; /* of struct certificate */
	struct template look;
	str logo, hub;
};
/* What printing needs besides the certificates. */
fallible printing_begin(struct db *, struct arena *, const struct identity *,
                        struct printing *out);
#define CERTIFICATE_PDF_MOST ((size_t)64 << 20) /* a ceiling for `out` */
/* One file, a page each. Not in a transaction: 200 take seconds. */
fallible certificate_pdf(struct arena *, const struct printing *, struct buf *out);
fallible certificate_svg(struct arena *, const struct printing *, str *out); /* the first */
/* A made-up certificate in this look, for the trainer to see. */
fallible template_preview(struct arena *, const struct template *, str logo, str issuer,
                          str *out);
/* The link in its QR code. */
str certificate_link(struct arena *, const struct certificate *, str hub);

/* ---- Open Badges 3.0 ---- */
/* The certificate as an OpenBadgeCredential with a Data Integrity proof (eddsa-rdfc-2022).
 * The signed moment is the certificate's own, so the same comes out each time. */
fallible certificate_badge(struct arena *, const struct identity *,
                           const struct certificate *, struct buf *out);
