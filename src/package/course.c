/* SPDX-License-Identifier: Apache-2.0 */
/* Courses and packages in the database. A course is known by the identifier and the title
 * of its manifest; a package that names the same two is its next revision. */
#include "package/course.h"

#include "base/buf.h"
#include "base/time.h"

static const struct json_field course_fields[] = {
	JSON_TEXT(struct course, id, true, 1, 40),
	JSON_TEXT(struct course, title, true, 0, 1000),
	JSON_OBJECT(struct course, titles, false, titles_shape),
	JSON_TEXT(struct course, package, true, 64, 64),
	JSON_TEXT(struct course, standard, true, 1, 40),
	JSON_INT(struct course, revision, true, 1, INT32_MAX),
	JSON_INT(struct course, activities, true, 0, INT32_MAX),
	JSON_INT(struct course, bytes, true, 0, INT64_C(1) << 53),
	JSON_INT(struct course, imported_at, true, 0, INT64_C(1) << 53),
	JSON_BOOL(struct course, hidden, true),
};
const struct shape course_shape = SHAPE("Course", struct course, course_fields);

enum { MOST_COURSES = 500 };

/* ---- courses ---- */

SQL(select_courses,
    "SELECT c.id, c.title, c.package, p.standard, c.revision, p.activities, p.bytes,"
    " p.imported_at, c.hidden, c.title_kk, c.title_ru, c.title_en FROM course c JOIN "
    "package p ON p.sha256 = c.package"
    " WHERE c.hidden = 0 ORDER BY c.title, c.id LIMIT 500");
SQL(select_course,
    "SELECT c.id, c.title, c.package, p.standard, c.revision, p.activities, p.bytes,"
    " p.imported_at, c.hidden, c.title_kk, c.title_ru, c.title_en FROM course c JOIN "
    "package p ON p.sha256 = c.package"
    " WHERE c.id = :id");
SQL(select_course_of,
    "SELECT c.id, c.title, c.package, p.standard, c.revision, p.activities, p.bytes,"
    " p.imported_at, c.hidden, c.title_kk, c.title_ru, c.title_en FROM package p JOIN "
    "course c"
    " ON c.identifier = p.identifier AND c.title = p.title WHERE p.sha256 = :sha256");
SQL(hide_course, "UPDATE course SET hidden = 1 WHERE id = :id");
SQL(show_course, "UPDATE course SET hidden = 0 WHERE id = :id");

static const struct titles *titles_row(struct query *q, struct arena *a)
{
	struct titles *t = arena_new(a, struct titles);
	*t = (struct titles){ column_text(q, a, 9), column_text(q, a, 10),
		              column_text(q, a, 11) };
	return t->kk.p || t->ru.p || t->en.p ? t : NULL;
}

static struct course course_row(struct query *q, struct arena *a)
{
	return (struct course){
		.id = column_text(q, a, 0),
		.title = column_text(q, a, 1),
		.titles = titles_row(q, a),
		.package = column_text(q, a, 2),
		.standard = column_text(q, a, 3),
		.revision = column_int(q, 4, 0),
		.activities = column_int(q, 5, 0),
		.bytes = column_int(q, 6, 0),
		.imported_at = column_int(q, 7, 0),
		.hidden = column_int(q, 8, 0) != 0,
	};
}

enum err course_all(struct db *db, struct arena *a, struct json_list *out)
{
	struct course *list = arena_alloc(a, MOST_COURSES * sizeof *list);
	size_t n = 0;
	QUERY(q, db, select_courses);
	while (n < MOST_COURSES && query_next(&q)) list[n++] = course_row(&q, a);
	TRY(query_end(&q));
	*out = (struct json_list){ list, n };
	return ERR_OK;
}

enum err course_get(struct db *db, struct arena *a, str id, struct course *out)
{
	QUERY(q, db, select_course);
	bind_text(&q, ":id", id);
	if (query_next(&q))
		*out = course_row(&q, a);
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "course %.*s", STR_ARG(id));
	return query_end(&q);
}

enum err course_hide(struct tx *tx, str id)
{
	int64_t changed = 0;
	QUERY(q, tx_db(tx), hide_course);
	bind_text(&q, ":id", id);
	TRY(query_run(&q, &changed));
	return changed ? ERR_OK : FAIL(ERR_NOT_FOUND, "course %.*s", STR_ARG(id));
}

enum err course_show(struct tx *tx, void *id)
{
	QUERY(q, tx_db(tx), show_course);
	bind_text(&q, ":id", *(const str *)id);
	return query_run(&q, NULL);
}

enum err course_of_package(struct db *db, struct arena *a, str sha256, struct course *out)
{
	QUERY(q, db, select_course_of);
	bind_text(&q, ":sha256", sha256);
	if (query_next(&q))
		*out = course_row(&q, a);
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "course of package %.*s", STR_ARG(sha256));
	return query_end(&q);
}

/* ---- packages ---- */

SQL(select_package, "SELECT 1 FROM package WHERE sha256 = :sha256");
SQL(count_packages, "SELECT count(*) FROM package");
SQL(select_packages, "SELECT sha256 FROM package ORDER BY sha256 LIMIT :most");
SQL(insert_package,
    "INSERT INTO package (sha256, file_name, title, standard, identifier, activities, "
    "bytes,"
    " findings, imported_at) VALUES (:sha256, :file_name, :title, :standard, :identifier,"
    " :activities, :bytes, :findings, :imported_at)");
SQL(select_named,
    "SELECT id, package FROM course WHERE identifier = :identifier AND title = :title");
SQL(insert_course,
    "INSERT INTO course (id, identifier, title, package, revision, hidden, made_at,"
    " title_kk, title_ru, title_en)"
    " VALUES (:id, :identifier, :title, :package, 1, 0, :made_at, :kk, :ru, :en)");
SQL(revise_course,
    "UPDATE course SET package = :package, revision = revision + 1, title_kk = :kk,"
    " title_ru = :ru, title_en = :en WHERE id = :id");

enum err package_is_known(struct db *db, str sha256, bool *out)
{
	QUERY(q, db, select_package);
	bind_text(&q, ":sha256", sha256);
	*out = query_next(&q);
	return query_end(&q);
}

static enum err count(struct db *db, int64_t *out)
{
	QUERY(q, db, count_packages);
	if (query_next(&q)) *out = column_int(&q, 0, 0);
	return query_end(&q);
}

enum err package_all(struct db *db, struct arena *a, struct json_list *out)
{
	int64_t most = 0;
	TRY(count(db, &most));
	str *list = arena_alloc(a, ((size_t)most + 1) * sizeof *list);
	int64_t n = 0;
	QUERY(q, db, select_packages);
	bind_int(&q, ":most", most);
	while (n < most && query_next(&q)) list[n++] = column_text(&q, a, 0);
	TRY(query_end(&q));
	*out = (struct json_list){ list, (size_t)n };
	return ERR_OK;
}

static enum err add_package(struct tx *tx, const struct activation *a)
{
	const struct manifest *m = a->manifest;
	struct buf findings;
	buf_init(&findings, 1 << 20);
	json_write_list(&findings, &finding_shape,
	                (struct json_list){ m->finding, m->n_findings });
	QUERY(q, tx_db(tx), insert_package);
	bind_text(&q, ":sha256", str_of(a->sha256));
	bind_text(&q, ":file_name", a->file_name);
	bind_text(&q, ":title", a->title);
	bind_text(&q, ":standard", str_of(package_standard_name(m->standard)));
	bind_text(&q, ":identifier", a->identifier);
	bind_int(&q, ":activities", a->activities);
	bind_int(&q, ":bytes", a->bytes);
	bind_text(&q, ":findings", buf_as_str(&findings));
	bind_int(&q, ":imported_at", time_now());
	enum err err = query_run(&q, NULL);
	buf_free(&findings);
	return err;
}

/* The course of that name; its id stays empty when there is none. */
static enum err find_course(struct tx *tx, struct activation *a)
{
	struct arena *arena = arena_open(4096);
	QUERY(q, tx_db(tx), select_named);
	bind_text(&q, ":identifier", a->identifier);
	bind_text(&q, ":title", a->title);
	a->course.text[0] = 0;
	if (query_next(&q)) {
		str id = column_text(&q, arena, 0);
		snprintf(a->course.text, sizeof a->course.text, "%.*s", STR_ARG(id));
	}
	enum err err = query_end(&q);
	arena_close(arena);
	return err;
}

static void bind_titles(struct query *q, const struct manifest *m)
{
	const struct titles *t = m->n ? m->activity[0].titles : NULL;
	bind_text(q, ":kk", titles_in(t, S("kk"), STR_NONE));
	bind_text(q, ":ru", titles_in(t, S("ru"), STR_NONE));
	bind_text(q, ":en", titles_in(t, S("en"), STR_NONE));
}

static enum err add_course(struct tx *tx, struct activation *a)
{
	a->course = id_new("crs");
	QUERY(q, tx_db(tx), insert_course);
	bind_text(&q, ":id", id_str(&a->course));
	bind_text(&q, ":identifier", a->identifier);
	bind_text(&q, ":title", a->title);
	bind_text(&q, ":package", str_of(a->sha256));
	bind_int(&q, ":made_at", time_now());
	bind_titles(&q, a->manifest);
	return query_run(&q, NULL);
}

static enum err revise(struct tx *tx, struct activation *a)
{
	QUERY(q, tx_db(tx), revise_course);
	bind_text(&q, ":id", id_str(&a->course));
	bind_text(&q, ":package", str_of(a->sha256));
	bind_titles(&q, a->manifest);
	a->new_revision = true;
	return query_run(&q, NULL);
}

enum err package_activate(struct tx *tx, void *activation)
{
	struct activation *a = activation;
	a->new_revision = false;
	TRY(package_is_known(tx_db(tx), str_of(a->sha256), &a->already));
	TRY(find_course(tx, a));
	bool named = a->course.text[0] != 0;
	if (!a->already) {
		TRY(add_package(tx, a));
		TRY(named ? revise(tx, a) : add_course(tx, a));
	}
	str id = id_str(&a->course);
	return named && a->asked_for ? course_show(tx, &id) : ERR_OK;
}
