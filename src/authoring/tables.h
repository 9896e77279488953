/* SPDX-License-Identifier: Apache-2.0 */
/* The tables that courses share: acts, facts of law, deadlines and forbidden words, as tab
 * separated files whose first line names the columns. They lie beside the course's folder
 * or in it; a course without tables cites nothing. Everything lives in the arena. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

enum language { KK, RU, EN, LANGUAGES };
extern const char *const language_codes[LANGUAGES]; /* "kk", "ru", "en" */

struct act {
	str key;
	str name[LANGUAGES];       /* with number and date */
	str short_name[LANGUAGES]; /* for citing in a text */
};
struct fact {
	str id, article;       /* "13(2)"; STR_NONE where there is none */
	str date;              /* the edition that was read, YYYY-MM-DD; STR_NONE */
	str text;              /* what it says, in English, for those who check */
	bool keyable;          /* an answer may stand on it */
	const struct act *act; /* NULL: of no act, not to be cited */
};
struct deadline {
	str code, value, unit, checked;
	const struct fact *fact;
};
/* A word that is not how the glossary says it. */
struct forbidden {
	enum language language;
	str word; /* lower case; a '*' at its end stands for any ending */
	str instead;
};

struct tables {
	const struct act *act;
	size_t n_acts;
	const struct fact *fact;
	size_t n_facts;
	const struct deadline *deadline;
	size_t n_deadlines;
	const struct forbidden *forbidden;
	size_t n_forbidden;
};

/* A row that cannot be: file, line, reason (a problem's code) and detail. */
struct table_fault {
	str file, detail;
	int line;
	const char *code;
};
typedef void table_fault_fn(void *context, const struct table_fault *);

/* Reads acts.tsv, facts.tsv, deadlines.tsv and glossary.tsv of `folder`, or of the folder
 * above it. Bad rows are told and left out. */
fallible tables_read(const char *folder, struct arena *, table_fault_fn *, void *context,
                     struct tables *out);
const struct fact *tables_fact(const struct tables *, str id);           /* NULL */
const struct deadline *tables_deadline(const struct tables *, str code); /* NULL */
