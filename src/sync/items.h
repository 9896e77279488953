/* SPDX-License-Identifier: Apache-2.0 */
/* The contents of things from above that are JSON: one struct and shape for the hub that
 * writes them and the site that reads them. Kinds, and what each means: docs/protocol.md.
 */
#pragma once

#include "base/json.h"

#define ITEM_NEWS "news/"
#define ITEM_COURSE "course/"
#define ITEM_ROSTER "roster/"
#define ITEM_TEMPLATE "template/"

/* "news/ID": a short text for trainers */
struct item_news {
	str kk, ru, en;  /* en may be absent */
	str from, until; /* YYYY-MM-DD; absent: at once, for ever */
};
extern const struct shape item_news_shape;
#define NEWS_MOST 800 /* letters */

/* "roster/SCOPE": who is expected at trainings there */
struct roster_person {
	str surname, given, patronymic, council;
};
extern const struct shape roster_person_shape;
struct item_roster {
	str until;               /* YYYY-MM-DD: after that day nobody reads it */
	struct json_list people; /* of struct roster_person */
};
extern const struct shape item_roster_shape;
#define ROSTER_MOST 5000 /* people */
