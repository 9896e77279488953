/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/text.h"
#include "certificate/base45.h"
#include "certificate/packing.h"
#include "certificate/verify.h"
#include "seal/seal.h"

static struct arena *a;

static int set_up(void **state)
{
	(void)state;
	a = arena_open((size_t)256 << 20);
	return seal_start();
}

static int tear_down(void **state)
{
	(void)state;
	arena_close(a);
	return 0;
}

static struct facts some_facts(void)
{
	return (struct facts){
		.issuer = S("Қоғамдық кеңестер оқу орталығы"),
		.surname = S("Сейітова"),
		.given = S("Әмина"),
		.patronymic = S("Нұрланқызы"),
		.council = S("Қарағанды облысының қоғамдық кеңесі"),
		.course = S("Қоғамдық кеңес мүшесі"),
		.revision = 3,
		.score_percent = 92,
		.hours = 8,
		.event = S("Семинар"),
		.place = S("Қарағанды"),
		.held_on = S("2026-05-12"),
		.valid_until = S("2029-05-12"),
	};
}

static struct token make(const struct identity *id, struct facts facts, bool own_key)
{
	struct token t;
	struct token_new new = { .number = 42,
		                 .supersedes = 7,
		                 .facts = facts,
		                 .own_key = own_key,
		                 .hub = own_key ? STR_NONE : S("hub.kenes.kz") };
	assert_ok(token_make(a, id, &new, &t));
	return t;
}

static void base45_gives_the_examples_of_rfc_9285(void **state)
{
	(void)state;
	static const struct {
		const char *bytes, *text;
	} row[] = { { "AB", "BB8" },
		    { "Hello!!", "%69 VD92EX0" },
		    { "base-45", "UJCLQE7W581" },
		    { "ietf!", "QED8WEX0" } };
	for (size_t i = 0; i < countof(row); i++) {
		struct buf text;
		const uint8_t *bytes;
		size_t n;
		buf_init(&text, 100);
		base45_write(&text, (const uint8_t *)row[i].bytes, strlen(row[i].bytes));
		assert_str(buf_as_str(&text), str_of(row[i].text));
		assert_true(base45_read(a, str_of(row[i].text), &bytes, &n));
		assert_str(((str){ (const char *)bytes, n }), str_of(row[i].bytes));
		buf_free(&text);
	}
}

static void what_is_not_base45_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *reason;
	} row[] = { { "A", "one character is no byte" },
		    { "GGX", "more than two bytes hold" },
		    { "::", "more than a byte holds" },
		    { "AB_", "a character of no meaning" },
		    { "ab8", "small letters" } };
	for (size_t i = 0; i < countof(row); i++) {
		const uint8_t *bytes;
		size_t n;
		assert_row(!base45_read(a, str_of(row[i].text), &bytes, &n), row[i].reason);
	}
}

static void texts_come_back_as_they_were_packed(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",
		"а",
		"Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі",
		"O'Brien-Müller 山 ₸",
		"Общественный совет Бородулихинского района Абайской области",
		"Қарағанды облысының қоғамдық кеңесі",
		"🙂🙂🙂",
		"\"«»№(),.:/’-",
	};
	for (size_t i = 0; i < countof(texts); i++) {
		struct buf packed;
		buf_init(&packed, 4000);
		pack_text(&packed, str_of(texts[i]));
		str rest = buf_as_str(&packed);
		assert_str(unpack_text(a, &rest), str_of(texts[i]));
		assert_int_equal(rest.n, 0);
		buf_free(&packed);
	}
}

static void names_of_councils_take_half_their_letters(void **state)
{
	(void)state;
	str council = S("Общественный совет Карагандинской области");
	struct buf packed;
	buf_init(&packed, 4000);
	pack_text(&packed, council);
	assert_true(packed.n * 2 < str_runes(council) + 10);
	buf_free(&packed);
}

static void packed_texts_that_are_not_whole_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t n;
		const char *reason;
	} row[] = { { "", 0, "nothing" },
		    { "\x02\x03", 2, "no end" },
		    { "\x01\x05"
		      "abc",
		      5, "plain bytes that are not there" },
		    { "\x01\x00\x00", 3, "no plain bytes at all" },
		    { "\x01\x01\xd0\x00", 4, "half a letter" } };
	for (size_t i = 0; i < countof(row); i++) {
		str rest = { row[i].bytes, row[i].n };
		assert_row(!unpack_text(a, &rest).p, row[i].reason);
	}
}

static void a_serial_is_read_as_people_type_it(void **state)
{
	(void)state;
	struct identity id;
	char serial[SERIAL_TEXT], read[SERIAL_TEXT], typed[64];
	int64_t number;
	identity_new(&id);
	serial_make(id.key_id, 42, serial);
	assert_true(serial_read(str_of(serial), read, &number));
	assert_string_equal(serial, read);
	assert_int_equal(number, 42);
	size_t n = 0;
	for (const char *p = serial; *p; p++)
		if (*p != '-') typed[n++] = (char)(*p >= 'A' ? *p + 32 : *p);
	typed[n++] = ' ';
	assert_true(serial_read((str){ typed, n }, read, NULL));
	assert_string_equal(serial, read);
}

/* Every other character in every place, but for those that are read alike. */
static void a_wrong_character_in_a_serial_is_noticed(void **state)
{
	(void)state;
	struct identity id;
	char serial[SERIAL_TEXT], read[SERIAL_TEXT];
	identity_new(&id);
	serial_make(id.key_id, 31337, serial);
	for (size_t i = 0; serial[i]; i++) {
		char was = serial[i];
		for (char c = '0'; c <= 'Z' && was != '-'; c++) {
			bool alike = (c == 'O' && was == '0') ||
			             ((c == 'I' || c == 'L') && was == '1');
			if (c == was || alike || (c > '9' && c < 'A')) continue;
			serial[i] = c;
			assert_false(serial_read(str_of(serial), read, NULL));
		}
		serial[i] = was;
	}
}

static void a_token_carries_all_facts(void **state)
{
	(void)state;
	struct identity id;
	identity_new(&id);
	for (int own = 0; own < 2; own++) {
		struct facts wanted = some_facts();
		struct token made = make(&id, wanted, own), t;
		str link = token_link(a, &made, own ? STR_NONE : S("hub.kenes.kz"));
		assert_true(link.n <= TOKEN_LINK);
		assert_true(token_find(a, link, &t));
		assert_str(t.facts.surname, wanted.surname);
		assert_str(t.facts.patronymic, wanted.patronymic);
		assert_str(t.facts.council, wanted.council);
		assert_str(t.facts.course, wanted.course);
		assert_str(t.facts.place, wanted.place);
		assert_str(t.facts.issuer, wanted.issuer);
		assert_str(t.facts.held_on, wanted.held_on);
		assert_str(t.facts.valid_until, wanted.valid_until);
		assert_int_equal(t.facts.score_percent, 92);
		assert_int_equal(t.facts.hours, 8);
		assert_int_equal(t.facts.revision, 3);
		assert_true(t.facts.supersedes.n > 0);
		assert_true(token_is_by(&t, id.public_key));
		assert_true(token_find(a, token_text(a, &made), &t));
	}
}

static str much(const char *letter, size_t n)
{
	struct buf text;
	buf_init(&text, 4000);
	for (size_t i = 0; i < n; i++) buf_str(&text, str_of(letter));
	str out = arena_copy(a, buf_as_str(&text));
	buf_free(&text);
	return out;
}

static void what_does_not_fit_is_shortened_and_says_so(void **state)
{
	(void)state;
	struct identity id;
	identity_new(&id);
	struct facts f = some_facts();
	f.surname = much("Ҙ", 100);
	f.course = much("山", 200);
	f.council = much("Щ", 200);
	struct token t = make(&id, f, false);
	assert_true(token_link(a, &t, S("hub.kenes.kz")).n <= TOKEN_LINK);
	assert_true(str_ends(t.facts.course, S("…")));
	assert_true(str_ends(t.facts.council, S("…")));
	assert_true(str_runes(t.facts.surname) >= 12);
	assert_true(token_is_by(&t, id.public_key));
}

static void dates_that_are_none_make_no_token(void **state)
{
	(void)state;
	static const char *const dates[] = { "2026-02-30", "1999-01-01", "", "soon" };
	struct identity id;
	identity_new(&id);
	for (size_t i = 0; i < countof(dates); i++) {
		struct token t;
		struct token_new new = { .number = 1, .facts = some_facts() };
		new.facts.held_on = str_of(dates[i]);
		assert_err(ERR_INVALID, token_make(a, &id, &new, &t));
	}
}

/* ---- alterations ---- */

static bool verifies(const uint8_t *bytes, size_t n, const struct verifying *with)
{
	on_exit_of_scope(arena_close_at) struct arena *scratch =
		arena_open((size_t)1 << 20);
	struct token t;
	struct verdict v;
	if (!token_read(scratch, bytes, n, &t)) return false;
	verify_token(scratch, &t, with, &v);
	return verdict_is_good(&v);
}

/* 100,000 single bits of tokens of many kinds, and none of them verifies. */
static void no_altered_token_verifies(void **state)
{
	(void)state;
	struct trust_list nobody = { 0 };
	struct verifying with = { &nobody, NULL, 0, S("2026-06-01") };
	size_t tried = 0;
	while (tried < 100000) {
		struct identity id;
		struct facts f = some_facts();
		identity_new(&id);
		f.score_percent = (int64_t)seal_random_below(101);
		struct token t = make(&id, f, true);
		uint8_t bytes[TOKEN_BYTES];
		memcpy(bytes, t.bytes, t.n);
		assert_true(verifies(bytes, t.n, &with));
		for (size_t bit = 0; bit < 8 * t.n; bit++, tried++) {
			bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
			assert_false(verifies(bytes, t.n, &with));
			bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
		}
	}
}

/* Each field another, under the signature of the first. */
static void no_exchanged_field_verifies(void **state)
{
	(void)state;
	struct trust_list nobody = { 0 };
	struct verifying with = { &nobody, NULL, 0, S("2026-06-01") };
	struct identity id;
	identity_new(&id);
	struct facts f = some_facts();
	struct token first = make(&id, f, true);
	for (int field = 0; field < 13; field++) {
		struct facts g = f;
		str *const texts[] = { &g.surname, &g.given, &g.patronymic, &g.council,
			               &g.course,  &g.event, &g.place,      &g.issuer };
		if (field < 8) *texts[field] = S("Басқа");
		if (field == 8) g.score_percent = 93;
		if (field == 9) g.hours = 9;
		if (field == 10) g.revision = 4;
		if (field == 11) g.held_on = S("2026-05-13");
		if (field == 12) g.valid_until = S("2029-05-13");
		struct token other = make(&id, g, true);
		uint8_t bytes[TOKEN_BYTES];
		memcpy(bytes, other.bytes, other.n);
		memcpy(bytes + other.n - SEAL_SIGNATURE,
		       first.bytes + first.n - SEAL_SIGNATURE, SEAL_SIGNATURE);
		assert_true(verifies(other.bytes, other.n, &with));
		assert_false(verifies(bytes, other.n, &with));
	}
}

/* RFC 8032 §7.1, TEST 1 to 3. */
static void plain_signatures_are_those_of_rfc_8032(void **state)
{
	(void)state;
	static const struct {
		const char *seed, *message, *signature;
	} row[] = {
		{ "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "",
		  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb88215"
		  "90a33b"
		  "acc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b" },
		{ "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "72",
		  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e4"
		  "3e1599"
		  "6e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" },
		{ "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
		  "af82",
		  "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b53"
		  "8d16f2"
		  "90ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a" },
	};
	for (size_t i = 0; i < countof(row); i++) {
		uint8_t seed[32], message[2], public[32], secret[64], signature[64];
		char hex[129];
		size_t n = strlen(row[i].message) / 2;
		assert_true(text_unhex(str_of(row[i].seed), seed, 32));
		assert_true(text_unhex(str_of(row[i].message), message, n));
		seal_keys(seed, public, secret);
		seal_sign_plain(secret, message, n, signature);
		text_hex(signature, 64, hex);
		assert_string_equal(hex, row[i].signature);
		assert_true(seal_signed_plain(public, message, n, signature));
		signature[0] ^= 1;
		assert_false(seal_signed_plain(public, message, n, signature));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base45_gives_the_examples_of_rfc_9285),
		cmocka_unit_test(what_is_not_base45_is_refused),
		cmocka_unit_test(texts_come_back_as_they_were_packed),
		cmocka_unit_test(names_of_councils_take_half_their_letters),
		cmocka_unit_test(packed_texts_that_are_not_whole_are_refused),
		cmocka_unit_test(a_serial_is_read_as_people_type_it),
		cmocka_unit_test(a_wrong_character_in_a_serial_is_noticed),
		cmocka_unit_test(a_token_carries_all_facts),
		cmocka_unit_test(what_does_not_fit_is_shortened_and_says_so),
		cmocka_unit_test(dates_that_are_none_make_no_token),
		cmocka_unit_test(no_altered_token_verifies),
		cmocka_unit_test(no_exchanged_field_verifies),
		cmocka_unit_test(plain_signatures_are_those_of_rfc_8032),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
