/* SPDX-License-Identifier: Apache-2.0 */
/* The engine as a WebAssembly module: one engine, no imports. The browser
 * (web/src/player/wasm.ts) writes what it has to say into the exchange buffer, calls, and
 * reads the answer where the result points. Times are doubles, for an old phone has no
 * 64-bit integers in JavaScript. Natively this file is empty.
 *
 * Memory is asked for as a course needs it, since eleven megabytes at once make a phone's
 * browser collect its garbage in the middle of an opening: behind the static data lie the
 * tree, the engine's block and, last, the exchange buffer, which may grow. */
#ifdef __wasm__

#include "scorm/engine.h"

#define EXPORT(name) __attribute__((export_name(#name)))
enum {
	PAGE = 1 << 16,
	EXCHANGE = 2 << 20,  /* at most, of bytes in and out: texts, tree, snapshot */
	TREE_ROOM = 3 << 20, /* at most, of the tree's bytes and what is made of them */
	BLOCK = 6 << 20,     /* at most, of the engine */
};

extern uint8_t __heap_base; /* the linker's: where static data and stack end */
static uint8_t *exchange, *tree_room, *block;
static uint32_t exchange_most, tree_most, block_most;
static struct scorm_tree tree;
static struct scorm *engine;
static struct scorm_delivery delivery = { .activity = -1 };
static struct scorm_request pending;
static uint32_t answer_n;

/* An assert that fails ends the module; the player begins anew from what was kept. */
_Noreturn void __assert_fail(const char *, const char *, int, const char *);
_Noreturn void __assert_fail(const char *what, const char *file, int line, const char *in)
{
	(void)what, (void)file, (void)line, (void)in;
	__builtin_trap();
}

/* Eight bytes at a time, and one for both: the library's two are 2.6 KB and copy four.
 * no_builtin: the compiler would make such a loop a call of memmove. */
typedef uint64_t eight __attribute__((aligned(1), may_alias));

__attribute__((no_builtin)) void *memmove(void *to, const void *from, size_t n)
{
	char *d = to;
	const char *s = from;
	if (d <= s) {
		for (; n >= 8; n -= 8, d += 8, s += 8) *(eight *)d = *(const eight *)s;
		for (; n; n--) *d++ = *s++;
		return to;
	}
	for (; n >= 8; n -= 8) *(eight *)(d + n - 8) = *(const eight *)(s + n - 8);
	for (; n; n--) d[n - 1] = s[n - 1];
	return to;
}

void *memcpy(void *restrict, const void *restrict, size_t)
	__attribute__((alias("memmove")));

static uint32_t at_most(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* Makes the exchange buffer `n` bytes long, or longer. 1 when it is. */
EXPORT(reach) int32_t reach(uint32_t n)
{
	if (n <= exchange_most) return 1;
	size_t have = __builtin_wasm_memory_size(0) * PAGE;
	size_t need = (size_t)exchange + n;
	size_t pages = need > have ? (need - have + PAGE - 1) / PAGE : 0;
	if (n > EXCHANGE || __builtin_wasm_memory_grow(0, pages) == SIZE_MAX) return 0;
	exchange_most = n;
	return 1;
}

/* Lays out the memory for a tree of so many bytes and activities. 1 when there is as much.
 * Half of the block is for the data of the present part, a megabyte for an only one; the
 * other half for what the parts suspend. */
EXPORT(prepare) int32_t prepare(uint32_t n_tree, uint32_t n_activities)
{
	if (n_tree > EXCHANGE / 2 || n_activities > n_tree) return 0;
	tree_most = at_most((1 << 16) + 64 * n_tree, TREE_ROOM);
	block_most =
		at_most((1 << 20) + at_most(n_activities, BLOCK >> 18) * (3 << 18), BLOCK);
	tree_room = (uint8_t *)(((uintptr_t)&__heap_base + 15) & ~(uintptr_t)15);
	block = tree_room + tree_most;
	exchange = block + block_most;
	exchange_most = 0;
	return reach(n_tree + (1 << 18));
}

/* Takes a text of `n` bytes off the exchange buffer; absent when n is negative. */
static str take(uint32_t *at, int32_t n)
{
	if (n < 0 || *at + (uint32_t)n > exchange_most) return STR_NONE;
	str s = { (const char *)exchange + *at, (size_t)n };
	*at += (uint32_t)n;
	return s;
}

EXPORT(exchange_at) uint8_t *exchange_at(void)
{
	return exchange;
}

/* After `prepare`: the exchange buffer holds the tree's bytes, then the learner's texts:
 * id, name, credit, mode. 1 when it is open. */
EXPORT(open)
int32_t open_engine(int32_t n_tree, int32_t n_id, int32_t n_name, int32_t n_credit,
                    int32_t n_mode, uint32_t seed_low, uint32_t seed_high)
{
	uint32_t at = 0;
	str bytes = take(&at, n_tree);
	struct scorm_learner learner = {
		.id = take(&at, n_id),
		.name = take(&at, n_name),
		.credit = take(&at, n_credit),
		.mode = take(&at, n_mode),
		.seed = (uint64_t)seed_high << 32 | seed_low,
	};
	struct scorm_memory memory = { .p = tree_room, .room = tree_most };
	engine = NULL;
	delivery = (struct scorm_delivery){ .activity = -1 };
	str kept = scorm_keep(&memory, bytes);
	learner.id = scorm_keep(&memory, learner.id);
	learner.name = scorm_keep(&memory, learner.name);
	learner.credit = scorm_keep(&memory, learner.credit);
	learner.mode = scorm_keep(&memory, learner.mode);
	if (memory.over ||
	    !scorm_tree_read((const uint8_t *)kept.p, kept.n, &memory, &tree))
		return 0;
	engine = scorm_open(block, block_most, &tree, &learner);
	return engine != NULL;
}

/* ---- navigation ---- */
/* The activity to launch, −1 when there is none; see session and refused. */
EXPORT(navigate) int32_t navigate(int32_t what, int32_t target, double now_ms)
{
	scorm_navigate(engine,
	               (struct scorm_request){ (enum scorm_navigation)what, target },
	               (int64_t)now_ms, &delivery);
	return delivery.activity;
}

EXPORT(session) int32_t session(void)
{
	return (int32_t)scorm_session_of(engine);
}

/* A text that ends with a NUL; 0: the last request was valid. */
EXPORT(refused) const char *refused(void)
{
	return delivery.refused;
}

EXPORT(pending) int32_t pending_request(void)
{
	pending = scorm_pending(engine);
	return (int32_t)pending.what;
}

EXPORT(pending_target) int32_t pending_target(void)
{
	return pending.target;
}

EXPORT(current) int32_t current(void)
{
	return scorm_current(engine);
}

EXPORT(suspended) int32_t suspended(void)
{
	return scorm_suspended(engine);
}

/* Bits in the order of the struct's fields. */
EXPORT(validity) uint32_t validity(void)
{
	const struct scorm_validity *v = scorm_validity_of(engine);
	return (uint32_t)(v->next | v->previous << 1 | v->exit << 2 | v->exit_all << 3 |
	                  v->abandon << 4 | v->abandon_all << 5 | v->suspend_all << 6 |
	                  v->resume_all << 7 | v->start << 8);
}

EXPORT(hidden) uint32_t hidden(void)
{
	return scorm_validity_of(engine)->hidden;
}

/* What Continue would deliver; −1. */
EXPORT(after) int32_t after(void)
{
	return scorm_validity_of(engine)->after;
}

EXPORT(choice_at) const uint8_t *choice_at(void)
{
	return scorm_validity_of(engine)->choice;
}

EXPORT(shown_at) const uint8_t *shown_at(void)
{
	return scorm_validity_of(engine)->shown;
}

/* How many there are of scorm_order; they are in the exchange buffer. */
EXPORT(order) int32_t order(void)
{
	return scorm_order(engine, (int32_t *)exchange);
}

/* ---- the API object ---- */
/* The exchange buffer holds method and parameters; −1: a parameter is absent. The answer
 * has answer_length bytes. */
EXPORT(call) const char *call(int32_t n_method, int32_t n_a, int32_t n_b, double now_ms)
{
	uint32_t at = 0;
	str method = take(&at, n_method), a = take(&at, n_a), b = take(&at, n_b);
	str answer = scorm_call(engine, method, a, b, (int64_t)now_ms);
	answer_n = (uint32_t)answer.n;
	return answer.p;
}

EXPORT(answer_length) uint32_t answer_length(void)
{
	return answer_n;
}

EXPORT(last_error) int32_t last_error(void)
{
	return scorm_last_error(engine);
}

EXPORT(running) int32_t running(void)
{
	return scorm_running(engine);
}

/* ---- standing ---- */
/* NaN for what is not known. */
EXPORT(standing_at) const void *standing_at(int32_t activity)
{
	static struct {
		double score, progress, total_time_ms;
		uint32_t attempts, suspended;
		const char *completion, *success, *location;
		uint32_t n_location;
	} out;
	struct scorm_standing s = scorm_outlook_of(engine, activity);
	out.score = s.score;
	out.progress = s.progress;
	out.total_time_ms = (double)s.total_time_ms;
	out.attempts = s.attempts;
	out.suspended = s.suspended;
	out.completion = s.completion;
	out.success = s.success;
	out.location = s.location.p;
	out.n_location = (uint32_t)s.location.n;
	return &out;
}

/* ---- bytes: in the exchange buffer; −1 when they do not fit ---- */
EXPORT(snapshot) int32_t snapshot(void)
{
	size_t n;
	if (scorm_snapshot(engine, exchange, exchange_most, &n)) return (int32_t)n;
	return reach(EXCHANGE) && scorm_snapshot(engine, exchange, EXCHANGE, &n)
	               ? (int32_t)n
	               : -1;
}

/* Two times 32 bits at the result; 0 when it does not fit. */
EXPORT(digest) const void *digest(void)
{
	static uint64_t out;
	if (scorm_digest(engine, exchange, exchange_most, &out)) return &out;
	return reach(EXCHANGE) && scorm_digest(engine, exchange, EXCHANGE, &out) ? &out
	                                                                         : NULL;
}

EXPORT(restore) int32_t restore(int32_t n)
{
	return scorm_restore(engine, exchange, (size_t)n);
}

EXPORT(globals_write) int32_t globals_write(void)
{
	size_t n;
	return reach(EXCHANGE) && scorm_globals_write(engine, exchange, EXCHANGE, &n)
	               ? (int32_t)n
	               : -1;
}

EXPORT(globals_read) int32_t globals_read(int32_t n)
{
	return scorm_globals_read(engine, exchange, (size_t)n);
}

#endif
