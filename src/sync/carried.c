/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/carried.h"

#include "base/text.h"
#include "sync/bundle.h"
#include "sync/bytes.h"
#include "sync/inside.h"
#include "sync/items.h"
#include "sync/take.h"

#define MAGIC "KNI1"
#define MESSAGES_MOST 2000

static const struct json_field carried_fields[] = {
	JSON_INT(struct carried, news, true, 0, INT64_MAX),
	JSON_INT(struct carried, courses, true, 0, INT64_MAX),
	JSON_INT(struct carried, others, true, 0, INT64_MAX),
	JSON_INT(struct carried, course_bytes, true, 0, INT64_MAX),
	JSON_INT(struct carried, left_out, true, 0, INT64_MAX),
};
const struct shape carried_shape = SHAPE("Carried", struct carried, carried_fields);

void carried_request(str site, int64_t after, struct buf *out)
{
	uint8_t version[8];
	struct writing w = { version, 0, sizeof version, false };
	write_i64(&w, after);
	buf_reset(out);
	buf_str(out, S(MAGIC));
	buf_str(out, site);
	buf_add(out, version, w.n);
}

bool carried_is(str messages)
{
	str first;
	return bundle_message(&messages, &first) && str_starts(first, S(MAGIC));
}

/* ---- reading ---- */

struct reading_carried {
	struct site_sync *sync;
	struct arena *a;
	struct hub_link link;
	struct down_list list;
	int64_t after;
	struct content {
		uint8_t hash[SEAL_HASH];
		str bytes;
	} * content;
	size_t n;
};

static fallible damaged(void)
{
	return FAIL_WHY(ERR_INVALID, "bad-bundle", "the file is damaged");
}

/* The list must be signed by our hub, for this very laptop. */
static fallible read_list(struct reading_carried *r, str request, str reply_bytes)
{
	struct exchange_reply reply;
	struct buf own;
	struct reading_bytes at = { str_part(request, request.n - 8, request.n), false };
	r->after = read_i64(&at);
	buf_init(&own, 256);
	carried_request(id_str(&r->sync->identity->site), r->after, &own);
	bool ours = str_is(buf_as_str(&own), request);
	buf_free(&own);
	if (!ours || at.over)
		return FAIL_WHY(ERR_INVALID, "not-the-hub", "a list for another laptop");
	TRY(exchange_reply_read(reply_bytes, r->link.hub_key, request, &reply));
	if (reply.type != EXCHANGE_DOWN ||
	    json_read(reply.body, &down_list_shape, JSON_LENIENT, r->a, &r->list))
		return FAIL_WHY(ERR_INVALID, "not-the-hub", "a file without a list");
	return take_check_list(&r->link, r->after, &r->list);
}

static fallible read_section(struct reading_carried *r, str messages)
{
	str request, reply, message;
	struct db *db;
	TRY(store_reader(r->sync->store, &db));
	enum err e = link_get(db, r->a, &r->link);
	store_reader_done(r->sync->store, db);
	if (e) return e;
	if (!bundle_message(&messages, &request) || request.n < 12 ||
	    !bundle_message(&messages, &reply))
		return damaged();
	TRY(read_list(r, request, reply));
	r->content = arena_alloc(r->a, MESSAGES_MOST * sizeof *r->content);
	while (messages.n) {
		if (r->n == MESSAGES_MOST || !bundle_message(&messages, &message))
			return damaged();
		seal_sha256(message.p, message.n, r->content[r->n].hash);
		r->content[r->n++].bytes = message;
	}
	return ERR_OK;
}

/* The bytes of an entry; STR_NONE: they are not in the file. */
static str content_of(const struct reading_carried *r, const struct down_entry *e)
{
	uint8_t hash[SEAL_HASH];
	if (!text_unhex(e->sha256, hash, SEAL_HASH)) return STR_NONE;
	for (size_t i = 0; i < r->n; i++)
		if (memcmp(r->content[i].hash, hash, SEAL_HASH) == 0)
			return r->content[i].bytes;
	return STR_NONE;
}

static fallible is_old(const struct reading_carried *r, const struct down_entry *e,
                       bool *out)
{
	struct db *db;
	TRY(store_reader(r->sync->store, &db));
	enum err err = take_is_old(db, e, out);
	store_reader_done(r->sync->store, db);
	return err;
}

/* ---- looking ---- */

static void count(const struct reading_carried *r, const struct down_entry *e,
                  struct carried *out)
{
	if (!take_is_large(e)) {
		bool news = str_starts(e->name, S(ITEM_NEWS));
		out->news += news;
		out->others += !news;
	} else if (!e->sha256.n) {
		out->others++;
	} else if (content_of(r, e).p) {
		out->courses++;
		out->course_bytes += e->bytes;
	} else {
		out->left_out++;
	}
}

enum err carried_look(struct site_sync *sync, struct arena *a, str messages,
                      struct carried *out)
{
	struct reading_carried r = { .sync = sync, .a = a };
	TRY(read_section(&r, messages));
	const struct down_entry *e = r.list.items.items;
	for (size_t i = 0; i < r.list.items.n; i++) {
		bool old;
		TRY(is_old(&r, &e[i], &old));
		if (!old) count(&r, &e[i], out);
	}
	return ERR_OK;
}

/* ---- taking ---- */

static fallible take_course(struct reading_carried *r, const struct down_entry *e,
                            bool *taken_out)
{
	char path[FILE_PATH];
	str bytes = content_of(r, e);
	enum err here = take_large(r->sync, r->a, e, NULL);
	*taken_out = true;
	if (here != ERR_NOT_FOUND) return here;
	if (!bytes.p) {
		*taken_out = false;
		return ERR_OK;
	}
	TRY(take_path(r->sync, e, path));
	TRY(file_write(path, bytes, 0600));
	TRY(take_large(r->sync, r->a, e, path));
	return file_drop(path);
}

static fallible take_one(struct reading_carried *r, const struct down_entry *e,
                         bool *taken_out)
{
	TRY(is_old(r, e, taken_out));
	if (*taken_out) return ERR_OK;
	if (e->sha256.n && take_is_large(e)) return take_course(r, e, taken_out);
	str bytes = e->sha256.n ? content_of(r, e) : S("");
	*taken_out = bytes.p != NULL;
	return bytes.p ? take_small(r->sync, e, bytes) : ERR_OK;
}

static fallible take_list(struct reading_carried *r, bool large, int64_t *reached)
{
	const struct down_entry *e = r->list.items.items;
	for (size_t i = 0; i < r->list.items.n; i++) {
		bool taken;
		if (take_is_large(&e[i]) != large) continue;
		TRY(take_one(r, &e[i], &taken));
		if (!taken && e[i].version - 1 < *reached) *reached = e[i].version - 1;
	}
	return ERR_OK;
}

/* How far everything is here ends before the first thing that was left out, and does not
 * move at all when the file begins later than what we have. */
enum err carried_take(struct site_sync *sync, struct arena *a, str messages)
{
	struct reading_carried r = { .sync = sync, .a = a };
	TRY(read_section(&r, messages));
	int64_t reached = r.list.version;
	TRY(take_list(&r, false, &reached));
	TRY(take_list(&r, true, &reached));
	if (r.after > r.link.down_version || reached <= r.link.down_version) return ERR_OK;
	return take_reached(sync, reached);
}
