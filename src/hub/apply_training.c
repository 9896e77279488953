/* SPDX-License-Identifier: Apache-2.0 */
/* Training days, who was there, what they achieved. */
#include "hub/inside.h"

static str or_empty(str text)
{
	return text.p ? text : S("");
}

/* ---- events ---- */

SQL(hub_event_find, "SELECT site, told_epoch, told_seq FROM hub_event WHERE id = :id");
SQL(hub_event_save,
    "INSERT INTO hub_event (id, site, title, place, held_on, closed, joined, present,"
    " told_epoch, told_seq, first_at) VALUES (:id, :site, :title, :place, :held_on,"
    " :closed, :joined, :present, :epoch, :seq, :now)"
    " ON CONFLICT (id) DO UPDATE SET title = excluded.title, place = excluded.place,"
    " held_on = excluded.held_on, closed = excluded.closed, joined = excluded.joined,"
    " present = excluded.present, told_epoch = excluded.told_epoch,"
    " told_seq = excluded.told_seq");

static void bind_or_null(struct query *q, const char *name, int64_t value)
{
	if (value == JSON_ABSENT)
		bind_null(q, name);
	else
		bind_int(q, name, value);
}

static fallible save_event(struct applying *ap, const struct fact_event *f,
                           const struct record *r)
{
	QUERY(q, tx_db(ap->tx), hub_event_save);
	bind_text(&q, ":id", f->event);
	bind_int(&q, ":site", ap->site);
	bind_text(&q, ":title", f->title);
	bind_text(&q, ":place", or_empty(f->place));
	bind_text(&q, ":held_on", or_empty(f->held_on));
	bind_int(&q, ":closed", str_is(r->kind, S("event.closed")));
	bind_or_null(&q, ":joined", f->joined);
	bind_or_null(&q, ":present", f->present);
	bind_int(&q, ":epoch", r->epoch);
	bind_int(&q, ":seq", r->seq);
	bind_int(&q, ":now", ap->now);
	return query_run(&q, NULL);
}

enum err apply_event(struct applying *ap, const struct record *r)
{
	struct fact_event f;
	TRY(body_read(ap, r, &fact_event_shape, &f));
	QUERY(q, tx_db(ap->tx), hub_event_find);
	bind_text(&q, ":id", f.event);
	bool found = query_next(&q);
	int64_t site = found ? column_int(&q, 0, 0) : ap->site;
	bool later = !found || is_later(r, column_int(&q, 1, 0), column_int(&q, 2, 0));
	TRY(query_end(&q));
	if (!ap->forced && site != ap->site)
		return FAIL_WHY(ERR_INVALID, "not-yours",
		                "record %lld: of another site's event", (long long)r->seq);
	if (!later) return ERR_OK;
	if (!found) ap->sums.events++;
	return save_event(ap, &f, r);
}

/* ---- the site's clock ---- */

SQL(hub_clock_save,
    "UPDATE hub_site SET clock_off_ms = :off, clock_epoch = :epoch, clock_seq = :seq"
    " WHERE number = :site AND (clock_epoch < :epoch"
    " OR (clock_epoch = :epoch AND clock_seq < :seq))");

enum err apply_clock(struct applying *ap, const struct record *r)
{
	struct fact_clock f;
	TRY(body_read(ap, r, &fact_clock_shape, &f));
	QUERY(q, tx_db(ap->tx), hub_clock_save);
	bind_int(&q, ":site", ap->site);
	bind_int(&q, ":off", f.off_ms);
	bind_int(&q, ":epoch", r->epoch);
	bind_int(&q, ":seq", r->seq);
	return query_run(&q, NULL);
}

/* ---- presence ---- */

SQL(hub_presence_save,
    "INSERT INTO hub_presence (event, person, present, told_epoch, told_seq)"
    " VALUES (:event, :person, :present, :epoch, :seq)"
    " ON CONFLICT (event, person) DO UPDATE SET present = excluded.present,"
    " told_epoch = excluded.told_epoch, told_seq = excluded.told_seq"
    " WHERE hub_presence.told_epoch < excluded.told_epoch"
    " OR (hub_presence.told_epoch = excluded.told_epoch"
    "  AND hub_presence.told_seq < excluded.told_seq)");

enum err apply_presence(struct applying *ap, const struct record *r)
{
	struct fact_presence f;
	TRY(body_read(ap, r, &fact_presence_shape, &f));
	QUERY(q, tx_db(ap->tx), hub_presence_save);
	bind_text(&q, ":event", f.event);
	bind_text(&q, ":person", f.person);
	bind_int(&q, ":present", f.present);
	bind_int(&q, ":epoch", r->epoch);
	bind_int(&q, ":seq", r->seq);
	return query_run(&q, NULL);
}

/* ---- results ---- */

SQL(hub_result_find, "SELECT site, done, told_epoch, told_seq FROM hub_result"
                     " WHERE attempt = :attempt");
SQL(hub_result_save,
    "INSERT INTO hub_result (attempt, site, person, course, title, package, event,"
    " completion, success, score, done, at_wall, heard_at, told_epoch, told_seq)"
    " VALUES (:attempt, :site, :person, :course, :title, :package, :event, :completion,"
    " :success, :score, :done, :at, :now, :epoch, :seq)"
    " ON CONFLICT (attempt) DO NOTHING");
SQL(hub_result_change,
    "UPDATE hub_result SET completion = :completion, success = :success, score = :score,"
    " done = :done, at_wall = :at, heard_at = :now, told_epoch = :epoch,"
    " told_seq = :seq"
    " WHERE attempt = :attempt");

struct old_result {
	bool found;
	int64_t site, done, epoch, seq;
};

static fallible find_result(struct applying *ap, str attempt, struct old_result *out)
{
	*out = (struct old_result){ 0 };
	QUERY(q, tx_db(ap->tx), hub_result_find);
	bind_text(&q, ":attempt", attempt);
	if (query_next(&q))
		*out = (struct old_result){ true, column_int(&q, 0, 0),
			                    column_int(&q, 1, 0), column_int(&q, 2, 0),
			                    column_int(&q, 3, 0) };
	return query_end(&q);
}

static void bind_verdict(struct query *q, const struct applying *ap,
                         const struct fact_result *f, const struct record *r, bool done)
{
	bind_int(q, ":now", ap->now);
	bind_text(q, ":attempt", f->attempt);
	bind_text(q, ":completion", f->completion);
	bind_text(q, ":success", f->success);
	bind_real(q, ":score", f->score);
	bind_int(q, ":done", done);
	bind_int(q, ":at", r->at_wall);
	bind_int(q, ":epoch", r->epoch);
	bind_int(q, ":seq", r->seq);
}

static fallible insert_result(struct applying *ap, const struct fact_result *f,
                              const struct record *r, bool done, bool *new_out)
{
	int64_t added;
	QUERY(q, tx_db(ap->tx), hub_result_save);
	bind_verdict(&q, ap, f, r, done);
	bind_int(&q, ":site", ap->site);
	bind_text(&q, ":person", f->person);
	bind_text(&q, ":course", f->course);
	bind_text(&q, ":title", or_empty(f->title));
	bind_text(&q, ":package", or_empty(f->package));
	bind_text(&q, ":event", f->event);
	TRY(query_run(&q, &added));
	*new_out = added != 0;
	return ERR_OK;
}

static fallible change_result(struct applying *ap, const struct fact_result *f,
                              const struct record *r, bool done)
{
	struct old_result old;
	TRY(find_result(ap, f->attempt, &old));
	if (!ap->forced && old.site != ap->site)
		return FAIL_WHY(ERR_INVALID, "not-yours",
		                "record %lld: of another site's attempt",
		                (long long)r->seq);
	if (!is_later(r, old.epoch, old.seq)) return ERR_OK;
	QUERY(q, tx_db(ap->tx), hub_result_change);
	bind_verdict(&q, ap, f, r, done);
	TRY(query_run(&q, NULL));
	int64_t more = (int64_t)done - old.done;
	return more ? person_change_counts(ap, f->person, more, 0) : ERR_OK;
}

enum err apply_result(struct applying *ap, const struct record *r)
{
	struct fact_result f;
	bool new;
	TRY(body_read(ap, r, &fact_result_shape, &f));
	bool failed = str_is(f.success, S("failed"));
	bool done = !failed && (str_is(f.completion, S("completed")) ||
	                        str_is(f.success, S("passed")));
	TRY(insert_result(ap, &f, r, done, &new));
	return new ? person_change_counts(ap, f.person, done, 0)
	           : change_result(ap, &f, r, done);
}
