/* SPDX-License-Identifier: Apache-2.0 */
/* Writing zips with libzip. Every entry gets the same date (1 January 1980, the first one
 * that the format knows) and the same mode, and the order is the caller's, so the same
 * input gives the same bytes on every machine. libzip reads the contents only when the
 * archive is closed, therefore each one is copied into the writer's arena first. */
#include "archive/archive.h"

#include "base/file.h"

#include <errno.h>
#include <zip.h>

#define CONTENT_LIMIT ((size_t)4 << 30)
#define DOS_DATE_1980_01_01 0x21
#define MODE_0644 ((zip_uint32_t)0100644 << 16)

struct archive_writer {
	zip_t *zip;
	struct arena *arena;
	str path; /* in the arena */
};

static enum err of_libzip(str path, zip_error_t *e)
{
	enum err code = ERR_IO;
	if (zip_error_system_type(e) == ZIP_ET_SYS && zip_error_code_system(e) == ENOSPC)
		code = ERR_FULL;
	if (zip_error_code_zip(e) == ZIP_ER_EXISTS) code = ERR_CONFLICT;
	return FAIL(code, "%.*s: %s", STR_ARG(path), zip_error_strerror(e));
}

enum err archive_write_open(const char *path, struct archive_writer **out)
{
	int code = 0;
	zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
	if (!zip) {
		zip_error_t e;
		zip_error_init_with_code(&e, code);
		enum err err = of_libzip(str_of(path), &e);
		zip_error_fini(&e);
		return err;
	}
	struct arena *arena = arena_open(CONTENT_LIMIT);
	struct archive_writer *w = arena_new(arena, struct archive_writer);
	*w = (struct archive_writer){ zip, arena, arena_copy(arena, str_of(path)) };
	*out = w;
	return ERR_OK;
}

/* Gives `source` to the archive under `name`, with our date and mode. */
static bool place(zip_t *zip, const char *name, zip_source_t *source,
                  enum archive_method method)
{
	zip_int64_t at = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return false;
	}
	zip_uint64_t i = (zip_uint64_t)at;
	zip_int32_t how = method == ARCHIVE_STORED ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
	return zip_set_file_compression(zip, i, how, 9) == 0 &&
	       zip_file_set_dostime(zip, i, 0, DOS_DATE_1980_01_01, 0) == 0 &&
	       zip_file_set_external_attributes(zip, i, 0, ZIP_OPSYS_UNIX, MODE_0644) == 0;
}

enum err archive_write_add(struct archive_writer *w, str name, str content,
                           enum archive_method method)
{
	str own_name = arena_copy(w->arena, name);
	char *own = arena_try(w->arena, content.n + 1);
	if (!own || !own_name.p)
		return FAIL(ERR_TOO_LARGE, "%.*s: more than the writer holds",
		            STR_ARG(name));
	if (content.n) memcpy(own, content.p, content.n);
	zip_source_t *source = zip_source_buffer(w->zip, own, content.n, 0);
	if (!source || !place(w->zip, own_name.p, source, method))
		return of_libzip(name, zip_get_error(w->zip));
	return ERR_OK;
}

enum err archive_write_close(struct archive_writer *w)
{
	enum err err = ERR_OK;
	if (zip_get_num_entries(w->zip, 0) == 0)
		err = FAIL(ERR_INVALID, "%.*s: a zip of nothing", STR_ARG(w->path));
	else if (zip_close(w->zip) != 0)
		err = of_libzip(w->path, zip_get_error(w->zip));
	else
		w->zip = NULL;
	if (!err) err = file_sync(w->path.p);
	archive_write_abandon(w);
	return err;
}

void archive_write_abandon(struct archive_writer *w)
{
	if (!w) return;
	if (w->zip) zip_discard(w->zip);
	arena_close(w->arena);
}
