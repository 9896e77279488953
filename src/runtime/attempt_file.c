/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/attempt_file.h"

#include "base/text.h"

static const struct json_field attempt_file_fields[] = {
	JSON_TEXT(struct attempt_file, attempt, true, 36, 36),
	JSON_TEXT(struct attempt_file, course_title, true, 0, 100000),
	JSON_TEXT(struct attempt_file, standard, true, 1, 100),
	JSON_TEXT(struct attempt_file, package, true, 1, 64),
	JSON_TEXT(struct attempt_file, completion, true, 1, 20),
	JSON_TEXT(struct attempt_file, success, true, 1, 20),
	JSON_REAL(struct attempt_file, score, false),
	JSON_REAL(struct attempt_file, progress, false),
	JSON_INT(struct attempt_file, seq, true, 0, INT64_MAX),
	JSON_TEXT(struct attempt_file, digest, false, 16, 16),
	JSON_TEXT(struct attempt_file, snapshot, false, 1, INT64_MAX),
	JSON_LIST(struct attempt_file, activities, true, 2000, insight_row_shape),
	JSON_LIST(struct attempt_file, disputes, true, 50, dispute_shape),
	JSON_LIST(struct attempt_file, commits, true, 100, commit_row_shape),
};
const struct shape attempt_file_shape =
	SHAPE("AttemptFile", struct attempt_file, attempt_file_fields);

static str without(struct arena *a, str text, str name)
{
	if (!text.p || name.n < 4) return text; /* two letters would be found anywhere */
	struct buf out;
	buf_init(&out, text.n + 16);
	for (size_t i = 0; i < text.n;) {
		bool here = text.n - i >= name.n && !memcmp(text.p + i, name.p, name.n);
		if (here)
			buf_str(&out, S("…"));
		else
			buf_char(&out, text.p[i]);
		i += here ? name.n : 1;
	}
	str clean = out.over ? STR_NONE : arena_copy(a, buf_as_str(&out));
	buf_free(&out);
	return clean;
}

static fallible without_names(struct db *db, struct arena *a, str person,
                              struct json_list *commits)
{
	struct person p;
	TRY(person_get(db, a, person, &p));
	const struct commit_row *from = commits->items;
	struct commit_row *to = arena_alloc(a, (commits->n + 1) * sizeof *to);
	for (size_t i = 0; i < commits->n; i++) {
		to[i] = from[i];
		to[i].trace = without(a, without(a, to[i].trace, p.surname), p.given);
		to[i].location = without(a, without(a, to[i].location, p.surname), p.given);
	}
	commits->items = to;
	return ERR_OK;
}

static str base64(struct arena *a, str bytes)
{
	if (!bytes.p) return STR_NONE;
	char *out = arena_alloc(a, bytes.n * 4 / 3 + 4);
	text_base64url((const uint8_t *)bytes.p, bytes.n, out);
	return str_of(out);
}

enum err attempt_file_read(struct player *p, struct db *db, struct arena *a, str id,
                           bool whole, struct attempt_file *out)
{
	struct attempt t;
	struct course course;
	const struct package *package;
	struct insight insight;
	TRY(attempt_get(db, a, id, &t));
	TRY(course_get(db, a, t.course, &course));
	TRY(shelf_get(p->shelf, t.package, &package));
	TRY(player_look(p, a, id, &insight));
	*out = (struct attempt_file){
		.attempt = t.id,
		.course_title = course.title,
		.standard = str_of(package_standard_name(package->manifest.standard)),
		.package = t.package,
		.completion = t.completion,
		.success = t.success,
		.score = t.score,
		.progress = t.progress,
		.seq = t.seq,
		.digest = insight.digest,
		.snapshot = whole ? base64(a, insight.snapshot) : STR_NONE,
		.activities = insight.rows,
	};
	TRY(dispute_rows(db, a, id, &out->disputes));
	TRY(commit_rows(db, a, id, &out->commits));
	return without_names(db, a, t.person, &out->commits);
}
