/* SPDX-License-Identifier: Apache-2.0 */
/* Records of two sites at once into the hub, with a durable, signed receipt, against the
 * same rows written by bare SQLite in the same groups with the same promise (WAL,
 * synchronous=FULL). Both go in turns, a slice each, so that what else the machine does
 * meets both alike; the rows come from a hub that has received everything before.
 *
 *     bench_sync [RECORDS]        in the current folder: its disk is measured
 *
 * Prints NAME=VALUE lines: records a second for both, and the ratio. */
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/time.h"
#include "hub/hub.h"
#include "sync/facts.h"
#include "sync/journal.h"

#define BATCHES_MOST 4096

static void insist(enum err e)
{
	if (!e) return;
	fprintf(stderr, "bench_sync: %s\n", err_last()->sentence);
	exit(1);
}

/* ---- a site with a full journal ---- */

struct day {
	struct id person, event;
	int64_t from, n;
};

static enum err add(struct tx *tx, struct day *d, int64_t i)
{
	char council[40];
	struct id attempt = id_new("att"), course = id_new("crs");
	if (i % 3 == 0) d->person = id_new("per");
	snprintf(council, sizeof council, "Кеңес %d", (int)(i / 3 % 20));
	struct fact_person p = { .person = id_str(&d->person),
		                 .surname = S("Серікова"),
		                 .given = S("Айгүл"),
		                 .council_name = str_of(council),
		                 .language = S("kk") };
	struct fact_presence there = { id_str(&d->event), id_str(&d->person), true };
	struct fact_result r = { .attempt = id_str(&attempt),
		                 .person = id_str(&d->person),
		                 .course = id_str(&course),
		                 .title = S("Қоғамдық кеңес мүшесінің құқықтары"),
		                 .event = id_str(&d->event),
		                 .number = 1,
		                 .completion = S("completed"),
		                 .success = S("passed"),
		                 .score = 0.85,
		                 .total_time_ms = 600000 };
	if (i % 3 == 0)
		return journal_add(tx, S("person.added"), p.person, &fact_person_shape, &p);
	if (i % 3 == 1)
		return journal_add(tx, S("presence"), STR_NONE, &fact_presence_shape,
		                   &there);
	return journal_add(tx, S("completion"), STR_NONE, &fact_result_shape, &r);
}

static enum err add_many(struct tx *tx, void *arg)
{
	struct day *d = arg;
	for (int64_t i = 0; i < d->n; i++) TRY(add(tx, d, d->from + i));
	return ERR_OK;
}

static void fill(struct store *store, int64_t records)
{
	struct day d = { .person = id_new("per"), .event = id_new("evt"), .n = 1000 };
	for (; d.from < records; d.from += d.n) insist(store_write(store, add_many, &d));
}

/* ---- the requests, made beforehand ---- */

static size_t make_requests(struct store *store, const struct identity *id, struct arena *a,
                            str out[BATCHES_MOST], int64_t *records_out)
{
	struct db *db;
	struct journal_epoch now;
	struct buf batch, request;
	size_t n = 0;
	insist(store_reader(store, &db));
	insist(journal_now(db, a, &now));
	buf_init(&batch, BATCH_MOST);
	buf_init(&request, EXCHANGE_MOST);
	for (int64_t first = 1; first <= now.seq && n < BATCHES_MOST;) {
		struct arena *one = arena_open((size_t)32 << 20);
		struct json_list list;
		size_t taken;
		insist(journal_read(db, one, now.epoch, first, BATCH_RECORDS,
		                    BATCH_MOST - 4096, &list));
		insist(batch_write(id, list.items, list.n, BATCH_MOST, &batch, &taken));
		exchange_ask(id, EXCHANGE_BATCH, NULL, buf_as_str(&batch), &request);
		out[n++] = arena_copy(a, buf_as_str(&request));
		first += (int64_t)taken;
		arena_close(one);
	}
	store_reader_done(store, db);
	buf_free(&batch);
	buf_free(&request);
	*records_out = now.seq;
	return n;
}

/* ---- ours ---- */

SQL(bench_site, "INSERT INTO hub_site (id, public_key, key_id, certificate, scope, name,"
                " enrolled_at, expires_at) VALUES (:id, :key, :key_id, :key, 'KZ-11/1132',"
                " 'Hall', 0, 9000000000000)");

static enum err add_site(struct tx *tx, void *arg)
{
	const struct identity *id = arg;
	QUERY(q, tx_db(tx), bench_site);
	bind_text(&q, ":id", id_str(&id->site));
	bind_blob(&q, ":key", id->public_key, SEAL_PUBLIC);
	bind_blob(&q, ":key_id", id->key_id, KEY_ID);
	return query_run(&q, NULL);
}

#define SITES 2 /* that send at the same time */

struct sender {
	struct hub *hub;
	struct identity id;
	str request[BATCHES_MOST];
	size_t n, from, to; /* of the slice that is sent */
};

static void *send_all(void *arg)
{
	struct sender *s = arg;
	struct buf reply;
	buf_init(&reply, EXCHANGE_MOST);
	for (size_t i = s->from; i < s->to; i++) {
		struct arena *a = arena_open((size_t)32 << 20);
		int status;
		insist(hub_answer(s->hub, s->request[i], a, &reply, &status));
		if (status != 201) insist(FAIL(ERR_INVALID, "status %d", status));
		arena_close(a);
	}
	buf_free(&reply);
	return NULL;
}

/* The part of all requests from `slice` on, of `slices`; seconds. */
static double receive(struct sender sender[SITES], struct hub *hub, size_t slice,
                      size_t slices)
{
	pthread_t thread[SITES];
	for (int i = 0; i < SITES; i++) {
		sender[i].hub = hub;
		sender[i].from = sender[i].n * slice / slices;
		sender[i].to = sender[i].n * (slice + 1) / slices;
	}
	int64_t began = time_mono_us();
	for (int i = 0; i < SITES; i++)
		if (pthread_create(&thread[i], NULL, send_all, &sender[i])) exit(1);
	for (int i = 0; i < SITES; i++) pthread_join(thread[i], NULL);
	return (double)(time_mono_us() - began) / 1e6;
}

/* ---- bare SQLite: the rows that came of it, in the same groups ---- */

static void run(sqlite3 *db, const char *text)
{
	char *why = NULL;
	if (sqlite3_exec(db, text, NULL, NULL, &why) == SQLITE_OK) return;
	fprintf(stderr, "bench_sync: %s\n", why);
	exit(1);
}

/* Copies a table's row range by what the statement says, row by row through bind and step:
 * that is what inserting costs without any of our rules. */
struct copy {
	sqlite3_stmt *from, *to;
};

static struct copy copy_open(sqlite3 *from, sqlite3 *to, const char *table, int columns)
{
	char text[300];
	struct copy c;
	snprintf(text, sizeof text, "SELECT * FROM %s", table);
	sqlite3_prepare_v2(from, text, -1, &c.from, NULL);
	int n = snprintf(text, sizeof text, "INSERT INTO %s VALUES (?", table);
	for (int i = 1; i < columns; i++)
		n += snprintf(text + n, sizeof text - (size_t)n, ",?");
	snprintf(text + n, sizeof text - (size_t)n, ")");
	sqlite3_prepare_v2(to, text, -1, &c.to, NULL);
	return c;
}

static bool copy_one(struct copy *c)
{
	if (sqlite3_step(c->from) != SQLITE_ROW) return false;
	for (int i = 0; i < sqlite3_column_count(c->from); i++)
		sqlite3_bind_value(c->to, i + 1, sqlite3_column_value(c->from, i));
	sqlite3_step(c->to);
	sqlite3_reset(c->to);
	return true;
}

struct bare {
	sqlite3 *from, *to;
	struct copy record, other[3];
	bool more;
};

static void bare_open(struct bare *b, const char *full, const char *empty)
{
	sqlite3_open(full, &b->from);
	sqlite3_open(empty, &b->to);
	run(b->to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA "
	           "cache_size = -4096");
	b->record = copy_open(b->from, b->to, "hub_record", 13);
	b->other[0] = copy_open(b->from, b->to, "hub_person", 16);
	b->other[1] = copy_open(b->from, b->to, "hub_presence", 5);
	b->other[2] = copy_open(b->from, b->to, "hub_result", 14);
	b->more = true;
}

/* So many groups; seconds. */
static double bare_write(struct bare *b, int64_t groups, int64_t a_group)
{
	int64_t began = time_mono_us();
	for (; b->more && groups > 0; groups--) {
		run(b->to, "BEGIN IMMEDIATE");
		for (int64_t i = 0; b->more && i < a_group; i++) {
			b->more = copy_one(&b->record);
			if (b->more) copy_one(&b->other[i % 3]);
		}
		run(b->to, "COMMIT");
	}
	return (double)(time_mono_us() - began) / 1e6;
}

static void copy_close(struct copy *c)
{
	sqlite3_finalize(c->from);
	sqlite3_finalize(c->to);
}

static void bare_close(struct bare *b)
{
	copy_close(&b->record);
	for (size_t i = 0; i < countof(b->other); i++) copy_close(&b->other[i]);
	sqlite3_close(b->from);
	sqlite3_close(b->to);
}

/* ---- both ---- */

static void drop(const char *folder)
{
	static const char *const names[] = { "kenes.db", "kenes.db-wal", "kenes.db-shm",
		                             "hub.key", "site.key" };
	char path[FILE_PATH];
	for (size_t i = 0; i < countof(names); i++)
		if (!file_path(path, folder, names[i])) insist(file_drop(path));
	remove(folder);
}

static void make_empty(const char *folder)
{
	struct store *store;
	insist(store_open(folder, &store));
	store_close(store);
}

/* A site's journal and the requests that it makes; gives how many records. */
static int64_t prepare(struct sender *sender, const char *folder, int64_t wanted,
                       struct arena *a)
{
	struct store *site;
	int64_t records;
	insist(store_open(folder, &site));
	insist(identity_open(folder, IDENTITY_SITE, &sender->id));
	insist(journal_begin(site, folder, &sender->id));
	fill(site, wanted);
	sender->n = make_requests(site, &sender->id, a, sender->request, &records);
	store_close(site);
	return records;
}

#define SLICES 12

static void open_hub(struct hub *hub, const char *folder, struct sender sender[SITES])
{
	insist(hub_open(folder, hub));
	for (int i = 0; i < SITES; i++)
		insist(store_write(hub->store, add_site, &sender[i].id));
}

/* Both in turns; the first slice of each warms up and is not counted. */
static void measure(struct sender sender[SITES], struct hub *hub, struct bare *bare,
                    int64_t batches, int64_t a_batch, double *ours, double *theirs)
{
	*ours = *theirs = 0;
	for (int64_t slice = 0; slice < SLICES; slice++) {
		int64_t groups = batches * (slice + 1) / SLICES - batches * slice / SLICES;
		double one = receive(sender, hub, (size_t)slice, SLICES);
		double other = bare_write(bare, groups, a_batch);
		if (!slice) continue;
		*ours += one;
		*theirs += other;
	}
}

int main(int argc, char **argv)
{
	static struct sender sender[SITES];
	static const char *const folders[] = { "bench-sync-site0", "bench-sync-site1",
		                               "bench-sync-full", "bench-sync-hub",
		                               "bench-sync-bare" };
	int64_t wanted = 60000, records = 0, batches = 0;
	if (argc > 1 && !str_to_int(str_of(argv[1]), 1000, 2000000, &wanted)) return 2;
	insist(seal_start());
	struct arena *a = arena_open((size_t)4 << 30);
	struct hub full = { .name = S("bench") }, hub = { .name = S("bench") };
	struct bare bare;
	double ours, theirs;
	for (size_t i = 0; i < countof(folders); i++) {
		drop(folders[i]);
		insist(file_make_folder(folders[i]));
	}
	for (int i = 0; i < SITES; i++) {
		records += prepare(&sender[i], folders[i], wanted / SITES, a);
		batches += (int64_t)sender[i].n;
	}
	open_hub(&full, folders[SITES], sender);
	receive(sender, &full, 0, 1);
	hub_close(&full);
	open_hub(&hub, folders[SITES + 1], sender);
	make_empty(folders[SITES + 2]);
	bare_open(&bare, "bench-sync-full/kenes.db", "bench-sync-bare/kenes.db");
	measure(sender, &hub, &bare, batches, records / batches, &ours, &theirs);
	bare_close(&bare);
	hub_close(&hub);
	double counted = (double)records * (SLICES - 1) / SLICES;
	printf("records=%lld\nbatches=%lld\nhub_records_per_second=%.0f\n"
	       "bare_records_per_second=%.0f\nratio=%.2f\n",
	       (long long)records, (long long)batches, counted / ours, counted / theirs,
	       theirs / ours);
	for (size_t i = 0; i < countof(folders); i++) drop(folders[i]);
	arena_close(a);
	return 0;
}
