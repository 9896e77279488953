/* SPDX-License-Identifier: Apache-2.0 */
/* `kenes serve`, which is also `kenes` alone. */
#include <stdio.h>
#include <stdlib.h>

#include "app/app.h"
#include "base/log.h"
#include "cli/inside.h"

static void set_level(str word)
{
	static const char *const words[] = { "error", "warn", "info", "debug" };
	for (size_t i = 0; i < countof(words); i++) {
		if (str_is(word, str_of(words[i]))) log_level_set((enum log_level)i);
	}
}

/* Whether anybody said which ports: the defaults are only a wish. */
static bool given(const struct config *config, enum setting which)
{
	return !str_is(str_of(config->from[which]), S("default"));
}

int cmd_serve(char **argument)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)1 << 20);
	struct config config;
	int code = cli_config(a, argument, &config);
	if (code) return code;
	set_level(str_of(config.log));
	struct serve_how how = {
		.free_ports = !given(&config, SETTING_OF_port) &&
		              !given(&config, SETTING_OF_content_port),
		.open_browser = !*argument,
	};
	enum err e = app_serve(&config, how);
	if (!e) return CLI_OK;
	const char *reason = err_last()->reason;
	if (reason && str_is(str_of(reason), S("port-taken")))
		return cli_failed(
			"port %lld or %lld is taken by another program; choose others "
			"with --port and --content-port",
			(long long)config.port, (long long)config.content_port);
	return cli_failure();
}
