/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/text.h"
#include "seal/seal.h"
#include "sync/identity.h"
#include "sync/iin.h"

/* Month 99: these can be nobody's. */
static void the_control_digit_follows_the_rule(void **state)
{
	(void)state;
	static const struct {
		const char *digits;
		bool fine;
		const char *reason;
	} row[] = {
		{ "009900000018", true, "first pass" },
		{ "009900000028", true, "first pass" },
		{ "009900000909", true, "second pass" },
		{ "009900000910", true, "second pass" },
		{ "009900000019", false, "another control digit" },
		{ "009900000908", false, "another control digit in the second pass" },
		{ "009900000960", false, "a number that was never issued" },
		{ "009900000969", false, "a number that was never issued" },
		{ "00990000001", false, "eleven digits" },
		{ "0099000000180", false, "thirteen digits" },
		{ "00990000001x", false, "a letter" },
		{ "", false, "nothing" },
	};
	for (size_t i = 0; i < countof(row); i++)
		assert_row(iin_is(str_of(row[i].digits)) == row[i].fine, row[i].reason);
}

static void only_the_hub_reads_it_again(void **state)
{
	(void)state;
	struct identity hub, laptop;
	char sealed[IIN_SEALED], opened[IIN_DIGITS + 1];
	uint8_t box[IIN_DIGITS + SEAL_BOX];
	identity_new(&hub);
	identity_new(&laptop);
	assert_err(ERR_INVALID, iin_seal(S("009900000019"), hub.public_key, sealed));
	assert_ok(iin_seal(S("009900000018"), hub.public_key, sealed));
	assert_true(text_unbase64url(str_of(sealed), box, sizeof box));
	str bytes = { (const char *)box, sizeof box };
	assert_err(ERR_INVALID, iin_open(bytes, laptop.secret, opened));
	assert_ok(iin_open(bytes, hub.secret, opened));
	assert_string_equal(opened, "009900000018");
}

static int start(void **state)
{
	(void)state;
	return seal_start();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_control_digit_follows_the_rule),
		cmocka_unit_test(only_the_hub_reads_it_again),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
