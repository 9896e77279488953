/* SPDX-License-Identifier: Apache-2.0 */
/* A course from a folder of Markdown and GIFT files (docs/course-format.md): read, checked,
 * packed as SCORM 1.2 or 2004. The same folder gives the same bytes on every machine.
 * Pure but for reading the folder and writing the package; any thread. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

struct authoring_problem {
	str file; /* inside the course's folder, or a table beside it */
	int64_t line;
	str code;       /* stable: "fact-unknown" */
	str what, todo; /* sentences */
};

/* How many questions of each kind a bank has. */
struct authoring_bank {
	str language;
	int64_t all, single, multiple, true_false, short_answer, matching, numerical, essay,
		description;
};

struct authoring_report {
	bool good;
	str id, title;
	int64_t version, lessons, annexes;
	struct json_list languages; /* strs */
	struct json_list questions; /* authoring_banks */
	struct json_list facts;     /* ids of the facts that are cited, sorted */
	struct json_list problems;  /* authoring_problems, by file and line */
};
extern const struct shape authoring_report_shape;

struct authoring_options {
	bool scorm_12; /* otherwise SCORM 2004 4th Edition */
	str languages; /* "kk,ru": these of the course's; STR_NONE: all */
	str say_in;    /* language of the problems: "kk", "ru", "en"; STR_NONE: en */
	bool preview;  /* pages that load themselves anew (kenes pack --watch) */
};

struct course;
/* Reads the folder. What is wrong with its content is in the report, not an error; an
 * error is a folder that cannot be read. `*out` lives in the arena. */
fallible authoring_read(const char *folder, struct authoring_options, struct arena *,
                        struct course **out, struct authoring_report *report);
/* One file of the package. */
typedef enum err authoring_file_fn(void *context, str name, str content);
/* Gives every file of the package, in the order of the zip: imsmanifest.xml first. */
fallible authoring_files(const struct course *, struct arena *, authoring_file_fn *,
                         void *context);
/* Writes the package, whatever the report says of long sentences; ERR_INVALID when the
 * course could not be read. */
fallible authoring_pack(const struct course *, struct arena *, const char *path);
/* The rows of courses/SOURCES.md: question, fact, act and article, date. */
void authoring_sources(const struct course *, struct buf *);
