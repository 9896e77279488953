/* SPDX-License-Identifier: Apache-2.0 */
/* The main program of a fuzz target that is built without libFuzzer: runs each file that is
 * named, and each file of each folder that is named, through the target once. A folder that
 * is not there holds nothing; but something must have run. */
#include "base/arena.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static int runs;

static enum err run(const char *path)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(64 << 20);
	str text;
	TRY(file_read(path, 32 << 20, a, &text));
	/* Of exactly its size, so that AddressSanitizer sees a step too far. */
	uint8_t *bytes = malloc(text.n ? text.n : 1);
	if (!bytes) return FAIL(ERR_IO, "no memory for %s", path);
	memcpy(bytes, text.p, text.n);
	fprintf(stderr, "%s\n", path);
	LLVMFuzzerTestOneInput(bytes, text.n);
	free(bytes);
	runs++;
	return ERR_OK;
}

static enum err run_in(void *folder, const char *name)
{
	char path[FILE_PATH];
	TRY(file_path(path, folder, name));
	return run(path);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		struct stat st;
		if (stat(argv[i], &st) != 0) continue;
		enum err e = S_ISDIR(st.st_mode) ? file_each(argv[i], run_in, argv[i])
		                                 : run(argv[i]);
		if (e) {
			fprintf(stderr, "%s\n", err_last()->sentence);
			return 1;
		}
	}
	printf("%d replayed\n", runs);
	return runs ? 0 : 1;
}
