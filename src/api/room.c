/* SPDX-License-Identifier: Apache-2.0 */
/* A laptop in a hall often has several addresses: its Wi-Fi, a cable, a hotspot of its own,
 * and those of virtual machines and tunnels that no phone can reach. Points decide. */
#include "api/room.h"

#ifndef _WIN32
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#endif

static const struct {
	const char *start;
	int points;
} interface_points[] = {
	{ "wl", 30 },   { "wifi", 30 },   { "ap", 30 },      { "en", 20 },
	{ "eth", 20 },  { "usb", 10 },    { "docker", -80 }, { "veth", -80 },
	{ "br-", -80 }, { "virbr", -80 }, { "vmnet", -80 },  { "vboxnet", -80 },
	{ "lxc", -80 }, { "cni", -80 },   { "podman", -80 }, { "tun", -80 },
	{ "tap", -80 }, { "wg", -80 },    { "zt", -80 },     { "tailscale", -80 },
};

int room_score(str interface, uint32_t ip)
{
	int score = 0;
	for (size_t i = 0; i < sizeof(interface_points) / sizeof(interface_points[0]);
	     i++) {
		if (!str_starts(interface, str_of(interface_points[i].start))) continue;
		score += interface_points[i].points;
		break;
	}
	if (ip >> 16 == 0xc0a8)
		score += 30; /* 192.168/16: routers, hotspots */
	else if (ip >> 24 == 10)
		score += 20; /* 10/8 */
	else if (ip >> 20 == 0xac1)
		score += 15; /* 172.16/12 */
	else if (ip >> 16 == 0xa9fe)
		score -= 60; /* 169.254/16: nobody gave an address */
	return score;
}

str room_address_text(struct arena *a, str ip, int port)
{
	if (port == 80) return arena_printf(a, "http://%.*s", STR_ARG(ip));
	return arena_printf(a, "http://%.*s:%d", STR_ARG(ip), port);
}

/* Best first; stable, so that the poster does not change from one look to the next. */
static void insert(struct room_place *list, size_t *n, size_t most, struct room_place p)
{
	size_t at = *n;
	while (at > 0 && list[at - 1].score < p.score) at--;
	if (at >= most) return;
	if (*n < most) ++*n;
	for (size_t i = *n - 1; i > at; i--) list[i] = list[i - 1];
	list[at] = p;
}

#ifndef _WIN32
size_t room_places(struct arena *a, const char *listen, struct room_place *out, size_t most)
{
	struct ifaddrs *all = NULL;
	if (getifaddrs(&all) != 0) all = NULL;
	bool any = str_is(str_of(listen), S("0.0.0.0")) || str_is(str_of(listen), S("::"));
	size_t n = 0;
	for (const struct ifaddrs *i = all; i; i = i->ifa_next) {
		if (!i->ifa_addr || i->ifa_addr->sa_family != AF_INET) continue;
		if (!(i->ifa_flags & IFF_UP)) continue;
		struct sockaddr_in in;
		memcpy(&in, i->ifa_addr, sizeof(in));
		char text[INET_ADDRSTRLEN];
		if (!inet_ntop(AF_INET, &in.sin_addr, text, sizeof(text))) continue;
		if (!any && !str_is(str_of(listen), str_of(text))) continue;
		struct room_place p = { arena_copy(a, str_of(text)),
			                arena_copy(a, str_of(i->ifa_name)), false, false,
			                0 };
		p.loopback = i->ifa_flags & IFF_LOOPBACK;
		p.score = p.loopback ? -1000
		                     : room_score(p.interface, ntohl(in.sin_addr.s_addr));
		if (!p.loopback && !(i->ifa_flags & IFF_RUNNING)) p.score -= 50;
		insert(out, &n, most, p);
	}
	if (all) freeifaddrs(all);
	if (n > 0 && !out[0].loopback) out[0].likely = true;
	return n;
}
#endif
