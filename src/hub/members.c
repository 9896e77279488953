/* SPDX-License-Identifier: Apache-2.0 */
/* Members into councils, and into the sums of the areas that councils lie in. */
#include "hub/members.h"

#include "base/text.h"
#include "hub/inside.h"

static const struct json_field line_fields[] = {
	COUNT(struct members_line, line, true),
	JSON_TEXT(struct members_line, scope, false, 0, 64),
	JSON_TEXT(struct members_line, council, false, 0, LONG),
	COUNT(struct members_line, members, true),
	COUNT(struct members_line, before, false),
	JSON_BOOL(struct members_line, fresh, true),
	JSON_TEXT(struct members_line, reason, false, 0, 20),
	JSON_TEXT(struct members_line, text, false, 0, LONG),
};
static const struct shape line_shape =
	SHAPE("MembersLine", struct members_line, line_fields);

static const struct json_field report_fields[] = {
	COUNT(struct members_report, lines, true),
	COUNT(struct members_report, changed, true),
	COUNT(struct members_report, fresh, true),
	COUNT(struct members_report, same, true),
	COUNT(struct members_report, refused, true),
	JSON_LIST(struct members_report, changes, true, MEMBERS_SHOWN, line_shape),
	JSON_LIST(struct members_report, refusals, true, MEMBERS_SHOWN, line_shape),
};
const struct shape members_report_shape =
	SHAPE("MembersReport", struct members_report, report_fields);

/* ---- looking ---- */

SQL(members_find,
    "SELECT number, members FROM hub_council WHERE scope = :scope AND folded = :folded");

static fallible find(struct db *db, struct arena *a, struct members_line *line,
                     int64_t *number_out)
{
	QUERY(q, db, members_find);
	bind_text(&q, ":scope", line->scope);
	bind_text(&q, ":folded", text_fold(a, line->council));
	bool known = query_next(&q);
	line->fresh = !known;
	*number_out = known ? column_int(&q, 0, 0) : 0;
	line->before = known ? column_int(&q, 1, JSON_ABSENT) : JSON_ABSENT;
	return query_end(&q);
}

static void put(const struct members_line *line, struct json_list *list)
{
	struct members_line *shown = (struct members_line *)(uintptr_t)list->items;
	if (list->n < MEMBERS_SHOWN) shown[list->n++] = *line;
}

static struct members_report report_begin(struct arena *a)
{
	size_t size = MEMBERS_SHOWN * sizeof(struct members_line);
	return (struct members_report){ .changes = { arena_alloc(a, size), 0 },
		                        .refusals = { arena_alloc(a, size), 0 } };
}

static void count(struct members_report *r, const struct members_line *line)
{
	r->lines++;
	if (line->reason.p) {
		r->refused++;
		put(line, &r->refusals);
	} else if (line->before == line->members) {
		r->same++;
	} else {
		r->changed++;
		r->fresh += line->fresh;
		put(line, &r->changes);
	}
}

enum err members_look(struct db *db, struct arena *a, struct members_file *file,
                      struct members_report *out)
{
	int64_t number;
	*out = report_begin(a);
	for (size_t i = 0; i < file->n; i++) {
		if (!file->line[i].reason.p) TRY(find(db, a, &file->line[i], &number));
		count(out, &file->line[i]);
	}
	return ERR_OK;
}

/* ---- applying ---- */

SQL(members_set, "UPDATE hub_council SET members = :members WHERE number = :number");
SQL(members_add, "INSERT INTO hub_council (scope, name, folded, members)"
                 " VALUES (:scope, :name, :folded, :members)");
SQL(members_area,
    "INSERT INTO hub_area (scope, parent, councils, listed, members)"
    " VALUES (:scope, :parent, :councils, :listed, :members)"
    " ON CONFLICT (scope) DO UPDATE SET councils = hub_area.councils + excluded.councils,"
    " listed = hub_area.listed + excluded.listed,"
    " members = hub_area.members + excluded.members");

static fallible add_to_areas(struct tx *tx, const struct members_line *line)
{
	bool listed = line->before != JSON_ABSENT;
	for (str scope = line->scope; scope.p; scope = scope_parent(scope)) {
		QUERY(q, tx_db(tx), members_area);
		bind_text(&q, ":scope", scope);
		bind_text(&q, ":parent", scope_parent(scope));
		bind_int(&q, ":councils", line->fresh);
		bind_int(&q, ":listed", !listed);
		bind_int(&q, ":members", line->members - (listed ? line->before : 0));
		TRY(query_run(&q, NULL));
	}
	return ERR_OK;
}

static fallible set_members(struct tx *tx, struct arena *a, const struct members_line *line,
                            int64_t number)
{
	if (!line->fresh) {
		QUERY(q, tx_db(tx), members_set);
		bind_int(&q, ":number", number);
		bind_int(&q, ":members", line->members);
		return query_run(&q, NULL);
	}
	QUERY(q, tx_db(tx), members_add);
	bind_text(&q, ":scope", line->scope);
	bind_text(&q, ":name", line->council);
	bind_text(&q, ":folded", text_fold(a, line->council));
	bind_int(&q, ":members", line->members);
	return query_run(&q, NULL);
}

enum err members_apply(struct tx *tx, struct arena *a, struct members_file *file, str who,
                       struct members_report *out)
{
	int64_t number;
	*out = report_begin(a);
	for (size_t i = 0; i < file->n; i++) {
		struct members_line *line = &file->line[i];
		if (!line->reason.p) {
			TRY(find(tx_db(tx), a, line, &number));
			if (line->before != line->members) {
				TRY(set_members(tx, a, line, number));
				TRY(add_to_areas(tx, line));
			}
		}
		count(out, line);
	}
	return hub_audit(tx, who, S("members.set"), S("councils"),
	                 arena_printf(a, "changed %lld, new %lld, refused %lld",
	                              (long long)out->changed, (long long)out->fresh,
	                              (long long)out->refused));
}
