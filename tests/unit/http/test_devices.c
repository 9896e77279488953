/* SPDX-License-Identifier: Apache-2.0 */
/* Who has spoken lately, with a clock that stands still until the test moves it. */
#include "http/devices.h"
#include "http/limit.h"
#include "support/test.h"

#define MINUTE_US ((int64_t)60 * 1000 * 1000)

static uint64_t key_of(const struct limits *l, int phone)
{
	char address[32];
	snprintf(address, sizeof address, "192.168.%d.%d", phone / 250, phone % 250);
	return limit_key(l, (str[]){ str_of(address) }, 1);
}

static void a_device_counts_once_however_often_it_speaks(void **state)
{
	static struct devices d;
	struct limits *l = limits_open();
	(void)state;
	assert_int_equal(devices_count(&d, 5, 0), 0);
	for (int i = 0; i < 100; i++) devices_note(&d, key_of(l, 1), i * MINUTE_US / 20);
	assert_int_equal(devices_count(&d, 5, 5 * MINUTE_US), 1);
	devices_note(&d, key_of(l, 2), 5 * MINUTE_US);
	assert_int_equal(devices_count(&d, 5, 5 * MINUTE_US), 2);
	limits_close(l);
}

static void who_is_silent_is_forgotten(void **state)
{
	static struct devices d;
	struct limits *l = limits_open();
	(void)state;
	devices_note(&d, key_of(l, 1), 0);
	devices_note(&d, key_of(l, 2), 3 * MINUTE_US);
	assert_int_equal(devices_count(&d, 5, 5 * MINUTE_US), 2);
	assert_int_equal(devices_count(&d, 5, 6 * MINUTE_US), 1);
	assert_int_equal(devices_count(&d, 5, 9 * MINUTE_US), 0);
	limits_close(l);
}

static void a_hall_of_300_is_counted_to_the_last_phone(void **state)
{
	static struct devices d;
	struct limits *l = limits_open();
	(void)state;
	for (int i = 0; i < 300; i++) devices_note(&d, key_of(l, i), 0);
	assert_int_equal(devices_count(&d, 5, 0), 300);
	limits_close(l);
}

/* More than it has seats for: it keeps those who spoke last, and nothing else happens. */
static void a_flood_of_addresses_fills_it_and_no_more(void **state)
{
	static struct devices d;
	struct limits *l = limits_open();
	(void)state;
	for (int i = 0; i < 20000; i++) devices_note(&d, key_of(l, i), 0);
	int n = devices_count(&d, 5, 0);
	assert_true(n > DEVICES_MOST * 9 / 10 && n <= DEVICES_MOST);
	devices_note(&d, key_of(l, 30000), 9 * MINUTE_US);
	assert_int_equal(devices_count(&d, 5, 9 * MINUTE_US), 1);
	limits_close(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_device_counts_once_however_often_it_speaks),
		cmocka_unit_test(who_is_silent_is_forgotten),
		cmocka_unit_test(a_hall_of_300_is_counted_to_the_last_phone),
		cmocka_unit_test(a_flood_of_addresses_fills_it_and_no_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
