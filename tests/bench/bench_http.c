/* SPDX-License-Identifier: Apache-2.0 */
/* http alone: serves the files of a folder as a package's shelf would hand them over, to be
 * measured beside nginx on the same folder.
 *
 *   bench_http FOLDER [PORT [THREADS]]      ends with its standard input
 *
 * NAME.gz beside NAME (made by gzip -n) makes NAME a deflated resource: the gzip frame is
 * taken off again. Also answers POST /count. */
#include "base/file.h"
#include "base/log.h"
#include "http/http.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST = 64 };

static struct file {
	char path[256];
	struct resource resource;
} files[MOST];
static size_t n_files;

static const uint8_t *mapped(const char *path, uint64_t *n_out)
{
	struct stat about;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &about)) return NULL;
	*n_out = (uint64_t)about.st_size;
	void *p = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	return p == MAP_FAILED ? NULL : p;
}

static enum err add(void *folder, const char *name)
{
	char path[FILE_PATH], gz[FILE_PATH + 4];
	uint64_t size = 0, packed = 0;
	if (str_ends(str_of(name), S(".gz")) || n_files == MOST) return ERR_OK;
	TRY(file_path(path, folder, name));
	snprintf(gz, sizeof gz, "%s.gz", path);
	const uint8_t *plain = mapped(path, &size), *deflated = mapped(gz, &packed);
	if (!plain) return ERR_OK;
	struct file *f = &files[n_files++];
	snprintf(f->path, sizeof f->path, "/%.200s", name);
	f->resource = (struct resource){
		.etag = S("\"0123456789abcdef\""),
		.type = http_type(str_of(name)),
		.cache = "public, max-age=31536000, immutable",
		.csp = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
		.bytes = plain,
		.packed = size,
		.size = size,
		.source = plain,
	};
	if (deflated && packed > 18) {
		f->resource.deflated = true;
		f->resource.bytes = deflated + 10;
		f->resource.packed = packed - 18;
		memcpy(&f->resource.crc, deflated + packed - 8, 4);
	}
	return ERR_OK;
}

static enum err find(void *app, enum http_origin origin, str path, struct resource *out)
{
	(void)app, (void)origin;
	for (size_t i = 0; i < n_files; i++) {
		if (!str_is(str_of(files[i].path), path)) continue;
		*out = files[i].resource;
		return ERR_OK;
	}
	return ERR_NOT_FOUND;
}

static enum err open_plain(const struct resource *r, uint64_t from, void **out)
{
	FILE *f = fmemopen((void *)(uintptr_t)r->source, r->size, "r");
	if (!f || fseek(f, (long)from, SEEK_SET)) return FAIL(ERR_IO, "no stream");
	*out = f;
	return ERR_OK;
}

static enum err read_plain(void *stream, void *out, size_t n, size_t *n_out)
{
	*n_out = fread(out, 1, n, stream);
	return ERR_OK;
}

static void close_plain(void *stream)
{
	fclose(stream);
}

struct count {
	int64_t n;
	str text;
};
static const struct json_field count_fields[] = {
	JSON_INT(struct count, n, true, 0, INT64_MAX),
	JSON_TEXT(struct count, text, false, 0, 10000),
};
static const struct shape count_shape = SHAPE("Count", struct count, count_fields);

static enum err count(struct request *rq, struct reply *rs)
{
	struct count in;
	TRY(request_body(rq, &count_shape, &in));
	json_write(&rs->body, &count_shape, &(struct count){ .n = in.n + 1 });
	return ERR_OK;
}

static const struct route routes[] = {
	{ POST, "/count", BOTH, ANYONE, FREE, &count_shape, &count_shape, false, false,
	  count, "Counts." },
};

int main(int argc, char **argv)
{
	if (argc < 2 || file_each(argv[1], add, argv[1])) return 2;
	struct server_options options = {
		.routes = routes,
		.n_routes = countof(routes),
		.listen = "127.0.0.1",
		.port = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 0,
		.threads = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 0,
		.find_file = find,
		.plain = { open_plain, read_plain, close_plain },
	};
	struct server *server;
	if (server_start(&options, &server)) {
		log_failure(LOG_ERROR, "bench");
		return 1;
	}
	printf("port=%d content_port=%d\n", server_port(server, MAIN),
	       server_port(server, CONTENT));
	fflush(stdout);
	while (getchar() != EOF) {
		struct server_numbers n = server_numbers(server);
		printf("requests=%llu connections=%llu cut=%llu limited=%llu busy=%d\n",
		       (unsigned long long)n.requests, (unsigned long long)n.connections,
		       (unsigned long long)n.cut_slow, (unsigned long long)n.limited,
		       n.busy_threads);
		fflush(stdout);
	}
	server_stop(server);
	return 0;
}
