/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder tell each other. map.c brings the bytes, directory.c reads
 * the zip's central directory into members, names.c turns their raw names into ours,
 * index.c finds them, stream.c gives their content. read.c puts it together. */
#pragma once

#include "archive/archive.h"

/* ---- map.c: a whole file as read-only memory ---- */
struct mapping {
	const uint8_t *bytes;
	size_t n;
	void *handle; /* what map_close gives back; NULL for memory of others */
};
fallible map_open(const char *path, struct mapping *out);
void map_close(struct mapping *);

/* ---- index.c: names to positions, by open addressing ---- */
struct index_slot {
	uint32_t tag;    /* the upper half of the hash */
	uint32_t member; /* position + 1; 0 is free */
};
struct index {
	struct index_slot *slot;
	size_t mask;   /* slots - 1 */
	uint64_t seed; /* so that nobody can prepare names that collide */
	bool nocase;
};
void index_open(struct index *, struct arena *, size_t members, bool nocase);
/* The position of the member called `name`; SIZE_MAX when there is none. */
size_t index_find(const struct index *, const str *names, str name);
/* Adds names[member]; the position of the one that was there already, or `member`. */
size_t index_add(struct index *, const str *names, size_t member);
/* Whether two names differ at most in case and in how й and ё are composed. */
bool name_is_nocase(str a, str b);

/* ---- the archive ---- */
struct naming { /* replaced as a whole by archive_rename */
	struct arena *arena;
	const char *encoding;
	str *name; /* one a member */
	struct index exact, nocase;
};

struct archive {
	struct mapping map;
	struct arena *arena;
	struct archive_member *member;
	str *certain; /* of each member: its name when the zip says how it is encoded;
	                 STR_NONE when that has to be guessed */
	size_t n;
	struct naming naming;
};

/* ---- directory.c ---- */
/* Fills member (all but `name`), certain and n. */
fallible directory_read(struct archive *, const struct archive_limits *);

/* ---- names.c ---- */
/* "utf-8" when every uncertain name is, else the likelier of "cp866" and "windows-1251". */
const char *names_guess(const struct archive *);
/* A name as we keep it: `\` as '/', no "." and no empty parts. Refuses what leads out. */
fallible name_tidy(struct arena *, str decoded, str *out);
bool encoding_is_known(const char *encoding);

/* For names in sentences: at most 160 bytes, cut between code points. */
str name_shown(str);
