/* SPDX-License-Identifier: Apache-2.0 */
/* Summary tables. What a batch changes is added up in memory and written in a handful of
 * statements at its end, in the same transaction: so the overview never has to count, and
 * counting costs next to nothing a record. */
#include "base/time.h"
#include "hub/inside.h"

static void add(struct sum *to, struct sum more)
{
	to->learners += more.learners;
	to->trained += more.trained;
	to->completions += more.completions;
	to->certificates += more.certificates;
}

SQL(council_sum, "UPDATE hub_council SET learners = learners + :learners,"
                 " trained = trained + :trained, completions = completions + :completions,"
                 " certificates = certificates + :certificates, heard_at = :now"
                 " WHERE number = :number");

static void bind_sum(struct query *q, const struct sum *s)
{
	bind_int(q, ":learners", s->learners);
	bind_int(q, ":trained", s->trained);
	bind_int(q, ":completions", s->completions);
	bind_int(q, ":certificates", s->certificates);
}

static fallible write_councils(struct applying *ap)
{
	for (size_t i = 0; i < ap->sums.n; i++) {
		QUERY(q, tx_db(ap->tx), council_sum);
		bind_sum(&q, &ap->sums.council[i].sum);
		bind_int(&q, ":number", ap->sums.council[i].number);
		bind_int(&q, ":now", ap->now);
		TRY(query_run(&q, NULL));
	}
	ap->sums.n = 0;
	return ERR_OK;
}

enum err sums_add(struct applying *ap, int64_t council, struct sum more)
{
	add(&ap->sums.all, more);
	if (!council) return ERR_OK;
	size_t i = 0;
	while (i < ap->sums.n && ap->sums.council[i].number != council) i++;
	if (i == SUM_COUNCILS) {
		TRY(write_councils(ap));
		i = 0;
	}
	if (i == ap->sums.n) {
		ap->sums.council[i].number = council;
		ap->sums.council[i].sum = (struct sum){ 0 };
		ap->sums.n++;
	}
	add(&ap->sums.council[i].sum, more);
	return ERR_OK;
}

/* ---- scopes: a district, its region, the country ---- */

str scope_parent(str scope)
{
	for (size_t i = scope.n; i-- > 0;)
		if (scope.p[i] == '/' || scope.p[i] == '-') return str_part(scope, 0, i);
	return STR_NONE;
}

SQL(area_sum,
    "INSERT INTO hub_area (scope, parent, sites, councils, learners, trained, completions,"
    " certificates, events, heard_at) VALUES (:scope, :parent, :sites, :councils, "
    ":learners,"
    " :trained, :completions, :certificates, :events, :now)"
    " ON CONFLICT (scope) DO UPDATE SET sites = hub_area.sites + excluded.sites,"
    " councils = hub_area.councils + excluded.councils,"
    " learners = hub_area.learners + excluded.learners,"
    " trained = hub_area.trained + excluded.trained,"
    " completions = hub_area.completions + excluded.completions,"
    " certificates = hub_area.certificates + excluded.certificates,"
    " events = hub_area.events + excluded.events,"
    " heard_at = COALESCE(excluded.heard_at, hub_area.heard_at)");
SQL(month_sum, "INSERT INTO hub_month (scope, month, learners, completions, certificates)"
               " VALUES (:scope, :month, :learners, :completions, :certificates)"
               " ON CONFLICT (scope, month) DO UPDATE SET"
               " learners = hub_month.learners + excluded.learners,"
               " completions = hub_month.completions + excluded.completions,"
               " certificates = hub_month.certificates + excluded.certificates");

static fallible write_area(struct applying *ap, str scope)
{
	const struct sums *s = &ap->sums;
	char now[TIME_TEXT];
	QUERY(q, tx_db(ap->tx), area_sum);
	bind_text(&q, ":scope", scope);
	bind_text(&q, ":parent", scope_parent(scope));
	bind_int(&q, ":sites", 0);
	bind_int(&q, ":councils", s->councils);
	bind_int(&q, ":events", s->events);
	bind_sum(&q, &s->all);
	bind_int(&q, ":now", ap->now);
	TRY(query_run(&q, NULL));
	if (!s->all.learners && !s->all.completions && !s->all.certificates) return ERR_OK;
	time_write(ap->now, now);
	QUERY(m, tx_db(ap->tx), month_sum);
	bind_text(&m, ":scope", scope);
	bind_text(&m, ":month", str_part(str_of(now), 0, 7));
	bind_int(&m, ":learners", s->all.learners);
	bind_int(&m, ":completions", s->all.completions);
	bind_int(&m, ":certificates", s->all.certificates);
	return query_run(&m, NULL);
}

enum err sums_write(struct applying *ap)
{
	TRY(write_councils(ap));
	for (str scope = ap->scope; scope.p; scope = scope_parent(scope))
		TRY(write_area(ap, scope));
	ap->sums = (struct sums){ 0 };
	return ERR_OK;
}

enum err sums_site(struct tx *tx, str scope, int64_t sites)
{
	for (; scope.p; scope = scope_parent(scope)) {
		QUERY(q, tx_db(tx), area_sum);
		bind_text(&q, ":scope", scope);
		bind_text(&q, ":parent", scope_parent(scope));
		bind_int(&q, ":sites", sites);
		bind_int(&q, ":councils", 0);
		bind_int(&q, ":events", 0);
		bind_sum(&q, &(struct sum){ 0 });
		bind_null(&q, ":now");
		TRY(query_run(&q, NULL));
	}
	return ERR_OK;
}
