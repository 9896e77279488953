/* SPDX-License-Identifier: Apache-2.0 */
/* Records from sites to the hub: each once, provably, whoever lies on the way. */
#include "unit/hub/country.h"

#define PERSON "per_0192a0b0c0d07000800000000000000"

static void tell_many(struct place *p, int n)
{
	for (int i = 0; i < n; i++) {
		char body[100];
		snprintf(body, sizeof body, "{\"n\":%d}", i);
		country_tell(p, "test", str_of(body));
	}
}

/* ---- the ordinary way ---- */

static void records_arrive_once(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	tell_many(p, 9);
	struct receipt first = country_send_all(c, p);
	assert_int_equal(first.accepted, 10);
	assert_int_equal(first.known, 0);
	assert_int_equal(first.through, 10);
	struct receipt again = country_send_all(c, p);
	assert_int_equal(again.accepted, 0);
	assert_int_equal(again.known, 10);
	assert_int_equal(again.records, 10);
	char total[65];
	text_hex(country_now(c, p).total.bytes, RECORD_ID, total);
	assert_str(again.total, str_of(total));
}

static void pieces_may_come_in_any_order_and_overlap(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	tell_many(p, 29);
	struct receipt r = country_send(c, country_batch(c, p, 1, 21, 10));
	assert_int_equal(r.through, 0); /* there is a gap before */
	r = country_send(c, country_batch(c, p, 1, 5, 10));
	assert_int_equal(r.through, 0);
	r = country_send(c, country_batch(c, p, 1, 1, 10));
	assert_int_equal(r.accepted, 4);
	assert_int_equal(r.known, 6);
	assert_int_equal(r.through, 14);
	r = country_send(c, country_batch(c, p, 1, 12, 10));
	assert_int_equal(r.through, 30);
	assert_int_equal(r.records, 30);
	assert_false(r.forked);
}

static void two_sites_do_not_mix(void **state)
{
	struct country *c = *state;
	tell_many(&c->site[0], 3);
	tell_many(&c->site[1], 5);
	assert_int_equal(country_send_all(c, &c->site[0]).records, 4);
	assert_int_equal(country_send_all(c, &c->site[1]).records, 6);
}

static void an_erased_body_travels_as_its_hash(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	struct db *db;
	struct json_list list;
	tell_many(p, 2);
	assert_ok(store_reader(p->store, &db));
	assert_ok(journal_read(db, c->a, 1, 1, 10, 10000, &list));
	store_reader_done(p->store, db);
	struct record *r = (struct record *)(uintptr_t)list.items;
	r[1].body = STR_NONE;
	struct buf bytes;
	size_t n;
	buf_init(&bytes, BATCH_MOST);
	assert_ok(batch_write(&p->id, r, list.n, BATCH_MOST, &bytes, &n));
	struct receipt receipt = country_send(
		c, country_ask(c, &p->id, EXCHANGE_BATCH, NULL, buf_as_str(&bytes)));
	assert_int_equal(receipt.accepted, 3);
	/* The same with its body is the same record. */
	assert_int_equal(country_send_all(c, p).known, 3);
	buf_free(&bytes);
}

/* ---- forks ---- */

static void copy_folder_file(const char *from, const char *to, const char *name)
{
	char a[FILE_PATH], b[FILE_PATH];
	str text;
	struct arena *arena = arena_open(64 << 20);
	assert_ok(file_path(a, from, name));
	assert_ok(file_path(b, to, name));
	assert_ok(file_read(a, 64 << 20, arena, &text));
	assert_ok(file_write(b, text, 0600));
	arena_close(arena);
}

SQL(test_forks, "SELECT COUNT(*) FROM hub_attention WHERE kind = 'fork'");

static void two_copies_of_a_site_are_both_kept_and_flagged(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0], *copy = &c->site[2];
	tell_many(p, 5);
	country_send_all(c, p);
	store_close(p->store);
	store_close(copy->store);
	copy_folder_file(p->folder, copy->folder, "kenes.db");
	copy_folder_file(p->folder, copy->folder, IDENTITY_SITE);
	place_open(p);
	place_open(copy);
	country_tell(p, "test", S("{\"here\":1}"));
	country_tell(copy, "test", S("{\"there\":1}"));
	country_tell(copy, "test", S("{\"there\":2}"));
	struct receipt r = country_send_all(c, p);
	assert_int_equal(r.accepted, 1);
	assert_false(r.forked);
	r = country_send_all(c, copy);
	assert_int_equal(r.accepted, 2);
	assert_int_equal(r.known, 6);
	assert_true(r.forked);
	assert_int_equal(r.records, 9);
	r = country_send_all(c, p);
	assert_int_equal(r.known, 7);
	r = country_send_all(c, copy);
	assert_int_equal(r.known, 8);
	assert_int_equal(r.records, 9);
	assert_int_equal(country_number(c, &test_forks, STR_NONE), 1);
}

/* ---- liars ---- */

static void a_record_that_was_altered_on_the_way_is_refused(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	tell_many(p, 2);
	str request = country_batch(c, p, 1, 1, 3);
	char *bytes = (char *)(uintptr_t)request.p;
	for (size_t i = 0; i < request.n; i++) {
		bytes[i] ^= 1;
		country_say(c, request);
		assert_int_not_equal(c->status, 201);
		bytes[i] ^= 1;
	}
	assert_int_equal(country_send(c, request).accepted, 3);
}

static void a_site_cannot_speak_for_another(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0], *other = &c->site[1];
	tell_many(other, 2);
	/* Its own key under the other's name. */
	struct identity mixed = p->id;
	mixed.site = other->id.site;
	struct place liar = *other;
	liar.id = mixed;
	struct exchange_reply reply = country_say(c, country_batch(c, &liar, 1, 1, 3));
	assert_int_equal(c->status, 403);
	assert_str(country_refused(c, reply), S("unknown-site"));
	/* The other's records in a request of its own. */
	liar.id = p->id;
	reply = country_say(c, country_batch(c, &liar, 1, 1, 3));
	assert_str(country_refused(c, reply), S("forged"));
}

static void a_stranger_is_told_nothing(void **state)
{
	struct country *c = *state;
	struct place *stranger = &c->site[3];
	tell_many(stranger, 1);
	struct exchange_reply reply = country_say(c, country_batch(c, stranger, 1, 1, 2));
	assert_str(country_refused(c, reply), S("unknown-site"));
}

static void yesterdays_question_is_not_answered(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	uint8_t challenge[CHALLENGE], other[CHALLENGE];
	country_challenge(c, &p->id, challenge);
	country_challenge(c, &c->site[1].id, other);
	str mine = country_ask(c, &p->id, EXCHANGE_STATUS, challenge, S("{\"epochs\":[]}"));
	str its = country_ask(c, &p->id, EXCHANGE_STATUS, other, S("{\"epochs\":[]}"));
	assert_int_equal(country_say(c, mine).type, EXCHANGE_STATUS);
	assert_str(country_refused(c, country_say(c, its)), S("stale"));
	time_stop_at(NOON + 16 * 60000);
	assert_str(country_refused(c, country_say(c, mine)), S("stale"));
	time_stop_at(NOON - 1);
	assert_str(country_refused(c, country_say(c, mine)), S("stale"));
}

static void what_is_no_request_gets_no_reply(void **state)
{
	struct country *c = *state;
	static const char *const text[] = { "", "K", "KNQ1", "<html>sign in</html>" };
	for (size_t i = 0; i < countof(text); i++) {
		country_say(c, str_of(text[i]));
		assert_int_equal(c->status, 400);
	}
}

static void a_reply_is_believed_only_from_the_hub_and_only_once(void **state)
{
	struct country *c = *state;
	struct identity other;
	struct exchange_reply got;
	struct buf reply;
	identity_new(&other);
	buf_init(&reply, 1 << 20);
	str ask = country_ask(c, &c->site[0].id, EXCHANGE_HELLO, NULL, S("1"));
	str later = country_ask(c, &c->site[0].id, EXCHANGE_HELLO, NULL, S("2"));
	const uint8_t *key = c->hub.identity.public_key;
	exchange_answer(&c->hub.identity, EXCHANGE_HELLO, ask, NOON, S("{}"), &reply);
	assert_ok(exchange_reply_read(buf_as_str(&reply), key, ask, &got));
	assert_err(ERR_INVALID, exchange_reply_read(buf_as_str(&reply), key, later, &got));
	for (size_t i = 0; i < reply.n; i++) {
		reply.p[i] ^= 1;
		assert_err(ERR_INVALID,
		           exchange_reply_read(buf_as_str(&reply), key, ask, &got));
		reply.p[i] ^= 1;
	}
	exchange_answer(&other, EXCHANGE_HELLO, ask, NOON, S("{}"), &reply);
	assert_err(ERR_INVALID, exchange_reply_read(buf_as_str(&reply), key, ask, &got));
	assert_err(ERR_INVALID,
	           exchange_reply_read(S("<html>200 OK</html>"), key, ask, &got));
	buf_free(&reply);
}

/* ---- enrolment ---- */

static enum err revoke_in(struct tx *tx, void *site)
{
	return hub_site_revoke(tx, *(str *)site, S("lost"), S("test"));
}

static void a_site_that_was_cut_off_sends_no_more(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	str id = id_str(&p->id.site);
	tell_many(p, 2);
	country_send(c, country_batch(c, p, 1, 1, 2));
	assert_ok(store_write(c->hub.store, revoke_in, &id));
	struct exchange_reply reply = country_say(c, country_batch(c, p, 1, 3, 1));
	assert_int_equal(c->status, 403);
	assert_str(country_refused(c, reply), S("revoked"));
	/* Not with a new code either. */
	char code[CODE_TEXT];
	code_new(code);
	struct country_invite i = { code, "KZ-11/1132", DAY, { "" } };
	assert_ok(store_write(c->hub.store, country_invite_in, &i));
	assert_str(country_refused(c, country_enrol(c, &p->id, code)), S("revoked"));
	/* The others learn of it. */
	struct down_list list;
	reply = country_fresh(c, &c->site[1], EXCHANGE_DOWN, S("{\"after\":0}"));
	assert_ok(json_read(reply.body, &down_list_shape, JSON_LENIENT, c->a, &list));
	const struct down_entry *e = list.items.items;
	bool told = false;
	for (size_t k = 0; k < list.items.n; k++)
		told |= str_is(e[k].name, S("revoked")) && e[k].bytes == KEY_ID;
	assert_true(told);
}

static enum err end_invite_in(struct tx *tx, void *id)
{
	return hub_invite_revoke(tx, *(str *)id, S("test"));
}

static void a_code_works_once_in_its_time(void **state)
{
	struct country *c = *state;
	char code[CODE_TEXT];
	code_new(code);
	struct country_invite i = { code, "KZ-75", DAY, { "" } };
	assert_ok(store_write(c->hub.store, country_invite_in, &i));
	time_stop_at(NOON + DAY);
	assert_str(country_refused(c, country_enrol(c, &c->site[2].id, code)),
	           S("wrong-code"));
	time_stop_at(NOON + DAY - 1);
	assert_int_equal(country_enrol(c, &c->site[2].id, code).type, EXCHANGE_ENROL);
	/* The reply was lost: the same site may ask again, another may not. */
	assert_int_equal(country_enrol(c, &c->site[2].id, code).type, EXCHANGE_ENROL);
	assert_str(country_refused(c, country_enrol(c, &c->site[3].id, code)),
	           S("wrong-code"));

	code_new(code);
	assert_ok(store_write(c->hub.store, country_invite_in, &i));
	str id = id_str(&i.id);
	assert_ok(store_write(c->hub.store, end_invite_in, &id));
	assert_str(country_refused(c, country_enrol(c, &c->site[3].id, code)),
	           S("wrong-code"));
}

static void a_code_is_not_guessed_from_half_of_it(void **state)
{
	struct country *c = *state;
	char code[CODE_TEXT];
	code_new(code);
	struct country_invite i = { code, "KZ-75", DAY, { "" } };
	assert_ok(store_write(c->hub.store, country_invite_in, &i));
	code[CODE_TEXT - 2] = code[CODE_TEXT - 2] == '0' ? '1' : '0';
	assert_str(country_refused(c, country_enrol(c, &c->site[2].id, code)),
	           S("wrong-code"));
}

/* ---- repair ---- */

static str hex_sum(struct country *c, const struct record *r, size_t n)
{
	struct record_sum sum = { 0 };
	uint8_t id[RECORD_ID];
	for (size_t i = 0; i < n; i++) {
		record_id(&r[i], id);
		record_sum_add(&sum, id);
	}
	char *hex = arena_alloc(c->a, 65);
	text_hex(sum.bytes, RECORD_ID, hex);
	return str_of(hex);
}

static void what_is_missing_is_found_by_sums_and_ids(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	struct db *db;
	struct json_list list;
	tell_many(p, 19);
	country_send(c, country_batch(c, p, 1, 1, 10));
	country_send(c, country_batch(c, p, 1, 13, 8));
	assert_ok(store_reader(p->store, &db));
	assert_ok(journal_read(db, c->a, 1, 1, 20, 1 << 20, &list));
	store_reader_done(p->store, db);
	const struct record *r = list.items;
	str body = arena_printf(
		c->a,
		"{\"epoch\":1,\"ranges\":[{\"from\":1,\"to\":10,\"total\":\"%s\"},"
		"{\"from\":11,\"to\":20,\"total\":\"%s\"}]}",
		hex_sum(c, r, 10).p, hex_sum(c, r + 10, 10).p);
	struct ranges differ;
	struct exchange_reply reply = country_fresh(c, p, EXCHANGE_RANGES, body);
	assert_ok(json_read(reply.body, &ranges_shape, JSON_LENIENT, c->a, &differ));
	assert_int_equal(differ.ranges.n, 1);
	assert_int_equal(((const struct range *)differ.ranges.items)->from, 11);

	char ids[10 * 64 + 1];
	for (int i = 0; i < 10; i++) {
		uint8_t id[RECORD_ID];
		record_id(&r[10 + i], id);
		text_hex(id, RECORD_ID, ids + 64 * i);
	}
	body = arena_printf(c->a, "{\"epoch\":1,\"from\":11,\"ids\":\"%s\"}", ids);
	struct missing missing;
	reply = country_fresh(c, p, EXCHANGE_IDS, body);
	assert_ok(json_read(reply.body, &missing_shape, JSON_LENIENT, c->a, &missing));
	assert_int_equal(missing.seqs.n, 1);
	assert_int_equal(((const struct range *)missing.seqs.items)->from, 11);
	assert_int_equal(((const struct range *)missing.seqs.items)->to, 12);
}

/* ---- what is not believed ---- */

SQL(test_person_known, "SELECT COUNT(*) FROM hub_person WHERE id = :id AND surname <> ''");

static void one_bad_record_does_not_hold_up_the_rest(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	country_tell(p, "person.added", S("{\"person\":\"" PERSON "1\"}"));
	country_tell(
		p, "person.added",
		S("{\"person\":\"" PERSON "2\",\"surname\":\"А\",\"region\":\"KZ-75\"}"));
	country_tell(p, "person.added",
	             S("{\"person\":\"" PERSON "3\",\"surname\":\"Б\"}"));
	country_tell(p, "of-the-future", S("{}"));
	struct receipt r = country_send_all(c, p);
	const struct verdict_quarantined *q = r.quarantined.items;
	assert_int_equal(r.accepted, 3);
	assert_int_equal(r.quarantined.n, 2);
	assert_str(q[0].reason, S("bad-body"));
	assert_int_equal(q[0].seq, 2);
	assert_str(q[1].reason, S("wrong-scope"));
	assert_int_equal(r.through, 5);
	assert_int_equal(country_number(c, &test_person_known, S(PERSON "2")), 0);
	assert_int_equal(country_number(c, &test_person_known, S(PERSON "3")), 1);
	/* Again they are known, and quarantined still. */
	assert_int_equal(country_send_all(c, p).known, 5);
}

static void a_site_cannot_change_another_sites_person(void **state)
{
	struct country *c = *state;
	country_tell(&c->site[0], "person.added",
	             S("{\"person\":\"" PERSON "1\",\"surname\":\"А\"}"));
	country_send_all(c, &c->site[0]);
	country_tell(&c->site[1], "person.corrected",
	             S("{\"person\":\"" PERSON "1\",\"surname\":\"Б\"}"));
	country_tell(&c->site[1], "person.erased", S("{\"person\":\"" PERSON "1\"}"));
	struct receipt r = country_send_all(c, &c->site[1]);
	assert_int_equal(r.quarantined.n, 2);
	assert_str(((const struct verdict_quarantined *)r.quarantined.items)->reason,
	           S("not-yours"));
	assert_int_equal(country_number(c, &test_person_known, S(PERSON "1")), 1);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, country_open, country_close)
	const struct CMUnitTest tests[] = {
		T(records_arrive_once),
		T(pieces_may_come_in_any_order_and_overlap),
		T(two_sites_do_not_mix),
		T(an_erased_body_travels_as_its_hash),
		T(two_copies_of_a_site_are_both_kept_and_flagged),
		T(a_record_that_was_altered_on_the_way_is_refused),
		T(a_site_cannot_speak_for_another),
		T(a_stranger_is_told_nothing),
		T(yesterdays_question_is_not_answered),
		T(what_is_no_request_gets_no_reply),
		T(a_reply_is_believed_only_from_the_hub_and_only_once),
		T(a_site_that_was_cut_off_sends_no_more),
		T(a_code_works_once_in_its_time),
		T(a_code_is_not_guessed_from_half_of_it),
		T(what_is_missing_is_found_by_sums_and_ids),
		T(one_bad_record_does_not_hold_up_the_rest),
		T(a_site_cannot_change_another_sites_person),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
