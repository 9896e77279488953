/* SPDX-License-Identifier: Apache-2.0 */
/* What every unit test begins with: cmocka in the order it wants, checks that say what
 * failed, and a folder of one's own. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "base/err.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>

/* Does the call succeed? If not, its sentence is printed. */
#define assert_ok(call) test_err(ERR_OK, call, #call, __FILE__, __LINE__)
/* Does it fail, and with this code? */
#define assert_err(code, call) test_err(code, call, #call, __FILE__, __LINE__)
/* Are two pieces of text the same? Absent is not empty. */
#define assert_str(got, wanted) test_str(got, wanted, __FILE__, __LINE__)
/* For rows of a table: says the row's reason when the condition does not hold. */
#define assert_row(condition, reason) \
	test_row(condition, #condition, reason, __FILE__, __LINE__)

static inline void test_err(enum err wanted, enum err got, const char *call,
                            const char *file, int line)
{
	if (got == wanted) return;
	fprintf(stderr, "%s:%d: %s: %s, not %s\n", file, line, call, err_word(got),
	        err_word(wanted));
	const struct err_note *note = err_last();
	if (got) fprintf(stderr, "\t%s:%d: %s\n", note->file, note->line, note->sentence);
	_fail(file, line);
}

static inline void test_str(str got, str wanted, const char *file, int line)
{
	if (str_is(got, wanted)) return;
	if (!got.p) got = S("(absent)");
	if (!wanted.p) wanted = S("(absent)");
	fprintf(stderr, "%s:%d: got    %.*s\n\twanted %.*s\n", file, line, STR_ARG(got),
	        STR_ARG(wanted));
	_fail(file, line);
}

static inline void test_row(bool holds, const char *condition, const char *reason,
                            const char *file, int line)
{
	if (holds) return;
	fprintf(stderr, "%s:%d: %s: %s\n", file, line, reason, condition);
	_fail(file, line);
}

/* ---- folders ---- */

static inline enum err test_drop_entry(void *folder, const char *name);

/* Removes a folder with everything in it. */
static inline void test_drop_folder(char *path)
{
	if (file_each(path, test_drop_entry, path) == ERR_OK) remove(path);
}

static inline enum err test_drop_entry(void *folder, const char *name)
{
	char path[FILE_PATH];
	TRY(file_path(path, folder, name));
	if (remove(path) != 0) test_drop_folder(path);
	return ERR_OK;
}

static char test_folders[32][64]; /* made by this program */
static int test_folder_count;

static inline void test_drop_folders(void)
{
	while (test_folder_count) test_drop_folder(test_folders[--test_folder_count]);
}

/* A fresh folder, removed when the program ends. */
static inline void test_folder(char out[FILE_PATH])
{
	if (test_folder_count == 0) atexit(test_drop_folders);
	if (test_folder_count == (int)countof(test_folders)) test_drop_folders();
	char *path = test_folders[test_folder_count];
	memcpy(path, "/tmp/kenes-test-XXXXXX", sizeof "/tmp/kenes-test-XXXXXX");
	if (!mkdtemp(path)) fail_msg("no temporary folder: %s", path);
	test_folder_count++;
	snprintf(out, FILE_PATH, "%s", path);
}
