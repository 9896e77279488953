/* SPDX-License-Identifier: Apache-2.0 */
/* The characterstring formats of the run-time books: numbers, times, languages, identifiers
 * and the patterns of interactions. Values are kept as the text a SCO set; these functions
 * say whether it is well-formed and what it is worth. No libc number functions: the same
 * digits give the same bits everywhere. */
#pragma once

#include "base/base.h"

enum { TEXT_ROOM = 64 }; /* bytes for what text_of_… writes */

/* ---- numbers (text_number.c) ---- */
/* real (10,7): digits with an optional minus and fraction; no exponent. */
bool text_real(str, double *out);
/* Digits with an optional minus, within [least, most]. */
bool text_whole(str, int64_t least, int64_t most);
/* The shortest text that text_real reads as the same number. */
str text_of_real(char out[TEXT_ROOM], double);
str text_of_whole(char out[TEXT_ROOM], uint64_t);

/* ---- times (text_time.c) ---- */
/* timeinterval (second,10,2): P[nY][nM][nD][T[nH][nM][nS]], fractions of at most two
 * digits. A year counts 365 days, a month 30. */
bool text_duration(str, int64_t *out_ms);
str text_of_duration(char out[TEXT_ROOM], int64_t ms); /* PT1H2M3.5S */
/* time (second,10,0): YYYY[-MM[-DD[Thh[:mm[:ss[.s[s][TZ]]]]]]], 1970 to 2038. */
bool text_timestamp(str);
/* SCORM 1.2: CMITimespan HHHH:MM:SS.SS and CMITime HH:MM:SS.SS. */
bool text_span(str, int64_t *out_ms);
str text_of_span(char out[TEXT_ROOM], int64_t ms);
bool text_time(str);

/* ---- languages (text_language.c) ---- */
/* language_type: an ISO 639 code (or i, x) and subcodes: "en", "sgn-CH-de". */
bool text_language(str);
/* localized_string_type: text that may begin with {lang=…}. */
bool text_localized(str);

/* ---- identifiers and words (text_id.c) ---- */
/* long_ and short_identifier_type: an URI, or an URN with all its parts. */
bool text_uri(str);
/* SCORM 1.2: CMIIdentifier, up to 255 printable characters without a blank. */
bool text_identifier(str);
/* One of the words, which are separated by '|'. "" is a word between two of them. */
bool text_word(str, const char *words);

/* ---- interactions (text_response.c) ---- */
/* learner_response and correct_responses.n.pattern for cmi.interactions.n.type. */
bool text_response(str type, str value);
bool text_pattern(str type, str value);
/* Types of which the book allows one correct response only. */
bool text_one_pattern(str type);
/* Types whose correct responses are all different. */
bool text_unique_patterns(str type);
/* The same set, in whatever order. */
bool text_same_set(str a, str b);
/* SCORM 1.2 CMIFeedback. */
bool text_feedback(str type, str value);
/* Takes what stands before the first `mark` off the front of `*rest`; false when nothing is
 * left. "a[,]b" gives "a", "b"; "" gives "" once. `*rest` is STR_NONE at the end. */
bool text_cut(str *rest, str mark, str *piece);
