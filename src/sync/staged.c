/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/staged.h"

#include "base/file.h"
#include "base/text.h"
#include "base/time.h"
#include "sync/bundle.h"

#define MOST 20

static const struct json_field staged_fields[] = {
	JSON_TEXT(struct staged, id, true, 36, 36),
	JSON_INT(struct staged, staged_at, true, 0, INT64_MAX),
	JSON_OBJECT(struct staged, what, true, carried_shape),
};
const struct shape staged_shape = SHAPE("Staged", struct staged, staged_fields);

static fallible path_of(const struct site_sync *sync, const char *id, char out[FILE_PATH])
{
	char folder[FILE_PATH];
	TRY(file_path(folder, sync->folder, "staged"));
	TRY(file_make_folder(folder));
	return file_path(out, folder, id);
}

SQL(staged_list, "SELECT id, staged_at, summary FROM down_staged"
                 " ORDER BY staged_at DESC, id LIMIT 20");

enum err staged_all(struct db *db, struct arena *a, struct json_list *out)
{
	struct staged *list = arena_alloc(a, MOST * sizeof *list);
	size_t n = 0;
	QUERY(q, db, staged_list);
	while (n < MOST && query_next(&q)) {
		struct carried *what = arena_new(a, struct carried);
		TRY(json_read(column_text(&q, a, 2), &carried_shape, JSON_LENIENT, a,
		              what));
		list[n++] = (struct staged){ column_text(&q, a, 0), column_int(&q, 1, 0),
			                     what };
	}
	*out = (struct json_list){ list, n };
	return query_end(&q);
}

/* ---- bringing one ---- */

struct staging_file {
	char sha256[2 * SEAL_HASH + 1];
	struct id id;
	str summary;
};

SQL(staged_same, "SELECT id FROM down_staged WHERE sha256 = :sha256");
SQL(staged_insert, "INSERT INTO down_staged (id, sha256, summary, staged_at)"
                   " VALUES (:id, :sha256, :summary, :now)");

static fallible find_same(struct tx *tx, struct staging_file *s, bool *found)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(4096);
	QUERY(q, tx_db(tx), staged_same);
	bind_text(&q, ":sha256", str_of(s->sha256));
	*found = query_next(&q);
	if (*found) {
		str id = column_text(&q, a, 0);
		if (id.n < ID_TEXT) memcpy(s->id.text, id.p, id.n);
	}
	return query_end(&q);
}

static enum err insert(struct tx *tx, void *arg)
{
	struct staging_file *s = arg;
	bool there;
	TRY(find_same(tx, s, &there));
	if (there) return ERR_OK;
	QUERY(q, tx_db(tx), staged_insert);
	bind_text(&q, ":id", id_str(&s->id));
	bind_text(&q, ":sha256", str_of(s->sha256));
	bind_text(&q, ":summary", s->summary);
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

static fallible look(struct site_sync *sync, struct arena *a, str bytes,
                     struct carried *out)
{
	for (;;) {
		str messages;
		TRY(bundle_next(sync->identity, &bytes, a, &messages, NULL));
		if (!messages.p) return ERR_OK;
		if (carried_is(messages)) TRY(carried_look(sync, a, messages, out));
	}
}

enum err staged_add(struct site_sync *sync, struct arena *a, str bytes, struct id *id_out)
{
	struct carried what = { 0 };
	struct staging_file s = { .id = id_new("stg") };
	uint8_t hash[SEAL_HASH];
	char path[FILE_PATH];
	struct buf text;
	*id_out = (struct id){ "" };
	TRY(look(sync, a, bytes, &what));
	if (!what.news && !what.courses && !what.others) return ERR_OK;
	seal_sha256(bytes.p, bytes.n, hash);
	text_hex(hash, sizeof hash, s.sha256);
	buf_init(&text, 1000);
	json_write(&text, &carried_shape, &what);
	s.summary = arena_copy(a, buf_as_str(&text));
	buf_free(&text);
	struct id fresh = s.id;
	TRY(path_of(sync, fresh.text, path));
	TRY(file_write(path, bytes, 0600));
	TRY(store_write(sync->store, insert, &s));
	*id_out = s.id;
	bool same = str_is(id_str(&fresh), id_str(&s.id));
	return same ? ERR_OK : file_drop(path);
}

/* ---- deciding ---- */

SQL(staged_delete, "DELETE FROM down_staged WHERE id = :id");

static enum err delete_row(struct tx *tx, void *id)
{
	int64_t changed;
	QUERY(q, tx_db(tx), staged_delete);
	bind_text(&q, ":id", *(const str *)id);
	TRY(query_run(&q, &changed));
	return changed ? ERR_OK
	               : FAIL_WHY(ERR_CONFLICT, "already-decided",
	                          "that file was decided already");
}

static fallible read_file(struct site_sync *sync, struct arena *a, str id, str *out)
{
	char path[FILE_PATH];
	if (!id_is(id, "stg")) return FAIL(ERR_NOT_FOUND, "not a staged file");
	TRY(path_of(sync, arena_copy(a, id).p, path));
	if (!file_exists(path))
		return FAIL_WHY(ERR_CONFLICT, "already-decided",
		                "that file was decided already");
	return file_read(path, BUNDLE_MOST + 4096, a, out);
}

enum err staged_take(struct site_sync *sync, struct arena *a, str id)
{
	str bytes;
	TRY(read_file(sync, a, id, &bytes));
	for (;;) {
		str messages;
		TRY(bundle_next(sync->identity, &bytes, a, &messages, NULL));
		if (!messages.p) break;
		if (carried_is(messages)) TRY(carried_take(sync, a, messages));
	}
	return staged_drop(sync, id);
}

/* The row first: without it nobody reads the file. */
enum err staged_drop(struct site_sync *sync, str id)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(4096);
	char path[FILE_PATH];
	if (!id_is(id, "stg")) return FAIL(ERR_NOT_FOUND, "not a staged file");
	TRY(store_write(sync->store, delete_row, &id));
	TRY(path_of(sync, arena_copy(a, id).p, path));
	return file_drop(path);
}
