/* SPDX-License-Identifier: Apache-2.0 */
/* The site: what it is, its first start, its trainer's sign-in, its room. */
#include <errno.h>
#include <time.h>

#include "api/api.h"
#include "api/describe.h"
#include "api/handlers.h"
#include "api/place.h"
#include "base/file.h"

enum err site_routes(struct request *rq, struct reply *rs)
{
	struct api_info info;
	describe_api(request_arena(rq), api_routes, api_n_routes, &info);
	api_give(rs, 200, &api_info_shape, &info);
	return ERR_OK;
}

enum err site_health(struct request *rq, struct reply *rs)
{
	if (store_healthy(api_of(rq)->store))
		return FAIL(ERR_BUSY, "the store cannot write");
	api_give(rs, 200, &health_shape, &(struct health){ true });
	return ERR_OK;
}

/* ---- hello ---- */
static enum err hello_of(struct request *rq, struct db *db, const struct session *s,
                         struct hello *out)
{
	struct arena *a = request_arena(rq);
	struct person *me = arena_new(a, struct person);
	TRY(person_get(db, a, s->person, me));
	out->me = me;
	if (!s->event.p) return ERR_OK;
	struct event event;
	TRY(event_get(db, a, s->event, &event));
	struct hello_event *he = arena_new(a, struct hello_event);
	*he = (struct hello_event){ event.id, event.title, event.open };
	out->event = he;
	return ERR_OK;
}

enum err site_hello(struct request *rq, struct reply *rs)
{
	static const str languages[] = { S("kk"), S("ru"), S("en") };
	struct api *api = api_of(rq);
	struct hello hello = {
		.local = request_is_local(rq),
		.version = S(KENES_VERSION),
		.languages = { languages, countof(languages) },
	};
	struct server *server = atomic_load(&api->server);
	if (server) hello.content_port = server_port(server, CONTENT);
	READ(db, rq);
	TRY(setting_get(db, request_arena(rq), S("site.name"), &hello.site));
	if (!hello.site.p) hello.site = S("");
	TRY(trainer_exists(db, &hello.ready));
	struct session session;
	str cookie;
	char word[SESSION_WORD];
	enum err e = api_session(rq, db, &session, &cookie);
	if (e && e != ERR_UNKNOWN) return e;
	if (!e) {
		session_word(cookie, word);
		hello.word = str_of(word);
		TRY(hello_of(rq, db, &session, &hello));
	}
	api_give(rs, 200, &hello_shape, &hello);
	return ERR_OK;
}

/* ---- passwords: two at a time, outside the writer ---- */
static enum err hashing_begin(struct api *api)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 5;
	while (sem_timedwait(&api->hashing, &until) != 0) {
		if (errno != EINTR) return FAIL(ERR_BUSY, "too many passwords at a time");
	}
	return ERR_OK;
}

static void hashing_end(struct api *api)
{
	sem_post(&api->hashing);
}

static enum err welcome(struct request *rq, struct reply *rs, int status, str person,
                        const char *cookie)
{
	char word[SESSION_WORD];
	session_word(str_of(cookie), word);
	struct person me;
	READ(db, rq);
	TRY(person_get(db, request_arena(rq), person, &me));
	api_cookie(rq, cookie);
	api_give(rs, status, &welcome_shape, &(struct welcome){ str_of(word), &me });
	return ERR_OK;
}

/* ---- first start ---- */
struct first_start {
	const struct setup_new *in;
	const char *hash, *cookie;
	struct id person;
};

static enum err start_first(struct tx *tx, void *arg)
{
	struct first_start *f = arg;
	bool there;
	TRY(trainer_exists(tx_db(tx), &there));
	if (there) return FAIL_WHY(ERR_CONFLICT, "set-up-already", "there is a trainer");
	TRY(setting_set(tx, S("site.name"), f->in->site));
	TRY(setting_set(tx, S("site.language"), f->in->language));
	TRY(trainer_add(tx, f->in->name, f->in->name, f->hash, f->in->language,
	                &f->person));
	struct id session;
	return session_add(tx, f->cookie, id_str(&f->person), STR_NONE, true, &session);
}

enum err site_setup(struct request *rq, struct reply *rs)
{
	struct api *api = api_of(rq);
	struct setup_new in;
	TRY(request_body(rq, &setup_new_shape, &in));
	TRY(api_language(in.language));
	bool there;
	{
		READ(db, rq);
		TRY(trainer_exists(db, &there));
	}
	if (there) return FAIL_WHY(ERR_CONFLICT, "set-up-already", "there is a trainer");

	char hash[SEAL_PASSWORD], cookie[SESSION_COOKIE];
	TRY(hashing_begin(api));
	enum err e = seal_password(in.password, hash);
	hashing_end(api);
	TRY(e);
	session_cookie_new(cookie);
	struct first_start f = { &in, hash, cookie, { "" } };
	TRY(store_write_as(api->store, STORE_SECRETS | STORE_SETTINGS, start_first, &f));
	return welcome(rq, rs, 201, id_str(&f.person), cookie);
}

/* ---- sign-in ---- */
struct signing_in {
	str person;
	const char *cookie;
};

static enum err add_session(struct tx *tx, void *arg)
{
	struct signing_in *s = arg;
	struct id session;
	return session_add(tx, s->cookie, s->person, STR_NONE, true, &session);
}

enum err site_sign_in(struct request *rq, struct reply *rs)
{
	struct api *api = api_of(rq);
	if (!request_is_local(rq))
		return FAIL_WHY(ERR_DENIED, "only-on-laptop",
		                "a trainer's sign-in from afar");
	struct sign_in_new in;
	TRY(request_body(rq, &sign_in_new_shape, &in));
	struct trainer_secret secret = { STR_NONE, STR_NONE };
	{
		READ(db, rq);
		enum err e = trainer_secret_get(db, request_arena(rq), in.login, &secret);
		if (e && e != ERR_NOT_FOUND) return e;
	}
	/* An unknown login takes as long as a wrong password. */
	TRY(hashing_begin(api));
	bool right = seal_password_is(in.password, secret.hash.p);
	hashing_end(api);
	if (!right || !secret.person.p)
		return FAIL_WHY(ERR_UNKNOWN, "wrong-password", "sign-in refused");
	char cookie[SESSION_COOKIE];
	session_cookie_new(cookie);
	struct signing_in s = { secret.person, cookie };
	TRY(store_write(api->store, add_session, &s));
	return welcome(rq, rs, 200, secret.person, cookie);
}

static enum err end_session(struct tx *tx, void *arg)
{
	return session_end(tx, str_of(arg));
}

enum err site_sign_out(struct request *rq, struct reply *rs)
{
	char session[sizeof(request_caller(rq)->session)];
	memcpy(session, request_caller(rq)->session, sizeof(session));
	TRY(store_write(api_of(rq)->store, end_session, session));
	api_cookie(rq, "");
	rs->status = 204;
	return ERR_OK;
}

/* ---- the room ---- */
enum err site_room(struct request *rq, struct reply *rs)
{
	struct api *api = api_of(rq);
	struct room room = { .version = S(KENES_VERSION) };
	TRY(place_addresses(rq, S(""), &room.addresses));
	uint64_t free_bytes;
	TRY(file_room(api->data, &free_bytes));
	struct server_numbers n = server_numbers(atomic_load(&api->server));
	room.disk_free_bytes = (int64_t)free_bytes;
	room.phones = n.devices;
	room.busy_threads = n.busy_threads;
	room.requests = (int64_t)n.requests;
	api_give(rs, 200, &room_shape, &room);
	return ERR_OK;
}
