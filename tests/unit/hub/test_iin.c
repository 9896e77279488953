/* SPDX-License-Identifier: Apache-2.0 */
/* A sealed IIN is opened by who may, and it is written down before it is told. */
#include "unit/hub/country.h"

#include "hub/coordinators.h"
#include "sync/iin.h"

#define PERSON "per_0192a0b0c0d070008000000000000001"
#define IIN "850101300123"

struct coordinating {
	char code[CODE_TEXT];
	const char *login, *role, *scope;
	struct id id;
	bool may;
};

static enum err make_in(struct tx *tx, void *arg)
{
	struct coordinating *c = arg;
	struct coordinator_new in = { str_of(c->login), str_of(c->login), str_of(c->role),
		                      str_of(c->scope), S("kk") };
	return coordinator_add(tx, &in, str_of(c->code), S("test"), &c->id);
}

static enum err grant_in(struct tx *tx, void *arg)
{
	struct coordinating *c = arg;
	return coordinator_set_opens_iin(tx, id_str(&c->id), c->may, S("test"));
}

static struct coordinating coordinator(struct country *c, const char *login,
                                       const char *role, const char *scope)
{
	struct coordinating made = { .login = login, .role = role, .scope = scope };
	code_new(made.code);
	assert_ok(store_write_as(c->hub.store, STORE_SECRETS, make_in, &made));
	return made;
}

static enum err grant(struct country *c, struct coordinating *to, bool may)
{
	to->may = may;
	return store_write(c->hub.store, grant_in, to);
}

static enum err open_it(struct country *c, const char *person, str who, char out[13])
{
	return hub_iin_open(&c->hub, str_of(person), who, S("куәлік үшін"), out);
}

/* A person whose number was sealed by the laptop, by its rules. */
static void told(struct country *c)
{
	char digits[13], box[IIN_SEALED];
	snprintf(digits, sizeof digits, "%.11s0", IIN);
	while (!iin_is(str_of(digits))) digits[11]++;
	assert_ok(iin_seal(str_of(digits), c->hub.identity.public_key, box));
	country_tell(&c->site[0], "person.added",
	             arena_printf(c->a,
	                          "{\"person\":\"" PERSON "\",\"surname\":\"А\","
	                          "\"given\":\"Б\",\"sealed_iin\":\"%s\"}",
	                          box));
	country_send_all(c, &c->site[0]);
}

SQL(test_openings, "SELECT COUNT(*) FROM hub_audit WHERE what = 'iin.opened'"
                   " AND about = :id AND detail = 'куәлік үшін'");

static void only_who_was_given_the_right_opens_it(void **state)
{
	struct country *c = *state;
	char digits[13] = "";
	told(c);
	struct coordinating one = coordinator(c, "aigul", "national", "KZ"),
			    auditor = coordinator(c, "marat", "auditor", "KZ");
	str who = id_str(&one.id);
	assert_err(ERR_DENIED, open_it(c, PERSON, who, digits));
	assert_string_equal(err_last()->reason, "no-iin-right");
	assert_err(ERR_DENIED, open_it(c, PERSON, S("command"), digits));
	assert_err(ERR_CONFLICT, grant(c, &auditor, true));
	assert_int_equal(country_number(c, &test_openings, S(PERSON)), 0);
	assert_ok(grant(c, &one, true));
	assert_ok(open_it(c, PERSON, who, digits));
	assert_memory_equal(digits, IIN, 11);
	assert_true(iin_is(str_of(digits)));
	assert_int_equal(country_number(c, &test_openings, S(PERSON)), 1);
	assert_ok(grant(c, &one, false));
	assert_err(ERR_DENIED, open_it(c, PERSON, who, digits));
}

static void where_none_is_sealed_there_is_none(void **state)
{
	struct country *c = *state;
	char digits[13];
	struct coordinating one = coordinator(c, "aigul", "national", "KZ");
	assert_ok(grant(c, &one, true));
	assert_err(ERR_NOT_FOUND, open_it(c, PERSON, id_str(&one.id), digits));
	assert_string_equal(err_last()->reason, "no-iin");
	assert_int_equal(country_number(c, &test_openings, S(PERSON)), 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, country_open, country_close)
	const struct CMUnitTest tests[] = {
		T(only_who_was_given_the_right_opens_it),
		T(where_none_is_sealed_there_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
