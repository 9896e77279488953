/* SPDX-License-Identifier: Apache-2.0 */
/* Who is asking. A session is a cookie; since cookies know no ports, a course on the
 * content port can plant cookies of its own for this host. So our page says which session
 * it means by a word derived from the cookie (X-Kenes-Session): a planted cookie has
 * another word. Without the word only reading is possible, and only while there is no
 * doubt. */
#include "api/api.h"

#include <stdio.h>

#include "base/log.h"
#include "base/time.h"

#define COOKIES_MOST 8

str api_cookie_of_word(struct request *rq)
{
	str word = request_header(rq, "X-Kenes-Session");
	str cookie[COOKIES_MOST];
	size_t n = word.p ? request_cookies(rq, "kenes", cookie) : 0;
	for (size_t i = 0; i < n; i++) {
		char own[SESSION_WORD];
		session_word(cookie[i], own);
		if (*own && word.n == strlen(own) && seal_same(own, word.p, word.n))
			return cookie[i];
	}
	return STR_NONE;
}

/* The one cookie that is a living session; STR_NONE for none and for several. */
static str only_living(struct request *rq, struct db *db)
{
	str cookie[COOKIES_MOST];
	size_t n = request_cookies(rq, "kenes", cookie);
	str found = STR_NONE;
	for (size_t i = 0; i < n; i++) {
		if (found.p && str_is(found, cookie[i])) continue;
		struct session s;
		if (session_find(db, request_arena(rq), cookie[i], &s)) continue;
		if (found.p) return STR_NONE;
		found = cookie[i];
	}
	return found;
}

enum err api_session(struct request *rq, struct db *db, struct session *out,
                     str *cookie_out)
{
	str chosen = api_cookie_of_word(rq);
	if (!request_header(rq, "X-Kenes-Session").p && request_method(rq) == GET)
		chosen = only_living(rq, db);
	if (!chosen.p) return FAIL(ERR_UNKNOWN, "no session");
	TRY(session_find(db, request_arena(rq), chosen, out));
	if (cookie_out) *cookie_out = chosen;
	return ERR_OK;
}

#define NOTE_EVERY_MS 60000

struct heard {
	str session, event, person;
};

static enum err note_heard(struct tx *tx, void *arg)
{
	struct heard *h = arg;
	TRY(session_touch(tx, h->session));
	if (!h->event.p) return ERR_OK;
	return presence_seen(tx, h->event, h->person, time_now());
}

static enum err by_session(struct request *rq, struct http_caller *out)
{
	struct api *api = api_of(rq);
	struct session s;
	{
		READ(db, rq);
		enum err e = api_session(rq, db, &s, NULL);
		if (e == ERR_UNKNOWN) return ERR_OK;
		TRY(e);
	}
	out->known = true;
	out->trainer = s.trainer;
	snprintf(out->person, sizeof(out->person), "%.*s", STR_ARG(s.person));
	snprintf(out->event, sizeof(out->event), "%.*s", STR_ARG(s.event));
	snprintf(out->session, sizeof(out->session), "%.*s", STR_ARG(s.id));
	if (time_now() - s.seen_at >= NOTE_EVERY_MS) {
		struct heard h = { s.id, s.trainer ? STR_NONE : s.event, s.person };
		/* Only a note: the request itself goes on. */
		if (store_write(api->store, note_heard, &h))
			log_failure(LOG_WARN, "seen.lost");
	}
	return ERR_OK;
}

static void by_capability(struct request *rq, struct http_caller *out)
{
	struct id attempt;
	if (!cap_read(api_of(rq)->capability, request_param(rq, "cap"), &attempt)) return;
	out->known = true;
	snprintf(out->attempt, sizeof(out->attempt), "%s", attempt.text);
	snprintf(out->session, sizeof(out->session), "%s", attempt.text);
}

enum err api_identify(struct request *rq, enum http_who who, struct http_caller *out)
{
	*out = (struct http_caller){ 0 };
	switch (who) {
	case LEARNER:
	case TRAINER: return by_session(rq, out);
	case ATTEMPT: by_capability(rq, out); return ERR_OK;
	case LAPTOP:
	case COORDINATOR:
	case EDITOR:
	case NATIONAL: return ERR_OK; /* no such person at a site */
	case ANYONE: break;
	}
	/* Anyone may ask, but limits are kinder to those whom we know. */
	str cookie[COOKIES_MOST];
	return request_cookies(rq, "kenes", cookie) ? by_session(rq, out) : ERR_OK;
}
