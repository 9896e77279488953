/* SPDX-License-Identifier: Apache-2.0 */
/* The registry of certificates, as far as a scope reaches. A certificate lies where its
 * site lies. */
#include "base/text.h"
#include "hub/inside.h"
#include "hub/report.h"

#define OF_PERSON 500

static const struct json_field certificate_fields[] = {
	JSON_TEXT(struct report_certificate, serial, true, 1, 100),
	JSON_TEXT(struct report_certificate, person, true, 0, 36),
	JSON_TEXT(struct report_certificate, holder, true, 0, LONG),
	JSON_TEXT(struct report_certificate, council_name, true, 0, LONG),
	JSON_TEXT(struct report_certificate, title, true, 0, LONG),
	JSON_TEXT(struct report_certificate, held_on, true, 0, 10),
	JSON_TEXT(struct report_certificate, valid_until, false, 0, 10),
	JSON_TEXT(struct report_certificate, state, true, 1, 20),
	JSON_TEXT(struct report_certificate, superseded_by, false, 0, 100),
	JSON_TEXT(struct report_certificate, why, false, 0, LONG),
	JSON_TEXT(struct report_certificate, scope, true, 2, 64),
	JSON_TEXT(struct report_certificate, site_name, true, 0, LONG),
	COUNT(struct report_certificate, first_at, true),
};
const struct shape report_certificate_shape =
	SHAPE("ReportCertificate", struct report_certificate, certificate_fields);

static const struct json_field order_fields[] = {
	JSON_TEXT(struct report_order, what, true, 1, 20),
	COUNT(struct report_order, at, true),
	JSON_BOOL(struct report_order, called, true),
};
const struct shape report_order_shape =
	SHAPE("ReportOrder", struct report_order, order_fields);

#define SELECT_CERTIFICATE                                                              \
	"SELECT k.serial, k.person, k.holder, k.council_name, k.title, k.held_on,"      \
	" k.valid_until, k.state, k.superseded_by, k.why, s.scope, s.name, k.first_at"  \
	" FROM hub_certificate k JOIN hub_site s ON s.number = k.site WHERE " IN_SCOPE( \
		"s.scope")

static struct report_certificate certificate_row(struct query *q, struct arena *a)
{
	return (struct report_certificate){
		.serial = column_text(q, a, 0),
		.person = column_text(q, a, 1),
		.holder = column_text(q, a, 2),
		.council_name = column_text(q, a, 3),
		.title = column_text(q, a, 4),
		.held_on = column_text(q, a, 5),
		.valid_until = column_text(q, a, 6),
		.state = column_text(q, a, 7),
		.superseded_by = column_text(q, a, 8),
		.why = column_text(q, a, 9),
		.scope = column_text(q, a, 10),
		.site_name = column_text(q, a, 11),
		.first_at = column_int(q, 12, 0),
	};
}

static fallible certificate_rows(struct query *q, struct arena *a, size_t most,
                                 struct json_list *out)
{
	struct report_certificate *list = arena_alloc(a, most * sizeof *list);
	size_t n = 0;
	while (n < most && query_next(q)) list[n++] = certificate_row(q, a);
	*out = (struct json_list){ list, n };
	return query_end(q);
}

/* ---- searching ---- */

SQL(report_certificate_new, SELECT_CERTIFICATE
    " AND (:state = '' OR k.state = :state) ORDER BY k.first_at DESC LIMIT :most");
SQL(report_certificate_find, SELECT_CERTIFICATE
    " AND k.serial >= :from AND k.serial < :to AND (:state = '' OR k.state = :state)"
    " ORDER BY k.serial LIMIT :most");
/* By the name that its holder goes by now: a name at once leads to what was issued by an
 * earlier one. */
SQL(report_certificate_named,
    "SELECT k.serial, k.person, k.holder, k.council_name, k.title, k.held_on,"
    " k.valid_until, k.state, k.superseded_by, k.why, s.scope, s.name, k.first_at"
    " FROM hub_person p JOIN hub_certificate k ON k.person = p.id"
    " JOIN hub_site s ON s.number = k.site"
    " WHERE p.folded >= :from AND p.folded < :to AND p.folded <> '' AND " IN_SCOPE(
	    "s.scope") " AND (:state = '' OR k.state = :state)"
                       " ORDER BY p.folded, k.serial LIMIT :most");
SQL(report_certificate_of, SELECT_CERTIFICATE " AND k.person = :person"
                                              " ORDER BY k.first_at DESC LIMIT 500");

/* Numbers have a digit in them (the certificate's own), names do not. */
static bool looks_like_a_number(str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] >= '0' && text.p[i] <= '9') return true;
	return false;
}

static str upper(struct arena *a, str text)
{
	char *p = arena_alloc(a, text.n + 1);
	for (size_t i = 0; i < text.n; i++)
		p[i] = (char)(text.p[i] >= 'a' && text.p[i] <= 'z' ? text.p[i] - 32
		                                                   : text.p[i]);
	return (str){ p, text.n };
}

static fallible find_from(struct query *q, struct arena *a, str scope, str from, str state,
                          size_t most, struct json_list *out)
{
	bind_text(q, ":scope", scope);
	if (from.p) {
		bind_text(q, ":from", from);
		/* U+10FFFF sorts behind every letter. */
		bind_text(q, ":to", arena_printf(a, "%.*s\xF4\x8F\xBF\xBF", STR_ARG(from)));
	}
	bind_text(q, ":state", state);
	bind_int(q, ":most", (int64_t)most);
	return certificate_rows(q, a, most, out);
}

enum err report_certificates(struct db *db, struct arena *a, str scope, str find, str state,
                             size_t most, struct json_list *out)
{
	if (!find.n) {
		QUERY(q, db, report_certificate_new);
		return find_from(&q, a, scope, STR_NONE, state, most, out);
	}
	if (looks_like_a_number(find)) {
		QUERY(q, db, report_certificate_find);
		return find_from(&q, a, scope, upper(a, find), state, most, out);
	}
	QUERY(q, db, report_certificate_named);
	return find_from(&q, a, scope, text_fold(a, find), state, most, out);
}

enum err report_certificates_of(struct db *db, struct arena *a, str scope, str person,
                                struct json_list *out)
{
	QUERY(q, db, report_certificate_of);
	bind_text(&q, ":scope", scope);
	bind_text(&q, ":person", person);
	return certificate_rows(&q, a, OF_PERSON, out);
}

/* ---- one ---- */

SQL(report_certificate_one, SELECT_CERTIFICATE " AND k.serial = :serial");
SQL(report_certificate_more,
    "SELECT k.token, k.changed_at, s.id, (SELECT o.serial FROM hub_certificate o"
    " WHERE o.person = k.person AND o.superseded_by = k.serial)"
    " FROM hub_certificate k JOIN hub_site s ON s.number = k.site"
    " WHERE k.serial = :serial");

static fallible more_of(struct db *db, struct arena *a, str serial,
                        struct report_certificate_detail *out)
{
	str site = STR_NONE;
	QUERY(q, db, report_certificate_more);
	bind_text(&q, ":serial", serial);
	if (query_next(&q)) {
		out->token = column_text(&q, a, 0);
		out->changed_at = column_int(&q, 1, 0);
		site = column_text(&q, a, 2);
		out->supersedes = column_text(&q, a, 3);
	}
	TRY(query_end(&q));
	struct hub_site *s = arena_new(a, struct hub_site);
	TRY(hub_site_get(db, a, site, s));
	out->site = s;
	return ERR_OK;
}

/* What coordinators did with it, and the names that they ordered for its holder. */
SQL(report_certificate_audit,
    "SELECT a.id, a.at, a.who, c.name, a.what, a.about, a.detail FROM hub_audit a"
    " LEFT JOIN coordinator c ON c.id = a.who"
    " WHERE a.about = :serial AND a.what <> 'certificate.verified'"
    " OR a.about = :person AND a.what IN ('person.corrected', 'person.erased')"
    " ORDER BY a.id LIMIT 200");

/* Orders that lie ready for the site, and whether it has called since. */
SQL(report_certificate_orders,
    "SELECT i.name, i.made_at, COALESCE(s.heard_at, 0) > i.made_at FROM hub_item i"
    " JOIN hub_certificate k ON k.serial = :serial JOIN hub_site s ON s.number = k.site"
    " WHERE i.name IN ('certificate/' || :serial, 'person/' || :person)"
    " ORDER BY i.made_at LIMIT 2");

static fallible orders_of(struct db *db, struct arena *a, str serial, str person,
                          struct json_list *out)
{
	struct report_order *list = arena_alloc(a, 2 * sizeof *list);
	size_t n = 0;
	QUERY(q, db, report_certificate_orders);
	bind_text(&q, ":serial", serial);
	bind_text(&q, ":person", person);
	while (n < 2 && query_next(&q)) {
		bool revokes = str_starts(column_text(&q, a, 0), S("certificate/"));
		list[n++] = (struct report_order){ revokes ? S("revoke") : S("correct"),
			                           column_int(&q, 1, 0),
			                           column_int(&q, 2, 0) != 0 };
	}
	*out = (struct json_list){ list, n };
	return query_end(&q);
}

enum err report_certificate(struct db *db, struct arena *a, str scope, str serial,
                            struct report_certificate_detail *out)
{
	struct report_certificate *c = arena_new(a, struct report_certificate);
	{
		QUERY(q, db, report_certificate_one);
		bind_text(&q, ":scope", scope);
		bind_text(&q, ":serial", serial);
		bool found = query_next(&q);
		if (found) *c = certificate_row(&q, a);
		TRY(query_end(&q));
		if (!found)
			return FAIL_WHY(ERR_NOT_FOUND, "no-certificate",
			                "no certificate of that number in %.*s",
			                STR_ARG(scope));
	}
	out->certificate = c;
	TRY(more_of(db, a, serial, out));
	TRY(orders_of(db, a, serial, c->person, &out->orders));
	QUERY(q, db, report_certificate_audit);
	bind_text(&q, ":serial", serial);
	bind_text(&q, ":person", c->person);
	return report_audit_rows(&q, a, 200, &out->audit);
}

SQL(report_certificate_ending, "SELECT state, superseded_by, why, changed_at"
                               " FROM hub_certificate WHERE serial = :serial");

enum err report_ending(struct db *db, struct arena *a, str serial,
                       struct report_ending *out)
{
	*out = (struct report_ending){ .state = STR_NONE };
	QUERY(q, db, report_certificate_ending);
	bind_text(&q, ":serial", serial);
	if (query_next(&q))
		*out = (struct report_ending){ column_text(&q, a, 0), column_text(&q, a, 1),
			                       column_text(&q, a, 2),
			                       column_int(&q, 3, 0) };
	return query_end(&q);
}
