/* SPDX-License-Identifier: Apache-2.0 */
/* Import: bytes go to a file of their own under incoming/ and are hashed as they come. When
 * all are there, every member is checked and the manifest is read; then the file is synced
 * and renamed to its hash under packages/; and only then one transaction tells the
 * database. A crash before the rename leaves a file in incoming/, which the next start
 * removes; a crash between rename and transaction leaves a whole package that nobody knows
 * of yet, and the next import of the same bytes puts itself in its place. */
#include "base/text.h"
#include "package/course.h"
#include "package/findings.h"
#include "package/shelf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define LARGEST ((uint64_t)2 << 30)
#define MANIFEST_MEMORY ((size_t)256 << 20)

enum {
	PIECE = 1 << 20,
	ROOM_EVERY = 8 << 20, /* ask for room on the disk after so many bytes */
	ROOM_LEFT = 64 << 20, /* that must stay: answers go before courses */
};

static const struct json_field import_report_fields[] = {
	JSON_TEXT(struct import_report, package, false, 64, 64),
	JSON_TEXT(struct import_report, course, false, 1, 40),
	JSON_TEXT(struct import_report, title, true, 0, 1000),
	JSON_TEXT(struct import_report, standard, false, 1, 40),
	JSON_INT(struct import_report, activities, true, 0, INT32_MAX),
	JSON_INT(struct import_report, scos, true, 0, INT32_MAX),
	JSON_INT(struct import_report, files, true, 0, INT32_MAX),
	JSON_INT(struct import_report, bytes, true, 0, INT64_C(1) << 53),
	JSON_BOOL(struct import_report, already, true),
	JSON_BOOL(struct import_report, new_revision, true),
	JSON_LIST(struct import_report, findings, true, 50, finding_shape),
};
const struct shape import_report_shape =
	SHAPE("ImportReport", struct import_report, import_report_fields);

struct incoming {
	struct shelf *shelf;
	FILE *file; /* NULL once it is closed */
	char path[FILE_PATH];
	struct seal_sha256_state hash;
	uint64_t bytes, room_asked_at;
	bool asked_for; /* by a person */
	int held;       /* keeps the file locked until it has its name; -1: not */
};

/* ---- bytes come in ---- */

static enum err of_errno(const struct incoming *in)
{
	return FAIL(errno == ENOSPC ? ERR_FULL : ERR_IO, "%s: %s", in->path,
	            strerror(errno));
}

static enum err check_room(struct incoming *in)
{
	uint64_t room;
	TRY(file_room(in->path, &room));
	if (room < ROOM_LEFT)
		return FAIL(ERR_FULL, "%s: the disk is nearly full", in->path);
	in->room_asked_at = in->bytes;
	return ERR_OK;
}

enum err incoming_open(struct shelf *shelf, struct incoming **out)
{
	struct incoming *in = calloc(1, sizeof *in);
	if (!in) return FAIL(ERR_BUSY, "import: no memory");
	in->shelf = shelf;
	in->asked_for = true;
	in->held = -1;
	seal_sha256_begin(&in->hash);
	struct id name = id_new("inc");
	enum err err = shelf_incoming_path(shelf, name.text, in->path);
	if (!err && !(in->file = fopen(in->path, "wb"))) err = of_errno(in);
	if (!err) in->held = incoming_hold(fileno(in->file));
	if (!err) err = check_room(in);
	if (err)
		incoming_abandon(in);
	else
		*out = in;
	return err;
}

enum err incoming_add(struct incoming *in, const void *bytes, size_t n)
{
	if (n > LARGEST - in->bytes)
		return FAIL(ERR_TOO_LARGE, "package: more than %llu bytes",
		            (unsigned long long)LARGEST);
	seal_sha256_add(&in->hash, bytes, n);
	if (n && fwrite(bytes, 1, n, in->file) != n) return of_errno(in);
	in->bytes += n;
	return in->bytes - in->room_asked_at < ROOM_EVERY ? ERR_OK : check_room(in);
}

void incoming_abandon(struct incoming *in)
{
	if (!in) return;
	if (in->file) fclose(in->file);
	incoming_let_go(in->held);
	/* After an import it has another name and there is nothing to drop. */
	if (in->path[0] &&
	    file_drop(in->path) != ERR_OK) { /* the next start empties incoming/ */
	}
	free(in);
}

static enum err finish(struct incoming *in, char sha256[65])
{
	uint8_t hash[SEAL_HASH];
	seal_sha256_end(&in->hash, hash);
	text_hex(hash, sizeof hash, sha256);
	FILE *file = in->file;
	in->file = NULL;
	return fclose(file) == 0 ? ERR_OK : of_errno(in);
}

/* ---- the report ---- */

/* "Курс 1.zip" gives "Курс 1". */
static str title_of_file(str name)
{
	for (size_t i = name.n; i-- > 0;) {
		if (name.p[i] != '/' && name.p[i] != '\\') continue;
		name = str_part(name, i + 1, name.n);
		break;
	}
	str ending = str_part(name, name.n > 4 ? name.n - 4 : 0, name.n);
	return str_is_nocase(ending, S(".zip")) ? str_part(name, 0, name.n - 4) : name;
}

/* What the database keeps as a name: at most 900 bytes, cut between code points. */
static str short_name(str name)
{
	enum { LONGEST = 900 };
	name = str_trim(name);
	if (name.n <= LONGEST) return name;
	size_t n = LONGEST;
	while (n && ((unsigned char)name.p[n] & 0xC0) == 0x80) n--;
	return str_part(name, 0, n);
}

static str title_of(const struct manifest *m, str file_name)
{
	return short_name(m->title.n ? m->title : title_of_file(file_name));
}

/* Copies, since the manifest may go before the report does. */
static struct json_list copy_findings(struct arena *a, const struct manifest *m)
{
	struct finding *all = arena_alloc(a, (m->n_findings + 1) * sizeof *all);
	size_t n = 0;
	for (size_t i = 0; i < m->n_findings; i++)
		n += finding_of(a, m->finding[i].code, arena_copy(a, m->finding[i].detail),
		                &all[n]);
	return (struct json_list){ all, n };
}

static void describe(struct arena *a, const struct manifest *m,
                     const struct archive *archive, str name, struct import_report *out)
{
	out->title = arena_copy(a, title_of(m, name));
	out->standard = str_of(package_standard_name(m->standard));
	out->activities = out->scos = 0;
	for (size_t i = 0; i < m->n; i++) {
		out->activities += m->activity[i].kind != ACTIVITY_CLUSTER;
		out->scos += m->activity[i].kind == ACTIVITY_SCO;
	}
	out->files = (int64_t)archive_count(archive);
	out->findings = copy_findings(a, m);
}

static void describe_refusal(struct arena *a, str name, struct import_report *out)
{
	struct finding *why = arena_new(a, struct finding);
	*why = finding_of_refusal(a);
	out->title = arena_copy(a, short_name(title_of_file(name)));
	out->findings = (struct json_list){ why, 1 };
}

static enum err activate(struct incoming *in, const char *sha256, str name, struct arena *a,
                         const struct manifest *m, struct import_report *out)
{
	struct activation activation = {
		.sha256 = sha256,
		.file_name = short_name(name),
		.identifier = short_name(m->identifier),
		.title = out->title,
		.manifest = m,
		.activities = out->activities,
		.bytes = out->bytes,
		.asked_for = in->asked_for,
	};
	TRY(store_write(shelf_store(in->shelf), package_activate, &activation));
	out->package = arena_copy(a, str_of(sha256));
	out->course = arena_copy(a, id_str(&activation.course));
	out->already = activation.already;
	out->new_revision = activation.new_revision;
	return shelf_add(in->shelf, str_of(sha256));
}

/* ---- the import ---- */

/* A package that was here before, with its file as it should be. */
static const struct package *find_known(struct shelf *shelf, const char *sha256)
{
	const struct package *p = NULL;
	char path[FILE_PATH];
	if (shelf_package_path(shelf, sha256, path) || !file_exists(path)) return NULL;
	return shelf_get(shelf, str_of(sha256), &p) ? NULL : p;
}

static enum err examine(const char *path, struct arena *memory, struct archive **archive,
                        struct manifest *manifest)
{
	TRY(archive_open(path, NULL, archive));
	TRY(archive_verify(*archive));
	return manifest_read(*archive, memory, manifest);
}

static enum err put_in_place(struct incoming *in, const char *sha256)
{
	char path[FILE_PATH];
	TRY(shelf_package_path(in->shelf, sha256, path));
	TRY(file_sync(in->path));
	return file_rename(in->path, path);
}

static enum err import_new(struct incoming *in, const char *sha256, str name,
                           struct arena *a, struct import_report *out)
{
	struct arena *memory = arena_open(MANIFEST_MEMORY);
	struct archive *archive = NULL;
	struct manifest manifest;
	enum err err = examine(in->path, memory, &archive, &manifest);
	if (err == ERR_REFUSED) describe_refusal(a, name, out);
	if (!err) describe(a, &manifest, archive, name, out);
	archive_close(archive); /* a mapped file cannot be renamed everywhere */
	if (!err) err = put_in_place(in, sha256);
	if (!err) err = activate(in, sha256, name, a, &manifest, out);
	arena_close(memory);
	return err;
}

/* The very same bytes: nothing changes, but a person who asks for a hidden course again
 * gets it back. */
static enum err report_known(struct shelf *shelf, const struct package *p, bool asked_for,
                             struct arena *a, struct import_report *out)
{
	struct db *db;
	struct course course;
	TRY(store_reader(shelf_store(shelf), &db));
	enum err err = course_of_package(db, a, str_of(p->sha256), &course);
	store_reader_done(shelf_store(shelf), db);
	TRY(err);
	if (asked_for && course.hidden)
		TRY(store_write(shelf_store(shelf), course_show, &course.id));
	describe(a, &p->manifest, p->archive, course.title, out);
	out->title = course.title;
	out->package = arena_copy(a, str_of(p->sha256));
	out->course = course.id;
	out->already = true;
	return ERR_OK;
}

static enum err import(struct incoming *in, str name, struct arena *a,
                       struct import_report *out)
{
	char sha256[65];
	TRY(finish(in, sha256));
	*out = (struct import_report){ .bytes = (int64_t)in->bytes };
	const struct package *known = find_known(in->shelf, sha256);
	if (known) return report_known(in->shelf, known, in->asked_for, a, out);
	return import_new(in, sha256, name, a, out);
}

enum err incoming_import(struct incoming *in, str name, struct arena *a,
                         struct import_report *out)
{
	enum err err = import(in, name, a, out);
	struct err_note note = *err_last();
	incoming_abandon(in);
	if (err) err_restore(&note);
	return err;
}

/* ---- from elsewhere ---- */

static enum err add_file(struct incoming *in, const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return FAIL(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%s: %s", path,
		            strerror(errno));
	char *piece = malloc(PIECE);
	enum err err = piece ? ERR_OK : FAIL(ERR_BUSY, "import: no memory");
	size_t n = PIECE;
	while (!err && n == PIECE) {
		n = fread(piece, 1, PIECE, file);
		err = incoming_add(in, piece, n);
	}
	if (!err && ferror(file)) err = FAIL(ERR_IO, "%s: %s", path, strerror(errno));
	free(piece);
	fclose(file);
	return err;
}

static enum err import_file(struct shelf *shelf, const char *path, str name, bool asked_for,
                            struct arena *a, struct import_report *out)
{
	struct incoming *in;
	TRY(incoming_open(shelf, &in));
	in->asked_for = asked_for;
	enum err err = add_file(in, path);
	if (!err) return incoming_import(in, name, a, out);
	struct err_note note = *err_last();
	incoming_abandon(in);
	err_restore(&note);
	return err;
}

enum err package_import_file(struct shelf *shelf, const char *path, struct arena *a,
                             struct import_report *out)
{
	return import_file(shelf, path, str_of(path), true, a, out);
}

enum err package_import_sent(struct shelf *shelf, const char *path, str name,
                             struct arena *a, struct import_report *out)
{
	return import_file(shelf, path, name, false, a, out);
}

enum err package_import_bytes(struct shelf *shelf, str bytes, str name, struct arena *a,
                              struct import_report *out)
{
	uint8_t hash[SEAL_HASH];
	char sha256[65];
	seal_sha256(bytes.p, bytes.n, hash);
	text_hex(hash, sizeof hash, sha256);
	*out = (struct import_report){ .bytes = (int64_t)bytes.n };
	const struct package *known = find_known(shelf, sha256);
	if (known) return report_known(shelf, known, false, a, out);
	struct incoming *in;
	TRY(incoming_open(shelf, &in));
	in->asked_for = false;
	enum err err = incoming_add(in, bytes.p, bytes.n);
	if (!err) return incoming_import(in, name, a, out);
	struct err_note note = *err_last();
	incoming_abandon(in);
	err_restore(&note);
	return err;
}

/* ---- without importing ---- */

enum err package_check_file(const char *path, struct arena *a, struct import_report *out)
{
	uint64_t bytes;
	struct arena *memory = arena_open(MANIFEST_MEMORY);
	struct archive *archive = NULL;
	struct manifest manifest;
	enum err err = file_size(path, &bytes);
	if (!err) *out = (struct import_report){ .bytes = (int64_t)bytes };
	if (!err) err = examine(path, memory, &archive, &manifest);
	if (err == ERR_REFUSED) {
		struct err_note note = *err_last();
		describe_refusal(a, str_of(path), out);
		err_restore(&note);
	}
	if (!err) describe(a, &manifest, archive, str_of(path), out);
	archive_close(archive);
	arena_close(memory);
	return err;
}
