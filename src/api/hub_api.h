/* SPDX-License-Identifier: Apache-2.0 */
/* The hub's addresses: a table of its own, for a hub serves no learners and a site no
 * coordinators. The machine roads (exchange, bundles, health, metrics) are in hub_roads.c.
 */
#pragma once

#include <stdatomic.h>

#include "http/http.h"
#include "hub/hub.h"

struct hub_api {
	struct hub hub;
	_Atomic(struct server *) server; /* NULL until it listens */
	/* since the start */
	_Atomic uint64_t exchanges, refused, bundles;
};
extern const struct route hub_routes[];
extern const size_t hub_n_routes;

static inline struct hub_api *hub_api_of(struct request *rq)
{
	return (struct hub_api *)request_app(rq);
}
