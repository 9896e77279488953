/* SPDX-License-Identifier: Apache-2.0 */
/* A learner comes in: by the event's code, with a name and no password. */
#include "api/api.h"
#include "api/handlers.h"

enum err join_info(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	READ(db, rq);
	struct event event;
	enum err e = event_by_code(db, a, request_param(rq, "code"), &event);
	if (e == ERR_NOT_FOUND)
		return FAIL_WHY(e, "wrong-code", "no open event of that code");
	TRY(e);
	struct join_info info = { event.id, event.title, event.place, { NULL, 0 } };
	TRY(council_all(db, a, &info.councils));
	api_give(rs, 200, &join_info_shape, &info);
	return ERR_OK;
}

/* ---- joining ---- */
struct join_job {
	struct arena *arena;
	str code;
	struct joining joining;
};

static enum err join(struct tx *tx, void *arg)
{
	struct join_job *job = arg;
	struct event event;
	enum err e = event_by_code(tx_db(tx), job->arena, job->code, &event);
	if (e == ERR_NOT_FOUND)
		return FAIL_WHY(e, "wrong-code", "no open event of that code");
	TRY(e);
	job->joining.event = event.id;
	return people_join(tx, job->arena, &job->joining);
}

static enum err joined_give(struct request *rq, struct reply *rs,
                            const struct joining *joining)
{
	char word[SESSION_WORD];
	session_word(str_of(joining->cookie), word);
	if (joining->claimed) {
		struct joined out = {
			.word = str_of(word),
			.event = joining->event,
			.claim = id_str(&joining->claim),
			.claim_code = str_of(joining->claim_code),
		};
		api_give(rs, 202, &joined_shape, &out);
		return ERR_OK;
	}
	struct person me;
	READ(db, rq);
	TRY(person_get(db, request_arena(rq), id_str(&joining->person), &me));
	struct joined out = { .word = str_of(word), .me = &me, .event = joining->event };
	api_give(rs, 201, &joined_shape, &out);
	return ERR_OK;
}

/* The cookie that the page knows the word of is this phone's own, and says who it was
 * before. Any other that came along may have been planted. */
static void cookie_for(struct request *rq, char out[SESSION_COOKIE])
{
	str own = api_cookie_of_word(rq);
	if (own.n == SESSION_COOKIE - 1) {
		memcpy(out, own.p, own.n);
		out[own.n] = 0;
	} else {
		session_cookie_new(out);
	}
}

enum err join_add(struct request *rq, struct reply *rs)
{
	struct join_new in;
	TRY(request_body(rq, &join_new_shape, &in));
	TRY(api_language(in.language));
	if (!in.council.p && !in.council_name.p)
		return FAIL_WHY(ERR_INVALID, "bad-council", "neither council nor its name");
	char cookie[SESSION_COOKIE];
	cookie_for(rq, cookie);
	struct join_job job = {
		.arena = request_arena(rq),
		.code = request_param(rq, "code"),
		.joining = {
			.council = in.council,
			.council_name = in.council_name,
			.surname = in.surname,
			.given = in.given,
			.patronymic = in.patronymic,
			.language = in.language,
			.cookie = cookie,
		},
	};
	TRY(store_write(api_of(rq)->store, join, &job));
	api_cookie(rq, cookie);
	return joined_give(rq, rs, &job.joining);
}

/* ---- "continue as me" ---- */
enum err claim_look(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	READ(db, rq);
	/* Only the phone that made the claim may ask; its cookie is the session-to-be. */
	str cookie[8], id = request_param(rq, "id");
	size_t n = request_cookies(rq, "kenes", cookie), own = 0;
	struct claim claim;
	while (own < n && claim_get_own(db, a, id, cookie[own], &claim)) own++;
	if (own == n) return FAIL(ERR_NOT_FOUND, "no claim of this phone");
	struct claim_state out = { .state = claim.state };
	char word[SESSION_WORD];
	struct person me;
	if (str_is(claim.state, S("confirmed"))) {
		TRY(person_get(db, a, claim.person, &me));
		session_word(cookie[own], word);
		out.word = str_of(word);
		out.me = &me;
	}
	api_give(rs, 200, &claim_state_shape, &out);
	return ERR_OK;
}

static enum err confirm(struct tx *tx, void *id)
{
	return claim_confirm(tx, *(const str *)id);
}

static enum err refuse(struct tx *tx, void *id)
{
	return claim_refuse(tx, *(const str *)id);
}

enum err claim_yes(struct request *rq, struct reply *rs)
{
	str id = request_param(rq, "id");
	rs->status = 204;
	return store_write(api_of(rq)->store, confirm, &id);
}

enum err claim_no(struct request *rq, struct reply *rs)
{
	str id = request_param(rq, "id");
	rs->status = 204;
	return store_write(api_of(rq)->store, refuse, &id);
}
