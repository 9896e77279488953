/* SPDX-License-Identifier: Apache-2.0 */
/* SCORM 1.2 leaves roll-up to the LMS. A block is completed when each of its lessons is;
 * its score is the mean of those that were given. Passed or failed it is by what its
 * lessons say, once all are completed (a single lesson: as soon as it says so): failed when
 * one failed, passed when one passed and none failed, for a lesson to be read says neither.
 */
#include "scorm/sequencing.h"

struct sum12 {
	uint32_t lessons, completed, begun, passed, failed, scores;
	double score;
};

static struct sum12 sum_of(const struct scorm *e, int32_t block)
{
	struct sum12 s = { 0 };
	for (int32_t i = block; i < e->end[block]; i++) {
		if (!is_leaf(e, i) || is_heading(e, i)) continue;
		struct scorm_objective_track o = track_objective(e, i, 0);
		bool completed;
		s.lessons++;
		s.begun += scorm_tracks(e)[i].attempts > 0;
		if (track_completion(e, i, &completed)) s.completed += completed;
		if (o.known & KNOWN_SATISFIED) ++*(o.satisfied ? &s.passed : &s.failed);
		if (!(o.known & KNOWN_MEASURE)) continue;
		s.scores++;
		s.score += o.measure;
	}
	return s;
}

void rollup12(struct scorm *e, int32_t block)
{
	struct sum12 s = sum_of(e, block);
	bool all = s.completed == s.lessons;
	bool judged = (all || s.lessons == 1) && s.passed + s.failed > 0;
	struct scorm_objective_track set = { .satisfied = !s.failed };
	uint32_t clear = KNOWN_SATISFIED | KNOWN_MEASURE;
	if (judged) set.known |= KNOWN_SATISFIED;
	if (s.scores) {
		set.known |= KNOWN_MEASURE;
		set.measure = s.score / s.scores;
	}
	track_objective_set(e, block, 0, &set, clear & ~set.known);
	track_completion_set(e, block, s.begun > 0, all);
}
