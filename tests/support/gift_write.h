/* SPDX-License-Identifier: Apache-2.0 */
/* The inverse of the GIFT reader, for fuzz_gift.c: questions in one form. */
#pragma once

#include "authoring/gift.h"

/* Writes the bank so that reading it gives the same. */
void gift_write(struct buf *, const struct gift_bank *);
