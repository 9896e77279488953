/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "seal/seal.h"
#include "sync/trust.h"

#define DAY 86400000LL
#define NOW (20000 * DAY)

static const struct trust_revoked nobody;

static void certify(const struct identity *hub, const struct identity *site,
                    const char *scope, uint8_t out[TRUST_CERTIFICATE], size_t *n)
{
	struct site_certificate c = { .site = site->site,
		                      .not_before_at = NOW - DAY,
		                      .expires_at = NOW + DAY };
	memcpy(c.public_key, site->public_key, SEAL_PUBLIC);
	snprintf(c.scope, sizeof c.scope, "%s", scope);
	assert_ok(trust_make(hub, &c, out, n));
}

static void a_certificate_says_whose_key_it_is_and_where(void **state)
{
	(void)state;
	struct identity hub, site;
	struct site_certificate read;
	uint8_t bytes[TRUST_CERTIFICATE];
	size_t n;
	identity_new(&hub);
	identity_new(&site);
	certify(&hub, &site, "KZ-11/113220100", bytes, &n);
	assert_int_equal(n, 142 + 15);
	str text = { (const char *)bytes, n };
	assert_int_equal(trust_check(text, hub.public_key, NOW, nobody, &read), TRUST_OK);
	assert_string_equal(read.scope, "KZ-11/113220100");
	assert_string_equal(read.site.text, site.site.text);
	assert_memory_equal(read.public_key, site.public_key, SEAL_PUBLIC);
	assert_memory_equal(read.key_id, site.key_id, KEY_ID);
	assert_memory_equal(read.issuer, hub.key_id, KEY_ID);
}

static void a_certificate_is_believed_only_in_its_time(void **state)
{
	(void)state;
	static const struct {
		int64_t at;
		enum trust trust;
		const char *reason;
	} row[] = {
		{ NOW - DAY - 1, TRUST_NOT_YET, "a millisecond too early" },
		{ NOW - DAY, TRUST_OK, "the first one" },
		{ NOW + DAY - 1, TRUST_OK, "the last one" },
		{ NOW + DAY, TRUST_EXPIRED, "a millisecond too late" },
		{ NOW - 730 * DAY, TRUST_NOT_YET, "a clock two years back" },
	};
	struct identity hub, site;
	struct site_certificate read;
	uint8_t bytes[TRUST_CERTIFICATE];
	size_t n;
	identity_new(&hub);
	identity_new(&site);
	certify(&hub, &site, "KZ", bytes, &n);
	for (size_t i = 0; i < countof(row); i++)
		assert_row(trust_check((str){ (const char *)bytes, n }, hub.public_key,
		                       row[i].at, nobody, &read) == row[i].trust,
		           row[i].reason);
}

static void every_altered_byte_is_noticed(void **state)
{
	(void)state;
	struct identity hub, site;
	struct site_certificate read;
	uint8_t bytes[TRUST_CERTIFICATE];
	size_t n;
	identity_new(&hub);
	identity_new(&site);
	certify(&hub, &site, "KZ-11", bytes, &n);
	for (size_t i = 0; i < n; i++) {
		for (int bit = 0; bit < 8; bit++) {
			bytes[i] ^= (uint8_t)(1 << bit);
			assert_int_not_equal(trust_check((str){ (const char *)bytes, n },
			                                 hub.public_key, NOW, nobody,
			                                 &read),
			                     TRUST_OK);
			bytes[i] ^= (uint8_t)(1 << bit);
		}
	}
	for (size_t m = 0; m < n; m++)
		assert_int_equal(trust_check((str){ (const char *)bytes, m },
		                             hub.public_key, NOW, nobody, &read),
		                 TRUST_MALFORMED);
}

static void another_hubs_word_does_not_count(void **state)
{
	(void)state;
	struct identity hub, other, site;
	struct site_certificate read;
	uint8_t bytes[TRUST_CERTIFICATE];
	size_t n;
	identity_new(&hub);
	identity_new(&other);
	identity_new(&site);
	certify(&other, &site, "KZ", bytes, &n);
	str text = { (const char *)bytes, n };
	assert_int_equal(trust_check(text, hub.public_key, NOW, nobody, &read),
	                 TRUST_OTHER_HUB);
	/* It says that it is of this hub, but this hub never signed it. */
	memcpy(bytes + 5, hub.key_id, KEY_ID);
	assert_int_equal(trust_check(text, hub.public_key, NOW, nobody, &read),
	                 TRUST_FORGED);
}

static void a_key_that_was_cut_off_is_found_in_the_list(void **state)
{
	(void)state;
	struct identity hub, site;
	struct site_certificate read;
	uint8_t bytes[TRUST_CERTIFICATE], list[3 * KEY_ID] = { 0 };
	size_t n;
	identity_new(&hub);
	identity_new(&site);
	certify(&hub, &site, "KZ", bytes, &n);
	memcpy(list + KEY_ID, site.key_id, KEY_ID);
	memset(list + 2 * KEY_ID, 0xff, KEY_ID);
	str text = { (const char *)bytes, n };
	assert_int_equal(trust_check(text, hub.public_key, NOW,
	                             (struct trust_revoked){ list, 3 }, &read),
	                 TRUST_REVOKED);
	list[KEY_ID] ^= 1;
	assert_int_equal(trust_check(text, hub.public_key, NOW,
	                             (struct trust_revoked){ list, 3 }, &read),
	                 TRUST_OK);
}

static void a_scope_covers_what_lies_in_it(void **state)
{
	(void)state;
	static const struct {
		const char *wide, *narrow;
		bool covers;
	} row[] = {
		{ "KZ", "KZ", true },
		{ "KZ", "KZ-11", true },
		{ "KZ", "KZ-11/1132", true },
		{ "KZ-11", "KZ-11/1132", true },
		{ "KZ-11", "KZ-11", true },
		{ "KZ-11", "KZ-1", false },
		{ "KZ-1", "KZ-11", false },
		{ "KZ-11/1132", "KZ-11", false },
		{ "KZ-11/11", "KZ-11/1132", false },
	};
	for (size_t i = 0; i < countof(row); i++)
		assert_row(scope_covers(str_of(row[i].wide), str_of(row[i].narrow)) ==
		                   row[i].covers,
		           row[i].narrow);
}

static void what_is_no_scope_gets_no_certificate(void **state)
{
	(void)state;
	static const char *const scope[] = { "", "K", "RU-MOW", "KZ 11", "KZ-11/а", "kz" };
	struct identity hub, site;
	uint8_t bytes[TRUST_CERTIFICATE];
	size_t n;
	identity_new(&hub);
	identity_new(&site);
	for (size_t i = 0; i < countof(scope); i++) {
		struct site_certificate c = { .site = site.site, .expires_at = NOW };
		snprintf(c.scope, sizeof c.scope, "%s", scope[i]);
		assert_row(trust_make(&hub, &c, bytes, &n) == ERR_INVALID, scope[i]);
	}
	struct site_certificate c = { .site = site.site, .scope = "KZ" };
	assert_err(ERR_INVALID, trust_make(&hub, &c, bytes, &n));
}

static int start(void **state)
{
	(void)state;
	return seal_start();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_certificate_says_whose_key_it_is_and_where),
		cmocka_unit_test(a_certificate_is_believed_only_in_its_time),
		cmocka_unit_test(every_altered_byte_is_noticed),
		cmocka_unit_test(another_hubs_word_does_not_count),
		cmocka_unit_test(a_key_that_was_cut_off_is_found_in_the_list),
		cmocka_unit_test(a_scope_covers_what_lies_in_it),
		cmocka_unit_test(what_is_no_scope_gets_no_certificate),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
