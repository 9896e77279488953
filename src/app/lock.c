/* SPDX-License-Identifier: Apache-2.0 */
/* An advisory lock on DIR/serve.lock, held by the process and gone with it, however it
 * ends. The file itself stays. */
#include <fcntl.h>
#include <unistd.h>

#include "app/inside.h"

#ifdef _WIN32
#include <io.h>
#include <windows.h>

static bool hold(int file)
{
	OVERLAPPED at = { 0 };
	return LockFileEx((HANDLE)_get_osfhandle(file),
	                  LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
	                  &at);
}
#else
#include <sys/file.h>

static bool hold(int file)
{
	return flock(file, LOCK_EX | LOCK_NB) == 0;
}
#endif

enum err lock_take(const char *folder, struct lock *out)
{
	char path[FILE_PATH];
	out->file = -1;
	TRY(file_path(path, folder, "serve.lock"));
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (file < 0) return FAIL(ERR_IO, "%s cannot be opened", path);
	if (!hold(file)) {
		close(file);
		return FAIL_WHY(ERR_CONFLICT, "serving-already",
		                "another kenes is serving %s already", folder);
	}
	out->file = file;
	return ERR_OK;
}

void lock_drop(struct lock *lock)
{
	if (lock->file >= 0) close(lock->file);
	lock->file = -1;
}
