/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/random_tree.c */
/* Random courses, random requests and calls, and what the native engine answers, for
 * differential.mjs, which plays the same with the engine as WebAssembly:
 *
 *     scorm_play SEED TREES STEPS
 *
 * Standard output is one message a tree: its length (u32, little-endian like all), then
 *     u32 activities, u32 length and the tree's bytes, then steps:
 *     'N' u8 request, i32 target, f64 now → i32 activity, i32 session, i32 current
 *     'P' → i32 what the SCO asked for, i32 target
 *     'C' text method, text a, text b, f64 now → text answer, i32 error
 *     'V' → u32 bits, u32 hidden, u32 hash of choice, u32 hash of shown
 *     'D' i32 activity → f64 score, progress, time, u32 attempts, text completion, success,
 *         location
 *     'S' → u32 length and u32 hash of the snapshot, which is then taken back
 *     'G' → the same of the globals
 * A text is an i32 length (−1: absent) and its bytes; a hash is FNV-1a. */
#include <stdio.h>
#include <stdlib.h>

#include "scorm/engine.h"
#include "support/random_tree.h"

enum {
	BLOCK = 6 << 20, /* as in wasm.c, so that both run out of memory alike */
	BYTES = 2 << 20,
	TREE_ROOM = 4 << 20,
	MESSAGE = 64 << 20,
};

static uint8_t *message;
static size_t n_message;

/* ---- writing ---- */
static void put(const void *bytes, size_t n)
{
	if (n_message + n > MESSAGE) abort();
	if (n) memcpy(message + n_message, bytes, n);
	n_message += n;
}

static void put_u8(int c)
{
	put(&(uint8_t){ (uint8_t)c }, 1);
}

static void put_i32(int32_t v)
{
	put(&v, sizeof v);
}

static void put_u32(uint32_t v)
{
	put(&v, sizeof v);
}

static void put_f64(double v)
{
	put(&v, sizeof v);
}

static void put_text(str s)
{
	put_i32(s.p ? (int32_t)s.n : -1);
	put(s.p, s.p ? s.n : 0);
}

static uint32_t hash(const uint8_t *p, size_t n)
{
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < n; i++) h = (h ^ p[i]) * 16777619u;
	return h;
}

/* ---- playing ---- */
struct play {
	struct chance chance;
	struct scorm_tree tree;
	struct scorm *engine;
	uint8_t *bytes;
	int64_t now_ms;
};

static void navigate(struct play *p)
{
	/* Mostly what a learner does; sometimes anything. */
	static const enum scorm_navigation likely[] = {
		NAV_CONTINUE, NAV_CONTINUE, NAV_CHOICE, NAV_CHOICE, NAV_PREVIOUS, NAV_START,
	};
	struct scorm_delivery d;
	struct scorm_request rq = {
		.what = chance_is(&p->chance, 75)
		                ? likely[chance_below(&p->chance, countof(likely))]
		                : (enum scorm_navigation)chance_below(&p->chance,
		                                                      NAV_SUSPEND_ALL + 1),
		.target = (int32_t)chance_below(&p->chance, (uint32_t)p->tree.n + 1) - 1,
	};
	if (scorm_current(p->engine) < 0 && chance_is(&p->chance, 70))
		rq.what = scorm_suspended(p->engine) >= 0 ? NAV_RESUME_ALL : NAV_START;
	scorm_navigate(p->engine, rq, p->now_ms, &d);
	put_u8('N');
	put_u8((int)rq.what);
	put_i32(rq.target);
	put_f64((double)p->now_ms);
	put_i32(d.activity);
	put_i32((int32_t)d.session);
	put_i32(scorm_current(p->engine));
}

static void pending(struct play *p)
{
	struct scorm_request rq = scorm_pending(p->engine);
	put_u8('P');
	put_i32((int32_t)rq.what);
	put_i32(rq.target);
}

static const char *const elements[] = {
	"cmi.completion_status",
	"cmi.success_status",
	"cmi.score.scaled",
	"cmi.score.raw",
	"cmi.score.min",
	"cmi.score.max",
	"cmi.progress_measure",
	"cmi.exit",
	"cmi.location",
	"cmi.suspend_data",
	"cmi.session_time",
	"cmi.objectives.0.id",
	"cmi.objectives.0.success_status",
	"cmi.objectives.0.score.scaled",
	"cmi.objectives.1.id",
	"cmi.objectives.1.completion_status",
	"cmi.objectives.1.progress_measure",
	"cmi.objectives._count",
	"cmi.interactions.0.id",
	"cmi.interactions.0.type",
	"cmi.interactions.0.learner_response",
	"cmi.interactions.0.objectives.0.id",
	"cmi.interactions.0.correct_responses.0.pattern",
	"cmi.interactions.0.latency",
	"cmi.interactions.0.timestamp",
	"cmi.comments_from_learner.0.comment",
	"cmi.learner_preference.audio_level",
	"adl.nav.request",
	"adl.nav.request_valid.continue",
	"adl.nav.request_valid.previous",
	"adl.nav.request_valid.choice.{target=a0003}",
	"adl.data.0.store",
	"adl.data.0.id",
	"adl.data._count",
	"cmi.total_time",
	"cmi.entry",
	"cmi.learner_id",
	"cmi",
	"cmi.completion_threshold",
	"cmi.scaled_passing_score",
	"cmi.max_time_allowed",
	/* SCORM 1.2 */
	"cmi.core.lesson_status",
	"cmi.core.score.raw",
	"cmi.core.exit",
	"cmi.core.lesson_location",
	"cmi.core.session_time",
	"cmi.core.total_time",
	"cmi.core.entry",
	"cmi.comments",
	"cmi.objectives.0.status",
	"cmi.interactions.0.result",
	"cmi.student_preference.audio",
	"cmi.core._children",
};
static const char *const values[] = {
	"completed",
	"incomplete",
	"not attempted",
	"unknown",
	"passed",
	"failed",
	"0",
	"1",
	"0.5",
	"0.25",
	"-0.75",
	"0.333333333333",
	"80",
	"1.0000001",
	"suspend",
	"logout",
	"normal",
	"time-out",
	"",
	"PT1H2M3.04S",
	"P1Y2M",
	"00:01:02.5",
	"o1",
	"o2",
	"choice",
	"fill-in",
	"numeric",
	"true-false",
	"a[,]b",
	"{lang=kk}Ә",
	"1[:]2",
	"continue",
	"previous",
	"suspendAll",
	"exitAll",
	"exit",
	"abandon",
	"{target=a0002}choice",
	"{target=a0004}jump",
	"2024-05-06T07:08:09+06:00",
	"Сәлем",
	"browsed",
	"1e300",
	"-0",
};

static void put_call(struct play *p, str method, str a, str b)
{
	str answer = scorm_call(p->engine, method, a, b, p->now_ms);
	put_u8('C');
	put_text(method);
	put_text(a);
	put_text(b);
	put_f64((double)p->now_ms);
	put_text(answer.p ? answer : S(""));
	put_i32(scorm_last_error(p->engine));
}

static void call(struct play *p)
{
	static const char *const methods[] = { "Initialize",   "Terminate",
		                               "Commit",       "GetValue",
		                               "GetLastError", "GetErrorString",
		                               "GetDiagnostic" };
	struct chance *c = &p->chance;
	str element = str_of(elements[chance_below(c, countof(elements))]);
	str value = str_of(values[chance_below(c, countof(values))]);
	if (!scorm_running(p->engine) && chance_is(c, 60)) {
		put_call(p, S("Initialize"), S(""), STR_NONE);
		return;
	}
	if (chance_is(c, 55)) {
		put_call(p, S("SetValue"), element, value);
		return;
	}
	if (chance_is(c, 70)) {
		put_call(p, S("GetValue"), element, STR_NONE);
		return;
	}
	str method = str_of(methods[chance_below(c, countof(methods))]);
	bool words =
		str_is(method, S("GetErrorString")) || str_is(method, S("GetDiagnostic"));
	put_call(p, method, words ? S("301") : S(""), STR_NONE);
}

static void validity(struct play *p)
{
	const struct scorm_validity *v = scorm_validity_of(p->engine);
	put_u8('V');
	put_u32((uint32_t)(v->next | v->previous << 1 | v->exit << 2 | v->exit_all << 3 |
	                   v->abandon << 4 | v->abandon_all << 5 | v->suspend_all << 6 |
	                   v->resume_all << 7 | v->start << 8));
	put_u32(v->hidden);
	put_u32(hash(v->choice, (size_t)p->tree.n));
	put_u32(hash(v->shown, (size_t)p->tree.n));
}

static void standing(struct play *p)
{
	int32_t i = (int32_t)chance_below(&p->chance, (uint32_t)p->tree.n);
	struct scorm_standing s = scorm_outlook_of(p->engine, i);
	put_u8('D');
	put_i32(i);
	put_f64(s.score);
	put_f64(s.progress);
	put_f64((double)s.total_time_ms);
	put_u32(s.attempts);
	put_text(str_of(s.completion));
	put_text(str_of(s.success));
	put_text(s.location.p ? s.location : S(""));
}

static void state(struct play *p)
{
	size_t n = 0;
	if (!scorm_snapshot(p->engine, p->bytes, BYTES, &n)) abort();
	put_u8('S');
	put_u32((uint32_t)n);
	put_u32(hash(p->bytes, n));
	if (!scorm_restore(p->engine, p->bytes, n)) abort();
}

static void globals(struct play *p)
{
	size_t n = 0;
	if (!scorm_globals_write(p->engine, p->bytes, BYTES, &n)) abort();
	put_u8('G');
	put_u32((uint32_t)n);
	put_u32(hash(p->bytes, n));
	if (!scorm_globals_read(p->engine, p->bytes, n)) abort();
}

static void step(struct play *p)
{
	p->now_ms += chance_below(&p->chance, 2000);
	uint32_t what = chance_below(&p->chance, 1000);
	if (what < 170)
		navigate(p);
	else if (what < 200)
		pending(p);
	else if (what < 900)
		call(p);
	else if (what < 950)
		validity(p);
	else if (what < 980)
		standing(p);
	else if (what < 995)
		state(p);
	else
		globals(p);
}

static void episode(uint64_t seed, long steps)
{
	static uint8_t room[TREE_ROOM], block[BLOCK], bytes[BYTES];
	struct play p = { .chance = { seed * 2 + 1 },
		          .bytes = bytes,
		          .now_ms = 1700000000000 };
	struct scorm_memory memory = { .p = room, .room = sizeof room };
	struct scorm_learner learner = { S("m"), S("Ахметова, Әлия"), STR_NONE, STR_NONE,
		                         seed };
	size_t n = 0;
	n_message = 0;
	random_tree(&p.chance, chance_is(&p.chance, 10) ? 300 : 40, &memory, &p.tree);
	if (!scorm_tree_write(&p.tree, bytes, BYTES, &n)) abort();
	put_i32(p.tree.n);
	put_text((str){ (const char *)bytes, n });
	p.engine = scorm_open(block, BLOCK, &p.tree, &learner);
	if (!p.engine) abort();
	while (steps--) step(&p);
	state(&p);
	uint32_t length = (uint32_t)n_message;
	fwrite(&length, sizeof length, 1, stdout);
	fwrite(message, 1, n_message, stdout);
}

int main(int argc, char **argv)
{
	if (argc != 4) return fputs("scorm_play SEED TREES STEPS\n", stderr), 2;
	message = malloc(MESSAGE);
	if (!message) return 1;
	uint64_t seed = strtoull(argv[1], NULL, 10);
	long trees = strtol(argv[2], NULL, 10), steps = strtol(argv[3], NULL, 10);
	for (long i = 0; i < trees; i++) episode(seed + (uint64_t)i, steps);
	free(message);
	return fflush(stdout) ? 1 : 0;
}
