/* SPDX-License-Identifier: Apache-2.0 */
/* What coordinators publish for sites, and what anybody may carry away. Who publishes for a
 * scope must have it; who may look sees what reaches into their own. */
#include "api/api.h"
#include "api/hub_api.h"
#include "api/hub_handlers.h"
#include "api/hub_shapes.h"
#include "base/log.h"
#include "hub/publish.h"
#include "hub/report.h"

#define IMPORT_MEMORY ((size_t)256 << 20)
#define ROSTER_BYTES ((size_t)2 << 20)
#define PAGE_ITEMS ((int64_t)15 << 20) /* of a file that the page gives */
#define PIECE ((size_t)64 << 10)
#define COURSE_PIECE ((size_t)1 << 20)
#define ROOM_LEFT ((uint64_t)64 << 20) /* that must stay: records go before courses */

static str query_or_empty(struct request *rq, const char *name)
{
	str text = request_query(rq, name);
	return text.p ? str_trim(text) : S("");
}

/* ?scope=, ?not_before=, ?not_after= of what is published; the caller must have the scope.
 */
static fallible publishing_of(struct request *rq, struct hub_publishing *out)
{
	str scope;
	TRY(hub_scope(rq, &scope));
	*out = (struct hub_publishing){ .scope = scope,
		                        .who = hub_who(rq),
		                        .not_before = query_or_empty(rq, "not_before"),
		                        .not_after = query_or_empty(rq, "not_after") };
	return ERR_OK;
}

/* ---- the list ---- */

enum err hub_publications(struct request *rq, struct reply *rs)
{
	str scope;
	struct json_list list;
	TRY(hub_scope(rq, &scope));
	HUB_READ(db, rq);
	TRY(hub_publication_all(db, request_arena(rq), scope, query_or_empty(rq, "kind"),
	                        &list));
	return hub_give_list(rq, rs, &hub_publication_shape, list, "published");
}

struct dropping {
	str scope, id, who;
};

static enum err drop(struct tx *tx, void *arg)
{
	const struct dropping *d = arg;
	return hub_publication_end(tx, d->scope, d->id, d->who);
}

enum err hub_publication_drop(struct request *rq, struct reply *rs)
{
	struct dropping d = { str_of(request_caller(rq)->scope), request_param(rq, "id"),
		              hub_who(rq) };
	rs->status = 204;
	return store_write(hub_api_of(rq)->hub.store, drop, &d);
}

/* ---- courses ---- */

/* As much as fits, fewer at the end: each addition to the file is a sync. */
static fallible read_full(struct request *rq, char *piece, size_t most, size_t *n_out)
{
	size_t n = 0, got = 1;
	while (n < most && got) {
		TRY(request_read(rq, piece + n, most - n, &got));
		n += got;
	}
	*n_out = n;
	return ERR_OK;
}

static fallible receive_file(struct request *rq, struct arena *a, const char *path)
{
	uint64_t most = hub_api_of(rq)->upload_max, total = 0, room;
	char *piece = arena_alloc(a, COURSE_PIECE);
	TRY(file_append(path, S("")));
	for (size_t n = COURSE_PIECE; n == COURSE_PIECE;) {
		TRY(read_full(rq, piece, COURSE_PIECE, &n));
		total += n;
		if (total > most)
			return FAIL_WHY(ERR_TOO_LARGE, "upload-too-large",
			                "more than %llu bytes", (unsigned long long)most);
		TRY(file_room(path, &room));
		if (room < ROOM_LEFT) return FAIL(ERR_FULL, "the disk is nearly full");
		TRY(file_append(path, (str){ piece, n }));
	}
	return ERR_OK;
}

static fallible give_course(struct request *rq, struct reply *rs, enum err e,
                            const struct import_report *report,
                            const struct hub_publication *publication)
{
	struct import_reply shown = import_reply_of(report);
	struct hub_course out = { .publication = publication, .report = &shown };
	if (e) {
		out.error = str_of(err_word(e));
		out.reason = str_of(err_last()->reason);
		out.publication = NULL;
	}
	api_give(rs, e ? 422 : 201, &hub_course_shape, &out);
	log_info("hub.course", "verdict=%s bytes=%lld",
	         e ? err_last()->reason : "published", (long long)report->bytes);
	(void)rq;
	return ERR_OK;
}

enum err hub_course_new(struct request *rq, struct reply *rs)
{
	struct hub *hub = &hub_api_of(rq)->hub;
	struct hub_publishing p;
	struct import_report report = { 0 };
	char path[FILE_PATH];
	TRY(publishing_of(rq, &p));
	p.file_name = query_or_empty(rq, "name");
	TRY(hub_incoming_path(hub, path));
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(IMPORT_MEMORY);
	enum err e = receive_file(rq, a, path);
	if (!e) e = hub_publish_course(hub, path, a, &p, &report);
	struct err_note note = *err_last();
	if (file_drop(path)) log_failure(LOG_WARN, "hub.incoming");
	if (e) err_restore(&note);
	if (e && e != ERR_REFUSED) return e;
	return give_course(rq, rs, e, &report, &p.out);
}

/* ---- announcements ---- */

struct telling {
	struct arena *a;
	struct item_news news;
	struct hub_publishing p;
};

static enum err tell(struct tx *tx, void *arg)
{
	struct telling *t = arg;
	return hub_publish_news(tx, t->a, &t->news, &t->p);
}

enum err hub_news_new(struct request *rq, struct reply *rs)
{
	struct hub_news_new in;
	TRY(request_body(rq, &hub_news_new_shape, &in));
	TRY(hub_may_act(rq, in.scope));
	struct telling t = { .a = request_arena(rq),
		             .news = { .kk = in.kk, .ru = in.ru, .en = in.en },
		             .p = { .scope = in.scope,
		                    .who = hub_who(rq),
		                    .not_before = in.not_before,
		                    .not_after = in.not_after } };
	TRY(store_write(hub_api_of(rq)->hub.store, tell, &t));
	api_give(rs, 201, &hub_publication_shape, &t.p.out);
	return ERR_OK;
}

/* ---- lists of people ---- */

struct listing {
	struct arena *a;
	struct roster_read read;
	struct hub_publishing p;
};

static enum err list_people(struct tx *tx, void *arg)
{
	struct listing *l = arg;
	return hub_publish_roster(tx, l->a, &l->read, &l->p);
}

static fallible read_table(struct request *rq, struct arena *a, struct roster_read *out)
{
	struct buf body;
	char *piece = arena_alloc(request_arena(rq), PIECE);
	enum err e = ERR_OK;
	buf_init(&body, ROSTER_BYTES);
	for (size_t n = 1; n && !e;) {
		e = request_read(rq, piece, PIECE, &n);
		if (!e) buf_add(&body, piece, n);
	}
	if (!e && body.over)
		e = FAIL_WHY(ERR_TOO_LARGE, "list-too-long", "more than %zu bytes",
		             ROSTER_BYTES);
	if (!e) e = roster_read_csv(a, arena_copy(a, buf_as_str(&body)), out);
	buf_free(&body);
	return e;
}

enum err hub_roster_new(struct request *rq, struct reply *rs)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(IMPORT_MEMORY);
	struct listing l = { .a = a };
	TRY(publishing_of(rq, &l.p));
	TRY(read_table(rq, a, &l.read));
	struct hub_roster out = { .read = &l.read };
	bool check = request_query(rq, "check").n > 0;
	l.p.title = query_or_empty(rq, "name");
	if (!check) {
		TRY(store_write(hub_api_of(rq)->hub.store, list_people, &l));
		out.publication = &l.p.out;
	}
	api_give(rs, check ? 200 : 201, &hub_roster_shape, &out);
	return ERR_OK;
}

/* ---- files ---- */

enum err hub_site_items(struct request *rq, struct reply *rs)
{
	struct report_site site;
	int64_t mb = 8;
	str asked = request_query(rq, "courses_mb");
	if (asked.n && !str_to_int(asked, 0, 15, &mb))
		return FAIL(ERR_INVALID, "courses_mb is a number from 0 to 15");
	{
		HUB_READ(db, rq);
		TRY(report_site(db, request_arena(rq), str_of(request_caller(rq)->scope),
		                request_param(rq, "id"), &site));
	}
	struct hub_export how = { .site = site.site->id,
		                  .course_most = mb << 20,
		                  .most = PAGE_ITEMS };
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)64 << 20);
	TRY(hub_items_export(&hub_api_of(rq)->hub, a, &how, &rs->body));
	rs->type = "application/octet-stream";
	reply_header(rq, "Content-Disposition",
	             S("attachment; filename=\"to-site.kenes\""));
	return ERR_OK;
}

static fallible give_text(struct request *rq, struct reply *rs, const char *name, str text)
{
	rs->type = "text/plain; charset=utf-8";
	reply_header(rq, "Content-Disposition",
	             arena_printf(request_arena(rq), "attachment; filename=\"%s\"", name));
	return api_give_bytes(rs, text);
}

enum err hub_revocations_file(struct request *rq, struct reply *rs)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)64 << 20);
	str text;
	TRY(hub_revocations(&hub_api_of(rq)->hub, a, &text));
	return give_text(rq, rs, "revocations.txt", text);
}

enum err hub_trust_file(struct request *rq, struct reply *rs)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)128 << 20);
	str text;
	TRY(hub_trust(&hub_api_of(rq)->hub, a, &text));
	return give_text(rq, rs, "trust.txt", text);
}
