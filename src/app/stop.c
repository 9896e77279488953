/* SPDX-License-Identifier: Apache-2.0 */
/* Being asked to end: Ctrl-C, a service manager, the console's closing. */
#include "app/inside.h"

#ifdef _WIN32
#include <windows.h>

static HANDLE asked;

static BOOL WINAPI on_event(DWORD event)
{
	(void)event;
	SetEvent(asked);
	return TRUE;
}

void stop_prepare(void)
{
	asked = CreateEvent(NULL, TRUE, FALSE, NULL);
	SetConsoleCtrlHandler(on_event, TRUE);
}

void stop_wait(void)
{
	WaitForSingleObject(asked, INFINITE);
}
#else
#include <signal.h>

static void endings(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGHUP);
}

/* Blocked in every thread made from here on; only stop_wait takes them. */
void stop_prepare(void)
{
	sigset_t set;
	endings(&set);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

void stop_wait(void)
{
	sigset_t set;
	int which;
	endings(&set);
	while (sigwait(&set, &which) != 0) continue;
}
#endif
