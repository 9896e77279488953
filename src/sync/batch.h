/* SPDX-License-Identifier: Apache-2.0 */
/* Records on their way: a run of one site's chain, at most 256 KiB, with the site's
 * signature over the last id. What follows from a record's place in the run (site, epoch,
 * number, the id before) is not sent but put together again, so a record costs some thirty
 * bytes and its body; that it was put together right is what the signature proves. Pure. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "sync/identity.h"
#include "sync/record.h"

#define BATCH_MOST (256 << 10) /* bytes */
#define BATCH_RECORDS 2000

struct batch {
	struct id site;
	uint8_t key_id[KEY_ID];      /* of the key that signed */
	int64_t epoch, first;        /* the number of the first record */
	const struct record *record; /* with `prev` */
	const uint8_t (*id)[RECORD_ID];
	size_t n; /* 1 … BATCH_RECORDS */
	uint8_t signature[SEAL_SIGNATURE];
};

/* Writes a run of records (as journal_read gives them) that fits into `most` bytes, signed;
 * `n_out`: how many. `out` is emptied first. At least one is written, whatever `most` says.
 */
fallible batch_write(const struct identity *, const struct record *, size_t n, size_t most,
                     struct buf *out, size_t *n_out);
/* Reads one from the front of `bytes`; `used_out` may be NULL: then nothing may follow.
 * ERR_INVALID: it is not well-formed. Bodies are borrowed from `bytes`. Whether anybody
 * signed it, batch_signed says. */
fallible batch_read(str bytes, struct arena *, struct batch *out, size_t *used_out);
bool batch_signed(const struct batch *, const uint8_t public_key[SEAL_PUBLIC]);
