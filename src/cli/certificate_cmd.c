/* SPDX-License-Identifier: Apache-2.0 */
/* Commands about certificates of a site: issue, pdf, token, openbadge, correct, revoke,
 * revocations. */
#include <stdio.h>

#include "app/app.h"
#include "base/time.h"
#include "certificate/certificate.h"
#include "cli/inside.h"

#define MEMORY ((size_t)256 << 20)

/* ---- a site and a reader of it, for the length of a command ---- */
struct opened {
	struct arena *a;
	struct site site;
	struct db *db;
};

static fallible open_it(const char *data, struct opened *o)
{
	TRY(site_open(data, &o->site));
	o->a = arena_open(MEMORY);
	return store_reader(o->site.store, &o->db);
}

static void close_it(struct opened *o)
{
	if (o->db) store_reader_done(o->site.store, o->db);
	if (o->site.store) site_close(&o->site);
	arena_close(o->a);
}
#define OPENED(name) on_exit_of_scope(close_it) struct opened name = { 0 }

/* To a file, or to the standard output. */
static fallible put_out(const char *path, str bytes)
{
	if (path) return file_write(path, bytes, 0644);
	if (fwrite(bytes.p, 1, bytes.n, stdout) != bytes.n || fflush(stdout))
		return FAIL(ERR_IO, "the standard output takes no more");
	return ERR_OK;
}

/* ---- issue ---- */
struct made_one {
	str serial, person, name, course;
};
static const struct json_field made_one_fields[] = {
	JSON_TEXT(struct made_one, serial, true, 1, 40),
	JSON_TEXT(struct made_one, person, true, 1, 40),
	JSON_TEXT(struct made_one, name, true, 1, 1000),
	JSON_TEXT(struct made_one, course, true, 0, 4000),
};
static const struct shape made_one_shape =
	SHAPE("MadeOne", struct made_one, made_one_fields);

struct issue_report {
	str event, held_on;
	int64_t issued, already, refused;
	struct json_list made, rows; /* of struct made_one, struct candidate */
};
static const struct json_field issue_report_fields[] = {
	JSON_TEXT(struct issue_report, event, true, 1, 40),
	JSON_TEXT(struct issue_report, held_on, true, 10, 10),
	JSON_INT(struct issue_report, issued, true, 0, INT32_MAX),
	JSON_INT(struct issue_report, already, true, 0, INT32_MAX),
	JSON_INT(struct issue_report, refused, true, 0, INT32_MAX),
	JSON_LIST(struct issue_report, made, true, 100000, made_one_shape),
	JSON_LIST(struct issue_report, rows, true, 100000, candidate_shape),
};
static const struct shape issue_report_shape =
	SHAPE("IssueReport", struct issue_report, issue_report_fields);

struct asked {
	const char *data, *event, *person, *course, *date, *hours, *out;
	bool all, json;
};

struct issue_job {
	struct arena *a;
	struct issuing in;
};

static enum err issue(struct tx *tx, void *arg)
{
	struct issue_job *job = arg;
	return certificate_issue(tx, job->a, &job->in);
}

static str name_of(struct arena *a, const struct facts *f)
{
	return arena_printf(a, "%.*s %.*s%s%.*s", STR_ARG(f->surname), STR_ARG(f->given),
	                    f->patronymic.n ? " " : "", STR_ARG(f->patronymic));
}

static void print_issued(const struct issue_job *job, const struct issue_report *r)
{
	const struct made_one *one = r->made.items;
	const struct candidate *c = r->rows.items;
	for (size_t i = 0; i < r->made.n; i++)
		printf("%.*s  %.*s\n", STR_ARG(one[i].serial), STR_ARG(one[i].name));
	for (size_t i = 0; i < r->rows.n; i++)
		if (c[i].reason.p)
			printf("-  %.*s %.*s: %.*s\n", STR_ARG(c[i].surname),
			       STR_ARG(c[i].given), STR_ARG(c[i].en));
	printf("%lld issued, %lld had one already, %lld refused; dated %.*s\n",
	       (long long)r->issued, (long long)r->already, (long long)r->refused,
	       STR_ARG(job->in.held_on));
}

static void report(const struct issue_job *job, bool json)
{
	const struct certificate *c = job->in.made.items;
	size_t n = job->in.made.n;
	struct made_one *one = arena_alloc(job->a, (n + 1) * sizeof *one);
	for (size_t i = 0; i < n; i++)
		one[i] = (struct made_one){ c[i].serial, c[i].person,
			                    name_of(job->a, &c[i].facts),
			                    c[i].facts.course };
	struct issue_report r = {
		.event = job->in.event,
		.held_on = job->in.held_on,
		.issued = (int64_t)n,
		.already = job->in.after.issued - (int64_t)n,
		.refused = job->in.after.refused,
		.made = { one, n },
		.rows = job->in.after.rows,
	};
	if (json)
		cli_print_json(&issue_report_shape, &r);
	else
		print_issued(job, &r);
}

static fallible issue_asked(const struct asked *asked, int64_t hours)
{
	OPENED(o);
	TRY(open_it(asked->data, &o));
	struct event event;
	struct candidates before;
	TRY(event_find(o.db, o.a, str_of(asked->event), &event));
	TRY(certificate_candidates(o.db, o.a, event.id, &before));
	if (!asked->date && str_is(before.clock, S("behind")))
		return FAIL(ERR_INVALID, "this machine's clock is behind what was saved "
		                         "before: say --date, or set the clock");
	struct issue_job job = {
		.a = o.a,
		.in = {
			.site = &o.site.identity,
			.event = event.id,
			.held_on = asked->date ? str_of(asked->date) : before.held_on,
			.person = str_of(asked->person),
			.course = str_of(asked->course),
			.hours = hours,
		},
	};
	TRY(store_write(o.site.store, issue, &job));
	report(&job, asked->json);
	return ERR_OK;
}

int cmd_certificate_issue(char **argument)
{
	struct asked asked = { 0 };
	const struct option options[] = {
		{ "--data", &asked.data, NULL },     { "--event", &asked.event, NULL },
		{ "--person", &asked.person, NULL }, { "--course", &asked.course, NULL },
		{ "--date", &asked.date, NULL },     { "--hours", &asked.hours, NULL },
		{ "--all", NULL, &asked.all },       { "--json", NULL, &asked.json },
	};
	int64_t hours = JSON_ABSENT;
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!asked.data || !asked.event || asked.all == (asked.person != NULL))
		return cli_wrong(
			"certificate issue needs --data, --event and one of --all, "
			"--person");
	if (asked.date && !time_is_date(str_of(asked.date)))
		return cli_wrong("--date is a day like 2026-11-23");
	if (asked.hours && !str_to_int(str_of(asked.hours), 0, 1000, &hours))
		return cli_wrong("--hours is a number up to 1000");
	return issue_asked(&asked, hours) ? cli_failure() : CLI_OK;
}

/* ---- pdf ---- */
static fallible print_event(const struct asked *asked)
{
	OPENED(o);
	TRY(open_it(asked->data, &o));
	struct event event;
	struct printing p = { 0 };
	TRY(event_find(o.db, o.a, str_of(asked->event), &event));
	TRY(printing_begin(o.db, o.a, &o.site.identity, &p));
	TRY(certificate_all_in(o.db, o.a, event.id, &p.certificates));
	struct buf pdf;
	buf_init(&pdf, CERTIFICATE_PDF_MOST);
	enum err e = certificate_pdf(o.a, &p, &pdf);
	if (!e) e = put_out(asked->out, buf_as_str(&pdf));
	buf_free(&pdf);
	return e;
}

int cmd_certificate_pdf(char **argument)
{
	struct asked asked = { 0 };
	const struct option options[] = {
		{ "--data", &asked.data, NULL },
		{ "--event", &asked.event, NULL },
		{ "-o", &asked.out, NULL },
	};
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!asked.data || !asked.event || !asked.out)
		return cli_wrong("certificate pdf needs --data, --event and -o");
	return print_event(&asked) ? cli_failure() : CLI_OK;
}

/* ---- one certificate ---- */
typedef enum err with_one(struct opened *, struct certificate *, void *context);

/* Reads `--data DIR SERIAL` and what else the command knows. */
static int one_command(char **argument, const struct option *more, size_t n_more,
                       with_one *run, void *context)
{
	const char *data = NULL, *rest[64];
	struct option options[8] = { { "--data", &data, NULL } };
	for (size_t i = 0; i < n_more; i++) options[i + 1] = more[i];
	size_t n = 0;
	while (argument[n]) n++;
	if (n >= countof(rest)) return cli_wrong("too many words");
	if (!cli_options(argument, options, n_more + 1, rest)) return CLI_WRONG;
	char serial[SERIAL_TEXT];
	if (!data || !rest[0] || rest[1])
		return cli_wrong("this needs --data and a certificate's number");
	if (!serial_read(str_of(rest[0]), serial, NULL))
		return cli_failed("%s is no certificate's number: look at it again",
		                  rest[0]);
	OPENED(o);
	struct certificate c;
	if (open_it(data, &o) || certificate_get(o.db, o.a, str_of(serial), &c) ||
	    run(&o, &c, context))
		return cli_failure();
	return CLI_OK;
}

static enum err print_token(struct opened *o, struct certificate *c, void *link)
{
	struct authority authority;
	struct token token;
	TRY(authority_get(o->db, o->a, &o->site.identity, &authority));
	if (!token_read(o->a, (const uint8_t *)c->token.p, c->token.n, &token))
		return FAIL(ERR_CORRUPT, "the token of %.*s cannot be read",
		            STR_ARG(c->serial));
	str text = *(bool *)link ? certificate_link(o->a, c, authority.hub)
	                         : token_text(o->a, &token);
	printf("%.*s\n", STR_ARG(text));
	return ERR_OK;
}

int cmd_certificate_token(char **argument)
{
	bool link = false;
	const struct option more[] = { { "--link", NULL, &link } };
	return one_command(argument, more, 1, print_token, &link);
}

static enum err print_badge(struct opened *o, struct certificate *c, void *context)
{
	(void)context;
	struct buf text;
	buf_init(&text, (size_t)1 << 20);
	enum err e = certificate_badge(o->a, &o->site.identity, c, &text);
	if (!e) e = put_out(NULL, buf_as_str(&text));
	buf_free(&text);
	return e;
}

int cmd_certificate_openbadge(char **argument)
{
	return one_command(argument, NULL, 0, print_badge, NULL);
}

struct ending {
	struct arena *a;
	str serial, reason;
};

static enum err revoke(struct tx *tx, void *arg)
{
	struct ending *e = arg;
	return certificate_revoke(tx, e->a, e->serial, e->reason);
}

static enum err revoke_one(struct opened *o, struct certificate *c, void *reason)
{
	struct ending e = { o->a, c->serial, str_of(*(const char **)reason) };
	return store_write(o->site.store, revoke, &e);
}

int cmd_certificate_revoke(char **argument)
{
	const char *reason = "other";
	const struct option more[] = { { "--reason", &reason, NULL } };
	return one_command(argument, more, 1, revoke_one, &reason);
}

struct correct_job {
	struct arena *a;
	struct correction in;
};

static enum err correct(struct tx *tx, void *arg)
{
	struct correct_job *job = arg;
	return certificate_correct(tx, job->a, &job->in);
}

static enum err correct_one(struct opened *o, struct certificate *c, void *context)
{
	const char **name = context;
	struct correct_job job = {
		.a = o->a,
		.in = {
			.site = &o->site.identity,
			.serial = c->serial,
			.surname = name[0] ? str_of(name[0]) : c->facts.surname,
			.given = name[1] ? str_of(name[1]) : c->facts.given,
			.patronymic = name[2] ? str_of(name[2]) : c->facts.patronymic,
		},
	};
	TRY(store_write(o->site.store, correct, &job));
	printf("%.*s\n", STR_ARG(job.in.out.serial));
	return ERR_OK;
}

int cmd_certificate_correct(char **argument)
{
	const char *name[3] = { NULL, NULL, NULL };
	const struct option more[] = {
		{ "--surname", &name[0], NULL },
		{ "--given", &name[1], NULL },
		{ "--patronymic", &name[2], NULL },
	};
	return one_command(argument, more, 3, correct_one, name);
}

/* ---- lists to carry away ---- */
static fallible print_list(const char *data, const char *out, bool trust)
{
	OPENED(o);
	TRY(open_it(data, &o));
	struct authority authority;
	TRY(authority_get(o.db, o.a, &o.site.identity, &authority));
	struct buf text;
	buf_init(&text, REVOCATIONS_FILE);
	enum err e = ERR_OK;
	if (trust)
		trust_list_write(&text, &authority.trust);
	else
		e = authority_revocations(o.db, o.a, &o.site.identity, &text);
	if (!e) e = put_out(out, buf_as_str(&text));
	buf_free(&text);
	return e;
}

static int list_command(char **argument, bool trust)
{
	const char *data = NULL, *out = NULL;
	const struct option options[] = { { "--data", &data, NULL }, { "-o", &out, NULL } };
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	if (!data) return cli_wrong("this needs --data");
	return print_list(data, out, trust) ? cli_failure() : CLI_OK;
}

int cmd_certificate_revocations(char **argument)
{
	return list_command(argument, false);
}

int cmd_certificate_trust(char **argument)
{
	return list_command(argument, true);
}
