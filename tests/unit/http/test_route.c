/* SPDX-License-Identifier: Apache-2.0 */
/* Which route answers, and whether a table can be served. */
#include "http/inside.h"
#include "support/test.h"

static enum err nothing(struct request *rq, struct reply *rs)
{
	(void)rq, (void)rs;
	return ERR_OK;
}

#define ROUTE(m, path, origin)                                                       \
	{                                                                            \
		m, path, origin, ANYONE, FREE, NULL, NULL, false, false, nothing, "" \
	}

static void a_name_takes_one_segment(void **state)
{
	static const struct {
		const char *pattern, *path, *first, *why;
	} rows[] = {
		{ "/api", "/api", "", "the same" },
		{ "/api", "/api/", NULL, "a slash more" },
		{ "/api/events/{id}", "/api/events/evt_1", "evt_1", "a name" },
		{ "/api/events/{id}", "/api/events/", NULL, "a name is not empty" },
		{ "/api/events/{id}", "/api/events", NULL, "a segment less" },
		{ "/api/events/{id}", "/api/events/a/b", NULL, "a segment more" },
		{ "/api/events/{id}", "/api/events/a%2Fb", "a%2Fb", "an encoded slash" },
		{ "/p/{cap}/", "/p/x/", "x", "a slash at the end belongs to it" },
		{ "/p/{cap}/", "/p/x", NULL, "and is wanted" },
		{ "/a/{x}/b/{y}", "/a/1/b/2", "1", "two names" },
		{ "/a/{x}/b/{y}", "/a/1/c/2", NULL, "a word between" },
		{ "/api", "", NULL, "nothing" },
		{ "/api", "//api", NULL, "two slashes" },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		str param[ROUTE_PARAMS] = { STR_NONE };
		bool matches = route_matches(rows[i].pattern, str_of(rows[i].path), param);
		assert_row(matches == (rows[i].first != NULL), rows[i].why);
		if (matches && rows[i].first[0])
			assert_row(str_is(param[0], str_of(rows[i].first)), rows[i].why);
	}
}

static void a_wrong_method_is_told_from_a_wrong_address(void **state)
{
	static const struct route routes[] = {
		ROUTE(GET, "/api/events", MAIN),
		ROUTE(POST, "/api/events", MAIN),
		ROUTE(POST, "/p/{cap}/commits", CONTENT),
	};
	str param[ROUTE_PARAMS];
	unsigned allowed;
	(void)state;
	assert_ptr_equal(
		route_find(routes, 3, MAIN, POST, true, S("/api/events"), param, &allowed),
		&routes[1]);
	assert_null(route_find(routes, 3, MAIN, DELETE, true, S("/api/events"), param,
	                       &allowed));
	assert_int_equal(allowed, 1u << GET | 1u << POST);
	assert_null(
		route_find(routes, 3, MAIN, GET, false, S("/api/events"), param, &allowed));
	assert_int_equal(allowed, 1u << GET | 1u << POST);
	assert_null(route_find(routes, 3, MAIN, POST, true, S("/p/x/commits"), param,
	                       &allowed));
	assert_int_equal(allowed, 0); /* there is no such address at this port */
	assert_ptr_equal(route_find(routes, 3, CONTENT, POST, true, S("/p/x/commits"),
	                            param, &allowed),
	                 &routes[2]);
}

static void a_table_with_a_hidden_route_is_refused(void **state)
{
	static const struct {
		struct route a, b;
		enum err err;
		const char *why;
	} rows[] = {
		{ ROUTE(GET, "/a", MAIN), ROUTE(GET, "/b", MAIN), ERR_OK, "two words" },
		{ ROUTE(GET, "/a", MAIN), ROUTE(POST, "/a", MAIN), ERR_OK, "two methods" },
		{ ROUTE(GET, "/a", MAIN), ROUTE(GET, "/a", CONTENT), ERR_OK,
		  "two origins" },
		{ ROUTE(GET, "/a", MAIN), ROUTE(GET, "/a", BOTH), ERR_CONFLICT,
		  "one in both" },
		{ ROUTE(GET, "/a/{x}", MAIN), ROUTE(GET, "/a/new", MAIN), ERR_CONFLICT,
		  "a name takes the word" },
		{ ROUTE(GET, "/a/{x}", MAIN), ROUTE(GET, "/{y}/b", MAIN), ERR_CONFLICT,
		  "/a/b is both" },
		{ ROUTE(GET, "/a/{x}", MAIN), ROUTE(GET, "/a/", MAIN), ERR_OK,
		  "a name is not empty" },
		{ ROUTE(GET, "/a/{x}", MAIN), ROUTE(GET, "/a/{x}/b", MAIN), ERR_OK,
		  "a segment more" },
		{ ROUTE(GET, "/a/{x", MAIN), ROUTE(GET, "/b", MAIN), ERR_INVALID,
		  "half a name" },
		{ ROUTE(GET, "a", MAIN), ROUTE(GET, "/b", MAIN), ERR_INVALID, "no slash" },
		{ ROUTE(GET, "/{a}/{b}/{c}/{d}/{e}", MAIN), ROUTE(GET, "/b", MAIN),
		  ERR_INVALID, "too many names" },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		const struct route table[] = { rows[i].a, rows[i].b };
		assert_row(route_check(table, 2) == rows[i].err, rows[i].why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_takes_one_segment),
		cmocka_unit_test(a_wrong_method_is_told_from_a_wrong_address),
		cmocka_unit_test(a_table_with_a_hidden_route_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
