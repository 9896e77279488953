/* SPDX-License-Identifier: Apache-2.0 */
/* What the fuzz targets share: their entry, what must hold, and the bytes as numbers and
 * texts. */
#pragma once

#include "base/base.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static inline void check(bool holds)
{
	if (!holds) abort();
}

struct input {
	const uint8_t *p;
	size_t n;
};

/* A byte; 0 at the end. */
static inline uint32_t take(struct input *in)
{
	if (!in->n) return 0;
	in->n--;
	return *in->p++;
}

/* A byte n and then n bytes, or as many as there are. Lent from the input. */
static inline str take_text(struct input *in)
{
	size_t n = take(in);
	if (n > in->n) n = in->n;
	str s = { (const char *)in->p, n };
	in->p += n;
	in->n -= n;
	return s;
}
