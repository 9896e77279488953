/* SPDX-License-Identifier: Apache-2.0 */
/* The content origin: the player's page, what it needs to begin, and the commits. Every
 * request proves itself by the capability in its address; no cookie is looked at here. */
#include "api/api.h"
#include "api/handlers.h"
#include "base/text.h"
#include "base/time.h"

static str attempt_of(struct request *rq)
{
	return str_of(request_caller(rq)->attempt);
}

/* ---- pages ---- */
/* A page of the UI under a policy that names the other port of the same host. */
static enum err page(struct request *rq, struct reply *rs, str name, str policy)
{
	const struct resource *built = ui_find(api_of(rq)->ui, name);
	if (!built) return FAIL(ERR_NOT_FOUND, "no page %.*s", STR_ARG(name));
	struct resource *r = arena_new(request_arena(rq), struct resource);
	*r = *built;
	r->csp = policy.p;
	rs->resource = r;
	return ERR_OK;
}

/* Browsers before 2022 take WebAssembly only with 'unsafe-eval'; in the others trusted
 * types forbid eval all the same. */
enum err page_player(struct request *rq, struct reply *rs)
{
	str app;
	TRY(api_base(rq, MAIN, &app));
	str policy = arena_printf(
		request_arena(rq),
		"default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval'; "
		"style-src 'self'; "
		"img-src 'self' data:; connect-src 'self'; font-src 'self'; "
		"frame-src 'self' %.*s; frame-ancestors %.*s; base-uri 'none'; "
		"form-action 'self'; require-trusted-types-for 'script'",
		STR_ARG(app), STR_ARG(app));
	return page(rq, rs, S("player.html"), policy);
}

enum err page_keeper(struct request *rq, struct reply *rs)
{
	str content;
	TRY(api_base(rq, CONTENT, &content));
	str policy = arena_printf(
		request_arena(rq),
		"default-src 'none'; script-src 'self'; connect-src 'self'; "
		"frame-ancestors 'self' %.*s; base-uri 'none'; form-action 'none'; "
		"require-trusted-types-for 'script'",
		STR_ARG(content));
	return page(rq, rs, S("keeper.html"), policy);
}

/* ---- launch ---- */
/* Ids of the objectives that the manifest gives an activity: its data model begins with
 * them (RTE 4.2.17). */
static struct json_list objectives_of(struct arena *a, const struct xml_node *sequencing)
{
	const struct xml_node *all = xml_child(sequencing, "objectives");
	size_t n = 0, room = 0;
	for (const struct xml_node *x = all ? all->first : NULL; x; x = x->next) room++;
	str *ids = arena_alloc(a, sizeof(*ids) * (room + 1));
	for (const struct xml_node *x = all ? all->first : NULL; x; x = x->next) {
		str id = xml_attr(x, "objectiveID");
		if (id.n) ids[n++] = id;
	}
	return (struct json_list){ ids, n };
}

static struct json_list activities_of(struct arena *a, const struct manifest *m)
{
	static const str kinds[] = { S("cluster"), S("sco"), S("asset") };
	struct launch_activity *list = arena_alloc(a, sizeof(*list) * (m->n + 1));
	for (size_t i = 0; i < m->n; i++) {
		const struct activity *x = &m->activity[i];
		list[i] = (struct launch_activity){
			.id = x->id,
			.title = x->title,
			.parent = x->parent,
			.kind = kinds[x->kind],
			.visible = x->visible,
			.href = x->href,
			.launch_data = x->launch_data,
			.prerequisites = x->prerequisites,
			.mastery_score = x->mastery_score,
			.max_time_allowed = x->max_time_allowed,
			.time_limit_action = x->time_limit_action,
			.completion_threshold = x->completion_threshold,
			.objectives = objectives_of(a, x->sequencing),
		};
	}
	return (struct json_list){ list, m->n };
}

static enum err learner_of(struct db *db, struct arena *a, str person,
                           struct launch_learner *out)
{
	struct person p;
	TRY(person_get(db, a, person, &p));
	*out = (struct launch_learner){
		.id = p.id,
		.name = arena_printf(a, "%.*s, %.*s", STR_ARG(p.surname), STR_ARG(p.given)),
		.language = p.language,
	};
	return ERR_OK;
}

/* Chance for the engine, the same on every phone that opens the attempt: the random half of
 * its id. */
static int64_t seed_of(str attempt)
{
	uint8_t bytes[6] = { 0 };
	if (attempt.n >= 12 &&
	    !text_unhex(str_part(attempt, attempt.n - 12, attempt.n), bytes, sizeof bytes))
		return 0;
	int64_t seed = 0;
	for (size_t i = 0; i < sizeof bytes; i++) seed = seed << 8 | bytes[i];
	return seed;
}

enum err player_launch(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	READ(db, rq);
	struct attempt attempt;
	struct launch_learner learner;
	struct course course;
	const struct package *package;
	struct launch out = { .attempt = &attempt, .learner = &learner };
	TRY(attempt_get(db, a, attempt_of(rq), &attempt));
	TRY(learner_of(db, a, attempt.person, &learner));
	TRY(course_get(db, a, attempt.course, &course));
	TRY(shelf_get(api_of(rq)->shelf, attempt.package, &package));
	const struct course_tree *tree;
	TRY(trees_get(&api_of(rq)->trees, package, &tree));
	TRY(activity_states(db, a, attempt.id, &out.states));
	TRY(api_base(rq, MAIN, &out.main));
	out.course_title = course.title;
	out.base = arena_printf(a, "/c/%s/", package->token);
	out.tree = arena_printf(a, "/t/%s/%s", package->token, tree->hash);
	out.seed = seed_of(attempt.id);
	out.standard = str_of(package_standard_name(package->manifest.standard));
	out.seq = attempt.seq;
	out.activities = activities_of(a, &package->manifest);
	api_give(rs, 200, &launch_shape, &out);
	return ERR_OK;
}

enum err player_tree(struct request *rq, struct reply *rs)
{
	struct api *api = api_of(rq);
	const struct package *package =
		shelf_by_token(api->shelf, request_param(rq, "token"));
	if (!package) return FAIL(ERR_NOT_FOUND, "no package of that name");
	const struct course_tree *tree;
	TRY(trees_get(&api->trees, package, &tree));
	if (!str_is(request_param(rq, "hash"), str_of(tree->hash)))
		return FAIL(ERR_NOT_FOUND, "the tree of another version of this program");
	struct resource *r = arena_new(request_arena(rq), struct resource);
	*r = (struct resource){
		.etag = arena_printf(request_arena(rq), "\"%s\"", tree->hash),
		.type = "application/octet-stream",
		.cache = "public, max-age=31536000, immutable",
		.bytes = tree->bytes,
		.packed = tree->n,
		.size = tree->n,
	};
	rs->resource = r;
	return ERR_OK;
}

struct opening {
	struct arena *arena;
	str attempt;
	struct launch_new in;
	int64_t seq;
	str snapshot;
};

static enum err begin(struct tx *tx, void *arg)
{
	struct opening *o = arg;
	TRY(launch_open(tx, o->attempt, o->in.launch));
	struct attempt attempt;
	TRY(attempt_get(tx_db(tx), o->arena, o->attempt, &attempt));
	o->seq = attempt.seq;
	return attempt_snapshot(tx_db(tx), o->arena, o->attempt, &o->snapshot);
}

static str base64(struct arena *a, str bytes)
{
	if (!bytes.p) return STR_NONE;
	char *out = arena_alloc(a, bytes.n * 4 / 3 + 4);
	text_base64url((const uint8_t *)bytes.p, bytes.n, out);
	return str_of(out);
}

enum err player_open(struct request *rq, struct reply *rs)
{
	struct opening o = { .arena = request_arena(rq), .attempt = attempt_of(rq) };
	TRY(request_body(rq, &launch_new_shape, &o.in));
	if (!id_is(o.in.launch, "lau"))
		return FAIL(ERR_INVALID, "launch is no launch's id");
	TRY(store_write(api_of(rq)->store, begin, &o));
	struct opened out = { o.seq, time_now(), base64(o.arena, o.snapshot) };
	api_give(rs, 200, &opened_shape, &out);
	return ERR_OK;
}

/* ---- commits: the hot path ---- */
struct committing {
	struct arena *arena;
	str attempt;
	struct commit in;
	struct commit_reply out;
};

static enum err save(struct tx *tx, void *arg)
{
	struct committing *c = arg;
	return attempt_commit(tx, c->arena, c->attempt, &c->in, &c->out);
}

enum err player_commit(struct request *rq, struct reply *rs)
{
	struct committing c = { .arena = request_arena(rq), .attempt = attempt_of(rq) };
	TRY(request_body(rq, &commit_shape, &c.in));
	TRY(commit_check(&c.in));
	TRY(store_write(api_of(rq)->store, save, &c));
	api_give(rs, 200, &commit_reply_shape, &c.out);
	return ERR_OK;
}
