/* SPDX-License-Identifier: Apache-2.0 */
/* Opening, naming and finding. Names and their two indexes are one `naming`; archive_rename
 * builds another one and puts it in its place only when it is whole. */
#include "archive/inside.h"

#include <stdlib.h>

const struct archive_limits archive_default_limits = {
	.members = 65535,
	.total = UINT64_C(4) << 30,
	.one = UINT64_C(2) << 30,
	.ratio = 200,
};

#define NAMES_LIMIT ((size_t)256 << 20)

static enum err fill_naming(const struct archive *a, struct naming *g)
{
	g->name = arena_alloc(g->arena, a->n * sizeof *g->name);
	index_open(&g->exact, g->arena, a->n, false);
	index_open(&g->nocase, g->arena, a->n, true);
	for (size_t i = 0; i < a->n; i++) {
		str name = a->certain[i];
		if (!name.p)
			name = archive_decode(g->arena, a->member[i].raw_name, g->encoding);
		if (!name.p) return FAIL(ERR_TOO_LARGE, "zip: too many long names");
		TRY(name_tidy(g->arena, name, &g->name[i]));
		if (index_add(&g->exact, g->name, i) != i)
			return FAIL_WHY(ERR_REFUSED, "zip-duplicate",
			                "%.*s: two members of this name",
			                STR_ARG(name_shown(g->name[i])));
		index_add(&g->nocase, g->name, i); /* the first one wins */
	}
	return ERR_OK;
}

enum err archive_rename(struct archive *a, const char *encoding)
{
	if (!encoding_is_known(encoding))
		return FAIL(ERR_INVALID, "%s: not an encoding of names", encoding);
	struct naming g = { .arena = arena_open(NAMES_LIMIT), .encoding = encoding };
	enum err err = fill_naming(a, &g);
	if (err) {
		arena_close(g.arena);
		return err;
	}
	arena_close(a->naming.arena);
	a->naming = g;
	for (size_t i = 0; i < a->n; i++) a->member[i].name = g.name[i];
	return ERR_OK;
}

/* Takes the mapping over, on failure too. */
static enum err open_mapped(struct mapping map, const struct archive_limits *limits,
                            struct archive **out)
{
	struct arena *arena = arena_open(0);
	struct archive *a = arena_new(arena, struct archive);
	a->map = map;
	a->arena = arena;
	enum err err = directory_read(a, limits ? limits : &archive_default_limits);
	if (!err) err = archive_rename(a, names_guess(a));
	if (err)
		archive_close(a);
	else
		*out = a;
	return err;
}

enum err archive_open(const char *path, const struct archive_limits *limits,
                      struct archive **out)
{
	struct mapping map;
	TRY(map_open(path, &map));
	return open_mapped(map, limits, out);
}

enum err archive_open_bytes(const void *bytes, size_t n,
                            const struct archive_limits *limits, struct archive **out)
{
	return open_mapped((struct mapping){ bytes, n, NULL }, limits, out);
}

void archive_close(struct archive *a)
{
	if (!a) return;
	map_close(&a->map);
	arena_close(a->naming.arena);
	arena_close(a->arena); /* `a` lies in it */
}

size_t archive_count(const struct archive *a)
{
	return a->n;
}

const struct archive_member *archive_at(const struct archive *a, size_t i)
{
	return i < a->n ? &a->member[i] : NULL;
}

static const struct archive_member *find(const struct archive *a, const struct index *x,
                                         str name)
{
	return name.p ? archive_at(a, index_find(x, a->naming.name, name)) : NULL;
}

const struct archive_member *archive_find(const struct archive *a, str name)
{
	return find(a, &a->naming.exact, name);
}

const struct archive_member *archive_find_nocase(const struct archive *a, str name)
{
	return find(a, &a->naming.nocase, name);
}

const char *archive_encoding(const struct archive *a)
{
	return a->naming.encoding;
}

bool archive_is_guessed(const struct archive *a)
{
	for (size_t i = 0; i < a->n; i++)
		if (!a->certain[i].p) return true;
	return false;
}
