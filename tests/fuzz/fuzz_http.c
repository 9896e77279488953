/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses, queries, cookies and the other headers of a request, and the matching of
 * routes. The input is lines: the address, then "Name: value". What is found must lie
 * within what was given, and a matched address must come out again when the values are put
 * into the pattern. */
#include "fuzz/fuzz.h"
#include "http/inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FIELDS = 64 };

static const char *const patterns[] = {
	"/",
	"/api",
	"/api/events/{id}",
	"/p/{cap}/",
	"/p/{cap}/commits",
	"/api/events/{id}/people/{person}",
	"/{a}/{b}/{c}/{d}",
};

static bool lies_in(str part, str whole)
{
	return !part.n || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

/* The pattern with its values must be the address again. */
static void check_match(const char *pattern, str path, const str param[ROUTE_PARAMS])
{
	struct buf b;
	buf_init(&b, 1 << 20);
	size_t n = 0;
	for (const char *p = pattern; *p; p++) {
		if (*p == '{') {
			check(param[n].n && str_index(param[n], '/') == param[n].n);
			buf_str(&b, param[n++]);
			while (*p != '}') p++;
		} else {
			buf_char(&b, *p);
		}
	}
	check(str_is(buf_as_str(&b), path));
	buf_free(&b);
}

static void check_address(str target)
{
	size_t mark = str_index(target, '?');
	str path = str_part(target, 0, mark), query = str_part(target, mark + 1, target.n);
	for (size_t i = 0; i < countof(patterns); i++) {
		str param[ROUTE_PARAMS] = { STR_NONE };
		if (route_matches(patterns[i], path, param))
			check_match(patterns[i], path, param);
	}
	static const str names[] = { S("a"), S("name"), S("") };
	for (size_t i = 0; i < countof(names); i++)
		check(lies_in(query_find(query, names[i]), query));

	struct worker w = { 0 };
	struct request rq = { .worker = &w, .target = path };
	if (request_decode_path(&rq)) check(str_index(rq.path, 0) == rq.path.n);
	arena_close(w.arena);
}

static void check_headers(struct request *rq)
{
	const char *word;
	request_understand(rq);
	int refused = request_refused(rq, &word);
	check(refused == 0 || (refused >= 400 && refused < 500));
	if (!refused) check(rq->length >= 0 && !rq->transfer_encoding.p && rq->host.p);

	str host = host_name(rq->host), out[COOKIES];
	check(lies_in(host, rq->host));
	if (host_is_ours(host, NULL))
		check(host.n && str_index(host, '/') == host.n &&
		      str_index(host, '@') == host.n);

	size_t n = request_cookies(rq, "kenes", out);
	check(n <= COOKIES);
	for (size_t i = 0; i < n; i++) check(str_index(out[i], ';') == out[i].n);

	uint64_t from, to, whole = rq->accept_encoding.n;
	if (range_read(rq->range, whole, &from, &to) == RANGE_PART)
		check(from <= to && to < whole);
	bool gzip = gzip_accepted(rq->accept_encoding);
	check(gzip == gzip_accepted(str_trim(rq->accept_encoding)));
	etag_listed(rq->if_none_match, S("\"abc\""));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char text[1 << 16];
	struct field field[FIELDS];
	if (size >= sizeof text) return 0;
	memcpy(text, data, size);
	text[size] = 0;
	str rest = { text, size }, target = STR_NONE, line;
	struct request rq = { .field = field, .method_name = S("POST") };
	str_cut(&rest, '\n', &target);
	check_address(
		str_part(target, 0, str_index(target, 0))); /* CivetWeb's ends there */
	while (rq.n_fields < FIELDS && str_cut(&rest, '\n', &line)) {
		size_t colon = str_index(line, ':');
		if (colon == line.n) continue;
		char *p = text + (line.p - text);
		p[colon] = p[line.n] = 0;
		field[rq.n_fields++] = (struct field){ p, p + colon + 1 };
	}
	check_headers(&rq);
	return 0;
}
