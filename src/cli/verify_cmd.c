/* SPDX-License-Identifier: Apache-2.0 */
/* `kenes verify`: says whether certificates are true, without asking anybody. What is known
 * comes from files, or from a site's folder. Exit 0 only when all that was shown counts. */
#include <stdio.h>

#include "app/app.h"
#include "base/time.h"
#include "certificate/certificate.h"
#include "cli/inside.h"

#define MEMORY ((size_t)256 << 20)
#define FILE_MOST ((size_t)64 << 20)
#define LISTS_MOST 16
#define IN_ONE_FILE 2000

struct known {
	struct arena *a;
	struct trust_list trust;
	struct revocations list[LISTS_MOST];
	size_t n;
	str today;
};

/* ---- what is known ---- */
static fallible know_revocations(struct known *k, const char *path)
{
	str text;
	TRY(file_read(path, REVOCATIONS_FILE, k->a, &text));
	if (k->n == LISTS_MOST) return FAIL(ERR_TOO_LARGE, "too many lists");
	return revocations_read(k->a, text, &k->list[k->n++]);
}

static fallible know_site(struct known *k, const struct site *site)
{
	struct db *db;
	struct authority authority;
	struct json_list lists = { NULL, 0 };
	TRY(store_reader(site->store, &db));
	enum err e = authority_get(db, k->a, &site->identity, &authority);
	if (!e) e = authority_lists(db, k->a, &lists);
	store_reader_done(site->store, db);
	TRY(e);
	const struct revocations *list = lists.items;
	k->trust = authority.trust;
	k->list[k->n++] = authority.own;
	for (size_t i = 0; i < lists.n && k->n < LISTS_MOST; i++) k->list[k->n++] = list[i];
	return ERR_OK;
}

static fallible know(struct known *k, const char *data, const char *trust,
                     const char *revocations)
{
	str text;
	char now[TIME_TEXT];
	TRY(seal_start());
	time_write(time_now(), now);
	k->today = arena_copy(k->a, str_part(str_of(now), 0, 10));
	if (data) {
		struct site site;
		TRY(site_open(data, &site));
		enum err e = know_site(k, &site);
		site_close(&site);
		TRY(e);
	}
	if (trust) {
		TRY(file_read(trust, REVOCATIONS_FILE, k->a, &text));
		TRY(trust_list_read(k->a, text, &k->trust));
	}
	return revocations ? know_revocations(k, revocations) : ERR_OK;
}

/* ---- saying it ---- */
static void say(const char *what, str value)
{
	if (value.n) printf("  %-13s %.*s\n", what, STR_ARG(value));
}

static const char *sentence_of(const struct verdict *v)
{
	static const struct {
		const char *status, *sentence;
	} sentences[] = {
		{ "valid", "True: signed by a site that the hub vouches for." },
		{ "self-issued",
		  "Unaltered, but the issuer stands for itself: no hub vouches "
		  "for this key." },
		{ "altered", "Not true: altered, or not a certificate at all." },
		{ "superseded", "It was corrected: another certificate took its place." },
		{ "revoked", "The issuer has taken it back." },
		{ "unknown-issuer", "Nobody that is known here vouches for the issuer." },
	};
	for (size_t i = 0; i < countof(sentences); i++)
		if (str_is(v->status, str_of(sentences[i].status)))
			return sentences[i].sentence;
	return "";
}

static void print_facts(const struct facts *f)
{
	printf("  %-13s %.*s %.*s %.*s\n", "person", STR_ARG(f->surname), STR_ARG(f->given),
	       STR_ARG(f->patronymic));
	say("council", f->council);
	say("course", f->course);
	printf("  %-13s %lld\n", "revision", (long long)f->revision);
	if (f->score_percent >= 0)
		printf("  %-13s %lld %%\n", "score", (long long)f->score_percent);
	if (f->hours > 0) printf("  %-13s %lld\n", "hours", (long long)f->hours);
	say("event", f->event);
	say("place", f->place);
	say("date", f->held_on);
	say("valid until", f->valid_until);
	say("supersedes", f->supersedes);
	say("serial", f->serial);
	say("issuer", f->issuer);
	say("issuer's key", f->issuer_key);
}

static void print_verdict(const struct verdict *v)
{
	printf("%.*s: %s\n", STR_ARG(v->status), sentence_of(v));
	say("why", v->reason);
	if (v->facts) print_facts(v->facts);
	say("authority", v->hub);
	say("scope", v->scope);
	say("from", v->site_from);
	say("until", v->site_until);
	say("superseded by", v->superseded_by);
	say("ended on", v->ended_on);
	if (v->overdue) printf("  its time is over\n");
	str none = S("no list is known");
	say("revocations", v->revocations_dated.n ? v->revocations_dated : none);
}

/* Whether it counts. */
static bool show(const struct known *k, str text, bool json)
{
	struct verifying with = { &k->trust, k->list, k->n, k->today };
	struct verdict v;
	verify_text(k->a, text, &with, &v);
	if (json)
		cli_print_json(&verdict_shape, &v);
	else
		print_verdict(&v);
	return verdict_is_good(&v);
}

static bool show_pdf(const struct known *k, str pdf, bool json)
{
	str *link = arena_alloc(k->a, IN_ONE_FILE * sizeof *link);
	size_t n = verify_find_in_pdf(k->a, pdf, link, IN_ONE_FILE);
	bool good = n > 0;
	if (!n) return show(k, S("no token in this PDF"), json);
	for (size_t i = 0; i < n; i++) good = show(k, link[i], json) && good;
	return good;
}

/* A file of that name, or the token itself. */
static int verify(const struct known *k, const char *what, bool json)
{
	str bytes = str_of(what);
	if (bytes.n < 1024 && file_exists(what)) {
		if (file_read(what, FILE_MOST, k->a, &bytes)) return cli_failure();
		if (str_starts(bytes, S("%PDF-")))
			return show_pdf(k, bytes, json) ? CLI_OK : CLI_FAILED;
	}
	return show(k, bytes, json) ? CLI_OK : CLI_FAILED;
}

int cmd_verify(char **argument)
{
	const char *data = NULL, *trust = NULL, *revocations = NULL, *rest[64];
	bool json = false;
	const struct option options[] = {
		{ "--data", &data, NULL },
		{ "--trust", &trust, NULL },
		{ "--revocations", &revocations, NULL },
		{ "--json", NULL, &json },
	};
	size_t n = 0;
	while (argument[n]) n++;
	if (n >= countof(rest)) return cli_wrong("too many words");
	if (!cli_options(argument, options, countof(options), rest)) return CLI_WRONG;
	if (!rest[0] || rest[1]) return cli_wrong("verify needs one token, link or file");
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct known *k = arena_new(a, struct known);
	k->a = a;
	if (know(k, data, trust, revocations)) return cli_failure();
	return verify(k, rest[0], json);
}
