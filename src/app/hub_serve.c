/* SPDX-License-Identifier: Apache-2.0 */
/* `kenes hub`: the same program as the centre of many sites. */
#include <stdio.h>
#include <stdlib.h>

#include "api/hub_api.h"
#include "api/room.h"
#include "app/inside.h"
#include "base/log.h"

struct serving {
	struct hub_api api;
	struct lock lock;
	struct server *server;
	struct arena *arena;
	const char *names[34];
};

static void collect_names(struct serving *s, const char *setting)
{
	size_t n = 0;
	str rest = str_of(setting), name;
	while (n + 1 < countof(s->names) && str_cut(&rest, ',', &name)) {
		name = str_trim(name);
		if (name.n) s->names[n++] = arena_copy(s->arena, name).p;
	}
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
	};
	TRY(server_start(&options, &s->server));
	atomic_store(&s->api.server, s->server);
	return ERR_OK;
}

static fallible tell(struct serving *s, const char *listen)
{
	int port = server_port(s->server, MAIN);
	str address = room_address_text(s->arena, str_of(near_host(listen)), port);
	TRY(run_file_write(s->api.hub.folder, port, 0, &address, 1));
	printf("listening %.*s\n", STR_ARG(address));
	fflush(stdout);
	log_info("hub.started", "port=%d version=%s", port, KENES_VERSION);
	return ERR_OK;
}

static fallible serve(struct serving *s, const struct config *config)
{
	char folder[FILE_PATH];
	TRY(site_folder(config->data, folder));
	TRY(lock_take(folder, &s->lock));
	TRY(hub_open(folder, &s->api.hub));
	collect_names(s, config->names);
	TRY(listen_on(s, config));
	TRY(tell(s, config->listen));
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
	enum err e = serve(s, config);
	struct err_note note = *err_last();
	server_stop(s->server);
	hub_close(&s->api.hub);
	lock_drop(&s->lock);
	arena_close(s->arena);
	free(s);
	if (e) err_restore(&note);
	return e;
}
