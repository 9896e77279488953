/* SPDX-License-Identifier: Apache-2.0 */
/* Facts as bytes. A record is a header of fixed fields and a body (JSON); its id is the
 * SHA-256 of the header, which holds the hash of the body and the id of the record before.
 * So a signed id proves everything before it, and erasing a body breaks no proof. Field by
 * field, with reasons: docs/protocol.md. Pure. */
#pragma once

#include "base/id.h"
#include "seal/seal.h"

#define RECORD_ID SEAL_HASH
#define RECORD_KIND 40         /* longest kind, bytes */
#define RECORD_BODY (32 << 10) /* longest body, bytes */
#define RECORD_EPOCH                                                         \
	((int64_t)1 << 53) /* epochs and numbers lie below it, as JSON wants \
	                    */

/* How far the clock behind a date is to be believed. */
enum clock_trust {
	CLOCK_UNKNOWN,   /* nobody has compared it yet */
	CLOCK_CONFIRMED, /* it agreed with the hub's at the last contact */
	CLOCK_BACK,      /* it shows a time before that of an earlier record */
	CLOCK_OFF,       /* it differed from the hub's by more than five minutes */
};
const char *clock_word(enum clock_trust); /* "unknown", … static */

struct record {
	str kind; /* "person.added": lower-case letters, '.', '-' */
	struct id site;
	int64_t epoch, seq;
	uint8_t prev[RECORD_ID]; /* id of seq - 1; for seq 1 what the epoch grew out of */
	int64_t at_wall;
	enum clock_trust clock;
	str body;                     /* STR_NONE: erased */
	uint8_t body_hash[SEAL_HASH]; /* of the body, present or erased */
};

bool record_kind_is(str kind);
/* SHA-256 of the header. */
void record_id(const struct record *, uint8_t out[RECORD_ID]);

/* ---- sums of ids: the same for the same set in any order ---- */
struct record_sum {
	uint8_t bytes[RECORD_ID]; /* big-endian, modulo 2^256 */
};
void record_sum_add(struct record_sum *, const uint8_t id[RECORD_ID]);
