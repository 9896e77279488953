/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "app/app.h"
#include "people/people.h"
#include "sync/journal.h"

enum err site_folder(const char *data, char out[FILE_PATH])
{
	if (data && *data) {
		if (strlen(data) >= FILE_PATH)
			return FAIL(ERR_TOO_LARGE, "the path is too long");
		snprintf(out, FILE_PATH, "%s", data);
	} else {
		TRY(file_data_folder(out));
	}
	return file_make_folder(out);
}

enum err site_open(const char *data, struct site *out)
{
	struct site site = { 0 };
	TRY(site_folder(data, site.folder));
	TRY(seal_start());
	TRY(identity_open(site.folder, IDENTITY_SITE, &site.identity));
	TRY(store_open(site.folder, &site.store));
	uint8_t key[SEAL_KEY];
	enum err e = journal_begin(site.store, site.folder, &site.identity);
	if (!e) e = secret_get_or_make(site.store, "token", key);
	if (!e) e = shelf_open(site.folder, site.store, key, &site.shelf);
	seal_wipe(key, sizeof(key));
	if (e)
		site_close(&site);
	else
		*out = site;
	return e;
}

void site_close(struct site *site)
{
	shelf_close(site->shelf);
	store_close(site->store);
	identity_wipe(&site->identity);
	site->shelf = NULL;
	site->store = NULL;
}
