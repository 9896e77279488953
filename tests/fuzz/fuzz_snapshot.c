/* SPDX-License-Identifier: Apache-2.0 */
/* A snapshot from anywhere: refused, and the engine is as new; or taken, and then it is one
 * that the engine writes again, byte for byte once it has been through it, and that can be
 * worked with. */
/* needs: support/random_tree.c */
#include "scorm/engine.h"

#include "fuzz/fuzz.h"
#include "support/random_tree.h"

enum { BLOCK = 1 << 20, SNAPSHOT = 1 << 20, TREE = 1 << 20 };

static _Alignas(16) uint8_t block[BLOCK], other[BLOCK], room[TREE];
static uint8_t first[SNAPSHOT], second[SNAPSHOT];

static struct scorm *begun(uint8_t *where, const struct scorm_tree *tree)
{
	struct scorm_learner learner = { .id = S("l"), .name = S("L"), .seed = 1 };
	struct scorm *e = scorm_open(where, BLOCK, tree, &learner);
	check(e != NULL);
	return e;
}

/* Bytes of a true snapshot, with those of the input laid over them: past the number that
 * only this tree has. */
static size_t overlay(struct scorm *e, uint8_t *to, const uint8_t *bytes, size_t n)
{
	struct scorm_delivery d;
	size_t size;
	scorm_navigate(e, (struct scorm_request){ NAV_START, -1 }, 1000, &d);
	check(scorm_snapshot(e, to, SNAPSHOT, &size));
	size_t from = bytes[0] % (size + 1);
	for (size_t i = 1; i < n && from + i - 1 < size; i++) to[from + i - 1] ^= bytes[i];
	return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n < 4) return 0;
	struct chance c = { .state = bytes[0] };
	struct scorm_memory memory = { .p = room, .room = TREE };
	struct scorm_tree tree;
	random_tree(&c, 12, &memory, &tree);
	struct scorm *e = begun(block, &tree);
	size_t fresh, size = overlay(e, second, bytes + 1, n - 1);
	e = begun(block, &tree);
	check(scorm_snapshot(e, first, SNAPSHOT, &fresh));
	if (scorm_restore(e, second, size)) {
		struct scorm_delivery d;
		check(scorm_snapshot(e, first, SNAPSHOT, &size));
		struct scorm *again = begun(other, &tree);
		check(scorm_restore(again, first, size));
		check(scorm_snapshot(again, second, SNAPSHOT, &fresh));
		check(fresh == size && memcmp(first, second, size) == 0);
		for (int what = NAV_START; what <= NAV_SUSPEND_ALL; what++) {
			scorm_validity_of(e);
			scorm_navigate(
				e, (struct scorm_request){ (enum scorm_navigation)what, 1 },
				2000, &d);
		}
	} else {
		check(scorm_snapshot(e, second, SNAPSHOT, &size));
		check(size == fresh && memcmp(first, second, size) == 0);
	}
	if (n < 4096) scorm_globals_read(e, bytes, n);
	return 0;
}
