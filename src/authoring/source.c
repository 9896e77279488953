/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a course's folder: course.json, the files by their names, the banks. */
#include "authoring/course.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>

#define FILE_LARGEST ((size_t)1 << 20)
enum { UNITS = 99, MEDIA = 500 };

/* ---- course.json ---- */

struct in_languages {
	str kk, ru, en;
};
static const struct json_field in_languages_fields[] = {
	JSON_TEXT(struct in_languages, kk, false, 1, 1000),
	JSON_TEXT(struct in_languages, ru, false, 1, 1000),
	JSON_TEXT(struct in_languages, en, false, 1, 1000),
};
static const struct shape in_languages_shape =
	SHAPE("InLanguages", struct in_languages, in_languages_fields);

struct test_settings {
	int64_t questions, attempts;
};
static const struct json_field test_fields[] = {
	JSON_INT(struct test_settings, questions, true, 1, 60),
	JSON_INT(struct test_settings, attempts, false, 1, 20),
};
static const struct shape test_shape =
	SHAPE("TestSettings", struct test_settings, test_fields);

struct settings {
	str id;
	int64_t version;
	const struct in_languages *title, *description, *audience;
	struct json_list languages;
	int64_t minutes;
	str law_as_of;
	int64_t pass_mark;
	const struct test_settings *test, *pretest;
};
static const struct json_field settings_fields[] = {
	JSON_TEXT(struct settings, id, true, 1, 60),
	JSON_INT(struct settings, version, true, 1, 1000000),
	JSON_OBJECT(struct settings, title, true, in_languages_shape),
	JSON_OBJECT(struct settings, description, true, in_languages_shape),
	JSON_OBJECT(struct settings, audience, true, in_languages_shape),
	JSON_TEXTS(struct settings, languages, true, LANGUAGES),
	JSON_INT(struct settings, minutes, true, 1, 6000),
	JSON_TEXT(struct settings, law_as_of, true, 10, 10),
	JSON_INT(struct settings, pass_mark, true, 1, 100),
	JSON_OBJECT(struct settings, test, true, test_shape),
	JSON_OBJECT(struct settings, pretest, false, test_shape),
};
static const struct shape settings_shape =
	SHAPE("CourseSettings", struct settings, settings_fields);

static void take_texts(str out[LANGUAGES], const struct in_languages *in)
{
	out[KK] = in->kk;
	out[RU] = in->ru;
	out[EN] = in->en;
}

static enum language language_of(str code)
{
	for (int l = 0; l < LANGUAGES; l++)
		if (str_is(code, str_of(language_codes[l]))) return (enum language)l;
	return LANGUAGES;
}

static void take_languages(struct course *c, const struct settings *s)
{
	const str *code = s->languages.items;
	bool offered[LANGUAGES] = { 0 };
	for (size_t i = 0; i < s->languages.n; i++) {
		enum language l = language_of(code[i]);
		if (l == LANGUAGES)
			problem(&c->problems, PROBLEM_LANGUAGE, S("course.json"), 1,
			        code[i]);
		else
			offered[l] = true;
	}
	str wanted = c->options.languages, one;
	if (!wanted.p) memcpy(c->has, offered, sizeof offered);
	while (wanted.p && str_cut(&wanted, ',', &one)) {
		enum language l = language_of(str_trim(one));
		if (l == LANGUAGES || !offered[l])
			problem(&c->problems, PROBLEM_LANGUAGE, S("course.json"), 1, one);
		else
			c->has[l] = true;
	}
	c->first = LANGUAGES;
	for (int l = LANGUAGES; l-- > 0;) {
		if (!c->has[l]) continue;
		c->first = (enum language)l;
		if (c->title[l].n && c->description[l].n && c->audience[l].n) continue;
		problem(&c->problems, PROBLEM_COURSE_TEXT, S("course.json"), 1,
		        str_of(language_codes[l]));
		if (!c->title[l].n) c->title[l] = c->id;
	}
}

static bool is_id(str id)
{
	for (size_t i = 0; i < id.n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", id.p[i]) || !id.p[i])
			return false;
	return id.n > 0;
}

/* The last part of the folder's path; STR_NONE for "." and the like. */
static str folder_name(const char *folder)
{
	str f = str_of(folder);
	while (f.n && (f.p[f.n - 1] == '/' || f.p[f.n - 1] == '\\')) f.n--;
	size_t from = f.n;
	while (from && f.p[from - 1] != '/' && f.p[from - 1] != '\\') from--;
	str name = str_part(f, from, f.n);
	return str_starts(name, S(".")) ? STR_NONE : name;
}

static void refuse_settings(struct course *c, str why)
{
	problem(&c->problems, PROBLEM_COURSE_JSON, S("course.json"), 1, why);
	c->id = S("course");
	c->first = LANGUAGES;
}

void course_take_settings(struct course *c, str text)
{
	struct settings s;
	if (json_read(text, &settings_shape, JSON_STRICT, c->arena, &s)) {
		refuse_settings(c, str_of(err_last()->sentence));
		return;
	}
	c->id = s.id;
	c->version = s.version;
	c->minutes = s.minutes;
	c->law_as_of = s.law_as_of;
	c->pass_mark = s.pass_mark;
	c->test_questions = s.test->questions;
	c->attempts = s.test->attempts == JSON_ABSENT ? 3 : s.test->attempts;
	c->pretest_questions = s.pretest ? s.pretest->questions : 0;
	take_texts(c->title, s.title);
	take_texts(c->description, s.description);
	take_texts(c->audience, s.audience);
	take_languages(c, &s);
}

enum err course_read_settings(struct course *c)
{
	char path[FILE_PATH];
	str text;
	TRY(file_path(path, c->folder, "course.json"));
	if (!file_exists(path))
		return FAIL(ERR_NOT_FOUND, "%s holds no course.json: it is no course",
		            c->folder);
	TRY(file_read(path, FILE_LARGEST, c->arena, &text));
	course_take_settings(c, text);
	str name = folder_name(c->folder);
	if (!is_id(c->id) || (name.p && !str_is(name, c->id)))
		problem(&c->problems, PROBLEM_COURSE_ID, S("course.json"), 1, c->id);
	return ERR_OK;
}

/* ---- files ---- */

struct listing {
	struct course *c;
	str *media;
};

/* "01-name.kk.md": number 1, slug "01-name", language. False when it is none. */
static bool read_name(str name, int *number, str *slug, enum language *l)
{
	int64_t n;
	if (!str_ends(name, S(".md")) || name.n < 10) return false;
	str stem = str_part(name, 0, name.n - 3);
	*l = language_of(str_part(stem, stem.n - 2, stem.n));
	*slug = str_part(stem, 0, stem.n - 3);
	if (*l == LANGUAGES || stem.p[stem.n - 3] != '.' || !is_id(*slug)) return false;
	if (!str_to_int(str_part(*slug, 0, 2), 1, UNITS, &n) || slug->n < 4) return false;
	*number = (int)n;
	return slug->p[2] == '-';
}

static struct unit *unit_of(struct unit *all, size_t *n, str slug)
{
	for (size_t i = 0; i < *n; i++)
		if (str_is(all[i].slug, slug)) return &all[i];
	if (*n == UNITS) return NULL;
	all[*n].slug = slug;
	return &all[(*n)++];
}

static void take_document(struct course *c, str name, bool annex)
{
	int number;
	str slug;
	enum language l;
	str bare = annex ? str_part(name, 6, name.n) : name;
	struct unit *u = NULL;
	if (read_name(bare, &number, &slug, &l))
		u = annex ? unit_of(c->annex, &c->n_annexes, slug)
		          : unit_of(c->lesson, &c->n_lessons, slug);
	if (!u) {
		problem(&c->problems, PROBLEM_FILE_NAME, name, 1, STR_NONE);
		return;
	}
	u->number = number;
	u->name = annex ? arena_printf(c->arena, "annex-%.*s", STR_ARG(slug))
	                : arena_printf(c->arena, "lesson-%02d", number);
	u->in[l] = (struct document){ .there = true, .file = name };
}

static enum err take_file(void *context, const char *file)
{
	struct course *c = context;
	str name = arena_copy(c->arena, str_of(file));
	if (str_starts(name, S(".")) || str_ends(name, S("~")) ||
	    str_is(name, S("course.json")) || str_is(name, S("media")) ||
	    str_ends(name, S(".tsv")) || str_ends(name, S(".zip")))
		return ERR_OK;
	if (str_starts(name, S("questions.")) && str_ends(name, S(".gift"))) {
		enum language l = language_of(str_part(name, 10, name.n - 5));
		if (l < LANGUAGES) return ERR_OK;
	}
	take_document(c, name, str_starts(name, S("annex-")));
	return ERR_OK;
}

static enum err take_media(void *context, const char *file)
{
	static const char *const kinds[] = { ".png", ".jpg", ".jpeg", ".webp",
		                             ".svg", ".mp3", ".mp4" };
	struct course *c = context;
	str name = arena_printf(c->arena, "media/%s", file);
	if (file[0] == '.') return ERR_OK;
	for (size_t i = 0; i < countof(kinds); i++) {
		if (!str_ends(name, str_of(kinds[i]))) continue;
		if (c->n_media == MEDIA)
			return FAIL(ERR_TOO_LARGE, "more than %d media", MEDIA);
		((str *)(uintptr_t)c->media)[c->n_media++] = name;
		return ERR_OK;
	}
	problem(&c->problems, PROBLEM_MEDIA_KIND, name, 1, STR_NONE);
	return ERR_OK;
}

static int by_str(const void *a, const void *b)
{
	const str *x = a, *y = b;
	size_t n = x->n < y->n ? x->n : y->n;
	int c = memcmp(x->p, y->p, n);
	return c ? c : (x->n > y->n) - (x->n < y->n);
}

static int by_slug(const void *a, const void *b)
{
	return by_str(&((const struct unit *)a)->slug, &((const struct unit *)b)->slug);
}

static enum err list_files(struct course *c)
{
	char media[FILE_PATH];
	str *names = arena_alloc(c->arena, MEDIA * sizeof *names);
	c->media = names;
	c->lesson = arena_alloc(c->arena, UNITS * sizeof *c->lesson);
	c->annex = arena_alloc(c->arena, UNITS * sizeof *c->annex);
	TRY(file_each(c->folder, take_file, c));
	TRY(file_path(media, c->folder, "media"));
	if (file_exists(media)) TRY(file_each(media, take_media, c));
	qsort(c->lesson, c->n_lessons, sizeof *c->lesson, by_slug);
	qsort(c->annex, c->n_annexes, sizeof *c->annex, by_slug);
	qsort(names, c->n_media, sizeof *names, by_str);
	return ERR_OK;
}

/* The text of a file; empty when it is not UTF-8, which is told. */
static enum err read_text(struct course *c, str file, str *out)
{
	char path[FILE_PATH];
	TRY(file_path(path, c->folder, arena_copy(c->arena, file).p));
	TRY(file_read(path, FILE_LARGEST, c->arena, out));
	if (str_is_utf8(*out) && !memchr(out->p, 0, out->n)) return ERR_OK;
	problem(&c->problems, PROBLEM_NOT_UTF8, file, 1, STR_NONE);
	*out = S("");
	return ERR_OK;
}

/* ---- reading them ---- */

/* Titles first: lessons name annexes by their titles. */
static enum err read_units(struct course *c, struct unit *all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		for (int l = 0; l < LANGUAGES; l++) {
			struct document *d = &all[i].in[l];
			if (!c->has[l]) continue;
			if (!d->there) {
				problem(&c->problems, PROBLEM_FILE_ABSENT, all[i].slug, 1,
				        str_of(language_codes[l]));
				continue;
			}
			TRY(read_text(c, d->file, &d->text));
			TRY(document_read(c, (enum language)l, d));
		}
	}
	return ERR_OK;
}

str question_file(const struct course *c, enum language l)
{
	return arena_printf(c->arena, "questions.%s.gift", language_codes[l]);
}

static enum err read_bank(struct course *c, enum language l)
{
	char path[FILE_PATH];
	str file = question_file(c, l);
	int line;
	TRY(file_path(path, c->folder, file.p));
	if (!file_exists(path)) {
		problem(&c->problems, PROBLEM_FILE_ABSENT, file, 1,
		        str_of(language_codes[l]));
		return ERR_OK;
	}
	TRY(read_text(c, file, &c->bank_text[l]));
	enum err e = gift_read(c->bank_text[l], c->arena, &c->bank[l], &line);
	if (e != ERR_INVALID || !err_last()->reason) return e;
	problem_named(&c->problems, err_last()->reason, file, line,
	              str_of(err_last()->sentence));
	return ERR_OK;
}

enum err course_read_files(struct course *c)
{
	TRY(list_files(c));
	if (!c->n_lessons)
		problem(&c->problems, PROBLEM_NO_LESSONS, S("course.json"), 1, STR_NONE);
	TRY(read_units(c, c->annex, c->n_annexes));
	TRY(read_units(c, c->lesson, c->n_lessons));
	for (int l = 0; l < LANGUAGES; l++)
		if (c->has[l]) TRY(read_bank(c, (enum language)l));
	return ERR_OK;
}

/* ---- looking things up ---- */

const struct gift_question *course_question(const struct course *c, enum language l, str id)
{
	for (size_t i = 0; i < c->bank[l].n; i++)
		if (str_is(c->bank[l].question[i].id, id)) return &c->bank[l].question[i];
	return NULL;
}

const struct unit *course_lesson(const struct course *c, str name)
{
	for (size_t i = 0; i < c->n_lessons; i++)
		if (str_is(c->lesson[i].name, name)) return &c->lesson[i];
	return NULL;
}

const struct unit *course_annex(const struct course *c, str slug)
{
	for (size_t i = 0; i < c->n_annexes; i++)
		if (str_is(c->annex[i].slug, slug)) return &c->annex[i];
	return NULL;
}

bool course_has_media(const struct course *c, str name)
{
	for (size_t i = 0; i < c->n_media; i++)
		if (str_is(c->media[i], name)) return true;
	return false;
}

bool is_fact_tag(str tag)
{
	if (tag.n < 4 || tag.p[2] != '-') return false;
	for (size_t i = 0; i < tag.n; i++) {
		bool letter = tag.p[i] >= 'A' && tag.p[i] <= 'Z';
		bool digit = tag.p[i] >= '0' && tag.p[i] <= '9';
		if (i < 2 ? !letter : i > 2 && !digit) return false;
	}
	return true;
}
