/* SPDX-License-Identifier: Apache-2.0 */
/* From what a manifest says to what the engine knows of a course: the sequencing definition
 * model of the SN book, chapter 3, with the defaults of the book. Pure; any thread. */
#pragma once

#include "package/package.h"
#include "scorm/tree.h"

/* The activities keep their order: tree.activity[i] is manifest.activity[i]. Texts are
 * copied, so the tree needs nothing but `memory`. What the book does not know (a word
 * misspelt, a number out of its range) counts as not said. ERR_TOO_LARGE when it does not
 * fit. */
fallible runtime_tree(const struct manifest *, struct scorm_memory *,
                      struct scorm_tree *out);
/* Memory that is enough for most courses: 2,000 activities with a few rules each. */
#define RUNTIME_TREE_ROOM ((size_t)4 << 20)
