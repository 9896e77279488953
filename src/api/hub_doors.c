/* SPDX-License-Identifier: Apache-2.0 */
/* How coordinators come in, and who may: hello, beginning with a code, signing in, the list
 * of coordinators. */
#include <errno.h>
#include <stdio.h>
#include <time.h>

#include "api/api.h"
#include "api/describe.h"
#include "api/hub_api.h"
#include "api/hub_handlers.h"
#include "api/hub_shapes.h"
#include "base/text.h"
#include "base/time.h"
#include "paper/qr.h"
#include "sync/code.h"

enum err hub_about(struct request *rq, struct reply *rs)
{
	struct api_info info;
	describe_api(request_arena(rq), hub_routes, hub_n_routes, &info);
	api_give(rs, 200, &api_info_shape, &info);
	return ERR_OK;
}

enum err hub_hello(struct request *rq, struct reply *rs)
{
	struct hub_hello hello = { .version = S(KENES_VERSION) };
	struct coordinator me;
	HUB_READ(db, rq);
	TRY(coordinator_exists(db, &hello.ready));
	if (request_caller(rq)->known) {
		TRY(coordinator_get(db, request_arena(rq), hub_who(rq), &me));
		hello.me = &me;
	}
	api_give(rs, 200, &hub_hello_shape, &hello);
	return ERR_OK;
}

static fallible draw(struct request *rq, str text, str *out)
{
	struct buf svg;
	buf_init(&svg, 256 << 10);
	enum err e = qr_svg(&svg, text);
	if (!e) *out = arena_copy(request_arena(rq), buf_as_str(&svg));
	buf_free(&svg);
	return e;
}

/* ---- passwords: two at a time, outside the writer ---- */

static fallible hashing_begin(struct hub_api *api)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 5;
	while (sem_timedwait(&api->hashing, &until) != 0)
		if (errno != EINTR) return FAIL(ERR_BUSY, "too many passwords at a time");
	return ERR_OK;
}

/* ---- beginning with a code ---- */

/* The key is not kept here: the page brings it back with the digits that prove it. */
enum err hub_start(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	struct hub_start in;
	struct coordinator who;
	struct hub_started out;
	struct buf uri;
	uint8_t key[TOTP_KEY];
	char text[TOTP_TEXT];
	TRY(request_body(rq, &hub_start_shape, &in));
	{
		HUB_READ(db, rq);
		TRY(coordinator_code_is(db, a, in.login, in.code, &who));
	}
	totp_key_new(key);
	totp_key_write(key, text);
	buf_init(&uri, 1024);
	buf_str(&uri, S("otpauth://totp/Kenes:"));
	text_percent(&uri, who.login);
	buf_printf(&uri, "?secret=%s&issuer=Kenes", text);
	out.name = who.name;
	out.key = arena_copy(a, str_of(text));
	enum err e = draw(rq, buf_as_str(&uri), &out.qr);
	seal_wipe(uri.p, uri.n);
	buf_free(&uri);
	if (!e) api_give(rs, 200, &hub_started_shape, &out);
	return e;
}

static enum err start(struct tx *tx, void *arg)
{
	return coordinator_start(tx, arg);
}

static fallible give_begun(struct request *rq, struct reply *rs, const struct starting *s)
{
	struct coordinator me;
	str recovery[RECOVERY_CODES];
	for (size_t i = 0; i < RECOVERY_CODES; i++) recovery[i] = str_of(s->recovery[i]);
	HUB_READ(db, rq);
	TRY(coordinator_get(db, request_arena(rq), id_str(&s->coordinator), &me));
	hub_cookie(rq, s->cookie);
	api_give(rs, 201, &hub_begun_shape,
	         &(struct hub_begun){ &me, { recovery, RECOVERY_CODES } });
	return ERR_OK;
}

enum err hub_start_confirm(struct request *rq, struct reply *rs)
{
	struct hub_api *api = hub_api_of(rq);
	struct hub_start_confirm in;
	struct coordinator who;
	char hash[SEAL_PASSWORD], cookie[SESSION_COOKIE];
	TRY(request_body(rq, &hub_start_confirm_shape, &in));
	{
		HUB_READ(db, rq);
		TRY(coordinator_code_is(db, request_arena(rq), in.login, in.code, &who));
	}
	struct starting s = { .login = in.login, .code = in.code, .password_hash = hash };
	if (!totp_key_read(in.key, s.totp)) return FAIL(ERR_INVALID, "not a key");
	s.step = totp_find(s.totp, in.digits, time_now(), 0);
	if (s.step < 0)
		return FAIL_WHY(ERR_INVALID, "wrong-digits", "the app shows other digits");
	TRY(hashing_begin(api));
	enum err e = seal_password(in.password, hash);
	sem_post(&api->hashing);
	TRY(e);
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		char *code = arena_alloc(request_arena(rq), CODE_TEXT);
		code_new(code);
		s.recovery[i] = code;
	}
	session_cookie_new(cookie);
	s.cookie = cookie;
	TRY(store_write_as(api->hub.store, STORE_SECRETS, start, &s));
	return give_begun(rq, rs, &s);
}

/* ---- signing in ---- */

struct signing_in {
	str id, digits;
	const char *cookie;
	enum second_factor second;
};

static enum err sign_in(struct tx *tx, void *arg)
{
	struct signing_in *s = arg;
	return coordinator_sign_in(tx, s->id, s->digits, s->cookie, &s->second);
}

enum err hub_sign_in(struct request *rq, struct reply *rs)
{
	struct hub_api *api = hub_api_of(rq);
	struct hub_sign_in in;
	struct coordinator_secret secret = { STR_NONE, STR_NONE };
	struct coordinator me;
	char cookie[SESSION_COOKIE];
	TRY(request_body(rq, &hub_sign_in_shape, &in));
	{
		HUB_READ(db, rq);
		enum err e =
			coordinator_secret_get(db, request_arena(rq), in.login, &secret);
		if (e && e != ERR_NOT_FOUND) return e;
	}
	/* An unknown login takes as long as a wrong password. */
	TRY(hashing_begin(api));
	bool right = seal_password_is(in.password, secret.password.p);
	sem_post(&api->hashing);
	if (!right || !secret.id.p)
		return FAIL_WHY(ERR_UNKNOWN, "wrong-password", "sign-in refused");
	session_cookie_new(cookie);
	struct signing_in s = { secret.id, in.digits, cookie, SECOND_WRONG };
	TRY(store_write_as(api->hub.store, STORE_SECRETS, sign_in, &s));
	if (s.second == SECOND_WAIT)
		return FAIL_WHY(ERR_UNKNOWN, "wait-a-quarter", "five wrong codes");
	if (s.second == SECOND_WRONG)
		return FAIL_WHY(ERR_UNKNOWN, "wrong-digits", "the second factor is wrong");
	HUB_READ(db, rq);
	TRY(coordinator_get(db, request_arena(rq), secret.id, &me));
	hub_cookie(rq, cookie);
	api_give(rs, 200, &coordinator_shape, &me);
	return ERR_OK;
}

static enum err end_session(struct tx *tx, void *arg)
{
	return coordinator_session_end(tx, str_of(arg));
}

enum err hub_sign_out(struct request *rq, struct reply *rs)
{
	char session[sizeof request_caller(rq)->session];
	memcpy(session, request_caller(rq)->session, sizeof session);
	TRY(store_write(hub_api_of(rq)->hub.store, end_session, session));
	hub_cookie(rq, "");
	rs->status = 204;
	return ERR_OK;
}

/* ---- the list of coordinators ---- */

enum err hub_coordinators(struct request *rq, struct reply *rs)
{
	struct json_list list;
	HUB_READ(db, rq);
	TRY(coordinator_all(db, request_arena(rq), &list));
	return hub_give_list(rq, rs, &coordinator_shape, list, "coordinators");
}

struct making {
	const struct coordinator_new *in;
	str who, id;
	char code[CODE_TEXT];
	struct id made;
};

static enum err add(struct tx *tx, void *arg)
{
	struct making *m = arg;
	return coordinator_add(tx, m->in, str_of(m->code), m->who, &m->made);
}

static enum err new_code(struct tx *tx, void *arg)
{
	struct making *m = arg;
	return coordinator_code(tx, m->id, str_of(m->code), m->who);
}

/* `text` is what the QR code says. */
static fallible give_code(struct request *rq, struct reply *rs, const char *code, str text,
                          int64_t life_ms)
{
	struct hub_code out = { str_of(code), STR_NONE, time_now() + life_ms };
	TRY(draw(rq, text, &out.qr));
	api_give(rs, 201, &hub_code_shape, &out);
	return ERR_OK;
}

enum err hub_coordinator_new(struct request *rq, struct reply *rs)
{
	struct coordinator_new in;
	TRY(request_body(rq, &coordinator_new_shape, &in));
	struct making m = { .in = &in, .who = hub_who(rq) };
	code_new(m.code);
	TRY(store_write_as(hub_api_of(rq)->hub.store, STORE_SECRETS, add, &m));
	return give_code(rq, rs, m.code, str_of(m.code), COORDINATOR_CODE_MS);
}

enum err hub_coordinator_code(struct request *rq, struct reply *rs)
{
	struct making m = { .id = request_param(rq, "id"), .who = hub_who(rq) };
	code_new(m.code);
	TRY(store_write_as(hub_api_of(rq)->hub.store, STORE_SECRETS, new_code, &m));
	return give_code(rq, rs, m.code, str_of(m.code), COORDINATOR_CODE_MS);
}

static enum err end(struct tx *tx, void *arg)
{
	struct making *m = arg;
	return coordinator_end(tx, m->id, m->who);
}

enum err hub_coordinator_end(struct request *rq, struct reply *rs)
{
	struct making m = { .id = request_param(rq, "id"), .who = hub_who(rq) };
	TRY(store_write(hub_api_of(rq)->hub.store, end, &m));
	rs->status = 204;
	return ERR_OK;
}

struct granting {
	str id, who;
	bool may;
};

static enum err grant(struct tx *tx, void *arg)
{
	const struct granting *g = arg;
	return coordinator_set_opens_iin(tx, g->id, g->may, g->who);
}

enum err hub_coordinator_iin(struct request *rq, struct reply *rs)
{
	struct hub_may in;
	TRY(request_body(rq, &hub_may_shape, &in));
	struct granting g = { request_param(rq, "id"), hub_who(rq), in.may };
	TRY(store_write(hub_api_of(rq)->hub.store, grant, &g));
	rs->status = 204;
	return ERR_OK;
}

/* ---- invitations for sites ---- */

struct inviting {
	struct hub_invite_new in;
	str who;
	char code[CODE_TEXT];
	struct id id;
};

static enum err invite(struct tx *tx, void *arg)
{
	struct inviting *i = arg;
	return hub_invite_add(tx, str_of(i->code), i->in.scope, i->in.label,
	                      i->in.days * 86400000LL, i->who, &i->id);
}

enum err hub_invite_new(struct request *rq, struct reply *rs)
{
	struct inviting i = { .who = hub_who(rq) };
	TRY(request_body(rq, &hub_invite_new_shape, &i.in));
	TRY(hub_may_act(rq, i.in.scope));
	code_new(i.code);
	TRY(store_write(hub_api_of(rq)->hub.store, invite, &i));
	/* The address that the coordinator's own browser reaches the hub by, and the code:
	 * a laptop that reads the picture has nothing to type. */
	str origin = request_header(rq, "Origin"), text = str_of(i.code);
	if (origin.p)
		text = arena_printf(request_arena(rq), "%.*s#%s", STR_ARG(origin), i.code);
	return give_code(rq, rs, i.code, text, i.in.days * 86400000LL);
}
