/* SPDX-License-Identifier: Apache-2.0 */
/* Commits: the hot path of the writer. What a commit comes to was worked out before
 * (replay.c); here it is written down, if it still fits.
 *
 * What is new takes five statements: where the attempt stands, the state of an activity
 * read and written, the commit's line with the engine's state, the attempt. (What costs is
 * the pages written, more than the statements: hence a line takes the place of the one
 * sixteen commits ago, and an older data model is put aside once a minute and not each
 * time.) What was applied before is known by its launch's range of numbers. What comes from
 * a fenced launch is written down with its journal, and nothing else changes. So is what
 * comes before its launch was opened, until it comes once more and is applied. */
#include "base/time.h"
#include "runtime/inside.h"

#include <math.h>

#define LATEST_KEPT 16
#define VERSIONS 5 /* older data models kept of each activity */
#define VERSION_MS 60000
#define BODIES_KEPT                                                           \
	50 /* journals kept of an attempt, where nothing else is left of them \
	    */
#define DISPUTES_KEPT 50

/* What a phone left out of a number. */
static int64_t or_zero(int64_t told)
{
	return told == JSON_ABSENT ? 0 : told;
}

static str or_word(str word, str otherwise)
{
	return word.p ? word : otherwise;
}

/* ---- the states of activities ---- */

/* How an activity stood before this commit. */
struct before {
	bool full; /* it has a data model that is not empty */
	int64_t total_ms, versions, version_at;
	struct verdict verdict;
};

SQL(state_before,
    "SELECT CASE WHEN cmi <> '{}' THEN 1 ELSE 0 END, total_time_ms, versions, version_at,"
    " CASE completion WHEN 'completed' THEN 1 ELSE 0 END,"
    " CASE success WHEN 'passed' THEN 1 WHEN 'failed' THEN 2 ELSE 0 END, score"
    " FROM activity_state WHERE attempt = :attempt AND activity = :activity");

static fallible find_before(struct tx *tx, str attempt, str activity, struct before *out)
{
	QUERY(q, tx_db(tx), state_before);
	bind_text(&q, ":attempt", attempt);
	bind_text(&q, ":activity", activity);
	*out = (struct before){ .verdict = { .score = NAN } };
	if (query_next(&q))
		*out = (struct before){
			.full = column_int(&q, 0, 0) != 0,
			.total_ms = column_int(&q, 1, 0),
			.versions = column_int(&q, 2, 0),
			.version_at = column_int(&q, 3, 0),
			.verdict = { column_int(&q, 4, 0) != 0,
			             (enum success)column_int(&q, 5, 0),
			             column_real(&q, 6) },
		};
	return query_end(&q);
}

SQL(version_put,
    "INSERT INTO activity_version (attempt, activity, slot, saved_at, cmi)"
    " SELECT attempt, activity, :slot, changed_at, cmi FROM activity_state"
    " WHERE attempt = :attempt AND activity = :activity AND cmi <> '{}'"
    " ON CONFLICT (attempt, activity, slot) DO UPDATE SET saved_at = excluded.saved_at,"
    " cmi = excluded.cmi");

/* The state that is about to be replaced goes into the ring. */
static fallible put_aside(struct tx *tx, str attempt, str activity, int64_t version)
{
	QUERY(q, tx_db(tx), version_put);
	bind_text(&q, ":attempt", attempt);
	bind_text(&q, ":activity", activity);
	bind_int(&q, ":slot", version % VERSIONS);
	return query_run(&q, NULL);
}

SQL(state_save,
    "INSERT INTO activity_state (attempt, activity, completion, success, score, location,"
    " total_time_ms, suspended, visits, versions, version_at, changed_at, cmi)"
    " VALUES (:attempt, :activity, :completion, :success, :score, :location, :total,"
    " :suspended, :visits, 0, :now, :now, COALESCE(:cmi, '{}'))"
    " ON CONFLICT (attempt, activity) DO UPDATE SET completion = excluded.completion,"
    " success = excluded.success, score = excluded.score,"
    " location = COALESCE(excluded.location, activity_state.location),"
    " total_time_ms = excluded.total_time_ms, suspended = excluded.suspended,"
    " visits = activity_state.visits + :visits, versions = :versions,"
    " version_at = :version_at, changed_at = excluded.changed_at,"
    " cmi = COALESCE(:cmi, activity_state.cmi)");

static str completion_word(const struct verdict *v, str now)
{
	return v->completed ? S("completed") : or_word(now, S("unknown"));
}

static str success_word(const struct verdict *v)
{
	return v->success == SUCCESS_PASSED   ? S("passed")
	       : v->success == SUCCESS_FAILED ? S("failed")
	                                      : S("unknown");
}

/* `more_out`: how much time it grew by; it never goes back. */
static fallible save_state(struct tx *tx, str attempt, const struct visited *v, int64_t now,
                           int64_t *more_out)
{
	struct before b;
	TRY(find_before(tx, attempt, v->activity, &b));
	/* A course that has lost its data comes back empty-handed: what was there stays. */
	str data = v->data.p && v->data.n > 2 ? v->data : STR_NONE;
	bool aside = b.full && data.p && (v->visits || now - b.version_at >= VERSION_MS);
	if (aside) TRY(put_aside(tx, attempt, v->activity, b.versions));
	int64_t told = v->result.total_time_ms;
	int64_t total = told > b.total_ms ? told : b.total_ms;
	struct verdict best = verdict_best(&b.verdict, &v->result);

	QUERY(q, tx_db(tx), state_save);
	bind_text(&q, ":attempt", attempt);
	bind_text(&q, ":activity", v->activity);
	bind_text(&q, ":completion", completion_word(&best, v->result.completion));
	bind_text(&q, ":success", success_word(&best));
	bind_real(&q, ":score", best.score);
	bind_text(&q, ":location", v->result.location);
	bind_int(&q, ":total", total);
	bind_int(&q, ":suspended", v->result.suspended);
	bind_int(&q, ":visits", v->visits);
	bind_int(&q, ":versions", b.versions + aside);
	bind_int(&q, ":version_at", aside ? now : b.version_at);
	bind_int(&q, ":now", now);
	bind_text(&q, ":cmi", data);
	*more_out += total - b.total_ms;
	return query_run(&q, NULL);
}

/* ---- the commit's own line ---- */

#define LINE_SET                                                                         \
	" seq = :seq, launch = :launch, activity = :activity, completion = :completion," \
	" success = :success, score = :score, location = :location, made_at = :made,"    \
	" saved_at = :now, trace = :trace, snapshot = :snapshot"
SQL(latest_replace,
    "UPDATE attempt_latest SET" LINE_SET " WHERE attempt = :attempt AND slot = :slot");
SQL(latest_insert,
    "INSERT INTO attempt_latest (attempt, slot, seq, launch, activity, completion, success,"
    " score, location, made_at, saved_at, trace, snapshot) VALUES (:attempt, :slot, :seq,"
    " :launch, :activity, :completion, :success, :score, :location, :made, :now, :trace,"
    " :snapshot)");
/* The journal of a commit that nothing was derived from is all that is left of that work,
 * so it stays; but not without bound, for a course is untrusted. */
SQL(commit_insert_whole,
    "INSERT INTO attempt_commit (attempt, seq, launch, applied, activity, completion,"
    " success, score, location, made_at, saved_at, body)"
    " VALUES (:attempt, :seq, :launch, :applied, :activity, :completion, :success, :score,"
    " :location, :made, :now, CASE WHEN (SELECT COUNT(*) FROM attempt_commit"
    "  WHERE attempt = :attempt AND body IS NOT NULL) < :kept THEN :body END)");

static void bind_line(struct query *q, str attempt, const struct commit *c)
{
	bind_text(q, ":attempt", attempt);
	bind_int(q, ":seq", c->seq);
	bind_text(q, ":launch", c->launch);
	bind_int(q, ":made", or_zero(c->made_at));
	bind_int(q, ":now", time_now());
}

/* What the commit came to: the last activity that it was about. */
static fallible write_latest(struct tx *tx, const struct sql *how, str attempt,
                             const struct commit *c, const struct outcome *o, int64_t slot,
                             int64_t *changed_out)
{
	const struct visited *all = o->visited.items;
	const struct visited *v = o->visited.n ? &all[o->visited.n - 1] : NULL;
	QUERY(q, tx_db(tx), *how);
	bind_line(&q, attempt, c);
	bind_int(&q, ":slot", slot);
	bind_text(&q, ":activity", v ? v->activity : o->place);
	bind_text(&q, ":completion", v ? v->result.completion : S("unknown"));
	bind_text(&q, ":success", v ? v->result.success : S("unknown"));
	bind_real(&q, ":score", v ? v->result.score : NAN);
	bind_text(&q, ":location", v ? v->result.location : STR_NONE);
	bind_text(&q, ":trace", o->trace);
	bind_blob(&q, ":snapshot", o->snapshot.p, o->snapshot.n);
	return query_run(&q, changed_out);
}

/* In the place of the oldest. Only an attempt's first ones find that place empty. */
static fallible write_line(struct tx *tx, str attempt, const struct commit *c,
                           const struct outcome *o, int64_t slot)
{
	int64_t changed;
	TRY(write_latest(tx, &latest_replace, attempt, c, o, slot, &changed));
	if (changed) return ERR_OK;
	return write_latest(tx, &latest_insert, attempt, c, o, slot, NULL);
}

/* What the phone says of it, and its journal. */
static fallible write_whole(struct tx *tx, str attempt, const struct commit *c,
                            bool applied)
{
	struct buf body;
	buf_init(&body, (size_t)4 << 20);
	json_write_list(&body, &step_shape, c->journal);
	QUERY(q, tx_db(tx), commit_insert_whole);
	bind_line(&q, attempt, c);
	bind_int(&q, ":applied", applied);
	bind_text(&q, ":activity", c->activity);
	bind_text(&q, ":completion", or_word(c->completion, S("unknown")));
	bind_text(&q, ":success", or_word(c->success, S("unknown")));
	bind_real(&q, ":score", c->score);
	bind_text(&q, ":location", c->location);
	bind_text(&q, ":body", body.over ? STR_NONE : buf_as_str(&body));
	bind_int(&q, ":kept", BODIES_KEPT);
	enum err err = query_run(&q, NULL);
	buf_free(&body);
	return err;
}

/* ---- disputes ---- */

SQL(dispute_insert,
    "INSERT INTO attempt_dispute (attempt, seq, saved_at, why, completion, success, score,"
    " progress, server_completion, server_success, server_score, server_progress)"
    " SELECT :attempt, :seq, :now, :why, :completion, :success, :score, :progress,"
    " :server_completion, :server_success, :server_score, :server_progress"
    " WHERE (SELECT COUNT(*) FROM attempt_dispute WHERE attempt = :attempt) < :kept");

static fallible dispute(struct tx *tx, str attempt, const struct commit *c,
                        const struct outcome *o)
{
	bool derived = !o->refused.p;
	str why = derived ? o->differs : o->refused;
	int64_t added;
	QUERY(q, tx_db(tx), dispute_insert);
	bind_text(&q, ":attempt", attempt);
	bind_int(&q, ":seq", c->seq);
	bind_int(&q, ":now", time_now());
	bind_text(&q, ":why", why);
	bind_text(&q, ":completion", c->attempt_completion);
	bind_text(&q, ":success", c->attempt_success);
	bind_real(&q, ":score", c->attempt_score);
	bind_real(&q, ":progress", c->attempt_progress);
	bind_text(&q, ":server_completion", o->whole.completion);
	bind_text(&q, ":server_success", o->whole.success);
	bind_real(&q, ":server_score", derived ? o->whole.score : NAN);
	bind_real(&q, ":server_progress", derived ? o->whole.progress : NAN);
	bind_int(&q, ":kept", DISPUTES_KEPT);
	TRY(query_run(&q, &added));
	return added ? tell_dispute(tx, attempt, why) : ERR_OK;
}

/* ---- applying ---- */

/* Where the attempt stands, in the eyes of one commit. */
struct standing {
	int64_t seq;         /* of the last commit applied */
	int64_t launch_from; /* … when the present launch began */
	int64_t slot;        /* of the present state in attempt_latest; -1: none */
	int64_t beside;      /* the commit's own line: applied (1) or not (0); -1: none */
	bool current;        /* the commit's launch may commit */
	str person;
	struct verdict verdict;
};

SQL(attempt_stands,
    "SELECT seq, CASE WHEN launch = :launch THEN 1 ELSE 0 END, person,"
    " CASE completion WHEN 'completed' THEN 1 ELSE 0 END,"
    " CASE success WHEN 'passed' THEN 1 WHEN 'failed' THEN 2 ELSE 0 END, score,"
    " launch_from, slot, (SELECT applied FROM attempt_commit"
    "  WHERE attempt = :attempt AND seq = :seq AND launch = :launch)"
    " FROM attempt WHERE id = :attempt");

static fallible stand(struct tx *tx, struct arena *a, str attempt, const struct commit *c,
                      struct standing *out)
{
	QUERY(q, tx_db(tx), attempt_stands);
	bind_text(&q, ":attempt", attempt);
	bind_text(&q, ":launch", c->launch);
	bind_int(&q, ":seq", c->seq);
	if (query_next(&q))
		*out = (struct standing){
			.seq = column_int(&q, 0, 0),
			.current = column_int(&q, 1, 0) != 0,
			.person = column_text(&q, a, 2),
			.verdict = { column_int(&q, 3, 0) != 0,
			             (enum success)column_int(&q, 4, 0),
			             column_real(&q, 5) },
			.launch_from = column_int(&q, 6, 0),
			.slot = column_int(&q, 7, -1),
			.beside = column_int(&q, 8, -1),
		};
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "attempt %.*s", STR_ARG(attempt));
	return query_end(&q);
}

SQL(globals_put,
    "INSERT INTO person_globals (person, version, globals) VALUES (:person, 1, :bytes)"
    " ON CONFLICT (person) DO UPDATE SET version = person_globals.version + 1,"
    " globals = excluded.globals WHERE person_globals.version = :version");

/* False: another course of the learner has changed them since. */
static fallible save_globals(struct tx *tx, str person, const struct outcome *o, bool *fits)
{
	int64_t changed;
	QUERY(q, tx_db(tx), globals_put);
	bind_text(&q, ":person", person);
	bind_int(&q, ":version", o->globals_version);
	bind_blob(&q, ":bytes", o->globals.p, o->globals.n);
	TRY(query_run(&q, &changed));
	*fits = changed > 0;
	return ERR_OK;
}

SQL(attempt_advance,
    "UPDATE attempt SET completion = :completion, success = :success, score = :score,"
    " progress = CASE WHEN progress IS NULL OR progress < :progress THEN :progress"
    "  ELSE progress END,"
    " total_time_ms = total_time_ms + :more, seq = :seq, slot = :slot,"
    " activity = COALESCE(:place, activity), suspended = :suspended, kept = :kept,"
    " changed_at = :now WHERE id = :attempt");

static fallible advance(struct tx *tx, str attempt, const struct commit *c,
                        const struct outcome *o, const struct verdict *now, int64_t more,
                        int64_t slot)
{
	QUERY(q, tx_db(tx), attempt_advance);
	bind_text(&q, ":attempt", attempt);
	bind_text(&q, ":completion", completion_word(now, o->whole.completion));
	bind_text(&q, ":success", success_word(now));
	bind_real(&q, ":score", now->score);
	bind_real(&q, ":progress", o->whole.progress);
	bind_int(&q, ":more", more);
	bind_int(&q, ":slot", slot);
	bind_int(&q, ":seq", c->seq);
	bind_text(&q, ":place", o->place);
	bind_int(&q, ":suspended", o->suspended);
	bind_int(&q, ":kept", or_zero(c->kept));
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

SQL(attempt_passes, "UPDATE attempt SET seq = :seq, kept = :kept, changed_at = :now"
                    " WHERE id = :attempt");

/* It could not be done again: the answers stay as they came, the result as it was. */
static fallible pass_over(struct tx *tx, str attempt, const struct commit *c,
                          const struct outcome *o)
{
	TRY(write_whole(tx, attempt, c, true));
	TRY(dispute(tx, attempt, c, o));
	QUERY(q, tx_db(tx), attempt_passes);
	bind_text(&q, ":attempt", attempt);
	bind_int(&q, ":seq", c->seq);
	bind_int(&q, ":kept", or_zero(c->kept));
	bind_int(&q, ":now", time_now());
	return query_run(&q, NULL);
}

static fallible apply(struct tx *tx, str attempt, const struct commit *c,
                      const struct outcome *o, const struct standing *s)
{
	int64_t more = 0;
	const struct visited *visited = o->visited.items;
	if (o->refused.p) return pass_over(tx, attempt, c, o);
	for (size_t i = 0; i < o->visited.n; i++)
		TRY(save_state(tx, attempt, &visited[i], time_now(), &more));
	int64_t slot = (s->slot + 1) % LATEST_KEPT;
	TRY(write_line(tx, attempt, c, o, slot));
	if (o->differs.p) TRY(dispute(tx, attempt, c, o));
	struct verdict now = verdict_best(&s->verdict, &o->whole);
	TRY(advance(tx, attempt, c, o, &now, more, slot));
	return tell_result(tx, attempt, &s->verdict, &now);
}

/* ---- the verdict ---- */

SQL(commit_of_launch, "SELECT 1 FROM attempt_launch WHERE attempt = :attempt"
                      " AND launch = :launch AND first <= :seq AND last >= :seq");

enum known { KNOWN_NOT, KNOWN_FENCED, KNOWN_APPLIED };

static fallible find_in_launch(struct tx *tx, str attempt, const struct commit *c,
                               bool *out)
{
	QUERY(q, tx_db(tx), commit_of_launch);
	bind_text(&q, ":attempt", attempt);
	bind_int(&q, ":seq", c->seq);
	bind_text(&q, ":launch", c->launch);
	*out = query_next(&q);
	return query_end(&q);
}

static fallible find_known(struct tx *tx, str attempt, const struct commit *c,
                           const struct standing *s, enum known *out)
{
	bool applied = s->beside == 1 ||
	               (s->current && c->seq > s->launch_from && c->seq <= s->seq);
	if (!applied) TRY(find_in_launch(tx, attempt, c, &applied));
	*out = applied ? KNOWN_APPLIED : s->beside == 0 ? KNOWN_FENCED : KNOWN_NOT;
	return ERR_OK;
}

/* Not the next commit of the present launch: what is it then? A number that is used up but
 * has no line of this launch was never saved, so it is a gap and not known: the phone
 * counts on from the reply's seq. */
static fallible judge(struct tx *tx, str attempt, const struct commit *c,
                      const struct standing *s, enum commit_verdict *out)
{
	enum known known;
	TRY(find_known(tx, attempt, c, s, &known));
	if (known == KNOWN_APPLIED) {
		*out = COMMIT_KNOWN;
	} else if (s->current) {
		*out = COMMIT_GAP;
	} else {
		*out = COMMIT_ELSEWHERE;
		if (known == KNOWN_NOT) return write_whole(tx, attempt, c, false);
	}
	return ERR_OK;
}

SQL(commit_forget, "DELETE FROM attempt_commit"
                   " WHERE attempt = :attempt AND seq = :seq AND launch = :launch");

/* It was put aside because it came before its launch was opened; now it counts. */
static fallible no_longer_beside(struct tx *tx, str attempt, const struct commit *c)
{
	QUERY(q, tx_db(tx), commit_forget);
	bind_text(&q, ":attempt", attempt);
	bind_int(&q, ":seq", c->seq);
	bind_text(&q, ":launch", c->launch);
	return query_run(&q, NULL);
}

/* The next one: does the outcome belong to it? */
static fallible take(struct tx *tx, str attempt, const struct commit *c,
                     const struct outcome *o, struct standing *s, enum commit_verdict *out)
{
	bool fits = o && o->seq == s->seq && str_is(o->person, s->person);
	if (fits && o->globals.p) TRY(save_globals(tx, s->person, o, &fits));
	*out = fits ? COMMIT_SAVED : COMMIT_AGAIN;
	if (!fits) return ERR_OK;
	if (s->beside >= 0) TRY(no_longer_beside(tx, attempt, c));
	s->seq = c->seq;
	return apply(tx, attempt, c, o, s);
}

enum err attempt_commit(struct tx *tx, struct arena *a, str attempt, const struct commit *c,
                        const struct outcome *o, struct commit_reply *out)
{
	static const str words[] = {
		[COMMIT_SAVED] = { "saved", 5 }, [COMMIT_KNOWN] = { "known", 5 },
		[COMMIT_GAP] = { "gap", 3 },     [COMMIT_ELSEWHERE] = { "elsewhere", 9 },
		[COMMIT_AGAIN] = { "again", 5 },
	};
	struct standing s = { 0 };
	enum commit_verdict verdict;
	TRY(stand(tx, a, attempt, c, &s));
	if (s.current && c->seq == s.seq + 1)
		TRY(take(tx, attempt, c, o, &s, &verdict));
	else
		TRY(judge(tx, attempt, c, &s, &verdict));
	*out = (struct commit_reply){ words[verdict], s.seq };
	return ERR_OK;
}
