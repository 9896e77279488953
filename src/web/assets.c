/* SPDX-License-Identifier: Apache-2.0 */
/* Finds what the build embedded (cmake/embed.cmake makes the two tables). */
#include "web/web.h"

#include "base/embedded.h"

extern const struct embedded web_ui_files[];
extern const struct embedded web_course_files[];

enum { COURSES = 16 };

static str bytes_of(const struct embedded *file)
{
	return (str){ file->bytes, (size_t)(file->end - file->bytes) };
}

str web_ui_zip(void)
{
	return bytes_of(&web_ui_files[0]);
}

const struct web_course *web_courses(size_t *n_out)
{
	static struct web_course course[COURSES];
	size_t n = 0;
	for (const struct embedded *file = web_course_files; file->name && n < COURSES;
	     file++)
		course[n++] = (struct web_course){ file->name, bytes_of(file) };
	*n_out = n;
	return course;
}
