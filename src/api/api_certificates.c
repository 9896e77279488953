/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates of an event and of a person: who may have one, issuing, printing,
 * correcting, revoking. */
#include "api/api.h"
#include "api/handlers.h"
#include "certificate/certificate.h"
#include "paper/pdf.h"

/* ---- what is shown of one ---- */
static struct certificate_card card_of(const struct certificate *c)
{
	const struct facts *f = &c->facts;
	return (struct certificate_card){
		.serial = c->serial,
		.person = c->person,
		.event = c->event,
		.state = c->state,
		.surname = f->surname,
		.given = f->given,
		.patronymic = f->patronymic,
		.council_name = f->council,
		.course_title = f->course,
		.held_on = f->held_on,
		.valid_until = f->valid_until,
		.supersedes = f->supersedes,
		.registered_at = c->registered_at,
	};
}

static struct json_list cards_of(struct arena *a, struct json_list certificates)
{
	const struct certificate *c = certificates.items;
	struct certificate_card *card = arena_alloc(a, (certificates.n + 1) * sizeof *card);
	for (size_t i = 0; i < certificates.n; i++) card[i] = card_of(&c[i]);
	return (struct json_list){ card, certificates.n };
}

/* ---- an event's ---- */
static fallible room_of(struct request *rq, struct db *db, str event,
                        struct certificate_room *out)
{
	struct arena *a = request_arena(rq);
	struct candidates *candidates = arena_new(a, struct candidates);
	struct json_list issued;
	TRY(certificate_candidates(db, a, event, candidates));
	TRY(certificate_all_in(db, a, event, &issued));
	*out = (struct certificate_room){ candidates, cards_of(a, issued) };
	return ERR_OK;
}

enum err certificate_list(struct request *rq, struct reply *rs)
{
	READ(db, rq);
	struct certificate_room room;
	TRY(room_of(rq, db, request_param(rq, "id"), &room));
	api_give(rs, 200, &certificate_room_shape, &room);
	return ERR_OK;
}

struct issue_job {
	struct arena *a;
	struct issuing in;
};

static enum err issue(struct tx *tx, void *arg)
{
	struct issue_job *job = arg;
	return certificate_issue(tx, job->a, &job->in);
}

enum err certificate_new(struct request *rq, struct reply *rs)
{
	struct certificates_new in;
	TRY(request_body(rq, &certificates_new_shape, &in));
	struct issue_job job = {
		.a = request_arena(rq),
		.in = {
			.site = api_of(rq)->identity,
			.event = request_param(rq, "id"),
			.held_on = in.held_on,
			.person = in.person,
			.course = in.course,
			.hours = in.hours,
		},
	};
	TRY(store_write(api_of(rq)->store, issue, &job));
	struct certificates_made out = {
		.made = cards_of(job.a, job.in.made),
		.issued = job.in.after.issued,
		.refused = job.in.after.refused,
	};
	api_give(rs, 201, &certificates_made_shape, &out);
	return ERR_OK;
}

/* ---- printing ---- */
static enum err give_pdf(struct request *rq, struct reply *rs, const struct printing *p,
                         const char *name)
{
	struct arena *a = request_arena(rq);
	struct buf pdf;
	buf_init(&pdf, PDF_MOST);
	enum err e = certificate_pdf(a, p, &pdf);
	rs->type = "application/pdf";
	reply_header(rq, "Content-Disposition",
	             arena_printf(a, "attachment; filename=\"%s.pdf\"", name));
	if (!e) e = api_give_bytes(rs, buf_as_str(&pdf));
	buf_free(&pdf);
	return e;
}

enum err certificate_print(struct request *rq, struct reply *rs)
{
	struct printing p = { 0 };
	struct arena *a = request_arena(rq);
	{
		READ(db, rq);
		struct event event;
		TRY(event_get(db, a, request_param(rq, "id"), &event));
		TRY(printing_begin(db, a, api_of(rq)->identity, &p));
		TRY(certificate_all_in(db, a, event.id, &p.certificates));
	}
	return give_pdf(rq, rs, &p, "certificates");
}

/* One certificate: the trainer's to see, or one's own. Another's is said not to be there.
 */
static fallible one_of(struct request *rq, struct db *db, struct certificate *out)
{
	const struct http_caller *me = request_caller(rq);
	char serial[SERIAL_TEXT];
	str typed = request_param(rq, "serial");
	if (!serial_read(typed, serial, NULL))
		return FAIL(ERR_NOT_FOUND, "not a certificate's number");
	TRY(certificate_get(db, request_arena(rq),
	                    arena_copy(request_arena(rq), str_of(serial)), out));
	if (!me->trainer && !str_is(out->person, str_of(me->person)))
		return FAIL(ERR_NOT_FOUND, "certificate %s", serial);
	return ERR_OK;
}

static fallible printing_one(struct request *rq, struct printing *p, struct certificate *c)
{
	READ(db, rq);
	TRY(one_of(rq, db, c));
	TRY(printing_begin(db, request_arena(rq), api_of(rq)->identity, p));
	p->certificates = (struct json_list){ c, 1 };
	return ERR_OK;
}

enum err certificate_page(struct request *rq, struct reply *rs)
{
	struct printing p = { 0 };
	struct certificate c;
	TRY(printing_one(rq, &p, &c));
	return give_pdf(rq, rs, &p, arena_copy(request_arena(rq), c.serial).p);
}

enum err certificate_picture(struct request *rq, struct reply *rs)
{
	struct printing p = { 0 };
	struct certificate c;
	str svg;
	TRY(printing_one(rq, &p, &c));
	TRY(certificate_svg(request_arena(rq), &p, &svg));
	rs->type = "image/svg+xml";
	return api_give_bytes(rs, svg);
}

enum err certificate_badge_file(struct request *rq, struct reply *rs)
{
	struct certificate c;
	{
		READ(db, rq);
		TRY(one_of(rq, db, &c));
	}
	reply_header(rq, "Content-Disposition",
	             arena_printf(request_arena(rq), "attachment; filename=\"%.*s.json\"",
	                          STR_ARG(c.serial)));
	return certificate_badge(request_arena(rq), api_of(rq)->identity, &c, &rs->body);
}

/* ---- a learner's own ---- */
enum err my_certificates(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	READ(db, rq);
	struct json_list list;
	TRY(certificate_all_of(db, a, str_of(request_caller(rq)->person), &list));
	api_give_list(rs, &certificate_card_shape, cards_of(a, list));
	return ERR_OK;
}

/* ---- correcting and revoking ---- */
struct correct_job {
	struct arena *a;
	struct correction in;
};

static enum err correct(struct tx *tx, void *arg)
{
	struct correct_job *job = arg;
	return certificate_correct(tx, job->a, &job->in);
}

enum err certificate_rename(struct request *rq, struct reply *rs)
{
	struct name_new in;
	TRY(request_body(rq, &name_new_shape, &in));
	struct correct_job job = {
		.a = request_arena(rq),
		.in = {
			.site = api_of(rq)->identity,
			.serial = request_param(rq, "serial"),
			.surname = in.surname,
			.given = in.given,
			.patronymic = in.patronymic,
		},
	};
	TRY(store_write(api_of(rq)->store, correct, &job));
	struct certificate_card card = card_of(&job.in.out);
	api_give(rs, 201, &certificate_card_shape, &card);
	return ERR_OK;
}

struct revoking {
	struct arena *a;
	str serial;
	struct revoke_new in;
};

static enum err revoke(struct tx *tx, void *arg)
{
	struct revoking *r = arg;
	return certificate_revoke(tx, r->a, r->serial, r->in.reason);
}

enum err certificate_end_it(struct request *rq, struct reply *rs)
{
	struct revoking r = { .a = request_arena(rq),
		              .serial = request_param(rq, "serial") };
	TRY(request_body(rq, &revoke_new_shape, &r.in));
	rs->status = 204;
	return store_write(api_of(rq)->store, revoke, &r);
}
