/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a package, whatever its manifest says of them. */
#include "package/reading.h"

enum {
	HEAVY = 20 << 20,    /* bytes of a file that a hall will feel */
	SCRIPT = 2 << 20,    /* larger texts are not searched */
	SEARCHED = 32 << 20, /* in all */
};

static bool ends_nocase(str name, const char *ending)
{
	str e = str_of(ending);
	return name.n >= e.n && str_is_nocase(str_part(name, name.n - e.n, name.n), e);
}

static bool is_one_of(str name, const char *const *endings, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ends_nocase(name, endings[i])) return true;
	return false;
}

void look_at_files(const struct archive *a, struct findings *f)
{
	static const char *const codecs[] = { ".wmv", ".wma",  ".avi", ".flv", ".f4v",
		                              ".mpg", ".mpeg", ".mkv", ".rm" };
	for (size_t i = 0; i < archive_count(a); i++) {
		const struct archive_member *m = archive_at(a, i);
		if (m->size > HEAVY)
			found(f, FOUND_FILE_HEAVY,
			      arena_printf(f->arena, "%.*s (%llu MB)", STR_ARG(m->name),
			                   (unsigned long long)(m->size >> 20)));
		if (ends_nocase(m->name, ".swf")) found(f, FOUND_FILE_FLASH, m->name);
		if (is_one_of(m->name, codecs, countof(codecs)))
			found(f, FOUND_FILE_CODEC, m->name);
		if (memchr(m->raw_name.p, '\\', m->raw_name.n))
			found(f, FOUND_NAMES_BACKSLASH, STR_NONE);
	}
}

static bool has(str text, str word)
{
	while (text.n >= word.n) {
		size_t at = str_index(text, word.p[0]);
		text = str_part(text, at, text.n);
		if (str_starts(text, word)) return true;
		text = str_part(text, 1, text.n);
	}
	return false;
}

struct calls find_calls(const struct archive *a)
{
	static const char *const scripts[] = { ".js", ".html", ".htm" };
	struct calls calls = { false, false };
	struct arena *arena = arena_open(SCRIPT + 4096);
	uint64_t searched = 0;
	for (size_t i = 0; i < archive_count(a) && searched < SEARCHED; i++) {
		const struct archive_member *m = archive_at(a, i);
		str text;
		if (m->size > SCRIPT || !is_one_of(m->name, scripts, countof(scripts)))
			continue;
		searched += m->size;
		arena_reset(arena);
		if (archive_read(m, SCRIPT, arena, &text)) continue;
		calls.scorm_12 |= has(text, S("LMSInitialize"));
		calls.scorm_2004 |= has(text, S("API_1484_11"));
	}
	arena_close(arena);
	return calls;
}
