/* SPDX-License-Identifier: Apache-2.0 */
/* The centre's commands for what goes down to sites: hub publish …, hub published,
 * hub withdraw, hub export, hub revocations, hub trust. */
#include <stdio.h>

#include "base/file.h"
#include "base/text.h"
#include "certificate/certificate.h"
#include "cli/inside.h"
#include "cli/sync.h"
#include "hub/publish.h"
#include "sync/bundle.h"

#define MEMORY ((size_t)512 << 20)

/* ---- what all kinds take ---- */

struct publishing_cmd {
	const char *data, *scope, *from, *until, *file;
	bool json, mandatory;
	const char *kk, *ru, *en, *logo;
	struct arena *a;
	struct hub hub;
	struct hub_publishing p;
	/* of one kind */
	struct item_news news;
	struct roster_read roster;
	str content;
};

/* False, and the exit code, when the words are wrong. */
static bool read_words(char **argument, struct publishing_cmd *c, const char *what,
                       size_t files)
{
	const char *rest[3] = { NULL };
	const struct option options[] = {
		{ "--data", &c->data, NULL }, { "--scope", &c->scope, NULL },
		{ "--from", &c->from, NULL }, { "--until", &c->until, NULL },
		{ "--kk", &c->kk, NULL },     { "--ru", &c->ru, NULL },
		{ "--en", &c->en, NULL },     { "--logo", &c->logo, NULL },
		{ "--json", NULL, &c->json }, { "--mandatory", NULL, &c->mandatory },
	};
	c->scope = "KZ";
	if (!cli_options_most(argument, options, countof(options), rest, 1)) return false;
	c->file = rest[0];
	if (!c->data || (files && !c->file) || (!files && c->file)) {
		cli_wrong("hub publish %s needs --data%s", what,
		          files ? " and one file" : " and no file");
		return false;
	}
	c->p = (struct hub_publishing){ .scope = str_of(c->scope),
		                        .who = S("command"),
		                        .not_before = str_of(c->from),
		                        .not_after = str_of(c->until) };
	return true;
}

static int give(struct publishing_cmd *c, enum err e)
{
	if (e) return cli_failure();
	if (c->json)
		cli_print_json(&hub_publication_shape, &c->p.out);
	else
		printf("%.*s\n", STR_ARG(c->p.out.id));
	return CLI_OK;
}

static fallible write_it(struct publishing_cmd *c, write_fn *run)
{
	TRY(cli_hub_open(c->data, &c->hub));
	enum err e = store_write(c->hub.store, run, c);
	hub_close(&c->hub);
	return e;
}

/* ---- a course ---- */

static fallible publish_course(struct publishing_cmd *c, struct import_report *report)
{
	TRY(cli_hub_open(c->data, &c->hub));
	enum err e = hub_publish_course(&c->hub, c->file, c->a, &c->p, report);
	hub_close(&c->hub);
	return e;
}

int cmd_hub_publish_course(char **argument)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct publishing_cmd *c = arena_new(a, struct publishing_cmd);
	struct import_report report = { 0 };
	c->a = a;
	if (!read_words(argument, c, "course", 1)) return CLI_WRONG;
	enum err e = publish_course(c, &report);
	struct err_note note = *err_last();
	if (!c->json && report.findings.n) cli_print_findings(&report);
	if (e) err_restore(&note);
	return give(c, e);
}

/* ---- an announcement ---- */

static enum err tell(struct tx *tx, void *arg)
{
	struct publishing_cmd *c = arg;
	return hub_publish_news(tx, c->a, &c->news, &c->p);
}

int cmd_hub_publish_news(char **argument)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)1 << 20);
	struct publishing_cmd *c = arena_new(a, struct publishing_cmd);
	c->a = a;
	if (!read_words(argument, c, "news", 0)) return CLI_WRONG;
	if (!c->kk || !c->ru) return cli_wrong("hub publish news needs --kk and --ru");
	c->news = (struct item_news){ .kk = str_of(c->kk),
		                      .ru = str_of(c->ru),
		                      .en = str_of(c->en) };
	return give(c, write_it(c, tell));
}

/* ---- a list of people ---- */

static enum err list_people(struct tx *tx, void *arg)
{
	struct publishing_cmd *c = arg;
	return hub_publish_roster(tx, c->a, &c->roster, &c->p);
}

static fallible publish_roster(struct publishing_cmd *c)
{
	str text;
	TRY(file_read(c->file, (size_t)2 << 20, c->a, &text));
	TRY(roster_read_csv(c->a, text, &c->roster));
	const struct roster_refused *r = c->roster.refused.items;
	for (size_t i = 0; i < c->roster.refused.n; i++)
		fprintf(stderr, "line %lld left out: %.*s\n", (long long)r[i].line,
		        STR_ARG(r[i].why));
	return write_it(c, list_people);
}

int cmd_hub_publish_roster(char **argument)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct publishing_cmd *c = arena_new(a, struct publishing_cmd);
	c->a = a;
	if (!read_words(argument, c, "roster", 1)) return CLI_WRONG;
	if (!c->until) return cli_wrong("hub publish roster needs --until YYYY-MM-DD");
	return give(c, publish_roster(c));
}

/* ---- the look of certificates ---- */

static enum err send_look(struct tx *tx, void *arg)
{
	struct publishing_cmd *c = arg;
	return hub_publish_template(tx, c->a, c->content, &c->p);
}

static fallible read_logo(struct publishing_cmd *c, str *out)
{
	str bytes;
	if (!c->logo) return ERR_OK;
	TRY(file_read(c->logo, LOGO_MOST, c->a, &bytes));
	if (!template_logo_is(bytes))
		return FAIL(ERR_INVALID, "%s is no JPEG picture", c->logo);
	char *text = arena_alloc(c->a, bytes.n * 4 / 3 + 4);
	text_base64url((const uint8_t *)bytes.p, bytes.n, text);
	*out = str_of(text);
	return ERR_OK;
}

static fallible publish_look(struct publishing_cmd *c)
{
	str text;
	struct template look;
	struct facts none = { 0 };
	struct centre_template t = { .look = &look, .mandatory = c->mandatory };
	struct buf out;
	TRY(file_read(c->file, (size_t)1 << 20, c->a, &text));
	TRY(json_read(text, &template_shape, JSON_STRICT, c->a, &look));
	TRY(read_logo(c, &t.logo));
	if (sheet_lacks(&none, &look))
		return FAIL(ERR_INVALID, "the template has a sign that cannot be printed");
	look.logo = t.logo.n > 0;
	look.centre = STR_NONE;
	c->p.title = look.title;
	buf_init(&out, (size_t)1 << 20);
	json_write(&out, &centre_template_shape, &t);
	c->content = arena_copy(c->a, buf_as_str(&out));
	buf_free(&out);
	return write_it(c, send_look);
}

int cmd_hub_publish_template(char **argument)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct publishing_cmd *c = arena_new(a, struct publishing_cmd);
	c->a = a;
	if (!read_words(argument, c, "template", 1)) return CLI_WRONG;
	return give(c, publish_look(c));
}

/* ---- looking and taking back ---- */

static void print_publication(const struct hub_publication *p, bool json)
{
	if (json)
		cli_print_json(&hub_publication_shape, p);
	else
		printf("%.*s  %-8.*s  %.*s  %lld of %lld sites  %.*s%s\n", STR_ARG(p->id),
		       STR_ARG(p->kind), STR_ARG(p->scope), (long long)p->have,
		       (long long)p->sites, STR_ARG(p->title),
		       p->ended_at != JSON_ABSENT ? "  (ended)" : "");
}

int cmd_hub_published(char **argument)
{
	const char *data = NULL, *scope = "KZ", *kind = "";
	bool json = false;
	const struct option options[] = { { "--data", &data, NULL },
		                          { "--scope", &scope, NULL },
		                          { "--kind", &kind, NULL },
		                          { "--json", NULL, &json } };
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data) return cli_wrong("hub published needs --data");
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)16 << 20);
	struct hub hub;
	struct db *db;
	struct json_list list = { NULL, 0 };
	if (cli_hub_open(data, &hub)) return cli_failure();
	enum err e = store_reader(hub.store, &db);
	if (!e) {
		e = hub_publication_all(db, a, str_of(scope), str_of(kind), &list);
		store_reader_done(hub.store, db);
	}
	hub_close(&hub);
	if (e) return cli_failure();
	const struct hub_publication *p = list.items;
	for (size_t i = 0; i < list.n; i++) print_publication(&p[i], json);
	return CLI_OK;
}

static enum err end_it(struct tx *tx, void *id)
{
	return hub_publication_end(tx, S("KZ"), *(const str *)id, S("command"));
}

int cmd_hub_withdraw(char **argument)
{
	const char *data = NULL, *rest[2] = { NULL };
	const struct option options[] = { { "--data", &data, NULL } };
	if (!cli_options_most(argument, options, countof(options), rest, 1))
		return CLI_WRONG;
	if (!data || !rest[0]) return cli_wrong("hub withdraw needs --data and one id");
	struct hub hub;
	str id = str_of(rest[0]);
	if (cli_hub_open(data, &hub)) return cli_failure();
	enum err e = store_write(hub.store, end_it, &id);
	hub_close(&hub);
	return e ? cli_failure() : CLI_OK;
}

/* ---- files ---- */

static fallible export_items(const char *data, struct hub_export *how, const char *file)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct hub hub;
	struct buf out;
	TRY(cli_hub_open(data, &hub));
	buf_init(&out, BUNDLE_MOST + 4096);
	enum err e = hub_items_export(&hub, a, how, &out);
	if (!e) e = file_write(file, buf_as_str(&out), 0600);
	buf_free(&out);
	hub_close(&hub);
	return e;
}

int cmd_hub_export(char **argument)
{
	const char *data = NULL, *site = NULL, *mb = "60", *rest[2] = { NULL };
	const struct option options[] = { { "--data", &data, NULL },
		                          { "--site", &site, NULL },
		                          { "--courses-mb", &mb, NULL } };
	int64_t most;
	if (!cli_options_most(argument, options, countof(options), rest, 1))
		return CLI_WRONG;
	if (!data || !site || !rest[0])
		return cli_wrong("hub export needs --data, --site and one file");
	if (!str_to_int(str_of(mb), 0, 60, &most))
		return cli_wrong("--courses-mb is a number from 0 to 60");
	struct hub_export how = { .site = str_of(site),
		                  .course_most = most << 20,
		                  .most = BUNDLE_MOST - (1 << 20) };
	if (export_items(data, &how, rest[0])) return cli_failure();
	printf("%lld items, %lld courses, %lld courses left out\n", (long long)how.items,
	       (long long)how.courses, (long long)how.left_out);
	return CLI_OK;
}

static int give_list(char **argument, const char *name,
                     enum err (*make)(struct hub *, struct arena *, str *))
{
	const char *data = NULL, *file = NULL;
	const struct option options[] = { { "--data", &data, NULL },
		                          { "-o", &file, NULL } };
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data) return cli_wrong("hub %s needs --data", name);
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)256 << 20);
	struct hub hub;
	str text = S("");
	if (cli_hub_open(data, &hub)) return cli_failure();
	enum err e = make(&hub, a, &text);
	hub_close(&hub);
	if (!e && file) e = file_write(file, text, 0644);
	if (e) return cli_failure();
	if (!file) fwrite(text.p, 1, text.n, stdout);
	return CLI_OK;
}

int cmd_hub_revocations(char **argument)
{
	return give_list(argument, "revocations", hub_revocations);
}

int cmd_hub_trust(char **argument)
{
	return give_list(argument, "trust", hub_trust);
}
