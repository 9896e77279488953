/* SPDX-License-Identifier: Apache-2.0 */
/* What a trainer is to know from above: announcements, and how the centre's courses stand.
 */
#pragma once

#include "store/store.h"
#include "sync/items.h"

struct news {
	str id; /* "pub_…" */
	str kk, ru, en;
	str until;
	int64_t got_at;
};
extern const struct shape news_shape;
/* Those of today (YYYY-MM-DD) that this person has not put away, newest first, ≤ 20. */
fallible news_all(struct db *, struct arena *, str person, str today, struct json_list *);
/* Puts one away, for this person. Again is fine. */
fallible news_read(struct tx *, str id, str person);

struct centre_course {
	str package; /* SHA-256 */
	str state;   /* "current", "not-yet", "over", "withdrawn" */
	str from, until;
	bool here; /* on the shelf; else it could not be put there */
	int64_t bytes;
};
extern const struct shape centre_course_shape;
/* One row a package, of which the best of its publications counts; ≤ 200. */
fallible centre_course_all(struct db *, struct arena *, str today, struct json_list *out);
