/* SPDX-License-Identifier: Apache-2.0 */
/* Commands that write to a site: setup, import, event new. They work while a server runs on
 * the same folder: SQLite lets both write in turn, and the server looks a new package up
 * when it is first asked for. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/time.h"
#include "cli/inside.h"
#include "people/people.h"
#include "training/training.h"

#define MEMORY ((size_t)256 << 20)

/* ---- setup ---- */
struct setting_up {
	str site, trainer;
	const char *hash;
};

static enum err set_up(struct tx *tx, void *arg)
{
	struct setting_up *s = arg;
	bool there;
	TRY(trainer_exists(tx_db(tx), &there));
	if (there)
		return FAIL_WHY(ERR_CONFLICT, "set-up-already",
		                "this site has been set up already");
	TRY(setting_set(tx, S("site.name"), s->site));
	TRY(setting_set(tx, S("site.language"), S("ru")));
	struct id id;
	return trainer_add(tx, s->trainer, s->trainer, s->hash, S("ru"), &id);
}

/* The first line of a file, or of the standard input for "-". */
static fallible read_password(const char *from, char *out, size_t room)
{
	FILE *f = str_is(str_of(from), S("-")) ? stdin : fopen(from, "re");
	if (!f) return FAIL(ERR_IO, "%s cannot be read", from);
	bool got = fgets(out, (int)room, f) != NULL;
	if (f != stdin) fclose(f);
	if (!got) return FAIL(ERR_INVALID, "no password in %s", from);
	out[strcspn(out, "\r\n")] = 0;
	if (str_runes(str_of(out)) < 8)
		return FAIL(ERR_INVALID, "the password is shorter than 8 characters");
	return ERR_OK;
}

static fallible setup(const char *data, struct setting_up *s, const char *password_file)
{
	char password[1024], hash[SEAL_PASSWORD];
	TRY(read_password(password_file, password, sizeof(password)));
	struct site site;
	TRY(site_open(data, &site));
	enum err e = seal_password(str_of(password), hash);
	seal_wipe(password, sizeof(password));
	s->hash = hash;
	if (!e) e = store_write_as(site.store, STORE_SECRETS | STORE_SETTINGS, set_up, s);
	site_close(&site);
	return e;
}

int cmd_setup(char **argument)
{
	const char *data = NULL, *site = NULL, *trainer = NULL, *file = NULL;
	const struct option options[] = {
		{ "--data", &data, NULL },
		{ "--site", &site, NULL },
		{ "--trainer", &trainer, NULL },
		{ "--password-file", &file, NULL },
	};
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data || !site || !*site || !trainer || !*trainer || !file)
		return cli_wrong(
			"setup needs --data, --site, --trainer and --password-file");
	struct setting_up s = { str_of(site), str_of(trainer), NULL };
	return setup(data, &s, file) ? cli_failure() : CLI_OK;
}

/* ---- import ---- */
static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

void cli_print_findings(const struct import_report *r)
{
	const struct finding *f = r->findings.items;
	for (size_t i = 0; i < r->findings.n; i++)
		printf("  %.*s: %.*s\n", STR_ARG(f[i].level), STR_ARG(f[i].en));
}

static void print_report(const char *path, const struct import_report *r, bool refused)
{
	printf("%s: %s\n", base_name(path),
	       refused      ? "refused"
	       : r->already ? "here already"
	                    : "imported");
	if (!refused)
		printf("  %.*s, %.*s, %lld activities, %lld files\n", STR_ARG(r->title),
		       STR_ARG(r->standard), (long long)r->activities, (long long)r->files);
	cli_print_findings(r);
}

/* Whether the package is in. What went wrong is on stderr. */
static bool import_one(struct site *site, const char *path, bool json)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct import_report report = { 0 };
	enum err e = package_import_file(site->shelf, path, a, &report);
	struct err_note note = *err_last();
	if (!e || e == ERR_REFUSED) {
		if (json)
			cli_print_json(&import_report_shape, &report);
		else
			print_report(path, &report, e == ERR_REFUSED);
	}
	if (e) cli_failed("%s: %s", base_name(path), note.sentence);
	return !e;
}

int cmd_import(char **argument)
{
	const char *data = NULL;
	bool json = false;
	const struct option options[] = {
		{ "--data", &data, NULL },
		{ "--json", NULL, &json },
	};
	size_t n = 0;
	while (argument[n]) n++;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(0);
	const char **file = arena_alloc(a, (n + 1) * sizeof(*file));
	if (!cli_options(argument, options, countof(options), file)) return CLI_WRONG;
	if (!data || !file[0]) return cli_wrong("import needs --data and a file");
	struct site site;
	if (site_open(data, &site)) return cli_failure();
	int code = CLI_OK;
	for (const char **f = file; *f; f++) {
		if (!import_one(&site, *f, json)) code = CLI_FAILED;
	}
	site_close(&site);
	return code;
}

/* ---- event new ---- */
struct adding {
	struct arena *arena;
	struct event_new in;
	struct id id;
	char code[7];
};

static enum err add(struct tx *tx, void *arg)
{
	struct adding *job = arg;
	return event_add(tx, job->arena, &job->in, &job->id, job->code);
}

struct event_made {
	str code, id, path;
};
static const struct json_field event_made_fields[] = {
	JSON_TEXT(struct event_made, code, true, 1, 10),
	JSON_TEXT(struct event_made, id, true, 1, 40),
	JSON_TEXT(struct event_made, path, true, 1, 40),
};
static const struct shape event_made_shape =
	SHAPE("EventMade", struct event_made, event_made_fields);

/* "all" or ids separated by commas. */
static struct json_list course_ids(struct arena *a, const char *courses)
{
	size_t most = strlen(courses) / 2 + 1, n = 0;
	str *id = arena_alloc(a, most * sizeof(*id));
	str rest = str_of(courses), piece;
	while (n < most && str_cut(&rest, ',', &piece)) {
		if (str_trim(piece).n) id[n++] = str_trim(piece);
	}
	return (struct json_list){ id, n };
}

static fallible add_event(const char *data, struct adding *job)
{
	struct site site;
	TRY(site_open(data, &site));
	enum err e = store_write(site.store, add, job);
	site_close(&site);
	return e;
}

int cmd_event_new(char **argument)
{
	const char *data = NULL, *title = NULL, *place = "", *date = "", *courses = "all";
	bool json = false;
	const struct option options[] = {
		{ "--data", &data, NULL },   { "--title", &title, NULL },
		{ "--place", &place, NULL }, { "--date", &date, NULL },
		{ "--json", NULL, &json },   { "--courses", &courses, NULL },
	};
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data || !title || !*title)
		return cli_wrong("event new needs --data and --title");
	if (*date && !time_is_date(str_of(date)))
		return cli_wrong("--date is a day like 2026-11-23");
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)1 << 20);
	struct adding job = { .arena = a };
	job.in.title = str_of(title);
	job.in.place = str_of(place);
	job.in.held_on = str_of(date);
	job.in.all_courses = str_is(str_of(courses), S("all"));
	if (!job.in.all_courses) job.in.courses = course_ids(a, courses);
	if (add_event(data, &job)) return cli_failure();
	str path = arena_printf(a, "/j/%s", job.code);
	if (json)
		cli_print_json(
			&event_made_shape,
			&(struct event_made){ str_of(job.code), id_str(&job.id), path });
	else
		printf("%s\n", job.code);
	return CLI_OK;
}
