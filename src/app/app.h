/* SPDX-License-Identifier: Apache-2.0 */
/* The site as a whole: opens what is in the data folder, wires the modules together, starts
 * and stops the server. Programs that measure or test use it in their own process. */
#pragma once

#include "base/file.h"
#include "config/config.h"
#include "http/http.h"
#include "hub/hub.h"
#include "package/package.h"
#include "store/store.h"
#include "sync/sync.h"

/* ---- a data folder, open ---- */
struct site {
	char folder[FILE_PATH];
	struct store *store;
	struct shelf *shelf;
	struct identity identity; /* the site's key; site_close wipes it */
};
/* Opens or makes the folder that the setting `data` names (empty: the user's own). Several
 * programs may have it open, one of them serving. */
fallible site_open(const char *data, struct site *out);
void site_close(struct site *); /* takes a zeroed one */
/* The folder that the setting means, made if it is not there. */
fallible site_folder(const char *data, char out[FILE_PATH]);

/* What the site does with things from above: struct site_sync's `apply` and `keep`; their
 * context is the struct site. */
enum err site_apply(struct tx *, void *site, const struct down_entry *, str content);
enum err site_keep(void *site, const struct down_entry *, const char *path);

/* ---- serving ---- */
struct app;
/* Opens the site, starts the server, then imports the starter courses in the background.
 * ERR_CONFLICT with reason "serving-already" when another program serves this folder,
 * "port-taken" when a port is. Texts of the config must outlive the app. */
fallible app_start(const struct config *, struct app **out);
void app_stop(struct app *); /* takes NULL */
int app_port(const struct app *, enum http_origin);
const struct site *app_site(const struct app *);
/* Waits until the starter courses are in. For tests. */
void app_settle(struct app *);

/* Serves until the program is asked to end; prints the `listening` lines and writes
 * run.json into the data folder. */
struct serve_how {
	bool free_ports;   /* no port was given: look for one, 80 first */
	bool open_browser; /* show the app once it listens */
};
fallible app_serve(const struct config *, struct serve_how);

/* ---- being asked to end: Ctrl-C, a service manager ---- */
void stop_prepare(void); /* before any thread is made */
void stop_wait(void);    /* returns when the program is asked to end */

/* ---- the hub's role ---- */
/* Serves a hub's folder until the program is asked to end; prints `listening …` and writes
 * run.json. ERR_CONFLICT as for a site. `name` is what the hub calls itself. */
fallible hub_serve(const struct config *, str name);
/* Makes the hub's derived tables anew from its records, and says what differed. `check`:
 * only looks. ERR_CONFLICT ("serving-already") while it is served. */
struct hub_rebuilt {
	int64_t records;
	struct hub_table table[HUB_TABLES];
};
fallible hub_rebuild_folder(const char *folder, bool check, struct hub_rebuilt *out);
