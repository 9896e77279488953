/* SPDX-License-Identifier: Apache-2.0 */
/* mkcourse FOLDER FILE.zip: a course of Markdown and GIFT as a SCORM 2004 package, for the
 * build. Problems of style do not stop it: `./dev test courses` does. */
#include <stdio.h>

#include "authoring/authoring.h"

#define MEMORY ((size_t)512 << 20)

static enum err make(const char *folder, const char *file, struct arena *a)
{
	struct course *course;
	struct authoring_report report;
	TRY(authoring_read(folder, (struct authoring_options){ 0 }, a, &course, &report));
	if (!report.good)
		printf("%s: %zu problems; see kenes pack --check %s\n", folder,
		       report.problems.n, folder);
	return authoring_pack(course, a, file);
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: mkcourse FOLDER FILE.zip\n", stderr);
		return 2;
	}
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	if (!make(argv[1], argv[2], a)) return 0;
	fprintf(stderr, "mkcourse: %s\n", err_last()->sentence);
	return 1;
}
