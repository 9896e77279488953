/* SPDX-License-Identifier: Apache-2.0 */
/* One table a package, made when its first file is asked for and kept until the end: tables
 * hang in buckets by the package's address, pushed under a lock, read without one. A text's
 * type needs a look at its first bytes; that is done when it is first asked for. */
#include "api/members.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#define LOOK_AT 1024 /* where a page says its charset */

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

/* ---- types ---- */
#define CHARSETS(X, type)                                                        \
	X(type, "utf-8"), X(type, "windows-1251"), X(type, "windows-1252"),      \
		X(type, "koi8-r"), X(type, "iso-8859-1"), X(type, "iso-8859-5"), \
		X(type, "utf-16le"), X(type, "utf-16be")
#define NAME(type, charset) charset
#define FULL(type, charset) type "; charset=" charset
enum { N_CHARSETS = 8 };
static const char *const charset_names[] = { CHARSETS(NAME, "") };
/* Types that are text, with each charset; a reply needs them as static text. */
static const struct text_type {
	const char *bare;
	const char *with[N_CHARSETS];
} text_types[] = {
	{ "text/html", { CHARSETS(FULL, "text/html") } },
	{ "text/css", { CHARSETS(FULL, "text/css") } },
	{ "text/javascript", { CHARSETS(FULL, "text/javascript") } },
	{ "application/javascript", { CHARSETS(FULL, "application/javascript") } },
	{ "text/plain", { CHARSETS(FULL, "text/plain") } },
	{ "text/xml", { CHARSETS(FULL, "text/xml") } },
	{ "application/xml", { CHARSETS(FULL, "application/xml") } },
};

static const char *with_charset(const struct text_type *t, str charset)
{
	if (str_is_nocase(charset, S("cp1251"))) charset = S("windows-1251");
	if (str_is_nocase(charset, S("utf8"))) charset = S("utf-8");
	for (size_t i = 0; i < N_CHARSETS; i++) {
		if (str_is_nocase(charset, str_of(charset_names[i]))) return t->with[i];
	}
	return t->bare;
}

/* What stands behind `charset=` in a <meta>, with or without quotes, or STR_NONE. */
static str meta_charset(str head)
{
	for (size_t i = 0; i + 8 < head.n; i++) {
		if (!str_is_nocase(str_part(head, i, i + 7), S("charset"))) continue;
		size_t at = i + 7;
		while (at < head.n && strchr(" \t\r\n=\"'", head.p[at])) at++;
		size_t end = at;
		while (end < head.n &&
		       (isalnum((unsigned char)head.p[end]) || strchr("-_", head.p[end])))
			end++;
		if (end > at) return str_part(head, at, end);
	}
	return STR_NONE;
}

/* A text cut off in the middle of a letter is still UTF-8. */
static bool looks_like_utf8(str text)
{
	for (size_t cut = 0; cut < 4 && cut <= text.n; cut++) {
		if (str_is_utf8(str_part(text, 0, text.n - cut))) return true;
	}
	return false;
}

const char *member_type(str name, str head)
{
	const char *type = http_type(name);
	str bare = str_part(str_of(type), 0, str_index(str_of(type), ';'));
	const struct text_type *t = NULL;
	for (size_t i = 0; i < countof(text_types); i++) {
		if (str_is(bare, str_of(text_types[i].bare))) t = &text_types[i];
	}
	if (!t) return type;
	if (str_starts(head, S("\xef\xbb\xbf"))) return with_charset(t, S("utf-8"));
	if (str_starts(head, S("\xff\xfe"))) return with_charset(t, S("utf-16le"));
	if (str_starts(head, S("\xfe\xff"))) return with_charset(t, S("utf-16be"));
	if (str_is(bare, S("text/html"))) {
		str said = meta_charset(str_part(head, 0, LOOK_AT));
		if (said.p) return with_charset(t, said);
	}
	/* XML says its encoding itself, in its first line. */
	if (str_ends(bare, S("xml"))) return t->bare;
	return looks_like_utf8(head) ? with_charset(t, S("utf-8")) : t->bare;
}

static const char *look(const struct archive_member *m)
{
	enum { most = 65536 };
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
	const char *type = member_type(m->name, (str){ head ? head : "", n });
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
