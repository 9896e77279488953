/* SPDX-License-Identifier: Apache-2.0 */
/* A manifest's sequencing becomes the engine's tree: what is said is there, what is not
 * said has the book's default, what the book does not know counts as not said. */
#include "support/test.h"

#include "base/arena.h"
#include "runtime/tree.h"

#define XMLNS                                                   \
	" xmlns='http://www.imsglobal.org/xsd/imscp_v1p1'"      \
	" xmlns:imsss='http://www.imsglobal.org/xsd/imsss'"     \
	" xmlns:adlseq='http://www.adlnet.org/xsd/adlseq_v1p3'" \
	" xmlns:adlcp='http://www.adlnet.org/xsd/adlcp_v1p3'"   \
	" xmlns:adlnav='http://www.adlnet.org/xsd/adlnav_v1p3'"
#define RESOURCES                                                                     \
	"<resources><resource identifier='R' type='webcontent' adlcp:scormType='sco'" \
	" href='a.htm'/></resources>"

struct reading {
	struct arena *arena;
	struct scorm_memory memory;
	struct scorm_tree tree;
};

static enum err try_read(struct reading *c, const char *version, const char *organization,
                         const char *inside, const char *collection)
{
	c->arena = arena_open((size_t)64 << 20);
	str text = arena_printf(c->arena,
	                        "<manifest identifier='M'" XMLNS
	                        "><metadata><schemaversion>%s</schemaversion></metadata>"
	                        "<organizations default='O'><organization "
	                        "identifier='O'%s><title>Course</title>%s</organization>"
	                        "</organizations>" RESOURCES "%s</manifest>",
	                        version, organization, inside, collection);
	struct manifest m;
	assert_ok(manifest_read_text(text, c->arena, &m));
	if (!c->memory.room) c->memory.room = 1 << 20;
	c->memory.p = arena_alloc(c->arena, c->memory.room);
	return runtime_tree(&m, &c->memory, &c->tree);
}

static struct reading read_item(const char *inside)
{
	struct reading c = { 0 };
	assert_ok(try_read(&c, "2004 4th Edition", "", inside, ""));
	return c;
}

/* One SCO with this inside its item. */
#define ITEM(inside) \
	"<item identifier='I' identifierref='R'><title>One</title>" inside "</item>"
#define SEQUENCING(inside) ITEM("<imsss:sequencing>" inside "</imsss:sequencing>")

/* ---- defaults ---- */
static void what_is_not_said_has_the_books_default(void **state)
{
	(void)state;
	struct reading c = read_item(ITEM(""));
	assert_int_equal(c.tree.n, 2);
	assert_int_equal(c.tree.version, SCORM_2004_4TH);
	assert_true(c.tree.objectives_global_to_system);
	assert_true(c.tree.shared_data_global_to_system);
	assert_str(c.tree.id, S("O"));
	const struct scorm_activity *a = &c.tree.activity[1];
	assert_str(a->id, S("I"));
	assert_str(a->title, S("One"));
	assert_int_equal(a->parent, 0);
	assert_int_equal(a->content, CONTENT_SCO);
	assert_true(a->visible && a->choice && a->choice_exit && !a->flow);
	assert_true(!a->forward_only && a->use_current_attempt_objective_info);
	assert_true(a->use_current_attempt_progress_info && !a->constrain_choice);
	assert_true(!a->prevent_activation && !a->has_attempt_limit);
	assert_true(!a->has_attempt_duration_limit && a->rollup_objective_satisfied);
	assert_true(a->rollup_progress_completion && a->measure_satisfaction_if_active);
	assert_true(a->objective_measure_weight == 1 && a->progress_weight == 1);
	assert_true(a->minimum_progress == 1 && !a->has_completion_threshold);
	assert_int_equal(a->required_for_satisfied, CONSIDER_ALWAYS);
	assert_int_equal(a->required_for_incomplete, CONSIDER_ALWAYS);
	assert_int_equal(a->selection_timing, TIMING_NEVER);
	assert_int_equal(a->randomization_timing, TIMING_NEVER);
	assert_true(!a->has_select_count && !a->reorder_children && a->tracked);
	assert_true(!a->completion_set_by_content && !a->objective_set_by_content);
	assert_int_equal(a->n_rules + a->n_rollup + a->n_stores, 0);
	assert_int_equal(a->n_objectives, 1);
	assert_true(a->objective[0].primary && !a->objective[0].id.p);
	assert_true(a->objective[0].minimum_measure == 1);
	assert_null(a->launch_data.p);
	assert_null(a->max_time_allowed.p);
	arena_close(c.arena);
}

static void scorm_1_2_is_free_choice_and_flow(void **state)
{
	(void)state;
	struct reading c = { 0 };
	assert_ok(try_read(&c, "1.2", "",
	                   ITEM("<adlcp:masteryscore>80</adlcp:masteryscore>"
	                        "<adlcp:prerequisites "
	                        "type='aicc_script'>X&amp;Y</adlcp:prerequisites>"
	                        "<adlcp:datafromlms>d</adlcp:datafromlms>"
	                        "<adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed>"),
	                   ""));
	const struct scorm_activity *a = c.tree.activity;
	assert_int_equal(c.tree.version, SCORM_1_2);
	assert_true(a[0].choice && a[0].flow && a[1].choice && a[1].flow);
	assert_str(a[1].mastery_score, S("80"));
	assert_str(a[1].prerequisites, S("X&Y"));
	assert_str(a[1].launch_data, S("d"));
	assert_str(a[1].max_time_allowed, S("00:30:00"));
	assert_int_equal(a[1].n_objectives, 1);
	arena_close(c.arena);
}

/* ---- controls, limits, deliveries ---- */
static void controls_and_limits_are_read(void **state)
{
	(void)state;
	struct reading c = read_item(SEQUENCING(
		"<imsss:controlMode choice='false' choiceExit=' FALSE ' flow='1' "
		"forwardOnly='true' useCurrentAttemptObjectiveInfo='0' "
		"useCurrentAttemptProgressInfo='false'/>"
		"<imsss:limitConditions attemptLimit='2' "
		"attemptAbsoluteDurationLimit='P1DT1H0M0.5S'/>"
		"<imsss:randomizationControls randomizationTiming='once' selectCount='3' "
		"reorderChildren='true' selectionTiming='onEachNewAttempt'/>"
		"<imsss:deliveryControls tracked='false' completionSetByContent='true' "
		"objectiveSetByContent='true'/>"
		"<adlseq:constrainedChoiceConsiderations preventActivation='true' "
		"constrainChoice='true'/>"
		"<adlseq:rollupConsiderations requiredForSatisfied='ifNotSuspended' "
		"requiredForNotSatisfied='ifAttempted' requiredForCompleted='IFNOTSKIPPED' "
		"requiredForIncomplete='sometimes' measureSatisfactionIfActive='false'/>"));
	const struct scorm_activity *a = &c.tree.activity[1];
	assert_true(!a->choice && !a->choice_exit && a->flow && a->forward_only);
	assert_true(!a->use_current_attempt_objective_info);
	assert_true(!a->use_current_attempt_progress_info);
	assert_true(a->has_attempt_limit && a->attempt_limit == 2);
	assert_true(a->has_attempt_duration_limit);
	assert_int_equal(a->attempt_duration_limit_ms, (86400 + 3600) * 1000 + 500);
	assert_str(a->max_time_allowed, S("P1DT1H0M0.5S"));
	assert_int_equal(a->randomization_timing, TIMING_ONCE);
	assert_int_equal(a->selection_timing, TIMING_ON_EACH_NEW_ATTEMPT);
	assert_true(a->has_select_count && a->select_count == 3 && a->reorder_children);
	assert_true(!a->tracked && a->completion_set_by_content);
	assert_true(a->objective_set_by_content);
	assert_true(a->prevent_activation && a->constrain_choice);
	assert_int_equal(a->required_for_satisfied, CONSIDER_IF_NOT_SUSPENDED);
	assert_int_equal(a->required_for_not_satisfied, CONSIDER_IF_ATTEMPTED);
	assert_int_equal(a->required_for_completed, CONSIDER_IF_NOT_SKIPPED);
	assert_int_equal(a->required_for_incomplete, CONSIDER_ALWAYS);
	assert_false(a->measure_satisfaction_if_active);
	arena_close(c.arena);
}

static void the_completion_threshold_has_two_spellings(void **state)
{
	(void)state;
	static const struct {
		const char *xml;
		bool by_measure;
		double least, weight;
		const char *why;
	} rows[] = {
		{ "<adlcp:completionThreshold completedByMeasure='true' "
		  "minProgressMeasure='0.4' progressWeight='0.25'/>",
		  true, 0.4, 0.25, "4th edition" },
		{ "<adlcp:completionThreshold completedByMeasure='true'/>", true, 1, 1,
		  "the least is 1 by default" },
		{ "<adlcp:completionThreshold minProgressMeasure='0.4'/>", false, 0.4, 1,
		  "not completed by measure" },
		{ "<adlcp:completionThreshold progressWeight='0.5'/>", false, 1, 0.5,
		  "only a weight" },
		{ "<adlcp:completionThreshold> 0.75 </adlcp:completionThreshold>", true,
		  0.75, 1, "3rd edition" },
		{ "<adlcp:completionThreshold>1.75</adlcp:completionThreshold>", false, 1,
		  1, "out of range" },
		{ "<adlcp:completionThreshold completedByMeasure='true' "
		  "minProgressMeasure='2'/>",
		  true, 1, 1, "a least out of range" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		char item[600];
		snprintf(item, sizeof item,
		         "<item identifier='I' identifierref='R'><title>One</title>%s"
		         "</item>",
		         rows[i].xml);
		struct reading c = read_item(item);
		const struct scorm_activity *a = &c.tree.activity[1];
		assert_row(a->completed_by_measure == rows[i].by_measure, rows[i].why);
		assert_row(a->has_completion_threshold == rows[i].by_measure, rows[i].why);
		assert_row(a->minimum_progress == rows[i].least, rows[i].why);
		assert_row(a->progress_weight == rows[i].weight, rows[i].why);
		arena_close(c.arena);
	}
}

static void controls_of_the_lms_are_hidden_and_stores_are_shared(void **state)
{
	(void)state;
	struct reading c = { 0 };
	assert_ok(try_read(&c, "2004 4th Edition",
	                   " adlseq:objectivesGlobalToSystem='false'"
	                   " adlcp:sharedDataGlobalToSystem='false'",
	                   ITEM("<adlnav:presentation><adlnav:navigationInterface>"
	                        "<adlnav:hideLMSUI>continue</adlnav:hideLMSUI>"
	                        "<adlnav:hideLMSUI> suspendAll </adlnav:hideLMSUI>"
	                        "<adlnav:hideLMSUI>everything</adlnav:hideLMSUI>"
	                        "</adlnav:navigationInterface></adlnav:presentation>"
	                        "<adlcp:data><adlcp:map targetID='a'/><adlcp:map "
	                        "targetID='b' readSharedData='false' "
	                        "writeSharedData='false'/>"
	                        "<adlcp:map targetID=' '/></adlcp:data>"),
	                   ""));
	const struct scorm_activity *a = &c.tree.activity[1];
	assert_false(c.tree.objectives_global_to_system);
	assert_false(c.tree.shared_data_global_to_system);
	assert_int_equal(a->hide, HIDE_CONTINUE | HIDE_SUSPEND_ALL);
	assert_int_equal(a->n_stores, 2);
	assert_str(a->store[0].target, S("a"));
	assert_true(a->store[0].read && a->store[0].write);
	assert_str(a->store[1].target, S("b"));
	assert_true(!a->store[1].read && !a->store[1].write);
	arena_close(c.arena);
}

/* ---- rules ---- */
static void sequencing_rules_are_read(void **state)
{
	(void)state;
	struct reading c = read_item(SEQUENCING(
		"<imsss:sequencingRules>"
		"<imsss:postConditionRule><imsss:ruleConditions><imsss:ruleCondition "
		"condition='always'/></imsss:ruleConditions><imsss:ruleAction "
		"action='exitAll'/></imsss:postConditionRule>"
		"<imsss:preConditionRule><imsss:ruleConditions "
		"conditionCombination='any'><imsss:ruleCondition "
		"condition='objectiveMeasureGreaterThan' operator='not' "
		"referencedObjective='o' measureThreshold='-0.5'/><imsss:ruleCondition "
		"condition='activityProgressKnown' operator='noOp'/><imsss:ruleCondition "
		"condition='no such'/></imsss:ruleConditions><imsss:ruleAction "
		"action='hiddenFromChoice'/></imsss:preConditionRule>"
		"<imsss:preConditionRule><imsss:ruleConditions/><imsss:ruleAction "
		"action='exitAll'/></imsss:preConditionRule>"
		"<imsss:exitConditionRule><imsss:ruleConditions><imsss:ruleCondition "
		"condition='outsideAvailableTimeRange'/></imsss:ruleConditions>"
		"<imsss:ruleAction action='exit'/></imsss:exitConditionRule>"
		"</imsss:sequencingRules>"));
	const struct scorm_activity *a = &c.tree.activity[1];
	assert_int_equal(a->n_rules, 3);
	const struct scorm_rule *pre = &a->rule[0];
	assert_int_equal(pre->set, RULES_PRE);
	assert_int_equal(pre->action, ACTION_HIDDEN_FROM_CHOICE);
	assert_true(pre->any && pre->n == 2);
	assert_int_equal(pre->condition[0].kind, COND_OBJECTIVE_MEASURE_GREATER);
	assert_true(pre->condition[0].negated && pre->condition[0].threshold == -0.5);
	assert_str(pre->condition[0].objective, S("o"));
	assert_int_equal(pre->condition[1].kind, COND_PROGRESS_KNOWN);
	assert_false(pre->condition[1].negated);
	assert_null(pre->condition[1].objective.p);
	assert_int_equal(a->rule[1].set, RULES_EXIT);
	assert_int_equal(a->rule[1].condition[0].kind, COND_OUTSIDE_TIME_RANGE);
	assert_int_equal(a->rule[2].set, RULES_POST);
	assert_int_equal(a->rule[2].action, ACTION_EXIT_ALL);
	assert_false(a->rule[2].any);
	assert_int_equal(a->rule[2].condition[0].kind, COND_ALWAYS);
	arena_close(c.arena);
}

static void roll_up_rules_are_read(void **state)
{
	(void)state;
	struct reading c = read_item(SEQUENCING(
		"<imsss:rollupRules rollupObjectiveSatisfied='false' "
		"rollupProgressCompletion='false' objectiveMeasureWeight='0.25'>"
		"<imsss:rollupRule childActivitySet='atLeastCount' minimumCount='2'>"
		"<imsss:rollupConditions conditionCombination='all'><imsss:rollupCondition "
		"condition='attempted'/><imsss:rollupCondition operator='not' "
		"condition='satisfied'/><imsss:rollupCondition condition='always'/>"
		"</imsss:rollupConditions><imsss:rollupAction action='notSatisfied'/>"
		"</imsss:rollupRule>"
		"<imsss:rollupRule childActivitySet='atLeastPercent' minimumPercent='0.5'>"
		"<imsss:rollupConditions/><imsss:rollupAction action='completed'/>"
		"</imsss:rollupRule>"
		"<imsss:rollupRule><imsss:rollupAction action='done'/></imsss:rollupRule>"
		"</imsss:rollupRules>"));
	const struct scorm_activity *a = &c.tree.activity[1];
	assert_true(!a->rollup_objective_satisfied && !a->rollup_progress_completion);
	assert_true(a->objective_measure_weight == 0.25);
	assert_int_equal(a->n_rollup, 2);
	assert_int_equal(a->rollup[0].set, SET_AT_LEAST_COUNT);
	assert_int_equal(a->rollup[0].minimum_count, 2);
	assert_int_equal(a->rollup[0].action, ROLLUP_NOT_SATISFIED);
	assert_true(!a->rollup[0].any && a->rollup[0].n == 2);
	assert_true(a->rollup[0].condition[1].negated);
	assert_int_equal(a->rollup[1].set, SET_AT_LEAST_PERCENT);
	assert_true(a->rollup[1].minimum_percent == 0.5 && a->rollup[1].any);
	arena_close(c.arena);
}

/* ---- objectives ---- */
static void both_kinds_of_objectives_become_one(void **state)
{
	(void)state;
	struct reading c = read_item(SEQUENCING(
		"<adlseq:objectives><adlseq:objective objectiveID='p'><adlseq:mapInfo "
		"targetObjectiveID='g' readRawScore='false' writeProgressMeasure='true'/>"
		"</adlseq:objective></adlseq:objectives>"
		"<imsss:objectives><imsss:objective objectiveID='second'><imsss:mapInfo "
		"targetObjectiveID='g2' readSatisfiedStatus=' false ' "
		"writeNormalizedMeasure='true'/></imsss:objective>"
		"<imsss:primaryObjective objectiveID=' p ' satisfiedByMeasure='true'>"
		"<imsss:minNormalizedMeasure>-0.25</imsss:minNormalizedMeasure>"
		"<imsss:mapInfo targetObjectiveID='g' writeSatisfiedStatus='true'/>"
		"<imsss:mapInfo targetObjectiveID='h'/></imsss:primaryObjective>"
		"</imsss:objectives>"));
	const struct scorm_activity *a = &c.tree.activity[1];
	assert_int_equal(a->n_objectives, 2);
	const struct scorm_objective *o = a->objective;
	assert_true(o[0].primary && o[0].satisfied_by_measure);
	assert_str(o[0].id, S("p"));
	assert_true(o[0].minimum_measure == -0.25);
	assert_int_equal(o[0].n, 2);
	const struct scorm_objective_map *g = &o[0].map[0], *h = &o[0].map[1];
	assert_str(g->global, S("g"));
	assert_true(g->read_satisfied && g->read_measure && g->write_satisfied);
	assert_true(!g->write_measure && !g->read_raw && g->read_min && g->read_max);
	assert_true(g->read_completion && g->read_progress && g->write_progress);
	assert_true(!g->write_completion && !g->write_raw);
	assert_true(h->read_satisfied && h->read_measure && !h->read_completion);
	assert_true(!o[1].primary && !o[1].satisfied_by_measure);
	assert_str(o[1].id, S("second"));
	assert_true(!o[1].map[0].read_satisfied && o[1].map[0].read_measure);
	assert_true(o[1].map[0].write_measure && o[1].map[0].read_completion);
	assert_false(o[1].map[0].write_completion);
	arena_close(c.arena);
}

static void a_map_that_only_adlseq_has_reads_what_it_may(void **state)
{
	(void)state;
	struct reading c = read_item(SEQUENCING(
		"<imsss:objectives><imsss:primaryObjective objectiveID='p'>"
		"<imsss:mapInfo targetObjectiveID='g'/></imsss:primaryObjective>"
		"<imsss:objective objectiveID='q'/></imsss:objectives>"
		"<adlseq:objectives>"
		"<adlseq:objective objectiveID='p'><adlseq:mapInfo targetObjectiveID='h'/>"
		"</adlseq:objective>"
		"<adlseq:objective objectiveID='q'><adlseq:mapInfo targetObjectiveID='h'/>"
		"</adlseq:objective></adlseq:objectives>"));
	const struct scorm_objective *o = c.tree.activity[1].objective;
	assert_int_equal(o[0].n, 2);
	assert_true(o[0].map[0].read_satisfied && !o[0].map[0].read_raw);
	assert_true(!o[0].map[1].read_satisfied && o[0].map[1].read_raw);
	assert_int_equal(o[1].n, 1);
	assert_true(o[1].map[0].read_satisfied && o[1].map[0].read_raw);
	arena_close(c.arena);
}

static void the_collection_gives_what_the_item_does_not_say(void **state)
{
	(void)state;
	struct reading c = { 0 };
	assert_ok(try_read(
		&c, "2004 3rd Edition", "",
		ITEM("<imsss:sequencing IDRef='S'><imsss:objectives>"
	             "<imsss:primaryObjective objectiveID='own'/></imsss:objectives>"
	             "</imsss:sequencing>"),
		"<imsss:sequencingCollection><imsss:sequencing ID='S'>"
		"<imsss:controlMode flow='true'/><imsss:objectives>"
		"<imsss:primaryObjective objectiveID='shared'/></imsss:objectives>"
		"<adlseq:objectives><adlseq:objective objectiveID='own'><adlseq:mapInfo "
		"targetObjectiveID='g'/></adlseq:objective></adlseq:objectives>"
		"</imsss:sequencing></imsss:sequencingCollection>"));
	const struct scorm_activity *a = &c.tree.activity[1];
	assert_int_equal(c.tree.version, SCORM_2004_3RD);
	assert_true(a->flow);
	assert_str(a->objective[0].id, S("own"));
	assert_int_equal(a->objective[0].n, 1);
	arena_close(c.arena);
}

/* ---- memory ---- */
static void what_does_not_fit_is_refused_whole(void **state)
{
	(void)state;
	struct reading c = { .memory = { .room = 200 } };
	assert_err(ERR_TOO_LARGE, try_read(&c, "2004 4th Edition", "", ITEM(""), ""));
	assert_null(c.tree.activity);
	arena_close(c.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_said_has_the_books_default),
		cmocka_unit_test(scorm_1_2_is_free_choice_and_flow),
		cmocka_unit_test(controls_and_limits_are_read),
		cmocka_unit_test(the_completion_threshold_has_two_spellings),
		cmocka_unit_test(controls_of_the_lms_are_hidden_and_stores_are_shared),
		cmocka_unit_test(sequencing_rules_are_read),
		cmocka_unit_test(roll_up_rules_are_read),
		cmocka_unit_test(both_kinds_of_objectives_become_one),
		cmocka_unit_test(a_map_that_only_adlseq_has_reads_what_it_may),
		cmocka_unit_test(the_collection_gives_what_the_item_does_not_say),
		cmocka_unit_test(what_does_not_fit_is_refused_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
