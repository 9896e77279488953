/* SPDX-License-Identifier: Apache-2.0 */
/* enrol, sync, sync export, sync import, records. The last three know both roles by the key
 * that lies in the folder. They work while a server runs on the same folder. */
#include <stdio.h>
#include <stdlib.h>

#include "app/app.h"
#include "base/text.h"
#include "cli/inside.h"
#include "cli/sync.h"
#include "people/people.h"
#include "sync/bundle.h"
#include "sync/line.h"
#include "sync/staged.h"

#define MEMORY ((size_t)256 << 20)

/* ---- enrol ---- */

static fallible site_name(struct site *site, struct arena *a, str *out)
{
	struct db *db;
	TRY(store_reader(site->store, &db));
	enum err e = setting_get(db, a, S("site.name"), out);
	store_reader_done(site->store, db);
	if (!out->p) *out = S("");
	return e;
}

static fallible enrol(const char *data, const char *url, const char *code, str contact)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)1 << 20);
	struct site site;
	struct line *line;
	str name = S("");
	TRY(line_open(url, &line));
	enum err e = site_open(data, &site);
	if (!e) {
		e = site_name(&site, a, &name);
		struct site_sync sync = { .store = site.store,
			                  .folder = site.folder,
			                  .identity = &site.identity,
			                  .road = line_road(line) };
		if (!e) e = sync_enrol(&sync, str_of(url), str_of(code), name, contact);
		site_close(&site);
	}
	line_close(line);
	return e;
}

int cmd_enrol(char **argument)
{
	const char *data = NULL, *url = NULL, *code = NULL, *contact = NULL;
	const struct option options[] = { { "--data", &data, NULL },
		                          { "--hub", &url, NULL },
		                          { "--code", &code, NULL },
		                          { "--contact", &contact, NULL } };
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data || !url || !code)
		return cli_wrong("enrol needs --data, --hub and --code");
	return enrol(data, url, code, str_of(contact)) ? cli_failure() : CLI_OK;
}

/* ---- sync ---- */

static void print_report(const struct sync_report *r, bool json)
{
	if (json) {
		cli_print_json(&sync_report_shape, r);
		return;
	}
	printf("sent %lld, known %lld, put aside %lld, unsent %lld of %lld%s\n",
	       (long long)r->sent, (long long)r->known, (long long)r->quarantined,
	       (long long)r->unsent, (long long)r->records,
	       r->agreed ? "; the centre counts the same" : "");
	if (r->forked)
		printf("two copies of this laptop's data are at work: the centre keeps "
		       "both; "
		       "use only one of them from now on\n");
}

static fallible sync_by_line(struct site *site, struct arena *a, struct sync_report *out)
{
	struct db *db;
	struct hub_link link;
	struct line *line;
	TRY(store_reader(site->store, &db));
	enum err e = link_get(db, a, &link);
	store_reader_done(site->store, db);
	if (e) return e;
	TRY(line_open(link.url.p, &line));
	struct site_sync sync = { .store = site->store,
		                  .folder = site->folder,
		                  .identity = &site->identity,
		                  .road = line_road(line),
		                  .apply = site_apply,
		                  .keep = site_keep,
		                  .apply_context = site };
	e = sync_run(&sync, a, out);
	line_close(line);
	return e;
}

int cmd_sync(char **argument)
{
	const char *data = NULL;
	bool json = false;
	const struct option options[] = { { "--data", &data, NULL },
		                          { "--json", NULL, &json } };
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data) return cli_wrong("sync needs --data");
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct site site;
	struct sync_report report = { .total = S("") };
	if (site_open(data, &site)) return cli_failure();
	enum err e = sync_by_line(&site, a, &report);
	site_close(&site);
	if (!e || report.sent || json) print_report(&report, json);
	return e ? cli_failure() : CLI_OK;
}

/* ---- files ---- */

static fallible export_site(const char *data, const char *file, struct arena *a,
                            int64_t *records_out)
{
	struct site site;
	struct buf out;
	TRY(site_open(data, &site));
	struct site_sync sync = { .store = site.store,
		                  .folder = site.folder,
		                  .identity = &site.identity };
	buf_init(&out, BUNDLE_MOST + 4096);
	enum err e = bundle_export(&sync, a, &out, records_out);
	if (!e) e = file_write(file, buf_as_str(&out), 0600);
	buf_free(&out);
	site_close(&site);
	return e;
}

/* Whoever types the command has decided. */
static fallible take_carried(struct site_sync *sync, str bytes, struct arena *a)
{
	struct id id;
	TRY(staged_add(sync, a, bytes, &id));
	return *id.text ? staged_take(sync, a, id_str(&id)) : ERR_OK;
}

static fallible import_site(const char *data, str bytes, struct arena *a,
                            struct sync_report *out)
{
	struct site site;
	TRY(site_open(data, &site));
	struct site_sync sync = { .store = site.store,
		                  .folder = site.folder,
		                  .identity = &site.identity,
		                  .apply = site_apply,
		                  .keep = site_keep,
		                  .apply_context = &site };
	enum err e = bundle_import(&sync, bytes, a, out);
	if (!e && out->carried) e = take_carried(&sync, bytes, a);
	site_close(&site);
	return e;
}

int cmd_sync_export(char **argument)
{
	const char *data = NULL, *file[3] = { NULL };
	bool json = false;
	const struct option options[] = { { "--data", &data, NULL },
		                          { "--json", NULL, &json } };
	if (!cli_options_most(argument, options, countof(options), file, 1))
		return CLI_WRONG;
	if (!data || !file[0]) return cli_wrong("sync export needs --data and one file");
	if (cli_is_hub(data)) return cli_hub_export(data, file[0]);
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	int64_t records = 0;
	if (export_site(data, file[0], a, &records)) return cli_failure();
	printf(json ? "{\"records\":%lld}\n" : "%lld records\n", (long long)records);
	return CLI_OK;
}

int cmd_sync_import(char **argument)
{
	const char *data = NULL, *file[3] = { NULL };
	bool json = false, stage = false;
	const struct option options[] = { { "--data", &data, NULL },
		                          { "--json", NULL, &json },
		                          { "--stage", NULL, &stage } };
	if (!cli_options_most(argument, options, countof(options), file, 1))
		return CLI_WRONG;
	if (!data || !file[0]) return cli_wrong("sync import needs --data and one file");
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	str bytes;
	if (file_read(file[0], BUNDLE_MOST + 4096, a, &bytes)) return cli_failure();
	if (cli_is_hub(data)) return cli_hub_import(data, bytes, stage, json);
	if (stage) return cli_wrong("--stage is for a hub's folder");
	struct sync_report report;
	if (import_site(data, bytes, a, &report)) return cli_failure();
	print_report(&report, json);
	return CLI_OK;
}

/* ---- records ---- */

int cmd_records(char **argument)
{
	const char *data = NULL;
	bool json = false;
	const struct option options[] = { { "--data", &data, NULL },
		                          { "--json", NULL, &json } };
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data) return cli_wrong("records needs --data");
	struct records out = { .role = S("") };
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	enum err e = cli_is_hub(data) ? cli_hub_records(data, a, &out)
	                              : cli_site_records(data, a, &out);
	if (e) return cli_failure();
	cli_print_records(&out, json);
	return CLI_OK;
}
