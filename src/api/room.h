/* SPDX-License-Identifier: Apache-2.0 */
/* The addresses of this machine, and a guess which one the phones in the room reach. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

struct room_place {
	str ip;        /* "192.168.1.10" */
	str interface; /* "wlan0" */
	bool loopback;
	bool likely; /* at most one */
	int score;   /* of room_score */
};

/* IPv4 addresses of interfaces that are up, the likely one first, the loopback last; at
 * most `most`. Only the ones that a server bound to `listen` answers on. Returns how many.
 */
size_t room_places(struct arena *, const char *listen, struct room_place *out, size_t most);
/* How well an address would suit a poster: wireless and home networks first; addresses of
 * virtual machines, tunnels and failed DHCP last. `ip` in host byte order. */
int room_score(str interface, uint32_t ip);
/* "http://IP:PORT", without the port when it is 80. */
str room_address_text(struct arena *, str ip, int port);
