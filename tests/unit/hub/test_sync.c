/* SPDX-License-Identifier: Apache-2.0 */
/* A site's whole contact with the hub, over a road that breaks, lies and repeats. */
#include "unit/hub/country.h"

#include "sync/bundle.h"

/* ---- the road ---- */

enum fault { NO_FAULT, CUT_BEFORE, CUT_AFTER, PORTAL, OTHER_HUB, OLD_REPLY, BUSY };

struct way {
	struct country *c;
	int n;            /* of the requests so far */
	enum fault fault; /* of request number `from` … `to` */
	int from, to;
	int64_t waited_ms;
	struct identity other;
	str old; /* the reply to the first request */
};

static enum err fault_reply(struct way *w, str request, struct buf *reply, int *status,
                            int *wait_s)
{
	buf_reset(reply);
	*status = 200;
	switch (w->fault) {
	case PORTAL: buf_str(reply, S("<html>Sign in to Wi-Fi</html>")); return ERR_OK;
	case OTHER_HUB:
		*status = 201;
		exchange_answer(
			&w->other, (enum exchange_type)request.p[4], request, NOON,
			S("{\"challenge\":\"000000000000000000000000000000000000000000000"
		          "000\",\"hub\":\"sit_00000000000000000000000000000000\","
		          "\"name\":\"\",\"known\":true}"),
			reply);
		return ERR_OK;
	case OLD_REPLY:
		*status = 201;
		buf_str(reply, w->old);
		return ERR_OK;
	case BUSY: *wait_s = 7; return FAIL_WHY(ERR_BUSY, "later", "busy");
	default: return FAIL_WHY(ERR_BUSY, "no-line", "cut");
	}
}

static enum err say_way(void *context, str request, struct buf *reply, int *status,
                        int *wait_s)
{
	struct way *w = context;
	w->n++;
	*wait_s = 0;
	bool faulty = w->fault && w->n >= w->from && w->n <= w->to;
	if (faulty && w->fault != CUT_AFTER)
		return fault_reply(w, request, reply, status, wait_s);
	TRY(hub_answer(&w->c->hub, request, w->c->a, reply, status));
	if (!w->old.p) w->old = arena_copy(w->c->a, buf_as_str(reply));
	if (faulty) return fault_reply(w, request, reply, status, wait_s);
	return ERR_OK;
}

static bool pause_way(void *context, int64_t ms)
{
	struct way *w = context;
	w->waited_ms += ms;
	return true;
}

static struct site_sync sync_of(struct way *w, struct place *p)
{
	return (struct site_sync){ .store = p->store,
		                   .folder = p->folder,
		                   .identity = &p->id,
		                   .road = { w, say_way, pause_way } };
}

static struct way way_of(struct country *c)
{
	struct way w = { .c = c, .old = STR_NONE };
	identity_new(&w.other);
	return w;
}

static enum err link_in(struct tx *tx, void *link)
{
	return link_set(tx, link);
}

/* The site knows its hub. */
static void pin(struct country *c, struct place *p)
{
	struct hub_link link = { .url = S("http://hub"),
		                 .certificate = S("x"),
		                 .scope = S("KZ-11/1132") };
	memcpy(link.hub_key, c->hub.identity.public_key, SEAL_PUBLIC);
	assert_ok(store_write(p->store, link_in, &link));
}

static void tell_many(struct place *p, int n)
{
	for (int i = 0; i < n; i++) {
		char body[100];
		snprintf(body, sizeof body, "{\"n\":%d}", i);
		country_tell(p, "test", str_of(body));
	}
}

static struct sync_report sync_now(struct country *c, struct place *p)
{
	struct way w = way_of(c);
	struct site_sync sync = sync_of(&w, p);
	struct sync_report r;
	assert_ok(sync_run(&sync, c->a, &r));
	return r;
}

/* ---- the ordinary way ---- */

static void a_contact_sends_everything_and_the_next_one_nothing(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	pin(c, p);
	tell_many(p, 99);
	struct sync_report r = sync_now(c, p);
	assert_int_equal(r.sent, 100);
	assert_int_equal(r.unsent, 0);
	assert_true(r.agreed);
	r = sync_now(c, p);
	assert_int_equal(r.sent + r.known, 0);
	assert_true(r.agreed);
	tell_many(p, 1);
	assert_int_equal(sync_now(c, p).sent, 1);
}

static void enrolling_pins_the_key_of_whoever_knows_the_code(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[2];
	struct way w = way_of(c);
	struct site_sync sync = sync_of(&w, p);
	char code[CODE_TEXT];
	code_new(code);
	assert_err(ERR_DENIED,
	           sync_enrol(&sync, S("http://hub"), str_of(code), S("Hall"), STR_NONE));
	struct country_invite i = { code, "KZ-75", DAY, { "" } };
	assert_ok(store_write(c->hub.store, country_invite_in, &i));
	assert_ok(sync_enrol(&sync, S("http://hub"), str_of(code), S("Hall"), STR_NONE));
	struct db *db;
	struct hub_link link;
	assert_ok(store_reader(p->store, &db));
	assert_ok(link_get(db, c->a, &link));
	store_reader_done(p->store, db);
	assert_memory_equal(link.hub_key, c->hub.identity.public_key, SEAL_PUBLIC);
	assert_str(link.scope, S("KZ-75"));
	assert_int_equal(sync_now(c, p).sent, 1);
}

/* ---- a line that breaks ---- */

static void a_broken_line_costs_time_and_no_record(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	static const enum fault faults[] = { CUT_BEFORE, CUT_AFTER, PORTAL,
		                             OTHER_HUB,  OLD_REPLY, BUSY };
	pin(c, p);
	for (size_t f = 0; f < countof(faults); f++) {
		for (int at = 1; at <= 5; at++) {
			struct way w = way_of(c);
			w.fault = faults[f];
			w.from = at;
			w.to = at + 1;
			if (w.fault == OLD_REPLY && at == 1) continue; /* none is old yet */
			struct site_sync sync = sync_of(&w, p);
			struct sync_report r;
			tell_many(p, 20);
			assert_ok(sync_run(&sync, c->a, &r));
			assert_int_equal(r.unsent, 0);
			assert_true(r.agreed);
			if (w.n > at) assert_true(w.waited_ms > 0);
		}
	}
	struct sync_report last = sync_now(c, p);
	assert_int_equal(last.sent, 0);
	assert_true(last.agreed);
}

static void whoever_is_not_the_hub_takes_nothing_off(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	static const enum fault liars[] = { PORTAL, OTHER_HUB };
	pin(c, p);
	tell_many(p, 5);
	for (size_t i = 0; i < countof(liars); i++) {
		struct way w = way_of(c);
		w.fault = liars[i];
		w.from = 1;
		w.to = 1000;
		struct site_sync sync = sync_of(&w, p);
		struct sync_report r;
		assert_err(ERR_INVALID, sync_run(&sync, c->a, &r));
		assert_string_equal(err_last()->reason, "not-the-hub");
		assert_int_equal(r.unsent, 6);
	}
	assert_int_equal(sync_now(c, p).sent, 6);
}

/* ---- pasts that differ ---- */

static void copy_place(struct place *from, struct place *to)
{
	static const char *const names[] = { "kenes.db", IDENTITY_SITE };
	struct arena *a = arena_open(64 << 20);
	store_close(from->store);
	store_close(to->store);
	for (size_t i = 0; i < countof(names); i++) {
		char x[FILE_PATH], y[FILE_PATH];
		str text;
		assert_ok(file_path(x, from->folder, names[i]));
		assert_ok(file_path(y, to->folder, names[i]));
		assert_ok(file_read(x, 64 << 20, a, &text));
		assert_ok(file_write(y, text, 0600));
	}
	arena_close(a);
	place_open(from);
	place_open(to);
}

static void two_copies_both_send_and_then_part(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0], *copy = &c->site[2];
	pin(c, p);
	tell_many(p, 10);
	sync_now(c, p);
	copy_place(p, copy);
	tell_many(p, 9);
	time_stop_at(NOON + 1); /* else the same would have happened at both */
	tell_many(copy, 4);
	assert_int_equal(sync_now(c, p).sent, 9);
	struct sync_report r = sync_now(c, copy);
	assert_int_equal(r.sent, 5); /* four, and that a new epoch has begun */
	assert_true(r.forked);
	assert_int_equal(r.unsent, 0);
	assert_true(country_now(c, copy).epoch > 1);
	r = sync_now(c, p);
	assert_true(r.forked);
	assert_int_equal(r.sent, 1);
	assert_true(country_now(c, p).epoch != country_now(c, copy).epoch);
	assert_int_equal(sync_now(c, p).sent, 0);
	assert_int_equal(sync_now(c, copy).sent, 0);
}

/* The hub's disk was put back: another hub with the same key and an empty database. */
static void a_hub_that_forgot_is_told_again(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	char db[FILE_PATH];
	static const char *const names[] = { "kenes.db", "kenes.db-wal", "kenes.db-shm" };
	pin(c, p);
	tell_many(p, 30);
	sync_now(c, p);
	char folder[FILE_PATH];
	snprintf(folder, sizeof folder, "%s", c->hub.folder);
	hub_close(&c->hub);
	for (size_t i = 0; i < countof(names); i++) {
		assert_ok(file_path(db, folder, names[i]));
		assert_ok(file_drop(db));
	}
	assert_ok(hub_open(folder, &c->hub));
	country_join(c, p, "KZ-11/1132");
	struct sync_report r = sync_now(c, p);
	assert_int_equal(r.sent, 31);
	assert_true(r.agreed);
}

SQL(test_hub_lose, "DELETE FROM hub_record WHERE seq >= :from AND seq <= :to");
SQL(test_hub_recount, "UPDATE hub_epoch SET records = records - :n, total = :total");

struct losing {
	int64_t from, to;
};
static enum err lose_in(struct tx *tx, void *arg)
{
	static const uint8_t none[RECORD_ID];
	struct losing *l = arg;
	int64_t n;
	QUERY(q, tx_db(tx), test_hub_lose);
	bind_int(&q, ":from", l->from);
	bind_int(&q, ":to", l->to);
	TRY(query_run(&q, &n));
	QUERY(e, tx_db(tx), test_hub_recount);
	bind_int(&e, ":n", n);
	bind_blob(&e, ":total", none, RECORD_ID);
	return query_run(&e, NULL);
}

static void a_hole_in_the_middle_is_found_and_mended(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	pin(c, p);
	tell_many(p, 2999);
	assert_int_equal(sync_now(c, p).sent, 3000);
	assert_ok(store_write(c->hub.store, lose_in, &(struct losing){ 1500, 1507 }));
	assert_int_equal(sync_now(c, p).sent, 8);
}

/* ---- files ---- */

static str export_now(struct country *c, struct place *p, int64_t *n)
{
	struct way w = way_of(c);
	struct site_sync sync = sync_of(&w, p);
	struct buf out;
	buf_init(&out, BUNDLE_MOST);
	assert_ok(bundle_export(&sync, c->a, &out, n));
	str kept = arena_copy(c->a, buf_as_str(&out));
	buf_free(&out);
	return kept;
}

static struct hub_import stage_now(struct country *c, str file)
{
	struct json_list list;
	assert_ok(hub_import_stage(&c->hub, file, S("test"), c->a, &list));
	assert_int_equal(list.n, 1);
	return *(const struct hub_import *)list.items;
}

static str receipts_now(struct country *c, str id)
{
	struct db *db;
	struct buf out;
	buf_init(&out, BUNDLE_MOST);
	assert_ok(store_reader(c->hub.store, &db));
	assert_ok(hub_import_receipts(db, id, &out));
	store_reader_done(c->hub.store, db);
	str kept = arena_copy(c->a, buf_as_str(&out));
	buf_free(&out);
	return kept;
}

static void a_file_counts_when_it_is_confirmed_and_once(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	int64_t n;
	pin(c, p);
	tell_many(p, 49);
	str file = export_now(c, p, &n);
	assert_int_equal(n, 50);
	struct hub_import i = stage_now(c, file);
	assert_int_equal(i.records, 50);
	assert_int_equal(i.fresh, 50);
	assert_false(i.settled.p);
	assert_str(stage_now(c, file).id, i.id); /* the same file is the same import */
	assert_ok(hub_import_confirm(&c->hub, i.id, S("test")));
	assert_ok(hub_import_confirm(&c->hub, i.id, S("test")));
	assert_err(ERR_CONFLICT, hub_import_undo(&c->hub, i.id, S("test")));

	struct way w = way_of(c);
	struct site_sync sync = sync_of(&w, p);
	struct sync_report r;
	str receipt = receipts_now(c, i.id);
	assert_ok(bundle_import(&sync, receipt, c->a, &r));
	assert_int_equal(r.unsent, 0);
	assert_ok(bundle_import(&sync, receipt, c->a, &r)); /* again is harmless */
	export_now(c, p, &n);
	assert_int_equal(n, 0);
	assert_int_equal(sync_now(c, p).sent, 0);
}

static void an_undone_file_never_was(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	int64_t n;
	pin(c, p);
	tell_many(p, 5);
	struct hub_import i = stage_now(c, export_now(c, p, &n));
	assert_ok(hub_import_undo(&c->hub, i.id, S("test")));
	assert_err(ERR_CONFLICT, hub_import_confirm(&c->hub, i.id, S("test")));
	assert_int_equal(sync_now(c, p).sent, 6);
}

static void a_file_is_read_by_its_hub_alone_and_whole(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	struct json_list list;
	int64_t n;
	pin(c, p);
	tell_many(p, 5);
	str file = export_now(c, p, &n);
	for (size_t i = 0; i + 1 < file.n; i += 7)
		assert_int_not_equal(hub_import_stage(&c->hub, str_part(file, 0, i + 1),
		                                      S("test"), c->a, &list),
		                     ERR_OK);
	char *bytes = (char *)(uintptr_t)file.p;
	for (size_t i = 0; i < file.n; i += 5) {
		bytes[i] ^= 1;
		assert_int_not_equal(
			hub_import_stage(&c->hub, file, S("test"), c->a, &list), ERR_OK);
		bytes[i] ^= 1;
	}
	struct identity other;
	str rest = file, messages;
	identity_new(&other);
	assert_ok(bundle_next(&other, &rest, c->a, &messages, NULL));
	assert_null(messages.p);
}

static void receipts_of_another_hub_are_not_believed(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	struct way w = way_of(c);
	struct site_sync sync = sync_of(&w, p);
	struct sync_report r;
	struct buf reply, messages, file;
	pin(c, p);
	tell_many(p, 5);
	buf_init(&reply, 1 << 16);
	buf_init(&messages, 1 << 16);
	buf_init(&file, 1 << 16);
	str body = arena_printf(
		c->a,
		"{\"site\":\"%s\",\"epoch\":1,\"first\":1,\"last\":6,\"id\":\"\","
		"\"accepted\":6,\"known\":0,\"quarantined\":[],\"through\":6,"
		"\"records\":6,\"total\":\"\"}",
		p->id.site.text);
	exchange_answer(&w.other, EXCHANGE_BATCH, S("x"), NOON, body, &reply);
	bundle_add(&messages, buf_as_str(&reply));
	assert_ok(bundle_seal(p->id.public_key, buf_as_str(&messages), &file));
	assert_err(ERR_INVALID, bundle_import(&sync, buf_as_str(&file), c->a, &r));
	buf_free(&reply);
	buf_free(&messages);
	buf_free(&file);
	assert_int_equal(sync_now(c, p).sent, 6);
}

/* ---- from above ---- */

struct putting {
	struct hub_item item;
};
static enum err put_in(struct tx *tx, void *arg)
{
	return hub_item_put(tx, &((struct putting *)arg)->item);
}

struct got {
	int n;
	char names[400];
};
static enum err take_item(struct tx *tx, void *context, const struct down_entry *e,
                          str content)
{
	(void)tx;
	struct got *g = context;
	size_t at = strlen(g->names);
	if (str_is(e->name, S("revocations"))) return ERR_OK; /* it holds a date */
	g->n++;
	snprintf(g->names + at, sizeof g->names - at, " %.*s=%.*s", STR_ARG(e->name),
	         STR_ARG(content));
	return ERR_OK;
}

static void things_from_above_come_once_and_to_their_scope(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	struct got got = { 0 };
	struct way w = way_of(c);
	struct site_sync sync = sync_of(&w, p);
	struct sync_report r;
	pin(c, p);
	sync_now(c, p); /* the certificates of the region */
	sync.apply = take_item;
	sync.apply_context = &got;
	struct putting all = {
		{ .name = S("news/1"), .scope = S("KZ"), .content = S("a") }
	};
	struct putting ours = {
		{ .name = S("news/2"), .scope = S("KZ-11"), .content = S("b") }
	};
	struct putting other = {
		{ .name = S("news/3"), .scope = S("KZ-75"), .content = S("c") }
	};
	assert_ok(store_write(c->hub.store, put_in, &all));
	assert_ok(store_write(c->hub.store, put_in, &ours));
	assert_ok(store_write(c->hub.store, put_in, &other));
	assert_ok(sync_run(&sync, c->a, &r));
	assert_string_equal(got.names, " news/1=a news/2=b");
	assert_ok(sync_run(&sync, c->a, &r));
	assert_int_equal(got.n, 2);
	all.item.content = S("A");
	assert_ok(store_write(c->hub.store, put_in, &all));
	assert_ok(sync_run(&sync, c->a, &r));
	assert_string_equal(got.names, " news/1=a news/2=b news/1=A");
}

/* ---- what coordinators decide ---- */

#define PERSON "per_0192a0b0c0d070008000000000000001"
#define OTHER "per_0192a0b0c0d070008000000000000002"

struct deciding {
	enum err (*run)(struct tx *, str);
	str id;
};
static enum err decide_in(struct tx *tx, void *arg)
{
	const struct deciding *d = arg;
	return d->run(tx, d->id);
}
static enum err decide(struct country *c, enum err (*run)(struct tx *, str), const char *id)
{
	return store_write(c->hub.store, decide_in, &(struct deciding){ run, str_of(id) });
}

static enum err merge_other(struct tx *tx, str into)
{
	return hub_person_merge(tx, S(OTHER), into, S("test"));
}
static enum err unmerge(struct tx *tx, str person)
{
	return hub_person_unmerge(tx, person, S("test"));
}
static enum err erase(struct tx *tx, str person)
{
	return hub_person_erase(tx, person, S("test"));
}
static enum err revoke_certificate(struct tx *tx, str serial)
{
	return hub_certificate_revoke(tx, serial, S("mistake"), S("two at a time"),
	                              S("test"));
}

SQL(test_learners, "SELECT learners FROM hub_area WHERE scope = 'KZ'");
SQL(test_trained, "SELECT trained FROM hub_area WHERE scope = 'KZ-11'");
SQL(test_completions, "SELECT completions FROM hub_council LIMIT 1");
SQL(test_certificates, "SELECT certificates FROM hub_area WHERE scope = 'KZ-11/1132'");
SQL(test_named, "SELECT COUNT(*) FROM hub_person WHERE id = :id AND surname <> ''");
SQL(test_bodies, "SELECT COUNT(*) FROM hub_record WHERE subject = :id"
                 " AND body IS NOT NULL");
SQL(test_audited, "SELECT COUNT(*) FROM hub_audit WHERE about = :id");

static void two_learners(struct country *c, struct place *p)
{
	pin(c, p);
	country_tell(p, "person.added",
	             S("{\"person\":\"" PERSON "\",\"surname\":\"А\",\"given\":\"Б\","
	               "\"council_name\":\"Кеңес\"}"));
	country_tell(p, "person.added",
	             S("{\"person\":\"" OTHER "\",\"surname\":\"А\",\"given\":\"Б\","
	               "\"council_name\":\"Кенес\"}"));
	for (int i = 0; i < 2; i++)
		country_tell(
			p, "completion",
			arena_printf(
				c->a,
				"{\"attempt\":\"att_0192a0b0c0d07000800000000000000%d\","
				"\"person\":\"%s\",\"course\":"
				"\"crs_0192a0b0c0d070008000000000000001\","
				"\"completion\":\"completed\",\"success\":\"passed\"}",
				i, i ? OTHER : PERSON));
	country_tell(
		p, "certificate.issued",
		S("{\"serial\":\"K7QF2M-00001-X\",\"person\":\"" PERSON
	          "\",\"holder\":\"А Б\",\"title\":\"T\",\"held_on\":\"2026-11-22\"}"));
	sync_now(c, p);
}

static void merged_people_count_once_and_parted_ones_twice(void **state)
{
	struct country *c = *state;
	two_learners(c, &c->site[0]);
	assert_int_equal(country_number(c, &test_learners, STR_NONE), 2);
	assert_int_equal(country_number(c, &test_trained, STR_NONE), 2);
	assert_ok(decide(c, merge_other, PERSON));
	assert_int_equal(country_number(c, &test_learners, STR_NONE), 1);
	assert_int_equal(country_number(c, &test_trained, STR_NONE), 1);
	assert_int_equal(country_number(c, &test_completions, STR_NONE), 2);
	assert_err(ERR_CONFLICT, decide(c, merge_other, PERSON));
	assert_ok(decide(c, unmerge, OTHER));
	assert_int_equal(country_number(c, &test_learners, STR_NONE), 2);
	assert_int_equal(country_number(c, &test_trained, STR_NONE), 2);
	assert_int_equal(country_number(c, &test_audited, S(OTHER)), 2);
}

static void erasing_leaves_counts_and_no_name(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	struct got got = { 0 };
	struct way w = way_of(c);
	struct site_sync sync = sync_of(&w, p);
	struct sync_report r;
	two_learners(c, p);
	assert_true(country_number(c, &test_bodies, S(PERSON)) > 0);
	assert_ok(decide(c, erase, PERSON));
	assert_int_equal(country_number(c, &test_named, S(PERSON)), 0);
	assert_int_equal(country_number(c, &test_bodies, S(PERSON)), 0);
	assert_int_equal(country_number(c, &test_named, S(OTHER)), 1);
	assert_int_equal(country_number(c, &test_learners, STR_NONE), 2);
	sync.apply = take_item;
	sync.apply_context = &got;
	assert_ok(sync_run(&sync, c->a, &r));
	assert_string_equal(got.names, " erased/" PERSON "=" PERSON);
	assert_true(r.agreed); /* the ids are the same with and without bodies */
}

static void a_revoked_certificate_counts_no_more_and_the_site_is_told(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	struct got got = { 0 };
	struct way w = way_of(c);
	struct site_sync sync = sync_of(&w, p);
	struct sync_report r;
	two_learners(c, p);
	assert_int_equal(country_number(c, &test_certificates, STR_NONE), 1);
	assert_ok(decide(c, revoke_certificate, "K7QF2M-00001-X"));
	assert_ok(decide(c, revoke_certificate, "K7QF2M-00001-X")); /* again is fine */
	assert_int_equal(country_number(c, &test_certificates, STR_NONE), 0);
	sync.apply = take_item;
	sync.apply_context = &got;
	assert_ok(sync_run(&sync, c->a, &r));
	assert_string_equal(got.names, " certificate/K7QF2M-00001-X={\"serial\":"
	                               "\"K7QF2M-00001-X\",\"reason\":\"mistake\"}");
	/* The site does so and says so: that changes nothing twice. */
	country_tell(p, "certificate.revoked",
	             S("{\"serial\":\"K7QF2M-00001-X\",\"why\":\"mistake\"}"));
	assert_int_equal(sync_now(c, p).sent, 1);
	assert_int_equal(country_number(c, &test_certificates, STR_NONE), 0);
}

SQL(test_heard, "SELECT MAX(heard_at) FROM hub_site");

static void a_site_with_nothing_to_send_is_heard_of(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	two_learners(c, p);
	int64_t then = country_number(c, &test_heard, STR_NONE);
	time_stop_at(then + 30 * DAY);
	assert_int_equal(sync_now(c, p).sent, 0);
	assert_int_equal(country_number(c, &test_heard, STR_NONE), then + 30 * DAY);
}

SQL(test_clock, "SELECT COALESCE(clock_off_ms, -1) FROM hub_site WHERE id = :id");

static void a_clock_that_is_off_is_known_until_it_is_right_again(void **state)
{
	struct country *c = *state;
	struct place *p = &c->site[0];
	str id = id_str(&p->id.site);
	pin(c, p);
	assert_int_equal(country_number(c, &test_clock, id), -1);
	country_tell(p, "clock.set", S("{\"off_ms\":7200000}"));
	sync_now(c, p);
	assert_int_equal(country_number(c, &test_clock, id), 7200000);
	country_tell(p, "clock.set", S("{\"off_ms\":40}"));
	sync_now(c, p);
	assert_int_equal(country_number(c, &test_clock, id), 40);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, country_open, country_close)
	const struct CMUnitTest tests[] = {
		T(a_contact_sends_everything_and_the_next_one_nothing),
		T(enrolling_pins_the_key_of_whoever_knows_the_code),
		T(a_broken_line_costs_time_and_no_record),
		T(whoever_is_not_the_hub_takes_nothing_off),
		T(two_copies_both_send_and_then_part),
		T(a_hub_that_forgot_is_told_again),
		T(a_hole_in_the_middle_is_found_and_mended),
		T(a_file_counts_when_it_is_confirmed_and_once),
		T(an_undone_file_never_was),
		T(a_file_is_read_by_its_hub_alone_and_whole),
		T(receipts_of_another_hub_are_not_believed),
		T(things_from_above_come_once_and_to_their_scope),
		T(merged_people_count_once_and_parted_ones_twice),
		T(erasing_leaves_counts_and_no_name),
		T(a_revoked_certificate_counts_no_more_and_the_site_is_told),
		T(a_site_with_nothing_to_send_is_heard_of),
		T(a_clock_that_is_off_is_known_until_it_is_right_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
