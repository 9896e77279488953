/* SPDX-License-Identifier: Apache-2.0 */
/* kenes hub rebuild: the hub's derived tables, from its records once more. */
#include <stdio.h>

#include "app/app.h"
#include "cli/inside.h"
#include "cli/sync.h"

static void print(const struct hub_rebuilt *out, bool json)
{
	for (size_t i = 0; i < HUB_TABLES; i++) {
		const struct hub_table *t = &out->table[i];
		if (json)
			cli_print_json(&hub_table_shape, t);
		else
			printf("%.*s: %lld rows, %s\n", STR_ARG(t->name), (long long)t->now,
			       t->same ? "the same" : "differed");
	}
	if (!json) printf("%lld records\n", (long long)out->records);
}

int cmd_hub_rebuild(char **argument)
{
	const char *data = NULL;
	bool check = false, json = false, same = true;
	const struct option options[] = { { "--data", &data, NULL },
		                          { "--check", NULL, &check },
		                          { "--json", NULL, &json } };
	struct hub_rebuilt out = { 0 };
	struct hub hub;
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data) return cli_wrong("hub rebuild needs --data");
	if (cli_hub_open(data, &hub)) return cli_failure();
	hub_close(&hub);
	if (hub_rebuild_folder(data, check, &out)) return cli_failure();
	print(&out, json);
	for (size_t i = 0; i < HUB_TABLES; i++) same &= out.table[i].same;
	return check && !same ? cli_failed("what follows from the records is not what is "
	                                   "there: `kenes hub rebuild` puts it right")
	                      : CLI_OK;
}
