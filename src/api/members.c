/* SPDX-License-Identifier: Apache-2.0 */
/* One table a package, made when its first file is asked for and kept until the end: tables
 * hang in buckets by the package's address, pushed under a lock, read without one. A text's
 * type needs a look at its first bytes; that is done when it is first asked for. */
#include "api/members.h"

#include <stdio.h>
#include <stdlib.h>

static const char course_csp[] =
	"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self'; "
	"form-action 'self'; frame-ancestors 'self'; base-uri 'self'";

struct member_note {
	char etag[24];
	_Atomic(const char *) type; /* NULL: not looked at yet */
};

struct member_table {
	const struct package *package;
	struct member_table *next;
	struct member_note note[];
};

void members_init(struct members *m)
{
	pthread_mutex_init(&m->making, NULL);
	for (size_t i = 0; i < MEMBERS_BUCKETS; i++) atomic_init(&m->bucket[i], NULL);
}

void members_free(struct members *m)
{
	for (size_t i = 0; i < MEMBERS_BUCKETS; i++) {
		struct member_table *t = atomic_load(&m->bucket[i]);
		while (t) {
			struct member_table *next = t->next;
			free(t);
			t = next;
		}
		atomic_store(&m->bucket[i], NULL);
	}
	pthread_mutex_destroy(&m->making);
}

static const char *look(const struct archive_member *m)
{
	enum { most = 16384 };
	char *head = malloc(most);
	struct archive_stream *stream = NULL;
	size_t n = 0, got = 1;
	if (head && !archive_stream_open(m, 0, &stream)) {
		while (n < most && got > 0) {
			if (archive_stream_read(stream, head + n, most - n, &got)) break;
			n += got;
		}
		archive_stream_close(stream);
	}
	const char *type = http_type_of(m->name, (str){ head ? head : "", n });
	free(head);
	return type;
}

/* ---- the tables ---- */
static struct member_table *make(const struct package *package)
{
	size_t n = archive_count(package->archive);
	struct member_table *t = calloc(1, sizeof(*t) + n * sizeof(t->note[0]));
	if (!t) return NULL;
	t->package = package;
	for (size_t i = 0; i < n; i++) {
		const struct archive_member *m = archive_at(package->archive, i);
		snprintf(t->note[i].etag, sizeof(t->note[i].etag), "\"%08x-%llx\"", m->crc,
		         (unsigned long long)m->size);
	}
	return t;
}

static struct member_table *search(struct member_table *t, const struct package *package)
{
	while (t && t->package != package) t = t->next;
	return t;
}

static struct member_table *table_of(struct members *members, const struct package *package)
{
	size_t bucket = ((uintptr_t)package >> 6) % MEMBERS_BUCKETS;
	_Atomic(struct member_table *) *head = &members->bucket[bucket];
	struct member_table *t = search(atomic_load(head), package);
	if (t) return t;
	pthread_mutex_lock(&members->making);
	t = search(atomic_load(head), package);
	if (!t && (t = make(package))) {
		t->next = atomic_load(head);
		atomic_store(head, t);
	}
	pthread_mutex_unlock(&members->making);
	return t;
}

/* ---- finding ---- */
static int hex(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

/* Percent-decodes into `out`; what is malformed stays. Empty when it does not fit. */
static str unpercent(str s, char *out, size_t room)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (n == room) return STR_NONE;
		int high = -1, low = -1;
		if (s.p[i] == '%' && i + 2 < s.n) {
			high = hex(s.p[i + 1]);
			low = hex(s.p[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			out[n++] = (char)(high << 4 | low);
			i += 2;
		} else {
			out[n++] = s.p[i];
		}
	}
	return (str){ out, n };
}

static const struct archive_member *member_of(const struct archive *archive, str path)
{
	const struct archive_member *m = archive_find(archive, path);
	if (m) return m;
	char room[1024];
	str plain = unpercent(path, room, sizeof(room));
	if (!plain.p) return NULL;
	m = archive_find(archive, plain);
	return m ? m : archive_find_nocase(archive, plain);
}

enum err members_find(struct members *members, const struct package *package, str path,
                      struct resource *out)
{
	const struct archive_member *m = member_of(package->archive, path);
	struct member_table *t = m ? table_of(members, package) : NULL;
	if (!t) return ERR_NOT_FOUND;
	struct member_note *note = &t->note[m->index];
	const char *type = atomic_load(&note->type);
	if (!type) {
		type = look(m);
		atomic_store(&note->type, type);
	}
	*out = (struct resource){
		.etag = str_of(note->etag),
		.type = type,
		.cache = "public, max-age=31536000, immutable",
		.csp = course_csp,
		.deflated = m->method == ARCHIVE_DEFLATED,
		.bytes = m->bytes,
		.packed = m->packed,
		.size = m->size,
		.crc = m->crc,
		.source = m,
	};
	return ERR_OK;
}
