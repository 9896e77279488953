/* SPDX-License-Identifier: Apache-2.0 */
/* Functions that nobody may call, with what to use instead. Forced into every file by the
 * build. */
#pragma once

/* Their headers first: a name may be declared before it is poisoned. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* clang's fortified headers make macros of these. */
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy strcat strncat /* str, arena_copy, buf_str */
#ifndef FOREIGN_HEADER_NAMES_STRNCPY     /* xlsxwriter.h does, in macros of its own */
#pragma GCC poison strncpy
#endif
#pragma GCC poison sprintf vsprintf gets          /* snprintf, buf_printf, arena_printf */
#pragma GCC poison strtok                         /* str_cut */
#pragma GCC poison atoi atol atoll atof           /* str_to_int, strtod */
#pragma GCC poison gmtime localtime ctime asctime /* time_write */
#pragma GCC poison tmpnam tempnam mktemp          /* seal_random and file_write */
#pragma GCC poison system popen                   /* posix_spawn */
#ifndef FOREIGN_HEADER_NAMES_RAND                 /* openssl/evp.h does, as parameters */
#pragma GCC poison rand srand                     /* seal_random */
#endif
