/* SPDX-License-Identifier: Apache-2.0 */
/* GIFT, the text format of Moodle for question banks (docs/course-format.md has our rules
 * on top of it). The reader keeps what stands in the file: citations and deadline codes in
 * double brackets are texts to it, so that what was read can be written and read again.
 * Pure; any thread. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum gift_type {
	GIFT_SINGLE,
	GIFT_MULTIPLE,
	GIFT_TRUE_FALSE, /* answer[0] is "true", answer[1] "false" */
	GIFT_SHORT,
	GIFT_MATCHING,
	GIFT_NUMERICAL,
	GIFT_ESSAY,
	GIFT_DESCRIPTION,
	GIFT_TYPES
};
extern const char *const gift_type_names[GIFT_TYPES]; /* "single", "multiple", … */

struct gift_answer {
	str text;      /* unescaped; the left side of a pair; STR_NONE for "any number" */
	str match;     /* the right side of a pair */
	str feedback;  /* STR_NONE when there is none */
	double weight; /* per cent: 100 right, 0 wrong */
	/* of a numerical answer, as written: a number or [[@code]] */
	str least, most; /* {#1..5} */
	str tolerance;   /* {#14:1}: `text` is the value; STR_NONE when there is none */
};

struct gift_question {
	str id, name, category; /* STR_NONE where absent */
	const str *tag;
	size_t n_tags;
	enum gift_type type;
	str text, tail; /* tail: what stands after the answers (missing word) */
	bool has_tail, markdown;
	const struct gift_answer *answer;
	size_t n;
	str feedback; /* general */
	int line;     /* of its first line, from 1 */
};

struct gift_bank {
	const struct gift_question *question;
	size_t n;
};

enum { GIFT_ANSWERS = 40, GIFT_TAGS = 16, GIFT_QUESTIONS = 2000 };

/* Reads a bank. ERR_INVALID: the thread's sentence says what is wrong, with the reason word
 * of a problem (problems.h) and the line in `*line_out`. ERR_TOO_LARGE past the arena's
 * limit. `text` must be UTF-8 without NULs and outlive the bank. */
fallible gift_read(str text, struct arena *, struct gift_bank *out, int *line_out);
/* Whether the question can be right or wrong. */
bool gift_is_scored(const struct gift_question *);
bool gift_has_tag(const struct gift_question *, str tag);
