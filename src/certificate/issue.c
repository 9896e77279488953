/* SPDX-License-Identifier: Apache-2.0 */
/* Issuing over a list, and correcting a name. */
#include "base/time.h"
#include "certificate/inside.h"

/* ---- the day ---- */
static int order_of(str a, str b)
{
	return memcmp(a.p, b.p, 10); /* both YYYY-MM-DD */
}

/* Not later than today, where the clock can be believed; not before there was a Kenes. */
static fallible check_day(str held_on, const struct candidates *c)
{
	if (!time_is_date(held_on))
		return FAIL_WHY(ERR_INVALID, "bad-date",
		                "a certificate of a day that is none");
	if (str_is(c->clock, S("good")) && order_of(held_on, c->today) > 0)
		return FAIL_WHY(ERR_INVALID, "date-in-future",
		                "a certificate of a day that has not come yet");
	if (order_of(held_on, S("2025-11-01")) < 0)
		return FAIL_WHY(ERR_INVALID, "date-too-early",
		                "a certificate of a day before there was this program");
	return ERR_OK;
}

/* ---- issuing ---- */

/* Which revision of the course the attempt's package is: 1 is the first. */
SQL(revision_of, "SELECT COUNT(*) FROM package p, course c, package mine"
                 " WHERE c.id = :course AND mine.sha256 = (SELECT package FROM attempt"
                 "  WHERE id = :attempt)"
                 " AND p.identifier = mine.identifier AND p.title = mine.title"
                 " AND p.imported_at <= mine.imported_at");

static fallible find_revision(struct db *db, const struct candidate *c, int64_t *out)
{
	QUERY(q, db, revision_of);
	bind_text(&q, ":course", c->course);
	bind_text(&q, ":attempt", c->attempt);
	*out = query_next(&q) ? column_int(&q, 0, 1) : 1;
	return query_end(&q);
}

/* What is the same for everybody of this list. */
struct list {
	struct issuing *in;
	struct template look;
	struct event event;
	str issuer;
	int64_t hours;
};

static fallible begin_list(struct db *db, struct arena *a, struct issuing *in,
                           struct list *out)
{
	*out = (struct list){ .in = in };
	TRY(event_get(db, a, in->event, &out->event));
	TRY(template_get(db, a, &out->look));
	TRY(setting_get(db, a, S("site.name"), &out->issuer));
	if (!out->issuer.n) out->issuer = S("Kenes");
	out->hours = in->hours == JSON_ABSENT ? out->look.hours : in->hours;
	return certificate_candidates(db, a, in->event, &in->after);
}

static struct facts facts_of(struct arena *a, const struct list *l,
                             const struct candidate *c)
{
	int64_t months = l->look.valid_months;
	return (struct facts){
		.issuer = l->issuer,
		.surname = c->surname,
		.given = c->given,
		.patronymic = c->patronymic,
		.council = c->council_name,
		.course = c->course_title,
		.score_percent = c->score_percent,
		.hours = l->hours > 0 ? l->hours : JSON_ABSENT,
		.event = l->event.title,
		.place = l->event.place.n ? l->event.place : STR_NONE,
		.held_on = l->in->held_on,
		.valid_until = months ? date_after(a, l->in->held_on, months) : STR_NONE,
	};
}

static bool wanted(const struct issuing *in, const struct candidate *c)
{
	if (in->person.p && !str_is(in->person, c->person)) return false;
	if (in->course.p && !str_is(in->course, c->course)) return false;
	/* Somebody whose certificate was revoked gets another when asked for by name. */
	return str_is(c->state, S("ready")) ||
	       (in->person.p && str_is(c->reason, S("revoked")));
}

static fallible issue_one(struct tx *tx, struct arena *a, const struct list *l,
                          const struct candidate *c, struct certificate *out)
{
	struct person person;
	TRY(person_get(tx_db(tx), a, c->person, &person));
	struct minting m = {
		.site = l->in->site,
		.person = c->person,
		.event = l->event.id,
		.course = c->course,
		.attempt = c->attempt,
		.language = person.language,
		.facts = facts_of(a, l, c),
	};
	TRY(find_revision(tx_db(tx), c, &m.facts.revision));
	return certificate_mint(tx, a, &m, out);
}

static fallible is_among(const struct issuing *in)
{
	const struct candidate *c = in->after.rows.items;
	if (!in->person.p) return ERR_OK;
	for (size_t i = 0; i < in->after.rows.n; i++)
		if (str_is(c[i].person, in->person)) return ERR_OK;
	return FAIL(ERR_NOT_FOUND, "person %.*s has not joined this event",
	            STR_ARG(in->person));
}

enum err certificate_issue(struct tx *tx, struct arena *a, struct issuing *in)
{
	struct list l;
	TRY(begin_list(tx_db(tx), a, in, &l));
	TRY(check_day(in->held_on, &in->after));
	TRY(is_among(in));
	const struct candidate *c = in->after.rows.items;
	struct certificate *made = arena_alloc(a, (in->after.rows.n + 1) * sizeof *made);
	size_t n = 0;
	for (size_t i = 0; i < in->after.rows.n; i++)
		if (wanted(in, &c[i])) TRY(issue_one(tx, a, &l, &c[i], &made[n++]));
	in->made = (struct json_list){ made, n };
	return certificate_candidates(tx_db(tx), a, in->event, &in->after);
}

/* ---- correcting ---- */
static bool same(str a, str b)
{
	return a.n == b.n && (!a.n || str_is(a, b));
}

static fallible check_name(const struct person *p, const struct certificate *old,
                           struct template look)
{
	struct facts f = old->facts;
	if (same(p->surname, f.surname) && same(p->given, f.given) &&
	    same(p->patronymic, f.patronymic))
		return FAIL_WHY(ERR_INVALID, "same-name", "the name is the same as before");
	f.surname = p->surname;
	f.given = p->given;
	f.patronymic = p->patronymic;
	if (sheet_lacks(&f, &look))
		return FAIL_WHY(ERR_INVALID, "bad-letter",
		                "the name has a sign that cannot be printed");
	return ERR_OK;
}

enum err certificate_correct(struct tx *tx, struct arena *a, struct correction *in)
{
	struct certificate old;
	struct person person;
	struct template look;
	TRY(certificate_get(tx_db(tx), a, in->serial, &old));
	if (!str_is(old.state, S("valid")))
		return FAIL_WHY(ERR_CONFLICT, "ended-already",
		                "certificate %.*s counts no more", STR_ARG(in->serial));
	TRY(person_correct(tx, a, old.person, in->surname, in->given, in->patronymic));
	TRY(person_get(tx_db(tx), a, old.person, &person));
	TRY(template_get(tx_db(tx), a, &look));
	TRY(check_name(&person, &old, look));
	struct minting m = {
		.site = in->site,
		.person = old.person,
		.event = old.event,
		.course = old.course,
		.attempt = old.attempt,
		.language = old.language,
		.facts = old.facts,
		.supersedes = old.serial,
	};
	m.facts.surname = person.surname;
	m.facts.given = person.given;
	m.facts.patronymic = person.patronymic;
	TRY(certificate_mint(tx, a, &m, &in->out));
	return certificate_supersede(tx, old.serial, in->out.serial);
}
