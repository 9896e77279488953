/* SPDX-License-Identifier: Apache-2.0 */
/* What the files about publications share. */
#pragma once

#include "hub/publish.h"

/* ERR_INVALID ("bad-scope", "bad-date", "bad-period", "too-long"). */
fallible publishing_check(const struct hub_publishing *);
/* Puts the item and notes who published it; `item->name` empty: named by its id. `p->out`
 * is the publication. */
fallible publish(struct tx *, struct arena *, const char *kind, struct hub_item *item,
                 int64_t amount, struct hub_publishing *p);
