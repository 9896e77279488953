/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's whole state as bytes, and what outlives a course. One function a part writes
 * and reads it (bytes.h); what is as on the first day takes a byte an activity. */
#include "scorm/bytes.h"
#include "scorm/rte.h"
#include "scorm/sequencing.h"

#define MAGIC UINT32_C(0x3153534B)         /* "KSS1" */
#define MAGIC_GLOBALS UINT32_C(0x3147534B) /* "KSG1" */

/* ---- objectives ---- */

static void objective_bytes(struct bytes *b, struct scorm_objective_track *o)
{
	bytes_u32(b, &o->known, 127);
	if (o->known & KNOWN_SATISFIED) bytes_bool(b, &o->satisfied);
	if (o->known & KNOWN_COMPLETION) bytes_bool(b, &o->completed);
	if (o->known & KNOWN_MEASURE) bytes_f64(b, &o->measure);
	if (o->known & KNOWN_RAW) bytes_f64(b, &o->raw);
	if (o->known & KNOWN_MIN) bytes_f64(b, &o->min);
	if (o->known & KNOWN_MAX) bytes_f64(b, &o->max);
	if (o->known & KNOWN_PROGRESS) bytes_f64(b, &o->progress);
}

/* ---- activities ---- */

enum has { HAS_HISTORY = 1u << 7, HAS_OBJECTIVES = 1u << 8, HAS_ORDER = 1u << 9 };

static bool known_anything(const struct scorm *e, int32_t i)
{
	for (uint32_t o = e->objective_at[i]; o < e->objective_at[i + 1]; o++)
		if (scorm_objectives(e)[o].known) return true;
	return false;
}

static void order_bytes(struct scorm *e, struct bytes *b, int32_t i)
{
	struct scorm_track *t = &scorm_tracks(e)[i];
	int32_t *child = scorm_children(e) + e->child_at[i];
	int32_t room = (int32_t)(e->child_at[i + 1] - e->child_at[i]);
	bytes_u32(b, &t->shuffles, UINT32_MAX);
	bytes_i32(b, &t->n_available, 0, room);
	for (int32_t c = 0; c < t->n_available; c++)
		bytes_i32(b, &child[c], i + 1, e->tree->n - 1);
	if (!b->reading || b->bad) return;
	/* Each a child, and none twice: then places are one to one. */
	for (int32_t c = 0; c < t->n_available; c++)
		if (e->tree->activity[child[c]].parent != i) b->bad = true;
	if (b->bad) return;
	children_place(e, i);
	for (int32_t c = 0; c < t->n_available; c++)
		if (scorm_tracks(e)[child[c]].place != c) b->bad = true;
}

static void history_bytes(struct bytes *b, struct scorm_track *t)
{
	bytes_u32(b, &t->attempts, UINT32_MAX);
	bytes_i64(b, &t->attempt_begun_ms);
	bytes_i64(b, &t->attempt_absolute_ms);
	bytes_i64(b, &t->attempt_experienced_ms);
	bytes_i64(b, &t->activity_absolute_ms);
	bytes_i64(b, &t->activity_experienced_ms);
}

static void activity_bytes(struct scorm *e, struct bytes *b, int32_t i)
{
	const struct scorm_activity *a = &e->tree->activity[i];
	struct scorm_track *t = &scorm_tracks(e)[i];
	bool *const flag[] = { &t->progress_known,      &t->active,
		               &t->suspended,           &t->objective_reported,
		               &t->completion_reported, &t->objective_stale,
		               &t->progress_stale };
	uint32_t bits = 0;
	for (uint32_t f = 0; f < countof(flag); f++) bits |= (uint32_t)*flag[f] << f;
	if (t->attempts || t->attempt_begun_ms || t->activity_experienced_ms)
		bits |= HAS_HISTORY;
	if (known_anything(e, i)) bits |= HAS_OBJECTIVES;
	if (a->selection_timing || a->randomization_timing) bits |= HAS_ORDER;
	uint32_t order = bits & HAS_ORDER;
	bytes_u32(b, &bits, 1023);
	if (b->reading) {
		for (uint32_t f = 0; f < countof(flag); f++) *flag[f] = bits >> f & 1u;
		if ((bits & HAS_ORDER) != order) b->bad = true;
	}
	if (bits & HAS_HISTORY) history_bytes(b, t);
	if (bits & HAS_OBJECTIVES)
		for (uint32_t o = e->objective_at[i]; o < e->objective_at[i + 1]; o++)
			objective_bytes(b, &scorm_objectives(e)[o]);
	if (order) order_bytes(e, b, i);
}

/* ---- the whole ---- */

static void fixed_bytes(struct bytes *b, uint64_t value)
{
	uint64_t x = value;
	bytes_u64(b, &x);
	if (x != value) b->bad = true;
}

void tracking_bytes(struct scorm *e, struct bytes *b)
{
	for (int32_t i = 0; i < e->tree->n && !(b->reading && b->bad); i++)
		activity_bytes(e, b, i);
	for (uint32_t g = 0; g < e->globals.n; g++)
		objective_bytes(b, &scorm_globals(e)[g]);
}

static void state_bytes(struct scorm *e, struct bytes *b)
{
	struct scorm_state *s = e->live;
	int32_t what = (int32_t)e->pending.what;
	fixed_bytes(b, MAGIC);
	fixed_bytes(b, e->fingerprint);
	bytes_i64(b, &e->now_ms);
	bytes_i32(b, &s->current, -1, e->tree->n - 1);
	bytes_i32(b, &s->suspended, -1, e->tree->n - 1);
	bytes_i32(b, &s->session, SESSION_NONE, SESSION_ENDED);
	bytes_i32(b, &what, NAV_NONE, NAV_SUSPEND_ALL);
	bytes_i32(b, &e->pending.target, -1, e->tree->n - 1);
	e->pending.what = (enum scorm_navigation)what;
	tracking_bytes(e, b);
	trace_bytes(e, b);
}

static void bins_bytes(struct scorm *e, struct bytes *b)
{
	str bins = { (const char *)e->bins, e->bins_n };
	bytes_str(b, &bins);
	if (!b->reading || b->bad) return;
	if (!bins.p || !bins_check(e, (const uint8_t *)bins.p, bins.n)) {
		b->bad = true;
		return;
	}
	memcpy(e->bins, bins.p, bins.n);
	e->bins_n = bins.n;
}

bool scorm_snapshot(struct scorm *e, uint8_t *out, size_t room, size_t *n_out)
{
	struct bytes b = bytes_writer(out, room);
	state_bytes(e, &b);
	bins_bytes(e, &b);
	size_t left = b.n < room ? room - b.n : 0, n = 0;
	bool fits = rte_save(e, left ? out + b.n : NULL, left, &n);
	*n_out = b.n + n;
	return fits && !b.bad;
}

bool scorm_restore(struct scorm *e, const uint8_t *bytes, size_t n)
{
	struct bytes b = bytes_reader(bytes, n);
	state_reset(e);
	rte_reset(e);
	state_bytes(e, &b);
	if (!b.bad) bins_bytes(e, &b);
	if (!b.bad && rte_load(e, bytes + b.n, n - b.n)) {
		scorm_changed(e);
		return true;
	}
	state_reset(e);
	rte_reset(e);
	return false;
}

/* ---- globals ---- */

enum entry_kind { ENTRY_OBJECTIVE, ENTRY_STORE };
struct entry {
	uint32_t kind;
	str id, text;
	struct scorm_objective_track objective;
};

static void entry_bytes(struct bytes *b, struct entry *x)
{
	bytes_u32(b, &x->kind, ENTRY_STORE);
	bytes_str(b, &x->id);
	if (x->kind == ENTRY_OBJECTIVE)
		objective_bytes(b, &x->objective);
	else
		bytes_str(b, &x->text);
}

bool scorm_globals_write(struct scorm *e, uint8_t *out, size_t room, size_t *n_out)
{
	struct bytes b = bytes_writer(out, room);
	fixed_bytes(&b, MAGIC_GLOBALS);
	for (uint32_t g = 0; g < e->globals.n && e->tree->objectives_global_to_system;
	     g++) {
		struct entry x = { .kind = ENTRY_OBJECTIVE,
			           .id = e->globals.id[g],
			           .objective = scorm_globals(e)[g] };
		if (x.objective.known) entry_bytes(&b, &x);
	}
	for (uint32_t s = 0; s < e->stores.n && e->tree->shared_data_global_to_system;
	     s++) {
		struct entry x = { .kind = ENTRY_STORE,
			           .id = e->stores.id[s],
			           .text = bin_get(e, BIN_STORE, s) };
		if (x.text.p) entry_bytes(&b, &x);
	}
	str foreign = bin_get(e, BIN_FOREIGN, 0);
	bytes_raw(&b, &foreign, foreign.n);
	*n_out = b.n;
	return !b.bad;
}

/* The tree's own name for the id, −1 when it is not shared with the system or not known. */
static int64_t own_name(const struct scorm *e, const struct entry *x)
{
	bool objective = x->kind == ENTRY_OBJECTIVE;
	const struct scorm_names *names = objective ? &e->globals : &e->stores;
	if (objective ? !e->tree->objectives_global_to_system
	              : !e->tree->shared_data_global_to_system)
		return -1;
	for (uint32_t i = 0; i < names->n; i++)
		if (scorm_id_is(names->id[i], x->id)) return i;
	return -1;
}

bool scorm_globals_read(struct scorm *e, const uint8_t *bytes, size_t n)
{
	struct bytes b = bytes_reader(bytes, n);
	fixed_bytes(&b, MAGIC_GLOBALS);
	size_t first = b.n;
	while (!b.bad && b.n < n) entry_bytes(&b, &(struct entry){ 0 });
	if (b.bad) return false;
	if (e->tree->objectives_global_to_system)
		memset(scorm_globals(e), 0, e->globals.n * sizeof *scorm_globals(e));
	bin_drop(e, BIN_FOREIGN, 0);
	b = bytes_reader(bytes, n);
	b.n = first;
	bool kept = true;
	while (b.n < n) {
		size_t from = b.n;
		struct entry x = { 0 };
		entry_bytes(&b, &x);
		int64_t own = own_name(e, &x);
		if (own < 0) {
			str entry = { (const char *)bytes + from, b.n - from };
			kept &= bin_add(e, BIN_FOREIGN, 0, entry);
		} else if (x.kind == ENTRY_OBJECTIVE) {
			scorm_globals(e)[own] = x.objective;
		} else {
			kept &= bin_put(e, BIN_STORE, (uint32_t)own, x.text);
		}
	}
	scorm_changed(e);
	return kept;
}

/* ---- merging ---- */

static str rest_of(str s)
{
	struct bytes b = bytes_reader((const uint8_t *)s.p, s.n);
	fixed_bytes(&b, MAGIC_GLOBALS);
	while (!b.bad && b.n < b.room) entry_bytes(&b, &(struct entry){ 0 });
	if (b.bad) return STR_NONE;
	b = bytes_reader((const uint8_t *)s.p, s.n);
	fixed_bytes(&b, MAGIC_GLOBALS);
	return str_part(s, b.n, s.n);
}

/* Takes the first entry off `*rest`: what it is about, and its bytes. */
static bool next_entry(str *rest, struct entry *x, str *whole)
{
	if (!rest->n) return false;
	struct bytes b = bytes_reader((const uint8_t *)rest->p, rest->n);
	*x = (struct entry){ 0 };
	entry_bytes(&b, x);
	*whole = str_part(*rest, 0, b.n);
	*rest = str_part(*rest, b.n, rest->n);
	return !b.bad;
}

static str find_entry(str entries, const struct entry *wanted)
{
	struct entry x;
	str whole;
	while (next_entry(&entries, &x, &whole))
		if (x.kind == wanted->kind && scorm_id_is(x.id, wanted->id)) return whole;
	return STR_NONE;
}

bool scorm_globals_merge(str before, str after, str learner, uint8_t *out, size_t room,
                         size_t *n_out)
{
	before = rest_of(before);
	after = rest_of(after);
	learner = learner.p ? rest_of(learner) : S("");
	if (!before.p || !after.p || !learner.p) return false;
	struct bytes b = bytes_writer(out, room);
	fixed_bytes(&b, MAGIC_GLOBALS);
	struct entry x;
	str whole, left = learner;
	while (next_entry(&left, &x, &whole)) {
		str was = find_entry(before, &x), is = find_entry(after, &x);
		str take = str_is(was, is) ? whole : is;
		if (take.p) bytes_raw(&b, &take, take.n);
	}
	left = after;
	while (next_entry(&left, &x, &whole)) {
		if (str_is(find_entry(before, &x), whole)) continue;
		if (!find_entry(learner, &x).p) bytes_raw(&b, &whole, whole.n);
	}
	*n_out = b.n;
	return !b.bad;
}
