/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of a SCO, of any names and values, in all four versions. A call answers as the book
 * says for its error; a value that was taken is there; a snapshot taken back is the same
 * and answers the same. The input is the version and then calls: method, element, index,
 * value. */
#include "fuzz/fuzz.h"
#include "scorm/cmi12.h"
#include "scorm/cmi2004.h"

enum { BLOCK = 512 * 1024, NAME = 200 };
static _Alignas(16) uint8_t block[BLOCK], other[BLOCK], first[BLOCK], second[BLOCK];

/* ---- the course: two SCOs with objectives, maps and shared data ---- */
static struct scorm_objective_map maps[2][2];
static struct scorm_objective objectives[3][2];
static struct scorm_store_map stores[2];
static struct scorm_activity activities[3];

static struct scorm_tree tree_of(enum scorm_version version)
{
	static const str ids[] = { { "r", 1 }, { "a", 1 }, { "b", 1 } };
	memset(objectives, 0, sizeof objectives);
	stores[0] = (struct scorm_store_map){ S("s"), true, true };
	stores[1] = (struct scorm_store_map){ S("t"), true, false };
	for (int i = 0; i < 3; i++) {
		struct scorm_activity *a = &activities[i];
		*a = scorm_activity_default(version);
		a->id = a->title = ids[i];
		a->parent = i ? 0 : -1;
		a->content = i ? CONTENT_SCO : CONTENT_CLUSTER;
		a->objective = objectives[i];
		a->n_objectives = i ? 2 : 1;
		objectives[i][0].primary = true;
		objectives[i][0].minimum_measure = 0.5;
		objectives[i][1].id = S("o");
		if (!i) continue;
		objectives[i][0].satisfied_by_measure = i == 1;
		objectives[i][0].id = S("p");
		a->completed_by_measure = i == 2;
		a->mastery_score = S("60");
		a->store = stores;
		a->n_stores = 2;
		maps[i - 1][0] = (struct scorm_objective_map){ .global = S("g"),
			                                       .read_satisfied = true,
			                                       .read_measure = true,
			                                       .write_satisfied = true,
			                                       .write_measure = true };
		objectives[i][1].map = maps[i - 1];
		objectives[i][1].n = 1;
	}
	activities[0].first_child = 1;
	activities[1].next_sibling = 2;
	return (struct scorm_tree){
		.version = version, .id = S("r"), .activity = activities, .n = 3
	};
}

/* ---- names: those of the table with indices, or anything ---- */
static str name_of(const struct scorm *e, struct input *in, char *room)
{
	uint32_t kind = take(in);
	if (kind >= 240) return take_text(in);
	const struct element *elements = e->rte->model.element;
	str pattern = str_of(elements[kind % e->rte->model.n_elements].name), part;
	size_t n = 0;
	while (text_cut(&pattern, S("."), &part)) {
		if (n) room[n++] = '.';
		char digits[TEXT_ROOM];
		if (str_is(part, S("n"))) part = text_of_whole(digits, take(in) % 6);
		memcpy(room + n, part.p, part.n);
		n += part.n;
	}
	static const char *const keywords[] = { "._children", "._count", "._version" };
	if (kind >= 225) {
		str keyword = str_of(keywords[kind % 3]);
		memcpy(room + n, keyword.p, keyword.n);
		n += keyword.n;
	}
	return (str){ room, n };
}

static bool is_code(const struct scorm *e, int error)
{
	char digits[TEXT_ROOM];
	str code = text_of_whole(digits, (uint64_t)error);
	struct scorm *asked = (struct scorm *)(uintptr_t)e;
	return scorm_call(asked, S("GetErrorString"), code, STR_NONE, 0).n > 0;
}

static void call(struct scorm *e, struct input *in, int64_t now_ms)
{
	static const str methods[] = { { "Initialize", 10 },
		                       { "Commit", 6 },
		                       { "Terminate", 9 },
		                       { "GetDiagnostic", 13 } };
	char room[NAME];
	uint32_t what = take(in);
	if (what < 12) {
		scorm_call(e, methods[what % 4], S(""), STR_NONE, now_ms);
		return;
	}
	str name = name_of(e, in, room), value = take_text(in);
	if (what & 1) {
		str got = scorm_call(e, S("GetValue"), name, STR_NONE, now_ms);
		int error = scorm_last_error(e);
		check(is_code(e, error) && got.p && (!error || !got.n));
		return;
	}
	str taken = scorm_call(e, S("SetValue"), name, value, now_ms);
	int error = scorm_last_error(e);
	check(is_code(e, error) && str_is(taken, error ? S("false") : S("true")));
	if (error) return;
	str got = scorm_call(e, S("GetValue"), name, STR_NONE, now_ms);
	int hidden = is_scorm12(e) ? 404 : 405;
	bool judged = str_ends(name, S("cmi.completion_status")) ||
	              str_ends(name, S("cmi.success_status"));
	bool empty = !value.n && str_starts(name, S("adl.data."));
	check(scorm_last_error(e) == hidden || judged || empty || str_is(got, value) ||
	      str_ends(name, S(".id"))); /* the same id may be written otherwise */
}

static void restored_it_is_the_same(struct scorm *e, const struct scorm_tree *tree)
{
	size_t n, m;
	check(scorm_snapshot(e, first, sizeof first, &n));
	struct scorm *f = scorm_open(other, sizeof other, tree, &e->learner);
	check(f && scorm_restore(f, first, n));
	check(scorm_snapshot(f, second, sizeof second, &m));
	check(n == m && memcmp(first, second, n) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct input in = { bytes, n };
	uint32_t version = take(&in) % 4;
	struct scorm_tree tree = tree_of((enum scorm_version)version);
	struct scorm_learner learner = { .id = S("l"), .name = S("L, L") };
	struct scorm *e = scorm_open(block, sizeof block, &tree, &learner);
	check(e);
	struct scorm_delivery d;
	int64_t now_ms = 1;
	scorm_navigate(e, (struct scorm_request){ NAV_CHOICE, 1 }, now_ms, &d);
	scorm_call(e, S("Initialize"), S(""), STR_NONE, now_ms);
	while (in.n) {
		uint32_t what = take(&in);
		if (what == 255) {
			int32_t target = take(&in) % 2 ? 1 : 2;
			scorm_navigate(e, (struct scorm_request){ NAV_CHOICE, target },
			               ++now_ms, &d);
			scorm_call(e, S("Initialize"), S(""), STR_NONE, now_ms);
		} else if (what == 254) {
			restored_it_is_the_same(e, &tree);
		} else {
			call(e, &in, ++now_ms);
		}
	}
	restored_it_is_the_same(e, &tree);
	return 0;
}
