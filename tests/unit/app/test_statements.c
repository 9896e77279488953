/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL() of the program against the real schema: that it prepares, that it binds what
 * it names, that it does not read a large table from end to end, that lists are bounded,
 * and that PostgreSQL would understand it too. */
/* needs: store */
#include "support/test.h"

#include "store/store.h"

#include <ctype.h>
#include <sqlite3.h>

static sqlite3 *schema;
static char folder[FILE_PATH];

static int open_schema(void **state)
{
	(void)state;
	struct store *store;
	char path[FILE_PATH];
	test_folder(folder);
	assert_ok(store_open(folder, &store));
	store_close(store);
	assert_ok(file_path(path, folder, "kenes.db"));
	assert_int_equal(sqlite3_open(path, &schema), SQLITE_OK);
	/* An index made for one query reads the whole table too. */
	assert_int_equal(
		sqlite3_exec(schema, "PRAGMA automatic_index = OFF", NULL, NULL, NULL), 0);
	return 0;
}

static int close_schema(void **state)
{
	(void)state;
	sqlite3_close(schema);
	return 0;
}

static void complain(const struct sql *sql, const char *why)
{
	fprintf(stderr, "%s:%d: %s\n\t%s\n", sql->file, sql->line, why, sql->text);
}

static void every_statement_prepares(void **state)
{
	(void)state;
	int n = 0, bad = 0;
	for (const struct sql *sql = sql_first(); sql; sql = sql->next, n++) {
		sqlite3_stmt *s = NULL;
		const char *rest = "";
		if (sqlite3_prepare_v2(schema, sql->text, -1, &s, &rest) != SQLITE_OK) {
			complain(sql, sqlite3_errmsg(schema));
			bad++;
		} else if (*rest) {
			complain(sql, "more than one statement");
			bad++;
		}
		sqlite3_finalize(s);
	}
	assert_int_equal(bad, 0);
	assert_true(n > 50);
}

/* Tables that grow with use. A day's worth of councils, events or courses may be scanned.
 */
static bool grows(const char *table)
{
	static const char *const tables[] = {
		"person",         "journal",        "presence",       "session",
		"claim",          "attempt",        "activity_state", "activity_version",
		"attempt_commit", "attempt_latest", "attempt_launch", "hub_person",
		"hub_record",     "hub_result",     "hub_presence"
	};
	for (size_t i = 0; i < countof(tables); i++) {
		if (!strcmp(tables[i], table)) return true;
	}
	return false;
}

/* The real name of what a plan calls by its alias: "SCAN p" of "FROM person p". */
static void table_of(const char *text, const char *alias, char out[64])
{
	snprintf(out, 64, "%s", alias);
	for (const char *at = text; (at = strstr(at, alias)); at++) {
		size_t n = strlen(alias);
		bool ends = !isalnum((unsigned char)at[n]) && at[n] != '_' && at[n] != '.';
		if (at == text || at[-1] != ' ' || !ends) continue;
		const char *end = at - 1, *begin;
		if (end - 3 > text && !memcmp(end - 3, " AS", 3)) end -= 3;
		for (begin = end; begin > text &&
		                  (isalnum((unsigned char)begin[-1]) || begin[-1] == '_');)
			begin--;
		char word[64];
		snprintf(word, sizeof word, "%.*s", (int)(end - begin), begin);
		if (!grows(word)) continue;
		snprintf(out, 64, "%s", word);
		return;
	}
}

/* How many growing tables the statement reads through. */
static int scans(const struct sql *sql, bool aloud)
{
	char explain[8192];
	sqlite3_stmt *s = NULL;
	snprintf(explain, sizeof explain, "EXPLAIN QUERY PLAN %s", sql->text);
	if (sqlite3_prepare_v2(schema, explain, -1, &s, NULL) != SQLITE_OK) return 0;
	int bad = 0;
	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(s, 3);
		char alias[64], table[64];
		if (sscanf(step, "SCAN %63s", alias) != 1) continue;
		table_of(sql->text, alias, table);
		if (!grows(table)) continue;
		if (aloud) complain(sql, step);
		bad++;
	}
	sqlite3_finalize(s);
	return bad;
}

static void the_check_knows_a_scan_when_it_sees_one(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int scans;
	} rows[] = {
		{ "SELECT id FROM person WHERE given = 'x'", 1 },
		{ "SELECT p.id FROM council c, person AS p WHERE p.given = c.name", 1 },
		{ "SELECT s.id FROM person p JOIN session s ON s.seen_at = p.made_at", 2 },
		{ "SELECT id FROM person WHERE id = 'x'", 0 },
		{ "SELECT id FROM council ORDER BY name", 0 },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct sql sql = { rows[i].text, "", 0, 0, NULL };
		assert_row(scans(&sql, false) == rows[i].scans, rows[i].text);
	}
}

/* Making a hub's tables anew goes through everything on purpose, while nobody is served. */
static bool is_of_rebuild(const struct sql *sql)
{
	return strstr(sql->file, "hub/rebuild.c") || strstr(sql->file, "hub/compare.c");
}

static void no_statement_reads_a_growing_table_through(void **state)
{
	(void)state;
	int bad = 0;
	for (const struct sql *sql = sql_first(); sql; sql = sql->next)
		if (!is_of_rebuild(sql)) bad += scans(sql, true);
	assert_int_equal(bad, 0);
}

/* Words that only one of the two engines knows. */
static void statements_keep_to_the_common_language(void **state)
{
	(void)state;
	static const char *const words[] = { "rowid",     "INSERT OR",    "REPLACE INTO",
		                             "datetime(", "strftime(",    "IFNULL(",
		                             "GLOB ",     "AUTOINCREMENT" };
	int bad = 0;
	for (const struct sql *sql = sql_first(); sql; sql = sql->next) {
		for (size_t i = 0; i < countof(words); i++) {
			if (!strstr(sql->text, words[i])) continue;
			complain(sql, words[i]);
			bad++;
		}
	}
	assert_int_equal(bad, 0);
}

/* A list is bounded by LIMIT, or by what it asks for: one row by its key, a count. */
static void lists_are_bounded(void **state)
{
	(void)state;
	int bad = 0;
	for (const struct sql *sql = sql_first(); sql; sql = sql->next) {
		if (!strstr(sql->text, "ORDER BY") || strstr(sql->text, "LIMIT")) continue;
		if (is_of_rebuild(sql)) continue;
		complain(sql, "a list without LIMIT");
		bad++;
	}
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_statement_prepares),
		cmocka_unit_test(the_check_knows_a_scan_when_it_sees_one),
		cmocka_unit_test(no_statement_reads_a_growing_table_through),
		cmocka_unit_test(statements_keep_to_the_common_language),
		cmocka_unit_test(lists_are_bounded),
	};
	return cmocka_run_group_tests(tests, open_schema, close_schema);
}
