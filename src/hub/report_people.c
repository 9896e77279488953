/* SPDX-License-Identifier: Apache-2.0 */
/* People, as far as a scope reaches. A person lies where their site lies. */
#include "base/text.h"
#include "hub/inside.h"
#include "hub/report.h"

#define OF_PERSON 500 /* results, certificates, ids of one person */

static const struct json_field person_fields[] = {
	JSON_TEXT(struct report_person, id, true, 36, 36),
	JSON_TEXT(struct report_person, surname, true, 0, LONG),
	JSON_TEXT(struct report_person, given, true, 0, LONG),
	JSON_TEXT(struct report_person, patronymic, false, 0, LONG),
	JSON_TEXT(struct report_person, council_name, false, 0, LONG),
	JSON_TEXT(struct report_person, scope, true, 2, 64),
	JSON_TEXT(struct report_person, site, true, 36, 36),
	JSON_TEXT(struct report_person, site_name, true, 0, LONG),
	COUNT(struct report_person, completions, true),
	COUNT(struct report_person, certificates, true),
	JSON_TEXT(struct report_person, merged_into, false, 36, 36),
	COUNT(struct report_person, first_at, true),
	COUNT(struct report_person, erased_at, false),
};
const struct shape report_person_shape =
	SHAPE("ReportPerson", struct report_person, person_fields);

#define PERSON_COLUMNS(p, s, c)                                                            \
	p ".id, " p ".surname, " p ".given, " p ".patronymic, " c ".name, " s ".scope, " s \
	  ".id, " s ".name, " p ".completions, " p ".certificates, " p ".merged_into, " p  \
	  ".first_at, " p ".erased_at"
#define PERSON_N 13
#define SELECT_PERSON                                                         \
	"SELECT " PERSON_COLUMNS("p", "s",                                    \
	                         "c") " FROM hub_person p"                    \
				      " JOIN hub_site s ON s.number = p.site" \
				      " LEFT JOIN hub_council c ON c.number = p.council"

static struct report_person person_row(struct query *q, struct arena *a, int from)
{
	return (struct report_person){
		.id = column_text(q, a, from),
		.surname = column_text(q, a, from + 1),
		.given = column_text(q, a, from + 2),
		.patronymic = column_text(q, a, from + 3),
		.council_name = column_text(q, a, from + 4),
		.scope = column_text(q, a, from + 5),
		.site = column_text(q, a, from + 6),
		.site_name = column_text(q, a, from + 7),
		.completions = column_int(q, from + 8, 0),
		.certificates = column_int(q, from + 9, 0),
		.merged_into = column_text(q, a, from + 10),
		.first_at = column_int(q, from + 11, 0),
		.erased_at = column_int(q, from + 12, JSON_ABSENT),
	};
}

static fallible people_rows(struct query *q, struct arena *a, size_t most,
                            struct json_list *out)
{
	struct report_person *list = arena_alloc(a, most * sizeof *list);
	size_t n = 0;
	while (n < most && query_next(q)) list[n++] = person_row(q, a, 0);
	*out = (struct json_list){ list, n };
	return query_end(q);
}

/* ---- searching ---- */

SQL(report_people_list,
    SELECT_PERSON " WHERE p.folded >= :from AND p.folded < :to AND p.folded <> ''"
                  " AND p.merged_into IS NULL AND " IN_SCOPE(
			  "s.scope") " ORDER BY p.folded, p.id LIMIT :most");

enum err report_people(struct db *db, struct arena *a, str scope, str find, size_t most,
                       struct json_list *out)
{
	str from = text_fold(a, find);
	QUERY(q, db, report_people_list);
	bind_text(&q, ":from", from);
	/* U+10FFFF sorts behind every letter. */
	bind_text(&q, ":to", arena_printf(a, "%.*s\xF4\x8F\xBF\xBF", STR_ARG(from)));
	bind_text(&q, ":scope", scope);
	bind_int(&q, ":most", (int64_t)most);
	return people_rows(&q, a, most, out);
}

/* ---- one person ---- */

struct report_result {
	str title, completion, success, held_on, event;
	double score;
	int64_t at;
};
static const struct json_field result_fields[] = {
	JSON_TEXT(struct report_result, title, true, 0, LONG),
	JSON_TEXT(struct report_result, completion, true, 0, 40),
	JSON_TEXT(struct report_result, success, true, 0, 40),
	JSON_TEXT(struct report_result, held_on, false, 0, 10),
	JSON_TEXT(struct report_result, event, false, 0, LONG),
	JSON_REAL(struct report_result, score, false),
	COUNT(struct report_result, at, true),
};
static const struct shape result_shape =
	SHAPE("ReportResult", struct report_result, result_fields);

static const struct json_field detail_fields[] = {
	JSON_OBJECT(struct report_person_detail, person, true, report_person_shape),
	JSON_LIST(struct report_person_detail, results, true, OF_PERSON, result_shape),
	JSON_LIST(struct report_person_detail, certificates, true, OF_PERSON,
	          report_certificate_shape),
	JSON_LIST(struct report_person_detail, merged, true, OF_PERSON,
	          report_person_shape),
	JSON_BOOL(struct report_person_detail, has_iin, true),
};
const struct shape report_person_detail_shape =
	SHAPE("ReportPersonDetail", struct report_person_detail, detail_fields);

SQL(report_person_one, SELECT_PERSON " WHERE p.id = :id AND " IN_SCOPE("s.scope"));
SQL(report_person_merged, SELECT_PERSON
    " WHERE p.merged_into = :id AND " IN_SCOPE("s.scope") " ORDER BY p.id LIMIT 500");
SQL(report_person_results,
    "SELECT r.title, r.completion, r.success, e.held_on, e.title, r.score, r.at_wall"
    " FROM hub_result r LEFT JOIN hub_event e ON e.id = r.event"
    " WHERE r.person = :id ORDER BY r.at_wall DESC LIMIT 500");

static fallible person_results(struct db *db, struct arena *a, str id,
                               struct json_list *out)
{
	struct report_result *list = arena_alloc(a, OF_PERSON * sizeof *list);
	size_t n = 0;
	QUERY(q, db, report_person_results);
	bind_text(&q, ":id", id);
	while (n < OF_PERSON && query_next(&q))
		list[n++] = (struct report_result){
			.title = column_text(&q, a, 0),
			.completion = column_text(&q, a, 1),
			.success = column_text(&q, a, 2),
			.held_on = column_text(&q, a, 3),
			.event = column_text(&q, a, 4),
			.score = column_real(&q, 5),
			.at = column_int(&q, 6, 0),
		};
	*out = (struct json_list){ list, n };
	return query_end(&q);
}

static fallible person_one(struct db *db, struct arena *a, str scope, str id,
                           const struct report_person **out)
{
	struct report_person *p = arena_new(a, struct report_person);
	QUERY(q, db, report_person_one);
	bind_text(&q, ":id", id);
	bind_text(&q, ":scope", scope);
	if (query_next(&q))
		*p = person_row(&q, a, 0);
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "no such person in %.*s", STR_ARG(scope));
	*out = p;
	return query_end(&q);
}

static fallible person_ids(struct db *db, struct arena *a, str scope, str id,
                           struct json_list *out)
{
	QUERY(q, db, report_person_merged);
	bind_text(&q, ":id", id);
	bind_text(&q, ":scope", scope);
	return people_rows(&q, a, OF_PERSON, out);
}

SQL(report_person_more, "SELECT sealed_iin IS NOT NULL, language FROM hub_person"
                        " WHERE id = :id");

static fallible person_more(struct db *db, struct arena *a, str id, bool *has_iin_out,
                            str *language_out)
{
	QUERY(q, db, report_person_more);
	bind_text(&q, ":id", id);
	*has_iin_out = query_next(&q) && column_int(&q, 0, 0) != 0;
	*language_out = q.err ? STR_NONE : column_text(&q, a, 1);
	return query_end(&q);
}

enum err report_person(struct db *db, struct arena *a, str scope, str id,
                       struct report_person_detail *out)
{
	str language;
	TRY(person_one(db, a, scope, id, &out->person));
	TRY(person_more(db, a, id, &out->has_iin, &language));
	TRY(person_results(db, a, id, &out->results));
	TRY(report_certificates_of(db, a, scope, id, &out->certificates));
	return person_ids(db, a, scope, id, &out->merged);
}

/* ---- export ---- */

struct report_record {
	str kind, body; /* body: JSON; STR_NONE once erased */
	int64_t at, received_at;
};
static const struct json_field record_fields[] = {
	JSON_TEXT(struct report_record, kind, true, 1, 64),
	COUNT(struct report_record, at, true),
	COUNT(struct report_record, received_at, true),
	JSON_RAW(struct report_record, body, false, 1 << 20),
};
static const struct shape record_shape =
	SHAPE("ReportRecord", struct report_record, record_fields);
struct report_day {
	str title, place, held_on;
	bool present;
};
static const struct json_field day_fields[] = {
	JSON_TEXT(struct report_day, title, true, 0, LONG),
	JSON_TEXT(struct report_day, place, true, 0, LONG),
	JSON_TEXT(struct report_day, held_on, true, 0, 10),
	JSON_BOOL(struct report_day, present, true),
};
static const struct shape day_shape = SHAPE("ReportDay", struct report_day, day_fields);
static const struct json_field export_fields[] = {
	JSON_OBJECT(struct report_export, known, true, report_person_detail_shape),
	JSON_TEXT(struct report_export, language, false, 0, 40),
	JSON_LIST(struct report_export, presence, true, OF_PERSON, day_shape),
	JSON_LIST(struct report_export, audit, true, OF_PERSON, report_audit_shape),
	JSON_LIST(struct report_export, records, true, 5000, record_shape),
};
const struct shape report_export_shape =
	SHAPE("ReportExport", struct report_export, export_fields);

SQL(report_person_records, "SELECT kind, body, at_wall, received_at FROM hub_record"
                           " WHERE subject = :id ORDER BY received_at LIMIT 5000");

static fallible person_records(struct db *db, struct arena *a, str id,
                               struct json_list *out)
{
	struct report_record *list = arena_alloc(a, 5000 * sizeof *list);
	size_t n = 0;
	QUERY(q, db, report_person_records);
	bind_text(&q, ":id", id);
	while (n < 5000 && query_next(&q))
		list[n++] = (struct report_record){
			.kind = column_text(&q, a, 0),
			.body = column_text(&q, a, 1),
			.at = column_int(&q, 2, 0),
			.received_at = column_int(&q, 3, 0),
		};
	*out = (struct json_list){ list, n };
	return query_end(&q);
}

/* The days of the person's own site: few, so that no index by person is needed. */
SQL(report_person_days,
    "SELECT e.title, e.place, e.held_on, pr.present FROM hub_person p"
    " JOIN hub_event e ON e.site = p.site"
    " JOIN hub_presence pr ON pr.event = e.id AND pr.person = p.id WHERE p.id = :id"
    " ORDER BY e.held_on DESC, e.id LIMIT 500");

static fallible person_days(struct db *db, struct arena *a, str id, struct json_list *out)
{
	struct report_day *list = arena_alloc(a, OF_PERSON * sizeof *list);
	size_t n = 0;
	QUERY(q, db, report_person_days);
	bind_text(&q, ":id", id);
	while (n < OF_PERSON && query_next(&q))
		list[n++] =
			(struct report_day){ column_text(&q, a, 0), column_text(&q, a, 1),
			                     column_text(&q, a, 2),
			                     column_int(&q, 3, 0) != 0 };
	*out = (struct json_list){ list, n };
	return query_end(&q);
}

SQL(report_person_audit,
    "SELECT a.id, a.at, a.who, c.name, a.what, a.about, a.detail FROM hub_audit a"
    " LEFT JOIN coordinator c ON c.id = a.who WHERE a.about = :id"
    " ORDER BY a.id DESC LIMIT 500");

enum err report_export(struct db *db, struct arena *a, str scope, str id,
                       struct report_export *out)
{
	struct report_person_detail *known = arena_new(a, struct report_person_detail);
	bool has_iin;
	TRY(report_person(db, a, scope, id, known));
	TRY(person_more(db, a, id, &has_iin, &out->language));
	TRY(person_days(db, a, id, &out->presence));
	TRY(person_records(db, a, id, &out->records));
	out->known = known;
	QUERY(q, db, report_person_audit);
	bind_text(&q, ":id", id);
	return report_audit_rows(&q, a, OF_PERSON, &out->audit);
}

/* ---- duplicates ---- */

static const struct json_field pair_fields[] = {
	JSON_OBJECT(struct report_pair, one, true, report_person_shape),
	JSON_OBJECT(struct report_pair, other, true, report_person_shape),
	JSON_BOOL(struct report_pair, same_council, true),
};
const struct shape report_pair_shape = SHAPE("ReportPair", struct report_pair, pair_fields);

SQL(report_pairs,
    "SELECT " PERSON_COLUMNS("p", "s", "c") ", " PERSON_COLUMNS(
	    "o", "t",
	    "d") ", p.council = o.council FROM hub_person p"
                 " JOIN hub_person o ON o.folded = p.folded AND o.id > p.id"
                 " JOIN hub_site s ON s.number = p.site JOIN hub_site t ON t.number = "
                 "o.site"
                 " LEFT JOIN hub_council c ON c.number = p.council"
                 " LEFT JOIN hub_council d ON d.number = o.council"
                 " WHERE p.folded > '' AND p.merged_into IS NULL AND o.merged_into IS NULL"
                 " AND p.erased_at IS NULL AND o.erased_at IS NULL AND t.scope = s.scope"
                 " AND " IN_SCOPE("s.scope") " ORDER BY p.folded, p.id LIMIT 50");

enum err report_duplicates(struct db *db, struct arena *a, str scope, struct json_list *out)
{
	struct report_pair *list = arena_alloc(a, 50 * sizeof *list);
	size_t n = 0;
	QUERY(q, db, report_pairs);
	bind_text(&q, ":scope", scope);
	while (n < 50 && query_next(&q)) {
		struct report_person *two = arena_alloc(a, 2 * sizeof *two);
		two[0] = person_row(&q, a, 0);
		two[1] = person_row(&q, a, PERSON_N);
		list[n++] = (struct report_pair){ &two[0], &two[1],
			                          column_int(&q, 2 * PERSON_N, 0) != 0 };
	}
	*out = (struct json_list){ list, n };
	return query_end(&q);
}
