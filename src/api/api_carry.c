/* SPDX-License-Identifier: Apache-2.0 */
/* The courier's phone. It has no account here: the trainer shows a QR code whose address
 * holds a pass, good for a day. With it one may take the file for the centre and bring
 * receipts, and nothing else: the file can be opened only by the centre, and a receipt
 * counts only when the centre signed it. A pass is a time and a MAC over it, so nothing has
 * to be kept. */
#include "api/api.h"
#include "api/handlers.h"
#include "api/place.h"
#include "base/text.h"
#include "base/time.h"
#include "sync/bundle.h"
#include "sync/journal.h"
#include "sync/link.h"

#define PASS_MS (24 * 60 * 60 * 1000LL)
#define WHEN 8
#define PASS_TEXT 33 /* base64url of 8 + 16 bytes, and a NUL */

static void sign(const struct api *api, const uint8_t until[WHEN], uint8_t out[SEAL_MAC])
{
	seal_mac(api->capability, "courier", until, WHEN, out);
}

static void pass_make(const struct api *api, int64_t until, char out[PASS_TEXT])
{
	uint8_t bytes[WHEN + SEAL_MAC];
	for (int i = 0; i < WHEN; i++) bytes[i] = (uint8_t)(until >> (8 * (WHEN - 1 - i)));
	sign(api, bytes, bytes + WHEN);
	text_base64url(bytes, sizeof bytes, out);
}

static fallible pass_check(struct request *rq)
{
	uint8_t bytes[WHEN + SEAL_MAC], mac[SEAL_MAC];
	uint64_t until = 0;
	if (!text_unbase64url(request_param(rq, "pass"), bytes, sizeof bytes))
		return FAIL_WHY(ERR_NOT_FOUND, "no-pass", "not a pass");
	sign(api_of(rq), bytes, mac);
	for (int i = 0; i < WHEN; i++) until = until << 8 | bytes[i];
	if (!seal_same(mac, bytes + WHEN, SEAL_MAC) || (int64_t)until < time_now())
		return FAIL_WHY(ERR_NOT_FOUND, "no-pass", "a pass of another day or site");
	return ERR_OK;
}

/* ---- the trainer shows it ---- */

enum err carry_pass(struct request *rq, struct reply *rs)
{
	char pass[PASS_TEXT];
	struct carry_pass out = { .until = time_now() + PASS_MS };
	struct hub_link link;
	{
		READ(db, rq);
		TRY(link_get(db, request_arena(rq), &link));
	}
	pass_make(api_of(rq), out.until, pass);
	TRY(place_addresses(rq, arena_printf(request_arena(rq), "/carry/%s", pass),
	                    &out.addresses));
	api_give(rs, 200, &carry_pass_shape, &out);
	return ERR_OK;
}

/* ---- the courier ---- */

static fallible give_state(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	struct hub_link link;
	struct sync_report look;
	READ(db, rq);
	struct carry_state out = { .told_at = JSON_ABSENT };
	TRY(link_get(db, a, &link));
	TRY(sync_look(db, a, &look));
	TRY(setting_get(db, a, S("site.name"), &out.site));
	TRY(journal_told_at(db, a, &out.told_at));
	out.hub = link.url;
	out.records = look.records;
	out.unsent = look.unsent;
	api_give(rs, 200, &carry_state_shape, &out);
	return ERR_OK;
}

enum err carry_show(struct request *rq, struct reply *rs)
{
	TRY(pass_check(rq));
	return give_state(rq, rs);
}

enum err carry_bundle(struct request *rq, struct reply *rs)
{
	TRY(pass_check(rq));
	return sync_bundle(rq, rs);
}

enum err carry_receipt(struct request *rq, struct reply *rs)
{
	TRY(pass_check(rq));
	TRY(sync_take_receipt(rq));
	return give_state(rq, rs);
}
