/* SPDX-License-Identifier: Apache-2.0 */
/* What a site does with things that come from above: which name belongs to which subject.
 * What is not named here is kept as it came, for whoever asks for it (down_item). An order
 * about somebody or something that is not here is for another site of the scope. */
#include "app/app.h"
#include "certificate/certificate.h"
#include "people/people.h"
#include "sync/facts.h"

typedef enum err order_fn(struct tx *, struct arena *, const struct identity *, str id,
                          str content);

static enum err erase(struct tx *tx, struct arena *a, const struct identity *site, str id,
                      str content)
{
	(void)a, (void)site, (void)content;
	return person_erase(tx, id);
}

/* Each certificate that counts is issued anew by the right name; that corrects the person.
 */
static enum err correct(struct tx *tx, struct arena *a, const struct identity *site, str id,
                        str content)
{
	struct order_name name;
	struct json_list list;
	struct person person;
	TRY(json_read(content, &order_name_shape, JSON_LENIENT, a, &name));
	TRY(person_get(tx_db(tx), a, id, &person));
	TRY(certificate_all_of(tx_db(tx), a, id, &list));
	const struct certificate *c = list.items;
	size_t corrected = 0;
	for (size_t i = 0; i < list.n; i++) {
		if (!str_is(c[i].state, S("valid"))) continue;
		struct correction k = { .site = site,
			                .serial = c[i].serial,
			                .surname = name.surname,
			                .given = name.given,
			                .patronymic = name.patronymic };
		enum err e = certificate_correct(tx, a, &k);
		if (e && e != ERR_INVALID) return e; /* "same-name": it is right already */
		corrected += !e;
	}
	if (corrected) return ERR_OK;
	return person_correct(tx, a, id, name.surname, name.given, name.patronymic);
}

static enum err revoke(struct tx *tx, struct arena *a, const struct identity *site, str id,
                       str content)
{
	struct order_revoke order;
	(void)site, (void)id;
	TRY(json_read(content, &order_revoke_shape, JSON_LENIENT, a, &order));
	return certificate_revoke(tx, a, order.serial, order.reason);
}

static const struct {
	const char *prefix;
	order_fn *run;
} orders[] = {
	{ "erased/", erase },
	{ "person/", correct },
	{ "certificate/", revoke },
};

enum err site_apply(struct tx *tx, void *identity, const struct down_entry *e, str content)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)4 << 20);
	for (size_t i = 0; i < countof(orders); i++) {
		str prefix = str_of(orders[i].prefix);
		if (!str_starts(e->name, prefix)) continue;
		str id = str_part(e->name, prefix.n, e->name.n);
		enum err err = orders[i].run(tx, a, identity, id, content);
		/* What cannot be done here does not keep the rest from coming. */
		return err == ERR_NOT_FOUND || err == ERR_INVALID || err == ERR_CONFLICT
		               ? ERR_OK
		               : err;
	}
	return ERR_OK;
}
