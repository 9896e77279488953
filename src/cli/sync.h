/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands about records share between the two roles. */
#pragma once

#include "base/json.h"
#include "hub/hub.h"

/* Whether a hub's key lies in the folder. */
bool cli_is_hub(const char *data);
fallible cli_hub_open(const char *data, struct hub *out);
int cli_hub_export(const char *data, const char *file);
int cli_hub_import(const char *data, str bytes, bool stage, bool json);

/* ---- kenes records ---- */
struct records {
	str role; /* "site", "hub" */
	int64_t records;
	str total;               /* hex: the sum of all ids */
	struct json_list epochs; /* of struct hub_epoch */
};
fallible cli_hub_records(const char *data, struct arena *, struct records *out);
fallible cli_site_records(const char *data, struct arena *, struct records *out);
void cli_print_records(const struct records *, bool json);
