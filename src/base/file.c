/* SPDX-License-Identifier: Apache-2.0 */
/* Files over POSIX. Failures say the path and the system's word for it; ENOSPC and EDQUOT
 * are ERR_FULL everywhere, ENOENT is ERR_NOT_FOUND. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static enum err failed(const char *doing, const char *path)
{
	int cause = errno;
	enum err code = cause == ENOSPC || cause == EDQUOT    ? ERR_FULL
	                : cause == ENOENT || cause == ENOTDIR ? ERR_NOT_FOUND
	                                                      : ERR_IO;
	char words[80];
	return FAIL(code, "%s %.100s: %s", doing, path,
	            strerror_r(cause, words, sizeof words));
}

static void close_at(int *fd)
{
	if (*fd >= 0) close(*fd);
}

fallible file_path(char out[FILE_PATH], const char *folder, const char *name)
{
	size_t n = strlen(folder), m = strlen(name);
	while (n > 1 && folder[n - 1] == '/') n--;
	bool slash = n && folder[n - 1] != '/';
	if (n + slash + m >= FILE_PATH)
		return FAIL(ERR_TOO_LARGE, "path too long: %.60s…/%.60s", folder, name);
	memmove(out, folder, n);
	if (slash) out[n] = '/';
	memcpy(out + n + slash, name, m + 1);
	return ERR_OK;
}

fallible file_make_folder(const char *path)
{
	char part[FILE_PATH];
	TRY(file_path(part, path, ""));
	for (char *slash = part;;) {
		slash = strchr(slash + 1, '/');
		if (slash) *slash = 0;
		if (mkdir(part, 0700) != 0 && errno != EEXIST)
			return failed("making folder", part);
		if (!slash) break;
		*slash = '/';
	}
	struct stat st;
	if (stat(path, &st) != 0) return failed("making folder", path);
	if (!S_ISDIR(st.st_mode)) return FAIL(ERR_IO, "not a folder: %.200s", path);
	return ERR_OK;
}

bool file_exists(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0;
}

fallible file_size(const char *path, uint64_t *out)
{
	struct stat st;
	if (stat(path, &st) != 0) return failed("looking at", path);
	*out = (uint64_t)st.st_size;
	return ERR_OK;
}

fallible file_read(const char *path, size_t max, struct arena *a, str *out)
{
	on_exit_of_scope(close_at) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) return failed("opening", path);
	struct stat st;
	if (fstat(fd, &st) != 0) return failed("looking at", path);
	if (S_ISDIR(st.st_mode)) return FAIL(ERR_IO, "a folder, not a file: %.200s", path);
	/* One byte more than it should have: it may be growing, or be no plain file. */
	size_t room = (uint64_t)st.st_size < max ? (size_t)st.st_size : max, n = 0;
	char *p = arena_try(a, room + 1);
	if (!p) return FAIL(ERR_TOO_LARGE, "no room to read %.200s", path);
	while (n <= room) {
		ssize_t got = read(fd, p + n, room + 1 - n);
		if (got < 0 && errno == EINTR) continue;
		if (got < 0) return failed("reading", path);
		if (got == 0) break;
		n += (size_t)got;
	}
	if (n > room)
		return FAIL(ERR_TOO_LARGE, "larger than %zu bytes: %.200s", room, path);
	p[n] = 0;
	*out = (str){ p, n };
	return ERR_OK;
}

fallible file_read_at(const char *path, uint64_t from, void *out, size_t n, size_t *n_out)
{
	on_exit_of_scope(close_at) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) return failed("opening", path);
	size_t done = 0;
	while (done < n) {
		ssize_t got = pread(fd, (char *)out + done, n - done, (off_t)(from + done));
		if (got < 0 && errno == EINTR) continue;
		if (got < 0) return failed("reading", path);
		if (got == 0) break;
		done += (size_t)got;
	}
	*n_out = done;
	return ERR_OK;
}

fallible file_sync(const char *path)
{
	on_exit_of_scope(close_at) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) return failed("opening", path);
	if (fsync(fd) != 0) return failed("syncing", path);
	return ERR_OK;
}

/* The folder in which `path` lies: what makes a new name last. */
static fallible sync_parent(const char *path)
{
	char parent[FILE_PATH];
	TRY(file_path(parent, path, ""));
	char *slash = strrchr(parent, '/');
	if (!slash) return file_sync(".");
	if (slash == parent) slash++;
	*slash = 0;
	return file_sync(parent);
}

fallible file_rename(const char *from, const char *to)
{
	if (rename(from, to) != 0) return failed("renaming to", to);
	return sync_parent(to);
}

static fallible write_all(const char *path, str bytes, int how, int mode)
{
	on_exit_of_scope(close_at) int fd =
		open(path, O_WRONLY | O_CREAT | O_CLOEXEC | how, mode);
	if (fd < 0) return failed("making", path);
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR) continue;
		if (n < 0) return failed("writing", path);
		bytes = str_part(bytes, (size_t)n, bytes.n);
	}
	if (fsync(fd) != 0) return failed("syncing", path);
	return ERR_OK;
}

fallible file_append(const char *path, str bytes)
{
	return write_all(path, bytes, O_APPEND, 0600);
}

/* A name beside `path`, of this process and this call; what a killed one left is
 * overwritten in time. */
static fallible name_beside(const char *path, char out[FILE_PATH])
{
	static _Atomic unsigned calls;
	int n = snprintf(out, FILE_PATH, "%s.%ld-%u.new", path, (long)getpid(),
	                 atomic_fetch_add(&calls, 1));
	if (n < 0 || n >= FILE_PATH)
		return FAIL(ERR_TOO_LARGE, "path too long: %.200s", path);
	return ERR_OK;
}

fallible file_write(const char *path, str bytes, int mode)
{
	char beside[FILE_PATH];
	TRY(name_beside(path, beside));
	enum err e = write_all(beside, bytes, O_TRUNC, mode);
	if (!e) e = file_rename(beside, path);
	if (e) unlink(beside);
	return e;
}

/* A second name for a whole file comes to be at once or not at all, and never over another
 * one. */
static fallible name_new(const char *beside, const char *path)
{
	if (link(beside, path) == 0) return sync_parent(path);
	if (errno == EEXIST) return FAIL(ERR_CONFLICT, "%.200s is there already", path);
	return failed("naming", path);
}

fallible file_write_new(const char *path, str bytes, int mode)
{
	char beside[FILE_PATH];
	TRY(name_beside(path, beside));
	enum err e = write_all(beside, bytes, O_TRUNC, mode);
	if (!e) e = name_new(beside, path);
	unlink(beside);
	return e;
}

fallible file_drop(const char *path)
{
	if (unlink(path) != 0 && errno != ENOENT) return failed("dropping", path);
	return ERR_OK;
}

static void closedir_at(DIR **folder)
{
	if (*folder) closedir(*folder);
}

fallible file_each(const char *folder, enum err (*each)(void *context, const char *name),
                   void *context)
{
	on_exit_of_scope(closedir_at) DIR *open = opendir(folder);
	if (!open) return failed("opening folder", folder);
	for (;;) {
		errno = 0;
		struct dirent *entry = readdir(open);
		if (!entry) return errno ? failed("reading folder", folder) : ERR_OK;
		if (str_is(str_of(entry->d_name), S(".")) ||
		    str_is(str_of(entry->d_name), S("..")))
			continue;
		TRY(each(context, entry->d_name));
	}
}

fallible file_room(const char *path, uint64_t *out)
{
	struct statvfs st;
	if (statvfs(path, &st) != 0) return failed("looking at the disk of", path);
	*out = (uint64_t)st.f_bavail * st.f_frsize;
	return ERR_OK;
}

fallible file_data_folder(char out[FILE_PATH])
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	/* A relative one is to be ignored, says the XDG specification. */
	if (data && data[0] == '/') return file_path(out, data, "kenes");
	if (!home || !*home)
		return FAIL(ERR_NOT_FOUND, "no data folder: HOME is not set; use --data");
	return file_path(out, home, ".local/share/kenes");
}
