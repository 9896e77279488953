/* SPDX-License-Identifier: Apache-2.0 */
/* Files and folders. Paths are UTF-8 and NUL-terminated on every system. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

/* Longest path, with the NUL: four of them fit into the frame of a function. */
#define FILE_PATH 1000

/* Joins with one '/'; ERR_TOO_LARGE when it does not fit. */
fallible file_path(char out[FILE_PATH], const char *folder, const char *name);
fallible file_make_folder(
	const char *path); /* with its parents, mode 0700; fine when there */
bool file_exists(const char *path);
fallible file_size(const char *path, uint64_t *out);
/* The whole file, at most `max` bytes (ERR_TOO_LARGE). */
fallible file_read(const char *path, size_t max, struct arena *, str *out);
/* Up to `n` bytes from an offset; fewer at the end. */
fallible file_read_at(const char *path, uint64_t from, void *out, size_t n, size_t *n_out);
/* Written beside, fsynced, renamed over, folder fsynced: the old or the new, never a half.
 */
fallible file_write(const char *path, str bytes, int mode);
/* The same, but never over another file: ERR_CONFLICT when there is one by then. */
fallible file_write_new(const char *path, str bytes, int mode);
/* Adds to the end, fsynced; makes the file when it is not there. */
fallible file_append(const char *path, str bytes);
fallible file_rename(const char *from, const char *to); /* with fsync of the folder */
fallible file_sync(const char *path);                   /* the file's content to the disk */
fallible file_drop(const char *path);                   /* fine when it is not there */
/* Calls `each` for every name in the folder but "." and "..". Stops at the first error. */
fallible file_each(const char *folder, enum err (*each)(void *context, const char *name),
                   void *context);
/* Bytes that may still be written where `path` lies. */
fallible file_room(const char *path, uint64_t *out);
/* The user's folder for our data: $XDG_DATA_HOME/kenes, %LOCALAPPDATA%\Kenes. */
fallible file_data_folder(char out[FILE_PATH]);
