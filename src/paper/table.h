/* SPDX-License-Identifier: Apache-2.0 */
/* One table as a file for spreadsheets: XLSX (libxlsxwriter) or CSV, of the very same
 * cells. What begins like a formula is text in both: in XLSX by its type, in CSV by an
 * apostrophe before it. Times are shown as the country's clock shows them. Any thread. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum table_kind {
	TABLE_TEXT,
	TABLE_NUMBER,
	TABLE_PERCENT, /* a share, 0…1; NAN: empty */
	TABLE_DATE,    /* text YYYY-MM-DD; what is no date stays text */
	TABLE_TIME,    /* ms since 1970 UTC */
};

#define TABLE_EMPTY INT64_MIN /* a number or a time that is not there */

struct table_column {
	str title;
	enum table_kind kind;
};

struct table_cell { /* begins zeroed; the column's kind says which counts */
	str text;
	int64_t number;
	double share;
};

struct table_plan {
	str name; /* of the sheet */
	const struct table_column *column;
	size_t columns, rows;
	void (*cell)(void *context, size_t row, size_t column, struct table_cell *out);
	void *context;
	str note; /* in a row of its own at the end; STR_NONE */
};

#define TABLE_MOST ((size_t)64 << 20) /* a ceiling for `out` */

/* As a Kazakh or Russian Excel opens it with a double click: RFC 4180, but with semicolons
 * and a BOM. ERR_TOO_LARGE when it does not fit into `out`. */
fallible table_csv(const struct table_plan *, struct buf *out);
/* The head stays in sight and is bold; numbers, dates and times are such. Made in a
 * temporary file, a row at a time, by a thread of its own: the library wants more stack
 * than a worker of the server has. */
fallible table_xlsx(const struct table_plan *, struct buf *out);

/* Either of the two. */
typedef enum err table_fn(const struct table_plan *, struct buf *out);

#define TABLE_CSV_TYPE "text/csv; charset=utf-8"
#define TABLE_XLSX_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

/* ---- for the two writers ---- */
/* "25.11.2026 14:05" in Kazakhstan (UTC+5 everywhere since March 2024). */
#define TABLE_TIME_TEXT 17
void table_time_write(int64_t at, char out[TABLE_TIME_TEXT]);
