/* SPDX-License-Identifier: Apache-2.0 */
/* Everything from hub_person on follows from the records and from what people decided. Here
 * it is made anew: the derived tables of a copy are emptied, and records and decisions are
 * gone through once more in the order in which they came, each with the time at which it
 * came. That the result is the same is the proof that nothing was counted twice or
 * forgotten; when it is not, the new tables are the right ones.
 *
 * What cannot be derived any more stays as it is: people who were erased, whose records
 * have no body, and their certificates. They are counted first. */
#include "hub/inside.h"

#define STEPS 2000 /* records and decisions of one job */

enum step_kind { STEP_RECORD, STEP_DECISION };
struct step {
	int64_t at; /* when the hub received or decided it */
	enum step_kind kind;
	int64_t site, epoch, seq, branch; /* of a record */
	str what, about, detail;          /* of a decision */
};

struct chunk {
	struct arena *a;
	struct step step[STEPS];
	size_t n;
	struct applying ap;
	int64_t records;
};

/* ---- emptying ---- */

SQL(rebuild_no_areas, "DELETE FROM hub_area");
SQL(rebuild_no_months, "DELETE FROM hub_month");
SQL(rebuild_no_events, "DELETE FROM hub_event");
SQL(rebuild_no_presence, "DELETE FROM hub_presence");
SQL(rebuild_no_results, "DELETE FROM hub_result");
SQL(rebuild_no_certificates, "DELETE FROM hub_certificate WHERE person NOT IN"
                             " (SELECT id FROM hub_person WHERE erased_at IS NOT NULL)");
SQL(rebuild_no_people, "DELETE FROM hub_person WHERE erased_at IS NULL");
SQL(rebuild_no_councils, "DELETE FROM hub_council WHERE members IS NULL AND number NOT IN"
                         " (SELECT council FROM hub_person WHERE council IS NOT NULL)");
SQL(rebuild_zero_people, "UPDATE hub_person SET completions = 0, certificates = 0");
SQL(rebuild_zero_councils, "UPDATE hub_council SET learners = 0, trained = 0,"
                           " completions = 0, certificates = 0, heard_at = NULL");

SQL(rebuild_no_clocks,
    "UPDATE hub_site SET clock_off_ms = NULL, clock_epoch = 0, clock_seq = 0");

static fallible empty_all(struct tx *tx)
{
	const struct sql *const all[] = {
		&rebuild_no_areas,      &rebuild_no_months,   &rebuild_no_events,
		&rebuild_no_presence,   &rebuild_no_results,  &rebuild_no_certificates,
		&rebuild_no_people,     &rebuild_no_councils, &rebuild_zero_people,
		&rebuild_zero_councils, &rebuild_no_clocks,
	};
	for (size_t i = 0; i < countof(all); i++) {
		QUERY(q, tx_db(tx), *all[i]);
		TRY(query_run(&q, NULL));
	}
	return ERR_OK;
}

/* ---- one site's group: what came at one time ---- */

SQL(rebuild_scope, "SELECT scope FROM hub_site WHERE number = :site");

static fallible begin_group(struct chunk *c, struct tx *tx, int64_t site, int64_t at)
{
	c->ap = (struct applying){
		.tx = tx, .a = c->a, .site = site, .now = at, .replayed = true
	};
	QUERY(q, tx_db(tx), rebuild_scope);
	bind_int(&q, ":site", site);
	if (query_next(&q)) c->ap.scope = column_text(&q, c->a, 0);
	return query_end(&q);
}

static fallible end_group(struct chunk *c)
{
	return c->ap.scope.p ? sums_write(&c->ap) : ERR_OK;
}

/* ---- what stays ---- */

SQL(rebuild_sites, "SELECT scope FROM hub_site ORDER BY number");
SQL(rebuild_erased, "SELECT site, council, first_at, merged_into FROM hub_person"
                    " WHERE erased_at IS NOT NULL ORDER BY id");
SQL(rebuild_kept_certificates,
    "SELECT site, person, state, first_at, changed_at FROM hub_certificate"
    " ORDER BY serial");

/* The areas of the councils that the register names: there may be no site yet. */
SQL(rebuild_listed, "SELECT scope FROM hub_council WHERE members IS NOT NULL"
                    " ORDER BY scope, folded");

static fallible count_areas(struct tx *tx, const struct sql *sql, int64_t sites)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)16 << 20);
	QUERY(q, tx_db(tx), *sql);
	while (query_next(&q)) {
		TRY(sums_site(tx, column_text(&q, a, 0), sites));
		arena_reset(a);
	}
	return query_end(&q);
}

static fallible count_erased(struct chunk *c, struct tx *tx)
{
	QUERY(q, tx_db(tx), rebuild_erased);
	while (query_next(&q)) {
		if (!column_is_null(&q, 3)) continue;
		TRY(begin_group(c, tx, column_int(&q, 0, 0), column_int(&q, 2, 0)));
		TRY(sums_add(&c->ap, column_int(&q, 1, 0), (struct sum){ .learners = 1 }));
		TRY(end_group(c));
	}
	return query_end(&q);
}

static fallible count_one(struct chunk *c, struct tx *tx, int64_t site, str person,
                          int64_t at, int64_t n)
{
	TRY(begin_group(c, tx, site, at));
	TRY(person_change_counts(&c->ap, person, 0, n));
	return end_group(c);
}

static fallible count_certificates(struct chunk *c, struct tx *tx)
{
	QUERY(q, tx_db(tx), rebuild_kept_certificates);
	while (query_next(&q)) {
		int64_t site = column_int(&q, 0, 0);
		str person = column_text(&q, c->a, 1);
		bool ended = !str_is(column_text(&q, c->a, 2), S("valid"));
		TRY(count_one(c, tx, site, person, column_int(&q, 3, 0), 1));
		if (ended) TRY(count_one(c, tx, site, person, column_int(&q, 4, 0), -1));
	}
	return query_end(&q);
}

static enum err begin(struct tx *tx, void *arg)
{
	struct chunk *c = arg;
	TRY(empty_all(tx));
	TRY(count_areas(tx, &rebuild_sites, 1));
	TRY(count_areas(tx, &rebuild_listed, 0));
	TRY(count_erased(c, tx));
	return count_certificates(c, tx);
}

/* ---- a record, a decision ---- */

SQL(rebuild_record,
    "SELECT r.kind, r.at_wall, r.clock, r.body, q.reason FROM hub_record r"
    " LEFT JOIN hub_quarantine q ON q.site = r.site AND q.epoch = r.epoch"
    "  AND q.seq = r.seq AND q.branch = r.branch"
    " WHERE r.site = :site AND r.epoch = :epoch AND r.seq = :seq AND r.branch = :branch");

/* What was quarantined counts only when it is `forced`. What this hub takes in otherwise
 * than the one that received it did is left out: it must not keep the rest from coming. */
static fallible repeat_record(struct chunk *c, struct tx *tx, const struct step *s,
                              bool forced)
{
	struct record r = { .epoch = s->epoch, .seq = s->seq };
	bool quarantined = false;
	QUERY(q, tx_db(tx), rebuild_record);
	bind_int(&q, ":site", s->site);
	bind_int(&q, ":epoch", s->epoch);
	bind_int(&q, ":seq", s->seq);
	bind_int(&q, ":branch", s->branch);
	if (query_next(&q)) {
		r.kind = column_text(&q, c->a, 0);
		r.at_wall = column_int(&q, 1, 0);
		r.clock = (enum clock_trust)column_int(&q, 2, 0);
		r.body = column_text(&q, c->a, 3);
		quarantined = !column_is_null(&q, 4);
	}
	TRY(query_end(&q));
	if (!r.kind.p || (quarantined && !forced)) return ERR_OK;
	enum err e = apply_record(&c->ap, &r);
	return e == ERR_INVALID && err_last()->reason ? ERR_OK : e;
}

SQL(rebuild_settled, "SELECT settled_how FROM hub_quarantine WHERE site = :site"
                     " AND epoch = :epoch AND seq = :seq AND branch = :branch");

/* "EPOCH/SEQ/BRANCH" of a site's record that was quarantined. */
static fallible repeat_settling(struct chunk *c, struct tx *tx, const struct step *s)
{
	struct hub_site site;
	int64_t place[3] = { 0, 0, 0 };
	str rest = s->detail, part;
	for (size_t i = 0; i < countof(place) && str_cut(&rest, '/', &part); i++)
		if (!str_to_int(part, 0, INT64_MAX, &place[i])) return ERR_OK;
	TRY(hub_site_get(tx_db(tx), c->a, s->about, &site));
	QUERY(q, tx_db(tx), rebuild_settled);
	bind_int(&q, ":site", site.number);
	bind_int(&q, ":epoch", place[0]);
	bind_int(&q, ":seq", place[1]);
	bind_int(&q, ":branch", place[2]);
	bool applied = query_next(&q) && str_is(column_text(&q, c->a, 0), S("applied"));
	TRY(query_end(&q));
	if (!applied) return ERR_OK;
	struct step record = {
		.site = site.number, .epoch = place[0], .seq = place[1], .branch = place[2]
	};
	TRY(begin_group(c, tx, site.number, s->at));
	c->ap.forced = true;
	TRY(repeat_record(c, tx, &record, true));
	return end_group(c);
}

SQL(rebuild_home, "SELECT site FROM hub_person WHERE id = :id"
                  " UNION ALL SELECT site FROM hub_certificate WHERE serial = :id");

static fallible find_home(struct tx *tx, str id, int64_t *out)
{
	*out = 0;
	QUERY(q, tx_db(tx), rebuild_home);
	bind_text(&q, ":id", id);
	if (query_next(&q)) *out = column_int(&q, 0, 0);
	return query_end(&q);
}

static fallible decide(struct chunk *c, struct tx *tx, const struct step *s)
{
	int64_t site;
	if (str_is(s->what, S("quarantine.settled"))) return repeat_settling(c, tx, s);
	TRY(find_home(tx, s->about, &site));
	if (!site) return ERR_OK;
	TRY(begin_group(c, tx, site, s->at));
	str rest = s->detail, reason; /* "other: in words" */
	if (str_is(s->what, S("certificate.revoked")) && str_cut(&rest, ':', &reason))
		TRY(certificate_set_revoked(&c->ap, s->about, reason));
	else if (!str_is(s->what, S("certificate.revoked")))
		TRY(person_set_merged(&c->ap, s->about,
		                      str_is(s->what, S("person.merged")) ? s->detail
		                                                          : STR_NONE));
	return end_group(c);
}

/* An erased person may stand where the decision would have put them. */
static fallible repeat_decision(struct chunk *c, struct tx *tx, const struct step *s)
{
	enum err e = decide(c, tx, s);
	return e == ERR_CONFLICT || e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err repeat(struct tx *tx, void *arg)
{
	struct chunk *c = arg;
	bool open = false;
	for (size_t i = 0; i < c->n; i++) {
		const struct step *s = &c->step[i];
		bool same = open && s->kind == STEP_RECORD && s->site == c->ap.site &&
		            s->at == c->ap.now;
		if (open && !same) TRY(end_group(c));
		if (s->kind == STEP_RECORD && !same)
			TRY(begin_group(c, tx, s->site, s->at));
		open = s->kind == STEP_RECORD;
		if (open)
			TRY(repeat_record(c, tx, s, false));
		else
			TRY(repeat_decision(c, tx, s));
	}
	return open ? end_group(c) : ERR_OK;
}

/* ---- the sums that are no sum of changes ---- */

SQL(rebuild_members,
    "UPDATE hub_area SET members = (SELECT COALESCE(SUM(c.members), 0) FROM hub_council c"
    " WHERE c.scope >= hub_area.scope AND c.scope < hub_area.scope || '0'),"
    " listed = (SELECT COUNT(c.members) FROM hub_council c"
    " WHERE c.scope >= hub_area.scope AND c.scope < hub_area.scope || '0'),"
    " councils = (SELECT COUNT(*) FROM hub_council c"
    " WHERE c.scope >= hub_area.scope AND c.scope < hub_area.scope || '0')");

static enum err finish(struct tx *tx, void *arg)
{
	(void)arg;
	QUERY(q, tx_db(tx), rebuild_members);
	return query_run(&q, NULL);
}

/* ---- all of them, in order ---- */

SQL(rebuild_steps,
    "SELECT received_at, 0, site, epoch, seq, branch, NULL, NULL, NULL FROM hub_record"
    " UNION ALL"
    " SELECT at, 1, id, 0, 0, 0, what, about, detail FROM hub_audit"
    " WHERE what IN ('person.merged', 'person.unmerged', 'certificate.revoked',"
    "  'quarantine.settled')"
    " ORDER BY 1, 2, 3, 4, 5, 6");

static struct step step_row(struct query *q, struct arena *a)
{
	return (struct step){
		.at = column_int(q, 0, 0),
		.kind = column_int(q, 1, 0) ? STEP_DECISION : STEP_RECORD,
		.site = column_int(q, 2, 0),
		.epoch = column_int(q, 3, 0),
		.seq = column_int(q, 4, 0),
		.branch = column_int(q, 5, 0),
		.what = column_text(q, a, 6),
		.about = column_text(q, a, 7),
		.detail = column_text(q, a, 8),
	};
}

static fallible repeat_all(struct db *from, struct store *to, struct chunk *c)
{
	QUERY(q, from, rebuild_steps);
	bool more = true;
	while (more) {
		more = query_next(&q);
		if (more) {
			c->step[c->n] = step_row(&q, c->a);
			c->records += c->step[c->n++].kind == STEP_RECORD;
		}
		if (c->n < STEPS && more) continue;
		TRY(store_write(to, repeat, c));
		c->n = 0;
		arena_reset(c->a);
	}
	return query_end(&q);
}

enum err hub_rebuild(struct store *from, struct store *to, int64_t *records_out)
{
	struct db *db;
	struct arena *a = arena_open((size_t)256 << 20);
	struct chunk *c = calloc(1, sizeof *c);
	if (!c) abort();
	c->a = a;
	enum err e = store_write(to, begin, c);
	if (!e) e = store_reader(from, &db);
	if (!e) {
		e = repeat_all(db, to, c);
		store_reader_done(from, db);
	}
	if (!e) e = store_write(to, finish, c);
	*records_out = c->records;
	free(c);
	arena_close(a);
	return e;
}
