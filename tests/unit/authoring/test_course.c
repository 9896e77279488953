/* SPDX-License-Identifier: Apache-2.0 */
/* The sample course is good; each way of spoiling it is told, with file and line; the same
 * folder gives the same package, which an import reads without a complaint. */
#include "support/test.h"

#include "authoring/authoring.h"
#include "package/package.h"

#define SAMPLE KENES_SOURCE "/tests/fixtures/course-sample"
#define MEMORY ((size_t)64 << 20)

struct world {
	char folder[FILE_PATH]; /* a copy of the sample, to be spoiled */
	struct arena *arena;
	struct course *course;
	struct authoring_report report;
};

struct copying {
	const char *from, *to;
	struct arena *arena;
};

static enum err copy_one(void *context, const char *name)
{
	const struct copying *c = context;
	char from[FILE_PATH], to[FILE_PATH];
	str text;
	TRY(file_path(from, c->from, name));
	TRY(file_path(to, c->to, name));
	if (!strcmp(name, "media")) {
		TRY(file_make_folder(to));
		return file_each(from, copy_one, &(struct copying){ from, to, c->arena });
	}
	TRY(file_read(from, 1 << 20, c->arena, &text));
	return file_write(to, text, 0600);
}

static void open_world(struct world *w)
{
	char above[FILE_PATH];
	*w = (struct world){ .arena = arena_open(MEMORY) };
	test_folder(above);
	assert_ok(file_path(w->folder, above, "course-sample"));
	assert_ok(file_make_folder(w->folder));
	struct copying c = { SAMPLE, w->folder, w->arena };
	assert_ok(file_each(SAMPLE, copy_one, &c));
}

static void read(struct world *w, struct authoring_options options)
{
	assert_ok(authoring_read(w->folder, options, w->arena, &w->course, &w->report));
}

/* Puts `to` in the place of the first `from` of the file; NULL as `from`: the whole file.
 */
static void change(struct world *w, const char *file, const char *from, const char *to)
{
	char path[FILE_PATH];
	str text = S(""), f = str_of(from);
	assert_ok(file_path(path, w->folder, file));
	if (from) assert_ok(file_read(path, 1 << 20, w->arena, &text));
	size_t at = 0;
	while (from && !str_starts(str_part(text, at, text.n), f)) {
		assert_row(at < text.n, from);
		at++;
	}
	str all = arena_printf(w->arena, "%.*s%s%.*s", STR_ARG(str_part(text, 0, at)), to,
	                       STR_ARG(str_part(text, at + (from ? f.n : 0), text.n)));
	assert_ok(file_write(path, all, 0600));
}

static void close_world(struct world *w)
{
	arena_close(w->arena);
}

static void the_sample_is_good(void **state)
{
	(void)state;
	struct world w;
	open_world(&w);
	read(&w, (struct authoring_options){ 0 });
	assert_true(w.report.good);
	assert_int_equal(w.report.problems.n, 0);
	assert_int_equal(w.report.lessons, 2);
	assert_int_equal(w.report.annexes, 1);
	const struct authoring_bank *bank = w.report.questions.items;
	assert_int_equal(w.report.questions.n, 3);
	assert_int_equal(bank[1].all, 11);
	assert_int_equal(bank[1].numerical, 3);
	assert_int_equal(w.report.facts.n, 9);
	close_world(&w);
}

/* One change, one problem, there. */
static const struct {
	const char *file, *from, *to, *code, *where;
	int line; /* 0: whichever */
} spoiled[] = {
	{ "course.json", "\"version\": 1", "\"version\": 0", "course-json", "course.json",
	  1 },
	{ "course.json", "course-sample", "Course", "course-id", "course.json", 1 },
	{ "course.json", "\"en\": \"A sample course\"", "\"en\": \"x\", \"de\": \"y\"",
	  "course-json", "course.json", 1 },
	{ "course.json", "\"questions\": 6", "\"questions\": 60", "test-few",
	  "questions.kk.gift", 1 },
	{ "course.json", "\"questions\": 3", "\"questions\": 9", "pretest-few",
	  "questions.kk.gift", 1 },
	{ "03-new.ru.md", NULL, "# Новый\n", "file-absent", "03-new", 1 },
	{ "notes.txt", NULL, "x", "file-name", "notes.txt", 1 },
	{ "01-meeting.ru.md", "# Право", "Право", "lesson-title", "01-meeting.ru.md", 1 },
	{ "01-meeting.ru.md", "::: case", "::: story", "block-kind", "01-meeting.ru.md",
	  0 },
	{ "01-meeting.ru.md", "\n:::\n\nСовет", "\n\nСовет", "block-open",
	  "01-meeting.ru.md", 3 },
	{ "01-meeting.ru.md", "Заседания открыты", "Заседания <b>открыты</b>", "raw-html",
	  "01-meeting.ru.md", 0 },
	{ "01-meeting.ru.md", "Заседания открыты",
	  "[Заседания](https://example.kz) открыты", "link-external", "01-meeting.ru.md",
	  0 },
	{ "01-meeting.ru.md", "Заседания открыты", "https://example.kz открыты",
	  "link-external", "01-meeting.ru.md", 0 },
	{ "01-meeting.ru.md", "media/hall.svg", "media/none.svg", "picture-absent",
	  "01-meeting.ru.md", 0 },
	{ "01-meeting.ru.md", "![Зал заседаний]", "![]", "picture-words",
	  "01-meeting.ru.md", 0 },
	{ "01-meeting.ru.md", "[[PC-35]]", "[[PC-99]]", "fact-unknown", "01-meeting.ru.md",
	  10 },
	{ "01-meeting.ru.md", "[[PC-35]]", "[[hello]]", "macro", "01-meeting.ru.md", 10 },
	{ "01-meeting.ru.md", "[[@meeting.quorum-share]]", "[[@nothing]]",
	  "deadline-unknown", "01-meeting.ru.md", 10 },
	{ "02-request.ru.md", "[[annex:01-request]]", "[[annex:02-none]]", "annex-unknown",
	  "02-request.ru.md", 0 },
	{ "01-meeting.ru.md", "[[?cs-03]]", "[[?cs-33]]", "question-unknown",
	  "01-meeting.ru.md", 0 },
	{ "01-meeting.ru.md", "[[?cs-03]]", "[[?cs-02]]", "question-placed-twice",
	  "01-meeting.ru.md", 0 },
	{ "01-meeting.ru.md", "[[?cs-03]]", "[[?cs-06]]", "question-lesson",
	  "01-meeting.ru.md", 0 },
	{ "01-meeting.ru.md", "[[?cs-03]]\n", "", "structure", "01-meeting.ru.md", 1 },
	{ "01-meeting.ru.md", "::: checklist", "::: note", "lesson-part",
	  "01-meeting.ru.md", 1 },
	{ "02-request.ru.md", NULL, "# Запрос\n\nКоротко.\n", "lesson-length",
	  "02-request.ru.md", 1 },
	{ "questions.ru.gift", "[id:cs-03]", "", "question-id", "questions.ru.gift", 0 },
	{ "questions.ru.gift", "[id:cs-03]", "[id:cs-02]", "question-id-twice",
	  "questions.ru.gift", 0 },
	{ "questions.ru.gift", "$CATEGORY: lesson-02", "$CATEGORY: lesson-22", "category",
	  "questions.ru.gift", 0 },
	{ "questions.ru.gift", "=выражать мнение гражданского общества", "=проверять суды",
	  "answer-twice", "questions.ru.gift", 0 },
	{ "questions.ru.gift", "[tag:PC-35] ", "", "key-no-fact", "questions.ru.gift", 4 },
	{ "questions.ru.gift", "####Заседания открыты. [[PC-36]]", "", "feedback-absent",
	  "questions.ru.gift", 0 },
	{ "questions.ru.gift", "####Заседания открыты. [[PC-36]]", "####Открыты.",
	  "feedback-no-fact", "questions.ru.gift", 0 },
	{ "questions.ru.gift", "{#[[@meeting.quorum-of-21]]", "{#14", "number-not-code",
	  "questions.ru.gift", 4 },
	{ "questions.ru.gift", "{#[[@meeting.quorum-of-21]]", "{#[[@meeting.quorum-share]]",
	  "number-key", "questions.ru.gift", 4 },
	{ "questions.ru.gift", "{F\n", "{T\n", "bank-differs", "questions.ru.gift", 0 },
	{ "questions.ru.gift", "// [id:cs-11]", "// [id:cs-12]", "bank-lacks",
	  "questions.ru.gift", 0 },
	{ "questions.ru.gift", "~управлять", "~%x%управлять", "gift-weight",
	  "questions.ru.gift", 0 },
	{ "facts.tsv", "PC-13\tcouncil\t3(1)\t2026-07-12\tkey",
	  "PC-13\tcouncil\t3(1)\t2026-07-12\topen", "fact-open", "questions.kk.gift", 0 },
	{ "facts.tsv", "PC-13\tcouncil", "PC-13\tnothing", "table-act", "facts.tsv", 2 },
	{ "facts.tsv", "2026-07-12", "12.07.2026", "table-date", "facts.tsv", 2 },
	{ "deadlines.tsv", "ai.answer\t15", "ai.answer\t\t15", "table-columns",
	  "deadlines.tsv", 2 },
	{ "glossary.tsv", NULL, "language\tnot\tbut\nru\tжурналист*\tрепортёр\n",
	  "glossary", "01-meeting.ru.md", 0 },
};

static bool is_told(const struct authoring_report *r, size_t i)
{
	const struct authoring_problem *p = r->problems.items;
	for (size_t k = 0; k < r->problems.n; k++)
		if (str_is(p[k].code, str_of(spoiled[i].code)) &&
		    str_is(p[k].file, str_of(spoiled[i].where)) &&
		    (!spoiled[i].line || p[k].line == spoiled[i].line) && p[k].todo.n)
			return true;
	for (size_t k = 0; k < r->problems.n; k++)
		fprintf(stderr, "%.*s:%lld %.*s\n", STR_ARG(p[k].file),
		        (long long)p[k].line, STR_ARG(p[k].code));
	return false;
}

static void each_way_of_spoiling_it_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(spoiled); i++) {
		struct world w;
		open_world(&w);
		change(&w, spoiled[i].file, spoiled[i].from, spoiled[i].to);
		read(&w, (struct authoring_options){ 0 });
		assert_row(!w.report.good, spoiled[i].code);
		assert_row(is_told(&w.report, i), spoiled[i].code);
		close_world(&w);
	}
}

static void problems_are_told_in_the_asked_language(void **state)
{
	(void)state;
	static const char *const wanted[][2] = {
		{ "kk", "Курстан тыс сілтеме: https://example.kz" },
		{ "ru", "Ссылка за пределы курса: https://example.kz" },
		{ "en", "A link out of the course: https://example.kz" },
	};
	for (size_t i = 0; i < countof(wanted); i++) {
		struct world w;
		open_world(&w);
		change(&w, "01-meeting.ru.md", "Заседания открыты",
		       "[a](https://example.kz)");
		read(&w, (struct authoring_options){ .say_in = str_of(wanted[i][0]) });
		assert_int_equal(w.report.problems.n, 1);
		const struct authoring_problem *p = w.report.problems.items;
		assert_str(p->what, str_of(wanted[i][1]));
		close_world(&w);
	}
}

static void a_folder_without_course_json_is_no_course(void **state)
{
	(void)state;
	struct world w = { .arena = arena_open(MEMORY) };
	test_folder(w.folder);
	assert_err(ERR_NOT_FOUND, authoring_read(w.folder, (struct authoring_options){ 0 },
	                                         w.arena, &w.course, &w.report));
	arena_close(w.arena);
}

static str packed(struct world *w, struct authoring_options options, const char *name)
{
	char file[FILE_PATH];
	str bytes;
	read(w, options);
	assert_ok(file_path(file, w->folder, name));
	assert_ok(authoring_pack(w->course, w->arena, file));
	assert_ok(file_read(file, 1 << 20, w->arena, &bytes));
	return bytes;
}

static void the_same_folder_gives_the_same_bytes(void **state)
{
	(void)state;
	for (int old = 0; old < 2; old++) {
		struct world one, two;
		struct authoring_options o = { .scorm_12 = old };
		open_world(&one);
		open_world(&two);
		str a = packed(&one, o, "a.zip"), b = packed(&two, o, "b.zip");
		assert_true(a.n > 10000 && a.n < 300000);
		assert_true(str_is(a, b));
		close_world(&one);
		close_world(&two);
	}
}

static void an_import_reads_the_package_without_a_complaint(void **state)
{
	(void)state;
	static const char *const standard[] = { "SCORM 2004 4th Edition", "SCORM 1.2" };
	static const int64_t scos[] = { 4, 4 };
	for (int old = 0; old < 2; old++) {
		struct world w;
		char file[FILE_PATH];
		struct import_report r;
		open_world(&w);
		packed(&w, (struct authoring_options){ .scorm_12 = old }, "a.zip");
		assert_ok(file_path(file, w.folder, "a.zip"));
		assert_ok(package_check_file(file, w.arena, &r));
		assert_str(r.standard, str_of(standard[old]));
		assert_int_equal(r.scos, scos[old]);
		assert_str(r.title, S("Үлгі курс · Курс-образец"));
		assert_int_equal(r.findings.n, 1); /* which standard it was read as */
		close_world(&w);
	}
}

static enum err find_language(void *context, str name, str content)
{
	int *found = context;
	if (!str_is(name, S("lesson-01.html"))) return ERR_OK;
	for (size_t i = 0; i < content.n; i++) {
		str rest = str_part(content, i, content.n);
		if (str_starts(rest, S("<article lang=\"kk\""))) *found |= 1;
		if (str_starts(rest, S("<article lang=\"ru\""))) *found |= 2;
		if (str_starts(rest, S("<article lang=\"en\""))) *found |= 4;
	}
	return ERR_OK;
}

static void only_the_asked_languages_are_packed(void **state)
{
	(void)state;
	struct world w;
	int found = 0;
	open_world(&w);
	read(&w, (struct authoring_options){ .languages = S("ru,en") });
	assert_true(w.report.good);
	assert_ok(authoring_files(w.course, w.arena, find_language, &found));
	assert_int_equal(found, 6);
	close_world(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sample_is_good),
		cmocka_unit_test(each_way_of_spoiling_it_is_told),
		cmocka_unit_test(problems_are_told_in_the_asked_language),
		cmocka_unit_test(a_folder_without_course_json_is_no_course),
		cmocka_unit_test(the_same_folder_gives_the_same_bytes),
		cmocka_unit_test(an_import_reads_the_package_without_a_complaint),
		cmocka_unit_test(only_the_asked_languages_are_packed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
