/* SPDX-License-Identifier: Apache-2.0 */
/* What a request says: hosts, cookies, queries, heads that are refused. */
#include "http/inside.h"
#include "support/test.h"

static void only_addresses_and_set_names_are_ours(void **state)
{
	static const char *const names[] = { "kenes.lan", NULL };
	static const struct {
		const char *host;
		bool ours;
		const char *why;
	} rows[] = {
		{ "192.168.1.10:8080", true, "an address with a port" },
		{ "127.0.0.1", true, "an address" },
		{ "[::1]:8080", true, "IPv6" },
		{ "[fe80::1]", true, "IPv6 without a port" },
		{ "localhost:8080", true, "this machine" },
		{ "LocalHost", true, "names have no case" },
		{ "kenes.lan:80", true, "a name that was set" },
		{ "evil.example", false, "a foreign name pointed at us" },
		{ "kenes.lan.evil.example", false, "a name that begins like ours" },
		{ "192.168.1.10.evil.example", false,
		  "a name that begins like an address" },
		{ "192.168.1.256", false, "no address" },
		{ "1.2.3", false, "half an address" },
		{ "1.2.3.4.", false, "a dot more" },
		{ "localhost:x", false, "no port" },
		{ "localhost:", false, "an empty port" },
		{ "localhost:99999", false, "no port of TCP" },
		{ "[::1", false, "half a bracket" },
		{ "[cafe]", false, "no colon in it" },
		{ "", false, "nothing" },
		{ ":8080", false, "only a port" },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		bool ours = host_is_ours(host_name(str_of(rows[i].host)), names);
		assert_row(ours == rows[i].ours, rows[i].why);
	}
	assert_false(host_is_ours(S("kenes.lan"), NULL));
}

static void this_machine_is_told_from_others(void **state)
{
	(void)state;
	assert_true(address_is_local(S("127.0.0.1")));
	assert_true(address_is_local(S("127.8.8.8")));
	assert_true(address_is_local(S("::1")));
	assert_true(address_is_local(S("::ffff:127.0.0.1")));
	assert_false(address_is_local(S("192.168.1.10")));
	assert_false(address_is_local(S("::ffff:192.168.1.10")));
	assert_false(address_is_local(S("12.7.0.0")));
	assert_false(address_is_local(S("")));
}

static void a_cookie_may_come_several_times(void **state)
{
	str out[COOKIES];
	(void)state;
	size_t n = cookie_find(S("a=1; kenes=x;kenes = y ; kenesis=z; kenes=\"q\"; kenes="),
	                       S("kenes"), out, 0);
	assert_int_equal(n, 4);
	assert_str(out[0], S("x"));
	assert_str(out[1], S("y"));
	assert_str(out[2], S("q"));
	assert_int_equal(out[3].n, 0);
	assert_int_equal(cookie_find(S(";;=;kenes;x=kenes"), S("kenes"), out, 0), 0);
	n = cookie_find(S("k=1;k=2;k=3;k=4;k=5;k=6;k=7;k=8;k=9"), S("k"), out, 0);
	assert_int_equal(n, COOKIES);
}

static void a_query_is_found_by_its_whole_name(void **state)
{
	(void)state;
	str q = S("name=a%20b&language=kk&empty=&flag&name=second");
	assert_str(query_find(q, S("name")), S("a%20b"));
	assert_str(query_find(q, S("language")), S("kk"));
	assert_str(query_find(q, S("empty")), S(""));
	assert_str(query_find(q, S("flag")), S(""));
	assert_str(query_find(q, S("lang")), STR_NONE);
	assert_str(query_find(STR_NONE, S("name")), STR_NONE);
}

/* The head "Host: h" and these. */
static struct request of(const struct field *field, size_t n)
{
	struct request rq = { .field = field, .n_fields = n, .method_name = S("POST") };
	request_understand(&rq);
	return rq;
}

static void a_head_says_once_where_its_body_ends(void **state)
{
	static const struct {
		struct field field[4];
		int status;
		const char *why;
	} rows[] = {
		{ { { "Host", "h" } }, 0, "no body" },
		{ { { "host", "h" }, { "content-length", "5" } }, 0, "a length" },
		{ { { "Host", "h" }, { "Content-Length", "5" }, { "Content-Length", "5" } },
		  400,
		  "two lengths" },
		{ { { "Host", "h" }, { "Content-Length", "5x" } }, 400, "no number" },
		{ { { "Host", "h" }, { "Content-Length", "-5" } },
		  400,
		  "less than nothing" },
		{ { { "Host", "h" }, { "Content-Length", "+5" } }, 400, "a sign" },
		{ { { "Host", "h" }, { "Content-Length", "5, 5" } }, 400, "a list" },
		{ { { "Host", "h" }, { "Content-Length", "99999999999999999999" } },
		  400,
		  "more than there is" },
		{ { { "Host", "h" }, { "Transfer-Encoding", "chunked" } }, 411, "pieces" },
		{ { { "Host", "h" },
		    { "Transfer-Encoding", "chunked" },
		    { "Content-Length", "5" } },
		  400,
		  "pieces and a length" },
		{ { { "Host", "h" }, { "Host", "h" } }, 400, "two hosts" },
		{ { { "Content-Length", "5" } }, 400, "no host" },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		size_t n = 0;
		const char *word;
		while (n < 4 && rows[i].field[n].name) n++;
		struct request rq = of(rows[i].field, n);
		assert_row(request_refused(&rq, &word) == rows[i].status, rows[i].why);
	}
}

static void the_client_says_whether_the_connection_stays(void **state)
{
	static const struct {
		const char *value;
		bool old, close;
	} rows[] = {
		{ NULL, false, false },
		{ NULL, true, true },
		{ "close", false, true },
		{ "Keep-Alive", true, false },
		{ "foo, keep-alive", false, false },
		{ "Upgrade", false, true },
		{ "keep-alive, Upgrade", false, true },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		const struct field field = { "Connection", rows[i].value };
		struct request rq = { .field = &field,
			              .n_fields = rows[i].value ? 1 : 0,
			              .http_1_0 = rows[i].old };
		request_understand(&rq);
		assert_row(rq.close == rows[i].close, rows[i].value ? rows[i].value : "-");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_addresses_and_set_names_are_ours),
		cmocka_unit_test(this_machine_is_told_from_others),
		cmocka_unit_test(a_cookie_may_come_several_times),
		cmocka_unit_test(a_query_is_found_by_its_whole_name),
		cmocka_unit_test(a_head_says_once_where_its_body_ends),
		cmocka_unit_test(the_client_says_whether_the_connection_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
