/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates on paper and as pictures. */
#include "certificate/inside.h"
#include "paper/pdf.h"
#include "paper/svg.h"

enum err printing_begin(struct db *db, struct arena *a, const struct identity *site,
                        struct printing *out)
{
	struct authority authority;
	TRY(template_get(db, a, &out->look));
	TRY(template_logo(db, a, &out->logo));
	TRY(authority_get(db, a, site, &authority));
	out->hub = authority.hub;
	return ERR_OK;
}

str certificate_link(struct arena *a, const struct certificate *c, str hub)
{
	struct token t;
	if (!token_read(a, (const uint8_t *)c->token.p, c->token.n, &t)) return STR_NONE;
	/* One that was signed before there was a hub does not lead there. */
	return token_link(a, &t, t.own_key ? STR_NONE : hub);
}

static struct sheet sheet_of(const struct printing *p, const struct certificate *c,
                             str link)
{
	return (struct sheet){ &c->facts, &p->look, p->logo, link, c->language };
}

struct drawing {
	const struct printing *p;
	str *link;
};

static enum err draw(void *context, size_t number, struct page *page)
{
	const struct drawing *d = context;
	const struct certificate *c = d->p->certificates.items;
	struct sheet sheet = sheet_of(d->p, &c[number], d->link[number]);
	return sheet_draw(page, &sheet);
}

enum err certificate_pdf(struct arena *a, const struct printing *p, struct buf *out)
{
	const struct certificate *c = p->certificates.items;
	size_t n = p->certificates.n;
	if (!n)
		return FAIL_WHY(ERR_NOT_FOUND, "no-certificates",
		                "there are no certificates to print");
	struct drawing d = { p, arena_alloc(a, n * sizeof *d.link) };
	for (size_t i = 0; i < n; i++) d.link[i] = certificate_link(a, &c[i], p->hub);
	str title =
		n > 1 ? c->facts.event.p ? c->facts.event : S("Сертификаттар / Сертификаты")
		      : c->serial;
	struct pdf_plan plan = { title, SHEET_WIDTH, SHEET_HEIGHT, n, draw, &d };
	return pdf_make(&plan, out);
}

static fallible picture(struct arena *a, const struct sheet *sheet, str *out)
{
	struct svg svg;
	svg_begin(&svg, SHEET_WIDTH, SHEET_HEIGHT);
	enum err e = sheet_draw(&svg.page, sheet), ended = svg_end(&svg, a, out);
	return e ? e : ended;
}

enum err certificate_svg(struct arena *a, const struct printing *p, str *out)
{
	const struct certificate *c = p->certificates.items;
	if (!p->certificates.n) return FAIL(ERR_NOT_FOUND, "no certificate to draw");
	struct sheet sheet = sheet_of(p, c, certificate_link(a, c, p->hub));
	return picture(a, &sheet, out);
}

enum err template_preview(struct arena *a, const struct template *t, str logo, str issuer,
                          str *out)
{
	str day = date_today(a);
	struct facts f = {
		.serial = S("ҮЛГІ / ОБРАЗЕЦ"),
		.issuer = issuer,
		.surname = S("Сейітова"),
		.given = S("Әмина"),
		.patronymic = S("Нұрланқызы"),
		.council = S("Қарағанды облысының қоғамдық кеңесі"),
		.course = S("Қоғамдық кеңес мүшесі: мәртебесі, құқықтары мен міндеттері"),
		.score_percent = 92,
		.hours = t->hours,
		.place = S("Қарағанды қаласы"),
		.held_on = day,
		.valid_until =
			t->valid_months ? date_after(a, day, t->valid_months) : STR_NONE,
	};
	struct sheet sheet = { &f, t, logo, S("KENES/V#"), STR_NONE };
	return picture(a, &sheet, out);
}
