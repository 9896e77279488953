/* SPDX-License-Identifier: Apache-2.0 */
/* The overview: sums that are kept as records come in, so nothing is counted here but the
 * silent sites. */
#include "base/time.h"
#include "hub/inside.h"
#include "hub/report.h"

#define AREAS_MOST 1000

static const struct json_field area_fields[] = {
	JSON_TEXT(struct report_area, scope, true, 2, 64),
	COUNT(struct report_area, sites, true),
	COUNT(struct report_area, silent, true),
	COUNT(struct report_area, councils, true),
	COUNT(struct report_area, members, true),
	COUNT(struct report_area, listed, true),
	COUNT(struct report_area, learners, true),
	COUNT(struct report_area, trained, true),
	COUNT(struct report_area, completions, true),
	COUNT(struct report_area, certificates, true),
	COUNT(struct report_area, events, true),
	COUNT(struct report_area, heard_at, false),
};
const struct shape report_area_shape = SHAPE("ReportArea", struct report_area, area_fields);

static const struct json_field month_fields[] = {
	JSON_TEXT(struct report_month, month, true, 7, 7),
	COUNT(struct report_month, learners, true),
	COUNT(struct report_month, completions, true),
	COUNT(struct report_month, certificates, true),
};
static const struct shape month_shape =
	SHAPE("ReportMonth", struct report_month, month_fields);

static const struct json_field overview_fields[] = {
	JSON_OBJECT(struct report_overview, area, true, report_area_shape),
	JSON_LIST(struct report_overview, areas, true, AREAS_MOST, report_area_shape),
	JSON_LIST(struct report_overview, months, true, 12, month_shape),
	JSON_LIST(struct report_overview, silent, true, 10, hub_site_shape),
	COUNT(struct report_overview, attention, true),
};
const struct shape report_overview_shape =
	SHAPE("ReportOverview", struct report_overview, overview_fields);

/* ---- areas ---- */

/* A scope and all in it: '-' and '/' sort before '0'. One range of an index that holds all
 * that is asked. */
#define SELECT_AREA                                                                      \
	"SELECT a.scope, a.sites, (SELECT COUNT(*) FROM hub_site s"                      \
	" WHERE s.revoked_at IS NULL AND s.heard_at < :silent"                           \
	" AND s.scope >= a.scope AND s.scope < a.scope || '0'), a.councils, a.members, " \
	"a.learners, a.trained,"                                                         \
	" a.completions, a.certificates, a.events, a.heard_at, a.listed FROM hub_area a"

static struct report_area area_row(struct query *q, struct arena *a)
{
	return (struct report_area){
		.scope = column_text(q, a, 0),
		.sites = column_int(q, 1, 0),
		.silent = column_int(q, 2, 0),
		.councils = column_int(q, 3, 0),
		.members = column_int(q, 4, 0),
		.learners = column_int(q, 5, 0),
		.trained = column_int(q, 6, 0),
		.completions = column_int(q, 7, 0),
		.certificates = column_int(q, 8, 0),
		.events = column_int(q, 9, 0),
		.heard_at = column_int(q, 10, JSON_ABSENT),
		.listed = column_int(q, 11, 0),
	};
}

SQL(report_area_one, SELECT_AREA " WHERE a.scope = :scope");
SQL(report_area_children,
    SELECT_AREA " WHERE a.parent = :scope ORDER BY a.scope LIMIT 1000");

static fallible area_get(struct db *db, struct arena *a, str scope,
                         const struct report_area **out)
{
	struct report_area *area = arena_new(a, struct report_area);
	*area = (struct report_area){ .scope = scope, .heard_at = JSON_ABSENT };
	QUERY(q, db, report_area_one);
	bind_text(&q, ":scope", scope);
	bind_int(&q, ":silent", time_now() - REPORT_SILENT_MS);
	if (query_next(&q)) *area = area_row(&q, a);
	*out = area;
	return query_end(&q);
}

enum err report_areas(struct db *db, struct arena *a, str scope, struct json_list *out)
{
	struct report_area *list = arena_alloc(a, AREAS_MOST * sizeof *list);
	size_t n = 0;
	QUERY(q, db, report_area_children);
	bind_text(&q, ":scope", scope);
	bind_int(&q, ":silent", time_now() - REPORT_SILENT_MS);
	while (n < AREAS_MOST && query_next(&q)) list[n++] = area_row(&q, a);
	*out = (struct json_list){ list, n };
	return query_end(&q);
}

/* ---- months ---- */

SQL(report_months, "SELECT month, learners, completions, certificates FROM hub_month"
                   " WHERE scope = :scope ORDER BY month DESC LIMIT 12");

static fallible months(struct db *db, struct arena *a, str scope, struct json_list *out)
{
	struct report_month *list = arena_alloc(a, 12 * sizeof *list);
	size_t n = 0;
	QUERY(q, db, report_months);
	bind_text(&q, ":scope", scope);
	while (n < 12 && query_next(&q))
		list[n++] =
			(struct report_month){ column_text(&q, a, 0), column_int(&q, 1, 0),
			                       column_int(&q, 2, 0), column_int(&q, 3, 0) };
	*out = (struct json_list){ list, n };
	return query_end(&q);
}

SQL(report_attention_count, "SELECT COUNT(*) FROM hub_attention a"
                            " WHERE settled_at IS NULL AND " IN_SCOPE("a.scope"));

static fallible count_attention(struct db *db, str scope, int64_t *out)
{
	QUERY(q, db, report_attention_count);
	bind_text(&q, ":scope", scope);
	if (query_next(&q)) *out = column_int(&q, 0, 0);
	return query_end(&q);
}

enum err report_overview(struct db *db, struct arena *a, str scope,
                         struct report_overview *out)
{
	TRY(area_get(db, a, scope, &out->area));
	TRY(report_areas(db, a, scope, &out->areas));
	TRY(months(db, a, scope, &out->months));
	TRY(report_sites(db, a, scope, S(""), true, 6, &out->silent));
	return count_attention(db, scope, &out->attention);
}

/* ---- councils ---- */

static const struct json_field council_fields[] = {
	JSON_TEXT(struct report_council, scope, true, 2, 64),
	JSON_TEXT(struct report_council, name, true, 0, LONG),
	COUNT(struct report_council, members, false),
	COUNT(struct report_council, learners, true),
	COUNT(struct report_council, trained, true),
	COUNT(struct report_council, completions, true),
	COUNT(struct report_council, certificates, true),
	COUNT(struct report_council, heard_at, false),
};
const struct shape report_council_shape =
	SHAPE("ReportCouncil", struct report_council, council_fields);

SQL(report_council_list,
    "SELECT scope, name, members, learners, trained, completions, certificates, heard_at"
    " FROM hub_council c WHERE " IN_SCOPE("c.scope") " ORDER BY scope, folded LIMIT :most");

enum err report_councils(struct db *db, struct arena *a, str scope, size_t most,
                         struct json_list *out)
{
	struct report_council *list = arena_alloc(a, most * sizeof *list);
	size_t n = 0;
	QUERY(q, db, report_council_list);
	bind_text(&q, ":scope", scope);
	bind_int(&q, ":most", (int64_t)most);
	while (n < most && query_next(&q))
		list[n++] = (struct report_council){
			.scope = column_text(&q, a, 0),
			.name = column_text(&q, a, 1),
			.members = column_int(&q, 2, JSON_ABSENT),
			.learners = column_int(&q, 3, 0),
			.trained = column_int(&q, 4, 0),
			.completions = column_int(&q, 5, 0),
			.certificates = column_int(&q, 6, 0),
			.heard_at = column_int(&q, 7, JSON_ABSENT),
		};
	*out = (struct json_list){ list, n };
	return query_end(&q);
}
