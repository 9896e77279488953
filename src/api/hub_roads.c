/* SPDX-License-Identifier: Apache-2.0 */
/* The roads by which sites reach the hub, and what those who run it look at. */
#include <stdlib.h>

#include "api/hub_api.h"
#include "api/hub_handlers.h"
#include "api/shapes.h"
#include "base/log.h"
#include "hub/publish.h"
#include "sync/bundle.h"

#define BYTES "application/octet-stream"
#define MEMORY ((size_t)32 << 20)
#define RECEIPT_COURSE                                                    \
	((int64_t)4 << 20) /* larger courses do not travel with a receipt \
	                    */
#define RECEIPT_ITEMS ((int64_t)12 << 20)

enum err hub_body(struct request *rq, size_t most, struct buf *out)
{
	char *piece = arena_alloc(request_arena(rq), 64 << 10);
	size_t n = 1;
	if (request_length(rq) > (int64_t)most)
		return FAIL(ERR_TOO_LARGE, "%lld bytes", (long long)request_length(rq));
	while (n) {
		TRY(request_read(rq, piece, 64 << 10, &n));
		buf_add(out, piece, n);
	}
	if (out->over) return FAIL(ERR_TOO_LARGE, "more than %zu bytes", most);
	return ERR_OK;
}

enum err hub_exchange(struct request *rq, struct reply *rs)
{
	struct hub_api *api = hub_api_of(rq);
	struct buf body;
	int status = 0;
	buf_init(&body, EXCHANGE_MOST);
	struct arena *a = arena_open(MEMORY);
	enum err e = hub_body(rq, EXCHANGE_MOST, &body);
	if (!e) e = hub_answer(&api->hub, buf_as_str(&body), a, &rs->body, &status);
	arena_close(a);
	buf_free(&body);
	rs->type = BYTES;
	rs->status = status;
	atomic_fetch_add(&api->exchanges, 1);
	if (status != 201) atomic_fetch_add(&api->refused, 1);
	return e;
}

/* ---- bundles ---- */

static fallible stage_and_confirm(struct hub_api *api, str bytes, struct arena *a,
                                  struct json_list *out)
{
	TRY(hub_import_stage(&api->hub, bytes, S("courier"), a, out));
	struct hub_import *import = (struct hub_import *)(uintptr_t)out->items;
	for (size_t i = 0; i < out->n; i++) {
		TRY(hub_import_confirm(&api->hub, import[i].id, S("courier")));
		import[i].settled = S("confirmed");
	}
	return ERR_OK;
}

enum err hub_bundle(struct request *rq, struct reply *rs)
{
	struct hub_api *api = hub_api_of(rq);
	struct buf body;
	struct json_list list;
	buf_init(&body, BUNDLE_MOST);
	struct arena *a = arena_open(2 * BUNDLE_MOST);
	enum err e = hub_body(rq, BUNDLE_MOST, &body);
	if (!e) e = stage_and_confirm(api, buf_as_str(&body), a, &list);
	if (!e) {
		rs->status = 201;
		json_write_list(&rs->body, &hub_import_shape, list);
		log_info("hub.bundle", "sections=%zu bytes=%zu", list.n, body.n);
	}
	arena_close(a);
	buf_free(&body);
	atomic_fetch_add(&api->bundles, 1);
	return e;
}

/* A site that was cut off still gets its receipt, and nothing new. */
static fallible add_items(struct request *rq, str site, struct buf *out)
{
	struct hub_export how = { .site = site,
		                  .course_most = RECEIPT_COURSE,
		                  .most = RECEIPT_ITEMS };
	struct arena *a = arena_open(MEMORY);
	enum err e = hub_items_export(&hub_api_of(rq)->hub, a, &how, out);
	arena_close(a);
	return e == ERR_DENIED ? ERR_OK : e;
}

enum err hub_receipt(struct request *rq, struct reply *rs)
{
	str id = request_param(rq, "id"), site = STR_NONE;
	{
		HUB_READ(db, rq);
		TRY(hub_import_receipts(db, id, &rs->body));
		if (!rs->body.n) return FAIL(ERR_NOT_FOUND, "no receipt of that id");
		TRY(hub_import_site(db, request_arena(rq), id, &site));
	}
	enum err e = add_items(rq, site, &rs->body);
	rs->type = BYTES;
	reply_header(rq, "Content-Disposition",
	             S("attachment; filename=\"receipt.kenes\""));
	return e;
}

/* ---- for those who run it ---- */

enum err hub_health(struct request *rq, struct reply *rs)
{
	if (store_healthy(hub_api_of(rq)->hub.store))
		return FAIL(ERR_BUSY, "the store cannot write");
	json_write(&rs->body, &health_shape, &(struct health){ true });
	return ERR_OK;
}

static void figure(struct buf *out, const char *name, const char *kind, const char *help,
                   uint64_t value)
{
	buf_printf(out, "# HELP kenes_%s %s\n# TYPE kenes_%s %s\nkenes_%s %llu\n", name,
	           help, name, kind, name, (unsigned long long)value);
}

enum err hub_metrics(struct request *rq, struct reply *rs)
{
	struct hub_api *api = hub_api_of(rq);
	struct store_numbers s = store_numbers(api->hub.store);
	struct server_numbers n = server_numbers(atomic_load(&api->server));
	struct hub_numbers h;
	struct db *db;
	TRY(store_reader(api->hub.store, &db));
	enum err e = hub_numbers(db, &h);
	store_reader_done(api->hub.store, db);
	if (e) return e;
	struct buf *out = &rs->body;
	rs->type = "text/plain; version=0.0.4; charset=utf-8";
	figure(out, "requests_total", "counter", "HTTP requests begun.", n.requests);
	figure(out, "limited_total", "counter", "Requests refused as too many.", n.limited);
	figure(out, "busy_threads", "gauge", "Threads that hold a connection.",
	       (uint64_t)n.busy_threads);
	figure(out, "exchanges_total", "counter", "Requests of sites answered.",
	       atomic_load(&api->exchanges));
	figure(out, "exchanges_refused_total", "counter", "Requests of sites refused.",
	       atomic_load(&api->refused));
	figure(out, "bundles_total", "counter", "Files brought by couriers.",
	       atomic_load(&api->bundles));
	figure(out, "store_writes_total", "counter", "Jobs saved.", s.writes);
	figure(out, "store_refused_total", "counter", "Jobs answered with an error.",
	       s.refused);
	figure(out, "store_commits_total", "counter", "Groups written: one sync each.",
	       s.commits);
	figure(out, "store_worst_commit_us", "gauge", "The longest wait for a write.",
	       s.worst_commit_us);
	figure(out, "sites", "gauge", "Sites enrolled.", (uint64_t)h.sites);
	figure(out, "sites_silent", "gauge", "Sites not heard of for 21 days.",
	       (uint64_t)h.silent);
	figure(out, "records", "gauge", "Records of all sites.", (uint64_t)h.records);
	figure(out, "attention_open", "gauge", "Things that somebody should look at.",
	       (uint64_t)h.attention);
	return ERR_OK;
}
