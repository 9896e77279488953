/* SPDX-License-Identifier: Apache-2.0 */
/* `kenes scorm run`, `kenes scorm suite`: test cases of an LMS against the engine, without
 * a site; `kenes scorm judge`: what a browser saw of one. A suite is a folder with
 * cases/NAME.json and manifests/PACKAGE.xml; all its cases are played by one learner, in
 * order of their names. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "cli/inside.h"
#include "runtime/casebook.h"

enum { NAMES_MOST = 2000, LOG_MOST = 64 << 20, FILE_MOST = 64 << 20 };
static const size_t case_memory = (size_t)256 << 20;

/* ---- manifests ---- */
struct shelf_of_manifests {
	const char *folder;
	const char *file; /* the manifest given by name, for the case's first package */
};

static enum err manifest_of(void *context, str package, struct arena *a,
                            struct manifest *out)
{
	const struct shelf_of_manifests *s = context;
	char path[FILE_PATH];
	str name = arena_printf(a, "%.*s.xml", STR_ARG(package)), text;
	TRY(file_path(path, s->folder, name.p));
	const char *from = s->file && !file_exists(path) ? s->file : path;
	TRY(file_read(from, (size_t)16 << 20, a, &text));
	return manifest_read_text(text, a, out);
}

/* ---- one case ---- */
static fallible play(struct casebook *book, const char *file,
                     struct shelf_of_manifests *manifests, struct arena *a, struct buf *log,
                     struct case_result *out)
{
	const struct case_packages packages = { manifest_of, manifests };
	str json;
	TRY(file_read(file, FILE_MOST, a, &json));
	return casebook_play(book, json, &packages, a, log, out);
}

static void print_result(const struct case_result *r)
{
	printf("%s %.*s: %lld visits, %lld calls%s%.*s\n", r->passed ? "ok" : "not ok",
	       STR_ARG(r->name), (long long)r->visits, (long long)r->calls,
	       r->why.p ? ": " : "", STR_ARG(r->why));
}

static const char *folder_of(struct arena *a, const char *path)
{
	size_t n = str_of(path).n;
	while (n && path[n - 1] != '/') n--;
	return n ? arena_copy(a, (str){ path, n }).p : ".";
}

int cmd_scorm_run(char **argument)
{
	const char *manifest = NULL, *file = NULL;
	bool verbose = false;
	const struct option options[] = {
		{ "--manifest", &manifest, NULL },
		{ "--case", &file, NULL },
		{ "-v", NULL, &verbose },
	};
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!manifest || !file) return cli_wrong("scorm run needs --manifest and --case");
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(case_memory);
	struct shelf_of_manifests manifests = { folder_of(a, manifest), manifest };
	struct casebook *book = casebook_open();
	struct buf log;
	buf_init(&log, LOG_MOST);
	struct case_result result;
	enum err e = play(book, file, &manifests, a, verbose ? &log : NULL, &result);
	casebook_close(book);
	cli_print(&log);
	buf_free(&log);
	if (e) return cli_failure();
	print_result(&result);
	return result.passed ? CLI_OK : CLI_FAILED;
}

/* What a player elsewhere did with a case. */
int cmd_scorm_judge(char **argument)
{
	const char *file = NULL, *record = NULL;
	const struct option options[] = {
		{ "--case", &file, NULL },
		{ "--seen", &record, NULL },
	};
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!file || !record) return cli_wrong("scorm judge needs --case and --seen");
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(case_memory);
	struct case_result result;
	str json, seen;
	if (file_read(file, FILE_MOST, a, &json) ||
	    file_read(record, FILE_MOST, a, &seen) ||
	    casebook_judge(json, seen, a, &result))
		return cli_failure();
	print_result(&result);
	return result.passed ? CLI_OK : CLI_FAILED;
}

/* ---- all of them ---- */
struct names {
	struct arena *arena;
	str name[NAMES_MOST];
	size_t n;
};

static enum err add_name(void *context, const char *name)
{
	struct names *all = context;
	if (!str_ends(str_of(name), S(".json"))) return ERR_OK;
	if (all->n == NAMES_MOST) return FAIL(ERR_TOO_LARGE, "too many cases");
	all->name[all->n++] = arena_copy(all->arena, str_of(name));
	return ERR_OK;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const str *)a)->p, ((const str *)b)->p);
}

struct suite {
	const char *folder;
	bool verbose, md;
	size_t passed, failed;
};

static void print_row(const struct suite *s, const struct case_result *r)
{
	if (s->md)
		printf("| %.*s | %lld | %lld | %s |\n", STR_ARG(r->name),
		       (long long)r->visits, (long long)r->calls,
		       r->passed ? "passed" : "**failed**");
	else if (s->verbose || !r->passed)
		print_result(r);
}

static fallible play_all(struct suite *s, struct casebook *book, struct names *names)
{
	char cases[FILE_PATH], manifests[FILE_PATH], file[FILE_PATH];
	TRY(file_path(cases, s->folder, "cases"));
	TRY(file_path(manifests, s->folder, "manifests"));
	TRY(file_each(cases, add_name, names));
	qsort(names->name, names->n, sizeof *names->name, by_name);
	if (s->md) puts("| case | launches | calls | |\n|---|---|---|---|");
	for (size_t i = 0; i < names->n; i++) {
		on_exit_of_scope(arena_close_at) struct arena *a = arena_open(case_memory);
		struct shelf_of_manifests shelf = { manifests, NULL };
		struct case_result result;
		TRY(file_path(file, cases, names->name[i].p));
		TRY(play(book, file, &shelf, a, NULL, &result));
		print_row(s, &result);
		if (result.passed)
			s->passed++;
		else
			s->failed++;
	}
	return ERR_OK;
}

int cmd_scorm_suite(char **argument)
{
	struct suite s = { 0 };
	const char *rest[8];
	const struct option options[] = {
		{ "-v", NULL, &s.verbose },
		{ "--md", NULL, &s.md },
	};
	size_t n = 0;
	while (argument[n]) n++;
	if (n >= countof(rest)) return cli_wrong("scorm suite takes one FOLDER");
	if (!cli_options(argument, options, countof(options), rest)) return CLI_WRONG;
	if (!rest[0] || rest[1]) return cli_wrong("scorm suite takes one FOLDER");
	s.folder = rest[0];
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(case_memory);
	struct names *names = arena_new(a, struct names);
	names->arena = a;
	struct casebook *book = casebook_open();
	enum err e = play_all(&s, book, names);
	casebook_close(book);
	if (e) return cli_failure();
	if (!s.md) printf("%zu passed, %zu failed\n", s.passed, s.failed);
	return s.failed || !s.passed ? CLI_FAILED : CLI_OK;
}
