/* SPDX-License-Identifier: Apache-2.0 */
/* CAM 5.1.1: a sequencing element may take its rules from the collection by IDRef; what it
 * says itself, element by element and attribute by attribute, goes before. imsss:objectives
 * and adlseq:objectives are two elements. */
#include "package/reading.h"

static const struct xml_node *in_collection(const struct reading *r, str id)
{
	const struct xml_node *node = xml_child(r->collection, "sequencing");
	for (; node; node = xml_named(node->next, "sequencing"))
		if (str_is(str_trim(xml_attr(node, "ID")), id)) return node;
	return NULL;
}

static bool has_child(const struct xml_node *node, const struct xml_node *wanted)
{
	for (const struct xml_node *child = node->first; child; child = child->next)
		if (str_is(child->name, wanted->name) && str_is(child->ns, wanted->ns))
			return true;
	return false;
}

/* Copies of the children of `from` that `but` has none of, after `*last`. The copies share
 * what is below them. */
static void add_children(struct arena *a, const struct xml_node *from,
                         const struct xml_node *but, struct xml_node ***last)
{
	for (const struct xml_node *child = from->first; child; child = child->next) {
		if (but && has_child(but, child)) continue;
		struct xml_node *copy = arena_new(a, struct xml_node);
		*copy = *child;
		copy->next = NULL;
		**last = copy;
		*last = &copy->next;
	}
}

static void add_attributes(struct arena *a, struct xml_node *to,
                           const struct xml_node *shared)
{
	size_t n = to->n_attributes;
	struct xml_attribute *all =
		arena_alloc(a, (n + shared->n_attributes + 1) * sizeof *all);
	if (n) memcpy(all, to->attribute, n * sizeof *all);
	for (size_t i = 0; i < shared->n_attributes; i++) {
		bool there = str_is_nocase(shared->attribute[i].name, S("ID"));
		for (size_t k = 0; k < to->n_attributes && !there; k++)
			there = str_is(to->attribute[k].name, shared->attribute[i].name);
		if (!there) all[n++] = shared->attribute[i];
	}
	to->attribute = all;
	to->n_attributes = n;
}

const struct xml_node *sequencing_of(struct reading *r, const struct xml_node *item,
                                     str shown_as)
{
	const struct xml_node *own = xml_child(item, "sequencing");
	str id = xml_attr(own, "IDRef");
	if (!id.p) return own;
	const struct xml_node *shared = in_collection(r, str_trim(id));
	if (!shared) {
		found(r->findings, FOUND_SEQUENCING_DANGLING, shown_as);
		return own;
	}
	struct xml_node *both = arena_new(r->arena, struct xml_node);
	*both = *own;
	both->next = both->first = NULL;
	struct xml_node **last = &both->first;
	add_children(r->arena, own, NULL, &last);
	add_children(r->arena, shared, own, &last);
	add_attributes(r->arena, both, shared);
	return both;
}
