/* SPDX-License-Identifier: Apache-2.0 */
/* The regions and cities of the republic (ISO 3166-2:KZ) by the names that people write:
 * "Ақмола облысы", "Акмолинская обл.", "г. Астана", "KZ-11". */
#pragma once

#include "base/arena.h"

struct regions; /* names made ready for comparing */
struct regions *regions_new(struct arena *);
/* The code; STR_NONE when there is none or more than one such ("Алматы" alone is a city and
 * a region). */
str regions_find(const struct regions *, struct arena *, str name);
