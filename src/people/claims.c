/* SPDX-License-Identifier: Apache-2.0 */
/* Claims: "I am somebody who is in already." The phone shows six digits, its owner says
 * them aloud, the trainer sees the same six beside the name and says yes or no. */
#include "base/text.h"
#include "base/time.h"
#include "people/inside.h"

#include <stdio.h>

static const struct json_field claim_fields[] = {
	JSON_TEXT(struct claim, id, true, 36, 36),
	JSON_TEXT(struct claim, person, true, 36, 36),
	JSON_TEXT(struct claim, person_name, true, 1, 400),
	JSON_TEXT(struct claim, council_name, false, 1, 200),
	JSON_TEXT(struct claim, code, true, 6, 6),
	JSON_TEXT(struct claim, state, true, 1, 10),
	JSON_INT(struct claim, made_at, true, 0, INT64_MAX),
};
const struct shape claim_shape = SHAPE("Claim", struct claim, claim_fields);

#define CLAIM_SELECT                                                                \
	"SELECT m.id, m.person, p.surname, p.given, p.patronymic, c.name, m.code, " \
	"m.state,"                                                                  \
	" m.made_at FROM claim m JOIN person p ON p.id = m.person"                  \
	" LEFT JOIN council c ON c.id = p.council"

static struct claim claim_row(struct query *q, struct arena *a)
{
	str patronymic = column_text(q, a, 4);
	return (struct claim){
		.id = column_text(q, a, 0),
		.person = column_text(q, a, 1),
		.person_name = arena_printf(a, "%s %s%s%s", column_text(q, a, 2).p,
		                            column_text(q, a, 3).p, patronymic.p ? " " : "",
		                            patronymic.p ? patronymic.p : ""),
		.council_name = column_text(q, a, 5),
		.code = column_text(q, a, 6),
		.state = column_text(q, a, 7),
		.made_at = column_int(q, 8, 0),
	};
}

SQL(claim_list, CLAIM_SELECT " WHERE m.event = :event AND m.state = 'waiting'"
                             " ORDER BY m.made_at, m.id LIMIT 200");

enum err claim_waiting(struct db *db, struct arena *a, str event, struct json_list *out)
{
	struct claim *list = arena_alloc(a, 200 * sizeof *list);
	size_t n = 0;
	QUERY(q, db, claim_list);
	bind_text(&q, ":event", event);
	while (n < 200 && query_next(&q)) list[n++] = claim_row(&q, a);
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

static fallible only_claim(struct query *q, struct arena *a, str id, struct claim *out)
{
	bind_text(q, ":id", id);
	if (query_next(q))
		*out = claim_row(q, a);
	else if (!q->err)
		return FAIL(ERR_NOT_FOUND, "claim %.*s", STR_ARG(id));
	return query_end(q);
}

SQL(claim_select, CLAIM_SELECT " WHERE m.id = :id");

enum err claim_get(struct db *db, struct arena *a, str id, struct claim *out)
{
	QUERY(q, db, claim_select);
	return only_claim(&q, a, id, out);
}

SQL(claim_select_own, CLAIM_SELECT " WHERE m.id = :id AND m.cookie_hash = :cookie");

enum err claim_get_own(struct db *db, struct arena *a, str id, str cookie,
                       struct claim *out)
{
	uint8_t hash[SEAL_HASH];
	if (!cookie_hash(cookie, hash)) return FAIL(ERR_NOT_FOUND, "not a cookie");
	QUERY(q, db, claim_select_own);
	bind_blob(&q, ":cookie", hash, sizeof hash);
	return only_claim(&q, a, id, out);
}

/* ---- making ---- */

SQL(claim_code_used, "SELECT 1 FROM claim"
                     " WHERE event = :event AND state = 'waiting' AND code = :code");

static fallible new_code(struct tx *tx, str event, char out[7])
{
	for (int i = 0; i < 100; i++) {
		snprintf(out, 7, "%06u", (unsigned)seal_random_below(1000000));
		QUERY(q, tx_db(tx), claim_code_used);
		bind_text(&q, ":event", event);
		bind_text(&q, ":code", str_of(out));
		bool used = query_next(&q);
		TRY(query_end(&q));
		if (!used) return ERR_OK;
	}
	return FAIL(ERR_LIMITED, "event %.*s: too many claims are waiting", STR_ARG(event));
}

SQL(claim_waiting_of_cookie, "DELETE FROM claim"
                             " WHERE cookie_hash = :cookie AND state = 'waiting'");

enum err claim_drop(struct tx *tx, const uint8_t cookie[SEAL_HASH])
{
	QUERY(q, tx_db(tx), claim_waiting_of_cookie);
	bind_blob(&q, ":cookie", cookie, SEAL_HASH);
	return query_run(&q, NULL);
}

SQL(claim_again, "SELECT id, code FROM claim WHERE cookie_hash = :cookie"
                 " AND person = :person AND event = :event AND state = 'waiting'");
/* A claim of an ended session, once confirmed, may be made anew. */
SQL(claim_insert, "INSERT INTO claim (id, event, person, cookie_hash, code, state, made_at)"
                  " VALUES (:id, :event, :person, :cookie, :code, 'waiting', :now)"
                  " ON CONFLICT (cookie_hash, person) DO UPDATE SET id = excluded.id,"
                  " event = excluded.event, code = excluded.code, state = 'waiting',"
                  " made_at = excluded.made_at");

enum err claim_make(struct tx *tx, struct arena *a, const uint8_t cookie[SEAL_HASH],
                    str event, str person, struct id *id_out, char code_out[7])
{
	QUERY(again, tx_db(tx), claim_again);
	bind_blob(&again, ":cookie", cookie, SEAL_HASH);
	bind_text(&again, ":person", person);
	bind_text(&again, ":event", event);
	if (query_next(&again)) {
		snprintf(id_out->text, sizeof id_out->text, "%s",
		         column_text(&again, a, 0).p);
		snprintf(code_out, 7, "%s", column_text(&again, a, 1).p);
		return query_end(&again);
	}
	TRY(query_end(&again));

	struct id id = id_new("clm");
	TRY(claim_drop(tx, cookie));
	TRY(new_code(tx, event, code_out));
	QUERY(add, tx_db(tx), claim_insert);
	bind_text(&add, ":id", id_str(&id));
	bind_text(&add, ":event", event);
	bind_text(&add, ":person", person);
	bind_blob(&add, ":cookie", cookie, SEAL_HASH);
	bind_text(&add, ":code", str_of(code_out));
	bind_int(&add, ":now", time_now());
	TRY(query_run(&add, NULL));
	*id_out = id;
	return ERR_OK;
}

/* ---- the trainer's word ---- */

SQL(claim_decide, "UPDATE claim SET state = :state WHERE id = :id AND state = 'waiting'");
SQL(claim_is_so, "SELECT CASE WHEN state = :state THEN 1 ELSE 0 END FROM claim"
                 " WHERE id = :id");

/* `changed_out`: it was waiting until now. */
static fallible decide(struct tx *tx, str id, str state, bool *changed_out)
{
	int64_t changed;
	QUERY(q, tx_db(tx), claim_decide);
	bind_text(&q, ":id", id);
	bind_text(&q, ":state", state);
	TRY(query_run(&q, &changed));
	*changed_out = changed != 0;
	if (changed) return ERR_OK;

	QUERY(was, tx_db(tx), claim_is_so);
	bind_text(&was, ":id", id);
	bind_text(&was, ":state", state);
	bool found = query_next(&was), same = found && column_int(&was, 0, 0);
	TRY(query_end(&was));
	if (!found) return FAIL(ERR_NOT_FOUND, "claim %.*s", STR_ARG(id));
	if (!same)
		return FAIL_WHY(ERR_CONFLICT, "already-decided",
		                "claim %.*s was decided otherwise", STR_ARG(id));
	return ERR_OK;
}

SQL(claim_ends_session, "DELETE FROM session WHERE cookie_hash ="
                        " (SELECT cookie_hash FROM claim WHERE id = :id)");
SQL(claim_gives_session,
    "INSERT INTO session (id, cookie_hash, person, event, trainer, made_at, seen_at,"
    " ends_at) SELECT :session, cookie_hash, person, event, 0, :now, :now, :ends"
    " FROM claim WHERE id = :id");
SQL(claim_whose, "SELECT event, person FROM claim WHERE id = :id");

static fallible enter(struct tx *tx, str id)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(1024);
	QUERY(q, tx_db(tx), claim_whose);
	bind_text(&q, ":id", id);
	bool found = query_next(&q);
	str event = found ? column_text(&q, a, 0) : STR_NONE;
	str person = found ? column_text(&q, a, 1) : STR_NONE;
	TRY(query_end(&q));
	if (!found) return FAIL(ERR_NOT_FOUND, "claim %.*s", STR_ARG(id));
	return presence_enter(tx, event, person);
}

enum err claim_confirm(struct tx *tx, str id)
{
	bool changed;
	TRY(decide(tx, id, S("confirmed"), &changed));
	if (!changed) return ERR_OK;

	int64_t now = time_now();
	struct id session = id_new("ses");
	QUERY(end, tx_db(tx), claim_ends_session);
	bind_text(&end, ":id", id);
	TRY(query_run(&end, NULL));
	QUERY(give, tx_db(tx), claim_gives_session);
	bind_text(&give, ":id", id);
	bind_text(&give, ":session", id_str(&session));
	bind_int(&give, ":now", now);
	bind_int(&give, ":ends", now + LEARNER_SESSION_MS);
	TRY(query_run(&give, NULL));
	return enter(tx, id);
}

enum err claim_refuse(struct tx *tx, str id)
{
	bool changed;
	return decide(tx, id, S("refused"), &changed);
}
