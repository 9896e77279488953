/* SPDX-License-Identifier: Apache-2.0 */
/* How coordinators come in: beginning with a code, signing in with a password and a second
 * factor, sessions. Codes, cookies and recovery codes are in the file as hashes only: all
 * are long random numbers, so a plain hash is enough. */
#include <stdio.h>

#include "base/text.h"
#include "base/time.h"
#include "hub/coordinators.h"
#include "hub/hub.h"
#include "sync/code.h"

#define SESSION_MS (12 * 60 * 60 * 1000LL)
#define WRONG_MOST 5
#define WAIT_MS (15 * 60 * 1000LL)

static bool code_hash(str typed, uint8_t out[SEAL_HASH])
{
	struct code code;
	if (!code_read(typed, &code)) return false;
	seal_sha256(code.proof_key, SEAL_KEY, out);
	return true;
}

static bool cookie_hash(str cookie, uint8_t out[SEAL_HASH])
{
	uint8_t bytes[SEAL_KEY];
	if (!text_unbase64url(cookie, bytes, sizeof bytes)) return false;
	seal_sha256(bytes, sizeof bytes, out);
	return true;
}

/* ---- sessions ---- */

SQL(coordinator_session_insert,
    "INSERT INTO coordinator_session (id, cookie_hash, coordinator, made_at, seen_at,"
    " ends_at) VALUES (:id, :hash, :coordinator, :now, :now, :ends)");
SQL(coordinator_session_old, "DELETE FROM coordinator_session"
                             " WHERE coordinator = :coordinator AND ends_at < :now");

static fallible session_put(struct tx *tx, str coordinator, const char *cookie)
{
	uint8_t hash[SEAL_HASH];
	int64_t now = time_now();
	if (!cookie_hash(str_of(cookie), hash)) return FAIL(ERR_INVALID, "not a cookie");
	QUERY(old, tx_db(tx), coordinator_session_old);
	bind_text(&old, ":coordinator", coordinator);
	bind_int(&old, ":now", now);
	TRY(query_run(&old, NULL));
	struct id id = id_new("ses");
	QUERY(q, tx_db(tx), coordinator_session_insert);
	bind_text(&q, ":id", id_str(&id));
	bind_blob(&q, ":hash", hash, sizeof hash);
	bind_text(&q, ":coordinator", coordinator);
	bind_int(&q, ":now", now);
	bind_int(&q, ":ends", now + SESSION_MS);
	return query_run(&q, NULL);
}

SQL(coordinator_session_by_cookie,
    "SELECT id, coordinator, seen_at FROM coordinator_session"
    " WHERE cookie_hash = :hash AND ends_at > :now");

enum err coordinator_session_find(struct db *db, struct arena *a, str cookie,
                                  struct coordinator_session *out)
{
	uint8_t hash[SEAL_HASH];
	if (!cookie_hash(cookie, hash)) return FAIL(ERR_UNKNOWN, "not a cookie");
	str who;
	QUERY(q, db, coordinator_session_by_cookie);
	bind_blob(&q, ":hash", hash, sizeof hash);
	bind_int(&q, ":now", time_now());
	if (!query_next(&q)) {
		TRY(query_end(&q));
		return FAIL(ERR_UNKNOWN, "no session, or it has ended");
	}
	out->id = column_text(&q, a, 0);
	who = column_text(&q, a, 1);
	out->seen_at = column_int(&q, 2, 0);
	TRY(query_end(&q));
	enum err e = coordinator_get(db, a, who, &out->who);
	return e == ERR_NOT_FOUND ? FAIL(ERR_UNKNOWN, "the coordinator's right has ended")
	                          : e;
}

SQL(coordinator_session_seen, "UPDATE coordinator_session SET seen_at = :now,"
                              " ends_at = :ends WHERE id = :id AND ends_at > :now");

enum err coordinator_session_touch(struct tx *tx, str id)
{
	QUERY(q, tx_db(tx), coordinator_session_seen);
	bind_text(&q, ":id", id);
	bind_int(&q, ":now", time_now());
	bind_int(&q, ":ends", time_now() + SESSION_MS);
	return query_run(&q, NULL);
}

SQL(coordinator_session_delete, "DELETE FROM coordinator_session WHERE id = :id");

enum err coordinator_session_end(struct tx *tx, str id)
{
	QUERY(q, tx_db(tx), coordinator_session_delete);
	bind_text(&q, ":id", id);
	return query_run(&q, NULL);
}

SQL(coordinator_all_out, "DELETE FROM coordinator_session WHERE coordinator = :id");

static fallible end_all(struct tx *tx, str coordinator)
{
	QUERY(q, tx_db(tx), coordinator_all_out);
	bind_text(&q, ":id", coordinator);
	return query_run(&q, NULL);
}

/* ---- beginning with a code ---- */

SQL(coordinator_by_code,
    "SELECT s.coordinator FROM coordinator_secret s JOIN coordinator c"
    " ON c.id = s.coordinator WHERE s.login = :login AND s.start_hash = :hash"
    " AND s.start_ends_at > :now AND c.ended_at IS NULL");

enum err coordinator_code_is(struct db *db, struct arena *a, str login, str code,
                             struct coordinator *out)
{
	uint8_t hash[SEAL_HASH];
	str id = STR_NONE;
	if (code_hash(code, hash)) {
		QUERY(q, db, coordinator_by_code);
		bind_text(&q, ":login", text_fold(a, login));
		bind_blob(&q, ":hash", hash, sizeof hash);
		bind_int(&q, ":now", time_now());
		if (query_next(&q)) id = column_text(&q, a, 0);
		TRY(query_end(&q));
	}
	if (!id.p)
		return FAIL_WHY(ERR_UNKNOWN, "wrong-start-code", "login or code is wrong");
	return coordinator_get(db, a, id, out);
}

SQL(coordinator_begin,
    "UPDATE coordinator_secret SET password = :password, totp = :totp, totp_step = :step,"
    " start_hash = NULL, start_ends_at = NULL, wrong = 0, wait_until = 0"
    " WHERE coordinator = :id");
SQL(coordinator_recovery_drop, "DELETE FROM coordinator_recovery WHERE coordinator = :id");
SQL(coordinator_recovery_insert, "INSERT INTO coordinator_recovery (coordinator, hash)"
                                 " VALUES (:id, :hash)");

static fallible put_recovery(struct tx *tx, const struct starting *s)
{
	QUERY(drop, tx_db(tx), coordinator_recovery_drop);
	bind_text(&drop, ":id", id_str(&s->coordinator));
	TRY(query_run(&drop, NULL));
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		uint8_t hash[SEAL_HASH];
		if (!code_hash(str_of(s->recovery[i]), hash))
			return FAIL(ERR_INVALID, "not a code");
		QUERY(q, tx_db(tx), coordinator_recovery_insert);
		bind_text(&q, ":id", id_str(&s->coordinator));
		bind_blob(&q, ":hash", hash, sizeof hash);
		TRY(query_run(&q, NULL));
	}
	return ERR_OK;
}

enum err coordinator_start(struct tx *tx, struct starting *s)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(16 << 10);
	struct coordinator c;
	TRY(coordinator_code_is(tx_db(tx), a, s->login, s->code, &c));
	snprintf(s->coordinator.text, sizeof s->coordinator.text, "%.*s", STR_ARG(c.id));
	QUERY(q, tx_db(tx), coordinator_begin);
	bind_text(&q, ":id", c.id);
	bind_text(&q, ":password", str_of(s->password_hash));
	bind_blob(&q, ":totp", s->totp, TOTP_KEY);
	bind_int(&q, ":step", s->step);
	TRY(query_run(&q, NULL));
	TRY(put_recovery(tx, s));
	TRY(end_all(tx, c.id)); /* whoever had the old password is out */
	TRY(session_put(tx, c.id, s->cookie));
	return hub_audit(tx, c.id, S("coordinator.begun"), c.id, S(""));
}

/* ---- signing in ---- */

SQL(coordinator_secret_by_login,
    "SELECT s.coordinator, s.password FROM coordinator_secret s JOIN coordinator c"
    " ON c.id = s.coordinator WHERE s.login = :login AND c.ended_at IS NULL");

enum err coordinator_secret_get(struct db *db, struct arena *a, str login,
                                struct coordinator_secret *out)
{
	QUERY(q, db, coordinator_secret_by_login);
	bind_text(&q, ":login", text_fold(a, login));
	if (query_next(&q))
		*out = (struct coordinator_secret){ column_text(&q, a, 0),
			                            column_text(&q, a, 1) };
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "no coordinator has that login");
	return query_end(&q);
}

SQL(coordinator_second, "SELECT totp, totp_step, wrong, wait_until FROM coordinator_secret"
                        " WHERE coordinator = :id AND password IS NOT NULL");
SQL(coordinator_second_set,
    "UPDATE coordinator_secret SET totp_step = :step, wrong = :wrong, wait_until = :until"
    " WHERE coordinator = :id");
SQL(coordinator_recovery_use,
    "UPDATE coordinator_recovery SET used_at = :now WHERE coordinator = :id"
    " AND hash = :hash AND used_at IS NULL");

struct second {
	uint8_t key[TOTP_KEY];
	int64_t step, wrong, wait_until;
};

static fallible second_get(struct db *db, struct arena *a, str id, struct second *out)
{
	QUERY(q, db, coordinator_second);
	bind_text(&q, ":id", id);
	if (!query_next(&q)) {
		TRY(query_end(&q));
		return FAIL(ERR_UNKNOWN, "no coordinator who has begun");
	}
	str key = column_blob(&q, a, 0);
	if (key.n != TOTP_KEY)
		return FAIL(ERR_CORRUPT, "an authenticator key of %zu bytes", key.n);
	memcpy(out->key, key.p, TOTP_KEY);
	out->step = column_int(&q, 1, 0);
	out->wrong = column_int(&q, 2, 0);
	out->wait_until = column_int(&q, 3, 0);
	return query_end(&q);
}

static fallible use_recovery(struct tx *tx, str id, str typed, bool *out)
{
	uint8_t hash[SEAL_HASH];
	int64_t used = 0;
	if (code_hash(typed, hash)) {
		QUERY(q, tx_db(tx), coordinator_recovery_use);
		bind_text(&q, ":id", id);
		bind_blob(&q, ":hash", hash, sizeof hash);
		bind_int(&q, ":now", time_now());
		TRY(query_run(&q, &used));
	}
	*out = used > 0;
	return used > 0 ? hub_audit(tx, id, S("recovery.used"), id, S("")) : ERR_OK;
}

static fallible second_set(struct tx *tx, str id, const struct second *s)
{
	QUERY(q, tx_db(tx), coordinator_second_set);
	bind_text(&q, ":id", id);
	bind_int(&q, ":step", s->step);
	bind_int(&q, ":wrong", s->wrong);
	bind_int(&q, ":until", s->wait_until);
	return query_run(&q, NULL);
}

/* Five wrong ones in a row, and the sixth waits. */
static fallible count_wrong(struct tx *tx, str id, struct second *s)
{
	if (++s->wrong >= WRONG_MOST) {
		s->wrong = 0;
		s->wait_until = time_now() + WAIT_MS;
		TRY(hub_audit(tx, id, S("coordinator.waits"), id, S("")));
	}
	return second_set(tx, id, s);
}

enum err coordinator_sign_in(struct tx *tx, str id, str typed, const char *cookie,
                             enum second_factor *out)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(4096);
	struct second s;
	TRY(second_get(tx_db(tx), a, id, &s));
	*out = SECOND_WAIT;
	if (s.wait_until > time_now()) return ERR_OK;
	int64_t step = totp_find(s.key, typed, time_now(), s.step);
	bool right = step >= 0;
	if (!right) TRY(use_recovery(tx, id, typed, &right));
	*out = right ? SECOND_RIGHT : SECOND_WRONG;
	if (!right) return count_wrong(tx, id, &s);
	if (step >= 0) s.step = step;
	s.wrong = 0;
	TRY(second_set(tx, id, &s));
	TRY(session_put(tx, id, cookie));
	return hub_audit(tx, id, S("signed-in"), id, S(""));
}
