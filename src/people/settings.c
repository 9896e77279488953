/* SPDX-License-Identifier: Apache-2.0 */
/* What the site decides about itself, and its secret keys. Both are in tables that only a
 * job with the right may write. */
#include "people/people.h"

SQL(setting_select, "SELECT value FROM setting WHERE name = :name");

enum err setting_get(struct db *db, struct arena *a, str name, str *out)
{
	QUERY(q, db, setting_select);
	bind_text(&q, ":name", name);
	str value = query_next(&q) ? column_text(&q, a, 0) : STR_NONE;
	TRY(query_end(&q));
	*out = value;
	return ERR_OK;
}

SQL(setting_save, "INSERT INTO setting (name, value) VALUES (:name, :value)"
                  " ON CONFLICT (name) DO UPDATE SET value = excluded.value");

enum err setting_set(struct tx *tx, str name, str value)
{
	QUERY(q, tx_db(tx), setting_save);
	bind_text(&q, ":name", name);
	bind_text(&q, ":value", value);
	return query_run(&q, NULL);
}

/* ---- secrets ---- */

struct secret {
	str name;
	uint8_t fresh[SEAL_KEY]; /* used when there is none yet */
	uint8_t key[SEAL_KEY];   /* out */
};

SQL(secret_insert, "INSERT INTO site_secret (name, value) VALUES (:name, :value)"
                   " ON CONFLICT (name) DO NOTHING");
SQL(secret_select, "SELECT value FROM site_secret WHERE name = :name");

static enum err make_secret(struct tx *tx, void *arg)
{
	struct secret *s = arg;
	QUERY(add, tx_db(tx), secret_insert);
	bind_text(&add, ":name", s->name);
	bind_blob(&add, ":value", s->fresh, sizeof s->fresh);
	TRY(query_run(&add, NULL));

	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(1024);
	QUERY(q, tx_db(tx), secret_select);
	bind_text(&q, ":name", s->name);
	str value = query_next(&q) ? column_blob(&q, a, 0) : STR_NONE;
	TRY(query_end(&q));
	if (value.n != sizeof s->key)
		return FAIL(ERR_CORRUPT, "site_secret: a key of %zu bytes", value.n);
	memcpy(s->key, value.p, sizeof s->key);
	return ERR_OK;
}

enum err secret_get_or_make(struct store *store, const char *name, uint8_t out[SEAL_KEY])
{
	struct secret s = { .name = str_of(name) };
	seal_random(s.fresh, sizeof s.fresh);
	enum err err = store_write_as(store, STORE_SECRETS, make_secret, &s);
	if (!err) memcpy(out, s.key, sizeof s.key);
	seal_wipe(&s, sizeof s);
	return err;
}
