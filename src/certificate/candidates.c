/* SPDX-License-Identifier: Apache-2.0 */
/* Who may have a certificate: the rows of the event's grid, one for each person and course
 * that was begun, looked at in the order in which a trainer would ask. */
#include "base/time.h"
#include "certificate/inside.h"
#include "certificate/reasons.h"

#include <math.h>

#define BUILT_AFTER 1761955200000 /* 2025-11-01: no clock is right that is before it */
#define SLACK_MS 3600000          /* a clock may be set back so far without a word */

static const struct json_field candidate_fields[] = {
	JSON_TEXT(struct candidate, person, true, 36, 36),
	JSON_TEXT(struct candidate, surname, true, 1, 100),
	JSON_TEXT(struct candidate, given, true, 0, 100),
	JSON_TEXT(struct candidate, patronymic, false, 1, 100),
	JSON_TEXT(struct candidate, council_name, false, 1, 200),
	JSON_TEXT(struct candidate, course, false, 36, 36),
	JSON_TEXT(struct candidate, course_title, false, 0, 4000),
	JSON_TEXT(struct candidate, attempt, false, 36, 36),
	JSON_TEXT(struct candidate, state, true, 1, 10),
	JSON_TEXT(struct candidate, reason, false, 1, 20),
	JSON_TEXT(struct candidate, kk, false, 1, 400),
	JSON_TEXT(struct candidate, ru, false, 1, 400),
	JSON_TEXT(struct candidate, en, false, 1, 400),
	JSON_TEXT(struct candidate, serial, false, 1, SERIAL_TEXT),
	JSON_INT(struct candidate, score_percent, false, 0, 100),
};
const struct shape candidate_shape =
	SHAPE("CertificateCandidate", struct candidate, candidate_fields);

static const struct json_field candidates_fields[] = {
	JSON_TEXT(struct candidates, today, true, 10, 10),
	JSON_TEXT(struct candidates, held_on, true, 10, 10),
	JSON_TEXT(struct candidates, clock, true, 1, 10),
	JSON_INT(struct candidates, hours, true, 0, 1000),
	JSON_INT(struct candidates, ready, true, 0, INT32_MAX),
	JSON_INT(struct candidates, issued, true, 0, INT32_MAX),
	JSON_INT(struct candidates, refused, true, 0, INT32_MAX),
	JSON_LIST(struct candidates, rows, true, 100000, candidate_shape),
};
const struct shape candidates_shape =
	SHAPE("CertificateCandidates", struct candidates, candidates_fields);

/* ---- reasons ---- */
static void refuse(struct candidate *c, str word)
{
#define ROW(word, kk, ru, en) { S(word), S(kk), S(ru), S(en) },
	static const struct {
		str word, kk, ru, en;
	} reasons[] = { REASONS(ROW) };
	c->state = S("refused");
	c->reason = word;
	for (size_t i = 0; i < countof(reasons); i++) {
		if (!str_is(reasons[i].word, word)) continue;
		c->kk = reasons[i].kk;
		c->ru = reasons[i].ru;
		c->en = reasons[i].en;
	}
}

/* ---- one person and course ---- */
struct looking {
	struct db *db;
	struct arena *a;
	struct template look;
	struct event event;
	struct candidates *out;
	struct candidate *row;
	size_t n, room;
};

static struct candidate *add_row(struct looking *l, const struct grid_row *r)
{
	if (l->n == l->room) {
		l->room = l->room ? 2 * l->room : 256;
		struct candidate *more = arena_alloc(l->a, l->room * sizeof *more);
		if (l->n) memcpy(more, l->row, l->n * sizeof *more);
		l->row = more;
	}
	struct candidate *c = &l->row[l->n++];
	*c = (struct candidate){
		.person = r->person,
		.surname = r->surname,
		.given = r->given,
		.patronymic = r->patronymic,
		.council_name = r->council_name,
		.score_percent = JSON_ABSENT,
	};
	return c;
}

static bool printable(const struct looking *l, const struct candidate *c)
{
	struct facts f = {
		.surname = c->surname,
		.given = c->given,
		.patronymic = c->patronymic,
		.council = c->council_name,
		.course = c->course_title,
		.event = l->event.title,
		.place = l->event.place,
	};
	return sheet_lacks(&f, &l->look) == 0;
}

/* What has become of the attempt's certificate, if it ever had one. */
static fallible look_at_issued(struct looking *l, struct candidate *c)
{
	struct certificate issued;
	enum err e = certificate_of_attempt(l->db, l->a, c->attempt, &issued);
	if (e == ERR_NOT_FOUND) return ERR_OK;
	TRY(e);
	c->serial = issued.serial;
	if (str_is(issued.state, S("revoked")))
		refuse(c, S("revoked"));
	else
		c->state = S("issued");
	return ERR_OK;
}

static fallible look_at_cell(struct looking *l, const struct grid_row *r,
                             const struct grid_cell *cell, str title)
{
	struct candidate *c = add_row(l, r);
	c->course = cell->course;
	c->course_title = title;
	c->attempt = cell->attempt;
	if (!isnan(cell->score)) {
		double percent = round(cell->score * 100);
		c->score_percent = percent < 0 ? 0 : percent > 100 ? 100 : (int64_t)percent;
	}
	TRY(look_at_issued(l, c));
	if (c->state.p) return ERR_OK;
	if (!r->present)
		refuse(c, S("absent"));
	else if (str_is(cell->state, S("failed")))
		refuse(c, S("failed"));
	else if (!str_is(cell->state, S("completed")) && !str_is(cell->state, S("passed")))
		refuse(c, S("not-finished"));
	else if (!printable(l, c))
		refuse(c, S("bad-letter"));
	else
		c->state = S("ready");
	return ERR_OK;
}

static fallible look_at_person(struct looking *l, const struct grid_row *r,
                               struct json_list courses)
{
	const struct grid_cell *cell = r->cells.items;
	const struct course *course = courses.items;
	bool begun = false;
	for (size_t i = 0; i < r->cells.n; i++) {
		if (str_is(cell[i].state, S("new")) || !cell[i].attempt.p) continue;
		begun = true;
		TRY(look_at_cell(l, r, &cell[i], course[i].title));
	}
	if (!begun) refuse(add_row(l, r), r->present ? S("not-begun") : S("absent"));
	return ERR_OK;
}

/* ---- the clock ---- */
SQL(latest_word, "SELECT MAX(COALESCE((SELECT MAX(changed_at) FROM attempt), 0),"
                 " COALESCE((SELECT MAX(made_at) FROM certificate), 0),"
                 " COALESCE((SELECT MAX(latest_at) FROM journal_epoch), 0))");

static fallible clock_word(struct db *db, str *out)
{
	QUERY(q, db, latest_word);
	int64_t latest = query_next(&q) ? column_int(&q, 0, 0) : 0;
	TRY(query_end(&q));
	bool behind = time_now() < BUILT_AFTER || time_now() + SLACK_MS < latest;
	*out = behind ? S("behind") : S("good");
	return ERR_OK;
}

enum err certificate_candidates(struct db *db, struct arena *a, str event,
                                struct candidates *out)
{
	struct grid grid;
	struct candidates all = { .today = date_today(a) };
	struct looking l = { .db = db, .a = a };
	TRY(event_get(db, a, event, &l.event));
	TRY(template_get(db, a, &l.look));
	TRY(training_grid(db, NULL, a, event, &grid));
	const struct grid_row *row = grid.rows.items;
	for (size_t i = 0; i < grid.rows.n; i++)
		TRY(look_at_person(&l, &row[i], grid.courses));
	TRY(clock_word(db, &all.clock));
	all.held_on = l.event.held_on.n ? l.event.held_on : all.today;
	all.hours = l.look.hours;
	for (size_t i = 0; i < l.n; i++) {
		all.ready += str_is(l.row[i].state, S("ready"));
		all.issued += str_is(l.row[i].state, S("issued"));
		all.refused += str_is(l.row[i].state, S("refused"));
	}
	all.rows = (struct json_list){ l.row, l.n };
	*out = all;
	return ERR_OK;
}
