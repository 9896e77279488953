/* SPDX-License-Identifier: Apache-2.0 */
/* The program: hands its arguments, in UTF-8, to the commands. */
#include "cli/cli.h"

#ifdef _WIN32
#include <stdlib.h>
#include <windows.h>

static char *utf8_of(const wchar_t *wide)
{
	int n = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
	char *text = malloc((size_t)n + 1);
	if (text) WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, n, NULL, NULL);
	return text;
}

int wmain(int argc, wchar_t **wide)
{
	char **argv = calloc((size_t)argc + 1, sizeof(*argv));
	for (int i = 0; argv && i < argc; i++) {
		argv[i] = utf8_of(wide[i]);
		if (!argv[i]) return 1;
	}
	SetConsoleOutputCP(CP_UTF8);
	return argv ? cli_run(argc, argv) : 1;
}
#else
int main(int argc, char **argv)
{
	return cli_run(argc, argv);
}
#endif
