/* SPDX-License-Identifier: Apache-2.0 */
/* Migrations: NNNN-subject.sql, numbered upwards, one transaction each. The
 * number of the last one stands in the file's header as `user_version`, beside our
 * `application_id`, so a file says by itself whose it is and how new. */
#include <stdio.h>

#include "store/inside.h"

static int number_of(const struct embedded *e)
{
	int64_t number = 0;
	bool numbered = str_to_int(str_part(str_of(e->name), 0, 4), 1, 9999, &number);
	assert(numbered);
	(void)numbered;
	return (int)number;
}

int migrate_last(const struct embedded *list)
{
	int last = 0;
	for (const struct embedded *e = list; e->name; e++) {
		assert(number_of(e) > last);
		last = number_of(e);
	}
	return last;
}

enum err migrate_version(sqlite3 *handle, const struct embedded *list, int *out)
{
	int64_t version, application, tables;
	TRY(db_number(handle, "PRAGMA user_version", &version));
	TRY(db_number(handle, "PRAGMA application_id", &application));
	TRY(db_number(handle, "SELECT count(*) FROM sqlite_schema", &tables));
	bool empty = !version && !application && !tables;
	if (!empty && application != STORE_APPLICATION)
		return FAIL(ERR_CONFLICT, "%s is not a file of this program", STORE_FILE);
	if (version > migrate_last(list))
		return FAIL(ERR_CONFLICT,
		            "%s was written by a newer program (it is at version %d, this "
		            "program knows %d): install the newer program",
		            STORE_FILE, (int)version, migrate_last(list));
	*out = (int)version;
	return ERR_OK;
}

static enum err apply(sqlite3 *handle, const struct embedded *e)
{
	int64_t broken;
	TRY(db_exec(handle, e->bytes));
	TRY(db_number(handle, "SELECT count(*) FROM pragma_foreign_key_check", &broken));
	if (broken)
		return FAIL(ERR_CORRUPT, "%s: %lld references to what is not there",
		            e->name, (long long)broken);
	char header[100];
	snprintf(header, sizeof header,
	         "PRAGMA application_id = %d; PRAGMA user_version = %d", STORE_APPLICATION,
	         number_of(e));
	return db_exec(handle, header);
}

/* One migration, unless another program was quicker. */
static enum err step(sqlite3 *handle, const struct embedded *list, const struct embedded *e)
{
	int version;
	TRY(db_exec(handle, "BEGIN IMMEDIATE"));
	enum err err = migrate_version(handle, list, &version);
	if (!err && version < number_of(e)) err = apply(handle, e);
	if (!err) err = db_exec(handle, "COMMIT");
	if (!err) return ERR_OK;
	struct err_note note = *err_last();
	if (sqlite3_get_autocommit(handle) || !db_exec(handle, "ROLLBACK")) {}
	err_restore(&note);
	return err;
}

/* Tables that others refer to may be made anew, so references are checked at the end of
 * each migration and not while it runs. */
enum err migrate_run(sqlite3 *handle, const struct embedded *list)
{
	TRY(db_exec(handle, "PRAGMA foreign_keys = OFF"));
	for (const struct embedded *e = list; e->name; e++) TRY(step(handle, list, e));
	return db_exec(handle, "PRAGMA foreign_keys = ON");
}
