/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the derived tables of two databases are the same: by the number of their rows and
 * the sum of the rows' hashes. Councils are compared by scope and name, for their numbers
 * follow from who came first. */
#include "hub/inside.h"

static const struct json_field table_fields[] = {
	JSON_TEXT(struct hub_table, name, true, 1, 40),
	JSON_INT(struct hub_table, before, true, 0, INT64_MAX),
	JSON_INT(struct hub_table, now, true, 0, INT64_MAX),
	JSON_BOOL(struct hub_table, same, true),
};
const struct shape hub_table_shape = SHAPE("HubTable", struct hub_table, table_fields);

SQL(compare_people,
    "SELECT p.id, p.site, p.surname, p.given, p.patronymic, p.folded, c.scope, c.folded,"
    " p.language, p.sealed_iin, p.told_epoch, p.told_seq, p.first_at, p.completions,"
    " p.certificates, p.merged_into, p.erased_at FROM hub_person p"
    " LEFT JOIN hub_council c ON c.number = p.council");
SQL(compare_councils, "SELECT scope, name, folded, members, learners, trained,"
                      " completions, certificates FROM hub_council");
SQL(compare_areas,
    "SELECT scope, parent, sites, councils, members, listed, learners, trained,"
    " completions, certificates, events FROM hub_area");
SQL(compare_months, "SELECT scope, month, learners, completions, certificates"
                    " FROM hub_month");
SQL(compare_events, "SELECT id, site, title, place, held_on, closed, joined, present,"
                    " told_epoch, told_seq, first_at FROM hub_event");
SQL(compare_presence, "SELECT event, person, present, told_epoch, told_seq"
                      " FROM hub_presence");
SQL(compare_results, "SELECT attempt, site, person, course, title, package, event,"
                     " completion, success, score, done, at_wall, told_epoch, told_seq"
                     " FROM hub_result");
SQL(compare_certificates,
    "SELECT serial, site, person, holder, council_name, title, held_on, valid_until,"
    " token, state, superseded_by, why, first_at, changed_at FROM hub_certificate");
SQL(compare_clocks, "SELECT id, clock_off_ms, clock_epoch, clock_seq FROM hub_site");

static const struct {
	const char *name;
	const struct sql *sql;
	int columns;
} tables[HUB_TABLES] = {
	{ "hub_person", &compare_people, 17 },
	{ "hub_council", &compare_councils, 8 },
	{ "hub_area", &compare_areas, 11 },
	{ "hub_month", &compare_months, 5 },
	{ "hub_event", &compare_events, 11 },
	{ "hub_presence", &compare_presence, 5 },
	{ "hub_result", &compare_results, 14 },
	{ "hub_certificate", &compare_certificates, 14 },
	{ "hub_site", &compare_clocks, 4 },
};

/* A row's columns, each behind its length; nothing is another thing than empty. */
static void hash_row(struct query *q, struct arena *a, int columns, uint8_t out[SEAL_HASH])
{
	struct seal_sha256_state s;
	seal_sha256_begin(&s);
	for (int i = 0; i < columns; i++) {
		bool none = column_is_null(q, i);
		str text = none ? STR_NONE : column_text(q, a, i);
		uint64_t length = none ? UINT64_MAX : text.n;
		seal_sha256_add(&s, &length, sizeof length);
		seal_sha256_add(&s, text.n ? text.p : "", text.n);
	}
	seal_sha256_end(&s, out);
}

static fallible sum_table(struct db *db, size_t which, int64_t *rows_out,
                          struct record_sum *out)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)1 << 20);
	uint8_t hash[SEAL_HASH];
	memset(out, 0, sizeof *out);
	*rows_out = 0;
	QUERY(q, db, *tables[which].sql);
	while (query_next(&q)) {
		hash_row(&q, a, tables[which].columns, hash);
		record_sum_add(out, hash);
		++*rows_out;
		arena_reset(a);
	}
	return query_end(&q);
}

enum err hub_compare(struct db *before, struct db *now, struct hub_table out[HUB_TABLES])
{
	for (size_t i = 0; i < HUB_TABLES; i++) {
		struct record_sum was, is;
		out[i].name = str_of(tables[i].name);
		TRY(sum_table(before, i, &out[i].before, &was));
		TRY(sum_table(now, i, &out[i].now, &is));
		out[i].same = out[i].before == out[i].now &&
		              memcmp(was.bytes, is.bytes, sizeof was.bytes) == 0;
	}
	return ERR_OK;
}
