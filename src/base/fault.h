/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that fails when a test says so: whatever may answer "no room" (arena_try, a buffer
 * that grows) asks here first. Only in builds with AddressSanitizer, which nobody ships;
 * otherwise it costs nothing. A test counts n = 1, 2, 3 … until nothing fails any more. */
#pragma once

#include "base/base.h"

#if defined(__SANITIZE_ADDRESS__)
#define FAULTS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FAULTS 1
#endif
#endif

#ifdef FAULTS
/* The n-th time from now that this thread asks, it fails, once. 0: never. */
void fault_at(int n);
/* Whether that has not come yet; then it never will. */
bool fault_waiting(void);
/* Asks. */
bool fault_now(void);
#else
#define fault_now() false
#endif
