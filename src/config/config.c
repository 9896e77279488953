/* SPDX-License-Identifier: Apache-2.0 */
/* Everything comes from the table SETTINGS. Each source gives names and values as text; one
 * function checks a value against its row and puts it, with the place it came from, into
 * the struct. Later sources overwrite earlier ones. */
#include "config/config.h"

#include "base/file.h"
#include "base/log.h"

#include <stdlib.h>

enum kind { TEXT, NUMBER };

struct row {
	const char *name, *fallback, *doc;
	enum kind kind;
	size_t offset;
	int64_t least, most;
	enum setting_flag flags;
};

static const struct row rows[SETTINGS_N] = {
#define X(name, kind, fallback, least, most, flags, doc) \
	{ #name, fallback, doc, kind, offsetof(struct config, name), least, most, flags },
	SETTINGS(X)
#undef X
};

struct reading {
	struct arena *arena;
	struct config config;
};

/* Puts the value of a row; `from` says where it was found. */
static fallible put(struct reading *r, const struct row *row, str value, const char *from)
{
	char *member = (char *)&r->config + row->offset;
	if (!str_is_utf8(value) || str_index(value, 0) < value.n)
		return FAIL(ERR_INVALID, "%s: %s: not UTF-8 text", from, row->name);
	if (row->kind == NUMBER) {
		if (!str_to_int(value, row->least, row->most, (int64_t *)(void *)member))
			return FAIL(ERR_INVALID, "%s: %s: not a number from %lld to %lld",
			            from, row->name, (long long)row->least,
			            (long long)row->most);
	} else {
		int64_t length = (int64_t)str_runes(value);
		if (length < row->least || length > row->most)
			return FAIL(ERR_INVALID, "%s: %s: not %lld to %lld letters long",
			            from, row->name, (long long)row->least,
			            (long long)row->most);
		enum log_level level;
		if (row == &rows[SETTING_OF_log] && !log_level_read(value, &level))
			return FAIL(ERR_INVALID, "%s: %s: not error, warn, info or debug",
			            from, row->name);
		str kept = arena_copy(r->arena, value);
		if (!kept.p)
			return FAIL(ERR_TOO_LARGE, "%s: %s: too large", from, row->name);
		*(const char **)(void *)member = kept.p;
	}
	r->config.from[row - rows] = from;
	return ERR_OK;
}

static const struct row *row_named(str name)
{
	for (size_t i = 0; i < SETTINGS_N; i++)
		if (str_is(name, str_of(rows[i].name))) return &rows[i];
	return NULL;
}

static fallible put_defaults(struct reading *r)
{
	for (size_t i = 0; i < SETTINGS_N; i++)
		TRY(put(r, &rows[i], str_of(rows[i].fallback), "default"));
	return ERR_OK;
}

static fallible put_line(struct reading *r, str line, const char *from,
                         bool named[SETTINGS_N])
{
	str name;
	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#') return ERR_OK;
	if (str_index(line, '=') == line.n)
		return FAIL(ERR_INVALID, "%s: not `name = value`", from);
	str_cut(&line, '=', &name);
	const struct row *row = row_named(str_trim(name));
	if (!row)
		return FAIL(ERR_INVALID, "%s: no setting is called %.*s", from,
		            STR_ARG(str_part(str_trim(name), 0, 40)));
	if (named[row - rows])
		return FAIL(ERR_INVALID, "%s: %s: named a second time", from, row->name);
	named[row - rows] = true;
	return put(r, row, str_trim(line), from);
}

static fallible put_file(struct reading *r, const char *file)
{
	if (!file || !file_exists(file)) return ERR_OK;
	str text, line;
	bool named[SETTINGS_N] = { false };
	TRY(file_read(file, 64 << 10, r->arena, &text));
	if (str_starts(text, S("\xEF\xBB\xBF"))) text = str_part(text, 3, text.n);
	for (int number = 1; str_cut(&text, '\n', &line); number++) {
		const char *from = arena_printf(r->arena, "%s:%d", file, number).p;
		TRY(put_line(r, line, from, named));
	}
	return ERR_OK;
}

/* "KENES_CONTENT_PORT" */
static const char *variable_of(const struct row *row, struct arena *a)
{
	str name = arena_printf(a, "KENES_%s", row->name);
	char *p = arena_alloc(a, name.n + 1);
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		p[i] = c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
	}
	return p;
}

static fallible put_environment(struct reading *r)
{
	for (size_t i = 0; i < SETTINGS_N; i++) {
		const char *from = variable_of(&rows[i], r->arena), *value = getenv(from);
		if (value && *value) TRY(put(r, &rows[i], str_of(value), from));
	}
	return ERR_OK;
}

/* "content-port" is content_port. */
static const struct row *row_of_option(struct arena *a, str option)
{
	char *name = arena_alloc(a, option.n + 1);
	for (size_t i = 0; i < option.n; i++)
		name[i] = option.p[i] == '-' ? '_' : option.p[i];
	return row_named((str){ name, option.n });
}

static fallible put_arguments(struct reading *r, char *const *arguments)
{
	while (arguments && *arguments) {
		str value = str_of(*arguments++), name = STR_NONE;
		if (!str_starts(value, S("--")))
			return FAIL(ERR_INVALID, "%.80s: not an option", value.p);
		bool joined = str_index(value, '=') < value.n;
		str_cut(&value, '=', &name);
		const struct row *row = row_of_option(r->arena, str_part(name, 2, name.n));
		if (!row)
			return FAIL(ERR_INVALID, "%.*s: no such option",
			            STR_ARG(str_part(name, 0, 40)));
		const char *from = arena_printf(r->arena, "%.*s", STR_ARG(name)).p;
		if (!joined) {
			if (!*arguments)
				return FAIL(ERR_INVALID, "%s: without a value", from);
			value = str_of(*arguments++);
		}
		TRY(put(r, row, value, from));
	}
	return ERR_OK;
}

fallible config_read(struct arena *a, const char *file, char *const *arguments,
                     struct config *out)
{
	struct reading r = { .arena = a };
	TRY(put_defaults(&r));
	TRY(put_file(&r, file));
	TRY(put_environment(&r));
	TRY(put_arguments(&r, arguments));
	*out = r.config;
	return ERR_OK;
}

void config_show(const struct config *config, struct buf *out)
{
	for (size_t i = 0; i < SETTINGS_N; i++) {
		const char *member = (const char *)config + rows[i].offset;
		buf_printf(out, "%s = ", rows[i].name);
		if (rows[i].kind == NUMBER) {
			int64_t number;
			memcpy(&number, member, sizeof number);
			buf_printf(out, "%lld", (long long)number);
		} else {
			const char *text;
			memcpy(&text, member, sizeof text);
			bool masked = rows[i].flags & SETTING_SECRET && *text;
			buf_str(out, masked ? S("********") : str_of(text));
		}
		buf_printf(out, "  # %s\n", config->from[i]);
	}
}

void config_doc(struct buf *out)
{
	buf_str(out,
	        S("# Settings\n\n"
	          "Made from `src/config/config.h`. A setting is taken from the command "
	          "line (`--content-port 8081`),\nelse from the environment "
	          "(`KENES_CONTENT_PORT`), else from `kenes.conf` in the data folder\n"
	          "(`content_port = 8081`), else it has its default. `kenes config show` "
	          "tells which.\n\n"
	          "| name | default | bounds | what it is |\n|---|---|---|---|\n"));
	for (size_t i = 0; i < SETTINGS_N; i++) {
		const struct row *row = &rows[i];
		buf_printf(out, "| `%s` | %s%s%s | %lld–%lld%s | %s%s |\n", row->name,
		           *row->fallback ? "`" : "", row->fallback,
		           *row->fallback ? "`" : "", (long long)row->least,
		           (long long)row->most, row->kind == TEXT ? " letters" : "",
		           row->doc, row->flags & SETTING_SECRET ? " Secret." : "");
	}
}

void config_sample(struct buf *out)
{
	buf_str(out,
	        S("# Settings of Kenes. What is commented out has the value shown.\n"));
	for (size_t i = 0; i < SETTINGS_N; i++)
		buf_printf(out, "\n# %s\n#%s = %s\n", rows[i].doc, rows[i].name,
		           rows[i].flags & SETTING_SECRET ? "" : rows[i].fallback);
}
