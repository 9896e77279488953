/* SPDX-License-Identifier: Apache-2.0 */
/* Commits: the hot path of the writer.
 *
 * What is new takes four statements: where the attempt stands, the activity's state, the
 * commit's own line, the attempt. (What costs is the pages written, more than the
 * statements: hence an older data model is put aside once a minute and not each time.) What
 * was applied before is known by its line (attempt, seq, launch). What comes from a fenced
 * launch is written down with its data model, and nothing else changes. */
#include "base/text.h"
#include "base/time.h"
#include "runtime/inside.h"

#include <math.h>

#define VERSIONS 5 /* older data models kept of each activity */
#define VERSION_MS 60000
#define ACTIVITIES 2000 /* of an attempt: no manifest has more */
#define FENCED_KEPT 50  /* data models kept of an attempt's fenced commits */
#define CMI_MAX 524288  /* 512 KiB */
#define SEQ_MAX (1LL << 53)
#define TIME_MAX (3650LL * 24 * 60 * 60 * 1000) /* ten years */

static const struct json_field commit_fields[] = {
	JSON_INT(struct commit, seq, true, 1, SEQ_MAX),
	JSON_TEXT(struct commit, launch, true, 36, 36),
	JSON_TEXT(struct commit, activity, false, 1, 4000),
	JSON_TEXT(struct commit, cmi, false, 2, CMI_MAX),
	JSON_TEXT(struct commit, completion, false, 1, 20),
	JSON_TEXT(struct commit, success, false, 1, 20),
	JSON_REAL(struct commit, score, false),
	JSON_TEXT(struct commit, location, false, 0, 4000),
	JSON_INT(struct commit, total_time_ms, false, 0, TIME_MAX),
	JSON_BOOL(struct commit, suspended, false),
	JSON_BOOL(struct commit, leaving, false),
	JSON_BOOL(struct commit, suspend, false),
	JSON_TEXT(struct commit, attempt_completion, false, 1, 20),
	JSON_TEXT(struct commit, attempt_success, false, 1, 20),
	JSON_REAL(struct commit, attempt_score, false),
	JSON_REAL(struct commit, attempt_progress, false),
	JSON_TEXT(struct commit, at_activity, false, 1, 4000),
	JSON_INT(struct commit, kept, false, 0, 1000000),
	JSON_INT(struct commit, made_at, false, -SEQ_MAX, SEQ_MAX),
	JSON_INT(struct commit, elapsed_ms, false, 0, TIME_MAX),
	JSON_TEXT(struct commit, snapshot, false, 1, CMI_MAX),
};
const struct shape commit_shape = SHAPE("Commit", struct commit, commit_fields);

static const struct json_field commit_reply_fields[] = {
	JSON_TEXT(struct commit_reply, verdict, true, 1, 20),
	JSON_INT(struct commit_reply, seq, true, 0, SEQ_MAX),
};
const struct shape commit_reply_shape =
	SHAPE("CommitReply", struct commit_reply, commit_reply_fields);

/* ---- what may come ---- */

static bool is_completion(str word)
{
	return !word.p || str_is(word, S("completed")) || str_is(word, S("incomplete")) ||
	       str_is(word, S("not attempted")) || str_is(word, S("unknown"));
}

static bool is_success(str word)
{
	return !word.p || str_is(word, S("passed")) || str_is(word, S("failed")) ||
	       str_is(word, S("unknown"));
}

static bool is_share(double x) /* NAN: none */
{
	return isnan(x) || (x >= 0 && x <= 1);
}

enum err commit_check(const struct commit *c)
{
	if (c->seq < 1 || c->seq > SEQ_MAX || !id_is(c->launch, "lau"))
		return FAIL(ERR_INVALID, "commit: no sequence or no launch");
	if (!is_completion(c->completion) || !is_completion(c->attempt_completion) ||
	    !is_success(c->success) || !is_success(c->attempt_success))
		return FAIL(ERR_INVALID, "commit: not a word for completion or success");
	if (!is_share(c->score) || !is_share(c->attempt_score) ||
	    !is_share(c->attempt_progress))
		return FAIL(ERR_INVALID, "commit: a score or progress outside 0..1");
	if (c->cmi.n > CMI_MAX)
		return FAIL(ERR_TOO_LARGE, "commit: cmi of %zu bytes", c->cmi.n);
	if (c->cmi.p && (!str_starts(str_trim(c->cmi), S("{")) || !json_valid(c->cmi)))
		return FAIL(ERR_INVALID, "commit: cmi is not a JSON object");
	return ERR_OK;
}

/* What a phone left out of a number. */
static int64_t or_zero(int64_t told)
{
	return told == JSON_ABSENT ? 0 : told;
}

static bool cmi_is_empty(str cmi)
{
	if (!cmi.p) return true;
	str inside = str_trim(cmi);
	return inside.n <= 2 || !str_trim(str_part(inside, 1, inside.n - 1)).n;
}

/* ---- applying ---- */

/* Where the attempt stands, in the eyes of one commit. */
struct standing {
	int64_t seq;  /* of the last commit applied */
	bool current; /* the commit's launch may commit */
	bool visit;   /* the commit before was of another launch or activity */
	/* the activity */
	bool first; /* nothing was saved of it yet */
	bool wiped; /* it has a data model and the commit brings none */
	int64_t total_ms, versions, version_at;
	/* the attempt, as it was */
	struct verdict verdict;
};

SQL(attempt_stands,
    "SELECT t.seq, CASE WHEN t.launch = :launch THEN 1 ELSE 0 END,"
    " CASE WHEN c.launch = :launch AND c.activity = :activity THEN 0 ELSE 1 END,"
    " CASE WHEN s.attempt IS NULL THEN 1 ELSE 0 END,"
    " CASE WHEN :empty = 1 AND s.cmi <> '{}' THEN 1 ELSE 0 END,"
    " s.total_time_ms, s.versions, s.version_at,"
    " CASE t.completion WHEN 'completed' THEN 1 ELSE 0 END,"
    " CASE t.success WHEN 'passed' THEN 1 WHEN 'failed' THEN 2 ELSE 0 END, t.score"
    " FROM attempt t"
    " LEFT JOIN attempt_commit c ON c.attempt = t.id AND c.seq = t.seq AND c.applied = 1"
    " LEFT JOIN activity_state s ON s.attempt = t.id AND s.activity = :activity"
    " WHERE t.id = :attempt");

static fallible stand(struct tx *tx, str attempt, const struct commit *c,
                      struct standing *out)
{
	QUERY(q, tx_db(tx), attempt_stands);
	bind_text(&q, ":attempt", attempt);
	bind_text(&q, ":launch", c->launch);
	bind_text(&q, ":activity", c->activity);
	bind_int(&q, ":empty", cmi_is_empty(c->cmi));
	if (query_next(&q))
		*out = (struct standing){
			.seq = column_int(&q, 0, 0),
			.current = column_int(&q, 1, 0) != 0,
			.visit = column_int(&q, 2, 1) != 0,
			.first = column_int(&q, 3, 1) != 0,
			.wiped = column_int(&q, 4, 0) != 0,
			.total_ms = column_int(&q, 5, 0),
			.versions = column_int(&q, 6, 0),
			.version_at = column_int(&q, 7, 0),
			.verdict = { column_int(&q, 8, 0) != 0,
			             (enum success)column_int(&q, 9, 0),
			             column_real(&q, 10) },
		};
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "attempt %.*s", STR_ARG(attempt));
	return query_end(&q);
}

SQL(state_count, "SELECT COUNT(*) FROM activity_state WHERE attempt = :attempt");

/* A course's script could make up activities without end. */
static fallible check_room(struct tx *tx, str attempt)
{
	QUERY(q, tx_db(tx), state_count);
	bind_text(&q, ":attempt", attempt);
	int64_t n = query_next(&q) ? column_int(&q, 0, 0) : 0;
	TRY(query_end(&q));
	if (n >= ACTIVITIES)
		return FAIL(ERR_TOO_LARGE, "attempt %.*s: too many activities",
		            STR_ARG(attempt));
	return ERR_OK;
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
    " :suspended, 1, 0, :now, :now, :cmi)"
    " ON CONFLICT (attempt, activity) DO UPDATE SET completion = excluded.completion,"
    " success = excluded.success, score = excluded.score, location = excluded.location,"
    " total_time_ms = excluded.total_time_ms, suspended = excluded.suspended,"
    " visits = activity_state.visits + :visit, versions = :versions,"
    " version_at = :version_at, changed_at = excluded.changed_at, cmi = excluded.cmi");
/* An SCO that comes back empty-handed has lost its data: the time counts, the rest stays.
 */
SQL(state_keep, "UPDATE activity_state SET total_time_ms = :total,"
                " visits = visits + :visit, changed_at = :now"
                " WHERE attempt = :attempt AND activity = :activity");

static fallible keep_state(struct tx *tx, str attempt, const struct commit *c,
                           const struct standing *s, int64_t total_ms, int64_t now)
{
	QUERY(q, tx_db(tx), state_keep);
	bind_text(&q, ":attempt", attempt);
	bind_text(&q, ":activity", c->activity);
	bind_int(&q, ":total", total_ms);
	bind_int(&q, ":visit", s->visit);
	bind_int(&q, ":now", now);
	return query_run(&q, NULL);
}

static str or_word(str told, str otherwise)
{
	return told.p ? told : otherwise;
}

/* `total_ms`: of the activity from now on; it never goes back. */
static fallible save_state(struct tx *tx, str attempt, const struct commit *c,
                           const struct standing *s, int64_t total_ms, int64_t now)
{
	if (s->wiped) return keep_state(tx, attempt, c, s, total_ms, now);
	bool aside = !s->first && (s->visit || now - s->version_at >= VERSION_MS);
	if (s->first) TRY(check_room(tx, attempt));
	if (aside) TRY(put_aside(tx, attempt, c->activity, s->versions));

	QUERY(q, tx_db(tx), state_save);
	bind_text(&q, ":attempt", attempt);
	bind_text(&q, ":activity", c->activity);
	bind_text(&q, ":completion", or_word(c->completion, S("unknown")));
	bind_text(&q, ":success", or_word(c->success, S("unknown")));
	bind_real(&q, ":score", c->score);
	bind_text(&q, ":location", c->location);
	bind_int(&q, ":total", total_ms);
	bind_int(&q, ":suspended", c->suspended);
	bind_int(&q, ":visit", s->visit);
	bind_int(&q, ":versions", s->versions + aside);
	bind_int(&q, ":version_at", aside ? now : s->version_at);
	bind_int(&q, ":now", now);
	bind_text(&q, ":cmi", cmi_is_empty(c->cmi) ? S("{}") : c->cmi);
	return query_run(&q, NULL);
}

/* A fenced launch's data models are all that is left of that work, so they stay; but not
 * without bound, for a course is untrusted. */
SQL(commit_insert,
    "INSERT INTO attempt_commit (attempt, seq, launch, applied, activity, completion,"
    " success, score, location, made_at, saved_at)"
    " VALUES (:attempt, :seq, :launch, 1, :activity, :completion, :success, :score,"
    " :location, :made, :now)");
SQL(commit_insert_fenced,
    "INSERT INTO attempt_commit (attempt, seq, launch, applied, activity, completion,"
    " success, score, location, made_at, saved_at, body)"
    " VALUES (:attempt, :seq, :launch, 0, :activity, :completion, :success, :score,"
    " :location, :made, :now, CASE WHEN (SELECT COUNT(*) FROM attempt_commit"
    "  WHERE attempt = :attempt AND body IS NOT NULL) < :kept THEN :body END)");

static void bind_commit(struct query *q, str attempt, const struct commit *c, int64_t now)
{
	bind_text(q, ":attempt", attempt);
	bind_int(q, ":seq", c->seq);
	bind_text(q, ":launch", c->launch);
	bind_text(q, ":activity", c->activity);
	bind_text(q, ":completion", or_word(c->completion, S("unknown")));
	bind_text(q, ":success", or_word(c->success, S("unknown")));
	bind_real(q, ":score", c->score);
	bind_text(q, ":location", c->location);
	bind_int(q, ":made", or_zero(c->made_at));
	bind_int(q, ":now", now);
}

/* What a phone left out, or cannot know, stays as it was. */
SQL(attempt_advance,
    "UPDATE attempt SET completion = COALESCE(:completion, completion),"
    " success = COALESCE(:success, success), score = COALESCE(:score, score),"
    " progress = COALESCE(:progress, progress), total_time_ms = total_time_ms + :more,"
    " seq = :seq, activity = COALESCE(:at, activity),"
    " suspended = CASE WHEN :leaving = 1 THEN :suspend ELSE suspended END,"
    " kept = :kept, changed_at = :now WHERE id = :attempt");

SQL(engine_put, "INSERT INTO attempt_engine (attempt, snapshot) VALUES (:attempt, :bytes)"
                " ON CONFLICT (attempt) DO UPDATE SET snapshot = excluded.snapshot");

static fallible save_engine(struct tx *tx, struct arena *a, str attempt,
                            const struct commit *c)
{
	size_t n = c->snapshot.n * 3 / 4;
	uint8_t *bytes = arena_alloc(a, n + 1);
	if (!text_unbase64url(c->snapshot, bytes, n))
		return FAIL(ERR_INVALID, "commit: snapshot is not base64url");
	QUERY(q, tx_db(tx), engine_put);
	bind_text(&q, ":attempt", attempt);
	bind_blob(&q, ":bytes", bytes, n);
	return query_run(&q, NULL);
}

static fallible apply(struct tx *tx, struct arena *a, str attempt, const struct commit *c,
                      const struct standing *s)
{
	int64_t now = time_now(), more = 0;
	if (c->activity.p) {
		int64_t told = or_zero(c->total_time_ms);
		int64_t total = told > s->total_ms ? told : s->total_ms;
		more = total - s->total_ms;
		TRY(save_state(tx, attempt, c, s, total, now));
	}
	if (c->snapshot.p) TRY(save_engine(tx, a, attempt, c));
	QUERY(line, tx_db(tx), commit_insert);
	bind_commit(&line, attempt, c, now);
	TRY(query_run(&line, NULL));

	QUERY(q, tx_db(tx), attempt_advance);
	bind_text(&q, ":attempt", attempt);
	bind_text(&q, ":completion", c->attempt_completion);
	bind_text(&q, ":success", c->attempt_success);
	bind_real(&q, ":score", c->attempt_score);
	bind_real(&q, ":progress", c->attempt_progress);
	bind_int(&q, ":more", more);
	bind_int(&q, ":seq", c->seq);
	bind_text(&q, ":at", c->at_activity);
	bind_int(&q, ":leaving", c->leaving);
	bind_int(&q, ":suspend", c->suspend);
	bind_int(&q, ":kept", or_zero(c->kept));
	bind_int(&q, ":now", now);
	TRY(query_run(&q, NULL));
	return tell_result(tx, attempt, &s->verdict, c);
}

/* ---- the verdict ---- */

SQL(commit_known, "SELECT applied FROM attempt_commit"
                  " WHERE attempt = :attempt AND seq = :seq AND launch = :launch");

enum known { KNOWN_NOT, KNOWN_FENCED, KNOWN_APPLIED };

static fallible find_known(struct tx *tx, str attempt, const struct commit *c,
                           enum known *out)
{
	QUERY(q, tx_db(tx), commit_known);
	bind_text(&q, ":attempt", attempt);
	bind_int(&q, ":seq", c->seq);
	bind_text(&q, ":launch", c->launch);
	enum known known = KNOWN_NOT;
	if (query_next(&q)) known = column_int(&q, 0, 0) ? KNOWN_APPLIED : KNOWN_FENCED;
	TRY(query_end(&q));
	*out = known;
	return ERR_OK;
}

static fallible keep_fenced(struct tx *tx, str attempt, const struct commit *c)
{
	QUERY(q, tx_db(tx), commit_insert_fenced);
	bind_commit(&q, attempt, c, time_now());
	bind_text(&q, ":body", c->cmi);
	bind_int(&q, ":kept", FENCED_KEPT);
	return query_run(&q, NULL);
}

/* Not the next commit of the present launch: what is it then? A number that is used up but
 * has no line of this launch was never saved, so it is a gap and not known: the phone
 * counts on from the reply's seq. */
static fallible judge(struct tx *tx, str attempt, const struct commit *c,
                      const struct standing *s, enum commit_verdict *out)
{
	enum known known;
	TRY(find_known(tx, attempt, c, &known));
	if (known == KNOWN_APPLIED) {
		*out = COMMIT_KNOWN;
	} else if (s->current) {
		*out = COMMIT_GAP;
	} else {
		*out = COMMIT_ELSEWHERE;
		if (known == KNOWN_NOT) return keep_fenced(tx, attempt, c);
	}
	return ERR_OK;
}

enum err attempt_commit(struct tx *tx, struct arena *a, str attempt, const struct commit *c,
                        struct commit_reply *out)
{
	static const str words[] = {
		[COMMIT_SAVED] = { "saved", 5 },
		[COMMIT_KNOWN] = { "known", 5 },
		[COMMIT_GAP] = { "gap", 3 },
		[COMMIT_ELSEWHERE] = { "elsewhere", 9 },
	};
	struct standing s = { 0 };
	enum commit_verdict verdict = COMMIT_SAVED;
	TRY(stand(tx, attempt, c, &s));
	if (s.current && c->seq == s.seq + 1) {
		TRY(apply(tx, a, attempt, c, &s));
		s.seq = c->seq;
	} else {
		TRY(judge(tx, attempt, c, &s, &verdict));
	}
	*out = (struct commit_reply){ words[verdict], s.seq };
	return ERR_OK;
}
