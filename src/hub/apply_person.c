/* SPDX-License-Identifier: Apache-2.0 */
/* People and their councils. What a person adds to the sums is taken away, the person is
 * changed, and what they add now is put back: so every change is one and the same step. */
#include "base/text.h"
#include "hub/inside.h"

/* ---- councils ---- */

SQL(hub_council_find,
    "SELECT number FROM hub_council WHERE scope = :scope AND folded = :folded");
SQL(hub_council_insert, "INSERT INTO hub_council (scope, name, folded)"
                        " VALUES (:scope, :name, :folded) RETURNING number");

static fallible look_up_council(struct applying *ap, str name, int64_t *out)
{
	str folded = name.n ? text_fold(ap->a, name) : STR_NONE;
	*out = 0;
	if (!folded.n) return ERR_OK;
	QUERY(find, tx_db(ap->tx), hub_council_find);
	bind_text(&find, ":scope", ap->scope);
	bind_text(&find, ":folded", folded);
	if (query_next(&find)) *out = column_int(&find, 0, 0);
	TRY(query_end(&find));
	if (*out) return ERR_OK;
	QUERY(add, tx_db(ap->tx), hub_council_insert);
	bind_text(&add, ":scope", ap->scope);
	bind_text(&add, ":name", name);
	bind_text(&add, ":folded", folded);
	if (query_next(&add)) *out = column_int(&add, 0, 0);
	ap->sums.councils++;
	return query_end(&add);
}

/* Of a batch's people many are of the same few councils. */
static fallible find_council(struct applying *ap, str name, int64_t *out)
{
	struct remembered *r = ap->council;
	for (size_t i = 0; i < countof(ap->council); i++) {
		if (!str_is(r[i].name, name) || !name.p) continue;
		*out = r[i].number;
		return ERR_OK;
	}
	TRY(look_up_council(ap, name, out));
	r[ap->next_council++ % countof(ap->council)] = (struct remembered){ name, *out };
	return ERR_OK;
}

/* ---- counting a person ---- */

struct known {
	struct counted c;
	int64_t site, told_epoch, told_seq;
	bool erased;
};

SQL(hub_person_find, "SELECT council, completions, certificates, merged_into, told_epoch,"
                     " told_seq, erased_at, site FROM hub_person WHERE id = :id");

static fallible find_person(struct applying *ap, str id, struct known *out)
{
	*out = (struct known){ 0 };
	QUERY(q, tx_db(ap->tx), hub_person_find);
	bind_text(&q, ":id", id);
	if (query_next(&q))
		*out = (struct known){
			.c = { true, column_int(&q, 0, 0), column_int(&q, 1, 0),
			       column_int(&q, 2, 0), column_text(&q, ap->a, 3) },
			.told_epoch = column_int(&q, 4, 0),
			.told_seq = column_int(&q, 5, 0),
			.erased = !column_is_null(&q, 6),
			.site = column_int(&q, 7, 0),
		};
	return query_end(&q);
}

/* Who was merged into another is counted there. */
static fallible count(struct applying *ap, const struct counted *c, int sign)
{
	if (!c->found || c->merged_into.p) return ERR_OK;
	return sums_add(ap, c->council,
	                (struct sum){ sign, sign * (c->completions > 0),
	                              sign * c->completions, sign * c->certificates });
}

SQL(hub_person_insert,
    "INSERT INTO hub_person (id, site, surname, given, patronymic, folded, council,"
    " language, sealed_iin, told_epoch, told_seq, first_at) VALUES (:id, :site, :surname,"
    " :given, :patronymic, :folded, :council, :language, :iin, :epoch, :seq, :now)"
    " ON CONFLICT (id) DO NOTHING");
SQL(hub_person_update,
    "UPDATE hub_person SET surname = :surname, given = :given, patronymic = :patronymic,"
    " folded = :folded, council = :council, language = :language,"
    " sealed_iin = COALESCE(:iin, sealed_iin), told_epoch = :epoch, told_seq = :seq"
    " WHERE id = :id");

static void bind_person(struct query *q, struct applying *ap, const struct fact_person *f,
                        int64_t council, const struct record *r)
{
	str name = arena_printf(ap->a, "%.*s %.*s %.*s", STR_ARG(f->surname),
	                        STR_ARG(f->given), STR_ARG(f->patronymic));
	bind_text(q, ":id", f->person);
	bind_text(q, ":surname", f->surname.p ? f->surname : S(""));
	bind_text(q, ":given", f->given.p ? f->given : S(""));
	bind_text(q, ":patronymic", f->patronymic);
	bind_text(q, ":folded", text_fold(ap->a, name));
	if (council)
		bind_int(q, ":council", council);
	else
		bind_null(q, ":council");
	bind_text(q, ":language", f->language);
	size_t n = f->sealed_iin.n * 3 / 4;
	uint8_t *iin = n ? arena_alloc(ap->a, n) : NULL;
	if (iin && text_unbase64url(f->sealed_iin, iin, n))
		bind_blob(q, ":iin", iin, n);
	else
		bind_null(q, ":iin");
	bind_int(q, ":epoch", r ? r->epoch : 0);
	bind_int(q, ":seq", r ? r->seq : 0);
}

/* `new_out`: nobody of that id was here. */
static fallible insert_person(struct applying *ap, const struct fact_person *f,
                              int64_t council, const struct record *r, bool *new_out)
{
	int64_t added;
	QUERY(q, tx_db(ap->tx), hub_person_insert);
	bind_person(&q, ap, f, council, r);
	bind_int(&q, ":site", ap->site);
	bind_int(&q, ":now", ap->now);
	TRY(query_run(&q, &added));
	*new_out = added != 0;
	if (!added) return ERR_OK;
	return count(ap, &(struct counted){ .found = true, .council = council }, 1);
}

static fallible change_person(struct applying *ap, const struct fact_person *f,
                              int64_t council, const struct record *r)
{
	struct known old;
	TRY(find_person(ap, f->person, &old));
	if (!ap->forced && old.site != ap->site)
		return FAIL_WHY(ERR_INVALID, "not-yours",
		                "record %lld: of another site's person", (long long)r->seq);
	if (old.erased || !is_later(r, old.told_epoch, old.told_seq)) return ERR_OK;
	TRY(count(ap, &old.c, -1));
	QUERY(q, tx_db(ap->tx), hub_person_update);
	bind_person(&q, ap, f, council, r);
	TRY(query_run(&q, NULL));
	old.c.council = council;
	return count(ap, &old.c, 1);
}

enum err apply_person(struct applying *ap, const struct record *r)
{
	struct fact_person f;
	int64_t council;
	bool new;
	TRY(body_read(ap, r, &fact_person_shape, &f));
	if (!ap->forced && f.region.n && !scope_covers(ap->scope, f.region))
		return FAIL_WHY(ERR_INVALID, "wrong-scope",
		                "record %lld: of another region than the site's",
		                (long long)r->seq);
	TRY(find_council(ap, f.council_name, &council));
	TRY(insert_person(ap, &f, council, r, &new));
	return new ? ERR_OK : change_person(ap, &f, council, r);
}

SQL(hub_person_counts,
    "UPDATE hub_person SET completions = :completions, certificates = :certificates"
    " WHERE id = :id");

enum err person_change_counts(struct applying *ap, str person, int64_t completions,
                              int64_t certificates)
{
	struct known k;
	TRY(find_person(ap, person, &k));
	if (k.c.merged_into.p) {
		person = k.c.merged_into;
		TRY(find_person(ap, person, &k));
	}
	if (!k.c.found) {
		struct fact_person nameless = { .person = person };
		TRY(insert_person(ap, &nameless, 0, NULL, &k.c.found));
	}
	if (!completions && !certificates) return ERR_OK;
	TRY(count(ap, &k.c, -1));
	k.c.completions += completions;
	k.c.certificates += certificates;
	QUERY(q, tx_db(ap->tx), hub_person_counts);
	bind_text(&q, ":id", person);
	bind_int(&q, ":completions", k.c.completions);
	bind_int(&q, ":certificates", k.c.certificates);
	TRY(query_run(&q, NULL));
	return count(ap, &k.c, 1);
}

/* ---- merging ---- */

SQL(hub_person_merged,
    "UPDATE hub_person SET merged_into = :into, completions = :completions,"
    " certificates = :certificates WHERE id = :id");
SQL(hub_person_own,
    "SELECT (SELECT COUNT(*) FROM hub_result WHERE person = :id AND done = 1),"
    " (SELECT COUNT(*) FROM hub_certificate WHERE person = :id AND state = 'valid')");

static fallible set_merged(struct applying *ap, str person, str into,
                           const struct counted *c)
{
	QUERY(q, tx_db(ap->tx), hub_person_merged);
	bind_text(&q, ":id", person);
	bind_text(&q, ":into", into);
	bind_int(&q, ":completions", c->completions);
	bind_int(&q, ":certificates", c->certificates);
	return query_run(&q, NULL);
}

/* Changes who `person` is counted as; STR_NONE: as themselves. */
enum err person_set_merged(struct applying *ap, str person, str into)
{
	struct known p, target;
	TRY(find_person(ap, person, &p));
	str other = into.p ? into : p.c.merged_into;
	if (!p.c.found || !other.p)
		return FAIL(ERR_NOT_FOUND, "nobody to merge or to part");
	TRY(find_person(ap, other, &target));
	if (into.p && (p.c.merged_into.p || !target.c.found || target.c.merged_into.p ||
	               str_is(person, into)))
		return FAIL_WHY(ERR_CONFLICT, "merged-already",
		                "one of the two is merged already, or is not known");
	struct counted own = p.c;
	QUERY(q, tx_db(ap->tx), hub_person_own);
	bind_text(&q, ":id", person);
	if (query_next(&q)) {
		own.completions = column_int(&q, 0, 0);
		own.certificates = column_int(&q, 1, 0);
	}
	TRY(query_end(&q));
	int sign = into.p ? 1 : -1;
	TRY(count(ap, &p.c, -1));
	TRY(count(ap, &target.c, -1));
	target.c.completions += sign * own.completions;
	target.c.certificates += sign * own.certificates;
	own.merged_into = into;
	if (into.p) own.completions = own.certificates = 0;
	TRY(set_merged(ap, person, into, &own));
	TRY(set_merged(ap, other, STR_NONE, &target.c));
	TRY(count(ap, &own, 1));
	return count(ap, &target.c, 1);
}

enum err apply_merge(struct applying *ap, const struct record *r)
{
	struct fact_merge f;
	struct known p, into;
	TRY(body_read(ap, r, &fact_merge_shape, &f));
	TRY(find_person(ap, f.person, &p));
	TRY(find_person(ap, f.into, &into));
	if (!ap->forced &&
	    ((p.c.found && p.site != ap->site) || (into.c.found && into.site != ap->site)))
		return FAIL_WHY(ERR_INVALID, "not-yours",
		                "record %lld: of another site's person", (long long)r->seq);
	bool merges = str_is(r->kind, S("person.merged"));
	if (!p.c.found) TRY(person_change_counts(ap, f.person, 0, 0));
	if (!into.c.found) TRY(person_change_counts(ap, f.into, 0, 0));
	if (merges == (p.c.merged_into.p != NULL) || into.c.merged_into.p) return ERR_OK;
	return person_set_merged(ap, f.person, merges ? f.into : STR_NONE);
}

/* ---- erasing ---- */

SQL(hub_person_wipe,
    "UPDATE hub_person SET surname = '', given = '', patronymic = NULL, folded = '',"
    " language = NULL, sealed_iin = NULL, erased_at = :now WHERE id = :id");
SQL(hub_certificate_wipe, "UPDATE hub_certificate SET holder = '', token = NULL"
                          " WHERE person = :id");
SQL(hub_record_of_subject, "SELECT site, epoch, seq, branch, body FROM hub_record"
                           " WHERE subject = :id AND body IS NOT NULL"
                           " ORDER BY site, epoch, seq LIMIT 50");
SQL(hub_record_wipe, "UPDATE hub_record SET body = NULL, body_hash = :hash"
                     " WHERE site = :site AND epoch = :epoch AND seq = :seq"
                     " AND branch = :branch");

struct wiping {
	int64_t at[4];
	uint8_t hash[SEAL_HASH];
};

static fallible wipe_records(struct applying *ap, str person, size_t *n_out)
{
	struct wiping row[40];
	size_t n = 0;
	QUERY(q, tx_db(ap->tx), hub_record_of_subject);
	bind_text(&q, ":id", person);
	while (n < countof(row) && query_next(&q)) {
		for (int i = 0; i < 4; i++) row[n].at[i] = column_int(&q, i, 0);
		str body = column_text(&q, ap->a, 4);
		seal_sha256(body.p, body.n, row[n++].hash);
	}
	TRY(query_end(&q));
	for (size_t i = 0; i < n; i++) {
		QUERY(wipe, tx_db(ap->tx), hub_record_wipe);
		bind_int(&wipe, ":site", row[i].at[0]);
		bind_int(&wipe, ":epoch", row[i].at[1]);
		bind_int(&wipe, ":seq", row[i].at[2]);
		bind_int(&wipe, ":branch", row[i].at[3]);
		bind_blob(&wipe, ":hash", row[i].hash, SEAL_HASH);
		TRY(query_run(&wipe, NULL));
	}
	*n_out = n;
	return ERR_OK;
}

enum err person_wipe(struct applying *ap, str person)
{
	QUERY(q, tx_db(ap->tx), hub_person_wipe);
	bind_text(&q, ":id", person);
	bind_int(&q, ":now", ap->now);
	TRY(query_run(&q, NULL));
	QUERY(c, tx_db(ap->tx), hub_certificate_wipe);
	bind_text(&c, ":id", person);
	TRY(query_run(&c, NULL));
	size_t n;
	do TRY(wipe_records(ap, person, &n));
	while (n);
	return ERR_OK;
}

enum err apply_erased(struct applying *ap, const struct record *r)
{
	struct fact_erased f;
	struct known p;
	TRY(body_read(ap, r, &fact_erased_shape, &f));
	TRY(find_person(ap, f.person, &p));
	if (!ap->forced && p.c.found && p.site != ap->site)
		return FAIL_WHY(ERR_INVALID, "not-yours",
		                "record %lld: of another site's person", (long long)r->seq);
	if (!p.c.found) TRY(person_change_counts(ap, f.person, 0, 0));
	return person_wipe(ap, f.person);
}
