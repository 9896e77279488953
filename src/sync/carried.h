/* SPDX-License-Identifier: Apache-2.0 */
/* Things from above that came in a file. A section of them is: what the site would have
 * asked (KNI1), the hub's signed list in answer, and the bytes of what is on it, in any
 * order, known by their hashes. They take the same way as those of the line (take.h). */
#pragma once

#include "sync/sync.h"

/* "KNI1", site, version: everything newer than that. Emptied first. */
void carried_request(str site, int64_t after, struct buf *out);
/* Whether a section's first message says that it holds things from above. */
bool carried_is(str messages);

struct carried {
	int64_t news, courses, others; /* that are new here */
	int64_t course_bytes;
	int64_t left_out; /* courses on the list that are not in the file */
};
extern const struct shape carried_shape;
/* Checks a section and counts; nothing changes. ERR_INVALID ("not-the-hub", "bad-bundle").
 */
fallible carried_look(struct site_sync *, struct arena *, str messages,
                      struct carried *out);
/* Takes everything. Again is harmless. */
fallible carried_take(struct site_sync *, struct arena *, str messages);
