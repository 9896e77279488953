/* SPDX-License-Identifier: Apache-2.0 */
/* Sealed IINs: kept as they are, told with the person, never read. */
#include "base/json.h"
#include "base/time.h"
#include "people/inside.h"

SQL(iin_save, "INSERT INTO person_iin (person, sealed, sealed_at)"
              " VALUES (:person, :sealed, :now) ON CONFLICT (person) DO UPDATE SET"
              " sealed = excluded.sealed, sealed_at = excluded.sealed_at");

enum err person_keep_iin(struct tx *tx, struct arena *a, str id, str sealed)
{
	struct person p;
	TRY(person_get(tx_db(tx), a, id, &p));
	QUERY(q, tx_db(tx), iin_save);
	bind_text(&q, ":person", id);
	bind_text(&q, ":sealed", sealed);
	bind_int(&q, ":now", time_now());
	TRY(query_run(&q, NULL));
	return tell_person(tx, a, S("person.corrected"), id);
}

SQL(iin_find, "SELECT sealed, sealed_at FROM person_iin WHERE person = :person");

enum err iin_of(struct db *db, struct arena *a, str person, str *sealed_out,
                int64_t *at_out)
{
	*sealed_out = STR_NONE;
	*at_out = JSON_ABSENT;
	QUERY(q, db, iin_find);
	bind_text(&q, ":person", person);
	if (query_next(&q)) {
		*sealed_out = column_text(&q, a, 0);
		*at_out = column_int(&q, 1, 0);
	}
	return query_end(&q);
}

enum err person_iin_at(struct db *db, struct arena *a, str id, int64_t *out)
{
	str sealed;
	return iin_of(db, a, id, &sealed, out);
}
