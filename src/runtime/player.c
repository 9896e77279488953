/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/player.h"

#define TRIES \
	8 /* when commits of one attempt come at once, each waits for the one before */

void player_init(struct player *p, struct store *store, struct shelf *shelf)
{
	p->store = store;
	p->shelf = shelf;
	trees_init(&p->trees);
	engines_init(&p->engines);
	lives_init(&p->lives);
}

void player_free(struct player *p)
{
	trees_free(&p->trees);
	engines_free(&p->engines);
	lives_free(&p->lives);
}

static fallible read_base(struct player *p, struct arena *a, str attempt,
                          struct attempt_base *out)
{
	struct db *db;
	TRY(store_reader(p->store, &db));
	enum err err = attempt_base(db, a, attempt, out);
	store_reader_done(p->store, db);
	return err;
}

static fallible from_of(struct player *p, str attempt, const struct attempt_base *base,
                        struct replay_from *out)
{
	const struct package *package;
	TRY(shelf_get(p->shelf, base->package, &package));
	*out = (struct replay_from){
		.attempt = attempt,
		.person = base->person,
		.snapshot = base->snapshot,
		.globals = base->globals,
	};
	return trees_get(&p->trees, package, &out->tree);
}

/* ---- beginning ---- */

struct beginning {
	str attempt, launch;
	int64_t seq; /* it may only begin behind this commit; −1: behind any */
	struct begun begun;
	bool done;
};

static enum err write_beginning(struct tx *tx, void *arg)
{
	struct beginning *b = arg;
	return launch_begin(tx, b->attempt, b->launch, b->begun.seq, b->begun.snapshot,
	                    &b->done);
}

/* A state that this program cannot read any more (it was left by another version) is let
 * go: the launch begins anew, and results that were reached stay. */
enum err player_outlook(struct player *p, struct arena *a, str attempt, struct begun *out)
{
	struct attempt_base base;
	struct replay_from from;
	struct engine_room *room;
	TRY(read_base(p, a, attempt, &base));
	TRY(from_of(p, attempt, &base, &from));
	TRY(engines_take(&p->engines, &room));
	if (!replay_begin(room, &from, a, &out->snapshot)) {
		from.snapshot = STR_NONE;
		if (!replay_begin(room, &from, a, &out->snapshot)) out->snapshot = STR_NONE;
	}
	engines_give(&p->engines, room);
	out->seq = base.seq;
	return ERR_OK;
}

static fallible begin(struct player *p, struct arena *a, struct beginning *b)
{
	struct attempt_base base;
	live_drop(lives_take(&p->lives, b->attempt, &base));
	for (int i = 0; i < TRIES && !b->done; i++) {
		TRY(player_outlook(p, a, b->attempt, &b->begun));
		if (b->seq >= 0 && b->seq != b->begun.seq) return ERR_OK;
		TRY(store_write(p->store, write_beginning, b));
	}
	if (!b->done)
		return FAIL(ERR_BUSY, "attempt %.*s changes all the time",
		            STR_ARG(b->attempt));
	return ERR_OK;
}

enum err player_begin(struct player *p, struct arena *a, str attempt, str launch,
                      struct begun *out)
{
	struct beginning b = { .attempt = attempt, .launch = launch, .seq = -1 };
	TRY(begin(p, a, &b));
	*out = b.begun;
	return ERR_OK;
}

/* Where the attempt went on meanwhile, another phone has it: the commit finds that out. */
static fallible begin_with(struct player *p, struct arena *a, str attempt,
                           const struct commit *c)
{
	struct attempt_base base;
	struct beginning b = { .attempt = attempt, .launch = c->launch, .seq = c->seq - 1 };
	TRY(read_base(p, a, attempt, &base));
	return str_is(base.launch, c->launch) ? ERR_OK : begin(p, a, &b);
}

/* ---- taking a commit ---- */

struct taking {
	struct arena *arena;
	str attempt;
	const struct commit *commit;
	const struct outcome *outcome;
	struct commit_reply reply;
};

static enum err write_commit(struct tx *tx, void *arg)
{
	struct taking *t = arg;
	return attempt_commit(tx, t->arena, t->attempt, t->commit, t->outcome, &t->reply);
}

/* A package that is gone or too large for an engine loses no answers. */
static fallible derive(struct player *p, struct arena *a, str attempt,
                       const struct attempt_base *base, const struct commit *c,
                       struct outcome *out)
{
	struct replay_from from;
	struct engine_room *room;
	*out = (struct outcome){ .refused = S("state-unreadable") };
	if (!from_of(p, attempt, base, &from)) {
		TRY(engines_take(&p->engines, &room));
		replay(room, &from, c, a, out);
		engines_give(&p->engines, room);
	}
	out->seq = base->seq;
	out->globals_version = base->globals_version;
	out->person = base->person;
	return ERR_OK;
}

/* How the attempt stands once the commit is saved. */
static void keep(struct player *p, const struct taking *t, struct attempt_base base)
{
	const struct outcome *o = t->outcome;
	base.seq = t->commit->seq;
	base.snapshot = o->snapshot;
	if (o->globals.p) {
		base.globals = o->globals;
		base.globals_version++;
	}
	lives_keep(&p->lives, t->attempt, &base);
}

static fallible take_from(struct player *p, struct taking *t,
                          const struct attempt_base *base)
{
	struct outcome outcome;
	bool next =
		base->seq + 1 == t->commit->seq && str_is(base->launch, t->commit->launch);
	if (next) TRY(derive(p, t->arena, t->attempt, base, t->commit, &outcome));
	t->outcome = next ? &outcome : NULL;
	enum err err = store_write(p->store, write_commit, t);
	bool saved = !err && str_is(t->reply.verdict, S("saved"));
	if (saved && !outcome.refused.p) keep(p, t, *base);
	t->outcome = NULL;
	return err;
}

/* From memory where the commit before was taken by this process, else from the database. */
static fallible take_once(struct player *p, struct taking *t)
{
	struct attempt_base base;
	struct live *live = lives_take(&p->lives, t->attempt, &base);
	enum err err = live ? ERR_OK : read_base(p, t->arena, t->attempt, &base);
	if (!err) err = take_from(p, t, &base);
	live_drop(live);
	return err;
}

enum err player_take(struct player *p, struct arena *a, str attempt, const struct commit *c,
                     struct commit_reply *out)
{
	struct taking t = { .arena = a, .attempt = attempt, .commit = c };
	if (c->opens) TRY(begin_with(p, a, attempt, c));
	for (int i = 0; i < TRIES; i++) {
		TRY(take_once(p, &t));
		if (str_is(t.reply.verdict, S("again"))) continue;
		*out = t.reply;
		return ERR_OK;
	}
	return FAIL(ERR_BUSY, "attempt %.*s changes all the time", STR_ARG(attempt));
}

/* ---- looking into an attempt ---- */

static const struct json_field insight_row_fields[] = {
	JSON_TEXT(struct insight_row, activity, true, 0, 4000),
	JSON_TEXT(struct insight_row, title, true, 0, 100000),
	JSON_TEXT(struct insight_row, completion, true, 1, 20),
	JSON_TEXT(struct insight_row, success, true, 1, 20),
	JSON_REAL(struct insight_row, score, false),
	JSON_REAL(struct insight_row, progress, false),
	JSON_TEXT(struct insight_row, why, true, 1, 20),
	JSON_REAL(struct insight_row, have, false),
	JSON_REAL(struct insight_row, need, false),
};
const struct shape insight_row_shape =
	SHAPE("InsightRow", struct insight_row, insight_row_fields);

static struct insight_row row_of(struct scorm *e, const struct scorm_activity *x, int32_t i)
{
	struct scorm_standing s = scorm_outlook_of(e, i);
	struct insight_row row = {
		.activity = x->id,
		.title = x->title,
		.completion = str_of(s.completion),
		.success = str_of(s.success),
		.score = s.score,
		.progress = s.progress,
	};
	struct scorm_why why = scorm_why_of(e, i);
	row.why = str_of(why.word);
	row.have = why.have;
	row.need = why.need;
	return row;
}

enum err player_look(struct player *p, struct arena *a, str attempt, struct insight *out)
{
	struct attempt_base base;
	struct replay_from from;
	struct engine_room *room;
	TRY(read_base(p, a, attempt, &base));
	TRY(from_of(p, attempt, &base, &from));
	*out = (struct insight){ .snapshot = base.snapshot };
	size_t n = (size_t)from.tree->tree.n;
	struct insight_row *rows = arena_alloc(a, n * sizeof *rows);
	TRY(engines_take(&p->engines, &room));
	struct scorm *e = replay_open(room, &from, 0);
	for (size_t i = 0; e && i < n; i++)
		rows[i] = row_of(e, &from.tree->tree.activity[i], (int32_t)i);
	if (e && base.snapshot.p) out->digest = replay_digest(e, room, a);
	engines_give(&p->engines, room);
	if (e) out->rows = (struct json_list){ rows, n };
	return ERR_OK;
}
