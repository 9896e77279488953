/* SPDX-License-Identifier: Apache-2.0 */
/* A course goes into items/ under its hash, and only then is it told of: a crash leaves a
 * file that nobody names, and the next publication of the same bytes takes it over. */
#include "base/text.h"
#include "base/time.h"
#include "hub/inside.h"
#include "hub/publishing.h"

#include <stdio.h>
#include <stdlib.h>

#define PIECE ((size_t)1 << 20)
#define INCOMING "new-"

static fallible items_folder(const struct hub *hub, char out[FILE_PATH])
{
	TRY(file_path(out, hub->folder, "items"));
	return file_make_folder(out);
}

enum err hub_incoming_path(const struct hub *hub, char out[FILE_PATH])
{
	char folder[FILE_PATH], name[64];
	struct id id = id_new("inc");
	TRY(items_folder(hub, folder));
	snprintf(name, sizeof name, INCOMING "%s", id.text);
	return file_path(out, folder, name);
}

static enum err drop_incoming(void *folder, const char *name)
{
	char path[FILE_PATH];
	if (!str_starts(str_of(name), S(INCOMING))) return ERR_OK;
	TRY(file_path(path, folder, name));
	return file_drop(path);
}

enum err hub_incoming_clean(const struct hub *hub)
{
	char folder[FILE_PATH];
	TRY(items_folder(hub, folder));
	return file_each(folder, drop_incoming, folder);
}

/* ---- a copy under its hash ---- */

/* Reads the file once: hash, and a copy unless it lies where it is going. */
static fallible copy_file(const char *from, const char *to, char *piece, char hex[65])
{
	struct seal_sha256_state s;
	uint8_t hash[SEAL_HASH];
	uint64_t at = 0;
	size_t n = PIECE;
	seal_sha256_begin(&s);
	while (n == PIECE) {
		TRY(file_read_at(from, at, piece, PIECE, &n));
		seal_sha256_add(&s, piece, n);
		if (to && n) TRY(file_append(to, (str){ piece, n }));
		at += n;
	}
	seal_sha256_end(&s, hash);
	text_hex(hash, sizeof hash, hex);
	return ERR_OK;
}

static fallible put_in_place(struct hub *hub, const char *file, char hex[65])
{
	char own[FILE_PATH], path[FILE_PATH], folder[FILE_PATH];
	TRY(items_folder(hub, folder));
	bool inside = str_starts(str_of(file), str_of(folder));
	TRY(hub_incoming_path(hub, own));
	char *piece = malloc(PIECE);
	if (!piece) return FAIL(ERR_BUSY, "no memory for a course");
	enum err e = copy_file(file, inside ? NULL : own, piece, hex);
	free(piece);
	if (!e) e = hub_item_path(hub, str_of(hex), path);
	if (!e && inside) e = file_sync(file);
	if (!e) e = file_rename(inside ? file : own, path);
	if (!e) return ERR_OK;
	struct err_note note = *err_last();
	if (!inside && file_drop(own)) { /* the next start empties it */
	}
	err_restore(&note);
	return e;
}

/* ---- telling ---- */

SQL(hub_course_same, "SELECT 1 FROM hub_publication WHERE kind = 'course'"
                     " AND scope = :scope AND sha256 = :sha256 AND ended_at IS NULL");

static fallible check_new(struct tx *tx, str scope, str sha256)
{
	QUERY(q, tx_db(tx), hub_course_same);
	bind_text(&q, ":scope", scope);
	bind_text(&q, ":sha256", sha256);
	bool there = query_next(&q);
	TRY(query_end(&q));
	return there ? FAIL_WHY(ERR_CONFLICT, "published-already",
	                        "that course is published for %.*s", STR_ARG(scope))
	             : ERR_OK;
}

struct telling {
	struct arena *a;
	struct hub_publishing *p;
	const struct import_report *report;
	char hex[65];
};

static enum err tell(struct tx *tx, void *arg)
{
	struct telling *t = arg;
	struct hub_item item = { .sha256 = str_of(t->hex), .bytes = t->report->bytes };
	TRY(check_new(tx, t->p->scope, item.sha256));
	return publish(tx, t->a, "course", &item, t->report->activities, t->p);
}

enum err hub_publish_course(struct hub *hub, const char *file, struct arena *a,
                            struct hub_publishing *p, struct import_report *report)
{
	struct telling t = { .a = a, .p = p, .report = report };
	TRY(publishing_check(p));
	TRY(package_check_file(file, a, report));
	/* A manifest without a title: the file came in under a name that nobody gave it. */
	if (p->file_name.n && str_starts(report->title, S(INCOMING)))
		report->title = p->file_name;
	if (!p->title.n) p->title = report->title;
	TRY(publishing_check(p));
	TRY(put_in_place(hub, file, t.hex));
	return store_write(hub->store, tell, &t);
}
