/* SPDX-License-Identifier: Apache-2.0 */
/* Files that were brought. Staging opens and checks them and says what is in them; nothing
 * counts until somebody confirms, and until then it can be undone. Confirming gives each
 * request to hub_answer, as if it had come by the line, and seals the replies for the way
 * back. */
#include "base/text.h"
#include "base/time.h"
#include "hub/inside.h"
#include "sync/bundle.h"

static const struct json_field import_fields[] = {
	JSON_TEXT(struct hub_import, id, true, 36, 36),
	JSON_TEXT(struct hub_import, site, true, 36, 36),
	JSON_TEXT(struct hub_import, site_name, true, 0, 200),
	JSON_INT(struct hub_import, records, true, 0, INT64_MAX),
	JSON_INT(struct hub_import, fresh, true, 0, INT64_MAX),
	JSON_INT(struct hub_import, staged_at, true, 0, INT64_MAX),
	JSON_TEXT(struct hub_import, settled, false, 1, 20),
};
const struct shape hub_import_shape = SHAPE("HubImport", struct hub_import, import_fields);

/* ---- looking into a section ---- */

struct staging {
	struct hub *hub;
	struct arena *a;
	str messages, who;
	char sha256[2 * SEAL_HASH + 1];
	struct hub_site site;
	int64_t records, fresh;
	struct id id;
};

static fallible count_fresh(struct staging *s, struct db *db, const struct batch *b)
{
	for (size_t i = 0; i < b->n; i++) {
		char hex[2 * RECORD_ID + 1];
		bool here;
		text_hex(b->id[i], RECORD_ID, hex);
		TRY(record_is_here(db, s->site.number, b->epoch, b->record[i].seq,
		                   str_of(hex), &here));
		s->records++;
		s->fresh += !here;
	}
	return ERR_OK;
}

static fallible forged(void)
{
	return FAIL_WHY(ERR_DENIED, "forged", "records that the site did not sign");
}

/* Records, and once how far the site has got with what comes from above. */
static fallible check_request(struct staging *s, struct db *db, str bytes)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)8 << 20);
	struct exchange_request rq;
	struct batch batch;
	if (!exchange_read(bytes, &rq) ||
	    (rq.type != EXCHANGE_BATCH && rq.type != EXCHANGE_DOWN))
		return FAIL_WHY(ERR_INVALID, "bad-bundle",
		                "the file holds what is no batch");
	if (!s->site.id.p) TRY(hub_site_by_key(db, s->a, rq.key_id, &s->site));
	const uint8_t *key = (const uint8_t *)s->site.public_key.p;
	if (s->site.public_key.n != SEAL_PUBLIC || !str_is(id_str(&rq.site), s->site.id) ||
	    !exchange_signed(&rq, key))
		return forged();
	if (rq.type == EXCHANGE_DOWN) return ERR_OK;
	TRY(batch_read(rq.body, a, &batch, NULL));
	if (!str_is(id_str(&batch.site), s->site.id) || !batch_signed(&batch, key))
		return forged();
	return count_fresh(s, db, &batch);
}

static fallible check_section(struct staging *s)
{
	struct db *db;
	str rest = s->messages, message;
	TRY(store_reader(s->hub->store, &db));
	enum err e = ERR_OK;
	while (!e && bundle_message(&rest, &message)) e = check_request(s, db, message);
	store_reader_done(s->hub->store, db);
	if (!e && rest.n) e = FAIL_WHY(ERR_INVALID, "bad-bundle", "the file is damaged");
	return e;
}

/* ---- staging ---- */

SQL(hub_import_insert,
    "INSERT INTO hub_import (id, sha256, site, requests, records, fresh, brought_by,"
    " staged_at) VALUES (:id, :sha256, :site, :requests, :records, :fresh, :who, :now)"
    " ON CONFLICT (sha256) DO NOTHING");

static enum err stage(struct tx *tx, void *arg)
{
	struct staging *s = arg;
	s->id = id_new("imp");
	QUERY(q, tx_db(tx), hub_import_insert);
	bind_text(&q, ":id", id_str(&s->id));
	bind_text(&q, ":sha256", str_of(s->sha256));
	bind_int(&q, ":site", s->site.number);
	bind_blob(&q, ":requests", s->messages.p, s->messages.n);
	bind_int(&q, ":records", s->records);
	bind_int(&q, ":fresh", s->fresh);
	bind_text(&q, ":who", s->who);
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

#define IMPORT_SELECT                                                               \
	"SELECT i.id, s.id, s.name, i.records, i.fresh, i.staged_at, i.settled_how" \
	" FROM hub_import i JOIN hub_site s ON s.number = i.site"

static struct hub_import import_row(struct query *q, struct arena *a)
{
	return (struct hub_import){
		.id = column_text(q, a, 0),
		.site = column_text(q, a, 1),
		.site_name = column_text(q, a, 2),
		.records = column_int(q, 3, 0),
		.fresh = column_int(q, 4, 0),
		.staged_at = column_int(q, 5, 0),
		.settled = column_text(q, a, 6),
	};
}

SQL(hub_import_of_file, IMPORT_SELECT " WHERE i.sha256 = :sha256");
SQL(hub_import_list, IMPORT_SELECT " ORDER BY i.staged_at DESC, i.id DESC LIMIT 200");

static fallible find_import(struct staging *s, struct hub_import *out)
{
	struct db *db;
	TRY(store_reader(s->hub->store, &db));
	struct query q = query_begin(db, &hub_import_of_file);
	bind_text(&q, ":sha256", str_of(s->sha256));
	bool found = query_next(&q);
	if (found) *out = import_row(&q, s->a);
	enum err e = query_end(&q);
	query_done(&q);
	store_reader_done(s->hub->store, db);
	if (!e && !found) e = FAIL(ERR_NOT_FOUND, "no such import");
	return e;
}

static fallible stage_section(struct staging *s, str sealed, struct hub_import *out)
{
	uint8_t hash[SEAL_HASH];
	seal_sha256(sealed.p, sealed.n, hash);
	text_hex(hash, sizeof hash, s->sha256);
	enum err e = find_import(s, out);
	if (e != ERR_NOT_FOUND) return e; /* staged before, or broken */
	TRY(check_section(s));
	if (!s->site.id.p)
		return FAIL_WHY(ERR_INVALID, "empty-bundle",
		                "there is nothing in the file");
	TRY(store_write(s->hub->store, stage, s));
	return find_import(s, out);
}

enum err hub_import_stage(struct hub *hub, str bytes, str who, struct arena *a,
                          struct json_list *out)
{
	struct hub_import *list = arena_alloc(a, HUB_IMPORTS * sizeof *list);
	size_t n = 0;
	while (n < HUB_IMPORTS) {
		struct staging s = { .hub = hub, .a = a, .who = who };
		str sealed;
		TRY(bundle_next(&hub->identity, &bytes, a, &s.messages, &sealed));
		if (!s.messages.p) break;
		TRY(stage_section(&s, sealed, &list[n]));
		n++;
	}
	if (!n)
		return FAIL_WHY(ERR_NOT_FOUND, "not-for-us",
		                "nothing in the file is for this centre");
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

enum err hub_import_all(struct db *db, struct arena *a, struct json_list *out)
{
	struct hub_import *list = arena_alloc(a, 200 * sizeof *list);
	size_t n = 0;
	QUERY(q, db, hub_import_list);
	while (n < 200 && query_next(&q)) list[n++] = import_row(&q, a);
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

/* ---- confirming ---- */

SQL(hub_import_open, "SELECT i.requests, s.public_key, i.settled_how FROM hub_import i"
                     " JOIN hub_site s ON s.number = i.site WHERE i.id = :id");
SQL(hub_import_end, "UPDATE hub_import SET settled_at = :now, settled_how = :how,"
                    " requests = :none, receipt = :receipt WHERE id = :id"
                    " AND settled_at IS NULL");

struct settling {
	str id, who, how, receipt;
};

static enum err settle(struct tx *tx, void *arg)
{
	const struct settling *s = arg;
	int64_t changed;
	QUERY(q, tx_db(tx), hub_import_end);
	bind_text(&q, ":id", s->id);
	bind_text(&q, ":how", s->how);
	bind_int(&q, ":now", time_now());
	bind_blob(&q, ":none", "", 0);
	if (s->receipt.p)
		bind_blob(&q, ":receipt", s->receipt.p, s->receipt.n);
	else
		bind_null(&q, ":receipt");
	TRY(query_run(&q, &changed));
	if (!changed) return ERR_OK;
	return hub_audit(tx, s->who, S("bundle.settled"), s->id, s->how);
}

struct opened {
	str requests, key, settled;
};

static fallible open_import(struct hub *hub, struct arena *a, str id, struct opened *out)
{
	struct db *db;
	TRY(store_reader(hub->store, &db));
	struct query q = query_begin(db, &hub_import_open);
	bind_text(&q, ":id", id);
	bool found = query_next(&q);
	if (found)
		*out = (struct opened){ column_blob(&q, a, 0), column_blob(&q, a, 1),
			                column_text(&q, a, 2) };
	enum err e = query_end(&q);
	query_done(&q);
	store_reader_done(hub->store, db);
	if (!e && !found) e = FAIL(ERR_NOT_FOUND, "import %.*s", STR_ARG(id));
	return e;
}

struct reaching {
	struct arena *a;
	struct exchange_request rq;
	int64_t version;
};

static enum err note_reached(struct tx *tx, void *arg)
{
	struct reaching *r = arg;
	struct hub_site site;
	TRY(hub_site_by_key(tx_db(tx), r->a, r->rq.key_id, &site));
	return down_note(tx, &site, r->version);
}

/* It was signed when it was staged. There is nothing to answer. */
static fallible hear_reached(struct hub *hub, struct arena *a, str message, bool *is_out)
{
	struct reaching r = { .a = a };
	struct down_ask ask;
	*is_out = exchange_read(message, &r.rq) && r.rq.type == EXCHANGE_DOWN;
	if (!*is_out || json_read(r.rq.body, &down_ask_shape, JSON_LENIENT, a, &ask))
		return ERR_OK;
	r.version = ask.after;
	return store_write(hub->store, note_reached, &r);
}

static fallible answer_all(struct hub *hub, str requests, struct buf *replies)
{
	str message;
	struct buf reply;
	enum err e = ERR_OK;
	buf_init(&reply, EXCHANGE_MOST);
	while (!e && bundle_message(&requests, &message)) {
		on_exit_of_scope(arena_close_at) struct arena *a =
			arena_open((size_t)32 << 20);
		int status;
		bool reached;
		e = hear_reached(hub, a, message, &reached);
		if (e || reached) continue;
		e = hub_answer(hub, message, a, &reply, &status);
		if (!e) bundle_add(replies, buf_as_str(&reply));
	}
	buf_free(&reply);
	return e;
}

enum err hub_import_confirm(struct hub *hub, str id, str who)
{
	on_exit_of_scope(arena_close_at) struct arena *a =
		arena_open(BUNDLE_MOST + (1 << 20));
	struct opened opened;
	struct buf replies, receipt;
	TRY(open_import(hub, a, id, &opened));
	if (opened.settled.p && str_is(opened.settled, S("confirmed"))) return ERR_OK;
	if (opened.settled.p)
		return FAIL_WHY(ERR_CONFLICT, "already-decided", "that file was put away");
	if (opened.key.n != SEAL_PUBLIC) return FAIL(ERR_CORRUPT, "a site without a key");
	buf_init(&replies, BUNDLE_MOST);
	buf_init(&receipt, BUNDLE_MOST);
	enum err e = answer_all(hub, opened.requests, &replies);
	if (!e)
		e = bundle_seal((const uint8_t *)opened.key.p, buf_as_str(&replies),
		                &receipt);
	struct settling s = { id, who, S("confirmed"), buf_as_str(&receipt) };
	if (!e) e = store_write(hub->store, settle, &s);
	buf_free(&replies);
	buf_free(&receipt);
	return e;
}

enum err hub_import_undo(struct hub *hub, str id, str who)
{
	on_exit_of_scope(arena_close_at) struct arena *a =
		arena_open(BUNDLE_MOST + (1 << 20));
	struct opened opened;
	TRY(open_import(hub, a, id, &opened));
	if (opened.settled.p && str_is(opened.settled, S("undone"))) return ERR_OK;
	if (opened.settled.p)
		return FAIL_WHY(
			ERR_CONFLICT, "already-decided",
			"that file was confirmed: its records cannot be taken back");
	struct settling s = { id, who, S("undone"), STR_NONE };
	return store_write(hub->store, settle, &s);
}

/* ---- the way back ---- */

SQL(hub_import_site_of, "SELECT s.id FROM hub_import i JOIN hub_site s ON s.number = i.site"
                        " WHERE i.id = :id");

enum err hub_import_site(struct db *db, struct arena *a, str id, str *out)
{
	QUERY(q, db, hub_import_site_of);
	bind_text(&q, ":id", id);
	bool found = query_next(&q);
	if (found) *out = column_text(&q, a, 0);
	TRY(query_end(&q));
	return found ? ERR_OK : FAIL(ERR_NOT_FOUND, "import %.*s", STR_ARG(id));
}

SQL(hub_receipts, "SELECT receipt FROM hub_import WHERE receipt IS NOT NULL"
                  " AND (:id = '' OR id = :id) ORDER BY settled_at DESC LIMIT 1000");

enum err hub_import_receipts(struct db *db, str id, struct buf *out)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(BUNDLE_MOST);
	QUERY(q, db, hub_receipts);
	bind_text(&q, ":id", id);
	while (query_next(&q)) {
		buf_str(out, column_blob(&q, a, 0));
		arena_reset(a);
	}
	TRY(query_end(&q));
	if (out->over) return FAIL(ERR_TOO_LARGE, "too many receipts for one file");
	return ERR_OK;
}
