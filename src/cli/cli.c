/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/log.h"
#include "cli/inside.h"

const struct command cli_commands[] = {
	{ "serve", "[--data DIR] [--port N] [--content-port M] [--listen ADDRESS]",
	  "Serves the site. Without a port it looks for a free one, 80 first.", cmd_serve },
	{ "setup", "--data DIR --site NAME --trainer NAME --password-file FILE|-",
	  "Makes the site and its trainer, who signs in by that name.", cmd_setup },
	{ "import", "--data DIR FILE… [--json]",
	  "Imports course packages and says what was found in them.", cmd_import },
	{ "check", "FILE… [--json]",
	  "Says what an import of course packages would find, and imports nothing.",
	  cmd_check },
	{ "pack",
	  "DIR -o FILE.zip [--scorm 1.2|2004] [--lang L,…] [--json] | --check DIR [--lang "
	  "L] "
	  "[--json] | --watch DIR [--port N] | --sources DIR…",
	  "Makes a SCORM package of a folder of Markdown and GIFT (docs/authors.en.md); "
	  "--check lists what is wrong, in the language L; --watch shows the pages while "
	  "you write; --sources lists what answers stand on.",
	  cmd_pack },
	{ "event new",
	  "--data DIR --title TITLE [--place PLACE] [--date YYYY-MM-DD] [--courses "
	  "all|ID,…] "
	  "[--json]",
	  "Makes a training day and prints its join code.", cmd_event_new },
	{ "attempt show", "--data DIR ID [--json]",
	  "How each part of an attempt stands and why; as JSON also what happened, what "
	  "was "
	  "disputed, and the engine's state.",
	  cmd_attempt_show },
	{ "certificate issue",
	  "--data DIR --event CODE (--all|--person ID) [--course ID] [--date YYYY-MM-DD] "
	  "[--hours N] [--json]",
	  "Issues certificates to all who may have one, or to one person, and says why "
	  "others "
	  "get none. Again makes nothing new. Without --date: the event's day, else today.",
	  cmd_certificate_issue },
	{ "certificate pdf", "--data DIR --event CODE -o FILE",
	  "Prints the event's certificates into one PDF, a page each.",
	  cmd_certificate_pdf },
	{ "certificate token", "--data DIR SERIAL [--link]",
	  "Prints a certificate's signed token (Base45), or the link of its QR code.",
	  cmd_certificate_token },
	{ "certificate openbadge", "--data DIR SERIAL",
	  "Prints a certificate as an Open Badges 3.0 credential.",
	  cmd_certificate_openbadge },
	{ "certificate correct",
	  "--data DIR SERIAL [--surname S] [--given G] [--patronymic P]",
	  "Corrects the name: prints the number of the certificate that takes its place.",
	  cmd_certificate_correct },
	{ "certificate revoke",
	  "--data DIR SERIAL [--reason mistake|not-earned|request|other]",
	  "Takes a certificate back.", cmd_certificate_revoke },
	{ "certificate revocations", "--data DIR [-o FILE]",
	  "The signed, dated list of certificates that hold no longer.",
	  cmd_certificate_revocations },
	{ "certificate trust", "--data DIR [-o FILE]",
	  "The list of hubs and sites that this site can vouch for, for `kenes verify`.",
	  cmd_certificate_trust },
	{ "verify", "TOKEN|FILE [--data DIR] [--trust FILE] [--revocations FILE] [--json]",
	  "Says whether a certificate is true: its token, its link, a PDF or a text file. "
	  "Exit 0 only when it is. A PDF of many gives one answer each.",
	  cmd_verify },
	{ "enrol", "--data DIR --hub URL --code CODE [--contact TEXT]",
	  "Registers this site at a centre with a one-time code.", cmd_enrol },
	{ "sync export", "--data DIR FILE [--json]",
	  "Site: writes what the centre has not signed for, sealed to it, into a file. "
	  "Hub: "
	  "the receipts for the way back.",
	  cmd_sync_export },
	{ "sync import", "--data DIR FILE [--stage] [--json]",
	  "Hub: takes a site's file in; --stage only looks, and waits to be confirmed. "
	  "Site: "
	  "reads the centre's receipts, and takes what it sends.",
	  cmd_sync_import },
	{ "sync", "--data DIR [--json]",
	  "Sends what the centre does not have, compares counts, fetches what is new.",
	  cmd_sync },
	{ "records", "--data DIR [--json]",
	  "Which records are here: number and sum of ids by site and epoch.", cmd_records },
	{ "hub invite", "--data DIR --scope SCOPE [--label TEXT] [--days N] [--json]",
	  "Makes a one-time code for a site in that scope (KZ, KZ-11, KZ-11/…).",
	  cmd_hub_invite },
	{ "hub sites", "--data DIR [--scope SCOPE] [--json]",
	  "Lists the sites, the longest silent first.", cmd_hub_sites },
	{ "hub revoke", "--data DIR --site ID | --own-key [--why TEXT]",
	  "Cuts a site off: a lost laptop sends no more. --own-key: the hub's key is in "
	  "wrong hands; sites that hear it believe nothing more of this hub, and it cannot "
	  "be taken back.",
	  cmd_hub_revoke },
	{ "hub bundle", "--data DIR --confirm ID | --undo ID",
	  "Decides about a file that was staged.", cmd_hub_bundle },
	{ "hub retention",
	  "--data DIR [--details MONTHS] [--names MONTHS] [--run] [--json]",
	  "Says, or sets, how many months details of attempts and names of people without "
	  "a certificate are kept (0: for ever); --run "
	  "erases now what is over.",
	  cmd_hub_retention },
	{ "hub publish course",
	  "--data DIR [--scope SCOPE] [--from YYYY-MM-DD] [--until YYYY-MM-DD] [--json] "
	  "FILE",
	  "Looks a course through as an import would, and publishes it for the sites of a "
	  "scope; prints the publication's id.",
	  cmd_hub_publish_course },
	{ "hub publish news",
	  "--data DIR --kk TEXT --ru TEXT [--en TEXT] [--scope SCOPE] [--from YYYY-MM-DD] "
	  "[--until YYYY-MM-DD] [--json]",
	  "Publishes an announcement for trainers.", cmd_hub_publish_news },
	{ "hub publish roster",
	  "--data DIR --until YYYY-MM-DD [--scope SCOPE] [--json] FILE.csv",
	  "Publishes a list of expected people (surname; given name; patronymic; council) "
	  "in place of the scope's former one. Lines that cannot be used are named on the "
	  "standard error and left out.",
	  cmd_hub_publish_roster },
	{ "hub publish template",
	  "--data DIR [--scope SCOPE] [--mandatory] [--logo FILE.jpg] [--json] FILE.json",
	  "Publishes how certificates look (a CertificateTemplate, docs/api.md). With "
	  "--mandatory sites cannot choose otherwise.",
	  cmd_hub_publish_template },
	{ "hub published", "--data DIR [--scope SCOPE] [--kind KIND] [--json]",
	  "What is published for a scope or reaches into it, and how many sites have it.",
	  cmd_hub_published },
	{ "hub withdraw", "--data DIR ID",
	  "Takes a publication back: sites mark it at their next contact.",
	  cmd_hub_withdraw },
	{ "hub export", "--data DIR --site ID [--courses-mb N] FILE",
	  "Writes what a site lacks into a file that only it can read; courses larger than "
	  "N MB (60) stay out.",
	  cmd_hub_export },
	{ "hub revocations", "--data DIR [-o FILE]",
	  "The signed, dated list of certificates that hold no longer, of the whole "
	  "country.",
	  cmd_hub_revocations },
	{ "hub trust", "--data DIR [-o FILE]",
	  "This centre, its sites and the keys that were cut off, for `kenes verify`.",
	  cmd_hub_trust },
	{ "hub rebuild", "--data DIR [--check] [--json]",
	  "Makes what follows from the records anew, while the hub is not served, and says "
	  "what differed; --check only looks, and ends with 1 when anything does.",
	  cmd_hub_rebuild },
	{ "hub setup", "--data DIR --name NAME --login LOGIN [--language kk|ru|en]",
	  "A one-time code for a national coordinator to begin with; again: a new one, "
	  "for a lost phone.",
	  cmd_hub_setup },
	{ "hub",
	  "--data DIR [--port N] [--listen ADDRESS] [--names NAME,…] [--tls-certificate "
	  "FILE "
	  "--tls-key FILE] [--proxies ADDRESS,…]",
	  "Serves the centre of many sites, by HTTPS when it has a certificate.", cmd_hub },
	{ "doctor", "[--data DIR] [--json]",
	  "Looks at the machine, the data folder and every package, and says what is "
	  "wrong.",
	  cmd_doctor },
	{ "scorm run", "--manifest FILE --case FILE [-v]",
	  "Plays a test case of an LMS against the SCORM engine; -v shows every call.",
	  cmd_scorm_run },
	{ "scorm suite", "FOLDER [-v] [--md]",
	  "Plays all cases of FOLDER/cases with the manifests of FOLDER/manifests, as one "
	  "learner.",
	  cmd_scorm_suite },
	{ "scorm judge", "--case FILE --seen FILE",
	  "Compares what a player in a browser wrote down about a test case with the case.",
	  cmd_scorm_judge },
	{ "routes", "--json|--ts|--md",
	  "Describes the HTTP API: for programs, for the browser's compiler, for people.",
	  cmd_routes },
	{ "config", "show|check|doc|sample [--SETTING VALUE]…",
	  "The settings: where each value comes from, whether they are right, what they "
	  "mean.",
	  cmd_config },
	{ "version", "[--json]", "The program's version.", cmd_version },
	{ "help", "[--md]", "This list.", cmd_help },
};
const size_t cli_n_commands = countof(cli_commands);

/* ---- options ---- */
static const struct option *known(const struct option *option, size_t n, str name)
{
	for (size_t i = 0; i < n; i++) {
		if (str_is(str_of(option[i].name), name)) return &option[i];
	}
	return NULL;
}

bool cli_options(char **argument, const struct option *option, size_t n, const char **rest)
{
	return cli_options_most(argument, option, n, rest, SIZE_MAX);
}

bool cli_options_most(char **argument, const struct option *option, size_t n,
                      const char **rest, size_t most)
{
	size_t n_rest = 0;
	for (; *argument; argument++) {
		str text = str_of(*argument);
		if (text.n < 2 || text.p[0] != '-') {
			if (!rest || n_rest == most)
				return cli_wrong("%s is not expected here", *argument),
				       false;
			rest[n_rest++] = *argument;
			continue;
		}
		size_t equals = str_index(text, '=');
		const struct option *o = known(option, n, str_part(text, 0, equals));
		if (!o) return cli_wrong("there is no option %s", *argument), false;
		if (o->flag) {
			if (equals < text.n)
				return cli_wrong("%s takes no value", o->name), false;
			*o->flag = true;
		} else if (equals < text.n) {
			*o->value = text.p + equals + 1;
		} else if (argument[1]) {
			*o->value = *++argument;
		} else {
			return cli_wrong("%s needs a value", o->name), false;
		}
	}
	if (rest) rest[n_rest] = NULL;
	return true;
}

/* ---- saying how it went ---- */
printf_like(1, 0) static void say(const char *format, va_list args)
{
	fputs("kenes: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

int cli_wrong(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	say(format, args);
	va_end(args);
	return CLI_WRONG;
}

int cli_failed(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	say(format, args);
	va_end(args);
	return CLI_FAILED;
}

int cli_failure(void)
{
	return cli_failed("%s", err_last()->sentence);
}

void cli_print(const struct buf *text)
{
	if (text->n) fwrite(text->p, 1, text->n, stdout);
}

void cli_print_json(const struct shape *shape, const void *in)
{
	struct buf text;
	buf_init(&text, (size_t)16 << 20);
	json_write(&text, shape, in);
	buf_char(&text, '\n');
	cli_print(&text);
	buf_free(&text);
}

/* ---- finding the command ---- */
/* How many words of `argument` are the command's name; 0 when they are not. */
static int named(const char *name, char **argument)
{
	str rest = str_of(name), word;
	int n = 0;
	while (str_cut(&rest, ' ', &word)) {
		if (!argument[n] || !str_is(word, str_of(argument[n]))) return 0;
		n++;
	}
	return n;
}

int cli_run(int argc, char **argv)
{
	if (argc < 2) return cmd_serve(argv + argc);
	char **argument = argv + 1;
	if (str_is(str_of(*argument), S("--help")) || str_is(str_of(*argument), S("-h")))
		return cmd_help(argument + 1);
	if (str_is(str_of(*argument), S("--version"))) return cmd_version(argument + 1);
	for (size_t i = 0; i < cli_n_commands; i++) {
		int words = named(cli_commands[i].name, argument);
		if (words) return cli_commands[i].run(argument + words);
	}
	return cli_wrong("there is no command \"%s\"; see `kenes help`", *argument);
}
