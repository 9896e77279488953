/* SPDX-License-Identifier: Apache-2.0 */
/* attempt show: what explains an attempt's result. Works while a server runs on the folder.
 */
#include <math.h>
#include <stdio.h>

#include "app/app.h"
#include "cli/inside.h"
#include "runtime/attempt_file.h"

#define MEMORY ((size_t)256 << 20)

static void print_row(const struct insight_row *r)
{
	printf("%-12.*s %-8.*s %-16.*s", STR_ARG(r->completion), STR_ARG(r->success),
	       STR_ARG(r->why));
	if (!isnan(r->score)) printf(" %3.0f %%", r->score * 100);
	printf("  %.*s\n", STR_ARG(r->title));
}

static void print(const struct attempt_file *f, bool json)
{
	if (json) {
		cli_print_json(&attempt_file_shape, f);
		return;
	}
	printf("%.*s, %.*s: %.*s, %.*s, %zu of its commits disputed\n",
	       STR_ARG(f->course_title), STR_ARG(f->standard), STR_ARG(f->completion),
	       STR_ARG(f->success), f->disputes.n);
	const struct insight_row *rows = f->activities.items;
	for (size_t i = 0; i < f->activities.n; i++) print_row(&rows[i]);
}

/* What is printed borrows from the packages: they stay open until then. */
static fallible show_from(struct player *p, str id, bool json)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct attempt_file file;
	struct db *db;
	TRY(store_reader(p->store, &db));
	enum err e = attempt_file_read(p, db, a, id, true, &file);
	store_reader_done(p->store, db);
	if (!e) print(&file, json);
	return e;
}

static fallible show(const char *data, str id, bool json)
{
	struct site site;
	struct player player;
	TRY(site_open(data, &site));
	player_init(&player, site.store, site.shelf);
	enum err e = show_from(&player, id, json);
	player_free(&player);
	site_close(&site);
	return e;
}

int cmd_attempt_show(char **argument)
{
	const char *data = NULL, *rest[2];
	bool json = false;
	const struct option options[] = { { "--data", &data, NULL },
		                          { "--json", NULL, &json } };
	if (!cli_options_most(argument, options, countof(options), rest, 1))
		return CLI_WRONG;
	if (!data || !rest[0]) return cli_wrong("attempt show needs --data and an id");
	return show(data, str_of(rest[0]), json) ? cli_failure() : CLI_OK;
}
