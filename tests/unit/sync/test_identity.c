/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include <pthread.h>
#include <sys/stat.h>

#include "seal/seal.h"
#include "sync/identity.h"

static void a_key_is_made_once_and_found_again(void **state)
{
	(void)state;
	char folder[FILE_PATH], path[FILE_PATH];
	struct identity first, second;
	test_folder(folder);
	assert_err(ERR_NOT_FOUND, identity_find(folder, IDENTITY_SITE, &first));
	assert_ok(identity_open(folder, IDENTITY_SITE, &first));
	assert_ok(identity_open(folder, IDENTITY_SITE, &second));
	assert_memory_equal(&first, &second, sizeof first);
	assert_true(id_is(id_str(&first.site), "sit"));

	struct stat st;
	assert_ok(file_path(path, folder, IDENTITY_SITE));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void two_roles_in_one_folder_have_two_keys(void **state)
{
	(void)state;
	char folder[FILE_PATH];
	struct identity site, hub;
	test_folder(folder);
	assert_ok(identity_open(folder, IDENTITY_SITE, &site));
	assert_ok(identity_open(folder, IDENTITY_HUB, &hub));
	assert_memory_not_equal(site.public_key, hub.public_key, SEAL_PUBLIC);
	assert_memory_not_equal(site.key_id, hub.key_id, KEY_ID);
}

static void a_damaged_key_is_never_made_anew(void **state)
{
	(void)state;
	static const struct {
		const char *text, *reason;
	} row[] = {
		{ "", "empty" },
		{ "{}", "without fields" },
		{ "{\"v\":2,\"site\":\"sit_0192a0b0c0d070008000000000000000\",\"seed\":"
		  "\"0000000000000000000000000000000000000000000000000000000000000000\"}",
		  "of a later version" },
		{ "{\"v\":1,\"site\":\"per_0192a0b0c0d070008000000000000000\",\"seed\":"
		  "\"0000000000000000000000000000000000000000000000000000000000000000\"}",
		  "a person's id" },
		{ "{\"v\":1,\"site\":\"sit_0192a0b0c0d070008000000000000000\",\"seed\":"
		  "\"x000000000000000000000000000000000000000000000000000000000000000\"}",
		  "not hex" },
	};
	for (size_t i = 0; i < countof(row); i++) {
		char folder[FILE_PATH], path[FILE_PATH];
		struct identity id;
		test_folder(folder);
		assert_ok(file_path(path, folder, IDENTITY_SITE));
		assert_ok(file_write(path, str_of(row[i].text), 0600));
		assert_row(identity_open(folder, IDENTITY_SITE, &id) == ERR_CORRUPT,
		           row[i].reason);
		uint64_t size;
		assert_ok(file_size(path, &size));
		assert_row(size == strlen(row[i].text), row[i].reason);
	}
}

struct opening {
	const char *folder;
	struct identity id;
	enum err err;
};

static void *open_it(void *arg)
{
	struct opening *o = arg;
	o->err = identity_open(o->folder, IDENTITY_SITE, &o->id);
	return NULL;
}

static void programs_that_start_together_agree_on_one_key(void **state)
{
	(void)state;
	for (int round = 0; round < 20; round++) {
		char folder[FILE_PATH];
		pthread_t thread[8];
		struct opening o[8];
		test_folder(folder);
		for (size_t i = 0; i < countof(o); i++) {
			o[i] = (struct opening){ .folder = folder };
			pthread_create(&thread[i], NULL, open_it, &o[i]);
		}
		for (size_t i = 0; i < countof(o); i++) pthread_join(thread[i], NULL);
		for (size_t i = 0; i < countof(o); i++) {
			assert_int_equal(o[i].err, ERR_OK);
			assert_memory_equal(&o[i].id, &o[0].id, sizeof o[i].id);
		}
	}
}

static void a_key_speaks_for_its_site(void **state)
{
	(void)state;
	struct identity mine, other;
	uint8_t signature[SEAL_SIGNATURE];
	identity_new(&mine);
	identity_new(&other);
	identity_sign(&mine, "test", "abc", 3, signature);
	assert_true(seal_signed(mine.public_key, "test", "abc", 3, signature));
	assert_false(seal_signed(other.public_key, "test", "abc", 3, signature));
	identity_wipe(&mine);
	assert_true(mine.secret[0] == 0 && mine.secret[SEAL_SECRET - 1] == 0);
}

static int start(void **state)
{
	(void)state;
	return seal_start();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_made_once_and_found_again),
		cmocka_unit_test(two_roles_in_one_folder_have_two_keys),
		cmocka_unit_test(a_damaged_key_is_never_made_anew),
		cmocka_unit_test(programs_that_start_together_agree_on_one_key),
		cmocka_unit_test(a_key_speaks_for_its_site),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
