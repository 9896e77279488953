/* SPDX-License-Identifier: Apache-2.0 */
/* A course in memory: what its folder holds, read and rendered, the same for the checks
 * and for the package. Everything lives in one arena. */
#pragma once

#include "authoring/gift.h"
#include "authoring/problems.h"

/* What a lesson is made of. */
enum part {
	PART_PROSE,
	PART_GOALS,
	PART_CASE,
	PART_CHECKLIST,
	PART_NOTE,
	PART_QUESTION,
	PARTS
};
extern const char *const part_names[PARTS]; /* "goals", … */

struct placed {
	str id; /* of a question */
	int line;
};

/* A lesson or an annex in one language. */
struct document {
	bool there;
	str file, text;  /* as it stands */
	str title, html; /* html: all but the title */
	size_t count[PARTS];
	const struct placed *placed;
	size_t n_placed;
	str shape; /* "goals prose case ?cm-0101": what must be alike in all languages */
	const struct fact *const *cited; /* each once, in their order */
	size_t n_cited;
	size_t words, sentences, sentence_words;
};

struct unit {
	int number;
	str name; /* "lesson-01"; "annex-01-request": its page without ".html" */
	str slug; /* "01-request" */
	struct document in[LANGUAGES];
};

enum { PAGES_MOST = 220 };

struct course {
	struct arena *arena;
	const char *folder;
	struct authoring_options options;
	str id;
	int64_t version, minutes, pass_mark, test_questions, attempts, pretest_questions;
	str law_as_of;
	str title[LANGUAGES], description[LANGUAGES], audience[LANGUAGES];
	bool has[LANGUAGES]; /* the languages that are packed */
	enum language first; /* of these */
	struct unit *lesson, *annex;
	size_t n_lessons, n_annexes;
	const str *media; /* "media/x.png", sorted */
	size_t n_media;
	struct gift_bank bank[LANGUAGES];
	str bank_text[LANGUAGES];
	struct tables tables;
	struct problems problems;
};

/* ---- reading ---- */
fallible course_read_settings(struct course *); /* course.json */
void course_take_settings(struct course *, str json);
fallible course_read_files(struct course *); /* lessons, annexes, banks */
fallible document_read(struct course *, enum language, struct document *);
str question_file(const struct course *, enum language);

/* ---- looking things up ---- */
const struct gift_question *course_question(const struct course *, enum language, str id);
const struct unit *course_lesson(const struct course *, str name);
const struct unit *course_annex(const struct course *, str slug);
bool course_has_media(const struct course *, str name);
/* Whether a tag looks like the id of a fact: "PC-13". */
bool is_fact_tag(str tag);

/* ---- checks ---- */
void check_lessons(struct course *);
void check_questions(struct course *);
void check_words(struct course *);

/* ---- making the package ---- */
enum page_kind { PAGE_LESSON, PAGE_PRETEST, PAGE_TEST, PAGE_ANNEXES, PAGE_ANNEX };
struct page {
	enum page_kind kind;
	str name;                /* "lesson-01": its file without ".html" */
	const struct unit *unit; /* of a lesson or an annex */
};
/* The pages in the order of the contents; annexes after them. */
size_t course_pages(const struct course *, struct page *out, size_t room);
/* "Title" or "Title · Title" of the first two languages, for a manifest. */
str course_page_title(const struct course *, const struct page *, enum language);
void manifest_12(const struct course *, const struct page *, size_t n, struct buf *);
void manifest_2004(const struct course *, const struct page *, size_t n, struct buf *);
fallible page_write(const struct course *, const struct page *, struct buf *);
/* What the page's script reads: the questions and what the course asks for. */
fallible page_data(const struct course *, const struct page *, struct buf *);
