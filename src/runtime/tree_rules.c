/* SPDX-License-Identifier: Apache-2.0 */
/* Sequencing rules (SN 3.4) and roll-up rules (SN 3.7). A rule whose action the book does
 * not know is no rule; a condition it does not know is none. */
#include "runtime/values.h"

/* In the order of enum scorm_condition_kind. */
static const char *const conditions[] = {
	"satisfied",
	"objectiveStatusKnown",
	"objectiveMeasureKnown",
	"objectiveMeasureGreaterThan",
	"objectiveMeasureLessThan",
	"completed",
	"activityProgressKnown",
	"attempted",
	"attemptLimitExceeded",
	"timeLimitExceeded",
	"outsideAvailableTimeRange",
	"always",
};
static const char *const combinations[] = { "all", "any" };
static const char *const child_sets[] = { "all", "any", "none", "atLeastCount",
	                                  "atLeastPercent" };
static const char *const rollup_actions[] = { "satisfied", "notSatisfied", "completed",
	                                      "incomplete" };

static size_t count(const struct xml_node *parent, const char *name)
{
	size_t n = 0;
	const struct xml_node *x = xml_child(parent, name);
	for (; x; x = xml_named(x->next, name)) n++;
	return n;
}

/* ---- conditions: the same in both kinds of rule ---- */
static bool is_for_rollup(int kind)
{
	return kind != COND_OBJECTIVE_MEASURE_GREATER &&
	       kind != COND_OBJECTIVE_MEASURE_LESS && kind != COND_ALWAYS;
}

static bool read_condition(const struct xml_node *x, bool rollup, struct scorm_memory *m,
                           struct scorm_condition *out)
{
	int kind =
		value_word(xml_attr(x, "condition"), conditions, countof(conditions), -1);
	if (kind < 0 || (rollup && !is_for_rollup(kind))) return false;
	str objective = str_trim(xml_attr(x, "referencedObjective"));
	*out = (struct scorm_condition){
		.kind = (enum scorm_condition_kind)kind,
		.negated = str_is_nocase(str_trim(xml_attr(x, "operator")), S("not")),
		.objective = objective.n && !rollup ? scorm_keep(m, objective) : STR_NONE,
		.threshold = value_number(xml_attr(x, "measureThreshold"), -1, 1, 0),
	};
	return true;
}

static const struct scorm_condition *read_conditions(const struct xml_node *parent,
                                                     const char *name, bool rollup,
                                                     struct scorm_memory *m, uint32_t *n)
{
	size_t most = count(parent, name);
	struct scorm_condition *all =
		most ? scorm_array(m, struct scorm_condition, most) : NULL;
	*n = 0;
	if (!all) return NULL;
	const struct xml_node *x = xml_child(parent, name);
	for (; x; x = xml_named(x->next, name))
		*n += read_condition(x, rollup, m, &all[*n]);
	return all;
}

/* ---- sequencing rules ---- */
struct words {
	const char *element;
	enum scorm_rule_set set;
	struct {
		const char *word;
		enum scorm_action action;
	} may[6];
};
static const struct words sets[] = {
	{ "preConditionRule",
	  RULES_PRE,
	  { { "skip", ACTION_SKIP },
	    { "disabled", ACTION_DISABLED },
	    { "hiddenFromChoice", ACTION_HIDDEN_FROM_CHOICE },
	    { "stopForwardTraversal", ACTION_STOP_FORWARD_TRAVERSAL } } },
	{ "exitConditionRule", RULES_EXIT, { { "exit", ACTION_EXIT } } },
	{ "postConditionRule",
	  RULES_POST,
	  { { "exitParent", ACTION_EXIT_PARENT },
	    { "exitAll", ACTION_EXIT_ALL },
	    { "retry", ACTION_RETRY },
	    { "retryAll", ACTION_RETRY_ALL },
	    { "continue", ACTION_CONTINUE },
	    { "previous", ACTION_PREVIOUS } } },
};

static bool read_rule(const struct xml_node *x, const struct words *set,
                      struct scorm_memory *m, struct scorm_rule *out)
{
	str wanted = str_trim(xml_attr(xml_child(x, "ruleAction"), "action"));
	const struct xml_node *all = xml_child(x, "ruleConditions");
	for (size_t i = 0; i < countof(set->may) && set->may[i].word; i++) {
		if (!str_is_nocase(wanted, str_of(set->may[i].word))) continue;
		*out = (struct scorm_rule){
			.set = set->set,
			.action = set->may[i].action,
			.any = value_word(xml_attr(all, "conditionCombination"),
			                  combinations, 2, 0) == 1,
		};
		out->condition = read_conditions(all, "ruleCondition", false, m, &out->n);
		return true;
	}
	return false;
}

static void read_sequencing_rules(const struct xml_node *parent, struct scorm_memory *m,
                                  struct scorm_activity *out)
{
	size_t most = 0;
	for (size_t i = 0; i < countof(sets); i++) most += count(parent, sets[i].element);
	struct scorm_rule *all = most ? scorm_array(m, struct scorm_rule, most) : NULL;
	if (!all) return;
	for (size_t i = 0; i < countof(sets); i++) {
		const struct xml_node *x = xml_child(parent, sets[i].element);
		for (; x; x = xml_named(x->next, sets[i].element))
			out->n_rules += read_rule(x, &sets[i], m, &all[out->n_rules]);
	}
	out->rule = all;
}

/* ---- roll-up rules ---- */
static bool read_rollup_rule(const struct xml_node *x, struct scorm_memory *m,
                             struct scorm_rollup_rule *out)
{
	int action = value_word(xml_attr(xml_child(x, "rollupAction"), "action"),
	                        rollup_actions, countof(rollup_actions), -1);
	if (action < 0) return false;
	const struct xml_node *all = xml_child(x, "rollupConditions");
	*out = (struct scorm_rollup_rule){
		.set = (enum scorm_child_set)value_word(xml_attr(x, "childActivitySet"),
		                                        child_sets, countof(child_sets),
		                                        SET_ALL),
		.minimum_count =
			(uint32_t)value_number(xml_attr(x, "minimumCount"), 0, 1e6, 0),
		.minimum_percent = value_number(xml_attr(x, "minimumPercent"), 0, 1, 0),
		.action = (enum scorm_rollup_action)action,
		.any = value_word(xml_attr(all, "conditionCombination"), combinations, 2,
		                  1) == 1,
	};
	out->condition = read_conditions(all, "rollupCondition", true, m, &out->n);
	return true;
}

static void read_rollup_rules(const struct xml_node *parent, struct scorm_memory *m,
                              struct scorm_activity *out)
{
	static const struct flag flags[] = {
		FLAG(struct scorm_activity, rollup_objective_satisfied,
		     "rollupObjectiveSatisfied"),
		FLAG(struct scorm_activity, rollup_progress_completion,
		     "rollupProgressCompletion"),
	};
	read_flags(parent, flags, countof(flags), out);
	out->objective_measure_weight =
		value_number(xml_attr(parent, "objectiveMeasureWeight"), 0, 1,
	                     out->objective_measure_weight);
	size_t most = count(parent, "rollupRule");
	struct scorm_rollup_rule *all =
		most ? scorm_array(m, struct scorm_rollup_rule, most) : NULL;
	if (!all) return;
	const struct xml_node *x = xml_child(parent, "rollupRule");
	for (; x; x = xml_named(x->next, "rollupRule"))
		out->n_rollup += read_rollup_rule(x, m, &all[out->n_rollup]);
	out->rollup = all;
}

void read_rules(const struct xml_node *sequencing, struct scorm_memory *m,
                struct scorm_activity *out)
{
	read_sequencing_rules(xml_child(sequencing, "sequencingRules"), m, out);
	read_rollup_rules(xml_child(sequencing, "rollupRules"), m, out);
}
