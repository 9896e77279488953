/* SPDX-License-Identifier: Apache-2.0 */
/* Hostile and quirky packages, always the same bytes. */
#pragma once

#include "support/zip_maker.h"

struct package_sample {
	const char *name;
	struct zip_end (*fill)(struct zip_maker *); /* what zip_done is to be called with */
	const char *
		code; /* the finding that import must tell (src/package/findings_table.h) */
};
extern const struct package_sample package_samples[]; /* the last one has no name */
