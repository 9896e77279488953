/* SPDX-License-Identifier: Apache-2.0 */
/* Shows an address in the user's browser. */
#include "app/inside.h"

#ifdef _WIN32
#include <windows.h>

void browser_show(const char *address)
{
	ShellExecuteA(NULL, "open", address, NULL, NULL, SW_SHOWNORMAL);
}
#else
#include <signal.h>
#include <spawn.h>

extern char **environ;

void browser_show(const char *address)
{
#ifdef __APPLE__
	static const char program[] = "open";
#else
	static const char program[] = "xdg-open";
#endif
	union {
		const char *said[3];
		char *const taken[3]; /* posix_spawn's words are not const */
	} words = { { program, address, NULL } };
	posix_spawnattr_t how;
	sigset_t none;
	sigemptyset(&none);
	signal(SIGCHLD, SIG_IGN); /* nobody waits for it */
	posix_spawnattr_init(&how);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
	pid_t pid;
	(void)posix_spawnp(&pid, program, NULL, &how, words.taken, environ);
	posix_spawnattr_destroy(&how);
}
#endif
