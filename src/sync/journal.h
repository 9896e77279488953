/* SPDX-License-Identifier: Apache-2.0 */
/* The site's journal: what happened here, as facts that never change (ground rule 6). Each
 * is written by journal_add in the same transaction as the change that it tells of.
 *
 *     TRY(journal_add(tx, S("event.closed"), STR_NONE, &event_closed_shape, &closed));
 *
 * Facts are numbered without gaps within an epoch and chained by their hashes. They are
 * signed when they leave, by one signature over the newest id: the chain carries it to all
 * before (docs/protocol.md says why not each). The kinds and their bodies:
 * docs/protocol.md. */
#pragma once

#include "base/json.h"
#include "store/store.h"
#include "sync/identity.h"
#include "sync/record.h"

/* ---- at the start ---- */
/* Says whose journal this is. Opens the first epoch; or a new one when the database is
 * older than what has already left this folder (a backup was put back) or when the key is
 * another site's. Until then, and in a hub's own folder, journal_add writes nothing.
 * `folder` holds site.mark, the number of the last fact that left. */
fallible journal_begin(struct store *, const char *folder, const struct identity *);
/* A new epoch now, e.g. after a restore ("restored") or when the hub says that two copies
 * of this site are at work ("forked"). */
fallible journal_new_epoch(struct tx *, str why);

/* ---- telling ---- */
/* Writes one fact; `subject` is the person whose erasure takes the body away, or STR_NONE.
 * The body is `in` of `shape`, at most 32 KiB. Three statements and two hashes. */
fallible journal_add(struct tx *, str kind, str subject, const struct shape *,
                     const void *in);
/* The same with the JSON written already. */
fallible journal_add_json(struct tx *, str kind, str subject, str body);
/* Takes away the bodies of all facts about this person. */
fallible journal_erase(struct tx *, str subject);
/* How the hub's clock compared with this one's at the last contact. A difference of more
 * than five minutes is itself a fact ("clock.set"). */
fallible journal_compare_clock(struct tx *, int64_t hub_at);

/* ---- reading ---- */
struct journal_epoch {
	str site; /* sit_… */
	int64_t epoch, seq, through;
	uint8_t head[RECORD_ID];
	struct record_sum total;
	int64_t told_at; /* JSON_ABSENT: never */
};
#define JOURNAL_EPOCHS 200
/* The newest first, ≤ JOURNAL_EPOCHS; items are struct journal_epoch. */
fallible journal_epochs(struct db *, struct arena *, struct json_list *out);
/* When the hub last signed for anything; JSON_ABSENT: never. */
fallible journal_told_at(struct db *, struct arena *, int64_t *out);
/* The present one; ERR_NOT_FOUND before journal_begin. */
fallible journal_now(struct db *, struct arena *, struct journal_epoch *out);
/* Facts from `first` on, until `most` of them or `bytes` bytes of bodies are together (at
 * least one); their `prev` is filled in. items are struct record. */
fallible journal_read(struct db *, struct arena *, int64_t epoch, int64_t first,
                      size_t most, size_t bytes, struct json_list *out);
/* ERR_NOT_FOUND when there is none of that number. */
fallible journal_id(struct db *, int64_t epoch, int64_t seq, uint8_t out[RECORD_ID]);
/* The sum of the ids from … to. */
fallible journal_sum(struct db *, int64_t epoch, int64_t from, int64_t to,
                     struct record_sum *out);
/* How many facts the hub has not signed for, over all epochs of this site. */
fallible journal_unsent(struct db *, int64_t *out);

/* How many the hub has put aside. */
fallible journal_refused(struct db *, int64_t *out);

/* ---- leaving ---- */
/* To be called before facts leave this folder: notes durably how far they go, so that an
 * older database is known for one. */
fallible journal_mark(const char *folder, const struct journal_epoch *);
/* The hub has signed for 1 … through of the epoch. Never goes back. */
fallible journal_told(struct tx *, int64_t epoch, int64_t through, int64_t hub_at);
/* The same as the hub says it today, also when it lost some: its disk was put back. */
fallible journal_corrected(struct tx *, int64_t epoch, int64_t through, int64_t hub_at);
/* The hub did not take one, for that reason (a word). */
fallible journal_refuse(struct tx *, int64_t epoch, int64_t seq, str reason);
