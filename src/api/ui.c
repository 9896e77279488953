/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in UI is one zip in the program: opened once, every member made into a resource
 * at start. From a folder (--web-dir) a file is looked at again on every request and read
 * when it changed; what was read stays in memory, which suits a developer's day. */
#include "api/ui.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "archive/archive.h"
#include "base/file.h"
#include "base/time.h"
#include "web/web.h"

const char ui_policy[] =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
	"connect-src 'self'; font-src 'self'; manifest-src 'self'; frame-ancestors 'none'; "
	"base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'";
static const char immutable[] = "public, max-age=31536000, immutable";

struct ui_file {
	struct resource resource;
	char etag[24];
	str name;
	struct ui_file *next; /* of files read from a folder: newest first */
};

struct ui {
	struct archive *archive;
	struct ui_file *file; /* by the archive's index */
	struct arena *arena;
	const char *folder; /* NULL: built in */
	pthread_mutex_t reading;
	struct ui_file *read;
};

static void describe(struct ui_file *f, str name, uint32_t crc, uint64_t size)
{
	snprintf(f->etag, sizeof(f->etag), "\"%08x-%llx\"", crc, (unsigned long long)size);
	f->name = name;
	f->resource.etag = str_of(f->etag);
	f->resource.type = http_type(name);
	f->resource.cache = str_starts(name, S("assets/")) ? immutable : "no-cache";
	f->resource.csp = str_ends(name, S(".html")) ? ui_policy : NULL;
	f->resource.size = size;
	f->resource.crc = crc;
}

static enum err open_built_in(struct ui *ui)
{
	str zip = web_ui_zip();
	TRY(archive_open_bytes(zip.p, zip.n, &archive_default_limits, &ui->archive));
	size_t n = archive_count(ui->archive);
	ui->file = arena_alloc(ui->arena, sizeof(*ui->file) * (n + 1));
	for (size_t i = 0; i < n; i++) {
		const struct archive_member *m = archive_at(ui->archive, i);
		struct ui_file *f = &ui->file[i];
		describe(f, m->name, m->crc, m->size);
		f->resource.deflated = m->method == ARCHIVE_DEFLATED;
		f->resource.bytes = m->bytes;
		f->resource.packed = m->packed;
		f->resource.source = m;
	}
	return ERR_OK;
}

enum err ui_open(const char *folder, struct ui **out)
{
	struct arena *a = arena_open((size_t)512 << 20);
	struct ui *ui = arena_new(a, struct ui);
	ui->arena = a;
	pthread_mutex_init(&ui->reading, NULL);
	if (folder && *folder) ui->folder = folder;
	enum err e = ui->folder ? ERR_OK : open_built_in(ui);
	if (e) {
		ui_close(ui);
		return e;
	}
	*out = ui;
	return ERR_OK;
}

void ui_close(struct ui *ui)
{
	if (!ui) return;
	archive_close(ui->archive);
	pthread_mutex_destroy(&ui->reading);
	arena_close(ui->arena);
}

/* ---- from a folder ---- */
static struct ui_file *read_file(struct ui *ui, str name)
{
	char path[FILE_PATH], short_name[256];
	if (name.n >= sizeof(short_name)) return NULL;
	snprintf(short_name, sizeof(short_name), "%.*s", STR_ARG(name));
	if (strstr(short_name, "..") || file_path(path, ui->folder, short_name))
		return NULL;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)32 << 20);
	str bytes;
	if (!file_exists(path) || file_read(path, (size_t)16 << 20, a, &bytes)) return NULL;
	uint32_t sum = 2166136261u; /* stands for the CRC in the ETag */
	for (size_t i = 0; i < bytes.n; i++) sum = (sum ^ (uint8_t)bytes.p[i]) * 16777619u;
	for (struct ui_file *f = ui->read; f; f = f->next) {
		if (str_is(f->name, name) && f->resource.crc == sum) return f;
	}
	struct ui_file *f = arena_new(ui->arena, struct ui_file);
	describe(f, arena_copy(ui->arena, name), sum, bytes.n);
	f->resource.cache = "no-cache";
	f->resource.bytes = (const uint8_t *)arena_copy(ui->arena, bytes).p;
	f->resource.packed = bytes.n;
	f->next = ui->read;
	ui->read = f;
	return f;
}

const struct resource *ui_find(struct ui *ui, str name)
{
	if (ui->folder) {
		pthread_mutex_lock(&ui->reading);
		struct ui_file *f = read_file(ui, name);
		pthread_mutex_unlock(&ui->reading);
		return f ? &f->resource : NULL;
	}
	const struct archive_member *m = archive_find(ui->archive, name);
	return m ? &ui->file[m->index].resource : NULL;
}

/* ---- plain bytes of any member: pages and courses alike ---- */
static enum err plain_open(const struct resource *r, uint64_t from, void **out)
{
	struct archive_stream *s;
	TRY(archive_stream_open(r->source, from, &s));
	*out = s;
	return ERR_OK;
}

static enum err plain_read(void *stream, void *out, size_t n, size_t *n_out)
{
	return archive_stream_read(stream, out, n, n_out);
}

static void plain_close(void *stream)
{
	archive_stream_close(stream);
}

const struct resource_plain ui_plain = { plain_open, plain_read, plain_close };

enum err ui_read(struct ui *ui, str name, struct buf *out)
{
	const struct resource *r = ui_find(ui, name);
	if (!r) return FAIL(ERR_NOT_FOUND, "no page %.*s", STR_ARG(name));
	if (!r->deflated) {
		buf_add(out, r->bytes, (size_t)r->packed);
		return ERR_OK;
	}
	char piece[2048];
	void *stream;
	size_t n = 0;
	TRY(ui_plain.open(r, 0, &stream));
	enum err e;
	do {
		e = ui_plain.read(stream, piece, sizeof piece, &n);
		if (!e) buf_add(out, piece, n);
	} while (!e && n > 0);
	ui_plain.close(stream);
	return e;
}

#define PAGE_MOST ((size_t)1 << 20)

static enum err place_find(const struct ui_page *page, str name, const char *id,
                           size_t *out)
{
	char mark[64];
	int n = snprintf(mark, sizeof mark, "id=\"%s\">null<", id);
	const char *at = memmem(page->bytes.p, page->bytes.n, mark, (size_t)n);
	if (!at)
		return FAIL(ERR_CORRUPT, "%.*s has no place for its %s", STR_ARG(name), id);
	*out = (size_t)(at - page->bytes.p) + (size_t)n - sizeof "null<" + 1;
	return ERR_OK;
}

enum err ui_page_read(struct ui *ui, str name, const char *id, struct ui_page *out)
{
	size_t place;
	buf_init(&out->bytes, PAGE_MOST);
	enum err e = ui_read(ui, name, &out->bytes);
	if (!e) e = place_find(out, name, id, &place);
	if (e) {
		buf_free(&out->bytes);
		return e;
	}
	str whole = buf_as_str(&out->bytes);
	out->before = (str){ whole.p, place };
	out->after = str_part(whole, place + sizeof "null" - 1, whole.n);
	return ERR_OK;
}
