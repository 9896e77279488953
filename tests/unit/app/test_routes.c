/* SPDX-License-Identifier: Apache-2.0 */
/* The route table and the shapes behind it hold together. */
/* needs: api */
#include "support/test.h"

#include "api/api.h"
#include "api/describe.h"
#include "api/room.h"

#include <ctype.h>

static void no_route_hides_another(void **state)
{
	(void)state;
	assert_ok(route_check(api_routes, api_n_routes));
}

static void each_route_says_what_it_is_for(void **state)
{
	(void)state;
	for (size_t i = 0; i < api_n_routes; i++) {
		const struct route *r = &api_routes[i];
		assert_row(r->run != NULL, r->path);
		assert_row(r->doc && strlen(r->doc) > 10, r->path);
		assert_row(strlen(r->doc) < 200 && r->doc[strlen(r->doc) - 1] == '.',
		           r->path);
	}
}

static void what_changes_something_needs_proof_of_who_asks(void **state)
{
	(void)state;
	for (size_t i = 0; i < api_n_routes; i++) {
		const struct route *r = &api_routes[i];
		if (r->method == GET || r->who != ANYONE) continue;
		assert_row(r->pace == GUESS, r->path);
	}
}

static void only_attempts_are_known_on_the_content_port(void **state)
{
	(void)state;
	for (size_t i = 0; i < api_n_routes; i++) {
		const struct route *r = &api_routes[i];
		if (r->origin == MAIN) continue;
		if (r->method == GET && !r->gives) continue; /* a bare page */
		assert_row(r->who == ATTEMPT, r->path);
	}
}

static bool is_snake(const char *name)
{
	for (const char *c = name; *c; c++) {
		if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '_')
			return false;
	}
	return *name != 0;
}

static void check_shape(const struct shape *shape, int depth)
{
	assert_row(depth < 8, shape->name);
	assert_row(isupper((unsigned char)shape->name[0]), shape->name);
	assert_row(shape->n > 0 && shape->size > 0, shape->name);
	for (size_t i = 0; i < shape->n; i++) {
		const struct json_field *f = &shape->field[i];
		bool holds = f->kind == JSON_KIND_OBJECT || f->kind == JSON_KIND_LIST;
		assert_row(is_snake(f->name), f->name);
		assert_row(f->offset < shape->size, f->name);
		assert_row(f->least <= f->most, f->name);
		assert_row(holds == (f->of != NULL), f->name);
		for (size_t k = 0; k < i; k++)
			assert_row(strcmp(shape->field[k].name, f->name) != 0, f->name);
		if (f->of) check_shape(f->of, depth + 1);
	}
}

static void every_shape_is_sane(void **state)
{
	(void)state;
	for (size_t i = 0; i < api_n_routes; i++) {
		if (api_routes[i].takes) check_shape(api_routes[i].takes, 0);
		if (api_routes[i].gives) check_shape(api_routes[i].gives, 0);
	}
}

static void no_two_shapes_share_a_name(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	struct api_info info;
	describe_api(a, api_routes, api_n_routes, &info);
	const struct shape_info *shape = info.shapes.items;
	for (size_t i = 0; i < info.shapes.n; i++) {
		for (size_t k = 0; k < i; k++)
			assert_row(!str_is(shape[i].name, shape[k].name), shape[i].name.p);
	}
	arena_close(a);
}

static void the_description_fits_its_own_shape(void **state)
{
	(void)state;
	struct arena *a = arena_open(16 << 20);
	struct api_info info, again;
	struct buf text;
	buf_init(&text, 1 << 20);
	describe_api(a, api_routes, api_n_routes, &info);
	json_write(&text, &api_info_shape, &info);
	assert_false(text.over);
	assert_ok(json_read(buf_as_str(&text), &api_info_shape, JSON_STRICT, a, &again));
	assert_int_equal(again.routes.n, api_n_routes);
	buf_free(&text);
	arena_close(a);
}

/* ---- the room ---- */
#define IP(a, b, c, d) \
	((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

static void the_address_that_phones_reach_comes_first(void **state)
{
	(void)state;
	static const struct {
		const char *better, *worse;
		uint32_t better_ip, worse_ip;
		const char *reason;
	} rows[] = {
		{ "wlan0", "eth0", IP(192, 168, 1, 10), IP(192, 168, 5, 2),
		  "Wi-Fi over cable" },
		{ "wlp3s0", "docker0", IP(10, 0, 0, 5), IP(172, 17, 0, 1),
		  "no phone is in a container" },
		{ "enp2s0", "virbr0", IP(10, 1, 1, 5), IP(192, 168, 122, 1),
		  "nor in a virtual machine" },
		{ "wlan0", "tun0", IP(192, 168, 43, 1), IP(10, 8, 0, 2),
		  "nor in a tunnel" },
		{ "eth0", "wlan0", IP(192, 168, 1, 10), IP(169, 254, 7, 7),
		  "Wi-Fi that got no address" },
		{ "eth0", "eth1", IP(192, 168, 1, 10), IP(95, 56, 1, 1),
		  "the hall over the internet" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		int better = room_score(str_of(rows[i].better), rows[i].better_ip);
		int worse = room_score(str_of(rows[i].worse), rows[i].worse_ip);
		assert_row(better > worse, rows[i].reason);
	}
}

static void port_80_is_not_spelled_out(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 16);
	assert_str(room_address_text(a, S("10.0.0.5"), 80), S("http://10.0.0.5"));
	assert_str(room_address_text(a, S("10.0.0.5"), 8080), S("http://10.0.0.5:8080"));
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_route_hides_another),
		cmocka_unit_test(each_route_says_what_it_is_for),
		cmocka_unit_test(what_changes_something_needs_proof_of_who_asks),
		cmocka_unit_test(only_attempts_are_known_on_the_content_port),
		cmocka_unit_test(every_shape_is_sane),
		cmocka_unit_test(no_two_shapes_share_a_name),
		cmocka_unit_test(the_description_fits_its_own_shape),
		cmocka_unit_test(the_address_that_phones_reach_comes_first),
		cmocka_unit_test(port_80_is_not_spelled_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
