/* SPDX-License-Identifier: Apache-2.0 */
/* Errors: one closed list. A function that can fail is declared `fallible`; its caller must
 * look. The sentence for the log is written once, where the failure is first seen (FAIL),
 * into a slot of the thread; callers add nothing and rewrite nothing. */
#pragma once

#include "base/base.h"

/*      name        status  word on the wire */
#define ERRORS(X)                                                                       \
	X(OK, 200, "ok")                                                                \
	X(INVALID, 400, "invalid") /* the caller sent something wrong */                \
	X(UNKNOWN, 401, "unknown") /* not signed in */                                  \
	X(DENIED, 403, "denied")   /* signed in, not allowed */                         \
	X(NOT_FOUND, 404, "not-found")                                                  \
	X(METHOD, 405, "method")     /* the address exists, the method does not */      \
	X(CONFLICT, 409, "conflict") /* unique or version clash */                      \
	X(TOO_LARGE, 413, "too-large")                                                  \
	X(MEDIA_TYPE, 415, "media-type") /* not the content type that is taken here */  \
	X(REFUSED, 422, "refused")       /* understood, and it may not be: a package */ \
	X(LIMITED, 429, "limited")       /* rate limit */                               \
	X(CORRUPT, 500, "corrupt")       /* our own data is not as it must be */        \
	X(IO, 500, "io")                                                                \
	X(BUSY, 503, "busy")                                                            \
	X(FULL, 507, "full") /* disk or quota */

enum err {
#define X(name, status, word) ERR_##name,
	ERRORS(X)
#undef X
};

#define fallible must_use enum err

/* Sets the thread's sentence and gives the code back: `return FAIL(ERR_IO, "…", …)`. One
 * line, impersonal, names the thing. Never a password, an answer or a person's name. */
#define FAIL(code, ...) err_set(code, NULL, __FILE__, __LINE__, __VA_ARGS__)
/* The same with a reason: a stable lower-case word ("wrong-code") that the browser has a
 * sentence for. A literal: it is kept by pointer. */
#define FAIL_WHY(code, reason, ...) \
	err_set(code, "" reason, __FILE__, __LINE__, __VA_ARGS__)

#define TRY(call)                       \
	do {                            \
		enum err try_ = (call); \
		if (try_) return try_;  \
	} while (0)

enum err err_set(enum err code, const char *reason, const char *file, int line,
                 const char *format, ...) printf_like(5, 6);

/* What the thread's last failure said. Plain data: it may be carried to another thread. */
struct err_note {
	char sentence[240];
	const char *reason; /* NULL when there is none; static text otherwise */
	const char *file;
	int line;
};
const struct err_note *err_last(void); /* of this thread; valid until its next failure */
void err_restore(const struct err_note *); /* makes it this thread's last failure */

int err_status(enum err);       /* the HTTP status */
const char *err_word(enum err); /* the word on the wire */
