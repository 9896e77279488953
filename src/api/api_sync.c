/* SPDX-License-Identifier: Apache-2.0 */
/* The trainer's side of sync: enrol, see what is not sent yet, send, and the same by file.
 */
#include "api/api.h"
#include "api/handlers.h"
#include "base/time.h"
#include "sync/bundle.h"
#include "sync/line.h"
#include "sync/staged.h"

#define MEMORY ((size_t)256 << 20)

/* ---- how things stand ---- */

static fallible state_of(struct request *rq, struct db *db, struct sync_state *out)
{
	struct arena *a = request_arena(rq);
	struct hub_link link;
	struct sync_report look;
	struct api *api = api_of(rq);
	TRY(sync_look(db, a, &look));
	*out = (struct sync_state){ .records = look.records,
		                    .unsent = look.unsent,
		                    .tried_at = JSON_ABSENT,
		                    .reached_at = JSON_ABSENT };
	TRY(journal_refused(db, &out->refused));
	TRY(staged_all(db, a, &out->staged));
	TRY(journal_told_at(db, a, &out->told_at));
	out->running = api->sync.runs && api->sync.runs(api->sync.job);
	enum err e = link_get(db, a, &link);
	if (e == ERR_NOT_FOUND) return ERR_OK;
	if (e) return e;
	out->enrolled = true;
	out->hub = link.url;
	out->scope = link.scope;
	out->tried_at = link.tried_at;
	out->reached_at = link.reached_at;
	out->trouble = link.ended.p ? link.ended : link.trouble;
	return ERR_OK;
}

enum err sync_show(struct request *rq, struct reply *rs)
{
	READ(db, rq);
	struct sync_state state;
	TRY(state_of(rq, db, &state));
	api_give(rs, 200, &sync_state_shape, &state);
	return ERR_OK;
}

enum err sync_start(struct request *rq, struct reply *rs)
{
	struct api *api = api_of(rq);
	READ(db, rq);
	struct hub_link link;
	TRY(link_get(db, request_arena(rq), &link));
	api->sync.ask(api->sync.job);
	rs->status = 202;
	return ERR_OK;
}

/* ---- enrolling ---- */

/* The trainer waits at the screen: one try, then a sentence. */
static bool no_pause(void *line, int64_t ms)
{
	(void)line, (void)ms;
	return false;
}

static struct site_sync sync_of(struct api *api)
{
	return (struct site_sync){ .store = api->store,
		                   .folder = api->data,
		                   .identity = api->identity,
		                   .apply = api->sync.apply,
		                   .keep = api->sync.keep,
		                   .apply_context = api->sync.context };
}

/* "https://hub#CODE", as the coordinator's QR code has it, or the two apart. */
static void split(const struct enrol_new *in, str *url, str *code)
{
	size_t mark = str_index(in->hub, '#');
	*url = str_trim(str_part(in->hub, 0, mark));
	*code = in->code;
	if (!str_trim(in->code).n && mark < in->hub.n)
		*code = str_part(in->hub, mark + 1, in->hub.n);
}

enum err sync_enrolment(struct request *rq, struct reply *rs)
{
	struct api *api = api_of(rq);
	struct arena *a = request_arena(rq);
	struct enrol_new in;
	struct line *line;
	str url, code, name = S("");
	TRY(request_body(rq, &enrol_new_shape, &in));
	split(&in, &url, &code);
	{
		READ(db, rq);
		TRY(setting_get(db, a, S("site.name"), &name));
	}
	TRY(line_open(arena_copy(a, url).p, &line));
	struct site_sync sync = sync_of(api);
	sync.road = line_road(line);
	sync.road.pause = no_pause;
	enum err e = sync_enrol(&sync, url, code, name.p ? name : S(""), in.contact);
	line_close(line);
	if (e) return e;
	api->sync.ask(api->sync.job);
	rs->status = 204;
	return ERR_OK;
}

/* ---- files ---- */

enum err sync_bundle(struct request *rq, struct reply *rs)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct site_sync sync = sync_of(api_of(rq));
	int64_t records;
	char day[TIME_TEXT];
	TRY(bundle_export(&sync, a, &rs->body, &records));
	time_write(time_now(), day);
	rs->type = "application/octet-stream";
	str name = arena_printf(request_arena(rq),
	                        "attachment; filename=\"kenes-%.10s.kenes\"", day);
	reply_header(rq, "Content-Disposition", name);
	return ERR_OK;
}

static fallible take_body(struct request *rq, struct buf *out)
{
	char *piece = arena_alloc(request_arena(rq), 64 << 10);
	for (size_t n = 1; n;) {
		TRY(request_read(rq, piece, 64 << 10, &n));
		buf_add(out, piece, n);
	}
	if (out->over)
		return FAIL(ERR_TOO_LARGE, "a receipt of more than %zu bytes", out->max);
	return ERR_OK;
}

enum err sync_take_receipt(struct request *rq)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct site_sync sync = sync_of(api_of(rq));
	struct sync_report report;
	struct id waits;
	struct buf body;
	buf_init(&body, BUNDLE_MOST);
	enum err e = take_body(rq, &body);
	if (!e) e = bundle_import(&sync, buf_as_str(&body), a, &report);
	if (!e && report.carried) e = staged_add(&sync, a, buf_as_str(&body), &waits);
	buf_free(&body);
	return e;
}

static fallible give_state(struct request *rq, struct reply *rs)
{
	struct sync_state state;
	READ(db, rq);
	TRY(state_of(rq, db, &state));
	api_give(rs, 200, &sync_state_shape, &state);
	return ERR_OK;
}

enum err sync_receipt(struct request *rq, struct reply *rs)
{
	TRY(sync_take_receipt(rq));
	return give_state(rq, rs);
}

/* ---- what a file brought from above ---- */

enum err sync_take(struct request *rq, struct reply *rs)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct site_sync sync = sync_of(api_of(rq));
	TRY(staged_take(&sync, a, request_param(rq, "id")));
	return give_state(rq, rs);
}

enum err sync_drop(struct request *rq, struct reply *rs)
{
	struct site_sync sync = sync_of(api_of(rq));
	TRY(staged_drop(&sync, request_param(rq, "id")));
	return give_state(rq, rs);
}
