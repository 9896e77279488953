/* SPDX-License-Identifier: Apache-2.0 */
/* A zip that opens keeps its promises whatever its bytes: every name is ours and finds its
 * member, in each encoding; what reads whole reads the same from the middle. */
#include "archive/archive.h"
#include "fuzz/fuzz.h"

static void check_name(str name)
{
	check(name.n > 0 && name.p[0] != '/' && str_is_utf8(name));
	check(!memchr(name.p, '\\', name.n) && !memchr(name.p, 0, name.n));
	for (str part; str_cut(&name, '/', &part);)
		check(part.n && !str_is(part, S("..")) && !str_is(part, S(".")));
}

static void check_names(const struct archive *a)
{
	for (size_t i = 0; i < archive_count(a); i++) {
		const struct archive_member *m = archive_at(a, i);
		check_name(m->name);
		check(m->index == i);
		check(archive_find(a, m->name) == m);
		check(archive_find_nocase(a, m->name) != NULL);
	}
}

static void check_stream(const struct archive_member *m, str whole)
{
	struct archive_stream *s;
	char piece[100];
	size_t from = whole.n / 2, got;
	check(archive_stream_open(m, from, &s) == ERR_OK);
	do {
		check(archive_stream_read(s, piece, sizeof piece, &got) == ERR_OK);
		check(got <= whole.n - from && memcmp(piece, whole.p + from, got) == 0);
		from += got;
	} while (got);
	check(from == whole.n);
	archive_stream_close(s);
}

static void check_contents(const struct archive *a)
{
	enum { MOST = 1 << 20, MEMBERS = 20 };
	bool all = archive_count(a) <= MEMBERS;
	for (size_t i = 0; i < archive_count(a) && i < MEMBERS; i++) {
		struct arena *arena = arena_open(MOST);
		const struct archive_member *m = archive_at(a, i);
		str whole;
		enum err err = archive_read(m, MOST / 2, arena, &whole);
		if (err)
			all = false;
		else {
			check(whole.n == m->size);
			check_stream(m, whole);
		}
		arena_close(arena);
	}
	if (all) check(archive_verify(a) == ERR_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const struct archive_limits limits = { 1000, 16 << 20, 8 << 20, 200 };
	static const char *const encodings[] = { "cp866", "windows-1251", "kz-1048",
		                                 "utf-8" };
	struct archive *a = NULL;
	enum err err = archive_open_bytes(bytes, n, &limits, &a);
	check(err == ERR_OK || err == ERR_REFUSED || err == ERR_TOO_LARGE);
	check(err != ERR_REFUSED || err_last()->reason);
	if (err) return 0;
	check_names(a);
	check_contents(a);
	for (size_t i = 0; i < countof(encodings); i++)
		if (archive_rename(a, encodings[i]) == ERR_OK) check_names(a);
	check_names(a);
	archive_close(a);
	return 0;
}
