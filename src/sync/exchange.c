/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/exchange.h"

#include "sync/bytes.h"

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

enum err exchange_reply_read(str bytes, const uint8_t hub_key[SEAL_PUBLIC], str request,
                             struct exchange_reply *out)
{
	struct reading_bytes r = { bytes, false };
	struct exchange_reply reply = { 0 };
	uint8_t echo[SEAL_HASH], hash[SEAL_HASH];
	bool ours = read_magic(&r, ANSWER);
	uint8_t type = read_u8(&r);
	reply.type = (enum exchange_type)type;
	read_bytes(&r, echo, sizeof echo);
	reply.hub_at = read_i64(&r);
	reply.body = read_str(&r, read_u32(&r));
	str signature = read_str(&r, SEAL_SIGNATURE);
	seal_sha256(request.p, request.n, hash);
	if (!ours || r.over || r.rest.n || !is_type(type) ||
	    memcmp(echo, hash, sizeof hash) != 0 ||
	    !seal_signed(hub_key, ANSWER_PURPOSE, bytes.p, bytes.n - SEAL_SIGNATURE,
	                 (const uint8_t *)signature.p))
		return FAIL_WHY(ERR_INVALID, "not-the-hub",
		                "what answered is not the centre, or did not answer this "
		                "request");
	*out = reply;
	return ERR_OK;
}
