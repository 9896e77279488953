/* SPDX-License-Identifier: Apache-2.0 */
/* Markdown (CommonMark and tables, by md4c) as HTML that needs no trust: tags in the source
 * are told as problems and left out, links lead nowhere but inside the course. Knows
 * [[PC-31]], [[@code]] and [[annex:NN-name]]. */
#pragma once

#include "authoring/course.h"

struct markdown {
	struct course *course;
	enum language language;
	str file;
	struct buf *html;
	/* gathered over all texts of a document */
	const struct fact **cited; /* room for CITED_MOST */
	size_t n_cited;
	size_t words, sentences, sentence_words;
};
enum { CITED_MOST = 200 };

/* `line`: where `text` begins in the file. */
fallible markdown_write(struct markdown *, str text, int line);
/* A text of a question: no Markdown but what stands in double brackets; lines are kept. */
void markdown_plain(struct markdown *, str text, int line);
void html_text(struct buf *, str);
