/* SPDX-License-Identifier: Apache-2.0 */
/* `kenes pack --watch`: the pages of a course on the loopback while it is written. A page
 * that is open asks for the version twice a second; then the folder is looked at, and when
 * a file changed, the course is read anew and the page loads itself again. */
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>

#include "app/app.h"
#include "authoring/authoring.h"
#include "base/file.h"
#include "cli/inside.h"
#include "http/http.h"

#define MEMORY ((size_t)512 << 20)
enum { FILES = 800, THREADS = 8 };

struct preview {
	const char *folder;
	pthread_mutex_t lock;
	uint64_t seen; /* what the folder looked like when it was read */
	long long version;
	/* of this version; all in the arena */
	struct arena *arena;
	struct authoring_report report;
	str name[FILES], content[FILES];
	size_t n;
	str failure; /* the folder could not be read at all */
};

/* ---- looking for changes ---- */

struct look {
	const char *folder;
	bool tables_only;
	uint64_t sum;
};

/* FNV-1a over names, sizes and times. */
static void mix(uint64_t *sum, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;
	for (size_t i = 0; i < n; i++) *sum = (*sum ^ p[i]) * UINT64_C(0x100000001b3);
}

static enum err look_at(void *context, const char *name)
{
	struct look *l = context;
	char path[FILE_PATH];
	struct stat info;
	if (l->tables_only && !str_ends(str_of(name), S(".tsv"))) return ERR_OK;
	TRY(file_path(path, l->folder, name));
	if (stat(path, &info) != 0) return ERR_OK; /* gone between two looks */
	int64_t what[2] = { info.st_size, info.st_mtime };
	uint64_t one = UINT64_C(0xcbf29ce484222325);
	mix(&one, name, strlen(name));
	mix(&one, what, sizeof what);
#ifndef _WIN32
	mix(&one, &info.st_mtim.tv_nsec, sizeof info.st_mtim.tv_nsec);
#endif
	l->sum += one; /* the order of a folder's entries does not matter */
	return ERR_OK;
}

static uint64_t look(const char *folder)
{
	char media[FILE_PATH], above[FILE_PATH];
	struct look l = { folder, false, 1 };
	if (file_each(folder, look_at, &l)) return 0;
	l.folder = media;
	if (!file_path(media, folder, "media") && file_exists(media) &&
	    file_each(media, look_at, &l))
		return 0;
	l.folder = above;
	l.tables_only = true;
	if (!file_path(above, folder, "..") && file_each(above, look_at, &l)) return 0;
	return l.sum;
}

/* ---- reading ---- */

static enum err keep(void *context, str name, str content)
{
	struct preview *v = context;
	if (v->n == FILES) return FAIL(ERR_TOO_LARGE, "more than %d files", FILES);
	v->name[v->n] = arena_copy(v->arena, name);
	v->content[v->n] = arena_copy(v->arena, content);
	v->n++;
	return ERR_OK;
}

static enum err read_course(struct preview *v)
{
	struct course *course;
	struct authoring_options options = { .preview = true };
	TRY(authoring_read(v->folder, options, v->arena, &course, &v->report));
	return authoring_files(course, v->arena, keep, v);
}

static void tell(const struct preview *v)
{
	const struct authoring_problem *p = v->report.problems.items;
	printf("version %lld: %zu problems\n", v->version, v->report.problems.n);
	for (size_t i = 0; i < v->report.problems.n; i++)
		printf("  %.*s:%lld: %.*s %.*s\n", STR_ARG(p[i].file), (long long)p[i].line,
		       STR_ARG(p[i].what), STR_ARG(p[i].todo));
	if (v->failure.p) printf("  %.*s\n", STR_ARG(v->failure));
	fflush(stdout);
}

/* Under the lock. */
static void refresh(struct preview *v)
{
	uint64_t now = look(v->folder);
	if (now == v->seen && v->version) return;
	v->seen = now;
	v->version++;
	arena_close(v->arena);
	v->arena = arena_open(MEMORY);
	v->n = 0;
	v->report = (struct authoring_report){ 0 };
	v->failure = STR_NONE;
	if (read_course(v)) v->failure = arena_copy(v->arena, str_of(err_last()->sentence));
	tell(v);
}

/* ---- answering ---- */

static void escaped(struct buf *out, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '<')
			buf_str(out, S("&lt;"));
		else if (s.p[i] == '&')
			buf_str(out, S("&amp;"));
		else
			buf_char(out, s.p[i]);
	}
}

/* The list of pages, and what is wrong. */
static void contents(const struct preview *v, struct buf *out)
{
	const struct authoring_problem *p = v->report.problems.items;
	buf_str(out, S("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta "
	               "name=\"viewport\" content=\"width=device-width\">"
	               "<link rel=\"stylesheet\" href=\"lesson.css\"><title>kenes pack "
	               "--watch</title><main><h1>"));
	escaped(out, v->report.title.n ? v->report.title : str_of(v->folder));
	buf_str(out, S("</h1><ol>"));
	for (size_t i = 0; i < v->n; i++) {
		if (!str_ends(v->name[i], S(".html"))) continue;
		buf_str(out, S("<li><a href=\""));
		escaped(out, v->name[i]);
		buf_str(out, S("\">"));
		escaped(out, v->name[i]);
		buf_str(out, S("</a></li>"));
	}
	buf_printf(out, "</ol><h2>%zu problems</h2><ul>", v->report.problems.n);
	for (size_t i = 0; i < v->report.problems.n; i++) {
		buf_str(out, S("<li><strong>"));
		escaped(out, p[i].file);
		buf_printf(out, ":%lld</strong> ", (long long)p[i].line);
		escaped(out, p[i].what);
		buf_char(out, ' ');
		escaped(out, p[i].todo);
		buf_str(out, S("</li>"));
	}
	buf_str(out, S("</ul><p>"));
	escaped(out, v->failure);
	buf_str(out, S("</p></main></html>"));
}

static enum err answer(struct preview *v, str name, struct reply *rs)
{
	if (str_is(name, S("version"))) {
		rs->type = "text/plain";
		buf_printf(&rs->body, "%lld", v->version);
		return ERR_OK;
	}
	if (!name.n) {
		rs->type = "text/html; charset=utf-8";
		contents(v, &rs->body);
		return ERR_OK;
	}
	for (size_t i = 0; i < v->n; i++) {
		if (!str_is(v->name[i], name)) continue;
		rs->type = http_type(name);
		buf_str(&rs->body, v->content[i]);
		return ERR_OK;
	}
	return FAIL(ERR_NOT_FOUND, "no %.*s", STR_ARG(name));
}

static enum err locked_answer(struct request *rq, struct reply *rs, str name)
{
	struct preview *v = request_app(rq);
	pthread_mutex_lock(&v->lock);
	refresh(v);
	enum err e = answer(v, name, rs);
	pthread_mutex_unlock(&v->lock);
	return e;
}

static enum err get_contents(struct request *rq, struct reply *rs)
{
	return locked_answer(rq, rs, S(""));
}

static enum err get_page(struct request *rq, struct reply *rs)
{
	str file = request_param(rq, "file");
	return locked_answer(rq, rs, file);
}

static enum err get_media(struct request *rq, struct reply *rs)
{
	str file = request_param(rq, "file");
	return locked_answer(rq, rs,
	                     arena_printf(request_arena(rq), "media/%.*s",
	                                  STR_ARG(str_part(file, 0, 1000))));
}

/* clang-format off */
static const struct route routes[] = {
	{ .method = GET, .path = "/", .origin = MAIN, .who = ANYONE, .pace = FREE, .run = get_contents,
	  .doc = "The pages, and what is wrong." },
	{ .method = GET, .path = "/{file}", .origin = MAIN, .who = ANYONE, .pace = FREE, .run = get_page,
	  .doc = "A file of the package, or the version." },
	{ .method = GET, .path = "/media/{file}", .origin = MAIN, .who = ANYONE, .pace = FREE, .run = get_media,
	  .doc = "A picture." },
};
/* clang-format on */

static fallible serve(struct preview *v, int port)
{
	struct server_options options = { .app = v,
		                          .routes = routes,
		                          .n_routes = countof(routes),
		                          .listen = "127.0.0.1",
		                          .port = port,
		                          .threads = THREADS };
	struct server *server;
	TRY(server_start(&options, &server));
	printf("http://127.0.0.1:%d/\n", server_port(server, MAIN));
	fflush(stdout);
	stop_wait();
	server_stop(server);
	return ERR_OK;
}

int cli_preview(const char *folder, int port)
{
	char path[FILE_PATH];
	if (file_path(path, folder, "course.json")) return cli_failure();
	if (!file_exists(path))
		return cli_failed("%s holds no course.json: it is no course", folder);
	struct arena *a = arena_open(MEMORY);
	struct preview *v = arena_new(a, struct preview);
	v->folder = folder;
	pthread_mutex_init(&v->lock, NULL);
	stop_prepare();
	refresh(v);
	enum err e = serve(v, port);
	pthread_mutex_destroy(&v->lock);
	arena_close(v->arena);
	arena_close(a);
	return e ? cli_failure() : CLI_OK;
}
