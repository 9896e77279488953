/* SPDX-License-Identifier: Apache-2.0 */
/* A line is built on the stack and leaves in a single write, so lines of several threads
 * do not mix. What is too long is cut. Control characters are escaped: nobody can forge a
 * line, or colour the terminal, through a value. */
#include "base/log.h"

#include "base/err.h"
#include "base/time.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

enum { LONGEST_MESSAGE = 1024, LONGEST_LINE = 2048 };

static const char *const levels[] = { "error", "warn", "info", "debug" };
static _Atomic int least_level = LOG_INFO;
static _Thread_local uint64_t request;

void log_level_set(enum log_level least)
{
	atomic_store(&least_level, (int)least);
}

bool log_level_read(str word, enum log_level *out)
{
	for (size_t i = 0; i < countof(levels); i++) {
		if (!str_is(word, str_of(levels[i]))) continue;
		*out = (enum log_level)i;
		return true;
	}
	return false;
}

void log_request(uint64_t number)
{
	request = number;
}

/* Adds `text` to the line, escaped, leaving room for the newline. Returns the new length.
 */
static size_t add(char line[LONGEST_LINE], size_t n, const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (n + 6 > LONGEST_LINE) break;
		bool c1 = p[0] == 0xC2 && p[1] >= 0x80 && p[1] < 0xA0;
		if (*p == '\n' || *p == '\r' || *p == '\t') {
			line[n++] = '\\';
			line[n++] = *p == '\n' ? 'n' : *p == '\r' ? 'r' : 't';
		} else if (*p < 0x20 || *p == 0x7F || c1) {
			unsigned char c = c1 ? *++p : *p;
			line[n++] = '\\';
			line[n++] = 'x';
			line[n++] = "0123456789abcdef"[c >> 4];
			line[n++] = "0123456789abcdef"[c & 15];
		} else {
			line[n++] = (char)*p;
		}
	}
	return n;
}

void log_write(enum log_level level, const char *event, const char *format, ...)
{
	if ((int)level > atomic_load_explicit(&least_level, memory_order_relaxed)) return;

	char message[LONGEST_MESSAGE], line[LONGEST_LINE], at[TIME_TEXT];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(message, sizeof message, format, arguments);
	va_end(arguments);

	time_write(time_now(), at);
	size_t n = (size_t)snprintf(line, sizeof line, "%s %s %.80s", at, levels[level],
	                            event);
	if (request)
		n += (size_t)snprintf(line + n, sizeof line - n, " request=%llu",
		                      (unsigned long long)request);
	if (message[0]) line[n++] = ' ';
	n = add(line, n, message);
	line[n++] = '\n';
	while (write(STDERR_FILENO, line, (unsigned)n) < 0 && errno == EINTR) {}
}

void log_failure(enum log_level level, const char *event)
{
	const struct err_note *note = err_last();
	log_write(level, event, "at=%s:%d %s", note->file, note->line, note->sentence);
}
