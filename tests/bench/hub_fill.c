/* SPDX-License-Identifier: Apache-2.0 */
/* Fills a hub's folder with a country: hub_fill FOLDER LEARNERS SITES RECORDS. The rows are
 * those that the exchange would have left, without its signatures; the same numbers give
 * the same country. For benches and for pictures of the desk. */
/* needs: hub */
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/time.h"
#include "hub/hub.h"

#define DAY 86400000LL
#define JOB 2000 /* learners of one job */

static const char *const regions[] = {
	"KZ-10", "KZ-11", "KZ-15", "KZ-19", "KZ-23", "KZ-27", "KZ-31",
	"KZ-33", "KZ-35", "KZ-39", "KZ-43", "KZ-47", "KZ-55", "KZ-59",
	"KZ-61", "KZ-62", "KZ-63", "KZ-71", "KZ-75", "KZ-79",
};
static const char *const surnames[] = {
	"Әбдіров",   "Ахметов",  "Байжанов", "Васильев", "Ғабитов", "Досанов",
	"Ермеков",   "Жұмабаев", "Зейнолла", "Ибраев",   "Қасымов", "Лаврентьев",
	"Мұқанов",   "Нұрланов", "Оспанов",  "Петров",   "Рахимов", "Сейітов",
	"Төлегенов", "Үсенов",   "Хамитов",  "Шәріпов",  "Ысқақов", "Юсупов",
};
static const char *const given[] = {
	"Айгүл",   "Асқар",  "Бақыт",  "Гүлнара", "Дәурен", "Ерлан",  "Жанар",
	"Зарина",  "Ирина",  "Қайрат", "Ләззат",  "Марат",  "Нұргүл", "Ольга",
	"Перизат", "Руслан", "Сәуле",  "Тимур",   "Ұлжан",  "Шолпан",
};
static const char *const fathers[] = {
	"Асқарұлы",   "Бекетқызы",   "Викторович", "Ғалымұлы",   "Дәуренқызы",
	"Ерланұлы",   "Жақсылықұлы", "Ивановна",   "Қайратқызы", "Маратұлы",
	"Нұрланқызы", "Олегович",    "Серікұлы",   "Тимурқызы",
};

struct country {
	int64_t learners, sites, records;
	int64_t from, now; /* the next learner of a job */
	struct arena *a;
	uint64_t dice;
};

/* xorshift64*: the same at every run. */
static uint64_t roll(struct country *c, uint64_t below)
{
	c->dice ^= c->dice >> 12;
	c->dice ^= c->dice << 25;
	c->dice ^= c->dice >> 27;
	return (c->dice * 0x2545F4914F6CDD1DULL >> 33) % below;
}

static str id_of(struct country *c, const char *kind, int64_t n)
{
	return arena_printf(c->a, "%s_%032llx", kind, (unsigned long long)n);
}

static const char *region_of(int64_t site)
{
	return regions[site % (int64_t)countof(regions)];
}

static str scope_of(struct country *c, int64_t site)
{
	int64_t district = site / (int64_t)countof(regions) % 12 + 1;
	return arena_printf(c->a, "%s/%.2s%02lld", region_of(site), region_of(site) + 3,
	                    (long long)district);
}

/* ---- sites and councils ---- */

SQL(fill_site,
    "INSERT INTO hub_site (number, id, public_key, key_id, certificate, scope, name,"
    " contact, enrolled_at, expires_at, heard_at) VALUES (:number, :id, :key, :key,"
    " :key, :scope, :name, :contact, :enrolled, :expires, :heard)");
SQL(fill_council, "INSERT INTO hub_council (number, scope, name, folded, members)"
                  " VALUES (:number, :scope, :name, :folded, :members)"
                  " ON CONFLICT DO NOTHING");

static fallible add_site(struct tx *tx, struct country *c, int64_t n)
{
	uint8_t key[32] = { 0 };
	bool silent = roll(c, 12) == 0;
	memcpy(key, &n, sizeof n);
	QUERY(q, tx_db(tx), fill_site);
	bind_int(&q, ":number", n + 1);
	bind_text(&q, ":id", id_of(c, "sit", n + 1));
	bind_blob(&q, ":key", key, sizeof key);
	bind_text(&q, ":scope", scope_of(c, n));
	bind_text(&q, ":name", arena_printf(c->a, "%lld-пункт", (long long)n + 1));
	bind_text(&q, ":contact",
	          arena_printf(c->a, "%s %s, +7 701 %03d 00 %02d",
	                       surnames[roll(c, countof(surnames))],
	                       given[roll(c, countof(given))], (int)roll(c, 1000),
	                       (int)roll(c, 100)));
	bind_int(&q, ":enrolled", c->now - 300 * DAY);
	bind_int(&q, ":expires", c->now + 100 * DAY);
	bind_int(&q, ":heard",
	         c->now - (int64_t)(silent ? 22 + roll(c, 60) : roll(c, 15)) * DAY);
	return query_run(&q, NULL);
}

static fallible add_council(struct tx *tx, struct country *c, int64_t n)
{
	str scope = scope_of(c, n);
	str name = arena_printf(c->a, "№ %lld қоғамдық кеңес", (long long)n + 1);
	QUERY(q, tx_db(tx), fill_council);
	bind_int(&q, ":number", n + 1);
	bind_text(&q, ":scope", scope);
	bind_text(&q, ":name", name);
	bind_text(&q, ":folded", text_fold(c->a, name));
	bind_int(&q, ":members", 120 + (int64_t)roll(c, 40));
	return query_run(&q, NULL);
}

static enum err add_places(struct tx *tx, void *arg)
{
	struct country *c = arg;
	for (int64_t n = 0; n < c->sites; n++) {
		TRY(add_site(tx, c, n));
		TRY(add_council(tx, c, n));
		if (n % 1000 == 999) arena_reset(c->a);
	}
	return ERR_OK;
}

/* ---- people ---- */

SQL(fill_person,
    "INSERT INTO hub_person (id, site, surname, given, patronymic, folded, council,"
    " language, told_epoch, told_seq, first_at, completions, certificates)"
    " VALUES (:id, :site, :surname, :given, :patronymic, :folded, :council, 'kk', 1,"
    " 1, :first, :done, :done)");
SQL(fill_record,
    "INSERT INTO hub_record (site, epoch, seq, branch, id, prev, kind, at_wall, clock,"
    " body, subject, received_at) VALUES (:site, 1, :seq, 0, :hash, :hash, :kind, :at,"
    " 1, :body, :subject, :at)");
SQL(fill_result,
    "INSERT INTO hub_result (attempt, site, person, course, title, package, completion,"
    " success, score, done, at_wall, told_epoch, told_seq) VALUES (:id, :site, :person,"
    " 'crs', 'Кеңес мүшесінің құқықтары', '', 'completed', 'passed', 0.87, 1, :at, 1, 1)");
SQL(fill_certificate,
    "INSERT INTO hub_certificate (serial, site, person, holder, council_name, title, "
    "held_on, state,"
    " first_at, changed_at) VALUES (:serial, :site, :person, :holder, :council,"
    " 'Кеңес мүшесінің құқықтары', :held, 'valid', :at, :at)");

static fallible add_record(struct tx *tx, struct country *c, int64_t learner, int64_t nth,
                           int64_t at)
{
	static const char *const kinds[] = { "person.added", "presence", "result",
		                             "certificate.issued", "event" };
	uint8_t hash[32] = { 0 };
	int64_t seq = learner / c->sites * (c->records / c->learners) + nth + 1;
	memcpy(hash, &learner, sizeof learner);
	memcpy(hash + 8, &nth, sizeof nth);
	QUERY(q, tx_db(tx), fill_record);
	bind_int(&q, ":site", learner % c->sites + 1);
	bind_int(&q, ":seq", seq);
	bind_blob(&q, ":hash", hash, sizeof hash);
	bind_text(&q, ":kind", str_of(kinds[nth % 5]));
	bind_int(&q, ":at", at);
	bind_text(&q, ":body",
	          S("{\"event\":\"evt_0192a0b0c0d0700080000000000000000\",\"present\":"
	            "true}"));
	bind_text(&q, ":subject", id_of(c, "per", learner + 1));
	return query_run(&q, NULL);
}

static fallible add_done(struct tx *tx, struct country *c, int64_t n, str name, int64_t at)
{
	char day[TIME_TEXT];
	time_write(at, day);
	QUERY(r, tx_db(tx), fill_result);
	bind_text(&r, ":id", id_of(c, "att", n + 1));
	bind_int(&r, ":site", n % c->sites + 1);
	bind_text(&r, ":person", id_of(c, "per", n + 1));
	bind_int(&r, ":at", at);
	TRY(query_run(&r, NULL));
	QUERY(k, tx_db(tx), fill_certificate);
	bind_text(
		&k, ":serial",
		arena_printf(c->a, "%s-%07lld", region_of(n % c->sites), (long long)n + 1));
	bind_int(&k, ":site", n % c->sites + 1);
	bind_text(&k, ":person", id_of(c, "per", n + 1));
	bind_text(&k, ":holder", name);
	bind_text(&k, ":council", S("Қоғамдық кеңес"));
	bind_text(&k, ":held", str_part(str_of(day), 0, 10));
	bind_int(&k, ":at", at);
	return query_run(&k, NULL);
}

static fallible add_learner(struct tx *tx, struct country *c, int64_t n)
{
	const char *surname = surnames[roll(c, countof(surnames))];
	const char *first = given[roll(c, countof(given))],
		   *father = fathers[roll(c, countof(fathers))];
	str name = arena_printf(c->a, "%s %s %s", surname, first, father);
	int64_t at = c->now - (int64_t)roll(c, 360) * DAY;
	/* Some regions are ahead of others. */
	bool done = roll(c, 100) <
	            35 + (uint64_t)(n % c->sites % (int64_t)countof(regions)) * 3;
	QUERY(q, tx_db(tx), fill_person);
	bind_text(&q, ":id", id_of(c, "per", n + 1));
	bind_int(&q, ":site", n % c->sites + 1);
	bind_text(&q, ":surname", str_of(surname));
	bind_text(&q, ":given", str_of(first));
	bind_text(&q, ":patronymic", str_of(father));
	bind_text(&q, ":folded", text_fold(c->a, name));
	bind_int(&q, ":council", n % c->sites + 1);
	bind_int(&q, ":first", at);
	bind_int(&q, ":done", done);
	TRY(query_run(&q, NULL));
	for (int64_t i = 0; i < c->records / c->learners; i++)
		TRY(add_record(tx, c, n, i, at));
	return done ? add_done(tx, c, n, name, at) : ERR_OK;
}

static enum err add_people(struct tx *tx, void *arg)
{
	struct country *c = arg;
	int64_t to = c->from + JOB < c->learners ? c->from + JOB : c->learners;
	for (int64_t n = c->from; n < to; n++) TRY(add_learner(tx, c, n));
	return ERR_OK;
}

/* ---- sums, as the exchange keeps them ---- */

SQL(sum_councils,
    "UPDATE hub_council SET learners = p.n, trained = p.done, completions = p.done,"
    " certificates = p.done FROM (SELECT council, COUNT(*) AS n,"
    " SUM(completions > 0) AS done FROM hub_person GROUP BY council) p"
    " WHERE p.council = hub_council.number");
SQL(sum_sites,
    "UPDATE hub_site SET records = r.n FROM (SELECT site, COUNT(*) AS n FROM hub_record"
    " GROUP BY site) r WHERE r.site = hub_site.number");
SQL(sum_epochs,
    "INSERT INTO hub_epoch (site, epoch, records, total, through, last)"
    " SELECT site, epoch, COUNT(*), zeroblob(32), COUNT(*), MAX(seq) FROM hub_record"
    " GROUP BY site, epoch");
SQL(sum_areas,
    "INSERT INTO hub_area (scope, parent, sites, councils, listed, members, learners, "
    "trained,"
    " completions, certificates, heard_at) SELECT scope, substr(scope, 1, 5), COUNT(*),"
    " COUNT(*), COUNT(members), SUM(members), SUM(learners), SUM(trained), "
    "SUM(completions),"
    " SUM(certificates), :now FROM hub_council GROUP BY scope");
SQL(sum_up,
    "INSERT INTO hub_area (scope, parent, sites, councils, listed, members, learners, "
    "trained,"
    " completions, certificates, heard_at) SELECT parent, 'KZ', SUM(sites), SUM(councils),"
    " SUM(listed), SUM(members), SUM(learners), SUM(trained), SUM(completions),"
    " SUM(certificates), :now"
    " FROM hub_area GROUP BY parent");
SQL(sum_all,
    "INSERT INTO hub_area (scope, sites, councils, listed, members, learners, trained, "
    "completions,"
    " certificates, heard_at) SELECT 'KZ', SUM(sites), SUM(councils), SUM(listed), "
    "SUM(members),"
    " SUM(learners), SUM(trained), SUM(completions), SUM(certificates), :now FROM hub_area"
    " WHERE parent = 'KZ'");
SQL(sum_months, "INSERT INTO hub_month (scope, month, learners, completions, certificates)"
                " SELECT 'KZ', strftime('%Y-%m', first_at / 1000, 'unixepoch'), COUNT(*),"
                " SUM(completions), SUM(certificates) FROM hub_person GROUP BY 2");
SQL(fill_attention,
    "INSERT INTO hub_attention (kind, site, scope, about, detail, at)"
    " SELECT CASE number % 3 WHEN 0 THEN 'quarantine' WHEN 1 THEN 'dispute' ELSE"
    " 'fork' END, number, scope, '1/' || number || '/0', CASE number % 3 WHEN 0 THEN"
    " 'wrong-scope' WHEN 1 THEN 'Мен тестті тапсырдым, балл қате' ELSE 'two-copies'"
    " END, :now - number * 3600000 FROM hub_site WHERE number <= 6");

static enum err add_sums(struct tx *tx, void *arg)
{
	struct country *c = arg;
	const struct sql *const plain[] = { &sum_councils, &sum_sites, &sum_epochs,
		                            &sum_months };
	const struct sql *const dated[] = { &sum_areas, &sum_up, &sum_all,
		                            &fill_attention };
	for (size_t i = 0; i < countof(plain); i++) {
		QUERY(q, tx_db(tx), *plain[i]);
		TRY(query_run(&q, NULL));
	}
	for (size_t i = 0; i < countof(dated); i++) {
		QUERY(q, tx_db(tx), *dated[i]);
		bind_int(&q, ":now", c->now);
		TRY(query_run(&q, NULL));
	}
	return ERR_OK;
}

static fallible fill(struct store *store, struct country *c)
{
	TRY(store_write(store, add_places, c));
	for (c->from = 0; c->from < c->learners; c->from += JOB) {
		TRY(store_write(store, add_people, c));
		arena_reset(c->a);
	}
	return store_write(store, add_sums, c);
}

int main(int n, char **argument)
{
	int64_t number[3];
	for (int i = 0; i < 3; i++)
		if (n != 5 ||
		    !str_to_int(str_of(argument[i + 2]), 1, 100000000, &number[i])) {
			fprintf(stderr, "hub_fill FOLDER LEARNERS SITES RECORDS\n");
			return 2;
		}
	struct hub hub = { .name = S("Kenes") };
	struct country c = { .learners = number[0],
		             .sites = number[1],
		             .records = number[2],
		             .now = time_now(),
		             .dice = 2026 };
	c.a = arena_open((size_t)64 << 20);
	int64_t began = time_mono_ms();
	enum err e = hub_open(argument[1], &hub);
	if (!e) e = fill(hub.store, &c);
	hub_close(&hub);
	arena_close(c.a);
	if (e) {
		fprintf(stderr, "%s\n", err_last()->sentence);
		return 1;
	}
	printf("%lld learners, %lld sites, %lld records in %lld ms\n",
	       (long long)c.learners, (long long)c.sites, (long long)c.records,
	       (long long)(time_mono_ms() - began));
	return 0;
}
