/* SPDX-License-Identifier: Apache-2.0 */
/* Opening a hub's folder. */
#include "hub/hub.h"

#include <stdio.h>

enum err hub_open(const char *folder, struct hub *hub)
{
	if (strlen(folder) >= FILE_PATH) return FAIL(ERR_TOO_LARGE, "the path is too long");
	snprintf(hub->folder, sizeof hub->folder, "%s", folder);
	TRY(file_make_folder(folder));
	TRY(seal_start());
	TRY(identity_open(folder, IDENTITY_HUB, &hub->identity));
	uint8_t hash[SEAL_HASH];
	seal_sha256(hub->identity.secret, SEAL_SEED, hash);
	memcpy(hub->challenge_key, hash, SEAL_KEY);
	seal_wipe(hash, sizeof hash);
	enum err e = store_open(folder, &hub->store);
	if (e) hub_close(hub);
	return e;
}

void hub_close(struct hub *hub)
{
	store_close(hub->store);
	hub->store = NULL;
	identity_wipe(&hub->identity);
	seal_wipe(hub->challenge_key, sizeof hub->challenge_key);
}
