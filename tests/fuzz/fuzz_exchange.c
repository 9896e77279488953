/* SPDX-License-Identifier: Apache-2.0 */
/* What a hub reads from a stranger and a site from whoever answers: requests, replies,
 * batches, certificates. Property: a batch that is read and written again is the same
 * bytes, up to the signature; nothing that was not signed by the key is believed. */

#include "fuzz/fuzz.h"
#include "sync/exchange.h"
#include "sync/trust.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct identity id;

static void start(void)
{
	static bool started;
	if (started) return;
	started = true;
	check(seal_start() == ERR_OK);
	identity_new(&id);
}

static void try_batch(str bytes)
{
	struct arena *a = arena_open(4 << 20);
	struct batch b;
	size_t used;
	if (!batch_read(bytes, a, &b, &used)) {
		check(used <= bytes.n && b.n > 0);
		struct buf again;
		size_t n;
		buf_init(&again, (size_t)8 << 20);
		struct identity as = id;
		memcpy(as.key_id, b.key_id, KEY_ID);
		check(!batch_write(&as, b.record, b.n, SIZE_MAX, &again, &n));
		check(n == b.n && again.n == used);
		check(memcmp(again.p, bytes.p, used - SEAL_SIGNATURE) == 0);
		check(!batch_signed(&b, id.public_key) ||
		      memcmp(again.p, bytes.p, used) == 0);
		buf_free(&again);
	}
	arena_close(a);
}

static void try_request(str bytes)
{
	struct exchange_request rq;
	if (!exchange_read(bytes, &rq)) return;
	check(rq.body.p >= bytes.p && rq.body.p + rq.body.n <= bytes.p + bytes.n);
	exchange_signed(&rq, id.public_key);
	if (rq.type == EXCHANGE_BATCH) try_batch(rq.body);
}

static void try_json(str body)
{
	static const struct shape *const shapes[] = { &hello_reply_shape, &enrol_ask_shape,
		                                      &enrol_reply_shape, &status_shape,
		                                      &receipt_shape,     &ranges_shape,
		                                      &ids_shape,         &missing_shape,
		                                      &down_list_shape,   &item_ask_shape };
	static char room[4096];
	for (size_t i = 0; i < countof(shapes); i++) {
		struct arena *a = arena_open(4 << 20);
		check(shapes[i]->size <= sizeof room);
		if (json_read(body, shapes[i], JSON_LENIENT, a, room)) {}
		arena_close(a);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	start();
	str bytes = { (const char *)data, size };
	struct exchange_reply reply;
	struct site_certificate c;
	try_request(bytes);
	try_batch(bytes);
	try_json(bytes);
	check(exchange_reply_read(bytes, id.public_key, S("x"), &reply));
	check(trust_check(bytes, id.public_key, 0, (struct trust_revoked){ NULL, 0 }, &c) !=
	      TRUST_OK);
	return 0;
}
