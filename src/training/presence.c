/* SPDX-License-Identifier: Apache-2.0 */
/* Who was there. Joining is presence (people_join writes it); the trainer corrects it. */
#include "training/training.h"

#include "base/time.h"
#include "sync/facts.h"
#include "sync/journal.h"

static fallible tell(struct tx *tx, str event, str person, bool present)
{
	struct fact_presence fact = { event, person, present };
	return journal_add(tx, S("presence"), STR_NONE, &fact_presence_shape, &fact);
}

SQL(presence_select, "SELECT present, joined_at, seen_at FROM presence"
                     " WHERE event = :event AND person = :person");

enum err presence_get(struct db *db, str event, str person, struct presence *out)
{
	QUERY(q, db, presence_select);
	bind_text(&q, ":event", event);
	bind_text(&q, ":person", person);
	if (query_next(&q))
		*out = (struct presence){
			.present = column_int(&q, 0, 0) != 0,
			.joined_at = column_int(&q, 1, 0),
			.seen_at = column_int(&q, 2, 0),
		};
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "person %.*s has not joined event %.*s",
		            STR_ARG(person), STR_ARG(event));
	return query_end(&q);
}

SQL(presence_insert, "INSERT INTO presence (event, person, present, joined_at, seen_at)"
                     " VALUES (:event, :person, 1, :now, :now)"
                     " ON CONFLICT (event, person) DO NOTHING");

enum err presence_add(struct tx *tx, str event, str person)
{
	QUERY(q, tx_db(tx), presence_insert);
	bind_text(&q, ":event", event);
	bind_text(&q, ":person", person);
	bind_int(&q, ":now", time_now());
	int64_t added;
	TRY(query_run(&q, &added));
	return added ? tell(tx, event, person, true) : ERR_OK;
}

SQL(presence_correct, "UPDATE presence SET present = :present"
                      " WHERE event = :event AND person = :person"
                      " AND present <> :present");

enum err presence_set(struct tx *tx, str event, str person, bool present)
{
	int64_t changed;
	QUERY(q, tx_db(tx), presence_correct);
	bind_text(&q, ":event", event);
	bind_text(&q, ":person", person);
	bind_int(&q, ":present", present);
	TRY(query_run(&q, &changed));
	if (changed) return tell(tx, event, person, present);
	struct presence as_it_is;
	return presence_get(tx_db(tx), event, person, &as_it_is);
}

/* An older word never takes the place of a newer one. */
SQL(presence_heard, "UPDATE presence SET seen_at = :at"
                    " WHERE event = :event AND person = :person AND seen_at < :at");

enum err presence_seen(struct tx *tx, str event, str person, int64_t at)
{
	QUERY(q, tx_db(tx), presence_heard);
	bind_text(&q, ":event", event);
	bind_text(&q, ":person", person);
	bind_int(&q, ":at", at);
	return query_run(&q, NULL);
}
