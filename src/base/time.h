/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks and their text. `_at` is milliseconds since 1970-01-01 UTC; `_ms` a duration. */
#pragma once

#include "base/arena.h"

int64_t time_now(void);     /* wall clock, ms since 1970 UTC; tests may stop it */
int64_t time_mono_ms(void); /* monotonic, ms */
int64_t time_mono_us(void); /* monotonic, µs: for measuring */
/* Tests only: stand still at `at`; 0 lets it run again. */
void time_stop_at(int64_t at);

/* The whole country's clock: UTC+5 since March 2024. */
#define ALMATY_MS (5 * 60 * 60 * 1000LL)

#define TIME_TEXT 25
/* "2026-11-23T14:47:58.000Z" into a buffer of TIME_TEXT bytes, NUL-terminated. */
void time_write(int64_t at, char out[TIME_TEXT]);
/* Reads RFC 3339; false when it is not. */
bool time_read(str text, int64_t *out);
/* Whether `text` is a calendar date YYYY-MM-DD that exists. */
bool time_is_date(str text);
