/* SPDX-License-Identifier: Apache-2.0 */
/* What a centre publishes arrives at a site by the line and by file, once, and nothing that
 * a false centre sends does: even one that has the key cannot take back what was said. */
/* needs: app hub support/zip_maker.c */
#include "support/zip_maker.h"
#include "unit/hub/country.h"

#include "app/app.h"
#include "certificate/certificate.h"
#include "hub/publish.h"
#include "sync/bundle.h"
#include "sync/news.h"
#include "sync/staged.h"

#define SCOPE "KZ-11/1132"

struct world {
	struct country c; /* its own sites are not used */
	struct site site;
	char folder[FILE_PATH];
	/* What lies between: gives another reply, signed by the hub's own key. */
	bool (*bend)(struct world *, enum exchange_type, str body, struct buf *out);
	bool cut_items; /* the line breaks after a piece */
	int pieces;
};

/* ---- the road ---- */

static enum err say(void *context, str request, struct buf *reply, int *status, int *wait_s)
{
	struct world *w = context;
	struct exchange_request rq;
	struct exchange_reply told;
	struct buf body;
	*wait_s = 0;
	TRY(hub_answer(&w->c.hub, request, w->c.a, reply, status));
	assert_true(exchange_read(request, &rq));
	if (rq.type == EXCHANGE_ITEM && w->cut_items && w->pieces++ % 2)
		return FAIL_WHY(ERR_BUSY, "no-line", "cut");
	if (!w->bend) return ERR_OK;
	assert_ok(exchange_reply_read(arena_copy(w->c.a, buf_as_str(reply)),
	                              w->c.hub.identity.public_key, request, &told));
	buf_init(&body, EXCHANGE_MOST);
	if (w->bend(w, told.type, told.body, &body))
		exchange_answer(&w->c.hub.identity, told.type, request, time_now(),
		                buf_as_str(&body), reply);
	buf_free(&body);
	return ERR_OK;
}

static bool no_pause(void *context, int64_t ms)
{
	(void)context, (void)ms;
	return false;
}

static struct site_sync sync_of(struct world *w)
{
	return (struct site_sync){ .store = w->site.store,
		                   .folder = w->site.folder,
		                   .identity = &w->site.identity,
		                   .road = { w, say, no_pause },
		                   .apply = site_apply,
		                   .keep = site_keep,
		                   .apply_context = &w->site };
}

static enum err contact(struct world *w)
{
	struct site_sync sync = sync_of(w);
	struct sync_report report;
	return sync_run(&sync, w->c.a, &report);
}

/* ---- the world ---- */

static void enrol(struct world *w)
{
	char code[CODE_TEXT];
	code_new(code);
	struct country_invite i = { code, SCOPE, DAY, { "" } };
	assert_ok(store_write(w->c.hub.store, country_invite_in, &i));
	struct site_sync sync = sync_of(w);
	assert_ok(sync_enrol(&sync, S("http://hub"), str_of(code), S("Hall"), S("")));
}

static int open_world(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	char parent[FILE_PATH], folder[FILE_PATH];
	assert_ok(seal_start());
	time_stop_at(NOON);
	w->c.a = arena_open((size_t)1 << 30);
	test_folder(parent);
	country_folder(parent, "hub", folder);
	w->c.hub.name = S("Hub");
	assert_ok(hub_open(folder, &w->c.hub));
	country_folder(parent, "site", w->folder);
	assert_ok(site_open(w->folder, &w->site));
	enrol(w);
	*state = w;
	return 0;
}

static int close_world(void **state)
{
	struct world *w = *state;
	site_close(&w->site);
	hub_close(&w->c.hub);
	arena_close(w->c.a);
	free(w);
	time_stop_at(0);
	return 0;
}

/* ---- publishing ---- */

struct telling {
	struct world *w;
	struct item_news news;
	struct hub_publishing p;
};

static enum err tell_news(struct tx *tx, void *arg)
{
	struct telling *t = arg;
	return hub_publish_news(tx, t->w->c.a, &t->news, &t->p);
}

static struct hub_publication announce(struct world *w, const char *scope, const char *text)
{
	struct telling t = { .w = w,
		             .news = { .kk = str_of(text), .ru = str_of(text) },
		             .p = { .scope = str_of(scope), .who = S("test") } };
	assert_ok(store_write(w->c.hub.store, tell_news, &t));
	return t.p.out;
}

struct ending {
	str id;
};
static enum err end_it(struct tx *tx, void *arg)
{
	return hub_publication_end(tx, S("KZ"), ((struct ending *)arg)->id, S("test"));
}
static void withdraw(struct world *w, str id)
{
	assert_ok(store_write(w->c.hub.store, end_it, &(struct ending){ id }));
}

/* A course of some weight, as a file. */
static void write_course(struct world *w, const char *page, char path[FILE_PATH])
{
	struct zip_maker z;
	size_t weight = 300 << 10;
	char *noise = arena_alloc(w->c.a, weight);
	for (size_t i = 0; i < weight; i++) noise[i] = (char)(i * 2654435761U >> 13);
	zip_begin(&z);
	zip_text(&z, "imsmanifest.xml",
	         "<manifest identifier='M'><metadata><schemaversion>1.2</schemaversion>"
	         "</metadata><organizations><organization "
	         "identifier='O'><title>Құқық</title>"
	         "<item identifier='I' identifierref='R'><title>Part</title></item>"
	         "</organization></organizations><resources><resource identifier='R'"
	         " scormtype='sco' href='a.html'/></resources></manifest>");
	zip_text(&z, "a.html", page);
	zip_add(&z, (struct zip_entry){ .name = "film.bin", .content = { noise, weight } });
	str zip = zip_done(&z, (struct zip_end){ 0 });
	assert_ok(file_path(path, w->folder, "course.zip"));
	assert_ok(file_write(path, zip, 0600));
	zip_free(&z);
}

static struct hub_publication publish_course(struct world *w, const char *page)
{
	char path[FILE_PATH];
	struct import_report report;
	struct hub_publishing p = { .scope = S("KZ-11"),
		                    .who = S("test"),
		                    .not_after = S("2027-01-31") };
	write_course(w, page, path);
	assert_ok(hub_publish_course(&w->c.hub, path, w->c.a, &p, &report));
	return p.out;
}

/* ---- looking ---- */

static struct json_list news_now(struct world *w)
{
	struct db *db;
	struct json_list list;
	assert_ok(store_reader(w->site.store, &db));
	assert_ok(news_all(db, w->c.a, S("per_x"), S("2026-11-23"), &list));
	store_reader_done(w->site.store, db);
	return list;
}

static str course_state(struct world *w, bool *here)
{
	struct db *db;
	struct json_list list;
	assert_ok(store_reader(w->site.store, &db));
	assert_ok(centre_course_all(db, w->c.a, S("2026-11-23"), &list));
	store_reader_done(w->site.store, db);
	const struct centre_course *c = list.items;
	*here = list.n == 1 && c->here;
	return list.n == 1 ? c->state : S("(none)");
}

static size_t courses_on_shelf(struct world *w)
{
	struct db *db;
	struct json_list list;
	assert_ok(store_reader(w->site.store, &db));
	assert_ok(course_all(db, w->c.a, &list));
	store_reader_done(w->site.store, db);
	return list.n;
}

static int64_t reached(struct world *w)
{
	struct db *db;
	struct hub_link link;
	assert_ok(store_reader(w->site.store, &db));
	assert_ok(link_get(db, w->c.a, &link));
	store_reader_done(w->site.store, db);
	return link.down_version;
}

/* ---- the ordinary way ---- */

static void a_course_and_an_announcement_arrive_and_the_hub_knows(void **state)
{
	struct world *w = *state;
	bool here;
	struct hub_publication course = publish_course(w, "one"), again;
	announce(w, "KZ", "Ертең кездесу");
	announce(w, "KZ-75", "Басқа өңірге");
	assert_int_equal(course.sites, 1);
	assert_int_equal(course.have, 0);
	assert_ok(contact(w));
	assert_int_equal(news_now(w).n, 1);
	assert_str(course_state(w, &here), S("current"));
	assert_true(here);
	assert_int_equal(courses_on_shelf(w), 1);
	struct db *db;
	assert_ok(store_reader(w->c.hub.store, &db));
	assert_ok(hub_publication_get(db, w->c.a, S("KZ"), course.id, &again));
	store_reader_done(w->c.hub.store, db);
	assert_int_equal(again.have, 1);
	/* Withdrawn: marked, and still on the shelf. */
	withdraw(w, course.id);
	assert_ok(contact(w));
	assert_str(course_state(w, &here), S("withdrawn"));
	assert_true(here);
	assert_int_equal(courses_on_shelf(w), 1);
}

static void a_broken_line_goes_on_where_it_stopped(void **state)
{
	struct world *w = *state;
	bool here;
	publish_course(w, "one");
	w->cut_items = true;
	int contacts = 0;
	while (contact(w) && contacts++ < 20) {
		site_close(&w->site); /* the program may end in between */
		assert_ok(site_open(w->folder, &w->site));
	}
	assert_true(contacts > 0 && contacts < 10);
	assert_str(course_state(w, &here), S("current"));
	assert_true(here);
}

static void a_hub_that_forgot_numbers_on(void **state)
{
	struct world *w = *state;
	for (int i = 0; i < 3; i++) announce(w, "KZ", "a");
	assert_ok(contact(w));
	int64_t before = reached(w);
	/* The backup is of before those: sites know more than the hub. */
	struct db *db;
	struct hub_site site;
	assert_ok(store_reader(w->c.hub.store, &db));
	assert_ok(hub_site_get(db, w->c.a, id_str(&w->site.identity.site), &site));
	store_reader_done(w->c.hub.store, db);
	assert_int_equal(site.down_version, before);
	assert_true(announce(w, "KZ", "b").version > before);
}

static void revocations_of_the_country_reach_every_site(void **state)
{
	struct world *w = *state;
	char serial[SERIAL_TEXT];
	serial_make(w->c.hub.identity.key_id, 42, serial);
	char code[CODE_TEXT];
	struct place *other = &w->c.site[1]; /* another site of the country */
	char parent[FILE_PATH];
	test_folder(parent);
	country_folder(parent, "other", other->folder);
	place_open(other);
	code_new(code);
	struct country_invite i = { code, "KZ-75/7510", DAY, { "" } };
	assert_ok(store_write(w->c.hub.store, country_invite_in, &i));
	assert_int_equal(country_enrol(&w->c, &other->id, code).type, EXCHANGE_ENROL);
	country_tell(
		other, "certificate.revoked",
		arena_printf(w->c.a, "{\"serial\":\"%s\",\"why\":\"mistake\"}", serial));
	country_tell(other, "certificate.revoked",
	             S("{\"serial\":\"not a serial\",\"why\":\"mistake\"}"));
	country_send_all(&w->c, other);
	store_close(other->store);

	assert_ok(contact(w));
	struct db *db;
	struct json_list lists;
	assert_ok(store_reader(w->site.store, &db));
	assert_ok(authority_lists(db, w->c.a, &lists));
	store_reader_done(w->site.store, db);
	assert_int_equal(lists.n, 1);
	const struct revocations *list = lists.items;
	const struct revocation *r = revocations_find(list, str_of(serial));
	assert_non_null(r);
	assert_str(r->reason, S("mistake"));
	assert_int_equal(list->entry.n, 1);
	assert_memory_equal(list->public_key, w->c.hub.identity.public_key, SEAL_PUBLIC);
}

/* ---- a false centre, with the key ---- */

static str bent; /* the body to say instead of a list */

static bool say_bent_list(struct world *w, enum exchange_type type, str body,
                          struct buf *out)
{
	(void)w, (void)body;
	if (type != EXCHANGE_DOWN) return false;
	buf_str(out, bent);
	return true;
}

#define HASH                                                                        \
	"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" /* "abc" \
	                                                                    */
#define ENTRY(name, version, bytes, scope)                                \
	"{\"name\":\"" name "\",\"version\":" version ",\"bytes\":" bytes \
	",\"scope\":\"" scope "\",\"sha256\":\"" HASH "\"}"
#define LIST(version, entries) "{\"version\":" version ",\"items\":[" entries "]}"

static void what_is_not_for_us_or_goes_back_is_not_taken(void **state)
{
	struct world *w = *state;
	/* clang-format off */
	static const struct { const char *list, *why; } cases[] = {
		{ LIST("900", ENTRY("news/x", "900", "3", "KZ-75")), "another region's" },
		{ LIST("900", ENTRY("news/x", "900", "3", SCOPE "/9")), "of a place inside ours" },
		{ LIST("900", ENTRY("news/x", "900", "3", "RU")), "no scope" },
		{ LIST("1", ENTRY("news/x", "1", "3", "KZ")), "a version that we have passed" },
		{ LIST("900", ENTRY("news/x", "901", "3", "KZ")), "beyond the list's own version" },
		{ LIST("900", ENTRY("news/x", "900", "3", "KZ") "," ENTRY("news/y", "899", "3", "KZ")), "back within the list" },
		{ LIST("0", ""), "a list that goes back" },
		{ LIST("900", ENTRY("news/x", "900", "8388609", "KZ")), "a small thing that is large" },
		{ LIST("900", ENTRY("course/x", "900", "2147483649", "KZ")), "a course that is too large" },
		{ LIST("900", "{\"name\":\"news/x\",\"version\":900,\"bytes\":3,\"sha256\":\"" HASH "\"}"), "no word for whom" },
		{ LIST("900", "{\"name\":\"news/x\",\"version\":900,\"bytes\":3,\"scope\":\"KZ\",\"sha256\":\"abc\"}"), "a short hash" },
		{ LIST("900", "{\"name\":\"revocations\",\"version\":900,\"bytes\":0,\"scope\":\"KZ\",\"sha256\":\"\"}"), "the revocations withdrawn" },
		{ "[]", "no list" },
	};
	/* clang-format on */
	for (int i = 0; i < 3; i++) announce(w, "KZ", "a");
	assert_ok(contact(w));
	int64_t before = reached(w);
	announce(w, "KZ", "b"); /* there is something newer to ask for */
	w->bend = say_bent_list;
	for (size_t i = 0; i < countof(cases); i++) {
		bent = str_of(cases[i].list);
		if (contact(w) != ERR_INVALID ||
		    !str_is(str_of(err_last()->reason), S("not-the-hub")))
			fail_msg("taken: %s", cases[i].why);
		assert_int_equal(reached(w), before);
		assert_int_equal(news_now(w).n, 3);
	}
	w->bend = NULL;
	assert_ok(contact(w));
	assert_int_equal(news_now(w).n, 4);
}

static bool change_piece(struct world *w, enum exchange_type type, str body,
                         struct buf *out)
{
	(void)w;
	if (type != EXCHANGE_ITEM || body.n < 17) return false;
	buf_str(out, body);
	out->p[out->n - 1] ^= 1;
	return true;
}

static void other_bytes_than_the_hash_says_are_not_taken(void **state)
{
	struct world *w = *state;
	bool here;
	assert_ok(contact(w));
	int64_t before = reached(w);
	publish_course(w, "one");
	w->bend = change_piece;
	assert_err(ERR_INVALID, contact(w));
	assert_int_equal(reached(w), before);
	assert_int_equal(courses_on_shelf(w), 0);
	announce(w, "KZ", "a");
	assert_err(ERR_INVALID, contact(w));
	assert_int_equal(news_now(w).n, 0);
	w->bend = NULL;
	assert_ok(contact(w));
	assert_str(course_state(w, &here), S("current"));
	assert_int_equal(news_now(w).n, 1);
}

static enum err put_list(struct tx *tx, void *content)
{
	struct hub_item item = { .name = S("revocations"), .scope = S("KZ") };
	item.content = *(str *)content;
	return hub_item_put(tx, &item);
}

static str list_by(struct world *w, const struct identity *id, int64_t at)
{
	struct buf text;
	buf_init(&text, 4000);
	revocations_write(&text, id, at, (struct json_list){ NULL, 0 });
	str kept = arena_copy(w->c.a, buf_as_str(&text));
	buf_free(&text);
	return kept;
}

static void revocations_are_never_made_older(void **state)
{
	struct world *w = *state;
	struct identity other;
	assert_ok(contact(w));
	identity_new(&other);
	str lists[] = { list_by(w, &w->c.hub.identity, NOON - DAY),
		        list_by(w, &other, NOON + DAY), S("kenes-revocations 1\n") };
	for (size_t i = 0; i < countof(lists); i++) {
		assert_ok(store_write(w->c.hub.store, put_list, &lists[i]));
		assert_err(ERR_INVALID, contact(w));
	}
	str newer = list_by(w, &w->c.hub.identity, NOON + DAY);
	assert_ok(store_write(w->c.hub.store, put_list, &newer));
	assert_ok(contact(w));
}

/* ---- by file ---- */

static str export_file(struct world *w, str site, int64_t course_most)
{
	struct buf out;
	struct hub_export how = { .site = site,
		                  .course_most = course_most,
		                  .most = BUNDLE_MOST };
	buf_init(&out, BUNDLE_MOST);
	assert_ok(hub_items_export(&w->c.hub, w->c.a, &how, &out));
	str kept = arena_copy(w->c.a, buf_as_str(&out));
	buf_free(&out);
	return kept;
}

static void a_file_waits_until_it_is_taken_and_can_be_put_away(void **state)
{
	struct world *w = *state;
	struct site_sync sync = sync_of(w);
	struct sync_report report;
	struct id id, same;
	bool here;
	publish_course(w, "one");
	announce(w, "KZ", "a");
	str site = id_str(&w->site.identity.site), file = export_file(w, site, 8 << 20);
	assert_ok(bundle_import(&sync, file, w->c.a, &report));
	assert_true(report.carried);
	assert_ok(staged_add(&sync, w->c.a, file, &id));
	assert_ok(staged_add(&sync, w->c.a, file, &same));
	assert_string_equal(id.text, same.text);
	assert_int_equal(news_now(w).n, 0);
	assert_ok(staged_drop(&sync, id_str(&id)));
	assert_err(ERR_CONFLICT, staged_take(&sync, w->c.a, id_str(&id)));
	assert_int_equal(courses_on_shelf(w), 0);
	assert_ok(staged_add(&sync, w->c.a, file, &id));
	assert_ok(staged_take(&sync, w->c.a, id_str(&id)));
	assert_int_equal(news_now(w).n, 1);
	assert_str(course_state(w, &here), S("current"));
	assert_true(here);
	int64_t got = reached(w);
	assert_true(got > 0);
	/* Again: there is nothing in it any more. */
	assert_ok(staged_add(&sync, w->c.a, file, &id));
	assert_string_equal(id.text, "");
	assert_ok(contact(w));
	assert_int_equal(courses_on_shelf(w), 1);
}

static void a_course_that_was_left_out_still_comes(void **state)
{
	struct world *w = *state;
	struct site_sync sync = sync_of(w);
	struct id id;
	bool here;
	announce(w, "KZ", "a");
	publish_course(w, "one");
	announce(w, "KZ", "b");
	str file = export_file(w, id_str(&w->site.identity.site), 0);
	assert_ok(staged_add(&sync, w->c.a, file, &id));
	assert_ok(staged_take(&sync, w->c.a, id_str(&id)));
	assert_int_equal(news_now(w).n, 2);
	assert_int_equal(courses_on_shelf(w), 0);
	assert_ok(contact(w));
	assert_str(course_state(w, &here), S("current"));
	assert_int_equal(news_now(w).n, 2);
}

static str section_by(struct world *w, const struct identity *hub, str site, int64_t after,
                      str list)
{
	struct buf request, reply, messages, file;
	buf_init(&request, 400);
	buf_init(&reply, 1 << 16);
	buf_init(&messages, 1 << 16);
	buf_init(&file, 1 << 17);
	carried_request(site, after, &request);
	exchange_answer(hub, EXCHANGE_DOWN, buf_as_str(&request), NOON, list, &reply);
	bundle_add(&messages, buf_as_str(&request));
	bundle_add(&messages, buf_as_str(&reply));
	bundle_add(&messages, S("abc"));
	assert_ok(bundle_seal(w->site.identity.public_key, buf_as_str(&messages), &file));
	str kept = arena_copy(w->c.a, buf_as_str(&file));
	buf_free(&request);
	buf_free(&reply);
	buf_free(&messages);
	buf_free(&file);
	return kept;
}

static void a_file_of_another_hub_or_for_another_laptop_is_not_taken(void **state)
{
	struct world *w = *state;
	struct site_sync sync = sync_of(w);
	struct identity other;
	struct id id;
	identity_new(&other);
	str own = id_str(&w->site.identity.site), somebody = id_str(&other.site);
	str list = S(LIST("900", ENTRY("other/x", "900", "3", "KZ")));
	str wrong = S(LIST("900", ENTRY("other/x", "900", "3", "KZ-75")));
	const struct identity *hub = &w->c.hub.identity;
	str files[] = { section_by(w, &other, own, 0, list),
		        section_by(w, hub, somebody, 0, list),
		        section_by(w, hub, own, 0, wrong),
		        section_by(w, hub, own, 950, list) };
	for (size_t i = 0; i < countof(files); i++)
		assert_err(ERR_INVALID, staged_add(&sync, w->c.a, files[i], &id));
	/* One that begins later than what is here is taken, and moves nothing on. */
	str late = section_by(w, hub, own, 800, list);
	assert_ok(staged_add(&sync, w->c.a, late, &id));
	assert_ok(staged_take(&sync, w->c.a, id_str(&id)));
	assert_int_equal(reached(w), 0);
	str good = section_by(w, hub, own, 0, list);
	assert_ok(staged_add(&sync, w->c.a, good, &id));
	assert_string_equal(id.text, ""); /* it is here already */
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
	const struct CMUnitTest tests[] = {
		T(a_course_and_an_announcement_arrive_and_the_hub_knows),
		T(a_broken_line_goes_on_where_it_stopped),
		T(a_hub_that_forgot_numbers_on),
		T(revocations_of_the_country_reach_every_site),
		T(what_is_not_for_us_or_goes_back_is_not_taken),
		T(other_bytes_than_the_hash_says_are_not_taken),
		T(revocations_are_never_made_older),
		T(a_file_waits_until_it_is_taken_and_can_be_put_away),
		T(a_course_that_was_left_out_still_comes),
		T(a_file_of_another_hub_or_for_another_laptop_is_not_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
