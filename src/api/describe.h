/* SPDX-License-Identifier: Apache-2.0 */
/* The route table told to others: to programs (GET /api), to the browser's compiler
 * (`kenes routes --ts`), to people (`kenes routes --md`). */
#pragma once

#include "api/shapes.h"
#include "base/arena.h"
#include "base/buf.h"
#include "http/http.h"

/* One role's table. */
void describe_api(struct arena *, const struct route *, size_t n, struct api_info *out);
void describe_ts(struct arena *, struct buf *out);
void describe_md(struct arena *, struct buf *out);
