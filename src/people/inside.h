/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder share. Nobody else includes it. */
#pragma once

#include "people/people.h"

#define DAY_MS (24 * 60 * 60 * 1000LL)
#define LEARNER_SESSION_MS (30 * DAY_MS)
#define TRAINER_SESSION_MS (DAY_MS / 2)

bool language_is_known(str language);

/* ---- facts.c: what the journal is told ---- */
fallible tell_person(struct tx *, struct arena *, str kind, str person);
/* The sealed IIN of a person, STR_NONE when there is none, and when it was sealed. */
fallible iin_of(struct db *, struct arena *, str person, str *sealed_out, int64_t *at_out);
/* There, for the first time; nothing when the person was there already. */
fallible presence_enter(struct tx *, str event, str person);

/* What stands for a cookie in the file: SHA-256 of its 32 bytes. False for what is none. */
bool cookie_hash(str cookie, uint8_t out[SEAL_HASH]);
/* session_add by the cookie's hash. */
fallible session_put(struct tx *, const uint8_t hash[SEAL_HASH], str person, str event,
                     bool trainer, struct id *out);

/* Some person's waiting claim of this cookie at this event, or a new one with a code that
 * no other waiting claim of the event has. The cookie's other waiting claims end. */
fallible claim_make(struct tx *, struct arena *, const uint8_t cookie[SEAL_HASH], str event,
                    str person, struct id *id_out, char code_out[7]);
/* The cookie waits for nobody any more. */
fallible claim_drop(struct tx *, const uint8_t cookie[SEAL_HASH]);
