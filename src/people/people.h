/* SPDX-License-Identifier: Apache-2.0 */
/* Who is here: councils, persons, trainers' passwords, sessions, claims ("continue as me").
 * Personal data is little: surname, given name, patronymic, council (ground rule 8). Read
 * functions take a db, write functions a tx. */
#pragma once

#include "base/id.h"
#include "base/json.h"
#include "seal/seal.h"
#include "store/store.h"

/* ---- councils and organisations that learners pick from ---- */
struct council {
	str id; /* cou_… */
	str name;
};
extern const struct shape council_shape;
fallible council_all(struct db *, struct arena *,
                     struct json_list *out); /* by name, ≤ 2,000 */
/* The council of that name (folded), added when it is new. */
fallible council_find_or_add(struct tx *, struct arena *, str name, struct id *out);

/* ---- persons ---- */
struct person {
	str id;                         /* per_… */
	str surname, given, patronymic; /* patronymic may be STR_NONE */
	str council, council_name;      /* STR_NONE for a trainer */
	str language;                   /* "kk", "ru", "en" */
	bool trainer;
};
extern const struct shape person_shape;
fallible person_get(struct db *, struct arena *, str id, struct person *out);
/* Takes away the name and everything that the journal says of it; what was achieved stays,
 * under an id that is nobody's. Cannot be undone. ERR_NOT_FOUND for nobody and for
 * trainers. */
fallible person_erase(struct tx *, str id);
fallible person_set_language(struct tx *, str id, str language);
/* The right spelling of a name. ERR_INVALID ("bad-name"). */
fallible person_correct(struct tx *, struct arena *, str id, str surname, str given,
                        str patronymic);

/* An IIN, sealed to the hub's key (sync/iin.h); told with the person from now on.
 * ERR_NOT_FOUND for nobody. */
fallible person_keep_iin(struct tx *, struct arena *, str id, str sealed);
/* When one was sealed last; JSON_ABSENT: none. */
fallible person_iin_at(struct db *, struct arena *, str id, int64_t *out);

/* ---- trainers ---- */
fallible trainer_exists(struct db *, bool *out);
/* A trainer with a password hash made by seal_password outside the writer. The first word
 * of `name` becomes the surname. ERR_CONFLICT ("login-taken"). Needs store_write_as. */
fallible trainer_add(struct tx *, str name, str login, const char *password_hash,
                     str language, struct id *out);
struct trainer_secret {
	str person, hash;
};
/* ERR_NOT_FOUND when nobody has that login (folded). */
fallible trainer_secret_get(struct db *, struct arena *, str login,
                            struct trainer_secret *out);

/* ---- sessions: a cookie of 32 random bytes, stored as its SHA-256 ---- */
#define SESSION_COOKIE 44 /* base64url and NUL */
struct session {
	str id;     /* ses_… */
	str person; /* per_… */
	str event;  /* evt_…; STR_NONE for a trainer */
	bool trainer;
	int64_t seen_at; /* when it was last touched: touch it once that is a minute ago */
	int64_t ends_at;
};
/* Makes the cookie (to be done outside the writer). */
void session_cookie_new(char out[SESSION_COOKIE]);
/* A learner's lasts 30 days (results stay readable once the event is closed; launching asks
 * whether it is open), a trainer's 12 hours since it was last touched. A browser has one
 * session: an older one of the same cookie ends. ERR_INVALID for what is no cookie. */
fallible session_add(struct tx *, const char *cookie, str person, str event, bool trainer,
                     struct id *out);
fallible session_find(struct db *, struct arena *, str cookie,
                      struct session *out); /* ERR_UNKNOWN: none, ended */
fallible session_touch(struct tx *, str id);
fallible session_end(struct tx *, str id); /* fine when it has ended */
/* The word that unsafe requests must carry in X-Kenes-Session: derived from the cookie, so
 * a course that plants a cookie of its own cannot make our pages use it (docs/threats.md).
 * 22 characters and a NUL; empty for what is no cookie. */
#define SESSION_WORD 23
void session_word(str cookie, char out[SESSION_WORD]);

/* ---- joining an event ---- */
struct joining {
	str event;   /* evt_… */
	str council; /* cou_… or STR_NONE with council_name */
	str council_name;
	str surname, given, patronymic, language;
	const char *cookie; /* of session_cookie_new */
	/* out */
	struct id person, session;
	bool claimed; /* somebody of this name and council is in already: a claim was made
	                 instead */
	struct id claim;
	char claim_code[7]; /* 6 digits, said aloud to the trainer */
};
/* Adds person, presence and session; or, when a person of that folded name and council has
 * joined this event or has begun a course on any day, and this phone's cookie is not
 * already theirs, a claim that the trainer confirms. Repeating it with the same cookie
 * gives the same person or claim. A phone whose claim was refused and that joins again by
 * the same name is a new person. ERR_INVALID ("bad-name", "bad-council"), ERR_NOT_FOUND
 * ("wrong-code") when the event is not open. */
fallible people_join(struct tx *, struct arena *, struct joining *);

struct claim {
	str id; /* clm_… */
	str person, person_name, council_name, code,
		state; /* state: "waiting", "confirmed", "refused" */
	int64_t made_at;
};
extern const struct shape claim_shape;
fallible claim_waiting(struct db *, struct arena *, str event,
                       struct json_list *out); /* oldest first, ≤ 200 */
fallible claim_get(struct db *, struct arena *, str id, struct claim *out);
/* The same for the phone that made it: ERR_NOT_FOUND with another cookie. */
fallible claim_get_own(struct db *, struct arena *, str id, str cookie, struct claim *out);
/* The trainer's yes: the claim's cookie becomes a session of that person. The person's
 * other sessions stay: both phones may be theirs, and launches fence one another. Again is
 * fine; ERR_CONFLICT ("already-decided") when it was refused. */
fallible claim_confirm(struct tx *, str id);
fallible claim_refuse(struct tx *, str id);

/* ---- names as people type them ---- */
/* Trimmed, runs of blanks as one, invisible characters dropped. ERR_INVALID ("bad-name")
 * for control characters and for less than 1 or more than `most` code points. */
fallible name_clean(struct arena *, str typed, size_t most, str *out);

/* ---- what the site is: rows of `setting` ---- */
fallible setting_get(struct db *, struct arena *, str name,
                     str *out);                         /* STR_NONE when unset */
fallible setting_set(struct tx *, str name, str value); /* needs store_write_as */
/* The site's secret keys, made at first use: "capability", "token". */
fallible secret_get_or_make(struct store *, const char *name, uint8_t out[SEAL_KEY]);
