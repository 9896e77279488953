/* SPDX-License-Identifier: Apache-2.0 */
/* Ways through the activity tree. Siblings and children are those of the Available
 * Children, in their order of now. */
#include "scorm/sequencing.h"

struct path path_up(const struct scorm *e, int32_t from, int32_t to)
{
	struct path p = { .n = 0 };
	for (int32_t a = from; a >= 0 && a != to && p.n < SCORM_DEPTH;
	     a = e->tree->activity[a].parent)
		p.at[p.n++] = a;
	return p;
}

/* Preorder: what lies in the ancestor's range is its descendant. */
bool is_within(const struct scorm *e, int32_t activity, int32_t ancestor)
{
	return activity >= ancestor && activity < e->end[ancestor];
}

int32_t common_ancestor(const struct scorm *e, int32_t a, int32_t b)
{
	while (!is_within(e, b, a)) a = e->tree->activity[a].parent;
	return a;
}

bool is_leaf(const struct scorm *e, int32_t activity)
{
	return e->tree->activity[activity].first_child < 0;
}

bool is_heading(const struct scorm *e, int32_t activity)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	return a->first_child < 0 && a->content == CONTENT_CLUSTER;
}

int32_t available_first(const struct scorm *e, int32_t activity)
{
	if (!scorm_tracks(e)[activity].n_available) return -1;
	return scorm_children(e)[e->child_at[activity]];
}

int32_t available_last(const struct scorm *e, int32_t activity)
{
	int32_t n = scorm_tracks(e)[activity].n_available;
	if (!n) return -1;
	return scorm_children(e)[e->child_at[activity] + (uint32_t)n - 1];
}

static int32_t sibling(const struct scorm *e, int32_t activity, int32_t step)
{
	int32_t parent = e->tree->activity[activity].parent;
	int32_t place = scorm_tracks(e)[activity].place;
	if (parent < 0 || place < 0) return -1;
	place += step;
	if (place < 0 || place >= scorm_tracks(e)[parent].n_available) return -1;
	return scorm_children(e)[e->child_at[parent] + (uint32_t)place];
}

int32_t available_next(const struct scorm *e, int32_t activity)
{
	return sibling(e, activity, 1);
}

int32_t available_previous(const struct scorm *e, int32_t activity)
{
	return sibling(e, activity, -1);
}

int32_t scorm_order(const struct scorm *e, int32_t *out)
{
	int32_t n = 0;
	for (int32_t a = 0; a >= 0;) {
		out[n++] = a;
		int32_t next = available_first(e, a);
		while (next < 0 && a > 0) {
			next = available_next(e, a);
			a = e->tree->activity[a].parent;
		}
		a = next;
	}
	return n;
}

bool is_available(const struct scorm *e, int32_t activity)
{
	for (int32_t a = activity; a > 0; a = e->tree->activity[a].parent)
		if (scorm_tracks(e)[a].place < 0) return false;
	return true;
}
