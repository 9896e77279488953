/* SPDX-License-Identifier: Apache-2.0 */
/* How law is cited in each language, and how numbers from the table of deadlines look. */
#pragma once

#include "authoring/tables.h"
#include "base/buf.h"

/* "ст. 13, п. 2" of "13(2)"; nothing for STR_NONE. `1()(8)`: a subparagraph of an article
 * without paragraphs; `21(1)-(7)`: paragraphs 1 to 7; `132–136`: articles; `ch.12-1`: a
 * chapter. What is none of these (a site's name) stays as it is. */
void cite_article(struct buf *, enum language, str article);
/* "Закон «Об общественных советах», ст. 13, п. 2". */
void cite_short(struct buf *, enum language, const struct fact *);
/* "Закон от 2 ноября 2015 года № 383-V «…», ст. 13, п. 2; редакция от 12.07.2026". */
void cite_full(struct buf *, enum language, const struct fact *);
/* "12.07.2026" of "2026-07-12". */
void cite_date(struct buf *, str date);
/* The value of a deadline in a text: "50 000" (no-break space) or "50,000"; a year and what
 * is no whole number stay as they are. */
void cite_number(struct buf *, enum language, const struct deadline *);
