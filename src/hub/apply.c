/* SPDX-License-Identifier: Apache-2.0 */
/* From a record to what it changes. Records may come in any order (a gap is filled later, a
 * bundle arrives weeks after the line worked), so nothing here relies on what was told
 * before: of two that say the same thing the one with the larger (epoch, number) counts,
 * and who is spoken of before being introduced is begun without a name. */
#include "hub/inside.h"

typedef enum err apply_fn(struct applying *, const struct record *);

static const struct kind {
	const char *kind;
	apply_fn *apply;
	const struct shape *shape;
} kinds[] = {
	{ "clock.set", apply_clock, &fact_clock_shape },
	{ "person.added", apply_person, &fact_person_shape },
	{ "person.corrected", apply_person, &fact_person_shape },
	{ "person.merged", apply_merge, &fact_merge_shape },
	{ "person.unmerged", apply_merge, &fact_merge_shape },
	{ "person.erased", apply_erased, &fact_erased_shape },
	{ "event.added", apply_event, &fact_event_shape },
	{ "event.closed", apply_event, &fact_event_shape },
	{ "event.reopened", apply_event, &fact_event_shape },
	{ "presence", apply_presence, &fact_presence_shape },
	{ "completion", apply_result, &fact_result_shape },
	{ "attempt.result", apply_result, &fact_result_shape },
	{ "certificate.issued", apply_certificate, &fact_certificate_shape },
	{ "certificate.superseded", apply_certificate, &fact_certificate_shape },
	{ "certificate.revoked", apply_certificate, &fact_certificate_shape },
	{ "dispute", apply_dispute, &fact_dispute_shape },
};

enum err body_read(struct applying *ap, const struct record *r, const struct shape *shape,
                   void *out)
{
	const struct ready *ready = ap->ready;
	if (ready && ready->shape == shape && ready->fact) {
		memcpy(out, ready->fact, shape->size);
		return ERR_OK;
	}
	if (ready || json_read(r->body, shape, JSON_LENIENT, ap->a, out))
		return FAIL_WHY(ERR_INVALID, "bad-body",
		                "record %lld: its body does not fit its kind",
		                (long long)r->seq);
	return ERR_OK;
}

static const struct kind *kind_of(const struct record *r)
{
	for (size_t i = 0; r->body.p && i < countof(kinds); i++)
		if (str_is(r->kind, str_of(kinds[i].kind))) return &kinds[i];
	return NULL;
}

enum err apply_record(struct applying *ap, const struct record *r)
{
	const struct kind *kind = kind_of(r);
	return kind ? kind->apply(ap, r) : ERR_OK;
}

/* Who is spoken of, in any body: every shape of facts calls it `person`. */
struct about {
	str person;
};
static const struct json_field about_fields[] = {
	JSON_TEXT(struct about, person, true, ID_TEXT - 1, ID_TEXT - 1),
};
static const struct shape about_shape = SHAPE("About", struct about, about_fields);

/* Ids alone are nobody once the names are gone: only what holds names or words is wiped. */
static str subject_of(struct arena *a, const struct record *r)
{
	bool personal = str_starts(r->kind, S("person.")) ||
	                str_starts(r->kind, S("certificate.")) ||
	                str_is(r->kind, S("dispute"));
	struct about about;
	if (!personal || !r->body.p || str_is(r->kind, S("person.erased"))) return STR_NONE;
	return json_read(r->body, &about_shape, JSON_LENIENT, a, &about) ? STR_NONE
	                                                                 : about.person;
}

void apply_prepare(struct arena *a, const struct record *r, struct ready *out)
{
	const struct kind *kind = kind_of(r);
	*out = (struct ready){ .subject = subject_of(a, r) };
	if (!kind) return;
	void *fact = arena_alloc(a, kind->shape->size);
	out->shape = kind->shape;
	if (!json_read(r->body, kind->shape, JSON_LENIENT, a, fact)) out->fact = fact;
}
