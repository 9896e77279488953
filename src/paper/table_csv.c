/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>

#include "base/time.h"
#include "paper/table.h"

void table_time_write(int64_t at, char out[TABLE_TIME_TEXT])
{
	char text[TIME_TEXT];
	time_write(at + ALMATY_MS, text);
	snprintf(out, TABLE_TIME_TEXT, "%.2s.%.2s.%.4s %.5s", text + 8, text + 5, text,
	         text + 11);
}

/* Quoted wherever any spreadsheet might see the end of a cell: some part at commas. */
static void add_text(struct buf *b, str text)
{
	bool quoted = false;
	for (size_t i = 0; i < text.n; i++)
		if (memchr(";,\t\"\r\n", text.p[i], 6)) quoted = true;
	if (quoted) buf_char(b, '"');
	if (text.n && memchr("=+-@\t\r", text.p[0], 6)) buf_char(b, '\'');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"') buf_char(b, '"');
		buf_char(b, text.p[i]);
	}
	if (quoted) buf_char(b, '"');
}

static void add_cell(struct buf *b, enum table_kind kind, const struct table_cell *cell)
{
	char time[TABLE_TIME_TEXT];
	switch (kind) {
	case TABLE_TEXT:
	case TABLE_DATE: add_text(b, cell->text); break;
	case TABLE_PERCENT:
		if (!isnan(cell->share)) buf_printf(b, "%.0f", cell->share * 100);
		break;
	case TABLE_NUMBER:
		if (cell->number != TABLE_EMPTY)
			buf_printf(b, "%lld", (long long)cell->number);
		break;
	case TABLE_TIME:
		if (cell->number == TABLE_EMPTY) break;
		table_time_write(cell->number, time);
		buf_str(b, str_of(time));
		break;
	}
}

enum err table_csv(const struct table_plan *plan, struct buf *out)
{
	buf_str(out, S("\xEF\xBB\xBF"));
	for (size_t c = 0; c < plan->columns; c++) {
		if (c) buf_char(out, ';');
		add_text(out, plan->column[c].title);
	}
	buf_str(out, S("\r\n"));
	for (size_t r = 0; r < plan->rows && !out->over; r++) {
		for (size_t c = 0; c < plan->columns; c++) {
			struct table_cell cell = { .text = STR_NONE };
			plan->cell(plan->context, r, c, &cell);
			if (c) buf_char(out, ';');
			add_cell(out, plan->column[c].kind, &cell);
		}
		buf_str(out, S("\r\n"));
	}
	if (plan->note.n) {
		add_text(out, plan->note);
		buf_str(out, S("\r\n"));
	}
	return out->over ? FAIL(ERR_TOO_LARGE, "the table does not fit") : ERR_OK;
}
