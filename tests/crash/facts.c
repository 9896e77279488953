/* SPDX-License-Identifier: Apache-2.0 */
/* A site's day without its phones, and a look at what both sides hold, for chaos.mjs:
 *
 *     facts add DIR N SEED OFF_MS   N facts in N transactions; the clock is off by OFF_MS
 *     facts ids DIR                 "SITE EPOCH SEQ ID" of every record, a line each
 *     facts counts DIR              what a hub's summaries say and what counting says */
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/time.h"
#include "hub/hub.h"
#include "sync/facts.h"
#include "sync/journal.h"

/* ---- add ---- */

struct adding {
	uint64_t random;
	struct id person, event;
	int64_t n;
	enum { PERSON, PRESENCE, COMPLETION, RESULT } next;
};

static uint64_t roll(struct adding *ad)
{
	ad->random ^= ad->random << 13;
	ad->random ^= ad->random >> 7;
	ad->random ^= ad->random << 17;
	return ad->random;
}

static enum err add_person(struct tx *tx, struct adding *ad)
{
	char council[40], surname[40];
	ad->person = id_new("per");
	snprintf(council, sizeof council, "Кеңес %d", (int)(roll(ad) % 20));
	snprintf(surname, sizeof surname, "Тегі%d", (int)(roll(ad) % 100000));
	struct fact_person f = { .person = id_str(&ad->person),
		                 .surname = str_of(surname),
		                 .given = S("Аты"),
		                 .council_name = str_of(council),
		                 .language = S("kk") };
	return journal_add(tx, S("person.added"), f.person, &fact_person_shape, &f);
}

static enum err add_result(struct tx *tx, struct adding *ad, str kind)
{
	struct id attempt = id_new("att"), course = id_new("crs");
	struct fact_result f = { .attempt = id_str(&attempt),
		                 .person = id_str(&ad->person),
		                 .course = id_str(&course),
		                 .title = S("Қоғамдық кеңес мүшесінің құқықтары"),
		                 .event = id_str(&ad->event),
		                 .number = 1,
		                 .completion = S("completed"),
		                 .success = S("passed"),
		                 .score = (double)(roll(ad) % 101) / 100,
		                 .total_time_ms = (int64_t)(roll(ad) % 3600000) };
	if (str_is(kind, S("attempt.result"))) f.success = S("failed");
	return journal_add(tx, kind, STR_NONE, &fact_result_shape, &f);
}

static enum err add_one(struct tx *tx, void *arg)
{
	struct adding *ad = arg;
	struct fact_presence there = { id_str(&ad->event), id_str(&ad->person), true };
	switch (ad->next) {
	case PERSON: return add_person(tx, ad);
	case PRESENCE:
		return journal_add(tx, S("presence"), STR_NONE, &fact_presence_shape,
		                   &there);
	case COMPLETION: return add_result(tx, ad, S("completion"));
	case RESULT: return add_result(tx, ad, S("attempt.result"));
	}
	return ERR_OK;
}

static fallible add(const char *folder, struct adding *ad)
{
	struct store *store;
	struct identity id;
	TRY(identity_open(folder, IDENTITY_SITE, &id));
	TRY(store_open(folder, &store));
	enum err e = journal_begin(store, folder, &id);
	ad->event = id_new("evt");
	for (int64_t i = 0; !e && i < ad->n; i++) {
		ad->next = i % 4;
		e = store_write(store, add_one, ad);
	}
	store_close(store);
	return e;
}

/* ---- ids ---- */

SQL(all_journal, "SELECT e.site, j.epoch, j.seq, j.id FROM journal j"
                 " JOIN journal_epoch e ON e.epoch = j.epoch LIMIT 100000000");
SQL(all_hub, "SELECT s.id, r.epoch, r.seq, r.id FROM hub_record r"
             " JOIN hub_site s ON s.number = r.site LIMIT 100000000");

static fallible print_ids(struct db *db, const struct sql *sql)
{
	struct arena *a = arena_open(1 << 20);
	struct query q = query_begin(db, sql);
	while (query_next(&q)) {
		char hex[2 * RECORD_ID + 1] = "";
		str id = column_blob(&q, a, 3);
		if (id.n == RECORD_ID) text_hex((const uint8_t *)id.p, RECORD_ID, hex);
		printf("%s %lld %lld %s\n", column_text(&q, a, 0).p,
		       (long long)column_int(&q, 1, 0), (long long)column_int(&q, 2, 0),
		       hex);
		arena_reset(a);
	}
	enum err e = query_end(&q);
	query_done(&q);
	arena_close(a);
	return e;
}

/* ---- counts ---- */

SQL(all_counts,
    "SELECT (SELECT learners FROM hub_area WHERE scope = 'KZ'),"
    " (SELECT COUNT(*) FROM hub_person WHERE merged_into IS NULL),"
    " (SELECT trained FROM hub_area WHERE scope = 'KZ'),"
    " (SELECT COUNT(*) FROM hub_person p WHERE EXISTS (SELECT 1 FROM hub_result r"
    "  WHERE r.person = p.id AND r.done = 1)),"
    " (SELECT completions FROM hub_area WHERE scope = 'KZ'),"
    " (SELECT COUNT(*) FROM hub_result WHERE done = 1),"
    " (SELECT SUM(completions) FROM hub_council),"
    " (SELECT SUM(records) FROM hub_site), (SELECT COUNT(*) FROM hub_record)");

static fallible print_counts(struct db *db)
{
	struct query q = query_begin(db, &all_counts);
	if (query_next(&q))
		printf("{\"learners\":[%lld,%lld],\"trained\":[%lld,%lld],"
		       "\"completions\":[%lld,%lld,%lld],\"records\":[%lld,%lld]}\n",
		       (long long)column_int(&q, 0, 0), (long long)column_int(&q, 1, 0),
		       (long long)column_int(&q, 2, 0), (long long)column_int(&q, 3, 0),
		       (long long)column_int(&q, 4, 0), (long long)column_int(&q, 5, 0),
		       (long long)column_int(&q, 6, 0), (long long)column_int(&q, 7, 0),
		       (long long)column_int(&q, 8, 0));
	enum err e = query_end(&q);
	query_done(&q);
	return e;
}

static fallible look(const char *folder, bool ids)
{
	struct store *store;
	struct db *db;
	char key[FILE_PATH];
	TRY(file_path(key, folder, IDENTITY_HUB));
	TRY(store_open(folder, &store));
	enum err e = store_reader(store, &db);
	if (!e) {
		if (ids)
			e = print_ids(db, file_exists(key) ? &all_hub : &all_journal);
		else
			e = print_counts(db);
		store_reader_done(store, db);
	}
	store_close(store);
	return e;
}

int main(int argc, char **argv)
{
	enum err e = seal_start();
	struct adding ad = { .random = 88172645463325252u };
	int64_t off = 0, seed = 0;
	if (argc == 6 && str_is(str_of(argv[1]), S("add")) &&
	    str_to_int(str_of(argv[3]), 0, 1000000, &ad.n) &&
	    str_to_int(str_of(argv[4]), 0, INT32_MAX, &seed) &&
	    str_to_int(str_of(argv[5]), INT64_MIN / 2, INT64_MAX / 2, &off)) {
		ad.random += (uint64_t)seed * 7919;
		if (off) time_stop_at(time_now() + off);
		if (!e) e = add(argv[2], &ad);
	} else if (argc == 3) {
		if (!e) e = look(argv[2], str_is(str_of(argv[1]), S("ids")));
	} else {
		fprintf(stderr, "facts add DIR N SEED OFF_MS | ids DIR | counts DIR\n");
		return 2;
	}
	if (e) fprintf(stderr, "facts: %s\n", err_last()->sentence);
	return e ? 1 : 0;
}
