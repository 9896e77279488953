/* SPDX-License-Identifier: Apache-2.0 */
/* Selection and randomization (SN 4.7; appendix C, SR). Chance is a function of the
 * learner's seed, the activity and how often it was shuffled: phone and server draw alike.
 * A cluster is prepared on the learner's first day, and anew when an attempt on it ended.
 */
#include "scorm/sequencing.h"

/* splitmix64 */
static uint64_t draw(uint64_t *x)
{
	uint64_t z = *x += UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static uint64_t seed_of(struct scorm *e, int32_t activity)
{
	struct scorm_track *t = &scorm_tracks(e)[activity];
	uint64_t x = e->learner.seed ^ (uint64_t)(uint32_t)activity << 32 ^ t->shuffles++;
	draw(&x);
	return x;
}

void children_place(struct scorm *e, int32_t activity)
{
	const int32_t *child = scorm_children(e) + e->child_at[activity];
	struct scorm_track *tracks = scorm_tracks(e);
	for (int32_t c = e->tree->activity[activity].first_child; c >= 0;
	     c = e->tree->activity[c].next_sibling)
		tracks[c].place = -1;
	for (int32_t i = 0; i < tracks[activity].n_available; i++)
		tracks[child[i]].place = i;
}

void children_reset(struct scorm *e, int32_t activity)
{
	int32_t *child = scorm_children(e) + e->child_at[activity], n = 0;
	for (int32_t c = e->tree->activity[activity].first_child; c >= 0;
	     c = e->tree->activity[c].next_sibling)
		child[n++] = c;
	scorm_tracks(e)[activity].n_available = n;
	children_place(e, activity);
}

/* SR.1: so many, in their old order. */
void select_children(struct scorm *e, int32_t activity)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	struct scorm_track *t = &scorm_tracks(e)[activity];
	if (a->first_child < 0 || t->active || t->suspended || !a->has_select_count) return;
	if (a->selection_timing == TIMING_NEVER) return;
	children_reset(e, activity);
	uint32_t left = (uint32_t)t->n_available, wanted = a->select_count;
	if (wanted >= left) return;
	uint64_t x = seed_of(e, activity);
	int32_t *child = scorm_children(e) + e->child_at[activity], n = 0;
	/* Each of those left is taken with the chance wanted/left. */
	for (uint32_t i = 0; left; i++, left--) {
		if (draw(&x) % left >= wanted) continue;
		child[n++] = child[i];
		wanted--;
	}
	t->n_available = n;
	children_place(e, activity);
}

/* SR.2 */
void randomize_children(struct scorm *e, int32_t activity)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	struct scorm_track *t = &scorm_tracks(e)[activity];
	if (a->first_child < 0 || t->active || t->suspended || !a->reorder_children) return;
	if (a->randomization_timing == TIMING_NEVER) return;
	uint64_t x = seed_of(e, activity);
	int32_t *child = scorm_children(e) + e->child_at[activity];
	for (int32_t i = t->n_available; i > 1; i--) {
		int32_t k = (int32_t)(draw(&x) % (uint32_t)i);
		int32_t swapped = child[i - 1];
		child[i - 1] = child[k];
		child[k] = swapped;
	}
	children_place(e, activity);
}
