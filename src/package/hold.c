/* SPDX-License-Identifier: Apache-2.0 */
/* A command may import while the server takes an upload, and each empties incoming/ when it
 * starts. What is being written is locked, so only what nobody writes any more goes. */
#include "package/shelf.h"

#ifdef _WIN32
/* A file that is open cannot be removed there anyway. */
int incoming_hold(int file)
{
	(void)file;
	return -1;
}

void incoming_let_go(int held)
{
	(void)held;
}

bool incoming_is_held(const char *path)
{
	(void)path;
	return false;
}
#else
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

int incoming_hold(int file)
{
	if (flock(file, LOCK_EX | LOCK_NB) != 0) return -1;
	return fcntl(file, F_DUPFD_CLOEXEC, 0);
}

void incoming_let_go(int held)
{
	if (held >= 0) close(held);
}

bool incoming_is_held(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	bool held = file >= 0 && flock(file, LOCK_SH | LOCK_NB) != 0;
	if (file >= 0) close(file);
	return held;
}
#endif
