/* SPDX-License-Identifier: Apache-2.0 */
/* How a certificate looks: one A4 sheet, lying, in Kazakh and Russian, drawn for the
 * printer and for the screen alike. What an issuer may choose is data: the template. Pure.
 */
#pragma once

#include "base/json.h"
#include "certificate/token.h"
#include "paper/page.h"

#define SHEET_WIDTH 842.0
#define SHEET_HEIGHT 595.0
#define SIGNATORIES 3
#define LOGO_MOST ((size_t)300 << 10) /* bytes of a logo, a JPEG */

struct signatory {
	str name, role; /* role may be STR_NONE */
};
struct template
{
	str title;                    /* "СЕРТИФИКАТ" */
	str intro_kk, intro_ru;       /* above the name */
	str done_kk, done_ru;         /* between the council and the course */
	struct json_list signatories; /* of struct signatory, ≤ SIGNATORIES */
	int64_t hours;                /* academic hours of a course; 0: not said */
	int64_t valid_months;         /* 0: without end */
	bool logo;                    /* there is one */
	/* Whose it is: "mandatory" or "offered" by the centre; STR_NONE: the site's own */
	str centre;
};
extern const struct shape template_shape;
/* What every site begins with. */
struct template template_default(void);

struct sheet {
	const struct facts *facts;
	const struct template *look;
	str logo;     /* JPEG or STR_NONE */
	str link;     /* what the QR code says; STR_NONE leaves it out */
	str language; /* of whoever it is for: a hint for one-language parts */
};
fallible sheet_draw(struct page *, const struct sheet *);

/* The first letter of the facts or the template that cannot be printed; 0 for none. */
uint32_t sheet_lacks(const struct facts *, const struct template *);
