/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder share. Nobody else includes it. */
#pragma once

#include "training/training.h"

#define GRID_MOST 10000 /* people of an event: what a CSV may hold */

/* The whole grid, rows up to GRID_MOST; without claims. */
fallible grid_build(struct db *, struct shelf *, struct arena *, str event,
                    struct grid *out);
