/* SPDX-License-Identifier: Apache-2.0 */
/* What a manifest lists as launchable, sorted by identifier for the items that refer to it.
 */
#include "package/reading.h"

#include <stdlib.h>

static int compare_names(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	return order ? order : (a.n > b.n) - (a.n < b.n);
}

static int by_identifier(const void *a, const void *b)
{
	const struct resource *x = a, *y = b;
	int order = compare_names(x->identifier, y->identifier);
	return order ? order : (x->position > y->position) - (x->position < y->position);
}

static const struct xml_node *first_resource(const struct reading *r)
{
	return xml_child(xml_child(r->root, "resources"), "resource");
}

static str text_or_empty(str s)
{
	return s.p ? str_trim(s) : S("");
}

static void read_resource(struct reading *r, const struct xml_node *node, str base,
                          struct resource *out)
{
	str href = xml_attr(node, "href");
	*out = (struct resource){
		.identifier = text_or_empty(xml_attr(node, "identifier")),
		.base = join_base(r->arena, base, text_or_empty(xml_attr(node, "base"))),
		.href = href.p && str_trim(href).n ? str_trim(href) : STR_NONE,
		.sco = str_is_nocase(str_trim(xml_attr(node, "scormtype")), S("sco")),
		.position = r->n_resources++,
		.node = node,
	};
}

/* Nobody says what is a SCO: all of them are, when any script calls a run-time. */
static void guess_kinds(struct reading *r)
{
	bool launchable = false;
	for (size_t i = 0; i < r->n_resources; i++) {
		if (xml_attr(r->resource[i].node, "scormtype").p) return;
		launchable |= r->resource[i].href.p != NULL;
	}
	if (!launchable) return;
	struct calls calls = find_calls(r->archive);
	if (!calls.scorm_12 && !calls.scorm_2004) return;
	for (size_t i = 0; i < r->n_resources; i++)
		r->resource[i].sco = r->resource[i].href.p != NULL;
	found(r->findings, FOUND_KIND_GUESSED, STR_NONE);
}

enum err read_resources(struct reading *r)
{
	size_t n = 0;
	const struct xml_node *node = first_resource(r);
	for (; node; node = xml_named(node->next, "resource")) n++;
	r->resource = arena_try(r->arena, (n + 1) * sizeof *r->resource);
	if (!r->resource) return REFUSE("manifest-too-large", "imsmanifest.xml: too large");
	str base = join_base(r->arena, S(""), text_or_empty(xml_attr(r->root, "base")));
	base = join_base(r->arena, base,
	                 text_or_empty(xml_attr(xml_child(r->root, "resources"), "base")));
	for (node = first_resource(r); node; node = xml_named(node->next, "resource"))
		read_resource(r, node, base, &r->resource[r->n_resources]);
	if (n) qsort(r->resource, n, sizeof *r->resource, by_identifier);
	guess_kinds(r);
	return ERR_OK;
}

const struct resource *resource_named(const struct reading *r, str identifier)
{
	identifier = str_trim(identifier);
	size_t from = 0, to = r->n_resources;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (compare_names(r->resource[middle].identifier, identifier) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	bool there = from < r->n_resources &&
	             str_is(r->resource[from].identifier, identifier) && identifier.n;
	return there ? &r->resource[from] : NULL;
}

static bool comes_before(const struct resource *a, const struct resource *b)
{
	if (!b) return true;
	if (a->sco != b->sco) return a->sco;
	return a->position < b->position;
}

const struct resource *resource_to_begin(const struct reading *r)
{
	const struct resource *best = NULL;
	for (size_t i = 0; i < r->n_resources; i++)
		if (r->resource[i].href.p && comes_before(&r->resource[i], best))
			best = &r->resource[i];
	return best;
}

void check_listed_files(struct reading *r)
{
	for (size_t i = 0; i < r->n_resources; i++) {
		const struct resource *s = &r->resource[i];
		const struct xml_node *file = xml_child(s->node, "file");
		for (; file; file = xml_named(file->next, "file")) {
			str href = xml_attr(file, "href");
			if (href.p && !file_is_listed(r, s->base, href))
				found(r->findings, FOUND_FILE_ABSENT, href);
		}
	}
}
