/* SPDX-License-Identifier: Apache-2.0 */
/* Councils and persons. */
#include "base/text.h"
#include "base/time.h"
#include "people/inside.h"

#include <stdio.h>

#define COUNCIL_NAME 200 /* longest, in code points */
#define PERSON_NAME 100

static const struct json_field council_fields[] = {
	JSON_TEXT(struct council, id, true, 36, 36),
	JSON_TEXT(struct council, name, true, 1, COUNCIL_NAME),
};
const struct shape council_shape = SHAPE("Council", struct council, council_fields);

static const struct json_field person_fields[] = {
	JSON_TEXT(struct person, id, true, 36, 36),
	JSON_TEXT(struct person, surname, true, 1, 100),
	JSON_TEXT(struct person, given, true, 0, 100),
	JSON_TEXT(struct person, patronymic, false, 1, 100),
	JSON_TEXT(struct person, council, false, 36, 36),
	JSON_TEXT(struct person, council_name, false, 1, COUNCIL_NAME),
	JSON_TEXT(struct person, language, true, 2, 2),
	JSON_BOOL(struct person, trainer, true),
};
const struct shape person_shape = SHAPE("Person", struct person, person_fields);

bool language_is_known(str language)
{
	return str_is(language, S("kk")) || str_is(language, S("ru")) ||
	       str_is(language, S("en"));
}

/* ---- councils ---- */

/* The folded name has an index, and sorts Kazakh letters beside their Russian neighbours.
 */
SQL(council_list, "SELECT id, name FROM council ORDER BY folded LIMIT 2000");

enum err council_all(struct db *db, struct arena *a, struct json_list *out)
{
	struct council *list = arena_alloc(a, 2000 * sizeof *list);
	size_t n = 0;
	QUERY(q, db, council_list);
	while (n < 2000 && query_next(&q))
		list[n++] =
			(struct council){ column_text(&q, a, 0), column_text(&q, a, 1) };
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

SQL(council_by_name, "SELECT id FROM council WHERE folded = :folded");
SQL(council_insert, "INSERT INTO council (id, name, folded, made_at)"
                    " VALUES (:id, :name, :folded, :now)");

enum err council_find_or_add(struct tx *tx, struct arena *a, str typed, struct id *out)
{
	str name;
	if (name_clean(a, typed, COUNCIL_NAME, &name) != ERR_OK)
		return FAIL_WHY(ERR_INVALID, "bad-council",
		                "a council's name is not a name");
	str folded = text_fold(a, name);
	if (!folded.n)
		return FAIL_WHY(ERR_INVALID, "bad-council",
		                "a council's name has no letter");

	QUERY(find, tx_db(tx), council_by_name);
	bind_text(&find, ":folded", folded);
	if (query_next(&find)) {
		snprintf(out->text, sizeof out->text, "%.*s",
		         STR_ARG(column_text(&find, a, 0)));
		return query_end(&find);
	}
	TRY(query_end(&find));

	struct id id = id_new("cou");
	QUERY(add, tx_db(tx), council_insert);
	bind_text(&add, ":id", id_str(&id));
	bind_text(&add, ":name", name);
	bind_text(&add, ":folded", folded);
	bind_int(&add, ":now", time_now());
	TRY(query_run(&add, NULL));
	*out = id;
	return ERR_OK;
}

/* ---- persons ---- */

static struct person person_row(struct query *q, struct arena *a)
{
	return (struct person){
		.id = column_text(q, a, 0),
		.surname = column_text(q, a, 1),
		.given = column_text(q, a, 2),
		.patronymic = column_text(q, a, 3),
		.council = column_text(q, a, 4),
		.council_name = column_text(q, a, 5),
		.language = column_text(q, a, 6),
		.trainer = column_int(q, 7, 0) != 0,
	};
}

SQL(person_select, "SELECT p.id, p.surname, p.given, p.patronymic, p.council, c.name,"
                   " p.language, p.trainer"
                   " FROM person p LEFT JOIN council c ON c.id = p.council"
                   " WHERE p.id = :id");

enum err person_get(struct db *db, struct arena *a, str id, struct person *out)
{
	QUERY(q, db, person_select);
	bind_text(&q, ":id", id);
	if (query_next(&q))
		*out = person_row(&q, a);
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "person %.*s", STR_ARG(id));
	return query_end(&q);
}

SQL(person_speak, "UPDATE person SET language = :language WHERE id = :id");

enum err person_set_language(struct tx *tx, str id, str language)
{
	if (!language_is_known(language))
		return FAIL(ERR_INVALID, "a language of %zu bytes", language.n);
	int64_t changed;
	QUERY(q, tx_db(tx), person_speak);
	bind_text(&q, ":id", id);
	bind_text(&q, ":language", language);
	TRY(query_run(&q, &changed));
	if (!changed) return FAIL(ERR_NOT_FOUND, "person %.*s", STR_ARG(id));
	return ERR_OK;
}

SQL(person_rename, "UPDATE person SET surname = :surname, given = :given,"
                   " patronymic = :patronymic, folded = :folded WHERE id = :id");

enum err person_correct(struct tx *tx, struct arena *a, str id, str surname, str given,
                        str patronymic)
{
	TRY(name_clean(a, surname, PERSON_NAME, &surname));
	TRY(name_clean(a, given, PERSON_NAME, &given));
	patronymic = str_trim(patronymic);
	if (patronymic.n)
		TRY(name_clean(a, patronymic, PERSON_NAME, &patronymic));
	else
		patronymic = STR_NONE;
	str whole = arena_printf(a, "%.*s %.*s %.*s", STR_ARG(surname), STR_ARG(given),
	                         (int)patronymic.n, patronymic.n ? patronymic.p : "");
	int64_t changed;
	QUERY(q, tx_db(tx), person_rename);
	bind_text(&q, ":id", id);
	bind_text(&q, ":surname", surname);
	bind_text(&q, ":given", given);
	bind_text(&q, ":patronymic", patronymic);
	bind_text(&q, ":folded", text_fold(a, whole));
	TRY(query_run(&q, &changed));
	if (!changed) return FAIL(ERR_NOT_FOUND, "person %.*s", STR_ARG(id));
	return tell_person(tx, a, S("person.corrected"), id);
}
