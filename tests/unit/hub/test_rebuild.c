/* SPDX-License-Identifier: Apache-2.0 */
/* What a hub derives from records is derived once more, after everything that a hub goes
 * through, and is the same; and what was spoiled is put right. */
#include "unit/hub/country.h"

#define PERSON "per_0123456789abcdef0123456789abcde"
#define EVENT "evt_0123456789abcdef0123456789abcdef"
#define ATTEMPT "att_0123456789abcdef0123456789abcde"

static void tell_person(struct country *c, struct place *p, int n, const char *surname)
{
	country_tell(p, "person.added",
	             arena_printf(c->a,
	                          "{\"person\":\"" PERSON "%d\",\"surname\":\"%s\","
	                          "\"given\":\"A\",\"council_name\":\"Council %d\"}",
	                          n, surname, n % 3));
}

static void tell_result(struct country *c, struct place *p, int n)
{
	country_tell(
		p, "completion",
		arena_printf(c->a,
	                     "{\"attempt\":\"" ATTEMPT "%d\",\"person\":\"" PERSON
	                     "%d\",\"course\":\"crs_0123456789abcdef0123456789abcdef\","
	                     "\"number\":1,\"completion\":\"completed\","
	                     "\"success\":\"passed\",\"score\":0.9,\"total_time_ms\":1}",
	                     n, n));
}

static void tell_certificate(struct country *c, struct place *p, int n)
{
	country_tell(p, "certificate.issued",
	             arena_printf(c->a,
	                          "{\"serial\":\"KZ-%d\",\"person\":\"" PERSON "%d\","
	                          "\"holder\":\"Holder %d\",\"title\":\"Rights\","
	                          "\"held_on\":\"2026-11-22\",\"token\":\"T%d\"}",
	                          n, n, n, n));
}

/* What was decided at the desk. */
static enum err decide(struct tx *tx, void *arg)
{
	const struct country *c = arg;
	str site = id_str(&c->site[1].id.site);
	TRY(hub_person_merge(tx, S(PERSON "1"), S(PERSON "2"), S("test")));
	TRY(hub_person_merge(tx, S(PERSON "3"), S(PERSON "2"), S("test")));
	TRY(hub_person_unmerge(tx, S(PERSON "1"), S("test")));
	TRY(hub_person_erase(tx, S(PERSON "4"), S("test")));
	TRY(hub_certificate_revoke(tx, S("KZ-2"), S("mistake"), S("two at a time"),
	                           S("test")));
	TRY(hub_quarantine_settle(tx, site, 1, 3, 0, true, S("test")));
	return ERR_OK;
}

/* Two sites over three months, with everything that changes a count. */
static void live(struct country *c)
{
	struct place *a = &c->site[0], *b = &c->site[1];
	country_tell(a, "event.added",
	             S("{\"event\":\"" EVENT "\",\"title\":\"Day\",\"held_on\":"
	               "\"2026-11-22\"}"));
	country_tell(a, "clock.set", S("{\"off_ms\":7200000}"));
	for (int n = 1; n <= 6; n++) tell_person(c, a, n, "Серікова");
	for (int n = 1; n <= 5; n++) tell_result(c, a, n);
	country_tell(
		a, "presence",
		S("{\"event\":\"" EVENT "\",\"person\":\"" PERSON "1\",\"present\":true}"));
	country_send_all(c, a);
	time_stop_at(NOON + 31 * DAY);
	for (int n = 1; n <= 4; n++) tell_certificate(c, a, n);
	tell_person(c, b, 7, "Ахметов"); /* 2 */
	tell_person(c, b, 1, "Чужая");   /* 3: not theirs, quarantined */
	tell_result(c, b, 8);            /* of somebody who was never introduced */
	country_tell(b, "person.corrected", S("{\"person\":1}")); /* bad body */
	country_tell(b, "dispute",
	             S("{\"dispute\":\"dis_00000000000000000000000000000001\",\"about\":"
	               "\"" ATTEMPT "8\",\"says\":\"result\"}"));
	country_send_all(c, a);
	country_send_all(c, b);
	time_stop_at(NOON + 62 * DAY);
	assert_ok(store_write(c->hub.store, decide, c));
	tell_result(c, a, 6); /* what comes after the decisions */
	country_tell(a, "certificate.revoked",
	             S("{\"serial\":\"KZ-1\",\"why\":\"other\"}"));
	country_tell(a, "event.closed",
	             S("{\"event\":\"" EVENT "\",\"title\":\"Day\",\"joined\":6,"
	               "\"present\":6}"));
	country_send_all(c, a);
}

static void rebuild(struct country *c, struct hub_table table[HUB_TABLES], int64_t *records)
{
	char folder[FILE_PATH], copy[FILE_PATH];
	struct store *to;
	struct db *before, *now;
	test_folder(folder);
	assert_ok(file_path(copy, folder, "kenes.db"));
	assert_ok(store_backup(c->hub.store, copy));
	assert_ok(store_open(folder, &to));
	assert_ok(hub_rebuild(c->hub.store, to, records));
	assert_ok(store_reader(c->hub.store, &before));
	assert_ok(store_reader(to, &now));
	assert_ok(hub_compare(before, now, table));
	store_reader_done(c->hub.store, before);
	store_reader_done(to, now);
	store_close(to);
}

static void what_is_derived_once_more_is_the_same(void **state)
{
	struct country *c = *state;
	struct hub_table table[HUB_TABLES];
	int64_t records;
	live(c);
	rebuild(c, table, &records);
	for (size_t i = 0; i < HUB_TABLES; i++) {
		assert_row(table[i].same, table[i].name.p);
		assert_row(table[i].now == table[i].before, table[i].name.p);
		assert_row(table[i].now > 0, table[i].name.p); /* else nothing is proven */
	}
	assert_true(records >= 25);
}

SQL(spoil_sum, "UPDATE hub_area SET completions = completions + 1 WHERE scope = 'KZ'");
SQL(spoil_result, "DELETE FROM hub_result WHERE attempt = '" ATTEMPT "2'");
SQL(spoil_name, "UPDATE hub_person SET surname = 'X' WHERE id = '" PERSON "5'");

static enum err spoil(struct tx *tx, void *arg)
{
	const struct sql *const all[] = { &spoil_sum, &spoil_result, &spoil_name };
	(void)arg;
	for (size_t i = 0; i < countof(all); i++) {
		QUERY(q, tx_db(tx), *all[i]);
		TRY(query_run(&q, NULL));
	}
	return ERR_OK;
}

static void what_was_spoiled_is_found(void **state)
{
	struct country *c = *state;
	struct hub_table table[HUB_TABLES];
	int64_t records;
	live(c);
	assert_ok(store_write(c->hub.store, spoil, NULL));
	rebuild(c, table, &records);
	for (size_t i = 0; i < HUB_TABLES; i++) {
		bool spoiled = str_is(table[i].name, S("hub_area")) ||
		               str_is(table[i].name, S("hub_result")) ||
		               str_is(table[i].name, S("hub_person"));
		assert_row(table[i].same == !spoiled, table[i].name.p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_derived_once_more_is_the_same,
		                                country_open, country_close),
		cmocka_unit_test_setup_teardown(what_was_spoiled_is_found, country_open,
		                                country_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
