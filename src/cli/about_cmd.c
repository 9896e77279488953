/* SPDX-License-Identifier: Apache-2.0 */
/* What the program says about itself: help, version, routes, config. */
#include <stdio.h>

#include "api/api.h"
#include "api/describe.h"
#include "app/app.h"
#include "base/log.h"
#include "cli/inside.h"
#include "config/config.h"

#define TEXT_MOST ((size_t)4 << 20)

/* ---- help ---- */
static void help_text(struct buf *out)
{
	buf_str(out,
	        S("Kenes: a training server for a room without internet.\n\n"
	          "kenes                 serves the site in your data folder and opens "
	          "the browser\n"));
	for (size_t i = 0; i < cli_n_commands; i++) {
		const struct command *c = &cli_commands[i];
		buf_printf(out, "\nkenes %s %s\n    %s\n", c->name, c->arguments, c->help);
	}
}

static void help_md(struct buf *out)
{
	buf_str(out, S("# Commands\n\nMade by `kenes help --md`. Exit codes: 0 done; 1 it "
	               "failed, one line on standard error says why; 2 asked wrongly.\n\n"
	               "`kenes` alone serves the site in the user's data folder and opens "
	               "the browser.\n"));
	for (size_t i = 0; i < cli_n_commands; i++) {
		const struct command *c = &cli_commands[i];
		buf_printf(out, "\n## kenes %s\n\n`kenes %s %s`\n\n%s\n", c->name, c->name,
		           c->arguments, c->help);
	}
}

int cmd_help(char **argument)
{
	bool md = false;
	const struct option options[] = { { "--md", NULL, &md } };
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	struct buf text;
	buf_init(&text, TEXT_MOST);
	if (md)
		help_md(&text);
	else
		help_text(&text);
	cli_print(&text);
	buf_free(&text);
	return CLI_OK;
}

/* ---- version ---- */
struct version {
	str name, version;
};
static const struct json_field version_fields[] = {
	JSON_TEXT(struct version, name, true, 1, 40),
	JSON_TEXT(struct version, version, true, 1, 40),
};
static const struct shape version_shape = SHAPE("Version", struct version, version_fields);

int cmd_version(char **argument)
{
	bool json = false;
	const struct option options[] = { { "--json", NULL, &json } };
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (json)
		cli_print_json(&version_shape,
		               &(struct version){ S("kenes"), S(KENES_VERSION) });
	else
		printf("kenes %s\n", KENES_VERSION);
	return CLI_OK;
}

/* ---- routes ---- */
int cmd_routes(char **argument)
{
	bool json = false, ts = false, md = false;
	const struct option options[] = {
		{ "--json", NULL, &json },
		{ "--ts", NULL, &ts },
		{ "--md", NULL, &md },
	};
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (json + ts + md != 1) return cli_wrong("say one of --json, --ts, --md");
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(TEXT_MOST);
	struct buf text;
	buf_init(&text, TEXT_MOST);
	if (ts) describe_ts(a, &text);
	if (md) describe_md(a, &text);
	if (json) {
		struct api_info info;
		describe_api(a, api_routes, api_n_routes, &info);
		json_write(&text, &api_info_shape, &info);
		buf_char(&text, '\n');
	}
	cli_print(&text);
	buf_free(&text);
	return CLI_OK;
}

/* ---- config ---- */
int cli_config(struct arena *a, char **argument, struct config *out)
{
	char folder[FILE_PATH], path[FILE_PATH];
	if (config_read(a, NULL, argument, out))
		return cli_wrong("%s", err_last()->sentence);
	if (site_folder(out->data, folder) || file_path(path, folder, "kenes.conf") ||
	    config_read(a, path, argument, out))
		return cli_failure();
	return CLI_OK;
}

int cmd_config(char **argument)
{
	str what = str_of(*argument);
	bool show = str_is(what, S("show")), check = str_is(what, S("check"));
	bool doc = str_is(what, S("doc")), sample = str_is(what, S("sample"));
	if (!show && !check && !doc && !sample)
		return cli_wrong("say one of show, check, doc, sample");
	if ((doc || sample) && argument[1])
		return cli_wrong("%s is not expected here", argument[1]);
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(TEXT_MOST);
	struct config config;
	int code = show || check ? cli_config(a, argument + 1, &config) : CLI_OK;
	if (code) return code;
	struct buf text;
	buf_init(&text, TEXT_MOST);
	if (show) config_show(&config, &text);
	if (doc) config_doc(&text);
	if (sample) config_sample(&text);
	cli_print(&text);
	buf_free(&text);
	return CLI_OK;
}
