/* SPDX-License-Identifier: Apache-2.0 */
/* Councils, persons, trainers, settings, secrets. */
#include "unit/people/room.h"

struct naming {
	struct arena *a;
	str name;
	struct id id;
};

static enum err add_council(struct tx *tx, void *arg)
{
	struct naming *n = arg;
	return council_find_or_add(tx, n->a, n->name, &n->id);
}

static void a_council_typed_another_way_is_the_same_council(void **state)
{
	struct room *r = *state;
	struct naming first = { r->a, S("Қарағанды қалалық кеңесі"), { "" } },
		      second = { r->a, S("  қарағанды  ҚАЛАЛЫҚ кенесі "), { "" } },
		      third = { r->a, S("Алматы"), { "" } };
	assert_ok(store_write(r->store, add_council, &first));
	assert_ok(store_write(r->store, add_council, &second));
	assert_ok(store_write(r->store, add_council, &third));
	assert_string_equal(first.id.text, second.id.text);
	assert_string_not_equal(first.id.text, third.id.text);

	struct json_list all;
	assert_ok(council_all(r->db, r->a, &all));
	const struct council *c = all.items;
	assert_int_equal(all.n, 3);
	assert_str(c[0].name, S("Абай ауданы"));
	assert_str(c[1].name, S("Алматы"));
	assert_str(c[2].name, S("Қарағанды қалалық кеңесі"));
}

static void a_council_without_a_letter_is_refused(void **state)
{
	struct room *r = *state;
	struct naming dashes = { r->a, S("---"), { "" } },
		      none = { r->a, STR_NONE, { "" } };
	assert_err(ERR_INVALID, store_write(r->store, add_council, &dashes));
	assert_string_equal(err_last()->reason, "bad-council");
	assert_err(ERR_INVALID, store_write(r->store, add_council, &none));
}

static void a_person_is_read_with_the_councils_name(void **state)
{
	struct room *r = *state;
	str id = room_person(r, "Серікова", "Айгүл");
	struct person p;
	assert_ok(person_get(r->db, r->a, id, &p));
	assert_str(p.surname, S("Серікова"));
	assert_str(p.patronymic, STR_NONE);
	assert_str(p.council, r->council);
	assert_str(p.council_name, S("Абай ауданы"));
	assert_str(p.language, S("kk"));
	assert_false(p.trainer);
	assert_err(ERR_NOT_FOUND, person_get(r->db, r->a, room_id(r, "per"), &p));
}

static enum err speak(struct tx *tx, void *arg)
{
	const str *words = arg;
	return person_set_language(tx, words[0], words[1]);
}

static void a_person_may_change_to_a_language_that_we_speak(void **state)
{
	struct room *r = *state;
	str id = room_person(r, "Серікова", "Айгүл");
	struct person p;
	assert_ok(store_write(r->store, speak, (str[]){ id, S("ru") }));
	assert_ok(person_get(r->db, r->a, id, &p));
	assert_str(p.language, S("ru"));
	assert_err(ERR_INVALID, store_write(r->store, speak, (str[]){ id, S("de") }));
	assert_err(ERR_NOT_FOUND,
	           store_write(r->store, speak, (str[]){ room_id(r, "per"), S("ru") }));
}

/* ---- trainers ---- */

struct hiring {
	const char *name, *login;
	struct id id;
};

static enum err hire(struct tx *tx, void *arg)
{
	struct hiring *h = arg;
	return trainer_add(tx, str_of(h->name), str_of(h->login), "$argon2id$test", S("ru"),
	                   &h->id);
}

static void a_trainer_is_found_by_login_however_it_is_typed(void **state)
{
	struct room *r = *state;
	bool exists;
	assert_ok(trainer_exists(r->db, &exists));
	assert_false(exists);

	struct hiring h = { "Нұрланов Марат Ерланұлы", "Марат", { "" } };
	assert_ok(store_write_as(r->store, STORE_SECRETS, hire, &h));
	assert_ok(trainer_exists(r->db, &exists));
	assert_true(exists);

	struct trainer_secret secret;
	assert_ok(trainer_secret_get(r->db, r->a, S(" МАРАТ "), &secret));
	assert_str(secret.person, id_str(&h.id));
	assert_str(secret.hash, S("$argon2id$test"));
	assert_err(ERR_NOT_FOUND, trainer_secret_get(r->db, r->a, S("Болат"), &secret));

	struct person p;
	assert_ok(person_get(r->db, r->a, secret.person, &p));
	assert_str(p.surname, S("Нұрланов"));
	assert_str(p.given, S("Марат Ерланұлы"));
	assert_true(p.trainer);
}

static void a_login_is_given_once(void **state)
{
	struct room *r = *state;
	struct hiring first = { "A", "марат", { "" } }, second = { "B", "МАРАТ", { "" } };
	assert_ok(store_write_as(r->store, STORE_SECRETS, hire, &first));
	assert_err(ERR_CONFLICT, store_write_as(r->store, STORE_SECRETS, hire, &second));
	assert_string_equal(err_last()->reason, "login-taken");
}

static void a_trainer_is_not_added_without_the_right(void **state)
{
	struct room *r = *state;
	struct hiring h = { "A", "марат", { "" } };
	assert_err(ERR_DENIED, store_write(r->store, hire, &h));
}

/* ---- settings and secrets ---- */

static enum err set(struct tx *tx, void *arg)
{
	const str *words = arg;
	return setting_set(tx, words[0], words[1]);
}

static void a_setting_is_what_was_last_set(void **state)
{
	struct room *r = *state;
	str value;
	assert_ok(setting_get(r->db, r->a, S("site.name"), &value));
	assert_str(value, STR_NONE);
	str one[] = { S("site.name"), S("Қарағанды") },
	    two[] = { S("site.name"), S("Абай") };
	assert_ok(store_write_as(r->store, STORE_SETTINGS, set, one));
	assert_ok(store_write_as(r->store, STORE_SETTINGS, set, two));
	assert_ok(setting_get(r->db, r->a, S("site.name"), &value));
	assert_str(value, S("Абай"));
	assert_err(ERR_DENIED, store_write(r->store, set, one));
}

static void a_secret_is_made_once_and_each_has_its_own(void **state)
{
	struct room *r = *state;
	uint8_t first[SEAL_KEY], again[SEAL_KEY], other[SEAL_KEY];
	assert_ok(secret_get_or_make(r->store, "capability", first));
	assert_ok(secret_get_or_make(r->store, "capability", again));
	assert_ok(secret_get_or_make(r->store, "token", other));
	assert_memory_equal(first, again, sizeof first);
	assert_memory_not_equal(first, other, sizeof first);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, room_open, room_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_council_typed_another_way_is_the_same_council),
		TEST(a_council_without_a_letter_is_refused),
		TEST(a_person_is_read_with_the_councils_name),
		TEST(a_person_may_change_to_a_language_that_we_speak),
		TEST(a_trainer_is_found_by_login_however_it_is_typed),
		TEST(a_login_is_given_once),
		TEST(a_trainer_is_not_added_without_the_right),
		TEST(a_setting_is_what_was_last_set),
		TEST(a_secret_is_made_once_and_each_has_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
