/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder share. Nobody else includes it. */
#pragma once

#include "sync/journal.h"

/* ---- mark.c: DIR/site.mark, how far facts have left this folder ---- */
struct mark {
	int64_t epoch, seq; /* 0: nothing has left */
	uint8_t head[RECORD_ID];
};
/* A mark of another site, or none, is zeros; an unreadable one is ERR_CORRUPT. */
fallible mark_read(const char *folder, str site, struct mark *out);
