/* SPDX-License-Identifier: Apache-2.0 */
/* The live grid and the same as CSV. */
/* needs: support/zip_maker.c runtime */
#include "support/zip_maker.h"
#include "training/training.h"
#include "unit/runtime/course.h"

static struct grid grid_of(struct room *r, struct shelf *shelf)
{
	struct grid grid;
	assert_ok(training_grid(r->db, shelf, r->a, r->event, &grid));
	return grid;
}

static const struct grid_row *row_of(const struct grid *grid, str person)
{
	const struct grid_row *row = grid->rows.items;
	for (size_t i = 0; i < grid->rows.n; i++)
		if (str_is(row[i].person, person)) return &row[i];
	fail_msg("no row");
	return NULL;
}

static const struct grid_cell *cell_of(const struct grid *grid, str person, str course)
{
	const struct grid_row *row = row_of(grid, person);
	const struct grid_cell *cell = row->cells.items;
	for (size_t i = 0; i < row->cells.n; i++)
		if (str_is(cell[i].course, course)) return &cell[i];
	fail_msg("no cell");
	return NULL;
}

static void everyone_who_joined_has_a_cell_for_every_course(void **state)
{
	struct room *r = *state;
	str one = room_person(r, "Әбенова", "Б"), two = room_person(r, "Яковлев", "Г");
	str attempt = course_open(r, one, r->course);
	struct told c = course_commit(course_launch(r, attempt), 1);
	c.attempt_completion = S("incomplete");
	c.attempt_score = 0.4;
	c.attempt_progress = 0.6;
	c.at_activity = S("item-7");
	c.kept = 3;
	time_stop_at(NOON + 1000);
	course_send(r, attempt, c);

	struct grid grid = grid_of(r, NULL);
	assert_int_equal(grid.courses.n, 2);
	assert_int_equal(grid.rows.n, 2);
	assert_int_equal(grid.joined, 2);
	assert_int_equal(grid.started, 1);
	assert_int_equal(grid.completed, 0);
	/* Kazakh Ә beside the Russian А, not behind Я. */
	const struct grid_row *row = grid.rows.items;
	assert_str(row[0].person, one);
	assert_str(row[0].surname, S("Әбенова"));
	assert_str(row[0].council_name, S("Абай ауданы"));
	assert_true(row[0].present);
	assert_int_equal(row[0].joined_at, NOON);
	/* Heard of by a commit from inside the course. */
	assert_int_equal(row[0].seen_at, NOON + 1000);
	assert_int_equal(row[1].seen_at, NOON);

	const struct grid_cell *cell = cell_of(&grid, one, r->course);
	assert_str(cell->attempt, attempt);
	assert_str(cell->state, S("started"));
	assert_str(cell->activity_title, S("item-7"));
	assert_true(cell->score == 0.4 && cell->progress == 0.6);
	assert_int_equal(cell->unsaved, 3);
	assert_int_equal(cell->changed_at, NOON + 1000);

	cell = cell_of(&grid, two, r->course);
	assert_str(cell->attempt, STR_NONE);
	assert_str(cell->state, S("new"));
	assert_true(isnan(cell->score) && isnan(cell->progress));
	assert_int_equal(cell->changed_at, JSON_ABSENT);
	assert_str(cell_of(&grid, one, r->other_course)->state, S("new"));
}

static enum err be_absent(struct tx *tx, void *arg)
{
	const str *ids = arg;
	return presence_set(tx, ids[0], ids[1], false);
}

static void people_are_counted_done_with_all_courses_and_present_ones_only(void **state)
{
	struct room *r = *state;
	str courses[] = { r->course, r->other_course };
	str done = room_person(r, "А", "Б"), half = room_person(r, "В", "Г");
	for (size_t i = 0; i < 3; i++) {
		str attempt = course_open(r, i < 2 ? done : half, courses[i % 2]);
		struct told c = course_commit(course_launch(r, attempt), 1);
		c.attempt_completion = S("completed");
		if (i == 1) c.attempt_success = S("passed");
		course_send(r, attempt, c);
	}
	assert_ok(store_write(r->store, be_absent, (str[]){ r->event, half }));
	struct grid grid = grid_of(r, NULL);
	assert_int_equal(grid.completed, 1);
	assert_int_equal(grid.started, 2);
	assert_int_equal(grid.joined, 1);
	assert_false(row_of(&grid, half)->present);
}

static void a_course_begun_here_stays_when_it_is_taken_off_the_list(void **state)
{
	struct room *r = *state;
	str person = room_person(r, "А", "Б"), attempt = course_open(r, person, r->course);
	course_send(r, attempt, course_commit(course_launch(r, attempt), 1));
	assert_ok(room_do(r, course_hide, r->course));
	assert_ok(room_do(r, course_hide, r->other_course));
	struct grid grid = grid_of(r, NULL);
	assert_int_equal(grid.courses.n, 1);
	assert_str(cell_of(&grid, person, r->course)->state, S("started"));
}

static void waiting_claims_are_in_the_grid(void **state)
{
	struct room *r = *state;
	char cookie[SESSION_COOKIE];
	struct joining j;
	room_person(r, "А", "Б");
	session_cookie_new(cookie);
	assert_ok(room_join(r, cookie, "А", "Б", &j));
	struct grid grid = grid_of(r, NULL);
	assert_int_equal(grid.claims.n, 1);
	assert_str(((const struct claim *)grid.claims.items)->code, str_of(j.claim_code));
	assert_int_equal(grid.rows.n, 1);
}

static void the_grid_of_an_unknown_event_is_not_found(void **state)
{
	struct room *r = *state;
	struct grid grid;
	assert_err(ERR_NOT_FOUND,
	           training_grid(r->db, NULL, r->a, room_id(r, "evt"), &grid));
}

/* ---- with a package on the shelf ---- */

static const char manifest[] =
	"<manifest identifier='m' xmlns='http://www.imsproject.org/xsd/imscp_rootv1p1p2'"
	" xmlns:adlcp='http://www.adlnet.org/xsd/adlcp_rootv1p2'>"
	"<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>"
	"<organizations default='o'><organization identifier='o'><title>Курс</title>"
	"<item identifier='i1' identifierref='r1'><title>Бірінші сабақ</title></item>"
	"</organization></organizations><resources><resource identifier='r1'"
	" type='webcontent' adlcp:scormtype='sco' href='a.html'><file href='a.html'/>"
	"</resource></resources></manifest>";

static void a_cell_tells_the_title_of_the_activity(void **state)
{
	struct room *r = *state;
	char folder[FILE_PATH];
	struct shelf *shelf;
	struct zip_maker zip;
	struct import_report report;
	test_folder(folder);
	assert_ok(shelf_open(folder, r->store, (const uint8_t[SEAL_KEY]){ 1 }, &shelf));
	zip_begin(&zip);
	zip_text(&zip, "imsmanifest.xml", manifest);
	zip_text(&zip, "a.html", "<p>1</p>");
	assert_ok(package_import_bytes(shelf, zip_done(&zip, (struct zip_end){ 0 }),
	                               S("c.zip"), r->a, &report));
	zip_free(&zip);
	assert_ok(store_write(r->store, room_courses, r));

	str person = room_person(r, "А", "Б");
	str attempt = course_open(r, person, report.course);
	struct told c = course_commit(course_launch(r, attempt), 1);
	c.at_activity = S("i1");
	course_send(r, attempt, c);
	str lost = course_open(r, person, r->course);
	c.launch = course_launch(r, lost);
	course_send(r, lost, c);

	struct grid grid = grid_of(r, shelf);
	assert_str(cell_of(&grid, person, report.course)->activity_title,
	           S("Бірінші сабақ"));
	/* A package that cannot be opened leaves the id. */
	assert_str(cell_of(&grid, person, r->course)->activity_title, S("i1"));
	shelf_close(shelf);
}

/* ---- CSV ---- */

static void the_csv_is_what_excel_wants(void **state)
{
	struct room *r = *state;
	str person = room_person(r, "Серікова", "Айгүл");
	str attempt = course_open(r, person, r->course);
	struct told c = course_commit(course_launch(r, attempt), 1);
	c.attempt_success = S("passed");
	c.attempt_score = 0.855;
	c.attempt_progress = 1;
	course_send(r, attempt, c);

	struct buf b;
	buf_init(&b, 1 << 20);
	assert_ok(training_results(r->db, NULL, r->a, r->event, S("ru"), table_csv, &b));
	assert_str(buf_as_str(&b),
	           S("\xEF\xBB\xBF"
	             "\"Общественный совет, организация\";Фамилия;Имя;Отчество;Присутствие;"
	             "Duties: результат;\"Duties: балл, %\";\"Duties: прогресс, %\";"
	             "Rights: результат;\"Rights: балл, %\";\"Rights: прогресс, %\"\r\n"
	             "Абай ауданы;Серікова;Айгүл;;Да;не начато;;;тест сдан;86;100\r\n"));
	buf_free(&b);
}

static void what_would_be_a_formula_is_text(void **state)
{
	static const struct {
		const char *surname, *cell, *why;
	} rows[] = {
		{ "=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"", "=" },
		{ "+1А", "'+1А", "+" },
		{ "-1А", "'-1А", "-" },
		{ "@SUM(А)", "'@SUM(А)", "@" },
		{ "А;Б", "\"А;Б\"", "the separator" },
		{ "А\"Б", "\"А\"\"Б\"", "a quote" },
		{ "О'Нил", "О'Нил", "an apostrophe is nothing special" },
		{ "А=1", "А=1", "not at the beginning" },
	};
	struct room *r = *state;
	struct buf b;
	buf_init(&b, 1 << 20);
	for (size_t i = 0; i < countof(rows); i++) room_person(r, rows[i].surname, "Я");
	assert_ok(training_results(r->db, NULL, r->a, r->event, S("kk"), table_csv, &b));
	buf_char(&b, 0);
	for (size_t i = 0; i < countof(rows); i++) {
		str wanted = arena_printf(r->a, "Абай ауданы;%s;Я;;Иә;", rows[i].cell);
		assert_row(strstr(b.p, wanted.p) != NULL, rows[i].why);
	}
	buf_free(&b);
}

static void a_csv_that_does_not_fit_is_an_error_and_not_a_half(void **state)
{
	struct room *r = *state;
	struct buf b;
	buf_init(&b, 100);
	assert_err(ERR_TOO_LARGE,
	           training_results(r->db, NULL, r->a, r->event, S("en"), table_csv, &b));
	buf_free(&b);
}

/* ---- a large hall ---- */

SQL(fill_people, "INSERT INTO person (id, surname, given, folded, language, made_at)"
                 " VALUES (:id, :id, 'A', :id, 'kk', 0)");
SQL(fill_presence, "INSERT INTO presence (event, person, joined_at, seen_at)"
                   " VALUES (:event, :id, 0, 0)");

static enum err fill_hall(struct tx *tx, void *arg)
{
	struct room *r = arg;
	for (int i = 0; i < 600; i++) {
		str id = room_id(r, "per");
		QUERY(person, tx_db(tx), fill_people);
		bind_text(&person, ":id", id);
		TRY(query_run(&person, NULL));
		QUERY(there, tx_db(tx), fill_presence);
		bind_text(&there, ":id", id);
		bind_text(&there, ":event", r->event);
		TRY(query_run(&there, NULL));
	}
	return ERR_OK;
}

static void the_screen_is_bounded_and_the_csv_is_whole(void **state)
{
	struct room *r = *state;
	assert_ok(store_write(r->store, fill_hall, r));
	struct grid grid = grid_of(r, NULL);
	assert_int_equal(grid.rows.n, 500);
	assert_int_equal(grid.joined, 600);

	struct buf b;
	size_t lines = 0;
	buf_init(&b, 1 << 20);
	assert_ok(training_results(r->db, NULL, r->a, r->event, S("en"), table_csv, &b));
	for (size_t i = 0; i < b.n; i++) lines += b.p[i] == '\n';
	assert_int_equal(lines, 601);
	buf_free(&b);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, room_open, room_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(everyone_who_joined_has_a_cell_for_every_course),
		TEST(people_are_counted_done_with_all_courses_and_present_ones_only),
		TEST(a_course_begun_here_stays_when_it_is_taken_off_the_list),
		TEST(waiting_claims_are_in_the_grid),
		TEST(the_grid_of_an_unknown_event_is_not_found),
		cmocka_unit_test_setup_teardown(a_cell_tells_the_title_of_the_activity,
		                                room_open_bare, room_close),
		TEST(the_csv_is_what_excel_wants),
		TEST(what_would_be_a_formula_is_text),
		TEST(a_csv_that_does_not_fit_is_an_error_and_not_a_half),
		TEST(the_screen_is_bounded_and_the_csv_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
