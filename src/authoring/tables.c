/* SPDX-License-Identifier: Apache-2.0 */
#include "authoring/tables.h"

#include "base/file.h"

#define LARGEST ((size_t)4 << 20)
enum { COLUMNS = 12, ROWS = 10000 };

const char *const language_codes[LANGUAGES] = { "kk", "ru", "en" };

struct table {
	const char *folder, *file;
	struct arena *arena;
	table_fault_fn *tell;
	void *context;
	str rest;            /* rows not yet read */
	str column[COLUMNS]; /* names */
	str cell[COLUMNS];
	size_t n_columns, n_rows;
	int line;
};

static void fault(const struct table *t, const char *code, str detail)
{
	struct table_fault f = { str_of(t->file), detail, t->line, code };
	t->tell(t->context, &f);
}

static size_t split(str line, str out[COLUMNS])
{
	size_t n = 0;
	if (str_ends(line, S("\r"))) line = str_part(line, 0, line.n - 1);
	while (n < COLUMNS) {
		size_t tab = str_index(line, '\t');
		out[n++] = str_trim(str_part(line, 0, tab));
		if (tab == line.n) break;
		line = str_part(line, tab + 1, line.n);
	}
	return n;
}

/* The next row that is neither empty nor a comment. */
static bool next_row(struct table *t)
{
	str line;
	while (t->n_rows < ROWS && str_cut(&t->rest, '\n', &line)) {
		t->line++;
		if (!str_trim(line).n || line.p[0] == '#') continue;
		size_t n = split(line, t->cell);
		if (t->n_columns && n != t->n_columns) {
			fault(t, "table-columns", t->cell[0]);
			continue;
		}
		if (!t->n_columns) {
			memcpy(t->column, t->cell, sizeof t->cell);
			t->n_columns = n;
			continue;
		}
		t->n_rows++;
		return true;
	}
	return false;
}

/* A cell by its column's name; "-" and an absent column are STR_NONE. */
static str cell(const struct table *t, const char *column)
{
	for (size_t i = 0; i < t->n_columns; i++) {
		if (!str_is(t->column[i], str_of(column))) continue;
		return str_is(t->cell[i], S("-")) ? STR_NONE : t->cell[i];
	}
	return STR_NONE;
}

/* How many lines it has at most: room for its rows. */
static size_t lines(str text)
{
	size_t n = 1;
	for (size_t i = 0; i < text.n; i++) n += text.p[i] == '\n';
	return n;
}

/* The table of the folder, or of the one above; no rows when there is none. */
static enum err open_table(struct table *t)
{
	char path[FILE_PATH], above[FILE_PATH];
	TRY(file_path(path, t->folder, t->file));
	if (!file_exists(path)) {
		TRY(file_path(above, t->folder, ".."));
		TRY(file_path(path, above, t->file));
		if (!file_exists(path)) return ERR_OK;
	}
	TRY(file_read(path, LARGEST, t->arena, &t->rest));
	if (!str_is_utf8(t->rest)) {
		fault(t, "not-utf8", STR_NONE);
		t->rest = S("");
	}
	return ERR_OK;
}

static void *room_for(struct table *t, size_t size)
{
	return arena_try(t->arena, (lines(t->rest) + 1) * size);
}

static enum err too_large(const struct table *t)
{
	return FAIL(ERR_TOO_LARGE, "%s is too large", t->file);
}

/* ---- the four tables ---- */

/* A course of one language names its acts in that one: the others borrow it. */
static bool name_everywhere(struct act *a)
{
	size_t known = 0;
	while (known < LANGUAGES && !a->name[known].n) known++;
	if (known == LANGUAGES) return false;
	for (size_t l = 0; l < LANGUAGES; l++) {
		if (a->name[l].n) continue;
		a->name[l] = a->name[known];
		a->short_name[l] = a->short_name[known];
	}
	return true;
}

static enum err read_acts(struct table *t, struct tables *out)
{
	TRY(open_table(t));
	struct act *all = room_for(t, sizeof *all);
	if (!all) return too_large(t);
	while (next_row(t)) {
		struct act *a = &all[out->n_acts++];
		a->key = cell(t, "key");
		for (size_t l = 0; l < LANGUAGES; l++) {
			char short_column[16] = "kk_short";
			memcpy(short_column, language_codes[l], 2);
			a->name[l] = cell(t, language_codes[l]);
			a->short_name[l] = cell(t, short_column);
			if (!a->short_name[l].n) a->short_name[l] = a->name[l];
		}
		if (!name_everywhere(a)) fault(t, "table-empty", a->key);
	}
	out->act = all;
	return ERR_OK;
}

static const struct act *find_act(const struct tables *t, str key)
{
	for (size_t i = 0; i < t->n_acts; i++)
		if (str_is(t->act[i].key, key)) return &t->act[i];
	return NULL;
}

static bool is_date(str s)
{
	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-') return false;
	int64_t n;
	return str_to_int(str_part(s, 0, 4), 1900, 2200, &n) &&
	       str_to_int(str_part(s, 5, 7), 1, 12, &n) &&
	       str_to_int(str_part(s, 8, 10), 1, 31, &n);
}

static enum err read_facts(struct table *t, struct tables *out)
{
	TRY(open_table(t));
	struct fact *all = room_for(t, sizeof *all);
	if (!all) return too_large(t);
	out->fact = all;
	while (next_row(t)) {
		struct fact f = {
			.id = cell(t, "id"),
			.article = cell(t, "article"),
			.date = cell(t, "date"),
			.text = cell(t, "text"),
			.keyable = !str_is(cell(t, "use"), S("open")),
		};
		str act = cell(t, "act");
		f.act = act.p ? find_act(out, act) : NULL;
		if (!f.id.n || tables_fact(out, f.id)) {
			fault(t, "table-twice", f.id);
			continue;
		}
		if (act.p && !f.act) fault(t, "table-act", act);
		if (f.date.p && !is_date(f.date)) fault(t, "table-date", f.date);
		all[out->n_facts++] = f;
	}
	return ERR_OK;
}

static enum err read_deadlines(struct table *t, struct tables *out)
{
	TRY(open_table(t));
	struct deadline *all = room_for(t, sizeof *all);
	if (!all) return too_large(t);
	out->deadline = all;
	while (next_row(t)) {
		struct deadline d = { cell(t, "code"), cell(t, "value"), cell(t, "unit"),
			              cell(t, "checked"), NULL };
		d.fact = tables_fact(out, cell(t, "fact"));
		if (!d.code.n || !d.value.n || tables_deadline(out, d.code)) {
			fault(t, "table-twice", d.code);
			continue;
		}
		if (!d.fact) fault(t, "fact-unknown", cell(t, "fact"));
		if (!is_date(d.checked)) fault(t, "table-date", d.checked);
		all[out->n_deadlines++] = d;
	}
	return ERR_OK;
}

static enum err read_glossary(struct table *t, struct tables *out)
{
	TRY(open_table(t));
	struct forbidden *all = room_for(t, sizeof *all);
	if (!all) return too_large(t);
	while (next_row(t)) {
		str code = cell(t, "language");
		struct forbidden f = { LANGUAGES, cell(t, "not"), cell(t, "but") };
		for (int l = 0; l < LANGUAGES; l++)
			if (str_is(code, str_of(language_codes[l])))
				f.language = (enum language)l;
		if (f.language == LANGUAGES || !f.word.n || !f.instead.n)
			fault(t, "table-empty", f.word);
		else
			all[out->n_forbidden++] = f;
	}
	out->forbidden = all;
	return ERR_OK;
}

enum err tables_read(const char *folder, struct arena *a, table_fault_fn *tell,
                     void *context, struct tables *out)
{
	static const struct {
		const char *file;
		enum err (*read)(struct table *, struct tables *);
	} all[] = {
		{ "acts.tsv", read_acts },
		{ "facts.tsv", read_facts },
		{ "deadlines.tsv", read_deadlines },
		{ "glossary.tsv", read_glossary },
	};
	*out = (struct tables){ 0 };
	for (size_t i = 0; i < countof(all); i++) {
		struct table t = { .folder = folder,
			           .file = all[i].file,
			           .arena = a,
			           .tell = tell,
			           .context = context };
		TRY(all[i].read(&t, out));
	}
	return ERR_OK;
}

const struct fact *tables_fact(const struct tables *t, str id)
{
	for (size_t i = 0; i < t->n_facts; i++)
		if (str_is(t->fact[i].id, id)) return &t->fact[i];
	return NULL;
}

const struct deadline *tables_deadline(const struct tables *t, str code)
{
	for (size_t i = 0; i < t->n_deadlines; i++)
		if (str_is(t->deadline[i].code, code)) return &t->deadline[i];
	return NULL;
}
