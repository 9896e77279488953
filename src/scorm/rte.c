/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a SCO's data: begun at delivery, transferred at Commit and Terminate, put
 * into a bin when another SCO comes, dropped when the attempt ends. */
#include "scorm/bytes.h"
#include "scorm/cmi.h"

static void choose_model(struct scorm *e)
{
	if (is_scorm12(e))
		model_clear(&e->rte->model, cmi12_elements, cmi12_n());
	else
		model_clear(&e->rte->model, cmi2004_elements, cmi2004_n(e));
}

bool rte_open(struct scorm *e)
{
	struct scorm_memory *m = &e->memory;
	e->rte = scorm_take(m, sizeof *e->rte);
	if (!e->rte || !model_open(&e->rte->model, m, (m->room - m->n) / 2)) return false;
	rte_reset(e);
	return true;
}

void rte_reset(struct scorm *e)
{
	struct model model = e->rte->model;
	*e->rte = (struct rte){ .model = model, .activity = -1 };
	choose_model(e);
}

static int location_of(const struct scorm *e)
{
	return is_scorm12(e) ? cmi12_location() : cmi2004_location();
}

str rte_location(const struct scorm *e, int32_t activity)
{
	if (e->rte->holds && e->rte->activity == activity)
		return cmi_value(e, location_of(e));
	return model_peek(bin_get(e, BIN_RUNTIME, (uint32_t)activity), location_of(e));
}

/* ---- delivery ---- */

/* What the last SCO left goes into its bin. */
static void put_away(struct scorm *e)
{
	if (!e->rte->holds) return;
	uint32_t n = (uint32_t)e->rte->activity;
	if (!bin_put(e, BIN_RUNTIME, n, model_bytes(&e->rte->model)))
		scorm_trace_add(e, e->rte->activity, S("no room for suspended data"),
		                STR_NONE, 1);
	e->rte->holds = false;
}

/* Whether the activity's earlier data is in memory afterwards. */
static bool fetch(struct scorm *e, int32_t activity)
{
	if (e->rte->holds && e->rte->activity == activity) return true;
	put_away(e);
	choose_model(e);
	str bytes = bin_get(e, BIN_RUNTIME, (uint32_t)activity);
	bool there = bytes.p && model_load(&e->rte->model, bytes);
	bin_drop(e, BIN_RUNTIME, (uint32_t)activity);
	return there;
}

static void fresh(struct scorm *e, int32_t activity)
{
	if (e->rte->activity != activity) put_away(e);
	bin_drop(e, BIN_RUNTIME, (uint32_t)activity);
	choose_model(e);
}

void rte_begin(struct scorm *e, int32_t activity, bool resume)
{
	bool visited = false;
	if (resume || is_scorm12(e))
		visited = fetch(e, activity);
	else
		fresh(e, activity);
	struct rte *r = e->rte;
	model_settle(&r->model);
	r->activity = activity;
	r->holds = true;
	r->phase = READY;
	r->by_objective = 0;
	r->error = 0;
	r->reason = WHY_NOTHING;
	if (is_scorm12(e))
		cmi12_begin(e, resume, visited);
	else
		cmi2004_begin(e, resume);
}

void rte_drop(struct scorm *e, int32_t activity)
{
	if (is_scorm12(e)) return;
	if (e->rte->activity == activity) e->rte->holds = false;
	bin_drop(e, BIN_RUNTIME, (uint32_t)activity);
}

/* ---- into the tracking model ---- */

void rte_transfer(struct scorm *e)
{
	if (e->rte->phase != OPEN) return;
	if (is_scorm12(e))
		cmi12_transfer(e);
	else
		cmi2004_transfer(e);
}

void cmi_terminate(struct scorm *e, bool called)
{
	if (is_scorm12(e)) {
		cmi12_finish(e, called);
		cmi12_transfer(e);
	} else {
		cmi2004_finish(e);
	}
	e->rte->phase = DONE;
	if (is_scorm12(e) || !cmi2004_abandons(e)) track_rollup(e, e->rte->activity);
}

void rte_finish(struct scorm *e)
{
	if (e->rte->phase == OPEN) cmi_terminate(e, false);
}

void rte_leave(struct scorm *e)
{
	struct rte *r = e->rte;
	int32_t current = e->state->current;
	bool stays =
		r->activity == current && current >= 0 && scorm_tracks(e)[current].active;
	if (r->phase == READY && !stays) r->phase = DONE;
}

/* The SCO of the current activity has ended, its attempt has not; SCORM 2004. */
static bool has_ended(const struct scorm *e)
{
	const struct rte *r = e->rte;
	int32_t current = e->state->current;
	return r->holds && r->phase == DONE && r->activity == current &&
	       scorm_tracks(e)[current].active && !is_scorm12(e);
}

void rte_look_ahead(struct scorm *e)
{
	bool abandons = has_ended(e) && cmi2004_abandons(e);
	if (e->rte->phase != OPEN && !abandons) return;
	if (abandons)
		cmi2004_transfer(e);
	else
		rte_transfer(e);
	track_rollup(e, e->rte->activity);
}

void rte_keep(struct scorm *e)
{
	if (!has_ended(e) || !cmi2004_abandons(e)) return;
	cmi2004_keep(e);
	track_rollup(e, e->rte->activity);
}

bool rte_exits_all(const struct scorm *e)
{
	return has_ended(e) && cmi2004_exits_all(e);
}

bool scorm_running(const struct scorm *e)
{
	return e->rte->phase == OPEN;
}

/* ---- as bytes ---- */

static void rte_bytes(struct scorm *e, struct bytes *b)
{
	struct rte *r = e->rte;
	bytes_i32(b, &r->activity, -1, e->tree->n - 1);
	bytes_bool(b, &r->holds);
	bytes_u32(b, &r->phase, DONE);
	bytes_u32(b, &r->entry, ENTRY_RESUME);
	bytes_u32(b, &r->error, 999);
	bytes_u32(b, &r->reason, REASONS - 1);
	bytes_u32(b, &r->by_objective, 127);
	str values = r->holds || r->phase == OPEN ? model_bytes(&r->model) : S("");
	bytes_str(b, &values);
	if (!b->reading || b->bad) return;
	b->bad = !values.p || !model_load(&r->model, values) || b->n != b->room;
}

bool rte_save(const struct scorm *e, uint8_t *out, size_t room, size_t *n_out)
{
	struct bytes b = bytes_writer(out, room);
	struct scorm copy = *e; /* for the one function that does both ways */
	rte_bytes(&copy, &b);
	*n_out = b.n;
	return !b.bad;
}

static bool is_sound(const struct rte *r)
{
	return r->activity >= 0 || (!r->holds && r->phase == IDLE);
}

bool rte_load(struct scorm *e, const uint8_t *bytes, size_t n)
{
	struct bytes b = bytes_reader(bytes, n);
	rte_reset(e);
	rte_bytes(e, &b);
	if (!b.bad && is_sound(e->rte)) return true;
	rte_reset(e);
	return false;
}
