/* SPDX-License-Identifier: Apache-2.0 */
/* What sequencing knows of a course: the activity tree with the definition model of the SN
 * book (chapter 3), free of XML and of packages. Plain data, read-only once built; pointers
 * go into one block of memory. SCORM 1.2 courses are trees with free choice and flow
 * everywhere and no rules.
 *
 * The bytes of scorm_tree_write are what a phone gets: little-endian, no pointers;
 * docs/scorm.md has the layout. */
#pragma once

#include "scorm/memory.h"

enum scorm_version { SCORM_1_2, SCORM_2004_2ND, SCORM_2004_3RD, SCORM_2004_4TH };

/* SN 3.4: one condition of a sequencing or roll-up rule. */
enum scorm_condition_kind {
	COND_SATISFIED,
	COND_OBJECTIVE_STATUS_KNOWN,
	COND_OBJECTIVE_MEASURE_KNOWN,
	COND_OBJECTIVE_MEASURE_GREATER, /* sequencing rules only */
	COND_OBJECTIVE_MEASURE_LESS,    /* sequencing rules only */
	COND_COMPLETED,
	COND_PROGRESS_KNOWN, /* activityProgressKnown */
	COND_ATTEMPTED,
	COND_ATTEMPT_LIMIT_EXCEEDED,
	COND_TIME_LIMIT_EXCEEDED,
	COND_OUTSIDE_TIME_RANGE,
	COND_ALWAYS, /* sequencing rules only */
};
struct scorm_condition {
	enum scorm_condition_kind kind;
	bool negated;
	str objective;    /* referencedObjective; STR_NONE: the primary one */
	double threshold; /* measureThreshold, −1..1 */
};

enum scorm_action {
	/* pre-condition */
	ACTION_SKIP,
	ACTION_DISABLED,
	ACTION_HIDDEN_FROM_CHOICE,
	ACTION_STOP_FORWARD_TRAVERSAL,
	/* post-condition */
	ACTION_EXIT_PARENT,
	ACTION_EXIT_ALL,
	ACTION_RETRY,
	ACTION_RETRY_ALL,
	ACTION_CONTINUE,
	ACTION_PREVIOUS,
	/* exit */
	ACTION_EXIT,
};
enum scorm_rule_set { RULES_PRE, RULES_POST, RULES_EXIT };
struct scorm_rule {
	enum scorm_rule_set set;
	enum scorm_action action;
	bool any; /* conditionCombination: any, else all */
	const struct scorm_condition *condition;
	uint32_t n;
};

enum scorm_child_set {
	SET_ALL,
	SET_ANY,
	SET_NONE,
	SET_AT_LEAST_COUNT,
	SET_AT_LEAST_PERCENT
};
enum scorm_rollup_action {
	ROLLUP_SATISFIED,
	ROLLUP_NOT_SATISFIED,
	ROLLUP_COMPLETED,
	ROLLUP_INCOMPLETE
};
struct scorm_rollup_rule {
	enum scorm_child_set set;
	uint32_t minimum_count;
	double minimum_percent;
	enum scorm_rollup_action action;
	bool any; /* default any for roll-up conditions (SN 3.7.2) */
	const struct scorm_condition *condition;
	uint32_t n;
};

/* SN 3.10.3 and adlseq:mapInfo: what is read from and written to a global objective. */
struct scorm_objective_map {
	str global; /* targetObjectiveID */
	bool read_satisfied, read_measure, write_satisfied, write_measure;
	bool read_raw, read_min, read_max, read_completion, read_progress;
	bool write_raw, write_min, write_max, write_completion, write_progress;
};
struct scorm_objective {
	str id;       /* STR_NONE or "" allowed for the primary one */
	bool primary; /* contributes to roll-up; exactly one, [0], made up where none is
	                 given */
	bool satisfied_by_measure;
	double minimum_measure; /* minNormalizedMeasure, default 1.0 */
	const struct scorm_objective_map *map;
	uint32_t n;
};

/* adlcp:data/adlcp:map, RTE 4.3: a shared bucket. */
struct scorm_store_map {
	str target; /* targetID */
	bool read, write;
};

enum scorm_considered {
	CONSIDER_ALWAYS,
	CONSIDER_IF_ATTEMPTED,
	CONSIDER_IF_NOT_SKIPPED,
	CONSIDER_IF_NOT_SUSPENDED
};
enum scorm_timing { TIMING_NEVER, TIMING_ONCE, TIMING_ON_EACH_NEW_ATTEMPT };
enum scorm_content { CONTENT_CLUSTER, CONTENT_SCO, CONTENT_ASSET };
enum scorm_hide {
	HIDE_PREVIOUS = 1,
	HIDE_CONTINUE = 2,
	HIDE_EXIT = 4,
	HIDE_EXIT_ALL = 8,
	HIDE_ABANDON = 16,
	HIDE_ABANDON_ALL = 32,
	HIDE_SUSPEND_ALL = 64
};

struct scorm_activity {
	str id, title;
	int32_t parent;                    /* index; −1 for the root, which is [0] */
	int32_t first_child, next_sibling; /* −1: none; document order */
	enum scorm_content content;
	bool visible;  /* isvisible */
	uint32_t hide; /* hideLMSUI, of enum scorm_hide */

	/* run-time environment */
	str launch_data, prerequisites, max_time_allowed,
		time_limit_action; /* as in the manifest */
	str mastery_score;         /* SCORM 1.2: adlcp:masteryscore as written; STR_NONE */
	bool completed_by_measure; /* adlcp:completionThreshold */
	double minimum_progress;   /* minProgressMeasure, default 1.0 */
	bool has_completion_threshold;
	double progress_weight; /* default 1.0 */

	/* control modes, SN 3.2 */
	bool choice, choice_exit, flow, forward_only;
	bool use_current_attempt_objective_info, use_current_attempt_progress_info;
	/* constrained choice, adlseq 3.3 */
	bool constrain_choice, prevent_activation;
	/* limits, SN 3.6 */
	bool has_attempt_limit;
	uint32_t attempt_limit;
	bool has_attempt_duration_limit;
	int64_t attempt_duration_limit_ms; /* attemptAbsoluteDurationLimit */
	/* roll-up controls, SN 3.8 and adlseq:rollupConsiderations 3.9 */
	bool rollup_objective_satisfied, rollup_progress_completion;
	double objective_measure_weight;
	enum scorm_considered required_for_satisfied, required_for_not_satisfied,
		required_for_completed, required_for_incomplete;
	bool measure_satisfaction_if_active;
	/* selection and randomization, SN 3.11, 3.12 */
	enum scorm_timing selection_timing, randomization_timing;
	uint32_t select_count;
	bool has_select_count, reorder_children;
	/* delivery controls, SN 3.13 */
	bool tracked, completion_set_by_content, objective_set_by_content;

	const struct scorm_rule *rule;
	const struct scorm_rollup_rule *rollup;
	const struct scorm_objective *objective; /* [0] is the primary one */
	const struct scorm_store_map *store;
	uint32_t n_rules, n_rollup, n_objectives, n_stores;
};

struct scorm_tree {
	enum scorm_version version;
	bool objectives_global_to_system; /* adlseq:objectivesGlobalToSystem, default true
	                                   */
	bool shared_data_global_to_system;
	str id; /* of the organization: what global objectives are scoped by when not global
	           to system */
	const struct scorm_activity *activity; /* preorder */
	int32_t n;
};

/* An activity as the book's defaults have it (choice, choiceExit true; flow false; weights
 * 1 …); for SCORM 1.2 with flow on. Texts are STR_NONE, links −1. */
struct scorm_activity scorm_activity_default(enum scorm_version);

/* The tree as bytes; false when `out` is too small (`*n_out` says how much it takes). */
bool scorm_tree_write(const struct scorm_tree *, uint8_t *out, size_t room, size_t *n_out);
/* Reads what scorm_tree_write wrote; everything lives in `memory`; texts point into
 * `bytes`. False for anything else: bounds, links, enums and counts are all checked (at
 * most 2,000 activities, depth 64). */
bool scorm_tree_read(const uint8_t *bytes, size_t n, struct scorm_memory *,
                     struct scorm_tree *out);
