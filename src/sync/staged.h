/* SPDX-License-Identifier: Apache-2.0 */
/* Files with things from above that somebody brought: looked into, and taken only when the
 * trainer says so. Until then they can be put away. The file stays sealed as it came. */
#pragma once

#include "sync/carried.h"

struct staged {
	str id; /* stg_… */
	int64_t staged_at;
	const struct carried *what;
};
extern const struct shape staged_shape;
fallible staged_all(struct db *, struct arena *, struct json_list *out); /* ≤ 20 */
/* Keeps a file whose sections hold something new; `id_out` is empty when nothing in it is.
 * The same file again is the same entry. */
fallible staged_add(struct site_sync *, struct arena *, str bytes, struct id *id_out);
/* ERR_CONFLICT ("already-decided"): it was taken or put away before. */
fallible staged_take(struct site_sync *, struct arena *, str id);
fallible staged_drop(struct site_sync *, str id);
