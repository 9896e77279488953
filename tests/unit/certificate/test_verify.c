/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/time.h"
#include "certificate/verify.h"
#include "seal/seal.h"

#define DAY_MS 86400000LL
#define MAY_12 1778544000000 /* 2026-05-12T00:00:00Z */

static struct arena *a;
static struct identity hub, site;
static struct hub_known known_hub;
static struct site_known known_site;
static struct trust_list trust;

/* A site that the hub vouches for from that moment until that. */
static void enrol(int64_t from, int64_t until)
{
	struct site_certificate what = { .site = site.site,
		                         .scope = "KZ-35",
		                         .not_before_at = from,
		                         .expires_at = until };
	uint8_t *bytes = arena_alloc(a, TRUST_CERTIFICATE);
	size_t n;
	memcpy(what.public_key, site.public_key, SEAL_PUBLIC);
	assert_ok(trust_make(&hub, &what, bytes, &n));
	memcpy(known_hub.public_key, hub.public_key, SEAL_PUBLIC);
	known_hub.name = S("Орталық");
	known_site = (struct site_known){ { (const char *)bytes, n }, S("Оқу орталығы") };
	trust = (struct trust_list){ { &known_hub, 1 }, { &known_site, 1 }, { NULL, 0 } };
}

static int set_up(void **state)
{
	(void)state;
	if (seal_start()) return 1;
	a = arena_open((size_t)64 << 20);
	identity_new(&hub);
	identity_new(&site);
	enrol(MAY_12 - 100 * DAY_MS, MAY_12 + 100 * DAY_MS);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_close(a);
	return 0;
}

static struct token token(bool own_key, str valid_until)
{
	struct token t;
	struct token_new new = {
		.number = 5,
		.own_key = own_key,
		.hub = own_key ? STR_NONE : S("hub.kz"),
		.facts = { .issuer = S("Сайт"),
		           .surname = S("Ким"),
		           .given = S("Анна"),
		           .course = S("Курс"),
		           .revision = 1,
		           .score_percent = JSON_ABSENT,
		           .hours = JSON_ABSENT,
		           .held_on = S("2026-05-12"),
		           .valid_until = valid_until },
	};
	assert_ok(token_make(a, &site, &new, &t));
	return t;
}

static struct verdict ask(const struct token *t, const struct trust_list *list,
                          const struct revocations *revocations, size_t n)
{
	struct verifying with = { list, revocations, n, S("2026-07-01") };
	struct verdict v;
	verify_token(a, t, &with, &v);
	return v;
}

static struct revocations revoked(const struct identity *by, struct revocation one)
{
	struct revocations list;
	struct buf text;
	buf_init(&text, 4000);
	revocations_write(&text, by, MAY_12, (struct json_list){ &one, 1 });
	assert_ok(revocations_read(a, arena_copy(a, buf_as_str(&text)), &list));
	buf_free(&text);
	return list;
}

static void an_enrolled_site_is_valid_and_says_by_whom(void **state)
{
	(void)state;
	struct token t = token(false, STR_NONE);
	struct verdict v = ask(&t, &trust, NULL, 0);
	assert_str(v.status, S("valid"));
	assert_str(v.hub, S("Орталық"));
	assert_str(v.scope, S("KZ-35"));
	assert_false(v.overdue);
	assert_null(v.revocations_dated.p);
}

static void without_a_hub_it_is_self_issued(void **state)
{
	(void)state;
	struct trust_list nobody = { 0 };
	struct token t = token(true, STR_NONE);
	assert_str(ask(&t, &nobody, NULL, 0).status, S("self-issued"));
	/* A hub may have heard of the site since. */
	assert_str(ask(&t, &trust, NULL, 0).status, S("valid"));
}

static void who_knows_neither_site_nor_hub_says_so(void **state)
{
	(void)state;
	struct trust_list nobody = { 0 }, no_hub = { .sites = { &known_site, 1 } };
	struct token t = token(false, STR_NONE);
	struct verdict v = ask(&t, &nobody, NULL, 0);
	assert_str(v.status, S("unknown-issuer"));
	assert_str(v.reason, S("key-unknown"));
	v = ask(&t, &no_hub, NULL, 0);
	assert_str(v.status, S("unknown-issuer"));
	assert_str(v.reason, S("hub-unknown"));
}

static void the_signature_of_another_key_is_altered(void **state)
{
	(void)state;
	struct identity thief;
	identity_new(&thief);
	struct token t = token(false, STR_NONE);
	uint8_t *bytes = arena_alloc(a, t.n);
	memcpy(bytes, t.bytes, t.n);
	size_t n = t.n - SEAL_SIGNATURE;
	identity_sign(&thief, "kenes certificate 1", bytes, n, bytes + n);
	struct token forged;
	assert_true(token_read(a, bytes, t.n, &forged));
	struct verdict v = ask(&forged, &trust, NULL, 0);
	assert_str(v.status, S("altered"));
	assert_str(v.reason, S("signature"));
}

static void a_site_counts_on_the_days_that_the_hub_said(void **state)
{
	(void)state;
	static const struct {
		int64_t from, until;
		const char *status, *reason;
	} row[] = {
		{ MAY_12 - DAY_MS, MAY_12 - 1, "unknown-issuer", "expired" },
		{ MAY_12 + DAY_MS, MAY_12 + 9 * DAY_MS, "unknown-issuer", "not-yet" },
		{ MAY_12 + DAY_MS / 2, MAY_12 + DAY_MS, "valid", NULL }, /* since noon */
		{ MAY_12 - DAY_MS, MAY_12 + 1, "valid", NULL }, /* until 00:00:00.001 */
	};
	struct token t = token(false, STR_NONE);
	for (size_t i = 0; i < countof(row); i++) {
		enrol(row[i].from, row[i].until);
		struct verdict v = ask(&t, &trust, NULL, 0);
		assert_str(v.status, str_of(row[i].status));
		assert_str(v.reason, str_of(row[i].reason));
	}
	enrol(MAY_12 - 100 * DAY_MS, MAY_12 + 100 * DAY_MS);
}

static void a_list_of_the_site_or_its_hub_revokes(void **state)
{
	(void)state;
	struct identity stranger;
	identity_new(&stranger);
	struct token t = token(false, STR_NONE);
	struct revocation one = { t.facts.serial, S("2026-06-01"), STR_NONE, S("mistake") };
	const struct identity *by[] = { &site, &hub };
	for (size_t i = 0; i < countof(by); i++) {
		struct revocations list = revoked(by[i], one);
		struct verdict v = ask(&t, &trust, &list, 1);
		assert_str(v.status, S("revoked"));
		assert_str(v.reason, S("mistake"));
		assert_str(v.ended_on, S("2026-06-01"));
		assert_str(v.revocations_dated, S("2026-05-12T00:00:00.000Z"));
	}
	struct revocations foreign = revoked(&stranger, one);
	struct verdict v = ask(&t, &trust, &foreign, 1);
	assert_str(v.status, S("valid"));
	assert_null(v.revocations_dated.p);
}

static void a_correction_is_superseded_and_revoked_weighs_more(void **state)
{
	(void)state;
	struct token t = token(false, STR_NONE);
	char by[SERIAL_TEXT];
	serial_make(site.key_id, 6, by);
	struct revocation replaced = { t.facts.serial, S("2026-06-01"), str_of(by),
		                       STR_NONE };
	struct revocation gone = { t.facts.serial, S("2026-06-02"), STR_NONE, S("other") };
	struct revocations both[] = { revoked(&site, gone), revoked(&hub, replaced) };
	struct verdict v = ask(&t, &trust, &both[1], 1);
	assert_str(v.status, S("superseded"));
	assert_str(v.superseded_by, str_of(by));
	assert_str(ask(&t, &trust, both, 2).status, S("revoked"));
}

static void one_whose_time_is_over_is_still_true_and_says_so(void **state)
{
	(void)state;
	struct token t = token(false, S("2026-06-30"));
	struct verdict v = ask(&t, &trust, NULL, 0);
	assert_str(v.status, S("valid"));
	assert_true(v.overdue);
}

static void an_altered_list_is_refused(void **state)
{
	(void)state;
	struct revocations list;
	struct revocation one = { token(false, STR_NONE).facts.serial, S("2026-06-01"),
		                  STR_NONE, S("mistake") };
	struct buf text;
	buf_init(&text, 4000);
	revocations_write(&text, &site, MAY_12, (struct json_list){ &one, 1 });
	for (size_t i = 0; i < text.n; i++) {
		text.p[i] ^= 1;
		assert_err(ERR_INVALID, revocations_read(a, buf_as_str(&text), &list));
		text.p[i] ^= 1;
	}
	assert_ok(revocations_read(a, buf_as_str(&text), &list));
	buf_free(&text);
}

static void a_list_of_trust_comes_back_as_it_was_written(void **state)
{
	(void)state;
	struct trust_list read;
	struct buf text;
	buf_init(&text, 4000);
	trust_list_write(&text, &trust);
	assert_ok(trust_list_read(a, buf_as_str(&text), &read));
	struct token t = token(false, STR_NONE);
	assert_str(ask(&t, &read, NULL, 0).status, S("valid"));
	assert_err(ERR_INVALID, trust_list_read(a, S("kenes-trust 1\nhub zz x\n"), &read));
	assert_err(ERR_INVALID, trust_list_read(a, S("<html>"), &read));
	buf_free(&text);
}

static void links_are_found_in_a_pdf(void **state)
{
	(void)state;
	struct token t = token(true, STR_NONE);
	str link = token_link(a, &t, STR_NONE), found[4];
	struct buf pdf;
	buf_init(&pdf, 8000);
	buf_str(&pdf, S("%PDF-1.3\n<< /URI (http://example.org) >>\n<< /URI ("));
	for (size_t i = 0; i < link.n; i++) {
		/* as libharu writes some characters */
		if (link.p[i] == '#' || link.p[i] == '%' || link.p[i] == '/')
			buf_printf(&pdf, "\\%03o", (unsigned)link.p[i]);
		else
			buf_char(&pdf, link.p[i]);
	}
	buf_str(&pdf, S(") >> (unfinished"));
	assert_int_equal(verify_find_in_pdf(a, buf_as_str(&pdf), found, 4), 1);
	assert_str(found[0], link);
	buf_free(&pdf);
}

static void a_key_that_was_cut_off_says_nothing_on_any_day(void **state)
{
	(void)state;
	struct key_cut lost, root;
	memcpy(lost.id, site.key_id, KEY_ID);
	memcpy(root.id, hub.key_id, KEY_ID);
	struct trust_list without = trust;
	struct token t = token(false, STR_NONE), own = token(true, STR_NONE);
	without.cut = (struct json_list){ &lost, 1 };
	struct verdict v = ask(&t, &without, NULL, 0);
	assert_str(v.status, S("unknown-issuer"));
	assert_str(v.reason, S("key-revoked"));
	assert_str(v.hub, S("Орталық")); /* whose site it was is still said */
	assert_str(ask(&own, &without, NULL, 0).reason, S("key-revoked"));
	without.cut = (struct json_list){ &root, 1 };
	assert_str(ask(&t, &without, NULL, 0).reason, S("hub-revoked"));
	/* That it was taken back weighs more. */
	struct revocations list =
		revoked(&site, (struct revocation){ .serial = t.facts.serial,
	                                            .on = S("2026-05-12"),
	                                            .reason = S("mistake") });
	assert_str(ask(&t, &without, &list, 1).status, S("revoked"));
}

static void keys_that_were_cut_off_are_in_the_file(void **state)
{
	(void)state;
	struct key_cut lost;
	struct trust_list without = trust, read;
	struct buf text;
	memcpy(lost.id, site.key_id, KEY_ID);
	without.cut = (struct json_list){ &lost, 1 };
	buf_init(&text, 4000);
	trust_list_write(&text, &without);
	assert_ok(trust_list_read(a, buf_as_str(&text), &read));
	assert_int_equal(read.cut.n, 1);
	assert_memory_equal(read.cut.items, &lost, sizeof lost);
	buf_free(&text);
	assert_err(ERR_INVALID, trust_list_read(a, S("kenes-trust 1\ncut 12\n"), &read));
	assert_err(ERR_INVALID,
	           trust_list_read(a, S("kenes-trust 1\ncut 0123456789abcdeg\n"), &read));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_enrolled_site_is_valid_and_says_by_whom),
		cmocka_unit_test(without_a_hub_it_is_self_issued),
		cmocka_unit_test(who_knows_neither_site_nor_hub_says_so),
		cmocka_unit_test(the_signature_of_another_key_is_altered),
		cmocka_unit_test(a_site_counts_on_the_days_that_the_hub_said),
		cmocka_unit_test(a_list_of_the_site_or_its_hub_revokes),
		cmocka_unit_test(a_correction_is_superseded_and_revoked_weighs_more),
		cmocka_unit_test(one_whose_time_is_over_is_still_true_and_says_so),
		cmocka_unit_test(an_altered_list_is_refused),
		cmocka_unit_test(a_list_of_trust_comes_back_as_it_was_written),
		cmocka_unit_test(links_are_found_in_a_pdf),
		cmocka_unit_test(a_key_that_was_cut_off_says_nothing_on_any_day),
		cmocka_unit_test(keys_that_were_cut_off_are_in_the_file),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
