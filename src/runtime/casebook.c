/* SPDX-License-Identifier: Apache-2.0 */
/* The player of cases: stands where a browser stands, between a SCO that makes calls and a
 * learner who presses what may be pressed.
 *
 * A session of a package is one engine in the casebook's block: opened, given back what was
 * kept of that package and the learner's global objectives, played, and its state kept
 * again. Time goes on by a hundredth of a second a call, so that a run is the same every
 * time. */
#include "runtime/casebook.h"

#include <stdarg.h>
#include <stdio.h>

#include "scorm/engine.h"

enum {
	BLOCK = 16 << 20,    /* of the engine */
	SNAPSHOT = 8 << 20,  /* at most */
	TREE_ROOM = 2 << 20, /* of a package's tree */
	CALL_MS = 10,
	BUTTON_MS = 5000, /* click.button */
};

struct kept { /* of a package that was played */
	str package, snapshot;
	struct kept *next;
};

struct casebook {
	struct arena *arena; /* lives as long as the learner */
	void *block;
	uint8_t *bytes; /* SNAPSHOT of them */
	str globals;
	struct kept *kept;
	int64_t now_ms;
};

static const struct case_learner learner = { S("m"), S("Learner, Test") };

/* A case while it is played. */
struct playing {
	struct casebook *book;
	const struct case_file *file;
	const struct case_packages *packages;
	struct arena *arena;
	struct buf *log;
	struct case_result *result;
	const struct case_visit *visit;

	str package; /* whose session is on */
	struct manifest manifest;
	struct scorm_tree tree;
	struct scorm *engine;
	struct scorm_delivery delivery;
};

/* The first reason counts. False, so that a check can end with it. */
printf_like(2, 3) static bool wrong(struct playing *p, const char *format, ...)
{
	char text[600];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (p->log) buf_printf(p->log, "    not so: %s\n", text);
	if (!p->result->why.p)
		p->result->why = arena_printf(
			p->arena, "%.*s: %s",
			STR_ARG(p->visit ? p->visit->visit : S("start")), text);
	return false;
}

/* ---- what outlives a session ---- */
static struct kept *kept_of(struct casebook *book, str package)
{
	struct kept *k = book->kept;
	while (k && !str_is(k->package, package)) k = k->next;
	if (k) return k;
	k = arena_new(book->arena, struct kept);
	*k = (struct kept){ arena_copy(book->arena, package), STR_NONE, book->kept };
	book->kept = k;
	return k;
}

static bool keep(struct playing *p)
{
	struct casebook *b = p->book;
	size_t n;
	if (!p->engine) return true;
	if (!scorm_snapshot(p->engine, b->bytes, SNAPSHOT, &n))
		return wrong(p, "the state takes %zu bytes", n);
	kept_of(b, p->package)->snapshot =
		arena_copy(b->arena, (str){ (const char *)b->bytes, n });
	if (!scorm_globals_write(p->engine, b->bytes, SNAPSHOT, &n))
		return wrong(p, "the globals take %zu bytes", n);
	b->globals = arena_copy(b->arena, (str){ (const char *)b->bytes, n });
	p->engine = NULL;
	return true;
}

static const uint8_t *bytes_of(str s)
{
	return (const uint8_t *)s.p;
}

static bool open_package(struct playing *p, str package)
{
	struct casebook *b = p->book;
	if (!keep(p)) return false;
	p->package = package;
	if (p->packages->get(p->packages->context, package, p->arena, &p->manifest))
		return wrong(p, "%s", err_last()->sentence);
	struct scorm_memory memory = { .p = arena_alloc(p->arena, TREE_ROOM),
		                       .room = TREE_ROOM };
	if (runtime_tree(&p->manifest, &memory, &p->tree))
		return wrong(p, "%s", err_last()->sentence);
	const struct scorm_learner who = { .id = learner.id,
		                           .name = learner.name,
		                           .credit = p->file->start->credit,
		                           .mode = p->file->start->mode,
		                           .seed = 1 };
	p->engine = scorm_open(b->block, BLOCK, &p->tree, &who);
	if (!p->engine) return wrong(p, "no room for the engine");
	str before = kept_of(b, package)->snapshot;
	if (before.p && !scorm_restore(p->engine, bytes_of(before), before.n))
		return wrong(p, "the state of %.*s is not taken back", STR_ARG(package));
	if (b->globals.p &&
	    !scorm_globals_read(p->engine, bytes_of(b->globals), b->globals.n))
		return wrong(p, "the globals are not taken back");
	return true;
}

/* ---- requests ---- */
static bool navigate(struct playing *p, enum scorm_navigation what, int32_t target)
{
	static const char *const names[] = {
		"none", "start", "resumeAll", "continue", "previous",   "choice",
		"jump", "exit",  "exitAll",   "abandon",  "abandonAll", "suspendAll",
	};
	p->book->now_ms += CALL_MS;
	p->delivery = (struct scorm_delivery){ .activity = -1 };
	scorm_navigate(p->engine, (struct scorm_request){ what, target }, p->book->now_ms,
	               &p->delivery);
	if (p->log)
		buf_printf(p->log, "  %s %.*s: %s%.*s\n", names[what],
		           STR_ARG(target >= 0 ? p->tree.activity[target].title : S("")),
		           p->delivery.refused ? p->delivery.refused : "",
		           STR_ARG(p->delivery.activity >= 0
		                           ? p->tree.activity[p->delivery.activity].title
		                           : S(" (nothing to launch)")));
	return true;
}

/* "Activity 3", "@root", "the activity that corresponds to the root of …" */
static int32_t titled(const struct playing *p, str title)
{
	if (str_is(title, S("@root")) ||
	    str_starts(title, S("the activity that corresponds to the root")))
		return 0;
	for (int32_t i = 0; i < p->tree.n; i++)
		if (case_id_is(p->tree.activity[i].title, title)) return i;
	return -1;
}

static bool choose(struct playing *p, str title)
{
	int32_t target = titled(p, title);
	if (target < 0) return wrong(p, "no entry \"%.*s\"", STR_ARG(title));
	const struct scorm_validity *v = scorm_validity_of(p->engine);
	if (!v->choice[target] || !v->shown[target])
		return wrong(p, "\"%.*s\" cannot be chosen", STR_ARG(title));
	return navigate(p, NAV_CHOICE, target);
}

/* Where nothing flows, Start leads nowhere (SB.2.5), and the first entry that may be chosen
 * is opened, as the player does. */
static bool begin_by_choice(struct playing *p)
{
	const struct scorm_validity *v = scorm_validity_of(p->engine);
	for (int32_t i = 1; i < p->tree.n; i++)
		if (v->choice[i] && v->shown[i] && p->tree.activity[i].first_child < 0)
			return navigate(p, NAV_CHOICE, i);
	return true;
}

/* Opening the package: where it was left, or at the start. */
static bool begin(struct playing *p, str package, str chosen)
{
	if (!open_package(p, package)) return false;
	if (chosen.p) return choose(p, chosen);
	navigate(p, scorm_suspended(p->engine) >= 0 ? NAV_RESUME_ALL : NAV_START, -1);
	return p->delivery.activity >= 0 || begin_by_choice(p);
}

/* ---- a visit ---- */
static bool is_launched(struct playing *p)
{
	int32_t i = p->delivery.activity;
	str wanted = p->visit->activity;
	if (i < 0)
		return wrong(p, "nothing is launched, activity %.*s should be (%s)",
		             STR_ARG(wanted),
		             p->delivery.refused ? p->delivery.refused : "not refused");
	str rest = p->manifest.activity[i].href, piece;
	size_t query = str_index(rest, '?');
	rest = str_part(rest, query + 1, rest.n);
	while (str_cut(&rest, '&', &piece))
		if (str_starts(piece, S("act=")) &&
		    str_is(str_part(piece, 4, piece.n), wanted))
			return true;
	return wrong(p, "\"%.*s\" is launched, activity %.*s should be",
	             STR_ARG(p->tree.activity[i].title), STR_ARG(wanted));
}

static bool any_selectable(const struct playing *p, const struct scorm_validity *v)
{
	for (int32_t i = 0; i < p->tree.n; i++)
		if (i != p->delivery.activity && v->shown[i] && v->choice[i]) return true;
	return false;
}

static bool question(struct playing *p, const struct case_question *q)
{
	if (str_is(q->kind, S("click.button"))) {
		p->book->now_ms += BUTTON_MS;
		return true;
	}
	const struct scorm_validity *v = scorm_validity_of(p->engine);
	bool next = v->next && !(v->hidden & HIDE_CONTINUE);
	bool previous = v->previous && !(v->hidden & HIDE_PREVIOUS);
	int32_t target = q->target.p ? titled(p, q->target) : -1;
	bool shown = target >= 0 && v->shown[target];
	const struct {
		str kind;
		bool answer;
	} all[] = {
		{ S("continue.enabled"), next },
		{ S("continue.disabled"), !next },
		{ S("previous.enabled"), previous },
		{ S("previous.disabled"), !previous },
		{ S("toc.enabled"), any_selectable(p, v) },
		{ S("toc.enabled.selectable"), shown && v->choice[target] },
		{ S("toc.visible"), shown },
	};
	for (size_t i = 0; i < countof(all); i++) {
		if (!str_is(q->kind, all[i].kind)) continue;
		str why = case_question_why(p->arena, q, all[i].answer);
		return !why.p || wrong(p, "%.*s", STR_ARG(why));
	}
	return wrong(p, "no question %.*s", STR_ARG(q->kind));
}

/* ---- calls ---- */
static str call(struct playing *p, str method, str a, str b)
{
	p->book->now_ms += CALL_MS;
	return scorm_call(p->engine, method, a, b, p->book->now_ms);
}

/* The n-th of a collection's ids; −1 past its end. */
static bool id_at(struct playing *p, str collection, int64_t i, str *out)
{
	str el = arena_printf(p->arena, "%.*s%lld.id", STR_ARG(collection), (long long)i);
	str count = arena_printf(p->arena, "%.*s_count", STR_ARG(collection));
	int64_t n;
	if (!str_to_int(call(p, S("GetValue"), count, STR_NONE), 0, 100000, &n) || i >= n)
		return false;
	*out = arena_copy(p->arena, call(p, S("GetValue"), el, STR_NONE));
	return true;
}

/* "cmi.objectives.&obj1&.id": the index of what has this id in place of it. */
static bool with_index(struct playing *p, str *el)
{
	size_t from = str_index(*el, '&');
	if (from == el->n) return true;
	str rest = str_part(*el, from + 1, el->n), wanted;
	if (!str_cut(&rest, '&', &wanted)) return wrong(p, "%.*s", STR_ARG(*el));
	str collection = str_part(*el, 0, from), id;
	for (int64_t i = 0; id_at(p, collection, i, &id); i++) {
		if (!case_id_is(id, wanted)) continue;
		*el = arena_printf(p->arena, "%.*s%lld%.*s", STR_ARG(collection),
		                   (long long)i, STR_ARG(rest));
		return true;
	}
	return wrong(p, "%.*s: no such id", STR_ARG(*el));
}

static bool same_ids(struct playing *p, struct json_list wanted)
{
	str *ids = arena_alloc(p->arena, CASE_IDS_MOST * sizeof *ids);
	size_t n = 0;
	while (n < CASE_IDS_MOST && id_at(p, S("cmi.objectives."), (int64_t)n, &ids[n]))
		n++;
	str why = case_ids_why(p->arena, wanted, (struct json_list){ ids, n });
	return !why.p || wrong(p, "%.*s", STR_ARG(why));
}

static bool make_call(struct playing *p, const struct case_call *c, size_t i)
{
	str el = c->el.p ? c->el : S("");
	p->result->calls++;
	if (str_is(c->m, S("compareObjIds"))) return same_ids(p, c->ids);
	bool to_value = str_is(c->m, S("GetValue")) || str_is(c->m, S("SetValue"));
	if (to_value && !with_index(p, &el)) return false;
	struct case_answer got = { .el = el, .value = call(p, c->m, el, c->val) };
	got.error = scorm_last_error(p->engine);
	if (p->log)
		buf_printf(p->log, "    %.*s(%.*s, %.60s) = %.60s, %d\n", STR_ARG(c->m),
		           STR_ARG(el), arena_copy(p->arena, c->val).p ?: "",
		           arena_copy(p->arena, got.value).p ?: "", (int)got.error);
	str why = case_answer_why(p->arena, c, i, got, &learner);
	return !why.p || wrong(p, "%.*s", STR_ARG(why));
}

/* ---- after the calls ---- */
static bool terminate(struct playing *p)
{
	if (!scorm_running(p->engine)) return true;
	if (str_is(call(p, S("Terminate"), S(""), STR_NONE), S("true"))) return true;
	return wrong(p, "Terminate: error %d", scorm_last_error(p->engine));
}

/* The button must be there and work. */
static bool press(struct playing *p, enum scorm_navigation what, bool works,
                  uint32_t hidden)
{
	if (!works) return wrong(p, "the control does not work");
	if (scorm_validity_of(p->engine)->hidden & hidden)
		return wrong(p, "the control is hidden");
	return navigate(p, what, -1);
}

static bool drive(struct playing *p, const struct case_after *after)
{
	bool choice = str_is(after->what, S("choose"));
	if (!terminate(p)) return false;
	struct scorm_request wish = scorm_pending(p->engine);
	const struct scorm_validity *v = scorm_validity_of(p->engine);
	p->delivery = (struct scorm_delivery){ .activity = -1 };
	if (choice) return choose(p, after->title);
	if (str_is(after->what, S("continue")))
		return press(p, NAV_CONTINUE, v->next, HIDE_CONTINUE);
	if (str_is(after->what, S("previous")))
		return press(p, NAV_PREVIOUS, v->previous, HIDE_PREVIOUS);
	if (str_is(after->what, S("suspendAll")))
		return press(p, NAV_SUSPEND_ALL, v->suspend_all, HIDE_SUSPEND_ALL);
	if (str_is(after->what, S("exitAll")))
		return press(p, NAV_EXIT_ALL, v->exit_all, HIDE_EXIT_ALL);
	if (str_is(after->what, S("exitAllIfActive"))) {
		bool active = scorm_session_of(p->engine) == SESSION_ACTIVE ||
		              scorm_session_of(p->engine) == SESSION_NO_CONTENT;
		return active ? navigate(p, NAV_EXIT_ALL, -1) : true;
	}
	if (!str_is(after->what, S("none")))
		return wrong(p, "no event %.*s", STR_ARG(after->what));
	return wish.what == NAV_NONE ? true : navigate(p, wish.what, wish.target);
}

static bool is_over(const struct playing *p)
{
	enum scorm_session s = scorm_session_of(p->engine);
	return s == SESSION_ENDED || s == SESSION_SUSPENDED;
}

static bool is_session(struct playing *p, str wanted)
{
	bool right = str_is(wanted, S("ended"))
	                     ? is_over(p)
	                     : scorm_session_of(p->engine) == SESSION_NO_CONTENT;
	return right || wrong(p, "the session is not %.*s (%d, %s)", STR_ARG(wanted),
	                      (int)scorm_session_of(p->engine),
	                      p->delivery.refused ? p->delivery.refused : "not refused");
}

/* "CM-05" is launched as the package that has it in its name, its own when none has. */
static str package_named(const struct playing *p, str name)
{
	const str *all = p->file->packages.items;
	for (size_t i = 0; i < p->file->packages.n; i++)
		if (str_is(all[i], name) || str_ends(all[i], name)) return all[i];
	return name;
}

static bool go_on(struct playing *p, const struct case_then *then)
{
	if (then->relaunch.p)
		return begin(p, package_named(p, then->relaunch), then->choose);
	return then->choose.p ? choose(p, then->choose) : true;
}

static bool play_visit(struct playing *p)
{
	const struct case_visit *v = p->visit;
	const struct case_question *q = v->ui.items;
	const struct case_call *calls = v->calls.items;
	p->result->visits++;
	if (p->log) buf_printf(p->log, "%.*s\n", STR_ARG(v->visit));
	if (!is_launched(p)) return false;
	bool right = true;
	for (size_t i = 0; i < v->ui.n; i++) right &= question(p, &q[i]);
	for (size_t i = 0; i < v->calls.n; i++) right &= make_call(p, &calls[i], i);
	if (!drive(p, v->after)) return false;
	if (v->after->session.p) right &= is_session(p, v->after->session);
	if (v->after->then) right &= go_on(p, v->after->then);
	return right;
}

static bool play(struct playing *p)
{
	const str *packages = p->file->packages.items;
	const struct case_visit *visits = p->file->visits.items;
	if (!p->file->packages.n) return wrong(p, "no packages");
	if (!begin(p, packages[0], p->file->start->choose)) return false;
	bool right = true;
	for (size_t i = 0; i < p->file->visits.n && right; i++) {
		p->visit = &visits[i];
		right = play_visit(p);
	}
	if (right && p->file->ends && !is_over(p))
		right = wrong(p, "the session has not ended");
	return right;
}

/* ---- the learner ---- */
struct casebook *casebook_open(void)
{
	struct arena *a = arena_open((size_t)1 << 30);
	struct casebook *b = arena_new(a, struct casebook);
	b->arena = a;
	b->block = arena_alloc(a, BLOCK);
	b->bytes = arena_alloc(a, SNAPSHOT);
	b->now_ms = 1700000000000;
	return b;
}

void casebook_close(struct casebook *b)
{
	if (b) arena_close(b->arena);
}

enum err casebook_play(struct casebook *b, str json, const struct case_packages *packages,
                       struct arena *arena, struct buf *log, struct case_result *out)
{
	struct case_file file;
	struct case_result result = { 0 };
	TRY(json_read(json, &case_shape, JSON_LENIENT, arena, &file));
	struct playing p = { .book = b,
		             .file = &file,
		             .packages = packages,
		             .arena = arena,
		             .log = log,
		             .result = &result };
	result.name = file.tc;
	bool right = play(&p);
	result.passed = keep(&p) && right; /* what was reached is kept in any case */
	*out = result;
	return ERR_OK;
}
