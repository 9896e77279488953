/* SPDX-License-Identifier: Apache-2.0 */
/* XML into a bounded tree (expat). Tolerant of what course tools write: byte order marks,
 * UTF-16, windows-1251, windows-1252, koi8-r and iso-8859-x declarations, white space
 * before the declaration. External entities are never followed. Pure; any thread. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

struct xml_attribute {
	str ns, name, value; /* ns: namespace URI, STR_NONE when none */
};

struct xml_node {
	str ns, name; /* name without prefix */
	const struct xml_attribute *attribute;
	size_t n_attributes;
	str text; /* all character data directly inside, joined; entities resolved */
	int line; /* of the start tag, from 1 */
	struct xml_node *first, *next; /* first child, next sibling; NULL at the end */
};

struct xml_limits {
	size_t nodes; /* at most so many elements */
	int depth;    /* at most so deep */
};

/* The document element; it lives in the arena. ERR_INVALID with line and column;
 * ERR_TOO_LARGE past a limit. */
fallible xml_read(str bytes, struct xml_limits, struct arena *, struct xml_node **out);

/* The next one called `name` (any namespace, ASCII case ignored) at or after `node` among
 * siblings. */
const struct xml_node *xml_named(const struct xml_node *node, const char *name);
/* The first child called so; NULL when none or when node is NULL. */
const struct xml_node *xml_child(const struct xml_node *node, const char *name);
/* The value of an attribute by local name (case ignored); STR_NONE when absent or node is
 * NULL. */
str xml_attr(const struct xml_node *node, const char *name);
/* xml_trim(child text); STR_NONE when there is no such child. */
str xml_child_text(const struct xml_node *node, const char *name);
