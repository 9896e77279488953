/* SPDX-License-Identifier: Apache-2.0 */
/* Which coordinator is asking, and how far their right reaches. A hub has one origin and
 * serves no courses, so a cookie is enough; what changes something must come from our own
 * page (http/route.c). */
#include <stdio.h>

#include "api/hub_api.h"
#include "base/log.h"
#include "base/time.h"
#include "sync/trust.h"

#define NOTE_EVERY_MS 60000
#define COOKIE "kenes_hub"

enum err hub_reading_begin(struct hub_reading *r, struct request *rq)
{
	struct store *store = hub_api_of(rq)->hub.store;
	TRY(store_reader(store, &r->db));
	r->store = store;
	return ERR_OK;
}

void hub_reading_done(struct hub_reading *r)
{
	if (r->db) store_reader_done(r->store, r->db);
	r->db = NULL;
}

static enum err note_seen(struct tx *tx, void *arg)
{
	return coordinator_session_touch(tx, str_of(arg));
}

static fallible find_session(struct request *rq, struct coordinator_session *out)
{
	str cookie[8];
	size_t n = request_cookies(rq, COOKIE, cookie);
	HUB_READ(db, rq);
	enum err e = ERR_UNKNOWN;
	for (size_t i = 0; i < n && e == ERR_UNKNOWN; i++)
		e = coordinator_session_find(db, request_arena(rq), cookie[i], out);
	return e;
}

enum err hub_identify(struct request *rq, enum http_who who, struct http_caller *out)
{
	struct coordinator_session s;
	(void)who; /* limits are kinder to those whom we know */
	*out = (struct http_caller){ 0 };
	enum err e = find_session(rq, &s);
	if (e == ERR_UNKNOWN) return ERR_OK;
	TRY(e);
	out->known = true;
	out->editor = !str_is(s.who.role, S("auditor"));
	out->national = str_is(s.who.role, S("national"));
	snprintf(out->person, sizeof out->person, "%.*s", STR_ARG(s.who.id));
	snprintf(out->session, sizeof out->session, "%.*s", STR_ARG(s.id));
	snprintf(out->scope, sizeof out->scope, "%.*s", STR_ARG(s.who.scope));
	if (time_now() - s.seen_at >= NOTE_EVERY_MS &&
	    store_write(hub_api_of(rq)->hub.store, note_seen, out->session))
		log_failure(LOG_WARN, "seen.lost"); /* only a note: the request goes on */
	return ERR_OK;
}

/* Behind a proxy that speaks HTTPS for us the cookie never goes over plain HTTP. */
void hub_cookie(struct request *rq, const char *cookie)
{
	str line = arena_printf(
		request_arena(rq),
		COOKIE "=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s", cookie,
		*cookie ? 24 * 3600 : 0, request_is_sealed(rq) ? "; Secure" : "");
	reply_header(rq, "Set-Cookie", line);
}

str hub_who(struct request *rq)
{
	return str_of(request_caller(rq)->person);
}

enum err hub_may_act(struct request *rq, str scope)
{
	if (!scope_covers(str_of(request_caller(rq)->scope), scope))
		return FAIL_WHY(ERR_DENIED, "other-scope", "outside of the caller's scope");
	return ERR_OK;
}

enum err hub_scope(struct request *rq, str *out)
{
	str asked = request_query(rq, "scope");
	*out = str_of(request_caller(rq)->scope);
	if (!asked.n) return ERR_OK;
	if (!scope_is(asked)) return FAIL_WHY(ERR_INVALID, "bad-scope", "not a scope");
	TRY(hub_may_act(rq, asked));
	*out = asked;
	return ERR_OK;
}
