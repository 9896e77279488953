/* SPDX-License-Identifier: Apache-2.0 */
/* What comes from above, whichever road it took: looked at, applied and noted. */
#pragma once

#include "base/file.h"
#include "sync/sync.h"

#define TAKE_SMALL ((int64_t)8 << 20) /* bytes of a thing that lies in the database */
#define TAKE_LARGE ((int64_t)2 << 30) /* bytes of a course */

/* Whether a thing lies in a file of its own: courses do. */
bool take_is_large(const struct down_entry *);
/* The list as a whole: versions that only grow, scopes that this site lies in, sizes with a
 * ceiling. ERR_INVALID ("not-the-hub"). */
fallible take_check_list(const struct hub_link *, int64_t after, const struct down_list *);
/* Whether this version of a thing, or a newer one, is here already. */
fallible take_is_old(struct db *, const struct down_entry *, bool *out);
/* A small thing: applied and noted in one transaction. ERR_INVALID ("not-the-hub") when the
 * bytes are not of the hash. Empty `content` for what was withdrawn. */
fallible take_small(struct site_sync *, const struct down_entry *, str content);
/* A large thing. `path` is a file of its bytes, or NULL: is it here already? Then
 * ERR_NOT_FOUND means that the bytes are needed. */
fallible take_large(struct site_sync *, struct arena *, const struct down_entry *,
                    const char *path);
/* DIR/down/SHA256: where the bytes of a large thing gather. */
fallible take_path(const struct site_sync *, const struct down_entry *,
                   char out[FILE_PATH]);
/* Everything up to `version` is here. Files of things that nobody waits for go. */
fallible take_reached(struct site_sync *, int64_t version);
