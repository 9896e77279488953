/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/zip_maker.c */
/* Import: the same bytes are the same package, another package of the same name is the next
 * revision, and whatever is refused leaves nothing behind. */
#include "support/test.h"
#include "support/zip_maker.h"

#include "base/text.h"
#include "package/package.h"

struct site {
	char folder[FILE_PATH];
	struct store *store;
	struct shelf *shelf;
	struct arena *arena;
};

static const uint8_t key[SEAL_KEY] = { 1, 2, 3 };

static void site_start(struct site *s)
{
	assert_ok(store_open(s->folder, &s->store));
	assert_ok(shelf_open(s->folder, s->store, key, &s->shelf));
}

static void site_stop(struct site *s)
{
	shelf_close(s->shelf);
	store_close(s->store);
}

static void site_open(struct site *s)
{
	test_folder(s->folder);
	assert_ok(seal_start());
	s->arena = arena_open(64 << 20);
	site_start(s);
}

static void site_close(struct site *s)
{
	site_stop(s);
	arena_close(s->arena);
}

/* A course of one page; `page` makes the difference between revisions. */
static str course_zip(struct zip_maker *z, const char *identifier, const char *title,
                      const char *page)
{
	char manifest[2000];
	snprintf(manifest, sizeof manifest,
	         "<manifest identifier='%s'><metadata><schemaversion>1.2</schemaversion>"
	         "</metadata><organizations><organization identifier='O'><title>%s</title>"
	         "<item identifier='I' identifierref='R'><title>Part</title></item>"
	         "</organization></organizations><resources><resource identifier='R'"
	         " scormtype='sco' href='a.html'/></resources></manifest>",
	         identifier, title);
	zip_begin(z);
	zip_text(z, "imsmanifest.xml", manifest);
	zip_text(z, "a.html", page);
	return zip_done(z, (struct zip_end){ 0 });
}

static enum err import(struct site *s, str zip, struct import_report *out)
{
	struct incoming *in;
	assert_ok(incoming_open(s->shelf, &in));
	for (size_t i = 0; i < zip.n; i += 100)
		assert_ok(incoming_add(in, zip.p + i, zip.n - i < 100 ? zip.n - i : 100));
	return incoming_import(in, S("C:\\courses\\Курс 1.ZIP"), s->arena, out);
}

static enum err count_name(void *n, const char *name)
{
	(void)name;
	++*(size_t *)n;
	return ERR_OK;
}

static size_t files_in(const struct site *s, const char *name)
{
	char path[FILE_PATH];
	size_t n = 0;
	assert_ok(file_path(path, s->folder, name));
	assert_ok(file_each(path, count_name, &n));
	return n;
}

static struct json_list courses(struct site *s)
{
	struct db *db;
	struct json_list list;
	assert_ok(store_reader(s->store, &db));
	assert_ok(course_all(db, s->arena, &list));
	store_reader_done(s->store, db);
	return list;
}

static void a_package_is_imported_and_found_by_its_token(void **state)
{
	(void)state;
	struct site s;
	struct zip_maker z;
	struct import_report report;
	site_open(&s);
	assert_ok(import(&s, course_zip(&z, "M", "Курс", "one"), &report));
	assert_str(report.title, S("Курс"));
	assert_str(report.standard, S("SCORM 1.2"));
	assert_int_equal(report.activities, 1);
	assert_int_equal(report.scos, 1);
	assert_int_equal(report.files, 2);
	assert_int_equal(report.bytes, z.file.n);
	assert_false(report.already);
	assert_false(report.new_revision);
	assert_int_equal(files_in(&s, "packages"), 1);
	assert_int_equal(files_in(&s, "incoming"), 0);
	const struct package *p;
	assert_ok(shelf_get(s.shelf, report.package, &p));
	assert_ptr_equal(shelf_by_token(s.shelf, str_of(p->token)), p);
	assert_non_null(archive_find(p->archive, S("a.html")));
	assert_null(shelf_by_token(s.shelf, S("0123456789abcdef0123456789abcdef")));
	assert_null(shelf_by_token(s.shelf, S("")));
	assert_err(ERR_NOT_FOUND, shelf_get(s.shelf, S("00"), &p));

	/* known by its token after a start, without having been asked for */
	str token = arena_copy(s.arena, str_of(p->token));
	site_stop(&s);
	site_start(&s);
	const struct package *again = shelf_by_token(s.shelf, token);
	assert_non_null(again);
	assert_str(again->manifest.title, S("Курс"));
	zip_free(&z);
	site_close(&s);
}

static void the_same_bytes_change_nothing(void **state)
{
	(void)state;
	struct site s;
	struct zip_maker z;
	struct import_report one, two;
	site_open(&s);
	str zip = course_zip(&z, "M", "Курс", "one");
	assert_ok(import(&s, zip, &one));
	assert_ok(import(&s, zip, &two));
	assert_true(two.already);
	assert_false(two.new_revision);
	assert_str(two.course, one.course);
	assert_str(two.package, one.package);
	assert_int_equal(two.activities, 1);
	assert_int_equal(two.findings.n, one.findings.n);
	assert_ok(package_import_bytes(s.shelf, zip, S("starter.zip"), s.arena, &two));
	assert_true(two.already);
	struct json_list list = courses(&s);
	assert_int_equal(list.n, 1);
	assert_int_equal(((const struct course *)list.items)->revision, 1);
	assert_int_equal(files_in(&s, "packages"), 1);
	assert_int_equal(files_in(&s, "incoming"), 0);
	zip_free(&z);
	site_close(&s);
}

static void the_same_name_is_the_next_revision(void **state)
{
	(void)state;
	static const struct {
		const char *identifier, *title, *page;
		bool new_revision;
		size_t courses;
		const char *reason;
	} rows[] = {
		{ "M", "Курс", "one", false, 1, "the first" },
		{ "M", "Курс", "two", true, 1, "the same identifier and title" },
		{ "M", "Басқа курс", "two", false, 2, "another title" },
		{ "N", "Курс", "two", false, 3, "another identifier" },
		{ "M", "Курс", "three", true, 3, "the first course again" },
	};
	struct site s;
	site_open(&s);
	str first = STR_NONE;
	for (size_t i = 0; i < countof(rows); i++) {
		struct zip_maker z;
		struct import_report report;
		assert_ok(import(
			&s, course_zip(&z, rows[i].identifier, rows[i].title, rows[i].page),
			&report));
		assert_row(report.new_revision == rows[i].new_revision, rows[i].reason);
		assert_row(courses(&s).n == rows[i].courses, rows[i].reason);
		if (!first.p) first = report.course;
		if (rows[i].new_revision) assert_str(report.course, first);
		zip_free(&z);
	}
	struct db *db;
	struct course course;
	assert_ok(store_reader(s.store, &db));
	assert_ok(course_get(db, s.arena, first, &course));
	assert_int_equal(course.revision, 3);
	assert_err(ERR_NOT_FOUND, course_get(db, s.arena, S("crs_none"), &course));
	store_reader_done(s.store, db);
	site_close(&s);
}

static enum err hide(struct tx *tx, void *id)
{
	return course_hide(tx, *(const str *)id);
}

static void a_hidden_course_comes_back_only_when_a_person_imports_it(void **state)
{
	(void)state;
	struct site s;
	struct zip_maker z;
	struct import_report report;
	site_open(&s);
	str zip = course_zip(&z, "M", "Курс", "one");
	assert_ok(package_import_bytes(s.shelf, zip, S("starter.zip"), s.arena, &report));
	assert_false(report.already);
	assert_ok(store_write(s.store, hide, &report.course));
	assert_int_equal(courses(&s).n, 0);
	assert_ok(package_import_bytes(s.shelf, zip, S("starter.zip"), s.arena, &report));
	assert_int_equal(courses(&s).n, 0);
	assert_ok(import(&s, zip, &report));
	assert_true(report.already);
	assert_int_equal(courses(&s).n, 1);
	zip_free(&z);
	site_close(&s);
}

static void a_refusal_says_why_and_leaves_nothing(void **state)
{
	(void)state;
	struct site s;
	struct zip_maker z;
	struct import_report report;
	site_open(&s);
	zip_begin(&z);
	zip_text(&z, "a.html", "");
	zip_add(&z, (struct zip_entry){ .name = "evil/../../x" });
	assert_err(ERR_REFUSED, import(&s, zip_done(&z, (struct zip_end){ 0 }), &report));
	assert_string_equal(err_last()->reason, "zip-slip");
	assert_str(report.title, S("Курс 1"));
	assert_str(report.package, STR_NONE);
	assert_int_equal(report.findings.n, 1);
	const struct finding *f = report.findings.items;
	assert_str(f->code, S("zip-slip"));
	assert_str(f->level, S("refused"));
	assert_str(f->detail, S("evil/../../x"));
	zip_free(&z);
	assert_err(ERR_REFUSED, import(&s, S("not a zip at all"), &report));
	f = report.findings.items;
	assert_str(f->code, S("not-a-zip"));
	assert_str(f->detail, STR_NONE);
	assert_err(ERR_REFUSED, import(&s, S(""), &report));
	zip_begin(&z);
	zip_text(&z, "imsmanifest.xml", "<manifest>\n<a></manifest>");
	assert_err(ERR_REFUSED, import(&s, zip_done(&z, (struct zip_end){ 0 }), &report));
	f = report.findings.items;
	assert_str(f->code, S("manifest-unreadable"));
	assert_true(str_starts(f->detail, S("imsmanifest.xml:2:")));
	zip_free(&z);
	assert_int_equal(courses(&s).n, 0);
	assert_int_equal(files_in(&s, "packages"), 0);
	assert_int_equal(files_in(&s, "incoming"), 0);
	site_close(&s);
}

static void an_upload_that_broke_off_is_gone_after_the_next_start(void **state)
{
	(void)state;
	struct site s;
	struct incoming *in;
	site_open(&s);
	assert_ok(incoming_open(s.shelf, &in));
	assert_ok(incoming_add(in, "half", 4));
	incoming_abandon(in);
	incoming_abandon(NULL);
	assert_int_equal(files_in(&s, "incoming"), 0);
	char path[FILE_PATH];
	assert_ok(file_path(path, s.folder, "incoming/left.zip"));
	assert_ok(file_write(path, S("half"), 0600));
	site_stop(&s);
	site_start(&s);
	assert_int_equal(files_in(&s, "incoming"), 0);
	site_close(&s);
}

static void another_process_leaves_an_upload_under_way_alone(void **state)
{
	(void)state;
	struct site s;
	struct zip_maker z;
	struct incoming *in;
	struct import_report report;
	site_open(&s);
	str zip = course_zip(&z, "M", "Курс", "one");
	assert_ok(incoming_open(s.shelf, &in));
	assert_ok(incoming_add(in, zip.p, zip.n));
	struct shelf *other;
	assert_ok(shelf_open(s.folder, s.store, key, &other));
	assert_int_equal(files_in(&s, "incoming"), 1);
	assert_ok(incoming_import(in, S("a.zip"), s.arena, &report));
	/* what one process imported the other one finds */
	const struct package *p;
	assert_ok(shelf_get(other, report.package, &p));
	assert_ptr_equal(shelf_by_token(other, str_of(p->token)), p);
	shelf_close(other);
	zip_free(&z);
	site_close(&s);
}

static void a_package_whose_file_was_lost_is_healed_by_importing_it_again(void **state)
{
	(void)state;
	struct site s;
	struct zip_maker z;
	struct import_report report;
	const struct package *p;
	site_open(&s);
	str zip = course_zip(&z, "M", "Курс", "one");
	assert_ok(import(&s, zip, &report));
	char name[FILE_PATH], path[FILE_PATH];
	snprintf(name, sizeof name, "packages/%.*s.zip", STR_ARG(report.package));
	assert_ok(file_path(path, s.folder, name));
	assert_ok(file_drop(path));
	site_stop(&s);
	site_start(&s);
	assert_err(ERR_NOT_FOUND, shelf_get(s.shelf, report.package, &p));
	assert_ok(import(&s, zip, &report));
	assert_true(report.already);
	assert_ok(shelf_get(s.shelf, report.package, &p));
	assert_int_equal(courses(&s).n, 1);
	zip_free(&z);
	site_close(&s);
}

static void many_packages_keep_their_tokens(void **state)
{
	(void)state;
	enum { N = 60 };
	struct site s;
	char tokens[N][33];
	const struct package *packages[N];
	site_open(&s);
	for (int i = 0; i < N; i++) {
		struct zip_maker z;
		struct import_report report;
		char page[20];
		snprintf(page, sizeof page, "%d", i);
		assert_ok(import(&s, course_zip(&z, page, "Курс", page), &report));
		assert_ok(shelf_get(s.shelf, report.package, &packages[i]));
		memcpy(tokens[i], packages[i]->token, sizeof tokens[i]);
		zip_free(&z);
	}
	for (int i = 0; i < N; i++)
		assert_ptr_equal(shelf_by_token(s.shelf, str_of(tokens[i])), packages[i]);
	site_stop(&s);
	site_start(&s);
	for (int i = 0; i < N; i++)
		assert_non_null(shelf_by_token(s.shelf, str_of(tokens[i])));
	site_close(&s);
}

/* The examples that lie beside the checkout, where they do. */
static void packages_of_others_are_imported(void **state)
{
	(void)state;
	static const struct {
		const char *file, *standard, *title;
		int64_t activities;
	} rows[] = {
		{ "golf-12-multi-sco.zip", "SCORM 1.2",
		  "Golf Explained - Minimum Run-time Calls", 18 },
		{ "golf-12-single-sco.zip", "SCORM 1.2",
		  "Golf Explained - Run-time Basic Calls", 1 },
		{ "golf-2004-3rd-basic.zip", "SCORM 2004 3rd Edition",
		  "Golf Explained - Run-time Basic Calls", 1 },
		{ "golf-2004-3rd-advanced.zip", "SCORM 2004 3rd Edition",
		  "Golf Explained - Run-time Advanced Calls", 1 },
	};
	const char *folder = getenv("KENES_PACKAGES");
	if (!folder) folder = KENES_SOURCE "/../shared/packages";
	if (!file_exists(folder)) return;
	struct site s;
	site_open(&s);
	for (size_t i = 0; i < countof(rows); i++) {
		char path[FILE_PATH];
		struct import_report report;
		assert_ok(file_path(path, folder, rows[i].file));
		assert_ok(package_import_file(s.shelf, path, s.arena, &report));
		assert_str(report.standard, str_of(rows[i].standard));
		assert_str(report.title, str_of(rows[i].title));
		assert_int_equal(report.activities, rows[i].activities);
		assert_int_equal(report.scos, rows[i].activities);
		assert_int_equal(report.findings.n, 1);
		const struct package *p;
		assert_ok(shelf_get(s.shelf, report.package, &p));
		for (size_t k = 1; k < p->manifest.n; k++)
			assert_true(p->manifest.activity[k].kind == ACTIVITY_CLUSTER ||
			            archive_find(p->archive, p->manifest.activity[k].file));
	}
	assert_int_equal(courses(&s).n, 4);
	struct import_report report;
	assert_err(ERR_NOT_FOUND,
	           package_import_file(s.shelf, "/nowhere/x.zip", s.arena, &report));
	site_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_package_is_imported_and_found_by_its_token),
		cmocka_unit_test(the_same_bytes_change_nothing),
		cmocka_unit_test(the_same_name_is_the_next_revision),
		cmocka_unit_test(a_hidden_course_comes_back_only_when_a_person_imports_it),
		cmocka_unit_test(a_refusal_says_why_and_leaves_nothing),
		cmocka_unit_test(an_upload_that_broke_off_is_gone_after_the_next_start),
		cmocka_unit_test(another_process_leaves_an_upload_under_way_alone),
		cmocka_unit_test(
			a_package_whose_file_was_lost_is_healed_by_importing_it_again),
		cmocka_unit_test(many_packages_keep_their_tokens),
		cmocka_unit_test(packages_of_others_are_imported),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
