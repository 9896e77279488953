/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/random_tree.c */
/* Any bytes as a tree, as a snapshot and as a course of calls and requests. What is read as
 * a tree is written and read again the same; a snapshot taken back gives the same snapshot,
 * and the engine works on. */
#include "fuzz/fuzz.h"
#include "scorm/engine.h"
#include "support/random_tree.h"

enum { ROOM = 4 << 20, STEPS = 400 };
static uint8_t block[ROOM], room[ROOM], again[ROOM], first[ROOM], second[ROOM];

/* ---- trees ---- */
static bool tree_of(struct input *in, struct scorm_tree *out)
{
	struct scorm_memory memory = { .p = room, .room = ROOM };
	uint32_t kind = take(in);
	if (kind & 1) {
		size_t n = take(in) << 8 | take(in);
		if (n > in->n) n = in->n;
		const uint8_t *p = in->p;
		in->p += n;
		in->n -= n;
		return scorm_tree_read(p, n, &memory, out);
	}
	struct chance chance = { take(in) << 8 | take(in) };
	random_tree(&chance, 30, &memory, out);
	return true;
}

static void written_and_read_it_is_the_same(const struct scorm_tree *tree)
{
	size_t n = 0, m = 0;
	struct scorm_tree same;
	struct scorm_memory memory = { .p = again, .room = ROOM };
	if (!scorm_tree_write(tree, first, ROOM, &n)) return;
	check(scorm_tree_read(first, n, &memory, &same) || memory.over);
	if (memory.over) return;
	check(scorm_tree_write(&same, second, ROOM, &m));
	check(n == m && memcmp(first, second, n) == 0);
}

/* ---- the engine ---- */
static void restored_it_is_the_same(struct scorm *e)
{
	size_t n = 0, m = 0;
	if (!scorm_snapshot(e, first, ROOM, &n)) return;
	check(scorm_restore(e, first, n));
	check(scorm_snapshot(e, second, ROOM, &m));
	check(n == m && memcmp(first, second, n) == 0);
}

static void step(struct scorm *e, const struct scorm_tree *tree, struct input *in,
                 int64_t now)
{
	static const char *const methods[] = { "Initialize",   "Terminate", "SetValue",
		                               "GetValue",     "Commit",    "LMSSetValue",
		                               "GetDiagnostic" };
	static const char *const elements[] = {
		"cmi.completion_status",
		"cmi.success_status",
		"cmi.score.scaled",
		"cmi.progress_measure",
		"cmi.exit",
		"adl.nav.request",
		"cmi.objectives.0.id",
		"cmi.interactions.0.id",
		"cmi.interactions.0.type",
		"cmi.interactions.0.correct_responses.0.pattern",
		"cmi.suspend_data",
		"adl.data.0.store",
		"cmi.core.lesson_status",
		"cmi.session_time",
		"cmi.objectives.0.success_status",
		"cmi.comments_from_learner.0.timestamp",
	};
	struct scorm_delivery d;
	uint32_t what = take(in);
	switch (what % 8) {
	case 0:
	case 1:
		scorm_navigate(e,
		               (struct scorm_request){
				       (enum scorm_navigation)(what / 8 % 12),
				       (int32_t)take(in) - 1,
			       },
		               now, &d);
		check(d.activity >= -1 && d.activity < tree->n);
		check(d.activity < 0 || d.session == SESSION_ACTIVE);
		break;
	case 2: scorm_validity_of(e); break;
	case 3: restored_it_is_the_same(e); break;
	case 4:
		if (scorm_restore(e, in->p, in->n)) restored_it_is_the_same(e);
		break;
	default: {
		str element = what & 128 ? take_text(in)
		                         : str_of(elements[take(in) % countof(elements)]);
		str answer = scorm_call(e, str_of(methods[what / 8 % countof(methods)]),
		                        element, take_text(in), now);
		check(answer.n == 0 || answer.p);
		check(scorm_last_error(e) >= 0);
	}
	}
	check(scorm_current(e) >= -1 && scorm_current(e) < tree->n);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct input in = { bytes, n };
	struct scorm_tree tree;
	if (!tree_of(&in, &tree)) return 0;
	written_and_read_it_is_the_same(&tree);
	const struct scorm_learner learner = { S("m"), S("N"), STR_NONE, STR_NONE, 7 };
	struct scorm *e = scorm_open(block, ROOM, &tree, &learner);
	if (!e) return 0;
	int64_t now = 1700000000000;
	for (int i = 0; in.n && i < STEPS; i++) step(e, &tree, &in, now += 1000);
	restored_it_is_the_same(e);
	return 0;
}
