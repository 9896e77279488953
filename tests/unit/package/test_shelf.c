/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/zip_maker.c */
/* The shelf under many threads: tokens are looked up while packages are added and opened.
 */
#include "support/test.h"
#include "support/zip_maker.h"

#include "package/package.h"

#include <pthread.h>
#include <stdatomic.h>

enum { PACKAGES = 50, THREADS = 4 };

static const uint8_t key[SEAL_KEY] = { 9 };

struct shared {
	struct shelf *shelf;
	char tokens[PACKAGES][33];
	atomic_int ready; /* tokens that are there */
	atomic_bool over;
	atomic_int wrong;
};

static str course_zip(struct zip_maker *z, int number)
{
	char manifest[500];
	snprintf(manifest, sizeof manifest,
	         "<manifest identifier='M%d'><organizations><organization identifier='O'>"
	         "<title>T</title><item identifier='I' identifierref='R'/></organization>"
	         "</organizations><resources><resource identifier='R' scormtype='sco'"
	         " href='a.html'/></resources></manifest>",
	         number);
	zip_begin(z);
	zip_text(z, "imsmanifest.xml", manifest);
	zip_text(z, "a.html", "");
	return zip_done(z, (struct zip_end){ 0 });
}

static void *look_up(void *arg)
{
	struct shared *s = arg;
	while (!atomic_load(&s->over)) {
		int n = atomic_load(&s->ready);
		for (int i = 0; i < n; i++) {
			const struct package *p =
				shelf_by_token(s->shelf, str_of(s->tokens[i]));
			bool right = p && strcmp(p->token, s->tokens[i]) == 0 &&
			             archive_find(p->archive, S("a.html")) &&
			             p->manifest.n == 2;
			if (!right) atomic_fetch_add(&s->wrong, 1);
		}
		if (shelf_by_token(s->shelf, S("ffffffffffffffffffffffffffffffff")))
			atomic_fetch_add(&s->wrong, 1);
	}
	return NULL;
}

/* The token as a launch gets it; what is not opened by this is opened by the readers. */
static void token_of(str sha256, char out[33])
{
	uint8_t mac[SEAL_MAC];
	seal_mac(key, "package", sha256.p, sha256.n, mac);
	for (size_t i = 0; i < sizeof mac; i++) snprintf(out + 2 * i, 3, "%02x", mac[i]);
}

static void tokens_are_found_while_packages_are_added(void **state)
{
	(void)state;
	static struct shared s;
	struct store *store;
	pthread_t threads[THREADS];
	char folder[FILE_PATH];
	test_folder(folder);
	assert_ok(seal_start());
	assert_ok(store_open(folder, &store));
	assert_ok(shelf_open(folder, store, key, &s.shelf));
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, look_up, &s), 0);
	for (int i = 0; i < PACKAGES; i++) {
		struct arena *a = arena_open(1 << 20);
		struct zip_maker z;
		struct import_report report;
		assert_ok(package_import_bytes(s.shelf, course_zip(&z, i), S("a.zip"), a,
		                               &report));
		token_of(report.package, s.tokens[i]);
		atomic_store(&s.ready, i + 1);
		arena_close(a);
		zip_free(&z);
	}
	atomic_store(&s.over, true);
	for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
	assert_int_equal(atomic_load(&s.wrong), 0);
	shelf_close(s.shelf);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_are_found_while_packages_are_added),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
