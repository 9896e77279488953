/* SPDX-License-Identifier: Apache-2.0 */
/* For those who make courses: pack and check. */
#include <stdio.h>

#include "authoring/authoring.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/inside.h"
#include "package/package.h"

#define MEMORY ((size_t)512 << 20)
#define PACKAGE_LARGEST ((size_t)256 << 20)

/* ---- check ---- */

static bool check_one(const char *path, bool json)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct import_report r = { 0 };
	enum err e = package_check_file(path, a, &r);
	struct err_note note = *err_last();
	if (json && (!e || e == ERR_REFUSED)) cli_print_json(&import_report_shape, &r);
	if (!json && (!e || e == ERR_REFUSED)) {
		printf("%s: %s\n", path, e ? "refused" : "good");
		if (!e)
			printf("  %.*s, %.*s, %lld activities, %lld files\n",
			       STR_ARG(r.title), STR_ARG(r.standard),
			       (long long)r.activities, (long long)r.files);
		cli_print_findings(&r);
	}
	if (e) cli_failed("%s: %s", path, note.sentence);
	return !e;
}

int cmd_check(char **argument)
{
	bool json = false, good = true;
	size_t n = 0;
	while (argument[n]) n++;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	const char **file = arena_alloc(a, (n + 1) * sizeof *file);
	const struct option options[] = { { "--json", NULL, &json } };
	if (!cli_options(argument, options, countof(options), file)) return CLI_WRONG;
	if (!file[0]) return cli_wrong("check needs a FILE");
	for (; *file; file++) good &= check_one(*file, json);
	return good ? CLI_OK : CLI_FAILED;
}

/* ---- pack ---- */

struct pack_report {
	str file, standard, sha256;
	int64_t bytes;
	const struct authoring_report *course;
};
static const struct json_field pack_report_fields[] = {
	JSON_TEXT(struct pack_report, file, true, 1, 4096),
	JSON_TEXT(struct pack_report, standard, true, 1, 20),
	JSON_TEXT(struct pack_report, sha256, true, 64, 64),
	JSON_INT(struct pack_report, bytes, true, 0, INT64_C(1) << 53),
	JSON_OBJECT(struct pack_report, course, true, authoring_report_shape),
};
static const struct shape pack_report_shape =
	SHAPE("PackReport", struct pack_report, pack_report_fields);

struct packing {
	const char *out, *scorm, *languages, *port;
	bool check, watch, sources, json;
	struct authoring_options options;
};

static void print_problems(const struct authoring_report *r, FILE *to)
{
	const struct authoring_problem *p = r->problems.items;
	for (size_t i = 0; i < r->problems.n; i++)
		fprintf(to, "%.*s:%lld: %.*s %.*s\n", STR_ARG(p[i].file),
		        (long long)p[i].line, STR_ARG(p[i].what), STR_ARG(p[i].todo));
}

static void print_bank(const struct authoring_bank *b)
{
	printf("  %.*s: %lld questions: %lld single, %lld multiple, %lld true or false, "
	       "%lld short, %lld matching, %lld numerical, %lld essay, %lld description\n",
	       STR_ARG(b->language), (long long)b->all, (long long)b->single,
	       (long long)b->multiple, (long long)b->true_false, (long long)b->short_answer,
	       (long long)b->matching, (long long)b->numerical, (long long)b->essay,
	       (long long)b->description);
}

static void print_course(const struct authoring_report *r)
{
	const struct authoring_bank *bank = r->questions.items;
	printf("%.*s, version %lld: %lld lessons, %lld templates, %zu facts cited\n",
	       STR_ARG(r->id), (long long)r->version, (long long)r->lessons,
	       (long long)r->annexes, r->facts.n);
	for (size_t i = 0; i < r->questions.n; i++) print_bank(&bank[i]);
}

static int check_course(const struct packing *p, const char *folder)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct course *course;
	struct authoring_report report;
	if (authoring_read(folder, p->options, a, &course, &report)) return cli_failure();
	if (p->json) {
		cli_print_json(&authoring_report_shape, &report);
	} else {
		print_course(&report);
		print_problems(&report, stdout);
	}
	if (report.good) return CLI_OK;
	return cli_failed("%s: %zu problems", folder, report.problems.n);
}

static fallible measure(const char *file, struct arena *a, struct pack_report *out)
{
	uint8_t hash[SEAL_HASH];
	char hex[2 * SEAL_HASH + 1];
	str bytes;
	TRY(file_read(file, PACKAGE_LARGEST, a, &bytes));
	seal_sha256(bytes.p, bytes.n, hash);
	text_hex(hash, SEAL_HASH, hex);
	out->sha256 = arena_copy(a, str_of(hex));
	out->bytes = (int64_t)bytes.n;
	return ERR_OK;
}

static int pack_course(const struct packing *p, const char *folder)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct course *course;
	struct authoring_report report;
	if (authoring_read(folder, p->options, a, &course, &report)) return cli_failure();
	if (!report.good) {
		print_problems(&report, stderr);
		return cli_failed("%s: %zu problems, nothing was packed", folder,
		                  report.problems.n);
	}
	struct pack_report made = { .file = str_of(p->out),
		                    .standard = p->options.scorm_12 ? S("1.2") : S("2004"),
		                    .course = &report };
	if (authoring_pack(course, a, p->out) || measure(p->out, a, &made))
		return cli_failure();
	if (p->json) {
		cli_print_json(&pack_report_shape, &made);
		return CLI_OK;
	}
	print_course(&report);
	printf("%s: %lld bytes\n", p->out, (long long)made.bytes);
	return CLI_OK;
}

/* ---- SOURCES.md ---- */

static int print_sources(const struct packing *p, const char **folder)
{
	struct buf out;
	buf_init(&out, (size_t)16 << 20);
	buf_str(&out, S("# What the keyed answers stand on\n\n"
	                "Made by `./dev docs` from the question banks and facts.tsv.\n"));
	enum err e = ERR_OK;
	for (; *folder && !e; folder++) {
		on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
		struct course *course;
		struct authoring_report report;
		e = authoring_read(*folder, p->options, a, &course, &report);
		if (!e) authoring_sources(course, &out);
	}
	if (!e) cli_print(&out);
	buf_free(&out);
	return e ? cli_failure() : CLI_OK;
}

/* ---- the command ---- */

static int act(struct packing *p, const char **folder)
{
	int64_t port = 0;
	bool old = p->scorm && str_is(str_of(p->scorm), S("1.2"));
	if (p->scorm && !old && !str_is(str_of(p->scorm), S("2004")))
		return cli_wrong("--scorm is 1.2 or 2004");
	if (!folder[0]) return cli_wrong("pack needs the folder of a course");
	if (p->sources) return print_sources(p, folder);
	if (folder[1]) return cli_wrong("pack takes one folder");
	if (p->port && !str_to_int(str_of(p->port), 0, 65535, &port))
		return cli_wrong("--port is a number up to 65535");
	if (p->watch) return cli_preview(folder[0], (int)port);
	p->options.scorm_12 = old;
	if (p->check) {
		p->options.say_in = str_of(p->languages);
		return check_course(p, folder[0]);
	}
	if (!p->out) return cli_wrong("pack needs -o FILE.zip");
	p->options.languages = str_of(p->languages);
	return pack_course(p, folder[0]);
}

int cmd_pack(char **argument)
{
	struct packing p = { 0 };
	const struct option options[] = {
		{ "-o", &p.out, NULL },
		{ "--scorm", &p.scorm, NULL },
		{ "--lang", &p.languages, NULL },
		{ "--port", &p.port, NULL },
		{ "--check", NULL, &p.check },
		{ "--watch", NULL, &p.watch },
		{ "--sources", NULL, &p.sources },
		{ "--json", NULL, &p.json },
	};
	size_t n = 0;
	while (argument[n]) n++;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	const char **folder = arena_alloc(a, (n + 1) * sizeof *folder);
	if (!cli_options(argument, options, countof(options), folder)) return CLI_WRONG;
	if (p.check + p.watch + p.sources > 1)
		return cli_wrong("say one of --check, --watch, --sources");
	return act(&p, folder);
}
