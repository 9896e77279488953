/* SPDX-License-Identifier: Apache-2.0 */
/* What the journal is told of people. */
#include "sync/facts.h"
#include "base/time.h"
#include "people/inside.h"
#include "sync/journal.h"

enum err tell_person(struct tx *tx, struct arena *a, str kind, str id)
{
	struct person p;
	str sealed;
	int64_t sealed_at;
	TRY(person_get(tx_db(tx), a, id, &p));
	TRY(iin_of(tx_db(tx), a, id, &sealed, &sealed_at));
	struct fact_person fact = {
		.person = p.id,
		.surname = p.surname,
		.given = p.given,
		.patronymic = p.patronymic,
		.council = p.council,
		.council_name = p.council_name,
		.language = p.language,
		.sealed_iin = sealed,
	};
	return journal_add(tx, kind, p.id, &fact_person_shape, &fact);
}

SQL(presence_first, "INSERT INTO presence (event, person, present, joined_at, seen_at)"
                    " VALUES (:event, :person, 1, :now, :now)"
                    " ON CONFLICT (event, person) DO NOTHING");
SQL(presence_again, "UPDATE presence SET seen_at = :now"
                    " WHERE event = :event AND person = :person");

/* Whom the trainer marked absent stays so. */
enum err presence_enter(struct tx *tx, str event, str person)
{
	int64_t now = time_now(), added;
	QUERY(first, tx_db(tx), presence_first);
	bind_text(&first, ":event", event);
	bind_text(&first, ":person", person);
	bind_int(&first, ":now", now);
	TRY(query_run(&first, &added));
	if (added) {
		struct fact_presence fact = { event, person, true };
		return journal_add(tx, S("presence"), STR_NONE, &fact_presence_shape,
		                   &fact);
	}
	QUERY(again, tx_db(tx), presence_again);
	bind_text(&again, ":event", event);
	bind_text(&again, ":person", person);
	bind_int(&again, ":now", now);
	return query_run(&again, NULL);
}

/* ---- erasing ---- */

SQL(person_wipe,
    "UPDATE person SET surname = '—', given = '', patronymic = NULL, folded = ''"
    " WHERE id = :id AND trainer = 0");
SQL(iin_drop, "DELETE FROM person_iin WHERE person = :id");
SQL(person_leaves, "DELETE FROM session WHERE person = :id");
SQL(person_claims_end, "DELETE FROM claim WHERE person = :id");

static fallible run_on(struct tx *tx, const struct sql *sql, str id, int64_t *changed)
{
	struct query q = query_begin(tx_db(tx), sql);
	bind_text(&q, ":id", id);
	enum err e = query_run(&q, changed);
	query_done(&q);
	return e;
}

enum err person_erase(struct tx *tx, str id)
{
	int64_t changed;
	TRY(run_on(tx, &person_wipe, id, &changed));
	if (!changed) return FAIL(ERR_NOT_FOUND, "person %.*s", STR_ARG(id));
	TRY(run_on(tx, &iin_drop, id, NULL));
	TRY(run_on(tx, &person_leaves, id, NULL));
	TRY(run_on(tx, &person_claims_end, id, NULL));
	TRY(journal_erase(tx, id));
	struct fact_erased fact = { id };
	return journal_add(tx, S("person.erased"), STR_NONE, &fact_erased_shape, &fact);
}
