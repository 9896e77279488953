/* SPDX-License-Identifier: Apache-2.0 */
/* Small courses built by hand, and a learner who goes through them. Activities are numbered
 * as they are added; their ids are "a0", "a1" …; content is played by setting tracking
 * directly. */
#pragma once

#include "support/test.h"

#include "scorm/sequencing.h"

#include <math.h>

enum { COURSE = 70, COURSE_RULES = 8, COURSE_BLOCK = 1 << 20 };

struct course {
	struct scorm_tree tree;
	struct scorm_activity a[COURSE];
	struct scorm_objective objective[COURSE][3];
	struct scorm_objective_map map[COURSE][3];
	struct scorm_rule rule[COURSE][COURSE_RULES];
	struct scorm_rollup_rule rollup[COURSE][COURSE_RULES];
	struct scorm_condition condition[COURSE * COURSE_RULES];
	struct scorm_store_map store[COURSE];
	char id[COURSE][4];
	uint32_t n_conditions;
	struct scorm_learner learner;
	struct scorm *e;
	struct scorm_delivery d;
	int64_t now_ms;
};

static _Alignas(16) uint8_t course_block[2][COURSE_BLOCK];

/* The root, with flow and choice, is there. */
static inline void course_begin(struct course *c)
{
	memset(c, 0, sizeof *c);
	c->tree = (struct scorm_tree){ .version = SCORM_2004_4TH,
		                       .objectives_global_to_system = true,
		                       .shared_data_global_to_system = true,
		                       .id = S("org"),
		                       .activity = c->a };
	c->learner =
		(struct scorm_learner){ .id = S("l1"), .name = S("Learner, A"), .seed = 7 };
	c->now_ms = 1000;
}

static inline int32_t course_add(struct course *c, int32_t parent, enum scorm_content kind)
{
	int32_t n = c->tree.n++;
	struct scorm_activity *a = &c->a[n];
	*a = scorm_activity_default(SCORM_2004_4TH);
	snprintf(c->id[n], sizeof c->id[n], "a%d", (int)n);
	a->id = a->title = str_of(c->id[n]);
	a->parent = parent;
	a->content = kind;
	a->flow = true;
	a->completion_set_by_content = a->objective_set_by_content = true;
	for (int i = 0; i < 3; i++) c->objective[n][i].minimum_measure = 1;
	c->objective[n][0].primary = true;
	a->objective = c->objective[n];
	a->n_objectives = 1;
	a->rule = c->rule[n];
	a->rollup = c->rollup[n];
	if (parent < 0) return n;
	int32_t *link = &c->a[parent].first_child;
	while (*link >= 0) link = &c->a[*link].next_sibling;
	*link = n;
	return n;
}

static inline int32_t course_cluster(struct course *c, int32_t parent)
{
	return course_add(c, parent, CONTENT_CLUSTER);
}

static inline int32_t course_sco(struct course *c, int32_t parent)
{
	return course_add(c, parent, CONTENT_SCO);
}

static inline const struct scorm_condition *course_when(struct course *c,
                                                        struct scorm_condition x)
{
	c->condition[c->n_conditions] = x;
	return &c->condition[c->n_conditions++];
}

static inline void course_rule(struct course *c, int32_t a, enum scorm_rule_set set,
                               struct scorm_condition when, enum scorm_action action)
{
	c->rule[a][c->a[a].n_rules++] = (struct scorm_rule){
		.set = set, .action = action, .condition = course_when(c, when), .n = 1
	};
}

static inline struct scorm_rollup_rule *course_rollup(struct course *c, int32_t a,
                                                      enum scorm_child_set set,
                                                      struct scorm_condition when,
                                                      enum scorm_rollup_action action)
{
	struct scorm_rollup_rule *r = &c->rollup[a][c->a[a].n_rollup++];
	*r = (struct scorm_rollup_rule){ .set = set,
		                         .action = action,
		                         .any = true,
		                         .condition = course_when(c, when),
		                         .n = 1 };
	return r;
}

/* The n-th objective's map number `m`. */
static inline struct scorm_objective_map *course_map(struct course *c, int32_t a,
                                                     str global)
{
	struct scorm_objective *o = &c->objective[a][0];
	struct scorm_objective_map *m = &c->map[a][o->n++];
	m->global = global;
	o->map = c->map[a];
	return m;
}

static inline void course_open(struct course *c)
{
	c->e = scorm_open(course_block[0], COURSE_BLOCK, &c->tree, &c->learner);
	assert_non_null(c->e);
}

/* One request; what is delivered, −1 for nothing. */
static inline int32_t course_go(struct course *c, enum scorm_navigation what,
                                int32_t target)
{
	c->now_ms += 1000;
	scorm_navigate(c->e, (struct scorm_request){ what, target }, c->now_ms, &c->d);
	return c->d.activity;
}

#define assert_refused(c, exception) \
	assert_str(str_of((c)->d.refused ? (c)->d.refused : "(valid)"), S(exception))

/* ---- content ---- */

static inline void course_success(struct course *c, bool passed)
{
	struct scorm_objective_track o = { .known = KNOWN_SATISFIED, .satisfied = passed };
	track_objective_set(c->e, scorm_current(c->e), 0, &o, 0);
}

static inline void course_measure(struct course *c, double measure)
{
	struct scorm_objective_track o = { .known = KNOWN_MEASURE, .measure = measure };
	track_objective_set(c->e, scorm_current(c->e), 0, &o, 0);
}

static inline void course_completed(struct course *c, bool completed)
{
	track_completion_set(c->e, scorm_current(c->e), true, completed);
}

static inline void course_progress(struct course *c, double amount)
{
	track_progress_set(c->e, scorm_current(c->e), true, amount);
}

#define assert_success(c, activity, word) \
	assert_str(str_of(scorm_standing_of((c)->e, activity).success), S(word))
#define assert_completion(c, activity, word) \
	assert_str(str_of(scorm_standing_of((c)->e, activity).completion), S(word))
#define assert_score(c, activity, wanted) \
	assert_true(fabs(scorm_standing_of((c)->e, activity).score - (wanted)) < 1e-9)

static const struct scorm_condition always = { .kind = COND_ALWAYS };
static const struct scorm_condition satisfied = { .kind = COND_SATISFIED };
static const struct scorm_condition completed = { .kind = COND_COMPLETED };
