/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder share. Nobody else includes it. */
#pragma once

#include "certificate/certificate.h"

#define DATE_TEXT 11

/* Today by this machine's clock, in Kazakhstan (UTC+5). */
str date_today(struct arena *);
/* The date so many months later; the last day of a shorter month. */
str date_after(struct arena *, str date, int64_t months);

/* Everything about a new certificate but its number. In the writer. */
struct minting {
	const struct identity *site;
	str person, event, course, attempt, language;
	struct facts facts;
	str supersedes; /* a serial or STR_NONE */
};
fallible certificate_mint(struct tx *, struct arena *, const struct minting *,
                          struct certificate *out);
/* Ends a certificate in favour of another. */
fallible certificate_supersede(struct tx *, str serial, str by);

/* The certificate of an attempt that was issued last. ERR_NOT_FOUND. */
fallible certificate_of_attempt(struct db *, struct arena *, str attempt,
                                struct certificate *out);
