/* SPDX-License-Identifier: Apache-2.0 */
/* A whole file as read-only memory. The file must not shrink while it is mapped: packages
 * are named by their hash and never written to again. */
#include "archive/inside.h"

#ifdef _WIN32
#include <windows.h>

static enum err open_wide(const char *path, HANDLE *out)
{
	wchar_t wide[4096];
	if (!MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, (int)countof(wide)))
		return FAIL(ERR_INVALID, "%s: not a path", path);
	*out = CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
	                   OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
	if (*out != INVALID_HANDLE_VALUE) return ERR_OK;
	DWORD why = GetLastError();
	bool absent = why == ERROR_FILE_NOT_FOUND || why == ERROR_PATH_NOT_FOUND;
	return FAIL(absent ? ERR_NOT_FOUND : ERR_IO, "%s: error %lu", path, why);
}

enum err map_open(const char *path, struct mapping *out)
{
	HANDLE file;
	TRY(open_wide(path, &file));
	LARGE_INTEGER size;
	enum err err = ERR_OK;
	if (!GetFileSizeEx(file, &size) || (uint64_t)size.QuadPart > SIZE_MAX)
		err = FAIL(ERR_IO, "%s: no size", path);
	else if (size.QuadPart == 0)
		*out = (struct mapping){ NULL, 0, NULL };
	else {
		HANDLE map = CreateFileMappingW(file, NULL, PAGE_READONLY, 0, 0, NULL);
		void *p = map ? MapViewOfFile(map, FILE_MAP_READ, 0, 0, 0) : NULL;
		if (map) CloseHandle(map); /* the view holds it */
		if (p)
			*out = (struct mapping){ p, (size_t)size.QuadPart, p };
		else
			err = FAIL(ERR_IO, "%s: cannot be mapped", path);
	}
	CloseHandle(file);
	return err;
}

void map_close(struct mapping *m)
{
	if (m->handle) UnmapViewOfFile(m->handle);
	*m = (struct mapping){ 0 };
}

#else
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum err map_open(const char *path, struct mapping *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return FAIL(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%s: %s", path,
		            strerror(errno));
	struct stat s;
	enum err err = ERR_OK;
	if (fstat(fd, &s) != 0)
		err = FAIL(ERR_IO, "%s: %s", path, strerror(errno));
	else if (!S_ISREG(s.st_mode))
		err = FAIL(ERR_INVALID, "%s: not a file", path);
	else if (s.st_size == 0)
		*out = (struct mapping){ NULL, 0, NULL };
	else {
		void *p = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_SHARED, fd, 0);
		if (p == MAP_FAILED)
			err = FAIL(ERR_IO, "%s: %s", path, strerror(errno));
		else
			*out = (struct mapping){ p, (size_t)s.st_size, p };
	}
	close(fd);
	return err;
}

void map_close(struct mapping *m)
{
	if (m->handle) munmap(m->handle, m->n);
	*m = (struct mapping){ 0 };
}
#endif
