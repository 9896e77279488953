/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/record.h"

#include "sync/bytes.h"

#define HEADER (RECORD_KIND + 160)

const char *clock_word(enum clock_trust clock)
{
	static const char *const words[] = {
		[CLOCK_UNKNOWN] = "unknown",
		[CLOCK_CONFIRMED] = "confirmed",
		[CLOCK_BACK] = "back",
		[CLOCK_OFF] = "off",
	};
	return words[clock];
}

bool record_kind_is(str kind)
{
	if (!kind.n || kind.n > RECORD_KIND) return false;
	for (size_t i = 0; i < kind.n; i++) {
		char c = kind.p[i];
		if (!(c >= 'a' && c <= 'z') && c != '.' && c != '-') return false;
	}
	return true;
}

/* The word in front keeps a header from being read as anything else that is hashed. */
void record_id(const struct record *r, uint8_t out[RECORD_ID])
{
	uint8_t header[HEADER];
	struct writing w = { header, 0, sizeof header, false };
	write_bytes(&w, "kenes record", sizeof "kenes record");
	write_u8(&w, 1);
	write_u8(&w, (uint8_t)r->kind.n);
	write_bytes(&w, r->kind.p, r->kind.n);
	write_id(&w, &r->site);
	write_i64(&w, r->epoch);
	write_i64(&w, r->seq);
	write_bytes(&w, r->prev, RECORD_ID);
	write_i64(&w, r->at_wall);
	write_u8(&w, (uint8_t)r->clock);
	write_bytes(&w, r->body_hash, SEAL_HASH);
	assert(!w.over);
	seal_sha256(header, w.n, out);
}

void record_sum_add(struct record_sum *sum, const uint8_t id[RECORD_ID])
{
	unsigned carry = 0;
	for (size_t i = RECORD_ID; i-- > 0;) {
		carry += (unsigned)sum->bytes[i] + id[i];
		sum->bytes[i] = (uint8_t)carry;
		carry >>= 8;
	}
}
