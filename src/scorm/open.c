/* SPDX-License-Identifier: Apache-2.0 */
/* The engine opened: where every objective, map, child and store lies, worked out once from
 * the tree, and the first day's state. */
#include "scorm/rte.h"
#include "scorm/sequencing.h"

/* ---- names ---- */

/* Finds or adds ids in about constant time: buckets of indices + 1. */
struct name_table {
	struct scorm_names *names;
	uint32_t *bucket, n_buckets;
};

static bool table_open(struct scorm *e, struct name_table *t, struct scorm_names *names,
                       uint32_t most)
{
	*t = (struct name_table){ .names = names, .n_buckets = 2 * most + 1 };
	names->id = scorm_array(&e->memory, str, most + 1);
	t->bucket = scorm_array(&e->memory, uint32_t, t->n_buckets);
	return names->id && t->bucket;
}

static uint32_t table_find(struct name_table *t, str id)
{
	uint32_t at = id_hash(id) % t->n_buckets;
	while (t->bucket[at] && !scorm_id_is(t->names->id[t->bucket[at] - 1], id))
		at = (at + 1) % t->n_buckets;
	if (!t->bucket[at]) {
		t->names->id[t->names->n++] = id;
		t->bucket[at] = t->names->n;
	}
	return t->bucket[at] - 1;
}

/* ---- the index ---- */

static bool index_activities(struct scorm *e)
{
	const struct scorm_tree *tree = e->tree;
	size_t n = (size_t)tree->n;
	e->objective_at = scorm_array(&e->memory, uint32_t, n + 1);
	e->child_at = scorm_array(&e->memory, uint32_t, n + 1);
	e->store_at = scorm_array(&e->memory, uint32_t, n + 1);
	e->end = scorm_array(&e->memory, int32_t, n);
	e->depth = scorm_array(&e->memory, uint8_t, n);
	e->touched = scorm_array(&e->memory, uint8_t, n);
	e->choice = scorm_array(&e->memory, uint8_t, n);
	e->shown = scorm_array(&e->memory, uint8_t, n);
	e->jump = scorm_array(&e->memory, uint8_t, n);
	e->way_room = scorm_array(&e->memory, uint8_t, n);
	e->memo_room = scorm_array(&e->memory, struct scorm_memo, 1);
	if (e->memo_room) {
		e->memo_room->pre = scorm_array(&e->memory, uint8_t, n);
		e->memo_room->flow = scorm_array(&e->memory, struct scorm_flowed, n);
	}
	if (e->memory.over) return false;
	uint32_t children = 0;
	for (size_t i = 0; i < n; i++) {
		const struct scorm_activity *a = &tree->activity[i];
		if (!a->n_objectives || (i > 0) != (a->parent >= 0)) return false;
		e->objective_at[i] = e->n_objectives;
		e->store_at[i] = e->n_store_maps;
		e->child_at[i] = children;
		e->n_objectives += a->n_objectives;
		e->n_store_maps += a->n_stores;
		for (int32_t c = a->first_child; c >= 0; c = tree->activity[c].next_sibling)
			children++;
		for (uint32_t o = 0; o < a->n_objectives; o++)
			e->n_maps += a->objective[o].n;
		if (i) e->depth[i] = (uint8_t)(e->depth[a->parent] + 1);
		if (e->depth[i] >= SCORM_DEPTH) return false;
	}
	e->objective_at[n] = e->n_objectives;
	e->store_at[n] = e->n_store_maps;
	e->child_at[n] = children;
	for (size_t i = n; i-- > 0;) {
		if (e->end[i] <= (int32_t)i) e->end[i] = (int32_t)i + 1;
		int32_t parent = tree->activity[i].parent;
		if (parent >= 0 && e->end[parent] < e->end[i]) e->end[parent] = e->end[i];
	}
	return true;
}

static bool index_maps(struct scorm *e)
{
	struct name_table globals;
	e->map_at = scorm_array(&e->memory, uint32_t, e->n_objectives + 1);
	e->map_global = scorm_array(&e->memory, uint32_t, e->n_maps + 1);
	if (!table_open(e, &globals, &e->globals, e->n_maps) || e->memory.over)
		return false;
	uint32_t objective = 0, map = 0;
	for (int32_t i = 0; i < e->tree->n; i++) {
		const struct scorm_activity *a = &e->tree->activity[i];
		for (uint32_t o = 0; o < a->n_objectives; o++) {
			e->map_at[objective++] = map;
			for (uint32_t m = 0; m < a->objective[o].n; m++)
				e->map_global[map++] =
					table_find(&globals, a->objective[o].map[m].global);
		}
	}
	e->map_at[objective] = map;
	return true;
}

/* Whose primary objective reads which global objective. */
static bool index_readers(struct scorm *e)
{
	e->reader_at = scorm_array(&e->memory, uint32_t, e->globals.n + 2);
	e->reader = scorm_array(&e->memory, int32_t, e->n_maps + 1);
	e->written = scorm_array(&e->memory, uint8_t, e->globals.n + 1);
	if (e->memory.over) return false;
	for (int pass = 0; pass < 2; pass++) {
		for (int32_t i = 0; i < e->tree->n; i++) {
			const struct scorm_objective *o =
				&e->tree->activity[i].objective[0];
			for (uint32_t m = 0; m < o->n; m++) {
				if (!map_reads(&o->map[m])) continue;
				uint32_t g =
					e->map_global[e->map_at[e->objective_at[i]] + m];
				if (pass)
					e->reader[e->reader_at[g + 1]++] = i;
				else
					e->reader_at[g + 2]++;
			}
		}
		/* Counts two places on become starts one place on; the second pass moves
		 * each up to where the next one starts. */
		for (uint32_t g = 2; !pass && g <= e->globals.n + 1; g++)
			e->reader_at[g] += e->reader_at[g - 1];
	}
	return true;
}

static bool index_stores(struct scorm *e)
{
	struct name_table stores;
	e->store_index = scorm_array(&e->memory, uint32_t, e->n_store_maps + 1);
	if (!table_open(e, &stores, &e->stores, e->n_store_maps) || e->memory.over)
		return false;
	uint32_t at = 0;
	for (int32_t i = 0; i < e->tree->n; i++)
		for (uint32_t s = 0; s < e->tree->activity[i].n_stores; s++)
			e->store_index[at++] =
				table_find(&stores, e->tree->activity[i].store[s].target);
	return true;
}

/* ---- which tree ---- */

static void mix(uint64_t *h, const void *p, size_t n)
{
	const unsigned char *byte = p;
	for (size_t i = 0; i < n; i++) *h = (*h ^ byte[i]) * UINT64_C(1099511628211);
}

static void mix_number(uint64_t *h, uint32_t x)
{
	unsigned char byte[4] = { (unsigned char)x, (unsigned char)(x >> 8),
		                  (unsigned char)(x >> 16), (unsigned char)(x >> 24) };
	mix(h, byte, sizeof byte);
}

/* What a snapshot's meaning hangs on: activities, their order, objectives, maps, stores. */
static uint64_t fingerprint_of(const struct scorm *e)
{
	uint64_t h = UINT64_C(14695981039346656037);
	mix_number(&h, e->tree->version);
	for (int32_t i = 0; i < e->tree->n; i++) {
		const struct scorm_activity *a = &e->tree->activity[i];
		mix(&h, a->id.p, a->id.n);
		mix_number(&h, (uint32_t)a->parent);
		mix_number(&h, a->content);
		for (uint32_t o = 0; o < a->n_objectives; o++) {
			mix_number(&h, a->objective[o].n);
			mix(&h, a->objective[o].id.p, a->objective[o].id.n);
		}
		mix_number(&h, a->n_objectives);
	}
	for (uint32_t m = 0; m < e->n_maps; m++) mix_number(&h, e->map_global[m]);
	for (uint32_t g = 0; g < e->globals.n; g++)
		mix(&h, e->globals.id[g].p, e->globals.id[g].n);
	for (uint32_t s = 0; s < e->n_store_maps; s++) mix_number(&h, e->store_index[s]);
	for (uint32_t s = 0; s < e->stores.n; s++)
		mix(&h, e->stores.id[s].p, e->stores.id[s].n);
	return h;
}

/* ---- state ---- */

void state_copy(struct scorm_state *to, const struct scorm_state *from)
{
	memcpy(to, from, from->size);
}

static bool states_open(struct scorm *e)
{
	size_t size = sizeof(struct scorm_state) +
	              (size_t)e->tree->n * sizeof(struct scorm_track) +
	              ((size_t)e->n_objectives + e->globals.n) *
	                      sizeof(struct scorm_objective_track) +
	              ((size_t)e->child_at[e->tree->n] + 1) * sizeof(int32_t);
	if (size > UINT32_MAX) return false;
	e->live = scorm_take(&e->memory, size);
	e->after = scorm_take(&e->memory, size);
	e->outlook = scorm_take(&e->memory, size);
	if (!e->live || !e->after || !e->outlook) return false;
	e->live->size = (uint32_t)size;
	e->state = e->live;
	return true;
}

void state_reset(struct scorm *e)
{
	uint32_t size = e->live->size;
	memset(e->live, 0, size);
	*e->live = (struct scorm_state){ .current = -1, .suspended = -1, .size = size };
	e->state = e->live;
	e->pending = (struct scorm_request){ NAV_NONE, -1 };
	e->now_ms = 0;
	e->bins_n = 0;
	trace_reset(e);
	scorm_tracks(e)[0].place = 0;
	for (int32_t i = 0; i < e->tree->n; i++) children_reset(e, i);
	for (int32_t i = 0; i < e->tree->n; i++) {
		select_children(e, i);
		randomize_children(e, i);
	}
	e->version++;
}

struct scorm *scorm_open(void *block, size_t room, const struct scorm_tree *tree,
                         const struct scorm_learner *learner)
{
	if (room < sizeof(struct scorm) || tree->n < 1) return NULL;
	struct scorm *e = block;
	memset(e, 0, sizeof *e);
	e->tree = tree;
	e->learner = *learner;
	size_t head = (sizeof *e + 15) & ~(size_t)15;
	if (room < head) return NULL;
	e->memory =
		(struct scorm_memory){ .p = (uint8_t *)block + head, .room = room - head };
	if (!index_activities(e) || !index_maps(e) || !index_readers(e) ||
	    !index_stores(e) || !states_open(e) || !trace_open(e) || !rte_open(e))
		return NULL;
	e->fingerprint = fingerprint_of(e);
	/* All that is left, and not zeroed: bytes beyond bins_n are never read. */
	e->bins = e->memory.p + e->memory.n;
	e->bins_room = e->memory.room - e->memory.n;
	if (e->bins_room > UINT32_MAX / 2) e->bins_room = UINT32_MAX / 2;
	e->memory.n += e->bins_room;
	e->validity.choice = e->choice;
	e->validity.shown = e->shown;
	state_reset(e);
	return e;
}
