/* SPDX-License-Identifier: Apache-2.0 */
#include "api/place.h"

#include "api/room.h"
#include "paper/qr.h"

#define PLACES_MOST 16

enum err place_addresses(struct request *rq, str path, struct json_list *out)
{
	struct api *api = api_of(rq);
	struct server *server = atomic_load(&api->server);
	if (!server) return FAIL(ERR_BUSY, "the ports are not known yet");
	int port = server_port(server, MAIN);
	struct arena *a = request_arena(rq);
	struct room_place place[PLACES_MOST];
	size_t n = room_places(a, api->listen, place, PLACES_MOST);
	struct room_address *list = arena_alloc(a, sizeof(*list) * (n + 1));
	for (size_t i = 0; i < n; i++) {
		str address = room_address_text(a, place[i].ip, port);
		if (path.n)
			address = arena_printf(a, "%.*s%.*s", STR_ARG(address),
			                       STR_ARG(path));
		struct buf svg;
		buf_init(&svg, 64 << 10);
		enum err e = qr_svg(&svg, address);
		str drawn = e ? STR_NONE : arena_copy(a, buf_as_str(&svg));
		buf_free(&svg);
		TRY(e);
		list[i] = (struct room_address){
			.address = address,
			.interface = place[i].interface,
			.kind = place[i].loopback ? S("loopback") : S("lan"),
			.likely = place[i].likely,
			.qr = drawn,
		};
	}
	*out = (struct json_list){ list, n };
	return ERR_OK;
}
