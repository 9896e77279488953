/* SPDX-License-Identifier: Apache-2.0 */
/* Which records are here: counts and sums of ids by site and epoch, the same on both sides;
 * and files on a hub's side. */
#include <stdio.h>

#include "app/app.h"
#include "base/text.h"
#include "cli/inside.h"
#include "cli/sync.h"
#include "sync/bundle.h"

#define EPOCHS_MOST 100000

bool cli_is_hub(const char *data)
{
	char path[FILE_PATH];
	return !file_path(path, data, IDENTITY_HUB) && file_exists(path);
}

static const struct json_field records_fields[] = {
	JSON_TEXT(struct records, role, true, 1, 10),
	JSON_INT(struct records, records, true, 0, INT64_MAX),
	JSON_TEXT(struct records, total, true, 64, 64),
	JSON_LIST(struct records, epochs, true, EPOCHS_MOST, hub_epoch_shape),
};
static const struct shape records_shape = SHAPE("Records", struct records, records_fields);

static str hex_of(struct arena *a, const uint8_t total[RECORD_ID])
{
	char *hex = arena_alloc(a, 2 * RECORD_ID + 1);
	text_hex(total, RECORD_ID, hex);
	return str_of(hex);
}

static void sum_up(struct records *r, struct arena *a)
{
	struct record_sum sum = { { 0 } };
	const struct hub_epoch *e = r->epochs.items;
	for (size_t i = 0; i < r->epochs.n; i++) {
		uint8_t one[RECORD_ID];
		r->records += e[i].records;
		if (text_unhex(e[i].total, one, RECORD_ID)) record_sum_add(&sum, one);
	}
	r->total = hex_of(a, sum.bytes);
}

static fallible read_hub(struct db *db, struct arena *a, struct records *out)
{
	struct hub_epoch *all = arena_alloc(a, EPOCHS_MOST * sizeof *all);
	int64_t site = 0, epoch = 0;
	size_t n = 0;
	for (;;) {
		struct json_list page;
		TRY(hub_epoch_all(db, a, &site, &epoch, &page));
		for (size_t i = 0; i < page.n && n < EPOCHS_MOST; i++)
			all[n++] = ((const struct hub_epoch *)page.items)[i];
		if (page.n < 500) break;
	}
	*out = (struct records){ .role = S("hub"), .epochs = { all, n } };
	sum_up(out, a);
	return ERR_OK;
}

enum err cli_hub_records(const char *data, struct arena *a, struct records *out)
{
	struct hub hub;
	struct db *db;
	TRY(cli_hub_open(data, &hub));
	enum err e = store_reader(hub.store, &db);
	if (!e) {
		e = read_hub(db, a, out);
		store_reader_done(hub.store, db);
	}
	hub_close(&hub);
	return e;
}

static fallible read_site(struct db *db, struct arena *a, struct records *out)
{
	struct json_list epochs;
	TRY(journal_epochs(db, a, &epochs));
	const struct journal_epoch *e = epochs.items;
	struct hub_epoch *all = arena_alloc(a, (epochs.n + 1) * sizeof *all);
	for (size_t i = 0; i < epochs.n; i++)
		all[i] = (struct hub_epoch){ .site = e[i].site,
			                     .epoch = e[i].epoch,
			                     .records = e[i].seq,
			                     .through = e[i].through,
			                     .last = e[i].seq,
			                     .branches = 1,
			                     .total = hex_of(a, e[i].total.bytes) };
	*out = (struct records){ .role = S("site"), .epochs = { all, epochs.n } };
	sum_up(out, a);
	return ERR_OK;
}

enum err cli_site_records(const char *data, struct arena *a, struct records *out)
{
	struct site site;
	struct db *db;
	TRY(site_open(data, &site));
	enum err e = store_reader(site.store, &db);
	if (!e) {
		e = read_site(db, a, out);
		store_reader_done(site.store, db);
	}
	site_close(&site);
	return e;
}

void cli_print_records(const struct records *r, bool json)
{
	if (json) {
		cli_print_json(&records_shape, r);
		return;
	}
	const struct hub_epoch *e = r->epochs.items;
	for (size_t i = 0; i < r->epochs.n; i++)
		printf("%.*s  epoch %lld  %lld records  %.*s%s\n", STR_ARG(e[i].site),
		       (long long)e[i].epoch, (long long)e[i].records, STR_ARG(e[i].total),
		       e[i].branches > 1 ? "  two copies" : "");
	printf("%lld records  %.*s\n", (long long)r->records, STR_ARG(r->total));
}

/* ---- files on a hub's side ---- */

static fallible export_receipts(struct hub *hub, const char *file)
{
	struct db *db;
	struct buf out;
	buf_init(&out, BUNDLE_MOST);
	TRY(store_reader(hub->store, &db));
	enum err e = hub_import_receipts(db, S(""), &out);
	store_reader_done(hub->store, db);
	if (!e) e = file_write(file, buf_as_str(&out), 0600);
	buf_free(&out);
	return e;
}

int cli_hub_export(const char *data, const char *file)
{
	struct hub hub;
	if (cli_hub_open(data, &hub)) return cli_failure();
	enum err e = export_receipts(&hub, file);
	hub_close(&hub);
	return e ? cli_failure() : CLI_OK;
}

static fallible import_bundle(struct hub *hub, str bytes, bool stage, struct arena *a,
                              struct json_list *out)
{
	TRY(hub_import_stage(hub, bytes, S("command"), a, out));
	struct hub_import *import = (struct hub_import *)(uintptr_t)out->items;
	for (size_t i = 0; !stage && i < out->n; i++) {
		TRY(hub_import_confirm(hub, import[i].id, S("command")));
		import[i].settled = S("confirmed");
	}
	return ERR_OK;
}

int cli_hub_import(const char *data, str bytes, bool stage, bool json)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(2 * BUNDLE_MOST);
	struct hub hub;
	struct json_list list = { NULL, 0 };
	if (cli_hub_open(data, &hub)) return cli_failure();
	enum err e = import_bundle(&hub, bytes, stage, a, &list);
	hub_close(&hub);
	if (e) return cli_failure();
	const struct hub_import *i = list.items;
	for (size_t k = 0; k < list.n; k++) {
		if (json)
			cli_print_json(&hub_import_shape, &i[k]);
		else
			printf("%.*s  %lld records, %lld new  %s\n", STR_ARG(i[k].id),
			       (long long)i[k].records, (long long)i[k].fresh,
			       i[k].settled.p ? i[k].settled.p : "waits");
	}
	return CLI_OK;
}

/* ---- deciding about a staged file ---- */

int cmd_hub_bundle(char **argument)
{
	const char *data = NULL, *confirm = NULL, *undo = NULL;
	const struct option options[] = { { "--data", &data, NULL },
		                          { "--confirm", &confirm, NULL },
		                          { "--undo", &undo, NULL } };
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data || !confirm == !undo)
		return cli_wrong("hub bundle needs --data and one of --confirm, --undo");
	struct hub hub;
	if (cli_hub_open(data, &hub)) return cli_failure();
	enum err e = confirm ? hub_import_confirm(&hub, str_of(confirm), S("command"))
	                     : hub_import_undo(&hub, str_of(undo), S("command"));
	hub_close(&hub);
	return e ? cli_failure() : CLI_OK;
}
