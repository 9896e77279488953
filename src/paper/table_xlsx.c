/* SPDX-License-Identifier: Apache-2.0 */
/* The only file that includes xlsxwriter.h. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/file.h"
#include "base/time.h"
#include "paper/inside.h"
#include "paper/table.h"

#define CELL_MOST 32000 /* bytes; the format ends at 32,767 characters */
#define WIDEST 60       /* characters of a column; the rest is seen by widening it */
#define MEASURED 500    /* rows that widths are taken from */

struct sheet {
	const struct table_plan *plan;
	char path[FILE_PATH];
	struct buf *out;

	struct arena *a; /* a row's texts with a NUL */
	lxw_worksheet *page;
	lxw_format *head, *date, *time, *percent;
};

/* ---- widths: known before the first row is written ---- */

static double column_width(const struct table_plan *plan, size_t column)
{
	double widest = (double)str_runes(plan->column[column].title) * 1.15 +
	                2.5; /* bold; arrow */
	if (plan->column[column].kind == TABLE_TIME) return fmax(widest, 16.5);
	for (size_t r = 0; r < plan->rows && r < MEASURED; r++) {
		struct table_cell cell = { .text = STR_NONE };
		plan->cell(plan->context, r, column, &cell);
		widest = fmax(widest, (double)str_runes(cell.text) + 1);
	}
	return fmin(fmax(widest, 9), WIDEST);
}

/* ---- cells ---- */

static bool datetime(str text, lxw_datetime *out) /* "dd.mm.yyyy hh:mm" */
{
	static const struct {
		size_t from, to;
	} part[] = {
		{ 6, 10 }, { 3, 5 }, { 0, 2 }, { 11, 13 }, { 14, 16 },
	};
	int64_t n[countof(part)];
	for (size_t i = 0; i < countof(part); i++)
		if (!str_to_int(str_part(text, part[i].from, part[i].to), 0, 9999, &n[i]))
			return false;
	*out = (lxw_datetime){ (int)n[0], (int)n[1], (int)n[2], (int)n[3], (int)n[4], 0 };
	return n[0] >= 1900; /* a spreadsheet's calendar begins there */
}

static lxw_error put_text(struct sheet *s, lxw_row_t row, lxw_col_t column, str text,
                          lxw_format *format)
{
	if (!text.n) return LXW_NO_ERROR;
	size_t most = text.n < CELL_MOST ? text.n : CELL_MOST;
	while (most < text.n && (text.p[most] & 0xC0) == 0x80) most--;
	str kept = arena_copy(s->a, str_part(text, 0, most));
	return worksheet_write_string(s->page, row, column, kept.p, format);
}

static lxw_error put_date(struct sheet *s, lxw_row_t row, lxw_col_t column, str day)
{
	char text[TABLE_TIME_TEXT];
	lxw_datetime at;
	if (!time_is_date(day)) return put_text(s, row, column, day, NULL);
	snprintf(text, sizeof text, "%.2s.%.2s.%.4s 00:00", day.p + 8, day.p + 5, day.p);
	if (!datetime(str_of(text), &at)) return put_text(s, row, column, day, NULL);
	return worksheet_write_datetime(s->page, row, column, &at, s->date);
}

static lxw_error put_time(struct sheet *s, lxw_row_t row, lxw_col_t column, int64_t moment)
{
	char text[TABLE_TIME_TEXT];
	lxw_datetime at;
	if (moment == TABLE_EMPTY) return LXW_NO_ERROR;
	table_time_write(moment, text);
	if (!datetime(str_of(text), &at))
		return put_text(s, row, column, str_of(text), NULL);
	return worksheet_write_datetime(s->page, row, column, &at, s->time);
}

static lxw_error put_cell(struct sheet *s, lxw_row_t row, lxw_col_t column,
                          enum table_kind kind, const struct table_cell *cell)
{
	switch (kind) {
	case TABLE_TEXT: return put_text(s, row, column, cell->text, NULL);
	case TABLE_DATE: return put_date(s, row, column, cell->text);
	case TABLE_TIME: return put_time(s, row, column, cell->number);
	case TABLE_PERCENT:
		if (isnan(cell->share)) return LXW_NO_ERROR;
		return worksheet_write_number(s->page, row, column, cell->share,
		                              s->percent);
	case TABLE_NUMBER: break;
	}
	if (cell->number == TABLE_EMPTY) return LXW_NO_ERROR;
	return worksheet_write_number(s->page, row, column, (double)cell->number, NULL);
}

static fallible put_rows(struct sheet *s)
{
	const struct table_plan *plan = s->plan;
	lxw_error e = LXW_NO_ERROR;
	for (size_t r = 0; r < plan->rows && !e; r++) {
		for (size_t c = 0; c < plan->columns && !e; c++) {
			struct table_cell cell = { .text = STR_NONE };
			plan->cell(plan->context, r, c, &cell);
			e = put_cell(s, (lxw_row_t)r + 1, (lxw_col_t)c,
			             plan->column[c].kind, &cell);
		}
		arena_reset(s->a);
	}
	if (!e) e = put_text(s, (lxw_row_t)plan->rows + 1, 0, plan->note, NULL);
	return e ? FAIL(ERR_IO, "a spreadsheet: %s", lxw_strerror(e)) : ERR_OK;
}

static void put_head(struct sheet *s)
{
	const struct table_plan *plan = s->plan;
	for (size_t c = 0; c < plan->columns; c++)
		worksheet_set_column(s->page, (lxw_col_t)c, (lxw_col_t)c,
		                     column_width(plan, c), NULL);
	for (size_t c = 0; c < plan->columns; c++)
		put_text(s, 0, (lxw_col_t)c, plan->column[c].title, s->head);
	worksheet_freeze_panes(s->page, 1, 0);
	if (plan->rows && plan->columns)
		worksheet_autofilter(s->page, 0, 0, (lxw_row_t)plan->rows,
		                     (lxw_col_t)(plan->columns - 1));
}

static fallible fill(struct sheet *s, lxw_workbook *book)
{
	s->page = workbook_add_worksheet(book, arena_copy(s->a, s->plan->name).p);
	if (!s->page) return FAIL(ERR_INVALID, "no name for a sheet");
	s->head = workbook_add_format(book);
	s->date = workbook_add_format(book);
	s->time = workbook_add_format(book);
	s->percent = workbook_add_format(book);
	if (!s->head || !s->date || !s->time || !s->percent)
		return FAIL(ERR_FULL, "no memory for a spreadsheet");
	format_set_bold(s->head);
	format_set_num_format(s->date, "dd.mm.yyyy");
	format_set_num_format(s->time, "dd.mm.yyyy hh:mm");
	format_set_num_format(s->percent, "0%");
	put_head(s);
	return put_rows(s);
}

static enum err write_book(void *arg)
{
	struct sheet *s = arg;
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	lxw_workbook *book = workbook_new_opt(s->path, &options);
	if (!book) return FAIL(ERR_FULL, "no memory for a spreadsheet");
	enum err e = fill(s, book);
	struct err_note note = *err_last();
	lxw_error closed = workbook_close(book); /* frees it, whatever comes */
	if (e) err_restore(&note);
	if (e) return e;
	return closed ? FAIL(ERR_IO, "a spreadsheet: %s", lxw_strerror(closed)) : ERR_OK;
}

/* A name that nobody else has, in the folder for temporary files. */
static fallible name_file(struct sheet *s)
{
	const char *folder = getenv("TMPDIR");
	TRY(file_path(s->path, folder && *folder ? folder : "/tmp", "kenes-XXXXXX"));
	int file = mkstemp(s->path);
	if (file < 0) return FAIL(ERR_IO, "no temporary file for a spreadsheet");
	close(file);
	return ERR_OK;
}

static fallible collect(struct sheet *s)
{
	char piece[3000];
	size_t n = 0;
	uint64_t at = 0;
	do {
		TRY(file_read_at(s->path, at, piece, sizeof piece, &n));
		buf_add(s->out, piece, n);
		at += n;
	} while (n > 0);
	return s->out->over ? FAIL(ERR_TOO_LARGE, "the table does not fit") : ERR_OK;
}

enum err table_xlsx(const struct table_plan *plan, struct buf *out)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(TABLE_MOST);
	struct sheet *s = arena_new(a, struct sheet);
	on_exit_of_scope(arena_close_at) struct arena *row = arena_open(1 << 20);
	s->plan = plan;
	s->out = out;
	s->a = row;
	TRY(name_file(s));
	enum err e = on_large_stack(write_book, s);
	if (!e) e = collect(s);
	unlink(s->path);
	return e;
}
