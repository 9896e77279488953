/* SPDX-License-Identifier: Apache-2.0 */
/* Who works at the centre, what they may, how they sign in.
 *
 * Nobody chooses a password for somebody else: a coordinator is made with a one-time code,
 * and whoever has the code chooses the password and sets up the authenticator app. A lost
 * phone or a forgotten password is a new code. The very first one is made on the machine
 * itself (`kenes hub setup`), which is also the way back in when everything is lost.
 *
 * Lock-out: strangers are slowed down by device and address (http/limit), never by login,
 * or anybody could lock an office out. Only who has the right password and then types wrong
 * digits makes that login wait. */
#pragma once

#include "base/id.h"
#include "base/json.h"
#include "seal/seal.h"
#include "seal/totp.h"
#include "store/store.h"

struct coordinator {
	str id, name, login;
	str role;  /* "national", "region", "auditor" */
	str scope; /* "KZ", "KZ-11", … */
	str language;
	bool started;   /* has a password and an app */
	bool opens_iin; /* may open sealed IINs */
	int64_t made_at;
	int64_t seen_at; /* JSON_ABSENT: never signed in, or long ago */
};
extern const struct shape coordinator_shape;

struct coordinator_new {
	str name, login, role, scope, language;
};
extern const struct shape coordinator_new_shape;

/* ERR_INVALID: "bad-scope", "bad-role", "bad-name". */
fallible coordinator_check(const struct coordinator_new *);

/* Codes are of sync/code.h; COORDINATOR_CODE_MS long a code is good for. */
#define COORDINATOR_CODE_MS (7 * 24 * 60 * 60 * 1000LL)
/* The writing ones here need store_write_as(STORE_SECRETS). ERR_CONFLICT ("login-taken").
 */
fallible coordinator_add(struct tx *, const struct coordinator_new *, str code, str who,
                         struct id *out);
/* A new code; the password goes on until the code is used. */
fallible coordinator_code(struct tx *, str id, str code, str who);
/* Takes the right away and ends the sessions. ERR_CONFLICT ("last-national"): nobody would
 * be left. Again is fine. */
fallible coordinator_end(struct tx *, str id, str who);
/* Gives or takes the right to open sealed IINs. ERR_CONFLICT ("auditor-reads") for an
 * auditor, who only looks. */
fallible coordinator_set_opens_iin(struct tx *, str id, bool may, str who);
fallible coordinator_all(struct db *, struct arena *, struct json_list *out); /* ≤ 2,000 */
fallible coordinator_get(struct db *, struct arena *, str id, struct coordinator *out);
/* The one of that login, whether begun or not; ERR_NOT_FOUND. */
fallible coordinator_find(struct db *, struct arena *, str login, struct coordinator *out);
fallible coordinator_exists(struct db *, bool *out); /* one who has begun */

/* ---- beginning with a code ---- */
/* ERR_UNKNOWN ("wrong-code"): no such login, another code, used, too late. */
fallible coordinator_code_is(struct db *, struct arena *, str login, str code,
                             struct coordinator *out);
#define RECOVERY_CODES 8
struct starting {
	str login, code;
	const char *password_hash;
	uint8_t totp[TOTP_KEY];
	int64_t step; /* of the digits that proved the app: totp_find */
	const char *recovery[RECOVERY_CODES]; /* of code_new */
	const char *cookie;                   /* of session_cookie_new */
	struct id coordinator;                /* out */
};
fallible coordinator_start(struct tx *, struct starting *);

/* ---- signing in ---- */
struct coordinator_secret {
	str id, password; /* password: STR_NONE when it has not begun */
};
/* ERR_NOT_FOUND: nobody of that login may sign in. */
fallible coordinator_secret_get(struct db *, struct arena *, str login,
                                struct coordinator_secret *out);
enum second_factor { SECOND_RIGHT, SECOND_WRONG, SECOND_WAIT };
/* Behind a right password: digits of the app, or a recovery code. When right, the cookie
 * becomes a session. It is no error to be wrong: that is counted. */
fallible coordinator_sign_in(struct tx *, str id, str typed, const char *cookie,
                             enum second_factor *out);

/* ---- sessions: twelve hours since they were last used ---- */
struct coordinator_session {
	str id;
	int64_t seen_at;
	struct coordinator who;
};
fallible coordinator_session_find(struct db *, struct arena *, str cookie,
                                  struct coordinator_session *out); /* ERR_UNKNOWN */
fallible coordinator_session_touch(struct tx *, str id);
fallible coordinator_session_end(struct tx *, str id);
fallible coordinator_set_language(struct tx *, str id, str language);
