/* SPDX-License-Identifier: Apache-2.0 */
/* The package: imsmanifest.xml, the pages, the script and the style that all courses share
 * (built from web/src/lesson, part of the program), the media. Always in the same order. */
#include "archive/archive.h"
#include "authoring/course.h"
#include "base/embedded.h"
#include "base/file.h"

#define PAGE_LARGEST ((size_t)16 << 20)
#define MEDIA_LARGEST ((size_t)64 << 20)

extern const struct embedded authoring_lesson_files[];

static enum err give(struct buf *content, str name, authoring_file_fn *each, void *context)
{
	if (content->over) return FAIL(ERR_TOO_LARGE, "%.*s is too large", STR_ARG(name));
	return each(context, name, buf_as_str(content));
}

static enum err give_pages(const struct course *c, struct buf *content,
                           authoring_file_fn *each, void *context)
{
	struct page *page = arena_alloc(c->arena, PAGES_MOST * sizeof *page);
	size_t n = course_pages(c, page, PAGES_MOST);
	if (c->options.scorm_12)
		manifest_12(c, page, n, content);
	else
		manifest_2004(c, page, n, content);
	TRY(give(content, S("imsmanifest.xml"), each, context));
	for (size_t i = 0; i < n; i++) {
		buf_reset(content);
		TRY(page_write(c, &page[i], content));
		TRY(give(content,
		         arena_printf(c->arena, "%.*s.html", STR_ARG(page[i].name)), each,
		         context));
	}
	return ERR_OK;
}

static enum err give_media(const struct course *c, struct arena *a, authoring_file_fn *each,
                           void *context)
{
	for (size_t i = 0; i < c->n_media; i++) {
		char path[FILE_PATH];
		str content;
		TRY(file_path(path, c->folder, c->media[i].p));
		TRY(file_read(path, MEDIA_LARGEST, a, &content));
		TRY(each(context, c->media[i], content));
	}
	return ERR_OK;
}

enum err authoring_files(const struct course *c, struct arena *a, authoring_file_fn *each,
                         void *context)
{
	if (c->first == LANGUAGES || !c->n_lessons)
		return FAIL(ERR_INVALID, "%s: the course cannot be read", c->folder);
	struct buf content;
	buf_init(&content, PAGE_LARGEST);
	enum err e = give_pages(c, &content, each, context);
	buf_free(&content);
	if (e) return e;
	for (const struct embedded *f = authoring_lesson_files; f->name; f++)
		TRY(each(context, str_of(f->name),
		         (str){ f->bytes, (size_t)(f->end - f->bytes) }));
	return give_media(c, a, each, context);
}

/* Pictures and sound are compressed already. */
static enum archive_method method_of(str name)
{
	bool media = str_starts(name, S("media/")) && !str_ends(name, S(".svg"));
	return media ? ARCHIVE_STORED : ARCHIVE_DEFLATED;
}

static enum err add(void *context, str name, str content)
{
	return archive_write_add(context, name, content, method_of(name));
}

enum err authoring_pack(const struct course *c, struct arena *a, const char *path)
{
	struct archive_writer *writer;
	TRY(archive_write_open(path, &writer));
	enum err e = authoring_files(c, a, add, writer);
	if (!e) return archive_write_close(writer);
	archive_write_abandon(writer);
	return e;
}
