/* SPDX-License-Identifier: Apache-2.0 */
/* The store of a data model: which elements there are is a table (cmi2004.c, cmi12.c), and
 * the values are texts under (element, n, m), where n and m are the indices in its name.
 *
 * Values lie one behind the other in one area of memory; a changed value of another length
 * moves to the end and leaves a hole; when the area is full, the holes are closed. So the
 * area as bytes depends only on what was set and in which order, never on when it was
 * saved or how large it is. */
#pragma once

#include "scorm/memory.h"

enum access {
	GROUP, /* a parent: has _children, no value */
	LIST,  /* a collection: has _children and _count */
	READ,
	WRITE,
	BOTH,
};
enum type {
	TYPE_NONE,
	TYPE_TEXT,
	TYPE_LOCALIZED,
	TYPE_URI,
	TYPE_WORD, /* one of `words` */
	TYPE_REAL, /* within [least, most] where these differ */
	TYPE_TIMESTAMP,
	TYPE_DURATION,
	TYPE_LANGUAGE, /* or "" */
	TYPE_RESULT,   /* one of `words`, or a real */
	TYPE_RESPONSE,
	TYPE_PATTERN,
	TYPE_REQUEST, /* adl.nav.request */
	/* SCORM 1.2 */
	TYPE_STRING, /* CMIString255 */
	TYPE_IDENTIFIER,
	TYPE_SCORE, /* CMIDecimal from 0 to 100, or "" */
	TYPE_WHOLE, /* within [least, most] */
	TYPE_SPAN,
	TYPE_TIME,
	TYPE_FEEDBACK,
};

struct element {
	const char *name; /* "cmi.objectives.n.id" */
	uint8_t access, type;
	uint8_t list;      /* the innermost LIST it lies in; 0: none (as the first row) */
	uint32_t promised; /* SPM: how long every LMS must take it; 0: no length */
	const char
		*initial; /* value when not set, NULL none; _children of GROUP and LIST */
	const char *words;
	double least, most;
};

/* What a name says. */
enum keyword { NO_KEYWORD, CHILDREN, COUNT, VERSION };
struct place {
	int element;
	uint32_t n, m;
	enum keyword keyword;
};
enum { MODEL_INDICES = 2, INDEX_MOST = 65535 };

struct model {
	const struct element *element;
	uint32_t n_elements;
	uint8_t *area;
	size_t n, room;
	/* Where each value lies, by a hash of its key; as many slots are in use as the
	 * values need. */
	uint32_t *slot, n_slots, slots_most, used;
};

/* False when the memory has not so much left. */
bool model_open(struct model *, struct scorm_memory *, size_t room);
void model_clear(struct model *, const struct element *, uint32_t n_elements);

/* False for a name that is not in the table. */
bool model_find(const struct model *, str name, struct place *out);

str model_get(const struct model *, struct place); /* STR_NONE: not set */
/* `fresh`: the SCO set it, now. False when there is no room. */
bool model_put(struct model *, struct place, str value, bool fresh);
bool model_is_fresh(const struct model *, struct place);
/* How many records the collection has; it is the place's element. */
uint32_t model_count(const struct model *, struct place list);
bool model_count_put(struct model *, struct place list, uint32_t count);

/* Nothing is fresh any more. */
void model_settle(struct model *);
/* The values as bytes, valid until something is put. */
str model_bytes(struct model *);
/* The first value of the element in what model_bytes gave. */
str model_peek(str bytes, int element);
/* Each value of what model_bytes gave, by its full name; counts of lists are left out. */
void model_each(const struct model *, str bytes,
                void (*tell)(void *context, str name, str value), void *context);
/* False, and empty, for anything but what model_bytes gave. */
bool model_load(struct model *, str bytes);
