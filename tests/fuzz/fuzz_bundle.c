/* SPDX-License-Identifier: Apache-2.0 */
/* Files from a stick. The input is read as a file, and as what a file opens to: the
 * messages of a section lie in it, in order, and none runs over its end. */

#include "fuzz/fuzz.h"
#include "seal/seal.h"
#include "sync/bundle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct identity id;

static void try_file(str bytes)
{
	struct arena *a = arena_open(8 << 20);
	for (str rest = bytes; rest.n;) {
		size_t before = rest.n;
		str messages;
		if (bundle_next(&id, &rest, a, &messages, NULL) || !messages.p) break;
		check(rest.n < before);
	}
	arena_close(a);
}

static void try_messages(str section)
{
	size_t total = 0;
	str message;
	for (str rest = section; bundle_message(&rest, &message);) {
		check(message.p >= section.p);
		check(message.p + message.n <= section.p + section.n);
		total += message.n + 4;
		check(total + rest.n == section.n);
	}
}

/* What is sealed is opened again, and only whole. */
static void try_round(str bytes)
{
	struct buf file;
	struct arena *a = arena_open(8 << 20);
	str messages, rest;
	buf_init(&file, 4 << 20);
	check(!bundle_seal(id.public_key, bytes, &file));
	rest = buf_as_str(&file);
	check(!bundle_next(&id, &rest, a, &messages, NULL));
	check(str_is(messages, bytes) && !rest.n);
	rest = str_part(buf_as_str(&file), 0, file.n - 1);
	check(bundle_next(&id, &rest, a, &messages, NULL));
	buf_free(&file);
	arena_close(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool started;
	if (!started) {
		check(!seal_start());
		identity_new(&id);
		started = true;
	}
	str bytes = { (const char *)data, size };
	if (size > 1 << 20) return 0;
	try_file(bytes);
	try_messages(bytes);
	if (size < 4096) try_round(bytes);
	return 0;
}
