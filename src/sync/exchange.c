/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/exchange.h"

#include "base/text.h"
#include "sync/bytes.h"
#include "sync/code.h"

#define ASK "KNQ1"
#define ANSWER "KNA1"
#define ASK_PURPOSE "kenes request 1"
#define ANSWER_PURPOSE "kenes reply 1"
#define ASK_HEAD (4 + 1 + 16 + KEY_ID + CHALLENGE + 4)
#define ANSWER_HEAD (4 + 1 + SEAL_HASH + 8 + 4)

static bool is_type(uint8_t type)
{
	return type >= EXCHANGE_HELLO && type <= EXCHANGE_REFUSED;
}

/* ---- requests ---- */

void exchange_ask(const struct identity *id, enum exchange_type type,
                  const uint8_t *challenge, str body, struct buf *out)
{
	static const uint8_t none[CHALLENGE];
	uint8_t head[ASK_HEAD], signature[SEAL_SIGNATURE];
	struct writing w = { head, 0, sizeof head, false };
	write_bytes(&w, ASK, 4);
	write_u8(&w, (uint8_t)type);
	write_id(&w, &id->site);
	write_bytes(&w, id->key_id, KEY_ID);
	write_bytes(&w, challenge ? challenge : none, CHALLENGE);
	write_u32(&w, (uint32_t)body.n);
	buf_reset(out);
	buf_add(out, head, w.n);
	buf_str(out, body);
	identity_sign(id, ASK_PURPOSE, out->p, out->n, signature);
	buf_add(out, signature, sizeof signature);
}

bool exchange_read(str bytes, struct exchange_request *out)
{
	struct reading_bytes r = { bytes, false };
	struct exchange_request rq = { .bytes = bytes };
	if (bytes.n > EXCHANGE_MOST || !read_magic(&r, ASK)) return false;
	uint8_t type = read_u8(&r);
	rq.type = (enum exchange_type)type;
	read_id(&r, "sit", &rq.site);
	read_bytes(&r, rq.key_id, KEY_ID);
	read_bytes(&r, rq.challenge, CHALLENGE);
	rq.body = read_str(&r, read_u32(&r));
	read_str(&r, SEAL_SIGNATURE);
	if (r.over || r.rest.n || !is_type(type) || type == EXCHANGE_REFUSED) return false;
	*out = rq;
	return true;
}

bool exchange_signed(const struct exchange_request *rq,
                     const uint8_t public_key[SEAL_PUBLIC])
{
	size_t n = rq->bytes.n - SEAL_SIGNATURE;
	return seal_signed(public_key, ASK_PURPOSE, rq->bytes.p, n,
	                   (const uint8_t *)rq->bytes.p + n);
}

/* ---- replies ---- */

void exchange_answer(const struct identity *hub, enum exchange_type type, str request,
                     int64_t at, str body, struct buf *out)
{
	uint8_t head[ANSWER_HEAD], signature[SEAL_SIGNATURE], hash[SEAL_HASH];
	struct writing w = { head, 0, sizeof head, false };
	seal_sha256(request.p, request.n, hash);
	write_bytes(&w, ANSWER, 4);
	write_u8(&w, (uint8_t)type);
	write_bytes(&w, hash, sizeof hash);
	write_i64(&w, at);
	write_u32(&w, (uint32_t)body.n);
	buf_reset(out);
	buf_add(out, head, w.n);
	buf_str(out, body);
	identity_sign(hub, ANSWER_PURPOSE, out->p, out->n, signature);
	buf_add(out, signature, sizeof signature);
}

static enum err not_the_hub(void)
{
	return FAIL_WHY(ERR_INVALID, "not-the-hub",
	                "what answered is not the centre, or did not answer this request");
}

/* The fields, before anybody is believed. `echo_out`: the hash of the request. */
static bool read_reply(str bytes, struct exchange_reply *out, uint8_t echo_out[SEAL_HASH])
{
	struct reading_bytes r = { bytes, false };
	if (!read_magic(&r, ANSWER)) return false;
	uint8_t type = read_u8(&r);
	read_bytes(&r, echo_out, SEAL_HASH);
	*out = (struct exchange_reply){ .type = (enum exchange_type)type,
		                        .hub_at = read_i64(&r) };
	out->body = read_str(&r, read_u32(&r));
	read_str(&r, SEAL_SIGNATURE);
	return !r.over && !r.rest.n && is_type(type);
}

static bool reply_signed(str bytes, const uint8_t key[SEAL_PUBLIC])
{
	size_t n = bytes.n - SEAL_SIGNATURE;
	return seal_signed(key, ANSWER_PURPOSE, bytes.p, n, (const uint8_t *)bytes.p + n);
}

enum err exchange_receipt_read(str bytes, const uint8_t hub_key[SEAL_PUBLIC],
                               struct exchange_reply *out)
{
	struct exchange_reply reply;
	uint8_t echo[SEAL_HASH];
	if (!read_reply(bytes, &reply, echo) || !reply_signed(bytes, hub_key))
		return not_the_hub();
	*out = reply;
	return ERR_OK;
}

enum err exchange_reply_read(str bytes, const uint8_t hub_key[SEAL_PUBLIC], str request,
                             struct exchange_reply *out)
{
	struct exchange_reply reply;
	uint8_t echo[SEAL_HASH], hash[SEAL_HASH];
	seal_sha256(request.p, request.n, hash);
	if (!read_reply(bytes, &reply, echo) || memcmp(echo, hash, sizeof hash) != 0 ||
	    !reply_signed(bytes, hub_key))
		return not_the_hub();
	*out = reply;
	return ERR_OK;
}

/* ---- enrolling: the hub proves itself by the code ---- */

static bool proves(const struct code *code, const uint8_t key[SEAL_PUBLIC], str certificate,
                   const uint8_t proof[SEAL_MAC])
{
	uint8_t both[SEAL_PUBLIC + 400], again[SEAL_MAC];
	if (certificate.n > sizeof both - SEAL_PUBLIC) return false;
	memcpy(both, key, SEAL_PUBLIC);
	memcpy(both + SEAL_PUBLIC, certificate.p, certificate.n);
	seal_mac(code->proof_key, "hub", both, SEAL_PUBLIC + certificate.n, again);
	return seal_same(proof, again, SEAL_MAC);
}

enum err exchange_enrolled(str bytes, str request, const struct code *code, struct arena *a,
                           struct enrolled *out)
{
	struct exchange_reply reply;
	struct enrol_reply told;
	struct refusal refusal;
	struct enrolled e = { .refused = STR_NONE };
	uint8_t echo[SEAL_HASH], proof[SEAL_MAC];
	if (!read_reply(bytes, &reply, echo)) return not_the_hub();
	if (reply.type == EXCHANGE_REFUSED) {
		if (json_read(reply.body, &refusal_shape, JSON_LENIENT, a, &refusal))
			return not_the_hub();
		out->refused = refusal.reason;
		return ERR_OK;
	}
	if (json_read(reply.body, &enrol_reply_shape, JSON_LENIENT, a, &told))
		return not_the_hub();
	size_t n = told.certificate.n * 3 / 4;
	uint8_t *certificate = arena_alloc(a, n + 1);
	bool whole = text_unbase64url(told.certificate, certificate, n) &&
	             text_unhex(told.hub_key, e.hub_key, SEAL_PUBLIC) &&
	             text_unhex(told.proof, proof, SEAL_MAC);
	e.certificate = (str){ (const char *)certificate, n };
	if (!whole || !proves(code, e.hub_key, e.certificate, proof)) return not_the_hub();
	TRY(exchange_reply_read(bytes, e.hub_key, request, &reply));
	*out = e;
	return ERR_OK;
}
