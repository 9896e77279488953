/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of activities: one organization, its items in preorder, each with what the
 * resource behind it gives. What is missing is made up, so that the rest of the program
 * need not know how bad manifests can be: every activity has a title and an id of its own.
 */
#include "package/reading.h"

static const struct manifest_limits limits = { .activities = 2000, .depth = 32 };

struct growing {
	struct reading *r;
	struct activity *activity;
	size_t n;
};

static enum err count_items(const struct xml_node *node, int depth, size_t *n)
{
	const struct xml_node *item = xml_child(node, "item");
	for (; item; item = xml_named(item->next, "item")) {
		if (depth > limits.depth || ++*n > limits.activities)
			return REFUSE("manifest-too-large",
			              "imsmanifest.xml: too many items");
		TRY(count_items(item, depth + 1, n));
	}
	return ERR_OK;
}

/* ---- texts ---- */

static str own_title(const struct xml_node *node, str otherwise)
{
	str title = xml_child_text(node, "title");
	return title.p && title.n ? title : otherwise;
}

static bool is_taken(const struct growing *g, str id)
{
	for (size_t i = 0; i < g->n; i++)
		if (str_is(g->activity[i].id, id)) return true;
	return false;
}

/* The identifier, or one made of it that nobody has yet. */
static str own_id(const struct growing *g, str identifier, str title)
{
	identifier = str_trim(identifier);
	if (identifier.n && !is_taken(g, identifier)) return identifier;
	found(g->r->findings, FOUND_ITEM_ID, identifier.n ? identifier : title);
	if (!identifier.n) identifier = S("item");
	for (size_t i = g->n;; i++) {
		str id = arena_printf(g->r->arena, "%.*s-%zu", STR_ARG(identifier), i);
		if (!is_taken(g, id)) return id;
	}
}

/* ---- one activity ---- */

static void add_limits(struct activity *a, const struct xml_node *item)
{
	a->launch_data = xml_child_text(item, "datafromlms");
	a->prerequisites = xml_child_text(item, "prerequisites");
	a->mastery_score = xml_child_text(item, "masteryscore");
	a->max_time_allowed = xml_child_text(item, "maxtimeallowed");
	a->time_limit_action = xml_child_text(item, "timelimitaction");
}

static bool is_true(str value)
{
	value = str_trim(value);
	return str_is_nocase(value, S("true")) || str_is(value, S("1"));
}

static bool is_false(str value)
{
	value = str_trim(value);
	return str_is_nocase(value, S("false")) || str_is(value, S("0"));
}

/* adlseq:objectives may stand before the imsss:objectives that has it. */
static const struct xml_node *primary_objective(const struct xml_node *sequencing)
{
	const struct xml_node *x = xml_child(sequencing, "objectives");
	while (x && !xml_child(x, "primaryObjective")) x = xml_named(x->next, "objectives");
	return xml_child(x, "primaryObjective");
}

/* In 2004 the sequencing rules say what is a pass and how long it may take. */
static void add_measures(struct activity *a, const struct xml_node *item)
{
	const struct xml_node *primary = primary_objective(a->sequencing);
	a->mastery_score = STR_NONE;
	if (is_true(xml_attr(primary, "satisfiedByMeasure"))) {
		str least = xml_child_text(primary, "minNormalizedMeasure");
		a->mastery_score = least.p && least.n ? least : S("1.0");
	}
	a->max_time_allowed = xml_attr(xml_child(a->sequencing, "limitConditions"),
	                               "attemptAbsoluteDurationLimit");
	const struct xml_node *threshold = xml_child(item, "completionThreshold");
	if (threshold && str_trim(threshold->text).n)
		a->completion_threshold = str_trim(threshold->text);
	else if (is_true(xml_attr(threshold, "completedByMeasure"))) {
		str least = xml_attr(threshold, "minProgressMeasure");
		a->completion_threshold = least.p ? least : S("1.0");
	}
}

static void add_resource(struct growing *g, struct activity *a, const struct xml_node *item)
{
	str identifier = xml_attr(item, "identifierref");
	if (!identifier.p || !str_trim(identifier).n) return;
	bool inner = xml_child(item, "item") != NULL;
	if (inner && g->r->out->standard != PACKAGE_SCORM_12) {
		found(g->r->findings, FOUND_ITEM_BOTH, a->title);
		return;
	}
	const struct resource *s = resource_named(g->r, identifier);
	if (!s || !s->href.p) {
		found(g->r->findings, FOUND_ITEM_DANGLING, a->title);
		return;
	}
	struct launch launch = launch_of(g->r, s, xml_attr(item, "parameters"));
	a->href = launch.href;
	a->file = launch.file;
	if (launch.href.p) a->kind = s->sco ? ACTIVITY_SCO : ACTIVITY_ASSET;
}

static struct activity *begin_activity(struct growing *g, const struct xml_node *node,
                                       int parent, str title)
{
	struct activity *a = &g->activity[g->n];
	*a = (struct activity){
		.parent = parent,
		.first_child = -1,
		.next_sibling = -1,
		.visible = !is_false(xml_attr(node, "isvisible")),
		.kind = ACTIVITY_CLUSTER,
		.item = node,
	};
	a->title = own_title(node, title);
	a->titles = titles_read(g->r->arena, node);
	a->id = own_id(g, xml_attr(node, "identifier"), a->title);
	if (!a->title.n) a->title = a->id;
	g->n++;
	return a;
}

static void add_items(struct growing *g, const struct xml_node *node, int parent, int depth)
{
	int *link = &g->activity[parent].first_child;
	const struct xml_node *item = xml_child(node, "item");
	for (; item && depth <= limits.depth; item = xml_named(item->next, "item")) {
		int at = (int)g->n;
		struct activity *a = begin_activity(g, item, parent, S(""));
		*link = at;
		link = &a->next_sibling;
		a->sequencing = sequencing_of(g->r, item, a->title);
		add_limits(a, item);
		if (g->r->out->standard != PACKAGE_SCORM_12) add_measures(a, item);
		add_resource(g, a, item);
		add_items(g, item, at, depth + 1);
	}
}

/* ---- the whole ---- */

static const struct xml_node *choose_organization(struct reading *r)
{
	const struct xml_node *all = xml_child(r->root, "organizations");
	const struct xml_node *first = xml_child(all, "organization"), *one = first;
	if (!first) return NULL;
	str wanted = xml_attr(all, "default");
	if (wanted.p && str_trim(wanted).n) {
		while (one &&
		       !str_is(str_trim(xml_attr(one, "identifier")), str_trim(wanted)))
			one = xml_named(one->next, "organization");
		if (!one)
			found(r->findings, FOUND_ORGANIZATION_DEFAULT,
			      own_title(first, S("1")));
	}
	if (!one) one = first;
	if (xml_named(first->next, "organization"))
		found(r->findings, FOUND_ORGANIZATION_SEVERAL, own_title(one, S("1")));
	return one;
}

static void add_only_part(struct growing *g)
{
	const struct resource *s = resource_to_begin(g->r);
	if (!s) return;
	found(g->r->findings, FOUND_ORGANIZATION_ABSENT, s->href);
	struct activity *a = begin_activity(g, s->node, 0, g->activity[0].title);
	g->activity[0].first_child = 1;
	struct launch launch = launch_of(g->r, s, STR_NONE);
	a->href = launch.href;
	a->file = launch.file;
	if (launch.href.p) a->kind = s->sco ? ACTIVITY_SCO : ACTIVITY_ASSET;
}

enum err read_organization(struct reading *r)
{
	static const struct xml_node none = { 0 };
	const struct xml_node *organization = choose_organization(r);
	if (!organization) organization = &none;
	size_t n = 0;
	TRY(count_items(organization, 1, &n));
	struct growing g = { .r = r };
	g.activity = arena_alloc(r->arena, (n + 2) * sizeof *g.activity);
	str identifier = xml_attr(organization, "identifier");
	if (!identifier.p || !str_trim(identifier).n) identifier = S("organization");
	g.activity[0] = (struct activity){
		.id = str_trim(identifier),
		.title = own_title(organization, r->out->title),
		.titles = titles_read(r->arena, organization),
		.parent = -1,
		.first_child = -1,
		.next_sibling = -1,
		.visible = true,
		.kind = ACTIVITY_CLUSTER,
		.item = organization,
		.sequencing = sequencing_of(r, organization, r->out->title),
	};
	if (!g.activity[0].titles) g.activity[0].titles = titles_read(r->arena, r->root);
	r->out->title = g.activity[0].title;
	if (!g.activity[0].title.n) g.activity[0].title = g.activity[0].id;
	g.n = 1;
	if (n)
		add_items(&g, organization, 0, 1);
	else
		add_only_part(&g);
	r->out->activity = g.activity;
	r->out->n = g.n;
	for (size_t i = 1; i < g.n; i++)
		if (g.activity[i].href.p) return ERR_OK;
	return REFUSE("manifest-nothing-to-launch", "imsmanifest.xml: nothing to launch");
}
