/* SPDX-License-Identifier: Apache-2.0 */
/* Token buckets, with a clock that stands still until the test moves it. */
#include "http/limit.h"
#include "support/test.h"

static void a_burst_passes_and_then_the_rate(void **state)
{
	const struct limit_rate *rate = &limit_rates[LIMIT_COSTLY_DEVICE];
	struct limits *l = limits_open();
	int64_t now = 1000 * 1000;
	(void)state;
	uint64_t key = limit_key(l, (str[]){ S("phone") }, 1);
	for (int i = 0; i < rate->burst; i++)
		assert_int_equal(limit_take(l, LIMIT_COSTLY_DEVICE, key, now), 0);
	assert_int_equal(limit_take(l, LIMIT_COSTLY_DEVICE, key, now), rate->every_us);
	now += rate->every_us - 1;
	assert_int_equal(limit_take(l, LIMIT_COSTLY_DEVICE, key, now), 1);
	now++;
	assert_int_equal(limit_take(l, LIMIT_COSTLY_DEVICE, key, now), 0);
	assert_int_equal(limit_take(l, LIMIT_COSTLY_DEVICE, key, now), rate->every_us);
	now += rate->every_us * rate->burst;
	for (int i = 0; i < rate->burst; i++)
		assert_int_equal(limit_take(l, LIMIT_COSTLY_DEVICE, key, now), 0);
	assert_true(limit_take(l, LIMIT_COSTLY_DEVICE, key, now) > 0);
	limits_close(l);
}

static void looking_takes_nothing(void **state)
{
	const struct limit_rate *rate = &limit_rates[LIMIT_GUESS_DEVICE];
	struct limits *l = limits_open();
	uint64_t key = limit_key(l, (str[]){ S("phone") }, 1);
	(void)state;
	for (int i = 0; i < 1000; i++)
		assert_int_equal(limit_wait(l, LIMIT_GUESS_DEVICE, key, 5), 0);
	for (int i = 0; i < rate->burst; i++) limit_take(l, LIMIT_GUESS_DEVICE, key, 5);
	assert_int_equal(limit_wait(l, LIMIT_GUESS_DEVICE, key, 5), rate->every_us);
	limits_close(l);
}

static void devices_and_kinds_are_apart(void **state)
{
	struct limits *l = limits_open();
	uint64_t a = limit_key(l, (str[]){ S("a"), S("b") }, 2);
	uint64_t b = limit_key(l, (str[]){ S("ab"), S("") }, 2);
	(void)state;
	assert_true(a != b);
	while (!limit_take(l, LIMIT_GUESS_DEVICE, a, 7)) {}
	assert_int_equal(limit_take(l, LIMIT_GUESS_DEVICE, b, 7), 0);
	assert_int_equal(limit_take(l, LIMIT_COSTLY_DEVICE, a, 7), 0);
	limits_close(l);
}

static void a_hall_behind_one_router_fits(void **state)
{
	struct limits *l = limits_open();
	uint64_t address = limit_key(l, (str[]){ S("192.168.1.1") }, 1);
	(void)state;
	/* 300 people join within a minute: each asks for the event and joins. */
	for (int64_t i = 0; i < 600; i++)
		assert_int_equal(limit_take(l, LIMIT_COSTLY_ADDRESS, address, i * 100000),
		                 0);
	limits_close(l);
}

static void strangers_do_not_make_one_forget_who_hurries(void **state)
{
	struct limits *l = limits_open();
	uint64_t key = limit_key(l, (str[]){ S("guesser") }, 1);
	(void)state;
	while (!limit_take(l, LIMIT_GUESS_DEVICE, key, 7)) {}
	for (uint64_t i = 0; i < 20000; i++) limit_take(l, LIMIT_NORMAL_DEVICE, i * 977, 7);
	assert_true(limit_wait(l, LIMIT_GUESS_DEVICE, key, 7) > 0);
	limits_close(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_burst_passes_and_then_the_rate),
		cmocka_unit_test(looking_takes_nothing),
		cmocka_unit_test(devices_and_kinds_are_apart),
		cmocka_unit_test(a_hall_behind_one_router_fits),
		cmocka_unit_test(strangers_do_not_make_one_forget_who_hurries),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
