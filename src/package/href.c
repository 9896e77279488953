/* SPDX-License-Identifier: Apache-2.0 */
/* From what a manifest calls a file to a member of the zip, and back to an address. The
 * exact name wins; after it come, each with a finding, what careless tools make of a name:
 * another case, `\` for '/', a folder too few, an old encoding behind the %, and Kazakh
 * letters that an old zip program turned into `?` or `_`. */
#include "package/reading.h"

#include "base/text.h"

static bool is_web(str href)
{
	return str_is_nocase(str_part(href, 0, 7), S("http://")) ||
	       str_is_nocase(str_part(href, 0, 8), S("https://")) ||
	       str_starts(href, S("//"));
}

/* "javascript:…", "file:…", "C:\…" */
static bool has_scheme(str href)
{
	for (size_t i = 0; i < href.n; i++) {
		char c = (char)(href.p[i] | 0x20);
		if (href.p[i] == ':') return i > 0;
		bool letter = c >= 'a' && c <= 'z';
		if (!letter && (i == 0 || !memchr("0123456789+-.", href.p[i], 13)))
			return false;
	}
	return false;
}

static str slashes(struct arena *a, str path)
{
	if (str_index(path, '\\') == path.n) return path;
	char *p = arena_alloc(a, path.n + 1);
	for (size_t i = 0; i < path.n; i++) p[i] = path.p[i] == '\\' ? '/' : path.p[i];
	return (str){ p, path.n };
}

str join_base(struct arena *a, str base, str more)
{
	more = slashes(a, str_trim(more));
	if (more.n == 0) return base;
	if (is_web(more) || more.p[0] == '/') base = S("");
	bool ends = more.p[more.n - 1] == '/';
	return arena_printf(a, "%.*s%.*s%s", STR_ARG(base), STR_ARG(more), ends ? "" : "/");
}

/* Without "." and empty parts, ".." carried out. STR_NONE when it leads above the top. */
static str clean_path(struct arena *a, str path)
{
	char *p = arena_alloc(a, path.n + 1);
	size_t n = 0;
	str part;
	while (str_cut(&path, '/', &part)) {
		if (part.n == 0 || str_is(part, S("."))) continue;
		if (str_is(part, S(".."))) {
			if (n == 0) return STR_NONE;
			while (n && p[--n] != '/') {}
			continue;
		}
		if (n) p[n++] = '/';
		memcpy(p + n, part.p, part.n);
		n += part.n;
	}
	return (str){ p, n };
}

/* ---- finding ---- */

struct look { /* one name in two readings: %41 may stand for A, or for itself */
	str clean, decoded;
};

static bool look_at(struct arena *a, str base, str more, str path, struct look *out)
{
	str whole = arena_printf(a, "%.*s%.*s%.*s", STR_ARG(base), STR_ARG(more),
	                         STR_ARG(path));
	out->clean = clean_path(a, whole);
	if (!out->clean.p) return false;
	out->decoded = text_unpercent(a, out->clean);
	return out->decoded.p && out->clean.n > 0;
}

static const struct archive_member *exact(const struct reading *r, const struct look *l)
{
	const struct archive_member *m = archive_find(r->archive, l->decoded);
	return m ? m : archive_find(r->archive, l->clean);
}

static const struct archive_member *nocase(const struct reading *r, const struct look *l)
{
	const struct archive_member *m = archive_find_nocase(r->archive, l->decoded);
	return m ? m : archive_find_nocase(r->archive, l->clean);
}

/* The folder may be missing from the path, or be there too much. */
static const struct archive_member *other_folder(struct reading *r, str base, str path)
{
	const str bases[][2] = { { S(""), base },
		                 { r->out->base, S("") },
		                 { S(""), S("") } };
	for (size_t i = 0; i < countof(bases); i++) {
		struct look l;
		if (!look_at(r->arena, bases[i][0], bases[i][1], path, &l)) continue;
		const struct archive_member *m = nocase(r, &l);
		if (m) return m;
	}
	return NULL;
}

/* %D3%F0%EE%EA: the letters behind the % are not UTF-8. */
static const struct archive_member *old_encoding(struct reading *r, const struct look *l)
{
	static const char *const encodings[] = { "windows-1251", "cp866", "kz-1048" };
	if (str_is_utf8(l->decoded)) return NULL;
	for (size_t i = 0; i < countof(encodings); i++) {
		str name = archive_decode(r->arena, l->decoded, encodings[i]);
		const struct archive_member *m = archive_find_nocase(r->archive, name);
		if (m) return m;
	}
	return NULL;
}

static bool is_kazakh_letter(uint32_t c)
{
	static const uint32_t small[] = { 0x456, 0x493, 0x49B, 0x4A3, 0x4AF,
		                          0x4B1, 0x4BB, 0x4D9, 0x4E9 };
	for (size_t i = 0; i < countof(small); i++)
		if (c == small[i] || (c == small[i] - 1 && c != 0x455) || c == 0x406)
			return true;
	return false;
}

static bool is_like(str in_zip, str wanted)
{
	while (in_zip.n && wanted.n) {
		uint32_t there, asked;
		size_t n = str_rune(in_zip, &there), m = str_rune(wanted, &asked);
		if (!n || !m) return false;
		bool lost = there == '?' || there == '_' || there == 0xFFFD;
		if (there != asked && !(lost && is_kazakh_letter(asked))) return false;
		in_zip = str_part(in_zip, n, in_zip.n);
		wanted = str_part(wanted, m, wanted.n);
	}
	return in_zip.n == wanted.n;
}

/* CP866 has no Ә Ғ Қ Ң Ө Ұ Ү Һ І. */
static const struct archive_member *lost_letters(struct reading *r, const struct look *l)
{
	bool any = false;
	uint32_t c;
	for (str rest = l->decoded; rest.n && !any;) {
		size_t n = str_rune(rest, &c);
		if (!n) return NULL;
		any = is_kazakh_letter(c);
		rest = str_part(rest, n, rest.n);
	}
	for (size_t i = 0; any && i < archive_count(r->archive); i++)
		if (is_like(archive_at(r->archive, i)->name, l->decoded))
			return archive_at(r->archive, i);
	return NULL;
}

static const struct archive_member *find_repaired(struct reading *r, str base, str path,
                                                  const struct look *l)
{
	const struct archive_member *m;
	enum finding_code why = FOUND_HREF_CASE;
	if ((m = nocase(r, l)) == NULL) {
		if ((m = other_folder(r, base, path)) != NULL)
			why = FOUND_HREF_FOLDER;
		else if ((m = old_encoding(r, l)) != NULL)
			why = FOUND_HREF_ENCODING;
		else if ((m = lost_letters(r, l)) != NULL)
			why = FOUND_HREF_LETTERS;
	}
	if (m) found(r->findings, why, m->name);
	return m;
}

static const struct archive_member *find_file(struct reading *r, str base, str path,
                                              struct look *out)
{
	if (str_index(path, '\\') < path.n) {
		found(r->findings, FOUND_HREF_BACKSLASH, path);
		path = slashes(r->arena, path);
	}
	if (path.n && path.p[0] == '/') base = S("");
	if (!look_at(r->arena, r->out->base, base, path, out)) {
		*out = (struct look){ S(""), S("") };
		found(r->findings, FOUND_HREF_OUTSIDE, path);
		return NULL;
	}
	const struct archive_member *m = exact(r, out);
	return m ? m : find_repaired(r, base, path, out);
}

bool file_is_listed(struct reading *r, str base, str href)
{
	struct arena *a = arena_open(1 << 20);
	struct look l;
	str path = slashes(a, str_trim(href));
	if (path.n && path.p[0] == '/') base = S("");
	bool there = is_web(path) || is_web(base) || path.n == 0;
	if (!there && look_at(a, r->out->base, base, path, &l))
		there = exact(r, &l) || nocase(r, &l);
	size_t end = str_index(path, '?');
	if (!there && end < path.n &&
	    look_at(a, r->out->base, base, str_part(path, 0, end), &l))
		there = exact(r, &l) || nocase(r, &l);
	arena_close(a);
	return there;
}

/* ---- addresses ---- */

/* What an address may hold as it is; the rest is percent-encoded. */
static str as_address(struct arena *a, str text)
{
	static const char plain[] = "-._~:/?#[]@!$&'()*+,;=%";
	struct buf b;
	buf_init(&b, text.n * 3 + 1);
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i], letter = c | 0x20;
		if ((letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') ||
		    (c && strchr(plain, c)))
			buf_char(&b, (char)c);
		else
			buf_printf(&b, "%%%02X", c);
	}
	str address = arena_copy(a, buf_as_str(&b));
	buf_free(&b);
	return address;
}

/* SCORM CAM 3.4.1 (IMS CP, item@parameters). */
static str add_parameters(struct arena *a, str url, str parameters)
{
	parameters = str_trim(parameters);
	while (parameters.n && (parameters.p[0] == '?' || parameters.p[0] == '&'))
		parameters = str_part(parameters, 1, parameters.n);
	if (parameters.n == 0) return url;
	str more = as_address(a, parameters);
	if (more.p[0] == '#') {
		if (str_index(url, '#') < url.n) return url;
		return arena_printf(a, "%.*s%.*s", STR_ARG(url), STR_ARG(more));
	}
	const char *sign = str_index(url, '?') < url.n ? "&" : "?";
	return arena_printf(a, "%.*s%s%.*s", STR_ARG(url), sign, STR_ARG(more));
}

static str path_address(struct arena *a, str path, str tail)
{
	struct buf b;
	buf_init(&b, path.n * 3 + 1);
	text_percent(&b, path);
	str whole = arena_printf(a, "%.*s%.*s", STR_ARG(buf_as_str(&b)),
	                         STR_ARG(as_address(a, tail)));
	buf_free(&b);
	return whole;
}

/* Where the query or the fragment begins. */
static size_t tail_index(str href)
{
	size_t query = str_index(href, '?'), fragment = str_index(href, '#');
	return query < fragment ? query : fragment;
}

static struct launch launch_outside(struct reading *r, str address, str parameters)
{
	found(r->findings, FOUND_LAUNCH_EXTERNAL, address);
	str url = as_address(r->arena, address);
	return (struct launch){ add_parameters(r->arena, url, parameters), STR_NONE };
}

struct launch launch_of(struct reading *r, const struct resource *s, str parameters)
{
	if (is_web(s->href)) return launch_outside(r, s->href, parameters);
	if (is_web(s->base))
		return launch_outside(r,
		                      arena_printf(r->arena, "%.*s%.*s", STR_ARG(s->base),
		                                   STR_ARG(s->href)),
		                      parameters);
	size_t end = tail_index(s->href);
	str path = str_part(s->href, 0, end), tail = str_part(s->href, end, s->href.n);
	struct look l;
	const struct archive_member *m = NULL;
	if (tail.n && look_at(r->arena, r->out->base, s->base, s->href, &l) &&
	    (m = exact(r, &l)) != NULL)
		tail = S(""); /* the sign is part of the file's name */
	if (!m && has_scheme(path) && !file_is_listed(r, s->base, path)) {
		found(r->findings, FOUND_LAUNCH_SCHEME, s->href);
		return (struct launch){ STR_NONE, STR_NONE };
	}
	if (!m) m = find_file(r, s->base, path, &l);
	if (!m && l.clean.n) found(r->findings, FOUND_LAUNCH_ABSENT, l.decoded);
	str name = m ? m->name : l.decoded;
	if (name.n == 0) return (struct launch){ STR_NONE, STR_NONE };
	str url = path_address(r->arena, name, tail);
	return (struct launch){ add_parameters(r->arena, url, parameters),
		                m ? m->name : STR_NONE };
}

/* ---- the encoding of the zip's names ---- */

static bool is_ascii(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] & 0x80) return false;
	return true;
}

static size_t count_there(struct reading *r)
{
	enum { ENOUGH = 500 };
	size_t there = 0, asked = 0;
	for (size_t i = 0; i < r->n_resources && asked < ENOUGH; i++) {
		const struct resource *s = &r->resource[i];
		if (s->href.p && !is_ascii(text_unpercent(r->arena, s->href))) {
			asked++;
			there += file_is_listed(r, s->base,
			                        str_part(s->href, 0, tail_index(s->href)));
		}
		const struct xml_node *file = xml_child(s->node, "file");
		for (; file && asked < ENOUGH; file = xml_named(file->next, "file")) {
			str href = xml_attr(file, "href");
			if (!href.p || is_ascii(text_unpercent(r->arena, href))) continue;
			asked++;
			there += file_is_listed(r, s->base, href);
		}
	}
	return there;
}

void choose_names(struct reading *r)
{
	static const char *const encodings[] = { "cp866", "windows-1251", "kz-1048" };
	if (!archive_is_guessed(r->archive)) return;
	const char *best = archive_encoding(r->archive);
	size_t most = count_there(r);
	for (size_t i = 0; i < countof(encodings); i++) {
		if (archive_rename(r->archive, encodings[i])) continue;
		place_manifest(r);
		size_t there = count_there(r);
		if (there > most) most = there, best = encodings[i];
	}
	/* It was accepted before, so it is now, unless memory ran out: then the last stays.
	 */
	if (archive_rename(r->archive, best)) best = archive_encoding(r->archive);
	place_manifest(r);
	if (strcmp(best, "utf-8") != 0)
		found(r->findings, FOUND_NAMES_ENCODING, str_of(best));
}
