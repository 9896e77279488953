/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the manifest and reading it, in the order in which one thing needs another: the
 * text, the standard, the resources, the names of the zip, the tree, the files. */
#include "package/reading.h"

#include <stdio.h>

enum {
	LARGEST = 16 << 20, /* bytes of a manifest */
	NODES = 400000,
	DEPTH = 60,
};

static str last_part(str name)
{
	size_t from = name.n;
	while (from && name.p[from - 1] != '/') from--;
	return str_part(name, from, name.n);
}

static size_t folders(str name)
{
	size_t n = 0;
	for (size_t i = 0; i < name.n; i++) n += name.p[i] == '/';
	return n;
}

/* ---- which file it is ---- */

static const struct archive_member *find_named(struct reading *r, const char *wanted,
                                               size_t *others)
{
	const struct archive_member *best = NULL;
	*others = 0;
	for (size_t i = 0; i < archive_count(r->archive); i++) {
		const struct archive_member *m = archive_at(r->archive, i);
		if (!str_is_nocase(last_part(m->name), str_of(wanted))) continue;
		if (str_starts(m->name, S("__MACOSX/"))) continue;
		*others += best != NULL;
		if (!best || folders(m->name) < folders(best->name)) best = m;
	}
	return best;
}

static enum err refuse_absent(struct reading *r)
{
	static const struct {
		const char *file, *standard;
	} others[] = { { "cmi5.xml", "cmi5" },
		       { "tincan.xml", "xAPI" },
		       { "h5p.json", "H5P" } };
	size_t n;
	for (size_t i = 0; i < countof(others); i++)
		if (find_named(r, others[i].file, &n))
			return REFUSE("manifest-other-standard", "%s: not SCORM",
			              others[i].standard);
	for (size_t i = 0; i < archive_count(r->archive); i++) {
		str name = archive_at(r->archive, i)->name;
		if (name.n > 4 &&
		    str_is_nocase(str_part(name, name.n - 4, name.n), S(".zip")))
			return REFUSE("zip-in-zip", "%.*s: a zip in the zip",
			              STR_ARG(name));
	}
	return REFUSE("manifest-absent", "zip: no imsmanifest.xml");
}

void place_manifest(struct reading *r)
{
	str name = r->file->name;
	r->out->base = arena_copy(r->arena, str_part(name, 0, name.n - last_part(name).n));
}

static enum err find_manifest(struct reading *r)
{
	size_t others;
	r->file = find_named(r, "imsmanifest.xml", &others);
	if (!r->file) return refuse_absent(r);
	place_manifest(r);
	if (others) found(r->findings, FOUND_MANIFEST_SEVERAL, r->file->name);
	return ERR_OK;
}

static void note_place(struct reading *r)
{
	str name = last_part(r->file->name), base = r->out->base;
	if (!str_is(name, S("imsmanifest.xml")))
		found(r->findings, FOUND_MANIFEST_NAME, name);
	if (base.n)
		found(r->findings, FOUND_MANIFEST_FOLDER, str_part(base, 0, base.n - 1));
}

/* ---- its text ---- */

static bool is_entity(str rest)
{
	static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" };
	for (size_t i = 0; i < countof(known); i++)
		if (str_starts(rest, str_of(known[i]))) return true;
	if (!str_starts(rest, S("&#"))) return false;
	size_t end = str_index(rest, ';');
	return end > 2 && end < 10;
}

/* Every & that begins nothing becomes &amp;. STR_NONE when there is none. */
static str escape_signs(struct arena *a, str text)
{
	size_t wrong = 0;
	for (size_t i = 0; i < text.n; i++)
		wrong += text.p[i] == '&' && !is_entity(str_part(text, i, text.n));
	char *p = wrong ? arena_try(a, text.n + wrong * 4 + 1) : NULL;
	if (!p) return STR_NONE;
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++) {
		p[n++] = text.p[i];
		if (text.p[i] != '&' || is_entity(str_part(text, i, text.n))) continue;
		memcpy(p + n, "amp;", 4);
		n += 4;
	}
	return (str){ p, n };
}

static enum err parse(struct reading *r, str text)
{
	struct xml_node *root = NULL;
	enum err err = xml_read(text, (struct xml_limits){ NODES, DEPTH }, r->arena, &root);
	r->root = root;
	if (err == ERR_TOO_LARGE)
		return REFUSE("manifest-too-large", "imsmanifest.xml: too large");
	return err;
}

/* As it stands; then by a guessed encoding; then with its & signs put right. */
static enum err parse_tolerantly(struct reading *r, str text)
{
	enum err err = parse(r, text);
	bool wide = text.n > 1 && (!text.p[0] || !text.p[1]);
	if (err == ERR_INVALID && !str_is_utf8(text) && !wide) {
		text = archive_decode(r->arena, text, "windows-1251");
		if (text.p) err = parse(r, text);
		if (!err) found(r->findings, FOUND_MANIFEST_ENCODING, S("windows-1251"));
	}
	if (err == ERR_INVALID) {
		struct err_note first = *err_last();
		str signs = escape_signs(r->arena, text);
		if (signs.p) err = parse(r, signs);
		if (!err)
			found(r->findings, FOUND_MANIFEST_SIGNS, STR_NONE);
		else
			err_restore(&first);
	}
	return err;
}

static enum err read_text(struct reading *r, str text)
{
	enum err err = parse_tolerantly(r, text);
	if (err == ERR_INVALID) {
		/* The place stands in sentences of three languages: numbers only. */
		unsigned long line = 1, column = 1;
		sscanf(err_last()->sentence, "XML, line %lu, column %lu", &line, &column);
		return REFUSE("manifest-unreadable",
		              "imsmanifest.xml:%lu:%lu: not well-formed", line, column);
	}
	if (err) return err;
	if (!str_is_nocase(r->root->name, S("manifest")))
		return REFUSE("manifest-unreadable", "imsmanifest.xml: no <manifest>");
	return ERR_OK;
}

/* ---- what it says of itself ---- */

static str or_empty(str s)
{
	return s.p ? str_trim(s) : S("");
}

/* metadata/lom/general/title: langstring in 1.2, string in 2004. */
static str described_title(const struct reading *r)
{
	const struct xml_node *lom = xml_child(xml_child(r->root, "metadata"), "lom");
	const struct xml_node *title = xml_child(xml_child(lom, "general"), "title");
	str text = xml_child_text(title, "langstring");
	if (!text.p) text = xml_child_text(title, "string");
	return or_empty(text);
}

static void read_head(struct reading *r)
{
	const struct xml_node *lom = xml_child(xml_child(r->root, "metadata"), "lom");
	r->out->root = r->root;
	r->out->identifier = or_empty(xml_attr(r->root, "identifier"));
	r->out->version = or_empty(xml_attr(r->root, "version"));
	r->out->language = or_empty(xml_child_text(xml_child(lom, "general"), "language"));
	r->out->title = described_title(r);
	r->collection = xml_child(r->root, "sequencingCollection");
}

static enum err read_tree(struct reading *r, str text)
{
	TRY(read_text(r, text));
	read_head(r);
	read_standard(r);
	TRY(read_resources(r));
	choose_names(r);
	if (r->file) note_place(r);
	return read_organization(r);
}

static void give_findings(struct reading *r)
{
	struct json_list list = findings_list(r->findings);
	r->out->finding = list.items;
	r->out->n_findings = list.n;
}

static enum err read_file(struct reading *r)
{
	str text;
	TRY(find_manifest(r));
	enum err err = archive_read(r->file, LARGEST, r->arena, &text);
	if (err == ERR_TOO_LARGE)
		return REFUSE("manifest-too-large", "imsmanifest.xml: too large");
	return err ? err : read_tree(r, text);
}

enum err manifest_read(struct archive *archive, struct arena *arena, struct manifest *out)
{
	struct manifest m = { 0 };
	struct reading r = {
		.archive = archive,
		.arena = arena,
		.findings = findings_open(arena),
		.out = &m,
	};
	TRY(read_file(&r));
	check_listed_files(&r);
	look_at_files(r.archive, r.findings);
	give_findings(&r);
	*out = m;
	return ERR_OK;
}

enum err manifest_read_text(str text, struct arena *arena, struct manifest *out)
{
	static const char empty_zip[22] = "PK\5\6";
	struct manifest m = { .base = S("") };
	struct reading r = {
		.arena = arena,
		.findings = findings_open(arena),
		.out = &m,
	};
	TRY(archive_open_bytes(empty_zip, sizeof empty_zip, NULL, &r.archive));
	enum err err = read_tree(&r, text);
	archive_close(r.archive);
	if (err) return err;
	give_findings(&r);
	*out = m;
	return ERR_OK;
}
