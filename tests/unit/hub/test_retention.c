/* SPDX-License-Identifier: Apache-2.0 */
/* What is over goes, at its time, and nothing else does. */
#include "unit/hub/country.h"

#include "hub/retention.h"

#define PASSED "per_0192a0b0c0d070008000000000000001"   /* has a certificate */
#define LEARNED "per_0192a0b0c0d070008000000000000002"  /* has none */
#define RETURNED "per_0192a0b0c0d070008000000000000003" /* … but came again */
#define MERGED "per_0192a0b0c0d070008000000000000004"   /* is the same as PASSED */

SQL(test_name, "SELECT surname <> '' FROM hub_person WHERE id = :id");
SQL(test_orders, "SELECT COUNT(*) FROM hub_item WHERE name = 'erased/' || :id");
SQL(test_scores, "SELECT COUNT(score) FROM hub_result");
SQL(test_done,
    "SELECT COUNT(*) FROM hub_result WHERE done = 1 AND completion = 'completed'");
SQL(test_failed, "SELECT COUNT(*) FROM hub_result WHERE success = 'failed'");
SQL(test_told, "SELECT COUNT(*) FROM hub_record WHERE kind IN ('completion',"
               " 'attempt.result') AND body LIKE '%score%'");
SQL(test_trained, "SELECT trained FROM hub_area WHERE scope = 'KZ'");
SQL(test_runs, "SELECT COUNT(*) FROM hub_audit WHERE what = 'retention.ran'");
SQL(test_erasures, "SELECT COUNT(*) FROM hub_audit WHERE what = 'person.erased'");

static void person(struct country *c, const char *id, const char *surname)
{
	country_tell(&c->site[0], "person.added",
	             arena_printf(c->a,
	                          "{\"person\":\"%s\",\"surname\":\"%s\",\"given\":\"Б\","
	                          "\"council_name\":\"Кеңес\"}",
	                          id, surname));
}

static void result(struct country *c, const char *kind, int attempt, const char *id,
                   const char *success, const char *score)
{
	bool passed = !strcmp(success, "passed");
	country_tell(&c->site[0], kind,
	             arena_printf(c->a,
	                          "{\"attempt\":\"att_0192a0b0c0d07000800000000000000%d\","
	                          "\"person\":\"%s\",\"course\":"
	                          "\"crs_0192a0b0c0d070008000000000000001\",\"number\":1,"
	                          "\"completion\":\"%s\",\"success\":\"%s\",\"score\":%s,"
	                          "\"total_time_ms\":1000}",
	                          attempt, id, passed ? "completed" : "incomplete", success,
	                          score));
}

static enum err merge_in(struct tx *tx, void *arg)
{
	(void)arg;
	return hub_person_merge(tx, S(MERGED), S(PASSED), S("test"));
}

/* Everything is told at NOON. */
static void live(struct country *c)
{
	person(c, PASSED, "А");
	person(c, LEARNED, "В");
	person(c, RETURNED, "Г");
	person(c, MERGED, "А");
	result(c, "completion", 1, PASSED, "passed", "0.9");
	result(c, "attempt.result", 2, LEARNED, "failed", "0.2");
	result(c, "attempt.result", 1, PASSED, "passed", "0.95");
	country_tell(
		&c->site[0], "certificate.issued",
		S("{\"serial\":\"K7QF2M-00001-X\",\"person\":\"" PASSED
	          "\",\"holder\":\"А Б\",\"title\":\"T\",\"held_on\":\"2026-11-22\"}"));
	country_send_all(c, &c->site[0]);
	assert_ok(store_write(c->hub.store, merge_in, NULL));
}

static enum err set_in(struct tx *tx, void *arg)
{
	return retention_set(tx, arg, S("test"));
}
static void keep(struct country *c, int64_t details, int64_t names)
{
	struct retention_new in = { details, names };
	assert_ok(store_write(c->hub.store, set_in, &in));
}
static struct retention_ran run(struct country *c)
{
	struct retention_ran ran;
	assert_ok(retention_run(&c->hub, S("program"), NULL, &ran));
	return ran;
}

static void nothing_ends_until_somebody_says_so(void **state)
{
	struct country *c = *state;
	live(c);
	time_stop_at(NOON + 100 * 366 * DAY);
	struct retention_ran ran = run(c);
	assert_int_equal(ran.names, 0);
	assert_int_equal(ran.details, 0);
	assert_int_equal(country_number(c, &test_runs, STR_NONE), 0);
	struct retention_new wrong = { -1, 0 }, long_time = { 0, 601 };
	assert_err(ERR_INVALID, store_write(c->hub.store, set_in, &wrong));
	assert_err(ERR_INVALID, store_write(c->hub.store, set_in, &long_time));
}

static void names_go_of_whom_nothing_was_heard_and_who_has_no_certificate(void **state)
{
	struct country *c = *state;
	live(c);
	keep(c, 0, 12);
	time_stop_at(NOON + 360 * DAY); /* eleven months and a bit */
	assert_int_equal(run(c).names, 0);
	/* By the laptop's clock it is years ago; by ours she came back today. */
	result(c, "completion", 3, RETURNED, "passed", "0.8");
	country_send_all(c, &c->site[0]);
	time_stop_at(NOON + 370 * DAY);
	assert_int_equal(run(c).names, 1);
	assert_int_equal(country_number(c, &test_name, S(LEARNED)), 0);
	assert_int_equal(country_number(c, &test_name, S(PASSED)), 1);
	assert_int_equal(country_number(c, &test_name, S(RETURNED)), 1);
	assert_int_equal(country_number(c, &test_name, S(MERGED)), 1);
	assert_int_equal(country_number(c, &test_orders, S(LEARNED)),
	                 1); /* the site is told */
	assert_int_equal(country_number(c, &test_erasures, STR_NONE), 1);
	assert_int_equal(run(c).names, 0);
	assert_int_equal(country_number(c, &test_runs, STR_NONE),
	                 1); /* a run for nothing says nothing */
}

static void of_attempts_only_that_they_were_completed_stays(void **state)
{
	struct country *c = *state;
	live(c);
	keep(c, 6, 0);
	time_stop_at(NOON + 180 * DAY);
	result(c, "completion", 3, RETURNED, "passed", "0.8"); /* young */
	country_send_all(c, &c->site[0]);
	time_stop_at(NOON + 190 * DAY);
	assert_int_equal(run(c).details, 3);
	assert_int_equal(country_number(c, &test_scores, STR_NONE), 1);
	assert_int_equal(country_number(c, &test_told, STR_NONE), 1);
	assert_int_equal(country_number(c, &test_failed, STR_NONE), 0);
	assert_int_equal(country_number(c, &test_done, STR_NONE), 2);
	assert_int_equal(country_number(c, &test_trained, STR_NONE), 2);
	assert_int_equal(run(c).details, 0);
	time_stop_at(NOON + 380 * DAY);
	assert_int_equal(run(c).details, 1);
	/* The site may still compare: ids are the same without the details. */
	assert_int_equal(country_send_all(c, &c->site[0]).accepted, 0);
}

static void the_derived_tables_made_anew_know_no_more(void **state)
{
	struct country *c = *state;
	char folder[FILE_PATH], copy[FILE_PATH];
	struct hub_table table[HUB_TABLES];
	struct store *to;
	struct db *before, *now;
	int64_t records;
	live(c);
	keep(c, 6, 12);
	time_stop_at(NOON + 400 * DAY);
	struct retention_ran ran = run(c);
	assert_int_equal(ran.details, 3);
	assert_int_equal(ran.names, 2);
	test_folder(folder);
	assert_ok(file_path(copy, folder, "kenes.db"));
	assert_ok(store_backup(c->hub.store, copy));
	assert_ok(store_open(folder, &to));
	assert_ok(hub_rebuild(c->hub.store, to, &records));
	assert_ok(store_reader(c->hub.store, &before));
	assert_ok(store_reader(to, &now));
	assert_ok(hub_compare(before, now, table));
	for (size_t i = 0; i < HUB_TABLES; i++) assert_row(table[i].same, table[i].name.p);
	store_reader_done(c->hub.store, before);
	store_reader_done(to, now);
	store_close(to);
}

static void a_long_journal_is_gone_through_in_pieces(void **state)
{
	struct country *c = *state;
	for (int i = 0; i < 450; i++)
		result(c, "attempt.result", 1, PASSED, "failed", "0.1");
	struct journal_epoch e = country_now(c, &c->site[0]);
	for (int64_t at = 1; at <= e.seq; at += 150) {
		size_t n = (size_t)(e.seq - at + 1 < 150 ? e.seq - at + 1 : 150);
		country_send(c, country_batch(c, &c->site[0], e.epoch, at, n));
	}
	keep(c, 1, 0);
	time_stop_at(NOON + 60 * DAY);
	assert_int_equal(run(c).details, 450);
	assert_int_equal(country_number(c, &test_told, STR_NONE), 0);
}

static void a_run_that_is_stopped_leaves_the_rest_to_the_next(void **state)
{
	struct country *c = *state;
	atomic_bool stop = true;
	struct retention_ran ran;
	live(c);
	keep(c, 1, 0);
	time_stop_at(NOON + 60 * DAY);
	assert_ok(retention_run(&c->hub, S("program"), &stop, &ran));
	assert_int_equal(ran.details, 0);
	assert_int_equal(run(c).details, 3);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, country_open, country_close)
	const struct CMUnitTest tests[] = {
		T(nothing_ends_until_somebody_says_so),
		T(names_go_of_whom_nothing_was_heard_and_who_has_no_certificate),
		T(of_attempts_only_that_they_were_completed_stays),
		T(the_derived_tables_made_anew_know_no_more),
		T(a_long_journal_is_gone_through_in_pieces),
		T(a_run_that_is_stopped_leaves_the_rest_to_the_next),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
