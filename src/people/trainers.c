/* SPDX-License-Identifier: Apache-2.0 */
/* Trainers: persons with a login and a password's hash, which only a job with the right to
 * write secrets can make. */
#include "base/text.h"
#include "base/time.h"
#include "people/inside.h"

SQL(trainer_any, "SELECT 1 FROM person_secret LIMIT 1");

enum err trainer_exists(struct db *db, bool *out)
{
	QUERY(q, db, trainer_any);
	bool exists = query_next(&q);
	TRY(query_end(&q));
	*out = exists;
	return ERR_OK;
}

SQL(trainer_secret_by_login, "SELECT person, hash FROM person_secret WHERE login = :login");

enum err trainer_secret_get(struct db *db, struct arena *a, str login,
                            struct trainer_secret *out)
{
	QUERY(q, db, trainer_secret_by_login);
	bind_text(&q, ":login", text_fold(a, login));
	if (query_next(&q))
		*out = (struct trainer_secret){ column_text(&q, a, 0),
			                        column_text(&q, a, 1) };
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "no trainer has that login");
	return query_end(&q);
}

SQL(trainer_insert,
    "INSERT INTO person (id, surname, given, folded, language, trainer, made_at)"
    " VALUES (:id, :surname, :given, :folded, :language, 1, :now)");
SQL(trainer_secret_insert, "INSERT INTO person_secret (person, login, hash, made_at)"
                           " VALUES (:person, :login, :hash, :now)"
                           " ON CONFLICT (login) DO NOTHING");

static fallible insert_person(struct tx *tx, struct arena *a, struct id id, str name,
                              str language)
{
	/* Surname first, as on every official paper. */
	size_t gap = str_index(name, ' ');
	QUERY(q, tx_db(tx), trainer_insert);
	bind_text(&q, ":id", id_str(&id));
	bind_text(&q, ":surname", str_part(name, 0, gap));
	bind_text(&q, ":given", gap < name.n ? str_part(name, gap + 1, name.n) : S(""));
	bind_text(&q, ":folded", text_fold(a, name));
	bind_text(&q, ":language", language);
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

enum err trainer_add(struct tx *tx, str typed, str login, const char *password_hash,
                     str language, struct id *out)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(16 << 10);
	str name;
	TRY(name_clean(a, typed, 200, &name));
	str folded = text_fold(a, login);
	if (!folded.n || str_runes(folded) > 200)
		return FAIL_WHY(ERR_INVALID, "bad-name", "a login without a letter");
	if (!language_is_known(language))
		return FAIL(ERR_INVALID, "a language of %zu bytes", language.n);

	struct id id = id_new("per");
	TRY(insert_person(tx, a, id, name, language));
	int64_t added;
	QUERY(q, tx_db(tx), trainer_secret_insert);
	bind_text(&q, ":person", id_str(&id));
	bind_text(&q, ":login", folded);
	bind_text(&q, ":hash", str_of(password_hash));
	bind_int(&q, ":now", time_now());
	TRY(query_run(&q, &added));
	if (!added)
		return FAIL_WHY(ERR_CONFLICT, "login-taken", "a trainer's login is taken");
	*out = id;
	return ERR_OK;
}
