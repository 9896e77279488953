/* SPDX-License-Identifier: Apache-2.0 */
/* The table of errors and the thread's last failure. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

static _Thread_local struct err_note last = { "", NULL, "", 0 };

static const struct {
	int status;
	const char *word;
} errors[] = {
#define X(name, status, word) [ERR_##name] = { status, word },
	ERRORS(X)
#undef X
};

enum err err_set(enum err code, const char *reason, const char *file, int line,
                 const char *format, ...)
{
	/* Built aside: the arguments may quote the last sentence. */
	struct err_note note = { .reason = reason, .file = file, .line = line };
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(note.sentence, sizeof note.sentence, format, arguments);
	va_end(arguments);
	/* What was cut may have been cut inside a letter. */
	str sentence = str_of(note.sentence);
	for (int i = 0; i < 3 && !str_is_utf8(sentence); i++) sentence.n--;
	note.sentence[sentence.n] = 0;
	last = note;
	return code;
}

const struct err_note *err_last(void)
{
	return &last;
}

void err_restore(const struct err_note *note)
{
	last = *note;
}

int err_status(enum err code)
{
	assert(code < countof(errors));
	return errors[code].status;
}

const char *err_word(enum err code)
{
	assert(code < countof(errors));
	return errors[code].word;
}
