/* SPDX-License-Identifier: Apache-2.0 */
/* The list of certificates that hold no longer: a small, signed, dated text that travels
 * with sync, on USB sticks and inside the verification page (docs/certificate-token.md). A
 * site's list speaks of its own certificates, a hub's of everybody's. Pure. */
#pragma once

#include "base/json.h"
#include "sync/identity.h"

#define REVOCATIONS_MOST 100000 /* entries */
#define REVOCATIONS_FILE ((size_t)8 << 20)

struct revocation {
	str serial;
	str on;     /* YYYY-MM-DD */
	str by;     /* superseded: the serial that took its place; STR_NONE: revoked */
	str reason; /* revoked: "mistake", "not-earned", "request", "other" */
};

struct revocations {
	uint8_t public_key[SEAL_PUBLIC]; /* who signed it */
	uint8_t key_id[KEY_ID];
	str dated;              /* RFC 3339 */
	struct json_list entry; /* of struct revocation */
};

/* ERR_INVALID ("no-revocations") for what is no such list or has been altered. */
fallible revocations_read(struct arena *, str text, struct revocations *out);
void revocations_write(struct buf *out, const struct identity *, int64_t dated_at,
                       struct json_list entries);
/* NULL when the list does not name it. The last entry counts. */
const struct revocation *revocations_find(const struct revocations *, str serial);
/* Whether it is one of the words above. */
bool revocation_reason_is(str word);
