/* SPDX-License-Identifier: Apache-2.0 */
/* How long a hub keeps what it need not keep for ever. Two things can be given an end:
 *
 * - details of attempts: the score, the time taken, and how an attempt that came to nothing
 *   ended. That a course was completed stays, for the certificate rests on it;
 * - names of people who have no certificate, by any of their ids: they are erased as at
 *   their own request, here and, by an order, at their site.
 *
 * Nothing ends until a national coordinator says so. Age counts from when the hub last
 * heard of the thing, by its own clock. */
#pragma once

#include <stdatomic.h>

#include "hub/hub.h"

#define RETENTION_MONTHS_MOST 600
#define RETENTION_MONTH_MS 2629746000LL /* a twelfth of the Gregorian year */

struct retention_new {
	int64_t details_months, names_months; /* 0: for ever */
};
extern const struct shape retention_new_shape;

struct retention {
	int64_t details_months, names_months;
	int64_t ran_at; /* JSON_ABSENT: never */
	int64_t ran_details, ran_names;
	int64_t due_names; /* whom a run would erase now; counted to 10,000 */
};
extern const struct shape retention_shape;
fallible retention_get(struct db *, struct arena *, struct retention *out);
/* Whom a run with such a rule would erase now, counted to 10,000. */
fallible retention_due(struct db *, struct arena *, int64_t names_months, int64_t *out);
/* ERR_INVALID ("bad-months"). */
fallible retention_set(struct tx *, const struct retention_new *, str who);

struct retention_ran {
	int64_t details, names;
};
extern const struct shape retention_ran_shape;
/* Erases what is over, in many small transactions, so that sites go on being answered.
 * `stop` (may be NULL): once true, the rest is left to the next run. */
fallible retention_run(struct hub *, str who, const atomic_bool *stop,
                       struct retention_ran *out);
