/* SPDX-License-Identifier: Apache-2.0 */
/* Walks the route table and every shape that it reaches, in the order they are met. */
#include "api/describe.h"

#include "api/api.h"
#include "api/hub_api.h"

#define SHAPES_MOST 200

struct found {
	const struct shape *shape[SHAPES_MOST];
	size_t n;
};

static void meet(struct found *f, const struct shape *shape)
{
	if (!shape) return;
	for (size_t i = 0; i < f->n; i++) {
		if (f->shape[i] == shape) return;
	}
	assert(f->n < SHAPES_MOST);
	f->shape[f->n++] = shape;
	for (size_t i = 0; i < shape->n; i++) meet(f, shape->field[i].of);
}

static void meet_all(struct found *f, const struct route *route, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		meet(f, route[i].takes);
		meet(f, route[i].gives);
	}
}

/* Of both roles: a site's and a hub's. */
static struct found *all_shapes(struct arena *a)
{
	struct found *f = arena_new(a, struct found);
	meet_all(f, api_routes, api_n_routes);
	meet_all(f, hub_routes, hub_n_routes);
	return f;
}

/* ---- words ---- */
static const char *method_word(enum http_method m)
{
	static const char *const words[] = { "GET", "POST", "PUT", "DELETE" };
	return words[m];
}

static const char *origin_word(enum http_origin o)
{
	return o == MAIN ? "main" : o == CONTENT ? "content" : "both";
}

static const char *who_word(enum http_who w)
{
	static const char *const words[] = {
		"anyone",  "learner",     "trainer", "laptop",
		"attempt", "coordinator", "editor",  "national"
	};
	return words[w];
}

static const char *pace_word(enum http_pace p)
{
	static const char *const words[] = { "free", "normal", "costly", "guess" };
	return words[p];
}

static const char *kind_word(enum json_kind k)
{
	static const char *const words[] = { "text", "int",    "real", "bool",
		                             "raw",  "object", "list", "texts" };
	return words[k];
}

static str name_of(const struct shape *shape)
{
	return shape ? str_of(shape->name) : STR_NONE;
}

/* ---- GET /api ---- */
/* Bounds as JSON can say them. */
static int64_t bound(int64_t n)
{
	const int64_t most = (int64_t)1 << 53;
	return n > most ? most : n < -most ? -most : n;
}

static struct shape_info shape_info_of(struct arena *a, const struct shape *shape)
{
	struct field_info *field = arena_alloc(a, sizeof(*field) * (shape->n + 1));
	for (size_t i = 0; i < shape->n; i++) {
		const struct json_field *f = &shape->field[i];
		field[i] = (struct field_info){
			.name = str_of(f->name),
			.kind = str_of(kind_word(f->kind)),
			.required = f->required,
			.least = bound(f->least),
			.most = bound(f->most),
			.of = name_of(f->of),
		};
	}
	return (struct shape_info){ name_of(shape), { field, shape->n } };
}

void describe_api(struct arena *a, const struct route *routes, size_t n,
                  struct api_info *out)
{
	struct route_info *route = arena_alloc(a, sizeof(*route) * n);
	for (size_t i = 0; i < n; i++) {
		const struct route *r = &routes[i];
		route[i] = (struct route_info){
			.method = str_of(method_word(r->method)),
			.path = str_of(r->path),
			.origin = str_of(origin_word(r->origin)),
			.who = str_of(who_word(r->who)),
			.pace = str_of(pace_word(r->pace)),
			.takes = r->takes_raw ? S("bytes") : name_of(r->takes),
			.gives = name_of(r->gives),
			.gives_list = r->gives_list,
			.doc = str_of(r->doc),
		};
	}
	struct found *f = arena_new(a, struct found);
	meet_all(f, routes, n);
	struct shape_info *shape = arena_alloc(a, sizeof(*shape) * f->n);
	for (size_t i = 0; i < f->n; i++) shape[i] = shape_info_of(a, f->shape[i]);
	*out = (struct api_info){
		.version = S(KENES_VERSION),
		.routes = { route, n },
		.shapes = { shape, f->n },
	};
}

/* ---- TypeScript ---- */
static void ts_type(struct buf *out, const struct json_field *f)
{
	switch (f->kind) {
	case JSON_KIND_TEXT: buf_str(out, S("string")); break;
	case JSON_KIND_INT:
	case JSON_KIND_REAL: buf_str(out, S("number")); break;
	case JSON_KIND_BOOL: buf_str(out, S("boolean")); break;
	case JSON_KIND_RAW: buf_str(out, S("unknown")); break;
	case JSON_KIND_OBJECT: buf_printf(out, "%s", f->of->name); break;
	case JSON_KIND_LIST: buf_printf(out, "%s[]", f->of->name); break;
	case JSON_KIND_TEXTS: buf_str(out, S("string[]")); break;
	}
}

static void ts_shape(struct buf *out, const struct shape *shape)
{
	buf_printf(out, "\nexport interface %s {\n", shape->name);
	for (size_t i = 0; i < shape->n; i++) {
		const struct json_field *f = &shape->field[i];
		buf_printf(out, "\t%s%s: ", f->name, f->required ? "" : "?");
		ts_type(out, f);
		buf_str(out, S(";\n"));
	}
	buf_str(out, S("}\n"));
}

static void ts_routes(struct buf *out, const struct route *routes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct route *r = &routes[i];
		const char *takes = r->takes_raw ? "Blob"
		                    : r->takes   ? r->takes->name
		                                 : NULL;
		buf_printf(out, "\t/** %s */\n", r->doc);
		buf_printf(out, "\t'%s %s': { takes: %s; gives: %s%s };\n",
		           method_word(r->method), r->path, takes ? takes : "undefined",
		           r->gives ? r->gives->name : "undefined",
		           r->gives_list ? "[]" : "");
	}
}

void describe_ts(struct arena *a, struct buf *out)
{
	struct found *f = all_shapes(a);
	buf_str(out,
	        S("// SPDX-License-Identifier: Apache-2.0\n"
	          "// What the API takes and gives. Made by `kenes routes --ts`; do not "
	          "edit.\n"));
	for (size_t i = 0; i < f->n; i++) ts_shape(out, f->shape[i]);
	buf_str(out, S("\n// What a hub answers.\nexport interface HubRoutes {\n"));
	ts_routes(out, hub_routes, hub_n_routes);
	buf_str(out, S("}\n\nexport interface Routes extends HubRoutes {\n"));
	ts_routes(out, api_routes, api_n_routes);
	buf_str(out, S("}\n"));
}

/* ---- docs/api.md ---- */
static void md_route(struct buf *out, const struct route *r)
{
	buf_printf(out, "\n### %s %s\n\n%s\n\n", method_word(r->method), r->path, r->doc);
	buf_printf(out, "%s port, %s, pace %s.", origin_word(r->origin), who_word(r->who),
	           pace_word(r->pace));
	if (r->takes_raw) buf_str(out, S(" Takes bytes."));
	if (r->takes) buf_printf(out, " Takes `%s`.", r->takes->name);
	if (r->gives) {
		buf_printf(out, r->gives_list ? " Gives a list of `%s`." : " Gives `%s`.",
		           r->gives->name);
	}
	buf_str(out, S("\n"));
}

static void md_shape(struct buf *out, const struct shape *shape)
{
	buf_printf(out, "\n### %s\n\n| field | what | bounds |\n|---|---|---|\n",
	           shape->name);
	for (size_t i = 0; i < shape->n; i++) {
		const struct json_field *f = &shape->field[i];
		buf_printf(out, "| %s%s | %s%s%s |", f->name, f->required ? "" : "?",
		           kind_word(f->kind), f->of ? " of " : "",
		           f->of ? f->of->name : "");
		if (f->kind == JSON_KIND_TEXT || f->kind == JSON_KIND_INT) {
			buf_printf(out, " %lld to %lld |\n", (long long)bound(f->least),
			           (long long)bound(f->most));
		} else {
			buf_str(out, S(" |\n"));
		}
	}
}

static const char *const md_head = "# The API\n\n"
				   "Made by `kenes routes --md`; the table behind it is "
				   "src/api/routes.c. Every route has\n"
				   "examples that are played as tests in tests/http/.\n\n"
				   "JSON in UTF-8, names in snake_case. Times (`_at`) are "
				   "milliseconds since 1970 UTC, "
				   "durations\nend in `_ms`, ids carry their kind "
				   "(`per_…`). What is absent is left out. An "
				   "error "
				   "is\n`{\"error\":WORD,\"reason\":REASON?,\"request\":"
				   "NUMBER,\"retry_after\":SECONDS?}`.\n\n"
				   "Who may ask: *anyone*; a *learner* with a session "
				   "(cookie `kenes` and, for all but "
				   "GET, the\nheader `X-Kenes-Session` with the word that "
				   "sign-in gave); a *trainer* with a "
				   "session, on the\nlaptop itself; the *laptop* without a "
				   "session; an *attempt* by the "
				   "capability in the address.\n\n## Routes\n";

void describe_md(struct arena *a, struct buf *out)
{
	buf_str(out, str_of(md_head));
	for (size_t i = 0; i < api_n_routes; i++) md_route(out, &api_routes[i]);
	buf_str(out,
	        S("\n## Routes of a hub\n\n`kenes hub` answers these. A *coordinator* has "
	          "a session (cookie\n`kenes_hub`); an *editor* is one who may change "
	          "something, no auditor; *national* is\nfor the whole country. All see "
	          "and change their own scope only. Lists give\n`?as=csv` in "
	          "`?language=` too.\n"));
	for (size_t i = 0; i < hub_n_routes; i++) md_route(out, &hub_routes[i]);
	buf_str(out, S("\n## Shapes\n"));
	struct found *f = all_shapes(a);
	for (size_t i = 0; i < f->n; i++) md_shape(out, f->shape[i]);
}
