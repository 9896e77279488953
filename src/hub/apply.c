/* SPDX-License-Identifier: Apache-2.0 */
/* From a record to what it changes. Records may come in any order (a gap is filled later, a
 * bundle arrives weeks after the line worked), so nothing here relies on what was told
 * before: of two that say the same thing the one with the larger (epoch, number) counts,
 * and who is spoken of before being introduced is begun without a name. */
#include "hub/inside.h"

typedef enum err apply_fn(struct applying *, const struct record *);

static const struct {
	const char *kind;
	apply_fn *apply;
} kinds[] = {
	{ "person.added", apply_person },
	{ "person.corrected", apply_person },
	{ "person.merged", apply_merge },
	{ "person.unmerged", apply_merge },
	{ "person.erased", apply_erased },
	{ "event.added", apply_event },
	{ "event.closed", apply_event },
	{ "event.reopened", apply_event },
	{ "presence", apply_presence },
	{ "completion", apply_result },
	{ "attempt.result", apply_result },
	{ "certificate.issued", apply_certificate },
	{ "certificate.superseded", apply_certificate },
	{ "certificate.revoked", apply_certificate },
	{ "dispute", apply_dispute },
};

enum err body_read(struct applying *ap, const struct record *r, const struct shape *shape,
                   void *out)
{
	if (json_read(r->body, shape, JSON_LENIENT, ap->a, out))
		return FAIL_WHY(ERR_INVALID, "bad-body",
		                "record %lld: its body does not fit its kind",
		                (long long)r->seq);
	return ERR_OK;
}

enum err apply_record(struct applying *ap, const struct record *r)
{
	for (size_t i = 0; r->body.p && i < countof(kinds); i++)
		if (str_is(r->kind, str_of(kinds[i].kind))) return kinds[i].apply(ap, r);
	return ERR_OK;
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
str apply_subject(struct arena *a, const struct record *r)
{
	bool personal = str_starts(r->kind, S("person.")) ||
	                str_starts(r->kind, S("certificate.")) ||
	                str_is(r->kind, S("dispute"));
	struct about about;
	if (!personal || !r->body.p || str_is(r->kind, S("person.erased"))) return STR_NONE;
	return json_read(r->body, &about_shape, JSON_LENIENT, a, &about) ? STR_NONE
	                                                                 : about.person;
}
