/* SPDX-License-Identifier: Apache-2.0 */
/* The same bytes as over the line, in a file: on a stick, on a courier's phone. A file is a
 * row of sections, each sealed to one key (only that hub, or that site, can read it) and
 * holding requests or replies, each signed. Whoever carries it can neither read nor change
 * it; losing it loses nothing. */
#pragma once

#include "sync/sync.h"

#define BUNDLE_MOST ((size_t)64 << 20) /* bytes of a file */

/* ---- sections ---- */
/* Adds a section for a key. */
fallible bundle_seal(const uint8_t public_key[SEAL_PUBLIC], str messages, struct buf *out);
/* Adds a message to what will be a section. */
void bundle_add(struct buf *messages, str message);
/* The next section that is ours from `*rest` on, opened; STR_NONE at the end. `sealed_out`
 * (may be NULL): as it stood in the file. ERR_INVALID ("bad-bundle"): no bundle, or
 * damaged. */
fallible bundle_next(const struct identity *, str *rest, struct arena *, str *messages_out,
                     str *sealed_out);
/* The next message of a section; false at the end. */
bool bundle_message(str *messages, str *out);

/* ---- a site's two ways ---- */
/* Everything that the hub has not signed for, sealed to it; nothing is marked as sent. */
fallible bundle_export(struct site_sync *, struct arena *, struct buf *out,
                       int64_t *records_out);
/* What a hub's receipts say. Again is harmless. ERR_NOT_FOUND ("not-for-us") when nothing
 * in the file is for this site. Things from above wait for staged_add (staged.h): the
 * report says that there are some. */
fallible bundle_import(struct site_sync *, str bytes, struct arena *,
                       struct sync_report *out);
