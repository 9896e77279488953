/* SPDX-License-Identifier: Apache-2.0 */
/* A file that the build put into the program (cmake/embed.cmake). Tables of them end with a
 * NULL name. */
#pragma once

struct embedded {
	const char *name;
	const char *bytes, *end; /* static; a zero byte stands at `end` */
};
