/* SPDX-License-Identifier: Apache-2.0 */
/* A tree is built from the manifest in a large block, written as bytes, and read again from
 * these into a block of its own size: so what stays in memory is small, and what the server
 * works on is exactly what phones get. */
#include "runtime/trees.h"

#include "base/text.h"
#include "runtime/tree.h"

#include <stdlib.h>

/* What the engine of a phone has room for (wasm.c: half its exchange, its tree's block). */
#define BYTES_MOST ((size_t)1400 << 10)
#define BLOCK_MOST ((size_t)3 << 20)

void trees_init(struct trees *t)
{
	pthread_mutex_init(&t->making, NULL);
	for (size_t i = 0; i < TREES_BUCKETS; i++) atomic_init(&t->bucket[i], NULL);
}

void trees_free(struct trees *t)
{
	for (size_t i = 0; i < TREES_BUCKETS; i++) {
		struct course_tree *x = atomic_load(&t->bucket[i]);
		while (x) {
			struct course_tree *next = x->next;
			free(x);
			x = next;
		}
		atomic_store(&t->bucket[i], NULL);
	}
	pthread_mutex_destroy(&t->making);
}

static fallible too_large(void)
{
	return FAIL_WHY(ERR_TOO_LARGE, "too-many-rules",
	                "the course has more activities and rules than a phone can hold");
}

/* What a block must hold for a tree of `n` bytes is not known beforehand: twice as much is
 * tried until it fits. */
static fallible pack(const uint8_t *bytes, size_t n, struct course_tree **out)
{
	for (size_t room = 4 * n + 1024; room <= 8 * BLOCK_MOST; room *= 2) {
		struct course_tree *t = calloc(1, sizeof *t + n + room);
		if (!t) return FAIL(ERR_BUSY, "no memory for a course's tree");
		uint8_t *copy = (uint8_t *)(t + 1);
		memcpy(copy, bytes, n);
		t->bytes = copy;
		t->n = n;
		struct scorm_memory memory = { .p = copy + n, .room = room };
		bool read = scorm_tree_read(copy, n, &memory, &t->tree);
		if (read && memory.n <= BLOCK_MOST) {
			*out = t;
			return ERR_OK;
		}
		bool larger = memory.over;
		free(t);
		if (!larger) break;
	}
	return too_large();
}

static void name(struct course_tree *t)
{
	uint8_t hash[SEAL_HASH];
	seal_sha256(t->bytes, t->n, hash);
	text_hex(hash, 8, t->hash);
}

static fallible make(const struct package *package, struct course_tree **out)
{
	on_exit_of_scope(arena_close_at) struct arena *a =
		arena_open(RUNTIME_TREE_ROOM + BYTES_MOST + 4096);
	struct scorm_memory memory = { .p = arena_alloc(a, RUNTIME_TREE_ROOM),
		                       .room = RUNTIME_TREE_ROOM };
	uint8_t *bytes = arena_alloc(a, BYTES_MOST);
	struct scorm_tree tree;
	size_t n;
	if (runtime_tree(&package->manifest, &memory, &tree) ||
	    !scorm_tree_write(&tree, bytes, BYTES_MOST, &n))
		return too_large();
	TRY(pack(bytes, n, out));
	(*out)->package = package;
	name(*out);
	return ERR_OK;
}

static struct course_tree *find(struct course_tree *t, const struct package *package)
{
	while (t && t->package != package) t = t->next;
	return t;
}

/* Under the lock: somebody else may have made it meanwhile. */
static fallible add(_Atomic(struct course_tree *) *head, const struct package *package,
                    struct course_tree **out)
{
	*out = find(atomic_load(head), package);
	if (*out) return ERR_OK;
	TRY(make(package, out));
	(*out)->next = atomic_load(head);
	atomic_store(head, *out);
	return ERR_OK;
}

enum err trees_get(struct trees *trees, const struct package *package,
                   const struct course_tree **out)
{
	size_t bucket = ((uintptr_t)package >> 6) % TREES_BUCKETS;
	_Atomic(struct course_tree *) *head = &trees->bucket[bucket];
	struct course_tree *t = find(atomic_load(head), package);
	enum err err = ERR_OK;
	if (!t) {
		pthread_mutex_lock(&trees->making);
		err = add(head, package, &t);
		pthread_mutex_unlock(&trees->making);
	}
	TRY(err);
	*out = t;
	return ERR_OK;
}
