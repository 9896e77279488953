/* SPDX-License-Identifier: Apache-2.0 */
/* hub retention: how long a hub keeps things; doing it now. */
#include <stdio.h>

#include "cli/inside.h"
#include "cli/sync.h"
#include "hub/retention.h"

static enum err set_rule(struct tx *tx, void *arg)
{
	return retention_set(tx, arg, S("command"));
}

static fallible read_rule(struct hub *hub, struct retention *out)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)4 << 20);
	struct db *db;
	TRY(store_reader(hub->store, &db));
	enum err e = retention_get(db, a, out);
	store_reader_done(hub->store, db);
	return e;
}

static void tell(const char *what, int64_t months)
{
	if (months)
		printf("%s: %lld months\n", what, (long long)months);
	else
		printf("%s: for ever\n", what);
}

static fallible tell_rule(struct hub *hub, bool json)
{
	struct retention r;
	TRY(read_rule(hub, &r));
	if (json) {
		cli_print_json(&retention_shape, &r);
		return ERR_OK;
	}
	tell("details of attempts", r.details_months);
	tell("names of people without a certificate", r.names_months);
	printf("over now: %lld names\n", (long long)r.due_names);
	return ERR_OK;
}

static fallible run_now(struct hub *hub, bool json)
{
	struct retention_ran ran;
	TRY(retention_run(hub, S("command"), NULL, &ran));
	if (json)
		cli_print_json(&retention_ran_shape, &ran);
	else
		printf("details of %lld results, %lld names\n", (long long)ran.details,
		       (long long)ran.names);
	return ERR_OK;
}

/* NULL: as it is. */
static fallible change(struct hub *hub, const int64_t *details, const int64_t *names)
{
	struct retention now;
	TRY(read_rule(hub, &now));
	struct retention_new next = { details ? *details : now.details_months,
		                      names ? *names : now.names_months };
	return store_write(hub->store, set_rule, &next);
}

int cmd_hub_retention(char **argument)
{
	const char *data = NULL, *details = NULL, *names = NULL;
	bool run = false, json = false;
	const struct option options[] = {
		{ "--data", &data, NULL },   { "--details", &details, NULL },
		{ "--names", &names, NULL }, { "--run", NULL, &run },
		{ "--json", NULL, &json },
	};
	int64_t d = 0, n = 0;
	struct hub hub;
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data) return cli_wrong("hub retention needs --data");
	if ((details && !str_to_int(str_of(details), 0, RETENTION_MONTHS_MOST, &d)) ||
	    (names && !str_to_int(str_of(names), 0, RETENTION_MONTHS_MOST, &n)))
		return cli_wrong("--details and --names are months, 0 to 600; 0: for ever");
	if (cli_hub_open(data, &hub)) return cli_failure();
	enum err e = ERR_OK;
	if (details || names) e = change(&hub, details ? &d : NULL, names ? &n : NULL);
	if (!e) e = run ? run_now(&hub, json) : tell_rule(&hub, json);
	hub_close(&hub);
	return e ? cli_failure() : CLI_OK;
}
