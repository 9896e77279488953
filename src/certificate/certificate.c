/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and writing the rows. */
#include "base/text.h"
#include "base/time.h"
#include "certificate/inside.h"
#include "sync/facts.h"
#include "sync/journal.h"

#define IN_EVENT 2000
#define OF_PERSON 200

/* ---- reading ---- */
#define SELECT                                                                          \
	"SELECT c.serial, c.person, c.event, c.course, c.attempt, c.issuer, c.surname," \
	" c.given, c.patronymic, c.council_name, c.course_title, c.revision, c.score,"  \
	" c.hours, c.event_title, c.place, c.held_on, c.valid_until, c.supersedes,"     \
	" c.language, c.token, c.number, c.made_at, e.successor, e.reason, e.on_date, " \
	"e.serial,"                                                                     \
	" (SELECT j.told_at FROM journal_epoch j WHERE j.epoch = c.epoch"               \
	"  AND j.through >= c.seq) FROM certificate c"                                  \
	" LEFT JOIN certificate_end e ON e.serial = c.serial"

static struct facts facts_row(struct query *q, struct arena *a)
{
	return (struct facts){
		.serial = column_text(q, a, 0),
		.issuer = column_text(q, a, 5),
		.surname = column_text(q, a, 6),
		.given = column_text(q, a, 7),
		.patronymic = column_text(q, a, 8),
		.council = column_text(q, a, 9),
		.course = column_text(q, a, 10),
		.revision = column_int(q, 11, 0),
		.score_percent = column_int(q, 12, JSON_ABSENT),
		.hours = column_int(q, 13, JSON_ABSENT),
		.event = column_text(q, a, 14),
		.place = column_text(q, a, 15),
		.held_on = column_text(q, a, 16),
		.valid_until = column_text(q, a, 17),
		.supersedes = column_text(q, a, 18),
	};
}

static struct certificate certificate_row(struct query *q, struct arena *a)
{
	struct certificate c = {
		.serial = column_text(q, a, 0),
		.person = column_text(q, a, 1),
		.event = column_text(q, a, 2),
		.course = column_text(q, a, 3),
		.attempt = column_text(q, a, 4),
		.facts = facts_row(q, a),
		.language = column_text(q, a, 19),
		.token = column_blob(q, a, 20),
		.number = column_int(q, 21, 0),
		.made_at = column_int(q, 22, 0),
		.superseded_by = column_text(q, a, 23),
		.reason = column_text(q, a, 24),
		.ended_on = column_text(q, a, 25),
		.registered_at = column_int(q, 27, JSON_ABSENT),
	};
	bool ended = !column_is_null(q, 26);
	c.state = !ended ? S("valid") : c.superseded_by.p ? S("superseded") : S("revoked");
	struct token token;
	if (token_read(a, (const uint8_t *)c.token.p, c.token.n, &token))
		c.facts.issuer_key = token.facts.issuer_key;
	return c;
}

SQL(certificate_select, SELECT " WHERE c.serial = :serial");

enum err certificate_get(struct db *db, struct arena *a, str serial,
                         struct certificate *out)
{
	QUERY(q, db, certificate_select);
	bind_text(&q, ":serial", serial);
	if (query_next(&q))
		*out = certificate_row(&q, a);
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "certificate %.*s", STR_ARG(serial));
	return query_end(&q);
}

SQL(certificate_newest,
    SELECT " WHERE c.attempt = :attempt ORDER BY c.number DESC LIMIT 1");

enum err certificate_of_attempt(struct db *db, struct arena *a, str attempt,
                                struct certificate *out)
{
	QUERY(q, db, certificate_newest);
	bind_text(&q, ":attempt", attempt);
	if (query_next(&q))
		*out = certificate_row(&q, a);
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "no certificate of attempt %.*s",
		            STR_ARG(attempt));
	return query_end(&q);
}

static fallible rows(struct query *q, struct arena *a, size_t most, struct json_list *out)
{
	struct certificate *list = arena_alloc(a, most * sizeof *list);
	size_t n = 0;
	while (n < most && query_next(q)) list[n++] = certificate_row(q, a);
	TRY(query_end(q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

SQL(certificate_in_event,
    SELECT " JOIN person p ON p.id = c.person LEFT JOIN council u ON u.id = p.council"
           " WHERE c.event = :event AND e.serial IS NULL"
           " ORDER BY u.folded, p.folded, c.number LIMIT 2000");

enum err certificate_all_in(struct db *db, struct arena *a, str event,
                            struct json_list *out)
{
	QUERY(q, db, certificate_in_event);
	bind_text(&q, ":event", event);
	return rows(&q, a, IN_EVENT, out);
}

SQL(certificate_of_person, SELECT " WHERE c.person = :person AND e.serial IS NULL"
                                  " ORDER BY c.number DESC LIMIT 200");

enum err certificate_all_of(struct db *db, struct arena *a, str person,
                            struct json_list *out)
{
	QUERY(q, db, certificate_of_person);
	bind_text(&q, ":person", person);
	return rows(&q, a, OF_PERSON, out);
}

/* ---- writing ---- */

SQL(certificate_numbers, "SELECT COALESCE(MAX(number), 0) + 1 FROM certificate");

static fallible next_number(struct tx *tx, int64_t *out)
{
	QUERY(q, tx_db(tx), certificate_numbers);
	int64_t number = query_next(&q) ? column_int(&q, 0, 1) : 1;
	TRY(query_end(&q));
	*out = number;
	return ERR_OK;
}

SQL(certificate_insert,
    "INSERT INTO certificate (serial, number, attempt, person, event, course, issuer,"
    " surname, given, patronymic, council_name, course_title, revision, score, hours,"
    " event_title, place, held_on, valid_until, supersedes, language, token, epoch, seq,"
    " made_at) VALUES (:serial, :number, :attempt, :person, :event, :course, :issuer,"
    " :surname, :given, :patronymic, :council, :title, :revision, :score, :hours,"
    " :event_title, :place, :held_on, :valid_until, :supersedes, :language, :token, :epoch,"
    " :seq, :now)");

static void bind_count(struct query *q, const char *name, int64_t value)
{
	if (value == JSON_ABSENT)
		bind_null(q, name);
	else
		bind_int(q, name, value);
}

static void bind_facts(struct query *q, const struct facts *f)
{
	bind_text(q, ":issuer", f->issuer);
	bind_text(q, ":surname", f->surname);
	bind_text(q, ":given", f->given);
	bind_text(q, ":patronymic", f->patronymic);
	bind_text(q, ":council", f->council);
	bind_text(q, ":title", f->course);
	bind_int(q, ":revision", f->revision);
	bind_count(q, ":score", f->score_percent);
	bind_count(q, ":hours", f->hours);
	bind_text(q, ":event_title", f->event);
	bind_text(q, ":place", f->place);
	bind_text(q, ":held_on", f->held_on);
	bind_text(q, ":valid_until", f->valid_until);
}

static fallible insert(struct tx *tx, const struct minting *m, const struct certificate *c)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(64 << 10);
	struct journal_epoch epoch = { 0 };
	if (journal_now(tx_db(tx), a, &epoch)) epoch = (struct journal_epoch){ 0 };
	QUERY(q, tx_db(tx), certificate_insert);
	bind_text(&q, ":serial", c->serial);
	bind_int(&q, ":number", c->number);
	bind_text(&q, ":attempt", m->attempt);
	bind_text(&q, ":person", m->person);
	bind_text(&q, ":event", m->event);
	bind_text(&q, ":course", m->course);
	bind_facts(&q, &m->facts);
	bind_text(&q, ":supersedes", m->supersedes);
	bind_text(&q, ":language", m->language);
	bind_blob(&q, ":token", c->token.p, c->token.n);
	bind_int(&q, ":epoch", epoch.epoch);
	bind_int(&q, ":seq", epoch.seq);
	bind_int(&q, ":now", c->made_at);
	return query_run(&q, NULL);
}

/* The fact for the hub: whole, for the token may be shortened. */
static fallible tell(struct tx *tx, struct arena *a, const struct minting *m,
                     const struct certificate *c, const struct token *token)
{
	const struct facts *f = &m->facts;
	struct fact_certificate fact = {
		.serial = c->serial,
		.person = m->person,
		.attempt = m->attempt,
		.holder = arena_printf(a, "%.*s %.*s%s%.*s", STR_ARG(f->surname),
		                       STR_ARG(f->given), f->patronymic.n ? " " : "",
		                       STR_ARG(f->patronymic)),
		.council_name = f->council,
		.title = f->course,
		.held_on = f->held_on,
		.valid_until = f->valid_until,
		.token = token_text(a, token),
	};
	return journal_add(tx, S("certificate.issued"), m->person, &fact_certificate_shape,
	                   &fact);
}

SQL(certificate_number_of, "SELECT number FROM certificate WHERE serial = :serial");

static fallible number_of(struct tx *tx, str serial, int64_t *out)
{
	QUERY(q, tx_db(tx), certificate_number_of);
	bind_text(&q, ":serial", serial);
	*out = serial.p && query_next(&q) ? column_int(&q, 0, 0) : 0;
	return query_end(&q);
}

enum err certificate_mint(struct tx *tx, struct arena *a, const struct minting *m,
                          struct certificate *out)
{
	struct authority authority;
	struct token *token = arena_new(a, struct token);
	struct token_new new = { .facts = m->facts };
	TRY(authority_get(tx_db(tx), a, m->site, &authority));
	TRY(next_number(tx, &new.number));
	TRY(number_of(tx, m->supersedes, &new.supersedes));
	new.own_key = !authority.hub.n;
	new.hub = authority.hub;
	TRY(token_make(a, m->site, &new, token));
	struct certificate c = {
		.serial = token->facts.serial,
		.token = { (const char *)token->bytes, token->n },
		.number = new.number,
		.made_at = time_now(),
	};
	TRY(tell(tx, a, m, &c, token));
	TRY(insert(tx, m, &c));
	return certificate_get(tx_db(tx), a, c.serial, out);
}

/* ---- ending ---- */
SQL(certificate_end_insert,
    "INSERT INTO certificate_end (serial, successor, reason, on_date, made_at)"
    " VALUES (:serial, :by, :reason, :on_date, :now)"
    " ON CONFLICT (serial) DO UPDATE SET successor = excluded.successor, reason = "
    "excluded.reason,"
    " on_date = excluded.on_date, made_at = excluded.made_at");

static fallible end(struct tx *tx, str serial, str by, str reason)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(64 << 10);
	str today = date_today(a);
	struct fact_certificate fact = { .serial = serial, .by = by, .why = reason };
	QUERY(q, tx_db(tx), certificate_end_insert);
	bind_text(&q, ":serial", serial);
	bind_text(&q, ":by", by);
	bind_text(&q, ":reason", reason);
	bind_text(&q, ":on_date", today);
	bind_int(&q, ":now", time_now());
	TRY(query_run(&q, NULL));
	str kind = by.p ? S("certificate.superseded") : S("certificate.revoked");
	return journal_add(tx, kind, STR_NONE, &fact_certificate_shape, &fact);
}

enum err certificate_supersede(struct tx *tx, str serial, str by)
{
	return end(tx, serial, by, STR_NONE);
}

enum err certificate_revoke(struct tx *tx, struct arena *a, str serial, str reason)
{
	struct certificate c;
	if (!revocation_reason_is(reason))
		return FAIL_WHY(
			ERR_INVALID, "bad-reason",
			"the reason is none of mistake, not-earned, request, other");
	TRY(certificate_get(tx_db(tx), a, serial, &c));
	if (str_is(c.state, S("revoked"))) return ERR_OK;
	return end(tx, c.serial, STR_NONE, reason);
}
