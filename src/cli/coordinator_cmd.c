/* SPDX-License-Identifier: Apache-2.0 */
/* hub setup: the first coordinator, and the way back in when phone and password are lost.
 * Only who has the hub's folder can do this. */
#include <stdio.h>

#include "cli/inside.h"
#include "hub/coordinators.h"
#include "hub/hub.h"
#include "sync/code.h"

struct setting_up_hub {
	struct coordinator_new in;
	char code[CODE_TEXT];
	struct id id;
};

static enum err set_up(struct tx *tx, void *arg)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(64 << 10);
	struct setting_up_hub *s = arg;
	struct coordinator there;
	str code = str_of(s->code);
	enum err e = coordinator_find(tx_db(tx), a, s->in.login, &there);
	if (e == ERR_NOT_FOUND)
		return coordinator_add(tx, &s->in, code, S("command"), &s->id);
	TRY(e);
	return coordinator_code(tx, there.id, code, S("command"));
}

static fallible make(const char *data, struct setting_up_hub *s)
{
	struct hub hub = { .name = S("Kenes") };
	TRY(hub_open(data, &hub));
	code_new(s->code);
	enum err e = store_write_as(hub.store, STORE_SECRETS, set_up, s);
	hub_close(&hub);
	return e;
}

int cmd_hub_setup(char **argument)
{
	const char *data = NULL, *name = NULL, *login = NULL, *language = "ru";
	const struct option options[] = {
		{ "--data", &data, NULL },
		{ "--name", &name, NULL },
		{ "--login", &login, NULL },
		{ "--language", &language, NULL },
	};
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data || !name || !*name || !login || !*login)
		return cli_wrong("hub setup needs --data, --name and --login");
	struct setting_up_hub s = {
		.in = { str_of(name), str_of(login), S("national"), S("KZ"),
		        str_of(language) },
	};
	if (make(data, &s)) return cli_failure();
	printf("%s\n", s.code);
	fputs("Open the hub's page /start within 7 days and type the login and this "
	      "code.\n",
	      stderr);
	return CLI_OK;
}
