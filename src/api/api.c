/* SPDX-License-Identifier: Apache-2.0 */
/* What handlers share: readers, replies, addresses. */
#include "api/api.h"

enum err api_init(struct api *api)
{
	TRY(secret_get_or_make(api->store, "capability", api->capability));
	members_init(&api->members);
	player_init(&api->player, api->store, api->shelf);
	if (sem_init(&api->hashing, 0, 2) != 0) return FAIL(ERR_IO, "no semaphore");
	return ERR_OK;
}

void api_listens(struct api *api, struct server *server)
{
	int n = snprintf(api->page_policy, sizeof(api->page_policy), "%s; frame-src *:%d",
	                 ui_policy, server_port(server, CONTENT));
	assert(n > 0 && (size_t)n < sizeof(api->page_policy));
	atomic_store(&api->server, server);
}

void api_free(struct api *api)
{
	player_free(&api->player);
	members_free(&api->members);
	sem_destroy(&api->hashing);
	seal_wipe(api->capability, sizeof(api->capability));
}

/* ---- reading ---- */
enum err reading_begin(struct reading *r, struct request *rq)
{
	struct store *store = api_of(rq)->store;
	TRY(store_reader(store, &r->db));
	r->store = store;
	return ERR_OK;
}

void reading_done(struct reading *r)
{
	if (r->db) store_reader_done(r->store, r->db);
	r->db = NULL;
}

enum err api_language(str language)
{
	if (str_is(language, S("kk")) || str_is(language, S("ru")) ||
	    str_is(language, S("en")))
		return ERR_OK;
	return FAIL(ERR_INVALID, "language is not kk, ru or en");
}

/* ---- answers ---- */
void api_give(struct reply *rs, int status, const struct shape *shape, const void *in)
{
	rs->status = status;
	json_write(&rs->body, shape, in);
}

void api_give_list(struct reply *rs, const struct shape *shape, struct json_list list)
{
	rs->status = 200;
	json_write_list(&rs->body, shape, list);
}

enum err api_give_bytes(struct reply *rs, str bytes)
{
	rs->status = 200;
	buf_str(&rs->body, bytes);
	return rs->body.over ? FAIL(ERR_TOO_LARGE, "a reply of %zu bytes", bytes.n)
	                     : ERR_OK;
}

enum err api_base(struct request *rq, enum http_origin origin, str *out)
{
	struct server *server = atomic_load(&api_of(rq)->server);
	if (!server) return FAIL(ERR_BUSY, "the ports are not known yet");
	str host = request_host(rq);
	if (host.n == 0) return FAIL_WHY(ERR_INVALID, "no-host", "no Host in the request");
	int port = server_port(server, origin);
	struct arena *a = request_arena(rq);
	*out = port == 80 ? arena_printf(a, "http://%.*s", STR_ARG(host))
	                  : arena_printf(a, "http://%.*s:%d", STR_ARG(host), port);
	return ERR_OK;
}

void api_cookie(struct request *rq, const char *cookie)
{
	/* The browser keeps it for a month; the server ends a session earlier. */
	str line = arena_printf(request_arena(rq),
	                        "kenes=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d",
	                        cookie, *cookie ? 30 * 24 * 3600 : 0);
	reply_header(rq, "Set-Cookie", line);
}
