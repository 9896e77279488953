/* SPDX-License-Identifier: Apache-2.0 */
/* Every address of a hub. */
#include "api/hub_api.h"
#include "api/hub_handlers.h"
#include "api/shapes.h"

/* clang-format off */
const struct route hub_routes[] = {
	/* method, path                     where    who     pace    takes  gives */

	{ GET,  "/healthz",                 MAIN,    ANYONE, FREE,   NULL,  &health_shape, false, false,
	  hub_health,   "200 only while what is written reaches the disk; else 503." },
	{ GET,  "/metrics",                 MAIN,    ANYONE, NORMAL, NULL,  NULL, false, false,
	  hub_metrics,  "Figures for Prometheus; no names, no ids." },
	{ PUT,  "/sync/v1/exchange",        MAIN,    ANYONE, NORMAL, NULL,  NULL, false, true,
	  hub_exchange, "One signed request of a site, one signed reply (docs/protocol.md). 201 only with a reply that is signed." },
	{ PUT,  "/sync/v1/bundle",          MAIN,    ANYONE, COSTLY, NULL,  &hub_import_shape, true, true,
	  hub_bundle,   "A courier's file: its records count as if they had come by the line. 400 bad-bundle, 403 forged, 404 not-for-us." },
	{ GET,  "/sync/v1/receipt/{id}",    MAIN,    ANYONE, NORMAL, NULL,  NULL, false, false,
	  hub_receipt,  "The sealed receipt of a bundle, to be carried back." },
};
/* clang-format on */
const size_t hub_n_routes = countof(hub_routes);
