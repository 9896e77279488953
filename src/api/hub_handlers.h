/* SPDX-License-Identifier: Apache-2.0 */
/* The handlers that the hub's route table names, by the file they live in. */
#pragma once

#include "http/http.h"

/* hub_roads.c */
handler hub_health, hub_metrics, hub_exchange, hub_bundle, hub_receipt;
