/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/items.h"

static const struct json_field news_fields[] = {
	JSON_TEXT(struct item_news, kk, true, 1, NEWS_MOST),
	JSON_TEXT(struct item_news, ru, true, 1, NEWS_MOST),
	JSON_TEXT(struct item_news, en, false, 0, NEWS_MOST),
	JSON_TEXT(struct item_news, from, false, 0, 10),
	JSON_TEXT(struct item_news, until, false, 0, 10),
};
const struct shape item_news_shape = SHAPE("ItemNews", struct item_news, news_fields);

static const struct json_field person_fields[] = {
	JSON_TEXT(struct roster_person, surname, true, 1, 100),
	JSON_TEXT(struct roster_person, given, true, 1, 100),
	JSON_TEXT(struct roster_person, patronymic, false, 0, 100),
	JSON_TEXT(struct roster_person, council, true, 1, 200),
};
const struct shape roster_person_shape =
	SHAPE("RosterPerson", struct roster_person, person_fields);

static const struct json_field roster_fields[] = {
	JSON_TEXT(struct item_roster, until, true, 10, 10),
	JSON_LIST(struct item_roster, people, true, ROSTER_MOST, roster_person_shape),
};
const struct shape item_roster_shape =
	SHAPE("ItemRoster", struct item_roster, roster_fields);
