/* SPDX-License-Identifier: Apache-2.0 */
/* One pass over the manifest's activities, which are in preorder already. Every element of
 * the definition model is read by a table beside it; defaults come from
 * scorm_activity_default. */
#include "runtime/tree.h"

#include "runtime/values.h"

#define A(field, name) FLAG(struct scorm_activity, field, name)

static enum scorm_version version_of(enum package_standard standard)
{
	switch (standard) {
	case PACKAGE_SCORM_12: return SCORM_1_2;
	case PACKAGE_2004_2ND: return SCORM_2004_2ND;
	case PACKAGE_2004_3RD: return SCORM_2004_3RD;
	case PACKAGE_2004_4TH: break;
	}
	return SCORM_2004_4TH;
}

/* scorm_keep, but an absent text stays absent. */
static str keep(struct scorm_memory *m, str s)
{
	return s.p ? scorm_keep(m, s) : STR_NONE;
}

/* ---- imsss: controls and limits ---- */
static void read_controls(const struct xml_node *sequencing, struct scorm_activity *a)
{
	static const struct flag control_mode[] = {
		/* SN 3.2 */
		A(choice, "choice"),
		A(choice_exit, "choiceExit"),
		A(flow, "flow"),
		A(forward_only, "forwardOnly"),
		A(use_current_attempt_objective_info, "useCurrentAttemptObjectiveInfo"),
		A(use_current_attempt_progress_info, "useCurrentAttemptProgressInfo"),
	};
	static const struct flag constrained_choice[] = {
		/* SN 3.3 */
		A(constrain_choice, "constrainChoice"),
		A(prevent_activation, "preventActivation"),
	};
	static const struct flag delivery[] = {
		/* SN 3.13 */
		A(tracked, "tracked"),
		A(completion_set_by_content, "completionSetByContent"),
		A(objective_set_by_content, "objectiveSetByContent"),
	};
	read_flags(xml_child(sequencing, "controlMode"), control_mode,
	           countof(control_mode), a);
	read_flags(xml_child(sequencing, "constrainedChoiceConsiderations"),
	           constrained_choice, countof(constrained_choice), a);
	read_flags(xml_child(sequencing, "deliveryControls"), delivery, countof(delivery),
	           a);
}

/* SN 3.6. A limit of 0 attempts is one: nobody gets in. */
static void read_limits(const struct xml_node *sequencing, struct scorm_activity *a)
{
	const struct xml_node *limits = xml_child(sequencing, "limitConditions");
	int64_t n;
	if (str_to_int(str_trim(xml_attr(limits, "attemptLimit")), 0, 1000000, &n)) {
		a->has_attempt_limit = true;
		a->attempt_limit = (uint32_t)n;
	}
	str duration = xml_attr(limits, "attemptAbsoluteDurationLimit");
	if (duration.p && value_duration(duration, &a->attempt_duration_limit_ms))
		a->has_attempt_duration_limit = true;
}

/* SN 3.11, 3.12 */
static void read_selection(const struct xml_node *sequencing, struct scorm_activity *a)
{
	static const char *const timings[] = { "never", "once", "onEachNewAttempt" };
	const struct xml_node *x = xml_child(sequencing, "randomizationControls");
	a->selection_timing =
		(enum scorm_timing)value_word(xml_attr(x, "selectionTiming"), timings,
	                                      countof(timings), (int)a->selection_timing);
	a->randomization_timing = (enum scorm_timing)value_word(
		xml_attr(x, "randomizationTiming"), timings, countof(timings),
		(int)a->randomization_timing);
	a->reorder_children =
		value_flag(xml_attr(x, "reorderChildren"), a->reorder_children);
	int64_t n;
	if (str_to_int(str_trim(xml_attr(x, "selectCount")), 0, 1000000, &n)) {
		a->has_select_count = true;
		a->select_count = (uint32_t)n;
	}
}

/* ---- adlseq ---- */
/* SN 3.9 */
static void read_considerations(const struct xml_node *sequencing, struct scorm_activity *a)
{
	static const char *const words[] = { "always", "ifAttempted", "ifNotSkipped",
		                             "ifNotSuspended" };
	const struct xml_node *x = xml_child(sequencing, "rollupConsiderations");
	const struct {
		const char *name;
		enum scorm_considered *out;
	} all[] = {
		{ "requiredForSatisfied", &a->required_for_satisfied },
		{ "requiredForNotSatisfied", &a->required_for_not_satisfied },
		{ "requiredForCompleted", &a->required_for_completed },
		{ "requiredForIncomplete", &a->required_for_incomplete },
	};
	for (size_t i = 0; i < countof(all); i++)
		*all[i].out = (enum scorm_considered)value_word(
			xml_attr(x, all[i].name), words, countof(words), (int)*all[i].out);
	a->measure_satisfaction_if_active =
		value_flag(xml_attr(x, "measureSatisfactionIfActive"),
	                   a->measure_satisfaction_if_active);
}

/* ---- adlcp and adlnav, beside the sequencing ---- */
/* Until the 3rd edition the threshold is the element's text, since then it is an attribute.
 */
static void read_completion_threshold(const struct xml_node *item, struct scorm_activity *a)
{
	const struct xml_node *x = xml_child(item, "completionThreshold");
	if (!x) return;
	double old = value_number(x->text, 0, 1, -1);
	a->completed_by_measure = value_flag(xml_attr(x, "completedByMeasure"), old >= 0);
	a->has_completion_threshold = a->completed_by_measure;
	if (old >= 0) a->minimum_progress = old;
	a->minimum_progress =
		value_number(xml_attr(x, "minProgressMeasure"), 0, 1, a->minimum_progress);
	a->progress_weight =
		value_number(xml_attr(x, "progressWeight"), 0, 1, a->progress_weight);
}

/* CAM 5.2 (adlnav): which of the LMS's controls an activity wants hidden. */
static void read_hidden(const struct xml_node *item, struct scorm_activity *a)
{
	static const char *const words[] = { "previous",  "continue", "exit",
		                             "exitAll",   "abandon",  "abandonAll",
		                             "suspendAll" };
	const struct xml_node *x =
		xml_child(xml_child(item, "presentation"), "navigationInterface");
	x = xml_child(x, "hideLMSUI");
	for (; x; x = xml_named(x->next, "hideLMSUI")) {
		int which = value_word(x->text, words, countof(words), -1);
		if (which >= 0) a->hide |= 1U << which;
	}
}

/* adlcp:data, shared stores. */
static void read_stores(const struct xml_node *item, struct scorm_memory *m,
                        struct scorm_activity *a)
{
	static const struct flag rights[] = {
		FLAG(struct scorm_store_map, read, "readSharedData"),
		FLAG(struct scorm_store_map, write, "writeSharedData"),
	};
	const struct xml_node *first = xml_child(xml_child(item, "data"), "map"), *x;
	size_t n = 0;
	for (x = first; x; x = xml_named(x->next, "map")) n++;
	struct scorm_store_map *all = n ? scorm_array(m, struct scorm_store_map, n) : NULL;
	if (!all) return;
	a->store = all;
	for (x = first; x; x = xml_named(x->next, "map")) {
		str target = str_trim(xml_attr(x, "targetID"));
		if (!target.n) continue;
		struct scorm_store_map *map = &all[a->n_stores++];
		*map = (struct scorm_store_map){ scorm_keep(m, target), true, true };
		read_flags(x, rights, countof(rights), map);
	}
}

/* ---- an activity ---- */
static void read_activity(const struct manifest *manifest, size_t i, struct scorm_memory *m,
                          struct scorm_activity *out)
{
	static const enum scorm_content contents[] = { CONTENT_CLUSTER, CONTENT_SCO,
		                                       CONTENT_ASSET };
	const struct activity *from = &manifest->activity[i];
	bool old = manifest->standard == PACKAGE_SCORM_12;
	struct scorm_activity a = scorm_activity_default(version_of(manifest->standard));
	a.id = scorm_keep(m, from->id);
	a.title = scorm_keep(m, from->title);
	a.parent = from->parent;
	a.first_child = from->first_child;
	a.next_sibling = from->next_sibling;
	a.visible = from->visible;
	a.content = contents[from->kind];
	a.launch_data = keep(m, from->launch_data);
	a.max_time_allowed = keep(m, from->max_time_allowed);
	a.time_limit_action = keep(m, from->time_limit_action);
	if (old) {
		a.prerequisites = keep(m, from->prerequisites);
		a.mastery_score = keep(m, from->mastery_score);
	} else {
		read_controls(from->sequencing, &a);
		read_limits(from->sequencing, &a);
		read_selection(from->sequencing, &a);
		read_considerations(from->sequencing, &a);
		read_completion_threshold(from->item, &a);
		read_hidden(from->item, &a);
		read_stores(from->item, m, &a);
		read_rules(from->sequencing, m, &a);
	}
	read_objectives(old ? NULL : from->sequencing, m, &a);
	*out = a;
}

enum err runtime_tree(const struct manifest *manifest, struct scorm_memory *m,
                      struct scorm_tree *out)
{
	const struct xml_node *organization = manifest->activity[0].item;
	struct scorm_activity *all = scorm_array(m, struct scorm_activity, manifest->n);
	if (all)
		for (size_t i = 0; i < manifest->n; i++)
			read_activity(manifest, i, m, &all[i]);
	struct scorm_tree tree = {
		.version = version_of(manifest->standard),
		.objectives_global_to_system = value_flag(
			xml_attr(organization, "objectivesGlobalToSystem"), true),
		.shared_data_global_to_system = value_flag(
			xml_attr(organization, "sharedDataGlobalToSystem"), true),
		.id = scorm_keep(m, manifest->activity[0].id),
		.activity = all,
		.n = (int32_t)manifest->n,
	};
	if (m->over)
		return FAIL(ERR_TOO_LARGE, "imsmanifest.xml: too many rules (%zu bytes)",
		            m->room);
	*out = tree;
	return ERR_OK;
}
