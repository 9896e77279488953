/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands share. Nobody else includes it. */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/json.h"
#include "config/config.h"

struct command {
	const char *name;            /* "event new" */
	const char *arguments;       /* "--data DIR --title T [--courses all] [--json]" */
	const char *help;            /* one sentence */
	int (*run)(char **argument); /* what follows the name; NULL at the end */
};
extern const struct command cli_commands[];
extern const size_t cli_n_commands;

/* ---- options ---- */
struct option {
	const char *name;   /* "--data" */
	const char **value; /* takes a value … */
	bool *flag;         /* … or none */
};
/* Reads `--name value`, `--name=value` and flags; what is no option goes to `rest` (room
 * for all arguments and a NULL; NULL: nothing may be left over). False, and a line on
 * stderr, for what is not known. */
bool cli_options(char **argument, const struct option *, size_t n, const char **rest);

/* The same with at most `most` that are no options; `rest` has room for one more. */
bool cli_options_most(char **argument, const struct option *, size_t n, const char **rest,
                      size_t most);

/* The settings by default, kenes.conf, environment and `argument`. An exit code: 0 is good.
 */
int cli_config(struct arena *, char **argument, struct config *out);

/* ---- saying how it went ---- */
enum { CLI_OK = 0, CLI_FAILED = 1, CLI_WRONG = 2 };
int cli_wrong(const char *format, ...) printf_like(1, 2);  /* the sentence; gives 2 */
int cli_failed(const char *format, ...) printf_like(1, 2); /* the sentence; gives 1 */
int cli_failure(void); /* the thread's last failure; gives 1 */
void cli_print(const struct buf *);
void cli_print_json(const struct shape *, const void *);

/* What was found in a package, in English. */
struct import_report;
void cli_print_findings(const struct import_report *);

/* Serves the pages of a course's folder until Ctrl-C; an exit code. */
int cli_preview(const char *folder, int port);

/* ---- the commands ---- */
int cmd_serve(char **);
int cmd_setup(char **);
int cmd_import(char **);
int cmd_event_new(char **);
int cmd_certificate_issue(char **);
int cmd_certificate_pdf(char **);
int cmd_certificate_token(char **);
int cmd_certificate_openbadge(char **);
int cmd_certificate_correct(char **);
int cmd_certificate_revoke(char **);
int cmd_certificate_revocations(char **);
int cmd_certificate_trust(char **);
int cmd_verify(char **);
int cmd_check(char **);
int cmd_pack(char **);
int cmd_doctor(char **);
int cmd_attempt_show(char **);
int cmd_scorm_run(char **);
int cmd_scorm_suite(char **);
int cmd_scorm_judge(char **);
int cmd_hub(char **);
int cmd_hub_setup(char **);
int cmd_hub_invite(char **);
int cmd_hub_sites(char **);
int cmd_hub_revoke(char **);
int cmd_hub_bundle(char **);
int cmd_hub_retention(char **);
int cmd_hub_publish_course(char **);
int cmd_hub_publish_news(char **);
int cmd_hub_publish_roster(char **);
int cmd_hub_publish_template(char **);
int cmd_hub_published(char **);
int cmd_hub_withdraw(char **);
int cmd_hub_export(char **);
int cmd_hub_revocations(char **);
int cmd_hub_trust(char **);
int cmd_hub_rebuild(char **);
int cmd_enrol(char **);
int cmd_sync(char **);
int cmd_sync_export(char **);
int cmd_sync_import(char **);
int cmd_records(char **);
int cmd_routes(char **);
int cmd_config(char **);
int cmd_version(char **);
int cmd_help(char **);
