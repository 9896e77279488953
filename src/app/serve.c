/* SPDX-License-Identifier: Apache-2.0 */
/* `kenes serve`: starts, says where it listens (for people on the standard output, for
 * programs in DIR/run.json), waits to be ended, stops cleanly. */
#include <stdio.h>
#include <unistd.h>

#include "api/room.h"
#include "app/inside.h"
#include "base/json.h"
#include "base/log.h"

#define PLACES_MOST 16

struct run_file {
	int64_t pid, port, content_port;
	struct json_list addresses;
};
static const struct json_field run_fields[] = {
	JSON_INT(struct run_file, pid, true, 0, INT32_MAX),
	JSON_INT(struct run_file, port, true, 0, 65535),
	JSON_INT(struct run_file, content_port, true, 0, 65535),
	JSON_TEXTS(struct run_file, addresses, true, PLACES_MOST),
};
static const struct shape run_shape = SHAPE("RunFile", struct run_file, run_fields);

enum err run_file_write(const char *folder, int port, int content_port, const str *address,
                        size_t n)
{
	struct run_file run = {
		.pid = getpid(),
		.port = port,
		.content_port = content_port,
		.addresses = { address, n },
	};
	char path[FILE_PATH];
	TRY(file_path(path, folder, "run.json"));
	struct buf text;
	buf_init(&text, 16 << 10);
	json_write(&text, &run_shape, &run);
	buf_char(&text, '\n');
	enum err e = file_write(path, buf_as_str(&text), 0600);
	buf_free(&text);
	return e;
}

/* Where a browser on this machine finds it: the loopback where that is served. */
const char *near_host(const char *listen)
{
	bool any = str_is(str_of(listen), S("0.0.0.0")) || str_is(str_of(listen), S("::"));
	return any ? "127.0.0.1" : listen;
}

static fallible tell(struct app *app, const char *listen, str *near_out)
{
	struct arena *a = app->arena;
	const char *host = near_host(listen);
	int port = app_port(app, MAIN), content = app_port(app, CONTENT);
	struct room_place place[PLACES_MOST];
	str address[PLACES_MOST + 1];
	size_t n = room_places(a, listen, place, PLACES_MOST), n_addresses = 0;
	*near_out = room_address_text(a, str_of(host), port);
	address[n_addresses++] = *near_out;
	printf("listening %.*s\n", STR_ARG(*near_out));
	printf("listening %s content\n", room_address_text(a, str_of(host), content).p);
	for (size_t i = 0; i < n && n_addresses < countof(address); i++) {
		if (place[i].loopback || str_is(place[i].ip, str_of(host))) continue;
		str far_one = room_address_text(a, place[i].ip, port);
		address[n_addresses++] = far_one;
		printf("listening %.*s%s\n", STR_ARG(far_one),
		       place[i].likely ? " phones in the room" : "");
	}
	/* The file before the lines: whoever reads a line finds the file. */
	TRY(run_file_write(app->site.folder, port, content, address, n_addresses));
	fflush(stdout);
	return ERR_OK;
}

void run_file_forget(const char *folder)
{
	char path[FILE_PATH];
	if (file_path(path, folder, "run.json") || file_drop(path))
		log_failure(LOG_WARN, "server.run-file");
}

enum err app_serve(const struct config *config, struct serve_how how)
{
	struct config chosen = *config;
	if (how.free_ports) ports_choose(&chosen);
	stop_prepare();
	struct app *app;
	TRY(app_start(&chosen, &app));
	str address;
	enum err e = tell(app, chosen.listen, &address);
	if (!e) {
		if (how.open_browser) browser_show(address.p);
		stop_wait();
	}
	run_file_forget(app->site.folder);
	app_stop(app);
	return e;
}
