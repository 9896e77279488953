/* SPDX-License-Identifier: Apache-2.0 */
/* Who this machine is: an Ed25519 key pair made at the first start and kept in a file of
 * its own, DIR/site.key (a hub's in DIR/hub.key), mode 0600, beside the database and not in
 * it: a backup of the database that is handed on gives nobody the right to speak for the
 * site.
 *
 * The site's id is made with the key and lives as long as it does. The epoch, which a
 * restored backup changes, belongs to the journal (sync/journal.h). */
#pragma once

#include "base/id.h"
#include "seal/sign.h"

#define IDENTITY_SITE "site.key"
#define IDENTITY_HUB "hub.key"
#define KEY_ID 8 /* bytes: the first of SHA-256 of the public key */

/* Plain data; it holds the secret key, so it is wiped when it is done with. */
struct identity {
	struct id site; /* sit_…; a hub's too */
	uint8_t public_key[SEAL_PUBLIC];
	uint8_t key_id[KEY_ID];
	uint8_t secret[SEAL_SECRET];
};

/* Reads `folder`/`name`, or makes it: two programs that begin at the same time agree on one
 * key. ERR_CORRUPT for a file that is not such a key: it is never made anew over an old
 * one. */
fallible identity_open(const char *folder, const char *name, struct identity *out);
/* The same, but ERR_NOT_FOUND when there is none yet. */
fallible identity_find(const char *folder, const char *name, struct identity *out);
void identity_wipe(struct identity *); /* takes a zeroed one; for on_exit_of_scope */

/* A new identity that is in no file. */
void identity_new(struct identity *out);
/* seal_sign with the identity's key. */
void identity_sign(const struct identity *, const char *purpose, const void *bytes,
                   size_t n, uint8_t out[SEAL_SIGNATURE]);
void key_id_of(const uint8_t public_key[SEAL_PUBLIC], uint8_t out[KEY_ID]);
