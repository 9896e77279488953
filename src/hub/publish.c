/* SPDX-License-Identifier: Apache-2.0 */
/* Publications: a row for people beside the item for sites, both in one transaction. */
#include "hub/publish.h"

#include "base/text.h"
#include "base/time.h"
#include "hub/inside.h"
#include "hub/publishing.h"
#include "hub/report.h"

#define MOST 200

static const struct json_field publication_fields[] = {
	JSON_TEXT(struct hub_publication, id, true, 36, 36),
	JSON_TEXT(struct hub_publication, kind, true, 1, 20),
	JSON_TEXT(struct hub_publication, scope, true, 2, 64),
	JSON_TEXT(struct hub_publication, title, true, 0, 1000),
	JSON_INT(struct hub_publication, version, true, 0, INT64_MAX),
	JSON_INT(struct hub_publication, bytes, true, 0, INT64_MAX),
	JSON_INT(struct hub_publication, amount, false, 0, INT64_MAX),
	JSON_TEXT(struct hub_publication, sha256, true, 0, 64),
	JSON_TEXT(struct hub_publication, not_before, false, 0, 10),
	JSON_TEXT(struct hub_publication, not_after, false, 0, 10),
	JSON_TEXT(struct hub_publication, made_by_name, false, 0, 200),
	JSON_INT(struct hub_publication, made_at, true, 0, INT64_MAX),
	JSON_INT(struct hub_publication, ended_at, false, 0, INT64_MAX),
	JSON_INT(struct hub_publication, sites, true, 0, INT64_MAX),
	JSON_INT(struct hub_publication, have, true, 0, INT64_MAX),
};
const struct shape hub_publication_shape =
	SHAPE("HubPublication", struct hub_publication, publication_fields);

/* ---- asking ---- */

#define PUBLICATION_SELECT                                                               \
	"SELECT p.id, p.kind, p.scope, p.title, p.version, p.bytes, p.amount, p.sha256," \
	" p.not_before, p.not_after, p.made_by, c.name, p.made_at, p.ended_at, p.name"   \
	" FROM hub_publication p LEFT JOIN coordinator c ON c.id = p.made_by"

static struct hub_publication publication_row(struct query *q, struct arena *a)
{
	return (struct hub_publication){
		.id = column_text(q, a, 0),
		.kind = column_text(q, a, 1),
		.scope = column_text(q, a, 2),
		.title = column_text(q, a, 3),
		.version = column_int(q, 4, 0),
		.bytes = column_int(q, 5, 0),
		.amount = column_int(q, 6, JSON_ABSENT),
		.sha256 = column_text(q, a, 7),
		.not_before = column_text(q, a, 8),
		.not_after = column_text(q, a, 9),
		.made_by = column_text(q, a, 10),
		.made_by_name = column_text(q, a, 11),
		.made_at = column_int(q, 12, 0),
		.ended_at = column_int(q, 13, JSON_ABSENT),
		.item = column_text(q, a, 14),
	};
}

SQL(hub_publication_reach,
    "SELECT COUNT(*), COALESCE(SUM(CASE WHEN s.down_version >= :version THEN 1 ELSE 0 END),"
    " 0) FROM hub_site s WHERE s.revoked_at IS NULL AND " IN_SCOPE("s.scope"));

/* How many sites it is for, and how many have it. */
static fallible count_reach(struct db *db, struct hub_publication *p)
{
	QUERY(q, db, hub_publication_reach);
	bind_int(&q, ":version", p->version);
	bind_text(&q, ":scope", p->scope);
	if (query_next(&q)) {
		p->sites = column_int(&q, 0, 0);
		p->have = column_int(&q, 1, 0);
	}
	return query_end(&q);
}

static bool reaches(const struct hub_publication *p, str scope)
{
	return scope_covers(scope, p->scope) || scope_covers(p->scope, scope);
}

SQL(hub_publication_list,
    PUBLICATION_SELECT " WHERE (:kind = '' OR p.kind = :kind)"
                       " ORDER BY CASE WHEN p.ended_at IS NULL THEN 0 ELSE 1 END,"
                       " p.made_at DESC, p.id DESC LIMIT 2000");

enum err hub_publication_all(struct db *db, struct arena *a, str scope, str kind,
                             struct json_list *out)
{
	struct hub_publication *list = arena_alloc(a, MOST * sizeof *list);
	size_t n = 0;
	QUERY(q, db, hub_publication_list);
	bind_text(&q, ":kind", kind);
	while (n < MOST && query_next(&q)) {
		list[n] = publication_row(&q, a);
		n += reaches(&list[n], scope);
	}
	TRY(query_end(&q));
	for (size_t i = 0; i < n; i++)
		if (list[i].ended_at == JSON_ABSENT) TRY(count_reach(db, &list[i]));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

SQL(hub_publication_by_id, PUBLICATION_SELECT " WHERE p.id = :id");

enum err hub_publication_get(struct db *db, struct arena *a, str scope, str id,
                             struct hub_publication *out)
{
	QUERY(q, db, hub_publication_by_id);
	bind_text(&q, ":id", id);
	bool found = query_next(&q);
	if (found) *out = publication_row(&q, a);
	TRY(query_end(&q));
	if (!found || !reaches(out, scope))
		return FAIL_WHY(ERR_NOT_FOUND, "no-publication", "no such publication");
	return out->ended_at == JSON_ABSENT ? count_reach(db, out) : ERR_OK;
}

SQL(hub_publication_of_item, "SELECT id FROM hub_publication"
                             " WHERE name = :name AND ended_at IS NULL");

enum err hub_publication_of(struct db *db, struct arena *a, str item, str *id_out)
{
	QUERY(q, db, hub_publication_of_item);
	bind_text(&q, ":name", item);
	*id_out = query_next(&q) ? column_text(&q, a, 0) : STR_NONE;
	return query_end(&q);
}

SQL(hub_publication_bytes, "SELECT content FROM hub_item"
                           " WHERE name = :name AND version = :version");

enum err hub_publication_content(struct db *db, struct arena *a,
                                 const struct hub_publication *p, str *out)
{
	QUERY(q, db, hub_publication_bytes);
	bind_text(&q, ":name", p->item);
	bind_int(&q, ":version", p->version);
	*out = query_next(&q) ? column_blob(&q, a, 0) : STR_NONE;
	TRY(query_end(&q));
	return out->p ? ERR_OK
	              : FAIL_WHY(ERR_NOT_FOUND, "no-publication",
	                         "a publication that is not in force any more");
}

/* ---- publishing ---- */

enum err publishing_check(const struct hub_publishing *p)
{
	bool from = p->not_before.n > 0, until = p->not_after.n > 0;
	if (!scope_is(p->scope)) return FAIL_WHY(ERR_INVALID, "bad-scope", "not a scope");
	if ((from && !time_is_date(p->not_before)) ||
	    (until && !time_is_date(p->not_after)))
		return FAIL_WHY(ERR_INVALID, "bad-date", "not a date");
	/* Dates are of one length, so their letters sort as they do. */
	if (from && until && memcmp(p->not_before.p, p->not_after.p, 10) > 0)
		return FAIL_WHY(ERR_INVALID, "bad-period", "an end before the beginning");
	if (str_runes(p->title) > 1000)
		return FAIL_WHY(ERR_INVALID, "too-long", "a title of %zu bytes",
		                p->title.n);
	return ERR_OK;
}

SQL(hub_publication_replaced, "UPDATE hub_publication SET ended_at = :now, ended_by = :who"
                              " WHERE name = :name AND ended_at IS NULL");
SQL(hub_publication_add,
    "INSERT INTO hub_publication (id, name, kind, scope, title, version, sha256, bytes,"
    " amount, not_before, not_after, made_by, made_at) SELECT :id, :name, :kind, :scope,"
    " :title, i.version, i.sha256, i.bytes, :amount, :not_before, :not_after, :who, :now"
    " FROM hub_item i WHERE i.name = :name");

static fallible end_former(struct tx *tx, str name, str who)
{
	QUERY(q, tx_db(tx), hub_publication_replaced);
	bind_text(&q, ":name", name);
	bind_text(&q, ":who", who);
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

static str or_none(str date)
{
	return date.n ? date : STR_NONE;
}

static fallible add_row(struct tx *tx, const struct hub_publishing *p, const char *kind,
                        const struct id *id, str name, int64_t amount)
{
	QUERY(q, tx_db(tx), hub_publication_add);
	bind_text(&q, ":id", id_str(id));
	bind_text(&q, ":name", name);
	bind_text(&q, ":kind", str_of(kind));
	bind_text(&q, ":scope", p->scope);
	bind_text(&q, ":title", p->title);
	if (amount == JSON_ABSENT)
		bind_null(&q, ":amount");
	else
		bind_int(&q, ":amount", amount);
	bind_text(&q, ":not_before", or_none(p->not_before));
	bind_text(&q, ":not_after", or_none(p->not_after));
	bind_text(&q, ":who", p->who);
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

enum err publish(struct tx *tx, struct arena *a, const char *kind, struct hub_item *item,
                 int64_t amount, struct hub_publishing *p)
{
	struct id id = id_new("pub");
	if (!p->title.p) p->title = S("");
	TRY(publishing_check(p));
	/* What each scope has one of is named by the scope; the rest by its own id. */
	if (!item->name.n) item->name = arena_printf(a, "%s/%s", kind, id.text);
	item->scope = p->scope;
	item->not_before = or_none(p->not_before);
	item->not_after = or_none(p->not_after);
	TRY(end_former(tx, item->name, p->who));
	TRY(hub_item_put(tx, item));
	TRY(add_row(tx, p, kind, &id, item->name, amount));
	TRY(hub_audit(tx, p->who, arena_printf(a, "%s.published", kind), id_str(&id),
	              p->scope));
	return hub_publication_get(tx_db(tx), a, p->scope, arena_copy(a, id_str(&id)),
	                           &p->out);
}

/* ---- taking back ---- */

enum err hub_publication_end(struct tx *tx, str scope, str id, str who)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(64 << 10);
	struct hub_publication p;
	TRY(hub_publication_get(tx_db(tx), a, scope, id, &p));
	if (!scope_covers(scope, p.scope))
		return FAIL_WHY(ERR_DENIED, "other-scope", "published for a wider area");
	if (p.ended_at != JSON_ABSENT) return ERR_OK;
	TRY(end_former(tx, p.item, who));
	TRY(hub_item_withdraw(tx, p.item, p.scope));
	return hub_audit(tx, who, arena_printf(a, "%.*s.withdrawn", STR_ARG(p.kind)), p.id,
	                 p.scope);
}

SQL(hub_publications_late, "SELECT id FROM hub_publication WHERE kind = 'roster'"
                           " AND ended_at IS NULL AND not_after < :today"
                           " ORDER BY id LIMIT 200");

enum err hub_publications_over(struct tx *tx, str today)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(64 << 10);
	str ids[MOST];
	size_t n = 0;
	QUERY(q, tx_db(tx), hub_publications_late);
	bind_text(&q, ":today", today);
	while (n < MOST && query_next(&q)) ids[n++] = column_text(&q, a, 0);
	TRY(query_end(&q));
	for (size_t i = 0; i < n; i++)
		TRY(hub_publication_end(tx, S("KZ"), ids[i], S("program")));
	return ERR_OK;
}

/* ---- small kinds ---- */

static str written(struct arena *a, const struct shape *shape, const void *in)
{
	struct buf text;
	buf_init(&text, (size_t)8 << 20);
	json_write(&text, shape, in);
	str copy = arena_copy(a, buf_as_str(&text));
	buf_free(&text);
	return copy;
}

/* Enough of an announcement to know it by in a list. */
static str beginning(struct arena *a, str text)
{
	size_t n = 0, runes = 0;
	uint32_t rune;
	for (size_t step; runes < 80 && (step = str_rune(str_part(text, n, text.n), &rune));
	     runes++)
		n += step;
	return n < text.n ? arena_printf(a, "%.*s…", (int)n, text.p) : text;
}

enum err hub_publish_news(struct tx *tx, struct arena *a, const struct item_news *news,
                          struct hub_publishing *p)
{
	struct item_news n = *news;
	n.kk = str_trim(n.kk);
	n.ru = str_trim(n.ru);
	if (!n.kk.n || !n.ru.n)
		return FAIL_WHY(ERR_INVALID, "no-text",
		                "an announcement needs Kazakh and Russian");
	if (str_runes(n.kk) > NEWS_MOST || str_runes(n.ru) > NEWS_MOST ||
	    (n.en.p && str_runes(n.en) > NEWS_MOST))
		return FAIL_WHY(ERR_INVALID, "too-long",
		                "an announcement that is too long");
	n.from = or_none(p->not_before);
	n.until = or_none(p->not_after);
	if (!p->title.n) p->title = beginning(a, n.ru);
	struct hub_item item = { .content = written(a, &item_news_shape, &n) };
	return publish(tx, a, "news", &item, JSON_ABSENT, p);
}

enum err hub_publish_template(struct tx *tx, struct arena *a, str content,
                              struct hub_publishing *p)
{
	struct hub_item item = { .content = content };
	item.name = arena_printf(a, ITEM_TEMPLATE "%.*s", STR_ARG(p->scope));
	return publish(tx, a, "template", &item, JSON_ABSENT, p);
}

enum err hub_publish_roster(struct tx *tx, struct arena *a, const struct roster_read *list,
                            struct hub_publishing *p)
{
	if (!p->not_after.n)
		return FAIL_WHY(ERR_INVALID, "bad-date", "a list of people needs an end");
	struct item_roster roster = { p->not_after, list->list };
	struct hub_item item = { .content = written(a, &item_roster_shape, &roster) };
	item.name = arena_printf(a, ITEM_ROSTER "%.*s", STR_ARG(p->scope));
	return publish(tx, a, "roster", &item, (int64_t)list->list.n, p);
}
