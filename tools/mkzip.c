/* SPDX-License-Identifier: Apache-2.0 */
/* mkzip FOLDER FILE.zip: a zip of everything in the folder, names sorted, dates fixed, so
 * that the same files always give the same bytes. Pictures, sound and fonts are stored
 * (they are compressed already and phones ask for them by range); the rest is deflated,
 * because the server sends deflated members as gzip just as they lie. */
#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

#include "archive/archive.h"
#include "base/file.h"

enum { FILES = 10000, LARGEST = 64 << 20 };

struct list {
	struct arena *arena;
	str name[FILES];
	size_t n;
};

struct place {
	struct list *list;
	const char *root, *inside; /* inside: "" or "assets/" */
};

static enum err walk(struct list *, const char *root, const char *inside);

static enum err add(void *context, const char *name)
{
	const struct place *at = context;
	str inside = arena_printf(at->list->arena, "%s%s", at->inside, name);
	char path[FILE_PATH];
	TRY(file_path(path, at->root, inside.p));
	struct stat info;
	if (stat(path, &info)) return FAIL(ERR_IO, "%s cannot be read", path);
	if (S_ISDIR(info.st_mode))
		return walk(at->list, at->root,
		            arena_printf(at->list->arena, "%s/", inside.p).p);
	if (at->list->n == FILES) return FAIL(ERR_TOO_LARGE, "more than %d files", FILES);
	at->list->name[at->list->n++] = inside;
	return ERR_OK;
}

static enum err walk(struct list *list, const char *root, const char *inside)
{
	char folder[FILE_PATH];
	TRY(file_path(folder, root, inside));
	return file_each(folder, add, &(struct place){ list, root, inside });
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const str *)a)->p, ((const str *)b)->p);
}

static enum archive_method method_of(str name)
{
	static const char *const stored[] = { ".png", ".jpg", ".jpeg",  ".webp",
		                              ".mp3", ".mp4", ".woff2", ".zip" };
	for (size_t i = 0; i < countof(stored); i++)
		if (str_ends(name, str_of(stored[i]))) return ARCHIVE_STORED;
	return ARCHIVE_DEFLATED;
}

static enum err make(struct list *list, const char *folder, const char *zip)
{
	TRY(walk(list, folder, ""));
	qsort(list->name, list->n, sizeof list->name[0], by_name);
	struct archive_writer *writer = NULL;
	TRY(archive_write_open(zip, &writer));
	for (size_t i = 0; i < list->n; i++) {
		char path[FILE_PATH];
		str content;
		enum err err = file_path(path, folder, list->name[i].p);
		if (!err) err = file_read(path, LARGEST, list->arena, &content);
		if (!err)
			err = archive_write_add(writer, list->name[i], content,
			                        method_of(list->name[i]));
		if (err) {
			archive_write_abandon(writer);
			return err;
		}
	}
	return archive_write_close(writer);
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: mkzip FOLDER FILE.zip\n");
		return 2;
	}
	static struct list list;
	list.arena = arena_open(1u << 30);
	enum err err = make(&list, argv[1], argv[2]);
	if (err) fprintf(stderr, "mkzip: %s\n", err_last()->sentence);
	arena_close(list.arena);
	return err ? 1 : 0;
}
