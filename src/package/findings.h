/* SPDX-License-Identifier: Apache-2.0 */
/* Findings while they are gathered. Each code is told once, with its first few details and
 * how many there were, so that a bad package cannot make a long report. */
#pragma once

#include "package/findings_table.h"
#include "package/package.h"

enum finding_code {
#define X(name, code, level, kk, ru, en) FOUND_##name,
	FINDINGS(X)
#undef X
		FINDING_CODES
};

struct findings {
	struct arena *arena;
	struct {
		size_t count;
		str detail[3];
	} of[FINDING_CODES];
};

struct findings *findings_open(struct arena *);
/* Notes one more of a code; a detail that was just told is not told again. */
void found(struct findings *, enum finding_code, str detail);
/* All that were found, in the table's order, with their sentences. */
struct json_list findings_list(const struct findings *);
/* One finding from what was stored; sentences as they are today. False for an unknown code.
 */
bool finding_of(struct arena *, str code, str detail, struct finding *out);
/* The finding that tells why the last call of this thread was refused. */
struct finding finding_of_refusal(struct arena *);
