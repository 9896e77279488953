/* SPDX-License-Identifier: Apache-2.0 */
/* One connection to the file: how it is opened, what SQLite's codes mean to us, and which
 * tables a job may write to.
 *
 * Memory stays small: page caches are a few hundred kilobytes, since the system's own cache
 * lies behind them. Nothing is mapped: a page that cannot be read from a dying disk is then
 * an error and not a signal. */
#include "store/inside.h"

/* ---- protected tables ---- */

static const struct {
	const char *table;
	enum store_right right;
} protected[] = {
	{ "person_secret", STORE_SECRETS },      { "site_secret", STORE_SECRETS },
	{ "coordinator_secret", STORE_SECRETS }, { "coordinator_recovery", STORE_SECRETS },
	{ "setting", STORE_SETTINGS },
};

static unsigned right_for(const char *table)
{
	for (size_t i = 0; i < countof(protected); i++)
		if (!sqlite3_stricmp(table, protected[i].table)) return protected[i].right;
	return 0;
}

/* SQLite asks while it prepares a statement, which is cached for later jobs with other
 * rights: so what it needs is noted beside it, and query_begin compares each time. */
static int authorize(void *context, int action, const char *table, const char *column,
                     const char *schema, const char *trigger)
{
	(void)column, (void)schema, (void)trigger;
	struct db *db = context;
	if (!db->in_job) return SQLITE_OK; /* the store's own statements */
	switch (action) {
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE: db->needs |= right_for(table); return SQLITE_OK;
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_FUNCTION:
	case SQLITE_RECURSIVE: return SQLITE_OK;
	default: return SQLITE_DENY; /* schema, transactions, pragmas, other files */
	}
}

/* ---- errors ---- */

static enum err of_constraint(int code)
{
	switch (code) {
	case SQLITE_CONSTRAINT_CHECK:
	case SQLITE_CONSTRAINT_NOTNULL:
	case SQLITE_CONSTRAINT_DATATYPE: return ERR_INVALID;
	default: return ERR_CONFLICT; /* unique, primary key, foreign key */
	}
}

static enum err of_sqlite(int code)
{
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE: return ERR_OK;
	case SQLITE_FULL: return ERR_FULL;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_NOMEM: return ERR_BUSY;
	case SQLITE_CONSTRAINT: return of_constraint(code);
	case SQLITE_TOOBIG: return ERR_TOO_LARGE;
	case SQLITE_AUTH: return ERR_DENIED;
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
	case SQLITE_PROTOCOL:
	case SQLITE_READONLY:
	case SQLITE_ABORT: return ERR_IO;
	default: return ERR_CORRUPT; /* also a statement that does not fit the schema */
	}
}

enum err db_fail(sqlite3 *handle, int code, const char *file, int line)
{
	enum err err = of_sqlite(code);
	if (!err) return ERR_OK;
	return err_set(err, NULL, file, line, "%s: %s (%d)", STORE_FILE,
	               handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code), code);
}

/* ---- statements without parameters ---- */

enum err db_exec(sqlite3 *handle, const char *text)
{
	int code = sqlite3_exec(handle, text, NULL, NULL, NULL);
	return code ? DB_FAIL(handle, code) : ERR_OK;
}

enum err db_number(sqlite3 *handle, const char *text, int64_t *out)
{
	sqlite3_stmt *s;
	int code = sqlite3_prepare_v2(handle, text, -1, &s, NULL);
	if (code) return DB_FAIL(handle, code);
	code = sqlite3_step(s);
	int64_t number = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	enum err err = DB_FAIL(handle, code);
	sqlite3_finalize(s);
	if (!err) *out = number;
	return err;
}

/* ---- open and close ---- */

static const char *const reader_pragmas = "PRAGMA query_only = ON;"
					  "PRAGMA trusted_schema = OFF;"
					  "PRAGMA temp_store = MEMORY;"
					  "PRAGMA cache_size = -512;";
/* The journal's mode is set when the file is known to be ours (store.c). */
static const char *const writer_pragmas = "PRAGMA synchronous = FULL;"
					  "PRAGMA foreign_keys = ON;"
					  "PRAGMA trusted_schema = OFF;"
					  "PRAGMA temp_store = MEMORY;"
					  "PRAGMA cache_size = -4096;";

static int number_of_statements(void)
{
	int n = 0;
	for (const struct sql *s = sql_first(); s; s = s->next) n++;
	return n;
}

enum err db_open(struct db *out, const char *path, const char *vfs, enum db_kind kind)
{
	struct db db = { 0 };
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	flags |= kind == DB_READS ? SQLITE_OPEN_READONLY
	                          : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	int code = sqlite3_open_v2(path, &db.handle, flags, vfs);
	enum err err = code ? DB_FAIL(db.handle, code) : ERR_OK;
	if (!err) {
		sqlite3_busy_timeout(db.handle, BUSY_MS);
		err = db_exec(db.handle,
		              kind == DB_READS ? reader_pragmas : writer_pragmas);
	}
	if (err) {
		sqlite3_close(db.handle);
		return err;
	}
	db.n_statements = number_of_statements();
	db.statement = calloc((size_t)db.n_statements + 1, sizeof *db.statement);
	if (!db.statement) abort();
	*out = db;
	if (kind == DB_WRITES) sqlite3_set_authorizer(out->handle, authorize, out);
	return ERR_OK;
}

void db_close(struct db *db)
{
	assert(!db->queries);
	for (int i = 0; i < db->n_statements; i++) {
		sqlite3_finalize(db->statement[i].prepared);
		free(db->statement[i].named);
	}
	free(db->statement);
	int code = sqlite3_close(db->handle);
	assert(code == SQLITE_OK);
	(void)code;
	*db = (struct db){ 0 };
}
