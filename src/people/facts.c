/* SPDX-License-Identifier: Apache-2.0 */
/* What the journal is told of people. */
#include "sync/facts.h"
#include "base/time.h"
#include "people/inside.h"
#include "sync/journal.h"

enum err tell_person(struct tx *tx, struct arena *a, str kind, str id)
{
	struct person p;
	TRY(person_get(tx_db(tx), a, id, &p));
	struct fact_person fact = {
		.person = p.id,
		.surname = p.surname,
		.given = p.given,
		.patronymic = p.patronymic,
		.council = p.council,
		.council_name = p.council_name,
		.language = p.language,
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
