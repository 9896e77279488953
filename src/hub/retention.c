/* SPDX-License-Identifier: Apache-2.0 */
/* The rule, and the names that it ends. Details: retention_details.c. */
#include "hub/retention.h"
#include "base/time.h"
#include "hub/inside.h"

#define MONTHS(T, f) JSON_INT(T, f, true, 0, RETENTION_MONTHS_MOST)
#define AT_A_TIME 50
#define DUE_MOST 10000

static const struct json_field new_fields[] = {
	MONTHS(struct retention_new, details_months),
	MONTHS(struct retention_new, names_months),
};
const struct shape retention_new_shape =
	SHAPE("RetentionNew", struct retention_new, new_fields);

static const struct json_field fields[] = {
	MONTHS(struct retention, details_months),
	MONTHS(struct retention, names_months),
	COUNT(struct retention, ran_at, false),
	COUNT(struct retention, ran_details, true),
	COUNT(struct retention, ran_names, true),
	COUNT(struct retention, due_names, true),
};
const struct shape retention_shape = SHAPE("Retention", struct retention, fields);

static const struct json_field ran_fields[] = {
	COUNT(struct retention_ran, details, true),
	COUNT(struct retention_ran, names, true),
};
const struct shape retention_ran_shape =
	SHAPE("RetentionRan", struct retention_ran, ran_fields);

/* ---- the rule ---- */

SQL(retention_select, "SELECT details_months, names_months, ran_at, ran_details, ran_names"
                      " FROM hub_retention WHERE id = 1");

static fallible read_rule(struct db *db, struct retention *out)
{
	*out = (struct retention){ .ran_at = JSON_ABSENT };
	QUERY(q, db, retention_select);
	if (query_next(&q))
		*out = (struct retention){
			column_int(&q, 0, 0),           column_int(&q, 1, 0),
			column_int(&q, 2, JSON_ABSENT), column_int(&q, 3, 0),
			column_int(&q, 4, 0),           0
		};
	return query_end(&q);
}

enum err retention_get(struct db *db, struct arena *a, struct retention *out)
{
	TRY(read_rule(db, out));
	return retention_due(db, a, out->names_months, &out->due_names);
}

SQL(retention_save, "UPDATE hub_retention SET details_months = :details,"
                    " names_months = :names WHERE id = 1");

enum err retention_set(struct tx *tx, const struct retention_new *in, str who)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(1024);
	if (in->details_months < 0 || in->details_months > RETENTION_MONTHS_MOST ||
	    in->names_months < 0 || in->names_months > RETENTION_MONTHS_MOST)
		return FAIL_WHY(ERR_INVALID, "bad-months", "months are 0 to 600");
	QUERY(q, tx_db(tx), retention_save);
	bind_int(&q, ":details", in->details_months);
	bind_int(&q, ":names", in->names_months);
	TRY(query_run(&q, NULL));
	return hub_audit(tx, who, S("retention.set"), S("retention"),
	                 arena_printf(a, "details %lld, names %lld",
	                              (long long)in->details_months,
	                              (long long)in->names_months));
}

/* ---- names ---- */

/* Somebody with a name, whom nothing was heard of since :limit, and of whose ids none has a
 * certificate, of any state: a revoked one must still be found by its name. */
#define NAME_IS_OVER                                                                       \
	" p.first_at < :limit AND p.erased_at IS NULL AND p.folded <> ''"                  \
	" AND NOT EXISTS (SELECT 1 FROM hub_certificate k WHERE k.person = p.id)"          \
	" AND NOT EXISTS (SELECT 1 FROM hub_certificate k WHERE k.person = p.merged_into)" \
	" AND NOT EXISTS (SELECT 1 FROM hub_person m JOIN hub_certificate k"               \
	" ON k.person = m.id WHERE m.merged_into = p.id)"                                  \
	" AND NOT EXISTS (SELECT 1 FROM hub_result r WHERE r.person = p.id"                \
	" AND (r.heard_at >= :limit OR r.at_wall >= :limit))"                              \
	" AND NOT EXISTS (SELECT 1 FROM hub_event e JOIN hub_presence pr"                  \
	" ON pr.event = e.id AND pr.person = p.id"                                         \
	" WHERE e.site = p.site AND e.first_at >= :limit)"

SQL(retention_names, "SELECT p.id FROM hub_person p WHERE p.id > :after AND" NAME_IS_OVER
                     " ORDER BY p.id LIMIT :most");
SQL(retention_name, "SELECT 1 FROM hub_person p WHERE p.id = :id AND" NAME_IS_OVER);

/* The next people whose names are over, by id. */
static fallible find_names(struct db *db, struct arena *a, int64_t limit, str after,
                           size_t most, str *out, size_t *n_out)
{
	size_t n = 0;
	QUERY(q, db, retention_names);
	bind_text(&q, ":after", after);
	bind_int(&q, ":limit", limit);
	bind_int(&q, ":most", (int64_t)most);
	while (n < most && query_next(&q)) out[n++] = column_text(&q, a, 0);
	*n_out = n;
	return query_end(&q);
}

enum err retention_due(struct db *db, struct arena *a, int64_t names_months, int64_t *out)
{
	size_t n = 0;
	str *list = arena_alloc(a, DUE_MOST * sizeof *list);
	if (names_months)
		TRY(find_names(db, a, time_now() - names_months * RETENTION_MONTH_MS, S(""),
		               DUE_MOST, list, &n));
	*out = (int64_t)n;
	return ERR_OK;
}

struct erasing {
	str id[AT_A_TIME], who;
	size_t n;
	int64_t limit, erased;
};

/* Looks once more: a certificate may have come meanwhile. */
static enum err erase_names(struct tx *tx, void *arg)
{
	struct erasing *e = arg;
	e->erased = 0;
	for (size_t i = 0; i < e->n; i++) {
		QUERY(q, tx_db(tx), retention_name);
		bind_text(&q, ":id", e->id[i]);
		bind_int(&q, ":limit", e->limit);
		bool over = query_next(&q);
		TRY(query_end(&q));
		if (!over) continue;
		TRY(hub_person_erase(tx, e->id[i], e->who));
		e->erased++;
	}
	return ERR_OK;
}

static fallible next_names(struct hub *hub, struct arena *a, struct erasing *e)
{
	struct db *db;
	str after = e->n ? arena_copy(a, e->id[e->n - 1]) : S("");
	TRY(store_reader(hub->store, &db));
	enum err err = find_names(db, a, e->limit, after, AT_A_TIME, e->id, &e->n);
	store_reader_done(hub->store, db);
	return err;
}

static fallible run_names(struct hub *hub, str who, int64_t limit, const atomic_bool *stop,
                          int64_t *erased_out)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)64 << 20);
	struct erasing *e = arena_new(a, struct erasing);
	e->who = who;
	e->limit = limit;
	do {
		TRY(next_names(hub, a, e));
		TRY(store_write(hub->store, erase_names, e));
		*erased_out += e->erased;
	} while (e->n == AT_A_TIME && retention_goes_on(stop));
	return ERR_OK;
}

/* ---- a run ---- */

struct noting {
	const struct retention_ran *ran;
	str who;
};

SQL(retention_note, "UPDATE hub_retention SET ran_at = :now, ran_details = :details,"
                    " ran_names = :names WHERE id = 1");

static enum err note_run(struct tx *tx, void *arg)
{
	const struct noting *n = arg;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(1024);
	QUERY(q, tx_db(tx), retention_note);
	bind_int(&q, ":now", time_now());
	bind_int(&q, ":details", n->ran->details);
	bind_int(&q, ":names", n->ran->names);
	TRY(query_run(&q, NULL));
	if (!n->ran->details && !n->ran->names) return ERR_OK;
	return hub_audit(tx, n->who, S("retention.ran"), S("retention"),
	                 arena_printf(a, "details %lld, names %lld",
	                              (long long)n->ran->details,
	                              (long long)n->ran->names));
}

enum err retention_run(struct hub *hub, str who, const atomic_bool *stop,
                       struct retention_ran *out)
{
	struct retention rule;
	struct db *db;
	int64_t now = time_now();
	*out = (struct retention_ran){ 0 };
	TRY(store_reader(hub->store, &db));
	enum err e = read_rule(db, &rule);
	store_reader_done(hub->store, db);
	if (!e && rule.details_months)
		e = retention_details(hub, now - rule.details_months * RETENTION_MONTH_MS,
		                      stop, &out->details);
	if (!e && rule.names_months)
		e = run_names(hub, who, now - rule.names_months * RETENTION_MONTH_MS, stop,
		              &out->names);
	if (e) return e;
	return store_write(hub->store, note_run, &(struct noting){ out, who });
}
