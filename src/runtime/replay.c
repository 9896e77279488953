/* SPDX-License-Identifier: Apache-2.0 */
/* One step after the other: API calls as the SCO made them, requests as the learner did.
 * What an activity's data model holds is looked at before each request, for afterwards the
 * next one's is there.
 *
 * A course is untrusted: its journal may be made to cost as much as it can. Each step costs
 * points by what it may do at most; a commit that would cost too many is not replayed. */
#include "runtime/replay.h"

#include "base/text.h"

#include <math.h>

#define POINTS 60000   /* about a third of a second at worst */
#define TRACE_ROWS 128 /* of one commit: the last ones */
#define TRACE_VALUE 64 /* bytes of a value in the trace */
#define DATA_MOST ((size_t)1 << 20)

struct player_of {
	const struct replay_from *from;
	const struct commit *commit;
	struct scorm *engine;
	struct arena *arena;
	struct outcome *out;
	struct visited *visited;
	size_t n_visited;
	struct trace_row *trace;
	size_t n_trace;
	int64_t points;
	bool touched; /* the present activity's data, since it was last looked at */
};

/* ---- what a step is ---- */

static const char *const calls[] = { "Initialize", "SetValue", "Commit", "Terminate" };
/* As enum scorm_navigation has them. */
static const char *const requests[] = {
	"none", "start", "resumeAll", "continue", "previous",   "choice",
	"jump", "exit",  "exitAll",   "abandon",  "abandonAll", "suspendAll",
};

static int word_of(str word, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(word, str_of(words[i]))) return (int)i;
	return -1;
}

static int32_t activity_of(const struct scorm_tree *tree, str id)
{
	for (int32_t i = 0; id.p && i < tree->n; i++)
		if (str_is(tree->activity[i].id, id)) return i;
	return -1;
}

/* ---- how it stands ---- */

static double share(double x)
{
	return x < 0 ? 0 : x;
}

static struct result result_of(struct scorm *e, struct arena *a, int32_t activity)
{
	struct scorm_standing s = scorm_outlook_of(e, activity);
	return (struct result){
		.completion = str_of(s.completion),
		.success = str_of(s.success),
		.score = share(s.score),
		.progress = s.progress,
		.location = arena_copy(a, s.location),
		.total_time_ms = s.total_time_ms,
		.suspended = s.suspended,
	};
}

/* ---- what was visited ---- */

static struct visited *visited_of(struct player_of *p, int32_t activity)
{
	str id = p->from->tree->tree.activity[activity].id;
	for (size_t i = 0; i < p->n_visited; i++)
		if (p->visited[i].index == activity) return &p->visited[i];
	struct visited *v = &p->visited[p->n_visited++];
	*v = (struct visited){ .index = activity, .activity = id };
	return v;
}

struct telling {
	struct buf *json;
	bool more;
};

static void tell_value(void *context, str name, str value)
{
	struct telling *t = context;
	if (t->more) buf_char(t->json, ',');
	t->more = true;
	json_write_text(t->json, name);
	buf_char(t->json, ':');
	json_write_text(t->json, value);
}

/* The data model as a JSON object; STR_NONE when there is none, or one that is too large to
 * be shown (it is in the snapshot all the same). */
static str data_of(struct player_of *p, int32_t activity)
{
	struct buf json;
	buf_init(&json, DATA_MOST);
	struct telling t = { &json, false };
	buf_char(&json, '{');
	bool there = scorm_data(p->engine, activity, tell_value, &t);
	buf_char(&json, '}');
	str data = there && !json.over ? arena_copy(p->arena, buf_as_str(&json)) : STR_NONE;
	buf_free(&json);
	return data;
}

/* Looks at the present activity's data, where a step may have changed it. */
static void look(struct player_of *p)
{
	int32_t current = scorm_current(p->engine);
	if (!p->touched || current < 0) return;
	p->touched = false;
	struct visited *v = visited_of(p, current);
	str data = data_of(p, current);
	if (data.p) v->data = data;
	v->result.location =
		arena_copy(p->arena, scorm_outlook_of(p->engine, current).location);
}

/* ---- the trace ---- */

static str cut(str value)
{
	size_t n = value.n < TRACE_VALUE ? value.n : TRACE_VALUE;
	while (n && n < value.n && ((unsigned char)value.p[n] & 0xC0) == 0x80) n--;
	return value.p ? str_part(value, 0, n) : STR_NONE;
}

static void note(struct player_of *p, const struct step *s, int32_t activity, str what,
                 str value, str outcome)
{
	struct trace_row *row = &p->trace[p->n_trace++ % TRACE_ROWS];
	*row = (struct trace_row){
		.at = s->at,
		.activity =
			activity < 0 ? STR_NONE : p->from->tree->tree.activity[activity].id,
		.what = what,
		.value = cut(value),
		.outcome = outcome,
	};
}

static str trace_text(struct player_of *p)
{
	size_t n = p->n_trace < TRACE_ROWS ? p->n_trace : TRACE_ROWS;
	struct trace_row *rows = arena_alloc(p->arena, (n + 1) * sizeof *rows);
	for (size_t i = 0; i < n; i++)
		rows[i] = p->trace[(p->n_trace - n + i) % TRACE_ROWS];
	struct buf json;
	buf_init(&json, DATA_MOST);
	json_write_list(&json, &trace_row_shape, (struct json_list){ rows, n });
	str text = json.over ? STR_NONE : arena_copy(p->arena, buf_as_str(&json));
	buf_free(&json);
	return text;
}

/* ---- steps ---- */

static str error_text(struct player_of *p)
{
	int error = scorm_last_error(p->engine);
	return error ? arena_printf(p->arena, "%d", error) : STR_NONE;
}

/* What a phone tells of were calls that went well. */
static void call(struct player_of *p, const struct step *s)
{
	str answer = scorm_call(p->engine, s->call, s->a, s->b, s->at);
	if (!str_is(answer, S("true"))) p->out->strayed = true;
	p->touched = true;
	bool set = str_is(s->call, S("SetValue"));
	note(p, s, scorm_current(p->engine),
	     set ? arena_printf(p->arena, "SetValue %.*s", STR_ARG(s->a)) : s->call,
	     set ? s->b : STR_NONE, error_text(p));
}

static void navigate(struct player_of *p, const struct step *s, int request)
{
	struct scorm_delivery d;
	look(p);
	int32_t left = scorm_current(p->engine);
	int32_t target = activity_of(&p->from->tree->tree, s->a);
	scorm_navigate(p->engine,
	               (struct scorm_request){ (enum scorm_navigation)request, target },
	               s->at, &d);
	if (left >= 0) visited_of(p, left);
	if (d.activity >= 0) {
		visited_of(p, d.activity)->visits++;
		p->touched = true;
	}
	note(p, s, d.activity, s->call, s->a, str_of(d.refused));
}

/* Calls that the phone's engine refused change nothing; they are told for the trace. */
static void refused(struct player_of *p, const struct step *s)
{
	note(p, s, scorm_current(p->engine), cut(s->a), s->b,
	     arena_printf(p->arena, "%d", (int)s->error));
}

static int64_t points_of(const struct player_of *p, bool request, bool set)
{
	int64_t n = p->from->tree->tree.n;
	if (request) return 8 + n / 8;
	if (set) return 1 + (int64_t)p->from->snapshot.n / 16384;
	return 2 + n / 64;
}

static bool step(struct player_of *p, const struct step *s)
{
	int request = word_of(s->call, requests, countof(requests));
	bool is_call = word_of(s->call, calls, countof(calls)) >= 0;
	p->points += points_of(p, request > 0, str_is(s->call, S("SetValue")));
	if (p->points > POINTS) return false;
	if (request > 0)
		navigate(p, s, request);
	else if (is_call)
		call(p, s);
	else
		refused(p, s);
	return true;
}

/* ---- the whole ---- */

uint64_t replay_seed(str attempt)
{
	uint8_t bytes[6];
	uint64_t seed = 0;
	if (attempt.n < 12 ||
	    !text_unhex(str_part(attempt, attempt.n - 12, attempt.n), bytes, sizeof bytes))
		return 0;
	for (size_t i = 0; i < sizeof bytes; i++) seed = seed << 8 | bytes[i];
	return seed;
}

struct scorm *replay_open(struct engine_room *room, const struct replay_from *from,
                          size_t bytes)
{
	struct scorm_learner learner = {
		.id = from->person,
		.name = S(""),
		.credit = STR_NONE,
		.mode = STR_NONE,
		.seed = replay_seed(from->attempt),
	};
	struct scorm *e = engine_open(room, &from->tree->tree, &learner,
	                              from->snapshot.n + from->globals.n + bytes);
	if (!e) return NULL;
	if (from->snapshot.p &&
	    !scorm_restore(e, (const uint8_t *)from->snapshot.p, from->snapshot.n))
		return NULL;
	return e;
}

static str globals_of(struct scorm *e, struct engine_room *room, struct arena *a)
{
	size_t n;
	if (!scorm_globals_write(e, room->scratch, ENGINE_SCRATCH, &n)) return STR_NONE;
	return arena_copy(a, (str){ (const char *)room->scratch, n });
}

static str snapshot_of(struct scorm *e, struct engine_room *room, struct arena *a)
{
	size_t n;
	scorm_trace_forget(e);
	if (!scorm_snapshot(e, room->scratch, ENGINE_SCRATCH, &n)) return STR_NONE;
	return arena_copy(a, (str){ (const char *)room->scratch, n });
}

bool replay_begin(struct engine_room *room, const struct replay_from *from, struct arena *a,
                  str *out)
{
	*out = STR_NONE;
	if (!from->snapshot.p && !from->globals.p) return true;
	struct scorm *e = replay_open(room, from, 0);
	if (!e) return false;
	if (from->globals.p &&
	    scorm_globals_read(e, (const uint8_t *)from->globals.p, from->globals.n))
		scorm_foreign_forget(e);
	*out = snapshot_of(e, room, a);
	return out->p != NULL;
}

/* How the learner's globals are to be after this; STR_NONE: as they were. */
static str merged(struct player_of *p, struct engine_room *room, str before)
{
	size_t n;
	str after = globals_of(p->engine, room, p->arena);
	if (!before.p || !after.p || str_is(before, after)) return STR_NONE;
	if (!scorm_globals_merge(before, after, p->from->globals, room->scratch,
	                         GLOBALS_MOST, &n))
		return STR_NONE;
	return arena_copy(p->arena, (str){ (const char *)room->scratch, n });
}

static str place_of(const struct player_of *p)
{
	int32_t at = scorm_current(p->engine);
	if (at < 0) at = scorm_suspended(p->engine);
	return at < 0 ? STR_NONE : p->from->tree->tree.activity[at].id;
}

static bool same_number(double a, double b)
{
	return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-9;
}

str replay_digest(struct scorm *e, struct engine_room *room, struct arena *a)
{
	uint64_t digest;
	if (!scorm_digest(e, room->scratch, ENGINE_SCRATCH, &digest)) return STR_NONE;
	return arena_printf(a, "%016llx", (unsigned long long)digest);
}

/* Whether the phone says the same. What it did not say it does not claim. */
static void compare(struct player_of *p, struct engine_room *room)
{
	const struct commit *c = p->commit;
	struct outcome *o = p->out;
	str digest = replay_digest(p->engine, room, p->arena);
	bool result =
		(c->attempt_completion.p &&
	         !str_is(c->attempt_completion, o->whole.completion)) ||
		(c->attempt_success.p && !str_is(c->attempt_success, o->whole.success)) ||
		!same_number(c->attempt_score, o->whole.score) ||
		!same_number(c->attempt_progress, o->whole.progress);
	if (result)
		o->differs = S("result");
	else if (c->digest.p && !str_is(c->digest, digest))
		o->differs = S("state");
}

/* What `look` found stands; how each visited activity stands now is read at the end. The
 * data of a SCO that still runs is in the state: it is written a second time only when the
 * visit ends. */
static void conclude(struct player_of *p)
{
	int32_t current = scorm_current(p->engine);
	if (!scorm_running(p->engine))
		look(p);
	else if (p->touched && current >= 0)
		visited_of(p, current);
	for (size_t i = 0; i < p->n_visited; i++) {
		struct visited *v = &p->visited[i];
		str location = v->result.location;
		v->result = result_of(p->engine, p->arena, v->index);
		if (location.p) v->result.location = location;
	}
	p->out->visited = (struct json_list){ p->visited, p->n_visited };
	p->out->whole = result_of(p->engine, p->arena, 0);
	p->out->place = place_of(p);
	p->out->suspended = scorm_session_of(p->engine) == SESSION_SUSPENDED;
}

static size_t bytes_in(const struct commit *c)
{
	const struct step *s = c->journal.items;
	size_t n = 0;
	for (size_t i = 0; i < c->journal.n; i++) n += 16 + s[i].a.n + s[i].b.n;
	return n;
}

void replay(struct engine_room *room, const struct replay_from *from,
            const struct commit *commit, struct arena *a, struct outcome *out)
{
	*out = (struct outcome){ 0 };
	struct player_of p = { .from = from, .commit = commit, .arena = a, .out = out };
	p.engine = replay_open(room, from, bytes_in(commit));
	if (!p.engine) {
		out->refused = S("state-unreadable");
		return;
	}
	const struct step *steps = commit->journal.items;
	p.trace = arena_alloc(a, TRACE_ROWS * sizeof *p.trace);
	p.visited = arena_alloc(a, (2 * commit->journal.n + 2) * sizeof *p.visited);
	str before = globals_of(p.engine, room, a);
	for (size_t i = 0; i < commit->journal.n; i++)
		if (!step(&p, &steps[i])) {
			*out = (struct outcome){ .refused = S("too-much-work") };
			return;
		}
	conclude(&p);
	compare(&p, room);
	out->globals = merged(&p, room, before);
	out->trace = trace_text(&p);
	out->snapshot = snapshot_of(p.engine, room, a);
	if (!out->snapshot.p) *out = (struct outcome){ .refused = S("state-too-large") };
}
