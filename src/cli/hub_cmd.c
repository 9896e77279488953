/* SPDX-License-Identifier: Apache-2.0 */
/* The centre's commands: hub, hub invite, hub sites, hub revoke, hub bundle. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/time.h"
#include "cli/inside.h"
#include "cli/sync.h"
#include "hub/hub.h"

#define DAY_MS (24 * 60 * 60 * 1000LL)

int cmd_hub(char **argument)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)1 << 20);
	struct config config;
	int code = cli_config(a, argument, &config);
	if (code) return code;
	if (hub_serve(&config, S("Kenes"))) return cli_failure();
	return CLI_OK;
}

/* ---- opening a hub's folder beside the program that serves it ---- */

enum err cli_hub_open(const char *data, struct hub *out)
{
	char path[FILE_PATH];
	struct identity id;
	memset(out, 0, sizeof *out);
	out->name = S("Kenes");
	TRY(file_path(path, data, IDENTITY_HUB));
	if (!file_exists(path))
		return FAIL(ERR_NOT_FOUND,
		            "%.150s is no hub's folder; `kenes hub --data DIR` makes one",
		            data);
	TRY(seal_start());
	TRY(identity_find(data, IDENTITY_HUB, &id));
	identity_wipe(&id);
	return hub_open(data, out);
}

/* ---- invite ---- */

struct inviting {
	char code[CODE_TEXT];
	str scope, label;
	int64_t life_ms;
	struct id id;
};

static enum err invite(struct tx *tx, void *arg)
{
	struct inviting *i = arg;
	return hub_invite_add(tx, str_of(i->code), i->scope, i->label, i->life_ms,
	                      S("command"), &i->id);
}

struct invited {
	str code, id, scope;
	int64_t expires_at;
};
static const struct json_field invited_fields[] = {
	JSON_TEXT(struct invited, code, true, 1, 40),
	JSON_TEXT(struct invited, id, true, 1, 40),
	JSON_TEXT(struct invited, scope, true, 1, 64),
	JSON_INT(struct invited, expires_at, true, 0, INT64_MAX),
};
static const struct shape invited_shape = SHAPE("Invited", struct invited, invited_fields);

/* The hub's key is made here too, so that a code can be had before it first serves. */
static fallible make_code(const char *data, struct inviting *i)
{
	struct hub hub = { .name = S("Kenes") };
	TRY(hub_open(data, &hub));
	code_new(i->code);
	enum err e = store_write(hub.store, invite, i);
	hub_close(&hub);
	return e;
}

int cmd_hub_invite(char **argument)
{
	const char *data = NULL, *scope = NULL, *label = "", *days = "14";
	bool json = false;
	const struct option options[] = {
		{ "--data", &data, NULL },   { "--scope", &scope, NULL },
		{ "--label", &label, NULL }, { "--days", &days, NULL },
		{ "--json", NULL, &json },
	};
	int64_t n;
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data || !scope) return cli_wrong("hub invite needs --data and --scope");
	if (!scope_is(str_of(scope)))
		return cli_wrong(
			"--scope is KZ, a region like KZ-11 or a district in it like "
			"KZ-11/113220100");
	if (!str_to_int(str_of(days), 1, 366, &n))
		return cli_wrong("--days is a number from 1 to 366");
	struct inviting i = { .scope = str_of(scope), .label = str_of(label) };
	i.life_ms = n * DAY_MS;
	if (make_code(data, &i)) return cli_failure();
	struct invited out = { str_of(i.code), id_str(&i.id), i.scope,
		               time_now() + i.life_ms };
	if (json)
		cli_print_json(&invited_shape, &out);
	else
		printf("%s\n", i.code);
	return CLI_OK;
}

/* ---- sites ---- */

int cmd_hub_sites(char **argument)
{
	const char *data = NULL, *scope = "KZ";
	bool json = false;
	const struct option options[] = { { "--data", &data, NULL },
		                          { "--scope", &scope, NULL },
		                          { "--json", NULL, &json } };
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data) return cli_wrong("hub sites needs --data");
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)64 << 20);
	struct hub hub;
	struct db *db;
	struct json_list list = { NULL, 0 };
	if (cli_hub_open(data, &hub)) return cli_failure();
	enum err e = store_reader(hub.store, &db);
	if (!e) {
		e = hub_site_all(db, a, str_of(scope), 100000, &list);
		store_reader_done(hub.store, db);
	}
	hub_close(&hub);
	if (e) return cli_failure();
	const struct hub_site *s = list.items;
	for (size_t i = 0; i < list.n; i++) {
		if (json)
			cli_print_json(&hub_site_shape, &s[i]);
		else
			printf("%.*s  %.*s  %.*s  %lld records%s%s\n", STR_ARG(s[i].id),
			       STR_ARG(s[i].scope), STR_ARG(s[i].name),
			       (long long)s[i].records,
			       s[i].revoked_at != JSON_ABSENT ? ", cut off" : "",
			       s[i].forked_at != JSON_ABSENT ? ", two copies" : "");
	}
	return CLI_OK;
}

struct revoking {
	const struct hub *hub;
	str site, why;
};

static enum err revoke_own(struct tx *tx, void *arg)
{
	const struct revoking *r = arg;
	return hub_revoke_own(tx, r->hub, r->why, S("command"));
}

static enum err revoke(struct tx *tx, void *arg)
{
	const struct revoking *r = arg;
	return hub_site_revoke(tx, r->site, r->why, S("command"));
}

int cmd_hub_revoke(char **argument)
{
	const char *data = NULL, *site = NULL, *why = "lost";
	bool own = false;
	const struct option options[] = { { "--data", &data, NULL },
		                          { "--site", &site, NULL },
		                          { "--own-key", NULL, &own },
		                          { "--why", &why, NULL } };
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data || !site == !own)
		return cli_wrong("hub revoke needs --data and one of --site, --own-key");
	struct hub hub;
	struct revoking r = { &hub, str_of(site), str_of(why) };
	if (cli_hub_open(data, &hub)) return cli_failure();
	enum err e = store_write(hub.store, own ? revoke_own : revoke, &r);
	hub_close(&hub);
	return e ? cli_failure() : CLI_OK;
}
