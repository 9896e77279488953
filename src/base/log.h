/* SPDX-License-Identifier: Apache-2.0 */
/* One line an event, key=value, to stderr. Subjects do not log: http, app and cli do.
 * Never: bodies, answers, names, tokens. The first word is stable and listed in
 * docs/events.md. Any thread. */
#pragma once

#include "base/base.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

void log_level_set(enum log_level least);
/* "error", "warn", "info", "debug"; false when it is none of them. */
bool log_level_read(str word, enum log_level *out);
void log_write(enum log_level, const char *event, const char *format, ...)
	printf_like(3, 4);
#define log_error(event, ...) log_write(LOG_ERROR, "" event, __VA_ARGS__)
#define log_warn(event, ...) log_write(LOG_WARN, "" event, __VA_ARGS__)
#define log_info(event, ...) log_write(LOG_INFO, "" event, __VA_ARGS__)
#define log_debug(event, ...) log_write(LOG_DEBUG, "" event, __VA_ARGS__)
/* The last failure of this thread with its file and line. */
void log_failure(enum log_level, const char *event);
/* Numbers that every line of this thread carries; 0 for none. */
void log_request(uint64_t number);
