/* SPDX-License-Identifier: Apache-2.0 */
/* Start and stop, in the order in which things need one another. */
#include "app/app.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "app/inside.h"
#include "base/log.h"

/* This machine's own name, its name in the local network, and those of the settings. */
static void collect_names(struct app *app, const char *setting)
{
	size_t n = 0, most = countof(app->names) - 1;
	char own[256] = "";
	if (gethostname(own, sizeof(own) - 1) == 0 && *own) {
		app->names[n++] = arena_copy(app->arena, str_of(own)).p;
		app->names[n++] = arena_printf(app->arena, "%s.local", own).p;
	}
	str rest = str_of(setting), name;
	while (n < most && str_cut(&rest, ',', &name)) {
		name = str_trim(name);
		if (name.n) app->names[n++] = arena_copy(app->arena, name).p;
	}
	app->names[n] = NULL;
}

static fallible listen_on(struct app *app, const struct config *config)
{
	struct server_options options = {
		.app = &app->api,
		.routes = api_routes,
		.n_routes = api_n_routes,
		.listen = config->listen,
		.port = (int)config->port,
		.content_port = (int)config->content_port,
		.threads = (int)config->workers,
		.names = app->names,
		.find_file = files_find,
		.plain = ui_plain,
		.identify = api_identify,
	};
	TRY(server_start(&options, &app->server));
	api_listens(&app->api, app->server);
	return ERR_OK;
}

static fallible start(struct app *app, const struct config *config)
{
	char folder[FILE_PATH];
	TRY(site_folder(config->data, folder));
	TRY(lock_take(folder, &app->lock));
	TRY(site_open(folder, &app->site));
	struct api *api = &app->api;
	api->store = app->site.store;
	api->shelf = app->site.shelf;
	api->identity = &app->site.identity;
	api->data = app->site.folder;
	api->listen = config->listen;
	api->upload_max = (uint64_t)config->upload_mb << 20;
	TRY(ui_open(config->web_dir, &api->ui));
	TRY(api_init(api));
	collect_names(app, config->names);
	api->sync = (struct api_sync){ &app->sync, sync_job_ask, sync_job_runs,
		                       site_apply, site_keep,    &app->site };
	TRY(sync_job_begin(&app->sync, &app->site));
	TRY(listen_on(app, config));
	return starter_begin(app);
}

/* What an import needs goes back to the system after it: left to itself glibc keeps blocks
 * of up to 32 MB once such a one was freed, for each of the threads that took one. */
static void give_back_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, 256 << 10);
#endif
}

void signals_ignore(void)
{
#ifdef SIGPIPE
	signal(SIGPIPE, SIG_IGN); /* a phone that goes away is no reason to end */
#endif
#ifdef SIGXFSZ
	signal(SIGXFSZ, SIG_IGN); /* nor a file that may not grow: the write fails */
#endif
}

enum err app_start(const struct config *config, struct app **out)
{
	signals_ignore();
	give_back_memory();
	struct app *app = calloc(1, sizeof(*app));
	if (!app) return FAIL(ERR_FULL, "no memory");
	app->lock.file = -1;
	app->arena = arena_open((size_t)1 << 20);
	enum err e = start(app, config);
	if (e) {
		struct err_note note = *err_last();
		app_stop(app);
		err_restore(&note);
		return e;
	}
	log_info("server.started", "port=%d content_port=%d version=%s",
	         app_port(app, MAIN), app_port(app, CONTENT), KENES_VERSION);
	*out = app;
	return ERR_OK;
}

void app_stop(struct app *app)
{
	if (!app) return;
	starter_wait(app);
	server_stop(app->server);
	sync_job_end(&app->sync);
	if (app->server) log_info("server.stopped", "folder=%s", app->site.folder);
	ui_close(app->api.ui);
	api_free(&app->api);
	site_close(&app->site);
	lock_drop(&app->lock);
	arena_close(app->arena);
	free(app);
}

int app_port(const struct app *app, enum http_origin origin)
{
	return server_port(app->server, origin);
}

const struct site *app_site(const struct app *app)
{
	return &app->site;
}

void app_settle(struct app *app)
{
	starter_wait(app);
}
