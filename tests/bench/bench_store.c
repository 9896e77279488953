/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/fault_vfs.c */
/* Durable commits: the store's group commit against one transaction each on one connection
 * under a mutex, with the same statements and the same promises. One write is what a
 * phone's commit costs: an attempt updated, a state with 2 KB of data model upserted, a row
 * of history appended.
 *
 *     bench_store [seconds-a-cell]        in the current folder: its disk is measured
 *     bench_store --singly THREADS SYNC_US SECONDS
 *                                         one cell of one transaction each, as NAME=VALUE
 *
 * "+5 ms": every sync takes so much longer, as on a laptop's hard disk or an SD card. */
#include <fcntl.h>
#include <unistd.h>

#include "base/id.h"
#include "base/time.h"
#include "store/inside.h"
#include "support/fault_vfs.h"

enum { THREADS_MOST = 256, SAMPLES = 1 << 18 };

static enum err insist(enum err err)
{
	if (!err) return err;
	fprintf(stderr, "bench_store: %s\n", err_last()->sentence);
	exit(1);
}

/* ---- the write ---- */

SQL(add_person, "INSERT INTO person (id, surname, given, folded, language, made_at)"
                " VALUES (:id, 'x', 'y', 'x y', 'kk', 0)");
SQL(add_package, "INSERT INTO package (sha256, file_name, title, standard, identifier,"
                 " activities, bytes, findings, imported_at)"
                 " VALUES ('p', 'p.zip', 'P', 'SCORM 1.2', 'p', 1, 1, '[]', 0)");
SQL(add_course, "INSERT INTO course (id, identifier, title, package, revision, made_at)"
                " VALUES ('c', 'p', 'P', 'p', 1, 0)");
SQL(add_attempt, "INSERT INTO attempt (id, person, course, package, number, started_at,"
                 " changed_at) VALUES (:id, :id, 'c', 'p', 1, 0, 0)");
SQL(change_attempt,
    "UPDATE attempt SET seq = :seq, total_time_ms = :seq, changed_at = :seq,"
    " completion = 'incomplete', activity = 'item' WHERE id = :id");
SQL(save_state,
    "INSERT INTO activity_state (attempt, activity, completion, success, location,"
    " total_time_ms, suspended, visits, versions, version_at, changed_at, cmi)"
    " VALUES (:id, 'item', 'incomplete', 'unknown', 'page', :seq, 1, 1, 0, 0,"
    " :seq, :cmi) ON CONFLICT (attempt, activity) DO UPDATE SET"
    " location = excluded.location, total_time_ms = excluded.total_time_ms,"
    " changed_at = excluded.changed_at, cmi = excluded.cmi");
SQL(append,
    "INSERT INTO attempt_commit (attempt, seq, launch, applied, activity, completion,"
    " success, location, made_at, saved_at) VALUES (:id, :seq,"
    " 'lau_0190c7a1b2c3d4e5f60718293a4b5c6d', 1, 'item', 'incomplete', 'unknown',"
    " 'page', :seq, :seq)");

struct write {
	char id[ID_TEXT];
	int64_t seq;
	char cmi[2048];
};

static enum err run(struct tx *tx, const struct sql *sql, const struct write *w)
{
	QUERY(q, tx_db(tx), *sql);
	if (strstr(sql->text, ":id")) bind_text(&q, ":id", str_of(w->id));
	if (strstr(sql->text, ":seq")) bind_int(&q, ":seq", w->seq);
	if (strstr(sql->text, ":cmi"))
		bind_text(&q, ":cmi", (str){ w->cmi, sizeof w->cmi });
	return query_run(&q, NULL);
}

static enum err write_once(struct tx *tx, void *arg)
{
	struct write *w = arg;
	TRY(run(tx, &change_attempt, w));
	TRY(run(tx, &save_state, w));
	return run(tx, &append, w);
}

static enum err add_course_of_all(struct tx *tx, void *arg)
{
	TRY(run(tx, &add_package, arg));
	return run(tx, &add_course, arg);
}

static enum err add_learner(struct tx *tx, void *arg)
{
	TRY(run(tx, &add_person, arg));
	return run(tx, &add_attempt, arg);
}

/* ---- two ways to commit it ---- */

static struct store *store;
static struct tx single;
static pthread_mutex_t single_lock = PTHREAD_MUTEX_INITIALIZER;

static void in_groups(struct write *w)
{
	insist(store_write(store, write_once, w));
}

static void one_by_one(struct write *w)
{
	pthread_mutex_lock(&single_lock);
	insist(db_exec(single.db.handle, "BEGIN IMMEDIATE"));
	insist(write_once(&single, w));
	insist(db_exec(single.db.handle, "COMMIT"));
	pthread_mutex_unlock(&single_lock);
}

/* ---- a cell of the table ---- */

struct client {
	struct write write;
	void (*commit)(struct write *);
	pthread_t thread;
};

static struct client client[THREADS_MOST];
static atomic_bool stop;
static atomic_int taken;
static int32_t sample_us[SAMPLES];

static void *work(void *arg)
{
	struct client *c = arg;
	while (!stop) {
		c->write.seq++;
		memset(c->write.cmi, 'a' + (int)(c->write.seq % 26), sizeof c->write.cmi);
		int64_t from = time_mono_us();
		c->commit(&c->write);
		int i = taken++;
		if (i < SAMPLES) sample_us[i] = (int32_t)(time_mono_us() - from);
	}
	return NULL;
}

static int by_size(const void *a, const void *b)
{
	return *(const int32_t *)a - *(const int32_t *)b;
}

struct cell {
	double per_second;
	double p99_ms, worst_ms, group, writer_us;
};

/* Processor time of the writer's thread so far. */
static double writer_cpu_us(void)
{
	clockid_t clock;
	struct timespec t;
	pthread_getcpuclockid(store->writer.thread, &clock);
	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static struct cell measure(void (*commit)(struct write *), int threads, double seconds)
{
	struct store_numbers before = store_numbers(store);
	double cpu = writer_cpu_us();
	int64_t from = time_mono_us();
	stop = false;
	taken = 0;
	for (int i = 0; i < threads; i++) {
		client[i].commit = commit;
		pthread_create(&client[i].thread, NULL, work, &client[i]);
	}
	struct timespec pause = { (time_t)seconds,
		                  (long)((seconds - (double)(time_t)seconds) * 1e9) };
	nanosleep(&pause, NULL);
	stop = true;
	for (int i = 0; i < threads; i++) pthread_join(client[i].thread, NULL);
	double took = (double)(time_mono_us() - from) / 1e6;
	struct store_numbers after = store_numbers(store);
	int n = taken < SAMPLES ? taken : SAMPLES;
	qsort(sample_us, (size_t)n, sizeof *sample_us, by_size);
	struct cell cell = { .per_second = taken / took,
		             .p99_ms = sample_us[n * 99 / 100] / 1e3,
		             .worst_ms = sample_us[n - 1] / 1e3 };
	double writes = (double)(after.writes - before.writes);
	if (writes > 0) {
		cell.group = writes / (double)(after.commits - before.commits);
		cell.writer_us = (writer_cpu_us() - cpu) / writes;
	}
	return cell;
}

/* ---- the disk alone ---- */

static double syncs_per_second(const char *folder, int slow_us)
{
	static const char block[4096] = "x";
	char path[FILE_PATH];
	insist(file_path(path, folder, "sync"));
	int fd = open(path, O_CREAT | O_RDWR, 0600);
	struct timespec t = { 0, slow_us * 1000L };
	int n = 0;
	int64_t from = time_mono_us();
	for (; time_mono_us() - from < 500000; n++) {
		if (pwrite(fd, block, sizeof block, n % 64 * 4096) < 0) exit(1);
		if (slow_us) nanosleep(&t, NULL);
		fdatasync(fd);
	}
	close(fd);
	unlink(path);
	return n / 0.5;
}

/* ---- all ---- */

static void prepare(const char *folder)
{
	insist(store_open(folder, &store)); /* settles how SQLite is set up */
	store_close(store);
	fault_vfs_register(true);
	insist(store_open(folder, &store));
	insist(store_write(store, add_course_of_all, &client[0].write));
	for (int i = 0; i < THREADS_MOST; i++) {
		snprintf(client[i].write.id, ID_TEXT,
		         "att_0190c7a1b2c3d4e5f60718293a4b%04x", i);
		insist(store_write(store, add_learner, &client[i].write));
	}
	char path[FILE_PATH];
	insist(file_path(path, folder, STORE_FILE));
	insist(db_open(&single.db, path, NULL, DB_WRITES));
}

static void table(const char *folder, int slow_us, double seconds)
{
	static const int threads[] = { 1, 16, 64, 256 };
	disk_slow_sync(slow_us);
	double disk = syncs_per_second(folder, slow_us);
	printf("\n+%d ms: the disk alone syncs %.0f /s\n", slow_us / 1000, disk);
	printf("%8s | %9s %7s %9s %6s %7s | %9s %9s | %7s %8s\n", "threads", "groups/s",
	       "p99 ms", "worst ms", "group", "cpu us", "singly/s", "p99 ms", "ratio",
	       "of disk");
	for (size_t i = 0; i < countof(threads); i++) {
		struct cell g = measure(in_groups, threads[i], seconds);
		struct cell s = measure(one_by_one, threads[i], seconds);
		printf("%8d | %9.0f %7.1f %9.1f %6.1f %7.1f | %9.0f %9.1f | %6.1fx "
		       "%7.1fx\n",
		       threads[i], g.per_second, g.p99_ms, g.worst_ms, g.group, g.writer_us,
		       s.per_second, s.p99_ms, g.per_second / s.per_second,
		       g.per_second / disk);
		fflush(stdout);
	}
}

static enum err drop_entry(void *folder, const char *name)
{
	char path[FILE_PATH];
	TRY(file_path(path, folder, name));
	return file_drop(path);
}

static void tables(const char *folder, double seconds)
{
	table(folder, 0, seconds);
	table(folder, 1000, seconds);
	table(folder, 5000, seconds);
	struct store_numbers n = store_numbers(store);
	printf("\n%llu writes in %llu commits; the slowest took %.1f ms; the WAL %.1f MB\n",
	       (unsigned long long)n.writes, (unsigned long long)n.commits,
	       (double)n.worst_commit_us / 1e3, (double)n.wal_bytes / 1e6);
}

static void one_cell(char **argument)
{
	disk_slow_sync((int)strtol(argument[1], NULL, 10));
	int threads = (int)strtol(argument[0], NULL, 10);
	struct cell c = measure(one_by_one, threads, strtod(argument[2], NULL));
	printf("per_second=%.0f p99_ms=%.3f max_ms=%.3f\n", c.per_second, c.p99_ms,
	       c.worst_ms);
}

int main(int argc, char **argv)
{
	bool singly = argc == 5 && !strcmp(argv[1], "--singly");
	char folder[] = "bench-store-XXXXXX";
	if (!mkdtemp(folder)) return 1;
	prepare(folder);
	if (singly)
		one_cell(argv + 2);
	else
		tables(folder, argc > 1 ? strtod(argv[1], NULL) : 0.6);
	db_close(&single.db);
	store_close(store);
	insist(file_each(folder, drop_entry, folder));
	return rmdir(folder);
}
