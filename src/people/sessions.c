/* SPDX-License-Identifier: Apache-2.0 */
/* Sessions. The cookie is 32 random bytes; the file knows their hash only, so who reads a
 * stolen backup cannot sign in with it. */
#include "base/text.h"
#include "base/time.h"
#include "people/inside.h"

#define COOKIE_BYTES 32
_Static_assert(COOKIE_BYTES == SEAL_KEY, "a cookie's bytes are a key: session_word");

void session_cookie_new(char out[SESSION_COOKIE])
{
	uint8_t bytes[COOKIE_BYTES];
	seal_random(bytes, sizeof bytes);
	text_base64url(bytes, sizeof bytes, out);
}

bool cookie_hash(str cookie, uint8_t out[SEAL_HASH])
{
	uint8_t bytes[COOKIE_BYTES];
	if (!text_unbase64url(cookie, bytes, sizeof bytes)) return false;
	seal_sha256(bytes, sizeof bytes, out);
	return true;
}

void session_word(str cookie, char out[SESSION_WORD])
{
	uint8_t bytes[COOKIE_BYTES], mac[SEAL_MAC];
	out[0] = 0;
	if (!text_unbase64url(cookie, bytes, sizeof bytes)) return;
	seal_mac(bytes, "session word", "", 0, mac);
	text_base64url(mac, sizeof mac, out);
}

SQL(session_end_of_cookie, "DELETE FROM session WHERE cookie_hash = :hash");
SQL(session_insert, "INSERT INTO session (id, cookie_hash, person, event, trainer, made_at,"
                    " seen_at, ends_at)"
                    " VALUES (:id, :hash, :person, :event, :trainer, :now, :now, :ends)");

enum err session_put(struct tx *tx, const uint8_t hash[SEAL_HASH], str person, str event,
                     bool trainer, struct id *out)
{
	QUERY(end, tx_db(tx), session_end_of_cookie);
	bind_blob(&end, ":hash", hash, SEAL_HASH);
	TRY(query_run(&end, NULL));

	struct id id = id_new("ses");
	int64_t now = time_now();
	QUERY(add, tx_db(tx), session_insert);
	bind_text(&add, ":id", id_str(&id));
	bind_blob(&add, ":hash", hash, SEAL_HASH);
	bind_text(&add, ":person", person);
	bind_text(&add, ":event", event);
	bind_int(&add, ":trainer", trainer);
	bind_int(&add, ":now", now);
	bind_int(&add, ":ends", now + (trainer ? TRAINER_SESSION_MS : LEARNER_SESSION_MS));
	TRY(query_run(&add, NULL));
	*out = id;
	return ERR_OK;
}

enum err session_add(struct tx *tx, const char *cookie, str person, str event, bool trainer,
                     struct id *out)
{
	uint8_t hash[SEAL_HASH];
	if (!cookie_hash(str_of(cookie), hash)) return FAIL(ERR_INVALID, "not a cookie");
	return session_put(tx, hash, person, event, trainer, out);
}

SQL(session_by_cookie, "SELECT id, person, event, trainer, seen_at, ends_at FROM session"
                       " WHERE cookie_hash = :hash AND ends_at > :now");

enum err session_find(struct db *db, struct arena *a, str cookie, struct session *out)
{
	uint8_t hash[SEAL_HASH];
	if (!cookie_hash(cookie, hash)) return FAIL(ERR_UNKNOWN, "not a cookie");
	QUERY(q, db, session_by_cookie);
	bind_blob(&q, ":hash", hash, sizeof hash);
	bind_int(&q, ":now", time_now());
	if (query_next(&q))
		*out = (struct session){
			.id = column_text(&q, a, 0),
			.person = column_text(&q, a, 1),
			.event = column_text(&q, a, 2),
			.trainer = column_int(&q, 3, 0) != 0,
			.seen_at = column_int(&q, 4, 0),
			.ends_at = column_int(&q, 5, 0),
		};
	else if (!q.err)
		return FAIL(ERR_UNKNOWN, "no session, or it has ended");
	return query_end(&q);
}

SQL(session_seen, "UPDATE session SET seen_at = :now,"
                  " ends_at = CASE WHEN trainer = 1 THEN :ends ELSE ends_at END"
                  " WHERE id = :id AND ends_at > :now");

enum err session_touch(struct tx *tx, str id)
{
	int64_t now = time_now();
	QUERY(q, tx_db(tx), session_seen);
	bind_text(&q, ":id", id);
	bind_int(&q, ":now", now);
	bind_int(&q, ":ends", now + TRAINER_SESSION_MS);
	return query_run(&q, NULL);
}

SQL(session_delete, "DELETE FROM session WHERE id = :id");

enum err session_end(struct tx *tx, str id)
{
	QUERY(q, tx_db(tx), session_delete);
	bind_text(&q, ":id", id);
	return query_run(&q, NULL);
}
