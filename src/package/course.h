/* SPDX-License-Identifier: Apache-2.0 */
/* What the database knows of packages and courses, for the other files of this folder. */
#pragma once

#include "base/id.h"
#include "package/package.h"

/* Whether a package of this hash was imported. */
fallible package_is_known(struct db *, str sha256, bool *out);
/* The hashes of all packages, as strs. */
fallible package_all(struct db *, struct arena *, struct json_list *out);

/* The course that a known package is a revision of. */
fallible course_of_package(struct db *, struct arena *, str sha256, struct course *out);
/* Puts a hidden course back on the list; `id` is a const str *. */
enum err course_show(struct tx *, void *id);

/* Makes a package whose file is in its place known, and its course. */
struct activation {
	const char *sha256;
	str file_name, identifier, title;
	const struct manifest *manifest;
	int64_t activities, bytes;
	bool asked_for; /* by a person: a hidden course is shown again */
	/* given back */
	struct id course;
	bool already, new_revision;
};
enum err package_activate(struct tx *, void *activation);
