/* SPDX-License-Identifier: Apache-2.0 */
/* The IIN of a person: entered by the trainer, on the laptop itself, for the hall's network
 * is open; sealed to the hub's key before anything is kept. */
#include "api/api.h"
#include "api/handlers.h"
#include "seal/seal.h"
#include "sync/iin.h"
#include "sync/link.h"

struct keeping {
	struct arena *a;
	str person;
	char sealed[IIN_SEALED];
};

static enum err keep(struct tx *tx, void *arg)
{
	struct keeping *k = arg;
	return person_keep_iin(tx, k->a, k->person, str_of(k->sealed));
}

/* People write it in groups, and so it is pasted. */
static str without_spaces(struct arena *a, str text)
{
	char *out = arena_alloc(a, text.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != ' ') out[n++] = text.p[i];
	return (str){ out, n };
}

enum err person_iin(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	struct iin_new in;
	struct hub_link link;
	struct keeping k = { .a = a, .person = request_param(rq, "id") };
	TRY(request_body(rq, &iin_new_shape, &in));
	{
		READ(db, rq);
		TRY(link_get(db, a, &link));
	}
	if (!in.agreed)
		return FAIL_WHY(ERR_INVALID, "not-agreed", "the person has not agreed");
	str digits = without_spaces(a, in.iin);
	enum err e = iin_seal(digits, link.hub_key, k.sealed);
	seal_wipe((char *)(uintptr_t)digits.p, digits.n);
	seal_wipe((char *)(uintptr_t)in.iin.p, in.iin.n);
	TRY(e);
	rs->status = 204;
	return store_write(api_of(rq)->store, keep, &k);
}
