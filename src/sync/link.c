/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/link.h"

#include "base/time.h"

SQL(link_select, "SELECT url, hub_key, certificate, scope, enrolled_at, down_version,"
                 " tried_at, reached_at, trouble, ended FROM hub_link WHERE only = 1");

enum err link_get(struct db *db, struct arena *a, struct hub_link *out)
{
	QUERY(q, db, link_select);
	if (!query_next(&q)) {
		TRY(query_end(&q));
		return FAIL_WHY(ERR_NOT_FOUND, "not-enrolled",
		                "this laptop is not registered at a centre: ask the "
		                "coordinator for a code");
	}
	str key = column_blob(&q, a, 1);
	*out = (struct hub_link){
		.url = column_text(&q, a, 0),
		.certificate = column_blob(&q, a, 2),
		.scope = column_text(&q, a, 3),
		.enrolled_at = column_int(&q, 4, 0),
		.down_version = column_int(&q, 5, 0),
		.tried_at = column_int(&q, 6, JSON_ABSENT),
		.reached_at = column_int(&q, 7, JSON_ABSENT),
		.trouble = column_text(&q, a, 8),
		.ended = column_text(&q, a, 9),
	};
	TRY(query_end(&q));
	if (key.n != SEAL_PUBLIC)
		return FAIL(ERR_CORRUPT, "hub_link: a key is not 32 bytes");
	memcpy(out->hub_key, key.p, SEAL_PUBLIC);
	return ERR_OK;
}

SQL(link_save,
    "INSERT INTO hub_link (only, url, hub_key, certificate, scope, enrolled_at)"
    " VALUES (1, :url, :key, :certificate, :scope, :now)"
    " ON CONFLICT (only) DO UPDATE SET url = excluded.url, hub_key = excluded.hub_key,"
    " certificate = excluded.certificate, scope = excluded.scope,"
    " enrolled_at = excluded.enrolled_at, down_version = CASE"
    "  WHEN hub_link.hub_key = excluded.hub_key THEN hub_link.down_version ELSE 0 END,"
    " trouble = NULL, ended = NULL");

/* Another hub counts its versions anew, and what the former one said binds nobody. */
SQL(link_forget, "DELETE FROM down_item WHERE EXISTS"
                 " (SELECT 1 FROM hub_link WHERE hub_key <> :key)");

static fallible forget_former(struct tx *tx, const struct hub_link *link)
{
	QUERY(q, tx_db(tx), link_forget);
	bind_blob(&q, ":key", link->hub_key, SEAL_PUBLIC);
	return query_run(&q, NULL);
}

enum err link_set(struct tx *tx, const struct hub_link *link)
{
	TRY(forget_former(tx, link));
	QUERY(q, tx_db(tx), link_save);
	bind_text(&q, ":url", link->url);
	bind_blob(&q, ":key", link->hub_key, SEAL_PUBLIC);
	bind_blob(&q, ":certificate", link->certificate.p, link->certificate.n);
	bind_text(&q, ":scope", link->scope);
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

SQL(link_tried, "UPDATE hub_link SET tried_at = :now, trouble = :trouble,"
                " reached_at = CASE WHEN :well = 1 THEN :now ELSE reached_at END,"
                " ended = CASE WHEN :trouble = 'revoked' THEN 'revoked' ELSE ended END"
                " WHERE only = 1");

enum err link_note(struct tx *tx, str trouble)
{
	QUERY(q, tx_db(tx), link_tried);
	bind_int(&q, ":now", time_now());
	bind_text(&q, ":trouble", trouble);
	bind_int(&q, ":well", !trouble.p);
	return query_run(&q, NULL);
}

SQL(link_ended, "UPDATE hub_link SET ended = :word WHERE only = 1");

enum err link_end(struct tx *tx, str word)
{
	QUERY(q, tx_db(tx), link_ended);
	bind_text(&q, ":word", word);
	return query_run(&q, NULL);
}

SQL(link_certificate, "UPDATE hub_link SET certificate = :certificate WHERE only = 1");

enum err link_renew(struct tx *tx, str certificate)
{
	QUERY(q, tx_db(tx), link_certificate);
	bind_blob(&q, ":certificate", certificate.p, certificate.n);
	return query_run(&q, NULL);
}

SQL(link_version, "UPDATE hub_link SET down_version = :version"
                  " WHERE only = 1 AND down_version < :version");

enum err link_down(struct tx *tx, int64_t version)
{
	QUERY(q, tx_db(tx), link_version);
	bind_int(&q, ":version", version);
	return query_run(&q, NULL);
}
