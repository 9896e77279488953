/* SPDX-License-Identifier: Apache-2.0 */
/* Who is expected, by the lists that the centre sends for this part of the country, beside
 * who has come. For the trainer's desk alone: a phone is never told a name that its owner
 * did not type. */
#pragma once

#include "base/json.h"
#include "store/store.h"

struct expected_row {
	str surname, given, patronymic, council;
	str person;   /* who has come by that name; STR_NONE: nobody yet */
	bool present; /* … and was not marked as absent since */
};
/* Somebody who came by a name that is nearly one of the list, in the same council. */
struct expected_near {
	str person, typed, council;
	str surname, given, patronymic; /* as the list has it */
};
struct expected {
	int64_t all, came;
	struct json_list rows; /* by council and name, ≤ EXPECTED_MOST */
	struct json_list near;
};
#define EXPECTED_MOST 2000
extern const struct shape expected_shape;
/* `today`: lists whose time is over are not read. */
fallible expected_get(struct db *, struct arena *, str event, str today,
                      struct expected *out);
/* Takes away lists whose time is over: names are not kept for longer than they are needed.
 */
fallible expected_forget(struct tx *, str today);
