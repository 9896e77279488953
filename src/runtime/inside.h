/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder share. Nobody else includes it. */
#pragma once

#include "runtime/runtime.h"

/* ---- facts.c: what the journal is told of attempts ---- */
enum success { SUCCESS_UNKNOWN, SUCCESS_PASSED, SUCCESS_FAILED };
/* What an attempt has come to, as far as others want to know. */
struct verdict {
	bool completed;
	enum success success;
	double score; /* NAN none */
};
/* What was reached stays. */
struct verdict verdict_best(const struct verdict *before, const struct result *now);
/* After a commit was applied: tells when the verdict is another than before. Most commits
 * change none and cost no statement here. */
fallible tell_result(struct tx *, str attempt, const struct verdict *before,
                     const struct verdict *now);
/* The phone claims another result than the server's word, for this reason: told once an
 * attempt, for somebody at the hub to look at. That only the course's state differs is no
 * news. */
fallible tell_dispute(struct tx *, str attempt, str why);
