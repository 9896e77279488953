/* SPDX-License-Identifier: Apache-2.0 */
/* Ids that leave the site: UUIDv7 (RFC 9562) shown as "per_" + 32 lower-case hex digits.
 * The prefix says the kind, so a learner's id in a course's place is refused at the door.
 */
#pragma once

#include "base/base.h"

#define ID_TEXT 37 /* "per_" + 32 digits + NUL */

struct id {
	char text[ID_TEXT]; /* NUL-terminated */
};

/* A new id. `kind` is three letters: per, ses, evt, cou (council), crs, att, lau, clm. Any
 * thread; ids made later in one process sort later. */
struct id id_new(const char *kind);
/* Whether `text` is an id of that kind. */
bool id_is(str text, const char *kind);
str id_str(const struct id *);
