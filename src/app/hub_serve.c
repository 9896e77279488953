/* SPDX-License-Identifier: Apache-2.0 */
/* `kenes hub`: the same program as the centre of many sites. */
#include <stdio.h>
#include <stdlib.h>

#include "api/hub_api.h"
#include "api/room.h"
#include "app/inside.h"
#include "base/log.h"
#include "hub/publish.h"

struct serving {
	struct hub_api api;
	struct lock lock;
	struct keep_job keep;
	struct server *server;
	struct arena *arena;
	const char *names[34], *proxies[34];
};

static void collect(struct arena *a, const char *setting, const char *out[], size_t most)
{
	size_t n = 0;
	str rest = str_of(setting), one;
	while (n + 1 < most && str_cut(&rest, ',', &one)) {
		one = str_trim(one);
		if (one.n) out[n++] = arena_copy(a, one).p;
	}
}

static fallible check_tls(const struct config *config)
{
	if (!*config->tls_certificate == !*config->tls_key) return ERR_OK;
	return FAIL(ERR_INVALID, "%s is set and %s is not: TLS needs both",
	            *config->tls_key ? "tls_key" : "tls_certificate",
	            *config->tls_key ? "tls_certificate" : "tls_key");
}

/* Addresses of the pages are their own business: all are one page. */
static enum err hub_file(void *app, enum http_origin origin, str path, struct resource *out)
{
	struct hub_api *api = app;
	size_t last = path.n;
	if (origin != MAIN || str_is(path, S("/healthz")) || str_is(path, S("/metrics")) ||
	    str_starts(path, S("/sync/")) || str_starts(path, S("/verify/")))
		return ERR_NOT_FOUND;
	while (last > 0 && path.p[last - 1] != '/') last--;
	str name = str_part(path, last, path.n);
	bool page = str_index(name, '.') == name.n;
	if (!page && !str_starts(path, S("/assets/")) && !str_is(path, S("/old.html")))
		return ERR_NOT_FOUND;
	const struct resource *r =
		ui_find(api->ui, page ? S("hub.html") : str_part(path, 1, path.n));
	if (!r) return ERR_NOT_FOUND;
	*out = *r;
	return ERR_OK;
}

static fallible listen_on(struct serving *s, const struct config *config)
{
	struct server_options options = {
		.app = &s->api,
		.routes = hub_routes,
		.n_routes = hub_n_routes,
		.listen = config->listen,
		.port = (int)config->port,
		.threads = (int)config->workers,
		.names = s->names,
		.proxied = true,
		.proxies = s->proxies[0] ? s->proxies : NULL,
		.tls_certificate =
			*config->tls_certificate ? config->tls_certificate : NULL,
		.tls_key = config->tls_key,
		.identify = hub_identify,
		.find_file = hub_file,
		.plain = ui_plain,
	};
	TRY(server_start(&options, &s->server));
	atomic_store(&s->api.server, s->server);
	return ERR_OK;
}

static fallible tell(struct serving *s, const struct config *config)
{
	int port = server_port(s->server, MAIN);
	const char *host = near_host(config->listen);
	str address = room_address_text(s->arena, str_of(host), port);
	if (*config->tls_certificate)
		address = arena_printf(s->arena, "https://%s:%d", host, port);
	TRY(run_file_write(s->api.hub.folder, port, 0, &address, 1));
	printf("listening %.*s\n", STR_ARG(address));
	fflush(stdout);
	log_info("hub.started", "port=%d version=%s", port, KENES_VERSION);
	return ERR_OK;
}

static fallible serve(struct serving *s, const struct config *config)
{
	char folder[FILE_PATH];
	TRY(check_tls(config));
	TRY(site_folder(config->data, folder));
	TRY(lock_take(folder, &s->lock));
	TRY(hub_open(folder, &s->api.hub));
	TRY(hub_incoming_clean(&s->api.hub));
	s->api.upload_max = (uint64_t)config->upload_mb << 20;
	TRY(ui_open(config->web_dir, &s->api.ui));
	collect(s->arena, config->names, s->names, countof(s->names));
	collect(s->arena, config->proxies, s->proxies, countof(s->proxies));
	TRY(keep_job_begin(&s->keep, &s->api.hub));
	TRY(listen_on(s, config));
	TRY(tell(s, config));
	stop_wait();
	run_file_forget(s->api.hub.folder);
	return ERR_OK;
}

enum err hub_serve(const struct config *config, str name)
{
	signals_ignore();
	stop_prepare();
	struct serving *s = calloc(1, sizeof *s);
	if (!s) return FAIL(ERR_FULL, "no memory");
	s->lock.file = -1;
	s->arena = arena_open((size_t)1 << 20);
	s->api.hub.name = name;
	enum err e = sem_init(&s->api.hashing, 0, 2) ? FAIL(ERR_IO, "no semaphore")
	                                             : serve(s, config);
	struct err_note note = *err_last();
	server_stop(s->server);
	keep_job_end(&s->keep);
	hub_close(&s->api.hub);
	ui_close(s->api.ui);
	sem_destroy(&s->api.hashing);
	lock_drop(&s->lock);
	arena_close(s->arena);
	free(s);
	if (e) err_restore(&note);
	return e;
}
