/* SPDX-License-Identifier: Apache-2.0 */
/* The browser's files and the starter courses: zips put into the program at build time
 * (.incbin). */
#pragma once

#include "base/base.h"

/* The built UI as a zip: index.html, player.html, keeper.html, old.html and
 * assets/NAME-HASH.ext. Static bytes. */
str web_ui_zip(void);

struct web_course {
	const char *name; /* "welcome.zip" */
	str zip;
};
/* Starter courses, `*n_out` of them. Called first from one thread. */
const struct web_course *web_courses(size_t *n_out);
