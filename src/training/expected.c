/* SPDX-License-Identifier: Apache-2.0 */
#include "training/expected.h"

#include "base/text.h"
#include "sync/items.h"

#include <stdlib.h>

#define COME_MOST 500
#define LETTERS 120 /* of a name that is compared letter by letter */

static const struct json_field row_fields[] = {
	JSON_TEXT(struct expected_row, surname, true, 0, 100),
	JSON_TEXT(struct expected_row, given, true, 0, 100),
	JSON_TEXT(struct expected_row, patronymic, false, 0, 100),
	JSON_TEXT(struct expected_row, council, true, 0, 200),
	JSON_TEXT(struct expected_row, person, false, 1, 40),
	JSON_BOOL(struct expected_row, present, true),
};
static const struct shape row_shape = SHAPE("ExpectedRow", struct expected_row, row_fields);
static const struct json_field near_fields[] = {
	JSON_TEXT(struct expected_near, person, true, 1, 40),
	JSON_TEXT(struct expected_near, typed, true, 0, 320),
	JSON_TEXT(struct expected_near, council, true, 0, 200),
	JSON_TEXT(struct expected_near, surname, true, 0, 100),
	JSON_TEXT(struct expected_near, given, true, 0, 100),
	JSON_TEXT(struct expected_near, patronymic, false, 0, 100),
};
static const struct shape near_shape =
	SHAPE("ExpectedNear", struct expected_near, near_fields);
static const struct json_field expected_fields[] = {
	JSON_INT(struct expected, all, true, 0, INT64_MAX),
	JSON_INT(struct expected, came, true, 0, INT64_MAX),
	JSON_LIST(struct expected, rows, true, EXPECTED_MOST, row_shape),
	JSON_LIST(struct expected, near, true, COME_MOST, near_shape),
};
const struct shape expected_shape = SHAPE("Expected", struct expected, expected_fields);

struct listed {
	struct expected_row row;
	str name, short_name, council; /* folded; the short one has no patronymic */
};
struct come {
	str person, typed, council_name;
	str name, short_name, council; /* folded */
	bool present, found;
};
struct comparing {
	struct arena *a;
	struct listed *listed;
	struct come *come;
	size_t n_listed, n_come;
	struct expected *out;
};

/* ---- the lists ---- */

SQL(expected_lists, "SELECT content FROM down_item WHERE name LIKE 'roster/%'"
                    " AND withdrawn_at IS NULL AND content IS NOT NULL"
                    " AND (not_before IS NULL OR not_before <= :today)"
                    " AND not_after >= :today ORDER BY name LIMIT 20");

static str fold_name(struct arena *a, str surname, str given, str patronymic)
{
	return str_trim(text_fold(a, arena_printf(a, "%.*s %.*s %.*s", STR_ARG(surname),
	                                          STR_ARG(given), STR_ARG(patronymic))));
}

static void add_listed(struct comparing *c, const struct roster_person *p)
{
	if (c->n_listed == EXPECTED_MOST) return;
	struct listed *l = &c->listed[c->n_listed++];
	*l = (struct listed){ .row = { p->surname, p->given, p->patronymic, p->council,
		                       STR_NONE, false } };
	l->name = fold_name(c->a, p->surname, p->given, p->patronymic);
	l->short_name = fold_name(c->a, p->surname, p->given, S(""));
	l->council = text_fold(c->a, p->council);
}

static fallible read_lists(struct comparing *c, struct db *db, str today)
{
	QUERY(q, db, expected_lists);
	bind_text(&q, ":today", today);
	while (query_next(&q)) {
		struct item_roster roster;
		str text = column_blob(&q, c->a, 0);
		if (json_read(text, &item_roster_shape, JSON_LENIENT, c->a, &roster))
			continue; /* one that a newer centre wrote hides no others */
		const struct roster_person *p = roster.people.items;
		c->out->all += (int64_t)roster.people.n;
		for (size_t i = 0; i < roster.people.n; i++) add_listed(c, &p[i]);
	}
	return query_end(&q);
}

/* ---- who has come ---- */

SQL(expected_come, "SELECT p.id, p.surname, p.given, p.patronymic, c.name, r.present"
                   " FROM presence r JOIN person p ON p.id = r.person"
                   " LEFT JOIN council c ON c.id = p.council WHERE r.event = :event"
                   " ORDER BY p.folded, p.id LIMIT 500");

static fallible read_come(struct comparing *c, struct db *db, str event)
{
	struct arena *a = c->a;
	QUERY(q, db, expected_come);
	bind_text(&q, ":event", event);
	while (c->n_come < COME_MOST && query_next(&q)) {
		str surname = column_text(&q, a, 1), given = column_text(&q, a, 2),
		    patronymic = column_text(&q, a, 3), council = column_text(&q, a, 4);
		if (!council.p) council = S("");
		c->come[c->n_come++] = (struct come){
			.person = column_text(&q, a, 0),
			.typed =
				str_trim(arena_printf(a, "%.*s %.*s %.*s", STR_ARG(surname),
			                              STR_ARG(given), STR_ARG(patronymic))),
			.council_name = council,
			.name = fold_name(a, surname, given, patronymic),
			.short_name = fold_name(a, surname, given, S("")),
			.council = text_fold(a, council),
			.present = column_int(&q, 5, 0) != 0,
		};
	}
	return query_end(&q);
}

/* ---- comparing ---- */

/* A patronymic that one of the two does not have makes no difference. */
static bool is_same(const struct listed *l, const struct come *w)
{
	if (!str_is(l->council, w->council)) return false;
	bool either_short =
		str_is(l->name, l->short_name) || str_is(w->name, w->short_name);
	return str_is(l->name, w->name) ||
	       (either_short && str_is(l->short_name, w->short_name));
}

static size_t letters_of(str text, uint32_t out[LETTERS])
{
	size_t n = 0;
	for (size_t step; n < LETTERS && (step = str_rune(text, &out[n]));
	     text = str_part(text, step, text.n))
		n++;
	return n;
}

/* How many letters differ (Levenshtein 1966), row by row. */
static size_t distance(str one, str other)
{
	uint32_t a[LETTERS], b[LETTERS];
	size_t row[LETTERS + 1], n = letters_of(one, a), m = letters_of(other, b);
	for (size_t j = 0; j <= m; j++) row[j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t corner = row[0];
		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t best = corner + (a[i - 1] != b[j - 1]);
			corner = row[j];
			if (row[j] + 1 < best) best = row[j] + 1;
			if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[m];
}

#define SLIPS 2 /* letters by which a typed name may differ from the list's */

static const struct listed *find_near(const struct comparing *c, const struct come *w)
{
	const struct listed *best = NULL;
	size_t least = SLIPS + 1;
	for (size_t i = 0; i < c->n_listed; i++) {
		const struct listed *l = &c->listed[i];
		if (l->row.person.p || !str_is(l->council, w->council)) continue;
		size_t slips = distance(l->short_name, w->short_name);
		if (slips >= least) continue;
		least = slips;
		best = l;
	}
	return best;
}

static void match(struct comparing *c)
{
	for (size_t k = 0; k < c->n_come; k++) {
		struct come *w = &c->come[k];
		for (size_t i = 0; i < c->n_listed && !w->found; i++) {
			struct listed *l = &c->listed[i];
			if (l->row.person.p || !is_same(l, w)) continue;
			l->row.person = w->person;
			l->row.present = w->present;
			w->found = true;
			c->out->came++;
		}
	}
}

static struct json_list nearly(struct comparing *c)
{
	struct expected_near *list = arena_alloc(c->a, (c->n_come + 1) * sizeof *list);
	size_t n = 0;
	for (size_t k = 0; k < c->n_come; k++) {
		const struct come *w = &c->come[k];
		const struct listed *l = w->found ? NULL : find_near(c, w);
		if (!l) continue;
		list[n++] = (struct expected_near){ w->person,       w->typed,
			                            w->council_name, l->row.surname,
			                            l->row.given,    l->row.patronymic };
	}
	return (struct json_list){ list, n };
}

static int by_council_and_name(const void *one, const void *other)
{
	const struct listed *a = one, *b = other;
	const str first[] = { a->council, a->name }, second[] = { b->council, b->name };
	for (size_t i = 0; i < countof(first); i++) {
		size_t n = first[i].n < second[i].n ? first[i].n : second[i].n;
		int order = n ? memcmp(first[i].p, second[i].p, n) : 0;
		if (!order) order = (first[i].n > second[i].n) - (first[i].n < second[i].n);
		if (order) return order;
	}
	return 0;
}

enum err expected_get(struct db *db, struct arena *a, str event, str today,
                      struct expected *out)
{
	struct comparing c = { .a = a, .out = out };
	*out = (struct expected){ 0 };
	c.listed = arena_alloc(a, EXPECTED_MOST * sizeof *c.listed);
	c.come = arena_alloc(a, COME_MOST * sizeof *c.come);
	TRY(read_lists(&c, db, today));
	TRY(read_come(&c, db, event));
	if (c.n_listed) qsort(c.listed, c.n_listed, sizeof *c.listed, by_council_and_name);
	match(&c);
	out->near = nearly(&c);
	struct expected_row *rows = arena_alloc(a, (c.n_listed + 1) * sizeof *rows);
	for (size_t i = 0; i < c.n_listed; i++) rows[i] = c.listed[i].row;
	out->rows = (struct json_list){ rows, c.n_listed };
	return ERR_OK;
}

SQL(expected_drop, "UPDATE down_item SET content = NULL WHERE name LIKE 'roster/%'"
                   " AND content IS NOT NULL AND not_after < :today");

enum err expected_forget(struct tx *tx, str today)
{
	QUERY(q, tx_db(tx), expected_drop);
	bind_text(&q, ":today", today);
	return query_run(&q, NULL);
}
