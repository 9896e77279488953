/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder share. Nobody else includes it. */
#pragma once

#include "certificate/verify.h"
#include <stdatomic.h>

#include "hub/hub.h"
#include "sync/facts.h"

/* ---- sums.c: summary tables, gathered over a batch and written once ---- */
struct sum {
	int64_t learners, trained, completions, certificates;
};
#define SUM_COUNCILS 32
struct sums {
	struct sum all; /* of the site's scope and what it lies in */
	int64_t councils, events;
	struct {
		int64_t number;
		struct sum sum;
	} council[SUM_COUNCILS];
	size_t n;
};

/* ---- applying: one site's records, in a transaction ---- */
struct applying {
	struct tx *tx;
	struct arena *a;
	int64_t site; /* its number */
	str scope;
	int64_t now;
	bool forced; /* somebody decided: of another site or region is no reason */
	const struct ready *ready; /* the record's body, read already; NULL: not */
	bool replayed; /* gone through once more: nobody's attention is asked for again */
	struct sums sums;
	struct remembered { /* councils that were looked up lately */
		str name;
		int64_t number;
	} council[32];
	size_t next_council;
};
/* Adds to a council's sum (0: none) and to that of the scope. */
fallible sums_add(struct applying *, int64_t council, struct sum);
fallible sums_write(struct applying *);
/* So many sites more in a scope and all around it; 0 only sees to it that they are there.
 */
fallible sums_site(struct tx *, str scope, int64_t sites);
/* "KZ-11/1132" → "KZ-11" → "KZ" → STR_NONE */
str scope_parent(str scope);

/* ---- apply.c ---- */
/* What a record changes. ERR_INVALID with a reason: quarantine; an unknown kind changes
 * nothing (a newer site told it; a newer hub will know). */
fallible apply_record(struct applying *, const struct record *);
/* What can be done with a record before the writer has it. */
struct ready {
	const struct shape *shape; /* NULL: of no kind that changes anything */
	const void *fact;          /* NULL: the body does not fit the shape */
	str subject; /* the person whose erasure takes the body away; STR_NONE */
};
void apply_prepare(struct arena *, const struct record *, struct ready *out);

/* apply_person.c */
fallible apply_person(struct applying *, const struct record *);
fallible apply_merge(struct applying *, const struct record *);
fallible apply_erased(struct applying *, const struct record *);
struct counted { /* a person, as far as counts go */
	bool found;
	int64_t council, completions, certificates;
	str merged_into; /* STR_NONE: not */
};
/* Changes how many completions and certificates a person has, and all sums with it; a
 * person who is not known yet is begun with no name. */
fallible person_change_counts(struct applying *, str person, int64_t completions,
                              int64_t certificates);
/* Changes who a person is counted as; STR_NONE: as themselves. */
fallible person_set_merged(struct applying *, str person, str into);
fallible person_wipe(struct applying *, str person);
/* apply_training.c */
fallible apply_event(struct applying *, const struct record *);
fallible apply_clock(struct applying *, const struct record *);
fallible apply_presence(struct applying *, const struct record *);
fallible apply_result(struct applying *, const struct record *);
/* apply_certificate.c */
fallible apply_certificate(struct applying *, const struct record *);
fallible certificate_set_revoked(struct applying *, str serial, str why);
fallible apply_dispute(struct applying *, const struct record *);

/* Reads a record's body; ERR_INVALID ("bad-body"). */
fallible body_read(struct applying *, const struct record *, const struct shape *,
                   void *out);
/* Whether (epoch, seq) is later than what is there. */
static inline bool is_later(const struct record *r, int64_t epoch, int64_t seq)
{
	return r->epoch > epoch || (r->epoch == epoch && r->seq > seq);
}

/* ---- receive.c ---- */
struct received {
	int64_t accepted, known;
	struct verdict_quarantined *quarantined;
	size_t n_quarantined;
	struct hub_epoch epoch;
	uint8_t total[RECORD_ID];
};
/* `ready` is of apply_prepare, one for each record. */
fallible receive_batch(struct tx *, struct arena *, const struct hub_site *,
                       const struct batch *, const struct ready *, struct received *out);
fallible apply_quarantined(struct tx *, struct arena *, const struct hub_site *,
                           int64_t epoch, int64_t seq, int64_t branch);
/* Zeros when there is none. `total_out` is the sum's bytes. */
fallible epoch_find(struct db *, struct arena *, int64_t site, int64_t epoch,
                    struct hub_epoch *out, uint8_t total_out[RECORD_ID]);

/* ---- sites.c ---- */
fallible site_heard(struct tx *, int64_t number);
fallible attention_add(struct tx *, str kind, int64_t site, str scope, str about,
                       str detail);

/* ---- enrol.c ---- */
fallible enrol_answer(struct hub *, const struct exchange_request *, struct arena *,
                      struct buf *body);
/* A certificate for a key, as long as certificates live. */
fallible certify(struct hub *, const struct id *site, const uint8_t *public_key, str scope,
                 uint8_t out[TRUST_CERTIFICATE], size_t *n_out, int64_t *expires_out);

/* ---- repair.c ---- */
/* `id` is hex; what is no id is not here. */
fallible record_is_here(struct db *, int64_t site, int64_t epoch, int64_t seq, str id,
                        bool *out);
fallible ranges_answer(struct db *, struct arena *, const struct hub_site *, str body,
                       struct buf *out);
fallible ids_answer(struct db *, struct arena *, const struct hub_site *, str body,
                    struct buf *out);

/* ---- down.c ---- */
fallible items_revoked(struct tx *, struct arena *);
/* Whether this hub's own key was declared lost. */
fallible hub_own_key_revoked(struct db *, struct arena *, struct key_cut *out,
                             bool *found_out);
fallible items_sites(struct tx *, struct arena *, str scope);
fallible down_newest(struct db *, int64_t *out);
/* What is newer than `after` for a site, a page of it. */
fallible down_list(struct db *, struct arena *, const struct hub_site *, int64_t after,
                   struct down_list *out);
/* A site said that it has everything up to `version`. */
fallible down_note(struct tx *, const struct hub_site *, int64_t version);
/* A list has to be written anew before the next site asks (revocations.c). */
fallible items_stale(struct tx *, str name);
fallible item_answer(struct hub *, struct db *, struct arena *, const struct hub_site *,
                     str body, struct buf *out);

/* ---- retention_details.c ---- */
/* Adds how many results lost their details to `done_out`. */
fallible retention_details(struct hub *, int64_t limit, const atomic_bool *stop,
                           int64_t *done_out);
static inline bool retention_goes_on(const atomic_bool *stop)
{
	return !stop || !atomic_load(stop);
}

/* ---- report_*.c: fields of what coordinators look at ---- */
#define COUNT(T, f, required) JSON_INT(T, f, required, 0, INT64_MAX)
#define LONG 4000 /* characters of a name or a sentence */
