/* SPDX-License-Identifier: Apache-2.0 */
/* What the journal is told of attempts: only what an attempt has come to, never what went
 * on in it. A score that moves while the course is under way is no news. */
#include <math.h>

#include "runtime/inside.h"
#include "sync/facts.h"
#include "sync/journal.h"

static enum success success_of(str word)
{
	return str_is(word, S("passed"))   ? SUCCESS_PASSED
	       : str_is(word, S("failed")) ? SUCCESS_FAILED
	                                   : SUCCESS_UNKNOWN;
}

struct verdict verdict_best(const struct verdict *before, const struct result *now)
{
	struct verdict v = *before;
	enum success success = success_of(now->success);
	if (str_is(now->completion, S("completed"))) v.completed = true;
	bool passed = before->success == SUCCESS_PASSED;
	if (success != SUCCESS_UNKNOWN && !passed) v.success = success;
	if (isnan(now->score)) return v;
	/* The score belongs to the verdict: one that passed gives way only to a better one.
	 */
	if (!passed || isnan(before->score) ||
	    (success == SUCCESS_PASSED && now->score > before->score))
		v.score = now->score;
	return v;
}

/* Been through, and not failed. */
static bool is_done(const struct verdict *v)
{
	return v->success != SUCCESS_FAILED &&
	       (v->completed || v->success == SUCCESS_PASSED);
}

static bool is_news(const struct verdict *old, const struct verdict *now)
{
	if (old->completed != now->completed || old->success != now->success) return true;
	bool settled = now->completed || now->success != SUCCESS_UNKNOWN;
	bool same = isnan(now->score) || (!isnan(old->score) && old->score >= now->score &&
	                                  old->score <= now->score);
	return settled && !same;
}

SQL(result_of_attempt,
    "SELECT t.person, t.course, c.title, t.package, t.event, t.number, t.completion,"
    " t.success, t.score, t.total_time_ms"
    " FROM attempt t JOIN course c ON c.id = t.course WHERE t.id = :attempt");

static fallible find_result(struct tx *tx, struct arena *a, str attempt,
                            struct fact_result *out)
{
	QUERY(q, tx_db(tx), result_of_attempt);
	bind_text(&q, ":attempt", attempt);
	if (query_next(&q))
		*out = (struct fact_result){
			.attempt = attempt,
			.person = column_text(&q, a, 0),
			.course = column_text(&q, a, 1),
			.title = column_text(&q, a, 2),
			.package = column_text(&q, a, 3),
			.event = column_text(&q, a, 4),
			.number = column_int(&q, 5, 1),
			.completion = column_text(&q, a, 6),
			.success = column_text(&q, a, 7),
			.score = column_real(&q, 8),
			.total_time_ms = column_int(&q, 9, 0),
		};
	else if (!q.err)
		return FAIL(ERR_NOT_FOUND, "attempt %.*s", STR_ARG(attempt));
	return query_end(&q);
}

enum err tell_result(struct tx *tx, str attempt, const struct verdict *before,
                     const struct verdict *now)
{
	if (!is_news(before, now)) return ERR_OK;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(8192);
	struct fact_result fact;
	TRY(find_result(tx, a, attempt, &fact));
	bool newly = is_done(now) && !is_done(before);
	return journal_add(tx, newly ? S("completion") : S("attempt.result"), STR_NONE,
	                   &fact_result_shape, &fact);
}

SQL(disputed_attempt, "SELECT person, (SELECT COUNT(*) FROM attempt_dispute d"
                      " WHERE d.attempt = t.id AND d.why <> 'state')"
                      " FROM attempt t WHERE t.id = :attempt");

enum err tell_dispute(struct tx *tx, str attempt, str why)
{
	if (str_is(why, S("state"))) return ERR_OK;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(4096);
	struct fact_dispute fact = { .about = attempt, .says = why };
	int64_t n = 0;
	QUERY(q, tx_db(tx), disputed_attempt);
	bind_text(&q, ":attempt", attempt);
	if (query_next(&q)) {
		fact.person = column_text(&q, a, 0);
		n = column_int(&q, 1, 0);
	}
	TRY(query_end(&q));
	if (n != 1) return ERR_OK;
	/* One for each attempt, so that it can be told only once. */
	fact.dispute = arena_printf(a, "dis%.*s", STR_ARG(str_part(attempt, 3, attempt.n)));
	return journal_add(tx, S("dispute"), fact.person, &fact_dispute_shape, &fact);
}
