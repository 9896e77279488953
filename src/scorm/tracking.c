/* SPDX-License-Identifier: Apache-2.0 */
/* The tracking model: values of its own, and the maps to global objectives (SN 3.10.3 and
 * adlseq:mapInfo). A read map gives the global value where that is known and the
 * objective's own where it is not; a write map copies what was just set. */
#include "scorm/tracking.h"

#include "scorm/sequencing.h"

/* ---- the parts of a state, one behind the other ---- */

static uint8_t *behind_head(const struct scorm *e)
{
	return (uint8_t *)(e->state + 1);
}

struct scorm_track *scorm_tracks(const struct scorm *e)
{
	return (struct scorm_track *)behind_head(e);
}

struct scorm_objective_track *scorm_objectives(const struct scorm *e)
{
	return (struct scorm_objective_track *)(scorm_tracks(e) + e->tree->n);
}

struct scorm_objective_track *scorm_globals(const struct scorm *e)
{
	return scorm_objectives(e) + e->n_objectives;
}

int32_t *scorm_children(const struct scorm *e)
{
	return (int32_t *)(scorm_globals(e) + e->globals.n);
}

void scorm_changed(struct scorm *e)
{
	if (!e->dry) e->version++;
}

/* ---- objectives ---- */

/* Which of `enum known` the map reads, or writes. */
uint32_t map_reads(const struct scorm_objective_map *m)
{
	return (m->read_satisfied ? KNOWN_SATISFIED : 0u) |
	       (m->read_measure ? KNOWN_MEASURE : 0u) | (m->read_raw ? KNOWN_RAW : 0u) |
	       (m->read_min ? KNOWN_MIN : 0u) | (m->read_max ? KNOWN_MAX : 0u) |
	       (m->read_completion ? KNOWN_COMPLETION : 0u) |
	       (m->read_progress ? KNOWN_PROGRESS : 0u);
}

uint32_t map_writes(const struct scorm_objective_map *m)
{
	return (m->write_satisfied ? KNOWN_SATISFIED : 0u) |
	       (m->write_measure ? KNOWN_MEASURE : 0u) | (m->write_raw ? KNOWN_RAW : 0u) |
	       (m->write_min ? KNOWN_MIN : 0u) | (m->write_max ? KNOWN_MAX : 0u) |
	       (m->write_completion ? KNOWN_COMPLETION : 0u) |
	       (m->write_progress ? KNOWN_PROGRESS : 0u);
}

static void take(struct scorm_objective_track *to, const struct scorm_objective_track *from,
                 uint32_t what)
{
	if (what & KNOWN_SATISFIED) to->satisfied = from->satisfied;
	if (what & KNOWN_MEASURE) to->measure = from->measure;
	if (what & KNOWN_RAW) to->raw = from->raw;
	if (what & KNOWN_MIN) to->min = from->min;
	if (what & KNOWN_MAX) to->max = from->max;
	if (what & KNOWN_COMPLETION) to->completed = from->completed;
	if (what & KNOWN_PROGRESS) to->progress = from->progress;
	to->known |= what;
}

struct scorm_objective_track track_objective_since(const struct scorm *e, int32_t activity,
                                                   uint32_t objective, bool stale)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	const struct scorm_objective *o = &a->objective[objective];
	uint32_t all = e->objective_at[activity] + objective;
	struct scorm_objective_track t = { 0 };
	if (!stale) t = scorm_objectives(e)[all];
	for (uint32_t m = 0; m < o->n; m++) {
		uint32_t global = e->map_global[e->map_at[all] + m];
		const struct scorm_objective_track *g = &scorm_globals(e)[global];
		uint32_t there = map_reads(&o->map[m]);
		t.known &= ~(there & (KNOWN_SATISFIED | KNOWN_MEASURE));
		take(&t, g, there & g->known);
	}
	if (!o->satisfied_by_measure) return t;
	/* RB.1.2 a */
	t.known &= ~(uint32_t)KNOWN_SATISFIED;
	const struct scorm_track *track = &scorm_tracks(e)[activity];
	if ((t.known & KNOWN_MEASURE) &&
	    (!track->active || a->measure_satisfaction_if_active)) {
		t.satisfied = t.measure >= o->minimum_measure;
		t.known |= KNOWN_SATISFIED;
	}
	return t;
}

struct scorm_objective_track track_objective(const struct scorm *e, int32_t activity,
                                             uint32_t objective)
{
	return track_objective_since(e, activity, objective, false);
}

/* What is recorded in the present attempt of the parent takes the place of what was before
 * it: of the primary objective, for no other is rolled up. */
static void freshen(struct scorm_objective_track *t, uint32_t set, struct scorm_track *of)
{
	const uint32_t progress = KNOWN_COMPLETION | KNOWN_PROGRESS;
	if (of->objective_stale && (set & ~progress)) {
		t->known &= progress;
		of->objective_stale = false;
	}
	if (of->progress_stale && (set & progress)) {
		t->known &= ~progress;
		of->progress_stale = false;
	}
}

static bool has_all(const struct scorm_objective_track *t,
                    const struct scorm_objective_track *of, uint32_t what)
{
	return (t->known & what) == what &&
	       (!(what & KNOWN_SATISFIED) || t->satisfied == of->satisfied) &&
	       (!(what & KNOWN_MEASURE) || t->measure == of->measure) &&
	       (!(what & KNOWN_RAW) || t->raw == of->raw) &&
	       (!(what & KNOWN_MIN) || t->min == of->min) &&
	       (!(what & KNOWN_MAX) || t->max == of->max) &&
	       (!(what & KNOWN_COMPLETION) || t->completed == of->completed) &&
	       (!(what & KNOWN_PROGRESS) || t->progress == of->progress);
}

/* A roll-up follows what was written to its readers: once, and again when it changed. */
static void write_global(struct scorm *e, uint32_t global,
                         const struct scorm_objective_track *from, uint32_t set,
                         uint32_t clear)
{
	struct scorm_objective_track *g = &scorm_globals(e)[global];
	bool changes = !has_all(g, from, set) || (g->known & clear);
	if (changes || e->written[global] != WRITTEN_AND_FOLLOWED)
		e->written[global] = WRITTEN;
	take(g, from, set);
	g->known &= ~clear;
}

static void put_objective(struct scorm *e, int32_t activity, uint32_t objective,
                          const struct scorm_objective_track *from, uint32_t set,
                          uint32_t clear)
{
	const struct scorm_objective *o = &e->tree->activity[activity].objective[objective];
	uint32_t all = e->objective_at[activity] + objective;
	struct scorm_objective_track *t = &scorm_objectives(e)[all];
	take(t, from, set);
	t->known &= ~clear;
	for (uint32_t m = 0; m < o->n; m++) {
		uint32_t w = map_writes(&o->map[m]);
		if ((set | clear) & w)
			write_global(e, e->map_global[e->map_at[all] + m], from, set & w,
			             clear & w);
	}
	scorm_changed(e);
}

void track_objective_set(struct scorm *e, int32_t activity, uint32_t objective,
                         const struct scorm_objective_track *from, uint32_t clear)
{
	if (!e->tree->activity[activity].tracked) return;
	struct scorm_objective_track *t =
		&scorm_objectives(e)[e->objective_at[activity] + objective];
	if (objective == 0) freshen(t, from->known, &scorm_tracks(e)[activity]);
	put_objective(e, activity, objective, from, from->known, clear & ~from->known);
}

void track_objective_judge(struct scorm *e, int32_t activity, uint32_t objective,
                           const struct scorm_objective_track *from, uint32_t clear)
{
	if (!e->tree->activity[activity].tracked) return;
	put_objective(e, activity, objective, from, from->known, clear & ~from->known);
}

uint32_t track_own(const struct scorm *e, int32_t activity, uint32_t objective)
{
	return scorm_objectives(e)[e->objective_at[activity] + objective].known;
}

void track_objective_by_measure(struct scorm *e, int32_t activity, uint32_t objective)
{
	const struct scorm_objective *o = &e->tree->activity[activity].objective[objective];
	if (!o->satisfied_by_measure) return;
	struct scorm_objective_track t = track_objective(e, activity, objective);
	struct scorm_objective_track set = { .known = t.known & KNOWN_SATISFIED,
		                             .satisfied = t.satisfied };
	track_objective_judge(e, activity, objective, &set,
	                      track_own(e, activity, objective) & KNOWN_SATISFIED);
}

int32_t track_objective_find(const struct scorm *e, int32_t activity, str id)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	if (!id.p) return 0;
	for (uint32_t i = 0; i < a->n_objectives; i++)
		if (a->objective[i].id.n && scorm_id_is(a->objective[i].id, id))
			return (int32_t)i;
	return -1;
}

/* ---- the attempt ---- */

void track_completion_set(struct scorm *e, int32_t activity, bool known, bool completed)
{
	struct scorm_objective_track set = { .known = known ? KNOWN_COMPLETION : 0u,
		                             .completed = completed };
	track_objective_set(e, activity, 0, &set, KNOWN_COMPLETION);
}

void track_progress_set(struct scorm *e, int32_t activity, bool known, double amount)
{
	struct scorm_objective_track set = { .known = known ? KNOWN_PROGRESS : 0u,
		                             .progress = amount };
	track_objective_set(e, activity, 0, &set, KNOWN_PROGRESS);
}

bool track_progress_since(const struct scorm *e, int32_t activity, bool stale,
                          double *amount)
{
	struct scorm_objective_track o = track_objective_since(e, activity, 0, stale);
	*amount = o.progress;
	return o.known & KNOWN_PROGRESS;
}

bool track_completion_since(const struct scorm *e, int32_t activity, uint32_t objective,
                            bool stale, bool *completed)
{
	struct scorm_objective_track o =
		track_objective_since(e, activity, objective, stale);
	const struct scorm_activity *a = &e->tree->activity[activity];
	if (objective == 0 && a->completed_by_measure) {
		*completed =
			(o.known & KNOWN_PROGRESS) && o.progress >= a->minimum_progress;
		return o.known & KNOWN_PROGRESS;
	}
	*completed = (o.known & KNOWN_COMPLETION) && o.completed;
	return o.known & KNOWN_COMPLETION;
}

bool track_completion(const struct scorm *e, int32_t activity, bool *completed)
{
	return track_completion_since(e, activity, 0, false, completed);
}

bool track_progress(const struct scorm *e, int32_t activity, double *amount)
{
	return track_progress_since(e, activity, false, amount);
}

void track_time_add(struct scorm *e, int32_t activity, int64_t ms)
{
	if (!e->tree->activity[activity].tracked || ms < 0) return;
	struct scorm_track *t = &scorm_tracks(e)[activity];
	if (ms > INT64_MAX / 4 - t->activity_experienced_ms) return;
	t->attempt_experienced_ms += ms;
	t->activity_experienced_ms += ms;
	scorm_changed(e);
}

void track_suspended_set(struct scorm *e, int32_t activity, bool suspended)
{
	scorm_tracks(e)[activity].suspended = suspended;
	scorm_changed(e);
}

void track_reported_set(struct scorm *e, int32_t activity, bool objective, bool completion)
{
	struct scorm_track *t = &scorm_tracks(e)[activity];
	t->objective_reported = objective;
	t->completion_reported = completion;
	scorm_changed(e);
}

void track_rollup(struct scorm *e, int32_t activity)
{
	overall_rollup(e, activity);
	scorm_changed(e);
}

/* ---- a new attempt: DB.2, 5.1.1.1.3 ---- */

/* What was recorded below before does not count for roll-up any more. */
static void age(struct scorm *e, int32_t activity, bool objective, bool progress)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	objective &= a->use_current_attempt_objective_info;
	progress &= a->use_current_attempt_progress_info;
	for (int32_t c = a->first_child; c >= 0; c = e->tree->activity[c].next_sibling) {
		scorm_tracks(e)[c].objective_stale |= objective;
		scorm_tracks(e)[c].progress_stale |= progress;
		age(e, c, objective, progress);
	}
}

/* In SCORM 1.2 a lesson's data stays over its visits. */
void track_attempt_begin(struct scorm *e, int32_t activity)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	struct scorm_track *t = &scorm_tracks(e)[activity];
	t->attempts += t->attempts < UINT32_MAX;
	t->progress_known = true;
	t->attempt_begun_ms = e->now_ms;
	t->attempt_absolute_ms = t->attempt_experienced_ms = 0;
	t->objective_stale = t->progress_stale = false;
	t->objective_reported = t->completion_reported = false;
	if (e->tree->version == SCORM_1_2) return;
	for (uint32_t i = 0; i < a->n_objectives; i++)
		scorm_objectives(e)[e->objective_at[activity] + i] =
			(struct scorm_objective_track){ 0 };
	age(e, activity, true, true);
}

/* ---- shared data stores ---- */

bool track_store_read(const struct scorm *e, int32_t activity, uint32_t store, str *out)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	if (store >= a->n_stores || !a->store[store].read) return false;
	*out = bin_get(e, BIN_STORE, e->store_index[e->store_at[activity] + store]);
	return true;
}

bool track_store_write(struct scorm *e, int32_t activity, uint32_t store, str value)
{
	const struct scorm_activity *a = &e->tree->activity[activity];
	if (store >= a->n_stores || !a->store[store].write) return false;
	return bin_put(e, BIN_STORE, e->store_index[e->store_at[activity] + store], value);
}

/* ---- ids ---- */

static int hex(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

/* The next character of an anyURI after `*i`, percent-decoded, runs of white space as one
 * blank; −1 at the end. `*first` stays true while only white space was seen. */
static int next_of_id(str s, size_t *i, bool *first)
{
	bool blank = false;
	while (*i < s.n) {
		size_t used = 1;
		int c = (unsigned char)s.p[*i];
		if (c == '%' && *i + 2 < s.n && hex(s.p[*i + 1]) >= 0 &&
		    hex(s.p[*i + 2]) >= 0) {
			c = hex(s.p[*i + 1]) * 16 + hex(s.p[*i + 2]);
			used = 3;
		}
		bool white = c == ' ' || c == '\t' || c == '\n' || c == '\r';
		if (!white && blank && !*first) return ' ';
		*i += used;
		if (white) {
			blank = true;
			continue;
		}
		*first = false;
		return c;
	}
	return -1;
}

bool scorm_id_is(str a, str b)
{
	if (str_is(a, b)) return true;
	size_t i = 0, k = 0;
	bool first_a = true, first_b = true;
	for (;;) {
		int x = next_of_id(a, &i, &first_a), y = next_of_id(b, &k, &first_b);
		if (x != y) return false;
		if (x < 0) return true;
	}
}

uint32_t id_hash(str id)
{
	uint32_t h = 2166136261u;
	size_t i = 0;
	bool first = true;
	for (int c; (c = next_of_id(id, &i, &first)) >= 0;)
		h = (h ^ (uint32_t)c) * 16777619u;
	return h;
}
