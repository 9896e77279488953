/* SPDX-License-Identifier: Apache-2.0 */
/* The sequencing requests once more, as slowly as the SN book tells them (appendix C): its
 * recursions, its lists of activities, its steps in its order. The engine must say the
 * same, exception for exception. */
#pragma once

#include "scorm/sequencing.h"

struct book_answer {
	int32_t deliver; /* −1: nothing identified */
	bool end_session;
	const char *exception;
	bool endless; /* the recursion does not end: the book says nothing */
};

struct book_answer book_sequencing(const struct scorm *, enum sequencing_request,
                                   int32_t target);
