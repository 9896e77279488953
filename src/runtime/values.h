/* SPDX-License-Identifier: Apache-2.0 */
/* Values of a manifest's attributes by tables: true and false, words, numbers, durations.
 * White space around a value and the case of its letters do not matter; what is not
 * understood leaves the value that was there. Only tree*.c includes this. */
#pragma once

#include "base/xml.h"
#include "runtime/tree.h"

struct flag { /* a bool of a struct, by its attribute's name */
	const char *name;
	size_t offset;
};
#define FLAG(T, field, name)             \
	{                                \
		name, offsetof(T, field) \
	}
void read_flags(const struct xml_node *, const struct flag *, size_t n, void *out);
/* "true", "1", "false", "0" */
bool value_flag(str, bool otherwise);
/* The index of `value` among `n` words, or `otherwise`. */
int value_word(str value, const char *const *word, size_t n, int otherwise);
/* A decimal number in [least, most], or `otherwise`. */
double value_number(str, double least, double most, double otherwise);
/* xs:duration in milliseconds, months of 30 days and years of 365; false when it is none.
 */
bool value_duration(str, int64_t *out);

/* ---- tree_rules.c ---- */
/* Sequencing and roll-up rules of an activity, SN 3.4 and 3.7. */
void read_rules(const struct xml_node *sequencing, struct scorm_memory *,
                struct scorm_activity *out);
/* ---- tree_objectives.c ---- */
/* Objectives and their maps, SN 3.10. */
void read_objectives(const struct xml_node *sequencing, struct scorm_memory *,
                     struct scorm_activity *out);
