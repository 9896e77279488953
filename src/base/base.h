/* SPDX-License-Identifier: Apache-2.0 */
/* The words every file uses: borrowed text, attributes, small helpers. Knows nothing of
 * Kenes. Everything here is pure and safe from any thread. */
#pragma once

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define must_use __attribute__((warn_unused_result))
#define printf_like(text, first) __attribute__((format(printf, text, first)))
/* Runs `function(&variable)` when the variable goes out of scope. */
#define on_exit_of_scope(function) __attribute__((cleanup(function)))
#define countof(array) (sizeof(array) / sizeof((array)[0]))

/* A borrowed piece of text: not owned, not NUL-terminated, UTF-8 unless said otherwise.
 * Pass by value. `p == NULL` means "absent", which is not the same as empty. */
typedef struct {
	const char *p;
	size_t n;
} str;

#define S(literal) ((str){ "" literal, sizeof(literal) - 1 }) /* "" : literals only */
#define STR_ARG(s) (int)(s).n, (s).p                          /* for "%.*s" */
#define STR_NONE ((str){ NULL, 0 })

/* The text of a NUL-terminated string; NULL gives STR_NONE. Borrows. */
str str_of(const char *text);
bool str_is(str a, str b);
/* ASCII letters compare without case. */
bool str_is_nocase(str a, str b);
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
/* The index of `c` in `s`, or `s.n`. */
size_t str_index(str s, char c);
/* `s` from byte `from` to (not including) byte `to`, clamped to what is there. */
str str_part(str s, size_t from, size_t to);
/* Takes what stands before the first `separator` off the front of `*rest` into `*piece`.
 * False when nothing is left. "a/b" gives "a", then "b". */
bool str_cut(str *rest, char separator, str *piece);
/* `s` without ASCII white space at both ends. */
str str_trim(str s);
/* Reads the whole of `s` as a decimal number in [least, most]. False and `*out` untouched
 * if not. */
bool str_to_int(str s, int64_t least, int64_t most, int64_t *out);
/* Whether `s` is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms). */
bool str_is_utf8(str s);
/* The code point at the front of `s` into `*out`, and how many bytes it takes; 0 when it is
 * malformed or nothing is left. */
size_t str_rune(str s, uint32_t *out);
/* The number of code points of well-formed UTF-8. */
size_t str_runes(str s);
