/* SPDX-License-Identifier: Apache-2.0 */
/* Coordinators: made, listed, ended. */
#include "hub/coordinators.h"

#include "base/text.h"
#include "base/time.h"
#include "hub/hub.h"
#include "people/people.h"
#include "sync/code.h"
#include "sync/trust.h"

static const struct json_field coordinator_fields[] = {
	JSON_TEXT(struct coordinator, id, true, 36, 36),
	JSON_TEXT(struct coordinator, name, true, 1, 200),
	JSON_TEXT(struct coordinator, login, true, 1, 200),
	JSON_TEXT(struct coordinator, role, true, 1, 20),
	JSON_TEXT(struct coordinator, scope, true, 2, 64),
	JSON_TEXT(struct coordinator, language, true, 2, 2),
	JSON_BOOL(struct coordinator, started, true),
	JSON_BOOL(struct coordinator, opens_iin, true),
	JSON_INT(struct coordinator, made_at, true, 0, INT64_MAX),
	JSON_INT(struct coordinator, seen_at, false, 0, INT64_MAX),
};
const struct shape coordinator_shape =
	SHAPE("Coordinator", struct coordinator, coordinator_fields);

static const struct json_field coordinator_new_fields[] = {
	JSON_TEXT(struct coordinator_new, name, true, 1, 200),
	JSON_TEXT(struct coordinator_new, login, true, 1, 100),
	JSON_TEXT(struct coordinator_new, role, true, 1, 20),
	JSON_TEXT(struct coordinator_new, scope, true, 2, 64),
	JSON_TEXT(struct coordinator_new, language, true, 2, 2),
};
const struct shape coordinator_new_shape =
	SHAPE("CoordinatorNew", struct coordinator_new, coordinator_new_fields);

enum err coordinator_check(const struct coordinator_new *c)
{
	if (!scope_is(c->scope))
		return FAIL_WHY(ERR_INVALID, "bad-scope",
		                "a scope is KZ, a region like KZ-11 or a district in it");
	bool national = str_is(c->role, S("national"));
	if (!national && !str_is(c->role, S("region")) && !str_is(c->role, S("auditor")))
		return FAIL_WHY(ERR_INVALID, "bad-role",
		                "a role is national, region or auditor");
	if (national && !str_is(c->scope, S("KZ")))
		return FAIL_WHY(ERR_INVALID, "bad-scope", "a national one's scope is KZ");
	if (str_is(c->role, S("region")) && str_is(c->scope, S("KZ")))
		return FAIL_WHY(ERR_INVALID, "bad-scope", "a region's scope is a region");
	if (!str_is(c->language, S("kk")) && !str_is(c->language, S("ru")) &&
	    !str_is(c->language, S("en")))
		return FAIL(ERR_INVALID, "language is not kk, ru or en");
	return ERR_OK;
}

/* ---- making ---- */

static fallible code_hash(str typed, uint8_t out[SEAL_HASH])
{
	struct code code;
	if (!code_read(typed, &code)) return FAIL(ERR_INVALID, "not a code");
	seal_sha256(code.proof_key, SEAL_KEY, out);
	return ERR_OK;
}

SQL(coordinator_insert,
    "INSERT INTO coordinator (id, name, login, role, scope, language, made_at, made_by)"
    " VALUES (:id, :name, :login, :role, :scope, :language, :now, :who)");
SQL(coordinator_secret_insert,
    "INSERT INTO coordinator_secret (coordinator, login, start_hash, start_ends_at)"
    " VALUES (:id, :login, :hash, :ends) ON CONFLICT (login) DO NOTHING");

static fallible insert_secret(struct tx *tx, str id, str folded, const uint8_t *hash)
{
	int64_t added;
	QUERY(q, tx_db(tx), coordinator_secret_insert);
	bind_text(&q, ":id", id);
	bind_text(&q, ":login", folded);
	bind_blob(&q, ":hash", hash, SEAL_HASH);
	bind_int(&q, ":ends", time_now() + COORDINATOR_CODE_MS);
	TRY(query_run(&q, &added));
	if (!added)
		return FAIL_WHY(ERR_CONFLICT, "login-taken",
		                "that login is taken: choose another");
	return ERR_OK;
}

enum err coordinator_add(struct tx *tx, const struct coordinator_new *c, str code, str who,
                         struct id *out)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(16 << 10);
	uint8_t hash[SEAL_HASH];
	str name, login, folded = text_fold(a, c->login);
	TRY(coordinator_check(c));
	TRY(name_clean(a, c->name, 200, &name));
	TRY(name_clean(a, c->login, 100, &login));
	if (!folded.n) return FAIL_WHY(ERR_INVALID, "bad-name", "a login without a letter");
	TRY(code_hash(code, hash));
	struct id id = id_new("cod");
	QUERY(q, tx_db(tx), coordinator_insert);
	bind_text(&q, ":id", id_str(&id));
	bind_text(&q, ":name", name);
	bind_text(&q, ":login", login);
	bind_text(&q, ":role", c->role);
	bind_text(&q, ":scope", c->scope);
	bind_text(&q, ":language", c->language);
	bind_int(&q, ":now", time_now());
	bind_text(&q, ":who", who);
	TRY(query_run(&q, NULL));
	TRY(insert_secret(tx, id_str(&id), folded, hash));
	*out = id;
	str what = arena_printf(a, "%.*s %.*s", STR_ARG(c->role), STR_ARG(c->scope));
	return hub_audit(tx, who, S("coordinator.made"), id_str(&id), what);
}

SQL(coordinator_new_code, "UPDATE coordinator_secret SET start_hash = :hash,"
                          " start_ends_at = :ends WHERE coordinator = :id"
                          " AND EXISTS (SELECT 1 FROM coordinator"
                          " WHERE id = :id AND ended_at IS NULL)");

enum err coordinator_code(struct tx *tx, str id, str code, str who)
{
	uint8_t hash[SEAL_HASH];
	int64_t changed;
	TRY(code_hash(code, hash));
	QUERY(q, tx_db(tx), coordinator_new_code);
	bind_text(&q, ":id", id);
	bind_blob(&q, ":hash", hash, sizeof hash);
	bind_int(&q, ":ends", time_now() + COORDINATOR_CODE_MS);
	TRY(query_run(&q, &changed));
	if (!changed) return FAIL(ERR_NOT_FOUND, "no such coordinator");
	return hub_audit(tx, who, S("coordinator.code"), id, S(""));
}

/* ---- ending ---- */

SQL(coordinator_others,
    "SELECT COUNT(*) FROM coordinator c JOIN coordinator_secret s ON s.coordinator = c.id"
    " WHERE c.role = 'national' AND c.ended_at IS NULL AND s.password IS NOT NULL"
    " AND c.id <> :id");
SQL(coordinator_close, "UPDATE coordinator SET ended_at = COALESCE(ended_at, :now)"
                       " WHERE id = :id");
SQL(coordinator_sessions_drop, "DELETE FROM coordinator_session WHERE coordinator = :id");

static fallible others_are_left(struct db *db, str id)
{
	QUERY(q, db, coordinator_others);
	bind_text(&q, ":id", id);
	bool left = query_next(&q) && column_int(&q, 0, 0) > 0;
	TRY(query_end(&q));
	if (!left)
		return FAIL_WHY(ERR_CONFLICT, "last-national",
		                "nobody would be left who may make coordinators");
	return ERR_OK;
}

enum err coordinator_end(struct tx *tx, str id, str who)
{
	int64_t changed;
	TRY(others_are_left(tx_db(tx), id));
	QUERY(q, tx_db(tx), coordinator_close);
	bind_text(&q, ":id", id);
	bind_int(&q, ":now", time_now());
	TRY(query_run(&q, &changed));
	if (!changed) return FAIL(ERR_NOT_FOUND, "no such coordinator");
	QUERY(drop, tx_db(tx), coordinator_sessions_drop);
	bind_text(&drop, ":id", id);
	TRY(query_run(&drop, NULL));
	return hub_audit(tx, who, S("coordinator.ended"), id, S(""));
}

/* ---- the right to open IINs ---- */

SQL(coordinator_iin, "UPDATE coordinator SET opens_iin = :may WHERE id = :id"
                     " AND ended_at IS NULL AND (role <> 'auditor' OR :may = 0)");

enum err coordinator_set_opens_iin(struct tx *tx, str id, bool may, str who)
{
	int64_t changed;
	QUERY(q, tx_db(tx), coordinator_iin);
	bind_text(&q, ":id", id);
	bind_int(&q, ":may", may);
	TRY(query_run(&q, &changed));
	if (!changed)
		return FAIL_WHY(ERR_CONFLICT, "auditor-reads",
		                "an auditor, or no coordinator at all");
	return hub_audit(tx, who, may ? S("iin.right-given") : S("iin.right-taken"), id,
	                 S(""));
}

/* ---- reading ---- */

#define SELECT_COORDINATOR                                                              \
	"SELECT c.id, c.name, c.login, c.role, c.scope, c.language, s.password IS NOT " \
	"NULL,"                                                                         \
	" c.made_at, (SELECT MAX(x.seen_at) FROM coordinator_session x"                 \
	" WHERE x.coordinator = c.id), c.opens_iin FROM coordinator c"                  \
	" JOIN coordinator_secret s ON s.coordinator = c.id WHERE c.ended_at IS NULL"

static struct coordinator row(struct query *q, struct arena *a)
{
	return (struct coordinator){
		.id = column_text(q, a, 0),
		.name = column_text(q, a, 1),
		.login = column_text(q, a, 2),
		.role = column_text(q, a, 3),
		.scope = column_text(q, a, 4),
		.language = column_text(q, a, 5),
		.started = column_int(q, 6, 0) != 0,
		.made_at = column_int(q, 7, 0),
		.seen_at = column_int(q, 8, JSON_ABSENT),
		.opens_iin = column_int(q, 9, 0) != 0,
	};
}

SQL(coordinator_list, SELECT_COORDINATOR " ORDER BY c.scope, c.name, c.id LIMIT 2000");
SQL(coordinator_by_id, SELECT_COORDINATOR " AND c.id = :id");
SQL(coordinator_by_login, SELECT_COORDINATOR " AND s.login = :login");

enum err coordinator_all(struct db *db, struct arena *a, struct json_list *out)
{
	struct coordinator *list = arena_alloc(a, 2000 * sizeof *list);
	size_t n = 0;
	QUERY(q, db, coordinator_list);
	while (n < 2000 && query_next(&q)) list[n++] = row(&q, a);
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

static fallible only(struct query *q, struct arena *a, struct coordinator *out)
{
	if (query_next(q))
		*out = row(q, a);
	else if (!q->err)
		return FAIL(ERR_NOT_FOUND, "no such coordinator");
	return query_end(q);
}

enum err coordinator_get(struct db *db, struct arena *a, str id, struct coordinator *out)
{
	QUERY(q, db, coordinator_by_id);
	bind_text(&q, ":id", id);
	return only(&q, a, out);
}

enum err coordinator_find(struct db *db, struct arena *a, str login,
                          struct coordinator *out)
{
	QUERY(q, db, coordinator_by_login);
	bind_text(&q, ":login", text_fold(a, login));
	return only(&q, a, out);
}

SQL(coordinator_any, "SELECT 1 FROM coordinator_secret WHERE password IS NOT NULL LIMIT 1");

enum err coordinator_exists(struct db *db, bool *out)
{
	QUERY(q, db, coordinator_any);
	bool there = query_next(&q);
	TRY(query_end(&q));
	*out = there;
	return ERR_OK;
}

SQL(coordinator_speak, "UPDATE coordinator SET language = :language WHERE id = :id");

enum err coordinator_set_language(struct tx *tx, str id, str language)
{
	QUERY(q, tx_db(tx), coordinator_speak);
	bind_text(&q, ":id", id);
	bind_text(&q, ":language", language);
	return query_run(&q, NULL);
}
