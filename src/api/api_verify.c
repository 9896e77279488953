/* SPDX-License-Identifier: Apache-2.0 */
/* How certificates look, and whether one is true: the template, the lists to carry away,
 * the question that anybody may ask. */
#include "api/api.h"
#include "api/handlers.h"
#include "certificate/certificate.h"

#include "base/time.h"

/* ---- the template ---- */
enum err template_show(struct request *rq, struct reply *rs)
{
	READ(db, rq);
	struct template t;
	TRY(template_get(db, request_arena(rq), &t));
	api_give(rs, 200, &template_shape, &t);
	return ERR_OK;
}

struct template_job {
	struct arena *a;
	struct template in;
};

static enum err set_template(struct tx *tx, void *arg)
{
	struct template_job *job = arg;
	return template_set(tx, job->a, &job->in);
}

enum err template_change(struct request *rq, struct reply *rs)
{
	struct template_job job = { .a = request_arena(rq) };
	TRY(request_body(rq, &template_shape, &job.in));
	rs->status = 204;
	return store_write_as(api_of(rq)->store, STORE_SETTINGS, set_template, &job);
}

static enum err reset_template(struct tx *tx, void *unused)
{
	(void)unused;
	return template_reset(tx);
}

enum err template_drop(struct request *rq, struct reply *rs)
{
	rs->status = 204;
	return store_write_as(api_of(rq)->store, STORE_SETTINGS, reset_template, NULL);
}

enum err template_try(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	struct template t;
	str logo, issuer, svg;
	TRY(request_body(rq, &template_shape, &t));
	{
		READ(db, rq);
		TRY(template_logo(db, a, &logo));
		TRY(setting_get(db, a, S("site.name"), &issuer));
	}
	TRY(template_preview(a, &t, t.logo ? logo : STR_NONE, issuer, &svg));
	rs->type = "image/svg+xml";
	return api_give_bytes(rs, svg);
}

static enum err set_logo(struct tx *tx, void *arg)
{
	return template_set_logo(tx, *(const str *)arg);
}

enum err logo_change(struct request *rq, struct reply *rs)
{
	int64_t length = request_length(rq);
	char *bytes = length > 0 && length <= (int64_t)LOGO_MOST
	                      ? arena_try(request_arena(rq), (size_t)length)
	                      : NULL;
	size_t n = 0, got;
	if (!bytes)
		return FAIL_WHY(ERR_INVALID, "bad-logo", "a logo of %lld bytes",
		                (long long)length);
	do {
		TRY(request_read(rq, bytes + n, (size_t)length - n, &got));
		n += got;
	} while (got > 0 && n < (size_t)length);
	str logo = { bytes, n };
	rs->status = 204;
	return store_write(api_of(rq)->store, set_logo, &logo);
}

enum err logo_drop(struct request *rq, struct reply *rs)
{
	str none = STR_NONE;
	rs->status = 204;
	return store_write(api_of(rq)->store, set_logo, &none);
}

/* ---- lists to carry away ---- */
static fallible known_get(struct request *rq, struct verify_known *out)
{
	struct arena *a = request_arena(rq);
	const struct identity *site = api_of(rq)->identity;
	struct authority authority;
	struct json_list texts;
	struct buf text;
	READ(db, rq);
	TRY(setting_get(db, a, S("site.name"), &out->site));
	if (!out->site.p) out->site = S("");
	TRY(authority_get(db, a, site, &authority));
	TRY(authority_list_texts(db, a, &texts));
	buf_init(&text, REVOCATIONS_FILE);
	trust_list_write(&text, &authority.trust);
	out->trust = arena_copy(a, buf_as_str(&text));
	enum err e = authority_revocations(db, a, site, &text);
	str *list = arena_alloc(a, (texts.n + 1) * sizeof *list);
	list[0] = arena_copy(a, buf_as_str(&text));
	buf_free(&text);
	if (texts.n) memcpy(list + 1, texts.items, texts.n * sizeof *list);
	out->revocations = (struct json_list){ list, texts.n + 1 };
	return e;
}

enum err verify_lists(struct request *rq, struct reply *rs)
{
	struct verify_known out;
	TRY(known_get(rq, &out));
	api_give(rs, 200, &verify_known_shape, &out);
	return ERR_OK;
}

enum err verify_file(struct request *rq, struct reply *rs)
{
	struct verify_known known;
	struct ui_page page;
	TRY(known_get(rq, &known));
	TRY(ui_page_read(api_of(rq)->ui, S("verify-file.html"), "known", &page));
	buf_str(&rs->body, page.before);
	json_write(&rs->body, &verify_known_shape, &known);
	buf_str(&rs->body, page.after);
	buf_free(&page.bytes);
	rs->type = "text/html; charset=utf-8";
	reply_header(rq, "Content-Disposition",
	             S("attachment; filename=\"kenes-verify.html\""));
	return ERR_OK;
}

enum err verify_revocations(struct request *rq, struct reply *rs)
{
	READ(db, rq);
	rs->type = "text/plain; charset=utf-8";
	reply_header(rq, "Content-Disposition",
	             S("attachment; filename=\"revocations.txt\""));
	return authority_revocations(db, request_arena(rq), api_of(rq)->identity,
	                             &rs->body);
}

enum err verify_centre(struct request *rq, struct reply *rs)
{
	struct json_list texts;
	READ(db, rq);
	TRY(authority_list_texts(db, request_arena(rq), &texts));
	if (!texts.n)
		return FAIL_WHY(ERR_NOT_FOUND, "no-list",
		                "no list of revocations has come from a centre yet");
	rs->type = "text/plain; charset=utf-8";
	reply_header(rq, "Content-Disposition",
	             S("attachment; filename=\"revocations-centre.txt\""));
	return api_give_bytes(rs, *(const str *)texts.items);
}

/* ---- is it true? ---- */

/* Who asks by a number alone may be guessing: names become their first letters. */
static str first_letter(struct arena *a, str name)
{
	uint32_t rune;
	size_t n = str_rune(name, &rune);
	return n ? arena_printf(a, "%.*s.", (int)n, name.p) : name;
}

static fallible by_serial(struct request *rq, struct db *db, str serial,
                          const struct verifying *with, struct verdict *out)
{
	struct arena *a = request_arena(rq);
	struct certificate c;
	struct token *t = arena_new(a, struct token);
	TRY(certificate_get(db, a, serial, &c));
	if (!token_read(a, (const uint8_t *)c.token.p, c.token.n, t))
		return FAIL(ERR_CORRUPT, "the token of %.*s cannot be read",
		            STR_ARG(serial));
	if (!request_caller(rq)->trainer) {
		t->facts.surname = first_letter(a, t->facts.surname);
		t->facts.given = first_letter(a, t->facts.given);
		t->facts.patronymic = first_letter(a, t->facts.patronymic);
	}
	verify_token(a, t, with, out);
	return ERR_OK;
}

enum err verify_ask(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	struct verify_new in;
	struct authority authority;
	struct json_list lists;
	struct verdict v;
	char serial[SERIAL_TEXT], now[TIME_TEXT];
	TRY(request_body(rq, &verify_new_shape, &in));
	READ(db, rq);
	TRY(authority_get(db, a, api_of(rq)->identity, &authority));
	TRY(authority_lists(db, a, &lists));
	struct revocations *list = arena_alloc(a, (lists.n + 1) * sizeof *list);
	list[0] = authority.own;
	if (lists.n) memcpy(list + 1, lists.items, lists.n * sizeof *list);
	time_write(time_now(), now);
	struct verifying with = { &authority.trust, list, lists.n + 1,
		                  str_part(str_of(now), 0, 10) };
	if (serial_read(in.text, serial, NULL))
		TRY(by_serial(rq, db, arena_copy(a, str_of(serial)), &with, &v));
	else
		verify_text(a, in.text, &with, &v);
	api_give(rs, 200, &verdict_shape, &v);
	return ERR_OK;
}
