/* SPDX-License-Identifier: Apache-2.0 */
/* Activity trees: the book's defaults, and the tree as bytes for the phone. Links are not
 * written: parents in preorder say all. */
#include "scorm/tree.h"
#include "scorm/bytes.h"

#define MAGIC UINT32_C(0x3154534B) /* "KST1" */
#define MOST_ACTIVITIES 2000
#define MOST_DEPTH 64

struct scorm_activity scorm_activity_default(enum scorm_version version)
{
	return (struct scorm_activity){
		.id = STR_NONE,
		.title = STR_NONE,
		.parent = -1,
		.first_child = -1,
		.next_sibling = -1,
		.content = CONTENT_CLUSTER,
		.visible = true,
		.launch_data = STR_NONE,
		.prerequisites = STR_NONE,
		.max_time_allowed = STR_NONE,
		.time_limit_action = STR_NONE,
		.mastery_score = STR_NONE,
		.minimum_progress = 1,
		.progress_weight = 1,
		.choice = true,
		.choice_exit = true,
		.flow = version == SCORM_1_2,
		.use_current_attempt_objective_info = true,
		.use_current_attempt_progress_info = true,
		.rollup_objective_satisfied = true,
		.rollup_progress_completion = true,
		.objective_measure_weight = 1,
		.measure_satisfaction_if_active = true,
		.tracked = true,
	};
}

/* Memory is only taken when reading, and never more than the bytes left could fill. */
struct codec {
	struct bytes b;
	struct scorm_memory *memory;
};

static void *room_for(struct codec *c, uint32_t n, size_t size)
{
	void *p = NULL;
	if (!c->b.bad && n && n <= c->b.room - c->b.n) p = scorm_take(c->memory, n * size);
	if (!p && n) c->b.bad = true;
	return p;
}

/* An enumeration is any value up to the last. */
#define ENUM(c, x, last)                                       \
	do {                                                   \
		uint32_t v_ = (uint32_t)(x);                   \
		bytes_u32(&(c)->b, &v_, (uint32_t)(last));     \
		if ((c)->b.reading) (x) = (__typeof__(x))(v_); \
	} while (0)

static void condition(struct codec *c, struct scorm_condition *x)
{
	ENUM(c, x->kind, COND_ALWAYS);
	bytes_bool(&c->b, &x->negated);
	bytes_str(&c->b, &x->objective);
	bytes_f64(&c->b, &x->threshold);
}

static void conditions(struct codec *c, const struct scorm_condition **list, uint32_t *n)
{
	bytes_u32(&c->b, n, UINT32_MAX);
	struct scorm_condition *to = NULL;
	if (c->b.reading) *list = to = room_for(c, *n, sizeof *to);
	for (uint32_t i = 0; i < *n && !(c->b.reading && c->b.bad); i++) {
		struct scorm_condition x = to ? (struct scorm_condition){ 0 } : (*list)[i];
		condition(c, &x);
		if (to) to[i] = x;
	}
}

static void rules(struct codec *c, struct scorm_activity *a)
{
	bytes_u32(&c->b, &a->n_rules, UINT32_MAX);
	struct scorm_rule *to = NULL;
	if (c->b.reading) a->rule = to = room_for(c, a->n_rules, sizeof *to);
	for (uint32_t i = 0; i < a->n_rules && !(c->b.reading && c->b.bad); i++) {
		struct scorm_rule x = to ? (struct scorm_rule){ 0 } : a->rule[i];
		ENUM(c, x.set, RULES_EXIT);
		ENUM(c, x.action, ACTION_EXIT);
		bytes_bool(&c->b, &x.any);
		conditions(c, &x.condition, &x.n);
		if (to) to[i] = x;
	}
}

static void rollup_rules(struct codec *c, struct scorm_activity *a)
{
	bytes_u32(&c->b, &a->n_rollup, UINT32_MAX);
	struct scorm_rollup_rule *to = NULL;
	if (c->b.reading) a->rollup = to = room_for(c, a->n_rollup, sizeof *to);
	for (uint32_t i = 0; i < a->n_rollup && !(c->b.reading && c->b.bad); i++) {
		struct scorm_rollup_rule x =
			to ? (struct scorm_rollup_rule){ 0 } : a->rollup[i];
		ENUM(c, x.set, SET_AT_LEAST_PERCENT);
		bytes_u32(&c->b, &x.minimum_count, UINT32_MAX);
		bytes_f64(&c->b, &x.minimum_percent);
		ENUM(c, x.action, ROLLUP_INCOMPLETE);
		bytes_bool(&c->b, &x.any);
		conditions(c, &x.condition, &x.n);
		if (to) to[i] = x;
	}
}

/* Several flags as the bits of one number. */
static void flags(struct codec *c, bool *const flag[], uint32_t n)
{
	uint32_t bits = 0;
	for (uint32_t i = 0; i < n; i++) bits |= (uint32_t)*flag[i] << i;
	bytes_u32(&c->b, &bits, (1u << n) - 1);
	for (uint32_t i = 0; i < n && c->b.reading; i++) *flag[i] = bits >> i & 1u;
}

static void map(struct codec *c, struct scorm_objective_map *m)
{
	bytes_str(&c->b, &m->global);
	bool *const flag[] = {
		&m->read_satisfied,   &m->read_measure,    &m->write_satisfied,
		&m->write_measure,    &m->read_raw,        &m->read_min,
		&m->read_max,         &m->read_completion, &m->read_progress,
		&m->write_raw,        &m->write_min,       &m->write_max,
		&m->write_completion, &m->write_progress,
	};
	flags(c, flag, countof(flag));
}

static void objective(struct codec *c, struct scorm_objective *o)
{
	bytes_str(&c->b, &o->id);
	bool *const flag[] = { &o->primary, &o->satisfied_by_measure };
	flags(c, flag, countof(flag));
	bytes_f64(&c->b, &o->minimum_measure);
	bytes_u32(&c->b, &o->n, UINT32_MAX);
	struct scorm_objective_map *to = NULL;
	if (c->b.reading) o->map = to = room_for(c, o->n, sizeof *to);
	for (uint32_t i = 0; i < o->n && !(c->b.reading && c->b.bad); i++) {
		struct scorm_objective_map x =
			to ? (struct scorm_objective_map){ 0 } : o->map[i];
		map(c, &x);
		if (to) to[i] = x;
	}
}

static void objectives(struct codec *c, struct scorm_activity *a)
{
	bytes_u32(&c->b, &a->n_objectives, UINT32_MAX);
	if (!a->n_objectives) c->b.bad = true;
	struct scorm_objective *to = NULL;
	if (c->b.reading) a->objective = to = room_for(c, a->n_objectives, sizeof *to);
	for (uint32_t i = 0; i < a->n_objectives && !(c->b.reading && c->b.bad); i++) {
		struct scorm_objective x =
			to ? (struct scorm_objective){ 0 } : a->objective[i];
		objective(c, &x);
		if (x.primary != (i == 0)) c->b.bad = true;
		if (to) to[i] = x;
	}
}

static void stores(struct codec *c, struct scorm_activity *a)
{
	bytes_u32(&c->b, &a->n_stores, UINT32_MAX);
	struct scorm_store_map *to = NULL;
	if (c->b.reading) a->store = to = room_for(c, a->n_stores, sizeof *to);
	for (uint32_t i = 0; i < a->n_stores && !(c->b.reading && c->b.bad); i++) {
		struct scorm_store_map x = to ? (struct scorm_store_map){ 0 } : a->store[i];
		bytes_str(&c->b, &x.target);
		bytes_bool(&c->b, &x.read);
		bytes_bool(&c->b, &x.write);
		if (to) to[i] = x;
	}
}

static void activity(struct codec *c, struct scorm_activity *a)
{
	struct bytes *b = &c->b;
	bytes_str(b, &a->id);
	bytes_str(b, &a->title);
	ENUM(c, a->content, CONTENT_ASSET);
	bytes_u32(b, &a->hide, 127);
	str *const text[] = { &a->launch_data, &a->prerequisites, &a->max_time_allowed,
		              &a->time_limit_action, &a->mastery_score };
	for (size_t i = 0; i < countof(text); i++) bytes_str(b, text[i]);
	bool *const flag[] = {
		&a->visible,
		&a->completed_by_measure,
		&a->has_completion_threshold,
		&a->choice,
		&a->choice_exit,
		&a->flow,
		&a->forward_only,
		&a->use_current_attempt_objective_info,
		&a->use_current_attempt_progress_info,
		&a->constrain_choice,
		&a->prevent_activation,
		&a->has_attempt_limit,
		&a->has_attempt_duration_limit,
		&a->rollup_objective_satisfied,
		&a->rollup_progress_completion,
		&a->measure_satisfaction_if_active,
		&a->has_select_count,
		&a->reorder_children,
		&a->tracked,
		&a->completion_set_by_content,
		&a->objective_set_by_content,
	};
	flags(c, flag, countof(flag));
	bytes_f64(b, &a->minimum_progress);
	bytes_f64(b, &a->progress_weight);
	bytes_f64(b, &a->objective_measure_weight);
	bytes_u32(b, &a->attempt_limit, UINT32_MAX);
	bytes_i64(b, &a->attempt_duration_limit_ms);
	ENUM(c, a->required_for_satisfied, CONSIDER_IF_NOT_SUSPENDED);
	ENUM(c, a->required_for_not_satisfied, CONSIDER_IF_NOT_SUSPENDED);
	ENUM(c, a->required_for_completed, CONSIDER_IF_NOT_SUSPENDED);
	ENUM(c, a->required_for_incomplete, CONSIDER_IF_NOT_SUSPENDED);
	ENUM(c, a->selection_timing, TIMING_ON_EACH_NEW_ATTEMPT);
	ENUM(c, a->randomization_timing, TIMING_ON_EACH_NEW_ATTEMPT);
	bytes_u32(b, &a->select_count, UINT32_MAX);
	rules(c, a);
	rollup_rules(c, a);
	objectives(c, a);
	stores(c, a);
}

static void head(struct codec *c, struct scorm_tree *t)
{
	uint32_t magic = MAGIC;
	bytes_u32(&c->b, &magic, UINT32_MAX);
	if (magic != MAGIC) c->b.bad = true;
	ENUM(c, t->version, SCORM_2004_4TH);
	bytes_bool(&c->b, &t->objectives_global_to_system);
	bytes_bool(&c->b, &t->shared_data_global_to_system);
	bytes_str(&c->b, &t->id);
	bytes_i32(&c->b, &t->n, 1, MOST_ACTIVITIES);
}

bool scorm_tree_write(const struct scorm_tree *tree, uint8_t *out, size_t room,
                      size_t *n_out)
{
	struct codec c = { .b = bytes_writer(out, room) };
	struct scorm_tree t = *tree;
	head(&c, &t);
	for (int32_t i = 0; i < t.n; i++) {
		struct scorm_activity a = tree->activity[i];
		bytes_i32(&c.b, &a.parent, -1, i - 1);
		activity(&c, &a);
	}
	*n_out = c.b.n;
	return !c.b.bad;
}

/* Hangs the activity under its parent, which must lie on the way to the one before it. */
static bool link_up(struct scorm_activity *all, int32_t i, int32_t last_child[])
{
	struct scorm_activity *a = &all[i];
	a->first_child = a->next_sibling = -1;
	last_child[i] = -1;
	if (i == 0) return a->parent == -1;
	if (a->parent < 0) return false;
	int depth = 1;
	for (int32_t up = a->parent; up > 0; up = all[up].parent) depth++;
	if (depth >= MOST_DEPTH) return false;
	int32_t on_way = i - 1;
	while (on_way > a->parent) on_way = all[on_way].parent;
	if (on_way != a->parent) return false;
	int32_t *last = &last_child[a->parent];
	if (*last < 0)
		all[a->parent].first_child = i;
	else
		all[*last].next_sibling = i;
	*last = i;
	return true;
}

bool scorm_tree_read(const uint8_t *bytes, size_t n, struct scorm_memory *memory,
                     struct scorm_tree *out)
{
	struct codec c = { .b = bytes_reader(bytes, n), .memory = memory };
	struct scorm_tree t = { 0 };
	head(&c, &t);
	if (c.b.bad) return false;
	struct scorm_activity *all =
		scorm_array(memory, struct scorm_activity, (size_t)t.n);
	int32_t *last_child = scorm_array(memory, int32_t, (size_t)t.n);
	if (!all || !last_child) return false;
	for (int32_t i = 0; i < t.n; i++) {
		bytes_i32(&c.b, &all[i].parent, -1, i - 1);
		activity(&c, &all[i]);
		if (c.b.bad || !link_up(all, i, last_child)) return false;
	}
	if (c.b.n != n) return false;
	t.activity = all;
	*out = t;
	return true;
}
