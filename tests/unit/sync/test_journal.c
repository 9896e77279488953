/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/time.h"
#include "sync/facts.h"
#include "sync/journal.h"

#define NOON 1795348800000LL
#define HOUR 3600000LL

struct place {
	char folder[FILE_PATH];
	struct identity id;
	struct store *store;
	struct arena *a;
};

static void place_open(struct place *p)
{
	assert_ok(store_open(p->folder, &p->store));
	assert_ok(identity_open(p->folder, IDENTITY_SITE, &p->id));
	assert_ok(journal_begin(p->store, p->folder, &p->id));
}

static int begin(void **state)
{
	struct place *p = calloc(1, sizeof *p);
	assert_ok(seal_start());
	time_stop_at(NOON);
	p->a = arena_open(1 << 20);
	test_folder(p->folder);
	place_open(p);
	*state = p;
	return 0;
}

static int end(void **state)
{
	struct place *p = *state;
	store_close(p->store);
	arena_close(p->a);
	free(p);
	time_stop_at(0);
	return 0;
}

/* ---- telling and reading ---- */

struct telling {
	const char *kind, *subject, *body;
	enum err then; /* what the job ends with */
};

static enum err tell_in(struct tx *tx, void *arg)
{
	struct telling *t = arg;
	TRY(journal_add_json(tx, str_of(t->kind), str_of(t->subject), str_of(t->body)));
	return t->then ? FAIL(t->then, "as the test wants it") : ERR_OK;
}

static void tell(struct place *p, const char *kind, const char *body)
{
	assert_ok(store_write(p->store, tell_in, &(struct telling){ kind, NULL, body, 0 }));
}

static struct journal_epoch now(struct place *p)
{
	struct db *db;
	struct journal_epoch e;
	assert_ok(store_reader(p->store, &db));
	assert_ok(journal_now(db, p->a, &e));
	store_reader_done(p->store, db);
	return e;
}

static struct json_list slice(struct place *p, int64_t epoch, int64_t first, size_t most,
                              size_t bytes)
{
	struct db *db;
	struct json_list list;
	assert_ok(store_reader(p->store, &db));
	assert_ok(journal_read(db, p->a, epoch, first, most, bytes, &list));
	store_reader_done(p->store, db);
	return list;
}

static void facts_are_numbered_and_chained(void **state)
{
	struct place *p = *state;
	tell(p, "test", "{\"n\":1}");
	tell(p, "test", "{\"n\":2}");
	struct journal_epoch e = now(p);
	assert_int_equal(e.epoch, 1);
	assert_int_equal(e.seq, 3); /* the first tells of the epoch */
	struct json_list list = slice(p, 1, 1, 10, 100000);
	const struct record *r = list.items;
	assert_int_equal(list.n, 3);
	assert_str(r[0].kind, S("epoch.opened"));
	assert_str(r[2].body, S("{\"n\":2}"));
	struct record_sum sum = { 0 };
	uint8_t id[RECORD_ID], before[RECORD_ID] = { 0 };
	for (size_t i = 0; i < list.n; i++) {
		assert_int_equal(r[i].seq, (int64_t)i + 1);
		assert_memory_equal(r[i].prev, before, RECORD_ID);
		assert_int_equal(r[i].at_wall, NOON);
		record_id(&r[i], id);
		record_sum_add(&sum, id);
		memcpy(before, id, RECORD_ID);
	}
	assert_memory_equal(e.head, id, RECORD_ID);
	assert_memory_equal(e.total.bytes, sum.bytes, RECORD_ID);
}

static void a_fact_goes_with_the_change_that_it_tells_of(void **state)
{
	struct place *p = *state;
	struct telling t = { "test", NULL, "{}", ERR_CONFLICT };
	struct journal_epoch before = now(p);
	assert_err(ERR_CONFLICT, store_write(p->store, tell_in, &t));
	struct journal_epoch after = now(p);
	assert_int_equal(after.seq, before.seq);
	assert_memory_equal(after.head, before.head, RECORD_ID);
}

static void a_slice_is_bounded_by_number_and_by_bytes(void **state)
{
	struct place *p = *state;
	for (int i = 0; i < 9; i++) tell(p, "test", "{\"text\":\"0123456789\"}");
	assert_int_equal(slice(p, 1, 2, 4, 100000).n, 4);
	assert_int_equal(slice(p, 1, 2, 100, 100).n, 2);
	assert_int_equal(slice(p, 1, 2, 100, 1).n, 1); /* never none */
	assert_int_equal(slice(p, 1, 11, 100, 100000).n, 0);
	/* A slice from the middle knows what went before. */
	const struct record *whole = slice(p, 1, 1, 100, 100000).items;
	const struct record *tail = slice(p, 1, 5, 100, 100000).items;
	assert_memory_equal(tail[0].prev, whole[4].prev, RECORD_ID);
}

/* ---- a folder that is opened again ---- */

static void opening_again_changes_nothing(void **state)
{
	struct place *p = *state;
	tell(p, "test", "{}");
	struct journal_epoch before = now(p);
	store_close(p->store);
	place_open(p);
	struct journal_epoch after = now(p);
	assert_int_equal(after.epoch, before.epoch);
	assert_int_equal(after.seq, before.seq);
}

static void copy_file(const char *from, const char *to)
{
	struct arena *a = arena_open(64 << 20);
	str text;
	assert_ok(file_read(from, 64 << 20, a, &text));
	assert_ok(file_write(to, text, 0600));
	arena_close(a);
}

/* The database as it was before `tell` is put back. */
static struct journal_epoch after_a_restore(struct place *p, bool left, bool more)
{
	char db[FILE_PATH], copy[FILE_PATH];
	assert_ok(file_path(db, p->folder, "kenes.db"));
	assert_ok(file_path(copy, p->folder, "copy"));
	tell(p, "test", "{\"kept\":true}");
	assert_ok(store_backup(p->store, copy));
	tell(p, "test", "{\"lost\":true}");
	if (left) {
		struct journal_epoch e = now(p);
		assert_ok(journal_mark(p->folder, &e));
	}
	store_close(p->store);
	copy_file(copy, db);
	if (more) { /* life goes on before anybody looks at the mark */
		assert_ok(store_open(p->folder, &p->store));
		tell(p, "test", "{\"other\":true}");
		store_close(p->store);
	}
	place_open(p);
	return now(p);
}

static void a_backup_that_is_put_back_begins_an_epoch(void **state)
{
	struct place *p = *state;
	struct journal_epoch e = after_a_restore(p, true, false);
	assert_true(e.epoch > 1);
	assert_int_equal(e.seq, 1);
	const struct record *r = slice(p, e.epoch, 1, 1, 1000).items;
	assert_str(r->kind, S("backup.restored"));
	uint8_t id[RECORD_ID];
	const struct record *last = slice(p, 1, 2, 10, 1000).items;
	record_id(last, id);
	assert_memory_equal(r->prev, id, RECORD_ID);
}

static void another_past_of_the_same_length_is_noticed(void **state)
{
	struct journal_epoch e = after_a_restore(*state, true, true);
	assert_true(e.epoch > 1);
}

static void what_never_left_may_be_written_anew(void **state)
{
	struct journal_epoch e = after_a_restore(*state, false, false);
	assert_int_equal(e.epoch, 1);
	assert_int_equal(e.seq, 2);
}

static void another_key_is_another_site(void **state)
{
	struct place *p = *state;
	char key[FILE_PATH];
	struct journal_epoch before = now(p);
	store_close(p->store);
	assert_ok(file_path(key, p->folder, IDENTITY_SITE));
	assert_ok(file_drop(key));
	place_open(p);
	struct journal_epoch after = now(p);
	assert_true(after.epoch > before.epoch);
	assert_false(str_is(after.site, before.site));
}

/* ---- clocks ---- */

static enum err compare_in(struct tx *tx, void *hub_at)
{
	return journal_compare_clock(tx, *(int64_t *)hub_at);
}

static void a_date_says_how_far_its_clock_is_believed(void **state)
{
	struct place *p = *state;
	int64_t hub_at = NOON + 1000;
	tell(p, "test", "{}");
	assert_ok(store_write(p->store, compare_in, &hub_at));
	tell(p, "test", "{}");
	time_stop_at(NOON - HOUR);
	tell(p, "test", "{}");
	time_stop_at(NOON + 2 * HOUR);
	hub_at = NOON + 2 * HOUR - 730 * 24 * HOUR;
	assert_ok(store_write(p->store, compare_in, &hub_at));
	assert_ok(store_write(p->store, compare_in, &hub_at)); /* told once */
	const struct record *r = slice(p, 1, 2, 10, 10000).items;
	assert_int_equal(slice(p, 1, 2, 10, 10000).n, 4);
	assert_int_equal(r[0].clock, CLOCK_UNKNOWN);
	assert_int_equal(r[1].clock, CLOCK_CONFIRMED);
	assert_int_equal(r[2].clock, CLOCK_BACK);
	assert_int_equal(r[3].clock, CLOCK_OFF);
	assert_str(r[3].kind, S("clock.set"));
	assert_str(r[3].body, S("{\"off_ms\":63072000000}"));
}

/* ---- erasing ---- */

static enum err erase_in(struct tx *tx, void *subject)
{
	return journal_erase(tx, str_of(subject));
}

static void erasing_takes_the_body_and_leaves_the_proof(void **state)
{
	struct place *p = *state;
	struct telling mine = { "person.added", "per_1", "{\"surname\":\"A\"}", 0 };
	struct telling other = { "person.added", "per_2", "{\"surname\":\"B\"}", 0 };
	for (int i = 0; i < 150; i++) assert_ok(store_write(p->store, tell_in, &mine));
	assert_ok(store_write(p->store, tell_in, &other));
	struct journal_epoch before = now(p);
	assert_ok(store_write(p->store, erase_in, (char[]){ "per_1" }));
	struct json_list list = slice(p, 1, 1, 200, 1000000);
	const struct record *r = list.items;
	uint8_t id[RECORD_ID];
	for (size_t i = 0; i < list.n; i++) {
		record_id(&r[i], id);
		if (i + 1 < list.n) assert_memory_equal(id, r[i + 1].prev, RECORD_ID);
		if (i > 0 && i < 151) assert_null(r[i].body.p);
	}
	assert_memory_equal(id, before.head, RECORD_ID);
	assert_str(r[151].body, S("{\"surname\":\"B\"}"));
}

/* ---- what the hub said ---- */

struct told {
	int64_t epoch, through;
};
static enum err told_in(struct tx *tx, void *arg)
{
	struct told *t = arg;
	return journal_told(tx, t->epoch, t->through, NOON);
}

static int64_t unsent(struct place *p)
{
	struct db *db;
	int64_t n;
	assert_ok(store_reader(p->store, &db));
	assert_ok(journal_unsent(db, &n));
	store_reader_done(p->store, db);
	return n;
}

static void what_the_hub_signed_for_is_sent_and_stays_so(void **state)
{
	struct place *p = *state;
	for (int i = 0; i < 4; i++) tell(p, "test", "{}");
	assert_int_equal(unsent(p), 5);
	assert_ok(store_write(p->store, told_in, &(struct told){ 1, 3 }));
	assert_int_equal(unsent(p), 2);
	assert_ok(store_write(p->store, told_in, &(struct told){ 1, 2 }));
	assert_int_equal(unsent(p), 2); /* an old receipt takes nothing back */
	assert_ok(store_write(p->store, told_in, &(struct told){ 1, 99 }));
	assert_int_equal(unsent(p), 2); /* nor does one that was never earned count */
	assert_ok(store_write(p->store, told_in, &(struct told){ 1, 5 }));
	assert_int_equal(unsent(p), 0);
}

static void a_body_that_is_too_long_is_refused(void **state)
{
	struct place *p = *state;
	char *text = calloc(1, RECORD_BODY + 2);
	memset(text, 'x', RECORD_BODY + 1);
	struct telling t = { "test", NULL, text, 0 };
	assert_err(ERR_TOO_LARGE, store_write(p->store, tell_in, &t));
	free(text);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		T(facts_are_numbered_and_chained),
		T(a_fact_goes_with_the_change_that_it_tells_of),
		T(a_slice_is_bounded_by_number_and_by_bytes),
		T(opening_again_changes_nothing),
		T(a_backup_that_is_put_back_begins_an_epoch),
		T(another_past_of_the_same_length_is_noticed),
		T(what_never_left_may_be_written_anew),
		T(another_key_is_another_site),
		T(a_date_says_how_far_its_clock_is_believed),
		T(erasing_takes_the_body_and_leaves_the_proof),
		T(what_the_hub_signed_for_is_sent_and_stays_so),
		T(a_body_that_is_too_long_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
