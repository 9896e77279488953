/* SPDX-License-Identifier: Apache-2.0 */
/* One learner as the trainer sees them: every attempt, activity by activity. */
#include <math.h>

#include "api/api.h"
#include "api/handlers.h"
#include "runtime/attempt_file.h"
#include "sync/link.h"

static str kind_word(enum activity_kind kind)
{
	return kind == ACTIVITY_CLUSTER ? S("cluster")
	       : kind == ACTIVITY_SCO   ? S("sco")
	                                : S("asset");
}

static const struct activity_state *state_of(const struct json_list *states, str activity)
{
	const struct activity_state *s = states->items;
	for (size_t i = 0; i < states->n; i++) {
		if (str_is(s[i].activity, activity)) return &s[i];
	}
	return NULL;
}

static struct person_activity activity_of(const struct activity *x,
                                          const struct activity_state *s,
                                          const struct insight_row *row)
{
	struct person_activity p = {
		.id = x->id,
		.title = x->title,
		.titles = x->titles,
		.kind = kind_word(x->kind),
		.completion = S("not attempted"),
		.success = S("unknown"),
		.score = NAN,
		.have = NAN,
		.need = NAN,
	};
	if (row) {
		p.completion = row->completion;
		p.success = row->success;
		p.score = row->score < 0 ? 0 : row->score;
		p.why = row->why;
		p.have = row->have;
		p.need = row->need;
	}
	if (!s) return p;
	p.completion = s->completion;
	p.success = s->success;
	p.location = s->location;
	p.score = s->score;
	p.total_time_ms = s->total_time_ms;
	p.visits = s->visits;
	return p;
}

static enum err attempt_of(struct request *rq, struct db *db, const struct attempt *attempt,
                           struct person_attempt *out)
{
	struct arena *a = request_arena(rq);
	*out = (struct person_attempt){ .attempt = attempt };
	struct course course;
	TRY(course_get(db, a, attempt->course, &course));
	out->course_title = course.title;
	out->course_titles = course.titles;
	const struct package *package;
	TRY(shelf_get(api_of(rq)->shelf, attempt->package, &package));
	struct json_list states;
	TRY(activity_states(db, a, attempt->id, &states));
	struct insight insight = { 0 };
	TRY(player_look(&api_of(rq)->player, a, attempt->id, &insight));
	const struct insight_row *rows = insight.rows.items;
	const struct manifest *m = &package->manifest;
	struct person_activity *list = arena_alloc(a, sizeof(*list) * (m->n + 1));
	for (size_t i = 0; i < m->n; i++) {
		const struct activity *x = &m->activity[i];
		list[i] = activity_of(x, state_of(&states, x->id),
		                      i < insight.rows.n ? &rows[i] : NULL);
	}
	out->activities = (struct json_list){ list, m->n };
	TRY(dispute_rows(db, a, attempt->id, &out->disputes));
	return commit_rows(db, a, attempt->id, &out->commits);
}

enum err person_show(struct request *rq, struct reply *rs)
{
	struct arena *a = request_arena(rq);
	str event = request_param(rq, "id");
	READ(db, rq);
	struct person person;
	struct presence presence;
	TRY(person_get(db, a, request_param(rq, "person"), &person));
	TRY(presence_get(db, event, person.id, &presence));
	struct json_list attempts;
	TRY(attempt_all_of(db, a, person.id, &attempts));
	const struct attempt *attempt = attempts.items;
	struct person_attempt *list = arena_alloc(a, sizeof(*list) * (attempts.n + 1));
	size_t n = 0;
	for (size_t i = 0; i < attempts.n; i++) {
		if (!str_is(attempt[i].event, event)) continue;
		TRY(attempt_of(rq, db, &attempt[i], &list[n++]));
	}
	struct hub_link link;
	enum err hub = link_get(db, a, &link);
	if (hub && hub != ERR_NOT_FOUND) return hub;
	struct person_detail out = {
		.enrolled = !hub,
		.person = &person,
		.present = presence.present,
		.joined_at = presence.joined_at,
		.seen_at = presence.seen_at,
		.attempts = { list, n },
	};
	TRY(person_iin_at(db, a, person.id, &out.iin_at));
	api_give(rs, 200, &person_detail_shape, &out);
	return ERR_OK;
}

enum err attempt_trace(struct request *rq, struct reply *rs)
{
	struct attempt_file file;
	READ(db, rq);
	TRY(attempt_file_read(&api_of(rq)->player, db, request_arena(rq),
	                      request_param(rq, "id"), false, &file));
	reply_header(rq, "Content-Disposition",
	             arena_printf(request_arena(rq), "attachment; filename=\"%.*s.json\"",
	                          STR_ARG(file.attempt)));
	api_give(rs, 200, &attempt_file_shape, &file);
	return ERR_OK;
}

struct correcting {
	str event, person;
	struct presence_new in;
};

static enum err correct(struct tx *tx, void *arg)
{
	struct correcting *c = arg;
	return presence_set(tx, c->event, c->person, c->in.present);
}

enum err person_presence(struct request *rq, struct reply *rs)
{
	struct correcting c = { request_param(rq, "id"),
		                request_param(rq, "person"),
		                { false } };
	TRY(request_body(rq, &presence_new_shape, &c.in));
	rs->status = 204;
	return store_write(api_of(rq)->store, correct, &c);
}

/* ---- the right spelling ---- */

struct renaming {
	struct arena *a;
	str event, person;
	struct name_new in;
};

/* A certificate is corrected together with the name (certificate_correct), so nobody's name
 * moves away from what was signed. */
static fallible check_no_certificates(struct db *db, struct arena *a, str person)
{
	struct json_list list;
	TRY(certificate_all_of(db, a, person, &list));
	return list.n ? FAIL_WHY(ERR_CONFLICT, "has-certificates",
	                         "a person with %zu certificates", list.n)
	              : ERR_OK;
}

static enum err rename_person(struct tx *tx, void *arg)
{
	struct renaming *r = arg;
	struct presence presence;
	TRY(presence_get(tx_db(tx), r->event, r->person, &presence));
	TRY(check_no_certificates(tx_db(tx), r->a, r->person));
	return person_correct(tx, r->a, r->person, r->in.surname, r->in.given,
	                      r->in.patronymic);
}

enum err person_rename(struct request *rq, struct reply *rs)
{
	struct renaming r = { .a = request_arena(rq),
		              .event = request_param(rq, "id"),
		              .person = request_param(rq, "person") };
	TRY(request_body(rq, &name_new_shape, &r.in));
	rs->status = 204;
	return store_write(api_of(rq)->store, rename_person, &r);
}
