/* SPDX-License-Identifier: Apache-2.0 */
/* Zip files read in place: mapped once, indexed once, members found by name and handed out
 * as they lie. An archive is immutable while open, so any number of threads may read it
 * without a lock. The file under it must not be changed (packages are named by their hash
 * and never are). APPNOTE.TXT 6.3.10 gives the layout. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

struct archive;

enum archive_method { ARCHIVE_STORED = 0, ARCHIVE_DEFLATED = 8 };

struct archive_member {
	str name; /* UTF-8, '/' between parts, no leading '/', never ".." (see archive_open)
	           */
	str raw_name;  /* the bytes as they stand in the zip */
	uint64_t size; /* bytes when inflated */
	const uint8_t
		*bytes; /* as they lie: stored content or a raw deflate stream (RFC 1951) */
	uint64_t packed; /* bytes at `bytes` */
	uint32_t crc;    /* CRC-32 of the content */
	enum archive_method method;
	size_t index; /* archive_at(archive, index) is this one */
};

struct archive_limits {
	uint64_t members; /* at most so many entries */
	uint64_t total;   /* inflated bytes in all */
	uint64_t one;     /* inflated bytes of one member */
	uint32_t ratio; /* inflated : packed of one member larger than 1 MiB, and of all of
	                   them where they are more than 64 MiB */
};
extern const struct archive_limits archive_default_limits; /* 65,535; 4 GiB; 2 GiB; 200 */

/* Maps and indexes a zip. Limits: NULL for the default ones. What is refused gets
 * ERR_REFUSED with a reason word (err_last()->reason): "not-a-zip", "zip-damaged",
 * "zip-too-many", "zip-too-large", "zip-bomb", "zip-encrypted", "zip-link", "zip-slip",
 * "zip-duplicate", "zip-method". Directory entries are passed over. Names without the UTF-8
 * flag are read as UTF-8 if they are, else as CP866 or windows-1251 (archive_rename
 * chooses). `\` becomes `/`, "." and empty parts go. A refusal's sentence begins with the
 * member's name, mostly as its bytes stand in the zip, and ": ", or with "zip: ". */
fallible archive_open(const char *path, const struct archive_limits *,
                      struct archive **out);
/* The same from memory that outlives the archive (embedded files). */
fallible archive_open_bytes(const void *bytes, size_t n, const struct archive_limits *,
                            struct archive **out);
void archive_close(struct archive *); /* takes NULL */

size_t archive_count(const struct archive *);
const struct archive_member *archive_at(const struct archive *,
                                        size_t i); /* in the zip's order */
/* Exact name first; NULL when there is none. O(1). */
const struct archive_member *archive_find(const struct archive *, str name);
/* ASCII and Cyrillic letters compare without case; for manifests with the wrong case. O(1).
 */
const struct archive_member *archive_find_nocase(const struct archive *, str name);
/* The encoding that was chosen for names without the UTF-8 flag: "utf-8", "cp866",
 * "windows-1251", "kz-1048" (the last one only by archive_rename). */
const char *archive_encoding(const struct archive *);
/* Reads such names as `encoding` from now on. Only before the archive is shared. */
fallible archive_rename(struct archive *, const char *encoding);
/* Whether there are such names at all. */
bool archive_is_guessed(const struct archive *);
/* Bytes in one of these encodings ("kz-1048" too) as UTF-8; what is well-formed UTF-8
 * already is lent, not copied. STR_NONE past the arena's limit. */
str archive_decode(struct arena *, str raw, const char *encoding);
/* The encoding that a single name seems to be in: for telling it to a person. */
const char *archive_guess(str raw);

/* The whole content of a member, checked against size and CRC; at most `max` bytes
 * (ERR_TOO_LARGE). */
fallible archive_read(const struct archive_member *, size_t max, struct arena *, str *out);
/* Inflates and checks size and CRC of every member (import does it once). */
fallible archive_verify(const struct archive *);

/* A member's content as a stream from `from`, for clients that cannot gunzip and ranges of
 * deflated media. */
struct archive_stream;
fallible archive_stream_open(const struct archive_member *, uint64_t from,
                             struct archive_stream **out);
/* Up to n bytes; 0 at the end. */
fallible archive_stream_read(struct archive_stream *, void *out, size_t n, size_t *n_out);
void archive_stream_close(struct archive_stream *);

/* Writing (libzip): entries in the order given, fixed dates, so the same input gives the
 * same bytes. */
struct archive_writer;
fallible archive_write_open(const char *path, struct archive_writer **out);
fallible archive_write_add(struct archive_writer *, str name, str content,
                           enum archive_method);
fallible archive_write_close(struct archive_writer *); /* finishes the file; always frees */
void archive_write_abandon(struct archive_writer *);
