/* SPDX-License-Identifier: Apache-2.0 */
/* What a site lacks, as a section of a file: the list, signed for this site and for this
 * beginning, and the bytes of what is on it (docs/protocol.md, "Files"). Courses that are
 * too large for the file stay out: the site then knows that they are still to come. */
#include "base/text.h"
#include "base/time.h"
#include "hub/inside.h"
#include "hub/publishing.h"
#include "sync/bundle.h"
#include "sync/carried.h"
#include "sync/take.h"

struct writing_items {
	struct hub *hub;
	struct db *db;
	struct arena *a;
	struct hub_site site;
	struct hub_export *how;
	struct buf messages;
};

SQL(hub_item_bytes, "SELECT content, bytes FROM hub_item"
                    " WHERE name = :name AND version = :version");

static fallible add_small(struct writing_items *w, const struct down_entry *e)
{
	QUERY(q, w->db, hub_item_bytes);
	bind_text(&q, ":name", e->name);
	bind_int(&q, ":version", e->version);
	str content = query_next(&q) ? column_blob(&q, w->a, 0) : STR_NONE;
	TRY(query_end(&q));
	if (!content.p) return ERR_OK; /* it was replaced just now */
	bundle_add(&w->messages, content);
	w->how->items++;
	return ERR_OK;
}

static fallible add_course(struct writing_items *w, const struct down_entry *e)
{
	char path[FILE_PATH];
	bool fits = e->bytes <= w->how->course_most &&
	            (int64_t)w->messages.n + e->bytes + 4096 < w->how->most;
	if (!fits) {
		w->how->left_out++;
		return ERR_OK;
	}
	on_exit_of_scope(arena_close_at) struct arena *a =
		arena_open((size_t)e->bytes + (64 << 10));
	str bytes;
	TRY(hub_item_path(w->hub, e->sha256, path));
	TRY(file_read(path, (size_t)e->bytes, a, &bytes));
	bundle_add(&w->messages, bytes);
	w->how->courses++;
	return ERR_OK;
}

/* The list is the reply to a request that the site would have made: so it is signed for
 * this site and this beginning, and is none that was said to another. */
static fallible add_list(struct writing_items *w, const struct down_list *list)
{
	struct buf body, request, reply;
	buf_init(&body, EXCHANGE_MOST);
	buf_init(&request, 256);
	buf_init(&reply, EXCHANGE_MOST);
	carried_request(w->site.id, w->site.down_version, &request);
	json_write(&body, &down_list_shape, list);
	exchange_answer(&w->hub->identity, EXCHANGE_DOWN, buf_as_str(&request), time_now(),
	                buf_as_str(&body), &reply);
	enum err e = body.over || reply.over
	                     ? FAIL(ERR_TOO_LARGE, "a list of too many things")
	                     : ERR_OK;
	if (!e) bundle_add(&w->messages, buf_as_str(&request));
	if (!e) bundle_add(&w->messages, buf_as_str(&reply));
	buf_free(&body);
	buf_free(&request);
	buf_free(&reply);
	return e;
}

static fallible add_all(struct writing_items *w)
{
	struct down_list list;
	TRY(down_list(w->db, w->a, &w->site, w->site.down_version, &list));
	TRY(add_list(w, &list));
	const struct down_entry *e = list.items.items;
	for (size_t i = 0; i < list.items.n; i++)
		if (e[i].sha256.n && !take_is_large(&e[i])) TRY(add_small(w, &e[i]));
	for (size_t i = 0; i < list.items.n; i++)
		if (e[i].sha256.n && take_is_large(&e[i])) TRY(add_course(w, &e[i]));
	return w->messages.over ? FAIL(ERR_TOO_LARGE, "too much for one file") : ERR_OK;
}

static fallible find_site(struct writing_items *w)
{
	TRY(items_refresh(w->hub, w->db));
	TRY(hub_site_get(w->db, w->a, w->how->site, &w->site));
	if (w->site.revoked_at != JSON_ABSENT)
		return FAIL_WHY(ERR_DENIED, "revoked", "a site that was cut off");
	if (w->site.public_key.n != SEAL_PUBLIC)
		return FAIL(ERR_CORRUPT, "a site without a key");
	return ERR_OK;
}

enum err hub_items_export(struct hub *hub, struct arena *a, struct hub_export *how,
                          struct buf *out)
{
	struct writing_items w = { .hub = hub, .a = a, .how = how };
	how->items = how->courses = how->left_out = 0;
	TRY(store_reader(hub->store, &w.db));
	buf_init(&w.messages, BUNDLE_MOST);
	enum err e = find_site(&w);
	if (!e) e = add_all(&w);
	store_reader_done(hub->store, w.db);
	if (!e)
		e = bundle_seal((const uint8_t *)w.site.public_key.p,
		                buf_as_str(&w.messages), out);
	buf_free(&w.messages);
	return e;
}
