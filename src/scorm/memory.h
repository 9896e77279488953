/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's memory: one block that the caller gives, handed out from the front. Nothing
 * is given back but by going back to a mark. No malloc, no libc beyond
 * memcpy/memset/memcmp: the same code runs in the browser. */
#pragma once

#include "base/base.h"

struct scorm_memory {
	uint8_t *p;
	size_t n, room; /* bytes */
	bool over; /* something did not fit: the engine's answer is then "no memory", never
	              a half */
};

/* Zeroed and aligned for any type; NULL (and over) when it does not fit. */
void *scorm_take(struct scorm_memory *, size_t size);
/* The same with whatever lay there: for what is written before it is read. A phone takes a
 * millisecond for each quarter of a megabyte of zeros. */
void *scorm_take_raw(struct scorm_memory *, size_t size);
#define scorm_array(memory, type, n) ((type *)scorm_take((memory), sizeof(type) * (n)))
str scorm_keep(struct scorm_memory *, str);
