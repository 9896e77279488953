/* SPDX-License-Identifier: Apache-2.0 */
#include "support/random_tree.h"

#include <assert.h>

/* ---- chance: xorshift64* ---- */
uint64_t chance_next(struct chance *c)
{
	uint64_t x = c->state ? c->state : 0x9E3779B97F4A7C15u;
	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	c->state = x;
	return x * 0x2545F4914F6CDD1Du;
}

uint32_t chance_below(struct chance *c, uint32_t n)
{
	return n ? (uint32_t)((chance_next(c) >> 32) % n) : 0;
}

bool chance_is(struct chance *c, uint32_t percent)
{
	return chance_below(c, 100) < percent;
}

static double number(struct chance *c)
{
	static const double some[] = {
		0, 0.1, 0.25, 0.3333333333333333, 0.5, 0.6, 0.75, 1
	};
	return some[chance_below(c, countof(some))];
}

static str one_of(struct chance *c, const char *const *word, uint32_t n)
{
	return str_of(word[chance_below(c, n)]);
}

/* ---- rules ---- */
static const char *const objective_ids[] = { "o1", "o2", "o%201", "o 1", "obj3" };
static const char *const global_ids[] = { "g1", "g2", "g3", "G1", "global 4" };

static const struct scorm_condition *conditions(struct chance *c, struct scorm_memory *m,
                                                bool rollup, uint32_t *n)
{
	*n = 1 + chance_below(c, 3);
	struct scorm_condition *all = scorm_array(m, struct scorm_condition, *n);
	assert(all);
	for (uint32_t i = 0; i < *n; i++) {
		int kind = (int)chance_below(c, COND_ALWAYS + 1);
		bool wrong = kind == COND_OBJECTIVE_MEASURE_GREATER ||
		             kind == COND_OBJECTIVE_MEASURE_LESS || kind == COND_ALWAYS;
		if (rollup && wrong) kind = COND_SATISFIED;
		all[i] = (struct scorm_condition){
			.kind = (enum scorm_condition_kind)kind,
			.negated = chance_is(c, 40),
			.objective = !rollup && chance_is(c, 20)
			                     ? one_of(c, objective_ids, 5)
			                     : STR_NONE,
			.threshold = number(c),
		};
	}
	return all;
}

static void add_rules(struct chance *c, struct scorm_memory *m, struct scorm_activity *a)
{
	if (!chance_is(c, 40)) return;
	a->n_rules = 1 + chance_below(c, 3);
	struct scorm_rule *all = scorm_array(m, struct scorm_rule, a->n_rules);
	assert(all);
	for (uint32_t i = 0; i < a->n_rules; i++) {
		uint32_t set = chance_below(c, 3);
		all[i].set = (enum scorm_rule_set)set;
		all[i].action = (enum scorm_action)(
			set == RULES_PRE    ? ACTION_SKIP + chance_below(c, 4)
			: set == RULES_POST ? ACTION_EXIT_PARENT + chance_below(c, 6)
					    : (uint32_t)ACTION_EXIT);
		all[i].any = chance_is(c, 30);
		all[i].condition = conditions(c, m, false, &all[i].n);
	}
	a->rule = all;
}

static void add_rollup(struct chance *c, struct scorm_memory *m, struct scorm_activity *a)
{
	if (!chance_is(c, 30)) return;
	a->n_rollup = 1 + chance_below(c, 3);
	struct scorm_rollup_rule *all =
		scorm_array(m, struct scorm_rollup_rule, a->n_rollup);
	assert(all);
	for (uint32_t i = 0; i < a->n_rollup; i++) {
		all[i].set = (enum scorm_child_set)chance_below(c, 5);
		all[i].minimum_count = chance_below(c, 4);
		all[i].minimum_percent = number(c);
		all[i].action = (enum scorm_rollup_action)chance_below(c, 4);
		all[i].any = chance_is(c, 70);
		all[i].condition = conditions(c, m, true, &all[i].n);
	}
	a->rollup = all;
}

/* ---- objectives and stores ---- */
static void add_maps(struct chance *c, struct scorm_memory *m, struct scorm_objective *o)
{
	o->n = chance_below(c, 3);
	struct scorm_objective_map *all =
		o->n ? scorm_array(m, struct scorm_objective_map, o->n) : NULL;
	for (uint32_t i = 0; i < o->n; i++) {
		uint32_t bits = (uint32_t)(chance_next(c) >> 20);
		assert(all);
		all[i] = (struct scorm_objective_map){
			.global = one_of(c, global_ids, 5),
			.read_satisfied = bits & 1,
			.read_measure = bits >> 1 & 1,
			.write_satisfied = bits >> 2 & 1,
			.write_measure = bits >> 3 & 1,
			.read_raw = bits >> 4 & 1,
			.read_min = bits >> 5 & 1,
			.read_max = bits >> 6 & 1,
			.read_completion = bits >> 7 & 1,
			.read_progress = bits >> 8 & 1,
			.write_raw = bits >> 9 & 1,
			.write_min = bits >> 10 & 1,
			.write_max = bits >> 11 & 1,
			.write_completion = bits >> 12 & 1,
			.write_progress = bits >> 13 & 1,
		};
	}
	o->map = all;
}

static void add_objectives(struct chance *c, struct scorm_memory *m,
                           struct scorm_activity *a)
{
	a->n_objectives = 1 + (chance_is(c, 50) ? chance_below(c, 4) : 0);
	struct scorm_objective *all =
		scorm_array(m, struct scorm_objective, a->n_objectives);
	assert(all);
	for (uint32_t i = 0; i < a->n_objectives; i++) {
		all[i] = (struct scorm_objective){
			.id = i || chance_is(c, 50)
			              ? str_of(objective_ids[(i + chance_below(c, 2)) % 5])
			              : STR_NONE,
			.primary = i == 0,
			.satisfied_by_measure = chance_is(c, 40),
			.minimum_measure = number(c),
		};
		add_maps(c, m, &all[i]);
	}
	a->objective = all;
}

static void add_stores(struct chance *c, struct scorm_memory *m, struct scorm_activity *a)
{
	static const char *const targets[] = { "s1", "s2", "s3" };
	a->n_stores = chance_is(c, 30) ? chance_below(c, 3) : 0;
	struct scorm_store_map *all =
		a->n_stores ? scorm_array(m, struct scorm_store_map, a->n_stores) : NULL;
	for (uint32_t i = 0; i < a->n_stores; i++) {
		assert(all);
		all[i] = (struct scorm_store_map){ str_of(targets[i]), chance_is(c, 80),
			                           chance_is(c, 80) };
	}
	a->store = all;
}

/* ---- activities ---- */
static void add_controls(struct chance *c, struct scorm_activity *a)
{
	a->visible = chance_is(c, 90);
	a->hide = chance_is(c, 20) ? chance_below(c, 128) : 0;
	a->choice = chance_is(c, 80);
	a->choice_exit = chance_is(c, 85);
	a->flow = chance_is(c, 75);
	a->forward_only = chance_is(c, 12);
	a->use_current_attempt_objective_info = chance_is(c, 70);
	a->use_current_attempt_progress_info = chance_is(c, 70);
	a->constrain_choice = chance_is(c, 8);
	a->prevent_activation = chance_is(c, 8);
	a->has_attempt_limit = chance_is(c, 12);
	a->attempt_limit = chance_below(c, 4);
	a->has_attempt_duration_limit = chance_is(c, 5);
	a->attempt_duration_limit_ms = chance_below(c, 100000);
	a->rollup_objective_satisfied = chance_is(c, 85);
	a->rollup_progress_completion = chance_is(c, 85);
	a->objective_measure_weight = number(c);
	a->required_for_satisfied = (enum scorm_considered)chance_below(c, 4);
	a->required_for_not_satisfied = (enum scorm_considered)chance_below(c, 4);
	a->required_for_completed = (enum scorm_considered)chance_below(c, 4);
	a->required_for_incomplete = (enum scorm_considered)chance_below(c, 4);
	a->measure_satisfaction_if_active = chance_is(c, 70);
	a->selection_timing = chance_is(c, 15) ? TIMING_ON_EACH_NEW_ATTEMPT : TIMING_NEVER;
	a->randomization_timing =
		chance_is(c, 15) ? (enum scorm_timing)chance_below(c, 3) : TIMING_NEVER;
	a->has_select_count = chance_is(c, 30);
	a->select_count = chance_below(c, 6);
	a->reorder_children = chance_is(c, 50);
	a->tracked = chance_is(c, 92);
	a->completion_set_by_content = chance_is(c, 20);
	a->objective_set_by_content = chance_is(c, 20);
	a->completed_by_measure = a->has_completion_threshold = chance_is(c, 20);
	a->minimum_progress = number(c);
	a->progress_weight = number(c);
}

/* Preorder: the next activity goes below the last one or below one of its parents. */
static int32_t parent_of_next(struct chance *c, const struct scorm_activity *all,
                              int32_t last)
{
	int32_t at = last, depth = 0;
	for (int32_t up = last; up > 0; up = all[up].parent) depth++;
	if (depth > 6 || (depth && !chance_is(c, 30))) at = all[at].parent;
	while (at > 0 && chance_is(c, 25)) at = all[at].parent;
	return at;
}

static void link_last(struct scorm_activity *all, int32_t i)
{
	int32_t *link = &all[all[i].parent].first_child;
	while (*link >= 0) link = &all[*link].next_sibling;
	*link = i;
}

static str number_id(struct scorm_memory *m, int32_t i)
{
	char text[8] = { 'a', (char)('0' + i / 1000), (char)('0' + i / 100 % 10),
		         (char)('0' + i / 10 % 10), (char)('0' + i % 10) };
	return scorm_keep(m, (str){ text, 5 });
}

/* SCORM 1.2: one earlier item, or some other wish of it. */
static str prerequisites(struct chance *c, struct scorm_memory *m, int32_t i)
{
	static const char *const ends[] = {
		"", "|a0001", "&~a0001", "=failed", "<>P", ")"
	};
	str id = number_id(m, (int32_t)chance_below(c, (uint32_t)i));
	str end = one_of(c, ends, countof(ends));
	char text[16];
	memcpy(text, id.p, id.n);
	memcpy(text + id.n, end.p, end.n);
	return scorm_keep(m, (str){ text, id.n + end.n });
}

void random_tree(struct chance *c, int32_t most, struct scorm_memory *m,
                 struct scorm_tree *out)
{
	int32_t n = 2 + (int32_t)chance_below(c, (uint32_t)most - 1);
	enum scorm_version version =
		chance_is(c, 15) ? SCORM_1_2 : (enum scorm_version)(1 + chance_below(c, 3));
	struct scorm_activity *all = scorm_array(m, struct scorm_activity, (size_t)n);
	assert(all);
	for (int32_t i = 0; i < n; i++) {
		all[i] = scorm_activity_default(version);
		all[i].id = all[i].title = number_id(m, i);
		if (i) {
			all[i].parent = parent_of_next(c, all, i - 1);
			link_last(all, i);
		}
		if (version != SCORM_1_2) {
			add_controls(c, &all[i]);
			add_rules(c, m, &all[i]);
			add_rollup(c, m, &all[i]);
			add_stores(c, m, &all[i]);
		} else {
			if (chance_is(c, 30)) all[i].mastery_score = S("60");
			if (i && chance_is(c, 30))
				all[i].prerequisites = prerequisites(c, m, i);
		}
		add_objectives(c, m, &all[i]);
	}
	for (int32_t i = 0; i < n; i++) {
		if (all[i].first_child >= 0) continue;
		uint32_t kind = chance_below(c, 100);
		all[i].content = kind < 90   ? CONTENT_SCO
		                 : kind < 97 ? CONTENT_ASSET
		                             : CONTENT_CLUSTER;
	}
	*out = (struct scorm_tree){
		.version = version,
		.objectives_global_to_system = chance_is(c, 80),
		.shared_data_global_to_system = chance_is(c, 80),
		.id = S("course"),
		.activity = all,
		.n = n,
	};
	assert(!m->over);
}
