/* SPDX-License-Identifier: Apache-2.0 */
/* The trainer's shelf: courses, and packages that come in. */
#include "api/api.h"
#include "api/handlers.h"
#include "base/log.h"

#define PIECE ((size_t)64 << 10)
#define IMPORT_MEMORY ((size_t)256 << 20) /* a manifest, its tree, its findings */

enum err course_list(struct request *rq, struct reply *rs)
{
	READ(db, rq);
	struct json_list list;
	TRY(course_all(db, request_arena(rq), &list));
	api_give_list(rs, &course_shape, list);
	return ERR_OK;
}

static enum err hide(struct tx *tx, void *id)
{
	return course_hide(tx, *(const str *)id);
}

enum err course_drop(struct request *rq, struct reply *rs)
{
	str id = request_param(rq, "id");
	rs->status = 204;
	return store_write(api_of(rq)->store, hide, &id);
}

/* ---- import ---- */
static enum err receive(struct request *rq, struct incoming *incoming)
{
	uint64_t most = api_of(rq)->upload_max, total = 0;
	char *piece = arena_alloc(request_arena(rq), PIECE);
	for (;;) {
		size_t n;
		TRY(request_read(rq, piece, PIECE, &n));
		if (n == 0) return ERR_OK;
		total += n;
		if (total > most)
			return FAIL_WHY(ERR_TOO_LARGE, "upload-too-large",
			                "more than %llu bytes", (unsigned long long)most);
		TRY(incoming_add(incoming, piece, n));
	}
}

enum err package_add(struct request *rq, struct reply *rs)
{
	struct api *api = api_of(rq);
	int64_t length = request_length(rq);
	if (length > (int64_t)api->upload_max)
		return FAIL_WHY(ERR_TOO_LARGE, "upload-too-large", "%lld bytes",
		                (long long)length);
	str name = request_query(rq, "name");
	struct incoming *incoming;
	TRY(incoming_open(api->shelf, &incoming));
	enum err e = receive(rq, incoming);
	if (e) {
		incoming_abandon(incoming);
		return e;
	}
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(IMPORT_MEMORY);
	struct import_report report = { 0 };
	e = incoming_import(incoming, name.p ? name : S("course.zip"), a, &report);
	if (e && e != ERR_REFUSED) return e;
	struct import_reply out = import_reply_of(&report);
	if (e) {
		out.error = str_of(err_word(e));
		out.reason = str_of(err_last()->reason);
	}
	api_give(rs, e ? 422 : 201, &import_reply_shape, &out);
	log_info("package.import", "package=%.12s verdict=%s bytes=%lld",
	         out.package.p ? out.package.p : "-", e ? err_last()->reason : "in",
	         (long long)out.bytes);
	return ERR_OK;
}
