/* SPDX-License-Identifier: Apache-2.0 */
/* Joining: from a typed name to a person with a session, in one write.
 *
 * Nobody has a password here, so a name is all that a phone can show. Whoever has something
 * to lose is guarded: a person who is in this event already, or who has begun a course on
 * any day of this site, is not handed to another phone by their name alone. That phone gets
 * a claim, and the trainer, who sees the face, says yes or no. The phone that was that
 * person before (its cookie says so) walks straight in, so people who come back on the
 * second day wait for nobody. A person known by name only (typed on an earlier day, nothing
 * begun) has nothing to show or to spoil, and is used again rather than doubled. */
#include "base/text.h"
#include "base/time.h"
#include "people/inside.h"

#include <stdio.h>

#define NAME 100 /* longest, in code points */

/* What was typed, in order. */
struct newcomer {
	str surname, given, patronymic; /* patronymic may be STR_NONE */
	str folded, council;
	uint8_t cookie[SEAL_HASH];
};

SQL(council_is_there, "SELECT id FROM council WHERE id = :id");

static fallible pick_council(struct tx *tx, struct arena *a, const struct joining *j,
                             str *out)
{
	if (!j->council.p) {
		struct id id;
		TRY(council_find_or_add(tx, a, j->council_name, &id));
		*out = arena_copy(a, id_str(&id));
		return ERR_OK;
	}
	QUERY(q, tx_db(tx), council_is_there);
	bind_text(&q, ":id", j->council);
	if (query_next(&q))
		*out = column_text(&q, a, 0);
	else if (!q.err)
		return FAIL_WHY(ERR_INVALID, "bad-council", "council %.*s is not here",
		                STR_ARG(j->council));
	return query_end(&q);
}

static fallible read_newcomer(struct tx *tx, struct arena *a, const struct joining *j,
                              struct newcomer *out)
{
	struct newcomer who = { 0 };
	if (!cookie_hash(str_of(j->cookie), who.cookie))
		return FAIL(ERR_INVALID, "not a cookie");
	if (!language_is_known(j->language))
		return FAIL(ERR_INVALID, "a language of %zu bytes", j->language.n);
	TRY(name_clean(a, j->surname, NAME, &who.surname));
	TRY(name_clean(a, j->given, NAME, &who.given));
	if (str_trim(j->patronymic).n)
		TRY(name_clean(a, j->patronymic, NAME, &who.patronymic));
	if (!text_fold(a, who.surname).n || !text_fold(a, who.given).n)
		return FAIL_WHY(ERR_INVALID, "bad-name", "a name without a letter");
	who.folded =
		text_fold(a, arena_printf(a, "%.*s %.*s %.*s", STR_ARG(who.surname),
	                                  STR_ARG(who.given), STR_ARG(who.patronymic)));
	TRY(pick_council(tx, a, j, &who.council));
	*out = who;
	return ERR_OK;
}

SQL(event_is_open, "SELECT 1 FROM event WHERE id = :event AND open = 1");

static fallible check_event(struct tx *tx, str event)
{
	QUERY(q, tx_db(tx), event_is_open);
	bind_text(&q, ":event", event);
	bool open = query_next(&q);
	TRY(query_end(&q));
	if (!open)
		return FAIL_WHY(ERR_NOT_FOUND, "wrong-code", "event %.*s is not open",
		                STR_ARG(event));
	return ERR_OK;
}

SQL(same_phone, "SELECT s.person FROM session s JOIN person p ON p.id = s.person"
                " WHERE s.cookie_hash = :cookie AND s.ends_at > :now AND p.trainer = 0"
                " AND p.council = :council AND p.folded = :folded");
/* Those of this event come first. A namesake for whom this phone was refused is passed
 * over: with two of one name in the hall, the second one's new phone finds the second. */
SQL(namesake, "SELECT p.id,"
              " CASE WHEN r.person IS NOT NULL"
              "  OR EXISTS (SELECT 1 FROM attempt WHERE person = p.id)"
              "  THEN 1 ELSE 0 END"
              " FROM person p"
              " LEFT JOIN presence r ON r.event = :event AND r.person = p.id"
              " WHERE p.council = :council AND p.folded = :folded AND p.trainer = 0"
              " AND NOT EXISTS (SELECT 1 FROM claim WHERE cookie_hash = :cookie"
              "  AND person = p.id AND state = 'refused')"
              " ORDER BY CASE WHEN r.person IS NULL THEN 1 ELSE 0 END, p.made_at, p.id"
              " LIMIT 1");

/* The person this is, STR_NONE for somebody new; whether the trainer has to say so. */
static fallible find_person(struct tx *tx, struct arena *a, str event,
                            const struct newcomer *who, str *out, bool *guarded_out)
{
	*out = STR_NONE;
	*guarded_out = false;
	QUERY(mine, tx_db(tx), same_phone);
	bind_blob(&mine, ":cookie", who->cookie, sizeof who->cookie);
	bind_int(&mine, ":now", time_now());
	bind_text(&mine, ":council", who->council);
	bind_text(&mine, ":folded", who->folded);
	if (query_next(&mine)) *out = column_text(&mine, a, 0);
	TRY(query_end(&mine));
	if (out->p) return ERR_OK;

	QUERY(other, tx_db(tx), namesake);
	bind_text(&other, ":event", event);
	bind_text(&other, ":council", who->council);
	bind_text(&other, ":folded", who->folded);
	bind_blob(&other, ":cookie", who->cookie, sizeof who->cookie);
	if (query_next(&other)) {
		*out = column_text(&other, a, 0);
		*guarded_out = column_int(&other, 1, 0) != 0;
	}
	return query_end(&other);
}

SQL(person_insert, "INSERT INTO person (id, surname, given, patronymic, council, folded,"
                   " language, made_at) VALUES (:id, :surname, :given, :patronymic,"
                   " :council, :folded, :language, :now)");

static fallible add_person(struct tx *tx, const struct newcomer *who, str language,
                           const struct id *id)
{
	QUERY(q, tx_db(tx), person_insert);
	bind_text(&q, ":id", id_str(id));
	bind_text(&q, ":surname", who->surname);
	bind_text(&q, ":given", who->given);
	bind_text(&q, ":patronymic", who->patronymic);
	bind_text(&q, ":council", who->council);
	bind_text(&q, ":folded", who->folded);
	bind_text(&q, ":language", language);
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

/* In: there, and signed in. */
static fallible enter(struct tx *tx, struct joining *j, const struct newcomer *who)
{
	TRY(presence_enter(tx, j->event, id_str(&j->person)));
	TRY(claim_drop(tx, who->cookie));
	return session_put(tx, who->cookie, id_str(&j->person), j->event, false,
	                   &j->session);
}

enum err people_join(struct tx *tx, struct arena *a, struct joining *j)
{
	struct newcomer who;
	TRY(check_event(tx, j->event));
	TRY(read_newcomer(tx, a, j, &who));

	str person;
	bool guarded;
	TRY(find_person(tx, a, j->event, &who, &person, &guarded));
	j->claimed = guarded;
	if (guarded)
		return claim_make(tx, a, who.cookie, j->event, person, &j->claim,
		                  j->claim_code);
	if (person.p) {
		snprintf(j->person.text, sizeof j->person.text, "%s", person.p);
		TRY(person_set_language(tx, person, j->language));
	} else {
		j->person = id_new("per");
		TRY(add_person(tx, &who, j->language, &j->person));
		TRY(tell_person(tx, a, S("person.added"), id_str(&j->person)));
	}
	return enter(tx, j, &who);
}
