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

/* ---- launch ---- */
static struct json_list activities_of(struct arena *a, const struct manifest *m)
{
	static const str kinds[] = { S("cluster"), S("sco"), S("asset") };
	struct launch_activity *list = arena_alloc(a, sizeof(*list) * (m->n + 1));
	for (size_t i = 0; i < m->n; i++) {
		const struct activity *x = &m->activity[i];
		list[i] = (struct launch_activity){
			.id = x->id,
			.title = x->title,
			.titles = x->titles,
			.parent = x->parent,
			.kind = kinds[x->kind],
			.href = x->href,
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

/* A tree that is no larger comes with the launch: it is a request less. */
#define TREE_ALONG ((size_t)8 << 10)

static str base64(struct arena *a, str bytes)
{
	if (!bytes.p) return STR_NONE;
	char *out = arena_alloc(a, bytes.n * 4 / 3 + 4);
	text_base64url((const uint8_t *)bytes.p, bytes.n, out);
	return str_of(out);
}

/* What the page needs about the attempt, written behind what `out` has already; `opened`
 * with it, or NULL. */
static fallible launch_write(struct request *rq, str id, const struct opened *opened,
                             struct buf *out)
{
	struct arena *a = request_arena(rq);
	READ(db, rq);
	struct attempt attempt;
	struct launch_learner learner;
	struct course course;
	const struct package *package;
	struct launch launch = {
		.attempt = &attempt,
		.learner = &learner,
		.opened = opened,
	};
	TRY(attempt_get(db, a, id, &attempt));
	TRY(learner_of(db, a, attempt.person, &learner));
	TRY(course_get(db, a, attempt.course, &course));
	TRY(shelf_get(api_of(rq)->shelf, attempt.package, &package));
	const struct course_tree *tree;
	TRY(trees_get(&api_of(rq)->player.trees, package, &tree));
	TRY(api_base(rq, MAIN, &launch.main));
	launch.course_title = course.title;
	launch.course_titles = course.titles;
	launch.base = arena_printf(a, "/c/%s/", package->token);
	launch.tree = arena_printf(a, "/t/%s/%s", package->token, tree->hash);
	if (tree->n <= TREE_ALONG)
		launch.tree_bytes = base64(a, (str){ (const char *)tree->bytes, tree->n });
	launch.seed = (int64_t)replay_seed(attempt.id);
	launch.standard = str_of(package_standard_name(package->manifest.standard));
	launch.seq = attempt.seq;
	launch.activities = activities_of(a, &package->manifest);
	json_write(out, &launch_shape, &launch);
	return ERR_OK;
}

enum err player_launch(struct request *rq, struct reply *rs)
{
	rs->status = 200;
	return launch_write(rq, attempt_of(rq), NULL, &rs->body);
}

/* ---- pages ---- */
/* Browsers before 2022 take WebAssembly only with 'unsafe-eval'; in the others trusted
 * types forbid eval all the same. */
static fallible player_policy(struct request *rq)
{
	str app;
	TRY(api_base(rq, MAIN, &app));
	reply_header(
		rq, "Content-Security-Policy",
		arena_printf(request_arena(rq),
	                     "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' "
	                     "'unsafe-eval'; style-src 'self'; img-src 'self' data:; "
	                     "connect-src 'self'; font-src 'self'; frame-src 'self' %.*s; "
	                     "frame-ancestors %.*s; base-uri 'none'; form-action 'self'; "
	                     "require-trusted-types-for 'script'",
	                     STR_ARG(app), STR_ARG(app)));
	return ERR_OK;
}

/* What the page would ask for first stands in it already. Where it cannot (no such attempt,
 * too many readers) null stays there, and the page asks by itself and says what is wrong.
 */
static fallible brought(struct request *rq, struct buf *out)
{
	struct id attempt;
	struct begun begun;
	struct api *api = api_of(rq);
	struct arena *a = request_arena(rq);
	if (!cap_read(api->capability, request_param(rq, "cap"), &attempt))
		return ERR_NOT_FOUND;
	TRY(player_outlook(&api->player, a, id_str(&attempt), &begun));
	struct opened opened = { begun.seq, time_now(), base64(a, begun.snapshot) };
	return launch_write(rq, id_str(&attempt), &opened, out);
}

static void add_launch(struct request *rq, struct buf *out)
{
	size_t before = out->n;
	if (!brought(rq, out)) return;
	out->n = before;
	buf_str(out, S("null"));
}

enum err page_player(struct request *rq, struct reply *rs)
{
	struct ui_page page;
	TRY(player_policy(rq));
	TRY(ui_page_read(api_of(rq)->ui, S("player.html"), "launch", &page));
	buf_str(&rs->body, page.before);
	add_launch(rq, &rs->body);
	buf_str(&rs->body, page.after);
	buf_free(&page.bytes);
	rs->type = "text/html; charset=utf-8";
	reply_header(rq, "Cache-Control", S("private, no-cache"));
	return ERR_OK;
}

/* A frame that only the other port's pages may have; its page says which port that is. */
enum err page_keeper(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	struct server *server = atomic_load(&api_of(rq)->server);
	str courses;
	struct ui_page page;
	TRY(api_base(rq, CONTENT, &courses));
	TRY(ui_page_read(api_of(rq)->ui, S("keeper.html"), "port", &page));
	buf_str(&rs->body, page.before);
	buf_str(&rs->body, arena_printf(a, "%d", server_port(server, CONTENT)));
	buf_str(&rs->body, page.after);
	buf_free(&page.bytes);
	rs->type = "text/html; charset=utf-8";
	reply_header(rq, "Cache-Control", S("private, no-cache"));
	reply_header(rq, "Content-Security-Policy",
	             arena_printf(a,
	                          "default-src 'none'; script-src 'self'; "
	                          "frame-ancestors 'self' %.*s; base-uri 'none'; "
	                          "form-action 'none'; require-trusted-types-for 'script'",
	                          STR_ARG(courses)));
	return ERR_OK;
}

/* ---- the tree, and the beginning ---- */
enum err player_tree(struct request *rq, struct reply *rs)
{
	struct api *api = api_of(rq);
	const struct package *package =
		shelf_by_token(api->shelf, request_param(rq, "token"));
	if (!package) return FAIL(ERR_NOT_FOUND, "no package of that name");
	const struct course_tree *tree;
	TRY(trees_get(&api->player.trees, package, &tree));
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

enum err player_open(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	struct launch_new in;
	struct begun begun;
	TRY(request_body(rq, &launch_new_shape, &in));
	if (!id_is(in.launch, "lau")) return FAIL(ERR_INVALID, "launch is no launch's id");
	TRY(player_begin(&api_of(rq)->player, a, attempt_of(rq), in.launch, &begun));
	struct opened out = { begun.seq, time_now(), base64(a, begun.snapshot) };
	api_give(rs, 200, &opened_shape, &out);
	return ERR_OK;
}

/* ---- commits: the hot path ---- */
enum err player_commit(struct request *rq, struct reply *rs)
{
	struct commit in;
	struct commit_reply out;
	TRY(request_body(rq, &commit_shape, &in));
	TRY(commit_check(&in));
	TRY(player_take(&api_of(rq)->player, request_arena(rq), attempt_of(rq), &in, &out));
	api_give(rs, 200, &commit_reply_shape, &out);
	return ERR_OK;
}
