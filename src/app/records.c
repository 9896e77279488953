/* SPDX-License-Identifier: Apache-2.0 */
/* What a site does with things that come from above: which name belongs to which subject.
 * What is not named here is kept as it came, for whoever asks for it (down_item). An order
 * about somebody or something that is not here is for another site of the scope. */
#include "app/app.h"
#include "base/log.h"
#include "certificate/certificate.h"
#include "people/people.h"
#include "sync/facts.h"
#include "sync/items.h"

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

#define COUNCILS_MOST 1000

/* The list stays where it came (training/expected.h reads it); its councils are offered to
 * whoever joins. */
static enum err add_councils(struct tx *tx, struct arena *a, const struct identity *site,
                             str id, str content)
{
	struct item_roster roster;
	str last = STR_NONE;
	size_t added = 0;
	(void)site, (void)id;
	if (!content.n) return ERR_OK; /* withdrawn */
	TRY(json_read(content, &item_roster_shape, JSON_LENIENT, a, &roster));
	const struct roster_person *p = roster.people.items;
	for (size_t i = 0; i < roster.people.n && added < COUNCILS_MOST; i++) {
		struct id council;
		if (str_is(p[i].council, last)) continue;
		last = p[i].council;
		TRY(council_find_or_add(tx, a, last, &council));
		added++;
	}
	return ERR_OK;
}

static const struct {
	const char *prefix;
	order_fn *run;
} orders[] = {
	{ "erased/", erase },
	{ "person/", correct },
	{ "certificate/", revoke },
	{ ITEM_ROSTER, add_councils },
};

/* The list of revocations is not taken from whoever may give everything else: a hub's key
 * in wrong hands must not make revoked certificates good again. */
static fallible check_revocations(struct tx *tx, const struct down_entry *e, str content)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)64 << 20);
	if (!e->sha256.n)
		return FAIL_WHY(ERR_INVALID, "not-the-hub",
		                "the list of revocations was taken away");
	return authority_check_list(tx, a, content);
}

/* Keys that were cut off. When the centre's own is among them, this was its last word. */
static fallible hear_cut_keys(struct tx *tx, struct arena *a, str content)
{
	struct hub_link link;
	uint8_t key_id[KEY_ID];
	TRY(link_get(tx_db(tx), a, &link));
	key_id_of(link.hub_key, key_id);
	for (size_t i = 0; i + KEY_ID <= content.n; i += KEY_ID)
		if (memcmp(content.p + i, key_id, KEY_ID) == 0)
			return link_end(tx, S("hub-revoked"));
	return ERR_OK;
}

enum err site_apply(struct tx *tx, void *context, const struct down_entry *e, str content)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)32 << 20);
	const struct site *site = context;
	if (str_is(e->name, S("revocations"))) return check_revocations(tx, e, content);
	if (str_is(e->name, S("revoked"))) return hear_cut_keys(tx, a, content);
	for (size_t i = 0; i < countof(orders); i++) {
		str prefix = str_of(orders[i].prefix);
		if (!str_starts(e->name, prefix)) continue;
		str id = str_part(e->name, prefix.n, e->name.n);
		enum err err = orders[i].run(tx, a, &site->identity, id, content);
		/* What cannot be done here does not keep the rest from coming. */
		return err == ERR_NOT_FOUND || err == ERR_INVALID || err == ERR_CONFLICT
		               ? ERR_OK
		               : err;
	}
	return ERR_OK;
}

/* ---- courses ---- */

#define MEMORY ((size_t)256 << 20)

/* By the same import as the trainer's. What is no course is noted all the same, else it
 * would be fetched at every contact; the trainer's shelf says that it is not there. */
enum err site_keep(void *context, const struct down_entry *e, const char *path)
{
	const struct site *site = context;
	const struct package *there;
	struct import_report report;
	if (!path) return shelf_get(site->shelf, e->sha256, &there);
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	enum err err = package_import_sent(site->shelf, path, S("course"), a, &report);
	if (err == ERR_REFUSED) {
		log_failure(LOG_WARN, "down.course-refused");
		return ERR_OK;
	}
	if (!err) log_info("down.course", "package=%.12s", e->sha256.p);
	return err;
}
