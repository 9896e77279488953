/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/news.h"

#include "base/time.h"

#define NEWS 20
#define COURSES 200

static const struct json_field news_fields[] = {
	JSON_TEXT(struct news, id, true, 1, 100),
	JSON_TEXT(struct news, kk, true, 1, NEWS_MOST),
	JSON_TEXT(struct news, ru, true, 1, NEWS_MOST),
	JSON_TEXT(struct news, en, false, 0, NEWS_MOST),
	JSON_TEXT(struct news, until, false, 0, 10),
	JSON_INT(struct news, got_at, true, 0, INT64_MAX),
};
const struct shape news_shape = SHAPE("News", struct news, news_fields);

static const struct json_field course_fields[] = {
	JSON_TEXT(struct centre_course, package, true, 64, 64),
	JSON_TEXT(struct centre_course, state, true, 1, 20),
	JSON_TEXT(struct centre_course, from, false, 0, 10),
	JSON_TEXT(struct centre_course, until, false, 0, 10),
	JSON_BOOL(struct centre_course, here, true),
	JSON_INT(struct centre_course, bytes, true, 0, INT64_MAX),
};
const struct shape centre_course_shape =
	SHAPE("CentreCourse", struct centre_course, course_fields);

SQL(news_select,
    "SELECT d.name, d.content, d.got_at FROM down_item d WHERE d.name LIKE 'news/%'"
    " AND d.withdrawn_at IS NULL AND d.content IS NOT NULL"
    " AND (d.not_before IS NULL OR d.not_before <= :today)"
    " AND (d.not_after IS NULL OR d.not_after >= :today)"
    " AND NOT EXISTS (SELECT 1 FROM down_news_read r WHERE r.name = d.name"
    "  AND r.person = :person)"
    " ORDER BY d.version DESC LIMIT 20");

enum err news_all(struct db *db, struct arena *a, str person, str today,
                  struct json_list *out)
{
	struct news *list = arena_alloc(a, NEWS * sizeof *list);
	size_t n = 0;
	QUERY(q, db, news_select);
	bind_text(&q, ":today", today);
	bind_text(&q, ":person", person);
	while (n < NEWS && query_next(&q)) {
		struct item_news item;
		str name = column_text(&q, a, 0), content = column_blob(&q, a, 1);
		/* One that a newer centre wrote in another way hides no others. */
		if (json_read(content, &item_news_shape, JSON_LENIENT, a, &item)) continue;
		list[n++] =
			(struct news){ .id = str_part(name, sizeof(ITEM_NEWS) - 1, name.n),
			               .kk = item.kk,
			               .ru = item.ru,
			               .en = item.en,
			               .until = item.until,
			               .got_at = column_int(&q, 2, 0) };
	}
	*out = (struct json_list){ list, n };
	return query_end(&q);
}

SQL(news_put_away, "INSERT INTO down_news_read (name, person, at)"
                   " SELECT name, :person, :now FROM down_item WHERE name = 'news/' || :id"
                   " ON CONFLICT (name, person) DO NOTHING");

enum err news_read(struct tx *tx, str id, str person)
{
	QUERY(q, tx_db(tx), news_put_away);
	bind_text(&q, ":id", id);
	bind_text(&q, ":person", person);
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

SQL(centre_course_select,
    "SELECT d.sha256, CASE WHEN d.withdrawn_at IS NOT NULL THEN 3"
    "  WHEN d.not_after < :today THEN 2 WHEN d.not_before > :today THEN 1 ELSE 0 END AS st,"
    " d.not_before, d.not_after, d.bytes,"
    " CASE WHEN EXISTS (SELECT 1 FROM package p WHERE p.sha256 = d.sha256)"
    "  THEN 1 ELSE 0 END"
    " FROM down_item d WHERE d.name LIKE 'course/%' AND d.sha256 <> ''"
    " ORDER BY d.sha256, st, d.version DESC LIMIT 1000");

enum err centre_course_all(struct db *db, struct arena *a, str today, struct json_list *out)
{
	static const char *const states[] = { "current", "not-yet", "over", "withdrawn" };
	struct centre_course *list = arena_alloc(a, COURSES * sizeof *list);
	size_t n = 0;
	QUERY(q, db, centre_course_select);
	bind_text(&q, ":today", today);
	while (n < COURSES && query_next(&q)) {
		str package = column_text(&q, a, 0);
		if (n && str_is(list[n - 1].package, package)) continue;
		list[n++] = (struct centre_course){
			.package = package,
			.state = str_of(states[column_int(&q, 1, 0)]),
			.from = column_text(&q, a, 2),
			.until = column_text(&q, a, 3),
			.bytes = column_int(&q, 4, 0),
			.here = column_int(&q, 5, 0) != 0,
		};
	}
	*out = (struct json_list){ list, n };
	return query_end(&q);
}
