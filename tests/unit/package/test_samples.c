/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/zip_maker.c support/package_samples.c */
/* Every hostile package is refused for its own reason, every quirky one is taken and says
 * what was done; and whatever came, the site stays as it was or has one course more. */
#include "support/package_samples.h"
#include "support/test.h"

#include "package/package.h"

static enum err import(struct shelf *shelf, const struct package_sample *p, struct arena *a,
                       struct import_report *out)
{
	struct zip_maker z;
	struct incoming *in;
	zip_begin(&z);
	struct zip_end end = p->fill(&z);
	str zip = zip_done(&z, end);
	assert_ok(incoming_open(shelf, &in));
	assert_ok(incoming_add(in, zip.p, zip.n));
	enum err err = incoming_import(in, str_of(p->name), a, out);
	zip_free(&z);
	return err;
}

static bool tells(struct json_list findings, const char *code)
{
	const struct finding *f = findings.items;
	for (size_t i = 0; i < findings.n; i++)
		if (str_is(f[i].code, str_of(code))) return true;
	return false;
}

static void each_package_gets_the_finding_it_deserves(void **state)
{
	(void)state;
	static const uint8_t key[SEAL_KEY] = { 3 };
	char folder[FILE_PATH];
	struct store *store;
	struct shelf *shelf;
	test_folder(folder);
	assert_ok(seal_start());
	assert_ok(store_open(folder, &store));
	assert_ok(shelf_open(folder, store, key, &shelf));
	size_t taken = 0;
	for (const struct package_sample *p = package_samples; p->name; p++) {
		struct arena *a = arena_open(1 << 20);
		struct import_report report;
		enum err err = import(shelf, p, a, &report);
		bool refused =
			tells(report.findings, p->code) &&
			str_is(((const struct finding *)report.findings.items)->level,
		               S("refused"));
		assert_row(tells(report.findings, p->code), p->name);
		assert_row(err == (refused ? ERR_REFUSED : ERR_OK), p->name);
		taken += err == ERR_OK;
		arena_close(a);
	}
	struct db *db;
	struct json_list courses;
	struct arena *a = arena_open(1 << 20);
	assert_ok(store_reader(store, &db));
	assert_ok(course_all(db, a, &courses));
	store_reader_done(store, db);
	assert_int_equal(courses.n, taken);
	assert_true(taken > 10);
	arena_close(a);
	shelf_close(shelf);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_package_gets_the_finding_it_deserves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
