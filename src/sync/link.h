/* SPDX-License-Identifier: Apache-2.0 */
/* The hub at which this site is enrolled: where it is, the key that its word is known by,
 * and how the last contact went. */
#pragma once

#include "base/json.h"
#include "store/store.h"
#include "sync/trust.h"

struct hub_link {
	str url; /* "https://hub.example.kz" */
	uint8_t hub_key[SEAL_PUBLIC];
	str certificate; /* ours, bytes */
	str scope;
	int64_t enrolled_at, down_version;
	int64_t tried_at, reached_at; /* JSON_ABSENT: never */
	str trouble; /* a word: why the last contact failed; STR_NONE: it did not */
	str ended;   /* "revoked": the hub has cut this site off; STR_NONE */
};
/* ERR_NOT_FOUND ("not-enrolled") when there is none. */
fallible link_get(struct db *, struct arena *, struct hub_link *out);
/* Enrolled anew; `url` and `certificate` are copied. */
fallible link_set(struct tx *, const struct hub_link *);
/* How a contact went: STR_NONE is well. */
fallible link_note(struct tx *, str trouble);
/* Nothing more is asked of this hub, for that word: until it is enrolled anew. */
fallible link_end(struct tx *, str word);
fallible link_renew(struct tx *, str certificate);
fallible link_down(struct tx *, int64_t version); /* what is from above is here up to it */
