/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/batch.h"

#include "sync/bytes.h"

#define MAGIC "KNB1"
#define PURPOSE "kenes chain 1"
#define HEAD (4 + 16 + KEY_ID + 8 + 8 + RECORD_ID + 4)

enum form { FORM_BODY, FORM_ERASED };

/* ---- what is signed: where the chain has come to ---- */

struct chain_end {
	uint8_t bytes[16 + 8 + 8 + RECORD_ID];
};

static struct chain_end chain_end(const struct record *last, const uint8_t id[RECORD_ID])
{
	struct chain_end end = { { 0 } };
	struct writing w = { end.bytes, 0, sizeof end.bytes, false };
	write_id(&w, &last->site);
	write_i64(&w, last->epoch);
	write_i64(&w, last->seq);
	write_bytes(&w, id, RECORD_ID);
	assert(!w.over && w.n == sizeof end.bytes);
	return end;
}

bool batch_signed(const struct batch *b, const uint8_t public_key[SEAL_PUBLIC])
{
	struct chain_end end = chain_end(&b->record[b->n - 1], b->id[b->n - 1]);
	return seal_signed(public_key, PURPOSE, end.bytes, sizeof end.bytes, b->signature);
}

/* ---- writing ---- */

static void add_number(struct buf *out, uint64_t number, size_t n)
{
	while (n--) buf_char(out, (char)(number >> 8 * n));
}

static void add_item(struct buf *out, const struct record *r)
{
	buf_char(out, (char)r->kind.n);
	buf_str(out, r->kind);
	add_number(out, (uint64_t)r->at_wall, 8);
	buf_char(out, (char)r->clock);
	buf_char(out, r->body.p ? FORM_BODY : FORM_ERASED);
	if (!r->body.p) {
		buf_add(out, r->body_hash, SEAL_HASH);
		return;
	}
	add_number(out, r->body.n, 4);
	buf_str(out, r->body);
}

static size_t item_size(const struct record *r)
{
	return 1 + r->kind.n + 8 + 1 + 1 + (r->body.p ? 4 + r->body.n : SEAL_HASH);
}

static size_t how_many(const struct record *r, size_t n, size_t most)
{
	size_t total = HEAD + SEAL_SIGNATURE, i = 0;
	if (n > BATCH_RECORDS) n = BATCH_RECORDS;
	for (; i < n; i++) {
		total += item_size(&r[i]);
		if (i && total > most) break;
	}
	return i;
}

static void add_head(struct buf *out, const struct identity *id, const struct record *first,
                     size_t n)
{
	uint8_t head[HEAD];
	struct writing w = { head, 0, sizeof head, false };
	write_bytes(&w, MAGIC, 4);
	write_id(&w, &first->site);
	write_bytes(&w, id->key_id, KEY_ID);
	write_i64(&w, first->epoch);
	write_i64(&w, first->seq);
	write_bytes(&w, first->prev, RECORD_ID);
	write_u32(&w, (uint32_t)n);
	buf_add(out, head, w.n);
}

enum err batch_write(const struct identity *id, const struct record *r, size_t n,
                     size_t most, struct buf *out, size_t *n_out)
{
	if (!n) return FAIL(ERR_INVALID, "a batch of nothing");
	size_t take = how_many(r, n, most);
	buf_reset(out);
	add_head(out, id, r, take);
	for (size_t i = 0; i < take; i++) add_item(out, &r[i]);
	uint8_t last[RECORD_ID], signature[SEAL_SIGNATURE];
	record_id(&r[take - 1], last);
	struct chain_end end = chain_end(&r[take - 1], last);
	identity_sign(id, PURPOSE, end.bytes, sizeof end.bytes, signature);
	buf_add(out, signature, sizeof signature);
	if (out->over) return FAIL(ERR_TOO_LARGE, "a batch of %zu records", take);
	*n_out = take;
	return ERR_OK;
}

/* ---- reading ---- */

static bool read_item(struct reading_bytes *r, struct record *out)
{
	out->kind = read_str(r, read_u8(r));
	out->at_wall = read_i64(r);
	uint8_t clock = read_u8(r), form = read_u8(r);
	out->clock = (enum clock_trust)clock;
	if (form == FORM_BODY) {
		out->body = read_str(r, read_u32(r));
		if (!out->body.p || out->body.n > RECORD_BODY) return false;
		seal_sha256(out->body.p, out->body.n, out->body_hash);
	} else {
		out->body = STR_NONE;
		read_bytes(r, out->body_hash, SEAL_HASH);
	}
	return !r->over && form <= FORM_ERASED && clock <= CLOCK_OFF &&
	       out->at_wall > -RECORD_EPOCH && out->at_wall < RECORD_EPOCH &&
	       record_kind_is(out->kind);
}

static bool read_head(struct reading_bytes *r, struct batch *b, uint8_t prev[RECORD_ID])
{
	if (!read_magic(r, MAGIC)) return false;
	read_id(r, "sit", &b->site);
	read_bytes(r, b->key_id, KEY_ID);
	b->epoch = read_i64(r);
	b->first = read_i64(r);
	read_bytes(r, prev, RECORD_ID);
	b->n = read_u32(r);
	return !r->over && b->epoch > 0 && b->epoch < RECORD_EPOCH && b->first > 0 &&
	       b->first < RECORD_EPOCH - BATCH_RECORDS && b->n > 0 && b->n <= BATCH_RECORDS;
}

static bool read_items(struct reading_bytes *r, struct batch *b, struct record *record,
                       uint8_t (*id)[RECORD_ID], const uint8_t *prev)
{
	for (size_t i = 0; i < b->n; i++) {
		record[i].site = b->site;
		record[i].epoch = b->epoch;
		record[i].seq = b->first + (int64_t)i;
		memcpy(record[i].prev, i ? id[i - 1] : prev, RECORD_ID);
		if (!read_item(r, &record[i])) return false;
		record_id(&record[i], id[i]);
	}
	return true;
}

enum err batch_read(str bytes, struct arena *a, struct batch *out, size_t *used_out)
{
	struct reading_bytes r = { bytes, false };
	struct batch b = { 0 };
	uint8_t prev[RECORD_ID];
	if (!read_head(&r, &b, prev)) return FAIL(ERR_INVALID, "not a batch of records");
	/* No record is shorter than fifteen bytes. */
	if (b.n > r.rest.n / 15) return FAIL(ERR_INVALID, "a batch that ends early");
	struct record *record = arena_try(a, b.n * sizeof *record);
	uint8_t(*id)[RECORD_ID] = arena_try(a, b.n * sizeof *id);
	if (!record || !id) return FAIL(ERR_TOO_LARGE, "a batch of %zu records", b.n);
	bool whole = read_items(&r, &b, record, id, prev);
	read_bytes(&r, b.signature, SEAL_SIGNATURE);
	if (!whole || r.over || (!used_out && r.rest.n))
		return FAIL(ERR_INVALID, "a batch is not well-formed");
	b.record = record;
	b.id = (const uint8_t(*)[RECORD_ID])id;
	*out = b;
	if (used_out) *used_out = bytes.n - r.rest.n;
	return ERR_OK;
}
